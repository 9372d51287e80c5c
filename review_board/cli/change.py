"""Making one change and telling it: what was stored, and how the recommendation changed."""

from collections.abc import Callable, Iterator

from review_board.board.board import Change
from review_board.board.events import Event, Saved
from review_board.board.recommendation_change import headline, readable, recommended, turn
from review_board.board.set_aside_verdict import set_aside
from review_board.cli.context import Invocation
from review_board.cli.words import as_wrong_usage
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.remarks import remarks
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
    ask: str = "",
    again: str = "nothing was stored",
) -> None:
    """Change a prospect and acknowledge it; ``action`` is kept in the history, ``words`` is told.

    ``ask`` is a question to put to them now, unless the recommendation has one of its own.
    ``where`` is the column the user moved it to: then only a record that says otherwise is told.
    ``again`` is told when nothing was changed.
    """
    board = call.board

    def asked(prospect: Prospect, stamp: Stamp) -> Prospect:
        with as_wrong_usage():
            return change(prospect, stamp)

    before, evidence = recommended(board, prospect_id), readable(board, prospect_id)
    saved: list[Event] = []
    stop = board.subscribe(saved.append)
    was = board.prospect(prospect_id)
    after = board.change(prospect_id, asked, action(was))
    stop()
    if not any(isinstance(event, Saved) for event in saved):
        call.out.line(f"unchanged {after.name}: {words} is already on record: {again}")
        return
    now, made = readable(board, prospect_id), recommended(board, prospect_id)
    told = " · ".join([words, *(remarks(evidence, now) if evidence and now else ())])
    aside, turned = set_aside(board, was, after), turn(before, made, after)
    if one_line:
        told = " · ".join([told, *aside])
        call.out.saved(f"{after.name}: {told}{' | ' + turned if turned else ''}")
        return
    call.out.saved(f"{after.name}: {told}")
    question = "" if after.won else (made.finding.ask if made else "") or ask
    for line in (*aside, *_follows(made, where, turned, question)):
        call.out.line(f"      {line}")


def _follows(
    made: Recommendation | None, where: Column | None, turned: str, question: str
) -> Iterator[str]:
    """What the record says now; after a move only when it says otherwise."""
    if where is None:
        yield from filter(None, (turned, question and f"ask: {question}"))
    elif made and made.verdict is not Verdict.of(where):
        yield f"the record says otherwise: {headline(made)}"
