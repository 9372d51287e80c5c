"""A calendar goes on from the one before: stable ids, numbers that count up, what fell away cancelled."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from review_board.errors import InvalidValueError
from review_board.judgement.due.tasks import TaskKind
from review_board.tasks.appointments import (
    Appointment,
    appointments,
    calendar_text,
    prospect_of,
    uid_of,
)
from review_board.tasks.lists import collect_tasks
from tests.tui.conftest import HARBOR, HOSTILE, SMALL, disk_of, document, open_board

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


def call_back(who: str = "p-1", day: date = DAY, at: time | None = None, name: str = "Pell") -> Any:
    uid = uid_of(who, TaskKind.CALLBACK)
    return Appointment(uid, day, at, f"Call {name} back", ("Call them: the budget is voted",))


def events(text: bytes) -> dict[str, Any]:
    calendar: Any = Calendar.from_ical(text)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def numbers(text: bytes) -> dict[str, tuple[int, str]]:
    return {
        prospect_of(uid): (int(event.get("sequence", 0)), str(event.get("status", "")))
        for uid, event in events(text).items()
    }


def later(days: int = 0, hours: int = 1) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def test_what_is_the_same_stays_to_the_letter() -> None:
    first = calendar_text([call_back(at=time(10, 30)), call_back("p-2")], b"", NOW)
    assert calendar_text([call_back("p-2"), call_back(at=time(10, 30))], first, later()) == first


def test_a_change_counts_up_and_moves_the_same_event() -> None:
    first = calendar_text([call_back()], b"", NOW)
    second = calendar_text([call_back(day=DAY + timedelta(3))], first, later())
    assert numbers(second) == {"p-1": (1, "")}
    third = calendar_text([call_back(day=DAY + timedelta(3), at=time(9))], second, later())
    assert numbers(third) == {"p-1": (2, "")}
    (event,) = events(third).values()
    assert event["dtstart"].dt == datetime(2026, 11, 28, 9, 0)  # noqa: DTZ001 - of no zone


def test_what_fell_away_is_cancelled_once_and_may_come_back() -> None:
    first = calendar_text([call_back(), call_back("p-2")], b"", NOW)
    second = calendar_text([call_back("p-2")], first, later())
    assert numbers(second) == {"p-1": (1, "CANCELLED"), "p-2": (0, "")}
    assert calendar_text([call_back("p-2")], second, later(hours=2)) == second
    third = calendar_text([call_back(), call_back("p-2")], second, later(hours=3))
    assert numbers(third) == {"p-1": (2, ""), "p-2": (0, "")}


def test_a_day_that_is_past_is_not_cancelled_and_leaves_the_file_in_time() -> None:
    first = calendar_text([call_back()], b"", NOW)
    past = calendar_text([], first, later(days=10))
    assert numbers(past) == {"p-1": (0, "")}
    assert numbers(calendar_text([], past, later(days=40))) == {}


def test_only_the_touched_are_compared() -> None:
    first = calendar_text([call_back(), call_back("p-2"), call_back("p-3")], b"", NOW)
    moved = call_back("p-2", DAY + timedelta(1))
    second = calendar_text([moved], first, later(), frozenset({"p-2", "p-3"}))
    assert numbers(second) == {"p-1": (0, ""), "p-2": (1, ""), "p-3": (1, "CANCELLED")}


@pytest.mark.parametrize(
    "before",
    [
        b"my shopping list",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"\xff\xfe\x00",
        calendar_text([call_back()], b"", NOW).replace(
            b"DTSTART;VALUE=DATE:20261125", b"DTSTART;VALUE=PERIOD:20261125T103000Z/PT1H"
        ),
    ],
)
def test_what_is_not_ours_is_refused(before: bytes) -> None:
    with pytest.raises(InvalidValueError, match="name another file"):
        calendar_text([call_back()], before, NOW)


@given(st.binary(max_size=200))
def test_any_bytes_give_only_our_own_error(before: bytes) -> None:
    with suppress(InvalidValueError):
        calendar_text([call_back()], before, NOW)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_data(name: str) -> None:
    first = calendar_text([call_back(name=name)], b"", NOW)
    assert len(events(first)) == 1
    assert calendar_text([call_back(name=name)], first, later()) == first


def test_a_board_gives_callbacks_steps_bets_and_wake_ups() -> None:
    step = {"on": "2026-11-24", "time": "10:30", "action": "send the deck"}
    board = open_board(disk_of((*SMALL, document("Pell", next_step=step), HARBOR)))
    found = {one.summary: one for one in appointments(collect_tasks(board))}
    assert set(found) == {"Call Northgate Schools back", "Pell: the next step"}
    assert found["Pell: the next step"].time == time(10, 30)
    assert found["Pell: the next step"].details == ("Send the deck at 10:30", "Owner: ann")
    northgate = found["Call Northgate Schools back"]
    assert northgate.uid == "p-northgate-schools.callback@review-board"
    assert northgate.day == date(2027, 1, 18)
    assert "Value: $60,000" in northgate.details
