"""What the judgement hands out: observations with their sources, a finding, a recommendation."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from review_board.judgement.what_would_change import Condition
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, DropReason, Route, Track, Verdict
from review_board.settings.rule_names import RuleName


@dataclass(frozen=True, slots=True)
class Observation:
    """One line of the argument: what was seen, against which threshold, on what evidence.

    ``observed`` is a short value with its unit (``90 d``), ``threshold`` a sign and a number (``≥ 60``)
    and true of it, ``key`` the setting that holds this number; without a threshold ``key`` is at most
    the rule that asks. ``evidence`` holds ids of the prospect's records
    (``touches/…``, ``quotes/…``, ``answers/…``, ``created``).
    """

    text: str
    observed: str = ""
    threshold: str = ""
    key: str = ""
    evidence: tuple[str, ...] = ()


class RuleMatch(NamedTuple):
    """What a rule that matches asks for; why, a finding says."""

    rule: RuleName
    verdict: Verdict
    destination: Column


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says when it matches.

    ``because`` is the comparison that decided; ``action`` what to do next; ``until`` the day to
    which the prospect rests, if it ``rests``, or the rescue lasts; ``route`` the named way in, with
    the id of its ``contact`` where that is a person; ``ask`` a question to put to the buyer or to
    ourselves first; it ``needs_action`` where it is kept only if something is asked or done about
    it now; it ``is_planned`` where the action is the step on record. What a person is offered: a
    ``first_step`` where the action is none by itself, a ``drop_reason``, a ``track`` of Nurture.
    """

    rule: RuleName
    verdict: Verdict
    destination: Column
    because: Observation
    action: str
    until: date | None = None
    route: Route | None = None
    contact: str | None = None
    rests: bool = False
    ask: str = ""
    needs_action: bool = False
    is_planned: bool = False
    first_step: str = ""
    drop_reason: DropReason | None = None
    track: Track | None = None

    @property
    def match(self) -> RuleMatch:
        """Return what it asks for, without its reasons."""
        return RuleMatch(self.rule, self.verdict, self.destination)

    @property
    def email_only(self) -> bool:
        """Tell whether the nurture is limited to email."""
        return self.track is Track.MONTHLY_EMAIL


@dataclass(frozen=True, slots=True)
class Guard:
    """A reason not to drop a prospect yet, and whether it holds today."""

    holds: bool
    line: Observation


NOTHING_WOULD_CHANGE_IT = "nothing turns it: the rules that could are off"
"""Says that the settings leave no event that would change the verdict."""


@dataclass(frozen=True, slots=True)
class ContactPressure:
    """How hard we have been pushing, and the earliest day for the next touch.

    ``earliest`` is ``None`` when every channel is suppressed; ``step_from`` is that of the step on
    record; ``slow_down`` says that attempts came too close together; ``other_channel`` that the next
    one should use another channel.
    """

    earliest: date | None
    step_from: date | None
    unanswered: int
    wait_days: int
    slow_down: bool
    complaint: bool
    other_channel: bool
    why: str


def earliest_touch(finding: Finding, allowed_from: date | None) -> date | None:
    """Return the first day for the next touch: as contact pressure allows, and not while it rests."""
    rests = _rest_of(finding)
    return max(allowed_from, rests) if allowed_from and rests else allowed_from


def next_touch(
    finding: Finding, allowed_from: date | None, planned: NextStep | None
) -> date | None:
    """Return the day of the next touch: that of the planned step, once the earliest day has come.

    A step that people planned with a purge does not wait until the purge ends.
    """
    if planned is None:
        return earliest_touch(finding, allowed_from)
    rests = None if finding.verdict is Verdict.PURGE else _rest_of(finding)
    return max(planned.on, allowed_from, rests or allowed_from) if allowed_from else None


def _rest_of(finding: Finding) -> date | None:
    return finding.until if finding.rests else None


