"""Whether a pipeline is as it must be after whatever was done to it."""

import json
from pathlib import Path

from review_board.store.file_store import FileStore
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import PROSPECTS, Store
from tests.torture import scenarios
from tests.torture.scenarios import touch


def faults_of(path: Path, acknowledged: set[str], in_flight: set[str]) -> list[str]:
    """What is wrong, in words: every acknowledged token must be there once, of the others at most one."""
    found = _shape(path)
    store = FileStore(path)
    store.load()
    tokens = _tokens(store)
    if len(tokens) != len(set(tokens)):
        found.append(f"doubled: {tokens}")
    if missing := acknowledged - set(tokens):
        found.append(f"acknowledged and lost: {sorted(missing)}")
    extra = set(tokens) - acknowledged
    if len(extra) > 1 or not extra <= in_flight:
        found.append(f"never acknowledged, yet there: {sorted(extra)}")
    return found + _goes_on(path, store, set(tokens))


def history_faults(path: Path, tokens: set[str]) -> list[str]:
    """Whether each change is in the history once, in the ledger or in an archive."""
    store = FileStore(path)
    store.load()
    told = [commit.by for commit in store.history()]
    return [] if sorted(told) == sorted(tokens) else [f"the history holds {told}"]


def _goes_on(path: Path, store: FileStore, tokens: set[str]) -> list[str]:
    """The next writer must be able to work, to read everything back, and to sweep up."""
    touch(store, "next")
    store.checkpoint()
    again = FileStore(path)
    notices = again.load().notices
    found = [f"notice: {notice}" for notice in notices]
    if set(_tokens(again)) != tokens | {"next"} or again.tables != store.tables:
        found.append("the next writer's work is not read back")
    actions = [commit.by for commit in again.history()]
    if len(actions) != len(set(actions)):
        found.append(f"a change stands twice in the history: {actions}")
    return found + _shape(path) + _litter(path)


def _tokens(store: Store) -> list[str]:
    table = store.tables[PROSPECTS]
    return [item["id"] for document in table.values() for item in document.get("touches", ())]


def _shape(path: Path) -> list[str]:
    """A data file is JSON that TinyDB understands, at all times."""
    if not path.exists():
        return []
    try:
        tables = json.loads(path.read_bytes())
        bad = [
            key
            for table in tables.values()
            for key, doc in table.items()
            if not (key.isdigit() and doc == dict(doc))
        ]
    except (ValueError, AttributeError, TypeError) as error:
        return [f"not a TinyDB file: {error}"]
    return [f"not a TinyDB file: key {key}" for key in bad]


def _litter(path: Path) -> list[str]:
    paths = PipelinePaths(path)
    ledger = paths.ledger.read_text()
    known = {place.name for place in (path, paths.backup, paths.ledger, paths.lock)}
    beside = {scenarios.OTHER, Path(scenarios.PIPELINE).name} - {path.name}
    names = [entry.name for entry in path.parent.iterdir() if not _is_kept(entry.name)]
    strays = [n for n in names if n not in known and not n.startswith(tuple(beside))]
    return [f"litter: {name}" for name in strays if name not in ledger]


def _is_kept(name: str) -> bool:
    """Whether a file is there for good: set aside as damaged, or dated."""
    return any(kind in name for kind in (".damaged-", ".backup-", ".archive-"))
