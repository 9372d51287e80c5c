"""What the lists of the hour say, and one picture of them."""

import pytest

from tests.tui.conftest import Document, MakeApp, disk_of, document, lines_of
from tests.tui.pictures import BothSizes
from tests.tui.tasks.test_screen import BUSY
from tests.tui.test_snapshots import after


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
    """``!`` before whom we owe, who come first; then by day; owner and pressure only where wide."""
    app = make_app(disk_of(DOCUMENTS))
    assert await both_sizes(app, run_before=after("d", "j"))


async def test_nothing_due(make_app: MakeApp) -> None:
    """Why the list is empty, and what to do; no cursor, no details."""
    app = make_app(disk_of((document("Solid Labs", value=52000, won={"on": "2026-11-02"}),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await after("d")(pilot)
        text = "\n".join(lines_of(app))
        assert "Nothing is due today." in text
        assert "▌" not in text
        assert "Solid Labs" not in text


async def test_best_hour(make_app: MakeApp) -> None:
    """Ranked by worth an hour, ``!`` before what is owed; euros apart under a heading; the sum."""
    app = make_app(disk_of(DOCUMENTS))
    async with app.run_test(size=(80, 24)) as pilot:
        await after("b")(pilot)
        lines = [line.rstrip() for line in lines_of(app)]
        ranked = [line.split()[:4] for line in lines[3:10]]
        assert ranked[0] == ["▌", "!", "1", "Meridian"]
        assert [row[2] for row in ranked[1:4]] == ["Solid", "Harbor", "Corner"]
        assert ranked[4][:2] == ["5", "Early"], "nothing is owed there"
        assert lines[10:12] == ["", " In EUR, ranked apart: no amount is converted"]
        assert "Brasserie Léon           €2.85k/h" in lines[12]
        assert "$400k × usual closing ratio 30 % ÷ 1 h = $120k/h" in "\n".join(lines)


async def test_quotes(make_app: MakeApp) -> None:
    """Never followed up, then fewer than five times; each heading with what its quotes are worth."""
    app = make_app(disk_of(DOCUMENTS))
    async with app.run_test(size=(80, 24)) as pilot:
        await after("Q")(pilot)
        lines = [" ".join(line.split()) for line in lines_of(app)]
        assert lines[3] == "Never followed up: 2 quotes, $400k · €9.5k, worth about $120k · €2.85k"
        assert lines[4] == "▌ Meridian Health $400k $120k 78 d ago 0 of 5 never raj"
        assert lines[6] == "", "an empty line parts the groups where all fit"
        assert lines[7] == "Followed up fewer than 5 times: 1 quote, $24k, worth about $7.2k"
        assert lines[8] == "Harbor Auto Gla… $24k $7.2k 25 d ago 3 of 5 8 d ago ann"
        assert "$400,000 sent on 3 Sep, worth $120,000 (usual closing ratio 30 %)" in lines
        await pilot.resize_terminal(160, 24)
        await pilot.pause()
        assert "ann       write to Hiro Jovanović hiro@h.example" in lines_of(app)[8]


async def test_a_filter_in_the_making(make_app: MakeApp) -> None:
    """The board shows what fits so far; the line says that ``value>`` needs a value."""
    keys = [*"column", "colon", *"active", "space", *"value", "greater_than_sign"]
    app = make_app(disk_of(DOCUMENTS))
    async with app.run_test(size=(120, 32)) as pilot:
        await after("slash", *keys)(pilot)
        assert lines_of(app)[-2].rstrip().endswith("value> needs a value; such as value>10k")
