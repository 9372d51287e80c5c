"""What the pipeline lacks: gaps in the records, and cards kept again and again for nothing."""

from review_board.pipeline.money import total_by_currency
from review_board.report.decisions import ID, NAME, OWNER, VALUE
from review_board.report.facts import Facts
from review_board.report.items import MissingItem, MissingKind, ZombieItem
from review_board.report.model import Heading, Kind, ReportSection, Row
from review_board.wording import several

NAMED = 3


def gaps(facts: Facts) -> ReportSection:
    """What is missing on open prospects, counted, the most valuable named."""
    found: dict[MissingKind, list[MissingItem]] = {lack: [] for lack in MissingKind}
    for gap in facts.those(MissingItem):
        found[gap.lack].append(gap)
    rows = [_row(facts, lack, these) for lack, these in found.items() if these]
    if facts.spoilt:
        named = ", ".join(facts.spoilt[:NAMED])
        rows.append(
            ("record cannot be read: run review-board doctor", len(facts.spoilt), (), named)
        )
    return ReportSection(
        "gaps",
        "Data gaps",
        (
            Heading("gap", "Missing"),
            Heading("cards", "Cards", Kind.FIGURE),
            VALUE,
            Heading("examples", "Such as", Kind.BELOW),
        ),
        tuple(rows),
    )


def _row(facts: Facts, lack: MissingKind, gaps: list[MissingItem]) -> Row:
    ranked = sorted(gaps, key=lambda g: (*facts.size(g.who.value), g.who.name, g.who.id))
    examples = ", ".join(g.who.name for g in ranked[:NAMED])
    return (
        lack.value,
        len(gaps),
        total_by_currency(g.who.value for g in gaps if g.who.value),
        examples,
    )


def zombies(facts: Facts) -> ReportSection:
    """Kept in review after review without a buyer signal between."""
    found = sorted(
        facts.those(ZombieItem),
        key=lambda z: (*facts.size(z.who.value), z.who.name, z.who.id),
    )
    reviews = facts.settings.review.zombie_reviews
    return ReportSection(
        "zombies",
        "Zombies",
        (
            ID,
            NAME,
            VALUE,
            Heading("reviews", "Reviews", Kind.FIGURE),
            Heading("last_signal", "Last signal", Kind.FIGURE),
            OWNER,
        ),
        tuple((z.who.id, z.who.name, z.who.value, z.reviews, z.signal, z.who.owner) for z in found),
        (f"Kept in {several(reviews, 'review')} or more since the buyer last gave a sign.",)
        if found
        else (),
    )
