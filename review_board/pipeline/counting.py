"""Counts in words: one of them, or several."""


def several(count: int, one: str, many: str = "") -> str:
    """Return ``1 card``, ``12 cards``, ``2 touches``; ``many`` where the plural is another word."""
    if count == 1:
        return f"1 {one}"
    return f"{count:,} {many or (f'{one}es' if one.endswith('ch') else f'{one}s')}"
