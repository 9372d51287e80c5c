"""Letting a high-tier sale go: how important it is, and the one more idea before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from review_board.pipeline.dates import short_day
from review_board.pipeline.records import NextStep
from review_board.review.verdicts import IMPORTANT
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import (
    FieldError,
    LabelledField,
    Lack,
    Text,
    refuse,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.next_step import DatedDialog
from review_board.tui.dialogs.typed_values import read_when
from review_board.tui.review.against_dialog import AgainstDraft, AgainstQuestion

LABELS = ("hardly", "a little", "fairly", "very", "the year depends on it")


@dataclass(frozen=True, slots=True)
class ImportanceDraft:
    """1 to 5, and the idea that a 4 or a 5 demands; ``against`` the advice what was asked with it."""

    importance: int
    idea: NextStep | None = None
    against: AgainstDraft | None = None


class ImportanceDialog(DatedDialog[ImportanceDraft]):
    """Asks how important the sale is; at 4 or 5 for a named idea and its day. Gives a draft.

    What a decision ``against`` the advice takes is asked above that; else stands there why it goes.
    """

    DEFAULT_CSS = """
    ImportanceDialog #more { height: auto; display: none; }
    ImportanceDialog #against { height: auto; }
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
    ) -> None:
        super().__init__(title, today, when.isoformat(), calendar)
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
            yield LabelledField("One more idea", LineInput(hint=hint, id="action"))
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
    def _importance(self) -> int | None:
        chosen = self.query_one("#importance", Choices).chosen
        return chosen.value if chosen else None

    @property
    def _is_answered(self) -> bool:
        return self._against is not None and not self._against.lacks(self)

    @property
    def _important(self) -> bool:
        return (self._importance or 0) >= IMPORTANT

    def enter_does(self, draft: ImportanceDraft) -> str:
        """Say how important it is, and what is tried before it goes."""
        if draft.idea is None:
            return f"go on: the sale is {LABELS[draft.importance - 1]} important"
        return f"go on, and {draft.idea.action} by {short_day(draft.idea.on, self._today)}"

    def result(self) -> ImportanceDraft:
        """Return the number, with its idea, and what was said against the advice."""
        lacks, importance = self._against.lacks(self) if self._against else [], self._importance
        action = self._lettered.get(self.value_of("action"), self.value_of("action"))
        if importance is None:
            asked = "Press a number from 1 to 5"
            lacks.append(Lack("importance", asked, "a number"))
        elif self._important and not action:
            asked = f"At {importance} it is not let go without one more idea"
            lacks.append(Lack("action", asked, "one more idea"))
        refuse(lacks)
        assert importance is not None
        against = self._against.result(self) if self._against else None
        if not self._important:
            return ImportanceDraft(importance, against=against)
        typed = self.value_of("when")
        day, at = read_when("when", typed, self._today, calendar=self._calendar)
        if day < self._today:
            raise FieldError("when", "That day is past", typed)
        if day > self._last:
            last = short_day(self._last, self._today)
            raise FieldError(
                "when", f"The idea is tried by {last} at the latest, or it goes", typed
            )
        return ImportanceDraft(importance, NextStep(action=action, on=day, time=at), against)
