"""What an import asks on a terminal without a screen: stage words, who is on record, whose side counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from review_board.errors import RefusedError, UsageError
from review_board.pipeline.text import fold
from review_board.wording import first_few, plural, several

if TYPE_CHECKING:
    from review_board.exchange.import_result import ImportResult
    from review_board.exchange.source_mapping import SourceMapping
    from review_board.imports.identity import NearMatch
    from review_board.imports.plan import ImportPlan

ONE_BY_ONE = "one by one"


@dataclass(frozen=True, slots=True)
class Sides:
    """Whose side counts: ``theirs`` or not where both changed something, and fields to ``take`` by card."""

    theirs: bool | None = None
    take: tuple[str, ...] = ()

    def taken(self, plan: "ImportPlan") -> "ImportPlan":
        """Return the plan with the fields that were named taken from the list."""
        there = [*plan.conflicts, *plan.standing]
        known = [*there, *((update, field) for update in plan.matched for field in update.taken)]
        named = {fold(f"{u.name}:{f.label}").replace(" ", ""): (u.id, f.field) for u, f in known}
        taken = {text: named.get(fold(text).replace(" ", "")) for text in self.take}
        for text, field in taken.items():
            if field is None:
                offered = [f"{update.name}: {field.label}" for update, field in there]
                raise UsageError(
                    f"--take {text[:60]!r} names no field that the list has otherwise than you",
                    f"choose from {first_few(offered, 5)}" if offered else "there is none",
                )
        return plan.taking([field for field in taken.values() if field])

    def where_said(self, plan: "ImportPlan") -> "ImportPlan":
        """Return the plan with what was said of it; the rest is to be asked."""
        plan, side = self.taken(plan), self.theirs
        return plan if side is None else plan.settled(lambda _update, _field: side)

    def settled(self, plan: "ImportPlan") -> "ImportPlan":
        """Return the plan with its conflicts decided; without a side refuse it with all of them."""
        from review_board.imports.updating import conflict_words

        side = self.theirs
        if plan.undecided and side is None:
            both = [conflict_words(update, field) for update, field in plan.conflicts]
            raise RefusedError(
                f"Nothing was imported; {several(len(both), 'field')} "
                f"{plural(len(both), 'differs', 'differ')} in the list and here: "
                + "; ".join(both),
                "say --theirs or --ours, or leave --yes out to be asked",
            )
        return plan.settled(lambda _update, _field: side is True)


def ask_words(result: "ImportResult") -> "Mapping[str, SourceMapping]":
    """Ask what each stage word means that is not known; return what is said by source, if anything is."""
    from review_board.exchange.import_result import lists_of
    from review_board.exchange.source_mapping import SAYABLE

    said = {one.source_key: one.applied for one in lists_of(result)}
    asked = False
    for one in lists_of(result):
        for use in one.states:
            if not use.is_known:
                words = f"{use.word[:60]!r} ({several(use.count, 'row')}) is not known: what is it?"
                meant = SAYABLE[_chosen(words, list(SAYABLE), "active")]
                said[one.source_key] = said[one.source_key].with_word(use.word, meant)
                asked = True
    return said if asked else {}


def ask_near(plan: "ImportPlan") -> "list[NearMatch]":
    """Ask of each row that may be on record whether it is; return the answers."""
    from review_board.imports.identity import near_words

    same: set[tuple[int, str]] = set()
    answers = []
    for one in plan.unsure:
        if (one.place, one.row) not in same:
            answer = _chosen(f"{near_words(one)}: the same, or another?", ["same", "another"])
            answers.append(replace(one, is_same=answer == "same"))
            same |= {(one.place, one.row)} if answer == "same" else set()
    return answers


def ask_sides(plan: "ImportPlan") -> "ImportPlan":
    """Ask which side counts where both changed: of all at once, or one by one."""
    from review_board.imports.updating import conflict_words

    count = len(list(plan.conflicts))
    side = ONE_BY_ONE
    if count > 1:
        words = f"{count:,} fields differ in the list and here: which side counts?"
        side = _chosen(words, ["theirs", "ours", ONE_BY_ONE])
    if side != ONE_BY_ONE:
        return plan.settled(lambda _update, _field: side == "theirs")
    return plan.settled(
        lambda update, field: (
            _chosen(f"{conflict_words(update, field)}: theirs or ours?", ["theirs", "ours"])
            == "theirs"
        )
    )


def _chosen(words: str, answers: Sequence[str], usual: str | None = None) -> str:
    return str(click.prompt(words, type=click.Choice(answers), default=usual, err=True))
