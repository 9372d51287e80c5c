"""The promise to call back: whether it is still open, what it proves, and what it counts as.

Unproven, it counts as a deferral, and goes on counting when we have called: only a step of the
buyer's own ends that.
"""

from datetime import date
from typing import NamedTuple

from review_board.judgement.callback_proof import CallbackProof, prove
from review_board.judgement.timeline import Deferral, Timeline, is_attempt, is_response
from review_board.pipeline.fast_tuple import maker
from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import ReasonKind


class CallbackGrade(NamedTuple):
    """``open`` is the callback while nobody has made it; ``unexplained`` what counts against them."""

    open: Callback | None
    proof: CallbackProof | None
    unexplained: tuple[Deferral, ...]


_promise = maker(CallbackGrade)


def grade_callback(
    callback: Callback | None, timeline: Timeline, horizon: int, today: date
) -> CallbackGrade:
    """The callback of a prospect against its timeline; ``horizon`` days ahead is near enough."""
    if callback is None:
        return _promise((None, None, timeline.unexplained))
    place = timeline.asked_at(callback)
    day = timeline.day_of(timeline.record[place]) if place >= 0 else callback.asked_on
    proof = prove(callback, _reasons_before(day, timeline), horizon, today)
    unexplained = timeline.unexplained
    if not (proof.proven or _outdated(callback, place, timeline)):
        unexplained = _counted(callback, _id_of(place, timeline), day, unexplained)
    made = callback.on <= today and _made(callback, place, timeline)
    still_open = None if made else callback
    return _promise((still_open, proof, unexplained))


def _reasons_before(asked: date, timeline: Timeline) -> tuple[ReasonKind, ...]:
    """The reasons given on other days than the one on which it was asked."""
    return tuple(d.reason for d in timeline.deferrals if d.reason and d.day != asked)


def _id_of(place: int, timeline: Timeline) -> str:
    """How evidence names what it was asked in."""
    return f"touches/{timeline.record[place].id}" if place >= 0 else "callback"


def _made(callback: Callback, place: int, timeline: Timeline) -> bool:
    """Whether anybody tried or answered on its day or later, after it was asked."""
    return any(
        timeline.day_of(touch) >= callback.on
        for touch in timeline.record[place + 1 :]
        if is_attempt(touch) or is_response(touch)
    )


def _outdated(callback: Callback, place: int, timeline: Timeline) -> bool:
    """Whether the buyer spent something when they asked for it, or since."""
    signal = timeline.last_signal
    if signal is None:
        return False
    if place < 0:
        return signal.day >= callback.asked_on
    return any(touch is signal.touch for touch in timeline.record[place:])


def _counted(
    callback: Callback, own: str, day: date, unexplained: tuple[Deferral, ...]
) -> tuple[Deferral, ...]:
    """The deferrals with this one among them, once."""
    if any(d.day == day for d in unexplained):
        return unexplained
    one = Deferral(day, own, callback.reason, explained=False)
    return tuple(sorted((*unexplained, one), key=lambda d: d.day))
