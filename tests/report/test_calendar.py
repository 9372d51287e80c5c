"""The callbacks of a report as a calendar that other programs read."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from review_board.errors import ReviewBoardError
from review_board.pipeline.vocabulary import Column
from review_board.report.formats.calendar_file import report_calendar
from review_board.report.items import Item
from review_board.report.model import Report
from tests.judgement.build import day, money, promise, prospect
from tests.report.report_facts import look, report

HOSTILE = "Acme; BEGIN:VALARM, [@click=app.quit]\\n日本" + "W" * 90


def waiting(
    prospect_id: str, on: int, name: str = "Northgate Schools", **said: Any
) -> tuple[Item, ...]:
    """A callback of this review, so many days ahead."""
    return look(
        prospect(
            id=prospect_id,
            name=name,
            owner="ann",
            value=money(60_000),
            column=Column.CALLBACK,
            callback=promise(5, on, **said),
        ),
        mine=True,
    )


def made(*found: tuple[Item, ...]) -> Report:
    return report(found=tuple(item for each in found for item in each))


def events(found: Report) -> list[Any]:
    calendar: Any = Calendar.from_ical(report_calendar(found))
    return list(calendar.walk("VEVENT"))


def test_a_callback_is_a_whole_day_with_what_to_know_before_one_calls() -> None:
    (event,) = events(made(waiting("p-1", 59, change="the board has voted")))
    assert event["summary"] == "Call Northgate Schools back"
    assert (event["dtstart"].dt, event["dtend"].dt) == (day(-59), day(-59) + timedelta(days=1))
    assert event["description"].split("\n") == [
        "Value: $60,000",
        "Proof: proven",
        "They said: the board has voted",
        "Owner: ann",
    ]


def test_an_agreed_time_takes_an_hour_by_the_clock_on_the_wall() -> None:
    found = made(waiting("p-1", 59, time=time(23, 30)))
    (event,) = events(found)
    start = datetime.combine(day(-59), time(23, 30))
    assert (event["dtstart"].dt, event["dtend"].dt) == (start, start + timedelta(hours=1))
    assert event["dtstart"].dt.tzinfo is None
    assert "transp" not in event


def test_what_the_proof_lacks_is_asked_on_the_day() -> None:
    (event,) = events(made(waiting("p-1", 9, proven=False)))
    assert "Missing: " in event["description"]


def test_the_same_callback_is_the_same_event_in_a_later_report() -> None:
    (first,) = events(made(waiting("p-1", 9)))
    other, later = events(made(waiting("p-2", 3), waiting("p-1", 12)))
    assert first["uid"] == later["uid"] != other["uid"]


def test_a_day_that_is_over_is_in_no_calendar() -> None:
    found = events(made(waiting("p-late", -3), waiting("p-today", 0), waiting("p-next", 9)))
    assert [event["dtstart"].dt for event in found] == [day(0), day(-9)]


def test_a_name_is_text_and_nothing_else() -> None:
    found = made(waiting("p-1", 9, HOSTILE))
    (event,) = events(found)
    assert event["summary"] == f"Call {HOSTILE} back"
    assert max(len(line.encode()) for line in report_calendar(found).split("\r\n")) <= 75


def test_a_calendar_of_nothing_is_refused() -> None:
    with pytest.raises(ReviewBoardError, match="No callback of this report lies ahead"):
        report_calendar(made(waiting("p-1", -3)))
