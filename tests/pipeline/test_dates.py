"""The grammar of days: small, strict, and the same on every machine."""

import calendar
import locale
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import (
    Today,
    instant,
    iso_day,
    parse_day,
    parse_when,
    short_day,
    typed_when,
)

FRIDAY = date(2026, 11, 20)
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("+0d", "2026-11-20"),
        ("+3d", "2026-11-23"),
        ("+2w", "2026-12-04"),
        ("+1m", "2026-12-20"),
        ("+3m", "2027-02-20"),
        ("mon", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("Thursday", "2026-11-26"),
        ("18jan", "2027-01-18"),
        ("18 Jan", "2027-01-18"),
        ("18 january 2028", "2028-01-18"),
        ("20nov", "2026-11-20"),
        ("19nov", "2027-11-19"),
        ("1sept", "2027-09-01"),
        ("29feb", "2028-02-29"),
        ("2027-01-18", "2027-01-18"),
        ("2028-02-29", "2028-02-29"),
        ("eom", "2026-11-30"),
        ("nextq", "2027-01-01"),
        ("  FRI ", "2026-11-27"),
    ],
)
def test_day_is_read(text: str, day: str) -> None:
    assert parse_day(text, FRIDAY).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "next friday", "fr", "friyay", "18", "jan", "18foo", "18ja", "0jan", "32jan"),
        *("2026-02-30", "2027-02-29", "31apr", "29feb 2027", "2026-W01-1", "2026-001", "20261120"),
        *("9999-12-31", "0001-01-01", "1969-12-31", "2101-01-01", "+9999m", "+9999w", "18jan9999"),
        *("01/02/2026", "1.2.2026", "2026/01/02", "2026-1-2", "-3d", "+3", "+3y", "+12345d"),
        *("٢٠٢٦-٠١-٠٢", "2026-11-20T10:00", "nan", "2026-11-20 10:30"),
    ],
)
def test_day_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_day(text, FRIDAY)
    assert refused.value.cure
    assert len(str(refused.value)) < 200


def test_a_day_that_may_be_two_says_so() -> None:
    with pytest.raises(InvalidValueError, match="may mean two days; write the year first"):
        parse_day("01/02/2026", FRIDAY)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2027-01-31", "+1m", "2027-02-28"),
        ("2028-01-31", "+1m", "2028-02-29"),
        ("2028-02-29", "29feb", "2028-02-29"),
        ("2028-03-01", "29feb", "2032-02-29"),
        ("2026-11-30", "eom", "2026-11-30"),
        ("2028-02-10", "eom", "2028-02-29"),
        ("2026-12-31", "tomorrow", "2027-01-01"),
        ("2026-12-31", "nextq", "2027-01-01"),
        ("2026-03-31", "nextq", "2026-04-01"),
        ("2026-11-22", "sun", "2026-11-29"),
    ],
)
def test_edges_of_the_calendar(today: str, text: str, day: str) -> None:
    assert parse_day(text, date.fromisoformat(today)).isoformat() == day


@given(days, st.sampled_from(tuple(calendar.day_abbr)))
def test_a_weekday_is_the_next_one(today: date, name: str) -> None:
    found = parse_day(name, today)
    assert found.strftime("%a") == name
    assert timedelta(days=1) <= found - today <= timedelta(days=7)


@given(days, days)
def test_a_day_without_year_is_never_past(today: date, other: date) -> None:
    found = parse_day(f"{other.day}{other:%b}", today)
    assert (found.month, found.day) == (other.month, other.day)
    assert today <= found <= today + timedelta(days=8 * 366)


@given(days)
def test_iso_days_are_read_as_written(day: date) -> None:
    assert iso_day(day.isoformat()) == parse_day(day.isoformat(), FRIDAY) == day


@pytest.mark.parametrize(
    "text", ["2026-W01-1", "20260101", "2026-1-1", "today", "2026-01-01T00:00"]
)
def test_iso_means_one_way_only(text: str) -> None:
    with pytest.raises(InvalidValueError, match="2027-01-18"):
        iso_day(text)


def test_a_time_of_day_may_follow() -> None:
    assert parse_when("fri 10:30", FRIDAY) == (date(2026, 11, 27), time(10, 30))
    assert parse_when("18 jan 9:05", FRIDAY) == (date(2027, 1, 18), time(9, 5))
    assert parse_when("+3d", FRIDAY) == (date(2026, 11, 23), None)


def test_a_time_of_day_is_refused_where_none_is_kept() -> None:
    with pytest.raises(InvalidValueError, match="No time of day is kept here") as refused:
        parse_day("18 jan 10:30", FRIDAY)
    assert refused.value.cure == "write 18 jan"


@pytest.mark.parametrize("at", [None, time(9, 5)])
def test_a_day_typed_for_somebody_is_read_back(at: time | None) -> None:
    assert parse_when(typed_when(FRIDAY, at), FRIDAY) == (FRIDAY, at)


@pytest.mark.parametrize("text", ["fri 24:00", "fri 10:60", "10:30", "fri 10", "fri 10:3"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_when(text, FRIDAY)


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


@pytest.mark.parametrize("text", ["+3d 10:30", " +3D  10:30 "])
def test_a_time_of_day_after_days_ahead(text: str) -> None:
    assert parse_when(text, date(2026, 11, 20)) == (date(2026, 11, 23), time(10, 30))