def rests_until(finding: Finding, today: date) -> date | None:
    """Return the day until which a prospect is left alone, while that is ahead."""
    day = _rest_of(finding)
    return day if day and day > today else None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The whole argument for one prospect on one day.

    ``spent`` is what went into it so far, which does not count; ``missing`` names the open and the
    stale questions, most decisive first, ``unknown`` only those never answered, ``questions`` says the
    missing ones in words. ``what_would_change`` is ``None`` when the settings leave nothing that could
    change the verdict. ``assumptions`` says which figures are not on record; ``tier`` is low, mid or
    high; ``planned`` is the dated step that is still ahead.
    """

    finding: Finding
    reasons_to_keep: tuple[Observation, ...]
    reasons_to_let_go: tuple[Observation, ...]
    spent: Observation | None
    missing: tuple[str, ...]
    pressure: ContactPressure
    what_would_change: Condition | None
    settings: str
    unknown: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    questions: tuple[str, ...] = ()
    tier: str = ""
    planned: NextStep | None = None

    @property
    def verdict(self) -> Verdict:
        """Return whether to keep it or to purge it."""
        return self.finding.verdict

    @property
    def destination(self) -> Column:
        """Return the column in which it belongs."""
        return self.finding.destination

    @property
    def rule(self) -> RuleName:
        """Return the name of the rule that decided."""
        return self.finding.rule

    @property
    def earliest(self) -> date | None:
        """Return the first day for the next touch: as contact pressure allows, and not while it rests."""
        return earliest_touch(self.finding, self._allowed_from)

    @property
    def earliest_step(self) -> date | None:
        """Return the first day for a step that people plan: of a purge the rest is none of theirs."""
        return self._for_step(self.pressure.earliest)

    @property
    def planned_from(self) -> date | None:
        """Return the first day for the step that is planned already."""
        return self._for_step(self.pressure.step_from)

    def _for_step(self, allowed: date | None) -> date | None:
        return allowed if self.verdict is Verdict.PURGE else earliest_touch(self.finding, allowed)

    @property
    def says_when(self) -> bool:
        """Tell whether the day of the next touch is worth a line.

        Who is let go has none, nor has what is decided on a day before that.
        """
        if self.planned is not None:
            return True
        until, earliest = self.finding.until, self.earliest
        is_decided_before = until is not None and earliest is not None and until < earliest
        return self.verdict is Verdict.KEEP and not is_decided_before

    @property
    def next_touch(self) -> date | None:
        """Return the day of the next touch: not before the planned step."""
        return next_touch(self.finding, self._allowed_from, self.planned)

    @property
    def _allowed_from(self) -> date | None:
        is_step = self.planned is not None or self.finding.is_planned
        return self.pressure.step_from if is_step else self.pressure.earliest

    @property
    def changes_if(self) -> str:
        """Say what would change the verdict, or that nothing would under these settings."""
        return self.what_would_change.words if self.what_would_change else NOTHING_WOULD_CHANGE_IT

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return the ids of all records that the argument rests on, once, in order."""
        lines = (self.finding.because, *self.reasons_to_keep, *self.reasons_to_let_go)
        return tuple(dict.fromkeys(item for line in lines for item in line.evidence))


def as_json(recommendation: Recommendation) -> dict[str, Any]:
    """Return the recommendation as JSON values with stable keys."""
    finding, pressure = recommendation.finding, recommendation.pressure
    return {
        "verdict": finding.verdict.value,
        "destination": finding.destination.value,
        "rule": finding.rule.value,
        "because": _observation(finding.because),
        "too_soon_to_drop": [_observation(line) for line in recommendation.reasons_to_keep],
        "held_too_long": [_observation(line) for line in recommendation.reasons_to_let_go],
        "guards": [{"holds": g.holds, **_observation(g.line)} for g in recommendation.guards],
        "already_spent": _observation(recommendation.spent) if recommendation.spent else None,
        "missing": list(recommendation.missing),
        "questions": list(recommendation.questions),
        "next_action": finding.action,
        "until": finding.until.isoformat() if finding.until else None,
        "route": finding.route.value if finding.route else None,
        "ask": finding.ask or None,
        "email_only": finding.email_only,
        "earliest_next_touch": day.isoformat() if (day := recommendation.next_touch) else None,
        "contact_pressure": {
            "unanswered_attempts": pressure.unanswered,
            "wait_days": pressure.wait_days,
            "slow_down": pressure.slow_down,
            "complaint": pressure.complaint,
            "other_channel": pressure.other_channel,
            "why": pressure.why,
        },
        "flips_if": change.words if (change := recommendation.what_would_change) else None,
        "tier": recommendation.tier,
        "labels": list(recommendation.assumptions),
        "evidence": list(recommendation.evidence),
        "settings": recommendation.settings,
    }


def _observation(line: Observation) -> dict[str, Any]:
    return {
        "text": line.text,
        "observed": line.observed,
        "threshold": line.threshold,
        "setting": line.key or None,
        "evidence": list(line.evidence),
    }
