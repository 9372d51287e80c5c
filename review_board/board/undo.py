"""Undo and redo read the ledger: a commit is taken back by a commit that says the opposite."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, tzinfo
from itertools import islice, takewhile
from typing import Any

from review_board.board.index import read_moment
from review_board.errors import RefusedError
from review_board.store.changes import swapped
from review_board.store.protocol import META, SESSIONS, Commit, Document, DocumentChange

FORGET = "forget"
"""The door of a commit that erases somebody."""
PASSED_OVER = "What was forgotten cannot be brought back: the change before it was taken back"
_ERASED = "Who was forgotten is erased from every file and cannot be brought back"
REACH = 10_000
"""How many commits back undo looks."""
TICK = "review: tick"
"""What a commit is called that only keeps a tick in a list."""
PAIR_STEP = "pair review: "
"""How a commit's name begins that is a step of a pair review, such as a hidden vote."""

LARGE = 20
"""Prospects beyond which changing them, or taking that back, asks first."""


def asks_how_much(commit: Commit) -> bool:
    """Return whether taking it back asks first: a large change, or several bets lost as a review began."""
    begins = any(change.table == SESSIONS and change.creates for change in commit.docs)
    return len(commit.docs) > (2 if begins else LARGE)


def undoable(history: Iterable[Commit], by: str, via: str = "") -> Commit:
    """Return the last change of one person that still stands, of those by one door where it is given."""
    for commit in standing(islice(_unbroken(history), REACH)):
        if commit.by == by and via in {"", commit.via} and not is_progress(commit):
            return commit
    raise RefusedError(f"Nothing to undo: no {via or 'change'} by {by} still stands")


def next_action(history: Iterable[Commit], by: str) -> str:
    """Return what undo would take back of one person, as the history calls it; empty where that is nothing."""
    try:
        return undoable(history, by).action
    except RefusedError:
        return ""


def standing(history: Iterable[Commit]) -> Iterator[Commit]:
    """Yield the commits that nobody took back, the newest first; none that took another back."""
    taken_back: set[int] = set()
    for commit in history:
        if commit.seq in taken_back:
            continue
        if commit.undoes is not None:
            taken_back.add(commit.undoes)
        else:
            yield commit


def is_after_forgetting(history: Iterable[Commit], by: str) -> bool:
    """Return whether the last thing that one person did was to forget somebody, so that undo goes past it."""
    own = (c for c in islice(history, REACH) if c.by == by)
    last = next((c for c in own if is_forgetting(c) or not is_progress(c)), None)
    return last is not None and is_forgetting(last)


def redoable(history: Iterable[Commit], by: str) -> Commit:
    """Return the undo that this person made last and has built nothing new upon."""
    recent = list(islice(takewhile(lambda commit: not commit.gap, history), REACH))
    known = {commit.seq: commit for commit in recent}
    taken_back: set[int] = set()
    for commit in recent:
        if commit.by != by or commit.seq in taken_back or is_progress(commit):
            continue
        if commit.undoes is None:
            break
        undone = known.get(commit.undoes)
        if undone is None or undone.undoes is None:
            return commit
        taken_back.add(undone.seq)
    raise RefusedError("Nothing to redo")


def opposite(
    commit: Commit,
    prospects: Mapping[str, Document],
    zone: tzinfo,
    *,
    by: str,
    at: str,
    via: str,
) -> Commit:
    """Return a draft that takes a commit back: after becomes before. A review stays where it is.

    ``prospects`` are as they stand now.

    Raises ``RefusedError`` where somebody else decided one of the prospects since.
    """
    if is_forgetting(commit):
        raise RefusedError(_ERASED)
    if is_progress(commit):
        raise RefusedError(
            f"There is nothing to take back in change {commit.seq}: {_what_of(commit)}"
        )
    word = "redo" if commit.undoes is not None else "undo"
    action = commit.action.removeprefix("undo: ") if word == "redo" else commit.action
    return Commit(
        action=f"{word}: {action.removeprefix('redo: ')}",
        by=by,
        at=at,
        via=via,
        docs=tuple(
            _guarded(swapped(change), prospects.get(change.id), zone)
            for change in commit.docs
            if change.table not in (META, SESSIONS)
        ),
        undoes=commit.seq,
    )


