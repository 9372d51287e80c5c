"""What is seen first of a report: the sentence, the figures, the columns before and after."""

from review_board.pipeline.money import Totals
from review_board.pipeline.vocabulary import Column
from review_board.report.headline import ColumnShares, column_shares, first_sentence, key_figures
from review_board.report.model import Report
from tests.judgement.build import money
from tests.report.report_facts import report, settled


def made(**fields: object) -> Report:
    return report(settled(Column.DROPPED, value=310_000), settled(Column.ACTIVE, "Pell"), **fields)


def test_the_figures_are_what_was_decided_purged_freed_and_is_owed() -> None:
    assert [(f.number, f.words) for f in key_figures(made())] == [
        ("2", "cards decided"),
        ("1", "purged"),
        ("1.5", "hours a week freed"),
        ("0", "owed now"),
    ]


def test_without_a_purge_no_hours_are_claimed() -> None:
    assert [f.words for f in key_figures(report())] == ["cards decided", "purged", "owed now"]


def test_the_first_sentence_stands_apart() -> None:
    sentence, rest = first_sentence(made().summary)
    assert sentence == "2 of 4 cards decided in 38 min: 1 kept, 1 purged."
    assert rest.startswith("$310k let go")
    assert first_sentence("One of 1.5 h.") == ("One of 1.5 h.", "")


def test_each_column_has_its_part_before_and_after() -> None:
    before = {Column.ACTIVE: Totals(4, (money(120_000),), (money(50_000),))}
    active, *others = column_shares(made(before=before))
    assert active == ColumnShares(Column.ACTIVE, 1.0, 0.5, "4 → 3 cards · $120k → $60k")
    assert [(c.before, c.after) for c in others] == [(0.0, 0.0)] * 3
    assert [column.before for column in column_shares(made())] == [None] * 4


def test_one_card_of_a_column_is_one_card() -> None:
    one = {Column.NURTURE: Totals(1, (money(18_000),), (money(9_000),))}
    words = [c.words for c in column_shares(made(after=one)) if c.column is Column.NURTURE]
    assert words == ["1 card · $18k"]
