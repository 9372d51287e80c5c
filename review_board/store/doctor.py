"""Finding out what is wrong with a pipeline's files; ``repairs`` does something about it."""

import json
import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from review_board import private_files
from review_board.errors import BadFileError, StoreError
from review_board.input_files import kind_of
from review_board.store import archive, files
from review_board.store.backups import newest_first
from review_board.store.datafile import PipelineStorage
from review_board.store.file_lines import sound_end
from review_board.store.forgotten import unfinished
from review_board.store.good_copies import read_copy
from review_board.store.ledger import Ledger
from review_board.store.ledger_history import left_out, name_changes, walk_back
from review_board.store.ledger_survey import checked_lines, header_of
from review_board.store.old_file_names import paths_of
from review_board.store.open_pipeline import open_pipeline
from review_board.store.paths import BULK, PipelinePaths
from review_board.store.protocol import META, SESSIONS
from review_board.store.side_files import leftovers, named_in
from review_board.wording import several


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing seen (or done) in a pipeline's files; a ``bad`` one keeps it from being used."""

    weight: Literal["good", "odd", "bad"]
    where: str
    what: str
    cure: str = ""


def examine(path: str | os.PathLike[str]) -> list[Problem]:
    """Return everything worth saying about a pipeline's files; change nothing and take no lock."""
    paths = paths_of(path)
    files_looked_at = _at_lock, _at_data, _at_ledger, _at_both, _at_history, _at_archives
    looks = *files_looked_at, _at_folder, _at_whole
    findings = (finding for look in looks for finding in _until_stopped(look(paths), paths))
    return list(dict.fromkeys(findings))


def exposed(paths: PipelinePaths) -> Iterator[Path]:
    """Yield the files that others on this machine may read or write."""
    allowed = private_files.private_mode(paths.folder)
    for path in sorted(paths.folder.iterdir()):
        if paths.is_ours(path.name):
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode) and stat.S_IMODE(mode) & ~allowed & 0o077:
                yield path


def _until_stopped(findings: Iterator[Problem], paths: PipelinePaths) -> Iterator[Problem]:
    """Yield the findings, and whatever stops the look itself as the last one."""
    try:
        with files.explain_errors(paths.folder, "examined"):
            yield from findings
    except StoreError as error:
        yield Problem("bad", paths.data.name, error.message, error.cure)


def _at_lock(paths: PipelinePaths) -> Iterator[Problem]:
    """Look for what keeps every writer out, and ``--repair`` too."""
    if os.path.lexists(paths.lock) and (kind := kind_of(paths.lock.lstat())):
        yield Problem(
            "bad", paths.lock.name, f"is a {kind}, not a file: nothing can be saved", "remove it"
        )


def _at_data(paths: PipelinePaths) -> Iterator[Problem]:
    name = paths.data.name
    contents = PipelineStorage(paths).read_contents()
    if contents is None:
        yield Problem("odd", name, "does not exist (yet)")
        return
    named = {SESSIONS: "reviews"}
    counts = ", ".join(
        several(len(table), named.get(title, title).removesuffix("s"), named.get(title, title))
        for title, table in contents.tables.items()
        if title != META
    )
    yield Problem("good", name, f"up to change {contents.seq}: {counts}")
    for title in contents.foreign:
        yield Problem("odd", name, f"the table {title!r} is not ours and is carried along")
    for key in _repeated_keys(paths.data):
        yield Problem("odd", name, f"the key {key!r} stands twice in one object; the last counts")


def _at_ledger(paths: PipelinePaths) -> Iterator[Problem]:
    name, last, commits = paths.ledger.name, 0, 0
    if files.signature(paths.ledger) is None:
        yield Problem("odd", name, "does not exist: no history")
        return
    for number, line, fault in checked_lines(paths):
        if fault:
            yield Problem("bad", name, f"line {number}: {fault}", _repair(paths))
            continue
        commits += line.is_change
        last = max(last, line.seq)
    yield Problem("good", name, f"{several(commits, 'change')}, up to change {last}")
    with files.opened(paths.ledger, os.O_RDONLY) as fd:
        size = os.fstat(fd).st_size
        torn = size - sound_end(fd, size)
    if torn:
        yield Problem(
            "odd",
            name,
            f"{several(torn, 'byte')} of a change that was never acknowledged",
            _repair(paths),
        )


