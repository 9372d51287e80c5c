"""Why a prospect is dropped, in one dialog even where the record advises to keep it."""

from collections.abc import Mapping
from datetime import date
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Generic

from textual import on
from textual.app import ComposeResult

from review_board.pipeline.records import Reason
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.verdicts import Decision
from review_board.settings.drop_reasons import USUAL
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, LabelledField, Lack, T, Text, refuse
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.start_today import StartToday, lacks_start_today
from review_board.tui.footer_keys import with_keys

LETTERS: Mapping[str, str] = {
    DropReason.NO_NEED: "e",
    DropReason.BOUGHT_ELSEWHERE: "b",
    DropReason.NO_BUDGET: "u",
    DropReason.NO_ACCESS: "a",
    DropReason.NO_DECISION: "d",
    DropReason.NO_RESPONSE: "r",
    DropReason.ONLY_DEFERRALS: "f",
    DropReason.HOSTILE: "h",
    DropReason.TIMING: "t",
    DropReason.NOT_INTERESTED: "i",
    DropReason.POOR_PAYOFF: "p",
    DropReason.DO_NOT_CONTACT: "c",
    DropReason.DUPLICATE: "2",
    DropReason.OTHER: "o",
}
"""The letters of the usual reasons, whatever else is on the list; y and n answer the question below it."""
NO_LETTER = "·"


def reason_choices(reasons: Mapping[str, str]) -> list[Choice[Reason]]:
    """Return the reasons with their letters: an own one has the first free letter of its name, or a digit."""
    taken = {"y", "n", *(LETTERS[name] for name in reasons if name in LETTERS)}
    made: list[Choice[Reason]] = []
    for name, label in reasons.items():
        letter = LETTERS.get(name) or _free(name, taken)
        taken.add(letter)
        made.append(Choice(_reason(name), letter, label))
    return made


def _free(name: str, taken: set[str]) -> str:
    wishes = (*(c for c in name if c.isalnum()), *digits[1:], *ascii_lowercase, *ascii_uppercase)
    return next((letter for letter in wishes if letter not in taken), NO_LETTER)


def _reason(name: str) -> Reason:
    return DropReason(name) if name in LETTERS else name


DROPS = "drop it, because: {}"
"""What enter does as a rule."""
MERGES = "One sale twice? {board.merge:E} on the board merges the two: nothing is lost."


class DropForm(Dialog[T], Generic[T]):
    """What the drop of one and of many ask alike: the reasons, and against an ``advice`` one more question.

    Of a duplicate it is not asked whether they would start today.
    """

    def __init__(self, who: str, advice: str, note: str = "", *, hint: str) -> None:
        super().__init__(f"Drop {who}: why?")
        self._advice, self._note, self._hint_of_note = advice, note, hint

    def fields(self) -> ComposeResult:
        """Yield the reasons, what a drop against the advice takes, and the note."""
        if self._advice:
            yield Text(self._advice, classes="loud")
        yield from self.reason_fields()
        if self._advice:
            yield StartToday()
        note = LineInput(self._note, hint=self._hint_of_note, long=True, id="note")
        yield LabelledField("Note", note)

    def reason_fields(self) -> ComposeResult:
        """Yield what is asked about the reason."""
        yield from ()

    def on_mount(self) -> None:
        """Ask as the reason that is proposed takes it."""
        self.ask_as_the_reason_takes_it()

    @property
    def asks_today(self) -> bool:
        """Return whether it is asked that they would start today: never of a duplicate."""
        raise AssertionError(f"{type(self).__name__} does not say what it asks")

    def ask_as_the_reason_takes_it(self) -> None:
        """Show the question only where it is asked."""
        for question in self.query(StartToday):
            question.display = self.asks_today


class DropDialog(DropForm[Decision]):
    """Asks for a reason out of the closed list, and a note if wanted; gives the way to Dropped.

    ``reasons`` are those offered, name → label; one that is proposed is among them in any case.
    Against an ``advice`` it asks whether they would start today as well, but not of a duplicate.
    ``does`` says what enter does, with ``{}`` for the reason.
    """

    is_fitted = True

    def __init__(
        self,
        who: str,
        reason: Reason | None = None,
        note: str = "",
        *,
        reasons: Mapping[str, str] = USUAL,
        advice: str = "",
        does: str = DROPS,
    ) -> None:
        super().__init__(who, advice, note, hint="optional")
        self._does = does
        self._reason = reason
        self._reasons = dict(reasons)
        if reason:
            self._reasons.setdefault(reason, reason.replace("-", " "))

    def reason_fields(self) -> ComposeResult:
        """Yield the reasons, and how a duplicate is merged."""
        yield Choices(reason_choices(self._reasons), initial=self._reason, id="reason")
        yield Text(with_keys(self.app, MERGES), id="merges", classes="quiet")

    @on(Choices.Picked, "#reason")
    def ask_as_the_reason_takes_it(self) -> None:
        """Offer to merge a duplicate, of which nothing else is asked."""
        super().ask_as_the_reason_takes_it()
        self.query_one("#merges").display = self._is_duplicate

    @property
    def _is_duplicate(self) -> bool:
        return bool(self.picked("reason") == DropReason.DUPLICATE)

    @property
    def asks_today(self) -> bool:
        """Return whether it is asked."""
        return bool(self._advice) and not self._is_duplicate

    def enter_does(self, decision: Decision) -> str:
        """Say for which reason it is dropped."""
        anew = decision.start_anew
        would = "" if anew is None else f"; you would {'' if anew else 'not '}start with it today"
        return f"{self._does.format(self._reasons[str(decision.reason)])}{would}"

    def result(self) -> Decision:
        """Return the drop for the reason picked."""
        anew = self.picked("anew") if self.asks_today else None
        reason, note = self.picked("reason"), self.value_of("note")
        decision = Decision(Column.DROPPED, reason=reason, note=note, start_anew=anew)
        lacks = []
        if problem := decision.problem(date.min):  # a drop holds no day
            cure, short = _CURES[problem.part]
            lacks = [Lack(problem.part, f"{problem.message}; {cure}", short)]
        refuse([*lacks, *(lacks_start_today(anew) if self.asks_today else [])])
        return decision


_CURES = {
    "reason": ("press its letter", "a reason"),
    "note": ("write it here", "a note"),
}
