"""How the pipeline went week by week, and rep by rep: columns, purges, the buyers' signals, hours freed."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low

from review_board.board.index import Entry, Sums, read_day
from review_board.judgement.time_spent import WEEKS, add_up, hours_of_parts
from review_board.judgement.timeline import SIGNALS
from review_board.learning.history import first_day, moved_on
from review_board.pipeline.dates import short_day
from review_board.pipeline.money import Totals, in_currency
from review_board.pipeline.vocabulary import SELLING, Column
from review_board.progress import Progress
from review_board.report.facts import Columns, Settled, decided_of, freed_of, open_of
from review_board.report.items import read_owed
from review_board.report.ledger_replay import Documents, ReplayedLedger
from review_board.report.model import (
    ReportColumn,
    ReportSection,
    Series,
    Share,
    figure,
    hidden,
    table_of,
)
from review_board.report.pipeline_changes import NO_OWNER
from review_board.report.source import DateRange, ReportSource, readable
from review_board.report.upcoming import owed_by_each
from review_board.store.protocol import Document
from review_board.wording import NO_BLOCK, days_ago, percent, plural, several

DAYS = 7


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided in some time: how many, how many purged, kept against the advice, what it freed.

    ``died`` counts those kept against the advice that stand in Dropped now, ``won`` those bought since.
    """

    decided: int
    purged: int
    kept_against: int
    died: int
    won: int
    hours: Decimal

    @classmethod
    def of(cls, settled: Iterable[Settled], hours: Decimal) -> "Decisions":
        """Return the figures of some decisions, and the hours that they freed."""
        made = decided_of(settled)
        kept = {s.prospect.id: s.prospect for s in made if s.kept and s.against}.values()
        return cls(
            len(made),
            sum(s.purged for s in made),
            len(kept),
            sum(p.column is Column.DROPPED and not p.won for p in kept),
            sum(p.won is not None for p in kept),
            hours,
        )

    @property
    def purge_rate(self) -> Share | None:
        """Return the part that was purged; ``None`` where nothing was decided."""
        return Share.of(self.purged, self.decided)


