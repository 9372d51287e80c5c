"""One change of one prospect, and what to tell whoever made it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from review_board.board.board import Board, Change
from review_board.errors import InvalidValueError
from review_board.judgement.argument_text import is_left_dropped
from review_board.judgement.callback_proof import CallbackProof
from review_board.judgement.card_status import STAYS, advice_with_reason
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rules.stop_selling import noted_drop
from review_board.judgement.side_effects import remarks
from review_board.judgement.verdict_history import moved_since, verdict_of_today, verdict_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column
from review_board.store.protocol import Document


@dataclass(frozen=True, slots=True)
class SavedChange:
    """What a change did: ``is_new`` is false where all of it was on record already.

    ``turn`` says how the recommendation changed from ``advised`` to ``advice``, ``remarks`` what else it did,
    ``verdict`` which verdict of today it set aside; ``proof`` grades a callback that it agreed.
    """

    after: Prospect
    is_new: bool
    advised: Recommendation | None = None
    advice: Recommendation | None = None
    turn: str = ""
    remarks: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    proof: CallbackProof | None = None

    @property
    def is_left_dropped(self) -> bool:
        """Tell whether it stays in Dropped, so that nothing is to be asked."""
        return self.turn.startswith(f"{STAYS} in {Column.DROPPED.title}")


def change_one(
    board: Board,
    prospect_id: str,
    change: Change,
    action: str,
    *,
    seen: Mapping[str, Document] | None = None,
) -> SavedChange:
    """Change a prospect and find out what to tell of it; what is on record already is not stored."""
    before, stood = board.prospect(prospect_id), board.document(prospect_id)
    advised, known = recommended(board, prospect_id), readable(board, prospect_id)
    if change(before, board.stamp()) == before:
        return SavedChange(before, is_new=False)
    after = board.change_many({prospect_id: change}, action, seen=seen)[prospect_id]
    advice, now = recommended(board, prospect_id), readable(board, prospect_id)
    return SavedChange(
        after,
        board.document(prospect_id) != stood,
        advised,
        advice,
        turn(advised, advice, known, now),
        tuple(remarks(known, now)) if known and now else (),
        tuple(set_aside(board, before, after)),
        now.callback_grade.proof if now and after.callback != before.callback else None,
    )


def set_aside(board: Board, before: Prospect, after: Prospect) -> list[str]:
    """Return what to tell of a verdict of today from which a change moved the card; mostly nothing."""
    verdict = verdict_of_today(before, board.today)
    if verdict is None or moved_since(after, verdict) is None:
        return []
    words = verdict_words(verdict, board.by, board.clock(), board.today, board.settings)
    return [f"{words}; it moves all the same, and both stay on record"]


def recommended(board: Board, prospect_id: str) -> Recommendation | None:
    """Return the recommendation; ``None`` for a record that cannot be read."""
    with suppress(InvalidValueError):
        return board.recommendation(prospect_id)
    return None


def readable(board: Board, prospect_id: str) -> Evidence | None:
    """Return the evidence; ``None`` for a record that cannot be read."""
    with suppress(InvalidValueError):
        return board.evidence(prospect_id)
    return None


def turn(
    before: Recommendation | None,
    after: Recommendation | None,
    was: Evidence | None,
    now: Evidence | None,
) -> str:
    """Return ``KEEP in … becomes PURGE to …``, ``still KEEP in …`` or ``STAYS in …`` with its reason now; nothing for what was won.

    What was dropped and is left alone stays, whatever the record would say otherwise.
    """
    if after is None or now is None or now.prospect.won:
        return ""
    if now.resting_drop and is_left_dropped(now, after):
        return f"{STAYS} in {now.prospect.column.title}: {noted_drop(now, now.resting_drop)}"
    new = advice_with_reason(after.finding, now.prospect.column)
    if before is None or was is None or is_left_dropped(was, before):
        return new
    if (before.verdict, before.destination) == (after.verdict, after.destination):
        return new if new.startswith(STAYS) else f"still {new}"
    return f"{advice_with_reason(before.finding, was.prospect.column)}  becomes  {new}"
