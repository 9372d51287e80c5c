"""How shares are said: as counts while they are few, as a percentage once it means something."""

ENOUGH = 20
"""Outcomes from which a percentage is worth saying."""
BLOCKS = "▁▂▃▄▅▆▇█"
NOTHING = "·"


def said(part: int, whole: int) -> str:
    """``2 of 3``; from twenty on ``45 % (9 of 20)``."""
    counts = f"{part:,} of {whole:,}"
    return counts if whole < ENOUGH else f"{percent(part, whole)} ({counts})"


def percent(part: int, whole: int) -> str:
    """``45 %``; next to none is not said to be none, nor next to all to be all."""
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    share = 100 * part / whole
    if share < 0.1 or share > 99.9:
        return "under 0.1 %" if share < 0.1 else "over 99.9 %"
    return f"{share:.1f} %" if share < 1 or share > 99 else f"{share:.0f} %"


def block(part: int, whole: int) -> str:
    """One character for a share: a dot for none, a full block for all."""
    if not part or not whole:
        return NOTHING
    return BLOCKS[min(len(BLOCKS) - 1, part * len(BLOCKS) // whole)]
