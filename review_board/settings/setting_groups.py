"""The groups of settings: what each one is, its default and the range it may have.

The line under a setting is what ``review-board config`` says of it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from review_board.pipeline.vocabulary import Track
from review_board.settings.defaults import CLOSING_OUTCOMES, CLOSING_RATIO, TIERS_BY
from review_board.settings.holidays import CalendarFileError, days_off, holiday_entry
from review_board.settings.kinds import (
    WEEKDAYS,
    Count,
    Days,
    Figure,
    Interval,
    Percentile,
    Ratio,
    SettingsGroup,
    Weekday,
    clash,
    each_once,
    in_order,
)


class Thresholds(SettingsGroup):
    """Where a rule begins to hold; days are calendar days, counts are days with an attempt."""

    recent_days: Days = 30
    """Days up to which interest is recent; longer without an answer is silence."""
    unreachable_days: Days = 60
    """Days of silence from which a prospect counts as unreachable."""
    attempts: Count = 5
    """Attempts that persistence asks for; to stop after fewer is giving up too soon."""
    gone_silent_attempts: Count = 6
    """Unanswered attempts that, with the silence, make a prospect gone."""
    last_call_days: Days = 7
    """Days for which a last email may stay unanswered."""
    hostile_days: Days = 180
    """Days for which an ultimatum weighs."""
    callback_days: Days = 180
    """Days ahead that a proven callback may be and still rest with us."""
    callback_grace_days: Days = 7
    """Days after its date in which a proven callback does not yet count as missed."""
    wake_days: Days = 14
    """Days before a far callback on which it wakes."""
    deferrals: Count = 3
    """How often a buyer may put us off without a reason before it is too often."""
    probation_deferrals: Count = 1
    """The same for a prospect that came back after it was dropped."""
    probation_days: Days = 90
    """Days that probation lasts after a return."""
    unknown_questions: Count = 3
    """Tough questions without an answer that make a prospect unqualified."""
    unknown_reviews: Count = 2
    """Reviews in a row that must have left those questions open."""
    nurture_contacts: Count = 12
    """Contacts in Nurture without a response that exhaust a track."""
    no_history_days: Days = 730
    """Days that a prospect from a list without contacts lies still before it may be let go."""
    early_stage_days: Days = 365
    """Days that one of these lies still at an early stage (new, contacted), where that is less."""
    fresh_days: Days = 14
    """Days up to which a lead that nobody called is fresh."""
    rescue_days: Days = 30
    """Days for which a rescue keeps a prospect in Active."""
    min_hourly_value: Figure = Decimal(150)
    """Expected value of an hour of work under which other work pays better, whatever its currency."""
    answer_expires_days: Interval = 30
    """Age in days from which an answer is asked again."""

    @model_validator(mode="after")
    def _can_work(self) -> Self:
        for low, high, otherwise in ORDERED:
            in_order(self, "thresholds", low, high, otherwise)
        return self


ORDERED = (
    ("recent_days", "unreachable_days", "prospects would be given up while their interest still counts as recent"),
    ("attempts", "gone_silent_attempts",
     "prospects would be given up as silent before the attempts that persistence asks for"),
    ("probation_deferrals", "deferrals", "probation would be looser than no probation"),
    ("wake_days", "callback_days", "a far callback would wake before it was put to rest"),
)  # fmt: skip
"""Thresholds in pairs: the first must not be above the second, or else this would follow."""


PRESETS: Mapping[str, Mapping[str, int]] = {
    "transactional": {"recent_days": 14, "unreachable_days": 30, "attempts": 4, "gone_silent_attempts": 5},
    "standard": {},
    "enterprise": {"recent_days": 60, "unreachable_days": 120, "attempts": 8, "gone_silent_attempts": 9},
}  # fmt: skip
"""Each preset's own thresholds; the standard is the defaults."""


