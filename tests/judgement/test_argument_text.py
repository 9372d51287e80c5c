"""The argument in the seller's words."""

from review_board.judgement.argument_text import plain_argument
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState
from tests.judgement.build import DEFAULTS, TODAY, advice, day, prospect


def test_a_question_whose_answer_is_too_old_says_when_that_was_given() -> None:
    old = Answer(state=AnswerState.CLAIMED, text="40k", on=day(50), by="ann")
    made = advice(prospect(answers={"budget": old}))
    said = plain_argument(made, None, {"budget": old}, TODAY, DEFAULTS.calendar).to_ask
    again = [text for text in said if text.endswith(": ask again")]
    assert again == [
        "Is there a budget for this, or a plan to get one? answered on 1 Oct: ask again"
    ]
    assert len(said) > 1, "what nobody answered stands beside it, without a remark"
