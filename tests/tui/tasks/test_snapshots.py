"""Pictures of the lists of the hour. Each docstring says what the picture must show."""

from collections.abc import Callable

import pytest

from tests.tui.conftest import Document, MakeApp, disk_of, document
from tests.tui.pictures import BothSizes
from tests.tui.tasks.test_screen import BUSY
from tests.tui.test_snapshots import after

Compare = Callable[..., bool]


def quoted(name: str, amount: int, currency: str = "USD") -> Document:
    offer = {"amount": str(amount), "currency": currency}
    sent = {"id": f"q-{name}", "sent_on": "2026-09-03", "amount": offer}
    return document(name, company=f"{name} Group", owner="raj") | {"value": offer, "quotes": [sent]}


DOCUMENTS = (*BUSY, quoted("Meridian Health", 400_000), quoted("Brasserie Léon", 9_500, "EUR"))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a pause in typing does not wait."""
    monkeypatch.setattr("review_board.tui.background_sync.QUIET", 0.0)


async def test_due(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """``!`` before Promised, which comes first; then by day; owner and pressure only where wide."""
    app = make_app(disk_of(DOCUMENTS))
    assert await both_sizes(app, run_before=after("d", "j"))


async def test_best_hour(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """Ranked by worth an hour, ``!`` before what is owed; euros apart under a heading; the reckoning."""
    app = make_app(disk_of(DOCUMENTS))
    assert await both_sizes(app, run_before=after("b"))


async def test_quotes(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """Never followed up, then fewer than five times; each heading with what lies on the desk."""
    app = make_app(disk_of(DOCUMENTS))
    assert await both_sizes(app, run_before=after("Q"))


def test_nothing_due(snap_compare: Compare, make_app: MakeApp) -> None:
    """Why the list is empty, and what to do; no cursor, no details."""
    app = make_app(disk_of((document("Solid Labs", value=52000),)))
    assert snap_compare(app, terminal_size=(80, 24), run_before=after("d"))


def test_a_filter_in_the_making(snap_compare: Compare, make_app: MakeApp) -> None:
    """The board shows what fits ``column:active``; the line says that ``value>`` needs a value."""
    keys = [*"column", "colon", *"active", "space", *"value", "greater_than_sign"]
    app = make_app(disk_of(DOCUMENTS))
    assert snap_compare(app, terminal_size=(120, 32), run_before=after("slash", *keys))
