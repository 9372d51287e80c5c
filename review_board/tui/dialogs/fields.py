"""The plain fields of a prospect as a form: to add one, and to edit one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from textual.app import ComposeResult

from review_board.errors import InvalidValueError
from review_board.pipeline.locations import read_locations
from review_board.pipeline.money import Money, parse_amount, parse_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean_name
from review_board.pipeline.typed_days import DayError, parse_day
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.results import FieldsDraft


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form: how it is read, and how a stored value is written into it."""

    name: str
    label: str
    hint: str
    read: Callable[[str, "FormContext"], Any]
    write: Callable[[Any], str] = str
    empty: Any = None


@dataclass(frozen=True, slots=True)
class FormContext:
    """What reading needs to know: the currency that goes without saying, and today."""

    currency: str
    today: Any


def _probability(text: str, _: FormContext) -> Decimal:
    percent = text.endswith("%")
    number = parse_amount(text.removesuffix("%").strip())
    share = number / 100 if percent or number > 1 else number
    if share > 1:
        raise InvalidValueError(f"{text!r} is no probability", "write 30% or .3")
    return share


def _days(text: str, _: FormContext) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= 3650):
        raise InvalidValueError(f"{text!r} is no number of days", "write 1 to 3650 (ten years)")
    return int(text)


def _tags(text: str, _: FormContext) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))


def _line(text: str, _: FormContext) -> str:
    return text


def _money_text(money: Money) -> str:
    return f"{money.amount:f} {money.currency}"


NAME = FormField("name", "Name", "Harbor Auto Glass", lambda t, _: clean_name(t))
LOCATIONS = FormField(
    "locations", "Locations", "empty: nobody knows; one, 120", lambda t, _: read_locations(t)
)
PLAIN = (
    NAME,
    FormField("company", "Company", "optional", _line, empty=""),
    FormField("value", "Value", "24k, €1200", lambda t, s: parse_money(t, s.currency), _money_text),
    FormField(
        "probability",
        "Probability",
        "30%",
        _probability,
        lambda p: f"{p * 100:f}".rstrip("0").rstrip(".") + "%",
    ),
    LOCATIONS,
    FormField("owner", "Owner", "you", _line, empty=""),
    FormField(
        "close_date",
        "Close by",
        "18jan, eom",
        lambda t, s: parse_day(t, s.today),
        lambda d: d.isoformat(),
    ),
    FormField(
        "hours", "Hours", "1, of the next step", lambda t, _: parse_amount(t), lambda h: f"{h:f}"
    ),
    FormField("tags", "Tags", "dental, north", _tags, ", ".join, empty=()),
    FormField("source", "Source", "fair, website", _line, empty=""),
    FormField("stage", "Stage", "proposal, negotiation", _line, empty=""),
    FormField("review_days", "Review every", "days, else as the settings say", _days),
)


class FieldsDialog(Dialog[FieldsDraft]):
    """A form over plain fields; gives a ``FieldsDraft`` with those that were filled or altered."""

    AUTO_FOCUS = "#name"

    def __init__(
        self, title: str, setting: FormContext, shown: Sequence[FormField] = PLAIN
    ) -> None:
        super().__init__(title)
        self._setting = setting
        self._shown = shown

    def text_of(self, field: FormField) -> str:
        """What a field says at first."""
        return ""

    def fields(self) -> ComposeResult:
        """One line each."""
        for field in self._shown:
            yield LabelledField(
                field.label, LineInput(self.text_of(field), hint=field.hint, id=field.name)
            )

    def result(self) -> FieldsDraft:
        """The fields that differ from what they said at first."""
        altered: dict[str, Any] = {}
        for field in self._shown:
            typed = self.value_of(field.name)
            if field is NAME or typed != self.text_of(field):
                altered[field.name] = self._read(field, typed)
        return FieldsDraft(altered)

    def _read(self, field: FormField, typed: str) -> Any:
        if not typed and field is not NAME:
            return field.empty
        try:
            return field.read(typed, self._setting)
        except DayError as error:
            raise FieldError(field.name, str(error), error.word) from error
        except InvalidValueError as error:
            raise FieldError(field.name, str(error), typed) from error


class AddDialog(FieldsDialog):
    """A new prospect: a name and enter is enough."""

    of_prospect = False

    hint = "enter adds it · tab for more about it · {dialog.cancel:esc} cancels"


class EditDialog(FieldsDialog):
    """The plain fields of a prospect, to change."""

    kind = "edit"

    def __init__(
        self,
        title: str,
        setting: FormContext,
        prospect: Prospect,
        shown: Sequence[FormField] = PLAIN,
    ) -> None:
        super().__init__(title, setting, shown)
        self._prospect = prospect

    def text_of(self, field: FormField) -> str:
        """The field as it is stored."""
        value = getattr(self._prospect, field.name)
        return "" if value is None else field.write(value)


class LocationsDialog(EditDialog):
    """How many locations they have; empty says that nobody knows. ``asked`` is the question."""

    AUTO_FOCUS = "#locations"
    hint = "a number, or one · enter accepts · {dialog.cancel:esc} cancels"

    def __init__(self, title: str, asked: str, setting: FormContext, prospect: Prospect) -> None:
        super().__init__(title, setting, prospect, (LOCATIONS,))
        self._asked = asked

    def fields(self) -> ComposeResult:
        """The question and the number."""
        yield Text(self._asked)
        yield from super().fields()
