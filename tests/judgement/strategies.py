"""Prospects for the properties: a story for each rule, plain noise, and both mixed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from review_board.judgement.question_packs import WEISS
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import (
    Answer,
    Bet,
    Callback,
    Contact,
    DoNotContact,
    Drop,
    NextStep,
    NoteEntry,
    Nurture,
    Push,
    Quote,
    Rescue,
    Touch,
    touch_of,
)
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Channel,
    Column,
    Direction,
    DropReason,
    Outcome,
    QuoteState,
    ReasonKind,
    Role,
    SignalKind,
    Track,
)
from review_board.settings.rule_names import RuleName
from tests.judgement.build import answer, day, moment, promise, verdict_record

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

EDGES = (0, 1, 2, 7, 8, 13, 14, 15, 29, 30, 31, 59, 60, 61, 90, 91, 179, 180, 181)
ATTEMPTS = tuple(o for o, m in OUTCOMES.items() if m.attempt)
SIGNALS = tuple(o for o, m in OUTCOMES.items() if m.signal)
QUESTIONS = tuple(question.id for question in WEISS)
DISQUALIFYING = ("process", "budget", "decision", "need", "competition")
WORTHS = (None, 0, 1, 2_000, 9_999, 10_000, 30_000, 99_999, 100_000, 480_000, 10**12)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati")


def pick(*values: T) -> st.SearchStrategy[T]:
    """One of these."""
    return st.sampled_from(values)


days_back = st.one_of(pick(*EDGES), st.integers(0, 120), st.integers(-400, 400))
clock_times = pick(0, 1, 570, 720, 720, 900, 1439)
maybe_reason = st.one_of(st.none(), st.sampled_from(ReasonKind))
moments = st.builds(lambda ago, at: moment(ago, at // 60, at % 60), days_back, clock_times)
worths = pick(*WORTHS)
zones = pick(*ZONES).map(ZoneInfo)


@st.composite
def noise_touches(draw: Draw, at_most: int = 10) -> tuple[Touch, ...]:
    """Touches of every outcome, in no order, some at the same instant, some still to come."""
    count = draw(st.integers(0, at_most))
    return tuple(_any_touch(draw, f"n{number}") for number in range(count))


def _any_touch(draw: Draw, key: str) -> Touch:
    outcome = draw(st.sampled_from(Outcome))
    direction = draw(pick(None, None, None, None, Direction.INBOUND, Direction.OUTBOUND))
    return touch_of(
        outcome,
        id=key,
        at=draw(moments),
        by="ann",
        contact=draw(pick(None, "c0", "c1", "gone")),
        channel=draw(st.one_of(st.none(), st.sampled_from(Channel))),
        direction=direction,
        reason=draw(maybe_reason) if outcome is Outcome.DEFERRED else None,
        signal=draw(st.sampled_from(SignalKind)) if outcome in SIGNALS else None,
    )


@st.composite
def plain_fields(draw: Draw) -> dict[str, Any]:
    """What every story may carry without changing its rule."""
    spent = draw(pick(None, Decimal(40)))
    notes = tuple(
        NoteEntry(id=f"note{n}", at=draw(moments), by="ann", text="called it special")
        for n in range(draw(st.integers(0, 2)))
    )
    step = draw(st.one_of(st.none(), days_back))
    return {
        "column": draw(pick(Column.ACTIVE, Column.CALLBACK, Column.DROPPED)),
        "hours_spent": spent,
        "notes": notes,
        "next_step": None
        if step is None
        else NextStep(action="call", on=day(step), agreed=draw(st.none() | st.booleans())),
        "contacts": draw(contacts),
    }


contacts = st.lists(st.sampled_from(Role), max_size=3).map(
    lambda roles: tuple(
        Contact(id=f"c{n}", name=f"Person {n}", role=role) for n, role in enumerate(roles)
    )
)


@st.composite
def noise_fields(draw: Draw) -> dict[str, Any]:
    """Everything else that may stand on a record, in any mixture."""
    fields: dict[str, Any] = {
        **draw(plain_fields()),
        "column": draw(st.sampled_from(Column)),
        "value": _money(draw(worths), draw(pick("USD", "EUR"))),
        "locations": draw(pick(None, None, 1, 2, 120)),
        "probability": draw(pick(None, None, "0", "0.1", "0.5", "1")),
        "hours": draw(pick(None, None, "0.0001", "0.5", "3", "10000")),
        "created": draw(st.one_of(st.none(), moments)),
    }
    for name, strategy in RARE.items():
        if draw(pick(False, False, False, True)):
            fields[name] = draw(strategy)
    return fields


def _money(amount: int | None, currency: str = "USD") -> Money | None:
    return None if amount is None else Money(amount=Decimal(amount), currency=currency)


def _push(number: int, at: datetime, reason: ReasonKind | None, correction: bool) -> Push:
    days = {"from_day": day(0), "to_day": day(-30)}
    return Push(id=f"x{number}", at=at, reason=reason, correction=correction, **days)


def _quotes(drawn: list[tuple[int, QuoteState, int | None]]) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            id=f"q{n}",
            sent_on=day(sent),
            amount=Money(amount=Decimal(24_000)),
            state=state,
            decided_on=None if decided is None or state is QuoteState.OPEN else day(decided),
        )
        for n, (sent, state, decided) in enumerate(drawn)
    )


@st.composite
def callbacks(draw: Draw) -> Callback:
    """A callback of any proof, asked before its day, linked to a touch or not."""
    asked = draw(days_back)
    return Callback(
        on=day(asked) + timedelta(days=draw(pick(0, 1, 30, 60, 180, 400))),
        asked_on=day(asked),
        asked_by_buyer=draw(st.booleans()),
        reason=draw(maybe_reason),
        change=draw(pick("", "the board will have voted")),
        commitment=draw(pick("", "a visit")),
        touch=draw(pick(None, None, "n0", "n1", "d0", "lost")),
    )


def _answer(state: AnswerState, asked: int | None) -> Answer:
    return answer(state, 3 if asked is None and state is AnswerState.CONFIRMED else asked)


answers = st.dictionaries(
    pick(*QUESTIONS, "meddic-pain", "need"),
    st.builds(_answer, st.sampled_from(AnswerState), st.one_of(st.none(), days_back)),
    max_size=5,
)
harmless_answers = st.dictionaries(
    pick(*QUESTIONS),
    st.builds(_answer, pick(AnswerState.CLAIMED, AnswerState.CONFIRMED), days_back),
    max_size=2,
)


@st.composite
def verdict_records(draw: Draw) -> tuple[VerdictRecord, ...]:
    """A verdict history, two of one session among them."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        unknown = draw(st.lists(pick(*QUESTIONS), max_size=5, unique=True))
        session = draw(pick(None, "s0", "s1", f"own{number}"))
        fields = {"id": f"v{number}", "session": session, "at": draw(moments)}
        found.append(verdict_record(number, *unknown, **fields))
    return tuple(found)


