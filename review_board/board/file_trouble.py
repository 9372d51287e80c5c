"""What became of the files while they were open, in words for a banner."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from review_board.store.files import UNCHANGED
from review_board.store.protocol import Commit, Store
from review_board.wording import several


@dataclass(frozen=True, slots=True)
class Trouble:
    """The files are lost for now, or changes are missing in them; no ``parts`` when all is well.

    ``parts`` are for one line, the most important first; ``read_at`` is when they were read last.
    """

    parts: tuple[str, ...] = ()
    is_lost: bool = False
    read_at: datetime | None = None

    @property
    def reason(self) -> str | None:
        """Say why nothing can be changed, in a few words."""
        return self.parts[0] if self.parts else None

    def after(self, store: Store, now: datetime, zone: tzinfo) -> "Trouble":
        """Return what it is after another look at the files."""
        if store.lost is not None:
            what = store.lost.message.removesuffix(UNCHANGED)
            clock = "" if self.read_at is None else f" at {self.read_at.astimezone(zone):%H:%M}"
            parts = what, f"showing what was read{clock}", "nothing can be written until it is back"
            return Trouble(parts, is_lost=True, read_at=self.read_at)
        if store.missing:
            return Trouble(missing_words(store.missing), read_at=now)
        return Trouble(read_at=now)


def missing_words(missing: tuple[Commit, ...]) -> tuple[str, ...]:
    """Say how many acknowledged changes are no longer on disk, and which was the last one."""
    count, last = len(missing), missing[-1]
    changes = several(count, "change is", "changes are")
    which = "" if count == 1 else "the last one: "
    return f"{changes} no longer on disk", f"{which}{last.by} {last.action}"