@dataclass(frozen=True, slots=True)
class Signals:
    """How long ago the buyers of what is open gave their last signal: the middle one; who did, who never did."""

    median: int | None
    given: int
    never: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week: the columns and signals at its end, what was decided in it."""

    days: DateRange
    columns: Columns
    signals: Signals
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class RepFigures:
    """One rep: what is open now, its signals, and what was decided on their prospects."""

    name: str
    open: Totals
    signals: Signals
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class Statistics:
    """The weeks, the oldest first, the reps by open value, all decisions together, and what is owed today.

    ``begins`` is the first day of the first week of which the pipeline's own history tells;
    ``left_out`` counts the weeks before the first that were asked for, and of which nothing tells.
    """

    today: date
    currency: str
    weeks: tuple[Week, ...]
    reps: tuple[RepFigures, ...]
    decisions: Decisions
    begins: date
    left_out: int
    owed: ReportSection

    @property
    def first(self) -> date:
        """Return the first day of the first week."""
        return self.weeks[0].days.first

    @property
    def summary(self) -> str:
        """Return the whole in one sentence."""
        made, weeks = self.decisions, several(len(self.weeks), "week")
        if made.purge_rate is None:
            return f"{weeks} since {short_day(self.first, self.today)}: nothing was decided in a review."
        return (
            f"{weeks} since {short_day(self.first, self.today)}: {several(made.decided, 'decision')},"
            f" {percent(made.purge_rate.ratio)} purged, together {made.hours:f} h a week freed."
        )


def weeks_from(first: date, today: date) -> list[DateRange]:
    """Return the weeks, Monday to Sunday, from the one of a day to the running one, which ends today."""
    monday = first - timedelta(days=first.weekday())
    mondays = range(0, (today - monday).days + 1, DAYS)
    starts = [monday + timedelta(days=days) for days in mondays]
    return [DateRange(start, min(start + timedelta(days=DAYS - 1), today)) for start in starts]


def statistics_of(
    source: ReportSource, weeks: list[DateRange], replayed: ReplayedLedger, progress: Progress
) -> Statistics:
    """Return the statistics; ``replayed`` holds the documents at the start of each week but the first.

    A week before the pipeline's history is shown only where decisions on the cards tell of it.
    """
    owed = owed_by_each(source.items(read=read_owed)[0], source.settings.currency)
    settled = source.settled_within(DateRange(weeks[0].first, weeks[-1].last), replayed)
    past = PastCards(source)
    states = [replayed.starts[source.start_of(week.first)] for week in weeks[1:]]
    known = past.known_at([*states, source.documents], replayed.firsts)
    freed = freed_of(settled)
    made = _decisions(_by_week(source, weeks, settled), freed)
    held = zip(weeks, known, made, strict=True)
    found = [
        Week(week, *past.at_end(week.last, cards), decisions)
        for week, cards, decisions in progress.over(held, "adding up the weeks", len(weeks))
    ]
    recorded = next((n for n, state in enumerate(states) if state), len(states))
    shown = (n for n, week in enumerate(found) if _tells(week, is_recorded=n >= recorded))
    begun = next(shown, len(found) - 1)
    return Statistics(
        source.today.day,
        source.settings.currency,
        tuple(found[begun:]),
        tuple(_reps(source, past, settled, freed)),
        _decisions([settled], freed)[0],
        weeks[recorded].first,
        begun,
        owed,
    )


def _tells(week: Week, *, is_recorded: bool) -> bool:
    """Return whether a week has decisions, or cards at a time of which the history tells."""
    held = any(totals.count for totals in week.columns.values())
    return bool(week.decisions.decided) or (is_recorded and held)


def _by_week(
    source: ReportSource, weeks: list[DateRange], settled: tuple[Settled, ...]
) -> list[list[Settled]]:
    found: list[list[Settled]] = [[] for _ in weeks]
    for one in settled:
        found[(source.today.day_of(one.verdict.at) - weeks[0].first).days // DAYS].append(one)
    return found


def _decisions(parts: Sequence[Sequence[Settled]], freed: tuple[Settled, ...]) -> list[Decisions]:
    """Return the figures of each part; hours count where a card was let go and not taken up again."""
    kept = {(s.prospect.id, s.verdict.id) for s in freed}
    spent = [
        add_up(s.spent for s in part if (s.prospect.id, s.verdict.id) in kept) for part in parts
    ]
    return [Decisions.of(*each) for each in zip(parts, hours_of_parts(spent), strict=True)]


def _reps(
    source: ReportSource,
    past: "PastCards",
    settled: tuple[Settled, ...],
    freed: tuple[Settled, ...],
) -> Iterator[RepFigures]:
    """Yield the reps, the largest open value first."""
    owners: dict[str, dict[str, Document]] = {}
    for key in source.prospect_ids:
        owners.setdefault(source.entry(key).owner, {})[key] = source.documents[key]
    ours = source.settings.currency
    parts: dict[str, list[Settled]] = {owner: [] for owner in owners}
    for one in settled:
        parts[source.entry(one.prospect.id).owner].append(one)
    found = []
    for (owner, documents), made in zip(
        owners.items(), _decisions(list(parts.values()), freed), strict=True
    ):
        columns, signals = past.at_end(source.today.day, documents)
        found.append(RepFigures(owner or NO_OWNER, open_of(columns), signals, made))
    yield from sorted(found, key=lambda rep: (-in_currency(rep.open.value, ours), rep.name))


@dataclass(frozen=True, slots=True)
class PastCard:
    """A version of a prospect, with the days on which it began, was moved and won, and the buyer's signals."""

    entry: Entry
    column: Column
    begins: date | None
    moved: date | None
    won: date | None
    signals: tuple[date, ...]

    def column_on(self, day: date) -> Column | None:
        """Return where it stood at the end of a day; ``None`` before it began, and once it was won."""
        if (self.begins and self.begins > day) or (self.won and self.won <= day):
            return None
        return Column.ACTIVE if self.moved and self.moved > day else self.column


