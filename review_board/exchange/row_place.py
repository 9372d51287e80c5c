"""Which column a row goes to, as fields of the prospect; what was won goes to none."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from review_board.exchange.import_result import ImportContext
from review_board.exchange.listed_contacts import contact_days
from review_board.exchange.lost_reasons import drop_reason
from review_board.exchange.read_rows import Values
from review_board.pipeline.changes import TRACK_DAYS
from review_board.pipeline.money import Money
from review_board.pipeline.records import Callback, Nurture
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Channel, Column, DropReason, Track

Fields = dict[str, object]
_CLOSING: dict[str, tuple[str, Channel | None]] = {
    "do_not_contact": ("do not contact", None),
    "do_not_call": ("do not call", Channel.PHONE),
    "do_not_email": ("no email", Channel.EMAIL),
}
BOTH = frozenset({Channel.PHONE, Channel.EMAIL})
"""Who is reached by neither is not to be contacted at all."""
_END_OF = {StageMeaning.WON: "won_on", StageMeaning.LOST: "lost_on"}
ENDS = tuple(_END_OF)
TODAY = "today"


def place_fields(
    row: Values, meaning: StageMeaning, value: Money | None, context: ImportContext
) -> Fields:
    """Return the fields that put the prospect into its column, and those of who asked to be left alone."""
    fields: Fields = {} if _CLOSING.keys().isdisjoint(row) else _left_alone(row, context)
    if meaning is StageMeaning.WON:
        by, on = row.get("owner") or context.by, _end_day(row, "won_on", context)
        fields["won"] = {"on": on, "value": value, "by": by}
    elif place := _FIELDS_OF.get(meaning):
        fields.update(place(row, context))
    return fields


def channels_refused(row: Values) -> frozenset[Channel]:
    """Return by which channels a row asks for no contact: both where it asks for none at all."""
    asked = {channel for field, (_, channel) in _CLOSING.items() if row.get(field)}
    return BOTH if None in asked else frozenset(filter(None, asked))


def _left_alone(row: Values, context: ImportContext) -> Fields:
    """Put on record how the buyer is not to be contacted; neither by phone nor by email is not at all."""
    asked = {field: words for field, (words, _) in _CLOSING.items() if row.get(field)}
    if "do_not_contact" in asked or len(asked) == 2:
        note = f"{', '.join(asked.values())} (in the list)"
        return {"do_not_contact": {"at": context.now, "by": context.by, "note": note}}
    return {"closed_channels": tuple(_CLOSING[field][1] for field in asked)} if asked else {}


def close_day(row: Values, meaning: StageMeaning) -> date | None:
    """Return the expected day of an open deal, the real one of a closed deal."""
    first, second = "expected_close", "close_date"
    if meaning in ENDS:
        first, second = second, first
    # with Close, an open deal has the day on which it is to be won where others have that of the win
    when = row.get(first) or row.get(second) or (meaning not in ENDS and row.get("won_on"))
    return when.day if when else None


def _dropped(row: Values, context: ImportContext) -> Fields:
    """Drop it with the reason that the words give; the words stay in its note."""
    words = row.get("lost_reason", "")
    said = " ".join(row[field] for field in ("status", "stage") if field in row)
    reason = drop_reason(words or said)
    note = words or ("lost (imported)" if reason is DropReason.OTHER else said)
    day = _end_day(row, "lost_on", context)
    # what the day brought besides came before it
    at = min(datetime.combine(day, time(23, 59, 59), context.zone), context.now)
    by = row.get("owner") or context.by
    fields: Fields = {
        "column": Column.DROPPED,
        "drop": {"at": at, "by": by, "reason": reason, "note": note},
    }
    if reason is DropReason.DO_NOT_CONTACT:
        fields["do_not_contact"] = {"at": at, "by": by, "note": note}
    return fields


def _nurtured(row: Values, context: ImportContext) -> Fields:
    """Put it on a track since the import, with the planned day as its next touch."""
    track = _track(row, context)
    planned = row.get("next_activity")
    first = planned.day if planned else context.today + timedelta(days=TRACK_DAYS[track])
    plan = Nurture(track=track, since=context.today, next_on=first)
    return {"column": Column.NURTURE, "nurture": plan}


def _track(row: Values, context: ImportContext) -> Track:
    """Return the track: by letter who wants no email, by phone where the list has a number and no email."""
    if row.get("do_not_email"):
        return Track.KEEP_IN_TOUCH
    lacks_email = "email" in context.fields and not row.get("email")
    may_call = row.get("phone") and not row.get("do_not_call")
    return Track.WAKE_UP if lacks_email and may_call else Track.MONTHLY_EMAIL


def _awaited(row: Values, context: ImportContext) -> Fields:
    """Put it to Callback-Pending, on a planned day if there is one: asked by nobody, so unproven."""
    fields: Fields = {"column": Column.CALLBACK}
    if "next_activity" in row:
        on = row["next_activity"].day
        asked = _last_contact(row)[1] or context.today
        fields["callback"] = Callback(on=on, asked_on=min(on, asked))
    return fields


def end_taken(row: Values, meaning: StageMeaning, context: ImportContext) -> tuple[str, str]:
    """Say why no column tells the day on which a closed deal ended, and of which field it is taken.

    ``TODAY`` where no field has one; nothing where a column tells it.
    """
    field = _END_OF.get(meaning, "")
    taken, day = _stated_end(row, field) if field else (TODAY, context.today)
    if day and day > context.today:
        return "a day still to come", TODAY
    if not field or field in row:
        return "", ""
    if "close_date" in row:
        return "a close date alone", taken
    return "no day", taken


def has_own_end(row: Values, meaning: StageMeaning) -> bool:
    """Return whether a column for it tells the day on which a closed deal was won or lost."""
    return _END_OF.get(meaning) in row


def _end_day(row: Values, field: str, context: ImportContext) -> date:
    """Return the day of the end: never one that was hoped for, as one to come can only be."""
    _, day = _stated_end(row, field)
    return min(day, context.today) if day else context.today


def _stated_end(row: Values, field: str) -> tuple[str, date | None]:
    """Return the day that counts as that of the end, and the field that it is of."""
    for name in (field, "close_date"):
        if name in row:
            return name, row[name].day
    return _last_contact(row)


def _last_contact(row: Values) -> tuple[str, date | None]:
    """Return the last day on which the row tells of an activity or a contact, and the field that it is of."""
    activity = {row["last_activity"].day: "last_activity"} if "last_activity" in row else {}
    days = {**activity, **contact_days(row)}
    last = max(days, default=None)
    return (days[last] if last else TODAY), last


_FIELDS_OF: dict[StageMeaning, Callable[[Values, ImportContext], Fields]] = {
    StageMeaning.LOST: _dropped,
    StageMeaning.NURTURE: _nurtured,
    StageMeaning.CALLBACK: _awaited,
}
