"""What each kind of card shows, on a small screen and on a large one."""

import pytest
from textual.content import Content
from textual.widgets import Static

from review_board.settings.rule_names import RuleName
from review_board.tui.review.card_text import advice, identity, remarks, side
from review_board.tui.review.card_view import ROOMY, ReviewCardView
from tests.judgement import build
from tests.judgement.build import DEFAULTS, TODAY
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
    shown = view.query_one(f"#{part}", Static)
    assert isinstance(shown.content, Content)
    return shown.content.plain.split("\n") if shown.display else []


def assert_side(lines: list[str], words: str) -> None:
    """One side says these words, or as many as fit and how to see the rest."""
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
        asked = view.show(card, evidence, made)
        is_roomy = size[0] >= ROOMY

        assert lines_in(view, "name") == [card.name]
        assert lines_in(view, "who") == [identity(card, evidence)]
        assert plain_words(remarks(card, evidence, "")) in plain_words(lines_in(view, "remarks"))

        left, right = lines_in(view, "too-soon"), lines_in(view, "held-long")
        assert len(left) == len(right), "the two frames end on one line"
        assert_side(left, plain_words(side(made.reasons_to_keep, "○", full=is_roomy)))
        assert_side(right, plain_words(side(made.reasons_to_let_go, "■", full=is_roomy)))

        assert [question.digit for question in asked] == [*range(1, len(asked) + 1)]
        assert len(asked) <= DEFAULTS.questions.asked
        questions = plain_words(lines_in(view, "questions"))
        for question in asked:
            assert f"{question.digit} " in questions
            assert question.known in questions

        told = plain_words(lines_in(view, "advice"))
        for label, text in advice(made, TODAY, DEFAULTS.calendar):
            assert plain_words([label, text]) in told


@pytest.mark.parametrize(("high", "shown"), [(24, False), (28, True)])
async def test_the_lines_of_contact_stand_where_there_is_room(high: int, shown: bool) -> None:
    card = CARDS["open-quote"]
    view = ReviewCardView()
    async with Harness(view).run_test(size=(80, high)):
        view.show(card, build.evidence(card), build.advice(card))
        assert [line.split()[0] for line in lines_in(view, "contact")] == [
            "Oct",
            "us",
            "them",
        ] * shown
