"""Opportunities with dates, outcomes and loss reasons: win rates, and a backtest through our own door."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.evidence.rows import Row, between, read_rows
from benchmarks.evidence.shares import Share, counted, shares
from review_board.cli.terminal import table
from review_board.settings.tree import Settings

COLUMNS = (
    *("amount", "close_date", "close_date_pushed", "created_date", "is_closed", "is_won"),
    *("loss_reason", "lost_at_stage", "sales_cycle_days"),
)
CYCLES = (
    ("up to 14", 0, 15),
    ("15 to 30", 15, 31),
    ("31 to 60", 31, 61),
    ("61 to 90", 61, 91),
    ("91 to 120", 91, 121),
    ("121 to 180", 121, 181),
    ("longer", 181, 10**9),
)
AGES = (0, 14, 30, 60, 90, 120, 180, 270)
TRIED = "thresholds.fresh_days=60"


def lines(path: Path) -> Iterator[str]:
    """All tables, then the backtest."""
    rows = read_rows(path, COLUMNS, ",")
    ended = [row for row in rows if row["is_closed"] == "True"]
    yield f"{len(rows):,} opportunities, {len(ended):,} ended, {sum(map(_won, ended)):,} won"
    yield ""
    yield from shares(
        "Won, by days from the first to the last",
        ("days", "ended", "won"),
        ((name, _by(ended, low, high, "sales_cycle_days")) for name, low, high in CYCLES),
    )
    yield from shares(
        "Won in the end, of those still open at an age",
        ("age in days", "open then", "won later"),
        ((f"{age:,}", _still_open(ended, age)) for age in AGES),
    )
    yield from _wins_by_age(ended)
    yield from shares(
        "Won, by our default tiers",
        ("amount", "ended", "won"),
        ((name, _by(ended, low, high, "amount")) for name, low, high in _tiers()),
    )
    yield from _pushed(rows, ended)
    yield from _losses(ended)
    yield from _backtest(path, ended)


def _won(row: Row) -> bool:
    return row["is_won"] == "True"


def _days(row: Row) -> int:
    return int(row["sales_cycle_days"])


def _by(rows: list[Row], low: float, high: float, column: str) -> Share:
    within = between(low, high, lambda row: float(row[column]))
    return counted(_won(row) for row in rows if within(row))


def _still_open(ended: list[Row], age: int) -> Share:
    return counted(_won(row) for row in ended if _days(row) > age)


def _wins_by_age(ended: list[Row]) -> Iterator[str]:
    wins = [row for row in ended if _won(row)]
    yield from shares(
        "Of all that were won, those still open at an age",
        ("age in days", "won", "still open"),
        ((f"{age:,}", counted(_days(row) > age for row in wins)) for age in AGES[1:]),
    )


def _tiers() -> list[tuple[str, float, float]]:
    tiers = Settings().tiers
    low, high = float(tiers.low_below), float(tiers.high_from)
    return [
        (f"low, under {low:,.0f}", 0, low),
        ("mid", low, high),
        (f"high, from {high:,.0f}", high, float("inf")),
    ]


def _pushed(rows: list[Row], ended: list[Row]) -> Iterator[str]:
    still = [row for row in rows if row["is_closed"] != "True"]
    open_ = counted(row["close_date_pushed"] == "True" for row in still)
    yield from shares(
        "Won, by whether the close date was pushed",
        ("pushed", "ended", "won"),
        (
            (name, counted(_won(row) for row in ended if row["close_date_pushed"] == said))
            for name, said in (("no", "False"), ("yes", "True"))
        ),
    )
    yield f"  of {open_.whole:,} still open, {open_.part:,} were pushed"
    yield ""


def _losses(ended: list[Row]) -> Iterator[str]:
    """Reasons by the stage at which they were lost, the most frequent first."""
    lost = [row for row in ended if not _won(row)]
    stages = sorted({row["lost_at_stage"] for row in lost})
    reasons = sorted({row["loss_reason"] for row in lost})
    counts = {r: [_count(lost, r, stage) for stage in stages] for r in reasons}
    ranked = sorted(reasons, key=lambda reason: (-sum(counts[reason]), reason))
    body = [["  reason", "lost", *stages]]
    body += [
        [f"  {r or '(none)'}", *(f"{n:,}" for n in (sum(counts[r]), *counts[r]))] for r in ranked
    ]
    yield "Lost, by reason and stage"
    yield from table(body, (26, *(14 for _ in range(len(stages) + 1))), frozenset(range(1, 99)))
    yield ""


def _count(lost: list[Row], reason: str, stage: str) -> int:
    return sum(r["loss_reason"] == reason and r["lost_at_stage"] == stage for r in lost)


def _backtest(path: Path, ended: list[Row]) -> Iterator[str]:
    """The same file imported and replayed by the program itself, on the day after the last end."""
    last = max((date.fromisoformat(row["close_date"]) for row in ended), default=date(2026, 1, 1))
    with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
        settings = Path(folder, "config.toml")
        settings.write_text("")
        shared = ["--file", str(Path(folder, "pipeline.json")), "--config", str(settings)]
        shared += ["--today", str(last + timedelta(days=1))]
        yield f"review-board backtest --set {TRIED}"
        yield ""
        _run([*shared, "import", str(path), "--yes"])
        yield from _run([*shared, "backtest", "--set", TRIED]).splitlines()


def _run(arguments: list[str]) -> str:
    """One command line, without the settings and variables of whoever runs it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("REVIEW_BOARD_")}
    made = subprocess.run(
        [sys.executable, "-m", "review_board", *arguments],
        env=kept | {"TZ": "UTC", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        sys.exit(made.stderr.strip())
    return made.stdout
