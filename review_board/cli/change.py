"""Making one change and telling it: what was stored, and how the recommendation changed."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from review_board.cli.context import Invocation
from review_board.cli.typed_words import as_wrong_usage
from review_board.pipeline.vocabulary import Column, Verdict

if TYPE_CHECKING:
    from review_board.board.acknowledge import SavedChange
    from review_board.board.board import Change
    from review_board.pipeline.prospect import Prospect
    from review_board.pipeline.stamp import Stamp


def make(
    call: Invocation,
    prospect_id: str,
    change: "Change",
    action: "Callable[[Prospect], str]",
    words: str,
    *,
    one_line: bool = False,
    where: Column | None = None,
    ask: str = "",
    again: str = "nothing was stored",
) -> None:
    """Change a prospect and acknowledge it; ``action`` is kept in the history, ``words`` is told.

    ``ask`` is a question to put to them now, unless the recommendation has one of its own.
    ``where`` is the column the user moved it to: then a callback is graded, and only a record that
    says otherwise is told.
    ``again`` is told when nothing was changed.
    """
    from review_board.board.acknowledge import change_one

    board = call.board

    def asked(prospect: "Prospect", stamp: "Stamp") -> "Prospect":
        with as_wrong_usage():
            return change(prospect, stamp)

    saved = change_one(board, prospect_id, asked, action(board.prospect(prospect_id)))
    name = saved.after.name
    if not saved.is_new:
        call.out.line(f"unchanged {name}: {words} is already on record: {again}")
        return
    words = " · ".join([words, *saved.remarks])
    if one_line:
        words = " · ".join([words, *saved.verdict])
        call.out.saved(f"{name}: {words}{' | ' + saved.turn if saved.turn else ''}")
        return
    call.out.saved(f"{name}: {words}")
    for line in (*saved.verdict, *_follows(saved, where, ask)):
        call.out.line(f"      {line}")


def _follows(saved: "SavedChange", where: Column | None, ask: str) -> Iterator[str]:
    """Say how the record stands now; after a move only when it says otherwise."""
    advice = saved.advice
    if where is None:
        is_closed = saved.after.won or saved.after.do_not_contact or saved.is_left_dropped
        question = "" if is_closed else (advice.finding.ask if advice else "") or ask
        yield from filter(None, (saved.turn, question and f"ask: {question}"))
        return
    if saved.proof:
        yield saved.proof.summary
    to = Verdict.of(where)
    if to is Verdict.PURGE:  # once it is let go, the record advises that, too
        advice = saved.advised
    if advice and advice.verdict is not to:
        from review_board.judgement.card_status import advice_with_reason

        yield f"the record says otherwise: {advice_with_reason(advice.finding, saved.after.column)}"
