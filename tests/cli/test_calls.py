"""``log`` and ``note``."""

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def sold(shell: Shell) -> Shell:
    shell.ok("add", "Lakeside Dental", "--as", "ann")
    shell.ok("add", "Harbor Auto Glass", "--as", "ann", "--value", "24k")
    return shell


def test_tells_what_was_stored_and_how_the_recommendation_changed(sold: Shell) -> None:
    out = sold.ok("log", 'lakeside cb +2w "busy"', "--as", "ann")
    saved, turned, ask = (line.strip() for line in out.splitlines())
    assert saved == "saved Lakeside Dental: asked for a callback · call back Fri 4 Dec · “busy”"
    assert turned == (
        "KEEP in Active: came in today, nobody ever called (a first call is owed after 14 days)  becomes  "
        "KEEP in Callback-Pending, act first: put off only once without a reason (3 are too many)"
    )
    assert ask.startswith("ask: ")
    assert "what will have changed between 20 Nov and 4 Dec that lets us move forward?" in ask


def test_words_may_come_without_quotes_around_the_line(sold: Shell) -> None:
    sold.ok("log", "harbor", "talk+", ">", "demo", "fri", "10:00", "CFO joins")
    stored = sold.document("harbor")
    assert stored["touches"][0]["note"] == "CFO joins"
    assert stored["next_step"]["action"] == "demo"


def test_an_error_points_at_the_word(sold: Shell) -> None:
    assert sold.fails("log", "lakeside vmm", status=2).splitlines() == [
        "review-board: There is no outcome 'vmm'; did you mean vm?",
        "  lakeside vmm",
        "           ^^^",
    ]


def test_a_question_that_is_not_asked_is_pointed_at_too(sold: Shell) -> None:
    said = sold.fails("log", "harbor talk ?Pain=no", status=2).splitlines()
    assert "no question 'Pain'" in said[0]
    assert said[2] == "               ^^^^"


def test_a_quote_and_a_win(sold: Shell) -> None:
    assert "quote sent · $30,000" in sold.ok("log", "harbor quote $30k")
    assert sold.ok("log", "harbor won $29k") == "saved Harbor Auto Glass: won · $29,000\n"
    assert sold.document("harbor")["won"]["value"]["amount"] == "29000"


@pytest.mark.parametrize("arguments", [["log"], ["log", "-"]])
def test_lines_on_stdin_are_acknowledged_one_by_one(sold: Shell, arguments: list[str]) -> None:
    lines = 'lakeside vm\n\n\ufeffharbor talk+ "yes" >demo fri\r\n'
    out = sold.ok(*arguments, stdin=lines).splitlines()
    assert [line.split(" | ")[0] for line in out] == [
        "saved Lakeside Dental: voicemail left",
        "saved Harbor Auto Glass: talked, progress · next: demo Fri 27 Nov (they agreed) · “yes”",
    ]


def test_a_bad_line_on_stdin_is_told_and_the_others_are_taken(sold: Shell) -> None:
    result = sold("log", "-", stdin="nobody vm\nlakeside vmm\nharbor vm")
    assert result.status == 1
    assert result.out.startswith("saved Harbor")
    assert "line 1: Nobody is called 'nobody'" in result.err
    assert "line 2: There is no outcome 'vmm'" in result.err
    assert result.err.count("^^^") == 1


def test_stdin_at_its_end_changes_nothing(sold: Shell) -> None:
    result = sold("log")
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("data", [b'lakeside vm "\xff\xfe"\n', b'lakeside vm "a\x00b\x1b[2J"\n'])
def test_bytes_that_are_no_text_become_marks(sold: Shell, data: bytes) -> None:
    assert "\N{REPLACEMENT CHARACTER}" in sold.ok("log", "-", stdin=data)


def test_a_line_without_end_is_refused(sold: Shell) -> None:
    assert "has no end" in sold.fails("log", "-", stdin=b"x" * 200_000)


def test_a_note(sold: Shell) -> None:
    assert sold.ok("note", "lakeside", "likes", "golf").startswith("saved Lakeside Dental: a note")
    assert sold.document("lakeside")["notes"][0]["text"] == "likes golf"
    assert "empty" in sold.fails("note", "lakeside", " ", status=2)


def test_a_backdated_touch_and_a_question(sold: Shell) -> None:
    sold.ok("log", "lakeside talk @mon 9:30 ?bud=no")
    stored = sold.document("lakeside")
    assert stored["touches"][0]["at"] == "2026-11-16T09:30:00Z"
    assert stored["answers"]["budget"]["state"] == "negative"


def test_several_changes_of_a_pretended_day_keep_their_order(sold: Shell) -> None:
    for outcome in ("na", "vm", "em"):
        sold.ok("log", f"lakeside {outcome}")
    touches = sold.document("lakeside")["touches"]
    assert [touch["outcome"] for touch in touches] == ["no-answer", "voicemail", "email"]
    assert sorted(touches, key=lambda touch: str(touch["at"])) == touches
    assert {touch["at"][:10] for touch in touches} == {"2026-11-20"}


def test_the_examples_stand_on_lines_of_their_own(shell: Shell) -> None:
    lines = [line.strip() for line in shell.ok("log", "--help").splitlines()]
    assert "review-board log 'lakeside vm'" in lines
    assert not any("\\b" in line or "\b" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["calla", "vm", ">call in 2 weeks"], "next: call Fri 4 Dec"),
        (["calla", "vm", ">call", "back", "fri", "3pm"], "next: call back Fri 27 Nov 15:00"),
        (["calla", "talk", "@3 days ago", "+Jane Roe:champion"], "on Tue 17 Nov"),
        (["calla", "no", "answer"], "no answer"),
    ],
)
def test_a_day_of_several_words_may_be_one_word_of_the_shell(
    shell: Shell, words: list[str], told: str
) -> None:
    shell.ok("add", "Calla Ltd")
    assert told in shell.ok("log", *words)


