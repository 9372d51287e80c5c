"""A callback: the five checks of "what will have changed?", whether it is open, and what it counts as.

Four must hold: the buyer asked, the day is near enough, the reason is of a known kind and new, and
somebody said what will have changed. The fifth, a commitment of the buyer's own, is a bonus.
Proven, it stays open until somebody answers, or until we tried as often as persistence asks for.
Unproven, it counts as a deferral, and goes on counting when we have called: only a step of the
buyer's own ends that. A day that we named ourselves is no deferral of theirs, and puts off no call
that they asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from review_board.judgement.timeline import (
    DatedTouch,
    Deferral,
    Timeline,
    attempt_days,
    is_attempt,
    is_response,
)
from review_board.pipeline.records import Callback
from review_board.pipeline.repeats import touch_on_record
from review_board.pipeline.vocabulary import Outcome, ReasonKind
from review_board.wording import AGAINST, FOR, several

if TYPE_CHECKING:
    from review_board.settings.setting_groups import Thresholds

GRADES: Mapping[str, str] = {
    "proven": "proven",
    "far": "too far ahead",
    "claimed": "not proven",
    "unproven": "not proven",
}
"""The grades as a person is told of them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its answer in words. A ``bonus`` speaks for it, but nothing depends on it.

    ``distance`` marks the one about the day: a proven callback may be too far ahead to wait for,
    and the rules say which day is too far.
    """

    holds: bool
    words: str
    bonus: bool = False
    distance: bool = False


@dataclass(frozen=True, slots=True)
class CallbackProof:
    """The five checks of one callback. Whether they hold decides; only who reads asks for words.

    ``repeated`` says that its kind of reason was given before, which explains nothing the second
    time; ``days`` is how far off it is, ``horizon`` how far it may be to rest with us.
    """

    callback: Callback
    repeated: bool
    days: int
    horizon: int

    @property
    def is_proven(self) -> bool:
        """Tell whether it proves enough to rest until its day, however far off that is."""
        return self.is_reasoned and bool(self.callback.change)

    @property
    def is_reasoned(self) -> bool:
        """Tell whether they asked for that day themselves, with a reason that was not given before."""
        return self.callback.asked_by_buyer and self._has_reason

    @property
    def is_near(self) -> bool:
        """Tell whether its day is near enough to wait for."""
        return self.days <= self.horizon

    @property
    def grade(self) -> str:
        """Return ``proven``, ``far`` (proven, but its day is too far off), ``claimed`` or ``unproven``."""
        if self.is_proven:
            return "proven" if self.is_near else "far"
        return "claimed" if len(self.passed) > 1 else "unproven"

    @property
    def passed(self) -> tuple[str, ...]:
        """Return what speaks for it, in words."""
        return tuple(c.words for c in self.checks if c.holds and not c.distance)

    @property
    def failed(self) -> tuple[str, ...]:
        """Return what is missing, in words; the bonus is never missing.

        Where they did not ask for it, nothing else is asked of it.
        """
        lacking = (c.words for c in self.checks if not c.holds and not (c.bonus or c.distance))
        return tuple(lacking) if self.callback.asked_by_buyer else (next(lacking),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return the five checks in the order in which they are asked."""
        callback = self.callback
        return (
            _check(callback.asked_by_buyer, "they asked for it", "they did not ask for it"),
            Check(self.is_near, self._distance_in_words(), distance=True),
            Check(self._has_reason, self._reason_in_words()),
            _check(
                bool(callback.change),
                "they said what changes",
                "nobody said what changes by then",
            ),
            Check(
                bool(callback.commitment),
                "they promised a step" if callback.commitment else "no step promised (optional)",
                bonus=True,
            ),
        )

    @property
    def summary(self) -> str:
        """Return the grade with what is missing, else with what speaks for it."""
        return f"callback {GRADES[self.grade]}: {', '.join(self.failed or self.passed)}"

    @property
    def in_words(self) -> str:
        """Return the grade and the five checks: ``+`` speaks for it, ``−`` is missing; a missing bonus has no sign."""
        marks = [
            c.words if c.bonus and not c.holds else f"{FOR if c.holds else AGAINST} {c.words}"
            for c in self.checks
        ]
        return f"{GRADES[self.grade].upper()}: " + "  ".join(marks)

    @property
    def _has_reason(self) -> bool:
        return self.callback.reason is not None and not self.repeated

    def _distance_in_words(self) -> str:
        if self.is_near:
            return f"a day within {several(self.horizon, 'day')}"
        return f"{several(self.days, 'day')} away (over {self.horizon})"

    def _reason_in_words(self) -> str:
        reason = self.callback.reason
        if reason is None:
            return "no reason"
        said = reason.value.replace("-", " ")
        return f"{said} was the reason before" if self.repeated else f"a reason: {said}"


