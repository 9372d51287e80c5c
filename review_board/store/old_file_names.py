"""Whose the side files under names of the first layout are, and how they get their own names.

The first layout named ledger and lock without the ending of the data file, so that ``deals.json``
and ``deals.old`` shared them. An old ledger belongs to one data file: the one that carries its
identity, and of several (copies) the one that the ledger's last checkpoint describes.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from review_board import private_files
from review_board.store import check_values, codec, files
from review_board.store.file_lines import lines_backwards, sound_end
from review_board.store.lock import locked
from review_board.store.paths import PipelinePaths

_Described = tuple[int, int, int]


def paths_of(path: str | os.PathLike[str]) -> PipelinePaths:
    """Return the paths of a pipeline, its ledger where it lies now; see ``PipelinePaths.of``."""
    return as_it_lies(PipelinePaths.of(path))


def as_it_lies(paths: PipelinePaths) -> PipelinePaths:
    """Return the same paths, with the ledger where it lies now."""
    paths = PipelinePaths(paths.data)
    with files.explain_errors(paths.folder, "read"):
        if (
            files.mode_of(paths.ledger) is not None
            or not files.is_regular(paths.old_ledger)
            or not _owns(paths)
        ):
            return paths
    return PipelinePaths(paths.data, uses_old_name=True)


@contextmanager
def locked_paths(paths: PipelinePaths, patience: float) -> Iterator[PipelinePaths]:
    """Hold a pipeline's lock, and the old one too while its ledger has the old name."""
    with locked(paths.lock, patience):
        paths = as_it_lies(paths)
        if not paths.uses_old_name or paths.old_lock == paths.lock:
            yield paths
            return
        with locked(paths.old_lock, patience):
            yield paths


def move_over(paths: PipelinePaths) -> PipelinePaths:
    """Give the ledger its own name; the caller holds both locks.

    The data file already has a layout that older versions only read, so none of them writes to
    the old name again; whatever is interrupted here is done at the next call.
    """
    moved = PipelinePaths(paths.data)
    with files.explain_errors(paths.ledger, "moved"):
        if paths.old_lock != moved.lock:
            paths.old_lock.unlink(missing_ok=True)
        paths.ledger.replace(moved.ledger)
        private_files.sync_folder(paths.folder)
    return moved


def _owns(paths: PipelinePaths) -> bool:
    """Return whether the old ledger belongs to this data file and to none of its siblings.

    What is the old name for ``deals.json.copy`` is the new one for ``deals.json``, which goes
    first. So does ``deals`` before ``deals.json`` where the lines tell that this version wrote
    them: it gave its ledger this name for a while.
    """
    namesake = paths.data.with_name(paths.data.stem)
    if namesake != paths.data and PipelinePaths(namesake).is_ours(paths.data.name):
        return False
    with files.opened(paths.old_ledger, os.O_RDONLY) as fd:
        found = _read_old(fd)
    if found.identity is None or found.began_with_values:
        return found.began_with_values and paths.data == namesake
    usual = paths.data.with_name(f"{namesake.name}.json")
    siblings = {path for path in paths.folder.iterdir() if path.stem == namesake.name}
    siblings |= {paths.data, usual, namesake}
    claims = [path for path in siblings if _claims(path, found.identity)]
    namesake_first = (
        found.has_values
        or PipelinePaths(namesake).ledger == paths.old_ledger
        or not (files.is_regular(usual) or files.is_regular(PipelinePaths(usual).backup))
    )
    first = namesake if namesake_first else usual
    return bool(claims) and min(claims, key=lambda p: _rank(p, found, first)) == paths.data


def _claims(path: Path, identity: str) -> bool:
    """Return whether a ledger with this identity can be that of a data file, readable or not."""
    tables = _tables(path)
    if tables is not None:
        return _identity(tables) == identity
    backup = _tables(PipelinePaths(path).backup)
    return path.suffix == ".json" if backup is None else _identity(backup) == identity


def _rank(path: Path, ledger: "_OldLedger", first: Path) -> tuple[bool, bool, bool, int, str]:
    """Sort first what the ledger describes, then ``first``, ``.json``, the oldest.

    A copy is younger than its original.
    """
    seen = files.signature(path)
    unknown = seen is None or (seen.ino, seen.mtime, seen.size) != ledger.described
    age = seen.mtime if seen else 0
    return unknown, path != first, path.suffix != ".json", age, path.name


class _OldLedger(NamedTuple):
    """What a ledger under an old name tells of its pipeline.

    ``described``: the data file of its last checkpoint; ``began_with_values``: its header has a
    check value, as no ledger of the first layout has; ``has_values``: its last line has one.
    """

    identity: str | None
    described: _Described | None = None
    began_with_values: bool = False
    has_values: bool = False


def _read_old(fd: int) -> _OldLedger:
    end = sound_end(fd, os.fstat(fd).st_size)
    header = _parsed(files.read_range(fd, 0, min(end, 4096)).partition(b"\n")[0])
    if not isinstance(header, codec.Header):
        return _OldLedger(None)
    if header.chain:
        return _OldLedger(header.pipeline, began_with_values=True)
    last = next((text for _, text in lines_backwards(fd, end)), b"")
    marks = (_parsed(line) for _, line in lines_backwards(fd, end))
    described = next((m.file for m in marks if isinstance(m, codec.CheckpointMark)), None)
    return _OldLedger(header.pipeline, described, has_values=bool(check_values.stated(last)))


def _parsed(line: bytes) -> codec.Record | None:
    try:
        return codec.parse(line)
    except ValueError:  # whoever opens the ledger is told of it, with the number of the line
        return None


def _identity(tables: Mapping[str, Any]) -> str | None:
    """Return the identity that the tables of a data file carry, or ``None``."""
    rows = tables.get("meta")
    for row in rows.values() if isinstance(rows, dict) else ():
        if isinstance(row, dict) and isinstance(row.get("pipeline"), str):
            return str(row["pipeline"])
    return None


def _tables(path: Path) -> dict[str, Any] | None:
    """Return what a file of JSON tables holds; ``None`` when it is something else, or not there."""
    if not files.is_regular(path):
        return None
    try:
        found = orjson.loads(files.read_whole(path)[0])
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
