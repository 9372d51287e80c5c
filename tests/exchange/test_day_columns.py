from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.day_columns import (
    ParsedDay,
    day_reader,
    looks_like_day,
    order_in_file,
    read_day,
)
from review_board.exchange.import_result import DateOrder
from tests.exchange.support import taken

DAY = date(2021, 4, 15)


@pytest.mark.parametrize(
    "cell",
    [
        "2021-04-15", "2021/04/15", "2021.4.15", "15.04.2021", "15.4.21", "15 Apr 2021",
        "15 April, 2021", "15-Apr-2021", "April 15, 2021", "Apr. 15th 2021", "15. April 2021",
        "15 de abril de 2021", "15 abr 2021", "Thu, 15 Apr 2021", "15 / 04 / 2021", "15 апреля 2021 г.", "апреля 15, 2021", "1618444800", "1618444800000",
    ],
)  # fmt: skip
def test_shapes_of_one_day(cell: str) -> None:
    assert looks_like_day(cell)
    assert read_day(cell, None).day == DAY


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("15 Apr, 2021 00:03:00", datetime(2021, 4, 15, 0, 3, tzinfo=UTC)),
        ("2021-04-15T20:47:07.000Z", datetime(2021, 4, 15, 20, 47, 7, tzinfo=UTC)),
        ("2021-04-15 20:47", datetime(2021, 4, 15, 20, 47, tzinfo=UTC)),
        ("2021-04-15T20:47:07.5+02:00", datetime(2021, 4, 15, 18, 47, 7, tzinfo=UTC)),
        ("2021-04-15T12:00:00.000Z-0300", datetime(2021, 4, 15, 15, tzinfo=UTC)),
        ("4/15/2021 12:05 AM", datetime(2021, 4, 15, 0, 5, tzinfo=UTC)),
        ("4/15/2021 2:22:00 PM", datetime(2021, 4, 15, 14, 22, tzinfo=UTC)),
        ("15 Apr 2021 at 14:22 UTC", datetime(2021, 4, 15, 14, 22, tzinfo=UTC)),
        ("15 Apr 2021 14:22 CET", datetime(2021, 4, 15, 13, 22, tzinfo=UTC)),
        ("2021-04-15 10:00 pst", datetime(2021, 4, 15, 18, tzinfo=UTC)),
        ("2021-04-15 10:00 GMT+2", datetime(2021, 4, 15, 8, tzinfo=UTC)),
    ],
)
def test_shapes_of_one_moment(cell: str, moment: datetime) -> None:
    assert read_day(cell, "mdy").moment(UTC) == moment


def test_a_moment_without_a_zone_is_read_in_the_one_given() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert ParsedDay(DAY, time(0, 3)).moment(zone).isoformat() == "2021-04-15T00:03:00+02:00"
    assert ParsedDay(DAY).moment(zone).date() == DAY


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["03/04/2021", "15/04/2021"], date(2021, 4, 3)),
        (["03/04/2021", "04/15/2021"], date(2021, 3, 4)),
        (["03-04-2021", "12-31-2020"], date(2021, 3, 4)),
        (["03/04/2021 10:00", "31/12/2020"], date(2021, 4, 3)),
        (["03.04.2021", "12.18.2020"], date(2021, 3, 4)),
        (["03.04.2021", "12.18.2020", "18.12.2020"], date(2021, 4, 3)),
        (["03.04.2021", "12/18/2020"], date(2021, 4, 3)),
    ],
)
def test_one_value_settles_the_column(cells: list[str], day: date) -> None:
    when = day_reader(cells, "Close Date", None)(cells[0])
    assert when is not None
    assert when.day == day


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_an_order_that_is_given_settles_it(order: DateOrder) -> None:
    when = day_reader(["03/04/2021"], "Close Date", order)("03/04/2021")
    assert when is not None
    assert (when.day.day, when.day.month) == ((3, 4) if order == "dmy" else (4, 3))


def test_a_column_that_may_mean_both_asks_which() -> None:
    with pytest.raises(
        InvalidValueError, match=r"'Close Date': 01/02/2026 may mean two.*--dates dmy"
    ):
        day_reader(["01/02/2026", "03/03/2026"], "Close Date", None)


def test_a_column_that_mixes_both_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"mixes day first"):
        day_reader(["31/12/2020", "12/31/2020"], "Close Date", None)


def test_all_columns_of_days_decide_together() -> None:
    assert order_in_file([["9/1/2026"], ["12/15/2026"]]) == "mdy"
    assert order_in_file([["9/1/2026"], ["15/12/2026"], ["12/15/2026"]]) is None
    read = day_reader(["9/1/2026"], "Created", None, "mdy")
    assert read("9/1/2026") == ParsedDay(date(2026, 9, 1))
    own = day_reader(["9/1/2026", "31/1/2026", "30/1/2026"], "Created", None, "mdy")
    assert own("9/1/2026") == ParsedDay(date(2026, 1, 9))
    alone = day_reader(["9/1/2026", "31/1/2026"], "Created", None, "mdy")
    assert alone("9/1/2026") == ParsedDay(date(2026, 9, 1))


