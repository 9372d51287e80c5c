"""The guards against giving up too soon: which of them were considered, and which one holds today.

A guard is no rule and wins nothing. It says what stands between a prospect and being dropped, so
that somebody who wants to drop it sees what it would overrule, and what is used up.
"""

from collections.abc import Callable, Iterator

from review_board.judgement.evidence import HIGH, Evidence
from review_board.judgement.recommendation import Guard, Observation
from review_board.judgement.rules import ids, plural, tier_words
from review_board.pipeline.dates import short_day, short_when

Look = Callable[[Evidence], Guard | None]


def guards(e: Evidence) -> Iterator[Guard]:
    """The guards that this record gives reason to consider, in a fixed order."""
    for look in _GUARDS:
        if found := look(e):
            yield found


def _interest(e: Evidence) -> Guard | None:
    signal, days, limit = e.timeline.last_signal, e.signal_days, e.limits.recent_days
    if signal is None or days is None:
        return None
    holds = days <= limit
    line = Observation(
        f"a buyer signal {plural(days, 'day')} ago {'is' if holds else 'is no longer'} recent",
        f"{days} d",
        f"{'≤' if holds else '>'} {limit}",
        "thresholds.recent_days",
        ids(signal),
    )
    return Guard(holds, line)


def _promise(e: Evidence) -> Guard | None:
    if e.callback is None or e.proof is None:
        return None
    day = short_when(e.callback.on, e.callback.time, e.today.day)
    if e.proof.proven and e.proof.near:
        return Guard(
            True,
            Observation(
                f"a proven callback on {day}",
                f"{e.proof.days} d ahead" if e.proof.days >= 0 else f"{-e.proof.days} d overdue",
                f"≤ {e.proof.horizon}",
                "thresholds.callback_days",
                ("callback",),
            ),
        )
    lacks = "; ".join(e.proof.failed) or "its day is too far to rest with us"
    line = Observation(
        f"the callback on {day} is {e.proof.grade}: {lacks}",
        e.proof.grade,
        "",
        "thresholds.callback_days" if e.proof.proven else "rules.unproven-callback",
        ("callback",),
    )
    return Guard(False, line)


def _quote(e: Evidence) -> Guard | None:
    if e.quote is None:
        return None
    count, limit = len(e.quote_attempts), e.limits.attempts
    holds = count < limit and not (e.timeline.deferrals or e.unexplained)
    done = "not yet followed up enough" if holds else "followed up, or put off since"
    line = Observation(
        f"an open quote, {done}",
        plural(count, "attempt"),
        f"{'<' if count < limit else '≥'} {limit}",
        "thresholds.attempts",
        (f"quotes/{e.quote.id}",),
    )
    return Guard(holds, line)


def _persistence(e: Evidence) -> Guard | None:
    if not e.contacted:
        return None
    count, limit = e.unanswered, e.limits.attempts
    holds = count < limit
    few = f"{count} of {limit} attempts unanswered: silence does not count yet"
    line = Observation(
        few if holds else f"{plural(count, 'attempt')} unanswered: silence may count",
        plural(count, "attempt"),
        f"{'<' if holds else '≥'} {limit}",
        "thresholds.attempts",
        ids(*e.timeline.unanswered),
    )
    return Guard(holds, line)


def _rescue(e: Evidence) -> Guard | None:
    if e.tier != HIGH:
        return None
    used = e.prospect.rescue
    if used:
        running = e.today.day <= used.until
        until = short_day(used.until, e.today.day)
        words = f"the one rescue runs until {until}" if running else f"the one rescue ended {until}"
        days = f"{e.limits.rescue_days} d"
        line = Observation(words, until, days, "thresholds.rescue_days", ("rescue",))
        return Guard(running, line)
    untried = [way.name for way in e.ways if not way.tried]
    words = (
        f"a rescue is left, through {untried[0]}" if untried else "no route is left for a rescue"
    )
    line = Observation(words, plural(len(untried), "route"), "≥ 1", "rules.rescue")
    return Guard(bool(untried), line)


def _tier(e: Evidence) -> Guard | None:
    if e.tier != HIGH:
        return None
    line = Observation(
        f"{tier_words(e)}: silence and deferrals lead to Nurture, not to Dropped",
        e.tier,
        f"≥ {e.settings.tiers.high_from:,f}",
        "tiers.high_from",
        ("value",),
    )
    return Guard(True, line)


_GUARDS: tuple[Look, ...] = (_interest, _promise, _quote, _persistence, _rescue, _tier)
