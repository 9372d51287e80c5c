"""A change shows at once, lasts, reaches everybody, and meets other people's changes."""

from decimal import Decimal

import pytest

from review_board.board.board import Board
from review_board.board.document_diff import SessionChange
from review_board.board.events import Changed
from review_board.errors import ConflictError, InvalidValueError, RefusedError
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.store.protocol import SESSIONS
from tests.board.changing import dropped, edited, logged, moved, noted
from tests.judgement.build import money, prospect, touch
from tests.memory_store import MemoryStore
from tests.office import Ear, Office


class TestAlone:
    def test_it_shows_at_once_and_lasts(self, office: Office, board: Board) -> None:
        board.add([prospect(name="Harbor")], "add Harbor")
        given = board.change("p-1", moved(Column.NURTURE), "move")
        assert given.column is Column.NURTURE
        assert board.prospect("p-1") == given.with_changes(rev=2)
        assert board.column(Column.NURTURE) == ["p-1"]
        again = office.open()
        assert again.prospect("p-1").column is Column.NURTURE
        assert again.column(Column.ACTIVE) == []

    def test_its_author_door_and_moment_are_on_record(self, office: Office, board: Board) -> None:
        board.add([prospect()], "add")
        office.clock.turn(hours=2)
        board.change("p-1", logged(), "log voicemail")
        commit = next(board.history())
        assert (commit.by, commit.via, commit.action) == ("ann", "board", "log voicemail")
        assert commit.at == "2026-11-20T11:00:00.000Z"

    def test_listeners_hear_of_it_and_then_that_it_is_saved(self, board: Board) -> None:
        ear = Ear(board)
        board.add([prospect()], "add")
        assert [type(event).__name__ for event in ear.events] == ["Changed", "Saved"]
        assert ear.changed()[0].ids == {"p-1"}

    def test_who_stops_listening_hears_nothing(self, board: Board) -> None:
        ear = Ear(board)
        ear.stop()
        board.add([prospect()], "add")
        assert ear.events == []

    def test_what_changes_nothing_is_no_commit(self, board: Board) -> None:
        board.add([prospect()], "add")
        ear = Ear(board)
        board.change("p-1", moved(Column.ACTIVE), "move")
        assert ear.events == []
        assert len(list(board.history())) == 1

    def test_a_refusal_leaves_everything(self, board: Board) -> None:
        board.add([prospect(), prospect(id="p-2")], "add")
        with pytest.raises(InvalidValueError):
            board.change_many({"p-1": moved(Column.DROPPED), "p-2": edited(name="\u200b")}, "x")
        assert board.prospect("p-1").column is Column.ACTIVE

    def test_who_is_gone_cannot_be_changed(self, board: Board) -> None:
        with pytest.raises(RefusedError, match="gone"):
            board.change("p-9", logged(), "log")

    def test_what_others_wrote_beside_our_fields_stays(self, office: Office) -> None:
        """Unknown fields, and known ones written in another way, are not touched."""
        raw = {
            "id": "p-1",
            "rev": 0,
            "name": "Harbor",
            "colour": "teal",
            "probability": 0.3,
            "touches": [{"id": "t", "at": "2026-11-01T10:00:00+01:00", "outcome": "voicemail",
                         "channel": "phone", "direction": "outbound", "weather": "rain"}],
        }  # fmt: skip
        office.disk.start = {"prospects": {"p-1": raw}}
        board = office.open()
        board.change("p-1", logged(), "log")
        stored = board.document("p-1")
        assert stored is not None
        assert {k: stored[k] for k in ("colour", "probability")} == {
            "colour": "teal",
            "probability": 0.3,
        }
        assert stored["touches"][0] == raw["touches"][0]  # type: ignore[index]
        assert len(stored["touches"]) == 2

    def test_a_session_and_a_verdict_are_one_commit(self, board: Board) -> None:
        board.add([prospect()], "add")
        walk = SessionChange(None, {"id": "s-1", "by": "ann", "place": 1})
        board.change_many({"p-1": moved(Column.NURTURE)}, "purge", [walk])
        assert [doc.table for doc in next(board.history()).docs] == ["prospects", "sessions"]
        assert board.documents(SESSIONS)["s-1"]["place"] == 1

    def test_one_stamp_for_all_of_a_bulk(self, board: Board) -> None:
        board.add([prospect(id=f"p-{n}") for n in range(3)], "add")
        keys = set()

        def note(subject: Prospect, stamp: Stamp) -> Prospect:
            keys.add(stamp.key)
            return noted("x")(subject, stamp)

        board.change_many({f"p-{n}": note for n in range(3)}, "note")
        assert len(keys) == 1
        assert len(list(board.history())) == 2


