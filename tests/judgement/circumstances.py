"""The day, the zone and the settings under which a record is judged, drawn for what always holds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from review_board.pipeline.dates import Today
from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import ORDERED, PACK_SIZES, PRESETS, Thresholds
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, TODAY
from tests.judgement.strategies import pick

Draw = Callable[[st.SearchStrategy[Any]], Any]

ZONES = (
    *("Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe"),
    *("UTC", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago"),
)
"""The first four change their clocks: the third at midnight, the fourth by half an hour."""
CLOCK_CHANGES = (
    *(date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 4), date(2026, 4, 5)),
    *(date(2026, 9, 6), date(2026, 10, 4), date(2026, 10, 25), date(2026, 11, 1)),
)
"""The days on which any of them does."""

zones = pick(*ZONES).map(ZoneInfo)
days = st.one_of(
    st.builds(
        lambda change, later: change + timedelta(days=later),
        pick(*CLOCK_CHANGES),
        pick(-1, 0, 0, 1, 7, 30, 31, 60, 61),
    ),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    pick(TODAY.day, date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1)),
)
todays = st.builds(Today, days, zones)


def moved(subject: Prospect, today: Today) -> Prospect:
    """The same story told in another zone and on another day: each clock on the wall shows the same.

    The stories are told in UTC, from the usual day of these tests on.
    """
    changed: Prospect = _moved(subject, today.day - TODAY.day, today.zone)
    return changed


def _moved(value: Any, by: timedelta, zone: tzinfo) -> Any:
    match value:
        case datetime():
            return (value.replace(tzinfo=None) + by).replace(tzinfo=zone).astimezone(TODAY.zone)
        case date():
            return value + by
        case Model():
            fields = {
                name: _moved(getattr(value, name), by, zone) for name in value.model_fields_set
            }
            return value.model_copy(update=fields)
        case tuple():
            return tuple(_moved(item, by, zone) for item in value)
        case dict():
            return {key: _moved(item, by, zone) for key, item in value.items()}
        case _:
            return value


FIGURES: dict[type, tuple[Any, ...]] = {
    int: (0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 14, 15, 29, 30, 31, 45, 60, 61, 90, 180, 400),
    Decimal: (Decimal(0), Decimal(1), Decimal(149), Decimal(1_000), Decimal(10**6)),
}
AT_LEAST_ONE = {
    "attempts",
    "gone_silent_attempts",
    "deferrals",
    "probation_deferrals",
    "answer_expires_days",
} | {*("unknown_questions", "unknown_reviews", "nurture_contacts")}
TIERS = ((0, 0), (1, 1), (2_000, 30_000), (10_000, 100_000), (30_000, 30_000), (10**9, 10**12))


@st.composite
def thresholds(draw: Draw, preset: str) -> dict[str, Any]:
    """Some thresholds moved, in any mixture in which they can work."""
    own: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(sorted(Thresholds.model_fields)), max_size=5)):
        figure = draw(pick(*FIGURES[type(getattr(Thresholds(), key))]))
        own[key] = max(1, figure) if key in AT_LEAST_ONE else figure
    if "unknown_questions" in own:
        own["unknown_questions"] = min(own["unknown_questions"], *PACK_SIZES.values())
    all_of_them = {**Thresholds().model_dump(), **PRESETS[preset], **own}
    for low, high, _ in ORDERED:
        if all_of_them[low] > all_of_them[high]:
            own[high] = all_of_them[high] = all_of_them[low]
    return own


@st.composite
def moved_settings(draw: Draw) -> Settings:
    """A preset with some of its figures moved."""
    preset = draw(st.sampled_from(sorted(PRESETS)))
    low, high = draw(pick((10_000, 100_000), *TIERS))
    return Settings.model_validate(
        {
            "preset": preset,
            "thresholds": draw(thresholds(preset)),
            "tiers": {"low_below": low, "high_from": high},
            "estimates": {
                "closing_ratio": draw(pick(Decimal("0.30"), Decimal(0), Decimal(1))),
                "hours": draw(pick(Decimal(1), Decimal("0.25"), Decimal(40))),
            },
            "questions": {"pack": draw(pick("weiss", *PACK_SIZES))},
        }
    )


SWITCHES = tuple(rule for rule in RuleName if rule is not RuleName.WORKING)
"""The last rule cannot be switched off."""
switches = st.frozensets(st.sampled_from(SWITCHES), max_size=5)
settings = st.one_of(st.just(DEFAULTS), moved_settings(), moved_settings())
"""The defaults often: the stories are made for them."""
