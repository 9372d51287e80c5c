"""The names of the rules, in the order in which they are asked.

The settings switch a rule by its name and know no more of it. All the rest, its documentation too,
stands in one object: see judgement/rules.
"""

from enum import StrEnum
from typing import Protocol


class RuleName(StrEnum):
    """The rules in the order in which they are asked; the first that matches wins."""

    DO_NOT_CONTACT = "do-not-contact"
    KNOCKED_OUT = "knocked-out"
    HOSTILE = "hostile"
    LOST_BET = "lost-bet"
    PROVEN_CALLBACK = "proven-callback"
    PROMISE_MISSED = "promise-missed"
    FAR_CALLBACK = "far-callback"
    OPEN_QUOTE = "open-quote"
    LIVE_INTEREST = "live-interest"
    RUNNING_BET = "running-bet"
    SERIAL_DEFERRAL = "serial-deferral"
    UNANSWERED_QUESTIONS = "unanswered-questions"
    UNPROVEN_CALLBACK = "unproven-callback"
    NURTURE_EXHAUSTED = "nurture-exhausted"
    NURTURING = "nurturing"
    NO_HISTORY = "no-history"
    FRESH_LEAD = "fresh-lead"
    NEVER_WORKED = "never-worked"
    TOO_SOON = "too-soon"
    GONE_SILENT = "gone-silent"
    RESCUE = "rescue"
    POOR_PAYOFF = "poor-payoff"
    LAST_CALL = "last-call"
    WORKING = "working"


class RuleNote(Protocol):
    """What the pages about settings say of a rule."""

    @property
    def name(self) -> RuleName:
        """Return its name."""

    @property
    def meaning(self) -> str:
        """Return when it matches, and what follows, in one line."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the settings that its answer depends on."""