class TestTogether:
    def test_their_changes_come_by_catching_up(self, office: Office, board: Board) -> None:
        raj = office.open("raj")
        board.add([prospect()], "add")
        ear = Ear(raj)
        assert raj.document("p-1") is None
        raj.catch_up()
        assert raj.prospect("p-1").name == "Harbor Auto Glass"
        assert raj.column(Column.ACTIVE) == ["p-1"]
        (heard,) = ear.changed()
        assert heard.ids == {"p-1"}
        assert [(c.by, c.action) for c in heard.others] == [("ann", "add")]
        raj.catch_up()
        assert len(ear.events) == 1

    def test_they_come_with_ones_own_commit_too(self, office: Office, board: Board) -> None:
        board.add([prospect(), prospect(id="p-2")], "add")
        raj = office.open("raj")
        board.change("p-2", moved(Column.NURTURE), "move")
        ear = Ear(raj)
        raj.change("p-1", logged(), "log")
        assert raj.column(Column.NURTURE) == ["p-2"]
        assert {i for event in ear.changed() for i in event.ids} == {"p-1", "p-2"}
        assert [c.by for event in ear.changed() for c in event.others] == ["ann"]

    def test_different_fields_merge(self, office: Office, board: Board) -> None:
        board.add([prospect()], "add")
        raj = office.open("raj")
        board.change("p-1", edited(company="Harbor Inc."), "edit")
        raj.change("p-1", moved(Column.NURTURE), "move")
        for who in (board, raj):
            who.catch_up()
            seen = who.prospect("p-1")
            assert (seen.company, seen.column) == ("Harbor Inc.", Column.NURTURE)

    def test_the_same_field_is_refused_and_says_who(self, office: Office, board: Board) -> None:
        board.add([prospect()], "add")
        raj = office.open("raj")
        board.change("p-1", edited(company="Harbor Inc."), "edit company")
        ear = Ear(raj)
        with pytest.raises(
            ConflictError,
            match=r"^ann changed the company of Harbor Auto Glass to Harbor Inc. just now; yours \(Harbor LLC\) was not saved$",
        ):
            raj.change("p-1", edited(company="Harbor LLC"), "edit")
        assert raj.prospect("p-1").company == "Harbor Inc."
        entry = raj.entry("p-1")
        assert entry is not None
        assert entry.company == "Harbor Inc."
        assert len(list(board.history())) == 2
        assert len(ear.changed()) == 2, "the card was shown changed, then taken back"
        raj.change("p-1", edited(company="Harbor LLC"), "edit")
        assert raj.prospect("p-1").company == "Harbor LLC"

    def test_what_a_refused_change_learned_is_told_at_the_next_look(
        self, office: Office, board: Board
    ) -> None:
        board.add([prospect(), prospect(id="p-2")], "add")
        raj = office.open("raj")
        board.change_many({"p-1": moved(Column.NURTURE), "p-2": moved(Column.NURTURE)}, "move")
        with pytest.raises(ConflictError):
            raj.change("p-1", moved(Column.DROPPED), "move")
        ear = Ear(raj)
        raj.catch_up()
        assert raj.column(Column.NURTURE) == ["p-1", "p-2"]
        assert {i for event in ear.changed() for i in event.ids} == {"p-1", "p-2"}

    def test_adding_touches_never_conflicts(self, office: Office, board: Board) -> None:
        board.add([prospect(touch(Outcome.TALKED, 9))], "add")
        people = [office.open(name) for name in ("raj", "mei", "uwe")]
        for who in people:
            who.change("p-1", logged(), "log")
            who.change("p-1", noted(f"by {who.by}"), "note")
        board.catch_up()
        assert len(board.prospect("p-1").touches) == 4
        assert [n.by for n in board.prospect("p-1").notes] == ["raj", "mei", "uwe"]

    def test_nor_on_a_record_that_a_hand_wrote(self, office: Office) -> None:
        """A time in another style was rewritten by the first, and stood in the second's way."""
        raw = {
            "id": "p-1",
            "rev": 0,
            "name": "Harbor",
            "touches": [{"id": "t", "at": "2026-11-01T10:00:00+01:00", "outcome": "voicemail",
                         "channel": "phone", "direction": "outbound"}],
        }  # fmt: skip
        office.disk.start = {"prospects": {"p-1": raw}}
        ann, raj = office.open("ann"), office.open("raj")
        ann.change("p-1", logged(), "log")
        raj.change("p-1", logged(), "log")
        assert len(raj.prospect("p-1").touches) == 3

    def test_removed_under_our_hands(self, office: Office, board: Board) -> None:
        board.add([prospect()], "add")
        raj = office.open("raj")
        board.undo()
        with pytest.raises(ConflictError, match="removed Harbor"):
            raj.change("p-1", logged(), "log")
        assert raj.document("p-1") is None
        assert raj.column(Column.ACTIVE) == []

    def test_added_twice(self, office: Office, board: Board) -> None:
        board.add([prospect()], "import")
        with pytest.raises(ConflictError, match="added or changed Harbor"):
            board.add([prospect(name="Other")], "import")
        assert board.prospect("p-1").name == "Harbor Auto Glass"


