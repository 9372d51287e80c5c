"""The folder or a file of an open pipeline goes away at each file call, and comes back."""

import itertools
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from review_board.store import repairs
from review_board.store.file_store import FileStore
from tests.torture.faults import Faults
from tests.torture.judge import faults_of
from tests.torture.scenarios import LARGE, PIPELINE, Say, done, touch

NAME = "vanishing"
AWAY = "away"
BACK = ("back-1", "back-2")
"""The changes that must be saved once everything is back."""

real_rename, real_mkdir = os.rename, os.mkdir


def _move_folder(path: Path) -> None:
    real_rename(path.parent, path.parent.with_name(AWAY))


def _empty_folder(path: Path) -> None:
    _move_folder(path)
    real_mkdir(path.parent)


def _move_file(path: Path) -> None:
    real_rename(path, path.parent.with_name(AWAY))


KINDS: dict[str, Callable[[Path], None]] = {
    "folder moved": _move_folder,
    "folder replaced by an empty one": _empty_folder,
    "folder removed": lambda path: shutil.rmtree(path.parent),
    "file moved": _move_file,
    "file removed": lambda path: path.unlink(),
}


class Vanishing(Faults):
    """Takes folder or file away once, before the n-th call after the pipeline was opened."""

    def __init__(self, kind: str, at: int, home: Path) -> None:
        super().__init__(kind, at)
        self.kind = kind
        self._path = home / PIPELINE
        self._is_open = False

    def opened(self) -> None:
        """Count from here."""
        self._is_open, self._numbers = True, itertools.count(1)

    def over(self) -> int:
        """Strike no more; gives how often it could."""
        self._at = 0
        return self.calls

    def _strike(self, name: str, args: tuple[Any, ...], *, first: bool) -> None:
        if self._is_open and not self.struck:
            self.struck = name
            if self._path.exists():
                KINDS[self._kind](self._path)


def run(home: Path, say: Say, leaving: Vanishing) -> None:
    """Two have the pipeline open and go on working while it is away; then it comes back."""
    path = home / PIPELINE
    one, two = (FileStore(path, patience=0.1) for _ in range(2))
    one.load()
    two.load()
    leaving.opened()
    _change(one, "a", say)
    done("file", two.catch_up, say)
    _change(one, "b", say, LARGE)
    done("file", one.checkpoint, say)
    done("file", two.catch_up, say)
    _change(two, "c", say)
    done("file", two.checkpoint, say)
    done("file", one.close, say)
    calls = leaving.over()
    for name in restore_changes(path, leaving.kind):
        say(f"created {name}")
    if path.exists():
        for token, store in zip(BACK, (one, two), strict=True):
            _change(store, token, say)
    say(f"calls {calls}")


def _change(store: FileStore, token: str, say: Say, note: str = "") -> None:
    say(f"try {token}")
    if done(token, partial(touch, store, token, note=note), say):
        say(f"ack {token}")


def restore_changes(path: Path, kind: str) -> list[str]:
    """Put back what was moved away; gives what was created in its place meanwhile."""
    away = path.parent.with_name(AWAY)
    created = []
    if kind.startswith("folder") and (away.exists() or not path.exists()) and path.parent.exists():
        created = [entry.name for entry in path.parent.iterdir()]
        shutil.rmtree(path.parent)
    if away.is_dir():
        real_rename(away, path.parent)
    elif away.exists() and not path.exists():
        real_rename(away, path)
    return created


def defects(
    path: Path,
    kind: str,
    created: list[str],
    told: list[str],
    acknowledged: set[str],
    open_: set[str],
) -> list[str]:
    """What is wrong: created elsewhere, lost, refused for ever, or told in unclear words."""
    found = [f"created while it was away: {name}" for name in created]
    found += [f"unclear words: {words}" for words in told if "Errno" in words or "; " not in words]
    if kind == "folder removed":
        return found
    if kind == "file removed" and not path.exists():
        repairs.restore(path)
    elif missing := {*BACK} - acknowledged:
        found.append(f"refused when it was back: {sorted(missing)}")
    return found + faults_of(path, acknowledged, open_)
