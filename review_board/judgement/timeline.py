"""What the touches and the moved close dates come to, read in one pass.

Two dates matter: that of our last touch, and that of the buyer's last signal. Notes and moves
change neither. An empty deferral ("call me later") is a human answer, but it ends no silence:
otherwise putting us off would look like interest.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Touch
from review_board.pipeline.vocabulary import OUTCOMES, Direction, Outcome, ReasonKind


class Postponement(NamedTuple):
    """One postponement. ``holds`` says whether its reason counts at all, ``ours`` that we brought it about."""

    at: datetime
    day: date
    id: str
    reason: ReasonKind | None
    holds: bool = True
    ours: bool = False


def find_postponements(prospect: Prospect, record: list[Touch], today: Today) -> list[Postponement]:
    """Return what was put off up to the end of the day, in order, where no touch of ``record`` says so."""
    found = [*_pushes(prospect, today), *_moved_callbacks(prospect, record, today)]
    return sorted(found, key=lambda postponement: postponement.at)


def place_of_request(callback: Callback, record: list[Touch], today: Today) -> int:
    """Return the place of the touch in which it was asked for: the linked one, or that day's last; or −1."""
    same_day = -1
    for place, touch in enumerate(record):
        if touch.id == callback.touch:
            return place
        if touch.outcome is Outcome.DEFERRED and today.day_of(touch.at) == callback.asked_on:
            same_day = place
    return same_day


def _pushes(prospect: Prospect, today: Today) -> Iterator[Postponement]:
    for push in prospect.moved_later:
        if push.at < today.end:
            day = today.day_of(push.at)
            yield Postponement(push.at, day, f"pushes/{push.id}", push.reason, ours=True)


def _moved_callbacks(
    prospect: Prospect, record: list[Touch], today: Today
) -> Iterator[Postponement]:
    """Yield the callbacks of theirs that were followed by one for a later day; a nearer one puts nothing off.

    The day is known and not the hour: it comes before what else happened on that day.
    """
    known = [callback for callback in prospect.callbacks if callback.asked_on <= today.day]
    for place, (callback, later) in enumerate(pairwise(known)):
        is_put_off = callback.asked_by_buyer and later.on > callback.on
        if is_put_off and place_of_request(callback, record, today) < 0:
            at = datetime.combine(callback.asked_on, time(), today.zone)
            holds = bool(callback.change)
            evidence = f"earlier_callbacks/{place}"
            yield Postponement(at, callback.asked_on, evidence, callback.reason, holds)


def _brought_forward(prospect: Prospect) -> dict[str | None, date]:
    """Return the contacts in which they asked, with a reason, for a nearer day; each with the day they asked before."""
    return {
        later.touch: earlier.asked_on
        for earlier, later in pairwise(prospect.callbacks)
        if earlier.asked_by_buyer and later.asked_by_buyer and later.reason
        if later.on < earlier.on and later.asked_on <= earlier.on
    }


# A member looked up on its class takes ten times as long as a name, and every touch is asked.
_OUTBOUND, _INBOUND = Direction.OUTBOUND, Direction.INBOUND
_DEFERRED, _HOSTILE, _COMPLAINT = Outcome.DEFERRED, Outcome.HOSTILE, Outcome.COMPLAINT
_LAST_CALL, _CONTACTED = Outcome.LAST_CALL, Outcome.CONTACTED
_NOT_OURS = frozenset({Outcome.MAILING, Outcome.DO_NOT_CONTACT})
SIGNALS = frozenset(outcome for outcome, meaning in OUTCOMES.items() if meaning.signal)
_moment = attrgetter("at")


class DatedTouch(NamedTuple):
    """A touch with the day it fell on."""

    day: date
    touch: Touch

    @property
    def id(self) -> str:
        """Return its evidence id."""
        return f"touches/{self.touch.id}"


class Deferral(NamedTuple):
    """A day on which the buyer put us off, or a close date was pushed; ``id`` is one such entry.

    ``ours`` marks what we moved ourselves: it counts, but nobody is told that they did it.
    """

    day: date
    id: str
    reason: ReasonKind | None
    explained: bool
    ours: bool = False


