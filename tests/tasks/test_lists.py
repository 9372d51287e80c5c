"""The three lists over an open board."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.board.filters import parse_filter
from review_board.judgement.due.tasks import TaskKind
from review_board.report.look_back import prepare_statistics
from review_board.report.prepare import ReportRequest, report_on
from review_board.samples import load_sample
from review_board.tasks.lists import (
    TaskData,
    best_hour,
    collect_tasks,
    due_lines,
    open_quotes,
    totals,
)
from tests.tui.conftest import Document, disk_of, document, open_board, touch

PROOF = {"asked_on": "2026-11-01", "asked_by_buyer": True, "reason": "budget", "change": "the vote"}


def callback(name: str, on: str, value: int, **fields: Any) -> Document:
    return document(name, "callback-pending", value, callback={"on": on, **PROOF}, **fields)


def step(name: str, on: str, value: int | None, **fields: Any) -> Document:
    talked = [touch("2026-11-10", "advanced")]
    return document(
        name, "active", value, next_step={"action": "call", "on": on}, touches=talked, **fields
    )


def at(time: str, made: Document) -> Document:
    dated = "callback" if "callback" in made else "next_step"
    return made | {dated: {**made[dated], "time": time}}


def in_euros(made: Document) -> Document:
    return made | {"value": {**made["value"], "currency": "EUR"}}


def quoted(name: str, amount: int, *tries: str, **fields: Any) -> Document:
    offer = {"amount": str(amount), "currency": fields.pop("currency", "USD")}
    met = touch("2026-10-20", "meeting", channel="in-person")
    return document(
        name,
        value=amount,
        touches=[met, *(touch(day, "voicemail") for day in tries)],
        quotes=[{"id": f"q-{name}", "sent_on": "2026-10-26", "amount": offer}],
        **fields,
    )


def board_of(*documents: Document) -> Board:
    return open_board(disk_of(documents))


def task_data(*documents: Document, **options: Any) -> TaskData:
    return collect_tasks(board_of(*documents), **options)


def test_alike_ones_stand_by_their_names() -> None:
    longer = quoted("Acme Bakery", 900, company="Acme Bakery")
    data = task_data(longer, quoted("Acme", 900, company="Zeta Group"))
    steps = [step(name, "2026-11-20", 900, company="Zeta") for name in ("Acme Bakery", "Acme")]
    due = due_lines(task_data(*steps))
    for lines in (due, best_hour(data).ranked, open_quotes(data).never):
        assert [line.entry.name for line in lines] == ["Acme", "Acme Bakery"]


# Due


def test_what_we_owe_comes_first_then_the_oldest_then_the_largest() -> None:
    found = due_lines(
        task_data(
            step("Late", "2026-11-01", 5000),
            step("Today small", "2026-11-20", 100),
            step("Today large", "2026-11-20", 9000),
            in_euros(step("Today in euros", "2026-11-20", 99000)),
            step("Tomorrow", "2026-11-21", 9000),
            callback("Owed", "2026-11-20", 100),
            callback("Owed longer", "2026-11-18", 10),
        )
    )
    assert [line.entry.name for line in found] == [
        "Owed longer",
        "Owed",
        "Late",
        "Today large",
        "Today small",
        "Today in euros",
    ]


def test_what_has_a_time_comes_in_its_order_within_the_day_then_the_rest_by_worth() -> None:
    found = due_lines(
        task_data(
            step("Any time", "2026-11-20", 90_000),
            step("Little, any time", "2026-11-20", 10),
            at("16:00", step("At four", "2026-11-20", 50_000)),
            at("09:00", in_euros(step("At nine", "2026-11-20", 10))),
            at("08:00", step("Tomorrow at eight", "2026-11-21", 10)),
            callback("Owed, any time", "2026-11-20", 90_000),
            at("14:30", callback("Owed at half past two", "2026-11-20", 100)),
            at("10:00", callback("Owed at ten", "2026-11-20", 50)),
            at("17:00Z", callback("Owed, written with a zone", "2026-11-20", 50)),
            at("17:00", callback("Owed since yesterday at five", "2026-11-19", 10)),
        ),
        days=1,
    )
    assert [line.entry.name for line in found] == [
        "Owed since yesterday at five",
        "Owed at ten",
        "Owed at half past two",
        "Owed, written with a zone",
        "Owed, any time",
        "At nine",
        "At four",
        "Any time",
        "Little, any time",
        "Tomorrow at eight",
    ]


@pytest.mark.parametrize(("days", "names"), [(0, []), (1, ["Soon"]), (59, ["Soon", "Far"])])
def test_days_look_ahead(days: int, names: list[str]) -> None:
    seen = task_data(step("Soon", "2026-11-21", 1), callback("Far", "2027-01-18", 1))
    assert [line.entry.name for line in due_lines(seen, days)] == names


def test_pressure_is_told_with_each_duty() -> None:
    tried = [touch("2026-11-19", "voicemail")]
    owed = callback("Owed", "2026-11-18", 100) | {"touches": []}
    assert due_lines(task_data(owed))[0].earliest == date(2026, 11, 20)
    allowed_from = step("Pressed", "2026-11-20", 1) | {"touches": tried}
    assert due_lines(task_data(allowed_from))[0].earliest == date(2026, 11, 23)


def test_a_filter_an_owner_and_mine_narrow_all_lists() -> None:
    seen = (
        step("A", "2026-11-20", 100),
        step("B", "2026-11-20", 20000, owner="raj"),
        step("C", "2026-11-20", 20000, owner="Ann Lee"),
    )
    board = board_of(*seen)

    def names(**options: Any) -> list[str]:
        return [line.entry.name for line in due_lines(collect_tasks(board, **options))]

    assert names(wanted=parse_filter("value>1k")) == ["B", "C"]
    assert names(wanted=parse_filter("owner:ann")) == ["C", "A"]
    assert names(mine="ann") == ["A"]
    assert names(wanted=parse_filter("tier:mid"), mine="raj") == ["B"]


def test_nobody_fits_only_where_there_is_a_filter_and_all_is_read() -> None:
    board = board_of(document("A"), document("Bought", won={"on": "2026-11-02"}))
    assert collect_tasks(board, parse_filter("owner:zoe")).fits_nobody
    assert collect_tasks(board, parse_filter("bought")).fits_nobody
    assert not collect_tasks(board, parse_filter("owner:ann")).fits_nobody
    assert not collect_tasks(board, parse_filter("rule:gone"), look=lambda _: None).fits_nobody
    assert not collect_tasks(board, mine="zoe").fits_nobody


# Best


def test_the_best_hour_is_ranked_by_payoff_each_currency_by_itself() -> None:
    found = best_hour(
        task_data(
            document("Small", value=1000),
            document("Large", value=90000),
            document("Unknown"),
            document("Hours", value=100000, hours="10"),
            in_euros(document("Euros", value=500)),
            in_euros(document("More euros", value=700)),
        )
    )
    assert [line.entry.name for line in found.ranked] == ["Large", "Hours", "Small", "Unknown"]
    assert [[line.entry.name for line in lines] for lines in found.other_currencies] == [
        ["More euros", "Euros"]
    ]
    assert found.count == 6
    assert found.ranked[0].payoff is not None
    assert found.ranked[0].payoff.amount == 27000
    assert found.ranked[-1].payoff is None


def test_what_its_sites_make_worth_an_hour_says_how_many_these_are() -> None:
    (chain, single) = best_hour(
        task_data(document("Chain", value=6000, locations=133), document("One", value=9000))
    ).ranked
    assert chain.action.endswith(" · $6k × 133 sites")
    assert "sites" not in single.action


def test_the_currency_of_most_values_is_the_main_one_and_who_has_no_value_comes_last() -> None:
    euros = [in_euros(document(name, value=n)) for name, n in (("Small", 500), ("Large", 700))]
    found = best_hour(task_data(document("Unknown"), document("Dollars", value=9000), *euros))
    assert [line.entry.name for line in found.ranked] == ["Large", "Small", "Unknown"]
    assert [[line.entry.name for line in lines] for lines in found.other_currencies] == [
        ["Dollars"]
    ]


def test_only_who_may_be_called_now_and_is_kept_is_ranked() -> None:
    found = best_hour(
        task_data(
            document("Fresh", value=1),
            document("Just tried", value=1, touches=[touch("2026-11-20", "voicemail")]),
            callback("Resting", "2027-01-18", 1),
            document("Nurtured", "nurture", 1),
            document("Dropped", "dropped", 1),
            document("Bought", value=1, won={"on": "2026-11-02"}),
            document("Left alone", value=1, do_not_contact={"at": "2026-11-02T09:00:00Z"}),
        )
    )
    assert [line.entry.name for line in found.ranked] == ["Fresh"]
    assert (found.waiting, found.first) == (2, date(2026, 11, 23))


def test_whom_we_reached_today_waits_as_who_was_tried_does() -> None:
    asked = {"on": "2027-01-15", "asked_on": "2026-11-20", "asked_by_buyer": True}
    put_off = [touch("2026-11-20", "deferred")]
    found = best_hour(
        task_data(
            document("Put off", "callback-pending", 9000, callback=asked, touches=put_off),
            document("Talked", value=9000, touches=[touch("2026-11-20", "talked")]),
            document("Talked before", value=1, touches=[touch("2026-11-18", "talked")]),
        )
    )
    assert [line.entry.name for line in found.ranked] == ["Talked before"]
    assert (found.waiting, found.first) == (2, date(2026, 11, 23))


def test_who_came_back_to_dropped_is_among_them() -> None:
    drop = {"at": "2026-10-01T09:00:00Z", "reason": "no-response"}
    came = touch("2026-11-15", "inbound")
    found = best_hour(
        task_data(
            document("Back", "dropped", 1, drop=drop, touches=[came]),
            document("Gone", "dropped", 1, drop=drop),
        )
    )
    assert [line.entry.name for line in found.ranked] == ["Back"]


def test_a_call_that_is_owed_and_planned_is_one_line() -> None:
    planned = {"next_step": {"action": "call them back", "on": "2026-11-20"}}
    found = due_lines(task_data(callback("Missed", "2026-11-08", 1, **planned)))
    assert [(line.task.kind, line.owed) for line in found] == [(TaskKind.CALLBACK, True)]


def test_what_is_owed_on_a_day_ahead_is_counted_apart_and_has_no_sign() -> None:
    later = {"next_step": {"action": "call", "on": "2026-11-27"}}
    found = task_data(quoted("Now", 1), quoted("Later", 2, **later))
    assert (found.owed, found.owed_later) == (1, 1)
    assert [(line.entry.name, line.owed) for line in due_lines(found, days=7)] == [
        ("Now", True),
        ("Later", False),
    ]
    assert open_quotes(found).later == 1


def test_what_has_an_agreed_step_ahead_waits_for_its_day_unless_it_is_owed() -> None:
    ahead = {"next_step": {"action": "letter", "on": "2026-11-29"}}
    found = best_hour(
        task_data(
            step("Letter", "2026-11-29", 9000),
            step("Samples", "2026-11-25", 9000),
            step("Today", "2026-11-20", 1),
            callback("Due", "2026-11-20", 1, **ahead),
            callback("Missed", "2026-11-08", 1, **ahead),
        )
    )
    assert {line.entry.name for line in found.ranked} == {"Today", "Due", "Missed"}
    assert (found.waiting, found.first) == (2, date(2026, 11, 25))


def test_what_we_owe_is_marked() -> None:
    found = best_hour(task_data(quoted("Quoted", 9000), step("Working", "2026-11-20", 1)))
    assert [(line.entry.name, line.owed) for line in found.ranked] == [
        ("Quoted", True),
        ("Working", False),
    ]


# Quotes


def test_quotes_stand_in_parts_the_largest_first() -> None:
    tries = ("2026-10-28", "2026-11-02", "2026-11-05", "2026-11-09", "2026-11-16")
    found = open_quotes(
        task_data(
            quoted("Never", 1000),
            quoted("Never large", 9000),
            in_euros(quoted("Never euros", 50000, currency="EUR")),
            quoted("Once", 5000, tries[0]),
            quoted("Often", 700, *tries),
            quoted("Dropped", 99000) | {"column": "dropped"},
        )
    )
    assert [line.entry.name for line in found.never] == ["Never large", "Never", "Never euros"]
    assert [line.entry.name for line in found.fewer] == ["Once"]
    assert [line.entry.name for line in found.enough] == ["Often"]
    assert found.waiting == 4
    assert found.never[0].age == 25


def test_a_quote_sent_today_is_owed_a_follow_up_later_as_one_followed_up_today_is() -> None:
    sent = quoted("Sent", 1000)
    sent["quotes"][0]["sent_on"] = "2026-11-20"
    data = task_data(sent, quoted("Followed up", 900, "2026-11-20"))
    found = open_quotes(data)
    assert [line.entry.name for line in (*found.never, *found.fewer)] == ["Sent", "Followed up"]
    assert (found.later, data.owed, data.owed_later) == (2, 0, 2)
    assert not found.others


def test_a_quote_counts_as_one_to_follow_up_where_the_report_says_that_we_owe_it() -> None:
    put_off = touch("2026-11-18", "deferred")
    board = board_of(
        quoted("Owed", 1000),
        quoted("Waits", 9000) | callback("Waits", "2026-12-18", 9000, touches=[put_off]),
        quoted("Asked for a call", 500) | callback("Asked for a call", "2026-11-19", 500),
    )
    found = open_quotes(collect_tasks(board))
    assert [line.entry.name for line in found.never] == ["Owed"]
    assert {line.entry.name for line in found.others} == {"Waits", "Asked for a call"}
    summary = dict(report_on(board, "north", ReportRequest(since=date(2026, 11, 1))).facts)
    assert summary["owed"] == collect_tasks(board).owed == 2


def test_what_is_due_is_the_same_in_the_report() -> None:
    drop = {"at": "2026-10-01T09:00:00Z", "reason": "no-response"}
    bet = {"id": "b", "at": "2026-11-10T09:00:00Z", "action": "sign", "until": "2026-11-19"}
    board = board_of(
        step("Late", "2026-11-01", 5000),
        step("Today", "2026-11-20", 100),
        step("Ahead", "2026-11-24", 100),
        callback("Owed", "2026-11-18", 10),
        document("Back", "dropped", 1, drop=drop, touches=[touch("2026-11-15", "inbound")]),
        document("Lost bet", value=9, touches=[touch("2026-11-09", "talked")], bets=[bet]),
        document("Closing", value=9, close_date="2026-11-20"),
        quoted("Quoted", 9000),
    )
    made = report_on(board, "north", ReportRequest(since=date(2026, 11, 1)))
    sections = {section.key: section.rows for section in made.sections}
    seen = collect_tasks(board)
    for key, lines in (
        ("overdue", due_lines(seen)),
        ("next_week", [line for line in due_lines(seen, 7) if line.task.day > seen.today]),
    ):
        assert {(row[0], row[1]) for row in sections[key]} == {
            (line.task.day, line.entry.id) for line in lines if line.task.kind is not TaskKind.OWED
        }, key
    assert len(sections["owed"]) == sum(line.owed for line in due_lines(seen)) == seen.owed


@pytest.mark.parametrize("sample", ["rep", "manager", "scenarios"])
def test_what_we_owe_is_one_number_everywhere(sample: str) -> None:
    """The header, the list of what is due, the filter, the report and each owner's row count the same."""
    board = board_of(*load_sample(sample, date(2026, 11, 20)))
    seen = collect_tasks(board)
    rows = [line.entry.id for line in due_lines(seen) if line.owed]
    filtered = collect_tasks(board, parse_filter("owed:yes")).prospects
    made = report_on(board, sample, ReportRequest(since=date(2026, 11, 1)))
    reported = [
        row[0] for section in made.sections if section.key == "owed" for row in section.rows
    ]
    assert len(rows) == len(set(rows)) == seen.owed > 0
    assert set(rows) == {entry.id for entry, _ in filtered}
    assert dict(made.facts)["owed_now"] == seen.owed
    assert dict(made.facts)["owed_dated"] == seen.owed_later
    assert set(rows) <= set(reported)
    owed = Counter(entry.owner for entry, summary in seen.prospects if summary.owed)
    lines = due_lines(seen)
    late = Counter(d.entry.owner for d in lines if d.owed and d.task.day < seen.today)
    by_owner = prepare_statistics(board)().owed.rows
    assert {row[0]: row[1] for row in by_owner if row[1]} == owed
    assert {row[0]: row[-2] for row in by_owner if row[-2]} == late
    every = [[cell for cell in row if isinstance(cell, int)] for row in by_owner]
    assert all(now == calls + quotes + first for now, calls, quotes, first, *_ in every)
    shown = [section.rows for section in made.sections if section.key == "owed_by_owner"]
    assert shown == [by_owner if len(by_owner) > 1 else ()]


