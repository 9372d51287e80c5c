"""Days off: dates and calendar files in the settings, and what a bad file is told."""

from datetime import date
from pathlib import Path

import pytest

from review_board.errors import SettingsError
from review_board.pipeline.vocabulary import Track
from review_board.settings.assignments import override
from review_board.settings.holidays import CalendarFileError, holidays_in
from review_board.settings.reading import read_settings

EVENT = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}\nEND:VEVENT\nEND:VCALENDAR\n"
CHRISTMAS = EVENT.format("DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY")


def in_file(folder: Path, *lines: str) -> set[date]:
    path = folder / "off.ics"
    path.write_text(EVENT.format("\n".join(lines)), encoding="utf-8")
    return set(holidays_in(path))


def settings_file(folder: Path, holidays: str) -> Path:
    path = folder / "config.toml"
    path.write_text(f"currency = 'EUR'\n[calendar]\nholidays = {holidays}\n", encoding="utf-8")
    return path


def test_days_and_files_are_no_working_days(tmp_path: Path) -> None:
    (tmp_path / "off.ics").write_text(CHRISTMAS, encoding="utf-8")
    settings = read_settings(settings_file(tmp_path, "['off.ics', 2026-12-28]")).settings
    calendar = settings.calendar
    assert calendar.holidays == (str(tmp_path / "off.ics"), "2026-12-28")
    assert calendar.is_working(date(2026, 12, 24))
    assert calendar.working_from(date(2026, 12, 25)) == date(2026, 12, 29)
    assert calendar.working_until(date(2026, 12, 28), date(2026, 12, 1)) == date(2026, 12, 24)
    assert not calendar.is_working(date(2031, 12, 25))
    assert settings.first_touch(Track.MONTHLY_EMAIL, date(2026, 11, 25)) == date(2026, 12, 29)


def test_other_settings_on_top_keep_the_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "off.ics").write_text(CHRISTMAS, encoding="utf-8")
    settings = read_settings(settings_file(tmp_path, "['off.ics']")).settings
    monkeypatch.chdir("/")
    assert not override(settings, ["recent_days=20"]).calendar.is_working(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"], ["24", "25", "26"]),
        (["DTSTART:20261224", "DURATION:P2D", "SUMMARY:a: b; c"], ["24", "25"]),
        (["DTSTART;VALUE=DA", " TE:20261224", "DTEND:20261224"], ["24"]),
        (["DTSTART:20261224", "RDATE:20261226,20261228", "EXDATE:20261224"], ["26", "28"]),
        (["DTSTART:20261224", "RDATE:20261226T090000", "EXDATE:20261224T000000Z"], ["26"]),
        (
            [
                "DTSTART:20261224",
                "BEGIN:VALARM",
                "DURATION:PT15M",
                "DTSTART:20260101",
                "END:VALARM",
            ],
            ["24"],
        ),
    ],
)
def test_an_event_takes_its_days(tmp_path: Path, lines: list[str], days: list[str]) -> None:
    assert in_file(tmp_path, *lines) == {date(2026, 12, int(day)) for day in days}


@pytest.mark.parametrize(
    ("start", "rule", "days"),
    [
        ("20241226", "COUNT=2", ["2024-12-26", "2025-12-26"]),
        ("20241226", "UNTIL=20261226T000000Z;INTERVAL=2", ["2024-12-26", "2026-12-26"]),
        ("20240229", "UNTIL=20280301", ["2024-02-29", "2028-02-29"]),
        ("20251127", "BYMONTH=11;BYDAY=4TH;COUNT=2", ["2025-11-27", "2026-11-26"]),
        ("20250526", "BYMONTH=5;BYDAY=-1MO;COUNT=2", ["2025-05-26", "2026-05-25"]),
        ("20250101", "BYMONTH=1;BYMONTHDAY=1;COUNT=2;WKST=MO", ["2025-01-01", "2026-01-01"]),
    ],
)
def test_an_event_comes_again_each_year(
    tmp_path: Path, start: str, rule: str, days: list[str]
) -> None:
    found = in_file(tmp_path, f"DTSTART;VALUE=DATE:{start}", f"RRULE:FREQ=YEARLY;{rule}")
    assert sorted(map(str, found)) == days


