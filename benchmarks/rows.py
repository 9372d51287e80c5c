"""What a benchmark gives: rows of a table, each with its reference and its aim."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class By(StrEnum):
    """What is held against the aim: ours over the reference, ours above it, or ours alone."""

    RATIO = "×"
    MORE = "+"
    ITSELF = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``ours`` and ``reference`` are in ``unit``; without an ``aim`` it only informs."""

    what: str
    ours: float
    reference: float | None = None
    unit: str = "ms"
    aim: float | None = None
    by: By = By.RATIO
    against: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the reference."""
        return self.ours / self.reference if self.reference else None

    @property
    def missed(self) -> bool:
        """Return whether there is an aim and it is not met."""
        return self.aim is not None and self._judged > self.aim

    @property
    def _judged(self) -> float:
        if self.by is By.ITSELF:
            return self.ours
        if self.by is By.MORE:
            return self.ours - (self.reference or 0.0)
        return self.ratio if self.ratio is not None else float("inf")

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        reference = "" if self.reference is None else f"{_number(self.reference)} {self.unit}"
        return (
            self.what,
            f"{_number(self.ours)} {self.unit}",
            f"{reference} {self.against}".strip(),
            "" if self.ratio is None else _ratio(self.ratio),
            self._aim(),
            "" if self.aim is None else "MISS" if self.missed else "ok",
        )

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        return {**asdict(self), "ratio": self.ratio, "missed": self.missed}

    def _aim(self) -> str:
        if self.aim is None:
            return ""
        if self.by is By.RATIO:
            return f"≤ {_ratio(self.aim)}"
        return f"≤ {self.by}{_number(self.aim)} {self.unit}"


HEADINGS = ("what", "ours", "reference", "ratio", "aim", "")


def table(rows: Iterable[Row]) -> str:
    """Return the rows under each other, as Markdown that also reads well as text."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| "
        + " | ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def _number(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"


def _ratio(ratio: float) -> str:
    return f"1/{1 / ratio:,.0f}" if 0 < ratio < 0.02 else f"{ratio:.2f} ×"
