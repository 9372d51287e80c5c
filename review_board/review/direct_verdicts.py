"""Verdicts given where a person stands: on the board, a page or a list, about one prospect or many.

They are stored as those of a review are, without a session, and demand the same. All that is decided
together is one commit, one undo.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from review_board.board.acknowledge import recommended
from review_board.board.board import Board, Change
from review_board.errors import RefusedError
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.timeline import is_response
from review_board.judgement.verdict_history import verdict_words
from review_board.pipeline.dates import Today, full_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review.changed_meanwhile import DECIDING
from review_board.review.proposals import NONE_PLANNED, spread_touches
from review_board.review.verdicts import (
    Circumstances,
    Decision,
    asks_importance,
    done_words,
    record_decision,
)
from review_board.store.protocol import Document


@dataclass(frozen=True, slots=True)
class DirectVerdict:
    """A decision about one prospect, with what was recommended and the verdict that it overrules."""

    decision: Decision
    recommendation: Recommendation
    overrules: VerdictRecord | None = None


def refuse_won(prospect: Prospect) -> None:
    """Raise ``RefusedError`` about a sale that was won: it is reopened by a move, not by a verdict."""
    if prospect.won:
        raise RefusedError(
            f"{prospect.name} was won on {full_day(prospect.won.on)}", "move it to reopen the sale"
        )


def lets_large_go(board: Board, prospect_id: str, to: Column) -> bool:
    """Return whether a move there lets a large sale go: it is decided then, and asked what that takes."""
    prospect, made = board.prospect(prospect_id), recommended(board, prospect_id)
    if made is None or prospect.won or Verdict.of(prospect.column) is Verdict.PURGE:
        return False
    return asks_importance(to, prospect, made)


def first_today(prospect: Prospect, today: Today, by: str) -> VerdictRecord | None:
    """Return the verdict of today that one more would overrule, or ``None``.

    One's own is only corrected, wherever it was given, unless two people gave it together; and where
    the buyer answered since, one more is about something else.
    """
    last = prospect.verdicts[-1] if prospect.verdicts else None
    if last is None or today.day_of(last.at) != today.day:
        return None
    is_correction = last.by == by and last.pair is None
    answered = any(touch.at > last.at and is_response(touch) for touch in prospect.touches)
    return None if is_correction or answered else last


def decided_today(board: Board, first: Mapping[str, VerdictRecord], count: int) -> str:
    """Return who decided what today about those of ``count`` that one more verdict would overrule."""
    (prospect_id, verdict), *rest = first.items()
    words = verdict_words(verdict, board.by, board.clock(), board.today, board.settings)
    more = f"\nSo it is with {len(rest)} more of the {count}." if rest else ""
    return f"{board.prospect(prospect_id).name}: {words}.{more}"


def record_verdicts(
    board: Board,
    given: Mapping[str, DirectVerdict],
    seen: Mapping[str, Document],
    session: str | None = None,
) -> None:
    """Record what was decided about each, in one commit; ``session`` where it belongs to a review.

    ``seen`` are the records as they were while the person decided.
    """
    today, settings = board.today, board.settings
    decisions = spread_touches(
        (verdict.decision for verdict in given.values()), today.day, settings, NONE_PLANNED
    )
    pairs = zip(given.items(), decisions, strict=True)
    changes = {
        prospect_id: _change(board, verdict, decision, session)
        for (prospect_id, verdict), decision in pairs
    }
    board.change_many(changes, _action(board, given), seen=seen, unchanged=DECIDING)


def _change(
    board: Board, verdict: DirectVerdict, decision: Decision, session: str | None
) -> Change:
    today, settings = board.today, board.settings
    about = Circumstances(session, 0, verdict.overrules)

    def change(prospect: Prospect, stamp: Stamp) -> Prospect:
        refuse_won(prospect)
        made = verdict.recommendation
        return record_decision(
            prospect, decision, made, today, stamp, settings=settings, circumstances=about
        )

    return change


def _action(board: Board, given: Mapping[str, DirectVerdict]) -> str:
    """Return what the history says: ``purged Harbor → Dropped``, ``kept 3 prospects → Active``."""
    (first_id, first), *rest = given.items()
    who = f"{len(given)} prospects" if rest else board.prospect(first_id).name
    return done_words(first.decision, who, None if rest else first.overrules)
