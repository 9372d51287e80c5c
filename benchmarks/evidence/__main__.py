"""Prints the evidence in a data file: ``python -m benchmarks.evidence bank|deals FILE``."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.evidence import bank, deals

KINDS: dict[str, Callable[[Path], Iterator[str]]] = {"bank": bank.lines, "deals": deals.lines}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables of one file; the same file gives the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("kind", choices=[*KINDS], help="what the file holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="UCI bank marketing, or deals")
    asked = parser.parse_args(arguments)
    for line in KINDS[asked.kind](asked.file):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
