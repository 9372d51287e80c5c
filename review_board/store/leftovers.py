"""Removing what a writer left behind when it was killed half way."""

import os
from pathlib import Path

from review_board import private_files
from review_board.store import files
from review_board.store.file_lines import lines_backwards, sound_end
from review_board.store.paths import DAMAGED, PipelinePaths


def leftovers(paths: PipelinePaths, since: int = 0) -> list[str]:
    """Return base names of temporary files, and of side files that no line of a ledger here names.

    Side files of changes up to ``since`` are passed over, so that little is read. Only to be
    believed under the lock: no other writer is then half way through.
    """
    names = [path.name for path in paths.folder.iterdir()]
    temporary = [name for name in names if paths.is_temporary(name)]
    large = {name for name in names if paths.bulk_seq(name) > since}
    unnamed = large - named_in(paths.ledger, large)
    for other in ledgers_in(paths.folder) if unnamed else ():
        unnamed -= named_in(other, unnamed)  # of a copy, a renamed pipeline, or kept as damaged
    return temporary + sorted(unnamed)


def ledgers_in(folder: Path) -> list[Path]:
    """Return all ledgers in a folder, those that are kept as damaged included."""
    return [p for p in folder.iterdir() if DAMAGED.sub("", p.name).endswith(".ledger.jsonl")]


def remove_leftovers(paths: PipelinePaths, since: int) -> None:
    """Remove the leftovers; the caller holds the lock."""
    with files.explain_errors(paths.folder, "read"):
        found = leftovers(paths, since)
    for name in found:
        private_files.remove(paths.folder / name)


def named_in(ledger: Path, large: set[str]) -> set[str]:
    """Return which of the side files the ledger names; read no more lines than it takes."""
    if not large or files.signature(ledger) is None:
        return set()
    missing, named = {name.encode() for name in large}, set[bytes]()
    with files.opened(ledger, os.O_RDONLY) as fd:
        for _, line in lines_backwards(fd, sound_end(fd, os.fstat(fd).st_size)):
            if b'"bulk"' in line:
                named |= {name for name in missing if name in line}
                missing -= named
            if not missing:
                break
    return {name.decode() for name in named}
