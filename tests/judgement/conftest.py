"""Hypothesis for the judgement: the same examples every time, or a long random search on demand.

``PROPERTY_SEARCH=5000 pytest tests/judgement`` looks at that many fresh ones for each property.
"""

import os

from hypothesis import HealthCheck, settings

QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)

settings.register_profile(
    "fixed",
    derandomize=True,
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=QUIET,
)
settings.register_profile(
    "search",
    max_examples=int(os.environ.get("PROPERTY_SEARCH", "0")) or 1,
    deadline=None,
    suppress_health_check=QUIET,
)
settings.load_profile("search" if os.environ.get("PROPERTY_SEARCH") else "fixed")
