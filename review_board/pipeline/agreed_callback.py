"""A callback as two people agreed on it, before it is on record."""

from dataclasses import asdict, dataclass
from datetime import date
from datetime import time as time_of_day

from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import ReasonKind


@dataclass(frozen=True, slots=True)
class AgreedCallback:
    """Call on a day, at a time if one is agreed; who asked for it, why, and what will have changed.

    Everybody who may type a callback builds one of these; only
    :func:`~review_board.pipeline.changes.agree_callback` puts it on record.
    """

    on: date
    time: time_of_day | None = None
    asked_by_buyer: bool = False
    reason: ReasonKind | None = None
    change: str = ""
    commitment: str = ""

    @classmethod
    def of(cls, stored: Callback) -> "AgreedCallback":
        """Return what was agreed on a callback that is on record."""
        return cls(*(getattr(stored, name) for name in cls.__slots__))

    def completed(self, on_record: Callback | None) -> "AgreedCallback":
        """Return it with what was left unsaid as it is on record, where that is of the same day."""
        if on_record is None or on_record.on != self.on:
            return self
        said = {name: getattr(self, name) or getattr(on_record, name) for name in self.__slots__}
        return AgreedCallback(**said)

    def stored(self, asked_on: date, touch: str | None = None) -> Callback:
        """Return the record of it; ``touch`` is the id of the contact in which it was asked."""
        return Callback(**asdict(self), asked_on=asked_on, touch=touch)