def test_how_days_that_may_be_two_were_read_is_told() -> None:
    result = taken("Deal,Amount,Close Date\nA,100,15/12/2026\nB,200,3/12/2026\n")
    assert result.day_order == "dmy"
    said = "days were read with the day first, as 15/12/2026 shows: --dates mdy turns them"
    assert said in result.notices
    proven = taken("Deal,Amount,Close Date\nA,100,12/15/2026\n")
    assert (proven.day_order, [n for n in proven.notices if "days" in n]) == ("mdy", [])


def test_the_day_that_is_told_is_one_of_the_first_column_whichever_run_reads_it() -> None:
    rows = "A,25/10/2026,15/12/2026,17/10/2026\nB,1/2/2026,3/4/2026,2/3/2026\n"
    notices = taken(f"Deal,Created On,Close Date,Last contacted\n{rows}").notices
    assert [n.partition(":")[0] for n in notices if "first" in n] == [
        "days were read with the day first, as 25/10/2026 shows"
    ]


def test_columns_that_contradict_one_another_are_each_told() -> None:
    rows = "A,100,31/01/2026,12/13/2026\nB,200,5/6/2026,11/12/2026\n"
    notices = taken(f"Deal,Amount,Created On,Close Date\n{rows}").notices
    assert [n.partition(":")[0] for n in notices if "days" in n] == [
        "days were read with the day first, as 31/01/2026 shows",
        "days were read with the month first, as 12/13/2026 shows",
    ]


def test_one_day_against_many_costs_only_its_cell() -> None:
    cells = ["12/15/2026", "12/31/2026", "9/1/2026", "25/12/2026"]
    assert order_in_file([cells]) == "mdy"
    read = day_reader(cells, "Close Date", None)
    assert read("9/1/2026") == ParsedDay(date(2026, 9, 1))
    with pytest.raises(InvalidValueError, match="25/12/2026"):
        read("25/12/2026")
    list_ = "Deal,Amount,Close Date,Created\n" + "".join(
        f"D{i},{i}00,{day},{created}\n"
        for i, (day, created) in enumerate(
            [("12/15/2026", "1/2/2026"), ("25/12/2026", "1/20/2026"), ("12/31/2026", "3/2/2026")], 1
        )
    )
    result = taken(list_)
    closing = [str(p.close_date) for p in result.prospects]
    assert closing == ["2026-12-15", "None", "2026-12-31"]
    assert [p.created.month for p in result.prospects if p.created] == [1, 1, 3]
    assert "25/12/2026" in result.prospects[1].notes[0].text
    assert any("'25/12/2026' (row 3)" in notice for notice in result.notices)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Nov 5", "2026-11-05"),
        ("5 de noviembre", "2026-11-05"),
        ("5 ноября", "2026-11-05"),
        ("24 października", "2026-10-24"),
        ("5. Nov", "2026-11-05"),
        ("Dec 24", "2025-12-24"),
        ("29 Feb", "2024-02-29"),
    ],
)
def test_a_day_without_its_year_is_the_last_past(cell: str, day: str) -> None:
    read = day_reader([cell], "Last touch", None, yearless=(date(2026, 11, 29), -1))
    assert str(read(cell).day) == day  # type: ignore[union-attr]
    with pytest.raises(InvalidValueError):
        day_reader([cell], "Close Date", None)(cell)


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("46374", "2026-12-18 None"),
        ("46374.5", "2026-12-18 12:00:00"),
        ("25569", "1970-01-01 None"),
    ],
)
def test_day_numbers_of_a_spreadsheet(cell: str, when: str) -> None:
    read = read_day(cell, None)
    assert f"{read.day} {read.clock}" == when


def test_equal_day_and_month_and_dots_need_no_order() -> None:
    assert day_reader(["03/03/2026", "01.02.2026"], "d", None)("01.02.2026") == ParsedDay(
        date(2026, 2, 1)
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30", "2026-99-99", "9999-12-31", "0000-00-00", "02/29/2025", "Yesterday", "nan",
        "2026-W01-1", "٢٠٢٦-٠١-٠١", "15 Foo 2021", "2021-04-15 25:00", "13:61", "4/15/2021 13:00 PM",
        "1/1/1", "4529", "145291",
    ],
)  # fmt: skip
def test_what_is_no_day(cell: str) -> None:
    with pytest.raises(InvalidValueError):
        read_day(cell, "mdy")


def test_what_is_no_day_in_any_order_leaves_no_doubt_about_the_column() -> None:
    read = day_reader(["2027-01-18", "13/45/2026"], "Close Date", None)
    found = read("2027-01-18")
    assert found is not None
    assert found.day == date(2027, 1, 18)
    with pytest.raises(InvalidValueError, match="13/45/2026"):
        read("13/45/2026")


@pytest.mark.parametrize("said", [None, "mdy"])
def test_who_says_that_the_month_comes_first_means_days_with_dots_that_prove_it_too(
    said: DateOrder | None,
) -> None:
    rows = "Roof,Demo,10.28.2026\nPump,Demo,11.03.2026\n"
    days = [p.close_date for p in taken(f"Deal,Stage,Close Date\n{rows}", dates=said).prospects]
    assert days == [date(2026, 10, 28), date(2026, 11, 3)]