class Locked(MemoryStore):
    """A store that may only be read."""

    read_only = "no permission to write"


class TestReadOnly:
    def test_everything_that_writes_is_refused_with_the_reason(self, office: Office) -> None:
        office.open().add([prospect()], "add")
        board = office.open(store=Locked(office.disk))
        ear = Ear(board)
        for write in (
            lambda: board.change("p-1", logged(), "log"),
            lambda: board.add([prospect(id="p-2")], "add"),
            lambda: board.save_session(SessionChange(None, {"id": "s"}), "start"),
            board.undo,
            board.redo,
            lambda: board.undo_commit(1),
        ):
            with pytest.raises(RefusedError, match="no permission to write"):
                write()
        assert ear.events == []
        assert len(office.disk.commits) == 1

    def test_reading_goes_on(self, office: Office) -> None:
        board = office.open(store=Locked(office.disk))
        office.open("raj").add([prospect()], "add")
        board.catch_up()
        assert board.recommendation("p-1").changes_if


def test_a_reload_is_told_as_everything(office: Office, board: Board) -> None:
    board.add([prospect()], "add")
    ear = Ear(board)
    board.take_in_load(board.store.load())
    assert ear.events == []
    assert board.column(Column.ACTIVE) == ["p-1"]


def test_events_are_plain_values() -> None:
    assert Changed(frozenset({"a"})) == Changed(frozenset({"a"}))


def test_dropping_keeps_the_reason(board: Board) -> None:
    board.add([prospect(value=money(5))], "add")
    board.change("p-1", dropped(), "drop")
    seen = board.prospect("p-1")
    assert seen.drop is not None
    assert (seen.column, seen.drop.by, seen.value) == (Column.DROPPED, "ann", money(5))
    assert board.totals(board.column(Column.DROPPED)).value[0].amount == Decimal(5)
