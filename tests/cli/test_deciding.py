"""``keep``, ``callback``, ``nurture`` and ``drop``: verdicts outside a review, on the command line."""

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def sold(shell: Shell) -> Shell:
    shell.ok("add", "Lakeside Dental", "--as", "ann")
    shell.ok("add", "Harbor Auto Glass", "--as", "ann")
    return shell


def verdicts(shell: Shell, who: str) -> list[dict[str, object]]:
    found = shell.document(who).get("verdicts", [])
    assert isinstance(found, list)
    return found


def test_a_keep_takes_its_dated_next_step_and_is_a_verdict(sold: Shell) -> None:
    out = sold.ok("keep", "lakeside", "--next", "demo fri")
    assert out == "kept Lakeside Dental → Active: demo, 27 Nov\n"
    (verdict,) = verdicts(sold, "lakeside")
    assert (verdict["verdict"], verdict["destination"]) == ("keep", "active")
    assert sold.ok("keep", "lakeside") == out, "the step on record is still ahead"


def test_what_is_missing_is_told_with_the_options_that_give_it(sold: Shell) -> None:
    assert sold.fails("keep", "lakeside") == (
        "review-board: Lakeside Dental: A keep needs a dated next step; "
        "nothing was decided; add --next 'ACTION WHEN'\n"
    )
    refused = sold.fails("drop", "lakeside", "harbor")
    assert "(1 more of the 2 need something too)" in refused
    assert "add --reason R --against WHY --start-anew yes|no; R is one of no-need, " in refused


def test_against_the_advice_takes_a_line_and_a_yes_or_no(sold: Shell) -> None:
    against = ("--against", "the shop closed down", "--start-anew", "no")
    out = sold.ok("drop", "lakeside", "--reason", "no-need", "--note", "gone", *against)
    assert out == "purged Lakeside Dental → Dropped: no need\n"
    (verdict,) = verdicts(sold, "lakeside")
    assert verdict["against"] == "the shop closed down"
    assert verdict["start_anew"] is False


def test_a_line_against_the_advice_that_is_too_short_is_told_as_that(sold: Shell) -> None:
    against = ("--reason", "no-need", "--against", "y", "--start-anew", "no")
    refused = sold.fails("drop", "lakeside", *against)
    assert "“y” is too short: say why against the advice; nothing was decided" in refused
    assert "in a line" not in refused


def test_a_drop_that_is_advised_takes_the_reason_of_the_advice(sold: Shell) -> None:
    sold.ok("answer", "lakeside", "budget", "no", "none planned")
    assert sold.ok("drop", "lakeside") == "purged Lakeside Dental → Dropped: no budget\n"


def test_several_are_one_change_and_one_undo(sold: Shell) -> None:
    out = sold.ok("keep", "lakeside", "harbor", "--next", "call mon")
    assert out.splitlines()[0] == "kept 2 prospects → Active"
    assert out.splitlines()[1].strip() == "kept Lakeside Dental → Active: call, 23 Nov"
    sold.ok("undo")
    assert not verdicts(sold, "lakeside")
    assert not verdicts(sold, "harbor")


def test_a_filter_says_who_and_a_dry_run_stores_nothing(sold: Shell) -> None:
    out = sold.ok("keep", "--where", "owner:ann", "--next", "call mon", "--dry-run")
    assert len(out.splitlines()) == 3
    assert not verdicts(sold, "harbor")
    assert "Say who is meant" in sold.fails("keep", "--next", "call mon", status=2)
    assert "No prospect fits" in sold.fails("keep", "--where", "owner:raj", "--next", "call mon")


def test_as_json_it_says_what_was_advised(sold: Shell) -> None:
    result = sold("callback", "lakeside", "--on", "18jan", "--because", "budget", "--json")
    (decided,) = result.json["decided"]
    assert result.json["stored"] is True
    assert (decided["verdict"], decided["destination"]) == ("keep", "callback-pending")
    assert (decided["recommended"], decided["overrules"]) == ("keep", None)
    assert sold.document("lakeside")["callback"]["reason"] == "budget"


def test_nurture_keeps_the_track_of_who_is_on_one(sold: Shell) -> None:
    sold.ok("move", "lakeside", "nurture", "--track", "champion")
    against = ("--against", "too small for us", "--start-anew", "no")
    out = sold.ok("nurture", "lakeside", "harbor", *against)
    assert "purged Lakeside Dental → Nurture: ask the champion" in out
    assert sold.document("lakeside")["nurture"]["track"] == "champion"
    assert sold.document("harbor")["nurture"]["track"] == "keep-in-touch"


def test_another_persons_verdict_of_today_is_asked_about(sold: Shell) -> None:
    sold.ok("keep", "lakeside", "--next", "demo fri", "--as", "raj")
    again = ("keep", "lakeside", "--next", "call mon", "--as", "ann")
    refused = sold.fails(*again, status=2)
    assert "Nothing was decided. Lakeside Dental: raj has just kept it: demo, 27 Nov" in refused
    assert sold.ok(*again, "--yes").endswith("overruling raj (Active)\n")


def test_more_than_twenty_take_one_more_yes(shell: Shell) -> None:
    for number in range(21):
        shell.ok("add", f"Shop {number}", "--owner", "ann")
    many = ("keep", "--where", "owner:ann", "--next", "call mon")
    assert "one verdict on 21 prospects" in shell.fails(*many, status=2)
    assert shell.ok(*many, "--yes").startswith("kept 21 prospects → Active")


@pytest.mark.parametrize("word", ["keep", "callback", "nurture", "drop"])
def test_what_was_won_is_refused(sold: Shell, word: str) -> None:
    sold.ok("won", "lakeside")
    assert "was won" in sold.fails(word, "lakeside")


def test_a_day_in_place_of_a_name_says_how_days_are_given(sold: Shell) -> None:
    said = sold.fails("callback", "lakeside", "11dec", status=2)
    assert "'11dec' is a day, and nobody is called so; say --on 11dec" in said
    said = sold.fails("keep", "lakeside", "fri", status=2)
    assert "say --next 'call fri'" in said
