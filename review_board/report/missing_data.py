"""What the pipeline lacks: gaps in the records, and cards kept again and again for nothing."""

from review_board.pipeline.money import total_by_currency
from review_board.report.facts import Facts
from review_board.report.items import MissingItem, MissingKind, ZombieItem, who_of
from review_board.report.model import (
    OWNER,
    VALUE,
    ReportColumn,
    ReportSection,
    Value,
    below,
    figure,
    prospect_cells,
    table_of,
)
from review_board.wording import Hint, several

NAMED = 3
STEP = "Where no step is planned the card says what to do; nobody set a day for it yet."
QUOTE_DAY = "The line “NAME quote @12oct” tells the day of a quote; then your attempts count."

NOTES = {MissingKind.QUOTE_DAY: QUOTE_DAY, MissingKind.STEP: STEP}


def data_gaps(facts: Facts) -> ReportSection:
    """Show what is missing on open prospects, counted, the most valuable named."""
    every = facts.those(MissingItem)
    by_kind = ((kind, [item for item in every if item.kind is kind]) for kind in MissingKind)
    rows = [_gap(facts, kind, found) for kind, found in by_kind if found]
    if facts.spoilt:
        named = ", ".join(facts.spoilt[:NAMED])
        rows.append(
            (Hint("record cannot be read: run review-board doctor"), len(facts.spoilt), (), named)
        )
    return table_of(
        "gaps",
        "Missing on the cards",
        (
            (ReportColumn("gap", "Missing"), lambda row: row[0]),
            (figure("cards", "Cards"), lambda row: row[1]),
            (VALUE, lambda row: row[2]),
            (below("examples", "Such as"), lambda row: row[3]),
        ),
        rows,
        [note for kind, note in NOTES.items() if any(item.kind is kind for item in every)],
    )


def _gap(facts: Facts, kind: MissingKind, found: list[MissingItem]) -> tuple[Value, ...]:
    """Return what is missing, on how many, what they are worth, the most valuable by name."""
    ranked = sorted(found, key=lambda m: (*facts.size(m.who.value), m.who.name, m.who.id))
    values = (m.who.value for m in found if m.who.value)
    worth = total_by_currency(values, facts.settings.currency)
    return (kind.value, len(found), worth, ", ".join(m.who.name for m in ranked[:NAMED]))


def zombies(facts: Facts) -> ReportSection:
    """Show what is kept in review after review without a buyer signal between."""
    found = sorted(
        facts.those(ZombieItem), key=lambda z: (*facts.size(z.who.value), z.who.name, z.who.id)
    )
    reviews = facts.settings.review.zombie_reviews
    return table_of(
        "zombies",
        "Kept again and again",
        (
            *prospect_cells(who_of),
            (figure("reviews", "Reviews"), lambda z: z.reviews),
            (figure("last_signal", "Last signal"), lambda z: z.signal),
            (OWNER, lambda z: z.who.owner),
        ),
        found,
        (f"Kept in {several(reviews, 'review')} or more since the buyer last gave a sign.",)
        if found
        else (),
    )
