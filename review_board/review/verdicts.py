"""The verdict: what a person decides, what it demands of them, and what goes on record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from review_board.errors import RefusedError
from review_board.judgement.bets import open_bet, what_did_not_come
from review_board.judgement.pressure import must_wait
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rule import NeedsReason
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.sale_evidence import HIGH
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.moves import Move
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.verdict_record import Overruled, PairRecord, VerdictRecord
from review_board.pipeline.vocabulary import BET_LOST, Column, DropReason, Track, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from review_board.wording import several

IMPORTANT = 4
"""From this importance on, a sale is not let go without one more idea (Robertson's fifth way)."""

DONE = {Verdict.KEEP: "kept", Verdict.PURGE: "purged"}


FIRST_CALL = {True: "it felt right", False: "it did not feel right", None: "not said"}
"""What is said of Goodman's question, whether the first call felt right."""


@dataclass(frozen=True, slots=True)
class Decision(Move):
    """A move that a verdict makes, with what a verdict demands beyond the column.

    Active needs a dated ``step``, and ``sooner`` when that comes before contact pressure allows it;
    so does a callback that is our own plan and comes too early; one whose day is over needs a
    ``step``. A verdict against the recommendation needs the line ``against``, which the reason of a
    drop is as well, and whether they would ``start_anew`` today. Letting a high-tier card go needs
    its ``importance``, 1 to 5, and an important one a named, dated ``idea``. Taking up a dropped one needs ``why``: what has changed.
    ``bet`` keeps a card on what the buyer does by a day; it needs no step, and one that is ahead stays.
    """

    against: str = ""
    start_anew: bool | None = None
    sooner: str = ""
    importance: int | None = None
    idea: NextStep | None = None
    bet: NextStep | None = None

    @property
    def verdict(self) -> Verdict:
        """Keep or purge."""
        return Verdict.of(self.to)

    def begun(self, today: Today, settings: Settings) -> "Decision":
        """Return it with what Nurture begins with as usual, where it does not say otherwise."""
        if self.to is not Column.NURTURE:
            return self
        track = self.track or Track.MONTHLY_EMAIL
        first = self.first or settings.first_touch(track, today.day)
        return replace(self, track=track, first=first)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and how long a card was before somebody: ``seconds`` open, ``session`` id.

    ``overrules`` is the verdict of the same day that was there first, once somebody chose to go on;
    ``pair`` how two people came to it.
    """

    session: str | None = None
    seconds: int = 0
    overrules: VerdictRecord | None = None
    pair: PairRecord | None = None


def done_words(decision: Decision, who: str, overruled: VerdictRecord | None = None) -> str:
    """Return what the history says of a verdict: ``purged Harbor → Dropped, overruling ann (Active)``."""
    on_a_bet = " on a bet" if decision.bet else ""
    words = f"{DONE[decision.verdict]} {who} → {decision.to.title}{on_a_bet}"
    over = f", overruling {overruled.by} ({overruled.destination.title})" if overruled else ""
    return f"{words}{over}"


def is_against(destination: Column, recommendation: Recommendation) -> bool:
    """Return whether going there contradicts the recommended verdict. The destination alone does not.

    "Work it or release it" leaves both open, so releasing what nobody ever worked is not against it;
    nor is it where a list tells of no answers: the record knows nothing that could be decided against.
    A lost bet leaves nothing open: what was agreed is Dropped. Taking up what was dropped is asked what
    has changed since; on the day of the drop it only corrects it.
    """
    if recommendation.finding.because.evidence == ("drop",):
        return False
    match RULES_BY_NAME[recommendation.rule].needs_reason:
        case NeedsReason.NEVER:
            return False
        case NeedsReason.ANOTHER_COLUMN:
            return destination is not recommendation.destination
        case NeedsReason.ANOTHER_VERDICT:
            return Verdict.of(destination) is not recommendation.verdict


def asks_start_today(decision: Decision, recommendation: Recommendation) -> bool:
    """Return whether it takes an answer to "would you start with it today?": no duplicate has one."""
    return decision.reason != DropReason.DUPLICATE and is_against(decision.to, recommendation)


def says_something(line: str) -> bool:
    """Return whether a line holds more than a key or a yes or no: those answer another question."""
    word = line.strip().strip(".!?").casefold()
    return bool(word) and word not in {"yes", "no"} and not (len(word) == 1 and word.isascii())


def why_against(decision: Decision, settings: Settings) -> str:
    """Return the line against the advice: that of the drop, in own words or off the list, is one too."""
    line = decision.against or decision.note
    if line or decision.reason is None or decision.reason == DropReason.OTHER:
        return line
    return settings.reason_label(decision.reason)


def reason_to_go(destination: Column, recommendation: Recommendation, given: str = "") -> str:
    """Return why it goes there, in a sentence: against the advice the reason that a person gave, or none."""
    going, says = f"It goes to {destination.title}", recommendation.destination
    because = recommendation.finding.because.text
    if recommendation.verdict is Verdict.PURGE and says is not destination:
        return f"{going} by your choice. The record says {says.title}: {because}."
    if recommendation.verdict is Verdict.PURGE:
        return f"{going}: {because}."
    if not given:
        return f"{going} by your choice: the record says keep it."
    return f"{going}: {given}{'' if given[-1] in '.!?…' else '.'}"


def asks_importance(
    destination: Column, prospect: Prospect, recommendation: Recommendation
) -> bool:
    """Return whether going there lets a high-tier sale go, so that its importance must be told first.

    One that stays in Nurture was asked when it went there; one that may not be contacted is not.
    """
    if recommendation.tier != HIGH or Verdict.of(destination) is Verdict.KEEP:
        return False
    stays = prospect.column is Column.NURTURE and destination is Column.NURTURE
    return not stays and prospect.do_not_contact is None


def takes_up(prospect: Prospect, destination: Column, today: Today) -> bool:
    """Return whether going there takes up what was dropped; on the day of the drop it only corrects it."""
    if prospect.column is not Column.DROPPED or Verdict.of(destination) is Verdict.PURGE:
        return False
    return prospect.drop is None or today.day_of(prospect.drop.at) < today.day


def too_soon(on: date, recommendation: Recommendation) -> bool:
    """Return whether a day comes before contact pressure, or the rest that was promised, allows it."""
    return recommendation.earliest_step is not None and on < recommendation.earliest_step


def step_too_soon(step: NextStep, recommendation: Recommendation) -> bool:
    """Return whether a step comes too soon; what we send them need not wait, unless they complained."""
    waits = must_wait(step.action, complained=recommendation.pressure.complaint)
    return waits and too_soon(step.on, recommendation)


def calls_too_soon(callback: AgreedCallback, recommendation: Recommendation, today: Today) -> bool:
    """Return whether a callback comes before pressure allows it; a day that the buyer asked for does not."""
    ahead = callback.on >= today.day
    return ahead and not callback.asked_by_buyer and too_soon(callback.on, recommendation)


def is_over(callback: AgreedCallback, today: Today) -> bool:
    """Return whether the day that was named has passed: keeping it takes a new day."""
    return callback.on < today.day


class MissingPart(NamedTuple):
    """A field of a decision that must still be given, and why, in a sentence."""

    field: str
    message: str


def refusal(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    settings: Settings,
) -> str | None:
    """Return what is still missing from a decision, or ``None`` when it can be recorded."""
    first = next(missing_parts(prospect, decision, recommendation, today, settings), None)
    return first.message if first else None


def bet_day_words(most_days: int) -> str:
    """Return which day a bet may have."""
    return f"A bet needs a day after today, at most {several(most_days, 'day')} ahead"


def missing_parts(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    settings: Settings,
) -> Iterator[MissingPart]:
    """Yield all that is still missing from a decision, the weightiest first."""
    yield from _missing_at_destination(prospect, decision, recommendation, today, settings)
    if is_against(decision.to, recommendation):
        line = why_against(decision, settings)
        if line and not says_something(line):
            yield MissingPart("against", f"“{line}” is too short: say why against the advice")
        elif not line:
            yield MissingPart("against", "This goes against the advice: say why, in a line")
        if decision.start_anew is None and asks_start_today(decision, recommendation):
            yield MissingPart("start_anew", "Would you start with them, if they were new today?")
    if asks_importance(decision.to, prospect, recommendation):
        yield from _missing_idea(decision, today, settings)
    days = settings.review.bet_days
    if decision.bet and not 0 < (decision.bet.on - today.day).days <= days:
        yield MissingPart("bet", bet_day_words(days))


def _missing_at_destination(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    settings: Settings,
) -> Iterator[MissingPart]:
    to, step = decision.to, decision.step
    if to is Column.ACTIVE and step is None and decision.bet is None:
        yield MissingPart("step", "A keep needs a dated next step")
    if decision.callback and is_over(decision.callback, today) and step is None:
        over = "The day of the callback is over: it needs a dated next step"
        yield MissingPart("step", over)
    if problem := decision.begun(today, settings).problem(today.day):
        yield MissingPart(problem.part, problem.message)
    if step and step_too_soon(step, recommendation) and not decision.sooner.strip():
        yield MissingPart("sooner", _why_so_soon("step", recommendation, today))
    early = decision.callback is not None and calls_too_soon(
        decision.callback, recommendation, today
    )
    if early and not decision.sooner.strip():
        yield MissingPart("sooner", _why_so_soon("call", recommendation, today))
    if takes_up(prospect, to, today) and not decision.why.strip():
        yield MissingPart("why", "What has changed since it was dropped?")


def _why_so_soon(what: str, recommendation: Recommendation, today: Today) -> str:
    assert recommendation.earliest_step is not None
    return f"A {what} before {short_day(recommendation.earliest_step, today.day)} takes a word: why so soon?"


def _missing_idea(decision: Decision, today: Today, settings: Settings) -> Iterator[MissingPart]:
    if decision.importance is None:
        yield MissingPart("importance", "How important is this sale, 1 to 5?")
    elif decision.importance >= IMPORTANT and decision.idea is None:
        one_more = "An important sale is not let go without one more idea, named and dated"
        yield MissingPart("idea", one_more)
    if decision.idea and decision.idea.on < today.day:
        yield MissingPart("idea", "The idea's day lies in the past")
    days = settings.review.last_attempt_days
    if decision.idea and decision.idea.on > today.day + timedelta(days=days):
        yield MissingPart("idea", f"The idea is tried within {several(days, 'day')}")


def record_decision(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    stamp: Stamp,
    *,
    settings: Settings,
    circumstances: Circumstances = Circumstances(),
    is_agreed: bool = False,
) -> Prospect:
    """Return the prospect with the verdict on record and moved where it was sent.

    Raises ``RefusedError`` while something that the decision demands is missing; of one that
    ``is_agreed`` beforehand nothing is asked.
    """
    missing = refusal(prospect, decision, recommendation, today, settings)
    if missing and not is_agreed:
        raise RefusedError(missing, "nothing was decided")
    moved = decision.begun(today, settings).apply(prospect, stamp, today.day)
    if decision.to is Column.ACTIVE:
        moved = _with_rescue(moved, recommendation, today)
    if decision.idea:
        moved = changes.set_next_step(moved, decision.idea)
    if decision.bet:
        bet, step = decision.bet, moved.next_step
        is_ahead = step is not None and step.on >= today.day
        moved = changes.set_next_step(moved, step if is_ahead else None)
        moved = changes.bet(moved, bet.action, bet.on, stamp, circumstances.session)
    verdict = _verdict(decision, recommendation, stamp, circumstances)
    return changes.record_verdict(moved, verdict.model_copy(update={"was": prospect.column}))


def drop_lost_bet(
    prospect: Prospect,
    recommendation: Recommendation,
    today: Today,
    stamp: Stamp,
    *,
    settings: Settings,
    session: str,
) -> Prospect:
    """Return the prospect dropped, as the bet on it said; that was agreed, so nothing is asked.

    What is planned with them stays planned: nobody called it off.
    """
    lost = open_bet(prospect)
    note = what_did_not_come(lost, today) if lost else ""
    decision = Decision(Column.DROPPED, reason=BET_LOST, note=note)
    dropped = record_decision(
        prospect,
        decision,
        recommendation,
        today,
        stamp,
        settings=settings,
        circumstances=Circumstances(session),
        is_agreed=True,
    )
    step = prospect.next_step
    return dropped.with_changes(next_step=step) if step and step.on >= today.day else dropped


def _with_rescue(prospect: Prospect, recommendation: Recommendation, today: Today) -> Prospect:
    """Start the rescue for which a prospect is kept: that uses it up."""
    finding = recommendation.finding
    if finding.rule is not RuleName.RESCUE or prospect.rescue or finding.until is None:
        return prospect
    person = prospect.contact(finding.contact)
    way = person.name if person else (finding.route or "another way").replace("-", " ")
    return changes.start_rescue(prospect, way, today.day, (finding.until - today.day).days)


def _verdict(
    decision: Decision,
    recommendation: Recommendation,
    stamp: Stamp,
    circumstances: Circumstances,
) -> VerdictRecord:
    first = circumstances.overrules
    return VerdictRecord(
        id=stamp.key,
        at=stamp.at,
        by=stamp.by,
        verdict=decision.verdict,
        destination=decision.to,
        recommended=recommendation.verdict,
        recommended_destination=recommendation.destination,
        rule=recommendation.rule,
        evidence=recommendation.evidence,
        unknown=recommendation.unknown,
        reason=decision.reason,
        note=decision.note,
        against=decision.against,
        start_anew=decision.start_anew,
        sooner=decision.sooner,
        importance=decision.importance,
        changed=decision.why,
        step=decision.step or decision.idea,
        overrules=Overruled(id=first.id, by=first.by, destination=first.destination)
        if first
        else None,
        settings=recommendation.settings,
        session=circumstances.session,
        seconds=circumstances.seconds,
        pair=circumstances.pair,
    )
