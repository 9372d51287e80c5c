"""A question is named by its id or its label, as the person has it before them."""

import pytest

from review_board.errors import InvalidValueError
from review_board.judgement.question_packs import PACKS
from review_board.pipeline.question_names import question_named, short_name


def of(pack: str) -> dict[str, str]:
    return {question.id: question.label for question in PACKS[pack]}


@pytest.mark.parametrize(
    ("pack", "name", "meant"),
    [
        ("meddic", "pain", "need"),
        ("meddic", "PAIN", "need"),
        ("meddic", "need", "need"),
        ("meddic", "economicbuyer", "decision"),
        ("meddic", "Economic buyer", "decision"),
        ("meddic", "economic-buyer", "decision"),
        ("meddic", "econ", "decision"),
        ("meddic", "decisionprocess", "decision-process"),
        ("champ", "money", "budget"),
        ("champ", "chall", "need"),
        ("champ", "prioritization", "priority"),
        ("bant", "authority", "decision"),
        ("weiss", "bud", "budget"),
        ("weiss", "nextstep", "next-step"),
        ("weiss", "whatchangesbythen", "change"),
        ("weiss", "what", "change"),
    ],
)
def test_an_id_a_label_or_the_beginning_of_one_is_enough(pack: str, name: str, meant: str) -> None:
    assert question_named(name, of(pack)) == meant


def test_an_id_means_its_question_whatever_others_are_called() -> None:
    assert question_named("decision", of("meddic")) == "decision"
    assert question_named("b", {"a": "b", "b": "c"}) == "b"


def test_what_may_mean_several_names_them() -> None:
    with pytest.raises(InvalidValueError) as caught:
        question_named("dec", of("meddic"))
    assert "'dec' may be economic-buyer, decision-process, decision-criteria" in str(caught.value)


@pytest.mark.parametrize("name", ["taste", "", "-", "budget", "[p]", "pain!"])
def test_another_is_refused_with_those_that_are_asked(name: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        question_named(name, of("meddic"))
    assert "no question" in str(caught.value)
    assert "choose from pain, economic-buyer, champion, metrics, dec" in str(caught.value)


@pytest.mark.parametrize("pack", PACKS)
def test_what_it_is_called_names_it_again(pack: str) -> None:
    questions = of(pack)
    names = [short_name(question, questions) for question in questions]
    assert [question_named(name, questions) for name in names] == list(questions)
    assert len(set(names)) == len(names)


def test_what_the_id_says_already_is_not_said_at_length() -> None:
    assert [short_name(q, of("weiss")) for q in of("weiss")] == [
        *("budget", "decision", "process", "change", "next-step")
    ]
