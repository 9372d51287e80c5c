"""What changed and how it went, on the screen: the same figures as on the command line."""

from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Sparkline

from review_board.board.board import Board
from review_board.errors import BadFileError
from review_board.pipeline import changes
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Imported
from review_board.pipeline.vocabulary import DropReason
from review_board.store.protocol import Commit
from review_board.tui.board.screen import BoardScreen
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.report.changes_screen import ChangesScreen
from review_board.tui.report.stats_screen import StatsScreen
from tests.tui.conftest import HOSTILE, MakeApp, disk_of, document, ready, screen_text, until


async def opened(pilot: Pilot[Any], key: str, screen: type) -> str:
    await ready(pilot)
    board = pilot.app.board  # type: ignore[attr-defined]
    board.change("p-solid-labs", lambda p, s: changes.drop(p, DropReason.NO_NEED, s), "drop")
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))
    await pilot.pause()
    return screen_text(pilot.app)


async def test_a_number_opens_its_cards_and_a_card_its_page(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        text = await opened(pilot, "w", ChangesScreen)
        assert "1 purged; the history of this file begins on" in text.splitlines()[2]
        assert "Dropped 1 ($52k)" in text
        assert "ann 1 ($52k)" in text
        await pilot.press("enter")
        assert "Solid Labs" in screen_text(app)
        assert "from Active to Dropped: no need" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProspectScreen))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, ChangesScreen))
        assert "Solid Labs" in screen_text(app)
        await pilot.press("escape")
        assert "Solid Labs" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_one_may_look_further_back_and_only_at_ones_own(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "since Fri 13 Nov" in await opened(pilot, "w", ChangesScreen)
        await pilot.press("s")
        assert "since Wed 21 Oct" in screen_text(app)
        await pilot.press("m")
        assert "mine" in screen_text(app).splitlines()[0]


async def test_what_the_last_import_did_is_seen_without_the_edits_after_it(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert app.board
        said = Imported(id="x", source="crm", at=app.board.clock())
        listed = PackedProspects([Prospect(id="p-new", name="New Mill", imports=(said,))])
        app.board.bring_in({}, listed, "imported a.csv", seen={}, via="import")
        await opened(pilot, "w", ChangesScreen)
        for key, title, summary in (
            ("", "since the import of", "1 came in, 1 purged."),
            ("s", "in the import of", "1 came in."),
            ("s", "since Fri 13 Nov", "1 came in, 1 purged; the history of this file begins on"),
        ):
            await pilot.press(*key)
            await until(pilot, lambda title=title: title in screen_text(app).splitlines()[0])  # type: ignore[misc]
            assert screen_text(app).splitlines()[2].strip().startswith(summary)


@pytest.mark.parametrize(("key", "screen"), [("w", ChangesScreen), ("S", StatsScreen)])
async def test_who_owns_nothing_is_told_so(make_app: MakeApp, key: str, screen: type) -> None:
    app = make_app(disk_of((document("Solid Labs", owner="raj"),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, key, screen)
        await pilot.press("m")
        why = "Nobody called 'ann' owns a prospect. m shows everybody's prospects."
        await until(pilot, lambda: why in screen_text(app))
        await pilot.press("enter", "m")
        assert app.is_running


@pytest.mark.parametrize(("key", "screen"), [("w", ChangesScreen), ("S", StatsScreen)])
async def test_a_file_that_cannot_be_read_is_not_put_down_to_the_filter(
    make_app: MakeApp, key: str, screen: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        monkeypatch.setattr(Board, "history", unreadable)
        await opened(pilot, key, screen)
        await until(pilot, lambda: "It is no ledger; run doctor" in screen_text(app))
        assert "Another filter" not in screen_text(app)


def unreadable(_: Board) -> Iterator[Commit]:
    raise BadFileError("It is no ledger", "run doctor")


@pytest.mark.parametrize(("key", "screen"), [("w", ChangesScreen), ("S", StatsScreen)])
async def test_the_filter_of_the_board_goes_with_it_and_is_named(
    make_app: MakeApp, key: str, screen: type
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"owner:raj", "enter")
        text = await opened(pilot, key, screen)
        await until(pilot, lambda: "/owner:raj" in screen_text(app).splitlines()[0])
        text = screen_text(app)
        assert "ann" not in text, "what was dropped is ann's"
        await pilot.press("m")
        await until(pilot, lambda: "No prospect on the board fits owner:raj" in screen_text(app))
        assert "mine · /owner:raj" in screen_text(app).splitlines()[0]


async def test_the_weeks_are_drawn_and_the_reps_have_bars(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "S", StatsScreen)
        await until(pilot, lambda: "Week by week" in screen_text(app))
        text = screen_text(app)
        assert len(app.screen.query(Sparkline)) == 8
        assert "nothing was decided in a review." in text
        reps = text.partition("By owner of the cards")[2].splitlines()
        ann, raj = (line.split() for line in reps if line[1:4] in {"ann", "raj"})
        assert ann[:4] == ["ann", "2", "$84k", "26"]
        assert ann[-1] > raj[-1] > "━━"
        await pilot.press("s")
        assert "26 weeks" in screen_text(app).splitlines()[0]


@pytest.mark.parametrize("size", [(20, 5), (60, 20)])
@pytest.mark.parametrize(("key", "screen"), [("w", ChangesScreen), ("S", StatsScreen)])
async def test_hostile_text_and_small_screens(
    make_app: MakeApp, key: str, screen: type, size: tuple[int, int]
) -> None:
    documents = tuple(
        document(name, value=1000 + n, owner=name, created="2026-11-18T09:00:00Z")
        | {"id": f"p-{n}"}
        for n, name in enumerate(HOSTILE)
    )
    app = make_app(disk_of((*documents, document("Solid Labs"))))
    async with app.run_test(size=size) as pilot:
        await opened(pilot, key, screen)
        if screen is ChangesScreen:
            assert "Purged" in screen_text(app)
            assert "▌" in screen_text(app)
        await pilot.press("enter", "j")
        assert app.is_running
        assert "\x1b" not in screen_text(app)
