"""The report over an open board: which session, what stood before and after, what undo takes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.board.document_diff import SessionChange
from review_board.errors import RefusedError, UsageError
from review_board.judgement.due import tasks
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.progress import Progress, StoppedError
from review_board.report import source
from review_board.report.formats.calendar_file import report_calendar
from review_board.report.formats.report_file import REPORT_FORMATS, report_json
from review_board.report.look_back import prepare_statistics
from review_board.report.model import BeforeAfter, Report
from review_board.report.prepare import ReportRequest, prepare_report, report_on
from review_board.report.sessions import sessions_on
from review_board.report.source import sessions_in
from review_board.review.controller import ReviewController
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.review.session import session_document
from review_board.review.verdicts import Decision, record_decision
from review_board.samples import sessions_of
from review_board.store.protocol import Document
from tests.judgement.build import TODAY, moment, prospect, quote, touches, verdict_record
from tests.office import Office

DROP = Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS)


def serial(number: int, owner: str = "ann") -> Prospect:
    """One that has put us off three times."""
    return prospect(
        *touches(Outcome.DEFERRED, 90, 60, 30),
        id=f"p-{number}",
        name=f"Serial {number}",
        owner=owner,
        created=moment(100),
    )


@pytest.fixture
def board(office: Office) -> Board:
    board = office.open()
    board.add([serial(n, who) for n, who in enumerate(("ann", "raj", "raj"))], "import")
    office.clock.turn(minutes=5)
    return board


def drop(
    office: Office, board: Board, count: int, *, finish: bool = True, scope: Scope = EVERYTHING_DUE
) -> ReviewController:
    """Drop the next cards of the queue, a minute each."""
    controller = ReviewController.open(board, scope)
    for _ in range(count):
        office.clock.turn(minutes=1)
        current = controller.current
        assert current is not None
        controller.decide(DROP, board.recommendation(current), 60)
    if finish:
        controller.finish()
    return controller


def test_a_report_works_out_only_what_it_shows_and_reads_each_record_once(
    office: Office, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whom(*_: object) -> None:
        raise AssertionError("a report names nobody to call")

    def sessions(document: Document | None, field: str = "verdicts") -> set[str]:
        read.append(id(document))
        return sessions_in(document, field)

    for _ in range(2):
        drop(office, board, 1)
    monkeypatch.setattr(tasks, "way_to_reach", whom)
    monkeypatch.setattr(source, "sessions_in", sessions)
    read: list[int] = []
    report = report_on(board, "north")
    assert dict(report.facts)["kept"] == 0
    assert read
    assert len(read) == len(set(read))
    prepare_statistics(board)()


def test_it_says_how_far_it_is_and_stops_when_asked(office: Office, board: Board) -> None:
    drop(office, board, 1)
    progress = Progress()
    prepare_report(board, "north", ReportRequest(), progress)()
    assert (progress.done, progress.total) == (3, 3)
    progress.stop()
    with pytest.raises(StoppedError):
        prepare_report(board, "north", ReportRequest(), progress)()


def rows(made: Report, key: str) -> list[dict[str, Any]]:
    found = next(s for s in made.sections if s.key == key)
    keys = [heading.key for heading in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def without(made: Report, key: str) -> Report:
    """Return a report as it reads where one section is empty."""
    emptied = (replace(s, rows=(), notes=()) if s.key == key else s for s in made.sections)
    return replace(made, sections=tuple(emptied))


def header(made: Report) -> dict[str, Any]:
    return dict(made.facts)


def test_it_tells_the_columns_before_and_after(office: Office, board: Board) -> None:
    drop(office, board, 2)
    found = {row["column"]: row["cards"] for row in rows(report_on(board, "north"), "pipeline")}
    assert found[Column.ACTIVE] == BeforeAfter(3, 1)
    assert found[Column.DROPPED] == BeforeAfter(0, 2)


def test_what_happens_afterwards_does_not_change_an_ended_session(
    office: Office, board: Board
) -> None:
    drop(office, board, 2)
    office.clock.turn(hours=1)
    board.change("p-2", lambda p, _: changes.activate(p, None).with_changes(value=None), "edit")
    found = rows(report_on(board, "north"), "pipeline")[0]
    assert found["value"].after[0].amount == Decimal(20_000)


def test_a_finished_review_reads_the_same_whatever_comes_later(
    office: Office, board: Board
) -> None:
    """Prices, owners, reasons, moves and sales of the time after it, on any later day."""
    controller = drop(office, board, 2, finish=False, scope=Scope(owner="raj"))
    board.add([prospect(id="q", owner="raj", created=moment(40), quotes=(quote(25),))], "import")
    controller.finish()
    wanted = ReportRequest(session=controller.session.id)
    first = report_on(board, "north", wanted)
    decided = [row["id"] for row in rows(first, "purged")]
    office.clock.turn(hours=1)
    price = Money(amount=Decimal(990_000), currency="USD")
    board.change(decided[0], lambda p, _: p.with_changes(value=price), "edit")
    board.change(decided[1], lambda p, _: changes.activate(p, None), "back")
    board.change("q", lambda p, _: changes.win(p, Won(on=TODAY.day)), "won")
    board.add([serial(8, "raj")], "import")
    for days in (0, 9):
        office.clock.turn(days=days)
        again = report_on(board, "north", wanted)
        for made in REPORT_FORMATS.values():
            if made is not report_calendar:
                assert made(without(again, "since_then")) == made(first)
    assert [(row["id"], row["decided"], row["what"]) for row in rows(again, "since_then")] == [
        (decided[1], Column.DROPPED, "Came back, from Dropped to Active"),
        (decided[0], Column.DROPPED, "Gained value, $20k → $990k"),
    ]
    (told,) = [s.notes for s in again.sections if s.key == "since_then"]
    assert told == ("The other cards since then: 1 came in, 1 won.",)


def test_the_closing_ratio_is_that_of_the_start_for_one_owners_part_too(
    office: Office, board: Board
) -> None:
    controller = drop(office, board, 2)
    wanted = ReportRequest(session=controller.session.id, owner="raj")
    first = header(report_on(board, "north", wanted))["closing_ratio_label"]
    wins = [prospect(id=f"w-{n}", created=moment(40)) for n in range(25)]
    won = Won(on=TODAY.day - timedelta(days=1))
    board.add([changes.win(each, won) for each in wins], "import")
    assert header(report_on(board, "north", wanted))["closing_ratio_label"] == first


def test_what_happens_after_a_review_was_left_is_not_its_doing(
    office: Office, board: Board
) -> None:
    drop(office, board, 2, finish=False)
    office.clock.turn(hours=1)
    worth = Money(amount=Decimal(990_000), currency="USD")
    board.change("p-0", lambda p, _: p.with_changes(value=worth), "edit")
    board.change("p-2", lambda p, _: p.with_changes(value=worth), "edit")
    found = rows(report_on(board, "north"), "pipeline")
    assert found[0]["cards"] == BeforeAfter(3, 1)
    assert [money.amount for money in found[0]["value"].after] == [20_000]
    assert [money.amount for money in found[-2]["value"].after] == [40_000]


@pytest.mark.parametrize("finish", [True, False])
def test_every_commit_of_a_verdict_is_within_its_session(
    office: Office, board: Board, finish: bool
) -> None:
    """A list of purges, a verdict after going back, the last card of all."""
    controller = ReviewController.open(board)
    lines = [line.marked(ticked=True) for line in controller.sure_purges()]
    controller.purge(lines[:2])
    controller.back()
    while controller.current:
        controller.decide(DROP, board.recommendation(controller.current))
    if finish:
        controller.finish()
    made = rows(report_on(board, "north"), "pipeline")
    assert [row["cards"] for row in made] == [
        BeforeAfter(3, 0),
        BeforeAfter(0, 0),
        BeforeAfter(0, 0),
        BeforeAfter(0, 3),
        BeforeAfter(3, 0),
    ]


def test_a_verdict_made_again_after_the_review_was_left_counts(
    office: Office, board: Board
) -> None:
    controller = drop(office, board, 2, finish=False)
    controller.undo()
    assert rows(report_on(board, "north"), "pipeline")[0]["cards"] == BeforeAfter(3, 2)
    board.redo()
    made = report_on(board, "north")
    assert (header(made)["settled"], header(made)["taken_back"]) == (2, 0)
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(3, 1)


def test_the_number_under_undo_takes_that_verdict_back(office: Office, board: Board) -> None:
    drop(office, board, 2)
    first = rows(report_on(board, "north"), "purged")[0]
    board.undo_commit(first["undo"])
    made = report_on(board, "north")
    assert first["id"] not in {row["id"] for row in rows(made, "purged")}
    assert board.prospect(first["id"]).column is Column.ACTIVE
    assert header(made)["taken_back"] == 1
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(3, 2), (
        "what was undone is undone here too"
    )


def test_a_redone_verdict_has_a_number_again(office: Office, board: Board) -> None:
    drop(office, board, 1)
    board.undo()
    board.redo()
    (row,) = rows(report_on(board, "north"), "purged")
    board.undo_commit(row["undo"])
    assert rows(report_on(board, "north"), "purged") == []


def test_the_last_review_is_the_one_that_ended_last(office: Office, board: Board) -> None:
    controller = drop(office, board, 1, finish=False)
    drop(office, board, 1, scope=Scope(owner="raj"))
    office.clock.turn(minutes=1)
    controller.pass_over_gone()
    controller.finish()
    assert header(report_on(board, "north"))["session"] == controller.session.id


def test_an_unfinished_session_is_reported_as_it_stands(office: Office, board: Board) -> None:
    drop(office, board, 1, finish=False)
    made = report_on(board, "north")
    assert (header(made)["settled"], header(made)["left"], header(made)["ended"]) == (1, 2, None)
    assert "not finished" in dict(made.header)["When"]


def test_cards_that_were_not_settled_are_told_apart(office: Office, board: Board) -> None:
    controller = drop(office, board, 1, finish=False)
    controller.skip()
    board.change("p-2", lambda p, _: changes.win(p, Won(on=TODAY.day)), "won")
    found = header(report_on(board, "north"))
    assert (found["skipped"], found["gone"], found["left"]) == (1, 1, 0)
    assert rows(report_on(board, "north"), "won")[0]["id"] == "p-2"


def test_a_card_whose_record_cannot_be_read_is_counted_as_that(
    office: Office, board: Board
) -> None:
    controller = drop(office, board, 1, finish=False)
    lost = controller.left[0]
    stored = board.store.tables["prospects"]
    stored[lost] = {**stored[lost], "created": "1850-01-02T09:00:00Z"}
    board.evaluator.forget_all()
    controller.pass_over_gone()
    controller.finish()
    made = report_on(board, "north")
    found = header(made)
    counts = ("settled", "skipped", "snoozed", "parked", "left", "gone", "unread")
    assert [found[name] for name in counts] == [1, 0, 0, 0, 1, 0, 1]
    assert sum(found[name] for name in counts) == found["cards"]
    assert dict(made.header)["Not decided"] == "1 left, 1 cannot be read"


def test_ones_own_last_session_comes_first_then_anybodys(office: Office, board: Board) -> None:
    drop(office, board, 1)
    raj = office.open("raj")
    drop(office, raj, 1)
    assert header(report_on(board, "north"))["by"] == ("ann",)
    assert header(report_on(raj, "north"))["by"] == ("raj",)
    assert header(report_on(office.open("eve"), "north"))["by"] == ("raj",)


def test_a_session_is_named_by_its_id_or_how_that_begins(office: Office, board: Board) -> None:
    controller = drop(office, board, 1)
    for name in (controller.session.id, controller.session.id[:6]):
        assert (
            header(report_on(board, "north", ReportRequest(session=name)))["session"]
            == controller.session.id
        )
    with pytest.raises(UsageError, match="no review 'other'") as error:
        report_on(board, "north", ReportRequest(session="other"))
    assert controller.session.id in str(error.value)


def test_without_a_review_it_says_what_to_do(office: Office, board: Board) -> None:
    with pytest.raises(RefusedError, match="No review is on record"):
        report_on(board, "north")


def test_since_a_day_everybody_counts(office: Office, board: Board) -> None:
    drop(office, board, 1)
    drop(office, office.open("raj"), 1)
    again = office.open()
    found = header(report_on(again, "north", ReportRequest(since=TODAY.day)))
    assert (found["settled"], found["by"], found["sessions"]) == (2, ("ann", "raj"), 2)


def test_a_day_to_come_is_refused(office: Office, board: Board) -> None:
    later = TODAY.day + timedelta(days=1)
    with pytest.raises(UsageError, match="lies after today, 2026-11-20") as error:
        report_on(board, "north", ReportRequest(since=later))
    assert error.value.cure == "name today or a day before it"


def test_what_was_decided_after_today_is_not_there_yet(office: Office, board: Board) -> None:
    first = drop(office, board, 1)
    office.clock.turn(days=3)
    drop(office, board, 1)
    office.clock.turn(days=-3)
    assert header(report_on(board, "north"))["session"] == first.session.id
    assert header(report_on(board, "north", ReportRequest(since=TODAY.day)))["settled"] == 1
    office.clock.turn(days=-3)
    with pytest.raises(RefusedError, match="No review is on record"):
        report_on(board, "north")
    assert sessions_on(board) == []


def test_since_a_day_every_decision_counts_and_the_columns_are_the_cards(
    office: Office, board: Board
) -> None:
    office.clock.turn(days=1)
    drop(office, board, 1)
    board.change("p-0", lambda p, _: changes.activate(p, None), "back again")
    office.clock.turn(days=1)
    raj = office.open("raj")
    step = NextStep(action="demo", on=date(2026, 11, 25))
    keep = Decision(Column.ACTIVE, step=step, against="the owner called", start_anew=True)
    raj.change(
        "p-0",
        lambda p, stamp: record_decision(
            p, keep, raj.recommendation("p-0"), raj.today, stamp, settings=raj.settings
        ),
        "kept",
    )
    made = report_on(raj, "north", ReportRequest(since=date(2026, 11, 21)))
    found = header(made)
    assert (found["settled"], found["decisions"], found["kept"], found["purged"]) == (1, 2, 1, 1)
    assert (found["freed"], found["seconds"]) == (0, 60), "it is back in selling time"
    (purged,) = rows(made, "purged")
    assert purged["column"] == BeforeAfter(Column.ACTIVE, Column.DROPPED)
    assert purged["note"].endswith("decided again Sun 22 Nov: Active")
    assert [row["id"] for row in rows(made, "kept_against_advice")] == ["p-0"]
    assert [(r["by"], r["decisions"], r["purged"]) for r in rows(made, "people")] == [
        ("ann", 1, 1),
        ("raj", 1, 0),
    ]
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(3, 3)
    decided = {row["column"]: (row["decisions"], row["cards"]) for row in rows(made, "decisions")}
    assert decided == {Column.ACTIVE: (1, 1), Column.DROPPED: (1, 0)}


def test_a_span_is_compared_with_as_many_days_before(office: Office, board: Board) -> None:
    for person in ("ann", "raj", "raj"):
        drop(office, office.open(person), 1)
        office.clock.turn(days=7)
    office.clock.turn(days=-7)
    made = report_on(office.open(), "north", ReportRequest(since=date(2026, 11, 28)))
    found = rows(made, "trend")
    assert [(row["day"], row["decided"]) for row in found] == [
        (date(2026, 11, 14), 1),
        (date(2026, 11, 21), 1),
        (date(2026, 11, 28), 1),
    ]
    assert [row["open"] and row["open"][0].amount for row in found] == [40_000, 20_000, ()]
    whole = report_on(office.open(), "north", ReportRequest(since=date(2026, 11, 20)))
    assert rows(whole, "trend") == [], "nothing lies before it"


def test_a_session_is_compared_with_those_of_its_person_and_scope(
    office: Office, board: Board
) -> None:
    board.add([serial(n) for n in range(3, 6)], "import")
    drop(office, board, 1)
    office.clock.turn(days=1)
    drop(office, office.open("raj"), 1)
    drop(office, board, 1, scope=Scope(owner="ann"))
    office.clock.turn(days=1)
    last = drop(office, board, 1)
    found = rows(report_on(board, "north", ReportRequest(session=last.session.id)), "trend")
    assert [row["day"] for row in found] == [TODAY.day, TODAY.day + timedelta(days=2)]


def test_since_tells_the_columns_as_that_day_began(office: Office, board: Board) -> None:
    office.clock.turn(days=1)
    drop(office, board, 2)
    made = report_on(board, "north", ReportRequest(since=date(2026, 11, 21)))
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(3, 1)
    early = report_on(board, "north", ReportRequest(since=date(2026, 1, 1)))
    assert rows(early, "pipeline")[0]["cards"] == 1, "the ledger tells of nothing before"


def test_one_owners_book_is_told_alone(office: Office, board: Board) -> None:
    drop(office, board, 3)
    made = report_on(board, "north", ReportRequest(owner="RAJ"))
    assert (header(made)["settled"], header(made)["cards"]) == (2, 2)
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(2, 0)
    with pytest.raises(UsageError, match="Nobody called 'eve'"):
        report_on(board, "north", ReportRequest(owner="eve"))


def test_a_session_about_one_owner_is_reported_as_theirs(office: Office, board: Board) -> None:
    drop(office, board, 1, scope=Scope(owner="RAJ"))
    made = report_on(board, "north")
    assert dict(made.header)["Owner"] == "RAJ"
    assert (header(made)["settled"], header(made)["cards"]) == (1, 2)
    assert rows(made, "pipeline")[0]["cards"] == BeforeAfter(2, 1), "ann's is not among them"
    assert made == report_on(board, "north", ReportRequest(owner="raj"))
    other = report_on(board, "north", ReportRequest(session=header(made)["session"], owner="ann"))
    assert (header(other)["settled"], header(other)["cards"]) == (0, 0)


def test_what_changed_hands_since_stays_in_the_owners_report(office: Office, board: Board) -> None:
    drop(office, board, 2, scope=Scope(owner="raj"))
    for key in ("p-1", "p-2"):
        board.change(key, lambda p, _: p.with_changes(owner="eve"), "handed on")
    made = report_on(board, "north")
    assert (header(made)["owner"], header(made)["settled"]) == ("raj", 2)


def test_what_is_owed_is_the_owners_who_has_the_prospect_now(office: Office, board: Board) -> None:
    quoted = prospect(id="q", owner="raj", created=moment(40), quotes=(quote(25),))
    board.add([quoted], "import")
    controller = drop(office, board, 0, finish=False, scope=Scope(owner="raj"))
    assert "q" in controller.session.queue
    assert [row["id"] for row in rows(report_on(board, "north"), "owed")] == ["q"]
    board.change("q", lambda p, _: p.with_changes(owner="Rajesh"), "handed on")
    made = report_on(board, "north", ReportRequest(session=controller.session.id))
    assert rows(made, "owed") == []
    assert made.summary.endswith("You owe nobody a call.")


def test_an_accidental_start_does_not_hide_the_last_real_review(
    office: Office, board: Board
) -> None:
    real = drop(office, board, 1)
    office.clock.turn(hours=1)
    drop(office, board, 0)
    assert header(report_on(board, "north"))["session"] == real.session.id
    eve = office.open("eve")
    drop(office, eve, 0)
    assert header(report_on(eve, "north"))["session"] == real.session.id


def test_where_nothing_was_decided_the_last_session_is_told(office: Office, board: Board) -> None:
    drop(office, board, 0)
    office.clock.turn(hours=1)
    last = drop(office, board, 0)
    assert header(report_on(board, "north"))["session"] == last.session.id


def test_the_sessions_are_listed_the_newest_first(office: Office, board: Board) -> None:
    first = drop(office, board, 1)
    office.clock.turn(days=1)
    second = drop(office, board, 1, scope=Scope(owner="raj"))
    newest, oldest = sessions_on(board)
    assert (newest.id, oldest.id) == (second.session.id, first.session.id)
    assert (newest.scope, newest.settled, newest.cards) == (
        "owner raj",
        1,
        len(second.session.queue),
    )
    assert (oldest.day, oldest.by, oldest.settled, oldest.cards) == (TODAY.day, "ann", 1, 3)
    (line,) = sessions_on(board, "ann")
    assert line.cards == 1
    with pytest.raises(UsageError, match="Nobody called 'eve'"):
        sessions_on(board, "eve")


def test_a_wrong_session_is_answered_with_those_there_are(office: Office, board: Board) -> None:
    controller = drop(office, board, 1, scope=Scope(owner="raj"))
    with pytest.raises(UsageError) as error:
        report_on(board, "north", ReportRequest(session="other"))
    assert error.value.cure == (
        f"choose from {controller.session.id} (ann, 20 Nov, owner raj, 1 decided)"
    )
    for _ in range(3):
        office.clock.turn(hours=1)
        drop(office, board, 0)
    with pytest.raises(UsageError, match="Several reviews begin with 's-'") as error:
        report_on(board, "north", ReportRequest(session="s-"))
    assert error.value.cure.endswith("; all of them: review-board report --reviews")


def test_the_pace_is_of_the_time_worked_and_of_a_part_by_its_verdicts(
    office: Office, board: Board
) -> None:
    controller = drop(office, board, 2, finish=False)
    office.clock.turn(minutes=4)
    controller.finish()
    found = header(report_on(board, "north"))
    assert (found["seconds"], found["seconds_a_card"], found["seconds_of"]) == (360, 180, "worked")
    part = header(report_on(board, "north", ReportRequest(owner="raj")))
    assert (part["seconds_a_card"], part["seconds_of"]) == (60, "verdicts")


def test_who_was_skipped_put_off_and_parked_is_named(office: Office, board: Board) -> None:
    board.add([serial(3)], "import")
    controller = drop(office, board, 1, finish=False)
    controller.skip()
    controller.snooze()
    controller.park()
    made = report_on(board, "north")
    found = {row["how"]: row["names"].names for row in rows(made, "not_settled")}
    assert set(found) == {"skipped", "not this week", "parked"}
    named = {name for names in found.values() for name in names}
    assert len(named) == 3
    assert rows(made, "purged")[0]["name"] not in named


def test_it_is_compared_with_at_most_four_sessions_before(office: Office, board: Board) -> None:
    cards = [serial(n) for n in range(10, 16)]
    for card in cards:
        board.add([card], "import")
        drop(office, board, 1)
        office.clock.turn(days=7)
    found = rows(report_on(board, "north"), "trend")
    assert len(found) == 5
    assert [row["day"] for row in found] == sorted(row["day"] for row in found)


def test_spoilt_records_and_sessions_do_not_stop_it(office: Office, board: Board) -> None:
    drop(office, board, 1)
    tables = board.store.tables
    left = next(key for key in tables["prospects"] if board.prospect(key).column is Column.ACTIVE)
    tables["prospects"][left] = {**tables["prospects"][left], "value": {"amount": "a lot"}}
    tables["sessions"]["s-torn"] = {"id": "s-torn", "by": "ann", "started": "never"}
    gaps = {row["gap"]: row["cards"] for row in rows(report_on(board, "north"), "gaps")}
    assert gaps["record cannot be read: run review-board doctor"] == 1


def test_nothing_of_the_order_or_the_reader_leaks_in(office: Office, board: Board) -> None:
    controller = drop(office, board, 2)
    wanted = ReportRequest(session=controller.session.id)
    again = office.open("raj")
    documents: dict[str, Any] = again.store.tables["prospects"]
    again.store.tables["prospects"] = dict(reversed(documents.items()))
    assert report_on(board, "north", wanted) == report_on(again, "north", wanted)


def test_an_empty_pipeline_has_a_report(office: Office) -> None:
    made = report_on(office.open(), "north", ReportRequest(since=TODAY.day))
    assert made.summary == "0 cards decided since Fri 20 Nov 2026. You owe nobody a call."


def test_the_name_of_a_file_is_shown_as_plain_text(office: Office) -> None:
    made = report_on(office.open(), "a\x1b[2J\udcff", ReportRequest(since=TODAY.day))
    assert header(made)["pipeline"] == "a\ufffd[2J\ufffd"
    assert json.loads(report_json(made))["settled"] == 0


def test_a_bulk_purge_is_one_commit_and_one_number(office: Office, board: Board) -> None:
    def dropped(prospect: Prospect, stamp: Stamp) -> Prospect:
        made = board.recommendation(prospect.id)
        return record_decision(prospect, DROP, made, board.today, stamp, settings=board.settings)

    board.change_many({"p-0": dropped, "p-1": dropped}, "purge 2 prospects")
    found = rows(report_on(board, "north", ReportRequest(since=TODAY.day)), "purged")
    assert len(found) == 2
    assert len({row["undo"] for row in found}) == 1


def test_reviews_that_came_with_a_copy_have_no_undo_number_and_no_open_value(
    office: Office,
) -> None:
    """To undo what brought a prospect would take away the prospect itself."""
    purged = {"verdict": Verdict.PURGE, "destination": Column.DROPPED, "was": Column.CALLBACK}
    given = [verdict_record(21, session="s-21"), verdict_record(14, session="s-14", **purged)]
    board = office.open()
    board.add([serial(1).with_changes(verdicts=tuple(given))], "copied", by="import")
    past = [SessionChange(None, session_document(s)) for s in sessions_of([board.prospect("p-1")])]
    board.change_many({}, "copied the reviews", past)
    made = report_on(board, "copy", ReportRequest())
    assert header(made)["ended"] is not None
    assert header(made)["day"] == TODAY.day, "how things stood at its end is not known"
    trend = rows(made, "trend")
    assert [row["decided"] for row in trend] == [1, 1]
    assert [row["open"] for row in trend] == [None, None]
    part = next(s for s in made.sections if s.key == "pipeline")
    assert part.notes[0].endswith("is not known: these decisions came with the file.")
    (told,) = [s.notes for s in made.sections if s.key == "purged"]
    assert "What came with the file has no number to undo." in told
    assert [row["undo"] for row in rows(made, "purged")] == [None]
    (row,) = rows(made, "purged")
    moved = BeforeAfter(Column.CALLBACK, Column.DROPPED)
    assert row["column"] == moved, "the verdict itself says where the card stood"


def test_a_review_whose_end_no_history_tells_is_reported_as_it_is_now(office: Office) -> None:
    """Its columns were those of the copy, its lists those of now."""
    board = office.open()
    kept = serial(1).with_changes(verdicts=(verdict_record(14, session="s-14"),))
    board.add([kept], "copied", by="import")
    past = [SessionChange(None, session_document(s)) for s in sessions_of([board.prospect("p-1")])]
    board.change_many({}, "copied the reviews", past)
    office.clock.turn(hours=1)
    board.add([serial(2)], "added")
    made = report_on(board, "copy")
    assert {r["column"]: r["cards"] for r in rows(made, "pipeline")}[Column.ACTIVE] == 2
    said = dict(made.header)["Report of"]
    assert said.endswith("as it is now: no history tells how it stood as the review ended")


def test_what_changed_since_the_review_before_stands_in_the_report(
    office: Office, board: Board
) -> None:
    drop(office, board, 1)
    assert rows(report_on(board, "north"), "changes") == [], "there is none before the first"
    office.clock.turn(days=7)
    board.add([serial(9)], "add")
    drop(office, board, 1)
    found = {row["kind"]: row["cards"] for row in rows(report_on(board, "north"), "changes")}
    assert found == {"Came in": 1, "Purged": 2}
    office.clock.turn(hours=1)
    board.add([serial(10)], "add")
    again = {row["kind"]: row["cards"] for row in rows(report_on(board, "north"), "changes")}
    assert again == found, "what came after the end is not of that time"