CALLBACK = 'harbor cb 2026-12-10 because:project "kick-off on the 10th"'


def test_the_same_line_again_stores_nothing_whoever_writes_it(sold: Shell) -> None:
    sold.ok("log", CALLBACK, "--as", "ann")
    stored = sold.document("harbor")
    for by in ("ann", "bob"):
        told = sold.ok("log", CALLBACK.replace("kick-off", "Kick-Off"), "--as", by)
        assert told.startswith("unchanged Harbor Auto Glass: asked for a callback")
        assert "is already on record: nothing was stored" in told
    assert sold.document("harbor") == stored
    assert "proven-callback" in sold.ok("explain", "harbor", "--rules")


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("harbor vm", """'harbor vm "again"'"""),
        ('harbor vm "left word" @today', """'harbor vm "left word, again" @today'"""),
    ],
)
def test_how_to_log_a_second_one_is_told_as_a_whole_command(
    sold: Shell, line: str, again: str
) -> None:
    sold.ok("log", line)
    assert f"if it was a second one: review-board log {again}" in sold.ok("log", line)


@pytest.mark.parametrize(
    ("line", "cure", "whole"),
    [
        ("harbor vm again", 'put a note in quotes: "again"', 'harbor vm "again"'),
        ("harbor vm yesterday 3pm", "write the day as @yesterday 3pm", "harbor vm @yesterday 3pm"),
        ("harbor quote 2400", "write the amount as $2400", "harbor quote $2400"),
        ("harbor vm 24k", 'put a note in quotes: "24k"', 'harbor vm "24k"'),
    ],
)
def test_words_that_are_no_part_are_told_the_whole_command(
    sold: Shell, line: str, cure: str, whole: str
) -> None:
    said = sold.fails("log", line, status=2)
    assert cure in said
    assert said.endswith(f"the whole command: review-board log '{whole}'\n")
    sold.ok("log", whole)


def test_in_a_batch_too_and_words_of_its_own_make_it_another(sold: Shell) -> None:
    out = sold.ok("log", stdin='harbor na\nharbor na\nharbor na "again"\nharbor vm\n')
    assert [line.split()[0] for line in out.splitlines()] == ["saved", "unchanged", *["saved"] * 2]
    assert len(sold.document("harbor")["touches"]) == 3


def test_the_same_note_and_the_same_quote_are_one(sold: Shell) -> None:
    for _ in range(2):
        sold.ok("note", "harbor", "they moved")
        sold.ok("log", "harbor quote $30k")
    stored = sold.document("harbor")
    assert [len(stored[field]) for field in ("notes", "quotes", "touches")] == [1, 1, 1]


def test_a_new_step_says_which_appointment_went_in_every_command(shell: Shell) -> None:
    shell.ok("add", "Calla")
    shell.ok("log", "calla talk >call fri 3pm")
    told = shell.ok("log", "calla talk >demo tue 9am")
    assert "next: demo Tue 24 Nov 09:00 · instead of: call Fri 27 Nov 15:00" in told
    assert "instead of: demo Tue 24 Nov 09:00" in shell.ok("edit", "calla", "--next", "x wed")
    gone = shell.ok("move", "calla", "nurture")
    assert "no longer planned: x Wed 25 Nov" in gone


def test_a_step_that_is_early_or_on_a_day_off_is_told(shell: Shell) -> None:
    shell.ok("add", "Calla")
    told = shell.ok("log", "calla vm >call sun")
    assert "early: better from 23 Nov, after 1 attempt without an answer" in told
    assert "22 Nov is a Sunday, no working day of yours" in told


def test_a_second_attempt_of_the_day_says_that_it_counts_once(shell: Shell) -> None:
    shell.ok("add", "Calla")
    assert "count once" not in shell.ok("log", "calla vm")
    assert "several attempts on one day count once" in shell.ok("log", 'calla vm "again"')


def test_a_call_after_a_talk_of_the_day_does_not_move_the_count_of_a_quote(shell: Shell) -> None:
    shell.ok("add", "Calla")
    shell.ok("log", "calla quote $24000")
    assert "count once" not in shell.ok("log", 'calla talk "asked for a week"')
    assert "several attempts on one day count once" in shell.ok("log", "calla na")


def test_what_stays_in_nurture_is_not_said_to_stay_still(shell: Shell) -> None:
    shell.ok("add", "Calla")
    shell.ok("move", "calla", "nurture")
    told = shell.ok("log", "calla mail")
    assert "STAYS in Nurture" in told
    assert "still STAYS" not in told


def test_who_asked_to_be_left_alone_is_asked_nothing(sold: Shell) -> None:
    sold.ok("log", "lakeside dnc")
    assert "ask: " not in sold.ok("log", 'lakeside cb +2w "busy"')


def test_a_call_that_brings_nothing_new_leaves_what_was_dropped(shell: Shell) -> None:
    """It was told "KEEP to Active" of a card that its page says to leave alone."""
    shell.ok("add", "Acme")
    against = ("--against", "they said so", "--start-anew", "no")
    shell.ok("drop", "acme", "--reason", "timing", *against)
    told = shell.ok("log", 'acme talk "not now"')
    assert "STAYS in Dropped: dropped on 20 Nov, wrong time" in told
    assert "KEEP" not in told
    assert "ask:" not in told
    back = shell.ok("log", 'acme talk+ "they want a demo"')
    assert "STAYS" not in back
    assert "still" not in back
    assert "      KEEP to Active" in back