def _rescue(on: int, lasts: int) -> Rescue:
    return Rescue(on=day(on), until=day(on) + timedelta(days=lasts), route="through the champion")


RARE: dict[str, st.SearchStrategy[Any]] = {
    "pushes": st.lists(st.tuples(moments, maybe_reason, st.booleans()), max_size=3).map(
        lambda drawn: tuple(_push(n, *one) for n, one in enumerate(drawn))
    ),
    "quotes": st.lists(
        st.tuples(days_back, st.sampled_from(QuoteState), st.one_of(st.none(), days_back)),
        max_size=3,
    ).map(_quotes),
    "callback": callbacks(),
    "earlier_callbacks": st.lists(callbacks(), max_size=2).map(tuple),
    "answers": answers,
    "verdicts": verdict_records(),
    "nurture": st.builds(
        Nurture,
        track=st.sampled_from(Track),
        since=days_back.map(day),
        next_on=st.one_of(st.none(), days_back.map(day)),
    ),
    "drop": st.builds(Drop, at=moments, by=pick("ann"), reason=st.sampled_from(DropReason)),
    "do_not_contact": st.builds(DoNotContact, at=moments, by=pick("ann")),
    "bets": st.lists(
        st.builds(Bet, id=pick("b"), at=moments, action=pick("sign"), until=days_back.map(day)),
        max_size=2,
    ).map(tuple),
    "rescue": st.builds(_rescue, days_back, pick(0, 30)),
}


# Stories: what each rule was made for


