"""A contact on a screen, as a line or in its dialogs: asked for, stored, and acknowledged."""

from dataclasses import replace
from functools import partial

from review_board.board.index import Entry
from review_board.calls.entry import CallEntry
from review_board.calls.recorder import CallRecorder, EntryPreview, SaveResult
from review_board.errors import ReviewBoardError
from review_board.pipeline.vocabulary import Outcome
from review_board.tui.app_protocol import BoardApp
from review_board.tui.calls.line_dialog import MOST, AfterCallDialog, LineDraft, WhichDialog
from review_board.tui.calls.log_dialog import LogDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.steps import Steps
from review_board.tui.textfit import clip

TOLD = 200
"""Cells for what was stored and what went with it: a long note must leave room for the turn."""


class TakenBackError(Exception):
    """A question about the contact was taken back."""


async def ask_line(app: BoardApp, recorder: CallRecorder) -> SaveResult | None:
    """Ask for a line and store it; what goes wrong is told, and the line stands there again."""
    typed = ""
    while draft := await app.push_screen_wait(dialog := AfterCallDialog(recorder, typed)):
        typed = draft.text
        try:
            preview = await _about_one(app, recorder, draft)
            assert preview.one
            assert preview.call
            call = preview.call
            if preview.asks:
                call = await _with_callback(app, recorder, preview.one, call)
            app.take_form(replace(dialog.form, fields={"line": typed}))
            return recorder.store(preview.one, call)
        except TakenBackError:
            continue
        except ReviewBoardError as error:
            app.notify(str(error), severity="warning")
    return None


async def ask_contact(app: BoardApp, recorder: CallRecorder) -> SaveResult | None:
    """Ask for a contact with the prospect that is looked at, and store it; a refusal is told."""
    assert recorder.card
    prospect = recorder.board.prospect(recorder.card.id)
    steps, whom = Steps(app), recorder.card

    async def asked() -> CallEntry | None:
        call: CallEntry | None
        call = await steps.push_screen_wait(LogDialog(prospect, recorder.defaults))
        if call is None or call.outcome is not Outcome.DEFERRED:
            return call
        agreed = await steps.push_screen_wait(_callback_dialog(recorder, whom, call))
        return replace(call, callback=agreed) if agreed else None

    try:
        call = await steps.through(asked)
        return recorder.store(whom, call) if call else None
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
        return None


def acknowledgement(stored: SaveResult, card: str | None) -> str:
    """Return what was stored, and how the recommendation turned; where another prospect stands."""
    whom, column = stored.whom, stored.whom.column
    aside = f" in {column.title}" if column and whom.id != card else ""
    if not stored.new:
        return f"{whom.name}{aside}: {stored.words} is already on record: nothing was stored"
    turned = stored.turn.replace("  becomes  ", "\nbecomes  ")
    words = f"{whom.name}{aside}: {clip(stored.words, TOLD)}"
    return "\n".join(filter(None, [words, turned]))


async def _about_one(app: BoardApp, recorder: CallRecorder, draft: LineDraft) -> EntryPreview:
    """Return the preview about one prospect; of several, who is meant is asked."""
    whom = draft.preview.whom
    if len(whom) == 1:
        return draft.preview
    labels = [recorder.label(entry) for entry in whom[:MOST]]
    picked = await app.push_screen_wait(WhichDialog("Who is it?", whom, labels))
    if picked is None:
        raise TakenBackError
    recorder.choose(draft.text, picked)
    preview = recorder.preview(draft.text)
    if preview.error:
        raise preview.error
    return preview


async def _with_callback(
    app: BoardApp, recorder: CallRecorder, whom: Entry, call: CallEntry
) -> CallEntry:
    """Ask for the callback; taken back, the line is asked for again."""
    dialog = _callback_dialog(recorder, whom, call)
    dialog.goes_back = True
    agreed = await app.push_screen_wait(dialog)
    if agreed is None:
        raise TakenBackError
    return replace(call, callback=agreed)


def _callback_dialog(recorder: CallRecorder, whom: Entry, call: CallEntry) -> CallbackDialog:
    """Return the form of a callback and its proof, beginning with what was said of it or is on record."""
    evidence, said = recorder.board.evidence(whom.id), call.callback
    return CallbackDialog(
        whom.name,
        evidence.today.day,
        asked=True,
        prefill=said.completed(evidence.prospect.callback) if said else None,
        evidence=evidence,
        stored=partial(recorder.supposed, whom, call),
    )
