"""``move``, ``won`` and ``answer``."""

import re
from datetime import UTC, datetime

import pytest

from review_board.board.board import Board
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from tests.cli.conftest import Shell
from tests.judgement.build import verdict_record


@pytest.fixture
def one(shell: Shell) -> Shell:
    shell.ok("add", "Acme", "--value", "€5k")
    return shell


def test_to_dropped_for_a_reason(one: Shell) -> None:
    out = one.ok("move", "acme", "dropped", "--reason", "no-resp", "--note", "gone")
    assert out.startswith("saved Acme: moved to Dropped: no response\n")
    drop = one.document("acme")["drop"]
    assert (drop["reason"], drop["note"]) == ("no-response", "gone")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("only put us off", "only-deferrals"),
        ("Wrong time", "timing"),
        ("pays too little", "poor-payoff"),
        ("no response", "no-response"),
    ],
)
def test_a_reason_may_be_typed_in_the_words_of_the_dialog(
    one: Shell, typed: str, stored: str
) -> None:
    one.ok("move", "acme", "dropped", "--reason", typed)
    assert one.document("acme")["drop"]["reason"] == stored


def test_no_move_lets_a_large_sale_go(one: Shell) -> None:
    one.ok("edit", "acme", "--value", "€200k")
    for column, verdict in (("dropped", "drop"), ("nurture", "nurture")):
        reason = ("--reason", "no-need") if column == "dropped" else ()
        said = one.fails("move", "acme", column, *reason)
        assert f"review-board {verdict} Acme --importance 1-5" in said
    assert "drop" not in one.document("acme")


def test_to_callback_with_its_proof(one: Shell) -> None:
    one.ok(
        *("move", "acme", "callback", "--on", "18jan", "--because", "budget"),
        *("--change", "the board votes", "--asked"),
    )
    assert one.document("acme")["callback"] == {
        "on": "2027-01-18",
        "asked_on": "2026-11-20",
        "asked_by_buyer": True,
        "reason": "budget",
        "change": "the board votes",
    }
    assert "proven-callback" in one.ok("explain", "acme", "--rules")


def test_a_callback_is_graded_when_it_is_moved_to(one: Shell) -> None:
    to = ("move", "acme", "callback", "--on", "18jan")
    told = one.ok(*to, "--asked")
    assert "callback not proven: no reason, nobody said what changes by then" in told
    told = one.ok(*to, "--asked", "--because", "budget", "--change", "they vote")
    assert "callback proven: they asked for it, a reason: budget" in told
    added = one.ok("add", "Other", "--column", "callback", "--on", "fri")
    assert "callback not proven: they did not ask for it" in added


def test_what_they_said_of_a_callback_stays_where_only_its_day_is_written_again(
    one: Shell,
) -> None:
    to = ("move", "acme", "callback", "--on")
    said = ("--asked", "--because", "budget", "--change", "they vote")
    one.ok(*to, "18jan 10:30", *said)
    stored = one.document("acme")["callback"]
    assert "unchanged" in one.ok(*to, "18jan")
    one.ok(*to, "18jan", "--change", "they voted")
    assert one.document("acme")["callback"] == stored | {"change": "they voted"}
    one.ok(*to, "19jan")
    assert "reason" not in one.document("acme")["callback"]


def test_a_callback_keeps_its_hour(one: Shell) -> None:
    assert "on Mon 18 Jan 10:30" in one.ok("move", "acme", "callback", "--on", "18jan 10:30")
    assert one.document("acme")["callback"]["time"] == "10:30:00"
    assert "18 Jan 10:30, we proposed" in one.ok("show", "acme")
    assert "call at 10:30" in one.ok("due", "--days", "90")
    one.ok("add", "Other", "--column", "callback", "--on", "fri 9:00")
    assert one.document("other")["callback"]["time"] == "09:00:00"


