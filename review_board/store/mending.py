"""Mending a pipeline's files without throwing anything away."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from review_board.errors import BadFileError, StoreError
from review_board.store import codec, files
from review_board.store.changes import apply_commit
from review_board.store.contents import Contents, layout, parse
from review_board.store.datafile import PipelineStorage, damaged
from review_board.store.doctor import Finding, exposed, ledger_lines, read_copy
from review_board.store.ledger import Ledger, seq_of
from review_board.store.lock import PATIENCE, locked
from review_board.store.opening import resolved
from review_board.store.places import Places
from review_board.store.protocol import Commit, Tables
from review_board.store.sweeping import leftovers, sweep


class _Line(NamedTuple):
    text: bytes
    record: codec.Record

    @property
    def seq(self) -> int:
        return seq_of(self.record)


def repair(path: str | os.PathLike[str], *, patience: float = PATIENCE) -> list[Finding]:
    """Cut a torn line, set a damaged ledger aside, sweep up, close modes; returns what was done.

    The data file must be readable (``restore`` is for one that is not). When lines were lost, what
    the rest of the ledger says is applied to it all the same.
    """
    places = Places.of(path)
    with locked(places.lock, patience):
        storage = PipelineStorage(places)
        raw = storage.read()
        if raw is None:
            raise damaged(places, "does not exist")
        done = list(_mend_ledger(places, parse(places, raw), storage))
        with files.told(places.folder, "read"):
            done += [Finding("good", name, "left over, removed") for name in leftovers(places)]
        done += list(_close_modes(places))
        sweep(places)
    return done


def restore(
    path: str | os.PathLike[str],
    source: str | os.PathLike[str] | None = None,
    *,
    patience: float = PATIENCE,
) -> list[Finding]:
    """Put a good copy in place of the data file, which is kept under another name.

    Without a ``source`` it is the backup (or nothing, for a pipeline that the ledger tells from
    its birth), and the changes in the ledger are applied again, so that nothing is lost. A given
    copy is taken as it is. Returns what was done.
    """
    places = Places.of(path)
    with locked(places.lock, patience):
        lines = _sensible_lines(places)
        copy, contents = _good_copy(places, source, lines)
        done = [Finding("good", copy, "put in place as the pipeline")]
        if files.signature(places.data) is not None:
            done.insert(0, _set_aside(places, places.data))
        if source is None and _continues(contents, lines):
            tables, again = _replayed(places, contents, lines)
            done.append(Finding("good", places.ledger.name, f"{again} changes applied again"))
            whole = _is_complete(contents.seq, lines)
        else:
            tables, whole = contents.tables, False
        _write(places, contents, tables, lines, adopted=not whole)
    return done


def restorable(places: Places) -> str | None:
    """The name of what ``restore`` would take without being given a copy, or ``None``."""
    try:
        return _good_copy(places, None, [] if places.backup.exists() else _sensible_lines(places))[
            0
        ]
    except (StoreError, OSError):
        return None


def _good_copy(
    places: Places, source: str | os.PathLike[str] | None, lines: list[_Line]
) -> tuple[str, Contents]:
    """The name and the contents of what to restore; raises ``BadFileError`` when it is not good."""
    if source is not None:
        return os.fspath(source), read_copy(Path(source))
    if places.backup.exists():
        return places.backup.name, read_copy(places.backup)
    header = _header_of(lines)
    if header is None or not header.empty:
        raise BadFileError(f"there is no {places.backup}", "name a good copy of the pipeline")
    return places.ledger.name, Contents(pipeline=header.pipeline)


def _continues(contents: Contents, lines: list[_Line]) -> bool:
    """Whether the ledger goes on from the backup (which may be from before it had an identity)."""
    header = _header_of(lines)
    return header is not None and (
        contents.pipeline == header.pipeline
        or (contents.pipeline is None and contents.seq == header.base == 0)
    )


def _mend_ledger(places: Places, contents: Contents, storage: PipelineStorage) -> Iterator[Finding]:
    if files.signature(places.ledger) is None:
        return
    with files.told(places.ledger, "read"):
        whole, _ = files.read_whole(places.ledger)
    lines = _sensible_lines(places)
    kept = b"".join(line.text for line in lines)
    if kept != whole:
        torn = whole.startswith(kept) and b"\n" not in whole[len(kept) :]
        what = "the end of a torn line cut off" if torn else f"{len(lines)} good lines kept"
        yield from () if torn else (_set_aside(places, places.ledger),)
        _write_ledger(places, kept)
        yield Finding("good", places.ledger.name, what)
    if _continues(contents, lines) and not _is_complete(contents.seq, lines):
        tables, again = _replayed(places, contents, lines)
        _write(places, contents, tables, lines, adopted=True, storage=storage)
        yield Finding("odd", places.data.name, f"{again} later changes applied; others are lost")


def _write_ledger(places: Places, text: bytes) -> None:
    with files.told(places.ledger, "written"):
        temporary = places.temporary()
        files.write_new(temporary, text, files.private_mode(places.folder))
        temporary.replace(places.ledger)
        files.sync_folder(places.folder)


def _sensible_lines(places: Places) -> list[_Line]:
    """The whole lines of the ledger that can be read and follow each other."""
    lines: list[_Line] = []
    last = -1
    for text in ledger_lines(places):
        try:
            record = codec.parse(text)
            if isinstance(record, codec.Deferred):
                resolved(places, record)
        except (ValueError, BadFileError):
            continue
        floor = last + 1 if isinstance(record, Commit | codec.Deferred) else last
        if record is not None and seq_of(record) >= floor:
            last = seq_of(record)
            lines.append(_Line(text, record))
    return lines


def _header_of(lines: list[_Line]) -> codec.Header | None:
    return next((line.record for line in lines if isinstance(line.record, codec.Header)), None)


def _later(seq: int, lines: list[_Line]) -> list[_Line]:
    """The commits to apply after ``seq``."""
    base = _base(seq, lines)
    return [
        line
        for line in lines
        if line.seq > base and isinstance(line.record, Commit | codec.Deferred)
    ]


def _base(seq: int, lines: list[_Line]) -> int:
    """``seq``, or that of a later adoption: it left the commits before it behind."""
    adopted = (
        line.seq for line in lines if isinstance(line.record, codec.Mark) and line.record.adopted
    )
    return max([seq, *adopted])


def _is_complete(seq: int, lines: list[_Line]) -> bool:
    first = _base(seq, lines) + 1
    found = [line.seq for line in _later(seq, lines)]
    return found == list(range(first, first + len(found)))


def _replayed(places: Places, contents: Contents, lines: list[_Line]) -> tuple[Tables, int]:
    """The tables with every later change applied, gaps or not, and how many there were."""
    tables, later = contents.tables, _later(contents.seq, lines)
    for line in later:
        if isinstance(line.record, Commit | codec.Deferred):
            tables = apply_commit(tables, resolved(places, line.record))
    return tables, len(later)


def _write(
    places: Places,
    contents: Contents,
    tables: Tables,
    lines: list[_Line],
    *,
    adopted: bool,
    storage: PipelineStorage | None = None,
) -> None:
    """Write the data file and its backup, and say so in the ledger if there is one to go on with.

    ``adopted``: history starts anew from this file, at a fresh seq.
    """
    storage = storage or PipelineStorage(places)
    header = _header_of(lines)
    seq = max([contents.seq, *(line.seq for line in lines)]) + adopted
    identity = header.pipeline if header else contents.pipeline or os.urandom(8).hex()
    storage.write(layout(contents, tables, seq, identity))
    _copy_to_backup(places)
    if header is None:
        return
    ledger = Ledger(places)
    ledger.read_since(seq)
    assert storage.seen is not None
    mark = codec.Mark(seq, (storage.seen.ino, storage.seen.mtime, storage.seen.size), adopted)
    ledger.append(codec.dump_mark(mark), seq)


def _copy_to_backup(places: Places) -> None:
    """Make the backup a file of its own, which later damage to the data file cannot reach."""
    with files.told(places.backup, "written"):
        temporary = places.temporary()
        data, _ = files.read_whole(places.data)
        files.write_new(temporary, data, files.private_mode(places.folder))
        temporary.replace(places.backup)


def _set_aside(places: Places, path: Path) -> Finding:
    aside = places.aside(path)
    with files.told(path, "set aside"):
        path.replace(aside)
        files.sync_folder(places.folder)
    return Finding("good", path.name, f"kept as {aside.name}")


def _close_modes(places: Places) -> Iterator[Finding]:
    for path in list(exposed(places)):
        with files.told(path, "closed to others"), files.opened(path, os.O_RDONLY) as fd:
            os.fchmod(fd, files.private_mode(places.folder))
        yield Finding("good", path.name, "closed to others")
