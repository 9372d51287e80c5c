"""The defaults that the first screen reads, ready without pydantic: the groups take them from here."""

from decimal import Decimal
from typing import Final

CURRENCY = "USD"
THEME: Final = "calm"
DENSITY: Final = "normal"
TIERS_BY: Final = "value"
CLOSING_RATIO = Decimal("0.30")
CLOSING_OUTCOMES = 20
