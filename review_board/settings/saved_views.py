"""The list of saved views: how it is written, and that no two of them can be taken for each other."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from review_board.pipeline.text import fold
from review_board.settings.sections import SavedView

MOST = 24
"""Views of one's own: each has a letter, and two letters are taken."""


def slug(name: str) -> str:
    """A name as it is typed on a command line: ``gone-quiet``."""
    return "-".join(fold(name).replace("_", " ").replace("-", " ").split())


def listed(values: Any) -> Any:
    """The list as it came; one heading in single brackets would hold one view only."""
    if isinstance(values, Mapping):
        raise PydanticCustomError("heading", "must stand under [[views]], in double brackets")
    return values


def told_apart(views: tuple[SavedView, ...]) -> tuple[SavedView, ...]:
    """The views; refuses names that a command line could not tell apart, all of them at once."""
    known: dict[str, int] = {}
    refused: dict[str, str] = {}
    for number, view in enumerate(views, 1):
        first = known.setdefault(slug(view.name), number)
        if first != number:
            refused[f"{number}.name"] = f"“{view.name}” is the name of view {first} too"
    if refused:
        raise PydanticCustomError("entries", "{refused}", {"refused": refused})
    return views
