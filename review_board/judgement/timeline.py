"""The buyer's clock and ours, read from the touches in one pass.

Two clocks run: the last touch is ours, the last signal is theirs. Notes and moves wind neither. An
empty deferral ("call me later") is a human answer, but it ends no silence: otherwise putting us
off would look like interest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Push, Touch
from review_board.pipeline.vocabulary import Direction, Outcome, ReasonKind


@dataclass(frozen=True, slots=True)
class Dated:
    """A touch with the day it fell on."""

    day: date
    touch: Touch

    @property
    def id(self) -> str:
        """How evidence names it."""
        return f"touches/{self.touch.id}"


@dataclass(frozen=True, slots=True)
class Deferral:
    """One postponement by the buyer, or by a pushed close date."""

    day: date
    id: str
    reason: ReasonKind | None
    explained: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the touches up to today come to.

    ``unanswered`` and ``since_signal`` hold one entry for each *day* with an attempt: since the
    last answer, and (answered ones too) since the last signal.
    """

    touches: tuple[Dated, ...]
    last_ours: Dated | None
    last_signal: Dated | None
    last_response: Dated | None
    last_answer: Dated | None
    deferrals: tuple[Deferral, ...]
    lifetime_deferrals: int
    unanswered: tuple[Dated, ...]
    since_signal: tuple[Dated, ...]
    since_response: tuple[Dated, ...]
    ultimatum: Dated | None
    complaint: Dated | None
    last_call: Dated | None

    @property
    def unexplained(self) -> tuple[Deferral, ...]:
        """The deferrals without a reason."""
        return tuple(d for d in self.deferrals if not d.explained)


def read_timeline(prospect: Prospect, today: Today) -> Timeline:
    """The timeline as it stood at the end of a day; later touches do not exist yet."""
    dated = [Dated(today.day_of(t.at), t) for t in prospect.touches]
    touches = [d for d in dated if d.day <= today.day]
    touches.sort(key=lambda d: d.touch.at)
    signal_at = _last(touches, lambda t: t.meaning.signal)
    ultimatum_at = _last(touches, lambda t: t.outcome is Outcome.HOSTILE)
    complaint_at = _last(touches, lambda t: t.outcome is Outcome.COMPLAINT)
    response_at = _last(touches, lambda t: t.meaning.response)
    since = touches[signal_at + 1 :]
    deferrals, lifetime = _deferrals(prospect, touches, since, signal_at, today)
    empty = {d.id for d in deferrals if not d.explained}
    answer_at = _last_answer(touches, signal_at, empty)
    after_answer = touches[answer_at + 1 :]
    return Timeline(
        touches=tuple(touches),
        last_ours=_pick(touches, _last(touches, lambda t: t.direction is Direction.OUTBOUND)),
        last_signal=_pick(touches, signal_at),
        last_response=_pick(touches, response_at),
        last_answer=_pick(touches, answer_at),
        deferrals=deferrals,
        lifetime_deferrals=lifetime,
        unanswered=_days(d for d in after_answer if d.touch.meaning.attempt),
        since_signal=_days(d for d in since if _is_attempt(d.touch)),
        since_response=_days(d for d in touches[response_at + 1 :] if d.touch.meaning.attempt),
        ultimatum=_pick(touches, ultimatum_at) if ultimatum_at > signal_at else None,
        complaint=_pick(touches, complaint_at) if complaint_at > signal_at else None,
        last_call=next(
            (d for d in reversed(after_answer) if d.touch.outcome is Outcome.LAST_CALL), None
        ),
    )


def _is_attempt(touch: Touch) -> bool:
    """Whether we tried to reach them, with or without success."""
    outbound = touch.direction is Direction.OUTBOUND
    return touch.meaning.attempt or (outbound and touch.meaning.response)


def _last(touches: list[Dated], holds: Callable[[Touch], bool]) -> int:
    """The place of the last touch for which something holds, or −1."""
    for place in range(len(touches) - 1, -1, -1):
        if holds(touches[place].touch):
            return place
    return -1


def _pick(touches: list[Dated], place: int) -> Dated | None:
    return touches[place] if place >= 0 else None


def _days(touches: Iterable[Dated]) -> tuple[Dated, ...]:
    """The last attempt of each day: several on one day count once."""
    return tuple({d.day: d for d in touches}.values())


def _deferrals(
    prospect: Prospect, touches: list[Dated], since: list[Dated], signal_at: int, today: Today
) -> tuple[tuple[Deferral, ...], int]:
    """The deferrals since the last signal, and how many there ever were.

    The same kind of reason explains once; the second time it is none.
    """
    pushes = [(today.day_of(p.at), p) for p in prospect.pushes]
    pushes = [(day, p) for day, p in pushes if day <= today.day]
    ever = sum(d.touch.outcome is Outcome.DEFERRED for d in touches) + len(pushes)
    signal = touches[signal_at].touch.at if signal_at >= 0 else None
    events: list[tuple[date, str, Touch | Push]] = [
        (d.day, d.id, d.touch) for d in since if d.touch.outcome is Outcome.DEFERRED
    ]
    events += [(day, f"pushes/{p.id}", p) for day, p in pushes if signal is None or p.at > signal]
    events.sort(key=lambda event: event[2].at)
    used: set[ReasonKind] = set()
    found: list[Deferral] = []
    for day, key, event in events:
        explained = event.reason is not None and event.reason not in used
        if event.reason:
            used.add(event.reason)
        found.append(Deferral(day, key, event.reason, explained))
    return tuple(found), ever


def _last_answer(touches: list[Dated], signal_at: int, empty: set[str]) -> int:
    """The place of the last human answer that was more than an empty deferral."""
    for place in range(len(touches) - 1, signal_at, -1):
        touch = touches[place]
        if touch.touch.meaning.response and touch.id not in empty:
            return place
    return signal_at
