"""What a tortured process does: a few changes, each a touch with a token of its own."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from review_board.errors import StoreError
from review_board.store import compacting, repairs, side_files
from review_board.store.changes import change_between
from review_board.store.file_store import FileStore
from review_board.store.forgotten import FORGOTTEN, changes_to_remove
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import META, PROSPECTS, Commit

PIPELINE = "folder/pipeline.json"
OTHER = "pipeline.old"
Say = Callable[[str], None]
Step = Callable[[FileStore], object]

side_files.LARGE = 4096  # a large commit need not be large to go the same way


def touch(
    store: FileStore,
    token: str,
    identity: str = "p-1",
    note: str = "",
    day: str = "2026-01-01",
    via: str = "torture",
) -> None:
    """Commit a touch named by the token."""
    before = store.tables[PROSPECTS].get(identity)
    touches = before["touches"] if before else []
    after = {**(before or {"name": identity}), "touches": [*touches, {"id": token, "note": note}]}
    change = change_between(PROSPECTS, identity, before, after)
    store.commit(Commit("touch", token, f"{day}T12:00:00Z", via, (change,)))


def _touch(token: str, note: str = "", **how: str) -> tuple[str, Step]:
    return token, lambda store: touch(store, token, note=note, **how)


def _touch_other(token: str) -> tuple[str, Step]:
    """A change in the file beside, which differs in its ending alone."""

    def step(store: FileStore) -> None:
        other = FileStore(store.path.with_name(OTHER), patience=0.1)
        other.load()
        touch(other, token)
        other.close()

    return token, step


CHECKPOINT: tuple[str, Step] = "", FileStore.checkpoint
CLOSE: tuple[str, Step] = "", FileStore.close
LARGE = "x" * 9000

SCENARIOS: dict[str, list[tuple[str, Step]]] = {
    "commit": [_touch("a"), _touch("b"), _touch("c")],
    "bulk": [_touch("a", LARGE), _touch("b"), CHECKPOINT],
    "checkpoint": [_touch("a"), CHECKPOINT, _touch("b"), CLOSE],
    "first": [_touch("a"), _touch("b"), CLOSE],
    "backup": [_touch("a", day="2026-01-02"), _touch("b", day="2026-01-02", via="import")],
    "older copy": [_touch("a"), _touch("b"), CLOSE],
    "plain file": [_touch("a"), CHECKPOINT, _touch("b")],
    "first layout": [_touch("a"), _touch("b"), CHECKPOINT],
    "two stems": [
        _touch("a"),
        _touch_other("other-a"),
        _touch("b"),
        _touch_other("other-b"),
        CLOSE,
    ],
}


MENDINGS: dict[str, Callable[[Path], object]] = {
    "repair": repairs.repair,
    "repair with a gap": repairs.repair,
    "restore": repairs.restore,
    "compact": lambda path: compacting.compact(path, date(2026, 11, 29), 6),
    "restore a copy": lambda path: repairs.restore(path, path.parent.with_name("copy")),
}
"""What is done to a pipeline that is damaged or long; done once more, it must find everything."""


SECRET = "of a secret kind"
"""What stands in no file once its prospect was forgotten."""


def _forget(path: Path) -> None:
    """Forget the prospect ``p-9``, or finish that."""
    store = FileStore(path, patience=0.1)
    store.load()
    if "p-9" in store.tables[PROSPECTS]:
        entry = {"at": "2026-01-01T00:00:00Z", "by": "ann"}
        noted = change_between(META, FORGOTTEN, None, {"people": {"p-9": entry}})
        docs = (*changes_to_remove(store.tables, "p-9"), noted)
        store.commit(Commit("forgot", "forget", entry["at"], "forget", docs))
    store.erase_forgotten()


REPEATED = {**MENDINGS, "forget": _forget}
"""What finishes its work when it is done once more."""


def prepare(name: str, home: Path) -> set[str]:
    """Make the pipeline that a scenario starts from; returns the tokens it holds."""
    path = home / PIPELINE
    if name == "first":
        return set()
    path.parent.mkdir()
    if name == "plain file":
        path.write_text('{"prospects": {"1": {"id": "p-1", "touches": []}}, "x": {"1": {}}}')
        return set()
    if name == "first layout":
        return _first_layout(path)
    if name == "two stems":
        held = _first_layout(path)
        shutil.copy(path, path.with_name(OTHER))
        return held
    store = FileStore(path)
    store.load()
    touch(store, "old-1")
    store.checkpoint()
    if name == "older copy":
        shutil.copy(path, home / "copy")
        touch(store, "old-2")
        store.checkpoint()
        (home / "copy").replace(path)
        return {"old-1"}
    touch(store, "old-2", note=LARGE)
    if name in MENDINGS:
        return _damage(name, store, home)
    if name == "forget":
        touch(store, "gone-1", "p-9", SECRET)
        store.checkpoint()
        touch(store, "gone-2", "p-9", SECRET + LARGE)
        store.checkpoint()
        touch(store, "old-3")
        touch(store, "gone-3", "p-9", SECRET)
        store.path.with_name("pipeline.json.damaged-0123456789abcdef").write_text(SECRET + "p-9")
        return {"old-1", "old-2", "old-3"}
    return {"old-1", "old-2"}


def _damage(name: str, store: FileStore, home: Path) -> set[str]:
    """Spoil data file or ledger; returns the tokens that can still be there."""
    if name == "restore a copy":
        shutil.copy(store.path, home / "copy")
    store.checkpoint()
    touch(store, "old-3")
    touch(store, "old-4")
    paths = PipelinePaths(store.path)
    paths.temporary().write_text("left over")
    if name == "compact":
        touch(store, "young", day="2026-11-01")
        store.checkpoint()
        touch(store, "younger", day="2026-11-02")
        store.checkpoint()
        return {"old-1", "old-2", "old-3", "old-4", "young", "younger"}
    if name.startswith("restore"):
        store.path.write_text("{ damaged")
        return {"old-1"} if name == "restore a copy" else {"old-1", "old-2", "old-3", "old-4"}
    lines = paths.ledger.read_bytes().splitlines(keepends=True)
    lost = b'"old-3"' if name == "repair with a gap" else b'"old-1"'
    kept = [b"damaged\n" if b'"by":' + lost in line else line for line in lines]
    paths.ledger.write_bytes(b"".join(kept))
    store.path.chmod(0o644)
    gone = {"old-3"} if name == "repair with a gap" else set()
    return {"old-1", "old-2", "old-3", "old-4"} - gone


def _first_layout(path: Path) -> set[str]:
    """A data file and a ledger that is one change ahead, as the first layout had them."""
    frame = {"at": "2026-01-01T00:00:00Z", "via": "torture", "action": "touch"}
    lines: list[dict[str, object]] = [{"ledger": 1, "pipeline": "ab", "base": 0, "empty": False}]
    for seq, token in enumerate(("old-1", "old-2"), 1):
        new = {f"touches/{token}": {"id": token}}
        docs = [{"table": PROSPECTS, "id": "p-1", "rev": 0, "before": {}, "after": new}]
        lines.append({"seq": seq, **frame, "by": token, "docs": docs})
    ledger = "".join(f"{json.dumps(line)}\n" for line in lines)
    path.with_name("pipeline.ledger.jsonl").write_text(ledger)
    known = {"id": "p-1", "rev": 1, "touches": [{"id": "old-1"}]}
    meta = {"id": "meta", "rev": 0, "schema": 1, "seq": 1, "pipeline": "ab"}
    path.write_text(json.dumps({PROSPECTS: {"1": known}, "meta": {"1": meta}}))
    return {"old-1", "old-2"}


def run(name: str, home: Path, say: Say) -> None:
    """Do the steps, telling before and after each change; a refusal is told and lived with."""
    if name in REPEATED:
        done("file", partial(REPEATED[name], home / PIPELINE), say)
        return
    store = FileStore(home / PIPELINE, patience=0.1)
    if not done("load", store.load, say):
        return
    for token, step in SCENARIOS[name]:
        if token:
            say(f"try {token}")
        if done(token or "file", partial(step, store), say) and token:
            say(f"ack {token}")


def done(what: str, step: Callable[[], object], say: Say) -> bool:
    """Do a step; a refusal is told with its words, and gives False."""
    try:
        step()
    except StoreError as error:
        say(f"refused {what}")
        say(f"because {error}")
        return False
    return True
