"""Forgetting a prospect on demand: erased from every file, for ever.

What stays is that somebody was forgotten, by whom and when; and, where they asked not to be
contacted, salted hashes of name, company, email and phone, so that adding them again can be warned
about.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from review_board.board.undo import FORGET
from review_board.pipeline.company_names import core_name
from review_board.pipeline.dates import instant
from review_board.pipeline.prospect import Prospect, records_in
from review_board.store.changes import change_between
from review_board.store.forgotten import FORGOTTEN, changes_to_remove, forgotten
from review_board.store.logins import login
from review_board.store.protocol import META, PROSPECTS, Commit, DocumentChange, Tables

if TYPE_CHECKING:
    from review_board.board.board import Board

_DIGITS = 9
"""How many digits of a phone number count: so ``+41 79 …`` and ``079 …`` are the same."""


def forget(board: "Board", prospect_id: str) -> None:
    """Take the prospect out of the pipeline, then out of every file; the next start finishes that."""
    board.refuse_read_only()
    document = board.store.tables.get(PROSPECTS, {}).get(prospect_id)
    if document is None:
        raise board.gone(prospect_id)
    at = instant(board.clock())
    docs = (
        *changes_to_remove(board.store.tables, prospect_id),
        _noted(board, prospect_id, document, at),
    )
    board.store.commit(Commit("forgot a prospect", board.by, at, FORGET, docs))
    board.store.erase_forgotten()


def warnings(tables: Tables, prospects: Iterable[Prospect]) -> Iterator[str]:
    """Say of whom it is known that they asked not to be contacted, before they were forgotten."""
    salt = str(tables.get(META, {}).get(FORGOTTEN, {}).get("salt", ""))
    days = {
        value: str(entry["at"])[:10]
        for entry in forgotten(tables).values()
        for value in entry.get("hashes", ())
    }
    for prospect in prospects if days else ():
        ways = [way for contact in prospect.contacts for way in (contact.email, contact.phone)]
        same = [days[value] for value in _hashes(salt, ways) if value in days]
        names = (_hash(salt, text) for text in _looked_for(prospect.name, prospect.company))
        if same:
            yield f"{prospect.name}: asked not to be contacted, and was forgotten on {same[0]}"
        elif day := max((days[value] for value in names if value in days), default=""):
            yield (
                f"{prospect.name}: somebody of that name or company asked not to be contacted; "
                f"whoever was meant was forgotten on {day}"
            )


def _noted(
    board: "Board", prospect_id: str, document: Mapping[str, Any], at: str
) -> DocumentChange:
    old = board.store.tables.get(META, {}).get(FORGOTTEN)
    salt = str(old["salt"]) if old else secrets.token_hex(16)
    hashes = set[str]()
    if document.get("do_not_contact"):
        people = [*records_in(document, "contacts")]
        ways = (str(one.get(way) or "") for one in people for way in ("email", "phone"))
        kept = _kept_names(*(str(document.get(key) or "") for key in ("name", "company")))
        hashes = {*_hashes(salt, ways), *(_hash(salt, text) for text in kept)}
    entry = {"at": at, "by": board.by, "hashes": sorted(hashes)}
    entry |= {"login": login()} if login() != board.by else {}
    merged = document.get("merged")
    bare = {**entry, "hashes": []}
    also = {str(other): bare for other in (merged if isinstance(merged, list) else ())}
    known = {**(old["people"] if old else {}), **also, prospect_id: entry}
    return change_between(META, FORGOTTEN, old, {"salt": salt, "people": known})


def _hashes(salt: str, ways: Iterable[str]) -> Iterator[str]:
    for way in ways:
        digits = "".join(sign for sign in way if sign.isdigit())
        plain = way.strip().casefold() if "@" in way else digits[-_DIGITS:]
        if "@" in way or len(digits) >= _DIGITS - 3:
            yield _hash(salt, plain)


def _kept_names(*texts: str) -> set[str]:
    """Return what is noted of name and company: each alone, as a deal is often called like its company."""
    return {f"name {core_name(text)}" for text in texts if _plain(text)}


def _looked_for(*texts: str) -> set[str]:
    """Return what to look for; as it was typed, too, which is how an earlier release noted a name."""
    return _kept_names(*texts) | {f"name {_plain(text)}" for text in texts if _plain(text)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _hash(salt: str, text: str) -> str:
    return blake2b(text.encode(), key=salt.encode(), digest_size=16).hexdigest()
