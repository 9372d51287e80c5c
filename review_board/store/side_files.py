"""Side files that hold the documents of a large commit, so that the ledger stays lean."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from review_board import private_files
from review_board.errors import BadFileError, StoreError
from review_board.store import check_values, codec, files
from review_board.store.paths import BULK, PipelinePaths
from review_board.store.protocol import Commit
from review_board.wording import several

LARGE = 256 * 1024
"""From this many bytes of JSON on, a commit's documents go into a side file."""


def write(paths: PipelinePaths, seq: int, docs: Iterable[bytes]) -> tuple[Path, int, str]:
    """Put the documents down durably, before any line of the ledger names them.

    They come piece by piece; gives the file, its size and its check value.
    """
    path, digest = paths.bulk(seq), check_values.Digest()
    with files.explain_errors(path, "written"):
        mode = private_files.private_mode(paths.folder)
        written = private_files.write_parts(path, map(digest.taken, docs), mode)
        try:
            private_files.sync_folder(paths.folder)
        except BaseException:
            private_files.remove(path)
            raise
    return path, written.st_size, digest.value


def read(paths: PipelinePaths, line: codec.Deferred) -> Commit:
    """Read a commit with its documents; raise ``BadFileError`` when they are not all there.

    A disk that fails for the moment is a plain ``StoreError``: the documents may well be there.
    """
    path = paths.folder / line.name
    if not BULK.fullmatch(line.name):
        raise BadFileError(
            f"{paths.ledger} names a strange side file, {line.name[:60]!r}", _cure(paths)
        )
    try:
        with files.explain_errors(path, "read"):
            data, _ = files.read_whole(path)
        docs = codec.parse_docs(data)
    except (StoreError, ValueError) as error:
        if not isinstance(error, ValueError | BadFileError) and not files.is_missing(error):
            raise
        raise BadFileError(
            f"{path}, part of the history, cannot be read: {error}", _cure(paths)
        ) from error
    if line.digest and check_values.digest(data) != line.digest:
        raise BadFileError(f"{path}, part of the history, was altered", _cure(paths))
    if len(docs) != line.expected:
        raise BadFileError(
            f"{path} holds {several(len(docs), 'change')} instead of {line.expected}", _cure(paths)
        )
    return replace(line.commit, docs=docs)


def whole(paths: PipelinePaths, record: Commit | codec.Deferred) -> Commit:
    """Return a commit with all its documents."""
    return read(paths, record) if isinstance(record, codec.Deferred) else record


def _cure(paths: PipelinePaths) -> str:
    return f"{paths.command('doctor')} says what can be saved"
