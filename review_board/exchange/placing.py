"""Where a row stands on the board, as fields of the prospect: a column, or out by the exit."""

from collections.abc import Callable
from datetime import date, timedelta

from review_board.exchange.reasons import drop_reason
from review_board.exchange.rows import Values
from review_board.exchange.setting import ImportContext
from review_board.pipeline.changes import TRACK_DAYS
from review_board.pipeline.money import Money
from review_board.pipeline.records import Callback, DoNotContact, Drop, Nurture, Won
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column, DropReason, Track

Fields = dict[str, object]
ENDS = (StageMeaning.WON, StageMeaning.LOST)


def placed(row: Values, place: StageMeaning, value: Money | None, setting: ImportContext) -> Fields:
    """The fields that say where the prospect stands; none for an open deal."""
    if place is StageMeaning.WON:
        return _won(row, value, setting)
    return _PLACES[place](row, setting) if place in _PLACES else {}


def close_day(row: Values, place: StageMeaning) -> date | None:
    """The expected day of an open deal, the real one of a closed deal."""
    first, second = "expected_close", "close_date"
    if place in ENDS:
        first, second = second, first
    when = row.get(first) or row.get(second)
    return when.day if when else None


def _won(row: Values, value: Money | None, setting: ImportContext) -> Fields:
    by = row.get("owner") or setting.by
    return {"won": Won(on=_ended(row, "won_on", setting), value=value, by=by)}


def _dropped(row: Values, setting: ImportContext) -> Fields:
    """Dropped with the reason that the words give; the words stay in its note."""
    words = row.get("lost_reason", "")
    said = " ".join(row[field] for field in ("status", "stage") if field in row)
    reason = drop_reason(words or said)
    note = words or ("lost (imported)" if reason is DropReason.OTHER else said)
    at = setting.moment_of(_ended(row, "lost_on", setting))
    by = row.get("owner") or setting.by
    fields: Fields = {
        "column": Column.DROPPED,
        "drop": Drop(at=at, by=by, reason=reason, note=note),
    }
    if reason is DropReason.DO_NOT_CONTACT:
        fields["do_not_contact"] = DoNotContact(at=at, by=by, note=note)
    return fields


def _nurtured(row: Values, setting: ImportContext) -> Fields:
    """On the monthly track since the import; its next touch on the planned day when there is one."""
    track = Track.MONTHLY_EMAIL
    planned = row.get("next_activity")
    first = planned.day if planned else setting.today + timedelta(days=TRACK_DAYS[track])
    plan = Nurture(track=track, since=setting.today, next_on=first)
    return {"column": Column.NURTURE, "nurture": plan}


def _awaited(row: Values, setting: ImportContext) -> Fields:
    """Callback-Pending, with the day when the list names one: asked by nobody, so unproven."""
    fields: Fields = {"column": Column.CALLBACK}
    if "next_activity" in row:
        on = row["next_activity"].day
        asked = row["last_activity"].day if "last_activity" in row else setting.today
        fields["callback"] = Callback(on=on, asked_on=min(on, asked))
    return fields


def end_trouble(row: Values, place: StageMeaning, setting: ImportContext) -> str:
    """Say why the end of a closed deal is taken to be today; empty where its row tells the day."""
    if place not in ENDS:
        return ""
    day = _told_end(row, "won_on" if place is StageMeaning.WON else "lost_on")
    if day is None:
        return "no day"
    return "a day still to come" if day > setting.today else ""


def _ended(row: Values, field: str, setting: ImportContext) -> date:
    """The day of the end: never one to come, which can only be the day once hoped for."""
    day = _told_end(row, field)
    return min(day, setting.today) if day else setting.today


def _told_end(row: Values, field: str) -> date | None:
    for name in (field, "close_date", "expected_close", "last_activity", "created"):
        if name in row:
            day: date = row[name].day
            return day
    return None


_PLACES: dict[StageMeaning, Callable[[Values, ImportContext], Fields]] = {
    StageMeaning.LOST: _dropped,
    StageMeaning.NURTURE: _nurtured,
    StageMeaning.CALLBACK: _awaited,
}
