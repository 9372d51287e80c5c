"""The blocks of a review card: what goes first where there is no room, and what is said plainly."""

from decimal import Decimal

from textual.content import Content

from review_board.judgement.closing_ratio import closing_ratio
from review_board.pipeline.vocabulary import Outcome
from review_board.tui.advice_view import split
from review_board.tui.review.card_blocks import (
    band,
    head,
    side_by_side,
    who_it_is,
    words_of_contacts,
)
from review_board.tui.review.card_text import first_call
from review_board.tui.textfit import wrapped
from tests.judgement import build
from tests.tui.review.cards import CARDS

LAKESIDE = CARDS["serial-deferral"]


def test_where_there_is_no_room_since_when_goes_first_and_the_number_stays() -> None:
    e, made = build.evidence(LAKESIDE), build.advice(LAKESIDE)
    wide, narrow = (head(e, made, width).line.plain for width in (110, 78))
    assert "since" in wide
    assert "since" not in narrow
    assert wide.endswith("Kim Aldous")
    assert narrow.startswith("Lakeside Dental  $18,000")
    assert len(narrow) <= 78


def test_a_chance_that_nobody_gave_is_called_the_usual_one() -> None:
    for known, shown in ((None, "  usual 30 %  "), (Decimal("0.25"), "  25 %  ")):
        card = LAKESIDE.with_changes(probability=known)
        assert shown in head(build.evidence(card), build.advice(card), 110).line.plain
    ours = closing_ratio(60, 60, build.DEFAULTS.estimates)
    assert ours.as_chance == "your usual 50 %"


def test_the_name_stays_and_whom_to_call_goes_to_the_second_line() -> None:
    long = LAKESIDE.with_changes(name="Lakeside Dental and Orthodontics of the North")
    e, made = build.evidence(long), build.advice(long)
    first, second = who_it_is(e, made, 62).plain.split("\n")
    assert first.rstrip() == f"{long.name}  $18,000"
    assert second.endswith("Kim Aldous")
    assert max(map(len, (first, second))) <= 62


def test_in_the_narrowest_card_the_value_is_whole() -> None:
    lines = who_it_is(build.evidence(LAKESIDE), build.advice(LAKESIDE), 15).plain.split("\n")
    assert lines[0].rstrip() == "Lakes…  $18,000"
    assert max(map(len, lines)) <= 15


def test_a_long_reason_takes_the_second_line_of_the_band() -> None:
    short = band(build.advice(LAKESIDE), build.argued(LAKESIDE), LAKESIDE.column, 95, "enter")
    assert short.says_what_to_do
    assert short.text.plain.endswith("enter takes it")
    silent = CARDS["gone-silent"]
    long = band(build.advice(silent), build.argued(silent), LAKESIDE.column, 68, "enter")
    assert not long.says_what_to_do
    assert "no answer for 90 days" in long.text.plain.split("\n")[1]


def test_what_to_do_is_not_cut_in_the_band() -> None:
    rescue, said = build.advice(CARDS["rescue"]), build.argued(CARDS["rescue"])
    narrow = band(rescue, said, LAKESIDE.column, 76, "enter")
    assert not narrow.says_what_to_do
    assert "Ask" not in narrow.text.plain
    wide = band(rescue, said, LAKESIDE.column, 120, "enter")
    assert wide.says_what_to_do
    assert said.do in wide.text.plain


def test_each_side_is_as_wide_as_it_needs() -> None:
    assert split(["a" * 20], ["b" * 50], 76) == (23, 53)
    assert split(["a" * 90], ["b" * 90], 76) == (38, 38)


def test_where_both_sides_are_long_the_one_with_more_to_say_is_wider() -> None:
    short, long = (
        ["+ only 2 of 5 attempts made so far"] * 2,
        ["− nothing from them for 67 days (60 too many)"] * 5,
    )
    left, right = split(short, long, 76)
    assert right > left
    assert len(wrapped(long, right - 1)) == len(long)


def test_what_to_do_and_when_share_a_line_where_both_fit() -> None:
    do, when = [Content("Do    Call them")], [Content("When  now")]
    assert [line.plain for line in side_by_side(do, when, 40)] == ["Do    Call them   When  now"]
    assert side_by_side(do, when, 20) == [*do, *when]
    assert side_by_side(do, [], 40) == do


def test_words_of_contacts_come_with_day_and_sign_the_latest_first() -> None:
    title, *lines = words_of_contacts(build.evidence(LAKESIDE), 80)
    assert title.plain == "They said"
    said = [line.plain.split(maxsplit=3) for line in lines]
    assert said[0][2:] == ["⟳", "“a month from now is good”"]


def test_the_title_of_our_own_activity_in_a_list_is_not_what_they_said() -> None:
    ours = build.touch(Outcome.ADVANCED, 9, id="x-5c0e", note="Follow-up on pricing")
    theirs = build.touch(Outcome.INBOUND, 4, id="x-77aa", note="Can you come by?")
    logged = build.touch(Outcome.TALKED, 2, note="not before March")
    shown = words_of_contacts(build.evidence(build.prospect(ours, theirs, logged)), 80)
    assert [" ".join(line.plain.split()) for line in shown] == [
        "They said",
        "18 Nov “not before March”",
        "16 Nov ○ “Can you come by?”",
        "We noted",
        "11 Nov ○ Follow-up on pricing",
    ]


def test_only_a_first_call_of_late_is_asked_about() -> None:
    told = first_call(
        build.evidence(
            build.prospect(build.touch(Outcome.TALKED, 9), build.touch(Outcome.TALKED, 2))
        )
    )
    assert told == "f: note that the first call, on 11 Nov, felt right"
    for old in (
        build.prospect(build.touch(Outcome.TALKED, 300), build.touch(Outcome.TALKED, 2)),
        build.prospect(),
    ):
        assert first_call(build.evidence(old)) == ""
    listed = build.prospect(build.touch(Outcome.TALKED, 2), contact_history=False)
    assert first_call(build.evidence(listed)) == "", "a list may have had calls before"