def _at_both(paths: PipelinePaths) -> Iterator[Problem]:
    opened = open_pipeline(PipelineStorage(paths), Ledger(paths))
    for notice in opened.notices:
        yield Problem("odd", paths.data.name, notice)
    if unfinished(opened.tables):
        what = "somebody who was forgotten may still stand in some file"
        yield Problem("odd", paths.data.name, what, "any command but doctor finishes that")
    ahead = opened.seq - opened.contents.seq
    if ahead:
        yield Problem(
            "good", paths.ledger.name, f"{several(ahead, 'change')} ahead of the data file"
        )


def _at_history(paths: PipelinePaths) -> Iterator[Problem]:
    """Tell where lines of the history are missing or altered, and changes that are in no file."""
    if files.signature(paths.ledger) is None:
        return
    ledger = Ledger(paths)
    opened = open_pipeline(PipelineStorage(paths), ledger)
    try:
        gaps = [gap for _, _, gap in walk_back(ledger.all_lines(), opened.top) if gap]
    except BadFileError:
        return  # ledger and archives are looked at one by one, and named
    for gap in gaps:
        cure = (
            f"put a whole copy of {paths.ledger.name} back if you have one; else undo stops there"
        )
        yield Problem("odd", paths.ledger.name, gap, cure)
    if opened.is_joined and (lost := left_out(ledger.backwards())):
        what = f"{name_changes(lost)}: in no file, the pipeline went on from an older copy"
        cure = f"{paths.command('doctor --restore')} brings back what does not conflict"
        yield Problem("odd", paths.ledger.name, what, cure)


def _at_folder(paths: PipelinePaths) -> Iterator[Problem]:
    if not paths.folder.is_dir():
        return
    if paths.backup.exists():
        try:
            copy = read_copy(paths.backup)
            yield Problem("good", paths.backup.name, f"a good copy, from change {copy.seq}")
        except StoreError as error:
            yield Problem("odd", paths.backup.name, f"no good copy: {error.message}")
    if dated := newest_first(paths):
        what = f"{several(len(dated), 'dated backup')}, this is the newest"
        yield Problem("good", dated[0].name, what)
    for name in leftovers(paths):
        yield Problem(
            "odd", name, "left over from a writer that was killed, or in use", _repair(paths)
        )
    for path in exposed(paths):
        yield Problem("odd", path.name, "others on this machine may read it", _repair(paths))


def _at_archives(paths: PipelinePaths) -> Iterator[Problem]:
    """Read older history to its end; it must lead down from the first line of the ledger."""
    if not paths.folder.is_dir():
        return
    header, ends = header_of(paths), set()
    for path in paths.archives():
        try:
            label = archive.label_of(path)
            for _ in archive.lines_of(path):
                pass
        except StoreError as error:
            yield Problem("odd", path.name, error.message, error.cure)
            continue
        ends.add((label.pipeline, label.last, label.chain))
        if header is not None and (label.pipeline != header.pipeline or label.last > header.base):
            what = "left over from an interrupted compaction, or another pipeline's history"
            yield Problem("odd", path.name, what, paths.command("doctor --compact"))
        else:
            yield Problem("good", path.name, f"history, changes {label.after + 1} to {label.last}")
    if header and header.base and (header.pipeline, header.base, header.chain) not in ends:
        what = f"begins after change {header.base}, and no archive here holds what was before"
        yield Problem("odd", paths.ledger.name, what, "put the archive back if there is one")


def _at_whole(paths: PipelinePaths) -> Iterator[Problem]:
    """Name what a backup must hold; without the ledger's side files its large changes are lost."""
    if files.signature(paths.data) is None or files.signature(paths.ledger) is None:
        return
    large = {path.name for path in paths.folder.iterdir() if BULK.fullmatch(path.name)}
    parts = [paths.data.name, paths.ledger.name, *sorted(named_in(paths.ledger, large))]
    parts += [path.name for path in paths.archives()]
    yield Problem("good", "backup", f"copy these together: {', '.join(parts)}")


def _repeated_keys(path: Path) -> list[str]:
    """Return keys that stand twice in one object, of which every JSON reader drops all but the last."""
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(key for key, count in Counter(k for k, _ in pairs).items() if count > 1)
        return dict(pairs)

    json.loads(files.read_whole(path)[0].decode("utf-8-sig"), object_pairs_hook=note)
    return found


def _repair(paths: PipelinePaths) -> str:
    return paths.command("doctor --repair")
