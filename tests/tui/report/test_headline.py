"""What is seen first of a report: the sentence, the figures, the columns before and after."""

import pytest
from textual.widgets import Digits, Static

from review_board.pipeline.vocabulary import Column
from review_board.report.build import first_sentence
from review_board.report.facts import OpenTotals
from review_board.report.model import Report
from review_board.tui.report.figures import BarLine, ShareBar
from review_board.tui.report.headline import column_lines, key_figures, knows_before
from tests.judgement.build import money
from tests.report.report_facts import report, settled
from tests.tui.conftest import Harness, screen_text
from tests.tui.review.test_report_screen import reported


def made(**fields: object) -> Report:
    return report(settled(Column.DROPPED, value=310_000), settled(Column.ACTIVE, "Pell"), **fields)


def test_the_figures_are_what_was_decided_purged_freed_and_is_owed() -> None:
    assert [(f.number, f.words) for f in key_figures(made())] == [
        ("2", "cards decided"),
        ("1", "purged"),
        ("1.5", "hours a week freed"),
        ("0", "calls owed"),
    ]


def test_without_a_purge_no_hours_are_claimed() -> None:
    assert [f.words for f in key_figures(report())] == ["cards decided", "purged", "calls owed"]


def test_the_first_sentence_stands_apart() -> None:
    sentence, rest = first_sentence(made().summary)
    assert sentence == "2 of 4 cards decided in 38 min: 1 kept, 1 purged."
    assert rest.startswith("$310k left selling time")
    assert first_sentence("One of 1.5 h.") == ("One of 1.5 h.", "")


def test_each_column_has_a_bar_for_before_and_one_for_after() -> None:
    before = {Column.ACTIVE: OpenTotals(4, (money(120_000),), (money(50_000),))}
    known = made(before=before)
    assert knows_before(known)
    assert not knows_before(made())
    assert [len(line._bars) for line in column_lines(known)] == [2, 2, 2, 2]
    assert [len(line._bars) for line in column_lines(made())] == [1, 1, 1, 1]
    active = next(column_lines(known))
    assert [bar._part for bar in active._bars] == [1.0, 0.5]
    assert active._said == "4 → 3 cards · $120k → $60k"


async def test_a_bar_is_as_long_as_its_part() -> None:
    app = Harness(ShareBar(0.5))
    async with app.run_test(size=(20, 1)):
        assert screen_text(app).index("╺") == 10


@pytest.mark.parametrize(("size", "large"), [((80, 24), True), ((60, 20), False), ((20, 5), False)])
async def test_figures_are_large_only_where_there_is_room(
    size: tuple[int, int], large: bool
) -> None:
    app = Harness(reported())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        digits = app.screen.query(Digits)
        assert bool([d for d in digits if d.region.area]) is large
        in_words = app.screen.query_one("#figures-in-words", Static)
        assert in_words.display is not large
        assert len(app.screen.query(BarLine)) == 4
