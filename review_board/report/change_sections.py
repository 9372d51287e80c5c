"""What changed as sections of a report: by kind, card by card, and since a review ended."""

from collections.abc import Iterable
from dataclasses import replace

from review_board.report.change_kinds import ChangeKind
from review_board.report.facts import Facts
from review_board.report.model import (
    ID,
    NAME,
    OWNER,
    VALUE,
    ReportColumn,
    ReportSection,
    below,
    figure,
    hidden,
    name_of,
    owner_cell,
    table_of,
)
from review_board.report.pipeline_changes import (
    ChangeGroup,
    PipelineChanges,
    by_column,
    by_rep,
    summary_of,
    total,
)
from review_board.wording import Hint


def changes_section(changes: PipelineChanges) -> ReportSection:
    """Show how many changed in each way and what they come to, by column and by owner."""
    return table_of(
        "changes",
        "What changed",
        (
            (ReportColumn("kind", ""), lambda kind: kind.title),
            (figure("cards", "Cards"), lambda kind: len(changes.of(kind))),
            (VALUE, lambda kind: total(changes.of(kind))),
            (ReportColumn("meaning", "That is"), lambda kind: kind.meaning),
            (below("columns", "Columns"), lambda kind: _listed(by_column(changes.of(kind)))),
            (below("reps", "Owners"), lambda kind: _listed(by_rep(changes.of(kind)))),
            (hidden("ids", "Ids"), lambda kind: ", ".join(c.entry.id for c in changes.of(kind))),
        ),
        changes.kinds,
    )


def _listed(groups: Iterable[ChangeGroup]) -> str:
    return ", ".join(group.words for group in groups)


def cards_section(changes: PipelineChanges, kind: ChangeKind) -> ReportSection:
    """Show the cards of one kind of change."""
    return table_of(
        kind.value,
        f"{kind.title}: {kind.meaning}",
        (
            (ID, lambda card: card.entry.id),
            (NAME, lambda card: name_of(card.entry)),
            (VALUE, lambda card: card.worth),
            (OWNER, lambda card: card.entry.owner),
            (ReportColumn("what", ""), lambda card: card.what),
        ),
        changes.of(kind),
        shown=len(changes.cards),
    )


def since_then(facts: Facts) -> ReportSection:
    """Show what became of the cards since the review ended; what it decided does not change by that."""
    decided = {s.prospect.id: s.verdict.destination for s in facts.cards}
    cards = facts.since.cards if facts.since else ()
    theirs = [card for card in cards if card.entry.id in decided]
    others = tuple(card for card in cards if card.entry.id not in decided)
    note = f"The other cards since then: {summary_of(others)}."
    return table_of(
        "since_then",
        "What became of these cards since then",
        (
            (ID, lambda card: card.entry.id),
            (NAME, lambda card: name_of(card.entry)),
            (VALUE, lambda card: card.worth),
            (ReportColumn("decided", "Decided"), lambda card: decided[card.entry.id]),
            (hidden("kind", "Kind"), lambda card: card.kind.title),
            (ReportColumn("what", "Since then"), lambda card: card.in_words),
            owner_cell(theirs, lambda card: card.entry.owner),
        ),
        theirs,
        (note,) if others else (),
    )


def changed_since(facts: Facts) -> ReportSection:
    """Show what changed since the review before; empty where there was none, or nothing changed."""
    changes = facts.changes
    if changes is None or not changes.cards:
        return ReportSection("changes", "What changed")
    note = Hint("review-board changes --list KIND names the cards of such changes, until today.")
    title = f"What changed {changes.span}"
    return replace(changes_section(changes), title=title, notes=(note,))
