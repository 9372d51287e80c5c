"""Side files under the names of the first layout: whose they are, and moving them to their own names.

The first layout named ledger and lock without the ending of the data file, so that ``deals.json`` and
``deals.old`` shared them. An old ledger belongs to one data file: the one that carries its identity,
and of several (copies) the one that the ledger's last checkpoint describes.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from review_board.store import codec, files
from review_board.store.backwards import lines_backwards, sound_end
from review_board.store.lock import locked
from review_board.store.places import Places

_Described = tuple[int, int, int]


def places_of(path: str | os.PathLike[str]) -> Places:
    """The places of a pipeline, its ledger where it lies now; see ``Places.of``."""
    return as_it_lies(Places.of(path))


def as_it_lies(places: Places) -> Places:
    """The same places, with the ledger where it lies now."""
    places = Places(places.data)
    with files.told(places.folder, "read"):
        if (
            files.mode_of(places.ledger) is not None
            or not files.is_regular(places.old_ledger)
            or not _owns(places)
        ):
            return places
    return Places(places.data, uses_old_name=True)


@contextmanager
def locked_places(places: Places, patience: float) -> Iterator[Places]:
    """Hold a pipeline's lock, and the old one too while its ledger has the old name."""
    with locked(places.lock, patience):
        places = as_it_lies(places)
        if not places.uses_old_name or places.old_lock == places.lock:
            yield places
            return
        with locked(places.old_lock, patience):
            yield places


def move_over(places: Places) -> Places:
    """Give the ledger its own name; the caller holds both locks.

    The data file already has a layout that older versions only read, so none of them writes to
    the old name again; whatever is interrupted here is done at the next call.
    """
    moved = Places(places.data)
    with files.told(places.ledger, "moved"):
        if places.old_lock != moved.lock:
            places.old_lock.unlink(missing_ok=True)
        places.ledger.replace(moved.ledger)
        files.sync_folder(places.folder)
    return moved


def _owns(places: Places) -> bool:
    """Return whether the old ledger belongs to this data file and to none of its siblings.

    What is the old name for ``deals.json.copy`` is the new one for ``deals.json``, which goes first.
    """
    namesake = places.data.with_name(places.data.stem)
    if Places(namesake).is_ours(places.data.name):
        return False
    with files.opened(places.old_ledger, os.O_RDONLY) as fd:
        identity, described = _identity_and_file(fd)
    if identity is None:
        return False
    siblings = {path for path in places.folder.iterdir() if path.stem == namesake.name}
    siblings |= {places.data, places.data.with_suffix(".json"), namesake}
    claims = [path for path in siblings if _claims(path, identity)]
    return bool(claims) and min(claims, key=lambda p: _rank(p, described, namesake)) == places.data


def _claims(path: Path, identity: str) -> bool:
    """Return whether a ledger with this identity can be that of a data file, readable or not."""
    tables = _tables(path)
    if tables is not None:
        return _identity(tables) == identity
    backup = _tables(Places(path).backup)
    return path.suffix == ".json" if backup is None else _identity(backup) == identity


def _rank(
    path: Path, described: _Described | None, namesake: Path
) -> tuple[bool, bool, bool, int, str]:
    """Sort the file that the ledger describes first, then ``.json``, then the oldest: copies are young."""
    seen = files.signature(path)
    unknown = seen is None or (seen.ino, seen.mtime, seen.size) != described
    age = seen.mtime if seen else 0
    return unknown, path != namesake, path.suffix != ".json", age, path.name


def _identity_and_file(fd: int) -> tuple[str | None, _Described | None]:
    """The pipeline that a ledger of the first layout names, and the data file of its last checkpoint."""
    end = sound_end(fd, os.fstat(fd).st_size)
    header = _parsed(files.read_range(fd, 0, min(end, 4096)).partition(b"\n")[0])
    if not isinstance(header, codec.Header) or header.chain:
        return None, None
    marks = (_parsed(line) for _, line in lines_backwards(fd, end))
    return header.pipeline, next((m.file for m in marks if isinstance(m, codec.Mark)), None)


def _parsed(line: bytes) -> codec.Record | None:
    try:
        return codec.parse(line)
    except ValueError:  # whoever opens the ledger is told of it, with the number of the line
        return None


def _identity(tables: Mapping[str, Any]) -> str | None:
    """The identity that the tables of a data file carry, or ``None``."""
    rows = tables.get("meta")
    for row in rows.values() if isinstance(rows, dict) else ():
        if isinstance(row, dict) and isinstance(row.get("pipeline"), str):
            return str(row["pipeline"])
    return None


def _tables(path: Path) -> dict[str, Any] | None:
    """What a file of JSON tables holds; ``None`` when it is something else, or not there."""
    if not files.is_regular(path):
        return None
    try:
        found = orjson.loads(files.read_whole(path)[0])
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
