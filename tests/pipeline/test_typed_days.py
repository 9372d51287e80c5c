"""Typed days and times: each form in one way only, each refusal with the word to blame."""

import calendar
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.pipeline.dates import typed_when
from review_board.pipeline.typed_days import (
    DayError,
    coming_when,
    day_up_to_today,
    parse_day,
    parse_when,
    past_day,
    past_when,
)
from review_board.settings.setting_groups import Calendar

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
        ("+2 weeks", "2026-12-04"),
        ("in 3 months", "2027-02-20"),
        ("in 2 weeks", "2026-12-04"),
        ("2 weeks", "2026-12-04"),
        ("3 days", "2026-11-23"),
        ("in two weeks", "2026-12-04"),
        ("in a month", "2026-12-20"),
        ("a week", "2026-11-27"),
        ("in 1 year", "2027-11-20"),
        ("2 wks", "2026-12-04"),
        ("mon", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("on fri", "2026-11-27"),
        ("by Fri", "2026-11-27"),
        ("this mon", "2026-11-23"),
        ("tues", "2026-11-24"),
        ("weds", "2026-11-25"),
        ("Thursday", "2026-11-26"),
        ("Fri 4 Dec", "2026-12-04"),
        ("18jan", "2027-01-18"),
        ("18 Jan", "2027-01-18"),
        ("18th of january", "2027-01-18"),
        ("18 january 2028", "2028-01-18"),
        ("jan 18", "2027-01-18"),
        ("Jan 18th, 2028", "2028-01-18"),
        ("31 dec", "2026-12-31"),
        ("Dec. 31", "2026-12-31"),
        ("31-dec-2026", "2026-12-31"),
        ("20nov", "2026-11-20"),
        ("19nov", "2027-11-19"),
        ("1sept", "2027-09-01"),
        ("29feb", "2028-02-29"),
        ("the 15th", "2026-12-15"),
        ("20th", "2026-11-20"),
        ("31st", "2026-12-31"),
        ("2027-01-18", "2027-01-18"),
        ("2028-02-29", "2028-02-29"),
        ("2026-12-1", "2026-12-01"),
        ("2026/12/01", "2026-12-01"),
        ("12/31/2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("31.12.26", "2026-12-31"),
        ("12/31/26", "2026-12-31"),
        ("05/05/2027", "2027-05-05"),
        ("15/1", "2027-01-15"),
        ("1/15", "2027-01-15"),
        ("15.1.", "2027-01-15"),
        ("7.12.", "2026-12-07"),
        ("07.12.2026", "2026-12-07"),
        ("12.31.2026", "2026-12-31"),
        ("eow", "2026-11-20"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of next week", "2026-11-27"),
        ("end of january", "2027-01-31"),
        ("end of feb 2028", "2028-02-29"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("next quarter", "2027-01-01"),
        ("next year", "2027-01-01"),
        ("nextq", "2027-01-01"),
        ("monday week", "2026-11-30"),
        ("a week on tue", "2026-12-01"),
        ("tomorrow week", "2026-11-28"),
        ("in a fortnight", "2026-12-04"),
        ("in 5 years", "2031-11-20"),
        ("  FRI ", "2026-11-27"),
    ],
)
def test_day_is_read(text: str, day: str) -> None:
    assert parse_day(text, FRIDAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("01/02/2026", ("2026-01-02", "2026-02-01")),
        ("1-2-2026", ("2026-01-02", "2026-02-01")),
        ("1/2", ("2027-01-02", "2027-02-01")),
        ("next fri", ("2026-11-27", "2026-12-04")),
        ("next monday", ("2026-11-23", "2026-11-30")),
        ("this friday", ("2026-11-20", "2026-11-27")),
        ("friday week", ("2026-11-27", "2026-12-04")),
    ],
)
def test_what_may_be_two_days_is_asked_with_both(text: str, days: tuple[str, str]) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, FRIDAY)
    assert refused.value.message.startswith(f"{text} may be ")
    assert refused.value.cure == f"write {days[0]} or {days[1]}"
    assert refused.value.is_day
    for day in days:
        assert parse_day(day, FRIDAY).isoformat() == day


def test_the_question_names_the_days_as_they_are_shown() -> None:
    with pytest.raises(DayError, match="next fri may be Fri 27 Nov or Fri 4 Dec"):
        parse_when("next fri 3pm", FRIDAY)


