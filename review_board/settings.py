"""One typed settings tree: every threshold of the judgement, with its default and its reason.

It is loaded once, from a TOML file when there is one, and passed in. An unknown key or a bad value
is an error that names the file, the line and the nearest valid key.
"""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from review_board.errors import SettingsError
from review_board.pipeline.vocabulary import DropReason, Track

Days = Annotated[int, Field(ge=0, le=3650)]
Count = Annotated[int, Field(ge=1, le=1000)]
Figure = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Ratio = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False)]


ReasonName = Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,39}$")]
ReasonLabel = Annotated[str, Field(min_length=1, max_length=60)]
Percentile = Annotated[int, Field(ge=0, le=100)]
Interval = Annotated[int, Field(ge=1, le=3650)]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class RuleName(StrEnum):
    """The rules in the order in which they are asked; the first that matches wins."""

    DO_NOT_CONTACT = "do-not-contact"
    KNOCKED_OUT = "knocked-out"
    HOSTILE = "hostile"
    PROVEN_CALLBACK = "proven-callback"
    PROMISE_MISSED = "promise-missed"
    FAR_CALLBACK = "far-callback"
    OPEN_QUOTE = "open-quote"
    LIVE_INTEREST = "live-interest"
    SERIAL_DEFERRAL = "serial-deferral"
    UNANSWERED_QUESTIONS = "unanswered-questions"
    UNPROVEN_CALLBACK = "unproven-callback"
    NURTURE_EXHAUSTED = "nurture-exhausted"
    NURTURING = "nurturing"
    FRESH_LEAD = "fresh-lead"
    NEVER_WORKED = "never-worked"
    TOO_SOON = "too-soon"
    GONE_SILENT = "gone-silent"
    RESCUE = "rescue"
    POOR_PAYOFF = "poor-payoff"
    LAST_CALL = "last-call"
    WORKING = "working"


class Section(BaseModel):
    """A frozen group of settings that knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Thresholds(Section):
    """Where a rule begins to hold; days are calendar days, counts are days with an attempt."""

    recent_days: Days = 30
    """Interest and silence: younger is recent, older is silence."""
    unreachable_days: Days = 60
    """Silence from which a prospect counts as unreachable."""
    attempts: Count = 5
    """Persistence is more than four follow-ups; fewer attempts are giving up too soon."""
    silent_attempts: Count = 6
    """Unanswered attempts that, with the silence, make a prospect gone."""
    last_call_days: Days = 7
    """Days that a last call may stay unanswered."""
    hostile_days: Days = 180
    """How long an ultimatum weighs."""
    callback_days: Days = 180
    """The farthest day that a callback may name and still rest with us."""
    callback_grace_days: Days = 7
    """Days after its date in which a proven callback is not yet a missed promise."""
    wake_days: Days = 14
    """Days before a far callback on which it wakes."""
    deferrals: Count = 3
    """Unexplained deferrals that make a serial deferrer."""
    probation_deferrals: Count = 1
    """The same for a prospect that came back after being dropped."""
    probation_days: Days = 90
    """How long probation lasts after a return."""
    unknown_questions: Count = 3
    """Tough questions without an answer that make a prospect unqualified."""
    unknown_reviews: Count = 2
    """Reviews in a row after which they do."""
    nurture_touches: Count = 12
    """Nurture touches without a response that exhaust a track."""
    fresh_days: Days = 14
    """Age up to which a lead that nobody called is fresh."""
    rescue_days: Days = 30
    """How long a rescue keeps a prospect in Active."""
    payoff: Figure = Decimal(150)
    """Expected value an hour of work (currency units) under which other work pays better."""
    answer_days: Days = 30
    """Age from which an answer is asked again."""


class Tiers(Section):
    """Value (or potential) that makes a prospect low under one figure, high from the other."""

    by: Literal["value", "percentile"] = "value"
    """Absolute figures, or percentiles of the open prospects of the pipeline itself."""
    low_below: Figure = Decimal(10_000)
    high_from: Figure = Decimal(100_000)
    low_percentile: Percentile = 50
    """With ``by = "percentile"``: under this percentile a prospect is low tier."""
    high_percentile: Percentile = 90
    """With ``by = "percentile"``: from this percentile on it is high tier."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low_below > self.high_from:
            raise ValueError("low_below must not be above high_from")
        if self.low_percentile > self.high_percentile:
            raise ValueError("low_percentile must not be above high_percentile")
        return self


