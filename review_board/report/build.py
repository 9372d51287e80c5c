"""The report put together: the line to send on, the header, the sections in their order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from review_board.pipeline.dates import long_day
from review_board.pipeline.money import side_by_side
from review_board.report import decisions, missing_data, trend, upcoming
from review_board.report.change_sections import changed_since, since_then
from review_board.report.facts import Facts, Left, Period
from review_board.report.items import ContactItem, Obligation, ObligationKind
from review_board.report.model import Report, ReportSection, Value
from review_board.report.pair_votes import (
    both_against_the_record,
    pair_agreement,
    pair_bets,
    pair_votes,
    right_later,
)
from review_board.report.values import sums
from review_board.wording import duration, plural, several

SECTIONS: tuple[Callable[[Facts], ReportSection], ...] = (
    decisions.by_column,
    decisions.by_person,
    decisions.before_and_after,
    changed_since,
    decisions.won,
    decisions.purged,
    decisions.kept_against,
    decisions.overruled,
    pair_votes,
    pair_agreement,
    right_later,
    pair_bets,
    both_against_the_record,
    decisions.not_settled,
    since_then,
    upcoming.owed_by_owner,
    upcoming.owed,
    upcoming.callbacks,
    upcoming.rescues,
    upcoming.bets,
    upcoming.nurture,
    upcoming.best_calls,
    upcoming.overdue,
    upcoming.next_week,
    missing_data.data_gaps,
    missing_data.zombies,
    trend.trend,
)
"""Every section, in the order in which it is read; one with nothing to say is left out."""


AT_ITS_END = ", as the review ended"
"""Says of a report that nothing of what came later is in it, but in a section of its own."""
AS_IT_IS_NOW = ", as it is now: no history tells how it stood as the review ended"
"""Says of a report on a review that has ended that what came later is in it."""
NAMES = {
    ObligationKind.PROMISE: ("call they asked for", "calls they asked for"),
    ObligationKind.QUOTE: ("quote", "quotes"),
    ObligationKind.NEVER_CALLED: ("first call", "first calls"),
}


def make_report(facts: Facts) -> Report:
    """Return the report of these facts: the same facts give the same report."""
    return Report(
        title=f"Pipeline review: {facts.pipeline}, {_period(facts)}",
        day=facts.today.day,
        summary=summary(facts),
        header=tuple((label, text) for label, text in _header(facts) if text),
        facts=_facts(facts),
        sections=tuple(section(facts) for section in SECTIONS),
        contacts={item.who.id: item.lines for item in facts.those(ContactItem)},
    )


def summary(facts: Facts) -> str:
    """Return what the hour came to, in one line that can be sent on."""
    head = _settled(facts)
    if facts.decided:
        head += f": {_kept_and_purged(facts)}"
    said = (head, *_lost_bets(facts), *_freed(facts), *_we_owe(facts))
    return " ".join(f"{sentence}." for sentence in said)


def _freed(facts: Facts) -> Iterator[str]:
    """Yield what left selling time, and the hours that this frees: ``$310k let go, which frees about 2 h a week``.

    Where some of what was let go frees nothing, it says of how many it speaks.
    """
    freed, hours = facts.freed, upcoming.time_freed(facts).hours_a_week
    worth = side_by_side(decisions.totals_of(freed, facts).value)
    gone = sum(not s.kept and not s.stayed for s in facts.cards)
    a_week = f"about {hours:f} h a week" if hours else ""
    if freed and len(freed) < gone:
        told = ", ".join(filter(None, (worth, a_week))) or "of no known value"
        frees = plural(len(freed), "frees", "free")
        yield f"{len(freed):,} of these {several(gone, 'card')} {frees} selling time: {told}"
    elif worth:
        yield f"{worth} let go, which frees {a_week}" if hours else f"{worth} let go"
    elif hours:
        yield f"That frees {a_week}"


def _kept_and_purged(facts: Facts) -> str:
    """Return ``12 kept, 9 purged, 4 stay in Nurture``: together every decision."""
    kept, purged, stayed = _counts(facts)
    part = f", {stayed:,} {plural(stayed, 'stays', 'stay')} in Nurture" if stayed else ""
    return f"{kept:,} kept, {purged:,} purged{part}"


def _counts(facts: Facts) -> tuple[int, int, int]:
    """Return how many were kept, were purged, and stay in Nurture."""
    made = facts.decided
    return sum(s.kept for s in made), sum(s.purged for s in made), sum(s.stayed for s in made)


def _lost_bets(facts: Facts) -> Iterator[str]:
    """Yield that bets were lost, which nobody decided."""
    if lost := facts.lost_bets:
        yield f"{several(lost, 'lost bet')} {plural(lost, 'was', 'were')} dropped at the start"


def _settled(facts: Facts) -> str:
    """Return ``41 of 47 cards decided in 38 min``."""
    period, count = facts.period, facts.decided_cards
    if not period.session:
        made = f", {len(facts.decided):,} decisions" if len(facts.decided) > count else " decided"
        return f"{several(count, 'card')}{made} since {_since(facts)}"
    of = (
        f"{count} of {several(period.cards, 'card')}"
        if period.cards > count
        else several(count, "card")
    )
    in_time = f" in {duration(period.seconds)}" if period.seconds else ""
    return f"{of} decided{in_time}"


def _we_owe(facts: Facts) -> Iterator[str]:
    """Yield ``Owed now: 11 calls they asked for, 21 quotes, 11 first calls``, what comes later, their worth."""
    owed = facts.those(Obligation)
    now, later = (_by_kind(o for o in owed if (o.on is None) is is_now) for is_now in (True, False))
    yield f"Owed now: {now}" if now else "You owe nobody a call"
    if later:
        yield f"Owed later: {later}"
    quotes = sum(o.kind is ObligationKind.QUOTE for o in owed)
    if quotes:
        are = "quote is" if quotes == 1 else f"{quotes:,} quotes are"
        yield f"The {are} worth about {sums(upcoming.quotes_worth(facts))}"


def _by_kind(owed: Iterable[Obligation]) -> str:
    """Return how many of each kind: ``11 calls they asked for, 21 quotes``."""
    counted = Counter(o.kind for o in owed)
    kinds = (kind for kind in ObligationKind if counted[kind])
    return ", ".join(f"{counted[kind]:,} {plural(counted[kind], *NAMES[kind])}" for kind in kinds)


def _header(facts: Facts) -> list[tuple[str, str]]:
    period, count = facts.period, len(facts.decided)
    pace = f"{_pace(facts)} s a decision" if _pace(facts) else ""
    return [
        ("Pipeline", facts.pipeline),
        ("Owner", period.owner or _all_owners(facts)),
        ("Who", ", ".join(period.by)),
        ("When", _when(facts)),
        ("Working time", _working_time(period)),
        ("Scope", period.scope),
        ("Decided", f"{_of(facts)}: {_kept_and_purged(facts)}" if count else "none"),
        ("Lost bets", f"{facts.lost_bets:,} dropped at the start" if facts.lost_bets else ""),
        ("Moved since", decisions.moved_since_in_words(facts)),
        ("Pace", pace),
        ("Not decided", ", ".join(f"{len(x.ids)} {x.how.value}" for x in facts.undecided)),
        (
            "Taken back",
            f"{several(period.taken_back, 'verdict')} since; not counted here"
            if period.taken_back
            else "",
        ),
        ("Report of", _dated(facts.today.day) + _as_of(facts)),
    ]


def _as_of(facts: Facts) -> str:
    """Return as of which moment of that day a review that has ended is told, where it is one."""
    if facts.since is not None:
        return AT_ITS_END
    return AS_IT_IS_NOW if facts.period.ended else ""


def _all_owners(facts: Facts) -> str:
    """Return that the lists are of everybody, so that nobody takes them for one reviewer's."""
    owners = {item.who.owner for item in facts.found if item.who.owner}
    return f"everybody ({len(owners)} owners), in the lists below too" if len(owners) > 1 else ""


