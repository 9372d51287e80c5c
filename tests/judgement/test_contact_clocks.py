"""The clocks in words: ours goes first where room is short, and theirs says how fresh it is."""

import pytest

from review_board.judgement.contact_clocks import Freshness, clocks, freshness
from review_board.settings.setting_groups import Thresholds


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (16, ("us 84d", "them 86d")),
        (15, ("us 84d", "them 86d")),
        (14, ("", "them 86d")),
        (7, ("", "")),
    ],
)
def test_ours_goes_first_where_room_is_short(room: int, shown: tuple[str, str]) -> None:
    assert clocks(84, 86).fitting(room) == shown


def test_who_never_answered_gave_no_answer_and_whom_nobody_contacted_could_not() -> None:
    assert clocks(9, None) == ("us 9d", "no answer")
    assert clocks(None, None) == ("us never", "")


@pytest.mark.parametrize(
    ("days", "fresh"),
    [
        (30, Freshness.FRESH),
        (31, Freshness.AGEING),
        (60, Freshness.AGEING),
        (61, Freshness.OLD),
        (None, Freshness.OLD),
    ],
)
def test_thresholds_of_the_rules_say_how_fresh_it_is(days: int | None, fresh: Freshness) -> None:
    limits = Thresholds(recent_days=30, unreachable_days=60)
    assert freshness(days, limits) is fresh


def test_what_a_list_could_not_tell_is_not_said() -> None:
    assert clocks(26, None, lacks_history=True) == ("us 26d", "")


def test_who_answered_without_a_sign_of_interest_did_not_never_come() -> None:
    """Who answered, asked for a day or simply gave no sign never said that they have no interest."""
    assert clocks(3, None, answered_days=5) == ("us 3d", "answered 5d")
    assert clocks(3, None, answered_days=5, asked_days=5) == ("us 3d", "asked 5d")


def test_who_answered_since_without_interest_is_not_told_as_silent_so_long() -> None:
    assert clocks(20, 70, answered_days=20) == ("us 20d", "interest 70d")
