"""What becomes of a field that a list says anew: by what it said before, what it says, and what stands here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of which list and pipeline say different things, as a person reads both."""

    field: str
    label: str
    ours: str
    theirs: str


def verdict_of(before: str | None, ours: str, theirs: str) -> str:
    """Return what becomes of a field: ``taken``, ``kept``, ``conflicts``, or nothing to tell."""
    if ours == theirs:
        return ""
    if before is None:  # the list never said it before
        return "taken" if not ours else "conflicts" if theirs else ""
    if theirs == before:
        return "kept"
    if ours == before:
        return "taken"
    return "conflicts" if theirs else "kept"
