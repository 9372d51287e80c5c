"""People at the buyer's who asked for no calls, no emails or no contact, onto the prospect."""

from collections.abc import Mapping, Set

from review_board.exchange.content_ids import content_id
from review_board.exchange.import_result import ImportContext
from review_board.exchange.row_place import BOTH
from review_board.pipeline.changes import suppress
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, NoteEntry
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Channel

ADDRESS = {Channel.PHONE: "phone", Channel.EMAIL: "email"}
"""Where a person is reached by a channel."""
NOBODY, ALL_PEOPLE = "", "*"
"""Stand for a person who is not taken, and for everybody there, in place of an id."""
_WORDS = {Channel.PHONE: "asked for no calls", Channel.EMAIL: "asked for no email"}

Refusals = Mapping[str, Set[Channel]]
"""By which channels a person, by id, asked for no contact."""


def with_refusals(prospect: Prospect, refused: Refusals, context: ImportContext) -> Prospect:
    """Return the prospect without a way to whom asked for none.

    Where others can be reached by the channel, only the address of who asked goes; else the channel is
    closed for the prospect. Where all asked for neither, it is not contacted at all. Each request is
    noted; one that a list told before is old news, and what was opened again here stays open.
    """
    notes = _requests(prospect, refused, context)
    if not notes:
        return prospect
    prospect = prospect.with_changes(notes=(*prospect.notes, *notes.values()))
    refused = {ALL_PEOPLE: frozenset[Channel](), **refused}
    of_all = refused[ALL_PEOPLE]
    asked = {p.id: of_all | refused.get(p.id, frozenset()) for p in prospect.people}
    if of_all == BOTH or (asked and all(channels == BOTH for channels in asked.values())):
        note = "do not contact (in the list)"
        return suppress(prospect, Stamp(context.now, context.by, prospect.id), note)
    closed = set(prospect.closed_channels)
    for channel in sorted({channel for _, channel in notes}):
        askers = {who for who, channels in asked.items() if channel in channels}
        others = [p for p in prospect.people if p.id not in askers and getattr(p, ADDRESS[channel])]
        if channel in of_all or (askers and not others):
            closed.add(channel)
        elif askers:
            people = [_without(p, channel) if p.id in askers else p for p in prospect.contacts]
            prospect = prospect.with_changes(contacts=tuple(people))
    return prospect.with_changes(closed_channels=tuple(sorted(closed)))


def is_opened_here(prospect: Prospect, refused: Refusals, context: ImportContext) -> bool:
    """Return whether a way was opened again here that a list still has as closed."""
    if not refused or _requests(prospect, refused, context):
        return False
    closed = with_refusals(prospect.with_changes(notes=()), refused, context)
    return (closed.closed_channels, bool(closed.do_not_contact)) != (
        prospect.closed_channels,
        bool(prospect.do_not_contact),
    )


def _requests(
    prospect: Prospect, refused: Refusals, context: ImportContext
) -> dict[tuple[str, Channel], NoteEntry]:
    """Return a note for each request of a person that no list told of before."""
    told = {note.id for note in prospect.notes}
    names = {person.id: person.name for person in prospect.people} | {ALL_PEOPLE: prospect.company}
    notes = {}
    for who, channels in refused.items():
        for channel in sorted(channels & BOTH):
            note_id = content_id("request", prospect.id, who, channel)
            if note_id not in told:
                text = f"{names.get(who) or 'somebody there'} {_WORDS[channel]} (in the list)"
                notes[who, channel] = NoteEntry(
                    id=note_id, at=context.now, by=context.by, text=text
                )
    return notes


def _without(person: Contact, channel: Channel) -> Contact:
    """Return a person without the address of a channel, and with a note of why."""
    words = _WORDS[channel]
    note = person.note if words in person.note else " · ".join(filter(None, [person.note, words]))
    return person.model_copy(update={ADDRESS[channel]: "", "note": note})
