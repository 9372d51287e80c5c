"""A promise to call on a day, with its proof."""

from dataclasses import dataclass
from datetime import date, time

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.errors import InvalidValueError
from review_board.judgement.callback_proof import CallbackProof, prove
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.questions import addressee, callback_question
from review_board.pipeline.changes import set_callback
from review_board.pipeline.dates import typed_when
from review_board.pipeline.records import Callback
from review_board.pipeline.typed_days import parse_when
from review_board.pipeline.vocabulary import ReasonKind
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.results import CallbackDraft
from review_board.tui.dialogs.typed_values import echo_day, read_when

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What grading a callback needs to know: of whom it is asked, and what is on their record."""

    who: str = ""
    evidence: Evidence | None = None

    @classmethod
    def of(cls, evidence: Evidence) -> "Asked":
        """About one prospect; a contact is asked by name."""
        return cls(addressee(evidence.prospect), evidence)

    def proof(self, callback: Callback) -> CallbackProof:
        """The proof as the record will give it: one that keeps its day stays the promise it was."""
        evidence = self.evidence
        if evidence is None or callback.on < callback.asked_on:
            return prove(callback, ())
        old = evidence.callback
        if old and old.on == callback.on:
            callback = callback.model_copy(update={"asked_on": old.asked_on, "touch": old.touch})
        kept = set_callback(evidence.prospect, callback)
        proof = gather(kept, evidence.today, evidence.settings, evidence.closing).promise.proof
        return proof or prove(callback, ())


class CallbackDialog(Dialog[CallbackDraft]):
    """Asks for the day, who asked, the reason and what will have changed; gives a ``CallbackDraft``.

    Only the day is mandatory: a callback without the rest is stored, and counts as a deferral. The
    grade that the record will give it follows each key.
    """

    AUTO_FOCUS = "#when"

    def __init__(
        self,
        title: str,
        today: date,
        *,
        when: str = "",
        asked: bool = False,
        prefill: CallbackDraft | None = None,
        grading: Asked | None = None,
    ) -> None:
        super().__init__(title)
        self._asked = prefill.asked_by_buyer if prefill else asked
        self._today = today
        self._prefill = prefill
        ahead = prefill is not None and prefill.on >= today
        self._when = when or (typed_when(prefill.on, prefill.time) if prefill and ahead else "")
        self._grading = grading or Asked()

    def fields(self) -> ComposeResult:
        """The parts of the proof, and the grade they come to."""
        old = self._prefill
        yield LabelledField(
            "Call on", LineInput(self._when, hint="18jan, +2w, fri 10:30", id="when")
        )
        yield Text(self._echo(self._when), id="echo", classes="echo")
        yield LabelledField("Who asked", Choices(ASKED, initial=self._asked, id="asked"))
        yield LabelledField(
            "Their reason", Choices(REASONS, initial=old.reason if old else None, id="reason")
        )
        yield Text(self._question(self._when), id="question", classes="echo")
        change = old.change if old else ""
        yield LabelledField(
            "Changed", LineInput(change, hint="in their words", long=True, id="change")
        )
        said = old.commitment if old else ""
        hint = "a bonus: what they will do until then"
        yield LabelledField(
            "They commit to", LineInput(said, hint=hint, long=True, id="commitment")
        )
        yield Text(id="grade", classes="echo")

    def on_mount(self) -> None:
        """The grade of what is filled in."""
        super().on_mount()
        self._grade()

    @on(Input.Changed, "#when")
    def _show_the_day(self, event: Input.Changed) -> None:
        self.query_one("#echo", Text).say(self._echo(event.value))
        self.query_one("#question", Text).say(self._question(event.value))

    @on(Input.Changed)
    @on(Choices.Picked)
    def _grade(self) -> None:
        draft = self._draft()
        said = grade_words(draft.callback(self._today), self._grading) if draft else ""
        self.query_one("#grade", Text).say(said)

    def _echo(self, typed: str) -> str:
        known = self._grading.evidence
        return echo_day(typed, self._today, calendar=known.settings.calendar if known else None)

    def _question(self, typed: str) -> str:
        """The question with its name and date."""
        try:
            by = parse_when(typed, self._today)[0]
        except InvalidValueError:
            by = None
        return callback_question(self._grading.who, by, self._today)

    def _draft(self) -> CallbackDraft | None:
        """What is filled in so far, once there is a day."""
        try:
            day, at = parse_when(self.value_of("when"), self._today)
        except InvalidValueError:
            return None
        return self._filled(max(day, self._today), at)

    def _filled(self, day: date, at: time | None) -> CallbackDraft:
        asked = self.query_one("#asked", Choices).chosen
        reason = self.query_one("#reason", Choices).chosen
        return CallbackDraft(
            on=day,
            asked_by_buyer=bool(asked and asked.value),
            reason=reason.value if reason else None,
            change=self.value_of("change"),
            commitment=self.value_of("commitment"),
            time=at,
        )

    def result(self) -> CallbackDraft:
        """The promise, with as much proof as was given."""
        typed = self.value_of("when")
        day, at = read_when("when", typed, self._today)
        if day < self._today:
            raise FieldError("when", f"{day} is past; a callback lies ahead", typed)
        return self._filled(day, at)


def grade_words(callback: Callback, grading: Asked) -> str:
    """The five checks in a line or two: ``✓`` holds, ``✗`` does not, ``+`` is the bonus."""
    proof = grading.proof(callback)
    marks = [
        f"{('+' if c.holds else '·') if c.bonus else ('✓' if c.holds else '✗')} {c.words}"
        for c in proof.checks
    ]
    return f"{proof.grade.upper()}: " + "  ".join(marks)
