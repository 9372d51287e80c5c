"""The whole tree of settings, and what of it decides a recommendation."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    StrictBool,
    StrictStr,
    field_validator,
    model_validator,
)

from review_board.pipeline.vocabulary import Track
from review_board.settings import drop_reasons as reason_list
from review_board.settings import saved_views
from review_board.settings import setting_groups as groups
from review_board.settings.defaults import CURRENCY, DENSITY, THEME
from review_board.settings.kinds import DensityName, SettingsGroup, ThemeName, clash
from review_board.settings.rule_names import RuleName
from review_board.settings.saved_views import SavedViews

NOT_DECISIVE = frozenset((
    "review", "minutes", "timezone", "my_name", "forecast", "calendar", "restricted", "tracks", "reasons", "theme",
    "density", "keys", "views",
))  # fmt: skip
"""What has no part in a recommendation, and so none in the fingerprint."""


_NEVER_HOLDS = "unanswered-questions could never hold; switch that rule off if it should not"


def _flat(values: Any) -> Any:
    """Return flat names: ``board.log`` without quotes is a table in TOML, and means the same."""
    if not isinstance(values, Mapping):
        return values
    flat: dict[str, Any] = {}
    for name, value in values.items():
        inner = _flat(value)
        flat |= (
            {f"{name}.{k}": v for k, v in inner.items()} if inner is not value else {name: value}
        )
    return flat


class Settings(SettingsGroup):
    """The whole tree. ``rules`` switches single rules off; the last one always stays on."""

    preset: Literal["transactional", "standard", "enterprise"] = "standard"
    """Thresholds for short, usual or long sales cycles; every one can still be set by itself."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", strict=True)] = CURRENCY
    """The currency of an amount that names none, by its three letters. Where it is not set, that of most values is taken."""
    timezone: StrictStr = ""
    """IANA name of the zone that decides which day it is; empty is this machine's."""
    my_name: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{0,200}$", strict=True)] = ""
    """Your name as the list has it, for what is yours and what you do; empty is your login name. --as goes before it."""
    thresholds: groups.Thresholds = groups.Thresholds()
    """Where a rule begins to hold."""
    tiers: groups.Tiers = groups.Tiers()
    """Which value makes a prospect low or high tier; another currency is taken as a number."""
    pressure: groups.PressureSettings = groups.PressureSettings()
    """How close together attempts may come before they annoy."""
    estimates: groups.Estimates = groups.Estimates()
    """What is taken where a figure is not on record."""
    minutes: groups.Minutes = groups.Minutes()
    """Minutes of work that a contact takes."""
    review: groups.Review = groups.Review()
    """The review hour."""
    questions: groups.Questions = groups.Questions()
    """Which questions are asked, and how many."""
    rules: dict[RuleName, StrictBool] = Field(default_factory=dict)
    """Rules in their order; one that is switched off with ``false`` leaves it to those after it.

    The last, ``working``, is for all the rest and cannot be switched off.
    """
    forecast: groups.Forecast = groups.Forecast()
    """What the pipeline is measured against."""
    calendar: groups.Calendar = groups.Calendar()
    """Which days are for work."""
    restricted: groups.Restricted = groups.Restricted()
    """What a login by a key with --restricted may do outside the pipeline."""
    tracks: groups.Tracks = groups.Tracks()
    """Days between two contacts of a nurture track."""
    reasons: Annotated[dict[str, bool | str], BeforeValidator(reason_list.checked)] = Field(
        default_factory=dict
    )
    """Reasons for a drop: ``false`` takes a usual one off the list, a label adds one or renames it."""
    theme: ThemeName = THEME
    """The colours of the screens; ansi-dark and ansi-light are the terminal's own sixteen."""
    density: DensityName = DENSITY
    """How close cards and lines stand: compact takes one line a card, comfortable leaves one free after each."""
    keys: Annotated[dict[str, StrictStr], BeforeValidator(_flat)] = Field(default_factory=dict)
    """Keys by the name of what they do: ``"board.log" = "c"``; see review-board config --keys."""
    views: SavedViews = Field(default=(), max_length=saved_views.MOST)
    """Views of your own for v on the board and --view, each under a heading [[views]]."""

    @property
    def drop_reasons(self) -> dict[str, str]:
        """Return the reasons offered for a drop, name → label, in the order of the list."""
        return reason_list.offered(self.reasons)

    def reason_label(self, reason: str) -> str:
        """Say what a reason is called wherever it is shown."""
        return reason_list.label_of(reason, self.reasons)

    @model_validator(mode="wrap")
    @classmethod
    def _with_preset(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Put the preset's thresholds under the explicit ones, which alone count as set."""
        if not isinstance(values, Mapping):
            return handler(values)
        base = groups.PRESETS.get(str(values.get("preset")), {})
        own = values.get("thresholds", {})
        if isinstance(own, groups.Thresholds):
            own = own.model_dump(exclude_unset=True)
        if not base or not isinstance(own, Mapping):
            return handler(values)
        made = handler({**values, "thresholds": {**base, **own}})
        made.thresholds.model_fields_set.intersection_update(own)
        return made

    @model_validator(mode="after")
    def _enough_questions(self) -> Self:
        asked, most = self.thresholds.unknown_questions, groups.PACK_SIZES[self.questions.pack]
        if asked > most and self.is_on(RuleName.UNANSWERED_QUESTIONS):
            pack = self.questions.pack
            words = f"{asked} is more than the {most} questions of {pack}, so {_NEVER_HOLDS}"
            reverse = f"{pack} has {most} questions, unknown_questions asks for {asked}, so"
            keys = ("thresholds.unknown_questions", "questions.pack")
            raise clash(words, *keys, reverse=f"{reverse} {_NEVER_HOLDS}")
        return self

    @field_validator("rules")
    @classmethod
    def _last_rule_stays(cls, rules: dict[RuleName, bool]) -> dict[RuleName, bool]:
        if rules.get(RuleName.WORKING) is False:
            raise clash("is the rule for all the rest and cannot be switched off", "rules.working")
        return rules

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        if name:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(
                    "there is no such time zone; write one like Europe/Berlin"
                ) from error
        return name

    def first_touch(self, track: Track, today: date) -> date:
        """Return the usual day of a track's first contact, a working day."""
        return self.calendar.working_from(today + timedelta(days=self.tracks.days(track)))

    @property
    def names_currency(self) -> bool:
        """Return whether a currency was set, and is not only the usual one."""
        return "currency" in self.model_fields_set

    def in_currency(self, currency: str) -> Self:
        """Return the same settings with another currency."""
        return self.model_copy(update={"currency": currency})

    def by_percentile(self, worths: Iterable[Decimal]) -> Self:
        """Return the settings with the tiers of these worths, which are all in their currency."""
        ordered, tiers = sorted(worths), self.tiers
        if len(ordered) < groups.LEAST_WORTHS:
            return self
        figures = {
            "low_below": groups.percentile(ordered, tiers.low_percentile),
            "high_from": groups.percentile(ordered, tiers.high_percentile),
        }
        return self.model_copy(update={"tiers": tiers.model_copy(update=figures)})

    def is_on(self, rule: RuleName) -> bool:
        """Return whether a rule is asked."""
        return self.rules.get(rule, True)

    def fingerprint(self) -> str:
        """Return a short hash of everything that decides a recommendation."""
        values = self.model_dump(mode="json", exclude={*NOT_DECISIVE})
        decisive = json.dumps(values, sort_keys=True)  # switches come in any order
        return hashlib.sha256(decisive.encode()).hexdigest()[:12]
