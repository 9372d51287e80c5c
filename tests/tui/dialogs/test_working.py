"""What takes a while: the key that stops it is offered as long as it does."""

from review_board.progress import Progress
from review_board.tui.dialogs.working import WorkingScreen
from tests.tui.conftest import Harness, screen_text, until


async def test_what_can_be_stopped_no_longer_does_not_offer_that() -> None:
    progress = Progress()
    app = Harness(WorkingScreen("Saving deals.csv", progress, wait=0))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "esc Stop" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Stopping…" in screen_text(app))
        progress.last()
        progress.begin("showing them on the board", 2)
        progress.step()
        await until(pilot, lambda: "esc Stop" not in screen_text(app))
        assert "Saving deals.csv" in screen_text(app)
        assert "50% showing them on the board" in screen_text(app)
