"""Removing what a writer left behind when it was killed half way."""

from review_board.store import files
from review_board.store.places import Places


def leftovers(places: Places) -> list[str]:
    """Base names of temporary files, and of side files that no line of the ledger names.

    Only to be believed under the lock: no other writer is then half way through.
    """
    names = [path.name for path in places.folder.iterdir()]
    temporary = [name for name in names if places.is_temporary(name)]
    large = [name for name in names if places.is_bulk(name)]
    if not large:
        return temporary
    try:
        ledger, _ = files.read_whole(places.ledger)
    except FileNotFoundError:
        return temporary
    return temporary + [name for name in large if name.encode() not in ledger]


def sweep(places: Places) -> None:
    """Remove the leftovers; the caller holds the lock."""
    with files.told(places.folder, "read"):
        found = leftovers(places)
    for name in found:
        files.remove(places.folder / name)
