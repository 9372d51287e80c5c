"""What we do next, and when."""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.calls.grammar import StepWords, split_step
from review_board.pipeline.dates import short_day
from review_board.pipeline.moves import day_is_over
from review_board.pipeline.records import NextStep
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import echo_day, read_day, read_when, required

T = TypeVar("T")


class DatedDialog(Dialog[T], Generic[T]):
    """A dialog in which a day is typed into ``#when``; below it stands how the day is understood."""

    is_fitted = True
    timed: ClassVar[bool] = True
    """Whether a time of day is kept."""

    def __init__(
        self,
        title: str,
        today: date,
        when: str = "",
        calendar: Calendar | None = None,
        action: str = "",
    ) -> None:
        super().__init__(title)
        self._action = action
        self._today = today
        self._when = when
        self._calendar = calendar

    def day_fields(self, label: str, hint: str) -> ComposeResult:
        """Yield the day, and how it is understood."""
        yield LabelledField(label, LineInput(self._when, hint=hint, id="when"))
        yield Text(self._echo(self._when), id="echo", classes="echo")

    @on(Input.Changed, "#when")
    def _show_the_day(self) -> None:
        self.query_one("#echo", Text).show(self._echo(self.typed_day))

    def _echo(self, typed: str) -> str:
        return echo_day(typed, self._today, timed=self.timed, calendar=self._calendar)

    @property
    def typed_day(self) -> str:
        """Return the day as it is typed."""
        return self.value_of("when")

    @property
    def day(self) -> date | None:
        """Return the day that is typed, if it is one: that which stands below the field."""
        try:
            return self.read_day("when", self.typed_day)[0]
        except FieldError:
            return None

    def read_day(self, field: str, typed: str) -> tuple[date, time | None]:
        """Return the day that is typed in a field, and its time where one is kept."""
        if not self.timed:
            return read_day(field, typed, self._today), None
        return read_when(field, typed, self._today, calendar=self._calendar)


class ActionDialog(DatedDialog[T], Generic[T]):
    """A dialog about what is done on a day: a day behind new words of ``#action`` is the day, too."""

    def action_field(self, label: str, hint: str) -> LabelledField:
        """Return the field of what is done."""
        return LabelledField(label, LineInput(self._action, hint=hint, id="action"))

    @on(Input.Changed, "#action")
    def _show_its_day(self) -> None:
        self._show_the_day()

    @property
    def typed_day(self) -> str:
        """Return the day as it is typed, behind the action or in its own field."""
        return self.typed_step.when or super().typed_day

    @property
    def typed_step(self) -> StepWords:
        """Return what is typed to be done, with the day where new words end with one."""
        typed = self.value_of("action")
        return StepWords(typed) if typed == self._action else split_step(typed, self._today)

    def read_action(self, missing: str) -> NextStep:
        """Return what is done on its day; ``missing`` says what is needed where nothing is."""
        words, typed = self.typed_step, super().typed_day
        action = required("action", words.action, missing)
        field, said = ("action", words.when) if words.when else ("when", typed)
        day, at = self.read_day(field, said)
        if words.when and typed not in {"", self._when, words.when}:
            other, hour = self.read_day("when", typed)
            if other != day or (at and hour and at != hour):
                two = f"“{words.when}” and “{typed}” are two days: take one of them off"
                raise FieldError("action", two, words.when)
            at = at or hour
        if problem := self.wrong_day(day, said):
            raise FieldError(field, problem, said)
        return NextStep(action=action, on=day, time=at, agreed=words.agreed)

    def wrong_day(self, day: date, typed: str) -> str:
        """Return why a day as it was typed cannot be that of the action, if it cannot."""
        raise AssertionError(f"{type(self).__name__} does not say which days it takes")


class StepDialog(ActionDialog[T], Generic[T]):
    """A dialog about a next step: what is done, on which day, and who ``agreed`` to it so far."""

    hint_of_action: ClassVar[str] = "such as: call about the quote"

    def __init__(
        self,
        title: str,
        today: date,
        action: str = "",
        when: str = "",
        *,
        agreed: bool | None = False,
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title, today, when, calendar, action)
        self._agreed = agreed

    def fields(self) -> ComposeResult:
        """Yield the action, its day, what more is asked of that, and who agreed to it."""
        yield self.action_field("Next step", self.hint_of_action)
        yield from self.day_fields("On", "such as: fri 10:00")
        yield from self.more_fields()
        options = lettered((True, False), "yp", ("they agreed", "our plan"))
        yield LabelledField("Agreed?", Choices(options, initial=self._agreed, id="agreed"))

    def more_fields(self) -> ComposeResult:
        """Yield what else is asked of the day."""
        yield from ()

    def read_step(self) -> NextStep:
        """Return the step that was typed, agreed by what stands behind its day or by what is picked."""
        step = self.read_action("Say what the next step is; a day alone is not one")
        said = self.picked("agreed") if step.agreed is None else step.agreed
        return step.model_copy(update={"agreed": said})

    def wrong_day(self, day: date, typed: str) -> str:
        """Return that a day is over; a step that is overdue already may stay so."""
        is_over = day < self._today and typed != self._when
        return str(day_is_over("step", day)) if is_over else ""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What we do next; ``None`` is the wish for no next step."""

    step: NextStep | None


class NextStepDialog(StepDialog[StepDraft]):
    """Asks for a dated next step; gives a ``StepDraft``, without a step where nothing is typed.

    ``when_empty`` says what enter does then; ``agreed`` who agreed to it so far. Where ``asks`` what
    they agreed to, that must be said, or the question would stay open without a word.
    """

    hint = f"empty for no next step · {Dialog.hint}"
    hint_of_action = f"optional, {StepDialog.hint_of_action}"

    def __init__(
        self,
        title: str,
        today: date,
        *,
        action: str = "",
        when: str = "",
        agreed: bool | None = False,
        asks: bool = False,
        when_empty: str = "plan no next step",
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title, today, action, when, agreed=agreed, calendar=calendar)
        self._asks = asks
        if asks and action:
            self.AUTO_FOCUS = "#agreed"  # type: ignore[misc]
        self._when_empty = when_empty

    def enter_does(self, draft: StepDraft) -> str:
        """Say what is planned."""
        step = draft.step
        if step is None:
            return self._when_empty
        agreed = ", as they agreed" if step.agreed else ""
        return f"{step.action} on {short_day(step.on, self._today)}{agreed}"

    def result(self) -> StepDraft:
        """Return the step, both parts or neither."""
        if not (self.value_of("action") or self.value_of("when")):
            return StepDraft(None)
        step = self.read_step()
        if self._asks and step.agreed is None:
            raise FieldError("agreed", "Press y if they agreed to it, p if it is our own plan")
        return StepDraft(step)
