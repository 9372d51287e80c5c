"""The plain fields of a prospect as a form: to add one, and to edit one."""

from collections.abc import Iterable, Sequence
from typing import Any

from textual.app import ComposeResult

from review_board.errors import InvalidValueError
from review_board.pipeline.fields import PLAIN_FIELDS, TAGS, PlainField, TypingDefaults
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.typed_days import DayError
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.tag_input import TagInput
from review_board.wording import several


def read_typed(field: PlainField, typed: str, defaults: TypingDefaults) -> Any:
    """Return the value of what was typed; ``FieldError`` points at the part that is wrong."""
    try:
        return field.read(typed, defaults)
    except DayError as error:
        raise FieldError(field.name, str(error), error.word) from error
    except InvalidValueError as error:
        raise FieldError(field.name, str(error), typed) from error


class FieldsDialog(Dialog[dict[str, Any]]):
    """A form over plain fields; gives those that were filled or altered, name → value.

    ``tags`` are those in use, proposed while tags are typed.
    """

    AUTO_FOCUS = "#name"

    def __init__(
        self,
        title: str,
        defaults: TypingDefaults,
        shown: Iterable[PlainField] = PLAIN_FIELDS.values(),
        *,
        tags: Sequence[str] = (),
    ) -> None:
        super().__init__(title)
        self._defaults = defaults
        self._shown = shown
        self._tags = tags

    def text_of(self, field: PlainField) -> str:
        """Return what a field says at first."""
        return ""

    def fields(self) -> ComposeResult:
        """Yield a line for each."""
        for field in self._shown:
            yield LabelledField(field.label, self._entry(field))

    def _entry(self, field: PlainField) -> LineInput:
        text = self.text_of(field)
        if field.kind is TAGS:
            return TagInput(text, self._tags, hint=f"{field.hint}; → takes one", id=field.name)
        return LineInput(text, hint=field.hint, id=field.name)

    def result(self) -> dict[str, Any]:
        """Return the fields that differ from what they said at first."""
        altered: dict[str, Any] = {}
        for field in self._shown:
            entry = self.query_one(f"#{field.name}", LineInput)
            if field.is_required or entry.value.strip() != entry.original:
                altered[field.name] = read_typed(field, entry.value, self._defaults)
        return altered


class AddDialog(FieldsDialog):
    """A new prospect: a name and enter is enough."""

    of_prospect = False

    hint = "enter adds it · tab for more about it · {dialog.cancel:esc} cancels"

    def enter_does(self) -> str:
        """Say who is added."""
        added = self.complete()
        return f"add {added['name']} to Active" if added else ""


class EditDialog(FieldsDialog):
    """The plain fields of a prospect, to change."""

    kind = "edit"

    def __init__(
        self,
        title: str,
        defaults: TypingDefaults,
        prospect: Prospect,
        shown: Iterable[PlainField] = PLAIN_FIELDS.values(),
        *,
        tags: Sequence[str] = (),
    ) -> None:
        super().__init__(title, defaults, shown, tags=tags)
        self._prospect = prospect

    def text_of(self, field: PlainField) -> str:
        """Return what is on record."""
        return field.write(getattr(self._prospect, field.name))

    def enter_does(self) -> str:
        """Say which fields are changed."""
        typed = self.complete()
        if typed is None:
            return ""
        changed = [name for name in typed if typed[name] != getattr(self._prospect, name)]
        labels = [PLAIN_FIELDS[name].label.lower() for name in changed]
        return f"change {', '.join(labels)}" if labels else "leave it as it is"


class LocationsDialog(EditDialog):
    """How many locations they have; empty says that nobody knows. ``asked`` is the question."""

    AUTO_FOCUS = "#locations"
    hint = "a number, or one · enter accepts · {dialog.cancel:esc} cancels"

    def __init__(
        self, title: str, asked: str, defaults: TypingDefaults, prospect: Prospect
    ) -> None:
        super().__init__(title, defaults, prospect, [PLAIN_FIELDS["locations"]])
        self._asked = asked

    def fields(self) -> ComposeResult:
        """Yield the question and the number."""
        yield Text(self._asked)
        yield from super().fields()

    def enter_does(self) -> str:
        """Say how many there are."""
        typed = self.complete()
        if typed is None:
            return ""
        count = typed.get("locations", self._prospect.locations)
        return f"record {several(count, 'site')}" if count else "record that it is not known"
