"""A vote at a terminal that two share: every key shows as a dot, and the form is the same for each vote."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult

from review_board.calls.grammar import AGREED_WORDS, split_step
from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.judgement.evidence import Evidence
from review_board.pair.controller import PairReview
from review_board.pair.vote import WHY_LIMIT, Vote, vote_of
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.records import NextStep
from review_board.pipeline.typed_days import coming_when
from review_board.pipeline.verdict_record import SURE_WORDS
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.verdicts import takes_up
from review_board.tui.dialogs.choices import Choice
from review_board.tui.dialogs.dialog import Dialog, LabelledField, Text
from review_board.tui.dialogs.drop import reason_choices
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.nurture import TRACKS

LETTERS = {
    "k": Column.ACTIVE,
    "c": Column.CALLBACK,
    "n": Column.NURTURE,
    "d": Column.DROPPED,
}
HOW_SURE = ", ".join(f"{n} {words}" for n, words in enumerate(SURE_WORDS, 1))
MISFIT = "Not a whole vote yet: k takes What, c Day, d a letter as What"
"""Said of every fault alike: which of them is missing would tell what the vote is."""


class MaskedVoteDialog(Dialog[Vote]):
    """Asks for a vote with somebody beside the screen; gives a ``Vote``.

    ``to`` is what was pressed to open it.
    """

    keeps_draft = False
    is_fitted = True
    AUTO_FOCUS = "#what"
    hint = "tab next field · {dialog.cancel:esc} cancels, then {pair.openly:h} shows what you type"

    def __init__(self, review: PairReview, evidence: Evidence, to: Column) -> None:
        super().__init__(f"{review.me} votes on {evidence.prospect.who}")
        self._review = review
        self._evidence = evidence
        self._to = next(letter for letter, column in LETTERS.items() if column is to)
        self._reasons = reason_choices(evidence.settings.drop_reasons)

    def fields(self) -> ComposeResult:
        """Yield what each vote takes, and the fields, which are masked."""
        yield Text("k keep: the next step, and its day (empty: the next working day);")
        yield Text("  type agreed behind the day if they agreed to it")
        yield Text("c callback: its day; what proves it is asked openly, after both votes")
        yield Text("n nurture: how, by its letter (empty: m), and the first day if you like")
        yield from _listed(TRACKS, 3)
        yield Text("d drop: why, by its letter; with o say under Why what it is")
        yield from _listed(self._reasons, 4)
        if self._evidence.prospect.column is Column.DROPPED:
            yield Text("It was dropped: to take it up again, say under Why what has changed")
        yield LabelledField("Vote", _masked("to", self._to))
        yield LabelledField("What", _masked("what"))
        yield LabelledField("Day", _masked("when"))
        yield LabelledField("Sure", _masked("sure", hint=f"{HOW_SURE}; empty: not said"))
        why = _masked("why", hint=f"optional, {WHY_LIMIT} characters at most")
        why.max_length = WHY_LIMIT
        yield LabelledField("Why", why)

    def enter_line(self) -> str:
        """Say the same of each vote: whether it is whole yet would tell what it is."""
        return "enter votes"

    def result(self) -> Vote:
        """Return the vote; every fault is told in the same words."""
        try:
            return self._vote()
        except (ReviewBoardError, KeyError, StopIteration) as error:
            raise InvalidValueError(MISFIT) from error

    def _vote(self) -> Vote:
        to, sure = LETTERS[self.value_of("to").lower()], self.value_of("sure")
        why = self.value_of("why")
        parts = self._parts(to)
        if takes_up(self._evidence.prospect, to, self._evidence.today):
            if not why:
                raise InvalidValueError(MISFIT)
            parts["changed"] = why
        vote = vote_of(to=to, sure={"": None, "1": 1, "2": 2, "3": 3}[sure], why=why, **parts)
        if self._review.vote_problem(vote):
            raise InvalidValueError(MISFIT)
        return vote

    def _parts(self, to: Column) -> dict[str, Any]:
        """Return what goes with a vote."""
        evidence, what, typed = self._evidence, self.value_of("what"), self.value_of("when")
        today, settings = evidence.today.day, evidence.settings
        if to is Column.ACTIVE:
            return {"step": self._step(what, typed)}
        if to is Column.CALLBACK:
            typed = typed or what  # nothing but its day is asked
        on, at = (
            coming_when(typed, today, settings.calendar.working_from) if typed else (None, None)
        )
        if to is Column.DROPPED:
            reason = next(c.value for c in self._reasons if c.letter == what)
            is_other = reason == DropReason.OTHER
            return {"reason": reason, "note": self.value_of("why") if is_other else ""}
        if to is Column.NURTURE:
            track = next(c.value for c in TRACKS if c.letter == (what or "m"))
            return {"track": track, "first": on or settings.first_touch(track, today)}
        if on is None:
            raise InvalidValueError(MISFIT)
        return {"callback": AgreedCallback(on=on, asked_by_buyer=False, time=at)}

    def _step(self, what: str, typed: str) -> NextStep:
        """Return the next step: what is on record and still ahead fills what is left empty."""
        today, known = self._evidence.today.day, self._evidence.prospect.next_step
        *words, last = typed.split() or [""]
        said = AGREED_WORDS.get(last.casefold())
        typed = typed if said is None else " ".join(words)
        if (behind := split_step(what, today)).when:
            if typed:  # two days
                raise InvalidValueError(MISFIT)
            what, typed, said = behind
        working_from = self._evidence.settings.calendar.working_from
        on, at = coming_when(typed, today, working_from) if typed else (None, None)
        agreed: bool | None = False
        if known and known.on >= today:
            agreed = agreed if what else known.agreed
            what, on, at = what or known.named, on or known.on, at or known.time
        if not what:
            raise InvalidValueError(MISFIT)
        day = on or self._evidence.settings.calendar.working_from(today + timedelta(days=1))
        return NextStep(action=what, on=day, time=at, agreed=agreed if said is None else said)


def _listed(choices: Sequence[Choice[Any]], across: int) -> Iterator[Text]:
    """Yield the choices with their letters, so many to a line."""
    for at in range(0, len(choices), across):
        row = choices[at : at + across]
        yield Text("  " + " · ".join(f"{choice.letter} {choice.label}" for choice in row))


def _masked(name: str, text: str = "", hint: str = "") -> LineInput:
    field = LineInput(text, hint=hint, id=name)
    field.password = True
    return field
