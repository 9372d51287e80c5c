"""A contact that took place: one letter for the outcome, then enter."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from review_board.pipeline.money import Money
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import OUTCOMES, Outcome, SignalKind
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.results import LogDraft
from review_board.tui.dialogs.typed_values import read_money

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


class LogDialog(Dialog[LogDraft]):
    """Asks how it ended, with whom and what was said; gives a ``LogDraft``.

    A quote asks for its amount, an outcome in which the buyer gave something may say what.
    """

    kind = "log"
    hint = "a letter picks · enter logs it · tab for more · {dialog.cancel:esc} cancels"
    DEFAULT_CSS = "LogDialog .of-outcome { display: none; }"

    def __init__(
        self,
        title: str,
        contacts: Sequence[Contact] = (),
        *,
        currency: str = "USD",
        outcome: Outcome | None = None,
        note: str = "",
    ) -> None:
        super().__init__(title)
        self._contacts = contacts
        self._currency = currency
        self._outcome = outcome
        self._note = note

    def fields(self) -> ComposeResult:
        """The outcomes, then what may be added."""
        outcomes = [Choice(o, letter, OUTCOMES[o].label) for o, letter in LETTERS.items()]
        yield Choices(outcomes, initial=self._outcome, id="outcome")
        amount = LabelledField("Amount", LineInput(hint="24k, €1200", id="amount"))
        amount.add_class("of-outcome", "of-quote")
        yield amount
        gave = LabelledField("They gave", Choices(SIGNALS, initial=None, id="signal"))
        gave.add_class("of-outcome", "of-signal")
        yield gave
        if self._contacts:
            yield LabelledField("With", Choices(self._people(), initial=None, id="contact"))
        yield LabelledField("Note", LineInput(self._note, hint="optional", long=True, id="note"))

    def _people(self) -> list[Choice[str | None]]:
        people: list[Choice[str | None]] = [Choice(None, "-", "not said")]
        for number, contact in enumerate(self._contacts[:9], 1):
            people.append(Choice(contact.id, str(number), f"{contact.name} ({contact.role})"))
        return people

    @on(Choices.Picked, "#outcome")
    def _ask_what_belongs_to_it(self) -> None:
        outcome = self._picked()
        self._reveal("of-quote", outcome is Outcome.QUOTE)
        self._reveal("of-signal", bool(outcome and OUTCOMES[outcome].signal))

    def _reveal(self, name: str, shown: bool) -> None:
        for row in self.query(f".{name}"):
            row.display = shown

    def _picked(self) -> Outcome | None:
        picked = self.query_one("#outcome", Choices).chosen
        return picked.value if picked else None

    def result(self) -> LogDraft:
        """The contact."""
        outcome = self._picked()
        if outcome is None:
            raise FieldError("outcome", "How did it end? Press a letter")
        people = self.query("#contact").results(Choices)
        person = next((choices.chosen for choices in people), None)
        signal = self.query_one("#signal", Choices).chosen
        return LogDraft(
            outcome=outcome,
            note=self.value_of("note"),
            contact=person.value if person else None,
            signal=signal.value if signal and OUTCOMES[outcome].signal else None,
            amount=self._amount() if outcome is Outcome.QUOTE else None,
        )

    def _amount(self) -> Money:
        money = read_money("amount", self.value_of("amount"), self._currency)
        if money is None:
            raise FieldError("amount", "What is the quote worth? 24k, €1200")
        return money
