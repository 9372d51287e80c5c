"""What remains of changes and documents once prospects were forgotten; pure.

The document ``forgotten`` of the table ``meta`` says who was, with nothing about them but salted
hashes where they asked not to be contacted.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from review_board.store.changes import change_between
from review_board.store.pointers import escape
from review_board.store.protocol import META, PROSPECTS, SESSIONS, Commit, DocumentChange, Tables

FORGOTTEN = "forgotten"
ERASED = "erased"
"""What a change about them is called from then on."""


def forgotten(tables: Tables) -> dict[str, Any]:
    """Return by prospect id what is kept about each that was forgotten."""
    people = tables.get(META, {}).get(FORGOTTEN, {}).get("people")
    return people if isinstance(people, dict) else {}


def unfinished(tables: Tables) -> frozenset[str]:
    """Return the forgotten prospects that may still stand in some file."""
    return frozenset(key for key, entry in forgotten(tables).items() if not entry.get("erased"))


def changes_to_remove(tables: Tables, prospect_id: str) -> Iterator[DocumentChange]:
    """Yield the changes that take a prospect out, without saying what stood there."""
    document = tables[PROSPECTS][prospect_id]
    yield replace(change_between(PROSPECTS, prospect_id, document, None), before={})
    for session_id, session in tables.get(SESSIONS, {}).items():
        cleaned = erased_document(SESSIONS, session, {prospect_id})
        if cleaned != session:
            yield replace(change_between(SESSIONS, session_id, session, cleaned), before={})


def finished(tables: Tables, ids: Collection[str]) -> Commit:
    """Return the draft that says that they stand in no file any more.

    It is the act of who asked for it last, through their login, whoever's command came to the end.
    """
    people = forgotten(tables)
    before = {f"people/{escape(key)}": people[key] for key in ids}
    after = {pointer: {**entry, "erased": True} for pointer, entry in before.items()}
    last = max(before.values(), key=lambda entry: str(entry.get("at")))
    change = DocumentChange(META, FORGOTTEN, before, after)
    done, by, at = "erased it from every file", last["by"], last["at"]
    return Commit(done, by, at, "forget", (change,), login=last.get("login"))


def erased_docs(docs: list[dict[str, Any]], ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the ``docs`` of a line without what they say about these prospects."""
    kept = []
    for doc in docs:
        before, after = doc["before"], doc["after"]
        if doc["table"] == PROSPECTS and doc["id"] in ids:
            kept += [doc] if _is_bare(doc) else []
        elif doc["table"] == SESSIONS:
            kept.append({**doc, "before": _cleaned(before, ids), "after": _cleaned(after, ids)})
        else:
            kept.append(doc)
    return kept


def erased_commit(commit: Commit, ids: Collection[str]) -> Commit:
    """Return the commit without what it says about these prospects."""
    docs = tuple(
        replace(c, before=_cleaned(c.before, ids), after=_cleaned(c.after, ids))
        if c.table == SESSIONS
        else c
        for c in commit.docs
        if c.table != PROSPECTS or c.id not in ids or (c.deletes and not c.before)
    )
    return commit if docs == commit.docs else replace(commit, docs=docs)


def erased_action(
    action: str, docs: list[dict[str, Any]], names: Collection[str], ids: Collection[str]
) -> str:
    """Return what a change is called: nothing that names them."""
    prospects = [doc for doc in docs if doc["table"] == PROSPECTS]
    about = [doc for doc in prospects if doc["id"] in ids and not _is_bare(doc)]
    if not about:
        return action
    is_named = any(name.casefold() in action.casefold() for name in names)
    return ERASED if is_named or len(about) == len(prospects) else action


def _is_bare(doc: Mapping[str, Any]) -> bool:
    """Return whether it takes a document away without saying what was in it."""
    return bool(doc.get("deletes")) and not doc["before"]


def erased_document(table: str, document: Mapping[str, Any], ids: Collection[str]) -> Any:
    """Return a document of a data file without them; ``None``: it is one of them."""
    if table == PROSPECTS and document.get("id") in ids:
        return None
    return _cleaned(document, ids) if table == SESSIONS else document


def _cleaned(fields: Mapping[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """Return what a session says, without the marks and words about these prospects."""
    ends = tuple(f"/{escape(key)}" for key in ids)
    return {
        name: _without(value, ids)
        for name, value in fields.items()
        if name not in ids and not name.endswith(ends)
    }


def _without(value: Any, ids: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(part, ids) for key, part in value.items() if key not in ids}
    return [_without(part, ids) for part in value] if isinstance(value, list) else value
