"""Sample pipelines for ``demo`` and for tests: made-up prospects, dated around any day.

A sample is a JSON file with its own ``today``; loading it on another day shifts every date field
by the days between, so that what was due a week ago is due a week ago again.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from review_board.errors import UsageError
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.review.session import Session, finish, go_to, start

DATE_FIELDS = frozenset(
    {
        *("at", "created", "taken_up"),  # instants
        *("on", "asked_on", "sent_on", "decided_on", "since", "next_on", "until"),
        *("from_day", "to_day", "close_date", "won_on"),
    }
)
"""Every field of a stored prospect that holds a day or an instant; free text is none."""

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?", re.ASCII)
_HERE = Path(__file__).parent

SAMPLES = {
    "manager": "300 prospects of six people: what a manager sees",
    "rep": "60 prospects of one salesperson; what demo opens when you name none",
    "scenarios": "13 prospects, each in another situation",
}
"""What each sample holds, by its name."""


def refuse_unknown(name: str) -> None:
    """Raise ``UsageError``, which lists the samples, unless there is one of that name."""
    if name not in SAMPLES:
        raise UsageError(f"There is no sample {name[:40]!r}", f"choose from {', '.join(SAMPLES)}")


def load_sample(name: str, today: date) -> list[dict[str, Any]]:
    """Return the prospect documents of a sample, dated as if it had been written today."""
    refuse_unknown(name)
    sample = json.loads((_folder() / f"{name}.json").read_text("utf-8"))
    days = (today - date.fromisoformat(sample["today"])).days
    return [shift_document(document, days) for document in sample["prospects"]]


def sessions_of(prospects: Iterable[Prospect]) -> list[Session]:
    """Return the past reviews that a sample's verdicts tell of, the oldest first.

    A sample holds prospects only; a report compares sessions.
    """
    found: dict[str, list[tuple[VerdictRecord, str]]] = {}
    for prospect in prospects:
        for verdict in prospect.verdicts:
            if verdict.session:
                found.setdefault(verdict.session, []).append((verdict, prospect.id))
    past = (_session(key, sorted(given, key=_moment)) for key, given in found.items())
    return sorted(past, key=lambda session: (session.started, session.id))


def _moment(given: tuple[VerdictRecord, str]) -> tuple[datetime, str]:
    return given[0].at, given[1]


def _session(session_id: str, given: list[tuple[VerdictRecord, str]]) -> Session:
    (first, _), (last, _) = given[0], given[-1]
    started = first.at - timedelta(seconds=first.seconds)
    queue = dict.fromkeys(prospect_id for _, prospect_id in given)
    session = start(session_id, first.by, started, queue, worked=sum(r.seconds for r, _ in given))
    return finish(go_to(session, len(queue)), last.at)


def shift_document(document: Mapping[str, Any], days: int) -> dict[str, Any]:
    """Return the document with every date field moved by whole days; times of day stay."""
    return {key: _shifted(key, value, days) for key, value in document.items()}


def _shifted(key: str, value: Any, days: int) -> Any:
    match value:
        case dict():
            return shift_document(value, days)
        case list():
            return [_shifted(key, item, days) for item in value]
        case str() if key in DATE_FIELDS and _DATED.fullmatch(value):
            # Only the day part is touched: what follows it comes out byte for byte.
            return f"{date.fromisoformat(value[:10]) + timedelta(days=days)}{value[10:]}"
        case _:
            return value


def _folder() -> Path:
    """Inside the package in a wheel, beside it in a source checkout."""
    packed = _HERE / "sample_pipelines"
    return packed if packed.is_dir() else _HERE.parent / "sample_pipelines"
