"""Style sheets are parsed once in all, not once an app: the same text with the same colours is the same."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}
_parse: Callable[..., list[RuleSet]] = Stylesheet._parse_rules


def _parse_once(sheet: Stylesheet, *asked: Any, **more: Any) -> list[RuleSet]:
    key = (frozenset(sheet._variables.items()), asked, frozenset(more.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *asked, **more)
    return _parsed[key]


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every app of a test asks for rules that an earlier one may have parsed already."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)