def test_to_nurture_and_back_by_number(one: Shell) -> None:
    one.ok("move", "acme", "3", "--track", "champion")
    assert one.document("acme")["nurture"]["track"] == "champion"
    for word in ("call-again-later", "wake-up"):
        one.ok("move", "acme", "nurture", "--track", word)
        assert one.document("acme")["nurture"]["track"] == "wake-up"
    one.ok("move", "acme", "1")
    assert "nurture" not in one.document("acme")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["dropped"], 2, "no-need"),
        (["dropped", "--reason", "bored"], 2, "choose from"),
        (["dropped", "--reason", "no"], 2, "choose from"),
        (["callback"], 2, "--on"),
        (["callback", "--on", "2020-01-01"], 2, "over"),
        (["callback", "--on", "someday"], 2, "+3d"),
        (["active", "--reason", "no-need"], 2, "it takes --next"),
        (["nurture", "--track", "train"], 2, "choose from monthly-email"),
        (["nurture", "--asked"], 2, "--track"),
        (["nurture", "--on", "fri 10:30"], 2, "No time of day is kept here"),
        (["somewhere"], 2, "callback-pending"),
        (["5"], 2, "choose from"),
    ],
)
def test_move_refuses(one: Shell, arguments: list[str], status: int, said: str) -> None:
    assert said in one.fails("move", "acme", *arguments, status=status)


@pytest.mark.parametrize("typed", ["2020-01-01", "someday", "next fri", "fri 25:00", "10:30", ""])
def test_the_day_of_a_callback_is_refused_in_the_same_words_wherever_it_is_typed(
    one: Shell, typed: str
) -> None:
    said = one.fails("move", "acme", "callback", "--on", typed, status=2)
    assert one.fails("add", "Other", "--column", "callback", "--on", typed, status=2) == said
    if typed:
        assert said.removeprefix("review-board: --on: ") in one.fails(
            "log", f"acme cb {typed}", status=2
        )


def test_won_in_the_currency_on_record(one: Shell) -> None:
    assert (
        one.ok("won", "acme", "--value", "6k", "--on", "yesterday")
        == "saved Acme: won €6,000 on Thu 19 Nov\n"
    )
    won = one.document("acme")["won"]
    assert (won["on"], won["value"]) == ("2026-11-19", {"amount": "6000", "currency": "EUR"})
    assert "was won" in one.fails("won", "acme")


def test_answer(one: Shell) -> None:
    assert one.ok("answer", "acme", "bud", "no", "none", "planned").startswith(
        "saved Acme: budget is no: none planned\n"
    )
    one.ok("answer", "acme", "decision", "confirmed", "mail of 3 Nov")
    answers = one.document("acme")["answers"]
    assert answers["decision"]["on"] == "2026-11-20"
    assert "knocked-out" in one.ok("explain", "acme", "--rules")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["taste", "yes"], 2, "budget"),
        (["budget", "maybe"], 2, "proven"),
        (["budget", "confirmed"], 2, "what proves it"),
        (["budget"], 2, "STATE"),
    ],
)
def test_answer_refuses(one: Shell, arguments: list[str], status: int, said: str) -> None:
    assert said in one.fails("answer", "acme", *arguments, status=status)


def test_a_move_is_told_the_record_only_where_it_says_otherwise(one: Shell) -> None:
    lines = one.ok("move", "acme", "dropped", "--reason", "other", "--note", "x").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("      the record says otherwise: KEEP to ")
    assert one.ok("list", "acme").rstrip().endswith("stays in Dropped: x")
    assert one.ok("explain", "acme").splitlines()[1] == "Dropped on 20 Nov, x."
    out = one.ok("move", "acme", "active")
    assert out == "saved Acme: moved to Active\n"
    assert len(one.ok("move", "acme", "dropped", "--reason", "no-need").splitlines()) == 2
    assert one.ok("list", "acme").rstrip().endswith("stays in Dropped: no need")
    said = "dropped on 20 Nov, no need, and nothing new from them since"
    assert one.ok("explain", "acme").splitlines()[1] == f"STAYS in Dropped: {said}"


@pytest.mark.parametrize("option", ["--value", "--on"])
def test_a_bad_value_of_a_sale_is_wrong_usage(one: Shell, option: str) -> None:
    assert option in one.fails("won", "acme", option, "lots", status=2)


