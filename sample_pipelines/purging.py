"""Stories of prospects to let go: each function writes one believable past."""

from review_board.pipeline.changes import TRACK_DAYS
from review_board.pipeline.vocabulary import Outcome, SignalKind, Track
from sample_pipelines.draft import Draft


def do_not_contact(d: Draft) -> None:
    """They asked to be left alone; some still stand on the board."""
    ago = d.between(5, 120)
    d.created(ago + d.between(30, 90))
    d.talk(ago + 24)
    d.attempts(ago + 20, ago + 4, d.between(2, 5))
    asked = d.touch(ago, Outcome.DO_NOT_CONTACT)
    request = {"at": asked["at"], "by": d.owner, "note": asked["note"]}
    d.fields["do_not_contact"] = request
    if ago > 7 and d.chance(0.7):
        weeks = (ago - 1) // 7
        d.verdict_change(weeks, "do-not-contact", "dropped", reason="do-not-contact")
        d.drop(weeks * 7, "do-not-contact")


def knocked_out(d: Draft) -> None:
    """An answer that ends it: no need, no money, bought elsewhere, no way to who decides."""
    reason, deck, question = d.rng.choice(KNOCKS)
    ago = d.between(8, 90)
    d.created(ago + d.between(40, 90))
    d.talk(ago + 30)
    if d.chance(0.5):
        d.advance(ago + 20, SignalKind.QUOTE_REQUEST)
        d.quote(ago + 18, "declined", ago)
    d.attempts(ago + 14, ago + 3, d.between(1, 4))
    told = d.say(deck)
    d.touch(ago, Outcome.TALKED, note=told)
    d.qualify(ago + 20, 2)
    d.answer(question, "negative", ago, told)
    if ago > 7 and d.chance(0.5):
        weeks = (ago - 1) // 7
        d.verdict_change(weeks, "knocked-out", "dropped", reason=reason)
        d.drop(weeks * 7, reason)


KNOCKS = [
    ("no-budget", "no-budget", "budget"),
    ("no-budget", "no-budget", "budget"),
    ("no-access", "no-access", "decision"),
    ("bought-elsewhere", "bought", "process"),
    ("no-need", "no-need", "process"),
]
"""Drop reason, what they said, and the question that it answers."""


