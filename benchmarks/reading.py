"""Reading much at once: a pipeline opened, everything judged, a list imported."""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import orjson

from benchmarks.commits import NOW, opened_board
from benchmarks.pipelines import reviewed, write_deals, write_documents
from benchmarks.rows import By, Row
from benchmarks.stage import Stage
from benchmarks.timing import both, interleaved, timed, without_collector
from review_board.board.board import Board
from review_board.board.card_summary import CardSummary
from review_board.exchange.import_result import ImportResult
from review_board.exchange.read_files import read_files
from review_board.imports.plan import PipelineNow, plan_import
from review_board.pipeline import changes
from review_board.pipeline.vocabulary import Column
from review_board.review.scope import Scope, queue_of

SEEN = 24
"""Cards of a column on a screen of 48 lines."""


def first_board(stage: Stage) -> Iterator[Row]:
    """File and ledger read, indexes built, the cards on the screen judged: all but the drawing."""
    for size in stage.effort.sizes(10_000):
        pipeline = stage.pipeline(size)
        actions = partial(_open_and_look, pipeline), partial(_parse, pipeline)
        with without_collector():
            ours, reference = interleaved(stage.effort.rounds, *actions)
        figures = both(ours, reference)
        yield Row(f"open + first board, {size:,}", *figures, aim=1.5, against="orjson.loads")
        stage.forget(pipeline)


def recommendations(stage: Stage) -> Iterator[Row]:
    """Validate every prospect, gather its evidence and ask the rules; then after one change."""
    for size in stage.effort.sizes(10_000):
        pipeline = stage.pipeline(size)
        board = opened_board(pipeline)
        first = timed(_judge_all, board)
        before = _judge_all(board)
        target = next(iter(before))
        board.change(target, lambda p, s: changes.add_note(p, "rang", s), "noted")
        again = timed(_judge_all, board)
        anew = sum(
            1 for i, card_summary in _judge_all(board).items() if before[i] is not card_summary
        )
        yield Row(f"recommendations for all {size:,}", first, aim=1_000, by=By.ITSELF)
        yield Row("recommendations again after one change", again)
        yield Row("prospects judged again after one change", anew, unit="", aim=1, by=By.ITSELF)
        stage.forget(pipeline)


def review_queue(stage: Stage) -> Iterator[Row]:
    """Make the queue of a review before anything is judged: all are due, and after a weekly habit."""
    for size in stage.effort.sizes(10_000):
        for each, named in ((1, "all due"), (2, "half of them due"), (7, "one in seven due")):
            path = stage.folder / f"reviewed-{each}.json"
            write_documents(path, reviewed(size, each))
            ours, reference = [], []
            for _ in range(max(1, stage.effort.rounds // 2)):
                with without_collector():
                    reference.append(timed(_parse, path))
                    ours.append(timed(queue_of, _indexed(path), Scope()))
            what = f"review queue of {size:,}, cold: {named}"
            figures = both(ours, reference)
            yield Row(what, *figures, aim=1_000, by=By.ITSELF, against="orjson.loads")


def import_deals(stage: Stage) -> Iterator[Row]:
    """Import a CRM's list of deals, every row validated; against reading its rows alone, both in CPU."""
    count = stage.effort.sizes(8_800)[0] if stage.effort.shortest else 8_800
    path = stage.folder / "deals.csv"
    write_deals(path, count)
    actions = partial(_import, path), partial(_read_rows, path), partial(_import_and_save, path)
    with without_collector():
        ours, reference, whole = interleaved(stage.effort.rounds, *actions, clock=process_time)
    figures = both(ours, reference)
    yield Row(f"import of {count:,} deals", *figures, aim=25, against="csv.DictReader")
    figures = both(whole, reference)
    yield Row(f"import of {count:,} deals, with the save", *figures, against="csv.DictReader")


def _open_and_look(pipeline: Path) -> Board:
    board = opened_board(pipeline)
    for column in Column:
        ids = board.column(column)
        board.totals(ids)
        for prospect_id in ids[:SEEN]:
            board.evaluator.card_summary(prospect_id)
    return board


def _indexed(pipeline: Path) -> Board:
    """Return the board as it is before its first review: columns and sums known, nothing judged."""
    board = opened_board(pipeline)
    board.totals(board.column(Column.ACTIVE))
    return board


def _parse(pipeline: Path) -> object:
    return orjson.loads(pipeline.read_bytes())


def _judge_all(board: Board) -> dict[str, CardSummary]:
    return {i: board.evaluator.card_summary(i) for i in board.index.entries}


def _import(path: Path) -> ImportResult:
    return read_files([path], now=NOW)


def _import_and_save(path: Path) -> str:
    with TemporaryDirectory(dir=path.parent) as folder:
        board = opened_board(Path(folder) / "pipeline.json")
        plan = plan_import(PipelineNow.of(board), _import(path), path.name)
        told = plan.take_in(board)
        board.close()
        return told


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
