"""Rows of a data file, read by the names of their columns."""

import csv
import sys
from collections.abc import Callable, Collection
from pathlib import Path

Row = dict[str, str]


def read_rows(path: Path, columns: Collection[str], delimiter: str) -> list[Row]:
    """The rows; ends the program with one line when the file is not what it should be."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=delimiter))
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path}: cannot be read: {error}")
    missing = sorted(set(columns) - set(rows[0] if rows else ()))
    if missing:
        sys.exit(f"{path}: is another kind of file: no column {', '.join(missing)}")
    return rows


def between(low: float, high: float, figure: Callable[[Row], float]) -> Callable[[Row], bool]:
    """Whether a row's figure is at least ``low`` and less than ``high``."""
    return lambda row: low <= figure(row) < high
