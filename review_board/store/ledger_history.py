"""Walking back through a ledger: which changes count, and where some are missing or altered."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from review_board.store import codec


class LastChange(NamedTuple):
    """Where a data file stands: its last change, and the check value of that."""

    seq: int
    chain: str


class ChainLink(NamedTuple):
    """A line that is a link of the chain.

    ``left_out``: the pipeline went on from a data file that did not hold it. ``gap`` says what is
    missing or altered between it and the next link; empty: nothing.
    """

    line: codec.LedgerLine
    left_out: bool
    gap: str


def walk_back(
    lines: Iterable[codec.LedgerLine], top: LastChange | None = None
) -> Iterator[ChainLink]:
    """Walk the links of the chain, the newest first.

    ``top`` is where the data file stands, when that is not at the end of the ledger.
    """
    wanted, later = top, None
    restored: set[int | None] = set()
    later_counts = False
    ceiling = None if top is None else top.seq
    for line in lines:
        if not line.is_link:
            continue
        left_out = ceiling is not None and line.seq > ceiling
        gap = "" if later is None or _all_in(restored, line, later) else gap_between(line, later)
        if wanted is not None and not left_out:
            below = _gap_below(line, wanted)
            gap, wanted = (gap or below) if later_counts else below, None
        yield ChainLink(line, left_out, gap)
        later, later_counts = line, not left_out
        if not left_out and line.commit:
            restored.add(line.commit.restores)
        if isinstance(line.record, codec.Adoption) and not left_out:
            ceiling = line.record.after
            wanted = LastChange(line.record.after, line.record.origin)


def left_out(
    lines: Iterable[codec.LedgerLine], top: LastChange | None = None
) -> list[codec.LedgerLine]:
    """Return the changes that are in no file and were not brought back since, the oldest first."""
    found: list[codec.LedgerLine] = []
    restored: set[int | None] = set()
    for line, is_left_out, _ in walk_back(lines, top):
        if is_left_out and _changes_something(line) and line.seq not in restored:
            found.append(line)
        elif not is_left_out and line.commit:
            restored.add(line.commit.restores)
    return found[::-1]


def _changes_something(line: codec.LedgerLine) -> bool:
    """Return whether a line is a change of which anything is left; what was erased is not."""
    if isinstance(line.record, codec.Deferred):
        return line.record.expected > 0
    docs = line.commit.docs if line.commit else ()
    return any(doc.before or doc.after or doc.creates or doc.deletes for doc in docs)


def gap_between(line: codec.LedgerLine, later: codec.LedgerLine) -> str:
    """Say what is missing or altered between two lines that follow each other, or nothing."""
    if later.seq > line.seq + 1:
        return missing(line.seq + 1, later.seq - 1)
    if later.follows(line.chain):
        return ""
    return f"change {later.seq} does not follow from change {line.seq}: a line was altered"


def _all_in(restored: set[int | None], line: codec.LedgerLine, later: codec.LedgerLine) -> bool:
    """Return whether all changes that are missing between two lines were made again later."""
    between = range(line.seq + 1, later.seq)
    return bool(between) and all(seq in restored for seq in between)


def missing(first: int, last: int) -> str:
    """Say which changes are missing."""
    return f"{numbered(first, last)} {'is' if first == last else 'are'} missing from the history"


def numbered(first: int, last: int) -> str:
    """Name the changes from ``first`` to ``last``."""
    if first == last:
        return f"change {first}"
    return f"changes {first} {'and' if last == first + 1 else 'to'} {last}"


def name_changes(lines: Sequence[codec.LedgerLine]) -> str:
    """Name some changes by their numbers, with the time from the first to the last of them."""
    numbers = [line.seq for line in lines]
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        named = f"changes {', '.join(map(str, numbers))}"
    else:
        named = numbered(numbers[0], numbers[-1])
    first, last = (moment(instant_of(line)) for line in (lines[0], lines[-1]))
    return f"{named} ({first})" if first == last else f"{named} ({first} to {last})"


def instant_of(line: codec.LedgerLine) -> str:
    """Return when the change on a line was made; empty for a line that is none."""
    return line.commit.at if line.commit else ""


def moment(at: str) -> str:
    """Return a commit's ``at`` to the minute, as people read it."""
    return f"{at[:16].replace('T', ' ')} UTC"


def _gap_below(line: codec.LedgerLine, wanted: LastChange) -> str:
    """Return what is missing between a line and the change that the pipeline went on from."""
    if line.seq < wanted.seq:
        return missing(line.seq + 1, wanted.seq)
    if wanted.chain and line.chain != wanted.chain:
        return f"change {wanted.seq} on record is not the one that the pipeline went on from"
    return ""
