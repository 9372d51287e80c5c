"""Asks for a contact that took place: one letter for the outcome, then enter."""

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult

from review_board.calls.apply_entry import quoted_amount
from review_board.calls.entry import CallEntry, EntryDefaults, TypedAmount, TypedWhen
from review_board.calls.find_outcome import instead_of
from review_board.errors import RefusedError
from review_board.judgement.routes import name_and_role
from review_board.pipeline.dates import long_when
from review_board.pipeline.money import long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean
from review_board.pipeline.typed_days import past_when
from review_board.pipeline.vocabulary import OUTCOMES, Outcome, SignalKind
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import CANCELS, PICKS, Dialog, FieldError, LabelledField
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import read_money, read_when

NOW = "today"
"""What stands in the day of a contact that took place just now."""
LETTERS = {
    Outcome.NO_ANSWER: "n",
    Outcome.VOICEMAIL: "v",
    Outcome.GATEKEEPER: "g",
    Outcome.EMAIL: "e",
    Outcome.TALKED: "t",
    Outcome.ADVANCED: "a",
    Outcome.MEETING: "m",
    Outcome.INBOUND: "i",
    Outcome.QUOTE: "q",
    Outcome.DEFERRED: "c",
    Outcome.LAST_CALL: "l",
    Outcome.HOSTILE: "h",
    Outcome.COMPLAINT: "x",
    Outcome.DO_NOT_CONTACT: "d",
    Outcome.MAILING: "p",
    Outcome.AUTO_REPLY: "o",
}
SIGNALS: list[Choice[SignalKind | None]] = [
    Choice(None, "-", "not said"),
    Choice(SignalKind.STEP_AGREED, "s", "step agreed"),
    Choice(SignalKind.INFORMATION, "i", "information"),
    Choice(SignalKind.INTRODUCTION, "n", "introduction"),
    Choice(SignalKind.QUOTE_REQUEST, "q", "quote request"),
    Choice(SignalKind.COUNTER_PROPOSAL, "c", "counter-proposal"),
    Choice(SignalKind.MEETING, "m", "meeting"),
]


class LogDialog(Dialog[CallEntry]):
    """Asks how it ended, with whom and what was said; gives a ``CallEntry``.

    A quote asks for its amount unless the record has one, an outcome in which the buyer gave
    something may say what.
    """

    hint = f"{PICKS} · tab for more · {CANCELS}"
    DEFAULT_CSS = "LogDialog #row-amount, LogDialog #row-signal { display: none; }"

    def __init__(self, prospect: Prospect, defaults: EntryDefaults) -> None:
        super().__init__(f"Contact with {prospect.who}")
        self._prospect = prospect
        self._defaults = defaults

    def fields(self) -> ComposeResult:
        """Yield the outcomes, then what may be added."""
        outcomes = [Choice(o, letter, OUTCOMES[o].label) for o, letter in LETTERS.items()]
        yield Choices(outcomes, by_name=True, id="outcome")
        value = self._prospect.value
        usual = f"else {long_money(value)}, as on record" if value else "such as: 24k, €1200"
        yield LabelledField("Amount", LineInput(hint=usual, id="amount"))
        yield LabelledField("They gave", Choices(SIGNALS, initial=None, id="signal"))
        if self._prospect.people:
            yield LabelledField("With", Choices(self._people(), initial="", id="contact"))
        yield LabelledField("Note", LineInput(hint="optional", long=True, id="note"))
        yield LabelledField("On", LineInput(NOW, hint="such as: yesterday, mon, 18nov", id="when"))

    def _people(self) -> list[Choice[str]]:
        people = [Choice("", "-", "not said")]
        for number, contact in enumerate(self._prospect.people[:9], 1):
            people.append(Choice(contact.id, str(number), name_and_role(contact)))
        return people

    @on(Choices.Picked, "#outcome")
    def _ask_what_belongs_to_it(self) -> None:
        outcome = self.picked("outcome")
        self.query_one("#row-amount").display = outcome is Outcome.QUOTE
        self.query_one("#row-signal").display = bool(outcome and OUTCOMES[outcome].signal)

    def on_key(self, event: events.Key) -> None:
        """Let a digit name the person while the outcome is picked, where it has no other meaning.

        A letter names nobody: typed at the people it begins the note.
        """
        typed = event.character or ""
        if not isinstance(self.focused, Choices):
            return
        if self.focused.id == "contact" and typed.isalpha():
            note = self.query_one("#note", LineInput)
            note.value += typed
            note.go_behind()
            event.stop()
        if not typed.isdecimal():
            return
        for people in self.query("#contact").results(Choices):
            if people.pick(typed):
                event.stop()

    def enter_does(self, entry: CallEntry) -> str:
        """Say which outcome is logged, and what is asked then."""
        asks = ", and ask for the day of the call" if entry.outcome is Outcome.DEFERRED else ""
        today = self._defaults.today.day
        on = f" on {long_when(entry.at.day, entry.at.time, today)}" if entry.at else ""
        return f"log it: {entry.label}{on}{asks}"

    def result(self) -> CallEntry:
        """Return the contact."""
        outcome = self.picked("outcome")
        if outcome is None:
            raise FieldError("outcome", "Press the letter of how it ended")
        if cure := instead_of(outcome, self.value_of("note")):
            raise FieldError("note", f"That is something else; {cure}")
        entry = CallEntry(
            outcome,
            clean(self.value_of("note"), keep_lines=True),
            contact=self.picked("contact") or "",
            signal=self.picked("signal") if OUTCOMES[outcome].signal else None,
            at=self._when(),
        )
        return self._with_amount(entry) if outcome is Outcome.QUOTE else entry

    def _when(self) -> TypedWhen | None:
        """Return the day that was typed; of just now its moment is known."""
        typed = self.value_of("when")
        if typed.casefold() in {"", NOW}:
            return None
        return TypedWhen(*read_when("when", typed, self._defaults.today.day, past_when))

    def _with_amount(self, entry: CallEntry) -> CallEntry:
        """Return a quote with the amount that was typed; the record has one where none was."""
        currency = self._defaults.currency_of(self._prospect)
        money = read_money("amount", self.value_of("amount"), currency)
        if money:
            entry = replace(entry, amount=TypedAmount(money.amount, money.currency))
        try:
            quoted_amount(entry, self._prospect, self._defaults)
        except RefusedError as error:
            raise FieldError("amount", str(error)) from error
        return entry
