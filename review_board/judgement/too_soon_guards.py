"""The guards against giving up too soon: which of them were considered, and which ones hold today.

A guard is no rule and decides nothing. Somebody who wants to drop a prospect sees by the guards what
that would overrule, and what is used up.
"""

from collections.abc import Callable, Iterator

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Guard, Observation
from review_board.judgement.rule_words import (
    distance,
    ids,
    in_attempts,
    in_days,
    size_words,
    too_far,
    tried_too_little,
)
from review_board.judgement.rules.silence import last_try_words
from review_board.judgement.rules.stop_selling import is_ruled_out
from review_board.judgement.sale_evidence import HIGH
from review_board.judgement.unknown_answers import unanswered_in_reviews
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.money import long_money
from review_board.wording import days_ago, several

Look = Callable[[Evidence], Guard | None]


def guards(e: Evidence) -> Iterator[Guard]:
    """Yield the guards that this record gives reason to consider, in a fixed order."""
    for look in _GUARDS:
        if found := look(e):
            yield found


def _interest(e: Evidence) -> Guard | None:
    signal, days = e.timeline.last_signal, e.signal_days
    if signal is None or days is None:
        return None
    holds = days <= e.limits.recent_days
    when = "recent enough" if holds else "too long ago"
    said = f"they showed interest {days_ago(days)}, {when}"
    return Guard(holds, in_days(e, said, days, "recent_days", ids(signal)))


def _callback(e: Evidence) -> Guard | None:
    if e.callback is None or e.proof is None:
        return None
    day = short_when(e.callback.on, e.callback.time, e.today.day)
    if e.proof.is_proven and e.proof.is_near:
        line = Observation(f"a proven callback on {day}", *distance(e), ("callback",))
        return Guard(True, line)
    if e.proof.is_proven:
        said = f"the callback on {day} is {too_far(e)}"
        return Guard(False, Observation(said, *distance(e), ("callback",)))
    return Guard(
        False,
        Observation(
            f"the callback on {day} is not proven: {', '.join(e.proof.failed)}",
            e.proof.grade,
            key="rules.unproven-callback",
            evidence=("callback",),
        ),
    )


def _quote(e: Evidence) -> Guard | None:
    if e.quote is None:
        return None
    count, evidence = len(e.quote_attempts), (f"quotes/{e.quote.id}",)
    holds = count < e.limits.attempts
    if holds and (e.timeline.deferrals or e.unexplained):
        moved = "its close date moved" if _only_we_moved(e) else "they have put us off"
        said = f"an open quote, but {moved}"
        return Guard(False, Observation(said, "put off", key="rules.open-quote", evidence=evidence))
    said = f"an open quote, {'not yet ' if holds else ''}followed up often enough"
    return Guard(holds, in_attempts(e, said, count, evidence))


def _only_we_moved(e: Evidence) -> bool:
    return all(deferral.ours for deferral in (*e.timeline.deferrals, *e.unexplained))


def _persistence(e: Evidence) -> Guard | None:
    if not e.knows_contacts or is_ruled_out(e):
        return None
    count, holds = e.unanswered, e.unanswered < e.limits.attempts
    few = f"{tried_too_little(e)}: silence does not count yet"
    said = few if holds else f"{several(count, 'attempt')} without an answer: no longer too soon"
    return Guard(holds, in_attempts(e, said, count, ids(*e.timeline.unanswered)))


def _rescue(e: Evidence) -> Guard | None:
    if e.tier != HIGH:
        return None
    used = e.prospect.rescue
    if used:
        running = e.today.day <= used.until
        until = short_day(used.until, e.today.day)
        words = f"the one last attempt {'runs until' if running else 'ended on'} {until}"
        line = Observation(words, until, key="rules.rescue", evidence=("rescue",))
        return Guard(running, line)
    untried = e.untried_routes
    words = "no way in is left to try"
    if untried:
        words = last_try_words(untried)
    line = Observation(words, several(len(untried), "route"), key="rules.rescue")
    return Guard(bool(untried), line)


def _unknown(e: Evidence) -> Guard | None:
    """Return the open questions of the last reviews, while these are too few to count."""
    verdicts, limit = unanswered_in_reviews(e).verdicts, e.limits.unknown_reviews
    count = len(verdicts)
    if not 0 < count < limit:
        return None
    line = Observation(
        f"open questions in {several(count, 'review')} in a row: they do not count yet",
        several(count, "review"),
        f"< {limit}",
        "thresholds.unknown_reviews",
        verdicts,
    )
    return Guard(True, line)


def _tier(e: Evidence) -> Guard | None:
    if e.tier != HIGH or e.potential is None:
        return None
    line = Observation(
        f"{size_words(e)}: silence and putting off lead to Nurture, not to Dropped",
        long_money(e.potential),
        f"≥ {e.settings.tiers.high_from:,f}",
        "tiers.high_from",
        ("value",),
    )
    return Guard(True, line)


_GUARDS: tuple[Look, ...] = (_interest, _callback, _quote, _persistence, _unknown, _rescue, _tier)
