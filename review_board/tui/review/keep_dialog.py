"""A keep: the dated next step, and a word where it comes too soon; and the bet, with why it is against the advice."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.judgement.pressure import must_wait
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.dates import short_day
from review_board.review.verdicts import Decision
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.dialog import FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.next_step import ActionDialog, StepDialog
from review_board.tui.review.against_dialog import KEEP, AgainstQuestion


@dataclass(frozen=True, slots=True)
class EarliestDay:
    """The earliest day that contact pressure allows, and why; no day where there is none.

    What we only send them need not wait for it, unless they, or one of several, ``complained``.
    """

    earliest: date | None
    why: str
    complained: bool = False

    @classmethod
    def of(cls, *made: Recommendation) -> "EarliestDay":
        """Return that of the next step of a prospect, or of one step for several: the latest."""
        last = max(made, key=lambda one: one.earliest_step or date.min)
        complained = any(one.pressure.complaint for one in made)
        return cls(last.earliest_step, last.pressure.why, complained)

    def is_early(self, action: str, day: date | None) -> bool:
        """Tell whether a step comes before it."""
        if self.earliest is None or day is None or day >= self.earliest:
            return False
        return must_wait(action, complained=self.complained)


class KeepDialog(StepDialog[Decision]):
    """Asks for a dated next step; one before the earliest day takes a word. Gives the ``decision`` with them."""

    DEFAULT_CSS = """
    KeepDialog #row-sooner { display: none; }
    """

    def __init__(
        self,
        title: str,
        today: date,
        action: str,
        when: str,
        pressure: EarliestDay,
        *,
        agreed: bool | None = False,
        calendar: Calendar | None = None,
        decision: Decision = KEEP,
    ) -> None:
        super().__init__(title, today, action, when, agreed=agreed, calendar=calendar)
        self._pressure, self._decision = pressure, decision

    def more_fields(self) -> ComposeResult:
        """Yield the word that an early day takes."""
        yield Text(self._warning, classes="echo", id="first-day")
        sooner = LineInput(hint="such as: they asked for it", long=True, id="sooner")
        yield LabelledField("Why so soon?", sooner)

    def on_mount(self) -> None:
        """Say at once from which day on it is not early, and warn where the day filled in is."""
        self._warn_of_the_day()

    @on(Input.Changed, "#action")
    @on(Input.Changed, "#when")
    def _warn_of_the_day(self) -> None:
        must_wait = self._pressure.is_early(self.value_of("action"), self._today)
        self.query_one("#first-day").display = must_wait
        self.query_one("#row-sooner").display = self._is_early()

    @property
    def _warning(self) -> str:
        earliest = self._pressure.earliest
        day = short_day(earliest, self._today) if earliest else ""
        return f"before {day} it is early ({self._pressure.why})"

    def enter_does(self, decision: Decision) -> str:
        """Say where it is kept, wherever it lay before, and what is to be done on which day."""
        assert decision.step is not None
        return f"keep it in Active; on {short_day(decision.step.on, self._today)}: {decision.step.action}"

    def _is_early(self) -> bool:
        return self._pressure.is_early(self.typed_step.action, self.day)

    def result(self) -> Decision:
        """Return the decision with the step and its word."""
        step, is_early = self.read_step(), self._is_early()
        sooner = self.value_of("sooner") if is_early else ""
        if is_early and not sooner:
            raise FieldError("sooner", "That is early: say why so soon, in one word")
        return replace(self._decision, step=step, sooner=sooner)


class CallDialog(KeepDialog):
    """Asks for the day of a call that is promised already: the keys go to the day, not to the step."""

    AUTO_FOCUS = "#when"


class BetDialog(ActionDialog[Decision]):
    """Asks what the buyer will do, and by which day, then what a bet ``against`` the advice takes.

    Gives the decision to keep it on that.
    """

    timed = False

    def __init__(
        self,
        title: str,
        today: date,
        days: int,
        proposed: date,
        *,
        against: AgainstQuestion | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title, today, proposed.isoformat(), calendar)
        self._last = today + timedelta(days=days)
        self._against = against

    def fields(self) -> ComposeResult:
        """Yield the action of theirs and its day."""
        last = short_day(self._last, self._today)
        yield Text(
            f"It is kept in Active until then, {last} at the latest."
            " If they have not done it, the next review drops it."
        )
        yield self.action_field("The bet", "such as: they sign, they name a start day")
        yield from self.day_fields("By", "such as: fri, +1w")
        if self._against:
            yield from self._against.fields()

    def enter_does(self, decision: Decision) -> str:
        """Say what the bet is."""
        assert decision.bet is not None
        until = short_day(decision.bet.on, self._today)
        return f"keep it in Active until {until} for “{decision.bet.action}”, else the next review drops it"

    def result(self) -> Decision:
        """Return the bet, with what was said against the advice."""
        made = replace(KEEP, bet=self.read_action("Say what they will do by then"))
        return self._against.answered(self, made) if self._against else made

    def wrong_day(self, day: date, typed: str) -> str:
        """Return between which days a bet ends, where this is none of them."""
        last = short_day(self._last, self._today)
        is_fit = self._today < day <= self._last
        return "" if is_fit else f"A bet ends between tomorrow and {last}"
