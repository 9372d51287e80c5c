"""The past of the documents, read back from the ledger: each version, and one step back.

What lies before the first commit on record (an older file, an archived ledger) is told by the
oldest version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from review_board.board.board import Board
from review_board.store.pointers import apply
from review_board.store.protocol import PROSPECTS, Commit, Document, DocumentChange


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A document from ``at`` on (``None``: from before the record); no document where it was absent.

    ``via`` is the door that the change came through; empty from before the record.
    """

    at: datetime | None
    document: Document | None
    via: str = ""


def versions(board: Board) -> dict[str, list[DocumentVersion]]:
    """Return every version of every prospect on record, the oldest first."""
    now: dict[str, Document] = dict(board.documents(PROSPECTS))
    found: dict[str, list[DocumentVersion]] = {}
    for commit in board.history():
        at = datetime.fromisoformat(commit.at)
        for change, document, _ in take_back(now, commit):
            found.setdefault(change.id, []).append(DocumentVersion(at, document, commit.via))
    for key, document in now.items():
        found.setdefault(key, []).append(DocumentVersion(None, document))
    return {key: newest_first[::-1] for key, newest_first in found.items()}


def take_back(
    documents: dict[str, Document], commit: Commit
) -> Iterator[tuple[DocumentChange, Document | None, Document | None]]:
    """Take a commit back in the documents; yield each change of a prospect with it after and before."""
    for change in reversed(commit.docs):
        if change.table != PROSPECTS:
            continue
        after = documents.get(change.id)
        rev = after.get("rev", 0) if after else 0
        was = None if change.creates else apply(after, change.before, change.id, rev)
        if was is None:
            documents.pop(change.id, None)
        else:
            documents[change.id] = was
        yield change, after, was
