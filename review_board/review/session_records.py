"""What plain documents say of a session's decisions: a hand may have spoilt any of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from review_board.review.overruling import settles
from review_board.review.session import Session
from review_board.store.protocol import Document


def names_session(document: Document | None, records: str, session_id: str) -> bool:
    """Whether one of these records was made in a session."""
    return any(record.get("session") == session_id for record in _records(document, records))


def settled_elsewhere(document: Document | None, session: Session) -> bool:
    """Whether a verdict of another review settles a card, as ``overruling`` tells.

    What one put off in another one of the same kind since this one began is settled too.
    """
    verdict_change = any(
        settles(record.get("by"), at, session)
        for record, at in _elsewhere(document, "verdicts", session)
    )
    return verdict_change or any(
        at > session.started and _is_own(record, session)
        for record, at in _elsewhere(document, "snoozes", session)
    )


def _elsewhere(
    document: Document | None, records: str, session: Session
) -> Iterator[tuple[Mapping[str, Any], datetime]]:
    """The records that were not made in a session, and when they were made."""
    for record in _records(document, records):
        at = _moment(record.get("at"))
        if record.get("session") != session.id and at:
            yield record, at


def _is_own(snooze: Mapping[str, Any], session: Session) -> bool:
    manager = bool(snooze.get("manager"))
    return snooze.get("by") == session.by and manager == bool(session.why)


def _records(document: Document | None, name: str) -> Iterator[Mapping[str, Any]]:
    found = (document or {}).get(name)
    return (r for r in found if isinstance(r, dict)) if isinstance(found, list) else iter(())


def _moment(written: object) -> datetime | None:
    """The moment in a document; ``None`` where it is none, or lacks its zone."""
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None