@dataclass(slots=True)
class PastCards:
    """Reads the columns of a day in the past off the documents of that day, and off their dates.

    What the ledger does not reach back to is told by the first version after it.
    """

    source: ReportSource
    _read: dict[int, PastCard | None] = field(default_factory=dict)
    _kept: list[Document] = field(default_factory=list)

    def known_at(self, states: list[Documents], firsts: Documents) -> list[Documents]:
        """Return the states, each with the first version of what came on record later."""
        found = [states[-1]]
        for state in reversed(states[:-1]):
            later = {key: firsts.get(key, document) for key, document in found[-1].items()}
            found.append({**later, **state})
        return found[::-1]

    def at_end(self, day: date, documents: Documents) -> tuple[Columns, Signals]:
        """Return the columns, and the signals of what was open, at the end of a day."""
        sums = {column: Sums() for column in Column}
        ages: list[int] = []
        never = 0
        for key, document in documents.items():
            card = self._card(key, document)
            column = card.column_on(day) if card else None
            if card is None or column is None:
                continue
            sums[column].add(card.entry)
            if column in SELLING:
                place = bisect_right(card.signals, day)
                never += not place
                ages += [(day - card.signals[place - 1]).days] if place else []
        columns = {column: found.totals for column, found in sums.items()}
        return columns, Signals(median_low(ages) if ages else None, len(ages), never)

    def _card(self, key: str, document: Document) -> PastCard | None:
        """Return what is read off the owner's version, once; it is kept, so that its place is its own."""
        if id(document) not in self._read:
            self._kept.append(document)
            self._read[id(document)] = self._made(key, document)
        return self._read[id(document)]

    def _made(self, key: str, document: Document) -> PastCard | None:
        source, today, now = self.source, self.source.today, self.source.documents.get(key, {})
        prospect = source.prospect(key) if document is now else readable(document)
        entry = source.totals.entry(key, document)
        if prospect is None or not source.owns_entry(entry):
            return None
        won = now.get("won")  # mostly put on record some days later
        wins = [read_day(won.get("on")) if isinstance(won, Mapping) else None]
        wins += [prospect.won.on] if prospect.won else []
        return PastCard(
            entry,
            prospect.column,
            first_day(prospect, today),
            moved_on(prospect, today),
            min(filter(None, wins), default=None),
            tuple(sorted(today.day_of(t.at) for t in prospect.touches if t.outcome in SIGNALS)),
        )


# As sections


def chart_of(found: Statistics) -> tuple[Series, ...]:
    """Return a line for each column and each figure, over the weeks; one week alone is no line."""
    weeks, made = found.weeks, found.decisions
    if len(weeks) < 2:
        return ()
    rate = (
        "nothing decided" if made.purge_rate is None else f"{percent(made.purge_rate.ratio)} in all"
    )
    return (
        *(_line(TITLES[c], weeks, _counted(c), lambda count: f"{count:,}") for c in Column),
        _line("Days silent", weeks, lambda w: w.signals.median, lambda days: f"{days} d"),
        _line("Decisions", weeks, lambda w: w.decisions.decided, str, f"{made.decided:,} in all"),
        _line("Purge rate", weeks, _purge_rate, percent, rate),
        _line(
            "Hours freed",
            weeks,
            lambda w: w.decisions.hours,
            str,
            f"{made.hours:f} h a week in all",
        ),
    )


def _line(
    label: str,
    weeks: tuple[Week, ...],
    figure_of: Callable[[Week], Decimal | int | None],
    say: Callable[[Decimal], str],
    said: str = "",
) -> Series:
    """Return a line with a gap where a week has no figure."""
    found = [figure_of(week) for week in weeks]
    points = tuple(None if point is None else Decimal(point) for point in found)
    return Series(label, points, tuple("–" if p is None else say(p) for p in points), said)


def chart_section(found: Statistics) -> ReportSection:
    """Show the weeks as lines of bars, and what they mean."""
    return ReportSection(
        "chart", "Over the weeks", notes=tuple(_notes(found)), chart=chart_of(found)
    )


