"""The column alone: cursor, scrolling, mouse, and what is repainted."""

from typing import Any

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown
from textual.geometry import Region
from textual.pilot import Pilot

from review_board.tui.board.cards import BoardCard, ColumnHead
from review_board.tui.board.column import ColumnView
from review_board.tui.density import set_density
from tests.tui.conftest import HOSTILE, Harness, lines_of


def head(count: int) -> ColumnHead:
    return ColumnHead("Active", count, count)


def column_of(ids: list[str]) -> ColumnView:
    column = ColumnView(
        lambda i: BoardCard(i, f"name {i}", "24k", "quote 2/5", THEM, "keep", "old"),
        head(len(ids)),
    )
    column.show(ids, head(len(ids)))
    column.here = True
    return column


THEM = "them 26d"


def ids(count: int) -> list[str]:
    return [f"p{n}" for n in range(count)]


async def test_two_lines_a_card_where_there_is_room() -> None:
    app = Harness(column_of(ids(3)))
    async with app.run_test(size=(40, 20)):
        lines = lines_of(app)
        assert lines[2].split() == ["▎", "name", "p0", "24k"]
        assert lines[3].split() == ["▎", "quote", "2/5", "them", "26d"]
        assert lines[4].split() == ["▎", "name", "p1", "24k"]


async def test_cards_stand_as_close_as_was_chosen() -> None:
    app = Harness(column_of(ids(3)))
    async with app.run_test(size=(40, 20)) as pilot:
        set_density(app, "compact")
        await pilot.pause()
        assert lines_of(app)[2].split() == ["▎", "name", "p0", "them", "26d", "24k"]
        assert lines_of(app)[3].split()[:3] == ["▎", "name", "p1"]
        set_density(app, "comfortable")
        await pilot.pause()
        shown = [" ".join(line.split()[1:3]) for line in lines_of(app)[2:8]]
        assert shown == ["name p0", "quote 2/5", "", "name p1", "quote 2/5", ""]
        await pilot.click(ColumnView, offset=(5, 6))
        assert app.query_one(ColumnView).card_id == "p1"


async def test_one_line_a_card_where_it_is_low() -> None:
    app = Harness(column_of(ids(3)))
    async with app.run_test(size=(40, 10)):
        assert [line[2:9] for line in lines_of(app)[2:5]] == ["name p0", "name p1", "name p2"]


async def test_a_narrow_list_has_the_name_on_two_lines_and_the_value() -> None:
    named = {"long": "Ashgrove Taproom & Brewery", "short": "Santos Bread"}
    column = ColumnView(
        lambda i: BoardCard(i, named[i], "120k", "put off 8×", THEM, marks="!"), head(2)
    )
    column.show([*named], head(2))
    app = Harness(column)
    async with app.run_test(size=(15, 20)):
        assert [line.rstrip() for line in lines_of(app)[2:6]] == [
            " !Ashgrove",
            "  Taproo… 120k",
            " !Santos Bread",
            "          120k",
        ]


async def test_at_the_edge_it_jumps_half_a_page() -> None:
    column = column_of(ids(50))
    app = Harness(column)
    async with app.run_test(size=(20, 12)):
        for _ in range(10):
            column.step(1)
        assert column.card_id == "p10"
        assert column.visible_ids[0] == "p6"
        column.step(-5)
        assert column.visible_ids[0] == "p0"


async def test_a_step_repaints_two_cards_and_no_more() -> None:
    column = column_of(ids(50))
    app = Harness(column)
    async with app.run_test(size=(40, 22)) as pilot:
        painted = watch_repaints(column)
        column.step(1)
        await pilot.pause()
        assert painted == [Region(0, 2, 40, 2), Region(0, 4, 40, 2)]


def watch_repaints(column: ColumnView) -> list[Region]:
    """What is asked to be repainted from now on."""
    painted: list[Region] = []
    refresh = column.refresh

    def note(*regions: Region, **options: Any) -> ColumnView:
        painted.extend(regions or [column.size.region])
        return refresh(*regions, **options)

    column.refresh = note  # type: ignore[method-assign]
    return painted


