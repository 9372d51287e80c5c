"""Side files that hold the documents of a large commit, and what writers that were killed left behind."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from review_board import private_files
from review_board.errors import BadFileError, StoreError
from review_board.store import check_values, codec, files
from review_board.store.file_lines import lines_backwards, sound_end
from review_board.store.paths import BULK, DAMAGED, PipelinePaths
from review_board.store.protocol import Commit
from review_board.wording import several

LARGE = 256 * 1024
"""From this many bytes of JSON on, a commit's documents go into a side file."""


def write(paths: PipelinePaths, seq: int, docs: Iterable[bytes]) -> tuple[Path, int, str]:
    """Put the documents down durably, before any line of the ledger names them.

    They come piece by piece; gives the file, its size and its check value.
    """
    path, digest = paths.bulk(seq), check_values.new_digest()

    def taken(part: bytes) -> bytes:
        digest.update(part)
        return part

    with files.explain_errors(path, "written"):
        mode = private_files.private_mode(paths.folder)
        written = private_files.write_parts(path, map(taken, docs), mode)
        try:
            private_files.sync_folder(paths.folder)
        except BaseException:
            private_files.remove(path)
            raise
    return path, written.st_size, digest.hexdigest()


def whole(paths: PipelinePaths, line: Commit | codec.Deferred, about: str = "") -> Commit:
    """Return a commit with all its documents; raise ``BadFileError`` when they are not there.

    With ``about`` those of a side file are only what is about the prospect of that id.
    A disk that fails for the moment is a plain ``StoreError``: the documents may well be there.
    """
    if isinstance(line, Commit):
        return line
    path = paths.folder / line.name
    if not BULK.fullmatch(line.name):
        raise BadFileError(
            f"{paths.ledger} names a strange side file, {line.name[:60]!r}", _cure(paths)
        )
    try:
        with files.explain_errors(path, "read"):
            data, _ = files.read_whole(path)
        docs = codec.parse_docs(codec.docs_about(data, about) if about else data)
    except (StoreError, ValueError) as error:
        if not isinstance(error, ValueError | BadFileError) and not files.is_missing(error):
            raise
        raise BadFileError(
            f"{path}, part of the history, cannot be read: {error}", _cure(paths)
        ) from error
    if line.digest and check_values.new_digest(data).hexdigest() != line.digest:
        raise BadFileError(f"{path}, part of the history, was altered", _cure(paths))
    if len(docs) != line.expected and not about:
        raise BadFileError(
            f"{path} holds {several(len(docs), 'change')} instead of {line.expected}", _cure(paths)
        )
    return replace(line.commit, docs=docs)


def _cure(paths: PipelinePaths) -> str:
    return f"{paths.command('doctor')} says what can be saved"


def leftovers(paths: PipelinePaths, since: int = 0) -> list[str]:
    """Return base names of temporary files, and of side files that no line of a ledger here names.

    Side files of changes up to ``since`` are passed over, so that little is read. Only to be
    believed under the lock: no other writer is then half way through.
    """
    names = [path.name for path in paths.folder.iterdir()]
    temporary = [name for name in names if paths.is_temporary(name)]
    large = {name for name in names if paths.bulk_seq(name) > since}
    unnamed = large - named_in(paths.ledger, large)
    for other in ledgers_in(paths.folder) if unnamed else ():
        unnamed -= named_in(other, unnamed)  # of a copy, a renamed pipeline, or kept as damaged
    return temporary + sorted(unnamed)


def ledgers_in(folder: Path) -> list[Path]:
    """Return all ledgers in a folder, those that are kept as damaged included."""
    return [p for p in folder.iterdir() if DAMAGED.sub("", p.name).endswith(".ledger.jsonl")]


def remove_leftovers(paths: PipelinePaths, since: int) -> None:
    """Remove the leftovers; the caller holds the lock."""
    with files.explain_errors(paths.folder, "read"):
        found = leftovers(paths, since)
    for name in found:
        private_files.remove(paths.folder / name)


def named_in(ledger: Path, large: set[str]) -> set[str]:
    """Return which of the side files the ledger names; read no more lines than it takes."""
    if not large or files.signature(ledger) is None:
        return set()
    missing, named = {name.encode() for name in large}, set[bytes]()
    with files.opened(ledger, os.O_RDONLY) as fd:
        for _, line in lines_backwards(fd, sound_end(fd, os.fstat(fd).st_size)):
            if b'"bulk"' in line:
                named |= {name for name in missing if name in line}
                missing -= named
            if not missing:
                break
    return {name.decode() for name in named}
