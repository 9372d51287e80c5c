"""Finding out what is wrong with a pipeline's files, and mending it without throwing anything away."""

import json
import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from review_board.errors import BadFileError, StoreError
from review_board.store import codec, files
from review_board.store.backwards import sound_end
from review_board.store.changes import apply_commit
from review_board.store.datafile import Contents, PipelineStorage, layout, parse
from review_board.store.ledger import Ledger, seq_of
from review_board.store.lock import PATIENCE, locked
from review_board.store.opening import open_pipeline, resolved
from review_board.store.places import Places
from review_board.store.protocol import Tables
from review_board.store.sweeping import leftovers, sweep

Path_ = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in a pipeline's files; only a ``bad`` one keeps it from being used."""

    weight: Literal["good", "odd", "bad"]
    where: str
    what: str
    cure: str = ""


def examine(path: Path_) -> list[Finding]:
    """Everything worth saying about a pipeline's files; changes nothing and takes no lock."""
    places = Places.of(path)
    return [
        *_examine_data(places),
        *_examine_ledger(places),
        *_examine_together(places),
        *_examine_folder(places),
    ]


def repair(path: Path_, *, patience: float = PATIENCE) -> list[Finding]:
    """Cut a torn line, set damaged lines aside, sweep up, close modes; returns what was done.

    The data file must be readable (``restore`` is for one that is not). When lines were lost, what
    the rest of the ledger says is applied to it all the same.
    """
    places = Places.of(path)
    with locked(places.lock, patience):
        storage = PipelineStorage(places)
        contents = parse(places, storage.read())
        done = list(_mend_ledger(places, contents, storage))
        with files.told(places.folder, "read"):
            done += [Finding("good", name, "left over, removed") for name in leftovers(places)]
            done += list(_close_modes(places))
        sweep(places)
    return done


def restore(
    path: Path_, source: Path_ | None = None, *, patience: float = PATIENCE
) -> list[Finding]:
    """Put a good copy in place of the data file, which is kept under another name.

    From the backup (``source`` is ``None``) the changes in the ledger are applied again, so that
    nothing is lost; any other copy is taken as it is. Returns what was done.
    """
    places = Places.of(path)
    copy = places.backup if source is None else Path(source)
    contents = parse(places, _read_copy(copy))
    with locked(places.lock, patience):
        done = [_set_aside(places, places.data)] if files.signature(places.data) else []
        lines = list(_readable(places))
        tables, again = contents.tables, 0
        if source is None and _pipeline_of(lines) == contents.pipeline:
            tables, again = _replayed(places, contents, lines)
        _adopt(places, PipelineStorage(places), contents, tables, lines)
    done.append(Finding("good", copy.name, "put in place as the pipeline"))
    if again:
        done.append(Finding("good", places.ledger.name, f"{again} changes applied again"))
    return done


def _examine_data(places: Places) -> Iterator[Finding]:
    name = places.data.name
    try:
        raw = PipelineStorage(places).read()
        if raw is None:
            yield Finding("odd", name, "does not exist (yet)")
            return
        contents = parse(places, raw)
    except StoreError as error:
        yield Finding("bad", name, error.message, error.cure)
        return
    counts = ", ".join(f"{len(table)} {title}" for title, table in contents.tables.items())
    yield Finding("good", name, f"stands at change {contents.seq}: {counts}")
    for title in contents.aside:
        yield Finding("odd", name, f"the table {title!r} is not ours and is carried along")
    for key in _repeated_keys(places.data):
        yield Finding(
            "odd", name, f"the key {key!r} occurs twice in one object; the last one counts"
        )


def _examine_ledger(places: Places) -> Iterator[Finding]:
    name, last, commits = places.ledger.name, 0, 0
    if files.signature(places.ledger) is None:
        yield Finding("odd", name, "does not exist: no history")
        return
    for number, line in enumerate(_lines(places), 1):
        try:
            record = codec.parse(line)
            if isinstance(record, codec.Deferred):
                resolved(places, record)
        except (ValueError, BadFileError) as error:
            yield Finding("bad", name, f"line {number}: {error}", _REPAIR)
            continue
        if isinstance(record, codec.Commit | codec.Deferred):
            commits += 1
            if last and seq_of(record) <= last:
                yield Finding("bad", name, f"line {number}: change {last} comes twice", _REPAIR)
        last = max(last, seq_of(record))
    yield Finding("good", name, f"{commits} changes, the last line stands at {last}")
    with files.opened(places.ledger, os.O_RDONLY) as fd:
        torn = os.fstat(fd).st_size - sound_end(fd, os.fstat(fd).st_size)
    if torn:
        yield Finding("odd", name, f"{torn} bytes of a change that was never acknowledged", _REPAIR)


def _examine_together(places: Places) -> Iterator[Finding]:
    try:
        opened = open_pipeline(PipelineStorage(places), Ledger(places))
    except StoreError as error:
        yield Finding("bad", places.data.name, error.message, error.cure)
        return
    yield from (Finding("odd", places.data.name, notice) for notice in opened.notices)
    ahead = opened.seq - opened.contents.seq
    if ahead:
        yield Finding("good", places.ledger.name, f"{ahead} changes ahead of the data file")