@st.composite
def stories(draw: Draw, rule: RuleName) -> Prospect:
    """A prospect whose rule is this one, with all that the rule leaves open drawn freely."""
    fields: dict[str, Any] = {
        "value": _money(draw(pick(*WORTHS))),
        "created": moment(400),
        "touches": (),
        "answers": draw(harmless_answers),
        **draw(plain_fields()),
        **STORIES[rule](draw),
    }
    fields.setdefault("locations", draw(pick(None, 1, 3)))
    return Prospect(id="p-story", name="Corner Bakery", **fields)


def attempts(draw: Draw, since: int, count: int, until: int = 0) -> tuple[Touch, ...]:
    """Attempts on that many different days between two days; twice on some of them."""
    found: list[Touch] = []
    for place in range(count):
        ago = since - 1 - place * (since - 1 - until) // max(1, count)
        for again in range(draw(pick(1, 1, 1, 2))):
            outcome = draw(pick(*(o for o in ATTEMPTS if o is not Outcome.LAST_CALL)))
            at = moment(ago, 9 + again)
            found.append(touch_of(outcome, id=f"a{place}-{again}", at=at, by="ann"))
    return tuple(found)


def one(outcome: Outcome, ago: int, key: str, hour: int = 12, **fields: Any) -> Touch:
    """A touch with a key."""
    return touch_of(outcome, id=key, at=moment(ago, hour), by="ann", **fields)


def _do_not_contact(draw: Draw) -> dict[str, Any]:
    request = DoNotContact(at=moment(draw(st.integers(0, 400))), by="ann")
    return {**draw(noise_fields()), "touches": draw(noise_touches()), "do_not_contact": request}


def _knocked_out(draw: Draw) -> dict[str, Any]:
    asked = draw(st.one_of(st.none(), st.integers(0, 400)))
    negative = answer(AnswerState.NEGATIVE, asked)
    found = draw(st.lists(pick(*DISQUALIFYING), min_size=1, max_size=3, unique=True))
    return {
        **draw(noise_fields()),
        "touches": draw(noise_touches()),
        "do_not_contact": None,
        "answers": dict.fromkeys(found, negative),
    }


def _hostile(draw: Draw) -> dict[str, Any]:
    ago = draw(st.integers(0, 180))
    before = (one(Outcome.MEETING, ago, "s", 9),) if draw(st.booleans()) else ()
    after = attempts(draw, ago, draw(st.integers(0, 7))) if ago > 1 else ()
    return {
        "touches": (*before, one(Outcome.HOSTILE, ago, "h", note="40 % off"), *after),
        "callback": promise(ago, 30) if draw(st.booleans()) else None,
    }


def _lost_bet(draw: Draw) -> dict[str, Any]:
    made = draw(st.integers(2, 60))
    bet = _bet(made, draw(st.integers(1, made)))
    before = one(Outcome.ADVANCED, made + draw(pick(0, 1, 40)), "s", 9)
    after = attempts(draw, made, draw(st.integers(0, 4)))
    return {"touches": (before, *after), "bets": (bet,), **draw(pick({}, _kept_then(made)))}


def _bet(made: int, until: int) -> Bet:
    return Bet(id="b", at=moment(made), by="ann", action="sign", until=day(until))


def _kept_then(made: int) -> dict[str, Any]:
    """The verdict in which the bet was made."""
    return {"verdicts": (verdict_record(made, id="v"),)}


def _asked(draw: Draw, ahead: int) -> dict[str, Any]:
    asked = draw(st.integers(max(0, -ahead), max(0, -ahead) + 90))
    reason = draw(st.sampled_from(ReasonKind))
    touches = (
        one(Outcome.TALKED, asked + 30, "t0"),
        one(Outcome.DEFERRED, asked, "d0", reason=reason),
    )
    linked = draw(pick(None, "d0"))
    return {"touches": touches, "callback": promise(asked, ahead, reason=reason, touch=linked)}


def _open_quote(draw: Draw) -> dict[str, Any]:
    sent = draw(st.integers(6, 200))
    signal = (one(Outcome.ADVANCED, sent + 1, "s"),) if draw(st.booleans()) else ()
    quoted = Quote(id="q", sent_on=day(sent), amount=Money(amount=Decimal(24_000)))
    after = attempts(draw, sent, draw(st.integers(0, 4)))
    return {"touches": (*signal, one(Outcome.QUOTE, sent, "q"), *after), "quotes": (quoted,)}


