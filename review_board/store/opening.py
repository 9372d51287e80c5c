"""What the data file and the ledger say together when a pipeline is opened."""

import os
import time
from dataclasses import dataclass, field

from review_board.errors import BadFileError, StoreError
from review_board.store import bulk, codec, files
from review_board.store.changes import apply_commit
from review_board.store.contents import SCHEMA, Contents, parse
from review_board.store.datafile import PipelineStorage, way_back
from review_board.store.ledger import Ledger, seq_of
from review_board.store.places import Places
from review_board.store.protocol import Commit, Tables

ATTEMPTS = 6
"""How often a file that is being replaced is read again before giving up."""

GRACE = 2
"""How often a file that is gone is looked for again: editors move the old one away first."""


@dataclass(slots=True)
class Opened:
    """A pipeline as read.

    ``settled``: file and ledger belong together, so a commit may simply be appended;
    ``commits``: what the ledger holds and the data file does not yet; ``replayed``: their bytes.
    """

    contents: Contents
    tables: Tables
    seq: int
    settled: bool
    replayed: int = 0
    commits: list[Commit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def open_pipeline(storage: PipelineStorage, ledger: Ledger) -> Opened:
    """Read file and ledger as one; raises ``BadFileError`` when that is not possible.

    Takes no lock: a file that was replaced or half written meanwhile is read again.
    """
    for attempt in range(ATTEMPTS):
        before = files.signature(storage.places.data)
        try:
            opened = _open_once(storage, ledger)
        except BadFileError:
            unchanged = files.signature(storage.places.data) == before
            if unchanged and (before is not None or attempt == GRACE):
                raise
        else:
            if files.signature(storage.places.data) == storage.seen:
                return opened
        time.sleep(0.01 * 2**attempt)
    raise StoreError(f"{storage.places.data} keeps changing while it is read", "try again")


def reason_not_to_write(places: Places, contents: Contents) -> str | None:
    """Why this pipeline can only be read, in words for a banner, or ``None``."""
    if contents.schema > SCHEMA:
        return (
            f"{places.data.name} was written by a newer version of review-board "
            f"(layout {contents.schema}, this one knows {SCHEMA})"
        )
    for path in (places.data, places.ledger, places.lock):
        if path.exists() and not os.access(path, os.W_OK):
            return f"{path.name} may not be written"
    if places.folder.exists() and not os.access(places.folder, os.W_OK | os.X_OK):
        return f"the folder {places.folder} may not be written"
    return None


def _open_once(storage: PipelineStorage, ledger: Ledger) -> Opened:
    raw = storage.read()
    contents = parse(storage.places, raw)
    records = ledger.read_since(contents.seq)
    if raw is None and (ledger.header is not None or storage.places.backup.exists()):
        raise BadFileError(
            f"{storage.places.data} is gone, what belongs to it is still there",
            way_back(storage.places, "move the rest away"),
        )
    opened = Opened(contents, contents.tables, contents.seq, settled=True)
    if ledger.header is None:
        _without_ledger(storage.places, opened)
    elif ledger.header.pipeline != contents.pipeline:
        opened.settled = False
        opened.notices.append(
            f"{storage.places.ledger.name} is the history of another pipeline: opened without it"
        )
    elif newer := _newest_checkpoint(ledger.header, records, contents.seq):
        opened.settled = False
        opened.notices.append(
            f"{storage.places.data.name} is an older copy (change {contents.seq}, the last one was "
            f"{newer}): opened as it is"
        )
    else:
        replay(storage.places, opened, records)
    return opened


def replay(places: Places, opened: Opened, records: list[codec.Record]) -> None:
    """Apply the commits the file does not hold; raises ``BadFileError`` when one is missing."""
    for record in records:
        if isinstance(record, codec.Mark | codec.Header):
            continue
        if seq_of(record) != opened.seq + 1:
            raise BadFileError(
                f"{places.ledger} goes on with change {seq_of(record)} after {opened.seq}: "
                "lines are missing; it was left as it is",
                f"{places.command('doctor --repair')} saves what can be saved",
            )
        commit = resolved(places, record)
        opened.tables = apply_commit(opened.tables, commit)
        opened.seq = commit.seq
        opened.replayed += rough_size(commit)
        opened.commits.append(commit)


def resolved(places: Places, record: Commit | codec.Deferred) -> Commit:
    """A commit with all its documents."""
    return bulk.read(places, record) if isinstance(record, codec.Deferred) else record


def rough_size(commit: Commit) -> int:
    """About how many bytes of ledger a commit takes, without looking into it."""
    return 300 * max(1, len(commit.docs))


def _without_ledger(places: Places, opened: Opened) -> None:
    opened.settled = False
    if opened.seq:
        opened.notices.append(f"{places.ledger.name} is missing: the history begins anew")


def _newest_checkpoint(header: codec.Header, records: list[codec.Record], seq: int) -> int | None:
    """The seq of a checkpoint later than the file, which proves the file an older copy."""
    later = [record.seq for record in records if isinstance(record, codec.Mark)]
    if header.base > seq:
        later.append(header.base)
    return max(later, default=None)
