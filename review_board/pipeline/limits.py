"""The largest numbers that a record may hold: more is a typing error."""

from decimal import Decimal

MAX_AMOUNT = Decimal(10) ** 15
MOST_HOURS = Decimal(10_000)
MOST_LOCATIONS = 1_000_000
MOST_REVIEW_DAYS = 3650
"""Days between two reviews: ten years."""
MOST_TIMES = 100_000
"""Contacts that a list may count."""
