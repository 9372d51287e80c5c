"""Columns that tell of single contacts ("Last Contacted", "Quote sent"): a touch for each day.

Such a column says that there was a contact that day. It does not say how it ended, nor which others
there were, so the touch is marked: no silence is counted from it. A CRM's "last contacted" is ours.
"""

from collections.abc import Iterable
from datetime import date, tzinfo

from review_board.exchange.content_ids import content_id
from review_board.exchange.header_synonyms import CONTACT_DAYS
from review_board.exchange.import_result import ImportContext
from review_board.exchange.read_rows import Values
from review_board.pipeline.records import Touch, touch_of
from review_board.pipeline.vocabulary import Channel, Direction, Outcome

_MADE: dict[str, tuple[Outcome, Channel, Direction]] = {
    "met": (Outcome.MEETING, Channel.IN_PERSON, Direction.OUTBOUND),
    "quote_sent": (Outcome.QUOTE, Channel.EMAIL, Direction.OUTBOUND),
    "replied": (Outcome.EMAIL, Channel.EMAIL, Direction.INBOUND),
    "emailed": (Outcome.CONTACTED, Channel.EMAIL, Direction.OUTBOUND),
    "called": (Outcome.CONTACTED, Channel.PHONE, Direction.OUTBOUND),
    "contacted": (Outcome.CONTACTED, Channel.PHONE, Direction.OUTBOUND),
}


def contact_days(row: Values) -> dict[date, str]:
    """Return the days on which a row tells of a contact, and a field that tells of each."""
    return {when.day: field for field in CONTACT_DAYS for when in row.get(field, ())}


def listed_touches(row: Values, prospect_id: str, context: ImportContext) -> tuple[Touch, ...]:
    """Return a touch for each day up to today; a bare contact adds nothing to another of its day."""
    if context.fields.isdisjoint(CONTACT_DAYS):
        return ()
    made: dict[tuple[date, Outcome], Touch] = {}
    told: set[date] = set()
    for field in CONTACT_DAYS:
        outcome, channel, direction = _MADE[field]
        for when in row.get(field, ()):
            if when.day > context.today or (outcome is Outcome.CONTACTED and when.day in told):
                continue
            told.add(when.day)
            made[when.day, outcome] = touch_of(
                outcome,
                id=content_id("column", prospect_id, outcome, str(when.day)),
                at=min(when.moment(context.zone), context.now),
                by=row.get("owner") or context.by,
                channel=channel,
                direction=direction,
                from_list=True,
            )
    return tuple(sorted(made.values(), key=lambda touch: touch.at))


def without_retold(touches: Iterable[Touch], others: Iterable[Touch], zone: tzinfo) -> list[Touch]:
    """Return the touches without those of a column on a day of which others tell as much."""
    told: dict[date, set[Outcome | None]] = {}
    for other in others:
        day = other.at.astimezone(zone).date()
        told.setdefault(day, set()).add(other.outcome if other.from_list else None)

    def is_retold(touch: Touch) -> bool:
        there = told.get(touch.at.astimezone(zone).date())
        if not there:
            return False
        return touch.outcome is Outcome.CONTACTED or not there.isdisjoint({None, touch.outcome})

    return [touch for touch in touches if not (touch.from_list and is_retold(touch))]
