"""What is the same for all rows of an import."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo


@dataclass(frozen=True, slots=True)
class ImportContext:
    """The kind of list, the moment (aware of its zone), who imports, the currency assumed."""

    kind: str
    now: datetime
    by: str
    currency: str

    @property
    def zone(self) -> tzinfo:
        """The zone in which moments without one are read."""
        assert self.now.tzinfo is not None
        return self.now.tzinfo

    @property
    def today(self) -> date:
        """The day of the import."""
        return self.now.date()

    def moment_of(self, day: date) -> datetime:
        """The beginning of a day."""
        return datetime.combine(day, time.min, self.zone)
