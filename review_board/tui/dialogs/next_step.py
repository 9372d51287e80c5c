"""What we do next, and when."""

from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.pipeline.moves import day_is_over
from review_board.pipeline.records import NextStep
from review_board.settings.sections import Calendar
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import echo_day, read_when


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What we do next; ``None`` is the wish for no next step."""

    step: NextStep | None


class NextStepDialog(Dialog[StepDraft]):
    """Asks for a dated next step; gives a ``StepDraft``, without a step only when ``optional``."""

    kind = "step"

    def __init__(
        self,
        title: str,
        today: date,
        *,
        action: str = "",
        when: str = "",
        optional: bool = False,
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title)
        self._today = today
        self._action = action
        self._when = when
        self._optional = optional
        self._calendar = calendar
        if optional:
            empty = "enter accepts, empty for no next step · tab · {dialog.cancel:esc} cancels"
            self.hint = empty  # type: ignore[misc]

    def fields(self) -> ComposeResult:
        """Yield the action and its day."""
        hint = "optional: call about the quote" if self._optional else "call about the quote"
        yield LabelledField("Next step", LineInput(self._action, hint=hint, id="action"))
        yield LabelledField("On", LineInput(self._when, hint="fri 10:00", id="when"))
        yield Text(self._echo(self._when), id="echo", classes="echo")

    @on(Input.Changed, "#when")
    def _show_the_day(self, event: Input.Changed) -> None:
        self.query_one("#echo", Text).show(self._echo(event.value))

    def _echo(self, typed: str) -> str:
        return echo_day(typed, self._today, calendar=self._calendar)

    def result(self) -> StepDraft:
        """Return the step, both parts or neither."""
        action, typed = self.value_of("action"), self.value_of("when")
        if not action and not typed and self._optional:
            return StepDraft(None)
        if not action:
            raise FieldError("action", "What is the next step? A day alone is not one")
        day, at = read_when("when", typed, self._today)
        if day < self._today and typed != self._when:  # one that is overdue may stay so
            raise FieldError("when", str(day_is_over("step", day)), typed)
        return StepDraft(NextStep(action=action, on=day, time=at))
