"""Making one change and telling it: what was stored, and how the recommendation changed."""

from collections.abc import Callable
from contextlib import suppress

from review_board.board import Board, Change, Event, Saved
from review_board.cli.context import Invocation
from review_board.cli.words import as_wrong_usage
from review_board.errors import InvalidValueError
from review_board.judgement import Recommendation
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, Verdict


def make(
    call: Invocation,
    prospect_id: str,
    change: Change,
    action: Callable[[Prospect], str],
    words: str,
    *,
    one_line: bool = False,
    where: Column | None = None,
) -> None:
    """Change a prospect and acknowledge it; ``action`` is kept in the history, ``words`` is told.

    ``where`` is the column the user moved it to: then only a record that says otherwise is told.
    """
    board = call.board

    def asked(prospect: Prospect, stamp: Stamp) -> Prospect:
        with as_wrong_usage():
            return change(prospect, stamp)

    before = _recommended(board, prospect_id)
    saved: list[Event] = []
    stop = board.subscribe(saved.append)
    after = board.change(prospect_id, asked, action(board.prospect(prospect_id)))
    stop()
    if not any(isinstance(event, Saved) for event in saved):
        call.out.line(f"unchanged {after.name}: {words} is on record already")
        return
    if one_line:
        verdict = _turn(before, _recommended(board, prospect_id), after)
        call.out.saved(f"{after.name}: {words}{' | ' + verdict if verdict else ''}")
        return
    call.out.saved(f"{after.name}: {words}")
    made = _recommended(board, prospect_id)
    if where is not None:
        if made and made.verdict is not Verdict.of(where):
            call.out.line(f"      the record says otherwise: {headline(made)}")
        return
    if verdict := _turn(before, made, after):
        call.out.line(f"      {verdict}")
    if made and made.finding.ask and not after.won:
        call.out.line(f"      ask: {made.finding.ask}")


def _recommended(board: Board, prospect_id: str) -> Recommendation | None:
    """The recommendation; ``None`` for a record that cannot be read."""
    with suppress(InvalidValueError):
        return board.recommendation(prospect_id)
    return None


def _turn(before: Recommendation | None, after: Recommendation | None, now: Prospect) -> str:
    if after is None or now.won:
        return ""
    new = headline(after)
    if before is None or now.won:
        return new
    old = headline(before)
    return f"still {new}" if old == new else f"{old}  becomes  {new}"


def headline(made: Recommendation) -> str:
    """``PURGE → Dropped serial-deferral (7 ≥ 3)``."""
    return " ".join(made.headline.split())
