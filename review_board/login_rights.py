"""What a login may do outside the pipeline: a restricted one reaches no shell, and files of one folder alone."""

import os
from dataclasses import dataclass
from pathlib import Path

from review_board.errors import RefusedError

OUTSIDE = frozenset({"suspend_process", "screenshot", "open_pipeline", "sample"})
"""Actions of the screens that lead out of the pipeline."""
WITH_FILES = frozenset({"import", "write_report"})
"""Actions of the screens that read or write a file that is named there."""
LONGEST = 100
"""Letters of a name that a restricted login may give."""


@dataclass(frozen=True, slots=True)
class LoginRights:
    """What the login may do; by default everything that its owner may.

    A restricted login gets no shell and no paths. ``folder`` is where it finds lists and writes
    reports, by their bare names; ``None`` means nowhere.
    """

    is_restricted: bool = False
    folder: Path | None = None

    @property
    def may_use_shell(self) -> bool:
        """Return whether editor, shell and other programs may be started."""
        return not self.is_restricted

    def offers(self, action: str) -> bool:
        """Return whether an action of the screens, as a binding names it, leads anywhere."""
        name = action.partition("(")[0].rpartition(".")[2]
        if name in WITH_FILES:
            return not self.is_restricted or self.folder is not None
        return not self.is_restricted or name not in OUTSIDE

    def files_in(self, usual: Path) -> Path:
        """Return the folder in which names are looked for; raise ``RefusedError`` where there is none."""
        if not self.is_restricted:
            return usual
        if self.folder is None:
            raise RefusedError(
                "This login reads and writes no files",
                "restricted.folder in the settings names a place",
            )
        return self.folder

    def may_list(self, typed: str) -> bool:
        """Return whether names that go on with what is typed may be shown."""
        return not self.is_restricted or "/" not in typed

    def file_named(self, typed: str, usual: Path) -> Path:
        """Return the file that is meant; raise ``RefusedError`` for one that may not be named.

        A relative path begins at ``usual``. In a restricted login only a bare name will do, and
        a link in the folder, which might lead out of it, is not followed.
        """
        folder = self.files_in(usual)
        if not self.is_restricted:
            return whole_path(typed, folder)
        if not is_bare_name(typed):
            raise RefusedError("Only the bare name of a file will do here")
        path = folder / typed
        if os.path.islink(path):  # noqa: PTH114 - says no of a name that is too long
            raise RefusedError(f"{typed} is a link, and links are not followed here")
        return path


def whole_path(typed: str, start: Path) -> Path:
    """Return the path that is meant; a relative one begins at ``start``."""
    try:
        return start / Path(typed).expanduser()
    except RuntimeError:  # ~nobody
        return start / typed


def is_bare_name(typed: str) -> bool:
    """Return whether this is the plain name of a file: no path, no hidden file, no option."""
    return (
        0 < len(typed) <= LONGEST
        and typed.isprintable()
        and "/" not in typed
        and not typed.startswith((".", "-", "~", " "))
    )
