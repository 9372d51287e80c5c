"""A backtest as text: the costs and gains side by side, rule by rule, with a curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.cli.terminal import table
from review_board.judgement.rules import words_of_rule
from review_board.learning.backtest import AGES, Backtest, Part, RuleLine
from review_board.learning.history import UNDATED
from review_board.learning.outcomes import End
from review_board.learning.replay import Replayed, usual_closing
from review_board.pipeline.dates import full_day
from review_board.textlayout import WIDE, hanging
from review_board.wording import (
    BLOCKS,
    ENOUGH,
    NO_BLOCK,
    plural,
    several,
    share_block,
    share_percent,
)

EXPLAINED = "review-board config rules names the rules; config NAME says what one means"
NAMED = 8
"""Wins that would have been let go, by name."""
_RIGHT = frozenset({2, 3, 4, 5, 6})


@dataclass(frozen=True, slots=True)
class BacktestResult:
    """What there is to tell: the replay by today's settings, and by changed ones if there are any."""

    today: date
    since: date | None
    changes: Sequence[str]
    now: Backtest
    tried: Backtest | None

    @property
    def runs(self) -> list[tuple[str, Backtest]]:
        """Return the replays with their names."""
        tried = [("changed", self.tried)] if self.tried else []
        return [("today's settings", self.now), *tried]


def backtest_lines(result: BacktestResult) -> Iterator[str]:
    """Yield the whole answer."""
    now = result.now
    since = f", ended since {full_day(result.since)} or open" if result.since else ""
    yield from hanging(
        f"Backtest to {full_day(result.today)}: {several(len(now.all), 'prospect')}{since}: "
        f"{len(now.won.all):,} won, {len(now.lost.all):,} dropped, {len(now.open.all):,} not ended",
        WIDE,
    )
    if not now.all:
        yield "  nothing to replay: it takes prospects with a past, best with won and lost ones"
        return
    for line in (*_in_short(now), *_what_it_rests_on(result)):
        yield from hanging(f"  {line}", WIDE)
    yield ""
    yield from _compared(result)
    runs = result.runs
    if result.tried and result.tried.all == now.all:
        words = "decides nothing otherwise than today's settings do"
        yield from hanging(f"  {', '.join(result.changes)} {words}", WIDE)
        runs = runs[:1]
    for name, run in runs:
        yield from ["", *_headed("First advice to let go, and why", name, result), *_rules(run)]
    for name, run in runs:
        if run.won.purged or run.lost.purged:
            yield from ["", *_headed("Share let go by age", name, result), *_curve(run)]
    for name, run in runs:
        if run.won.purged:
            heading = "Won, but would have been let go before, the latest first"
            yield from ["", *_headed(heading, name, result), *_wins(run)]


def _headed(heading: str, name: str, result: BacktestResult) -> list[str]:
    """Return a heading that says by which settings."""
    by = f"{name}: {', '.join(result.changes)}" if name == "changed" else name
    return hanging(f"{heading} ({by})", WIDE)


def _in_short(run: Backtest) -> Iterator[str]:
    """Yield what matters most: the wins that the advice would have cost, and the losses it would have saved."""
    won, lost = run.won, run.lost
    if won.all and not _unjudged(won):
        yield (
            f"cost of the advice: {len(won.purged):,} of {len(won.all):,} that were won"
            " would have been let go before"
        )
    if lost.all and not _unjudged(lost):
        sooner = lost.days_earlier
        days = "" if sooner is None else f", typically {several(sooner, 'day')} before you did"
        yield (
            f"gain of the advice: {len(lost.purged):,} of {len(lost.all):,} that you dropped"
            f" would have been let go{days}"
        )
    if won.purged:
        yield "good advice lets go of few that are won, and of the others long before you do"
    if won.never_worked:
        yield "“call once, or let go” is not counted as let go: one call keeps them"


def _what_it_rests_on(result: BacktestResult) -> Iterator[str]:
    """Yield what the figures can and cannot say."""
    run = result.now
    yield (
        "each is judged as on every day until it was won or dropped, by what its record held"
        " on that day"
    )
    if run.undated:
        yield (
            f"{run.undated:,} came into this file later than they began. Of the days before, only"
            " what has a date is used; today's column, next step, probability and undated answers"
            f" are not, and {', '.join(UNDATED)} are taken as they are today"
        )
    untouched = sum(part.untouched for part in (run.won, run.lost, run.open))
    if untouched:
        have = plural(untouched, "has", "have")
        yield (
            f"{untouched:,} {have} no contact of ours on record ({run.won.untouched:,} won, "
            f"{run.lost.untouched:,} dropped, {run.open.untouched:,} not ended):"
            " advice that needs one cannot be judged on them"
        )
    usual = usual_closing(run.settings).label
    yield f"where no probability is on record, the {usual} counts: your own was not known at that time"
    if any(each.settings.tiers.by == "percentile" for _, each in result.runs):
        yield "tiers by percentile of what was open and on record when each month began"


