"""Letting a high-tier sale go: how important it is, and the one more idea before it goes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from review_board.calls.grammar import StepWords
from review_board.pipeline.dates import short_day
from review_board.review.verdicts import IMPORTANT, Decision
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Lack, Text, refuse
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.next_step import ActionDialog
from review_board.tui.review.against_dialog import KEEP, AgainstQuestion

LABELS = ("hardly", "a little", "fairly", "very", "the year depends on it")


class ImportanceDialog(ActionDialog[Decision]):
    """Asks how important the sale is; at 4 or 5 for a named idea and its day. Gives the ``decision`` with them.

    What a decision ``against`` the advice takes is asked above that; else stands there why it goes.
    """

    DEFAULT_CSS = """
    ImportanceDialog #more { display: none; }
    ImportanceDialog.-low #against.-answered, ImportanceDialog.-high #against.-answered {
        display: none;
    }
    """

    def __init__(
        self,
        title: str,
        ideas: Sequence[str],
        today: date,
        when: date,
        *,
        days: int,
        letting_go: str,
        against: AgainstQuestion | None = None,
        calendar: Calendar | None = None,
        decision: Decision = KEEP,
    ) -> None:
        super().__init__(title, today, when.isoformat(), calendar)
        self._decision = decision
        self._ideas = ideas
        self._last = today + timedelta(days=days)
        self._letting_go = letting_go
        self._against = against

    def fields(self) -> ComposeResult:
        """Yield the scale; the idea only where it is demanded."""
        if self._against:
            with Vertical(id="against"):
                yield from self._against.fields()
        else:
            yield Text(self._letting_go)
        yield Text("How important is this sale really?")
        yield Choices(lettered(range(1, 6), "12345", LABELS), id="importance")
        yield Text(
            f"Each large sale is asked about by itself. {IMPORTANT} and 5 ask for one more idea, with its day."
        )
        with Vertical(id="more"):
            ideas = Choices(lettered(self._ideas, "".join(self._lettered), self._ideas), id="ideas")
            ideas.can_focus = False
            yield ideas
            hint = "a letter of these, or own words: what, through whom"
            yield self.action_field("One more idea", hint)
            yield from self.day_fields("On", "such as: fri, +2w")

    @on(Choices.Picked, "#importance")
    def _ask_for_more(self) -> None:
        self.query_one("#more").display = self._important
        for part in self.query("#against"):  # makes room for the idea where there is little
            part.set_class(self._important and self._is_answered, "-answered")

    @on(Choices.Picked, "#ideas")
    def _fill_in_what_was_clicked(self, event: Choices.Picked) -> None:
        if chosen := event.choices.chosen:
            self.query_one("#action", LineInput).value = str(chosen.value)

    @property
    def _lettered(self) -> dict[str, str]:
        """Return the ideas that are offered, by their letters."""
        return dict(zip("abcdefgh", self._ideas, strict=False))

    @property
    def _is_answered(self) -> bool:
        return self._against is not None and not self._against.lacks(self)

    @property
    def _important(self) -> bool:
        return (self.picked("importance") or 0) >= IMPORTANT

    @property
    def typed_step(self) -> StepWords:
        """Return the idea whose letter was typed, or the own words."""
        typed = super().typed_step
        return typed._replace(action=self._lettered.get(typed.action, typed.action))

    def enter_does(self, decision: Decision) -> str:
        """Say how important it is, and what is tried before it goes."""
        assert decision.importance is not None
        if decision.idea is None:
            return f"go on: the sale is {LABELS[decision.importance - 1]} important"
        return f"go on, and {decision.idea.action} by {short_day(decision.idea.on, self._today)}"

    def result(self) -> Decision:
        """Return the decision with the number, its idea, and what was said against the advice."""
        lacks, importance = (
            self._against.lacks(self) if self._against else [],
            self.picked("importance"),
        )
        missing = f"At {importance} it is not let go without one more idea"
        if importance is None:
            lacks.append(Lack("importance", "Press a number from 1 to 5", "a number"))
        elif self._important and not self.typed_step.action:
            lacks.append(Lack("action", missing, "one more idea"))
        refuse(lacks)
        idea = self.read_action(missing) if self._important else None
        made = replace(self._decision, importance=importance, idea=idea)
        return self._against.answered(self, made) if self._against else made

    def wrong_day(self, day: date, typed: str) -> str:
        """Return that the day is past, or later than the idea may be tried."""
        if day < self._today:
            return "That day is past"
        last = short_day(self._last, self._today)
        is_late = day > self._last
        return f"The idea is tried by {last} at the latest, or it goes" if is_late else ""
