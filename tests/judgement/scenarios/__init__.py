"""The twelve scenarios of the product as data: a story, a prospect, what must be recommended.

``[prospect]`` is a stored prospect in the shorthand of :mod:`.shorthand`. ``[expect]`` may hold
``verdict``, ``destination``, ``rule``, ``observed`` and ``threshold`` (parts of the deciding
comparison), ``until``, ``earliest_touch``, ``slow_down``, ``other_channel``, ``email_only``,
``routes`` (one of them is named), ``says`` (phrases anywhere in the argument, in any case), ``condition`` (words in
what would turn it), ``in_weekly_queue``, ``needs_reason_against`` and ``later`` (the rule that wins
for the same record on a later day).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from review_board.pipeline.prospect import Prospect
from tests.judgement.scenarios.shorthand import read_prospect

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Scenario:
    """One prospect on one day, and what the judgement must say about it."""

    id: str
    title: str
    story: str
    today: date
    prospect: Prospect
    expect: Mapping[str, Any]


def load_scenarios() -> list[Scenario]:
    """Every scenario, in order: S1 … S11, S12a, S12b."""
    return [load_scenario(path) for path in sorted(HERE.glob("s*.toml"))]


@cache
def load_scenario(path: Path) -> Scenario:
    """The scenario in one file, whose name begins with its number: ``s01-harbor.toml`` is S1."""
    data = tomllib.loads(path.read_text("utf-8"))
    number = path.stem.split("-")[0].removeprefix("s").lstrip("0")
    return Scenario(
        id=f"S{number}",
        title=data["title"],
        story=data["story"],
        today=data["today"],
        prospect=read_prospect(f"p-s{number}", data["prospect"]),
        expect=data["expect"],
    )
