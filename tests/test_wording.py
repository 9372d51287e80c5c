"""Counts, shares, lists and spans of time in words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from review_board.wording import (
    duration,
    first_few,
    listed,
    owed_words,
    percent,
    plural,
    several,
    share,
    share_block,
    share_percent,
    time_ago,
)


def test_counts_agree_with_their_words() -> None:
    assert [several(n, "card") for n in (0, 1, 2, 1_200)] == [
        *("0 cards", "1 card", "2 cards", "1,200 cards"),
    ]
    assert several(2, "touch") == "2 touches"
    assert [several(n, "change is", "changes are") for n in (1, 2)] == [
        "1 change is",
        "2 changes are",
    ]
    assert [plural(n, "it", "them") for n in (1, 0, 3)] == ["it", "them", "them"]
    assert plural(2, "row") == "rows"


@pytest.mark.parametrize(
    ("owners", "words"),
    [
        (["ann", ""], "2 you owe"),
        (["ann", "raj", "raj"], "3 owed, 1 yours"),
        (["raj", "raj"], "2 owed"),
    ],
)
def test_what_is_owed_says_how_much_is_yours_where_some_is(owners: list[str], words: str) -> None:
    assert owed_words(owners, "ann") == words


def test_lists_read_as_a_sentence() -> None:
    assert listed(["budget"]) == "budget"
    assert listed(["budget", "decision"]) == "budget and decision"
    assert listed(iter(["a", "b", "c"])) == "a, b and c"
    assert listed(["a", "b"], "or") == "a or b"
    assert listed([]) == ""


def test_a_long_list_names_the_first_and_counts_the_others() -> None:
    assert first_few(["Harbor", "Pell"], 2) == "Harbor, Pell"
    assert first_few(["Harbor", "Pell", "Ostrow"], 2) == "Harbor, Pell and 1 more"
    assert first_few(["x"] * 1_500, 1) == "x and 1,499 more"
    assert not first_few([], 3)


def test_shares_are_counts_while_they_are_few() -> None:
    assert percent(Decimal("0.456")) == "46 %"
    assert share(2, 3) == "2 of 3"
    assert share(9, 20) == "45 % (9 of 20)"
    assert share(1, 3_760) == "under 0.1 % (1 of 3,760)"
    assert share_percent(1, 200) == "0.5 %"
    assert share_percent(3_759, 3_760) == "over 99.9 %"
    assert share(3_748, 3_760) == "99.7 % (3,748 of 3,760)"
    assert share(20, 20) == "100 % (20 of 20)"


def test_a_block_tells_nothing_from_little_and_all_from_most() -> None:
    assert [share_block(n, 16) for n in (0, 1, 8, 15, 16)] == ["·", "▁", "▅", "█", "█"]
    assert share_block(0, 0) == "·"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (2_280, "38 min"), (4_320, "1 h 12 min")],
)
def test_durations(seconds: int, words: str) -> None:
    assert duration(seconds) == words


NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=40), "40 seconds ago"),
        (timedelta(minutes=2), "2 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=8), "a week ago"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    there = (NOW - before).astimezone(ZoneInfo("Pacific/Auckland"))
    assert time_ago(there, NOW) == words
