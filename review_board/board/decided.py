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
    """Whether somebody else gave a verdict since a session began; a manager looks again all the same."""
    return not session.why and any(
        ruling.get("by") != session.by and _is_after(ruling.get("at"), session.started)
        for ruling in _records(document, "verdicts")
    )


def _records(document: Document | None, name: str) -> Iterator[Mapping[str, Any]]:
    found = (document or {}).get(name)
    return (r for r in found if isinstance(r, dict)) if isinstance(found, list) else iter(())


def _is_after(written: object, moment: datetime) -> bool:
    try:
        return isinstance(written, str) and datetime.fromisoformat(written) > moment
    except (ValueError, TypeError):  # no moment, or one without its zone
        return False
