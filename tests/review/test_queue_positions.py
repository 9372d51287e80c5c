"""The place of a prospect in a queue is the same whether it was read on trust or judged in full."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from review_board.board.board import Board
from review_board.board.filters import parse_filter
from review_board.errors import UsageError
from review_board.pipeline.fast_load import read_plainly
from review_board.pipeline.prospect import Prospect, to_document
from review_board.pipeline.vocabulary import Channel, Column, Outcome
from review_board.review.controller import ReviewController
from review_board.review.plan import plan_review
from review_board.review.scope import QueuePositions, Scope, due_count, next_due, queue_of
from review_board.settings.tree import Settings
from review_board.store.protocol import PROSPECTS
from tests.judgement.build import (
    DEFAULTS,
    day,
    moment,
    money,
    promise,
    prospect,
    touch,
    verdict_record,
)
from tests.judgement.due_strategies import looked_at, somebodys
from tests.memory_store import Disk, MemoryStore
from tests.office import Hands, Office

Document = dict[str, Any]


def holding(document: Document, settings: Settings = DEFAULTS) -> Board:
    """A board over a file that holds this and nothing else."""
    named = {"name": "N", "rev": 1} | document | {"id": "p-1"}
    disk = Disk({PROSPECTS: {"p-1": named}})
    return Board(MemoryStore(disk), settings, Hands(), UTC, "ann", "board").open()


def agree(board: Board) -> None:
    """Its place is that of its card summary."""
    places, card_summary = QueuePositions(board), board.evaluator.card_summary("p-1")
    board.evaluator.forget_all()
    place = places.place("p-1")
    assert (place.card, place.due_on) == (card_summary.card, card_summary.due_on)
    found = places.due("p-1")
    assert (found is not None) == (bool(place.spoilt) or card_summary.is_due(board.today.day))
    assert found is None or (found.card, found.spoilt) == (place.card, place.spoilt)


SPELLINGS: tuple[Callable[[datetime], object], ...] = (
    lambda at: at.isoformat(),
    lambda at: at.isoformat(" ", "milliseconds").replace("+00:00", "Z"),
    lambda at: (at - timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M-09:00"),
    lambda at: int(at.timestamp()),
    lambda at: str(int(at.timestamp())),
    lambda at: at.timestamp(),
)


@given(looked_at(), somebodys)
def test_it_is_the_place_that_the_judgement_gives(some: Prospect, settings: Settings) -> None:
    agree(holding(to_document(some), settings))


def test_a_call_tried_again_on_the_day_on_which_it_was_asked_for() -> None:
    """Records read on trust are compared with each other, and that raised ``AttributeError``."""
    asked = touch(Outcome.DEFERRED, 0, 9, id="t-1")
    tried = touch(Outcome.NO_ANSWER, 0, 11)
    called_back = prospect(
        asked, tried, column=Column.CALLBACK, callback=promise(0, 0, touch="t-1")
    )
    agree(holding(to_document(called_back)))


@given(looked_at(), st.randoms(use_true_random=False))
def test_however_a_hand_has_written_its_moments(some: Prospect, rng: Any) -> None:
    document = to_document(some)
    for name in ("touches", "verdicts", "snoozes", "bets"):
        for record in document.get(name, ()):
            record["at"] = rng.choice(SPELLINGS)(datetime.fromisoformat(record["at"]))
    agree(holding(document))


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
def test_what_cannot_be_read_on_trust_is_left_to_the_judgement(odd: Document) -> None:
    agree(holding(odd))


@pytest.mark.parametrize("contacts", [7, [7], [{"name": "Lee"}], "Lee", [], None])
def test_contacts_that_are_none_are_left_to_the_judgement(contacts: object) -> None:
    """A valuable one that went silent, with every channel used: only a person is a way in."""
    tried = [
        touch(outcome, 60 + 2 * n, channel=channel)
        for n, (outcome, channel) in enumerate(product((Outcome.NO_ANSWER, Outcome.EMAIL), Channel))
    ]
    silent = to_document(prospect(*tried, value=money(200_000)))
    agree(holding(silent | {"contacts": contacts}))


def test_what_cannot_be_read_is_counted_whether_the_board_has_looked_at_it_or_not() -> None:
    board = holding({"touches": [7]})
    assert queue_of(board, Scope()).unread == 1
    board.evaluator.card_summary("p-1")
    assert queue_of(board, Scope()).unread == 1


def test_a_reason_that_is_none_hinders_nobody() -> None:
    agree(holding({"column": "dropped", "drop": {"at": "2026-11-19T09:00:00Z", "reason": {}}}))


def test_what_the_judgement_alone_refuses_is_passed_over_in_the_review() -> None:
    board = holding({"created": "1850-01-02T09:00:00Z"})
    assert queue_of(board, Scope()).ids == ("p-1",)
    assert ReviewController.open(board).current is None


def stocked(office: Office) -> Board:
    """Two due, one of them owed; two that rest; one whose record is spoilt."""
    board = office.open()
    rests = {"verdicts": (verdict_record(3),)}
    board.add([prospect(id="p-new", created=moment(30), owner="raj")], "add")
    board.add([prospect(id="p-due", owner="ann", verdicts=(verdict_record(8),))], "add")
    board.add([prospect(id="p-rests", owner="ann", **rests)], "add")
    board.add([prospect(id="p-later", owner="raj", **rests, review_days=30)], "add")
    return board


def test_the_queue_is_the_same_once_all_are_judged(office: Office) -> None:
    board = stocked(office)
    queue = queue_of(board, Scope())
    assert set(queue.ids) == {"p-new", "p-due"}
    for prospect_id in board.index.entries:
        board.evaluator.card_summary(prospect_id)
    assert queue_of(board, Scope()) == queue
    assert due_count(board) == 2


def test_what_the_plan_of_a_review_looked_at_its_begin_does_not_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, looked_at = stocked(office), []

    def noted(document: Document) -> Any:
        looked_at.append(document["id"])
        return read_plainly(document)

    monkeypatch.setattr("review_board.pipeline.fast_load.read_plainly", noted)
    plan = plan_review(board, Scope())
    assert {"p-new", "p-due", "p-rests"} <= set(looked_at)
    looked_at.clear()
    board.change(
        "p-new", lambda some, _: some.model_copy(update={"owner": "ann"}), "gave it to ann"
    )
    assert queue_of(board, Scope()).ids == plan.queue.ids
    assert looked_at == ["p-new"]


def test_the_next_day_is_found_and_nothing_of_it_kept(office: Office) -> None:
    board = stocked(office)
    assert next_due(board) == day(-4)
    assert board.evaluator.known_card_summary("p-later") is None


@pytest.mark.parametrize("asked", ["due:no", "-due:yes", "owner:ann due:no"])
def test_a_filter_for_what_rests_is_refused_and_never_nothing_to_do(
    office: Office, asked: str
) -> None:
    board = stocked(office)
    with pytest.raises(UsageError, match="asks for what is not to review yet"):
        queue_of(board, Scope(filter=parse_filter(asked)))


def test_a_filter_for_what_was_won_is_refused_with_the_reason(office: Office) -> None:
    with pytest.raises(UsageError, match="nothing is to be decided there"):
        queue_of(stocked(office), Scope(filter=parse_filter("won:yes")))


def test_all_takes_what_rests_too(office: Office) -> None:
    board = stocked(office)
    assert queue_of(board, Scope(filter=parse_filter("due:no"), everything=True)).ids
    with pytest.raises(UsageError, match="rule:hostile"):
        queue_of(board, Scope(filter=parse_filter("rule:hostile")))


@hypothesis_settings(max_examples=25)
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
        looked.evaluator.card_summary(prospect_id)
    for scope in (Scope(), Scope(filter=parse_filter("due:yes"))):
        assert _queue_or_none(board, scope) == _queue_or_none(looked, scope)
    assert next_due(board) == next_due(looked)
    assert due_count(board) == due_count(looked)


def _queue_or_none(board: Board, scope: Scope) -> object:
    try:
        return queue_of(board, scope)
    except UsageError:
        return None


def test_the_next_day_is_that_of_the_scope(office: Office) -> None:
    board = stocked(office)
    assert next_due(board, Scope(owner="ann")) == day(-4)
    assert next_due(board, Scope(owner="raj")) == day(-27)
    assert next_due(board, Scope(column=Column.DROPPED)) is None


def test_what_cannot_be_read_is_counted_not_queued() -> None:
    queue = queue_of(holding({"touches": "none"}), Scope())
    assert (queue.ids, queue.unread) == ((), 1)
    assert ReviewController.open(holding({"locations": 0})).unread == 1
