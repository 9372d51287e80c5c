"""Days and moments: the same on every machine, written so that they name one day."""

import locale
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import Today, instant, iso_day, short_day
from review_board.pipeline.typed_days import parse_day

FRIDAY = date(2026, 11, 20)
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@given(days)
def test_iso_days_are_read_as_written(day: date) -> None:
    assert iso_day(day.isoformat()) == parse_day(day.isoformat(), FRIDAY) == day


@pytest.mark.parametrize(
    "text", ["2026-W01-1", "20260101", "2026-1-1", "today", "2026-01-01T00:00"]
)
def test_iso_means_one_way_only(text: str) -> None:
    with pytest.raises(InvalidValueError, match="2027-01-18"):
        iso_day(text)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Pacific/Auckland"])
def test_days_are_counted_by_the_calendar_across_clock_changes(zone: str) -> None:
    there = ZoneInfo(zone)
    for noon in (datetime(2026, month, 1, 12, tzinfo=there) for month in range(1, 13)):
        today = Today.at(noon + timedelta(days=40), there)
        assert today.days_since(today.day_of(noon)) == 40


def test_one_moment_is_one_day_for_everybody() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    berlin = Today(FRIDAY, ZoneInfo("Europe/Berlin"))
    assert berlin.day_of(late) == berlin.day_of(late.astimezone(ZoneInfo("Asia/Tokyo")))
    assert berlin.day_of(late) == date(2026, 11, 21)
    assert Today(FRIDAY).day_of(late) == FRIDAY


def test_a_short_day_without_a_year_is_one_day_and_no_other() -> None:
    near = [FRIDAY + timedelta(days=n) for n in range(-400, 401)]
    unmarked = [d for d in near if len(short_day(d, FRIDAY).split()) == 2]
    assert len({short_day(d, FRIDAY) for d in unmarked}) == len(unmarked) > 300


def test_short_day_shows_the_year_when_it_is_far() -> None:
    assert short_day(date(2027, 1, 18), FRIDAY) == "18 Jan"
    assert short_day(date(2026, 5, 8), FRIDAY) == "8 May 2026"
    assert short_day(date(2028, 1, 18), FRIDAY) == "18 Jan 2028"


def test_no_locale_leaks_in() -> None:
    """Month names once came from ``calendar``, which follows the process's locale."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert parse_day("18january", FRIDAY) == date(2027, 1, 18)
            assert short_day(date(2027, 3, 1), FRIDAY) == "1 Mar"
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_an_instant_is_stored_in_utc() -> None:
    moment = datetime(2026, 11, 20, 1, 30, 5, 123456, tzinfo=ZoneInfo("Europe/Berlin"))
    assert instant(moment) == "2026-11-20T00:30:05.123Z"
