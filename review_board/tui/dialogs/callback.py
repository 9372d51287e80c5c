"""Asks for a callback on a day, and for its proof."""

from collections.abc import Callable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.judgement.callback_proof import CallbackProof, prove
from review_board.judgement.evidence import Evidence
from review_board.judgement.questions import addressee, callback_question
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.changes import agree_callback
from review_board.pipeline.dates import short_day, typed_when
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.typed_days import coming_when
from review_board.pipeline.vocabulary import ReasonKind
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.next_step import DatedDialog
from review_board.tui.dialogs.typed_values import read_when

ASKED = [Choice(True, "b", "the buyer asked"), Choice(False, "w", "we proposed it")]
REASONS: list[Choice[ReasonKind | None]] = [
    Choice(None, "n", "no reason"),
    Choice(ReasonKind.BUDGET, "b", "budget"),
    Choice(ReasonKind.CONTRACT_END, "c", "contract end"),
    Choice(ReasonKind.PROJECT, "j", "project"),
    Choice(ReasonKind.PERSON, "p", "person"),
    Choice(ReasonKind.EVENT, "e", "event"),
    Choice(ReasonKind.PROCUREMENT, "m", "procurement"),
]


class CallbackDialog(DatedDialog[AgreedCallback]):
    """Asks for the day, who asked, the reason and what will have changed; gives an ``AgreedCallback``.

    Only the day is mandatory: a callback without the rest is stored, and counts as a deferral. It
    begins with ``prefill``, else with the callback on record while that lies ahead; ``asked`` says
    that the buyer asked. The grade that the record will give it follows each key: ``evidence`` is
    what is known of ``who`` is called back, ``stored`` the record as it will be, else as it is
    without a contact.
    """

    AUTO_FOCUS = "#when"

    def __init__(
        self,
        who: str,
        today: date,
        *,
        asked: bool = False,
        prefill: AgreedCallback | None = None,
        evidence: Evidence | None = None,
        stored: Callable[[AgreedCallback], Prospect] | None = None,
        title: str = "",
    ) -> None:
        known = evidence.prospect.callback if evidence else None
        if prefill is None and known and known.on >= today:
            prefill = AgreedCallback.of(known)
        is_ahead = prefill is not None and prefill.on >= today
        when = typed_when(prefill.on, prefill.time) if prefill and is_ahead else ""
        calendar = evidence.settings.calendar if evidence else None
        super().__init__(title or f"Call {who} back", today, when, calendar)
        self._who = who
        self._asked = asked or (prefill is not None and prefill.asked_by_buyer)
        self._prefill = prefill
        self._evidence = evidence
        self._stored = stored

    def fields(self) -> ComposeResult:
        """Yield the parts of the proof, and the grade they come to."""
        old = self._prefill
        yield from self.day_fields("Call on", "such as: 18jan, +2w, fri 10:30")
        yield LabelledField("Who asked", Choices(ASKED, initial=self._asked, id="asked"))
        yield LabelledField(
            "Their reason", Choices(REASONS, initial=old.reason if old else None, id="reason")
        )
        yield Text(id="question", classes="echo")
        change = old.change if old else ""
        yield LabelledField(
            "What changes",
            LineInput(change, hint="by then, in their words", long=True, id="change"),
        )
        said = old.commitment if old else ""
        hint = "optional: what they will do until then"
        yield LabelledField("They promise", LineInput(said, hint=hint, long=True, id="commitment"))
        yield Text(id="grade", classes="echo")

    def on_mount(self) -> None:
        """Show the grade of what is filled in."""
        self._show_the_question()
        self._show_grade()

    @on(Input.Changed, "#when")
    def _show_the_question(self) -> None:
        """Show the question with its name and date."""
        who = addressee(self._evidence.prospect) if self._evidence else ""
        question = callback_question(who, self.day, self._today)
        self.query_one("#question", Text).show(f"Ask: {question}")

    @on(Input.Changed)
    @on(Choices.Picked)
    def _show_grade(self) -> None:
        agreed, _ = self.tried()
        self.query_one("#grade", Text).show(self._proof(agreed).in_words if agreed else "")

    def _proof(self, agreed: AgreedCallback) -> CallbackProof:
        """Return what the callback proves on the record that it will be on."""
        proof = None
        if known := self._evidence:
            put = self._stored or (lambda a: agree_callback(known.prospect, a, self._today))
            proof = known.of_record(put(agreed)).callback_grade.proof
        return proof or prove(agreed.stored(self._today), ())

    def enter_does(self, agreed: AgreedCallback) -> str:
        """Say whom it calls on which day, and why then, or that it proves nothing."""
        day = short_day(agreed.on, self._today)
        why = "; not proven: it counts as put off"
        if not agreed.asked_by_buyer:
            why = "; our own plan: they did not ask for it"
        elif self._proof(agreed).is_proven:
            why = f", because {agreed.change}"
        return f"call {self._who} on {day}{why}"

    def result(self) -> AgreedCallback:
        """Return the callback, with as much proof as was given."""
        typed = self.value_of("when")
        if not typed:
            raise FieldError("when", "A callback needs its day")
        day, at = read_when("when", typed, self._today, coming_when, self._calendar)
        return AgreedCallback(
            on=day,
            asked_by_buyer=bool(self.picked("asked")),
            reason=self.picked("reason"),
            change=self.value_of("change"),
            commitment=self.value_of("commitment"),
            time=at,
        )
