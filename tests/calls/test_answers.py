"""An answer in the after-call line names a question that is asked, or the word is pointed at."""

from datetime import date

import pytest

from review_board.calls.entry import TypedAnswer
from review_board.calls.grammar import parse_line
from review_board.calls.tokens import LineError
from review_board.judgement.questions import names_of_questions
from review_board.pipeline.vocabulary import AnswerState

TODAY = date(2026, 11, 20)


def told(text: str, pack: str) -> tuple[TypedAnswer, ...]:
    return parse_line(text, TODAY, questions=names_of_questions(pack)).answers


def refused(text: str, pack: str) -> LineError:
    with pytest.raises(LineError) as caught:
        told(text, pack)
    return caught.value


@pytest.mark.parametrize(
    "written", ['?"Economic buyer"=no', '?"Economic buyer=no"', "?EconomicBuyer=no", "?econ=no"]
)
def test_a_name_of_two_words_stands_in_quotes_or_without_its_blank(written: str) -> None:
    assert told(f"harbor talk {written}", "meddic") == (
        TypedAnswer("decision", AnswerState.NEGATIVE),
    )


def test_with_its_blank_it_is_told_how() -> None:
    error = refused('harbor talk ?Economic Buyer=no "busy"', "meddic")
    assert str(error) == (
        "The name of that question has blanks; put the name of the question in quotes: "
        '?"Economic Buyer"=no'
    )
    assert error.line[error.start : error.end] == "?Economic Buyer=no"


@pytest.mark.parametrize(
    ("pack", "written", "blamed", "says"),
    [
        ("weiss", "?Pain=no", "Pain", "no question 'Pain'"),
        ("meddic", "?d=no", "d", "may be economic-buyer, decision-process"),
        ("weiss", "?[b]=no", "[b]", "no question '[b]'"),
        ("weiss", '?"b c!"=no', '"b c!"', "no question"),
    ],
)
def test_one_that_is_not_asked_or_not_clear_is_pointed_at(
    pack: str, written: str, blamed: str, says: str
) -> None:
    error = refused(f"harbor talk {written}", pack)
    assert says in str(error)
    assert error.line[error.start : error.end] == blamed


@pytest.mark.parametrize(
    ("pack", "example"),
    [("weiss", "?budget=no"), ("meddic", "?pain=no"), ("champ", "?challenges=no")],
)
def test_the_example_is_of_the_pack(pack: str, example: str) -> None:
    assert (
        str(refused("harbor talk ?x", pack))
        == f"The answer cannot be read; write it like {example}"
    )


def test_a_confirmed_one_is_asked_for_by_the_word_that_is_shown() -> None:
    error = refused('harbor talk ?"Economic buyer"=confirmed', "meddic")
    assert 'write ?economic-buyer=proven:"how you know"' in str(error)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("?sites=120", TypedAnswer("sites", AnswerState.CLAIMED, "120")),
        ("?sites=One", TypedAnswer("sites", AnswerState.CLAIMED, "1")),
        ("?sites=unknown", TypedAnswer("sites", AnswerState.UNKNOWN)),
    ],
)
def test_how_many_sites_they_have_is_a_number(written: str, found: TypedAnswer) -> None:
    assert told(f"tire talk {written}", "bant") == (found,)


@pytest.mark.parametrize("number", ["many", "no", "0", "1.5", "9999999"])
def test_another_word_for_a_number_of_sites_is_pointed_at(number: str) -> None:
    error = refused(f"tire talk ?sites={number}", "weiss")
    assert "?sites=120" in str(error)
    assert error.line[error.start : error.end] == number