def prove(
    callback: Callback,
    used: Collection[ReasonKind],
    horizon: int = 180,
    today: date | None = None,
) -> CallbackProof:
    """Check a callback; ``used`` are the reason kinds already given since the last signal.

    ``horizon`` is the number of days within which it rests with us, counted from ``today``, else
    from the day on which it was asked.
    """
    days = (callback.on - (today or callback.asked_on)).days
    return CallbackProof(callback, callback.reason in used, days, horizon)


def _check(holds: bool, yes: str, no: str) -> Check:
    return Check(holds, yes if holds else no)


class CallbackGrade(NamedTuple):
    """``open`` is the callback that is still to be made; ``unexplained`` is what counts against them.

    ``tries`` are the attempts from its day on, the last of each day. A proven callback is open until
    somebody answers or there are enough of them, any other until the first.
    """

    open: Callback | None
    proof: CallbackProof | None
    unexplained: tuple[Deferral, ...]
    tries: tuple[DatedTouch, ...] = ()

    @property
    def proof_holds(self) -> bool:
        """Tell whether what was asked for is proven."""
        return self.proof is not None and self.proof.is_proven


def callback_in_force(
    callbacks: Sequence[Callback], timeline: Timeline, limits: "Thresholds"
) -> Callback | None:
    """Return the last callback; a proven one of theirs where a day of our own took its place.

    We owe that call while it is open and they have not answered since they asked for it.
    """
    last = callbacks[-1] if callbacks else None
    if last is None or last.asked_by_buyer:
        return last
    theirs = next((each for each in reversed(callbacks) if each.asked_by_buyer), None)
    if theirs is None:
        return last
    place, grade = timeline.place_of_request(theirs), grade_callback(theirs, timeline, limits)
    answered = any(
        is_response(touch) and timeline.day_of(touch) > theirs.asked_on
        for touch in timeline.record[place + 1 :]
    )
    return theirs if grade.open and grade.proof_holds and not answered else last


def grade_callback(
    callback: Callback | None, timeline: Timeline, limits: "Thresholds", today: date | None = None
) -> CallbackGrade:
    """Check a callback against the timeline, ``today`` or on its own day."""
    if callback is None:
        return CallbackGrade(None, None, timeline.unexplained)
    place = timeline.place_of_request(callback)
    day = timeline.day_of(timeline.record[place]) if place >= 0 else callback.asked_on
    proof = prove(
        callback, _reasons_before(day, timeline), limits.callback_days, today or callback.on
    )
    unexplained = timeline.unexplained
    put_off = place >= 0 and timeline.record[place].outcome is Outcome.DEFERRED
    is_theirs = callback.asked_by_buyer or put_off
    if is_theirs and not (proof.is_proven or _outdated(callback, place, timeline)):
        unexplained = _counted(callback, _id_of(place, timeline), day, unexplained)
    since = _since_its_day(callback, place, timeline)
    tries = attempt_days(dated for dated in since if is_attempt(dated.touch))
    enough = limits.attempts if proof.is_proven else 1
    if len(tries) >= enough or any(is_response(dated.touch) for dated in since):
        return CallbackGrade(None, proof, unexplained, tries)
    return CallbackGrade(callback, proof, unexplained, tries)


def _reasons_before(asked: date, timeline: Timeline) -> tuple[ReasonKind, ...]:
    """Return the reasons given on other days than the one on which it was asked for."""
    return tuple(d.reason for d in timeline.deferrals if d.reason and d.day != asked)


def _id_of(place: int, timeline: Timeline) -> str:
    """Return the evidence id of the contact in which it was asked for."""
    return f"touches/{timeline.record[place].id}" if place >= 0 else "callback"


def _since_its_day(callback: Callback, place: int, timeline: Timeline) -> list[DatedTouch]:
    """Return the attempts and answers on its day or later, after it was asked for.

    The contact in which it was asked for is none of them, nor is the same one told twice.
    """
    asked = timeline.record[place : place + 1] if place >= 0 else ()
    days = ((timeline.day_of(touch), touch) for touch in timeline.record[place + 1 :])
    return [
        DatedTouch(day, touch)
        for day, touch in days
        if day >= callback.on
        and (is_attempt(touch) or is_response(touch))
        and not touch_on_record(touch, asked, timed=False)
    ]


def _outdated(callback: Callback, place: int, timeline: Timeline) -> bool:
    """Tell whether the buyer gave a signal when they asked for it, or since."""
    signal = timeline.last_signal
    if signal is None:
        return False
    if place < 0:
        return signal.day >= callback.asked_on
    return any(touch is signal.touch for touch in timeline.record[place:])


def _counted(
    callback: Callback, own: str, day: date, unexplained: tuple[Deferral, ...]
) -> tuple[Deferral, ...]:
    """Return the deferrals with this one among them, once; its reason counts as given on that day."""
    same_day = [d for d in unexplained if d.day == day]
    if same_day:
        reason = same_day[0].reason or callback.reason
        return tuple(d._replace(reason=reason) if d.day == day else d for d in unexplained)
    one = Deferral(day, own, callback.reason, explained=False)
    return tuple(sorted((*unexplained, one), key=lambda d: d.day))
