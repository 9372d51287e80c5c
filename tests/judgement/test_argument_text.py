"""The argument in the seller's words."""

from review_board.judgement.argument_text import plain_argument, without_repeats
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState, Outcome
from tests.judgement.build import DEFAULTS, TODAY, advice, day, prospect, touches


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
            text.startswith(f"nothing from them for {days} days (limit {limit})") for text in told
        )
