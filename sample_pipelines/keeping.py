"""Stories of prospects worth keeping: each function writes one believable past."""

from review_board.pipeline.vocabulary import Outcome, ReasonKind, SignalKind
from sample_pipelines.draft import Draft, Fields

GIVEN = [
    SignalKind.MEETING,
    SignalKind.INFORMATION,
    SignalKind.STEP_AGREED,
    SignalKind.INTRODUCTION,
    SignalKind.COUNTER_PROPOSAL,
    SignalKind.INBOUND,
]


def open_quote(d: Draft) -> None:
    """A quote is out and was followed up a little, or not at all."""
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    sent = d.between(9, 44)
    d.created(sent + d.between(12, 40))
    d.talk(sent + d.between(6, 11))
    d.advance(sent + d.between(1, 4), SignalKind.QUOTE_REQUEST)
    d.qualify(sent + 1, d.between(1, 4))
    d.quote(sent)
    if tries := min(d.between(0, 4), sent // 4):
        d.attempts(sent - 3, d.between(1, 3), tries)
    if d.chance(0.7):
        d.verdict_change(d.between(1, sent // 7), "open-quote", "active")


def forgotten_quote(d: Draft) -> None:
    """A large quote that nobody ever asked about again."""
    d.worth(d.rng.choice(["mid", "high", "high"]))
    sent = d.between(24, 160)
    d.created(sent + d.between(15, 60))
    d.advance(sent + d.between(8, 14), SignalKind.MEETING)
    d.advance(sent + d.between(2, 5), SignalKind.QUOTE_REQUEST)
    d.quote(sent)
    d.note(sent - 2, "kept")
    d.verdict_change(d.between(2, 3), "open-quote", "active")


def live_interest(d: Draft) -> None:
    """They spent something in the last weeks."""
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    last = d.between(2, 25)
    d.created(last + d.between(16, 60))
    d.talk(last + d.between(8, 14))
    if d.chance(0.5):
        d.attempts(last + 7, last + 3, 2)
    kind = d.rng.choice(GIVEN)
    who = d.meet(d.company.boss) if kind is SignalKind.INTRODUCTION else d.company.main
    d.advance(last, kind)
    d.touches[-1]["contact"] = who.id
    d.qualify(last, d.between(2, 5))
    if d.chance(0.75):
        d.step(d.between(1, 14))
    if last > 8:
        d.verdict_change(1, "live-interest", "active")


def came_back(d: Draft) -> None:
    """Dropped for empty deferrals, and now they come to us."""
    weeks = d.between(14, 28)
    count = d.between(3, 6)
    d.created(weeks * 7 + count * 32 + d.between(5, 20))
    for number in range(count):
        d.defer(weeks * 7 + 3 + 31 * (count - number))
    d.verdict_change(weeks, "serial-deferral", "dropped", reason="only-deferrals")
    d.drop(weeks * 7, "only-deferrals")
    d.advance(d.between(1, 9), SignalKind.INBOUND)


def proven_callback(d: Draft) -> None:
    """A day, a reason, and what will have changed: it rests."""
    asked = d.between(10, 45)
    on = d.between(0, 6) if d.chance(0.25) else -d.between(4, 130)
    _promised(d, asked, on)
    d.verdict_change(1, "proven-callback", "callback-pending")


def promise_missed(d: Draft) -> None:
    """The day came and went, and we did not call."""
    on = d.between(9, 26)
    _promised(d, on + d.between(25, 80), on)
    d.verdict_change(on // 7 + 2, "proven-callback", "callback-pending")


def far_callback(d: Draft) -> None:
    """A real reason, but more than half a year away."""
    _promised(d, d.between(3, 30), -d.between(192, 320))


def _promised(d: Draft, asked: int, on: int) -> None:
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    d.created(asked + d.between(45, 120))
    d.talk(asked + d.between(32, 44))
    if d.chance(0.6):
        d.advance(asked + d.between(14, 30), SignalKind.INFORMATION)
    if d.chance(0.5):
        d.attempts(asked + 12, asked + 4, d.between(1, 3))
    reason = d.rng.choice(list(ReasonKind))
    why = d.say(f"reasons.{reason}")
    touch = d.defer(asked, reason.value, note=why)
    proof: Fields = {"reason": reason.value, "change": why}
    if d.chance(0.4):
        proof["commitment"] = d.say("step")
    d.qualify(asked, d.between(1, 4))
    d.callback(on, touch, **proof)


def unproven_callback(d: Draft) -> None:
    """Call me back, they said: once or twice, and not why."""
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    asked = d.between(10, 32)
    d.created(asked + d.between(70, 110))
    d.advance(asked + d.between(40, 60), SignalKind.INFORMATION)
    if d.chance(0.5):
        d.defer(asked + d.between(26, 34))
    d.qualify(asked + 20, d.between(3, 5))
    touch = d.defer(asked)
    proof: Fields = {"reason": "budget"} if d.chance(0.2) else {}
    if proof:
        touch["note"] = "something about the budget"
    d.callback(-d.between(-4, 24), touch, **proof)
    d.verdict_change(1, "unproven-callback", "callback-pending")


def fresh_lead(d: Draft) -> None:
    """Days old, and nobody has called yet."""
    d.worth(d.rng.choice(["low", "mid", "high"]))
    d.created(d.between(1, 12))
    if d.chance(0.5):
        d.meet(d.company.boss)


def never_worked(d: Draft) -> None:
    """On the list for weeks, never called."""
    d.created(d.between(22, 120))
    if d.chance(0.5):
        d.verdict_change(1, "never-worked", "active")


def too_soon(d: Draft) -> None:
    """Two or three calls, then forgotten: most give up here."""
    d.worth(d.rng.choice(["low", "mid", "high"]))
    silent = d.between(36, 85)
    d.created(silent + d.between(5, 30))
    d.talk(silent)
    d.qualify(silent, d.between(3, 5))
    d.attempts(silent - 4, d.between(12, 28), d.between(1, 4))
    if d.chance(0.6):
        d.verdict_change(1, "too-soon", "active")


def rescue(d: Draft) -> None:
    """High value, long silence, and somebody there whom nobody has asked."""
    d.worth("high")
    if d.chance(0.4):
        shops = d.between(60, 140)
        d.worth("low")
        each = d.rng.choice([2_000, 3_000, 4_000, 6_000])
        d.fields["value"]["amount"] = str(each)
        d.fields["locations"] = shops
    silent = d.between(66, 110)
    d.created(silent + d.between(5, 30))
    d.talk(silent)
    d.qualify(silent, d.between(3, 4))
    d.attempts(silent - 4, d.between(5, 12), d.between(6, 9))
    d.meet(d.company.champion if d.chance(0.6) else d.company.boss)
    if d.chance(0.6):
        d.meet(d.company.assistant)
    if d.chance(0.5):
        d.verdict_change(2, "last-call", "active")


def last_call(d: Draft) -> None:
    """Five tries and a month of silence: ask whether to close the file."""
    d.worth(d.rng.choice(["mid", "mid", "high"]))
    silent = d.between(35, 56)
    d.created(silent + d.between(5, 40))
    d.talk(silent)
    d.qualify(silent, d.between(3, 4))
    d.attempts(silent - 2, d.between(8, 16), 5)
    if d.chance(0.6):
        d.verdict_change(1, "last-call" if d.chance(0.5) else "too-soon", "active")


def working(d: Draft) -> None:
    """Under way: they talk to us, and something is to happen next."""
    d.worth(d.rng.choice(["low", "mid", "high"]))
    last = d.between(8, 24)
    d.created(last + d.between(60, 100))
    d.advance(last + d.between(36, 50), SignalKind.MEETING)
    d.attempts(last + 20, last + 5, 2)
    d.talk(last)
    d.qualify(last, d.between(3, 5))
    if d.chance(0.7):
        d.step(d.between(2, 16))
    d.verdict_change(1, "working", "active")


def pressed(d: Draft) -> None:
    """Called far too often after a friendly talk; somebody complained."""
    last = d.between(19, 24)
    d.created(last + d.between(8, 30))
    d.talk(last)
    d.qualify(last, 3)
    d.attempts(last - 2, 3, d.between(5, 6))
    d.touch(2, Outcome.COMPLAINT, who=d.meet(d.company.assistant))
    d.step(d.between(14, 30))


def won(d: Draft) -> None:
    """Bought."""
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    on = d.between(4, 150)
    d.created(on + d.between(40, 90))
    d.talk(on + 36)
    d.attempts(on + 32, on + 24, d.between(1, 3))
    d.advance(on + 20, SignalKind.MEETING)
    d.advance(on + 14, SignalKind.QUOTE_REQUEST)
    d.quote(on + 12, "accepted", on)
    d.attempts(on + 9, on + 4, d.between(1, 2))
    d.advance(on + 3, SignalKind.COUNTER_PROPOSAL)
    d.advance(on, SignalKind.STEP_AGREED)
    d.qualify(on + 13, 5)
    d.verdict_change(on // 7 + 2, "live-interest", "active")
    d.fields["won"] = {"on": d.day(on), "value": d.fields["value"], "by": d.owner}