def weeks_section(found: Statistics) -> ReportSection:
    """Show the weeks as a table, with a line of bars for each figure."""
    counts = tuple((figure(column.value, TITLES[column]), _counted(column)) for column in Column)
    return table_of(
        "weeks",
        f"Week by week since {short_day(found.first, found.today)}",
        (
            (figure("from", "Week of"), lambda week: week.days.first),
            *counts,
            (hidden("open_value", "Open value"), lambda week: open_of(week.columns).value),
            (figure("decided", "Decided"), lambda week: week.decisions.decided),
            (figure("purged", "Purged"), lambda week: week.decisions.purge_rate),
            (figure("last_signal_days", "Silent"), lambda week: _days(week.signals)),
            (hidden("never_signalled", "Never"), lambda week: week.signals.never),
            (figure("hours", "Hours"), lambda week: week.decisions.hours),
        ),
        found.weeks,
        (
            MEASURES,
            "Hours: hours a week freed by cards that were let go and stayed so.",
            *_before_the_history(found),
        ),
    )


OWNERS = (
    "A decision counts for whoever owns the card now, whoever made it."
    " A lost bet counts in the hours alone: nobody decided it."
)
AGAINST = "Against: kept against the advice. Dropped: of those, dropped since."
MEASURES = (
    "Silent: the typical number of days since a buyer last showed interest."
    " Who never did is left out."
)


def _before_the_history(found: Statistics) -> Iterator[str]:
    if found.first < found.begins:
        began = short_day(found.begins, found.today)
        yield (
            f"This file was begun in the week of {began}."
            " The weeks before are worked out from the dates on its cards."
        )
    if found.left_out:
        weeks = several(found.left_out, "week")
        are = plural(found.left_out, "is", "are")
        yield f"{weeks} before {are} left out: nothing was decided on these cards."


TITLES = {
    Column.ACTIVE: "Active",
    Column.CALLBACK: "Callback",
    Column.NURTURE: "Nurture",
    Column.DROPPED: "Dropped",
}


def _counted(column: Column) -> Callable[[Week], int]:
    return lambda week: week.columns.get(column, Totals()).count


def _purge_rate(week: Week) -> Decimal | None:
    share = week.decisions.purge_rate
    return share.ratio if share else None


def _days(signals: Signals) -> str | None:
    return None if signals.median is None else f"{signals.median} d"


def _notes(found: Statistics) -> Iterator[str]:
    now = found.weeks[-1].signals
    if now.median is not None:
        cards = several(now.given + now.never, "open card")
        typically = "typically " if now.given > 1 else ""
        yield f"{now.given:,} of {cards} ever showed interest, {typically}{days_ago(now.median)}."
    yield kept_against_words(found.decisions)
    yield (
        f"Each purge frees the hours a week that its card took, over the {WEEKS} weeks before."
        " Together they are free each week now."
    )
    if any(point is None for series in chart_of(found) for point in series.points):
        yield f"A gap or {NO_BLOCK} means that there is no figure for that week."


def kept_against_words(made: Decisions) -> str:
    """Say what became of what was kept against the advice."""
    if not made.kept_against:
        return "Nothing was kept against the advice in these weeks."
    cards = several(made.kept_against, "card")
    return f"Kept against the advice in these weeks: {cards}; {made.died:,} dropped since, {made.won:,} won."


def reps_section(found: Statistics) -> ReportSection:
    """Show the owners beside each other."""
    return table_of(
        "reps",
        f"By owner of the cards: open now, decided since {short_day(found.first, found.today)}",
        (
            (ReportColumn("rep", "Owner"), lambda rep: rep.name),
            (figure("open", "Open"), lambda rep: rep.open.count),
            (figure("value", "Value"), lambda rep: rep.open.value),
            (figure("last_signal_days", "Silent"), lambda rep: _days(rep.signals)),
            (hidden("never_signalled", "Never"), lambda rep: rep.signals.never),
            (figure("decided", "Decided"), lambda rep: rep.decisions.decided),
            (figure("purged", "Purged"), lambda rep: rep.decisions.purge_rate),
            (figure("hours", "Hours"), lambda rep: rep.decisions.hours),
            (figure("kept_against", "Against"), lambda rep: rep.decisions.kept_against),
            (figure("died", "Dropped"), lambda rep: rep.decisions.died),
            (hidden("won", "Won"), lambda rep: rep.decisions.won),
        ),
        found.reps,
        (OWNERS, AGAINST),
    )
