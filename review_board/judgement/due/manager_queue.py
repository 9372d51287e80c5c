"""A manager's queue: a few cards of each rep, picked by rule, rep by rep.

The rules pick what a second pair of eyes is worth: high-value purges and rescues, bets that are
due, decisions against advice, cards kept again and again, pushed close dates, and one kept card at
random so that nobody knows which will be looked at. Where that is little, more of what is kept fills
up, then what is to review, what we owe first.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from review_board.judgement.due.queue_order import is_owed
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.sale_evidence import HIGH
from review_board.judgement.verdict_history import replaced_by
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.wording import several

NOBODY: Mapping[str, int] = {}
PUSHES = 2
"""Times that a close date was moved later, from which a manager looks at it."""


class PickReason(IntEnum):
    """The rules by which a card is picked, the most pressing first."""

    BET = 1
    HIGH_PURGE = 2
    RULE = 3
    AGAINST = 4
    ZOMBIE = 5
    PUSHED = 6
    KEPT = 7
    OWED = 8
    DUE = 9


@dataclass(frozen=True, slots=True)
class ManagerPick:
    """By which rule a card may be picked, and that in words.

    ``seen`` says who looked at it last, and on which day: by a verdict, or by a manager's "not this
    week".
    """

    reason: PickReason
    why: str
    seen: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that a manager might look at; amounts compare where ``currency_rank`` (see ``money``) is equal."""

    id: str
    owner: str
    pick: ManagerPick
    worth: Decimal
    currency_rank: str = ""


def pick_for_manager(evidence: Evidence, finding: Finding) -> ManagerPick | None:
    """Return the first reason to show a card to a manager, or ``None``."""
    if evidence.prospect.won:
        return None
    found = next(_reasons(evidence, finding), None)
    if found is None:
        return None
    return ManagerPick(*found, tuple(_seen(evidence)))


def _seen(e: Evidence) -> Iterator[tuple[str, date]]:
    """Yield who decided last, and who put it off for the manager last."""
    if e.prospect.verdicts:
        last = e.prospect.verdicts[-1]
        yield from ((name, e.today.day_of(last.at)) for name in last.people)
    put_off = next((s for s in reversed(e.prospect.snoozes) if s.manager), None)
    if put_off:
        yield put_off.by, e.today.day_of(put_off.at)


def _reasons(e: Evidence, finding: Finding) -> Iterator[tuple[PickReason, str]]:
    """Yield the reasons, the most pressing first; a verdict is one while the card lies where it put it."""
    if not e.resting_drop:
        yield from _of_the_record(e, finding)
    column, last = e.prospect.column, next(iter(e.prospect.verdicts[-1:]), None)
    in_force = last if last and last.verdict is Verdict.of(column) else None
    is_kept = in_force is not None and in_force.verdict is Verdict.KEEP
    if in_force and (in_force.against or in_force.start_anew is not None):
        verb = "kept" if is_kept else "purged"
        label = e.settings.reason_label(in_force.reason) if in_force.reason else ""
        said = f"“{in_force.against or in_force.note or label}”"
        yield PickReason.AGAINST, f"{verb} against advice by {in_force.by}: {said}"
    kept = kept_without_signal(e)
    if is_kept and kept >= e.settings.review.zombie_reviews:
        yield PickReason.ZOMBIE, f"kept in {several(kept, 'review')} without a sign of interest"
    pushed = len(e.prospect.moved_later)
    if pushed >= PUSHES and column is not Column.DROPPED:
        yield PickReason.PUSHED, f"the close date was moved {several(pushed, 'time')}"
    if in_force and is_kept:
        yield PickReason.KEPT, f"kept by {in_force.by}, a sample of what is kept"
    if is_owed(e, finding):
        yield PickReason.OWED, "they are owed a call"
    if (day := due_on(e)) and day <= e.today.day:
        yield PickReason.DUE, "a sample of what is to review"


def _of_the_record(e: Evidence, finding: Finding) -> Iterator[tuple[PickReason, str]]:
    """Yield a bet that is due, a large sale to be let go, and what the rule says of itself."""
    bet = e.bet
    if bet and bet.until <= e.today.day:
        day = short_day(bet.until, e.today.day)
        yield PickReason.BET, f"a bet was due on {day}: {bet.action}"
    high, moves = e.tier == HIGH, finding.destination is not e.prospect.column
    if high and finding.verdict is Verdict.PURGE and moves:
        yield PickReason.HIGH_PURGE, "a large sale that the record says to let go"
    if why := RULES_BY_NAME[finding.rule].for_manager:
        yield PickReason.RULE, why


def manager_queue(
    candidates: Iterable[Candidate],
    least: int,
    most: int,
    week: str,
    seen: Mapping[str, int] = NOBODY,
) -> list[tuple[str, str]]:
    """Return ids and why each was picked, rep by rep: the most pressing first, one kept card at the end.

    A rep's cards are at most ``most``; where fewer than ``least`` are picked by rule, further kept
    ones fill up, then those to review. ``week`` decides which: the same week picks the same cards.
    Cards of a rep that were ``seen`` already count in, and none is drawn a second time.
    """
    reps: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        reps.setdefault(candidate.owner, []).append(candidate)
    return [
        (card.id, card.pick.why)
        for owner in sorted(reps, key=lambda name: (name.casefold(), name))
        for card in _of_one_rep(
            reps[owner], 0 if owner in seen else least, most - seen.get(owner, 0), week
        )
    ]


def _of_one_rep(
    candidates: Iterable[Candidate], least: int, most: int, week: str
) -> list[Candidate]:
    """Return the cards of one rep; ``least`` 0 draws none."""
    known = list(candidates)
    pressing = sorted(
        (c for c in known if c.pick.reason < PickReason.KEPT),
        key=lambda c: (c.pick.reason, c.currency_rank, -c.worth, c.id),
    )
    others = sorted(
        (c for c in known if c.pick.reason >= PickReason.KEPT),
        key=lambda c: (c.pick.reason, _chance(week, c.id), c.id),
    )
    kept = sum(c.pick.reason is PickReason.KEPT for c in others)
    drawn = others[: max(min(1, kept), least - len(pressing))] if least else []
    room = max(0, most - min(1, len(drawn)))
    return [*pressing[:room], *drawn][: max(0, most)]


def _chance(week: str, prospect_id: str) -> str:
    """Return a number that nobody can foresee and everybody can repeat."""
    return hashlib.sha256(f"{week}/{prospect_id}".encode()).hexdigest()


def kept_without_signal(evidence: Evidence) -> int:
    """Count the reviews that kept it since the buyer's last signal, or since the last purge.

    Two verdicts of one session are one review, and so are a verdict and the one that confirms it the
    same day; one that was overruled the same day is none.
    """
    signal = evidence.timeline.last_signal
    reviews, seen = 0, set[object]()
    for verdict in reversed(evidence.prospect.verdicts):
        if replaced_by(evidence.prospect, verdict, evidence.today):
            continue
        before_signal = signal is not None and verdict.at <= signal.touch.at
        if before_signal or verdict.verdict is Verdict.PURGE:
            break
        day = evidence.today.day_of(verdict.at)
        if day <= evidence.today.day and seen.isdisjoint({verdict.session or verdict.id, day}):
            reviews += 1
            seen |= {verdict.session or verdict.id, day}
    return reviews
