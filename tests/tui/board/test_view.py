"""What the board shows of a pipeline, without a screen."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from review_board.board.filters import parse_filter
from review_board.board.runner import Failed, Inline
from review_board.board.views import View
from review_board.pipeline import changes
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.report.prepare import ReportRequest, report_on
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.samples import SAMPLES, load_sample
from review_board.tasks.lists import best_hour, collect_tasks, due_lines
from review_board.tui.board.summaries import SummaryQueue
from review_board.tui.board.view import BoardView, OwedCounts
from tests.memory_store import Disk
from tests.tui.conftest import HARBOR, NOW, disk_of, document, open_board, touch

T = TypeVar("T")


def names(view: BoardView, column: Column = Column.ACTIVE) -> list[str]:
    return [view.card(card_id).title for card_id in view.ids(column)]


def test_the_most_valuable_stands_first(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    assert names(view) == ["Solid Labs", "Harbor Auto Glass", "Corner Bakery"]


def test_a_filter_looks_at_name_company_owner_and_tags(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    for query in ("HARBOR", "group", "north", "glass ann", "hárbor"):
        view.query = query
        assert names(view) == ["Harbor Auto Glass"], query
    view.query = "raj"
    assert names(view) == ["Corner Bakery"]


def test_mine(disk: Disk) -> None:
    view = BoardView(open_board(disk, by="raj"))
    view.mine = True
    assert names(view) == ["Corner Bakery"]


def test_a_filtered_heading_counts_matches(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    view.query = "harbor"
    head = view.head(Column.ACTIVE, view.ids(Column.ACTIVE))
    assert (head.count, head.of, head.value) == (1, 3, "$24k")


def test_what_is_not_sold_to_is_not_open(disk: Disk) -> None:
    words = BoardView(open_board(disk)).header_words("northwest")
    assert [text for text, _ in words[:3]] == ["northwest", "4 open", "$142k"]
    assert words[-1][0] == "week 47"


def test_of_a_filter_the_header_says_what_the_columns_say(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    view.query = "harbor"
    assert view.head(Column.ACTIVE, view.ids(Column.ACTIVE)).value == "$24k"
    assert [text for text, _ in view.header_words("")[2:4]] == ["1 of 4 open", "$24k"]


def test_what_waits_is_said_as_far_as_it_is_known(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    assert view.waiting_words(OwedCounts(("ann", "ann"), 0), 5) == [
        (" 2 you owe ", "debt"),
        (" 5 to review ", "due"),
        ("you: ann", "quiet"),
    ]
    assert view.waiting_words(OwedCounts(("ann", "raj"), 0), None)[0] == (
        " 2 owed, 1 yours ",
        "debt",
    )
    assert view.waiting_words(OwedCounts(("ann", ""), 3), None)[0] == (
        " 2 you owe, 3 owed later ",
        "debt",
    )
    view.query = "sam"
    assert (
        view.waiting_words(OwedCounts(("ann", "raj"), 0), None)[0][0] == " 2 owed in all, 1 yours "
    )
    assert view.waiting_words(None, 5)[0][0] == " 5 to review in all "
    view.query = ""
    assert view.waiting_words(OwedCounts((), 3), None)[0] == (" 3 owed later ", "quiet")
    assert view.waiting_words(None, 0) == [(" nothing to review ", "quiet"), ("you: ann", "quiet")]
    assert view.waiting_words(None, None) == [("you: ann", "quiet")]


def test_the_bar_of_a_column_is_its_share_of_what_is_open(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    shares = [view.head(column, view.ids(column)).share for column in Column]
    assert shares == pytest.approx([82 / 142, 60 / 142, 18 / 142, 85 / 142])


def test_two_currencies_are_two_totals() -> None:
    euro = document("Kraft", value=1) | {"value": {"amount": "9000", "currency": "EUR"}}
    view = BoardView(open_board(disk_of((euro, document("Acme", value=24000)))))
    assert view.head(Column.ACTIVE, view.ids(Column.ACTIVE)).value == "$24k · €9k"


def test_a_line_parts_currencies_where_the_order_keeps_them_apart() -> None:
    euro = document("Kraft") | {"value": {"amount": "9000", "currency": "EUR"}}
    view = BoardView(
        open_board(disk_of((euro, document("Acme", value=24000), document("Zoo", value=1))))
    )
    assert names(view) == ["Acme", "Zoo", "Kraft"]
    assert [
        view.has_line_between("p-acme", "p-zoo"),
        view.has_line_between("p-zoo", "p-kraft"),
    ] == [False, True]
    view.order = "name"
    assert not view.has_line_between("p-zoo", "p-kraft")
    assert "other currencies last" in view.views[0].words


def test_what_is_owed_is_counted_and_signed(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    for column in Column:
        for card_id in view.ids(column):
            view.card(card_id)
    assert view.card("p-harbor-auto-glass").marks == "!"
    assert view.owed_counts().owners


def owed_in_all(view: BoardView) -> set[str]:
    """Whom we owe, as header, signs, filter, view, lists and report say, which must be the same."""
    board = view.board
    signed = {e.id for e in board.index.entries.values() if "!" in view.card(e.id).marks}
    assert len(view.owed_counts().owners) == len(signed)
    view.show(next(known for known in view.views if known.name == "You owe them"))
    assert {i for column in Column for i in view.ids(column)} == signed
    found = collect_tasks(board)
    assert {line.entry.id for line in due_lines(found) if line.owed} <= signed
    ranked = best_hour(found).ranked
    assert all(line.owed == (line.entry.id in signed) for line in ranked)
    made = report_on(board, "p", ReportRequest(since=board.today.day))
    (section,) = (s for s in made.sections if s.key == "owed")
    keys = [heading.key for heading in section.columns]
    at, on = keys.index("id"), keys.index("on")
    assert {row[at] for row in section.rows if row[on] is None} == signed
    assert view.owed_counts().later == found.owed_later == len(section.rows) - len(signed)
    return signed


def test_what_was_put_off_this_week_is_still_owed() -> None:
    proof = {"asked_by_buyer": True, "reason": "budget", "change": "the budget is voted"}
    late = {"on": "2026-11-08", "asked_on": "2026-11-01", **proof}
    promised = document("Promised", "callback-pending", 9000, callback=late)
    never = document("Never Called", value=4000)
    board = open_board(disk_of((HARBOR, promised, never, document("Mailed", "nurture", 2000))))
    owed = {"p-harbor-auto-glass", "p-promised", "p-never-called"}
    assert owed_in_all(BoardView(board)) == owed
    controller = ReviewController.open(board, Scope(everything=True))
    while controller.current:
        controller.snooze()
    assert owed_in_all(BoardView(board)) == owed, "putting off pays no debt"
    board.change("p-promised", lambda p, s: changes.drop(p, DropReason.TIMING, s), "dropped it")
    assert owed_in_all(BoardView(board)) == owed - {"p-promised"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_board_lists_and_report_name_the_same_debts(sample: str) -> None:
    found = load_sample(sample, NOW.date())
    assert owed_in_all(BoardView(open_board(disk_of(tuple(found)))))


def test_a_spoilt_record_still_has_its_card() -> None:
    spoilt = document("Acme") | {"created": "never"}
    view = BoardView(open_board(disk_of((spoilt,))))
    card = view.card(view.ids(Column.ACTIVE)[0])
    assert (card.marks, card.why) == ("✗", "cannot be read")


class TestOrders:
    def test_every_column_is_sorted(self, disk: Disk) -> None:
        view = BoardView(open_board(disk))
        view.order = "name"
        assert names(view) == ["Corner Bakery", "Harbor Auto Glass", "Solid Labs"]
        assert view.lenses() == ["by name"]

    def test_a_change_keeps_the_order_right(self, disk: Disk) -> None:
        board = open_board(disk)
        view = BoardView(board)
        view.order = "contact"
        assert names(view) == ["Corner Bakery", "Solid Labs", "Harbor Auto Glass"]
        board.change(
            "p-solid-labs", lambda p, s: changes.log_touch(p, Outcome.NO_ANSWER, s), "called"
        )
        view.forget(["p-solid-labs"])
        assert names(view) == ["Corner Bakery", "Harbor Auto Glass", "Solid Labs"]
        board.undo()
        assert names(view) == ["Corner Bakery", "Solid Labs", "Harbor Auto Glass"]

    def test_of_many_those_that_are_known_stand_first_and_the_title_says_there_is_more(
        self,
    ) -> None:
        touched = {"touches": [touch("2026-11-12", "voicemail")]}
        many = tuple(document(f"P {n:03}", value=n) | touched for n in range(100))
        board = open_board(disk_of((*many, document("Known", value=0))))
        view = BoardView(board)
        board.evaluator.card_summary("p-known")
        view.order = "contact"
        assert names(view)[0] == "Known"
        assert view.unread
        assert view.lenses() == ["longest without contact first…"]
        for entry in board.index.entries:
            board.evaluator.card_summary(entry)
        assert names(view)[:3] == ["Known", "P 000", "P 001"]
        assert view.lenses() == ["longest without contact first"]


class TestViews:
    def test_a_view_is_shown_and_known_again(self, disk: Disk) -> None:
        view = BoardView(open_board(disk))
        owed = next(known for known in view.views if known.name == "You owe them")
        view.show(owed)
        assert names(view) == ["Corner Bakery", "Harbor Auto Glass", "Solid Labs"]
        assert view.current == owed
        assert view.lenses() == ["view: You owe them"]
        view.mine = True
        assert view.lenses() == ["mine", "next date first", "/owed:yes"]

    def test_its_scope_is_that_of_a_review(self, disk: Disk) -> None:
        view = BoardView(open_board(disk))
        view.show(View("x", parse_filter("tag:north"), "next", mine=True))
        assert view.scope == Scope(owner="ann", filter=parse_filter("tag:north"))

    def test_cards_are_counted_once_all_of_them_are_known(self, disk: Disk) -> None:
        view = BoardView(open_board(disk))
        everything, due, *_ = view.views
        assert (view.count(everything), view.count(due)) == (6, None)
        for entry in view.board.index.entries:
            view.board.evaluator.card_summary(entry)
        view.show(due)
        assert view.count(due) == sum(len(view.ids(column)) for column in Column)

    def test_what_is_kept_is_a_view_from_then_on(self, disk: Disk) -> None:
        view = BoardView(open_board(disk))
        view.query = "north"
        view.keep(view.as_view("Up north"))
        assert view.lenses() == ["view: Up north"]


def test_an_empty_board_says_that_the_filter_is_why(disk: Disk) -> None:
    view = BoardView(open_board(disk, by="raj"))
    assert view.nothing_fits(0, "esc") == ""
    view.query = "owner:nobody"
    assert view.nothing_fits(0, "esc") == "nothing fits: esc clears the filter"
    assert view.nothing_fits(1, "esc") == ""
    view.query, view.mine = "", True
    assert view.nothing_fits(0, "esc") == "nothing here is raj's: esc shows all"


def test_it_does_not_say_so_while_the_evidence_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("review_board.tui.board.summaries.AT_ONCE", 1)
    view = BoardView(open_board(disk_of((document("A", value=2), document("B", value=1)))))
    view.query = "verdict:purge"
    assert not view.ids(Column.ACTIVE)
    assert view.nothing_fits(0, "esc") == ""
    assert not view.ids(Column.ACTIVE)
    assert view.nothing_fits(0, "esc")


def test_what_was_won_shows_in_its_own_view_and_is_worth_what_was_paid() -> None:
    paid = {"on": "2026-11-18", "value": {"amount": "12000", "currency": "USD"}}
    bought = document("Quartz", value=10000, won=paid)
    view = BoardView(open_board(disk_of((bought, document("Acme", value=24000)))))
    assert names(view) == ["Acme"]
    (won,) = (known for known in view.views if known.name == "Won")
    assert view.count(won) == 1
    view.show(won)
    assert [names(view, column) for column in Column] == [["Quartz"], [], [], []]
    head = view.head(Column.ACTIVE, view.ids(Column.ACTIVE))
    assert head.fitting(40) == ("Won", "1", "$12k")
    assert [text for text, _ in view.header_words("")[2:]] == ["1 won", "$12k", "week 47"]
    card = view.card("p-quartz")
    assert (card.marks, card.value, card.why) == ("★", "12k", "won 18 Nov")


class Waiting(Inline):
    """A disk that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Callable[[], None]] = []

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        self.answers.append(lambda: super(Waiting, self).run(job, done, failed))


def test_what_is_owed_is_counted_anew_when_a_change_is_on_disk(disk: Disk) -> None:
    """What was computed is forgotten once more then, also of cards that no screen shows."""
    board = open_board(disk, runner=(runner := Waiting()))
    while runner.answers:
        runner.answers.pop(0)()
    view, queue = BoardView(board), SummaryQueue(board)

    def counted() -> int:
        while not queue.done:
            queue.work()
        return len(view.owed_counts().owners)

    before = counted()
    assert before
    board.change(
        "p-harbor-auto-glass", lambda harbor, _: changes.edit(harbor, stage="Demo"), "edit"
    )
    assert counted() == before
    while runner.answers:
        runner.answers.pop(0)()
    assert counted() == before
