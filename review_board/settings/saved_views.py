"""Saved views: what each sets, and that no two of them can be taken for each other."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StrictBool, StrictStr
from pydantic_core import PydanticCustomError

from review_board.pipeline.text import clean, fold
from review_board.settings.kinds import OrderName, SettingsGroup, order_name

MOST = 24
"""Views of one's own: each has a letter, and two letters are taken."""
NAME_LIMIT = 30
"""Characters of a view's name: it has a place beside its filter in one line."""


def _a_name(text: str) -> str:
    name = clean(text)
    if not 0 < len(name) <= NAME_LIMIT:
        raise ValueError(f"a name has 1 to {NAME_LIMIT} characters")
    return name


class SavedView(SettingsGroup):
    """One view of the board: a filter with a name, an order, and whose prospects it shows."""

    name: Annotated[StrictStr, AfterValidator(_a_name)]
    """What the view is called; the name of a built-in view takes that one's place."""
    filter: StrictStr = ""
    """Which prospects it shows, written as after / on the board; empty shows all."""
    sort: Annotated[OrderName, BeforeValidator(order_name)] = "value"
    """The order of the cards, as with s on the board."""
    mine: StrictBool = False
    """Whether it shows only the prospects of the person who looks."""


def slug(name: str) -> str:
    """Return a name as it is typed on a command line: ``gone-quiet``."""
    return "-".join(fold(name).replace("_", " ").replace("-", " ").split())


def refuse_one_heading(values: Any) -> Any:
    """Return the list as it came; one heading in single brackets would hold one view only."""
    if isinstance(values, Mapping):
        raise PydanticCustomError("heading", "must stand under [[views]], in double brackets")
    return values


def with_distinct_names(views: tuple[SavedView, ...]) -> tuple[SavedView, ...]:
    """Return the views; refuse names that a command line could not tell apart, all of them at once."""
    known: dict[str, int] = {}
    refused: dict[str, str] = {}
    for number, view in enumerate(views, 1):
        first = known.setdefault(slug(view.name), number)
        if first != number:
            refused[f"{number}.name"] = f"“{view.name}” is the name of view {first} too"
    if refused:
        raise PydanticCustomError("entries", "{refused}", {"refused": refused})
    return views


SavedViews = Annotated[
    tuple[SavedView, ...],
    BeforeValidator(refuse_one_heading),
    AfterValidator(with_distinct_names),
]
