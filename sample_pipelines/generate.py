"""Writes the sample pipelines: ``python -m sample_pipelines.generate``.

The same seed gives the same bytes; there is no clock and no network in it.
"""

import json
import random
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from review_board.pipeline.prospect import Prospect, to_document
from sample_pipelines import keeping, lessons, purging
from sample_pipelines.asides import Told, add_asides
from sample_pipelines.cast import companies
from sample_pipelines.draft import TODAY, Draft
from sample_pipelines.reach import with_reach
from sample_pipelines.words import HERE, Words, read_toml
from tests.judgement.scenarios import load_scenarios

SEEDS = {"rep": 1, "manager": 2}


def told(name: str) -> list[Prospect]:
    """The prospects of a plan: every story as often as it says, in a shuffled order."""
    rng = random.Random(SEEDS[name])  # noqa: S311 - a story needs no secrets
    words, plans, manager = Words(rng), read_toml("plans"), name == "manager"
    cast = companies(rng, words, abroad=manager)
    plan = [
        (owner, story)
        for owner, stories in plans[name].items()
        for story, count in stories.items()
        for _ in range(count)
    ]
    rng.shuffle(plan)
    told = []
    for owner, story in plan:
        draft = Draft(rng, words, next(cast), owner, workdays=manager)
        story_named(story)(draft)
        told.append(Told(story, draft))
    add_asides(told, plans["asides"][name], rng)
    built = (one.draft.build(f"p-{name}-{n:03}") for n, one in enumerate(told, 1))
    return list(with_reach(built))


def story_named(name: str) -> Callable[[Draft], None]:
    """The function that tells a story."""
    rooms = (keeping, purging, lessons)
    story: Callable[[Draft], None] = next(vars(r)[name] for r in rooms if name in vars(r))
    return story


def scenarios() -> list[Prospect]:
    """The prospects of the twelve scenarios."""
    return list(with_reach(scenario.prospect for scenario in load_scenarios()))


def render(name: str, prospects: Iterable[Prospect], today: date) -> str:
    """A sample file: the heading, then one document a line."""
    heading: dict[str, Any] = {"format": "review_board", "schema": 1, "sample": name}
    heading["today"] = today.isoformat()
    head = json.dumps(heading)[:-1]
    lines = [json.dumps(to_document(prospect), ensure_ascii=False) for prospect in prospects]
    return f'{head}, "prospects": [\n' + ",\n".join(lines) + "\n]}\n"


def samples() -> dict[str, str]:
    """Every sample's text under its file name."""
    held = {"rep": told("rep"), "manager": told("manager"), "scenarios": scenarios()}
    return {f"{name}.json": render(name, prospects, TODAY) for name, prospects in held.items()}


def write(folder: Path) -> None:
    """Every sample file, written anew."""
    for name, text in samples().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE)