class TestSettings:
    """Reasons and tracks are what the settings make of them."""

    @pytest.fixture(autouse=True)
    def _settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REVIEW_BOARD_REASONS__TOO_DEAR", "too dear")
        monkeypatch.setenv("REVIEW_BOARD_REASONS__TIMING", "false")
        monkeypatch.setenv("REVIEW_BOARD_TRACKS__CHAMPION", "10")
        monkeypatch.setenv("REVIEW_BOARD_TRACKS__MONTHLY_EMAIL", "20")

    def test_an_own_reason_is_stored_by_its_name(self, one: Shell) -> None:
        one.ok("move", "acme", "dropped", "--reason", "too-d")
        assert one.document("acme")["drop"]["reason"] == "too-dear"

    def test_one_taken_off_the_list_is_not_offered(self, one: Shell) -> None:
        said = one.fails("move", "acme", "dropped", "--reason", "timing", status=2)
        assert "too-dear" in said
        assert "timing," not in said

    def test_one_on_record_outlives_the_list(
        self, one: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one.ok("move", "acme", "dropped", "--reason", "too-dear")
        monkeypatch.delenv("REVIEW_BOARD_REASONS__TOO_DEAR")
        assert "too dear" in one.ok("show", "acme")
        assert one.ok("explain", "acme")

    def test_a_track_begins_when_the_settings_say(self, one: Shell) -> None:
        one.ok("move", "acme", "nurture", "--track", "champion")
        assert one.document("acme")["nurture"]["next_on"] == "2026-11-30"
        one.ok("add", "Later", "--column", "nurture")
        assert one.document("later")["nurture"]["next_on"] == "2026-12-10"


def test_a_won_deal_is_reopened_and_the_win_stays_on_record(shell: Shell) -> None:
    shell.ok("add", "Bought Ltd", "--value", "20k")
    shell.ok("won", "bought")
    out = shell.ok("move", "bought", "active", "--note", "they cancelled")
    assert "saved Bought Ltd: moved to Active; the win of 20 Nov is taken back" in out
    assert "Active" in shell.ok("list", "bought")
    page = shell.ok("show", "bought")
    told = "won on 20 Nov for $20,000, reopened on 20 Nov because: they cancelled"
    assert page.count(told) == 2, "among the facts and in the timeline"
    assert "to Active because: they cancelled" in shell.ok("history", "bought")
    again = shell.ok("move", "bought", "active")
    assert again.startswith("unchanged Bought Ltd")
    assert "--note" in shell.fails("move", "bought", "active", "--note", "x", status=2)


def test_a_won_deal_may_go_to_any_column(shell: Shell) -> None:
    for column, demands in (("dropped", ["--reason", "timing"]), ("nurture", []), ("3", [])):
        name = f"To {column} Ltd"
        shell.ok("add", name)
        shell.ok("won", name)
        assert "the win of 20 Nov is taken back" in shell.ok("move", name, column, *demands)
        assert "won" not in shell.document(name)


def test_a_lost_deal_that_is_taken_up_keeps_nothing_of_its_end(shell: Shell) -> None:
    shell.ok("add", "Solar", "--value", "24k", "--probability", "0", "--close-date", "2026-11-19")
    shell.ok("move", "solar", "dropped", "--reason", "no-budget")
    out = shell.ok("move", "solar", "active")
    assert "no longer 0%; the close date 19 Nov is over: when will they decide?" in out
    document = shell.document("solar")
    assert not {"probability", "close_date"} & document.keys()
    shell.ok("log", "solar in")
    assert "$7.2k/h" in shell.ok("best")


class TestReopened:
    @pytest.fixture(autouse=True)
    def _add(self, shell: Shell) -> None:
        shell.ok("add", "Harbor Cafe", "--value", "10k")

    @pytest.mark.parametrize(
        ("told", "day", "stands"), [("is planned again", "+3d", True), ("is over", "20nov", False)]
    )
    def test_the_next_step_before_the_win_is_brought_back_or_named(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch, told: str, day: str, stands: bool
    ) -> None:
        shell.ok("edit", "harbor", "--next", f"call Kim {day}")
        shell.ok("won", "harbor")
        monkeypatch.setenv("REVIEW_BOARD_TODAY", "2026-11-21")
        assert f"(call Kim, {'23' if stands else '20'} Nov) {told}" in shell.ok(
            "move", "harbor", "1"
        )
        assert ("next_step" in shell.document("harbor")) is stands

    def test_a_won_deal_gets_no_advice(self, shell: Shell) -> None:
        shell.ok("won", "harbor", "--value", "12k")
        for page in (shell.ok("show", "harbor"), shell.ok("explain", "harbor")):
            assert "Won on 20 Nov for $12,000; nothing is to be decided" in page
            assert "to reopen it, move it to Active" in page
            assert "KEEP" not in page
            assert "  When " not in page
        told = shell("explain", "harbor", "--json").json
        assert (told["verdict"], told["won"]["on"]) == (None, "2026-11-20")
        (line,) = shell("list", "harbor", "--json").json["prospects"]
        assert (line["verdict"], line["rule"], line["status"]) == (None, None, "won 20 Nov")

    def test_it_is_worth_what_it_was_won_for(self, shell: Shell) -> None:
        shell.ok("log", "harbor won $12k")
        assert "$12k" in shell.ok("list", "harbor")
        assert "$12,000, won for ($10,000 before)" in shell.ok("show", "harbor")
        assert "Harbor" in shell.ok("list", "value>11k")
        (line,) = shell("list", "--won", "--json").json["prospects"]
        assert line["value"]["amount"] == "12000"
        shell.ok("move", "harbor", "active")
        assert "$10k" in shell.ok("list", "harbor")


def test_a_note_to_an_open_deal_is_told_where_it_belongs(one: Shell) -> None:
    for column in ("active", "nurture"):
        said = one.fails("move", "acme", column, "--note", "second van", status=2)
        assert "--note belongs to a drop, or to a won deal that is taken up again" in said
        assert "`note` adds a note" in said


def test_a_view_of_what_was_won_lists_it(one: Shell) -> None:
    one.ok("won", "acme")
    assert "Acme" in one.ok("list", "--view", "won")
    assert "Acme" in one.ok("list", "won:yes")
    assert "Acme" not in one.ok("list", "won:no")


def test_answer_says_how_many_sites_they_have(one: Shell) -> None:
    assert one.ok("answer", "acme", "sites", "120").startswith("saved Acme: sites: 120\n")
    assert one.document("acme")["locations"] == 120
    one.ok("log", "acme", "talk", "?sites=one")
    assert one.document("acme")["locations"] == 1
    one.ok("answer", "acme", "sites", "unknown")
    assert "locations" not in one.document("acme")
    assert "number of locations" in one.fails("answer", "acme", "sites", "many", status=2)


def test_a_day_that_is_early_or_no_working_day_is_told_of_callbacks_and_touches(one: Shell) -> None:
    one.ok("log", "acme vm")
    told = one.ok("move", "acme", "callback", "--on", "sun")
    assert "early: better from 23 Nov, after 1 attempt without an answer" in told
    assert "22 Nov is a Sunday, no working day of yours" in told
    told = one.ok("move", "acme", "nurture", "--on", "sun")
    assert "22 Nov is a Sunday, no working day of yours" in told
    assert "earlier than" not in told, "a touch waits by itself"


MORNING = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
SET_ASIDE = re.compile(
    "ann (kept it at 10:42|has just kept it); it moves all the same, and both stay on record"
)
"""The command line goes by the clock of the day, which may show that very minute."""


@pytest.fixture
def kept(one: Shell) -> Shell:
    """Ann kept Acme in a review this morning."""
    board = Board(FileStore(one.path), Settings(), lambda: MORNING, UTC, "ann", "review").open()
    (acme,) = board.documents()
    verdict = verdict_record(0, at=MORNING)
    board.change(acme, lambda prospect, _: prospect.with_changes(verdicts=(verdict,)), "kept Acme")
    board.close()
    return one


@pytest.mark.parametrize(
    ("command", "aside"),
    [
        (("move", "acme", "dropped", "--reason", "no-budget"), True),
        (("move", "acme", "nurture"), True),
        (("log", "acme cb 18jan"), True),
        (("log", "acme vm"), False),
        (("log", "acme won"), False),
        (("note", "acme", "they moved"), False),
    ],
)
def test_a_verdict_of_today_that_a_move_sets_aside_is_told(
    kept: Shell, command: tuple[str, ...], aside: bool
) -> None:
    assert bool(SET_ASIDE.search(kept.ok(*command))) is aside


def test_a_verdict_set_aside_is_told_once_and_in_a_line_of_many(kept: Shell) -> None:
    (told,) = kept.ok("log", stdin="acme cb 18jan").splitlines()
    assert re.search(rf" · {SET_ASIDE.pattern} \| ", told)
    assert not SET_ASIDE.search(kept.ok("move", "acme", "nurture"))