def test_a_stage_tells_of_a_quote_until_one_is_logged() -> None:
    listed = touch("2026-10-12", "quote", from_list=True)
    found = open_quotes(
        task_data(
            document("Said", value=9000, stage="Angebot raus"),
            document("Column", value=6000, stage="Own word", touches=[listed]),
            document("Dated", value=5000, stage="Proposal sent", touches=[listed]),
            quoted("Logged", 700, stage="Quote"),
            document("No value", stage="Quote sent"),
            document("Not yet", value=400, stage="Angebot vorbereiten"),
            document("Gone", "dropped", 300, stage="Quote sent"),
        )
    )
    assert [(line.entry.name, line.age, line.quote.told_by) for line in found.by_list] == [
        ("Said", None, "Angebot raus"),
        ("Column", 39, "says the list"),
        ("Dated", 39, "Proposal sent"),
        ("No value", None, "Quote sent"),
    ]
    assert {line.quote.attempts for line in found.by_list} == {None}
    assert [line.entry.name for line in found.never] == ["Logged"]
    assert (found.waiting, found.count) == (1, 5)
    heading = next(part.heading for part in found.parts(5) if part.key == "by_list")
    assert heading == ("Out, says the list: 4 quotes, 1 without an amount, $20k, worth about $6k")


def test_no_wait_moves_the_day_on_which_it_is_to_close() -> None:
    called = [touch("2026-11-19", "voicemail")]
    data = task_data(document("Closing", close_date="2026-11-20", touches=called))
    (line,) = due_lines(data)
    assert (line.task.day, line.earliest) == (data.today, None)


