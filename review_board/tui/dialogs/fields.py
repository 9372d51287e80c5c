"""The plain fields of a prospect as a form: to add one, and to edit one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.suggester import Suggester, SuggestFromList
from textual.widgets import Input

from review_board.board.owners import doubt, spelled_owner
from review_board.calls.grammar import parse_step
from review_board.errors import InvalidValueError
from review_board.pipeline.changes import WhyLater
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import (
    LINES,
    PERSON_FIELDS,
    PLAIN_FIELDS,
    TAGS,
    PlainField,
    TypingDefaults,
    ValueKind,
)
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.typed_days import DayError, weekday_from
from review_board.tui.dialogs.callback import REASONS
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import (
    CANCELS,
    Dialog,
    FieldError,
    LabelledField,
    T,
    Text,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.tag_input import TagSuggester
from review_board.tui.dialogs.typed_values import required
from review_board.tui.footer_keys import with_keys
from review_board.wording import capital, several

CLOSE_DATE = PLAIN_FIELDS["close_date"]


def read_typed(field: PlainField, typed: str, defaults: TypingDefaults) -> Any:
    """Return the value of what was typed; ``FieldError`` points at the part that is wrong."""
    try:
        return field.read(typed, defaults)
    except DayError as error:
        raise FieldError(field.name, str(error), error.word) from error
    except InvalidValueError as error:
        raise FieldError(field.name, str(error), typed) from error


class OwnerDoubtError(FieldError):
    """A new name is nearly that of an owner: entered once more it is meant."""

    does = "ask whom you mean"


class OwnerAskingDialog(Dialog[T]):
    """Asks once about an owner who is nearly called as one of ``owners``."""

    owners: Sequence[str] = ()
    _is_sure_of = ""

    def read_owner(self, typed: str) -> str:
        """Return the owner as the pipeline spells the name; ``OwnerDoubtError`` where another may be meant."""
        asked = doubt(typed, self.owners) if typed != self._is_sure_of else ""
        if asked:
            words = f"{capital(asked)} Right completes it; enter again: somebody new"
            raise OwnerDoubtError("owner", words, typed)
        return spelled_owner(typed, self.owners)

    def point_at(self, error: FieldError) -> None:
        """Show what is wrong; who enters a doubtful name again means it."""
        super().point_at(error)
        if isinstance(error, OwnerDoubtError):
            self._is_sure_of = error.word
            self.show_hint()


class FieldsDialog(OwnerAskingDialog[dict[str, Any]]):
    """A form over plain fields; gives those that were filled or altered, name → value.

    ``record`` says what stands in them at first; without one they are empty. ``known`` are the
    values in use, by the name of the field, proposed while one is typed.
    """

    AUTO_FOCUS = "#name"

    def __init__(
        self,
        title: str,
        defaults: TypingDefaults,
        shown: Iterable[PlainField] = PLAIN_FIELDS.values(),
        *,
        record: Prospect | Contact | None = None,
        known: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(title)
        self._defaults = defaults
        self._shown = {field.name: field for field in shown}
        self._record = record
        self._known = known or {}
        self.owners = self._known.get("owner", ())

    def on_mount(self) -> None:
        """Begin behind the name that is there: a key typed by mistake would else replace it."""
        for name in self.query("#name").results(LineInput):
            if self.AUTO_FOCUS == "#name":
                self.call_next(name.go_behind)  # once what was typed before stands there, too

    def fields(self) -> ComposeResult:
        """Yield a line for each."""
        for field in self._shown.values():
            label = field.asked or field.label
            yield LabelledField(label, self._entry(field))

    def _entry(self, field: PlainField) -> LineInput:
        text = field.write(self._on_record(field)) if self._record else ""
        known, hint = self._known.get(field.name, ()), field.hint
        completes: Suggester = SuggestFromList(known, case_sensitive=False)
        if field.kind is TAGS:
            completes, hint = TagSuggester(known), f"{hint}; → completes one"
        is_long = field.kind in {LINES, TAGS}
        return LineInput(text, hint=hint, long=is_long, suggester=completes, id=field.name)

    def _on_record(self, field: PlainField) -> Any:
        """Return the value that the record has."""
        return getattr(self._record, field.name)

    def result(self) -> dict[str, Any]:
        """Return the fields that differ from what they said at first."""
        altered: dict[str, Any] = {}
        for field in self._shown.values():
            entry = self.query_one(f"#{field.name}", LineInput)
            if field.is_required:
                required(field.name, entry.value.strip(), f"Type a {field.label.lower()}")
            if entry.value.strip() != entry.original:
                altered[field.name] = read_typed(field, entry.value, self._defaults)
        if altered.get("owner"):
            altered["owner"] = self.read_owner(altered["owner"])
        return altered

    def changed_labels(self, typed: dict[str, Any]) -> list[str]:
        """Return what is changed by what was typed, as the form calls it."""
        shown = [field for name, field in self._shown.items() if name in typed]
        return [f.label.lower() for f in shown if typed[f.name] != self._on_record(f)]


STEP = PlainField(
    "step",
    "Next step",
    ValueKind(
        lambda text, defaults: parse_step(
            text, defaults.today, defaults.working_from or weekday_from
        )
    ),
    "such as: call fri 10:00, demo mon agreed",
    "The next step: 'demo fri 10:00'.",
)
"""What we do next, and when, in one line."""

WHO = (*(PLAIN_FIELDS[name] for name in ("name", "company")), *PERSON_FIELDS)
"""Who it is, and the first of their people."""
EDITED = (*WHO, *(field for field in PLAIN_FIELDS.values() if field not in WHO))

FIRST = (
    *WHO,
    *(PLAIN_FIELDS[name] for name in ("value", "stage", "owner")),
    STEP,
)
"""What a seller types of a new lead, in this order; the others come after."""


class AddDialog(FieldsDialog):
    """A new prospect: a name and enter is enough; gives the person and the next step with the fields."""

    of_prospect = False

    hint = f"tab for more about it · {CANCELS}"

    def __init__(
        self,
        title: str,
        defaults: TypingDefaults,
        *,
        known: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        later = (field for field in PLAIN_FIELDS.values() if field not in FIRST)
        super().__init__(title, defaults, [*FIRST, *later], known=known)

    def enter_does(self, added: dict[str, Any]) -> str:
        """Say who is added, and what is done next."""
        step = added.get("step")
        then = f", then {step.action} on {short_day(step.on, self._defaults.today)}" if step else ""
        return f"add {added['name']} to Active{then}"


WHY_LATER = [
    *(Choice(WhyLater(choice.value), choice.letter, choice.label) for choice in REASONS),
    Choice(WhyLater(correction=True), "w", "it was wrong"),
]
"""Why a close date moves later: for a reason of theirs or none, or the day on record was wrong."""


class EditDialog(FieldsDialog):
    """The plain fields of a prospect and of the first of its people, to change.

    With a later close date it asks why, under ``why``.
    """

    def __init__(
        self,
        title: str,
        defaults: TypingDefaults,
        prospect: Prospect,
        shown: Iterable[PlainField] = EDITED,
        *,
        known: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(title, defaults, shown, record=prospect, known=known)
        self._prospect = prospect

    def fields(self) -> ComposeResult:
        """Yield a line for each; below them where other people are, and what a later close date asks."""
        others = len(self._prospect.people) - 1
        for row in super().fields():
            yield row
            if row.id == "row-email" and others > 0:
                more = several(others, "more person", "more people")
                keys = with_keys(self.app, f"{more}: {{board.people:p}} on the card")
                yield Text(keys, classes="echo")
            if row.id == "row-close_date":
                yield LabelledField("Moved later", Choices(WHY_LATER, id="why"))

    def _on_record(self, field: PlainField) -> Any:
        if field not in PERSON_FIELDS:
            return super()._on_record(field)
        first = next(iter(self._prospect.people), None)
        return getattr(first, "name" if field.name == "person" else field.name, "")

    def on_mount(self) -> None:
        """Hide the question of a later day."""
        self._ask_why_later()

    @on(Input.Changed, "#close_date")
    def _ask_why_later(self) -> None:
        for row in self.query("#row-why"):
            row.display = self._moves_later

    @property
    def _moves_later(self) -> bool:
        """Tell whether the close date that was typed is later than that on record."""
        was = self._prospect.close_date
        if was is None or not self.query("#close_date"):
            return False
        try:
            day = read_typed(CLOSE_DATE, self.value_of("close_date"), self._defaults)
        except FieldError:
            return False
        return day is not None and day > was

    def result(self) -> dict[str, Any]:
        """Return the fields that differ, and why the close date moves later where it does."""
        altered = super().result()
        if self._prospect.people and not altered.get("person", "kept"):
            keys = with_keys(self.app, "{board.people:p} and {people.remove:r} take somebody off")
            raise FieldError("person", f"A person has a name; {keys}")
        if not self._moves_later:
            return altered
        if (why := self.picked("why")) is None:
            raise FieldError("why", "Say why it closes later: their reason, none, or a wrong day")
        return altered | {"why": why}

    def enter_does(self, typed: dict[str, Any]) -> str:
        """Say which fields are changed, and whether that counts as put off."""
        why = typed.pop("why", None)
        labels = self.changed_labels(typed)
        if not labels:
            return "leave it as it is"
        return f"change {', '.join(labels)}{f'; {_counts_as(why)}' if why else ''}"


def _counts_as(why: WhyLater) -> str:
    """Say what a later close date counts as."""
    if why.correction:
        return "a correction, nobody put it off"
    return f"because of {why.reason.replace('-', ' ')}" if why.reason else "it counts as put off"


class LocationsDialog(EditDialog):
    """How many locations they have; empty says that nobody knows. ``asked`` is the question."""

    AUTO_FOCUS = "#locations"
    hint = f"a number, or one · {CANCELS}"

    def __init__(
        self, title: str, asked: str, defaults: TypingDefaults, prospect: Prospect
    ) -> None:
        super().__init__(title, defaults, prospect, [PLAIN_FIELDS["locations"]])
        self._asked = asked

    def fields(self) -> ComposeResult:
        """Yield the question and the number."""
        yield Text(self._asked)
        yield from super().fields()

    def enter_does(self, typed: dict[str, Any]) -> str:
        """Say how many there are."""
        count = typed.get("locations", self._prospect.locations)
        return f"record {several(count, 'site')}" if count else "record that it is not known"