def _live_interest(draw: Draw) -> dict[str, Any]:
    ago = draw(st.integers(0, 30))
    signal = one(draw(pick(*SIGNALS)), ago, "s")
    later = attempts(draw, ago, draw(st.integers(0, 3))) if ago > 1 else ()
    put_off = tuple(
        one(Outcome.DEFERRED, ago, f"d{n}", 13 + n) for n in range(draw(st.integers(0, 2)))
    )
    return {"touches": (*draw(deferred_before(ago + 1)), signal, *put_off, *later)}


@st.composite
def deferred_before(draw: Draw, ago: int) -> tuple[Touch, ...]:
    """Deferrals that a later signal makes forgotten."""
    count = draw(st.integers(0, 4))
    return tuple(one(Outcome.DEFERRED, ago + 5 * n, f"before{n}") for n in range(count))


def _serial_deferral(draw: Draw) -> dict[str, Any]:
    count = draw(st.integers(3, 7))
    put_off = [one(Outcome.DEFERRED, 200 - 25 * n, f"d{n}") for n in range(count)]
    signal = (one(Outcome.MEETING, 230, "s"),) if draw(st.booleans()) else ()
    return {"touches": (*signal, *put_off)}


def _unanswered_questions(draw: Draw) -> dict[str, Any]:
    unknown = draw(pick(("process", "budget", "decision"), QUESTIONS[:3]))
    first = verdict_record(14, *unknown)
    again = (
        (verdict_record(7, *unknown, session="s-14", id="again"),) if draw(st.booleans()) else ()
    )
    talked = one(Outcome.TALKED, draw(st.integers(0, 50)), "t0")
    return {
        "touches": (talked,),
        "verdicts": (first, *again, verdict_record(2, *unknown)),
        "answers": {},
    }


def _unproven_callback(draw: Draw) -> dict[str, Any]:
    first = draw(st.integers(0, 55))
    count = draw(st.integers(1, 2))
    put_off = tuple(one(Outcome.DEFERRED, first + 3 * n, f"d{n}") for n in range(count))
    asked = promise(first, 20, proven=False, touch="d0") if draw(st.booleans()) else None
    return {"touches": put_off, "callback": asked}


