"""What we do next, and when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

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
        self, title: str, today: date, when: str = "", calendar: Calendar | None = None
    ) -> None:
        super().__init__(title)
        self._today = today
        self._when = when
        self._calendar = calendar

    def day_fields(self, label: str, hint: str) -> ComposeResult:
        """Yield the day, and how it is understood."""
        yield LabelledField(label, LineInput(self._when, hint=hint, id="when"))
        yield Text(self._echo(self._when), id="echo", classes="echo")

    @on(Input.Changed, "#when")
    def _show_the_day(self, event: Input.Changed) -> None:
        self.query_one("#echo", Text).show(self._echo(event.value))

    def _echo(self, typed: str) -> str:
        return echo_day(typed, self._today, timed=self.timed, calendar=self._calendar)

    def day_of(self, typed: str) -> date | None:
        """Return the day that is typed, if it is one: that which stands below the field."""
        try:
            if not self.timed:
                return read_day("when", typed, self._today)
            return read_when("when", typed, self._today, calendar=self._calendar)[0]
        except FieldError:
            return None


class StepDialog(DatedDialog[T], Generic[T]):
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
        super().__init__(title, today, when, calendar)
        self._action = action
        self._agreed = agreed

    def fields(self) -> ComposeResult:
        """Yield the action, its day, what more is asked of that, and who agreed to it."""
        field = LineInput(self._action, hint=self.hint_of_action, id="action")
        yield LabelledField("Next step", field)
        yield from self.day_fields("On", "such as: fri 10:00")
        yield from self.more_fields()
        options = lettered((True, False), "yp", ("they agreed", "our plan"))
        yield LabelledField("Agreed?", Choices(options, initial=self._agreed, id="agreed"))

    def more_fields(self) -> ComposeResult:
        """Yield what else is asked of the day."""
        yield from ()

    def read_step(self) -> NextStep:
        """Return the step that was typed; one that is overdue already may stay so."""
        action, typed = self.value_of("action"), self.value_of("when")
        required("action", action, "Say what the next step is; a day alone is not one")
        day, at = read_when("when", typed, self._today, calendar=self._calendar)
        if day < self._today and typed != self._when:
            raise FieldError("when", str(day_is_over("step", day)), typed)
        picked = self.query_one("#agreed", Choices).chosen
        return NextStep(action=action, on=day, time=at, agreed=picked and picked.value)


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What we do next; ``None`` is the wish for no next step."""

    step: NextStep | None


class NextStepDialog(StepDialog[StepDraft]):
    """Asks for a dated next step; gives a ``StepDraft``, without a step only when ``optional``.

    ``when_empty`` says what enter does then; ``agreed`` who agreed to it so far. Where ``asks`` what
    they agreed to, that must be said, or the question would stay open without a word.
    """

    kind = "step"

    def __init__(
        self,
        title: str,
        today: date,
        *,
        action: str = "",
        when: str = "",
        agreed: bool | None = False,
        asks: bool = False,
        optional: bool = False,
        when_empty: str = "plan no next step",
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title, today, action, when, agreed=agreed, calendar=calendar)
        self._asks = asks
        if asks and action:
            self.AUTO_FOCUS = "#agreed"  # type: ignore[misc]
        self._optional = optional
        self._when_empty = when_empty
        if optional:
            self.hint = f"empty for no next step · {Dialog.hint}"  # type: ignore[misc]
            self.hint_of_action = f"optional, {self.hint_of_action}"  # type: ignore[misc]

    def enter_does(self, draft: StepDraft) -> str:
        """Say what is planned."""
        step = draft.step
        if step is None:
            return self._when_empty
        agreed = ", as they agreed" if step.agreed else ""
        return f"{step.action} on {short_day(step.on, self._today)}{agreed}"

    def result(self) -> StepDraft:
        """Return the step, both parts or neither."""
        if self._optional and not (self.value_of("action") or self.value_of("when")):
            return StepDraft(None)
        step = self.read_step()
        if self._asks and step.agreed is None:
            raise FieldError("agreed", "Press y if they agreed to it, p if it is our own plan")
        return StepDraft(step)