def _compared(result: BacktestResult) -> Iterator[str]:
    """Yield the totals, and the difference where there are two."""
    found = [list(_totals(run)) for _, run in result.runs]
    rows = [["", *(name for name, _ in result.runs), *(["difference"] if result.tried else [])]]
    for lines in zip(*found, strict=True):
        row = [lines[0].label, *(line.words for line in lines)]
        rows.append([*row, _difference(*lines)] if result.tried else row)
    yield from table(rows, (32, 18, 18, 12)[: len(rows[0])], frozenset({1, 2, 3}))


@dataclass(frozen=True, slots=True)
class _Total:
    """A line of the comparison: its name, in words, and as a figure where there is one."""

    label: str
    words: str = ""
    figure: Decimal | int | None = None


def _totals(run: Backtest) -> Iterator[_Total]:
    won, lost, open_ = run.won, run.lost, run.open
    yield _Total(f"won later: {len(won.all):,}")
    yield _let_go("  let go before", won)
    yield _unworked(won)
    yield _Total(f"dropped later: {len(lost.all):,}")
    yield _let_go("  let go before", lost)
    yield _days("    typical days earlier", lost.days_earlier)
    yield _freed("    hours freed, in all", lost)
    yield _unworked(lost)
    yield _days("    typical age then, in days", lost.never_worked_age)
    yield _Total(f"not ended: {len(open_.all):,}")
    yield _let_go("  let go by now", open_)
    yield _freed("    hours spent since, in all", open_)


def _unjudged(part: Part) -> bool:
    """Return whether nothing can be said of it: nobody was let go, and no contact is on record."""
    return bool(part.all) and not part.purged and part.untouched == len(part.all)


def _let_go(label: str, part: Part) -> _Total:
    if _unjudged(part):
        return _Total(label, "cannot be judged")
    count = len(part.purged)
    return _Total(label, _share(count, part), count)


def _freed(label: str, part: Part) -> _Total:
    if _unjudged(part):
        return _Total(label, "–")
    return _Total(label, _hours(part.hours_freed), part.hours_freed)


def _unworked(part: Part) -> _Total:
    """Count those to which the never-worked rule said to work them or to release them."""
    count = len(part.never_worked)
    return _Total("  told “call once, or let go”", _share(count, part), count)


def _days(label: str, days: int | None) -> _Total:
    return _Total(label, "–" if days is None else f"{days:,}", days)


def _share(count: int, part: Part) -> str:
    whole = len(part.all)
    return f"{count:,}" if whole < ENOUGH else f"{count:,} ({share_percent(count, whole)})"


def _difference(before: _Total, after: _Total) -> str:
    """Return the changed figure minus today's."""
    if before.figure is None or after.figure is None:
        return ""
    figure = after.figure - before.figure
    if not figure:
        return "0"
    return f"{figure.normalize():+,f}" if isinstance(figure, Decimal) else f"{figure:+,d}"


def _hours(hours: Decimal) -> str:
    return f"{hours.normalize():,f}"


def _rules(run: Backtest) -> Iterator[str]:
    if not run.rules:
        parts = [part for part in (run.won, run.lost, run.open) if part.all]
        judged = not all(map(_unjudged, parts))
        why = "" if judged else "; those that need contact cannot be judged"
        yield f"  the advice would have let nobody go{why}"
        return
    head = ["  because", "to", "won", "dropped", "not ended", "hours", "days earlier"]
    rows = [head, *(_rule_row(line) for line in run.rules)]
    yield from table(rows, (24, 8, 6, 7, 9, 11, 12), _RIGHT)
    yield f"  {EXPLAINED}"


def _rule_row(line: RuleLine) -> list[str]:
    earlier = line.lost.days_earlier
    return [
        f"  {words_of_rule(line.rule)}",
        line.destination.title,
        *(f"{len(part.all):,}" for part in (line.won, line.lost, line.open)),
        _hours(line.lost.hours_freed),
        "–" if earlier is None else str(earlier),
    ]


