"""Completes a line of tags: the tag that is being typed goes on as one that is in use."""

from collections import Counter
from collections.abc import Iterable, Sequence

from textual.suggester import Suggester

from review_board.pipeline.text import fold

ENDS = ",;"
"""What stands between two tags."""


def most_used(tags: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return every tag once, the most used first, from the tags of all prospects; other texts alike."""
    counted = Counter(tag for some in tags for tag in some if tag)
    return tuple(sorted(counted, key=lambda tag: (-counted[tag], fold(tag))))


def complete_tags(typed: str, known: Sequence[str]) -> str | None:
    """Return the line with its last tag whole, as the most used one that goes on like it.

    It is spelt as it is in use. One that stands in the line already is not proposed again; ``None``
    where nothing fits.
    """
    begins = max(typed.rfind(end) for end in ENDS) + 1
    begun = typed[begins:].lstrip()
    before = {fold(tag.strip()) for tag in typed[:begins].replace(";", ",").split(",")}
    fits = (
        tag
        for tag in known
        if fold(tag).startswith(fold(begun)) and len(tag) > len(begun) and fold(tag) not in before
    )
    found = next(fits, None) if begun else None
    return typed[: len(typed) - len(begun)] + found if found else None


class TagSuggester(Suggester):
    """Proposes tags that are in use; → takes over the one that is proposed."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with the tag that is being typed whole."""
        return complete_tags(value, self._known)
