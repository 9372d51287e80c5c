"""What each kind of card shows, on a small screen and on a large one."""

import pytest
from textual.content import Content
from textual.widgets import Static

from review_board.judgement.card_status import verdict_word
from review_board.pipeline.records import Drop
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.settings.rule_names import RuleName
from review_board.tui.advice_view import reason_lines
from review_board.tui.review.card_text import clock_text, remarks
from review_board.tui.review.card_view import ReviewCardView
from tests.judgement import build
from tests.judgement.build import DEFAULTS
from tests.tui.conftest import Harness
from tests.tui.review.cards import CARDS

SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])


def test_each_card_is_decided_by_the_rule_whose_name_it_has() -> None:
    by_rule = {rule: build.advice(card).rule for rule, card in CARDS.items() if rule != "came-back"}
    assert {*by_rule} == {*RuleName}
    assert all(rule == made for rule, made in by_rule.items())


def plain_words(lines: list[str]) -> str:
    """The words of lines, wherever they were broken."""
    return " ".join(" ".join(lines).split())


def lines_in(view: ReviewCardView, part: str) -> list[str]:
    """The lines of a part of the card, those that are scrolled out of sight too."""
    if part in view.blocks:
        return [line.plain for line in view.blocks[part]]
    shown = view.query_one(f"#{part}", Static)
    if not shown.display:
        return []
    assert isinstance(shown.content, Content)
    return shown.content.plain.split("\n")


def both_sides(view: ReviewCardView) -> tuple[list[str], list[str]]:
    """The lines of the reasons to keep, and of those to let go beside them."""
    lines = lines_in(view, "sides")
    at = lines[0].index("Reasons to let go")
    return [line[:at].rstrip() for line in lines], [line[at:] for line in lines]


def assert_side(lines: list[str], words: str) -> None:
    """One side says these words under its title, or as many as fit and how to see the rest."""
    lines = [line for line in lines[1:] if line]
    if lines[-1].endswith("more lines: i"):
        assert words.startswith(plain_words(lines[:-1]))
    else:
        assert plain_words(lines) == words


@SIZES
@pytest.mark.parametrize("name", CARDS)
async def test_a_card_tells_all_that_speaks_for_it_and_against_it(
    name: str, size: tuple[int, int]
) -> None:
    """Name and worth, what must be known first, both sides, three questions at most, the advice."""
    card = CARDS[name]
    evidence, made = build.evidence(card), build.advice(card)
    view = ReviewCardView()
    async with Harness(view).run_test(size=size):
        asked = view.show(evidence, made)

        assert lines_in(view, "head")[0].startswith(card.name)
        assert card.column.title in lines_in(view, "head")[0]
        label, reason = f" {verdict_word(made.finding, card.column)} ", made.finding.because.text
        band = lines_in(view, "band")
        assert len(band) == 2, "the band stands on the same rows on every card"
        assert band[0].startswith(label)
        assert reason[:60] in plain_words(band)
        assert plain_words(remarks(evidence, "")) in plain_words(lines_in(view, "remarks"))

        left, right = both_sides(view)
        assert_side(left, plain_words(reason_lines(made.reasons_to_keep, "+", full=False)))
        assert_side(right, plain_words(reason_lines(made.reasons_to_let_go, "−", full=False)))

        assert [question.digit for question in asked] == [*range(1, len(asked) + 1)]
        assert len(asked) <= DEFAULTS.questions.asked
        questions = plain_words(lines_in(view, "questions"))
        for question in asked:
            assert f"{question.digit} " in questions
            assert question.known in questions

        assert made.finding.action in plain_words([*band, *lines_in(view, "do")])
        assert plain_words([made.changes_if]) in plain_words(lines_in(view, "turns"))


async def test_limits_and_the_name_of_the_rule_show_only_when_asked_for() -> None:
    card = CARDS["serial-deferral"]
    view = ReviewCardView()
    async with Harness(view).run_test(size=(160, 48)):
        for full in (False, True):
            view.full = full
            view.show(build.evidence(card), build.advice(card))
            everything = " ".join(
                plain_words(lines_in(view, p)) for p in ("sides", "guards", "band")
            )
            assert ("serial-deferral" in everything) is full
            assert ("thresholds.deferrals" in everything) is full


async def test_the_record_stands_beside_a_wide_card_and_below_a_narrow_one() -> None:
    card = CARDS["serial-deferral"]
    view = ReviewCardView()
    async with Harness(view).run_test(size=(160, 48)) as pilot:
        view.show(build.evidence(card), build.advice(card))
        assert lines_in(view, "recent")
        assert lines_in(view, "below") == []
        await pilot.resize_terminal(80, 24)
        view.show(build.evidence(card), build.advice(card))
        assert lines_in(view, "recent") == []
        assert "a month from now" in plain_words(lines_in(view, "words"))


@pytest.mark.parametrize("high", [20, 24, 28])
async def test_the_lines_of_contact_stand_on_every_card(high: int) -> None:
    card = CARDS["open-quote"]
    view = ReviewCardView()
    async with Harness(view).run_test(size=(80, high)):
        view.show(build.evidence(card), build.advice(card))
        assert [line.split()[0] for line in lines_in(view, "contact")][-2:] == ["us", "them"]


@pytest.mark.parametrize("name", ["open-quote", "promise-missed", "serial-deferral", "came-back"])
@pytest.mark.parametrize("size", [(80, 22), (100, 28)])
async def test_reasons_are_whole_and_what_is_wrapped_hangs(
    name: str, size: tuple[int, int]
) -> None:
    card = CARDS[name]
    view = ReviewCardView()
    async with Harness(view).run_test(size=size):
        view.show(build.evidence(card), build.advice(card))
        for side in both_sides(view):
            lines = [line for line in side[1:] if line]
            assert not any("more lines" in line for line in lines)
            assert all(line[:2] in {"+ ", "− ", "  "} for line in lines if line != "nothing")


def test_the_clock_names_its_limit_near_the_end_alone() -> None:
    assert [clock_text(60 * spent, 45) for spent in (0, 29, 30, 45)] == [
        *("0 min", "29 min", "30 of 45 min", "45 of 45 min"),
    ]


def test_what_was_dropped_and_is_left_alone_asks_for_nothing() -> None:
    drop = Drop(at=build.moment(4), by="import", reason=DropReason.NO_NEED)
    dropped = build.prospect(column=Column.DROPPED, drop=drop)
    assert remarks(build.evidence(dropped), "") == ["dropped on 16 Nov, no need."]
    back = build.prospect(build.touch(Outcome.INBOUND, 1), column=Column.DROPPED, drop=drop)
    assert remarks(build.evidence(back), "")[-1].endswith("What has changed since?")