def _curve(run: Backtest) -> Iterator[str]:
    """Yield the share let go up to each age: a block in eighths, and under it the figure."""
    yield f"  {'within days':20}" + "".join(f"{age:>5}" for age in AGES)
    for name, part in (("dropped later", run.lost), ("won later", run.won)):
        if whole := len(part.all):
            counts = [part.purged_by_age(age) for age in AGES]
            blocks = "".join(f"{share_block(count, whole):>5}" for count in counts)
            unit = "%" if whole >= ENOUGH else "count"
            figures = "".join(f"{_figure(count, whole):>5}" for count in counts)
            yield f"  {f'{name}: {whole:,}':20}{blocks}"
            yield f"  {f'  {unit} of them':20}{figures}"
    yield f"  {NO_BLOCK} is none, {BLOCKS[0]} to {BLOCKS[-1]} the share in eighths, {BLOCKS[-1]} is seven eighths or more"


def _figure(count: int, whole: int) -> str:
    """Return a percentage without its sign, or the count itself while a percentage would mean nothing."""
    if whole < ENOUGH:
        return f"{count}"
    share = 100 * count / whole
    if 0 < share < 1 or 99 < share < 100:
        return "<1" if share < 1 else ">99"
    return f"{share:.0f}"


def _wins(run: Backtest) -> Iterator[str]:
    purged = sorted(run.won.purged, key=lambda one: one.ending.day or date.min, reverse=True)
    shown = purged if len(purged) <= NAMED + 1 else purged[:NAMED]
    rows = [[f"  {one.name}", *_win(one)] for one in shown]
    rules = max(map(len, (row[1] for row in rows)))
    yield from table(rows, (WIDE - rules - len(rows[0][2]) - 4, rules))
    if len(purged) > len(shown):
        yield f"  and {len(purged) - len(shown):,} more; --json names them all"


def _win(one: Replayed) -> list[str]:
    assert one.purge
    assert one.ending.day
    days = (full_day(day) for day in (one.purge.day, one.ending.day))
    return [words_of_rule(one.purge.rule), "let go {}, won {}".format(*days)]


def backtest_json(result: BacktestResult) -> dict[str, Any]:
    """Return the whole answer; days are ISO, hours are strings."""
    return {
        "today": result.today,
        "since": result.since,
        "set": list(result.changes),
        "prospects": len(result.now.all),
        "undated_before_first_version": result.now.undated,
        "taken_undated": list(UNDATED),
        "today_settings": _run_json(result.now),
        "changed_settings": _run_json(result.tried) if result.tried else None,
        "difference": _difference_json(result.now, result.tried) if result.tried else None,
    }


def _difference_json(now: Backtest, tried: Backtest) -> dict[str, Any]:
    """Return the changed figures minus today's."""
    parts = {end.value: (_part_json(now.part(end)), _part_json(tried.part(end))) for end in End}
    figures = ("let_go", "hours_after", "never_worked")
    return {
        end: {name: after[name] - before[name] for name in figures}
        for end, (before, after) in parts.items()
    }


def _run_json(run: Backtest) -> dict[str, Any]:
    return {
        "settings": run.settings.fingerprint(),
        **{end.value: _part_json(run.part(end)) for end in End},
        "rules": [_rule_json(line) for line in run.rules],
        "wins_let_go": [_win_json(one) for one in run.won.purged],
    }


def _part_json(part: Part) -> dict[str, Any]:
    return {
        "count": len(part.all),
        "without_contact": part.untouched,
        "let_go": len(part.purged),
        "hours_after": part.hours_freed,
        "median_days_earlier": part.days_earlier,
        "never_worked": len(part.never_worked),
        "median_age_never_worked": part.never_worked_age,
        "let_go_by_age": {str(age): part.purged_by_age(age) for age in AGES},
    }


def _rule_json(line: RuleLine) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "destination": line.destination,
        "won": len(line.won.all),
        "lost": len(line.lost.all),
        "open": len(line.open.all),
        "hours_freed": line.lost.hours_freed,
        "median_days_earlier": line.lost.days_earlier,
    }


def _win_json(one: Replayed) -> dict[str, Any]:
    assert one.purge
    return {
        "id": one.id,
        "name": one.name,
        "rule": one.purge.rule,
        "destination": one.purge.destination,
        "let_go": one.purge.day,
        "won": one.ending.day,
    }
