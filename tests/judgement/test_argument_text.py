"""The argument in the seller's words."""

from review_board.judgement.argument_text import place_words, plain_argument, without_repeats
from review_board.judgement.routes import ContactRoute, by_route
from review_board.pipeline.records import Answer, Contact
from review_board.pipeline.vocabulary import AnswerState, Column, Outcome, Role, Route
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    answer,
    day,
    evidence,
    finding,
    promise,
    prospect,
    quote,
    touch,
    touches,
)


def test_a_question_whose_answer_is_too_old_says_when_that_was_given() -> None:
    old = Answer(state=AnswerState.CLAIMED, text="40k", on=day(50), by="ann")
    made = advice(prospect(answers={"budget": old}))
    said = plain_argument(made, None, {"budget": old}, TODAY, DEFAULTS.calendar).to_ask
    again = [text for text in said if text.endswith(": ask again")]
    assert again == [
        "Is there a budget for this, or a plan to get one? answered on 1 Oct: ask again"
    ]
    assert len(said) > 1, "what nobody answered stands beside it, without a remark"


def test_one_silence_is_one_line_and_the_stronger_one() -> None:
    for days, limit in ((45, 30), (90, 60)):
        made = advice(prospect(*touches(Outcome.VOICEMAIL, days, days - 5)))
        told = [line.text for line in without_repeats(made.reasons_to_let_go)]
        assert any(
            text.startswith("no sign of") for text in (o.text for o in made.reasons_to_let_go)
        )
        assert not any(text.startswith("no sign of interest") for text in told)
        assert any(
            text.startswith(f"never an answer in {days} days (limit {limit})") for text in told
        )


def test_a_silence_is_told_as_the_card_counts_it() -> None:
    def told(*outcomes: Outcome) -> list[str]:
        """Return the reasons after contacts on days 90, 60 ..., then a voicemail."""
        record = [touch(outcome, 90 - 30 * place) for place, outcome in enumerate(outcomes)]
        made = advice(prospect(*record, touch(Outcome.VOICEMAIL, 10)))
        return [line.text for line in made.reasons_to_let_go]

    assert any(t.startswith("nothing from them for 90 days") for t in told(Outcome.MEETING))
    later = told(Outcome.MEETING, Outcome.TALKED)
    assert any(text.startswith("no sign of interest for 90 days") for text in later)
    assert any(text.startswith("no answer for 60 days") for text in later)


def test_a_change_named_before_the_callback_is_no_word_about_its_day() -> None:
    asked = promise(10, 30, proven=False)
    said = {"change": answer(AnswerState.CLAIMED, 40)}
    told = [line.text for line in advice(prospect(callback=asked, answers=said)).reasons_to_let_go]
    assert any("what they said on 11 Oct was not about this day" in text for text in told), told
    fresh = [line.text for line in advice(prospect(callback=asked)).reasons_to_let_go]
    assert not any("was not about" in text for text in fresh)


def test_what_is_let_go_where_it_is_stays_there() -> None:
    nurtured = finding(prospect(column=Column.NURTURE))
    assert place_words(nurtured, Column.NURTURE) == "stays in Nurture"
    assert place_words(nurtured, Column.ACTIVE) == "to Nurture"
    kept = finding(prospect(touch(Outcome.MEETING, 2)))
    assert place_words(kept, Column.ACTIVE) == "in Active"


def test_a_way_in_is_named_with_its_word() -> None:
    kim = Contact(id="c", name="Kim", role=Role.CHAMPION)
    assert (
        by_route(ContactRoute(Route.CHAMPION, tried=False, contact=kim)) == "through Kim (champion)"
    )
    assert by_route(ContactRoute(Route.IN_PERSON, tried=False)) == "in person"
    assert by_route(ContactRoute(Route.MAIL, tried=False)) == "by mail"


def test_an_answer_without_words_says_what_it_is() -> None:
    assert AnswerState.CLAIMED.said("") == "they said yes"
    assert AnswerState.CLAIMED.said("40k") == "said"
    assert AnswerState.NEGATIVE.said("") == "no"


def test_a_quote_was_followed_up_by_a_contact_of_which_a_list_tells() -> None:
    listed = touch(Outcome.CONTACTED, 10, from_list=True)
    assert len(evidence(prospect(listed, quotes=(quote(30),))).quote_attempts) == 1
    assert not evidence(prospect(listed, quotes=(quote(5),))).quote_attempts