@pytest.mark.parametrize(
    ("text", "word", "message"),
    [
        ("2027-02-30", "2027-02-30", "is not in the calendar"),
        ("30/2/2027", "30/2/2027", "is not in the calendar"),
        ("31apr", "31apr", "is not in the calendar"),
        ("32 jan", "32 jan", "is not in the calendar"),
        ("40th", "40th", "is not in the calendar"),
        ("29feb 2027", "29feb 2027", "is not in the calendar"),
        ("9999-12-31", "9999-12-31", "is outside 1970 to 2100"),
        ("+9999w", "+9999w", "is outside 1970 to 2100"),
        ("+9999m", "+9999m", "is outside 1970 to 2100"),
        ("in 400 weeks", "in 400 weeks", "is 21 Jul 2034, far ahead"),
        ("-3d", "-3d", "is over"),
        ("yesterday", "yesterday", "is over"),
        ("2 weeks ago", "2 weeks ago", "is over"),
        ("last fri", "last fri", "is over"),
        ("march", "march", "is a month without a day"),
        ("Thu 4 Dec", "thu 4 dec", "that day is Fri 4 Dec"),
        ("thrusday", "thrusday", "is not a day I can read"),
        ("in 3 mnoths", "mnoths", "is not a day I can read"),
        ("someday", "someday", "is not a day I can read"),
    ],
)
def test_a_refusal_names_the_word_and_why(text: str, word: str, message: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, FRIDAY)
    assert refused.value.word == word
    assert word in refused.value.message
    assert message in refused.value.message


def test_a_word_that_is_nearly_one_is_suggested() -> None:
    with pytest.raises(DayError) as refused:
        parse_day("in 3 mnoths", FRIDAY)
    assert refused.value.cure == "did you mean months?"


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "fr", "friyay", "18", "jan", "18foo", "18ja", "0jan", "+3", "+12345d"),
        *("2026-02-30", "2027-02-29", "2026-W01-1", "2026-001", "20261120", "0001-01-01"),
        *("1969-12-31", "2101-01-01", "18jan9999", "31 12", "3-4", "1.5", "13/13", "next", "in"),
        *(
            "٢٠٢٦-٠١-٠٢",
            "2026-11-20T10:00",
            "nan",
            "2026-11-20 10:30",
            "in 2 hours",
            "0/0",
            "and",
            "fri and",
        ),
    ],
)
def test_day_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, FRIDAY)
    assert refused.value.cure
    assert len(str(refused.value)) < 200


_PIECES = st.sampled_from(
    [
        *("in", "next", "last", "this", "end of", "the", "at", "on", "+", "-", "/", ".", ":", " "),
        *("0", "1", "2", "3", "15", "30", "31", "99", "2026", "2027", "th", "pm", "am", "a", "two"),
        *("fri", "monday", "jan", "feb", "december", "d", "w", "weeks", "months", "q", "eom", "x"),
        *("someday", "thrusday", "ago", "week", "quarter", ","),
    ]
)
_TYPED = st.one_of(
    st.text(max_size=12),
    st.lists(_PIECES, min_size=1, max_size=6).map("".join),
    st.lists(_PIECES, min_size=1, max_size=6).map(" ".join),
)


@given(_TYPED, days)
def test_any_typed_day_is_read_or_the_error_names_the_word(text: str, today: date) -> None:
    typed = " ".join(text.replace(",", " ").split()).casefold()
    for read in (parse_when, past_when, parse_day, past_day):
        if error := _refusal(read, text, today):
            assert error.word.replace(",", " ").casefold() in typed or "," in text
            assert repr(error.word[:40])[1:-1] in error.message or error.word in error.message
            assert error.cure


