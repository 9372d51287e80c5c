"""Settings where nothing is set: what the first screen reads is ready, the tree is built for the rest."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from review_board.settings import defaults

if TYPE_CHECKING:
    from review_board.settings.tree import Settings


class _Ready:
    """A group of settings with the values that are ready; any other builds the group itself, once."""

    def __init__(self, build: Callable[[], Any], **ready: Any) -> None:
        self._build = build
        vars(self).update(ready)

    def __getattr__(self, name: str) -> Any:
        found = vars(self)[name] = getattr(self._build(), name)  # judging asks thousands of times
        return found


@cache
def _tree() -> "Settings":
    from review_board.settings.tree import Settings

    return Settings()


@cache
def unset(currency: str = defaults.CURRENCY) -> "Settings":
    """Return the defaults in a currency, without pydantic as long as only what is ready is read."""
    ready = _Ready(
        lambda: _tree().in_currency(currency),
        currency=currency,
        names_currency=False,
        in_currency=unset,
        timezone="",
        theme=defaults.THEME,
        density=defaults.DENSITY,
        keys={},
        views=(),
        tiers=_Ready(lambda: _tree().tiers, by=defaults.TIERS_BY),
        estimates=_Ready(
            lambda: _tree().estimates,
            closing_ratio=defaults.CLOSING_RATIO,
            closing_outcomes=defaults.CLOSING_OUTCOMES,
        ),
    )
    return cast("Settings", ready)
