"""A prospect written for reading: one line for each touch, quote, contact and verdict.

Lines are split like shell words; ``key=value`` names a field. Times of day are 10:00 UTC unless
written; contacts are keyed by their id; the ids of all else count up in their order (``t-01``).
"""

import shlex
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import touch_of
from review_board.pipeline.vocabulary import Outcome

Fields = dict[str, Any]


def read_prospect(prospect_id: str, table: Mapping[str, Any]) -> Prospect:
    """The prospect that a table describes; what it misspells is refused."""
    fields = {key: READERS.get(key, _as_it_is)(value) for key, value in table.items()}
    prospect = from_document({"id": prospect_id, "owner": "ann", **fields})
    assert not prospect.model_extra, f"{prospect.name}: unknown {prospect.model_extra}"
    known = {contact.id for contact in prospect.contacts} | {None}
    assert {touch.contact for touch in prospect.touches} <= known, f"{prospect.name}: with whom?"
    return _linked(prospect)


def _linked(prospect: Prospect) -> Prospect:
    """The callback names the touch in which the buyer asked for it."""
    if prospect.callback is None:
        return prospect
    day = prospect.callback.asked_on
    asked = [t for t in prospect.touches if t.outcome is Outcome.DEFERRED and t.at.date() == day]
    touch = asked[-1].id if asked else None
    return prospect.with_changes(callback=prospect.callback.model_copy(update={"touch": touch}))


def _split(line: str) -> tuple[list[str], Fields]:
    words = shlex.split(line)
    return [w for w in words if "=" not in w], dict(w.split("=", 1) for w in words if "=" in w)


def _dated(line: str) -> tuple[datetime, list[str], Fields]:
    """The moment that a line begins with, its other words, its pairs."""
    (day, *words), pairs = _split(line)
    clock = words.pop(0) if words and ":" in words[0] else "10:00"
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC)
    return moment, words, pairs


def _touch(number: int, line: str) -> Fields:
    """``2026-11-17 15:00 complaint phone with=ruth note='…'``."""
    at, (outcome, *channel), pairs = _dated(line)
    if "with" in pairs:
        pairs["contact"] = pairs.pop("with")
    given = {"by": "ann"} | ({"channel": channel[0]} if channel else {}) | pairs
    touch = touch_of(Outcome(outcome), id=f"t-{number:02}", at=at, **given)
    return touch.model_dump(exclude_defaults=True)


def _contact(contact_id: str, line: str) -> Fields:
    """``'Dana Whitfield' champion title='ops lead' tried``."""
    (name, role, *tried), pairs = _split(line)
    return {"id": contact_id, "name": name, "role": role, "tried": bool(tried), **pairs}


def _quote(number: int, line: str) -> Fields:
    """``2026-10-26 24000 open``."""
    (day, amount, state), pairs = _split(line)
    sent = {"id": f"q-{number:02}", "sent_on": day, "amount": {"amount": amount}}
    return {**sent, "state": state, **pairs}


def _note(number: int, line: str) -> Fields:
    """``2026-10-02 'said it twice'``."""
    at, (text,), _ = _dated(line)
    return {"id": f"n-{number:02}", "at": at, "by": "ann", "text": text}


def _verdict(number: int, line: str) -> Fields:
    """``2026-11-06 keep active rule=working unknown=process,budget recommended=purge/nurture``."""
    at, (verdict, column), pairs = _dated(line)
    advice, advised = pairs.pop("recommended", f"{verdict}/{column}").split("/")
    unknown = [question for question in pairs.pop("unknown", "").split(",") if question]
    fixed = {"id": f"v-{number:02}", "at": at, "by": "ann"}
    decided = {"verdict": verdict, "destination": column, "unknown": unknown}
    return fixed | decided | {"recommended": advice, "recommended_destination": advised} | pairs


def _callback(line: str) -> Fields:
    """``2027-01-18 asked_on=2026-11-15 by-buyer reason=budget change='…'``."""
    (day, *flags), pairs = _split(line)
    return {"on": day, "asked_by_buyer": "by-buyer" in flags, **pairs}


def _answer(line: str) -> Fields:
    """``claimed 'the owner signs' on=2026-11-06``."""
    (state, *text), pairs = _split(line)
    return {"state": state, "text": " ".join(text), **pairs}


def _drop(line: str) -> Fields:
    """``2026-05-08 only-deferrals note='…'``."""
    at, (reason,), pairs = _dated(line)
    return {"at": at, "by": "ann", "reason": reason, **pairs}


def _numbered(read: Callable[[int, str], Fields]) -> Callable[[Iterable[str]], list[Fields]]:
    return lambda lines: [read(number, line) for number, line in enumerate(lines, 1)]


def _keyed(table: Mapping[str, str]) -> list[Fields]:
    return [_contact(contact_id, line) for contact_id, line in table.items()]


def _as_it_is(value: Any) -> Any:
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "created": lambda line: _dated(line)[0],
    "value": lambda amount: {"amount": str(amount)},
    "probability": str,
    "hours": str,
    "hours_spent": str,
    "contacts": _keyed,
    "touches": _numbered(_touch),
    "notes": _numbered(_note),
    "quotes": _numbered(_quote),
    "verdicts": _numbered(_verdict),
    "callback": _callback,
    "answers": lambda table: {question: _answer(line) for question, line in table.items()},
    "drop": _drop,
    "next_step": lambda line: dict(zip(("on", "action"), line.split(" ", 1), strict=True)),
}
