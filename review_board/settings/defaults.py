"""Settings where nothing is set: what the first screen reads is ready without pydantic, the tree is built for the rest.

The groups of settings take these defaults from here.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from review_board.settings.tree import Settings

CURRENCY = "USD"
THEME: Final = "calm"
DENSITY: Final = "normal"
TIERS_BY: Final = "value"
CLOSING_RATIO = Decimal("0.30")
CLOSING_OUTCOMES = 20


class _Ready:
    """A group of settings with the values that are ready; any other builds the group itself."""

    def __init__(self, build: Callable[[], Any], **ready: Any) -> None:
        self._build = build
        vars(self).update(ready)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._build(), name)


@cache
def _tree() -> "Settings":
    from review_board.settings.tree import Settings

    return Settings()


@cache
def unset(currency: str = CURRENCY) -> "Settings":
    """Return the defaults in a currency, without pydantic as long as only what is ready is read."""
    ready = _Ready(
        lambda: _tree().in_currency(currency),
        currency=currency,
        names_currency=False,
        in_currency=unset,
        timezone="",
        theme=THEME,
        density=DENSITY,
        keys={},
        views=(),
        tiers=_Ready(lambda: _tree().tiers, by=TIERS_BY),
        estimates=_Ready(
            lambda: _tree().estimates,
            closing_ratio=CLOSING_RATIO,
            closing_outcomes=CLOSING_OUTCOMES,
        ),
    )
    return cast("Settings", ready)