class Pressure(Section):
    """How close together attempts may come before they annoy."""

    wait_days: tuple[Days, ...] = Field(default=(2, 3, 5, 7, 14, 30), min_length=1)
    """Days to wait after the 1st, 2nd, … unanswered attempt; the last figure holds from then on."""
    complaint_days: Days = 30
    """The least wait after a complaint."""
    burst_attempts: Count = 3
    """More attempts than this within ``burst_days`` say slow down."""
    burst_days: Days = 14


class Estimates(Section):
    """What stands in where a figure is not on record; always labelled as such."""

    closing_ratio: Ratio = Decimal("0.30")
    """Won ÷ (won + lost) until there are enough outcomes of our own."""
    closing_outcomes: Count = 20
    """Outcomes from which our own closing ratio is used."""
    hours: Annotated[Figure, Field(gt=0)] = Decimal(1)
    """Hours of the next step."""


class Review(Section):
    """The review hour."""

    active_days: Days = 7
    """Days after which a card in Active is looked at again."""
    unproven_days: Days = 14
    """The same for a callback that is not proven."""
    nurture_days: Days = 90
    """The same for a card in Nurture."""
    snooze_days: Annotated[int, Field(ge=1, le=90)] = 7
    """How long "not this week" lasts."""
    minutes: Count = 45
    """The length of the hour; when it is over the rest can be parked."""
    zombie_reviews: Count = 3
    """Reviews that kept a prospect without a buyer signal between, from which it is a zombie."""
    manager_least: Count = 3
    """Cards of each rep that a manager's review shows at least, if there are so many."""
    manager_most: Count = 7
    """The same at most."""
    bet_days: Annotated[int, Field(ge=1, le=90)] = 14
    """The farthest day of a bet."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.manager_least > self.manager_most:
            raise ValueError("manager_least must not be above manager_most")
        return self


class Questions(Section):
    """Which question pack is asked, and how much of it."""

    pack: Literal["weiss", "bant", "champ", "meddic", "meddpicc"] = "weiss"
    """One pack is active; answers given under another stay."""
    asked: Annotated[int, Field(ge=1, le=5)] = 3
    """Questions asked of one card in one review at most, the most decisive first."""


class Forecast(Section):
    """What the pipeline is measured against."""

    target: Figure | None = None
    """Sales to reach, in ``currency``; the report tells how far the weighted pipeline covers it."""


class Calendar(Section):
    """Which days are for work: proposed steps fall on them."""

    working_days: tuple[Weekday, ...] = Field(
        default=("mon", "tue", "wed", "thu", "fri"), min_length=1
    )

    def is_working(self, day: date) -> bool:
        """Whether a day is for work."""
        return WEEKDAYS[day.weekday()] in self.working_days

    def working_from(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


class Tracks(Section):
    """Days between two touches of a nurture track."""

    monthly_email: Interval = Field(default=30, alias="monthly-email")
    keep_in_touch: Interval = Field(default=60, alias="keep-in-touch")
    champion: Interval = 90
    assistant: Interval = 90
    wake_up: Interval = Field(default=90, alias="wake-up")

    def days(self, track: Track) -> int:
        """The interval of a track."""
        days: int = getattr(self, track.value.replace("-", "_"))
        return days


PRESETS: Mapping[str, Mapping[str, int]] = {
    "transactional": {
        "recent_days": 14,
        "unreachable_days": 30,
        "attempts": 4,
        "silent_attempts": 5,
    },
    "standard": {},
    "enterprise": {
        "recent_days": 60,
        "unreachable_days": 120,
        "attempts": 8,
        "silent_attempts": 9,
    },
}
"""Thresholds for short, usual and long sales cycles; what the file sets itself comes on top."""


NOT_DECISIVE = ("review", "timezone", "forecast", "calendar", "tracks", "reasons", "theme", "keys")
"""What has no part in a recommendation, and so none in the fingerprint."""


class Settings(Section):
    """The whole tree. ``rules`` switches single rules off; the last one always stands."""

    preset: Literal["transactional", "standard", "enterprise"] = "standard"
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    timezone: str = ""
    """IANA name of the zone that decides which day it is; empty is this machine's."""
    thresholds: Thresholds = Thresholds()
    tiers: Tiers = Tiers()
    pressure: Pressure = Pressure()
    estimates: Estimates = Estimates()
    review: Review = Review()
    questions: Questions = Questions()
    rules: dict[RuleName, bool] = Field(default_factory=dict)
    """Rules switched off with ``false``."""
    forecast: Forecast = Forecast()
    calendar: Calendar = Calendar()
    tracks: Tracks = Tracks()
    reasons: dict[ReasonName, bool | ReasonLabel] = Field(default_factory=dict)
    """Reasons for a drop: ``false`` takes a usual one off the list, a label adds one or renames it."""
    theme: Literal["calm", "paper"] = "calm"
    """The colours: dark, or light."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys by the name of what they do: ``"board.log" = "c"``; see review-board config --keys."""

    @property
    def drop_reasons(self) -> dict[str, str]:
        """The reasons offered for a drop, name → label, in the order of the list."""
        usual = {str(reason): reason.replace("-", " ") for reason in DropReason}
        own = {name: said for name, said in self.reasons.items() if isinstance(said, str)}
        off = {name for name, said in self.reasons.items() if said is False}
        return {name: label for name, label in (usual | own).items() if name not in off}

    @model_validator(mode="before")
    @classmethod
    def _apply_preset(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        base = PRESETS.get(str(values.get("preset", "standard")), {})
        own = values.get("thresholds", {})
        if base and isinstance(own, dict):
            return {**values, "thresholds": {**base, **own}}
        return values

    @field_validator("rules")
    @classmethod
    def _last_rule_stands(cls, rules: dict[RuleName, bool]) -> dict[RuleName, bool]:
        if rules.get(RuleName.WORKING) is False:
            raise ValueError("working is the last rule and cannot be switched off")
        return rules

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        if name:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(f"{name} is no time zone") from error
        return name

    def is_on(self, rule: RuleName) -> bool:
        """Whether a rule is asked."""
        return self.rules.get(rule, True)

    def fingerprint(self) -> str:
        """A short hash of everything that decides a recommendation."""
        values = self.model_dump(mode="json", exclude={*NOT_DECISIVE})
        decisive = json.dumps(values, sort_keys=True)  # switches come in any order
        return hashlib.sha256(decisive.encode()).hexdigest()[:12]


def load_settings(path: Path | None) -> Settings:
    """The settings in a TOML file, or the defaults when ``path`` is ``None``.

    Raises ``SettingsError`` with the file, the line and the nearest valid key.
    """
    if path is None:
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    return parse_settings(text, str(path))


def parse_settings(text: str, where: str = "settings") -> Settings:
    """The settings in TOML text; ``where`` names it in errors."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # endless digits and brackets are no TOML error
        raise SettingsError(f"{where}: {error}") from error
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error, text, where)) from error


def _explain(error: ValidationError, text: str, where: str) -> str:
    first = error.errors(include_url=False)[0]
    keys = [str(part) for part in first["loc"] if part != "[key]"]
    line = _line_of(text, keys)
    place = f"{where}, line {line}" if line else where
    name = ".".join(keys)
    if first["type"] == "extra_forbidden" or "[key]" in first["loc"]:
        near = difflib.get_close_matches(name, known_keys(), n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{place}: unknown setting {name}{hint}"
    return f"{place}: {name or 'settings'}: {first['msg'].removeprefix('Value error, ')}"


def known_keys() -> list[str]:
    """Every setting's dotted key, in order."""
    keys: list[str] = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            keys += [f"{name}.{key}" for key in section.model_fields]
        elif name == "rules":
            keys += [f"rules.{rule}" for rule in RuleName if rule is not RuleName.WORKING]
        else:
            keys.append(name)
    return keys


def _line_of(text: str, keys: list[str]) -> int | None:
    """The line on which a key is set, or else what holds it, as far as the names tell."""
    section, wanted = ".".join(keys[:-1]), keys[-1] if keys else ""
    current, heading = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[([^\]]+)\]", line):
            current = found[1].strip()
            heading = number if current == ".".join(keys) else heading
        elif found := re.match(r'\s*"?([\w.-]+)"?\s*=', line):
            full = f"{current}.{found[1]}" if current else found[1]
            if full == ".".join(keys) or (current == section and found[1] == wanted):
                return number
    return heading or (_line_of(text, keys[:-1]) if section else None)
