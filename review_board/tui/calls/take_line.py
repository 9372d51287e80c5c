"""The after-call line on a screen: asked for until it is stored, or taken back; how a contact is told."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from review_board.calls.apply_entry import Terms, as_promised, described
from review_board.calls.grammar import CallEntry, TypedAmount
from review_board.calls.preview import AfterCall, EntryPreview, SaveResult
from review_board.errors import ReviewBoardError
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.tui.calls.dialog import MOST, AfterCallDialog, LineDraft, WhichDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.textfit import clip

if TYPE_CHECKING:
    from review_board.tui.actions import DialogApp
    from review_board.tui.dialogs.results import LogDraft


TOLD = 200
"""Cells for what was stored and what went with it: a long note must leave room for the turn."""


class TakenBackError(Exception):
    """A question about the line was taken back: the line stands again as it was typed."""


async def take_line(app: "DialogApp", spoken: AfterCall) -> SaveResult | None:
    """Ask for a line and store it; what goes wrong is told, and the line stands there again."""
    typed = ""
    while draft := await app.push_screen_wait(dialog := AfterCallDialog(spoken, typed)):
        typed = draft.text
        try:
            echo = await _about_one(app, spoken, draft)
            promise = await _assured(app, spoken, echo) if echo.asks else None
            app.last_form = replace(dialog.form, fields={"line": typed})
            return _stored(spoken, echo, promise)
        except TakenBackError:
            continue
        except ReviewBoardError as error:
            app.say(str(error), bad=True)
    return None


def acknowledgement(stored: SaveResult, card: str | None) -> str:
    """What was stored, and how the recommendation turned; where another prospect stands."""
    entry, column = stored.entry, stored.entry.column
    aside = f" in {column.title}" if column and entry.id != card else ""
    if not stored.new:
        return f"{entry.name}{aside}: {stored.words} is already on record: nothing was stored"
    turned = stored.turn.replace("  becomes  ", "\nbecomes  ")
    told = f"{entry.name}{aside}: {clip(stored.words, TOLD)}"
    return "\n".join(filter(None, [told, turned]))


def words_of(
    draft: "LogDraft", promise: AgreedCallback | None, prospect: Prospect, terms: Terms
) -> str:
    """What a contact logged in its dialog puts on record, in the words of the line."""
    met, amount = prospect.contact(draft.contact), draft.amount
    line = CallEntry(
        who="",
        outcome=draft.outcome,
        note=draft.note,
        amount=TypedAmount(amount.amount, amount.currency) if amount else None,
        contact=met.name if met else "",
    )
    told = described(as_promised(line, promise) if promise else line, prospect, terms)
    return f"{told} · they gave: {draft.signal.replace('-', ' ')}" if draft.signal else told


async def _about_one(app: "DialogApp", spoken: AfterCall, draft: LineDraft) -> EntryPreview:
    """The echo about one prospect; of several, who is meant is asked."""
    whom = draft.echo.whom
    if len(whom) == 1:
        return draft.echo
    labels = [spoken.label(entry) for entry in whom[:MOST]]
    picked = await app.push_screen_wait(WhichDialog("Who is it?", whom, labels))
    if picked is None:
        raise TakenBackError
    spoken.choose(draft.text, picked)
    echo = spoken.echo(draft.text)
    if echo.error:
        raise echo.error
    return echo


async def _assured(app: "DialogApp", spoken: AfterCall, echo: EntryPreview) -> AgreedCallback:
    """What was answered to the question what will have changed; it stands in for the line's part."""
    assert echo.one
    assert echo.line
    assert echo.line.callback
    board, when = spoken.board, echo.line.callback
    prospect = board.prospect(echo.one.id)
    old = prospect.callback
    prefill = AgreedCallback(when.day, when.time, asked_by_buyer=True)
    if old and old.on == when.day:
        kept = AgreedCallback.of(old)
        prefill = replace(kept, asked_by_buyer=True, time=when.time or old.time)
    dialog = CallbackDialog(
        f"Call {prospect.name} back",
        board.today.day,
        prefill=prefill,
        evidence=board.evidence(prospect.id),
        stored=partial(spoken.recorded, echo.one, echo.line),
    )
    answered: AgreedCallback | None = await app.push_screen_wait(dialog)
    if answered is None:
        raise TakenBackError
    return answered


def _stored(spoken: AfterCall, echo: EntryPreview, promise: AgreedCallback | None) -> SaveResult:
    assert echo.one
    assert echo.line
    return spoken.store(echo.one, echo.line, promise)