def _refusal(read: Callable[[str, date], object], text: str, today: date) -> DayError | None:
    try:
        read(text, today)
    except DayError as error:
        return error
    return None


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
        ("2026-11-22", "eow", "2026-11-27"),
        ("2026-11-22", "next week", "2026-11-23"),
        ("2027-01-31", "30th", "2027-03-30"),
        ("2026-11-29", "end of nov", "2026-11-30"),
        ("2026-11-30", "end of nov", "2026-11-30"),
        ("2026-12-01", "end of nov", "2027-11-30"),
        ("2028-02-29", "end of feb", "2028-02-29"),
        ("2028-03-01", "end of feb", "2029-02-28"),
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


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("fri 10:30", time(10, 30)),
        ("fri 9:05", time(9, 5)),
        ("fri 15:00", time(15)),
        ("fri 3pm", time(15)),
        ("fri 3 pm", time(15)),
        ("fri 3:30pm", time(15, 30)),
        ("fri 3.30 p.m.", time(15, 30)),
        ("fri at 3PM", time(15)),
        ("fri, 12am", time(0)),
        ("fri 12pm", time(12)),
        ("3pm fri", time(15)),
        ("fri noon", time(12)),
        ("midday fri", time(12)),
        ("fri at 15h", time(15)),
        ("fri 15h30", time(15, 30)),
        ("Fri 15 Uhr", time(15)),
        ("at 15:00 on fri", time(15)),
        ("Fri 27 Nov 15:00", time(15)),
        ("in 1 week 3pm", time(15)),
        ("fri", None),
    ],
)
def test_a_time_of_day_may_stand_beside_the_day(text: str, at: time | None) -> None:
    assert parse_when(text, FRIDAY) == (date(2026, 11, 27), at)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(("fri 24:00", "24:00"), ("fri 10:60", "10:60"), ("fri 13pm", "13pm"), ("fri 0am", "0am")),
        *(("fri 10", "10"), ("fri 3", "3"), ("10:30", "10:30"), ("3pm", "3pm"), ("25:00", "25:00")),
    ],
)
def test_a_time_that_is_none_is_refused_by_its_name(text: str, word: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_when(text, FRIDAY)
    assert refused.value.word == word
    assert refused.value.message.startswith(f"{word} is ")


def test_a_time_of_day_is_refused_where_none_is_kept() -> None:
    with pytest.raises(DayError, match="No time of day is kept here: leave out 10:30") as refused:
        parse_day("18 jan 10:30", FRIDAY)
    assert refused.value.cure == "write 2027-01-18"


@pytest.mark.parametrize("at", [None, time(9, 5)])
def test_a_day_typed_for_somebody_is_read_back(at: time | None) -> None:
    assert parse_when(typed_when(FRIDAY, at), FRIDAY) == (FRIDAY, at)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("-3d", "2026-11-17"),
        ("3 days ago", "2026-11-17"),
        ("two weeks ago", "2026-11-06"),
        ("-2w", "2026-11-06"),
        ("thu", "2026-11-19"),
        ("mon", "2026-11-16"),
        ("fri", "2026-11-13"),
        ("18nov", "2026-11-18"),
        ("18 nov", "2026-11-18"),
        ("24dec", "2025-12-24"),
        ("29feb", "2024-02-29"),
        ("15/1", "2026-01-15"),
        ("the 15th", "2026-11-15"),
        ("2026-11-18", "2026-11-18"),
        ("12/31/2025", "2025-12-31"),
    ],
)
def test_days_that_are_over_are_read_backwards(text: str, day: str) -> None:
    assert past_day(text, FRIDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-11-29", "2025-11-30"), ("2026-11-30", "2026-11-30"), ("2026-12-01", "2026-11-30")],
)
def test_the_end_of_a_month_that_is_over(today: str, day: str) -> None:
    assert past_day("end of nov", date.fromisoformat(today)).isoformat() == day


def test_of_two_readings_one_that_is_over_is_not_meant_by_what_is_to_come() -> None:
    assert coming_when("12/7/2026", FRIDAY) == (date(2026, 12, 7), None)
    assert past_day("7/12/2026", FRIDAY) == date(2026, 7, 12)
    for read in (parse_day, coming_when):
        with pytest.raises(DayError, match="may be"):
            read("3/4/2027", FRIDAY)


def test_from_when_on_something_counts_a_weekday_may_be_today() -> None:
    assert day_up_to_today("fri", FRIDAY) == FRIDAY
    assert day_up_to_today("thu", FRIDAY) == date(2026, 11, 19)
    assert past_day("fri", FRIDAY) == date(2026, 11, 13)


def test_a_past_day_has_a_time_too() -> None:
    assert past_when("18 nov 3pm", FRIDAY) == (date(2026, 11, 18), time(15))


def test_the_last_friday_may_be_two_days() -> None:
    with pytest.raises(DayError, match="last fri may be Fri 6 Nov or Fri 13 Nov"):
        past_day("last fri", FRIDAY)


@pytest.mark.parametrize(
    "text", ["+1d", "2026-11-21", "24dec2026", "eom", "nextq", "tomorrow", "in 2 weeks", "next fri"]
)
def test_what_is_to_come_is_refused_where_it_must_be_over(text: str) -> None:
    with pytest.raises(DayError, match="is still to come"):
        past_day(text, FRIDAY)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-11-20", "nextq", "2027-01-04"),
        ("2026-11-20", "next quarter", "2027-01-04"),
        ("2025-11-20", "next year", "2026-01-02"),
        ("2026-07-10", "next month", "2026-08-03"),
        ("2026-11-20", "next week", "2026-11-23"),
        ("2026-11-20", "1jan", "2027-01-01"),
    ],
)
def test_what_we_do_next_quarter_we_do_on_a_working_day(today: str, text: str, day: str) -> None:
    for read in (parse_when, coming_when):
        assert read(text, date.fromisoformat(today))[0].isoformat() == day


def test_a_holiday_of_the_settings_is_no_working_day() -> None:
    free = Calendar.model_validate({"holidays": ["2027-01-04"]})
    assert coming_when("nextq", FRIDAY, free.working_from)[0].isoformat() == "2027-01-05"
