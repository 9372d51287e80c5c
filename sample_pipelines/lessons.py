"""Stories with a lesson: a verdict, and what became of it; a bet; a card kept again and again."""

from review_board.pipeline.vocabulary import Outcome, SignalKind
from sample_pipelines.draft import Draft
from sample_pipelines.purging import let_rest

# Let go, and bought


def dropped_and_won(d: Draft) -> None:
    """Dropped in a review; months later they call, and buy."""
    d.worth(d.rng.choice(["low", "low", "mid"]))
    on, back = _purchase(d)
    weeks = back // 7 + d.between(8, 22)
    gone = weeks * 7
    if small := d.is_small:
        _went_silent(d, gone)
    else:
        _put_us_off(d, gone, d.between(4, 5))
    rule, reason = (
        ("gone-silent", "no-response") if small else ("serial-deferral", "only-deferrals")
    )
    d.verdict_change(weeks, rule, "dropped", reason=reason)
    d.drop(gone, reason)
    _bought(d, back, on, changed=d.say("changed"))


def nurtured_and_won(d: Draft) -> None:
    """Put into Nurture; one of the mailings brings an answer, and in the end an order."""
    d.worth("mid")
    on, back = _purchase(d)
    weeks = back // 7 + d.between(9, 26)
    let_rest(d, weeks)
    d.mailings(weeks * 7 - 29, 30, (weeks * 7 - back) // 30)
    _bought(d, back, on)


# Decided against the advice


def kept_and_died(d: Draft) -> None:
    """Kept against advice on a feeling, and dropped some reviews later."""
    died = d.between(2, 24)
    weeks = died + d.between(4, 8)
    if d.chance(0.5):
        d.worth("low")
        rule = "gone-silent"
        _went_silent(d, weeks * 7)
    else:
        d.worth("mid")
        rule = "serial-deferral"
        _put_us_off(d, weeks * 7, d.between(3, 4))
    d.verdict_change(weeks, rule, "dropped", "active", start_anew=d.chance(0.3))
    d.attempts(weeks * 7 - 5, died * 7 + 12, d.between(2, 4))
    if d.chance(0.4):
        told = d.say("bought")
        d.touch(died * 7 + 3, Outcome.TALKED, note=told)
        d.answer("process", "negative", died * 7 + 3, told)
        rule, reason = "knocked-out", "bought-elsewhere"
    else:
        reason = d.rng.choice(["no-decision", "no-decision", "no-response"])
    d.verdict_change(died, rule, "dropped", reason=reason)
    d.drop(died * 7, reason)


def kept_and_won(d: Draft) -> None:
    """Kept against advice, and right: they came round and bought."""
    d.worth("mid")
    on, back = _purchase(d)
    weeks = back // 7 + d.between(2, 4)
    _put_us_off(d, weeks * 7, d.between(3, 4))
    d.verdict_change(weeks, "serial-deferral", "dropped", "active", start_anew=True)
    _bought(d, back, on)


def gave_up_early(d: Draft) -> None:
    """Three tries, and dropped though the advice was to go on."""
    d.worth(d.rng.choice(["low", "mid"]))
    weeks = d.between(6, 20)
    gone = weeks * 7
    d.created(gone + d.between(50, 70))
    d.talk(gone + d.between(36, 45))
    d.qualify(gone + 36, 4)
    d.attempts(gone + 30, gone + 10, 3)
    line = d.say("against-keep")
    d.verdict_change(
        weeks, "too-soon", "active", "dropped", reason="timing", against=line, start_anew=False
    )
    d.drop(gone, "timing")


def quote_let_go(d: Draft) -> None:
    """A quote given up after two follow-ups, though the advice was to go on."""
    d.worth("mid")
    weeks = d.between(5, 16)
    sent = weeks * 7 + d.between(15, 24)
    d.created(sent + d.between(20, 40))
    d.talk(sent + 10)
    d.advance(sent + 3, SignalKind.QUOTE_REQUEST)
    d.qualify(sent + 3, 4)
    d.quote(sent, "expired", weeks * 7 - 21)
    d.attempts(sent - 4, weeks * 7 + 3, 2)
    line = d.say("against-keep")
    d.verdict_change(
        weeks,
        "open-quote",
        "active",
        "dropped",
        reason="no-decision",
        against=line,
        start_anew=False,
    )
    d.drop(weeks * 7, "no-decision")


# Kept on and on


def kept_on_and_on(d: Draft) -> None:
    """Three reviews kept it, and all the while the buyer spent nothing."""
    d.worth(d.rng.choice(["mid", "mid", "high"]))
    _friendly(d)
    for weeks in (3, 2, 1):
        d.verdict_change(weeks, "working", "active", note=d.say("kept"))


# Bets


def bet_due(d: Draft) -> None:
    """Kept on a bet that ended yesterday, and nothing came of it."""
    d.worth("mid")
    _friendly(d)
    d.verdict_change(2, "working", "active")
    d.bet(1)


def bet_running(d: Draft) -> None:
    """Kept against advice, on a bet that runs a few more days."""
    d.worth("mid")
    _put_us_off(d, 7, 3)
    d.verdict_change(1, "serial-deferral", "dropped", "active", start_anew=False)
    d.bet(-5)


def bet_kept(d: Draft) -> None:
    """Kept on a bet, and the buyer did it in time."""
    d.worth("mid")
    d.created(d.between(90, 120))
    d.advance(72, SignalKind.INFORMATION)
    d.talk(37)
    d.qualify(37, 5)
    d.attempts(34, 31, 2)
    d.verdict_change(4, "working", "active")
    d.bet(14)
    d.advance(17, SignalKind.STEP_AGREED)
    d.verdict_change(2, "live-interest", "active")
    d.talk(9)
    d.step(d.between(3, 6))
    d.verdict_change(1, "live-interest", "active")


# What they have in common


def _purchase(d: Draft) -> tuple[int, int]:
    """Days ago: when they bought, and when they came to us."""
    on = d.between(6, 100)
    return on, on + d.between(20, 38)


def _went_silent(d: Draft, until: int) -> None:
    """A friendly talk, and then no answer for two months and more."""
    d.created(until + d.between(95, 140))
    d.talk(until + d.between(66, 90))
    d.qualify(until + 62, d.between(3, 4))
    d.attempts(until + 60, until + 6, d.between(7, 8))


def _put_us_off(d: Draft, until: int, count: int) -> None:
    """Once they gave something; since then a month, and another month."""
    first = until + 4 + 30 * (count - 1)
    d.created(first + d.between(40, 80))
    d.advance(first + d.between(24, 30), SignalKind.INFORMATION)
    d.qualify(first + 20, d.between(3, 4))
    for number in range(count):
        d.defer(first - 30 * number)


def _friendly(d: Draft) -> None:
    """Talks that lead nowhere, and every question answered."""
    d.created(d.between(110, 140))
    d.advance(d.between(66, 90), SignalKind.INFORMATION)
    d.talk(d.between(46, 52))
    d.talk(26)
    d.qualify(26, 5)
    d.attempts(20, 16, 2)
    d.talk(d.between(9, 11))


def _bought(d: Draft, back: int, on: int, *, changed: str = "") -> None:
    """They come to us, are taken up in the next review, and buy."""
    for place in ("column", "nurture"):
        d.fields.pop(place, None)
    d.advance(back, SignalKind.INBOUND)
    d.verdict_change((back - 1) // 7, "live-interest", "active", changed=changed)
    d.advance(on + 12, SignalKind.MEETING)
    d.advance(on + 9, SignalKind.QUOTE_REQUEST)
    d.qualify(on + 9, 5)
    d.quote(on + 8, "accepted", on)
    d.attempts(on + 5, on + 5, 1)
    d.advance(on + 3, SignalKind.COUNTER_PROPOSAL)
    d.advance(on, SignalKind.STEP_AGREED)
    d.fields["won"] = {"on": d.day(on), "value": d.fields["value"], "by": d.owner}