class Tiers(SettingsGroup):
    """Value (or potential) that makes a prospect low under one figure, high from the other."""

    by: Literal["value", "percentile"] = TIERS_BY
    """Whether fixed figures decide, or percentiles of the open prospects with a value, from ten on."""
    low_below: Figure = Decimal(10_000)
    """With ``by = "value"``: under this figure a prospect is low tier."""
    high_from: Figure = Decimal(100_000)
    """With ``by = "value"``: from this figure on it is high tier."""
    low_percentile: Percentile = 50
    """With ``by = "percentile"``: under this percentile a prospect is low tier."""
    high_percentile: Percentile = 90
    """With ``by = "percentile"``: from this percentile on it is high tier."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self, "tiers", "low_below", "high_from")
        in_order(self, "tiers", "low_percentile", "high_percentile")
        return self


LEAST_WORTHS = 10
"""Open prospects with a value from which percentiles mean something; under it the fixed figures
decide."""


def percentile(ordered: list[Decimal], percent: int) -> Decimal:
    """Return the figure with so many percent at or below it: one of those on record (nearest rank)."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


class PressureSettings(SettingsGroup):
    """How close together attempts may come before they annoy."""

    wait_days: tuple[Days, ...] = Field(default=(2, 3, 5, 7, 14, 30), min_length=1, max_length=50)
    """Days to wait after the first, second, … unanswered attempt; the last holds from then on. What you planned to send does not wait."""
    complaint_days: Days = 30
    """The least wait in days after a complaint."""
    burst_attempts: Count = 3
    """More attempts than this within ``burst_days`` say slow down."""
    burst_days: Interval = 14
    """The days in which attempts are counted for ``burst_attempts``."""


class Estimates(SettingsGroup):
    """What is taken where a figure is not on record; always labelled as such."""

    closing_ratio: Ratio = CLOSING_RATIO
    """Won ÷ (won + lost) until there are enough outcomes of our own."""
    closing_outcomes: Count = CLOSING_OUTCOMES
    """Outcomes from which our own closing ratio is used."""
    hours: Annotated[Figure, Field(gt=0)] = Decimal(1)
    """Hours that the next step takes."""


MinutesTaken = Annotated[int, Field(ge=0, le=1440, strict=True)]


class Minutes(SettingsGroup):
    """Minutes of work that a contact takes, by its kind: the hours freed are added up from them."""

    call_unanswered: MinutesTaken = 5
    """A call that nobody answered, or that ended at the gatekeeper."""
    voicemail: MinutesTaken = 5
    """A message left on voicemail."""
    mail: MinutesTaken = 10
    """An email, a message or a letter; what goes out to a whole list takes none."""
    talk: MinutesTaken = 20
    """A talk on the phone, whoever called."""
    visit: MinutesTaken = 45
    """A contact in person that was no meeting."""
    meeting: MinutesTaken = 60
    """A meeting, held in person or by video."""
    quote: MinutesTaken = 30
    """A quote that was worked out and sent."""


