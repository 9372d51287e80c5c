"""Every rule is one object, and the page that shows how to add one is right."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from review_board.judgement import recommend as recommending
from review_board.judgement import rules
from review_board.judgement.argument_text import rule_lines
from review_board.judgement.card_status import status_line
from review_board.judgement.recommend import next_change_day
from review_board.judgement.rule import Rule
from review_board.judgement.rules import RULES, RULES_BY_NAME, payoff
from review_board.pipeline.vocabulary import Column, Outcome, Verdict
from review_board.settings import rule_names as names
from review_board.settings.descriptions import described
from review_board.settings.rule_names import RuleName
from tests.judgement.build import DEFAULTS, TODAY, day, evidence, prospect, recommend, touches

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-rule.md"
PAST = prospect(
    *touches(Outcome.NO_ANSWER, 140, 130, 120, 110, 100), close_date=day(95), created=None
)
"""A prospect for the rule of the page: its day is past, and nothing was heard since."""


def test_the_rules_stand_in_the_order_of_their_names() -> None:
    assert [rule.name for rule in RULES] == list(RuleName)


def test_no_two_files_have_a_rule_of_one_name() -> None:
    files = [
        file for file in vars(rules).values() if isinstance(getattr(file, "RULES", None), tuple)
    ]
    written = [rule.name for file in files for rule in file.RULES]
    assert len(files) > 5
    assert sorted(written) == sorted(RuleName)


def test_each_says_what_it_is_about_in_one_sentence() -> None:
    assert not [rule.name for rule in RULES if not re.fullmatch(r"[A-Z].*[^.]\.", rule.meaning)]


def test_a_file_that_is_put_beside_the_others_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It ended with a ``KeyError`` until a list of files named it."""
    (tmp_path / "lately.py").write_text("from .payoff import RULES\n")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    monkeypatch.setattr(rules, "lately", None, raising=False)
    monkeypatch.setitem(sys.modules, f"{rules.__name__}.lately", None)
    monkeypatch.delitem(sys.modules, f"{rules.__name__}.lately")
    assert rules.rules_in([str(tmp_path)]).keys() == {rule.name for rule in payoff.RULES}


def test_a_name_without_a_rule_is_a_setting_that_says_so() -> None:
    """As after the first step of the page; ``config`` ended with an error."""
    others = [rule for rule in RULES if rule.name is not RuleName.GONE_SILENT]
    assert described("rules.gone-silent", others).meaning == "There is no rule of this name yet."


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Rule:
    """The rule of the page, read from it, among the others and before the one it names."""
    name, code = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (before,) = re.findall(r"goes before `([A-Z_]+)`", PAGE.read_text("utf-8"))
    member, value = re.findall(r'^ +([A-Z_]+) = "([a-z-]+)"$', name)[0]
    known = [(rule.name, rule.value) for rule in RuleName]
    known.insert(list(RuleName.__members__).index(before), (member, value))
    monkeypatch.setattr(names, "RuleName", StrEnum("RuleName", known))
    written: dict[str, Any] = {}
    exec(code, written)
    rule: Rule = written[member]
    asked = list(RULES)
    asked.insert(asked.index(RULES_BY_NAME[RuleName[before]]), rule)
    monkeypatch.setattr(recommending, "RULES", tuple(asked))
    monkeypatch.setitem(RULES_BY_NAME, rule.name, rule)
    return rule


class TestTheRuleOfThePage:
    def test_it_decides_and_says_why(self, added: Rule) -> None:
        before = recommend(prospect(*PAST.touches, created=None), TODAY, DEFAULTS)
        made = recommend(PAST, TODAY, DEFAULTS)
        assert before.rule is RuleName.LAST_CALL
        assert (made.rule, made.destination) == (added.name, Column.NURTURE)
        assert rule_lines(made)[0].startswith("day-is-past: 95 d ≥ 90")
        assert status_line(evidence(PAST), made.finding) == "day to buy is past"

    def test_what_would_change_it_does(self, added: Rule) -> None:
        made = recommend(PAST, TODAY, DEFAULTS)
        assert made.changes_if == "they take a step of their own"
        assert made.what_would_change
        changed, then = made.what_would_change.apply(PAST, TODAY)
        assert recommend(changed, then, DEFAULTS).verdict is Verdict.KEEP

    def test_a_replay_looks_on_the_day_on_which_it_begins_to_match(self, added: Rule) -> None:
        early = prospect(*touches(Outcome.NO_ANSWER, 20, 10), close_date=day(85), created=None)
        assert added.match(evidence(early)) is None
        assert next_change_day(evidence(early)) == day(-5)
