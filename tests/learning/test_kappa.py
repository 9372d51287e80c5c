"""Cohen's kappa by the textbook's own examples."""

from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from review_board.learning.pair_reviews import Kappa, Votes, cohens_kappa, kappa_words

CELL = st.integers(0, 40)


@pytest.mark.parametrize(
    ("table", "value", "low", "high"),
    [
        # Fleiss, Levin, Paik, table 18.1: two raters, 100 patients, three diagnoses
        (((75, 1, 4), (5, 4, 1), (0, 0, 10)), "0.6765", "0.5046", "0.8484"),
        # fifty grant proposals, as many introductions have it
        (((20, 5), (10, 15)), "0.4000", "0.1511", "0.6489"),
    ],
)
def test_textbook_examples(
    table: tuple[tuple[int, ...], ...], value: str, low: str, high: str
) -> None:
    found = cohens_kappa(table)
    assert found
    assert (found.value, found.interval) == (Decimal(value), (Decimal(low), Decimal(high)))


def test_without_room_for_chance_there_is_none() -> None:
    assert cohens_kappa(Votes().table) is None
    assert cohens_kappa(Votes(keep_keep=9).table) is None
    certain = cohens_kappa(Votes(keep_keep=5, purge_purge=5).table)
    assert certain
    assert certain == Kappa(Decimal(1), None)
    assert kappa_words(None) == "all votes are the same, so it may be chance"
    assert kappa_words(certain) == "too few votes to tell it from chance (kappa 1.00)"


@given(CELL, CELL, CELL, CELL)
def test_it_is_the_same_whoever_comes_first_and_lies_in_its_interval(
    a: int, b: int, c: int, d: int
) -> None:
    found, turned = cohens_kappa(((a, b), (c, d))), cohens_kappa(((a, c), (b, d)))
    assert found == turned
    assert found == cohens_kappa(((d, c), (b, a)))
    if found:
        assert -1 <= found.value <= 1
        if found.interval:
            low, high = found.interval
            assert -1 <= low <= found.value <= high <= 1
