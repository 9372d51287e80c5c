"""Shares with their uncertainty, in tables of plain text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from review_board.cli.terminal import table

Z = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927), which stays within 0 and 1 for small counts."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.part / self.whole
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def cells(self) -> list[str]:
        """``n``, how many, the share, and its interval."""
        if not self.whole:
            return ["0", "0", "–", ""]
        low, high = self.interval
        share = f"{100 * self.part / self.whole:.1f} %"
        return [f"{self.whole:,}", f"{self.part:,}", share, f"{100 * low:.1f} to {100 * high:.1f}"]


def counted(hits: Iterable[bool]) -> Share:
    """How many of these are hits."""
    found = list(hits)
    return Share(sum(found), len(found))


def shares(title: str, head: Sequence[str], rows: Iterable[tuple[str, Share]]) -> Iterator[str]:
    """A titled table, a share a row; ``head`` names the groups, all of them and the hits."""
    first, whole, part = head
    lines = [[f"  {first}", whole, part, "share", "95 % interval"]]
    lines += [[f"  {name}", *share.cells()] for name, share in rows]
    yield title
    yield from table(lines, (32, 10, 10, 8, 16), frozenset({1, 2, 3, 4}))
    yield ""
