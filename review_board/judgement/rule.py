"""The shape of a rule: everything the program knows about one rule is in one ``Rule``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum, auto

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding, RuleMatch
from review_board.judgement.what_would_change import Condition
from review_board.pipeline.vocabulary import Column
from review_board.settings.rule_names import RuleName


class Owed(Enum):
    """What we owe to a prospect: the call that they asked for, a quote to follow up, the first call."""

    CALLBACK = auto()
    QUOTE = auto()
    FIRST_CALL = auto()


FOLLOW_UP = "follow the quote up"
"""What is done about a quote that is owed."""


class Tone(StrEnum):
    """What the advice comes to at a glance: go on, keep it and do something about it, or let go."""

    KEEP = "keep"
    ACT = "act"
    LET_GO = "let-go"


class NeedsReason(Enum):
    """What a person cannot choose against a rule's advice without giving a reason."""

    ANOTHER_VERDICT = auto()
    ANOTHER_COLUMN = auto()
    NEVER = auto()


def always(*conditions: Condition) -> Callable[[Evidence], Iterable[Condition]]:
    """Return what yields these conditions, whatever the evidence."""
    return lambda _: conditions


def never(_: Evidence) -> Iterable[date]:
    """Return no day: time alone does not change what the rule says."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its functions look at the evidence and at nothing else.

    ``match`` is asked of every prospect and therefore cheap; ``explain`` puts into words what
    somebody reads, and proposes what follows from it.
    """

    name: RuleName
    """Its name in the settings, in the files and behind ``i``."""
    words: str
    """What it says of a prospect, in some two dozen cells: in tables, and as a reason."""
    meaning: str
    """One line of documentation: when it matches, and what follows."""
    reads: tuple[str, ...] = ()
    """The settings that its answer depends on."""
    match: Callable[[Evidence], Column | None]
    """Returns the column to which the prospect belongs, or ``None`` where the rule does not match."""
    explain: Callable[[Evidence, RuleMatch], Finding]
    """Returns what the rule says of a prospect that it matches."""
    what_would_change: Callable[[Evidence], Iterable[Condition]]
    """Yields the events that should change the verdict, the most natural first."""
    card_words: Callable[[Evidence], str]
    """Returns the words on the card, at most some twenty cells."""
    change_days: Callable[[Evidence], Iterable[date]] = never
    """Yields the days, past or to come, on which ``match`` may change by the calendar alone."""
    owes: Owed | None = None
    """What we owe them, if anything: they come first in a review."""
    is_borderline: bool = False
    """A person has to look at it: it is never offered among the sure purges."""
    asks_for_locations: bool = False
    """Before a small prospect goes by this rule, somebody asks whether it is one site of many."""
    asks_nothing: bool = False
    """They asked to be left alone, cannot buy or threaten: there is no way and no question left to try."""
    keeps_callback: bool = False
    """The callback on record stays as it is, and nothing is asked for."""
    for_manager: str = ""
    """Why a manager looks at what this rule says, if it is worth that."""
    needs_reason: NeedsReason = NeedsReason.ANOTHER_VERDICT
    """What a person gives a reason for choosing against its advice."""


def days_after(began: date | None, *counts: int) -> Iterable[date]:
    """Return the days that come so many days after one; none where that is unknown."""
    return [began + timedelta(days=count) for count in counts] if began else []