def _working_time(period: Period) -> str:
    """Return ``8 min, pauses left out``: shorter than from the first card to the last."""
    if not period.seconds:
        return ""
    beside = ", pauses left out" if period.clocked else " on the cards alone"
    return duration(period.seconds) + beside


def _of(facts: Facts) -> str:
    """Return ``41 of 47 cards``; ``146 cards, 182 decisions`` where some were decided more than once."""
    count, made = facts.decided_cards, len(facts.decided)
    if facts.period.session:
        return f"{count:,} of {several(facts.period.cards, 'card')}"
    return several(count, "card") + (f", {made:,} decisions" if made > count else "")


def _when(facts: Facts) -> str:
    period, zone = facts.period, facts.today.zone
    began = period.started.astimezone(zone)
    if not period.session:
        return f"since {_since(facts)}, {several(period.sessions, 'review')}"
    if period.ended is None:
        return f"{_dated(began.date())} {began:%H:%M}, not finished"
    ended = period.ended.astimezone(zone)
    if ended.date() == began.date():
        return f"{_dated(began.date())} {began:%H:%M} to {ended:%H:%M}"
    return f"{_dated(began.date())} {began:%H:%M} to {_dated(ended.date())} {ended:%H:%M}"


def _since(facts: Facts) -> str:
    return _dated(_day(facts))