class Review(SettingsGroup):
    """The review hour."""

    active_days: Interval = 7
    """Days after which a card in Active is looked at again."""
    unproven_days: Interval = 14
    """Days after which a callback that is not proven, or too far ahead, is questioned again."""
    nurture_days: Interval = 90
    """Days after which a card in Nurture is looked at again."""
    snooze_days: Annotated[int, Field(ge=1, le=90, strict=True)] = 7
    """Days for which "not this week" lasts."""
    minutes: Count = 45
    """Minutes of the review hour; when they are over the rest can be parked."""
    steps_a_day: Count = 8
    """Steps that one review proposes for the same day; more are proposed for the working days after."""
    zombie_reviews: Count = 3
    """Reviews that kept a prospect without a buyer signal between, from which it is a zombie."""
    manager_least: Count = 3
    """Cards of each rep that a manager's review shows at least, if there are so many."""
    manager_most: Count = 7
    """Cards of each rep that a manager's review shows at most."""
    bet_days: Annotated[int, Field(ge=1, le=90, strict=True)] = 14
    """Days after which a bet is decided at the latest."""
    last_attempt_days: Annotated[int, Field(ge=1, le=365, strict=True)] = 90
    """Days within which one last idea is tried before an important sale is let go."""
    reviewers: tuple[str, ...] = ()
    """Who may sign a verdict in a pair review; empty is everybody. A name given by --as does not count."""
    shared_login: Annotated[str, Field(pattern=r"^[^\s/:]*$", strict=True)] = ""
    """The login that several reviewers share, each with a key whose line in authorized_keys names them."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self, "review", "manager_least", "manager_most")
        return self


class Restricted(SettingsGroup):
    """What a login by a key with ``--restricted`` may do outside the pipeline."""

    folder: str = ""
    """The whole path of the one folder where it reads lists and writes reports; empty: nowhere."""

    @field_validator("folder")
    @classmethod
    def _whole_path(cls, name: str) -> str:
        """Return the path; ``ValueError`` for one that depends on where the program runs."""
        if name and not name.startswith("/"):
            raise ValueError("must be a whole path, such as /srv/lists")
        return name


class Questions(SettingsGroup):
    """Which question pack is asked, and how much of it."""

    pack: Literal["weiss", "bant", "champ", "meddic", "meddpicc"] = "weiss"
    """The questions that are asked; answers given under another pack stay."""
    asked: Annotated[int, Field(ge=1, le=5, strict=True)] = 3
    """Questions asked of one card in one review at most, the most decisive first."""


PACK_SIZES = {"weiss": 5, "bant": 5, "champ": 5, "meddic": 7, "meddpicc": 9}
"""How many questions each pack has."""


class Forecast(SettingsGroup):
    """What the pipeline is measured against."""

    target: Figure | None = None
    """Sales to reach, in the main currency; the report tells how far the weighted pipeline covers it."""


class Calendar(SettingsGroup):
    """Which days are for work: proposed steps fall on them."""

    working_days: Annotated[tuple[Weekday, ...], AfterValidator(each_once)] = Field(
        default=("mon", "tue", "wed", "thu", "fri"), min_length=1
    )
    """The days of the week on which a proposed step may fall."""
    holidays: tuple[str, ...] = ()
    """Days that are not for work: dates, and .ics files whose all-day events are days off; a file is
    looked for from the folder of the settings."""
    file: str = ""
    """An .ics file that is kept up to date after each change, as review-board calendar writes it; empty: none."""
    mine: StrictBool = False
    """Whether that file holds only your own prospects."""
    _days_off: frozenset[date] = PrivateAttr(default=frozenset())

    @field_validator("holidays", mode="before")
    @classmethod
    def _days_and_files(cls, entries: Any, info: ValidationInfo) -> Any:
        """Write each day as text, and each file by its whole path."""
        if not isinstance(entries, list | tuple):
            return entries
        folder = Path((info.context or {}).get("folder", ""))
        return tuple(holiday_entry(entry, folder) for entry in entries)

    @field_validator("file")
    @classmethod
    def _whole_path(cls, name: str, info: ValidationInfo) -> str:
        """Return the whole path; ``ValueError`` for a name that is no calendar's."""
        if not name:
            return name
        if not name.casefold().endswith(".ics"):
            raise ValueError("must end in .ics")
        return str(
            (Path((info.context or {}).get("folder", "")) / Path(name).expanduser()).absolute()
        )

    @model_validator(mode="after")
    def _read_holidays(self) -> Self:
        try:
            self._days_off = days_off(self.holidays)
        except CalendarFileError as error:
            raise clash(error.message, "calendar.holidays") from error
        return self

    def is_working(self, day: date) -> bool:
        """Return whether a day is for work."""
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self._days_off

    def working_from(self, day: date) -> date:
        """Return the day itself, or the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def working_until(self, day: date, after: date) -> date:
        """Return the day itself, or the last working day before it; ``day`` if none is ``after`` another."""
        found = day
        while not self.is_working(found):
            found -= timedelta(days=1)
        return found if found > after else day


class Tracks(SettingsGroup):
    """Days between two contacts of a nurture track."""

    monthly_email: Interval = Field(default=30, alias="monthly-email")
    """Days from one monthly email to the next."""
    keep_in_touch: Interval = Field(default=60, alias="keep-in-touch")
    """Days from one thing to read or to hold to the next: an article, a letter, a postcard."""
    champion: Interval = 90
    """Days from one word with the champion on their side to the next."""
    assistant: Interval = 90
    """Days from one word with the executive assistant to the next."""
    wake_up: Interval = Field(default=90, alias="wake-up")
    """Days after which somebody who only waits for a day is thought of again."""

    def days(self, track: Track) -> int:
        """Return the interval of a track."""
        days: int = getattr(self, track.value.replace("-", "_"))
        return days
