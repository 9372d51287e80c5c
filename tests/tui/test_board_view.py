"""What the board shows of a pipeline, without a screen."""

from review_board.pipeline.vocabulary import Column
from review_board.store.memory import Disk
from review_board.tui.board_view import BoardView
from tests.tui.conftest import disk_of, document, open_board


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


def test_dropped_is_not_open(disk: Disk) -> None:
    parts = BoardView(open_board(disk)).title_parts("northwest.json")
    assert parts[:4] == ["northwest.json", "week 47", "5 open", "$160k"]


def test_two_currencies_are_two_totals() -> None:
    euro = document("Kraft", value=1) | {"value": {"amount": "9000", "currency": "EUR"}}
    view = BoardView(open_board(disk_of((euro, document("Acme", value=24000)))))
    assert view.head(Column.ACTIVE, view.ids(Column.ACTIVE)).value == "$24k · €9k"


def test_what_is_owed_is_counted_and_signed(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    for column in Column:
        for card_id in view.ids(column):
            view.card(card_id)
    assert view.card("p-harbor-auto-glass").marks == "!"
    assert view.owed_count() >= 1


def test_a_spoilt_record_still_has_its_card() -> None:
    spoilt = document("Acme") | {"created": "never"}
    view = BoardView(open_board(disk_of((spoilt,))))
    card = view.card(view.ids(Column.ACTIVE)[0])
    assert (card.marks, card.status) == ("✗", "cannot be read")
