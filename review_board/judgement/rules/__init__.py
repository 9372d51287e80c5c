"""The rules, one object each; the first that matches wins.

They are asked in the order in which ``RuleName`` lists them. Adding a rule is a name there and an
object in the ``RULES`` of a file here: see docs/adding-a-rule.md.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from review_board.judgement.rule import Rule
from review_board.settings.rule_names import RuleName


def rules_in(folders: Iterable[str]) -> dict[str, Rule]:
    """Return the rules of every file in the folders of this room, by their names."""
    files = (import_module(f"{__name__}.{found.name}") for found in iter_modules(folders))
    return {rule.name: rule for file in files for rule in getattr(file, "RULES", ())}


RULES_BY_NAME: Mapping[str, Rule] = rules_in(__path__)
RULES = tuple(RULES_BY_NAME[name] for name in RuleName if name in RULES_BY_NAME)


def words_of_rule(name: str) -> str:
    """Return what a rule says in a few words; the name itself of a rule of another edition."""
    rule = RULES_BY_NAME.get(name)
    return rule.words if rule else name