def _in_nurture(draw: Draw, mailings: int) -> dict[str, Any]:
    since = draw(st.integers(mailings, 300))
    before = one(Outcome.TALKED, since + draw(pick(0, 1, 40)), "t0", 8)
    sent = tuple(
        one(Outcome.MAILING, since - n * since // max(1, mailings), f"m{n}")
        for n in range(mailings)
    )
    plan = Nurture(track=draw(st.sampled_from(Track)), since=day(since))
    return {"column": Column.NURTURE, "touches": (before, *sent), "nurture": plan}


def _never_called(draw: Draw, ago: int | None) -> dict[str, Any]:
    created = None if ago is None else moment(ago)
    mailed = (one(Outcome.MAILING, 1, "m0"),) if draw(st.booleans()) else ()
    return {"created": created, "touches": mailed}


def _no_history(draw: Draw) -> dict[str, Any]:
    ago = draw(pick(None, 15, 16, 364, 365, 729, 730, 3419))
    stage = draw(pick("", "Prospecting", "Negotiation", "Xyzzy", "Closed Lost"))
    came = draw(pick({"contact_history": False}, {"external_id": "006"}))
    return {
        **_never_called(draw, ago),
        "close_date": draw(pick(None, day(-30), day(60), day(900))),
        "stage": stage,
        **came,
    }


def _too_soon(draw: Draw) -> dict[str, Any]:
    ago = draw(st.integers(31, 400))
    return {
        "touches": (one(Outcome.TALKED, ago, "t0"), *attempts(draw, ago, draw(st.integers(0, 4))))
    }


def _silent(draw: Draw, ago: int, count: int) -> tuple[Touch, ...]:
    return (one(Outcome.TALKED, ago, "t0", 8), *attempts(draw, ago, count))


def _gone_silent(draw: Draw) -> dict[str, Any]:
    worth = draw(pick(None, 0, 9_999, 10_000, 99_999, 400_000))
    spent = _rescue(60, 30) if worth == 400_000 else None
    if draw(st.booleans()):
        touches = _silent(draw, draw(st.integers(60, 300)), draw(st.integers(6, 10)))
    else:
        last = one(Outcome.LAST_CALL, 7, "last")
        touches = (*_silent(draw, 40, 4)[:-1], *attempts(draw, 39, 5, 8), last)
    return {"touches": touches, "value": _money(worth), "rescue": spent, "locations": 1}


def _rescued(draw: Draw) -> dict[str, Any]:
    champion = Contact(id="ch", name="Dana", role=Role.CHAMPION)
    touches = _silent(draw, draw(st.integers(60, 300)), draw(st.integers(6, 10)))
    running = draw(pick(None, _rescue(30, 30), _rescue(0, 30)))
    worth = _money(draw(pick(100_000, 400_000)))
    return {"touches": touches, "value": worth, "contacts": (champion,), "rescue": running}


def _poor_payoff(draw: Draw) -> dict[str, Any]:
    ago, count = draw(pick((31, 5), (40, 9), (59, 9), (300, 5)))
    poor = {"value": _money(draw(pick(0, 2_000))), "locations": 1, "probability": Decimal("0.1")}
    return {"touches": _silent(draw, ago, count), "hours": Decimal(2), **poor}


def _last_call(draw: Draw) -> dict[str, Any]:
    ago, count = draw(pick((31, 5), (45, 7), (59, 9), (300, 5)))
    worth = _money(draw(pick(None, 20_000, 400_000)))
    return {"touches": _silent(draw, ago, count), "value": worth, "probability": None}


def _running_bet(draw: Draw) -> dict[str, Any]:
    ago = draw(st.integers(31, 90))
    bet = _bet(draw(st.integers(0, 14)), -draw(st.integers(0, 14)))
    return {"touches": _silent(draw, ago, draw(st.integers(0, 8))), "bets": (bet,)}


def _working(draw: Draw) -> dict[str, Any]:
    ago = draw(st.integers(2, 30))
    return {"touches": _silent(draw, ago, min(ago - 1, draw(st.integers(0, 3))))}


STORIES: dict[RuleName, Callable[[Draw], dict[str, Any]]] = {
    RuleName.DO_NOT_CONTACT: _do_not_contact,
    RuleName.KNOCKED_OUT: _knocked_out,
    RuleName.HOSTILE: _hostile,
    RuleName.LOST_BET: _lost_bet,
    RuleName.PROVEN_CALLBACK: lambda draw: _asked(draw, draw(st.integers(-7, 180))),
    RuleName.PROMISE_MISSED: lambda draw: _asked(draw, draw(st.integers(-200, -8))),
    RuleName.FAR_CALLBACK: lambda draw: _asked(draw, draw(st.integers(181, 400))),
    RuleName.OPEN_QUOTE: _open_quote,
    RuleName.LIVE_INTEREST: _live_interest,
    RuleName.RUNNING_BET: _running_bet,
    RuleName.SERIAL_DEFERRAL: _serial_deferral,
    RuleName.UNANSWERED_QUESTIONS: _unanswered_questions,
    RuleName.UNPROVEN_CALLBACK: _unproven_callback,
    RuleName.NURTURE_EXHAUSTED: lambda draw: _in_nurture(draw, draw(st.integers(12, 15))),
    RuleName.NURTURING: lambda draw: _in_nurture(draw, draw(st.integers(0, 11))),
    RuleName.NO_HISTORY: _no_history,
    RuleName.FRESH_LEAD: lambda draw: _never_called(draw, draw(st.integers(0, 14))),
    RuleName.NEVER_WORKED: lambda draw: _never_called(draw, draw(pick(None, 15, 16, 300))),
    RuleName.TOO_SOON: _too_soon,
    RuleName.GONE_SILENT: _gone_silent,
    RuleName.RESCUE: _rescued,
    RuleName.POOR_PAYOFF: _poor_payoff,
    RuleName.LAST_CALL: _last_call,
    RuleName.WORKING: _working,
}


# What the properties are asked of

any_story = st.sampled_from(RuleName).flatmap(stories)


@st.composite
def mixed(draw: Draw) -> Prospect:
    """A story with noise upon it."""
    story: Prospect = draw(any_story)
    extra = draw(noise_touches(3))
    altered = {
        name: draw(strategy) for name, strategy in RARE.items() if draw(st.integers(0, 7)) == 7
    }
    return story.with_changes(touches=(*story.touches, *extra), **altered)


@st.composite
def noise(draw: Draw) -> Prospect:
    """Anything at all."""
    touches = draw(noise_touches(14))
    return Prospect(id="p-noise", name="Noise", touches=touches, **draw(noise_fields()))


prospects = st.one_of(any_story, mixed(), noise())
