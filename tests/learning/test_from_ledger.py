"""Histories gathered from an open pipeline."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.board.board import Board, Change
from review_board.board.versions import DocumentVersion
from review_board.judgement.recommendation import as_json
from review_board.learning.from_ledger import calibration, history_of, past_of
from review_board.learning.outcomes import End, ending_of
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import to_document
from review_board.pipeline.records import Answer, Won
from review_board.pipeline.vocabulary import AnswerState, DropReason, Outcome, ReasonKind
from review_board.settings.tree import Settings
from review_board.store.protocol import PROSPECTS
from tests.judgement.build import TODAY, money, prospect, touch
from tests.learning.past import advice_on
from tests.memory_store import Disk
from tests.office import Office


def test_a_history_holds_a_version_for_each_day_of_change(office: Office, board: Board) -> None:
    added = changes.create("Acme", board.stamp())
    board.add([added], "added")
    board.change(added.id, lambda p, s: changes.add_note(p, "same day", s), "noted")
    office.clock.turn(days=3)
    board.change(added.id, lambda p, s: changes.log_touch(p, Outcome.VOICEMAIL, s), "called")
    office.clock.turn(days=3)
    board.change(added.id, lambda p, s: changes.win(p, Won(on=board.today.day)), "won")
    (history,) = past_of(board).histories
    days = [(v.since.day, len(v.prospect.touches) if v.prospect else 0) for v in history.versions]
    assert days == [(20, 0), (23, 1), (26, 1)]
    assert history.on(history.versions[0].since) == history.versions[0].prospect
    assert ending_of(history.now, board.today).end is End.WON
    assert not history.first.won


def test_an_addition_that_was_undone_has_no_history(board: Board) -> None:
    board.add([changes.create("Acme", board.stamp())], "added")
    board.undo()
    assert past_of(board).histories == ()


def test_an_undone_and_redone_addition_is_off_the_record_between(
    office: Office, board: Board
) -> None:
    board.add([changes.create("Acme", board.stamp())], "added")
    office.clock.turn(days=1)
    board.undo()
    office.clock.turn(days=1)
    board.redo()
    (history,) = past_of(board).histories
    assert [v.prospect is None for v in history.versions] == [False, True, False]


def test_a_version_from_before_the_record_tells_only_what_it_can() -> None:
    record = prospect(touch(Outcome.TALKED, 40))
    old, new = to_document(record), to_document(record.with_changes(won=Won(on=TODAY.day)))
    changed = datetime(2026, 11, 10, 9, tzinfo=UTC)
    two = history_of([DocumentVersion(None, old), DocumentVersion(changed, new)], UTC, TODAY.day)
    assert [v.since for v in two.versions] == [changed.date()]
    one = history_of([DocumentVersion(None, old)], UTC, TODAY.day)
    assert [v.since for v in one.versions] == [TODAY.day]


def test_what_cannot_be_read_is_told_and_left_out(office: Office) -> None:
    sound = to_document(changes.create("Acme", office.open().stamp()))
    spoilt = {"id": "bad", "name": "Bad", "rev": 1, "touches": 7}
    office.disk = Disk({PROSPECTS: {sound["id"]: sound, "bad": spoilt}})
    board = office.open()
    past, found = past_of(board), calibration(board)
    assert len(past.histories) == 1
    assert "Bad" in past.unreadable[0]
    assert "Bad" in found.unreadable[0]


def _touched(outcome: Outcome, back: int = 0) -> Callable[[date], Change]:
    return lambda _: lambda p, s: changes.log_touch(p, outcome, s, at=s.at - timedelta(days=back))


def _asked_back(on: date) -> Change:
    asked = AgreedCallback(
        on=on + timedelta(days=25),
        asked_by_buyer=True,
        reason=ReasonKind.BUDGET,
        change="it is voted",
    )
    return lambda p, _: changes.await_callback(p, asked, on)


def _said_no(on: date) -> Change:
    said = Answer(state=AnswerState.NEGATIVE, text="no need", on=on)
    return lambda p, _: changes.answer(p, "process", said)


STEPS: tuple[Callable[[date], Change], ...] = (
    *(_touched(outcome) for outcome in Outcome),
    *(_touched(outcome, 9) for outcome in (Outcome.VOICEMAIL, Outcome.MEETING, Outcome.DEFERRED)),
    _asked_back,
    _said_no,
    lambda on: lambda p, s: changes.quote(p, money(24_000), on, s),
    lambda on: lambda p, _: changes.nurture(p, on),
    lambda _: lambda p, s: changes.drop(p, DropReason.NO_RESPONSE, s),
    lambda _: lambda p, _s: changes.activate(p),
    lambda _: lambda p, _s: changes.edit(p, value=money(400_000)),
    lambda _: lambda p, _s: changes.lift_suppression(p),
)
UNDO = None


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 8, 31]), st.sampled_from([*STEPS, UNDO])), max_size=8)
)
def test_the_replay_says_what_the_board_said_on_the_day(
    steps: list[tuple[int, Callable[[date], Change] | None]],
) -> None:
    office = Office()
    board = office.open()
    added = changes.create("Acme", board.stamp())
    board.add([added], "added")
    said = {board.today.day: as_json(board.recommendation(added.id))}
    changed = 0
    for days, step in steps:
        for _ in range(days):
            office.clock.turn(days=1)
            said[board.today.day] = as_json(board.recommendation(added.id))
        if step:
            changed += board.change(added.id, step(board.today.day), "changed") is not None
        elif changed:
            board.undo()
            changed -= 1
        said[board.today.day] = as_json(board.recommendation(added.id))
    (history,) = past_of(office.open()).histories
    for day, told in said.items():
        made = advice_on(history, day, Settings())
        assert made
        assert as_json(made) == told
