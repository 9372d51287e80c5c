"""A document never names a day later than the one on which the judgement says that it falls due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from review_board.board import Board, Scope, assess, due_count, next_due
from review_board.board.filters import parse_filter
from review_board.board.maybe_due import ANY_DAY, not_due_before
from review_board.board.scope import queue_of
from review_board.errors import UsageError
from review_board.judgement import Evidence, gather
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import Bet, Drop, NextStep, Nurture, Snooze, Won
from review_board.pipeline.vocabulary import Column, Direction, DropReason, Outcome
from review_board.review import due_on
from review_board.settings import Review, Settings, Thresholds
from tests.board.conftest import Office
from tests.judgement.build import DEFAULTS, TODAY, day, moment, promise, prospect, ruling, touch
from tests.judgement.strategies import days_back, moments, pick, prospects, rulings, zones

PATIENT = hypothesis_settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
Draw = Callable[[st.SearchStrategy[Any]], Any]
Document = dict[str, Any]

until = days_back.map(day)
snoozes = st.lists(st.builds(Snooze, id=pick("s"), at=moments, until=until), max_size=3).map(tuple)
bets = st.lists(
    st.builds(Bet, id=pick("b"), at=moments, action=pick("they call"), until=until), max_size=2
).map(tuple)
intervals = pick(1, 2, 6, 7, 14, 30, 90, 400)
somebodys = st.builds(
    lambda active, unproven, nurture, wakes: Settings(
        review=Review(active_days=active, unproven_days=unproven, nurture_days=nurture),
        thresholds=Thresholds(wake_days=wakes),
    ),
    *(intervals, intervals, intervals, pick(0, 1, 14, 180)),
)
any_day = st.builds(Today, days_back.map(day), zones)


@st.composite
def looked_at(draw: Draw) -> Prospect:
    """Anything at all, with all that can set the day of a review drawn again."""
    found: Prospect = draw(prospects)
    drop = st.builds(Drop, at=moments, by=pick("ann"), reason=pick(DropReason.TIMING))
    often = {
        "column": st.sampled_from(Column),
        "verdicts": rulings(),
        "snoozes": snoozes,
        "bets": bets,
        "review_days": st.none() | intervals,
        "created": st.none() | moments,
        "drop": st.none() | drop,
        "earlier_drops": st.lists(drop, max_size=2).map(tuple),
        "next_step": st.none() | st.builds(NextStep, action=pick("call"), on=until),
        "nurture": st.none() | st.builds(Nurture, since=until),
    }
    drawn = {name: draw(some) for name, some in often.items() if draw(st.booleans())}
    return found.with_changes(**drawn)


def the_sieve_holds(document: Document, today: Today, settings: Settings) -> None:
    due = due_on(gather(from_document(document), today, settings))
    first = not_due_before(document, today, settings)
    assert due is None or (first is not None and first <= due)


@PATIENT
@given(looked_at(), any_day, somebodys)
def test_nothing_that_is_due_is_passed_over(
    some: Prospect, today: Today, settings: Settings
) -> None:
    the_sieve_holds(to_document(some), today, settings)


LATELY = (ruling(3),)
NURTURED: dict[str, Any] = {"column": Column.NURTURE, "nurture": Nurture(since=day(50))}
WAITS: dict[str, Any] = {"column": Column.CALLBACK, "verdicts": (ruling(8),)}
DROPPED: dict[str, Any] = {
    "column": Column.DROPPED,
    "drop": Drop(at=moment(-2), reason=DropReason.TIMING),
}

DUE = {
    "a far callback wakes": prospect(
        **NURTURED, verdicts=(ruling(30),), callback=promise(60, 10, touch=None)
    ),
    "a bet made with the verdict is over": prospect(
        verdicts=LATELY, bets=(Bet(id="b", at=LATELY[0].at, action="they call", until=day(0)),)
    ),
    "a verdict followed what was put off": prospect(
        verdicts=(ruling(8),), snoozes=(Snooze(id="s", at=moment(9), until=day(-9)),)
    ),
    "the call was made": prospect(touch(Outcome.NO_ANSWER, 0), **WAITS, callback=promise(60, 0)),
    "the callback is asked for tomorrow": prospect(**WAITS, callback=promise(-1, 90)),
    "it is dropped only later": prospect(touch(Outcome.INBOUND, 1), **DROPPED),
    "they left a voicemail": prospect(
        touch(Outcome.VOICEMAIL, 1, direction=Direction.INBOUND), **NURTURED, verdicts=LATELY
    ),
}


@pytest.mark.parametrize("why", DUE)
def test_what_makes_it_due_is_seen(why: str) -> None:
    assert (due_on(gather(DUE[why], TODAY, DEFAULTS)) or day(-999)) <= day(0)
    the_sieve_holds(to_document(DUE[why]), TODAY, DEFAULTS)


SPELLINGS: tuple[Callable[[datetime], object], ...] = (
    lambda at: at.isoformat(),
    lambda at: at.isoformat(" ", "milliseconds").replace("+00:00", "Z"),
    lambda at: (at - timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M-09:00"),
    lambda at: int(at.timestamp()),
    lambda at: str(int(at.timestamp())),
    lambda at: at.timestamp(),
)


@PATIENT
@given(looked_at(), any_day, st.randoms(use_true_random=False))
def test_however_a_hand_has_written_its_moments(some: Prospect, today: Today, rng: Any) -> None:
    document = to_document(some)
    for name in ("touches", "verdicts", "snoozes", "bets"):
        for record in document.get(name, ()):
            record["at"] = rng.choice(SPELLINGS)(datetime.fromisoformat(record["at"]))
    the_sieve_holds(document, today, DEFAULTS)


ODD: tuple[Document, ...] = (
    {"verdicts": "none"},
    {"verdicts": [{}]},
    {"verdicts": [{"at": "2026-11-19"}]},
    {"verdicts": [{"at": 10**30}]},
    {"created": 7},
    {"created": "20261119T090000Z"},
    {"created": "2026-11-19T09:00:00Z", "review_days": "7"},
    {"created": "2026-11-19T09:00:00Z", "review_days": 10**12},
    {"column": "nurture", "created": "2026-11-19T09:00:00Z", "touches": [{"outcome": []}]},
    {"column": "dropped", "next_step": {"on": 1_000_000}},
    {"column": "dropped", "next_step": {"on": "2027-01-18T00:00"}},
    {"column": "dropped", "touches": [7]},
)


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_what_it_cannot_read_for_certain_is_left_to_the_judgement(odd: Document) -> None:
    assert not_due_before({"id": "p-1", "name": "N"} | odd, TODAY, DEFAULTS) == ANY_DAY


def first_day(some: Prospect) -> object:
    return not_due_before(to_document(some), TODAY, DEFAULTS)


class TestRests:
    """These are known to rest without a look: else there would be no point in it."""

    def test_what_was_decided_lately(self) -> None:
        assert first_day(prospect(verdicts=(ruling(3),))) == day(-4)

    def test_what_was_decided_within_an_interval_of_its_own(self) -> None:
        assert first_day(prospect(verdicts=(ruling(3),), review_days=30)) == day(-27)

    def test_what_is_new(self) -> None:
        assert first_day(prospect(created=moment(1))) == day(-6)

    def test_what_was_put_off(self) -> None:
        snooze = Snooze(id="s", at=moment(1), until=day(-6))
        assert first_day(prospect(created=moment(30), snoozes=(snooze,))) == day(-6)

    def test_what_is_in_nurture_and_has_not_answered_since(self) -> None:
        talked, plan = touch(Outcome.TALKED, 60), Nurture(since=day(50))
        some = prospect(talked, created=moment(60), column=Column.NURTURE, nurture=plan)
        assert first_day(some) == day(-30)

    def test_a_callback_asked_for_lately(self) -> None:
        callback = promise(3, 60)
        some = prospect(verdicts=(ruling(3),), column=Column.CALLBACK, callback=callback)
        assert first_day(some) == day(-11)

    def test_what_was_dropped_and_is_silent(self) -> None:
        met, drop = touch(Outcome.MEETING, 40), Drop(at=moment(9), reason=DropReason.TIMING)
        assert first_day(prospect(met, column=Column.DROPPED, drop=drop)) is None

    def test_what_was_won(self) -> None:
        assert first_day(prospect(created=moment(99), won=Won(on=day(1)))) is None


def stocked(office: Office) -> Board:
    """Two due, one of them owed; two that rest; one whose record is spoilt."""
    board = office.open()
    rests = {"verdicts": (ruling(3),)}
    board.add([prospect(id="p-new", created=moment(30), owner="raj")], "add")
    board.add([prospect(id="p-due", owner="ann", verdicts=(ruling(8),))], "add")
    board.add([prospect(id="p-rests", owner="ann", **rests)], "add")
    board.add([prospect(id="p-later", owner="raj", **rests, review_days=30)], "add")
    return board


def test_the_queue_is_the_same_and_looks_only_at_what_can_be_due(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = stocked(office)
    judged: list[str] = []

    def noted(subject: Prospect, *rest: Any) -> Evidence:
        judged.append(subject.id)
        return gather(subject, *rest)

    monkeypatch.setattr(assess, "gather", noted)
    queue = queue_of(board, Scope())
    assert set(queue.ids) == set(judged) == {"p-new", "p-due"}
    for prospect_id in board.index.entries:
        board.assessor.glance(prospect_id, board.today)
    assert queue_of(board, Scope()) == queue
    assert due_count(board) == 2


def test_the_next_day_is_found_without_looking_at_all(office: Office) -> None:
    board = stocked(office)
    assert next_due(board) == (4, day(-4))
    assert board.assessor.known_glance("p-later", board.today) is None


def test_a_filter_that_fits_only_what_rests_gives_an_empty_queue(office: Office) -> None:
    board = stocked(office)
    assert queue_of(board, Scope(filter=parse_filter("due:no"))).ids == ()
    assert queue_of(board, Scope(filter=parse_filter("due:no"), everything=True)).ids
    with pytest.raises(UsageError, match="rule:hostile"):
        queue_of(board, Scope(filter=parse_filter("rule:hostile")))


@hypothesis_settings(PATIENT, max_examples=25)
@given(st.lists(looked_at(), max_size=6), st.integers(0, 20))
def test_on_any_board_queue_count_and_next_day_are_those_of_looking_at_all(
    some: list[Prospect], ahead: int
) -> None:
    office = Office()
    office.clock.turn(days=ahead)
    board, looked = office.open(), office.open()
    named = [one.with_changes(id=f"p-{n}") for n, one in enumerate(some)]
    board.add(named, "add")
    looked.catch_up()
    for prospect_id in looked.index.entries:
        looked.assessor.glance(prospect_id, looked.today)
    for scope in (Scope(), Scope(filter=parse_filter("due:yes"))):
        assert _queue_or_none(board, scope) == _queue_or_none(looked, scope)
    assert next_due(board) == next_due(looked)
    assert due_count(board) == due_count(looked)


def _queue_or_none(board: Board, scope: Scope) -> object:
    try:
        return queue_of(board, scope)
    except UsageError:
        return None
