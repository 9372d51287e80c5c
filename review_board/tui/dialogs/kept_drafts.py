"""What was typed into a form and not stored: kept in a file of its own, and offered again."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, cast

from textual.screen import Screen

from review_board.errors import ReviewBoardError
from review_board.store.drafts import (
    Draft,
    OpenDraft,
    drafts_in,
    open_draft,
    remove_torn,
    save_draft,
    write_draft,
)


class KeptDrafts:
    """One person's drafts in one pipeline; without a folder they last as long as the app."""

    def __init__(self, folder: Path | None, pipeline: Path | None = None, who: str = "") -> None:
        self._folder = folder
        self._pipeline = os.path.realpath(pipeline) if pipeline else ""
        self._who = who
        self._memory: list[Draft] = []
        self._in_use: dict[tuple[str, str], OpenDraft] = {}

    @property
    def titles(self) -> list[str]:
        """Return the forms that wait and that no other window has, the oldest first."""
        files = drafts_in(self._folder) if self._folder else []
        found = [draft for path, draft in files if self._is_mine(draft) and _is_free(path)]
        return list(dict.fromkeys(draft.title for draft in (*found, *self._memory)))

    def save(self, form: Draft) -> None:
        """Write down what stands in an open form, in case the process is killed."""
        if self._folder is None:
            return
        if not form.fields:
            self.done(form)
            return
        key = form.prospect, form.title
        draft = self._signed(form)
        with suppress(OSError, ReviewBoardError):  # tried again as soon as more is typed
            if key not in self._in_use:
                remove_torn(self._folder)
            self._in_use[key] = save_draft(self._folder, draft, self._in_use.get(key))

    def keep(self, forms: Iterable[Draft]) -> None:
        """Write these down; one that cannot be written is lost, which the end must not wait for."""
        for form in forms:
            draft = self._signed(form)
            if self._folder is None:
                self._memory.append(draft)
                continue
            old = self._in_use.pop((form.prospect, form.title), None)
            try:
                write_draft(self._folder, draft)
            except (OSError, ReviewBoardError):
                if old:
                    old.let_go()  # better than nothing
                continue
            if old:
                old.remove()

    def take(self, form: Draft) -> Draft | None:
        """Take the newest draft of a form into use, if there is one that no other window has."""
        self.done(form)
        for draft in reversed(self._memory):
            if draft.fits(form):
                self._memory.remove(draft)
                return draft
        files = list(drafts_in(self._folder)) if self._folder else []
        for path, draft in reversed(files):
            if self._is_mine(draft) and draft.fits(form):
                opened = open_draft(path)
                if opened:
                    self._in_use[form.prospect, form.title] = opened
                    return opened.draft
        return None

    def done(self, form: Draft) -> None:
        """Remove the old draft: its form was accepted or taken back, or its text was kept anew."""
        opened = self._in_use.pop((form.prospect, form.title), None)
        if opened:
            opened.remove()

    def _signed(self, form: Draft) -> Draft:
        return replace(form, who=self._who, pipeline=self._pipeline)

    def _is_mine(self, draft: Draft) -> bool:
        return draft.is_of(self._who, self._pipeline)


def _is_free(path: Path) -> bool:
    opened = open_draft(path)
    if opened:
        opened.let_go()
    return opened is not None


def forms_on(screens: Iterable[Screen[Any]]) -> list[Draft]:
    """Return what is typed into the forms that are open."""
    return [form for screen in screens if (form := form_on(screen)) and form.fields]


class FormField(Protocol):
    """A field of text, or a list whose value is the letter picked; ``original`` is what stood there at first."""

    id: str | None
    value: str
    original: str


TEXTS = "LineInput, NoteArea"
"""The fields in which text is typed, of one line and of several."""


def form_fields(screen: Screen[Any]) -> dict[str, FormField]:
    """Return the fields of a form by their ids, those of text and what is picked."""
    fields = [cast("FormField", field) for field in screen.query(f"{TEXTS}, Choices")]
    return {field.id: field for field in fields if field.id}


def form_on(screen: Screen[Any], *, is_accepted: bool = False) -> Draft | None:
    """Return the form that a screen is, with the fields that were altered.

    ``None`` for another screen, and for a form that keeps nothing. An open form in which something
    was only picked is no loss; one that ``is_accepted`` is, if text may be typed in it at all.

    What was not touched is not ours to keep: others may change it meanwhile.
    """
    form: Draft | None = getattr(screen, "form", None)
    if not getattr(screen, "keeps_draft", True):
        return None
    if form is None:
        return None
    found = form_fields(screen).items()
    altered = {name: field.value for name, field in found if field.value != field.original}
    texts = {str(field.id) for field in screen.query(TEXTS)}
    is_kept = bool(texts) if is_accepted else not texts.isdisjoint(altered)
    return replace(form, fields=altered if is_kept else {})
