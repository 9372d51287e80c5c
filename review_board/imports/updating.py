"""A list comes again: what changed there is taken over, what was changed here stands.

Three say what a field is: the list when it came last, the list now, and the pipeline. Where only the
list moved, it is followed; where only we did, ours stands; where both did, a person chooses.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any

from review_board.exchange import imported_values as said
from review_board.exchange.build_prospect import (
    ALSO_REACHED,
    ALSO_REACHED_BEFORE,
    tells_last_activity,
)
from review_board.exchange.listed_contacts import without_retold
from review_board.imports.three_way import FieldChange, verdict_of
from review_board.imports.updating_people import (
    is_new_person,
    people_changes,
    people_said,
    with_people,
)
from review_board.pipeline import changes
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.fields import distinct_tags
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Imported, NoteEntry
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Channel, Column
from review_board.textlayout import fit

ENDED = frozenset({said.WON, Column.DROPPED.value})
"""The states of a sale that is over."""
_WITHIN = {said.LOST_WHY: Column.DROPPED.value, said.NURTURE_DAY: Column.NURTURE.value}
"""Where both must stand for a field to say anything."""
_REQUESTS = frozenset({said.LEAVE_ALONE, said.CLOSED})
_REOPENED = "open again in the list"


@dataclass(frozen=True, slots=True)
class Update:
    """What a row does to the prospect that it is: ``taken`` from the list, ``kept`` as it is here.

    ``conflicts`` were changed on both sides; ``added`` says what comes to the record beside. ``said``
    is what the list said, with what it left out this time. ``closed`` tells how it ended here,
    where the list says that it goes on. Moments become days in the ``zone``.
    """

    id: str
    name: str
    theirs: Prospect
    said: Imported
    zone: tzinfo
    taken: tuple[FieldChange, ...] = ()
    kept: tuple[FieldChange, ...] = ()
    conflicts: tuple[FieldChange, ...] = ()
    added: tuple[str, ...] = ()
    closed: str = ""
    is_news: bool = True

    @property
    def changes_record(self) -> bool:
        """Return whether the record is another one after it."""
        return bool(self.taken or self.added)

    @property
    def says_anything(self) -> bool:
        """Return whether there is anything to do or to tell."""
        told = self.changes_record or self.is_news or self.closed
        return bool(told or self.kept or self.conflicts)

    @property
    def is_over(self) -> bool:
        """Return whether the list has the sale as over."""
        return said.state_of(self.theirs) in ENDED

    @property
    def ends(self) -> bool:
        """Return whether the sale is over since, says the list."""
        return self.is_over and _moves((*self.taken, *self.conflicts))

    def settled(self, theirs: Collection[str]) -> "Update":
        """Return it with each conflict decided: these fields as the list says, the others as here."""
        taken = tuple(one for one in self.conflicts if one.field in theirs)
        kept = tuple(one for one in self.conflicts if one.field not in theirs)
        return replace(
            self, taken=(*self.taken, *taken), kept=(*self.kept, *kept), conflicts=(), is_news=True
        )

    def taking(self, fields: Collection[str]) -> "Update":
        """Return it with these fields taken from the list, whether they stood as here or were asked about."""
        moved = [one for one in (*self.kept, *self.conflicts) if one.field in fields]
        return replace(
            self,
            taken=(*self.taken, *moved),
            kept=tuple(one for one in self.kept if one.field not in fields),
            conflicts=tuple(one for one in self.conflicts if one.field not in fields),
            closed="" if _moves(moved) else self.closed,
        )

    def beside(self) -> "Update":
        """Return it as that of a row beside the one that counts: only what is added, and requests, are taken."""
        taken = tuple(one for one in self.taken if one.field in _REQUESTS or is_new_person(one))
        return replace(self, taken=taken, kept=(), conflicts=(), closed="")

    @property
    def left_out(self) -> tuple[FieldChange, ...]:
        """Return what the row says anew that is not taken where it stands beside the one that counts."""
        taken = self.beside().taken
        return tuple(one for one in (*self.taken, *self.conflicts) if one not in taken)

    def apply(self, prospect: Prospect, stamp: Stamp) -> Prospect:
        """Return the prospect with what is taken over, and with what the list said."""
        fields = {one.field for one in self.taken}
        before = base_values(prospect, self.said)
        changed = prospect
        if said.STATE in fields:
            changed = _with_state(prospect, self.theirs, stamp, self.zone)
        changed = _with_fields(changed, self.theirs, fields, stamp)
        changed = _with_closed(changed, before, self.said, takes_all=said.CLOSED in fields)
        changed = with_people(changed, self.theirs, fields, stamp.key)
        changed = _with_tags(changed, before, self.said)
        changed = self._with_entries(changed, prospect, stamp)
        return changed.with_changes(imports=_remembered(prospect, self.said))

    def _with_entries(self, changed: Prospect, ours: Prospect, stamp: Stamp) -> Prospect:
        """Return it with the notes and contacts that the list has more than ours."""
        theirs, before = self.theirs, base_values(ours, self.said)
        notes = [
            note.model_copy(update={"id": f"{stamp.key}-n{number}"})
            for number, note in enumerate(_new_notes(ours, theirs, before))
        ]
        touches = _new_touches(ours, theirs, self.zone)
        moved_on = any(map(tells_last_activity, notes))
        kept = [note for note in changed.notes if not (moved_on and tells_last_activity(note))]
        return changed.with_changes(
            notes=(*kept, *notes),
            touches=(*changed.touches, *touches),
            contact_history=changed.contact_history or theirs.contact_history,
        )


def compare(ours: Prospect, theirs: Prospect, today: Today) -> Update:
    """Return what a row does to the prospect that it is; nothing is changed by asking."""
    (now,) = theirs.imports
    base = said.base_of(ours, now)
    before = base.values if base else {}
    people = people_said(base.people if base else (), now.people)
    told = {**before, **now.values}
    if now.values.get(said.STATE) == said.UNKNOWN_STATE and said.STATE in before:
        told[said.STATE] = before[said.STATE]
    merged = now.model_copy(update={"values": told, "people": people})
    found = [*_differences(ours, theirs, before, today.day), *people_changes(ours, theirs, base)]
    by_verdict: dict[str, list[FieldChange]] = {"taken": [], "kept": [], "conflicts": []}
    for verdict, change in found:
        by_verdict[verdict].append(change)
    is_known = base is not None and _says_the_same(base, merged)
    return Update(
        ours.id,
        ours.name,
        theirs,
        merged,
        today.zone,
        **{verdict: tuple(changes) for verdict, changes in by_verdict.items()},
        added=tuple(_added(ours, theirs, before, today)),
        closed="" if _moves(by_verdict["taken"]) else _closed(ours, theirs, today),
        is_news=not is_known,
    )


def ending_now(ours: Prospect, row: Prospect, today: Today) -> Prospect | None:
    """Return a row that tells no day of its end as over today, where its list had the sale as open.

    It ended since the list came last; a close date or a last contact before that is no day of the end.
    """
    (now,) = row.imports
    base = said.base_of(ours, now)
    if base is None or {said.state_of(ours), base.values.get(said.STATE)} & ENDED:
        return None
    ended = row.won.on if row.won else today.day_of(row.drop.at) if row.drop else today.day
    is_new = base.values.get("close_date") != now.values.get("close_date")
    is_told = ended == row.close_date and (is_new or ended >= today.day_of(base.at))
    if ended == today.day or is_told:
        return None
    won, drop = (
        row.won and row.won.model_copy(update={"on": today.day}),
        row.drop and row.drop.model_copy(update={"at": now.at}),
    )
    return row.with_changes(won=won, drop=drop)


def told_by_both(first: Prospect, row: Prospect, today: Today) -> tuple[Prospect, Update]:
    """Return a new prospect with what a second list of the same import says of it, and what that does.

    What both say stays as the first list has it: nobody decided anything here yet.
    """
    alone = first.with_changes(imports=())
    update = compare(alone, row, today)
    (now,) = row.imports
    both = update.settled(()).apply(alone, Stamp(now.at, "", row.id))
    others = [one for one in first.imports if one.id != now.id]
    return both.with_changes(imports=(*others, *both.imports)), update


def base_values(ours: Prospect, now: Imported) -> dict[str, str]:
    """Return what the list said of each field before; nothing where it never came."""
    base = said.base_of(ours, now)
    return base.values if base else {}


def _differences(
    ours: Prospect, theirs: Prospect, before: dict[str, str], today: date
) -> Iterator[tuple[str, FieldChange]]:
    now = theirs.imports[0].values
    for name, field in said.FIELDS.items():
        if name in {said.TAGS, said.NOTES} or name not in now or _is_moot(name, ours, theirs):
            continue
        verdict = _VERDICTS.get(name, verdict_of)(before.get(name), field.read(ours), now[name])
        if verdict:
            texts = (field.show(one, today) for one in (ours, theirs))
            yield verdict, FieldChange(name, field.label, *texts)


def _is_moot(name: str, ours: Prospect, theirs: Prospect) -> bool:
    """Return whether a field says nothing here: the day of what is not so, a step of a sale that is over."""
    if name == said.WON_ON:
        return not (ours.won and theirs.won)
    if name in _WITHIN:
        return {said.state_of(ours), said.state_of(theirs)} != {_WITHIN[name]}
    if name == said.CALLBACK:
        waiting = Column.CALLBACK.value
        return not theirs.callback or {said.state_of(ours), said.state_of(theirs)} != {waiting}
    over = {said.state_of(ours), said.state_of(theirs)} & ENDED
    return name == said.NEXT_STEP and bool(over)


def _state_verdict(before: str | None, ours: str, theirs: str) -> str:
    """Return what becomes of the column: without a word from before, only an end there is a question.

    A word that is not known says nothing; where it was not known before, the card came in as Active.
    """
    if theirs == said.UNKNOWN_STATE:
        return ""
    if before == said.UNKNOWN_STATE:
        before = Column.ACTIVE.value
    if before is None and ours != theirs:
        return "conflicts" if theirs in ENDED else "kept"
    return verdict_of(before, ours, theirs)


def _day_verdict(before: str | None, ours: str, theirs: str) -> str:
    """Return what becomes of a day that moves on here by itself: only what a list says anew is news."""
    return "" if before is None or theirs in {"", before} else verdict_of(before, ours, theirs)


def _closed_verdict(before: str | None, ours: str, theirs: str) -> str:
    """Return what becomes of channels they want nothing by: only one the list names anew is closed.

    One that was opened again here stays open for as long as the list says what it said before.
    """
    lifted = {*theirs.split()} - {*ours.split()}
    return "taken" if lifted - {*(before or "").split()} else "kept" if lifted else ""


_VERDICTS: dict[str, Callable[[str | None, str, str], str]] = {
    said.STATE: _state_verdict,
    # a list that comes for the first time renames nothing
    "name": lambda before, *now: "" if before is None else verdict_of(before, *now),
    # the same name in other letters is the same person
    "owner": lambda before, *now: "" if len({*map(fold, now)}) == 1 else verdict_of(before, *now),
    # a reason that a list gives for the first time is no question
    said.LOST_WHY: lambda before, *now: _day_verdict(before, *now) if before else "",
    said.NURTURE_DAY: _day_verdict,
    # a request that is on record is never lifted
    said.LEAVE_ALONE: lambda before, ours, theirs: theirs and verdict_of(before, ours, theirs),
    said.CLOSED: _closed_verdict,
}


def _moves(taken: Iterable[FieldChange]) -> bool:
    return any(change.field == said.STATE for change in taken)


def _closed(ours: Prospect, theirs: Prospect, today: Today) -> str:
    """Say how the sale ended here, where the list has it as open."""
    if said.state_of(theirs) in ENDED:
        return ""
    if ours.won:
        return f"won on {short_day(ours.won.on, today.day)}"
    if ours.drop and ours.column is Column.DROPPED:
        note = f": {ours.drop.note}" if ours.drop.note else ""
        day = short_day(today.day_of(ours.drop.at), today.day)
        return f"Dropped on {day}, {ours.drop.reason}{note}"
    return "asked not to be contacted" if ours.do_not_contact else ""


def _with_state(prospect: Prospect, theirs: Prospect, stamp: Stamp, zone: tzinfo) -> Prospect:
    """Return the prospect where the list has it: won, Dropped with its reason, or an open sale."""
    state, day = said.state_of(theirs), stamp.at.astimezone(zone).date()
    if said.state_of(prospect) in ENDED:
        prospect = changes.take_up(prospect, stamp, day, _REOPENED)
    if theirs.won:
        open_one = prospect.with_changes(column=Column.ACTIVE, nurture=None)
        return changes.win(open_one, theirs.won)
    if theirs.drop and state == Column.DROPPED.value:
        ended = replace(stamp, at=theirs.drop.at, by=theirs.drop.by)
        return changes.drop(prospect, theirs.drop.reason, ended, theirs.drop.note)
    if state == Column.NURTURE.value:
        moved = {"column": Column.NURTURE, "nurture": theirs.nurture, "next_step": None}
        return prospect.with_changes(**moved)
    if state == Column.CALLBACK.value:
        waiting = prospect.with_changes(column=Column.CALLBACK, nurture=None)
        return changes.set_callback(waiting, theirs.callback) if theirs.callback else waiting
    return changes.activate(prospect)


def _with_fields(
    prospect: Prospect, theirs: Prospect, fields: Collection[str], stamp: Stamp
) -> Prospect:
    """Return the prospect with plain fields of the list; an open sale whose day moves later was put off."""
    given = {name: getattr(theirs, name) for name in said.PLAIN if name in fields}
    is_over = said.state_of(theirs) in ENDED
    nobody = replace(stamp, by="")  # who takes a list in moved no day of it
    edited = (
        changes.edit(prospect, **given)
        if is_over
        else changes.edit_fields(prospect, nobody, fields=given)
    )
    more: dict[str, Any] = {}
    if edited.won and theirs.won:
        day = theirs.won.on if said.WON_ON in fields else edited.won.on
        value = theirs.won.value if "value" in fields else edited.won.value
        more["won"] = edited.won.model_copy(update={"on": day, "value": value})
    if said.LOST_WHY in fields and edited.drop and theirs.drop:
        why = {"reason": theirs.drop.reason, "note": theirs.drop.note}
        more["drop"] = edited.drop.model_copy(update=why)
    if said.NURTURE_DAY in fields and edited.nurture and theirs.nurture:
        more["nurture"] = edited.nurture.model_copy(update={"next_on": theirs.nurture.next_on})
    if said.CALLBACK in fields and theirs.callback:
        edited = changes.set_callback(edited, theirs.callback)
    if said.NEXT_STEP in fields:
        more["next_step"] = theirs.next_step
    if said.LEAVE_ALONE in fields:
        more |= {"do_not_contact": theirs.do_not_contact, "next_step": None}
    if said.TIMES in fields:
        more["times_contacted"] = theirs.times_contacted
    if edited.created is None:
        more["created"] = theirs.created
    return edited.with_changes(**more)


def _with_closed(
    prospect: Prospect, before: dict[str, str], now: Imported, *, takes_all: bool
) -> Prospect:
    """Return it without the channels that the list closes anew; ``takes_all`` of them where none is new."""
    old, new = ({*values.get(said.CLOSED, "").split()} for values in (before, now.values))
    closed = {*prospect.closed_channels, *map(Channel, new - old or (new if takes_all else ()))}
    return prospect.with_changes(closed_channels=tuple(sorted(closed)))


def _with_tags(prospect: Prospect, before: dict[str, str], now: Imported) -> Prospect:
    if said.TAGS not in now.values:
        return prospect
    old, new = (values.get(said.TAGS, "").split("\n") for values in (before, now.values))
    kept = [tag for tag in prospect.tags if tag not in old or tag in new]
    return prospect.with_changes(tags=distinct_tags([*kept, *(t for t in new if t not in old)]))


def _new_notes(ours: Prospect, theirs: Prospect, before: dict[str, str]) -> list[NoteEntry]:
    """Return the notes that the list had not before and nobody wrote here; of last activities the latest."""
    known = before.get(said.NOTES, "").split()
    own = {note.text.replace(ALSO_REACHED_BEFORE, ALSO_REACHED, 1) for note in ours.notes}
    own |= {note.text for note in ours.notes}
    marks = {text: mark for mark, text in said.note_marks(theirs).items()}
    latest = max((note.at for note in ours.notes if tells_last_activity(note)), default=None)
    return [
        note
        for note in theirs.notes
        if note.text not in own
        and marks[note.text] not in known
        and not (latest and tells_last_activity(note) and note.at <= latest)
    ]


def _new_touches(ours: Prospect, theirs: Prospect, zone: tzinfo) -> list[Any]:
    known = {touch.id for touch in ours.touches}
    same = {(touch.at, touch.outcome) for touch in ours.touches}
    told = without_retold(theirs.touches, ours.touches, zone)
    return [t for t in told if t.id not in known and (t.at, t.outcome) not in same]


def _added(ours: Prospect, theirs: Prospect, before: dict[str, str], today: Today) -> Iterator[str]:
    """Say what comes to the record beside its fields, the day of a last activity in the end."""
    after = _with_tags(ours, before, theirs.imports[0]).tags
    yield from (f"tag {tag}" for tag in after if tag not in ours.tags)
    yield from (f"no longer tag {tag}" for tag in ours.tags if tag not in after)
    notes = _new_notes(ours, theirs, before)
    texts = (note.text for note in notes if not tells_last_activity(note))
    yield from (f"note: {fit(text, 60).rstrip()}" for text in texts)
    if touches := _new_touches(ours, theirs, today.zone):
        last = short_day(today.day_of(max(touch.at for touch in touches)), today.day)
        count = len(touches)
        yield f"contact on {last}" if count == 1 else f"{count:,} contacts, the last on {last}"
    days = (today.day_of(note.at) for note in notes if tells_last_activity(note))
    yield from (f"last activity {short_day(day, today.day)}" for day in days)


def _remembered(prospect: Prospect, now: Imported) -> tuple[Imported, ...]:
    """Return what the lists said, with this one's word in the place of its last."""
    base = said.base_of(prospect, now)
    if base and _says_the_same(base, now):
        return prospect.imports
    if base is None:
        return (*prospect.imports, now)
    if base.external_id and not now.external_id:  # this time the list came without its ids
        now = now.model_copy(update={"id": base.id, "external_id": base.external_id})
    return tuple(now if one is base else one for one in prospect.imports)


def _says_the_same(before: Imported, now: Imported) -> bool:
    return (before.values, before.people, before.gone) == (now.values, now.people, now.gone)


def conflict_words(update: Update, field: FieldChange) -> str:
    """Return both sides of a conflict in a line."""
    here, there = field.ours or "nothing", field.theirs or "nothing"
    return f"{update.name}: {field.label} here {here}, there {there}"


def update_words(update: Update) -> str:
    """Return what an update takes over, before and after."""
    fields = [f"{one.label} {one.ours or '–'} → {one.theirs or '–'}" for one in update.taken]
    return "; ".join([*fields, *update.added])


def standing_words(update: Update, field: FieldChange) -> str:
    """Return what stands as it is here, and what the list says instead."""
    return f"{update.name}: {field.label} {field.ours or '–'} (there {field.theirs or '–'})"
