"""Why each of many prospects is dropped: one line each, and one for all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from review_board.pipeline.records import Reason
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.verdicts import Decision
from review_board.settings.drop_reasons import USUAL
from review_board.tui.dialogs.choices import HERE, Choice, Choices
from review_board.tui.dialogs.dialog import FieldError, Text, refuse
from review_board.tui.dialogs.drop import DropForm, reason_choices
from review_board.tui.dialogs.start_today import lacks_start_today
from review_board.tui.textfit import columns, fit

ALL = "all of them"
MOST_ROWS = 9
"""Lines of the list at most; the rest scrolls."""


class EachReason(Widget, can_focus=True):
    """A line for all, then one a prospect; a letter gives the line of the cursor its reason."""

    ALLOW_SELECT = False
    keys_that_pick = "↓ one of them"
    DEFAULT_CSS = """
    EachReason { height: auto; width: 1fr; background: $surface; color: $foreground; text-wrap: nowrap; }
    """

    @dataclass
    class Accepted(Message):
        """Enter was pressed: all are as wanted."""

    @dataclass
    class ReasonGiven(Message):
        """A line got another reason."""

    def __init__(
        self,
        names: Mapping[str, str],
        proposed: Mapping[str, Reason | None],
        options: list[Choice[Reason]],
    ) -> None:
        super().__init__(id="each")
        self._names = {"": ALL, **names}
        self._ids = list(self._names)
        self._options = {option.letter: option for option in options}
        self._labels = {option.value: option.label for option in options}
        self.reasons: dict[str, Reason | None] = {i: proposed.get(i) for i in names}
        self._at = 0
        self._top = 0

    def on_key(self, event: events.Key) -> None:
        """Move by an arrow, give a reason by its letter, accept by enter."""
        steps = {"up": -1, "down": 1, "pageup": -MOST_ROWS, "pagedown": MOST_ROWS}
        if event.key in steps:
            self._go(self._at + steps[event.key])
        elif event.key == "enter":
            self.post_message(self.Accepted())
        elif event.character in self._options:
            self.give(self._options[event.character].value)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the line that was clicked."""
        self._go(self._top + event.y)

    def give(self, reason: Reason) -> None:
        """Give the line of the cursor a reason, and go on to the next."""
        at = self._ids[self._at]
        self.reasons |= {at: reason} if at else dict.fromkeys(self.reasons, reason)
        self._go(self._at + bool(at))
        self.post_message(self.ReasonGiven())

    def go_to_lack(self) -> None:
        """Put the cursor on the first without a reason, where others have one."""
        lacking = [i for i, reason in self.reasons.items() if reason is None]
        if 0 < len(lacking) < len(self.reasons):
            self._go(self._ids.index(lacking[0]))

    def _go(self, to: int) -> None:
        self._at = max(0, min(to, len(self._ids) - 1))
        rows = self._rows
        self._top = min(max(self._top, self._at - rows + 1), self._at)
        self.refresh()

    @property
    def _rows(self) -> int:
        return min(MOST_ROWS, len(self._ids))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines are shown."""
        return self._rows

    def render(self) -> Content:
        """Return a line each: a name, and why it is dropped."""
        shown = range(self._top, self._top + self._rows)
        return Content("\n").join(
            self._line(self._ids[place], place == self._at) for place in shown
        )

    def _line(self, prospect_id: str, here: bool) -> Content:
        room = self.size.width - 1
        text = columns(f" {self._names[prospect_id]}", f"{self._why(prospect_id)} ", room)
        if not here:
            return Content(f" {fit(text, room)}")
        return Content.styled(f"{'▸' if self.has_focus else '›'}{fit(text, room)}", HERE)

    def _why(self, prospect_id: str) -> str:
        if prospect_id:
            reason = self.reasons[prospect_id]
            return self._labels.get(reason, str(reason)) if reason else "?"
        same = set(self.reasons.values())
        only = same.pop() if len(same) == 1 else None
        return self._labels.get(only, str(only)) if only else "a letter gives all the same"


class DropManyDialog(DropForm[dict[str, Decision]]):
    """Asks why each of them is dropped; gives the way to Dropped for each, by its id.

    Against an ``advice``, which is about some of the ids, it asks whether they would start with those
    today as well, but not of a duplicate.
    """

    AUTO_FOCUS = "EachReason"

    def __init__(
        self,
        who: str,
        names: Mapping[str, str],
        proposed: Mapping[str, Reason | None],
        *,
        reasons: Mapping[str, str] = USUAL,
        advice: str = "",
        against: Collection[str] = (),
    ) -> None:
        super().__init__(who, advice, hint="optional, for all")
        self._names, self._proposed = names, proposed
        self._options, self._against = reason_choices(reasons), against

    def reason_fields(self) -> ComposeResult:
        """Yield a line each, and what the letters mean."""
        yield EachReason(self._names, self._proposed, self._options)
        yield Text("A letter gives the line its reason:", classes="quiet")
        letters = Choices(self._options, id="letters")
        letters.can_focus = False
        yield letters

    def enter_does(self, decisions: dict[str, Decision]) -> str:
        """Return how many are dropped."""
        return f"drop all {len(decisions)}, each for its reason"

    @on(EachReason.ReasonGiven)
    def ask_as_the_reason_takes_it(self) -> None:
        """Show the question as long as one of them is asked about."""
        super().ask_as_the_reason_takes_it()
        self._say_what_enter_does()

    @property
    def asks_today(self) -> bool:
        """Return whether it is asked of any."""
        return bool(self._asked_today)

    @property
    def _asked_today(self) -> set[str]:
        """Return those of whom it is asked whether they would start with them today."""
        given = self.query_one(EachReason).reasons.items()
        return {i for i, reason in given if i in self._against and reason != DropReason.DUPLICATE}

    @on(Choices.Picked, "#letters")
    def _give_what_was_clicked(self, event: Choices.Picked) -> None:
        if picked := event.choices.chosen:
            self.query_one(EachReason).give(cast("Reason", picked.value))

    @on(EachReason.Accepted)
    def _accept_all(self) -> None:
        self.accept()

    def point_at(self, error: FieldError) -> None:
        """Go to the line that is wrong, too."""
        super().point_at(error)
        self.query_one(EachReason).go_to_lack()

    def result(self) -> dict[str, Decision]:
        """Return the drops, each for its reason."""
        each, note = self.query_one(EachReason), self.value_of("note")
        lacking = [i for i, reason in each.reasons.items() if reason is None]
        if len(lacking) == len(each.reasons):
            raise FieldError(
                "each", "Each needs a reason: a letter on the first line gives all the same"
            )
        if lacking:
            raise FieldError("each", f"{self._names[lacking[0]]} needs a reason: press its letter")
        anew, asked = self.picked("anew"), self._asked_today
        decisions = {
            i: Decision(
                Column.DROPPED,
                reason=reason,
                note=note,
                start_anew=anew if i in asked else None,
            )
            for i, reason in each.reasons.items()
        }
        if any(decision.problem(date.min) for decision in decisions.values()):
            raise FieldError("note", f"The reason “{DropReason.OTHER}” needs a line: write it here")
        refuse(lacks_start_today(anew) if asked else [])
        return decisions
