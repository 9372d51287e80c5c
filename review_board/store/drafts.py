"""What was typed into a form and not stored: one file a draft, which only its owner can read.

A draft belongs to one person in one pipeline and is about one prospect, so that two windows lose
none and nobody is offered the text of another. While a window has a draft in use it holds the lock
of its file: no other window takes it, and when that window is killed the draft is there again. The
text of an open form is written every second or so while somebody types, so that a kill costs no
more.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from review_board import private_files
from review_board.errors import BadFileError, ReviewBoardError
from review_board.pipeline.text import LINE_LIMIT, NOTE_LIMIT, clean, fold
from review_board.store import files

TORN = ".tmp"


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a form by field; ``name`` is what the prospect was called, part of the title.

    ``prospect`` is the id, empty for a form about nobody; ``pipeline`` is the real path of the data
    file. ``key`` is the one that led to the form; empty where no key did.
    """

    title: str
    fields: Mapping[str, str]
    prospect: str = ""
    name: str = ""
    who: str = ""
    pipeline: str = ""
    key: str = ""

    def is_of(self, who: str, pipeline: str) -> bool:
        """Return whether this person wrote it, in this pipeline."""
        return self.pipeline == pipeline and self.who == who

    def fits(self, form: "Draft") -> bool:
        """Return whether it was typed into this form, whatever the prospect is called by now."""
        title = self.title.replace(self.name, form.name) if self.name else self.title
        return self.prospect == form.prospect and title == form.title

    def mentions(self, prospect: str, name: str) -> bool:
        """Return whether it is about a prospect, or names it in its text."""
        wanted = fold(clean(name))
        texts = fold(" ".join((self.title, self.name, *self.fields.values())))
        return self.prospect == prospect or (bool(wanted) and wanted in texts)


class OpenDraft:
    """A draft in use: its file is locked until it is let go of."""

    def __init__(self, path: Path, descriptor: int, draft: Draft) -> None:
        self.draft = draft
        self.path = path
        self._descriptor = descriptor

    def remove(self) -> None:
        """Leave no trace of it: it was stored or given up."""
        private_files.remove(self.path)
        self.let_go()

    def let_go(self) -> None:
        """Leave it for another time."""
        private_files.close(self._descriptor)


def write_draft(folder: Path, draft: Draft) -> None:
    """Write a draft into a new file, durably."""
    private_files.make_folder(folder)
    private_files.write_new(_new_path(folder), _dump(draft))


def save_draft(folder: Path, draft: Draft, old: OpenDraft | None) -> OpenDraft:
    """Write what an open form holds, in place of what was written of it before; it stays in use.

    A killed process loses nothing of it. It is not synced: who types must not wait for a disk.
    """
    private_files.make_folder(folder)
    path = old.path if old else _new_path(folder)
    temporary = path.with_suffix(TORN)
    descriptor = files.open_regular(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        private_files.write_all(descriptor, _dump(draft))
        temporary.replace(path)
    except BaseException:
        private_files.close(descriptor)
        private_files.remove(temporary)
        raise
    if old:
        old.let_go()
    return OpenDraft(path, descriptor, draft)


def _new_path(folder: Path) -> Path:
    return folder / f"draft-{os.urandom(8).hex()}.json"


def remove_torn(folder: Path) -> None:
    """Remove what was half written when a process was killed, unless it is being written now."""
    for path in folder.glob(f"draft-*{TORN}"):
        with suppress(OSError, ReviewBoardError), files.opened(path, os.O_RDONLY) as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def drafts_in(folder: Path) -> Iterator[tuple[Path, Draft]]:
    """Yield every draft with its file, the oldest first; what is no draft is passed over."""
    for path in sorted(folder.glob("draft-*.json"), key=_age):
        with suppress(OSError, ReviewBoardError, ValueError, RecursionError):
            yield path, _read(files.read_whole(path)[0])


def open_draft(path: Path) -> OpenDraft | None:
    """Take a draft into use; ``None`` when another window has it, or it is gone."""
    try:
        descriptor = files.open_regular(path, os.O_RDONLY)
    except (OSError, ReviewBoardError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:
            data = files.read_range(descriptor, 0, os.fstat(descriptor).st_size)
            return OpenDraft(path, descriptor, _read(data))
    except (OSError, BadFileError, ValueError, RecursionError):
        pass  # another window has it, or it was spoilt: it is not offered
    private_files.close(descriptor)
    return None


def drafts_about(folder: Path, pipeline: Path, prospect: str, name: str = "") -> list[Path]:
    """Return the files of all drafts of a pipeline that are about a prospect or name it."""
    real = os.path.realpath(pipeline)
    found = drafts_in(folder)
    return [path for path, d in found if d.pipeline == real and d.mentions(prospect, name)]


def forget_drafts(folder: Path, pipeline: Path, prospect: str, name: str = "") -> int:
    """Remove what ``drafts_about`` finds; gives how many there were. Raises ``StoreError``."""
    remove_torn(folder)
    paths = drafts_about(folder, pipeline, prospect, name)
    for path in paths:
        with files.explain_errors(path, "removed"):
            path.unlink(missing_ok=True)
    return len(paths)


def _dump(draft: Draft) -> bytes:
    return json.dumps(asdict(draft), ensure_ascii=False).encode("utf-8", "replace")


def _age(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def _read(data: bytes) -> Draft:
    found: Any = json.loads(data)
    typed = found.get("fields") if isinstance(found, dict) else None
    if not isinstance(typed, dict):
        raise BadFileError("that is no draft")
    words = {f.name: str(found.get(f.name, "")) for f in fields(Draft) if f.name != "fields"}
    pipeline = words.pop("pipeline")
    texts = {str(k): clean(str(v), limit=NOTE_LIMIT) for k, v in typed.items()}
    cleaned = {name: clean(word, limit=LINE_LIMIT) for name, word in words.items()}
    return Draft(**cleaned, pipeline=pipeline, fields=texts)