def _examine_folder(places: Places) -> Iterator[Finding]:
    if not places.folder.is_dir():
        return
    if places.backup.exists():
        try:
            copy = parse(places, _read_copy(places.backup))
            yield Finding("good", places.backup.name, f"a good copy, from change {copy.seq}")
        except StoreError as error:
            yield Finding("odd", places.backup.name, f"no good copy: {error.message}")
    for name in leftovers(places):
        yield Finding(
            "odd", name, "left over from a writer that was killed, or being written", _REPAIR
        )
    for path in _too_open(places):
        yield Finding("odd", path.name, "others on this machine may read it", _REPAIR)


def _mend_ledger(places: Places, contents: Contents, storage: PipelineStorage) -> Iterator[Finding]:
    if files.signature(places.ledger) is None:
        return
    whole, _ = files.read_whole(places.ledger)
    good = list(_readable(places))
    kept = b"".join(line for line, _ in good)
    if kept == whole:
        return
    yield _set_aside(places, places.ledger)
    yield Finding("good", places.ledger.name, f"{len(good)} good lines kept")
    with files.told(places.ledger, "written"):
        temporary = places.temporary()
        files.write_new(temporary, kept, files.private_mode(places.folder))
        temporary.replace(places.ledger)
        files.sync_folder(places.folder)
    if _pipeline_of(good) == contents.pipeline and not _is_complete(contents.seq, good):
        tables, again = _replayed(places, contents, good)
        _adopt(places, storage, contents, tables, good)
        yield Finding("odd", places.data.name, f"{again} later changes applied; some are lost")


def _readable(places: Places) -> Iterator[tuple[bytes, codec.Record]]:
    """The whole lines of the ledger that make sense and follow each other, with their text."""
    last = -1
    for line in _lines(places) if files.signature(places.ledger) else ():
        try:
            record = codec.parse(line)
            if isinstance(record, codec.Deferred):
                resolved(places, record)
        except (ValueError, BadFileError):
            continue
        floor = last if isinstance(record, codec.Mark) else last + 1
        if record is not None and seq_of(record) >= floor:
            last = seq_of(record)
            yield line, record


def _lines(places: Places) -> list[bytes]:
    with files.told(places.ledger, "read"), files.opened(places.ledger, os.O_RDONLY) as fd:
        end = sound_end(fd, os.fstat(fd).st_size)
        text = files.read_range(fd, 0, end)
    return [part + b"\n" for part in text.split(b"\n")[:-1]]


def _pipeline_of(lines: list[tuple[bytes, codec.Record]]) -> str | None:
    header = next((record for _, record in lines if isinstance(record, codec.Header)), None)
    return None if header is None else header.pipeline


def _is_complete(seq: int, lines: list[tuple[bytes, codec.Record]]) -> bool:
    later = [seq_of(r) for _, r in lines if not isinstance(r, codec.Mark) and seq_of(r) > seq]
    return later == list(range(seq + 1, seq + 1 + len(later)))


def _replayed(
    places: Places, contents: Contents, lines: list[tuple[bytes, codec.Record]]
) -> tuple[Tables, int]:
    """The tables with every later change applied, gaps or not, and how many there were."""
    tables, count = contents.tables, 0
    for _, record in lines:
        if isinstance(record, codec.Commit | codec.Deferred) and seq_of(record) > contents.seq:
            tables = apply_commit(tables, resolved(places, record))
            count += 1
    return tables, count


def _adopt(
    places: Places,
    storage: PipelineStorage,
    contents: Contents,
    tables: Tables,
    lines: list[tuple[bytes, codec.Record]],
) -> None:
    """Write the data file at a fresh seq, and say so in the ledger if there is one to go on with."""
    pipeline = _pipeline_of(lines)
    seq = max([contents.seq, *(seq_of(record) for _, record in lines)]) + 1
    identity = pipeline or contents.pipeline or os.urandom(8).hex()
    storage.write(layout(contents, tables, seq, identity))
    if pipeline is None:
        return
    ledger = Ledger(places)
    ledger.read_since(seq)
    assert storage.seen is not None
    mark = codec.Mark(seq, (storage.seen.ino, storage.seen.mtime, storage.seen.size), adopted=True)
    ledger.append(codec.dump_mark(mark), seq)


def _read_copy(copy: Path) -> dict[str, Any]:
    raw = PipelineStorage(Places(copy)).read()
    if raw is None:
        raise BadFileError(f"{copy} does not exist", "name a good copy of the pipeline")
    return raw


def _set_aside(places: Places, path: Path) -> Finding:
    aside = places.aside(path)
    with files.told(path, "set aside"):
        path.replace(aside)
        files.sync_folder(places.folder)
    return Finding("good", path.name, f"kept as {aside.name}")


def _too_open(places: Places) -> Iterator[Path]:
    allowed = files.private_mode(places.folder)
    for path in (places.data, places.ledger, places.lock, places.backup):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & ~allowed & 0o077:
            yield path


def _close_modes(places: Places) -> Iterator[Finding]:
    for path in list(_too_open(places)):
        path.chmod(files.private_mode(places.folder), follow_symlinks=False)
        yield Finding("good", path.name, "closed to others")


def _repeated_keys(path: Path) -> list[str]:
    """Keys that occur twice in one object, which every JSON reader quietly drops."""
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(key for key, count in Counter(k for k, _ in pairs).items() if count > 1)
        return dict(pairs)

    json.loads(files.read_whole(path)[0].decode("utf-8-sig"), object_pairs_hook=note)
    return found


_REPAIR = "`review-board doctor --repair`"
