"""The people at a buyer's: which of them, one of them as a form, and which number to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.judgement.whom_to_call import WayToReach
from review_board.pipeline.fields import CONTACT_FIELDS, NO_DEFAULTS
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Role
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import CANCELS, LabelledField, Text
from review_board.tui.dialogs.fields import FieldsDialog
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.textfit import fit

ADD = "a"
"""The letter that adds a person."""
LETTERS = digits[1:] + ascii_lowercase.replace(ADD, "").replace("r", "")
"""Digits for the first nine people, letters for the others."""
ROLES = [
    Choice(Role.CONTACT, "c", "contact"),
    Choice(Role.CHAMPION, "h", "champion"),
    Choice(Role.ECONOMIC_BUYER, "b", Role.ECONOMIC_BUYER.label),
    Choice(Role.GATEKEEPER, "g", "gatekeeper"),
    Choice(Role.ASSISTANT, "s", "assistant"),
]
A_LINE = 40
"""Cells that a choice has at least, so that each has a line of its own."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Whom to change, or with ``removes`` to take off; without a contact somebody is added."""

    contact: Contact | None
    removes: bool = False


class PeopleDialog(PickDialog[PersonDraft]):
    """Shows the people and asks which to change, at first the one with the id ``at``; gives a ``PersonDraft``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "remove", "Remove", id="people.remove", tooltip="Take the person off"),
    ]
    DEFAULT_CSS = """
    PeopleDialog #box { width: 96; }
    """
    hint = "a adds · {people.remove:r} removes · {dialog.cancel:esc} back"

    def __init__(self, title: str, people: Sequence[Contact], at: str = "") -> None:
        lines = zip(people, LETTERS, person_lines(people), strict=False)
        options = [Choice(PersonDraft(person), letter, line) for person, letter, line in lines]
        options.append(Choice(PersonDraft(None), ADD, "add a person"))
        drafts = [option.value for option in options]
        here = (draft for draft in drafts if draft.contact and draft.contact.id == at)
        super().__init__(title, options, next(here, drafts[0]))

    def fields(self) -> ComposeResult:
        """Yield the people, a line that adds one, and how to reach who is marked where that is cut."""
        yield from super().fields()
        yield Text(id="ways", classes="quiet")

    @on(events.Resize)
    @on(Choices.Picked)
    def _tell_all_of_whom_is_marked(self) -> None:
        """Show below how to reach who is marked, where their line has no room for it."""
        grid, ways = self.query_one(Choices), self.query_one("#ways", Text)
        chosen: Choice[PersonDraft] | None = grid.chosen
        contact = chosen.value.contact if chosen else None
        self._hint(self.hint if contact else "{dialog.cancel:esc} back")
        is_cut = contact and chosen and cell_len(chosen.label) > grid.room
        ways.show("     " + "  ".join(contact.reached_by) if contact and is_cut else "")
        ways.display = bool(is_cut)

    @on(Choices.Picked)
    def _add_at_once(self, event: Choices.Picked) -> None:
        if event.typed and self.result().contact is None:
            self.accept()

    def enter_does(self, draft: PersonDraft) -> str:
        """Say who is changed, or that somebody is added."""
        contact = draft.contact
        return f"change {contact.name}" if contact else "add a person"

    def action_remove(self) -> None:
        """Take the person who is marked off."""
        if contact := self.result().contact:
            self.dismiss(PersonDraft(contact, removes=True))


def person_lines(people: Sequence[Contact]) -> list[str]:
    """Return a line for each, the names under each other, the roles too."""
    roles = [person.title or person.role.label for person in people]
    name, role = (
        max(map(cell_len, texts), default=0) for texts in ([p.name for p in people], roles)
    )
    lines = (
        f"{fit(p.name, name)}  {fit(what, role)}  " + "  ".join(p.reached_by)
        for p, what in zip(people, roles, strict=True)
    )
    return [f"{line:{A_LINE}}" for line in lines]


class PersonDialog(FieldsDialog):
    """One person as a form; gives what was filled in or altered, field → value."""

    def __init__(self, title: str, person: Contact | None = None) -> None:
        super().__init__(title, NO_DEFAULTS, CONTACT_FIELDS.values(), record=person)
        self._person = person

    def fields(self) -> ComposeResult:
        """Yield a line for each field, the role below the name."""
        name, *others = super().fields()
        yield name
        yield LabelledField("Role", Choices(ROLES, initial=self._role, id="role"))
        yield from others

    def enter_does(self, typed: dict[str, Any]) -> str:
        """Say who is added, or what is changed about them."""
        if self._person is None:
            return f"add {typed['name']}"
        role = {"role": typed.pop("role")} if "role" in typed else {}
        changed = [*self.changed_labels(typed), *role]
        return f"change {', '.join(changed)}" if changed else "leave it as it is"

    @property
    def _role(self) -> Role:
        return self._person.role if self._person else Role.CONTACT

    def result(self) -> dict[str, Any]:
        """Return the fields that differ from what they said at first, the name in any case."""
        altered = super().result()
        if (role := self.picked("role")) is not self._role:
            altered["role"] = role
        return altered


class CopyDialog(PickDialog[WayToReach]):
    """Asks which number or address to copy, whom to call first; a letter copies at once."""

    accepts_letter = True
    hint = f"a digit copies it · {CANCELS}"

    def __init__(self, title: str, ways: Sequence[WayToReach]) -> None:
        width = max((len(way.name) for way in ways), default=0)
        options = [
            Choice(way, letter, f"{f'{way.name:<{width}}  {way.to}':{A_LINE}}")
            for way, letter in zip(ways, digits[1:] + ascii_lowercase, strict=False)
        ]
        missing = "No number or address is on record"
        super().__init__(title, options, next(iter(ways), None), missing=missing)

    def enter_does(self, way: WayToReach) -> str:
        """Say what is copied."""
        return f"copy {way.to}"