def part_of(commit: Commit, prospect_id: str, name: str) -> Commit:
    """Return the part of a commit that is about one prospect. Raises ``RefusedError`` where there is none."""
    docs = tuple(change for change in commit.docs if change.id == prospect_id)
    if not docs:
        raise RefusedError(f"Change {commit.seq} is not about {name}", "see review-board history")
    return replace(commit, docs=docs)


def for_one(draft: Commit, commit: Commit, name: str) -> Commit:
    """Return the draft that takes back one prospect of a commit: a change of its own, to be undone too."""
    return replace(draft, action=f"took back {name} alone, from: {commit.action}", undoes=None)


def _guarded(change: DocumentChange, now: Document | None, zone: tzinfo) -> DocumentChange:
    """Return the change, which holds only while nobody else decides what it gives or takes a verdict of."""
    verdicts = [v for v in (now or {}).get("verdicts") or [] if isinstance(v, Mapping)]
    moved = [key for key in change.after if key.startswith("verdicts/")]
    if now is None or not moved:
        return change
    for pointer in moved:
        back, gone = change.after[pointer], change.before[pointer]
        later = _overruled(back, verdicts, zone) if back else _after(gone, verdicts)
        if later:
            raise RefusedError(
                f"{later.get('by')} decided {now.get('name')} since then",
                "decide it in a review, or take that back first",
            )
    return replace(change, expects={"verdicts": now.get("verdicts")})


_Verdict = Mapping[str, Any]


def _after(gone: _Verdict, verdicts: list[_Verdict]) -> _Verdict | None:
    """Return a verdict of another review after the one that is taken back."""
    ids = [verdict.get("id") for verdict in verdicts]
    later = verdicts[ids.index(gone.get("id")) + 1 :] if gone.get("id") in ids else []
    return next((v for v in later if v.get("session") != gone.get("session")), None)


def _overruled(back: _Verdict, verdicts: list[_Verdict], zone: tzinfo) -> _Verdict | None:
    """Return the verdict of another review that one put back would overrule without a word."""
    last = verdicts[-1] if verdicts else None
    if last is None or last.get("session") == back.get("session"):
        return None
    is_known = last.get("id") == (back.get("overrules") or {}).get("id")
    return last if not is_known and _day(last, zone) == _day(back, zone) else None


def _day(verdict: _Verdict, zone: tzinfo) -> date | None:
    at = read_moment(verdict.get("at"))
    return at.astimezone(zone).date() if at else None


def is_progress(commit: Commit) -> bool:
    """Return whether a commit changes no prospect: how far a review has come, the program's own entry.

    Forgetting somebody counts as such, too.
    """
    return is_forgetting(commit) or all(change.table in (META, SESSIONS) for change in commit.docs)


def is_small_step(commit: Commit) -> bool:
    """Return whether a history is better read without a commit: it would be full of them."""
    return commit.action == TICK or (commit.action.startswith(PAIR_STEP) and is_progress(commit))


def _what_of(commit: Commit) -> str:
    """Say what a commit is that changes no prospect."""
    if any(change.table == SESSIONS for change in commit.docs):
        return "it only says how far a review has come"
    return f"“{commit.action}” is the program's own entry"


def is_forgetting(commit: Commit) -> bool:
    """Return whether a commit erases somebody: what is erased cannot be brought back."""
    return commit.via == FORGET


def named(history: Iterable[Commit], seq: int) -> Commit:
    """Return the commit with this number, if it still stands."""
    taken_back: set[int] = set()
    for commit in _unbroken(history):
        if commit.seq in taken_back:
            if commit.seq == seq:
                raise RefusedError(f"Change {seq} was taken back already")
            continue
        if commit.undoes is not None:
            taken_back.add(commit.undoes)
        if commit.seq == seq:
            return commit
        if commit.seq < seq:
            break
    raise RefusedError(f"There is no change {seq}", "see review-board history")


def _unbroken(history: Iterable[Commit]) -> Iterator[Commit]:
    """Return the commits down to where some are missing; what lies beyond is not taken back."""
    for commit in history:
        if commit.gap:
            raise RefusedError(
                f"Undo stops here: {commit.gap}", "`review-board doctor` says what can be done"
            )
        yield commit
