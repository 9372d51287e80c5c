"""What the data file and the ledger say together when a pipeline is opened."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from review_board.errors import BadFileError, StoreError
from review_board.store import codec, files, side_files
from review_board.store.changes import apply_commit
from review_board.store.contents import SCHEMA, Contents
from review_board.store.datafile import PipelineStorage
from review_board.store.good_copies import way_back
from review_board.store.ledger import Ledger, read_note
from review_board.store.ledger_history import LastChange, missing, name_changes, numbered
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import Commit, Tables
from review_board.wording import plural

ATTEMPTS = 6
"""How often a file that is being replaced is read again before giving up."""

GRACE = 2
"""How often a file that is gone is looked for again: editors move the old one away first."""


@dataclass(slots=True)
class Opened:
    """A pipeline as read.

    ``is_joined``: file and ledger belong together, so a commit may simply be appended; ``lost_end``:
    the last change that was saved, when the ledger has lost its end since then; ``chain`` is the
    check value of the change ``seq``; ``commits``: what the ledger holds and the data file does not
    yet; ``bytes_ahead``: their bytes.
    """

    contents: Contents
    tables: Tables
    seq: int
    is_joined: bool
    chain: str = ""
    lost_end: LastChange | None = None
    bytes_ahead: int = 0
    commits: list[Commit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def top(self) -> LastChange | None:
        """Return where the history is walked back from, when that is not the end of the ledger."""
        return self.lost_end if self.is_joined else LastChange(self.seq, self.chain)


def open_pipeline(storage: PipelineStorage, ledger: Ledger) -> Opened:
    """Read file and ledger as one; raises ``BadFileError`` when that is not possible.

    Takes no lock: a file that was replaced or half written meanwhile is read again.
    """
    for attempt in range(ATTEMPTS):
        before = files.signature(storage.paths.data)
        try:
            opened = _open_once(storage, ledger)
        except BadFileError:
            unchanged = files.signature(storage.paths.data) == before
            if unchanged and (before is not None or attempt == GRACE):
                raise
        else:
            if files.signature(storage.paths.data) == storage.seen:
                return opened
        time.sleep(0.01 * 2**attempt)
    raise StoreError(f"{storage.paths.data} keeps changing while it is read", "try again")


def reason_not_to_write(paths: PipelinePaths, contents: Contents) -> str | None:
    """Say why this pipeline can only be read, in words for a banner; ``None`` when it can be written."""
    if contents.schema > SCHEMA:
        return (
            f"{paths.data.name} was written by a newer version of review-board "
            f"(layout {contents.schema}, this one knows {SCHEMA})"
        )
    for path in (paths.data, paths.ledger, paths.lock):
        if path.exists() and not os.access(path, os.W_OK):
            return f"{path.name} may not be written{_whose(path)}"
    if paths.folder.exists() and not os.access(paths.folder, os.W_OK | os.X_OK):
        return f"the folder {paths.folder} may not be written{_whose(paths.folder)}"
    return None


def _whose(path: Path) -> str:
    from review_board.store.logins import owner_of

    owner = owner_of(path)
    return f": it belongs to {owner.user}" if owner and not owner.is_ours else ""


def _open_once(storage: PipelineStorage, ledger: Ledger) -> Opened:
    found = storage.read_contents()
    contents = found or Contents()
    noted = read_note(storage.paths)
    lines = ledger.read_since(contents.seq)
    if found is None and (ledger.header is not None or storage.paths.backup.exists()):
        raise BadFileError(
            f"{storage.paths.data} is gone, what belongs to it is still there",
            way_back(storage.paths, "move the rest away"),
        )
    opened = Opened(contents, contents.tables, contents.seq, is_joined=True, chain=contents.chain)
    if ledger.header is None:
        opened.is_joined = False
        if opened.seq:
            what = f"{storage.paths.ledger.name} is missing: the history begins anew"
            opened.notices.append(what)
    elif ledger.header.pipeline != contents.pipeline:
        opened.is_joined = False
        opened.notices.append(
            f"{storage.paths.ledger.name} is the history of another pipeline: opened without it"
        )
    else:
        _go_on(storage.paths, opened, ledger, lines)
    if noted is not None and noted[0] == contents.pipeline:
        _look_for_end(storage.paths, opened, ledger, noted[1])
    return opened


def _look_for_end(paths: PipelinePaths, opened: Opened, ledger: Ledger, last: LastChange) -> None:
    """Say which changes the ledger held once and does not any more."""
    if ledger.header is not None and ledger.header.pipeline != opened.contents.pipeline:
        return
    end = max(ledger.last_seq, opened.contents.seq)
    if end < last.seq:
        what = f"lost its end: {numbered(end + 1, last.seq)}, saved once, "
        what += "is in no file" if last.seq == end + 1 else "are in no file"
    elif ledger.last_seq == last.seq > opened.contents.seq and ledger.chain != last.chain:
        what = f"was replaced: change {last.seq} is another one than was saved here"
    else:
        return
    opened.lost_end = last
    opened.notices.append(
        f"{paths.ledger.name} {what}; put a whole copy of it back if you have one"
        " (better before anything is changed)"
    )


def _go_on(
    paths: PipelinePaths, opened: Opened, ledger: Ledger, lines: list[codec.LedgerLine]
) -> None:
    """Apply what the ledger holds beyond the file, unless the file is no part of its history."""
    top = LastChange(opened.seq, opened.contents.chain)
    later = _after_adoption(lines, top)
    while later is None and lines and isinstance(lines[-1].record, codec.Adoption):
        lines.pop()  # of a writer that was killed before it wrote the data file: it does not count
        opened.is_joined = False
    if later is None and _goes_on_without(ledger, lines, top.seq):
        _older_copy(paths, opened, lines)
    elif later is None and (why := _is_unknown(ledger, lines, top)):
        opened.is_joined = False
        opened.notices.append(
            f"{paths.ledger.name} does not fit {paths.data.name}: {why}; opened without it, "
            f"{paths.command('doctor')} says what can be done"
        )
    elif later is None:
        base = ledger.base if ledger.base and ledger.base.seq == top.seq else None
        replay(paths, opened, lines, top.chain or (base.chain if base else ""))
    else:
        adoption, *rest = later
        opened.seq, opened.chain = adoption.seq, adoption.chain
        replay(paths, opened, rest, adoption.chain)


def _after_adoption(
    lines: list[codec.LedgerLine], top: LastChange
) -> list[codec.LedgerLine] | None:
    """Return the lines from the one on that makes the file, as it is, the beginning of the rest.

    Its writer was killed before it had written the data file anew.
    """
    for index in reversed(range(len(lines))):
        match lines[index].record:
            case codec.Adoption(after=after, origin=origin) if LastChange(after, origin) == top:
                return lines[index:]
            case codec.CheckpointMark() | codec.Adoption():
                return None
    return None


def replay(paths: PipelinePaths, opened: Opened, lines: list[codec.LedgerLine], chain: str) -> None:
    """Apply the commits the file does not hold; raises ``BadFileError`` when one is missing."""
    for line in lines:
        if not isinstance(line.record, Commit | codec.Deferred):
            continue
        if line.seq != opened.seq + 1:
            what = f"goes on with change {line.seq} after {opened.seq}: lines are missing"
            raise _broken(paths, what)
        if not line.follows(chain):
            raise _broken(paths, f"was altered: change {line.seq} does not follow {opened.seq}")
        commit = side_files.whole(paths, line.record)
        opened.tables = apply_commit(opened.tables, commit)
        opened.seq, opened.chain = commit.seq, line.chain
        chain = line.chain
        opened.bytes_ahead += rough_size(commit)
        opened.commits.append(commit)


def _broken(paths: PipelinePaths, what: str) -> BadFileError:
    return BadFileError(f"{paths.ledger} {what}; it was left as it is", paths.mending)


def rough_size(commit: Commit) -> int:
    """Return about how many bytes of ledger a commit takes, without looking into it."""
    return 300 * max(1, len(commit.docs))


def _goes_on_without(ledger: Ledger, lines: list[codec.LedgerLine], seq: int) -> bool:
    """Return whether a later file was written, which proves this one an older copy."""
    later = (line.record for line in lines)
    begun_later = ledger.header is not None and ledger.header.base > seq
    return begun_later or any(isinstance(r, codec.CheckpointMark | codec.Adoption) for r in later)


def _older_copy(paths: PipelinePaths, opened: Opened, lines: list[codec.LedgerLine]) -> None:
    """Name what is in no file, and the cure, before anything is written."""
    opened.is_joined = False
    changes = [line for line in lines if line.is_change]
    notice = f"{paths.data.name} is an older copy, it ends with change {opened.seq}"
    if changes:
        notice += f": {name_changes(changes)} {plural(len(changes), 'is', 'are')} not in it"
    opened.notices.append(
        f"{notice}; {paths.command('doctor --restore')} brings everything back"
        " (better before anything is changed)"
    )


def _is_unknown(ledger: Ledger, lines: list[codec.LedgerLine], top: LastChange) -> str:
    """Say why the file, as it stands, is no part of this history; empty when it is."""
    base = ledger.base
    if base is None or (lines and lines[0].follows(top.chain)):
        return ""
    if base.seq == top.seq and top.chain and base.chain != top.chain:
        return f"change {top.seq} is another one there"
    if base.seq < top.seq and not lines:
        return missing(base.seq + 1, top.seq)
    return ""
