"""The past of the documents, read back from the ledger: each version, and one step back.

What lies before the first commit on record (an older file, an archived ledger) is told by the
oldest version.
"""

from dataclasses import dataclass
from datetime import datetime

from review_board.board.board import Board
from review_board.store.pointers import apply
from review_board.store.protocol import PROSPECTS, Document, DocumentChange


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
    now: dict[str, Document | None] = dict(board.documents(PROSPECTS))
    found: dict[str, list[DocumentVersion]] = {}
    for commit in board.history():
        at = datetime.fromisoformat(commit.at)
        for change in reversed(commit.docs):
            if change.table == PROSPECTS:
                document = now.get(change.id)
                found.setdefault(change.id, []).append(DocumentVersion(at, document, commit.via))
                now[change.id] = before(document, change)
    for key, document in now.items():
        if document is not None:
            found.setdefault(key, []).append(DocumentVersion(None, document))
    return {key: newest_first[::-1] for key, newest_first in found.items()}


def before(document: Document | None, change: DocumentChange) -> Document | None:
    """Return the document without a change; ``None`` where the change made it."""
    if change.creates:
        return None
    rev = document.get("rev", 0) if document else 0
    return apply(document, change.before, change.id, rev)
