"""Good copies of a data file: which one there is, and the way back to it when the file is bad."""

import os
import shlex
from pathlib import Path

from review_board.errors import BadFileError, StoreError
from review_board.store import backups, files
from review_board.store.contents import Contents, parse
from review_board.store.ledger_survey import header_of
from review_board.store.paths import PipelinePaths
from review_board.store.strict_json import kind_of_list, understand

NAME_ONE = "name a good copy of the pipeline"


def read_copy(copy: Path) -> Contents:
    """Return the contents of a copy of a pipeline; raise ``BadFileError`` unless it is a good one."""
    path = PipelinePaths.of(copy).data
    try:
        with files.explain_errors(path, "read"):
            data, _ = files.read_whole(path)
        return parse(understand(data))
    except ValueError as error:
        raise BadFileError(f"{path} {error}; it was left as it is", NAME_ONE) from error
    except StoreError as error:
        if not files.is_missing(error):
            raise
        raise BadFileError(f"{copy} does not exist", NAME_ONE) from error


def good_copy(paths: PipelinePaths) -> tuple[str, Contents]:
    """Return the name and the contents of the newest backup.

    Where there is none, the ledger of a pipeline that was born with it will do. Raises
    ``BadFileError`` without a good one.
    """
    why: StoreError = BadFileError(f"there is no {paths.backup}", NAME_ONE)
    with files.explain_errors(paths.folder, "read"):
        candidates = [paths.backup, *backups.newest_first(paths)]
    for copy in candidates:
        if os.path.lexists(copy):
            try:
                return copy.name, read_copy(copy)
            except BadFileError as error:
                why = error
    header = header_of(paths)
    if header is None or not header.empty:
        raise why
    return paths.ledger.name, Contents(pipeline=header.pipeline)


def restorable(paths: PipelinePaths) -> str | None:
    """Return the name of what ``restore`` takes without being given a copy, or ``None``."""
    try:
        return good_copy(paths)[0]
    except (StoreError, OSError):
        return None


def damaged(paths: PipelinePaths, why: str) -> BadFileError:
    """Return the error for a data file that cannot be used, with the way back."""
    return BadFileError(f"{paths.data} {why}; it was left as it is", way_back(paths))


def gone(paths: PipelinePaths) -> BadFileError:
    """Return the error for a data file that is not there, although something of it may be."""
    if files.signature(paths.ledger) is None and files.signature(paths.backup) is None:
        return BadFileError(f"{paths.data} does not exist", "see whether the name is right")
    return damaged(paths, "does not exist")


def no_tables(paths: PipelinePaths, data: bytes, why: str) -> BadFileError:
    """Return the error for a file that is not even JSON tables; a list, an export or a sample is called one."""
    kind, command = kind_of_list(data)
    if not kind or restorable(paths):
        return damaged(paths, why)
    takes = f"`review-board import {shlex.quote(str(paths.data))}` takes it into your pipeline"
    opens = f"`review-board {command}` opens a copy, dated around today"
    return BadFileError(
        f"{paths.data} {kind}, not a pipeline; it was left as it is",
        takes if command == "import" else opens,
    )


def way_back(paths: PipelinePaths, anew: str = "move it away") -> str:
    """Say what to do about a data file that cannot be used: restore it only when that can work."""
    copy = restorable(paths)
    if copy == paths.backup.name:
        restore = paths.command("doctor --restore")
        return f"the last good copy is {copy}; {restore} brings the pipeline back"
    if copy:
        return f"{paths.command('doctor --restore')} brings the pipeline back from {copy}"
    named = paths.command("doctor --restore COPY")
    return f"no good copy is beside it: {named} takes one of yours; to begin anew, {anew}"