def _dated(day: date) -> str:
    """Return ``Fri 20 Nov 2026``."""
    return f"{long_day(day, day)} {day.year}"


def _period(facts: Facts) -> str:
    return f"week {_week(facts)}" if facts.period.session else f"since {_since(facts)}"


def _week(facts: Facts) -> int:
    """Return the ISO week of the session, or of the day of a report over many."""
    return (_day(facts) if facts.period.session else facts.today.day).isocalendar().week


def _day(facts: Facts) -> date:
    return facts.today.day_of(facts.period.started)


def _pace(facts: Facts) -> int:
    """Return seconds a decision: of the time worked where it was clocked, else of what the verdicts took."""
    period, count = facts.period, len(facts.decided)
    seconds = period.seconds if period.clocked else sum(s.verdict.seconds for s in facts.decided)
    return seconds // count if count else 0


TOLD_BY_NAME = (Left.SKIPPED, Left.SNOOZED, Left.PARKED, Left.LEFT, Left.GONE, Left.UNREAD)
"""What has a key of its own among the facts."""


def _facts(facts: Facts) -> tuple[tuple[str, Value | tuple[str, ...]], ...]:
    """Return the header's values, typed."""
    period, today = facts.period, facts.today
    kept, purged, stayed = _counts(facts)
    freed, left = facts.freed, {one.how: len(one.ids) for one in facts.undecided}
    worth, spent = decisions.totals_of(freed, facts), upcoming.time_freed(facts)
    return (
        ("pipeline", facts.pipeline),
        ("day", today.day),
        ("week", _week(facts)),
        ("by", period.by),
        ("session", period.session or None),
        ("sessions", period.sessions),
        ("since", None if period.session else today.day_of(period.started)),
        ("started", period.started.astimezone(today.zone).isoformat(timespec="seconds")),
        (
            "ended",
            period.ended.astimezone(today.zone).isoformat(timespec="seconds")
            if period.ended
            else None,
        ),
        ("owner", period.owner or None),
        ("scope", period.scope or None),
        ("seconds", period.seconds),
        ("seconds_of", "worked" if period.clocked else "verdicts"),
        ("seconds_a_card", _pace(facts)),
        ("cards", period.cards if period.session else None),
        ("settled", facts.decided_cards),
        ("decisions", len(facts.decided)),
        ("kept", kept),
        ("purged", purged),
        ("stayed_in_nurture", stayed),
        ("lost_bets", facts.lost_bets),
        ("freed", len(freed)),
        ("freed_value", worth.value),
        ("freed_weighted", worth.weighted),
        *((how.name.lower(), left.get(how, 0)) for how in TOLD_BY_NAME),
        ("taken_back", period.taken_back),
        ("hours_freed", spent.hours_a_week),
        ("hours_freed_contacts", spent.touches),
        ("hours_freed_minutes", spent.minutes),
        ("owed", len(facts.those(Obligation))),
        ("owed_now", sum(o.on is None for o in facts.those(Obligation))),
        ("owed_dated", sum(o.on is not None for o in facts.those(Obligation))),
        ("owed_worth", upcoming.quotes_worth(facts)),
        ("closing_ratio", facts.closing.ratio),
        ("closing_ratio_label", facts.closing.label),
        ("coverage", decisions.covered(facts)),
    )
