"""What becomes of acknowledged changes that are no longer on disk."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.store.protocol import Commit
from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.wording import several

MOST = 8
"""Changes that are named one by one."""


class MissingChoice(Enum):
    """What to do with them."""

    WRITE = "write"
    DROP = "drop"


class MissingDialog(Dialog[MissingChoice]):
    """Asks what becomes of missing changes; gives a ``MissingChoice``. Enter alone answers nothing."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "Write", id="missing.write", tooltip="Write them again"),
        Binding("x", "drop", "Give up", id="missing.drop", tooltip="Give them up for good"),
    ]
    hint = (
        "{missing.write:w} writes them again · {missing.drop:x} gives them up for good · "
        "{dialog.cancel:esc} later"
    )

    def __init__(self, missing: Sequence[Commit], zone: tzinfo) -> None:
        count = len(missing)
        super().__init__(several(count, "change is", "changes are") + " missing")
        self._missing = missing
        self._zone = zone

    def fields(self) -> ComposeResult:
        """Yield what happened, and the changes, the newest first."""
        yield Text(
            "The pipeline's files were cut or replaced. These changes were saved, and you still "
            "see them, but they are no longer on disk:"
        )
        for commit in self._missing[: -MOST - 1 : -1]:
            at = datetime.fromisoformat(commit.at).astimezone(self._zone)
            yield Text(f"  {at:%d %b %H:%M}  {commit.by} {commit.action}")
        if len(self._missing) > MOST:
            yield Text(f"  and {len(self._missing) - MOST:,} before")

    def action_write(self) -> None:
        """Write the changes once more."""
        self.dismiss(MissingChoice.WRITE)

    def action_drop(self) -> None:
        """Give the changes up: the disk is right."""
        self.dismiss(MissingChoice.DROP)
