"""Small builders for the judgement's tests: everything is dated in days before one today."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from review_board.judgement.argument_text import PlainArgument, argument_lines, plain_argument
from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import judge, recommend_from
from review_board.judgement.recommendation import Finding, Recommendation
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Callback, Quote, Touch, touch_of
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    Outcome,
    QuoteState,
    ReasonKind,
    Verdict,
)
from review_board.settings.tree import Settings

TODAY = Today(date(2026, 11, 20), UTC)
DEFAULTS = Settings()


def recommend(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio | None = None
) -> Recommendation:
    """The whole argument for one prospect on one day, by the usual closing ratio unless told."""
    return recommend_from(gather(prospect, today, settings, closing))


def day(days_ago: int) -> date:
    """A day so many days before today; negative: after it."""
    return TODAY.day - timedelta(days=days_ago)


def moment(days_ago: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment (UTC) on that day."""
    return datetime.combine(day(days_ago), time(hour, minute), UTC)


def touch(outcome: Outcome, days_ago: int, hour: int = 12, **fields: Any) -> Touch:
    """A touch on that day; its id says which."""
    given = {"id": f"{outcome}-{days_ago}-{hour}", "by": "ann"} | fields
    return touch_of(outcome, at=moment(days_ago, hour), **given)


def touches(outcome: Outcome, *days_ago: int, **fields: Any) -> tuple[Touch, ...]:
    """One touch of a kind on each of these days."""
    return tuple(touch(outcome, days, **fields) for days in days_ago)


def quote(days_ago: int, state: QuoteState = QuoteState.OPEN, **fields: Any) -> Quote:
    """A quote of 24,000."""
    amount = Money(amount=Decimal(24_000))
    return Quote(id=f"q-{days_ago}", sent_on=day(days_ago), amount=amount, state=state, **fields)


def promise(asked: int, ahead: int, *, proven: bool = True, **fields: Any) -> Callback:
    """A callback asked so many days ago for a day so many days ahead of today."""
    proof: dict[str, Any] = {
        "asked_by_buyer": True,
        "reason": ReasonKind.BUDGET,
        "change": "the budget is voted",
    }
    return Callback(on=day(-ahead), asked_on=day(asked), **((proof if proven else {}) | fields))


def verdict_record(days_ago: int, *unknown: str, **fields: Any) -> VerdictRecord:
    """A keep in a review of its own that left questions open."""
    kept: dict[str, Any] = {
        "id": f"v-{days_ago}",
        "at": moment(days_ago),
        "by": "ann",
        "verdict": Verdict.KEEP,
        "destination": Column.ACTIVE,
        "recommended": Verdict.KEEP,
        "recommended_destination": Column.ACTIVE,
        "rule": "working",
        "unknown": unknown,
        "session": f"s-{days_ago}",
    }
    return VerdictRecord(**(kept | fields))


def answer(state: AnswerState, days_ago: int | None = 1, text: str = "said so") -> Answer:
    """An answer of that day, or of no day."""
    return Answer(state=state, text=text, on=None if days_ago is None else day(days_ago), by="ann")


def money(amount: int | str) -> Money:
    """Dollars."""
    return Money(amount=Decimal(amount))


def prospect(*what: Touch, **fields: Any) -> Prospect:
    """A prospect with these touches, created 300 days ago and worth 20,000 unless told."""
    given = {
        "id": "p-1",
        "name": "Harbor Auto Glass",
        "created": moment(300),
        "value": money(20_000),
    }
    return Prospect(**(given | {"touches": what} | fields))


def evidence(subject: Prospect, settings: Settings = DEFAULTS, today: Today = TODAY) -> Evidence:
    """What the record proves today."""
    return gather(subject, today, settings)


def finding(subject: Prospect, settings: Settings = DEFAULTS, today: Today = TODAY) -> Finding:
    """What the first matching rule says today."""
    return judge(gather(subject, today, settings))


def advice(
    subject: Prospect, settings: Settings = DEFAULTS, today: Today = TODAY
) -> Recommendation:
    """The whole argument today."""
    return recommend(subject, today, settings)


def argued(subject: Prospect, settings: Settings = DEFAULTS, today: Today = TODAY) -> PlainArgument:
    """What the screens and commands say of it, in parts."""
    e = gather(subject, today, settings)
    return plain_argument(e, recommend_from(e))


def in_lines(
    subject: Prospect,
    settings: Settings = DEFAULTS,
    today: Today = TODAY,
    *,
    with_rules: bool = False,
) -> list[str]:
    """The whole argument in lines."""
    e = gather(subject, today, settings)
    made = recommend_from(e)
    said = plain_argument(e, made)
    return argument_lines(made, said, subject.column, with_rules=with_rules)