def hostile(d: Draft) -> None:
    """Interest that turned into an ultimatum."""
    d.worth(d.rng.choice(["mid", "mid", "high"]))
    ago = d.between(8, 150)
    d.created(ago + d.between(35, 90))
    d.talk(ago + 28)
    d.advance(ago + d.between(14, 22), SignalKind.MEETING)
    d.attempts(ago + 10, ago + 4, 2)
    d.touch(ago, Outcome.HOSTILE)
    d.fields["hours_spent"] = str(d.between(6, 40))
    if d.chance(0.5):
        weeks = (ago - 1) // 7
        d.verdict_change(weeks, "hostile", "dropped", reason="hostile")
        d.drop(weeks * 7, "hostile")
    else:
        d.verdict_change((ago - 1) // 7, "hostile", "dropped", "active")


def serial_deferral(d: Draft) -> None:
    """A month, and another month, and another."""
    tier = d.rng.choice(["low", "mid", "mid", "high"])
    d.worth(tier)
    count, last = d.between(3, 8), d.between(9, 30)
    first = last + 31 * (count - 1)
    d.created(first + d.between(10, 60))
    if d.chance(0.4):
        d.advance(first + 6, SignalKind.INFORMATION)
    for number in range(count - 1):
        d.defer(first - 31 * number + d.between(-4, 4))
    touch = d.defer(last)
    destination = "nurture" if tier == "high" else "dropped"
    if d.chance(0.35):
        weeks = max(last // 7, 1)
        d.verdict_change(weeks, "serial-deferral", destination)
        d.fields["hours_spent"] = str(d.between(3, 15))
        if destination == "nurture":
            d.nurture(weeks * 7, "monthly-email", weeks * 7 - 30)
        else:
            d.drop(weeks * 7, "only-deferrals")
        return
    d.callback(last - d.between(28, 34), touch)
    if count > 3:
        d.verdict_change(last // 7 + 3, "serial-deferral", destination, "callback-pending")


def pushed_close(d: Draft) -> None:
    """The close date moves, review after review."""
    count, last = d.between(3, 5), d.between(6, 24)
    d.created(last + 30 * count + d.between(40, 80))
    d.advance(last + 30 * count + 10, SignalKind.MEETING)
    pushes = []
    for number in range(count):
        ago = last + 30 * (count - 1 - number)
        fixed = {"id": f"x-{number + 1:02}", "at": d.moment(ago), "by": d.owner}
        pushes.append(fixed | {"from_day": d.day(ago - 5), "to_day": d.day(ago - 35)})
        if number % 2:
            d.talk(ago + 1)
    d.fields |= {"pushes": pushes, "close_date": pushes[-1]["to_day"]}
    d.verdict_change(last // 7 + 5, "working", "active")


def unanswered_questions(d: Draft) -> None:
    """Always friendly, and after two reviews nobody knows anything."""
    d.worth(d.rng.choice(["low", "mid", "high"]))
    last = d.between(3, 22)
    d.created(last + d.between(90, 140))
    d.advance(last + d.between(50, 70), SignalKind.INFORMATION)
    d.talk(last + 30)
    d.talk(last)
    for question in ("change", "next-step"):
        d.answer(question, "claimed", last)
    d.answer("budget", "unknown", last, "")
    for weeks in (2, 1):
        d.verdict_change(weeks, "working", "active")
    if d.chance(0.5):
        d.step(d.between(3, 12))


def gone_silent(d: Draft) -> None:
    """Small or middling, months of silence, tried every way we had."""
    d.worth(d.rng.choice(["low", "low", "mid"]))
    silent = d.between(66, 150)
    d.created(silent + d.between(5, 40))
    d.talk(silent)
    d.qualify(silent, d.between(3, 4))
    last = d.between(6, 20)
    d.attempts(silent - 3, last, d.between(6, 9))
    if d.chance(0.3):
        d.touch(last + 1, Outcome.AUTO_REPLY)
    if d.chance(0.5):
        d.verdict_change(d.between(2, 4), "last-call", "active")
    if last > 7 and d.is_small and d.chance(0.4):
        d.verdict_change(1, "gone-silent", "dropped", reason="no-response")
        d.drop(7, "no-response")


def let_go(d: Draft) -> None:
    """Purged in a session long ago, and resting in Dropped."""
    d.worth("low")
    weeks = d.between(3, 40)
    gone = weeks * 7
    d.created(gone + d.between(95, 140))
    d.talk(gone + d.between(66, 90))
    d.qualify(gone + 60, d.between(2, 4))
    d.attempts(gone + 60, gone + 6, d.between(6, 8))
    reason = d.rng.choice(["no-response", "no-response", "no-decision", "poor-payoff"])
    d.verdict_change(weeks, "gone-silent", "dropped", reason=reason)
    d.drop(gone, reason)


def closed_file(d: Draft) -> None:
    """The last call went out, and a week later there is still no answer."""
    d.worth(d.rng.choice(["low", "mid"]))
    silent = d.between(45, 58)
    d.created(silent + d.between(5, 40))
    d.talk(silent)
    d.qualify(silent, 3)
    d.attempts(silent - 3, 20, 5)
    d.touch(silent - 12, Outcome.AUTO_REPLY)
    d.touch(d.between(8, 13), Outcome.LAST_CALL)
    d.verdict_change(2, "last-call", "active")


def spent_rescue(d: Draft) -> None:
    """High value; the one rescue was tried and brought nothing."""
    d.worth("high")
    silent = d.between(110, 150)
    d.created(silent + d.between(5, 40))
    d.talk(silent)
    d.qualify(silent, 3)
    d.attempts(silent - 3, 60, 6)
    champion = d.meet(d.company.champion)
    began = 49
    d.verdict_change(began // 7, "rescue", "active")
    d.touch(began - 4, Outcome.VOICEMAIL, who=champion)
    d.touch(began - 15, Outcome.EMAIL, who=champion)
    rescue = {"on": d.day(began), "until": d.day(began - 30), "route": "champion"}
    d.fields["rescue"] = rescue


def poor_payoff(d: Draft) -> None:
    """Hours of work for small change."""
    d.worth("low", probability=0.05, hours=4)
    silent = d.between(34, 55)
    d.created(silent + d.between(5, 40))
    d.talk(silent)
    d.qualify(silent, 3)
    d.attempts(silent - 2, d.between(8, 12), 5)
    d.fields["hours_spent"] = str(d.between(4, 12))
    d.verdict_change(1, "poor-payoff", "nurture", "active")


def nurturing(d: Draft) -> None:
    """Resting on a track; now and then a touch is due."""
    d.worth(d.rng.choice(["low", "mid", "mid", "high"]))
    track = d.rng.choice(list(Track))
    every = TRACK_DAYS[track]
    weeks = d.between(5, 38)
    let_rest(d, weeks)
    count = weeks * 7 // every
    if count and d.chance(0.5):
        count -= 1  # the last one is still to be sent
    if count:
        d.mailings(weeks * 7 - every + d.between(0, 2), every, count)
    d.nurture(weeks * 7, track.value, weeks * 7 - every * (count + 1))


def nurture_exhausted(d: Draft) -> None:
    """A dozen mailings, and never a word back."""
    count = d.between(12, 15)
    weeks = (count * 30 + d.between(8, 24)) // 7
    let_rest(d, weeks)
    d.mailings(weeks * 7 - 4, 30, count)
    d.nurture(weeks * 7, "monthly-email", d.between(-20, 6))


def let_rest(d: Draft, weeks: int) -> None:
    """Worked, silent, and moved to Nurture in a session so many weeks ago."""
    since = weeks * 7
    d.created(since + d.between(95, 150))
    d.talk(since + d.between(66, 90))
    d.qualify(since + 60, d.between(3, 4))
    d.attempts(since + 60, since + 8, d.between(6, 8))
    d.verdict_change(weeks, "gone-silent", "nurture")
