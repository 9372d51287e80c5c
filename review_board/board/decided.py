"""What plain documents say of a session's decisions: a hand may have spoilt any of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from review_board.review.session import Session
from review_board.store import Document


def names_session(document: Document | None, records: str, session_id: str) -> bool:
    """Whether one of these records was made in a session."""
    return any(record.get("session") == session_id for record in _records(document, records))


def settled_elsewhere(document: Document | None, session: Session) -> bool:
    """Whether a verdict was given since a session began, by somebody else or in another of one's own.

    What one put off in another one of the same kind is settled too. A manager looks again at what
    others decided.
    """
    ruled = any(_counts(r, session) for r in _elsewhere(document, "verdicts", session))
    return ruled or any(_is_own(s, session) for s in _elsewhere(document, "snoozes", session))


def _elsewhere(
    document: Document | None, records: str, session: Session
) -> Iterator[Mapping[str, Any]]:
    """The records made since a session began, and not in it."""
    for record in _records(document, records):
        if record.get("session") != session.id and _is_after(record.get("at"), session.started):
            yield record


def _counts(ruling: Mapping[str, Any], session: Session) -> bool:
    return not session.why or ruling.get("by") == session.by


def _is_own(snooze: Mapping[str, Any], session: Session) -> bool:
    manager = bool(snooze.get("manager"))
    return snooze.get("by") == session.by and manager == bool(session.why)


def _records(document: Document | None, name: str) -> Iterator[Mapping[str, Any]]:
    found = (document or {}).get(name)
    return (r for r in found if isinstance(r, dict)) if isinstance(found, list) else iter(())


def _is_after(written: object, moment: datetime) -> bool:
    try:
        return isinstance(written, str) and datetime.fromisoformat(written) > moment
    except (ValueError, TypeError):  # no moment, or one without its zone
        return False
