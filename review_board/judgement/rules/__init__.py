"""The rules, one object each; the first that matches wins.

They are asked in the order in which ``RuleName`` lists them. Adding a rule is a name there and an
object in the file of its kin: see docs/adding-a-rule.md.
"""

from collections.abc import Mapping

from review_board.judgement.rule import Rule
from review_board.judgement.rules import (
    callbacks,
    first_contact,
    interest,
    payoff,
    silence,
    stop_selling,
    waiting,
)
from review_board.settings.rule_names import RuleName

_FILES = (stop_selling, callbacks, interest, waiting, first_contact, silence, payoff)
RULES_BY_NAME: Mapping[str, Rule] = {rule.name: rule for file in _FILES for rule in file.RULES}
RULES = tuple(RULES_BY_NAME[name] for name in RuleName)


def words_of_rule(name: str) -> str:
    """Return what a rule says in a few words; the name itself of a rule of another edition."""
    rule = RULES_BY_NAME.get(name)
    return rule.words if rule else name