async def test_the_cursor_follows_its_card() -> None:
    column = column_of(ids(50))
    app = Harness(column)
    async with app.run_test(size=(20, 12)):
        column.go_to(20)
        line = column.line
        column.show(["new1", "new2", *ids(50)], head(52))
        assert column.card_id == "p20"
        assert column.line == line


async def test_when_its_card_left_the_cursor_takes_the_neighbour() -> None:
    column = column_of(ids(5))
    app = Harness(column)
    async with app.run_test(size=(20, 12)):
        column.go_to(2)
        column.show(["p0", "p1", "p3", "p4"], head(4))
        assert column.card_id == "p3"
        column.show(["p0", "p1"], head(2))
        assert column.card_id == "p1"
        column.show([], head(0))
        assert column.card_id is None


async def test_a_click_selects_and_a_double_click_opens() -> None:
    column = column_of(ids(9))
    app = Harness(column, ColumnView.CardHighlighted, ColumnView.CardOpened)
    async with app.run_test(size=(40, 22)) as pilot:
        await pilot.click(offset=(5, 7))
        assert column.card_id == "p2"
        await pilot.click(offset=(5, 7), times=2)
        assert [m.card_id for m in app.heard if isinstance(m, ColumnView.CardOpened)] == ["p2"]


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    column = column_of(ids(50))
    app = Harness(column)
    async with app.run_test(size=(20, 12)) as pilot:
        await wheel(pilot, column, 2)
        assert column.visible_ids[0] == "p6"
        assert column.card_id == "p0"
        column.step(1)
        assert column.visible_ids[0] == "p0"


async def wheel(pilot: Pilot[Any], column: ColumnView, times: int) -> None:
    for _ in range(times):
        await pilot._post_mouse_events([MouseScrollDown], column, button=0)


@pytest.mark.parametrize("width", [15, 20, 40])
async def test_hostile_names_keep_the_edge_in_its_place(width: int) -> None:
    names = dict(enumerate(HOSTILE))
    column = ColumnView(
        lambda i: BoardCard(i, names[int(i)], "24k", "quote", THEM, "keep"), head(len(names))
    )
    column.show([str(n) for n in names], head(len(names)))
    app = Harness(column)
    async with app.run_test(size=(width, len(names))):
        for line in lines_of(app)[2:]:
            assert cell_len(line) == width
            assert line[-1] in " ┃"


async def test_without_a_card_it_says_why_where_the_keys_go() -> None:
    column = column_of([])
    column.remark = "nothing fits: esc clears the filter"
    app = Harness(column)
    async with app.run_test(size=(15, 12)) as pilot:
        said = [line.rstrip() for line in lines_of(app)]
        assert said[3:6] == [" nothing", " fits: esc", " clears the"]
        column.here = False
        await pilot.pause()
        assert not any("fits" in line for line in lines_of(app))


async def test_a_line_parts_two_cards_and_costs_no_line() -> None:
    column = ColumnView(lambda i: BoardCard(i, i, "5k"), head(3), lambda _, after: after == "c")
    column.show(["a", "b", "c"], head(3))
    async with Harness(column).run_test(size=(30, 20)):
        strips = [column.render_line(y) for y in range(2, 8)]
    lined = [any(s.style and s.style.underline for s in strip) for strip in strips]
    assert lined == [False, False, False, True, False, False]


async def test_the_company_stands_behind_the_name_where_there_is_room() -> None:
    cards = {
        "one": BoardCard("one", "Servo motors", "65k", company="Tessari Macchine"),
        "other": BoardCard("other", "Servo motors", "65k", company="Alpine Lifts"),
    }
    column = ColumnView(lambda i: cards[i], head(2))
    column.show(list(cards), head(2))
    app = Harness(column)
    async with app.run_test(size=(40, 20)) as pilot:
        lines = [line[1:].split() for line in lines_of(app)[2:6:2]]
        assert lines[0] == ["Servo", "motors", "Tessari", "Macchine", "65k"]
        assert lines[1] == ["Servo", "motors", "Alpine", "Lifts", "65k"]
        await pilot.resize_terminal(25, 20)
        assert [line[1:].split() for line in lines_of(app)[2:3]] == [["Servo", "motors", "65k"]]