class Timeline:
    """What the touches and pushes come to, in one pass; never changed once it is read.

    ``record`` holds the touches in order; ``deferrals`` are those since the last signal, and
    ``unexplained`` those of them without a reason: several on one day count once, as attempts do.
    ``last_call`` is the first one since the last answer: sending another does not start the wait
    anew. ``days_unanswered`` counts the days with an attempt since the last answer.
    A signal begins everything anew: what came before the last one is only counted, and what only
    an argument in words needs is made when it is asked for.
    """

    def __init__(
        self,
        record: list[Touch],
        put_off: list[Postponement],
        today: Today,
        brought_forward: Mapping[str | None, date] = MappingProxyType({}),
    ) -> None:
        place = _place_of_last_signal(record)
        self.record, self._today, self._brought_forward = record, today, brought_forward
        self._put_off = {what.day for what in put_off}
        self._put_off_by_them = {what.day for what in put_off if not what.ours}
        self._recent = record[place + 1 :]
        self._days = _days_of(self._recent, today.zone)
        signal = _dated(record[place], today) if place >= 0 else None
        self.last_signal = self.last_response = self.last_answer = signal
        self.ultimatum: DatedTouch | None = None
        self.complaint: DatedTouch | None = None
        self.deferrals: tuple[Deferral, ...] = ()
        self.unexplained: tuple[Deferral, ...] = ()
        # Places among the recent; of the attempts those at the last answer, at the last response.
        self._tries: list[int] = []
        self._attempts: list[int] = []
        self._answered = self._responded = 0
        if put_off and signal:
            put_off = [what for what in put_off if what.at > signal.touch.at]
        self._read(put_off[::-1])

    @cached_property
    def touches(self) -> tuple[DatedTouch, ...]:
        """Return all touches, each with its day."""
        days = _days_of(self.record, self._today.zone)
        return tuple(map(DatedTouch, days, self.record))

    @property
    def since_last_signal(self) -> tuple[DatedTouch, ...]:
        """Return the touches that came after the last signal."""
        return tuple(map(DatedTouch, self._days, self._recent))

    @property
    def unanswered(self) -> tuple[DatedTouch, ...]:
        """Return one attempt for each *day* with any since the last answer."""
        return self._of_days(self._attempts[self._answered :])

    @property
    def since_response(self) -> tuple[DatedTouch, ...]:
        """Return the same since the last response of any kind."""
        return self._of_days(self._attempts[self._responded :])

    def tries_at(self, contact: str | None) -> tuple[DatedTouch, ...]:
        """Return those of them that name a person."""
        made = (self._recent[place] for place in self._attempts[self._responded :])
        return attempt_days(
            _dated(touch, self._today) for touch in made if touch.contact == contact
        )

    @property
    def since_signal(self) -> tuple[DatedTouch, ...]:
        """Return one for each day since the last signal on which we tried at all, answered or not."""
        return self._of_days(self._tries)

    @property
    def deferral_days(self) -> set[date]:
        """Return all days on which they put us off, before the last signal too."""
        return self._put_off | self.their_deferral_days

    @property
    def their_deferral_days(self) -> set[date]:
        """Return those on which they did it themselves: a close date that we moved is none."""
        nearer = self._brought_forward
        said = (t for t in self.record if t.outcome is _DEFERRED and t.id not in nearer)
        return self._put_off_by_them.union(_days_of(said, self._today.zone))

    @cached_property
    def last_call(self) -> DatedTouch | None:
        """Return the first last call since the last answer."""
        made = (self._recent[place] for place in self._attempts[self._answered :])
        return next((_dated(t, self._today) for t in made if t.outcome is _LAST_CALL), None)

    @property
    def our_last_touch(self) -> DatedTouch | None:
        """Return our last touch, answered or not."""
        ours = (touch for touch in reversed(self.record) if touch.direction is _OUTBOUND)
        return next((_dated(touch, self._today) for touch in ours), None)

    @cached_property
    def first_try(self) -> DatedTouch | None:
        """Return the first touch with which we tried to reach them."""
        return next((_dated(touch, self._today) for touch in self.record if is_try(touch)), None)

    @cached_property
    def last_unnoted(self) -> DatedTouch | None:
        """Return the last contact of which nobody noted how it ended."""
        unnoted = (t for t in reversed(self.record) if t.outcome is _CONTACTED)
        return next((_dated(touch, self._today) for touch in unnoted), None)

    def day_of(self, touch: Touch) -> date:
        """Return the day on which a touch fell."""
        return self._today.day_of(touch.at)

    def place_of_request(self, callback: Callback) -> int:
        """Return the place in the record of the touch in which a callback was asked for; or −1."""
        return place_of_request(callback, self.record, self._today)

    def _read(self, waiting: list[Postponement]) -> None:
        """Read what came after the last signal, and what was put off since, the last of it first.

        A push of the moment of a signal came before it: they moved the date and gave something.
        """
        attempts, tries = self._attempts, self._tries
        for place, touch in enumerate(self._recent):
            while waiting and waiting[-1].at <= touch.at:
                self._add_postponement(waiting.pop())
            meaning, outbound = OUTCOMES[touch.outcome], touch.direction is _OUTBOUND
            if outbound and (meaning.attempt or meaning.response):
                tries.append(place)
            if meaning.response or (meaning.attempt and not outbound):
                self._add_response(DatedTouch(self._days[place], touch))
            elif meaning.attempt:
                attempts.append(place)
            elif touch.outcome is _COMPLAINT:
                self.complaint = DatedTouch(self._days[place], touch)
        for left in reversed(waiting):
            self._add_postponement(left)
        days = self._days
        self.days_unanswered = len({days[place] for place in attempts[self._answered :]})

    def _add_response(self, dated: DatedTouch) -> None:
        """Read an answer of any kind, which is no signal."""
        touch = dated.touch
        self.last_response = dated
        self._responded = len(self._attempts)
        if touch.outcome is _DEFERRED:
            before = self._brought_forward.get(touch.id)
            if not self._add_deferral(dated.day, dated.id, touch.reason, in_place_of=before):
                return
        elif touch.outcome is _HOSTILE:
            self.ultimatum = dated
        self.last_answer = dated
        self._answered = self._responded

    def _add_postponement(self, what: Postponement) -> None:
        """Read what was put off without a touch."""
        self._add_deferral(what.day, what.id, what.reason, holds=what.holds, ours=what.ours)

    def _add_deferral(
        self,
        day: date,
        evidence: str,
        reason: ReasonKind | None,
        *,
        holds: bool = True,
        ours: bool = False,
        in_place_of: date | None = None,
    ) -> bool:
        """Read a postponement; whether it explains its day. A kind of reason explains only once.

        A second one on a day is the same once more, logged by somebody else or with a reason at last.
        One for a nearer day takes the place of that of the day ``in_place_of``: it puts nothing off.
        """
        earlier = self.deferrals
        replaced = earlier[-1] if earlier and earlier[-1].day in (day, in_place_of) else None
        same_day = replaced if replaced and replaced.day == day else None
        if replaced:
            earlier = earlier[:-1]
        new = reason is not None and all(d.reason is not reason for d in earlier)
        explained = holds and new
        ours = ours and (same_day is None or same_day.ours)
        if same_day and (same_day.explained or not explained):
            if ours is not same_day.ours:
                self._was_theirs(same_day._replace(ours=ours))
            return False
        found = Deferral(day, evidence, reason, explained, ours)
        self.deferrals = (*earlier, found)
        if replaced and not replaced.explained:
            self.unexplained = self.unexplained[:-1]
        if not explained:
            self.unexplained += (found,)
        return explained

    def _was_theirs(self, told: Deferral) -> None:
        """Note of the last postponement that they said it too, on the day on which we moved something."""
        self.deferrals = (*self.deferrals[:-1], told)
        if not told.explained:
            self.unexplained = (*self.unexplained[:-1], told)

    def _of_days(self, places: list[int]) -> tuple[DatedTouch, ...]:
        """Return these of the recent touches, the last of each day."""
        return attempt_days(
            [DatedTouch(self._days[place], self._recent[place]) for place in places]
        )