def test_an_event_comes_again_each_week_or_month_until_its_end(tmp_path: Path) -> None:
    weekly = in_file(tmp_path, "DTSTART:20261204", "RRULE:FREQ=WEEKLY;COUNT=9;UNTIL=20261218")
    assert sorted(day.day for day in weekly) == [4, 11, 18]
    monthly = in_file(tmp_path, "DTSTART:20261231", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2")
    assert sorted(map(str, monthly)) == ["2026-12-31", "2027-01-31"]


def test_days_off_reach_from_1970_to_2100(tmp_path: Path) -> None:
    found = in_file(tmp_path, "DTSTART:16011225", "RRULE:FREQ=YEARLY")
    assert (min(found), max(found)) == (date(1970, 12, 25), date(2100, 12, 25))


def test_meetings_and_what_was_called_off_are_no_holidays(tmp_path: Path) -> None:
    text = CHRISTMAS.replace(
        "END:VCALENDAR",
        'BEGIN:VEVENT\nDTSTART;TZID="Europe/Berlin":20261201T090000\nRRULE:FREQ=DAILY\nEND:VEVENT\n'
        "BEGIN:VEVENT\nDTSTART:20261202\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR",
    )
    (tmp_path / "off.ics").write_text("\ufeff" + text.replace("\n", "\r\n"), encoding="utf-8")
    assert {day.month for day in holidays_in(tmp_path / "off.ics")} == {12}
    assert {day.day for day in holidays_in(tmp_path / "off.ics")} == {25}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["DTSTART:20261324"], "event '(no name)': DTSTART: Wrong date format 20261324"),
        (["UID:u1", "DTSTART:christmas"], "event 'u1': DTSTART: Expected "),
        (["DTSTART:20261224", "SUMMARY:Eve", "DTEND:20261201"], "event 'Eve': it ends before it"),
        (["DTSTART:20261224", "DURATION:PT5H"], "DURATION must be of days or weeks"),
        (["DTSTART:20261224", "RDATE:PT5H"], "5:00:00 is no day"),
        (["DTSTART:20261224", "RRULE:FREQ=HOURLY"], "FREQ=HOURLY does not repeat by days"),
        (["DTSTART:20261224", "RRULE:COUNT=3"], "COUNT=3 does not repeat by days"),
        (["DTSTART:20261224", "RRULE:FREQ=YEARLY;BYHOUR=3"], "BYHOUR=3 does not repeat by"),
        (["DTSTART:20261224", "RRULE:FREQ=YEARLY;INTERVAL=0"], "INTERVAL=0 does not repeat by"),
        (["DTSTART:20261224", "RRULE:FREQ=YEARLY;BYMONTH=13"], "BYMONTH=13 names no day up to"),
        (["DTSTART:00010101", "RRULE:FREQ=DAILY"], "takes more than 100,000 days"),
        (["DTSTART:00010101", "DTEND:99991231"], "takes more than 100,000 days"),
        (["DTSTART:99991231", "DURATION:P9D"], "date value out of range"),
        (["DTSTART:20261224", "no colon\x1b[31m here"], "'no colon"),
        (["END:VALARM"], "cannot be read: not a whole calendar (END encountered without"),
        (["DTSTART:21011224"], "off.ics holds no event that takes a whole day"),
        (["SUMMARY:a meeting"], "off.ics holds no event that takes a whole day"),
    ],
)
def test_a_bad_file_names_its_event(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(CalendarFileError) as refused:
        in_file(tmp_path, *lines)
    assert words in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\n", "no components"),
        (b"DTSTART:20261224\n", "does not have a parent"),
        (b"BEGIN:VEVENT\nDTSTART:20261224\nEND:VEVENT\n", "holds no event"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:a\nTZID:b\nEND:VTIMEZONE\nEND:VCALENDAR\n",
            "not a whole calendar",
        ),
        (b"\xff\xfe", "could not be parsed"),
        (b"", "no components"),
        (b"x" * 1_000_001, "it is larger than 1 MB"),
    ],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "off.ics").write_bytes(content)
    with pytest.raises(CalendarFileError, match=words):
        holidays_in(tmp_path / "off.ics")


@pytest.mark.parametrize(
    ("holidays", "words"),
    [
        ("['gone.ics']", "gone.ics cannot be read: no such file or directory"),
        ("['folder.ics']", "folder.ics: it is a folder, not a file"),
        ("['2026-12-24', 'christmas']", "'christmas' is not a day; write 2026-12-25, or"),
        ("['2026-02-30']", "2026-02-30 is not in the calendar"),
        ("[3]", "must be text in quotes, not 3"),
        ("'2026-12-25'", "must be a list in brackets"),
    ],
)
def test_a_fault_names_the_line_of_the_settings(tmp_path: Path, holidays: str, words: str) -> None:
    (tmp_path / "folder.ics").mkdir()
    path = settings_file(tmp_path, holidays)
    with pytest.raises(SettingsError) as refused:
        read_settings(path)
    assert f"{path}, line 3: calendar.holidays: " in str(refused.value)
    assert words in str(refused.value)