async def test_a_long_name_is_cut_before_its_value() -> None:
    card = BoardCard("long", "Ashgrove Taproom & Brewery", "120k", "put off 8×", THEM, "keep")
    column = ColumnView(lambda _: card, head(1))
    column.show(["long"], head(1))
    async with Harness(column).run_test(size=(30, 20)) as pilot:
        lines = [line[1:].split() for line in lines_of(pilot.app)[2:4]]
    assert lines[0] == ["Ashgrove", "Taproom", "&", "B…", "120k"]
    assert lines[1] == ["put", "off", "8×", "them", "26d"]


async def test_a_name_that_would_read_like_another_keeps_its_line() -> None:
    cards = {
        "one": BoardCard("one", "Ashgrove Taproom & Brewery", "120k", "put off 8×", THEM, "keep"),
        "two": BoardCard("two", "Ashgrove Taproom & Barrels", "76k", "put off 8×", THEM, "keep"),
    }
    column = ColumnView(lambda i: cards[i], head(2))
    column.show(["one"], head(2))
    app = Harness(column)
    async with app.run_test(size=(30, 20)) as pilot:
        column.show(list(cards), head(2), touched=())  # the first is painted again too
        await pilot.pause()
        lines = [line[1:].split() for line in lines_of(app)[2:6]]
        assert lines[0] == ["Ashgrove", "Taproom", "&", "Brewery"]
        assert lines[1] == ["put", "off", "8×", "them", "26d", "120k"]
        assert lines[2][-2:] == ["Ba…", "76k"]  # that cut reads like no other
        await pilot.resize_terminal(24, 20)
        lines = [line[1:].split() for line in lines_of(app)[2:4]]
    assert lines[0][-1] == "120k"  # the buyer's clock keeps its place
    assert lines[1] == ["put", "off", "8×", "them", "26d"]


async def test_the_column_in_use_has_a_sign_before_its_head() -> None:
    column = column_of(["one"])
    app = Harness(column)
    async with app.run_test(size=(30, 20)) as pilot:
        column.here = True
        await pilot.pause()
        assert lines_of(app)[0].startswith("▸")
        column.leave(left=True)
        await pilot.pause()
        assert lines_of(app)[0].startswith(" ")


@pytest.mark.parametrize(
    ("width", "clock", "shown"),
    [
        (34, "them 40d", "them 40d"),
        (34, "interest 40d", "them 40d"),
        (34, "answered 9d", "answered 9d"),
        (42, "interest 40d", "interest 40d"),
        (42, "answered 9d", "answered 9d"),
        (30, "interest 40d", ""),
    ],
)
async def test_theirs_has_one_form_in_a_column_and_is_whole_or_left_out(
    width: int, clock: str, shown: str
) -> None:
    """Nobody knows what a bare "40d" counts."""
    column = ColumnView(lambda i: BoardCard(i, "Maddox", why=WHY, clock=clock, tone="act"), head(1))
    column.show(["p"], head(1))
    app = Harness(column)
    async with app.run_test(size=(width, 20)):
        assert lines_of(app)[3].rstrip() == f"▌ {WHY:<{width - 4 - len(shown)}}{shown}".rstrip()


WHY = "send the last mail"


async def test_who_is_left_in_nurture_or_dropped_does_not_look_kept() -> None:
    tones = {"kept": "keep", "left": "nurture", "gone": "dropped", "purge": "let-go"}
    column = ColumnView(lambda i: BoardCard(i, i, tone=tones[i]), head(4))
    column.show([*tones], head(4))
    app = Harness(column)
    async with app.run_test(size=(20, 12)):
        assert [line[0] for line in lines_of(app)[2:6]] == ["▎", "┊", "┊", "█"]