def is_attempt(touch: Touch) -> bool:
    """Tell whether we tried and had no answer. What comes in is none of our attempts."""
    return OUTCOMES[touch.outcome].attempt and touch.direction is _OUTBOUND


def is_response(touch: Touch) -> bool:
    """Tell whether somebody answered; a voicemail or an email from their side is an answer too."""
    meaning = OUTCOMES[touch.outcome]
    return meaning.response or (meaning.attempt and touch.direction is _INBOUND)


def is_try(touch: Touch) -> bool:
    """Tell whether we tried to reach them, with or without success."""
    meaning = OUTCOMES[touch.outcome]
    return (meaning.attempt or meaning.response) and is_ours(touch)


def is_ours(touch: Touch) -> bool:
    """Tell whether we turned to them: a mailing to many is no contact with one, and what they ask for is theirs."""
    return touch.direction is _OUTBOUND and touch.outcome not in _NOT_OURS


def attempt_days(touches: Iterable[DatedTouch]) -> tuple[DatedTouch, ...]:
    """Return the last of each day: several attempts on one day count once."""
    return tuple({dated.day: dated for dated in touches}.values())


def read_timeline(prospect: Prospect, today: Today) -> Timeline:
    """Return the timeline up to the end of a day; of one moment, the later in the record comes later."""
    record = _in_order(prospect.touches, today.end)
    if not (prospect.pushes or prospect.earlier_callbacks):
        return Timeline(record, [], today)
    put_off = find_postponements(prospect, record, today)
    return Timeline(record, put_off, today, _brought_forward(prospect))


def _dated(touch: Touch, today: Today) -> DatedTouch:
    return DatedTouch(today.day_of(touch.at), touch)


def _days_of(touches: Iterable[Touch], zone: tzinfo) -> list[date]:
    """Return the days on which they fell."""
    # As ``Today.day_of``, without a call for each of a hundred thousand touches.
    return [(at if (at := t.at).tzinfo is zone else at.astimezone(zone)).date() for t in touches]


def _in_order(touches: Iterable[Touch], end: datetime) -> list[Touch]:
    """Return the touches before ``end`` by their moment."""
    found = sorted(touches, key=_moment)
    while found and found[-1].at >= end:
        found.pop()
    return found


def _place_of_last_signal(touches: list[Touch]) -> int:
    """Return the place of the last touch with a signal, or −1."""
    for place in range(len(touches) - 1, -1, -1):
        if touches[place].outcome in SIGNALS:
            return place
    return -1
