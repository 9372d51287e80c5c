"""Cells that a spreadsheet would run as a formula: guarded on the way out, freed on the way in."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """Return the cell with a ``'`` in front when it begins with ``= + - @ tab CR`` (or quotes and one)."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell as it was before :func:`guarded`; any other cell unchanged."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell
