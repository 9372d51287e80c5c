"""What was typed into a form when its terminal was lost: kept, and offered the next time."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from review_board.pipeline.text import NOTE_LIMIT, clean

Draft = dict[str, str]
"""Field id → what stands in it."""


class KeptDrafts:
    """Drafts by the title of their form, in a file that only its owner reads; ``None``: no file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._drafts = _read(path) if path else {}

    @property
    def titles(self) -> list[str]:
        """The forms that somebody was in the middle of."""
        return list(self._drafts)

    def keep(self, drafts: Mapping[str, Draft]) -> None:
        """Add these; a draft that cannot be written is lost, which the end must not wait for."""
        if drafts:
            self._drafts.update(drafts)
            self._write()

    def take(self, title: str) -> Draft:
        """The draft of a form, once."""
        draft = self._drafts.pop(title, {})
        if draft:
            self._write()
        return draft

    def _write(self) -> None:
        if self._path is None:
            return
        with suppress(OSError):
            if not self._drafts:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(self._path, flags, 0o600), "w", encoding="utf-8") as file:
                json.dump(self._drafts, file)


def _read(path: Path) -> dict[str, Draft]:
    """The drafts in a file; one that was spoilt holds none."""
    with suppress(OSError, ValueError, RecursionError):
        found: Any = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return {
                clean(title): {str(k): clean(str(v), limit=NOTE_LIMIT) for k, v in draft.items()}
                for title, draft in found.items()
                if isinstance(draft, dict)
            }
    return {}


def drafts_on(screens: Iterable[Screen[Any]]) -> dict[str, Draft]:
    """What stands in the fields of the open forms, by title."""
    found = (form_on(screen) for screen in screens)
    return dict(form for form in found if form)


def form_on(screen: Screen[Any]) -> tuple[str, Draft] | None:
    """The title of a form and what was typed into it; ``None`` for another screen or an empty one."""
    title = getattr(screen, "draft_title", None)
    typed = {field.id: field.value for field in screen.query(Input) if field.id and field.value}
    return (title, typed) if title is not None and typed else None
