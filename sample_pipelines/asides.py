"""What a past gains once its story is told: first impressions, bets, cards put off, earlier reviews.

Everything here is drawn after the stories, so that a story stays the same whatever is added.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from review_board.learning.outcomes import was_pursued
from review_board.pipeline.vocabulary import OUTCOMES
from sample_pipelines.draft import TODAY, Draft
from sample_pipelines.reviews import add_reviews
from sample_pipelines.words import Deck


@dataclass(frozen=True, slots=True)
class Told:
    """A draft, and the story that wrote it."""

    story: str
    draft: Draft


def add_asides(told: list[Told], plan: dict[str, Any], rng: Random) -> None:
    """All that the plan asks for; what it leaves out is not added."""
    for put_off in plan.get("snoozes", ()):
        _find(told, **put_off).snooze(put_off["ago"])
    for kept in plan.get("bets", ()):
        _find_kept(told, **kept).bet(-kept["ahead"])
    if share := plan.get("start_anew"):
        _say_whether_anew(told, share)
    if reviews := plan.get("reviews"):
        for owner in dict.fromkeys(one.draft.owner for one in told):
            drafts = [one.draft for one in told if one.draft.owner == owner]
            own = plan.get("reviews_of", {}).get(owner, {})
            add_reviews(drafts, rng, **(reviews | own))
    _add_impressions([one.draft for one in told], rng, plan["ended"], plan["open"])


# First impressions


def _add_impressions(drafts: list[Draft], rng: Random, ended: float, others: float) -> None:
    """Given at the first talk on so many; of three told of what has ended, two were right."""
    right = Deck(["right", "right", "wrong"], rng)
    for draft in drafts:
        prospect = draft.build("p")
        first = next((t for t in draft.touches if OUTCOMES[t["outcome"]].response), None)
        lost = was_pursued(prospect)
        known = lost or prospect.won is not None
        if first is None or not draft.chance(ended if known else others):
            continue
        if known:
            solid = (right.deal() == "right") is (prospect.won is not None)
        else:
            solid = draft.chance(0.5)
        draft.fields["first_impression"] = {"solid": solid, "at": first["at"], "by": draft.owner}


# Cards put off, bets, and whether they would start with it today


def _find(told: Iterable[Told], *, owner: str, story: str, ago: list[int]) -> Draft:
    """The first card of a story that no review has settled since it was put off."""
    for one in told:
        since = min((_days(ruling) for ruling in one.draft.rulings), default=max(ago) + 1)
        fits = one.story == story and one.draft.owner == owner
        if fits and since > max(ago) and "snoozes" not in one.draft.fields:
            return one.draft
    raise LookupError(f"no {story} of {owner} can be put off {ago} days ago")


def _find_kept(told: Iterable[Told], *, owner: str, story: str, ahead: int) -> Draft:
    """The first card of a story that the last review kept."""
    for one in told:
        rulings = one.draft.rulings
        if (one.story, one.draft.owner) == (story, owner) and rulings and _days(rulings[-1]) == 7:
            return one.draft
    raise LookupError(f"no {story} of {owner} can be bet on for {ahead} days")


def _days(ruling: dict[str, Any]) -> int:
    return int((TODAY - ruling["at"].date()).days)


def _say_whether_anew(told: Iterable[Told], share: float) -> None:
    """Every verdict against the advice says whether they would start with it today."""
    for draft in (one.draft for one in told):
        for ruling in draft.rulings:
            if "against" in ruling and "start_anew" not in ruling:
                ruling["start_anew"] = draft.chance(share)
