"""What a card of the review says, as text."""

from review_board.pipeline.vocabulary import Outcome
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from review_board.tui.review.card_text import advice
from tests.judgement import build
from tests.judgement.build import TODAY


def test_a_card_that_nothing_can_turn_says_so() -> None:
    off = {rule: False for rule in RuleName if rule is not RuleName.WORKING}
    made = build.advice(build.prospect(build.touch(Outcome.TALKED, 3)), Settings(rules=off))
    assert made.what_would_change is None
    assert (
        "nothing, by your settings" in dict(advice(made, TODAY, Settings().calendar))["changes if"]
    )
