"""``contact``: the people at a buyer's, listed, added, changed and taken off."""

from shlex import join, quote
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.change import make
from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.cli.typed_words import as_wrong_usage, one_of
from review_board.errors import InvalidValueError, UsageError
from review_board.pipeline.fields import CONTACT_FIELDS, read_contact_field
from review_board.pipeline.person_text import name_and_fields
from review_board.pipeline.vocabulary import Role

if TYPE_CHECKING:
    from review_board.pipeline.contact_edits import ContactChange
    from review_board.pipeline.prospect import Prospect
    from review_board.pipeline.records import Contact

SHOWN = {"id", "name", "role", "title", "phone", "email", "note"}


def _roles_begun(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    return [role.value for role in Role if role.value.startswith(begun)]


@command("contact")
@click.argument("who")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--add", "new", metavar="NAME", help="Add a person.")
@click.option(
    "--remove", is_flag=True, help="Take NAME off; one whom the history names is kept, as gone."
)
@click.option("--name", "renamed", metavar="NEW", help=CONTACT_FIELDS["name"].help)
@click.option(
    "--role",
    shell_complete=_roles_begun,
    help="champion, gatekeeper, …; contact where none is given.",
)
@click.option("--title", help=CONTACT_FIELDS["title"].help)
@click.option("--phone", help=CONTACT_FIELDS["phone"].help)
@click.option("--email", help=CONTACT_FIELDS["email"].help)
@click.option("--note", help=CONTACT_FIELDS["note"].help)
@as_json_option
@pass_invocation
def contact(
    call: Invocation,
    /,
    *,
    who: str,
    name: str | None,
    new: str | None,
    remove: bool,
    renamed: str | None,
    as_json: bool,
    **typed: str | None,
) -> None:
    """List the contacts of WHO, add one, or change or remove the one called NAME.

    NAME may be a part of the name, or a role. --json lists them.
    """
    fields = _read(typed | {"name": renamed})
    adds, edits = new is not None, name is not None
    if (adds and (edits or remove or renamed is not None)) or (remove and fields):
        raise UsageError("That is more than one change", "add, change or remove one at a time")
    if not (adds or edits) and (remove or fields):
        raise UsageError("Nobody is named", "write contact WHO NAME, or --add NAME")
    if as_json and (adds or edits):
        raise UsageError("--json only lists contacts", "leave it out to change one")
    prospect_id = call.find(who)
    if new is not None:
        _add(call, prospect_id, new, fields)
    elif name is None:
        _list(call, prospect_id, as_json=as_json)
    elif remove:
        _remove(call, prospect_id, name)
    elif fields:
        _edit(call, prospect_id, name, fields)
    else:
        raise UsageError("There is nothing to change", "see review-board contact --help")


def _read(typed: dict[str, str | None]) -> dict[str, Any]:
    """Return the values that were typed; ``none`` empties all but name and role."""
    values: dict[str, Any] = {}
    for field, text in typed.items():
        if text is None:
            continue
        with as_wrong_usage(f"--{field}"):
            is_role = field == "role"
            values[field] = (
                one_of(Role, text, field) if is_role else read_contact_field(field, text)
            )
    return values


def _add(call: Invocation, prospect_id: str, name: str, fields: dict[str, Any]) -> None:
    from review_board.pipeline.contact_edits import added_contact

    with as_wrong_usage("--add"):
        name, fields = name_and_fields(read_contact_field("name", name), fields)
    change = added_contact(call.board.prospect(prospect_id), name, fields)
    _make(call, prospect_id, change, _words(name, {"role": Role.CONTACT} | fields))


def _edit(call: Invocation, prospect_id: str, name: str, fields: dict[str, Any]) -> None:
    from review_board.board.same_person import also_on, other_cards
    from review_board.pipeline.contact_edits import edited_contact

    prospect = call.board.prospect(prospect_id)
    known = _named(prospect, name, to_add=f"--add {quote(name)} puts somebody new on record")
    others = other_cards(call.board, prospect, known, fields)
    change = edited_contact(prospect, known, fields)
    _make(call, prospect_id, change, _words(known.name, fields))
    if others:
        call.out.note(f"{also_on(others)}:")
    for other in others:
        typed = [
            part for name, value in other.fields.items() for part in (f"--{name}", value or "none")
        ]
        command = join(["contact", other.prospect.id, other.contact.name, *typed])
        call.out.note(f"  review-board {command}")


def _remove(call: Invocation, prospect_id: str, name: str) -> None:
    from review_board.pipeline.contact_edits import removed_contact

    prospect = call.board.prospect(prospect_id)
    known = _named(prospect, name)
    change = removed_contact(prospect, known)
    _make(call, prospect_id, change, f"contact {known.name} removed")


def _make(call: Invocation, prospect_id: str, change: "ContactChange", words: str) -> None:
    make(call, prospect_id, change.apply, lambda _: change.action, words)


def _named(prospect: "Prospect", name: str, to_add: str = "") -> "Contact":
    """Return who is meant; ``to_add`` says how somebody who is not on record yet gets there."""
    from review_board.calls.entry import contact_named

    try:
        return contact_named(prospect, name)
    except InvalidValueError as error:
        cure = error.cure if prospect.people else ""
        raise UsageError(error.message, "; ".join(filter(None, (cure, to_add)))) from error


def _words(name: str, fields: dict[str, Any]) -> str:
    """Return ``contact Kim: phone 555-0142, note emptied``."""
    told = ", ".join(f"{field} {value or 'emptied'}" for field, value in fields.items())
    return f"contact {name}" + (f": {' '.join(told.split())}" if told else "")


def _list(call: Invocation, prospect_id: str, *, as_json: bool) -> None:
    from review_board.judgement.due.task_wording import contact_words

    prospect = call.board.prospect(prospect_id)
    if as_json:
        people = [person.model_dump(mode="json", include=SHOWN) for person in prospect.people]
        call.out.json({"id": prospect.id, "name": prospect.name, "contacts": people})
        return
    for person in prospect.people:
        note = f" · {' '.join(person.note.split())}" if person.note else ""
        title = f" · {person.title}" if person.title else ""
        call.out.line(f"{contact_words(person)}{title}{note}")
    if not prospect.people:
        call.out.note(f"{prospect.name} has no contact yet: --add NAME puts one on record")
