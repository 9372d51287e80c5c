"""Every benchmark runs in its shortest form; how fast is nobody's business here."""

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, run
from benchmarks.commits import opened_board
from benchmarks.pipelines import reviewed, write_documents
from benchmarks.rows import By, Row, table
from benchmarks.stage import TINY
from review_board.review.scope import Scope, queue_of

IN_TERMINALS = ("move", "start", "memory", "idle", "cursor", "bytes", "held", "exit")
IN_PROCESSES = tuple(name for name in BENCHMARKS if name not in IN_TERMINALS)


@pytest.mark.skipif(sys.platform != "linux", reason="terminals are measured through /proc")
@pytest.mark.parametrize("names", [IN_PROCESSES, IN_TERMINALS], ids=["processes", "terminals"])
def test_every_benchmark_gives_rows(names: tuple[str, ...], tmp_path: Path) -> None:
    for name in names:
        assert name in BENCHMARKS
    rows = list(run(names, tmp_path, TINY))
    assert len(rows) >= len(names)
    assert all(row.ours >= 0 for row in rows)


def test_a_row_is_judged_by_its_ratio_its_excess_or_itself() -> None:
    assert not Row("a", 3, 2, aim=1.5).missed
    assert Row("a", 3.1, 2, aim=1.5).missed
    assert Row("a", 30, 10, aim=15, by=By.MORE).missed
    assert Row("a", 30, aim=29, by=By.ITSELF).missed
    assert not Row("a", 30, 1).missed


def test_the_table_names_aims_and_misses() -> None:
    text = table([Row("fast", 1, 2_000, aim=1 / 1000), Row("slow", 9, 3, aim=2, against="disk")])
    assert "1/2,000" in text
    assert "3.00 ms disk" in text
    assert text.count("MISS") == 1


@pytest.mark.parametrize("each", [1, 7])
def test_of_a_reviewed_pipeline_exactly_one_in_so_many_is_due(each: int, tmp_path: Path) -> None:
    path = tmp_path / "pipeline.json"
    write_documents(path, reviewed(70, each))
    queue = queue_of(opened_board(path), Scope())
    assert len(queue.ids) == 70 / each
