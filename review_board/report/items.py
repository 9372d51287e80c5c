"""What one prospect gives to a report: what we owe, callbacks, calls ahead, missing data, and more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import time as time_of_day
from enum import Enum
from typing import TypeAlias

from review_board.judgement.contact_lines import ContactLines, contact_lines
from review_board.judgement.due.manager_queue import kept_without_signal
from review_board.judgement.due.queue_order import owed_on, what_we_owe
from review_board.judgement.due.task_wording import with_sites
from review_board.judgement.due.tasks import Agenda, TaskKind, agenda_of, dated_debt, with_plan_told
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding
from review_board.judgement.rule import Owed
from review_board.judgement.unknown_answers import unknown_questions
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Track, Verdict

AHEAD = timedelta(days=7)
"""How far the call list reaches."""
PROVEN, UNPROVEN = "proven", "unproven"
"""The best and the worst grade of a callback; only the best counts as proven."""
WHY = {
    TaskKind.CALLBACK: "callback",
    TaskKind.UNPROVEN: "callback, not proven",
    TaskKind.STEP: "next step",
    TaskKind.NURTURE: "nurture",
    TaskKind.WAKE: "callback soon",
    TaskKind.BET: "bet",
    TaskKind.RESCUE: "last attempt",
    TaskKind.BACK: "came back",
    TaskKind.CLOSE: "close date",
}
CONTACT_CELLS = 70
"""Cells of the lines of contact, their words among them."""


@dataclass(frozen=True, slots=True)
class ItemSource:
    """One prospect as the report looks at it; ``settled`` when its verdict is among those reported."""

    evidence: Evidence
    finding: Finding
    settled: bool = False

    @property
    def prospect(self) -> Prospect:
        """Return the record, as it stands today."""
        return self.evidence.prospect

    @property
    def open(self) -> bool:
        """Return whether it takes selling time."""
        kept = Verdict.of(self.prospect.column) is Verdict.KEEP
        return kept and self.prospect.won is None

    @property
    def today(self) -> date:
        """Return the day of the report."""
        return self.evidence.today.day

    @property
    def call_day(self) -> date:
        """Return the first working day from today on."""
        return self.evidence.settings.calendar.working_from(self.today)

    @property
    def who(self) -> "Who":
        """Return whom an item is about."""
        p = self.prospect
        return Who(p.id, p.name, p.owner, p.value, p.company)


@dataclass(frozen=True, slots=True)
class Who:
    """The prospect that an item is about."""

    id: str
    name: str
    owner: str
    value: Money | None
    company: str = ""


class ObligationKind(Enum):
    """What we owe, the heaviest first."""

    PROMISE = "a call they asked for"
    QUOTE = "quote"
    NEVER_CALLED = "never called"


@dataclass(frozen=True, slots=True)
class Obligation:
    """A follow-up that we owe since a day.

    Of a quote its ``amount``, what it is worth, and ``tries`` so far. One that is owed later, as
    ``planned`` or because we pushed enough for now, is done ``on`` that day. It is ``late`` where its
    own day is over.
    """

    who: Who
    kind: ObligationKind
    since: date | None
    action: str
    amount: Money | None = None
    worth: Money | None = None
    tries: int = 0
    on: date | None = None
    planned: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class CallbackItem:
    """A callback that waits for its day, with its grade; ``missing`` says what its proof lacks.

    ``said`` is what they said will have changed by then.
    """

    who: Who
    on: date | None
    grade: str
    missing: tuple[str, ...]
    settled: bool
    said: str = ""
    time: time_of_day | None = None


@dataclass(frozen=True, slots=True)
class RunningItem:
    """A last attempt, or a bet that nobody has settled: by ``what`` it goes on, and until when."""

    who: Who
    kind: TaskKind
    what: str
    until: date


@dataclass(frozen=True, slots=True)
class NurtureItem:
    """A place on a nurture track, or in Nurture without one."""

    who: Who
    track: Track | None


@dataclass(frozen=True, slots=True)
class CallItem:
    """Something that has its day: late, today or in the week ahead."""

    who: Who
    on: date
    kind: TaskKind
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class BestCallItem:
    """A use of the next hour that contact pressure allows today; ``payoff`` is money an hour."""

    who: Who
    payoff: Money
    action: str
    rule: str


@dataclass(frozen=True, slots=True)
class ZombieItem:
    """Kept in so many reviews since the buyer's last signal."""

    who: Who
    reviews: int
    signal: date | None