def test_past_close_dates_in_active_are_counted() -> None:
    data = task_data(
        document("Over", close_date="2026-11-19"),
        document("Today", close_date="2026-11-20"),
        document("Gone", "dropped", close_date="2026-11-01"),
        document("Undated"),
    )
    assert data.closes_passed == 1


def test_totals_keep_currencies_apart_and_count_a_quote_once() -> None:
    revised = quoted("Revised", 1000)
    earlier = {"id": "q-0", "sent_on": "2026-10-01", "amount": {"amount": "1500"}}
    revised["quotes"] = [earlier, *revised["quotes"]]
    euros = in_euros(quoted("Euros", 500, currency="EUR"))
    found = open_quotes(task_data(revised, euros))
    assert [line.quote.newest for line in found.never] == [True, True]
    assert [line.quote.newest for line in found.others] == [False]
    assert found.waiting == 2, "an earlier version is none that waits"
    amounts, stakes = totals((*found.never, *found.fewer))
    assert [f"{m.amount} {m.currency}" for m in amounts] == ["1000 USD", "500 EUR"]
    assert [f"{m.amount} {m.currency}" for m in stakes] == ["300 USD", "150 EUR"]


# Looking


def test_what_is_not_known_yet_is_counted_and_spoilt_records_too() -> None:
    board = board_of(
        document("A"), document("B"), document("Spoilt") | {"created": "never"}, document("D")
    )
    known: Callable[[str], Any] = lambda i: (  # noqa: E731
        None if i == "p-a" else board.evaluator.card_summary(i)
    )
    found = collect_tasks(board, look=known)
    assert (len(found.prospects), found.unread, found.unreadable) == (3, 1, 1)
    judged = collect_tasks(board, parse_filter("verdict:keep"), look=known)
    assert (len(judged.prospects), judged.unread, judged.unreadable) == (2, 1, 0)
