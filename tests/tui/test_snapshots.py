"""Pictures of the screens. Each docstring says what the picture must show."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import HOSTILE, MakeApp, disk_of, document, ready, screen_text

Compare = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Any]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a pause in typing does not wait."""
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.0)
    monkeypatch.setattr("review_board.tui.board.detail_pane.REST", 0.001)


def after(*keys: str) -> Steps:
    """The pipeline open and counted, then these keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        await ready(pilot)
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)

    return steps


async def settled(pilot: Pilot[Any]) -> None:
    """Until the screen has been the same three times running."""
    seen, same = "", 0
    while same < 3:
        await pilot.pause(0.03)
        text = screen_text(pilot.app)
        seen, same = text, same + 1 if text == seen else 0


class TestBoard:
    def test_at_80x24(self, snap_compare: Compare, make_app: MakeApp) -> None:
        """Four columns, a line a card, values in line; the cursor bar left of Solid Labs; eight keys."""
        assert snap_compare(make_app(), terminal_size=(80, 24), run_before=after())

    def test_at_160x48(self, snap_compare: Compare, make_app: MakeApp) -> None:
        """Two lines a card, Harbor with a ``!``; the cursor in Nurture, and who it is on in the pane."""
        assert snap_compare(make_app(), terminal_size=(160, 48), run_before=after("3"))

    def test_hostile_names(self, snap_compare: Compare, make_app: MakeApp) -> None:
        """Every name literally on one line, brackets and all; the edges of the columns straight."""
        documents = tuple(
            document(name, value=1000 + number) | {"id": f"p-{number}"}
            for number, name in enumerate(HOSTILE)
        )
        app = make_app(disk_of(documents))
        assert snap_compare(app, terminal_size=(120, 48), run_before=after())


class TestDialogs:
    """One short and one long; what each dialog asks is told by ``test_dialogs_in_words``."""

    @pytest.mark.parametrize(("name", "keys"), [("log", ("c", "v")), ("add", ("a",))])
    def test_at_80x24(
        self, snap_compare: Compare, make_app: MakeApp, name: str, keys: tuple[str, ...]
    ) -> None:
        """The box whole on the dimmed board: title, fields in line, the focus seen, the keys below."""
        assert snap_compare(make_app(), terminal_size=(80, 24), run_before=after(*keys))


class TestAfterCallLine:
    def test_a_whole_line(self, snap_compare: Compare, make_app: MakeApp) -> None:
        """Under the line: whom it is about, what enter stores, the recommendation before and after."""
        keys = after("j", "semicolon", *'gk "', "x", *'" $9k')
        assert snap_compare(make_app(), terminal_size=(80, 24), run_before=keys)
