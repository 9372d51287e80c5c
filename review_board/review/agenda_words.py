"""How duties, people and figures of the agenda are written, the same on screen and command line."""

from datetime import date

from review_board.judgement.recommendation import Finding
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import Money, short_money
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Role


def how_late(day: date, today: date) -> str:
    """``today``, ``3 d late``, ``in 5 d``."""
    days = (today - day).days
    if days == 0:
        return "today"
    return f"{days:,} d late" if days > 0 else f"in {-days:,} d"


def not_before(earliest: date | None, today: date) -> str:
    """``not before 17 Dec``, or nothing when it may be now."""
    if earliest is None or earliest <= today:
        return ""
    return f"not before {short_day(earliest, today)}"


def an_hour(payoff: Money | None) -> str:
    """``$14k/h``; ``–`` where no value is on record."""
    return f"{short_money(payoff)}/h" if payoff else "–"


def reached_at(contact: Contact | None) -> str:
    """``Hiro Jovanović (champion) · 555 0101 · hiro@h.example``."""
    if contact is None:
        return ""
    role = f" ({contact.role.value.replace('-', ' ')})" if contact.role is not Role.CONTACT else ""
    return " · ".join(part for part in (contact.name + role, contact.phone, contact.email) if part)


def way_in(finding: Finding, contact: Contact | None) -> str:
    """The route that the rule names and the person, as far as they are known."""
    route = f"by {finding.route.value.replace('-', ' ')}" if finding.route else ""
    return " · ".join(part for part in (route, reached_at(contact)) if part)
