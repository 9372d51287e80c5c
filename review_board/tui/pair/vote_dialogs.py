"""What a vote demands, asked without a word of what the record advises; and what a settled card lacks."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult

from review_board.errors import RefusedError
from review_board.judgement.evidence import Evidence
from review_board.pair.controller import PairReview
from review_board.pair.vote import WHY_LIMIT, Vote, vote_of
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import typed_when
from review_board.pipeline.verdict_record import SURE_WORDS
from review_board.pipeline.vocabulary import Column, Track
from review_board.review.proposals import NONE_PLANNED
from review_board.review.verdicts import Decision, takes_up
from review_board.tui.app_protocol import BoardApp
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Dialog, LabelledField, Text
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.line import what_has_changed, why_so_soon
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.review.decision_dialogs import DecisionDialogs, ask_callback
from review_board.tui.review.keep_dialog import EarliestDay, KeepDialog

NO_VOTE = Vote(to=Column.ACTIVE)
ENTER_ALONE = "Enter alone leaves it not said."


class SureDialog(Dialog[tuple[int | None, str]]):
    """Asks how sure a person is of a vote, and why in a few words; gives 1 to 3 or not said, and the words."""

    is_fitted = True
    keeps_draft = False

    def __init__(self, title: str, before: Vote) -> None:
        super().__init__(title)
        self._before = before

    def fields(self) -> ComposeResult:
        """Yield the three, and the words."""
        said = "Marked is what you said before." if self._before.sure else ENTER_ALONE
        yield Text(f"How sure are you? {said}")
        yield Choices(lettered((1, 2, 3), "123", SURE_WORDS), initial=self._before.sure, id="sure")
        hint = f"optional, {WHY_LIMIT} characters at most"
        why = LineInput(self._before.why, hint=hint, id="why")
        why.max_length = WHY_LIMIT
        yield LabelledField("Why", why)

    def enter_does(self, answer: tuple[int | None, str]) -> str:
        """Say how sure the vote is."""
        return f"vote, {SURE_WORDS[answer[0] - 1] if answer[0] else 'how sure is not said'}"

    def result(self) -> tuple[int | None, str]:
        """Return what is marked, and the words."""
        return self.picked("sure"), self.value_of("why")


@dataclass(frozen=True, slots=True)
class VoteDialogs:
    """Asks one person for a vote on a card; nothing that is typed is kept anywhere until it is cast.

    Each form begins with what they voted ``before``, if they voted for that.
    """

    app: BoardApp
    evidence: Evidence
    before: Vote | None = None

    async def like(self, to: Column, vote: Vote) -> Vote | None:
        """Ask what going there demands, as sure as a vote and for the same reason."""
        parts = await self._demanded(to)
        return vote_of(to=to, sure=vote.sure, why=vote.why, **parts) if parts else None

    async def of(self, to: Column) -> Vote | None:
        """Ask what going there demands, how sure, and why; ``None`` when it was taken back."""
        parts = await self._demanded(to)
        if parts is None:
            return None
        if takes_up(self.evidence.prospect, to, self.evidence.today):
            line = await self._ask(what_has_changed(f"{self._name} comes back", "it was dropped"))
            if line is None:
                return None
            parts |= {"changed": line}
        before = self.before if self.before and self.before.to is to else NO_VOTE
        answer = await self._ask(SureDialog(f"{self._name} → {to.title}", before))
        return vote_of(to=to, sure=answer[0], why=answer[1], **parts) if answer else None

    @property
    def _name(self) -> str:
        return self.evidence.prospect.name

    async def _ask(self, dialog: Dialog[Any]) -> Any:
        dialog.keeps_draft = False
        return await self.app.push_screen_wait(dialog)

    async def _demanded(self, to: Column) -> dict[str, Any] | None:
        ask = {
            Column.ACTIVE: self._step,
            Column.CALLBACK: self._callback,
            Column.NURTURE: self._nurture,
            Column.DROPPED: self._drop,
        }[to]
        return await ask()

    async def _step(self) -> dict[str, Any] | None:
        """Ask for the step, beginning with the one that is agreed: what the record advises says too much."""
        today, calendar = self.evidence.today.day, self.evidence.settings.calendar
        step = (self.before and self.before.step) or self.evidence.prospect.next_step
        agreed: bool | None = False
        if step is None or step.on < today:
            usual = calendar.working_from(today + timedelta(days=1))
            action, when = "", typed_when(usual, None)
        else:
            action, when, agreed = step.named, typed_when(step.on, step.time), step.agreed
        title, free = f"Keep {self._name}: the dated next step", EarliestDay(None, "")
        draft = await self._ask(
            KeepDialog(title, today, action, when, free, agreed=agreed, calendar=calendar)
        )
        return {"step": draft.step} if draft else None

    async def _callback(self) -> dict[str, Any] | None:
        today = self.evidence.today.day
        before = self.before.callback if self.before else None
        agreed = await self._ask(
            CallbackDialog(self._name, today, prefill=before, evidence=self.evidence)
        )
        return {"callback": agreed} if agreed else None

    async def _nurture(self) -> dict[str, Any] | None:
        plan, settings = self.evidence.prospect.nurture, self.evidence.settings
        before = self.before or NO_VOTE
        today = self.evidence.today.day
        move = await self._ask(
            NurtureDialog(
                f"Nurture {self._name}",
                today,
                before.track or (plan.track if plan else Track.MONTHLY_EMAIL),
                prospects=[self.evidence.prospect],
                first=typed_when(before.first, None) if before.first else "",
                usual=lambda track: settings.first_touch(track, today),
                calendar=settings.calendar,
            )
        )
        return {"track": move.track, "first": move.first} if move else None

    async def _drop(self) -> dict[str, Any] | None:
        reasons = self.evidence.settings.drop_reasons
        before = self.before or NO_VOTE
        move = await self._ask(DropDialog(self._name, before.reason, before.note, reasons=reasons))
        return {"reason": move.reason, "note": move.note} if move else None


async def ask_missing(app: BoardApp, review: PairReview) -> Decision | None:
    """Ask for each thing that a settled card lacks; ``None`` when it was taken back."""
    decision: Decision | None = review.decision
    session = review.session
    if decision is None or session is None or session.current is None:
        return None
    board, card = review.board, session.current
    evidence, made = board.evidence(card), board.recommendation(card)
    if decision.callback and review.is_masked:
        decision = await _with_proof(app, evidence, decision, decision.callback)
    if decision:
        decision = await DecisionDialogs(app, evidence, made, NONE_PLANNED).doubts(decision)
    while decision and (missing := review.missing(decision)):
        if "why so soon" not in missing:
            raise RefusedError(missing, "undo the step before, or settle it in another way")
        line = await app.push_screen_wait(why_so_soon(missing))
        decision = replace(decision, sooner=line) if line else None
    return decision


async def _with_proof(
    app: BoardApp, evidence: Evidence, decision: Decision, callback: AgreedCallback
) -> Decision | None:
    """Ask two at one terminal for what proves a callback, which a masked vote has no room for."""
    prefill = callback.completed(evidence.prospect.callback)
    agreed = await ask_callback(app, evidence, prefill)
    return replace(decision, callback=agreed) if agreed else None