class MissingKind(Enum):
    """What is missing on an open prospect."""

    VALUE = "no value"
    PROBABILITY = "no probability: the closing ratio stands in"
    STEP = "no next step planned in Active"
    LATE = "next step overdue"
    CLOSE = "expected close date has passed"
    QUOTE_DAY = "day of the quote: only the stage says it is out"
    OWNER = "no owner"
    QUESTIONS = "questions without an answer"


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One thing that is missing on one prospect."""

    who: Who
    kind: MissingKind


@dataclass(frozen=True, slots=True)
class ContactItem:
    """The lines of contact of a prospect that the report discusses."""

    who: Who
    lines: ContactLines


Item: TypeAlias = (
    Obligation
    | ContactItem
    | CallbackItem
    | RunningItem
    | NurtureItem
    | CallItem
    | BestCallItem
    | ZombieItem
    | MissingItem
)


def who_of(item: Item) -> Who:
    """Return the prospect that an item is about."""
    return item.who


def read(source: ItemSource) -> Iterator[Item]:
    """Yield everything that a prospect gives to a report."""
    if source.prospect.won:
        return
    agenda = agenda_of(source.evidence, source.finding, says_whom=False)
    owed = list(_owed(source, agenda))
    yield from owed
    yield from _calls(source, agenda)
    if source.settled or owed:
        yield ContactItem(source.who, contact_lines(source.evidence, CONTACT_CELLS))
    yield from _nurture(source)
    if source.open:
        yield from _best_call(source, agenda)
        yield from _rescue(source, agenda)
        for part in (_callback, _bet, _zombie, _missing_data):
            yield from part(source)


def read_owed(source: ItemSource) -> Iterator[Obligation]:
    """Yield what we owe a prospect: enough to say who owes what."""
    if source.prospect.won:
        return iter(())
    return _owed(source, agenda_of(source.evidence, source.finding, says_whom=False))


def _owed(source: ItemSource, agenda: Agenda) -> Iterator[Obligation]:
    if found := _debt(source, agenda):
        yield _dated(found, agenda, source.today)


def _debt(source: ItemSource, agenda: Agenda) -> Obligation | None:
    """Return the one call that we owe a prospect, if any; one they asked for comes first."""
    if owed_on(source.evidence, source.finding, agenda.earliest) is None:
        return None
    promised = next((task for task in agenda.tasks if task.owed), None)
    if promised:
        return Obligation(source.who, ObligationKind.PROMISE, promised.day, promised.action)
    quote = next((q for q in agenda.quotes if q.newest), None)
    owes = what_we_owe(source.evidence, source.finding.match)
    if quote and quote.attempts is not None and owes is Owed.QUOTE:
        enough = source.evidence.settings.thresholds.attempts
        action = f"{quote.attempts} of {enough} attempts made"
        return Obligation(
            source.who,
            ObligationKind.QUOTE,
            quote.sent_on,
            action,
            quote.amount,
            quote.worth,
            quote.attempts,
        )
    if owes is Owed.FIRST_CALL:
        created = source.prospect.created
        since = source.evidence.today.day_of(created) if created else None
        return Obligation(source.who, ObligationKind.NEVER_CALLED, since, source.finding.action)
    return None


def _dated(owed: Obligation, agenda: Agenda, today: date) -> Obligation:
    """Return it with the day on which they may be contacted next, where it lies ahead, and our step."""
    if agenda.earliest is None or agenda.earliest <= today:
        task = dated_debt(agenda, today)
        return replace(owed, late=task is not None and task.day < today)
    step = next((task for task in agenda.tasks if task.kind is TaskKind.STEP), None)
    planned = step.action if step and step.day == agenda.earliest else ""
    return replace(owed, on=agenda.earliest, planned=planned)


def _callback(source: ItemSource) -> Iterator[CallbackItem]:
    if source.prospect.column is not Column.CALLBACK:
        return
    e = source.evidence
    grade = e.proof.grade if e.proof else UNPROVEN
    missing: tuple[str, ...] = ("no promise is open",)
    if e.proof:
        far = (c.words for c in e.proof.checks if c.distance and not c.holds)
        missing = (*e.proof.failed, *far)
    if e.callback is None:
        yield CallbackItem(source.who, None, grade, missing, source.settled)
    else:
        on, at, said = e.callback.on, e.callback.time, e.callback.change
        yield CallbackItem(source.who, on, grade, missing, source.settled, said, at)


def _rescue(source: ItemSource, agenda: Agenda) -> Iterator[RunningItem]:
    """Yield a rescue that runs, or that ended without an answer and without a verdict."""
    rescue = source.prospect.rescue
    waits = any(task.kind is TaskKind.RESCUE for task in agenda.tasks)
    if rescue and (rescue.until >= source.today or waits):
        yield RunningItem(source.who, TaskKind.RESCUE, rescue.route, rescue.until)


def _bet(source: ItemSource) -> Iterator[RunningItem]:
    bet = source.evidence.bet
    if bet:
        yield RunningItem(source.who, TaskKind.BET, bet.action, bet.until)


def _nurture(source: ItemSource) -> Iterator[NurtureItem]:
    if source.prospect.column is Column.NURTURE:
        plan = source.prospect.nurture
        yield NurtureItem(source.who, plan.track if plan else None)


def _calls(source: ItemSource, agenda: Agenda) -> Iterator[CallItem]:
    """Yield what has its day within a week or before, as the list of what is due tells it.

    A quote or a first call that we owe has no day of its own: what we owe is a list beside this.
    """
    last = source.today + AHEAD
    for task in with_plan_told(agenda.tasks, source.today):
        if task.day <= last:
            why = ObligationKind.PROMISE.value if task.owed else WHY[task.kind]
            yield CallItem(source.who, task.day, task.kind, task.action, why)


def _best_call(source: ItemSource, agenda: Agenda) -> Iterator[BestCallItem]:
    e, value = source.evidence, source.prospect.value
    if source.finding.verdict is not Verdict.KEEP or e.payoff is None or value is None:
        return
    if agenda.earliest and agenda.earliest <= source.call_day:
        payoff = Money(amount=e.payoff, currency=value.currency)
        action = with_sites(source.finding.action, value, source.prospect.locations)
        yield BestCallItem(source.who, payoff, action, source.finding.rule)


def _zombie(source: ItemSource) -> Iterator[ZombieItem]:
    kept = kept_without_signal(source.evidence)
    if kept >= source.evidence.settings.review.zombie_reviews:
        signal = source.evidence.timeline.last_signal
        yield ZombieItem(source.who, kept, signal.day if signal else None)


def _missing_data(source: ItemSource) -> Iterator[MissingItem]:
    p, step, limits = (
        source.prospect,
        source.prospect.next_step,
        source.evidence.settings.thresholds,
    )
    found = (
        (MissingKind.VALUE, p.value is None),
        (MissingKind.PROBABILITY, p.probability is None),
        (MissingKind.STEP, p.column is Column.ACTIVE and step is None),
        (MissingKind.LATE, step is not None and step.on < source.today),
        (MissingKind.CLOSE, p.close_date is not None and p.close_date < source.today),
        (
            MissingKind.QUOTE_DAY,
            bool(source.evidence.listed_quote) and source.evidence.listed_quote_day is None,
        ),
        (MissingKind.OWNER, not p.owner),
        (
            MissingKind.QUESTIONS,
            len(unknown_questions(source.evidence)) >= limits.unknown_questions,
        ),
    )
    yield from (MissingItem(source.who, kind) for kind, is_missing in found if is_missing)
