"""History that was taken out of the ledger: its older lines in a compressed file, the newest first.

The first line says which pipeline it belongs to and which changes it holds; then come the lines of
the ledger as they were. The documents of a large change follow it on a line of their own, so that
an archive needs no other file. The changes before those of one archive are in the one before it.
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import orjson

from review_board import private_files
from review_board.errors import BadFileError
from review_board.store import codec, files
from review_board.store.file_lines import lines_backwards
from review_board.store.paths import PipelinePaths

_GZIP = 31
"""The window size by which ``zlib`` knows that it is to write and read gzip."""
_LEVEL = 4
"""Close to the best compression in half of its time: a writer waits for it."""


class Label(NamedTuple):
    """The first line: the changes after ``after`` up to ``last`` of a pipeline.

    ``chain`` is the check value of the last one, ``origin`` that of the one before the first.
    """

    pipeline: str
    after: int
    origin: str
    last: int
    chain: str


def packed(paths: PipelinePaths, label: Label, fd: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of an archive of the ledger's lines before ``end``, piece by piece."""
    return packed_lines(label, _lines_of_ledger(paths, fd, end))


def packed_lines(label: Label, texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of an archive of these lines, the newest first."""
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    first = codec.dump({"archive": 1, **label._asdict()}) + b"\n"
    for text in chain((first,), texts):
        if piece := packer.compress(text):
            yield piece
    yield packer.flush()


def lines_of(path: Path) -> Iterator[bytes]:
    """Return all lines after the first, the newest first.

    Raises ``BadFileError`` for a damaged archive.
    """
    texts = _unpacked(path)
    next(texts, None)
    return texts


def label_of(path: Path) -> Label:
    """Return what an archive holds; raise ``BadFileError`` when that cannot be read."""
    try:
        body = orjson.loads(next(_unpacked(path), b""))
        label = Label(**{name: kind(body[name]) for name, kind in Label.__annotations__.items()})
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path, "does not begin like an archive") from error
    if label.after >= label.last:
        raise damaged(path, "holds no change")
    return label


def beside(paths: PipelinePaths) -> list[tuple[Path, Label]]:
    """Return all archives of this pipeline with what they hold, the newest first."""
    found = ((path, label_of(path)) for path in _archives(paths))
    return sorted(found, key=lambda found: found[1].last, reverse=True)


def _archives(paths: PipelinePaths) -> list[Path]:
    with files.explain_errors(paths.folder, "read"):
        return paths.archives()


def lines_before(
    paths: PipelinePaths, header: codec.Header, name: bytes = b""
) -> Iterator[codec.LedgerLine]:
    """Yield the lines that came before a ledger's first, the newest first, archive by archive.

    Large changes come with their documents; of changes those count that hold a name.
    """
    for path, _ in _before(paths, header):
        yield from (line for line, _ in entries_of(path, name) if line.record is not None)


def begins_after(paths: PipelinePaths, header: codec.Header) -> int:
    """Return the change that a ledger and its archives begin after; 0: nothing is missing."""
    return min((label.after for _, label in _before(paths, header)), default=header.base)


def _before(paths: PipelinePaths, header: codec.Header) -> Iterator[tuple[Path, Label]]:
    """Yield the archives that lead down from a ledger's first line, the newest first."""
    while header.base and (found := fitting(paths, header)):
        yield found
        label = found[1]
        header = header._replace(base=label.after, chain=label.origin)


def fitting(paths: PipelinePaths, header: codec.Header) -> tuple[Path, Label] | None:
    """Return the archive that ends where a ledger begins, and what it holds.

    Raises ``BadFileError`` when none does and one of them cannot be read.
    """
    wanted = header.pipeline, header.base, header.chain
    damage: BadFileError | None = None
    for path in _archives(paths):
        try:
            label = label_of(path)
        except BadFileError as error:
            damage = error
            continue
        if (label.pipeline, label.last, label.chain) == wanted:
            return path, label
    if damage is not None:
        raise damage
    return None


def entries_of(path: Path, name: bytes = b"") -> Iterator[tuple[codec.LedgerLine, bytes]]:
    """Yield each line, the newest first, with the line that the documents of a large change are on.

    With a ``name``, changes that do not hold it are passed over.
    """
    texts = lines_of(path)
    for text in texts:
        if codec.passes_over(text, name):
            continue
        side = b""
        try:
            line = codec.read_line(text)
            if isinstance(line.record, codec.Deferred):
                side = next(texts)
                docs = codec.parse_docs(codec.dump(orjson.loads(side)["docs"]))
                line = line._replace(record=replace(line.record.commit, docs=docs))
        except (ValueError, LookupError, StopIteration) as error:
            raise damaged(path, "holds a line that makes no sense") from error
        yield line, side


def _lines_of_ledger(paths: PipelinePaths, fd: int, end: int) -> Iterator[bytes]:
    for _, text in lines_backwards(fd, end):
        record = codec.parse(text)
        if isinstance(record, codec.Header):
            return
        yield text
        if isinstance(record, codec.Deferred):
            docs, _ = files.read_whole(paths.folder / record.name)
            yield b'{"docs":%b}\n' % docs.replace(b"\n", b" ")


def _unpacked(path: Path) -> Iterator[bytes]:
    """Yield the lines of a compressed file, held one block at a time."""
    unpacker, begun = zlib.decompressobj(_GZIP), b""
    try:
        with files.explain_errors(path, "read"), files.opened(path, os.O_RDONLY) as fd:
            for block in files.read_blocks(fd, 0, os.fstat(fd).st_size):
                rest = block
                while rest:
                    text = begun + unpacker.decompress(rest, private_files.BLOCK)
                    rest = unpacker.unconsumed_tail
                    *whole, begun = text.split(b"\n")
                    yield from (line + b"\n" for line in whole)
        yield from (begun + unpacker.flush()).splitlines(keepends=True)
    except zlib.error as error:
        raise damaged(path, str(error)) from error
    if not unpacker.eof:
        raise damaged(path, "ends too early")


def damaged(path: Path, why: str) -> BadFileError:
    """Return the error for an archive that cannot be used."""
    return BadFileError(
        f"{path}, older history, is damaged ({why}); it was left as it is",
        "put a copy of it back, or move it to another folder; everything newer is unharmed",
    )
