"""The few words of a card that say where a prospect stands, one for each rule."""

from collections.abc import Callable

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import next_nurture_touch
from review_board.judgement.questions import knock_out
from review_board.judgement.recommendation import Finding, RuleMatch
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import Track
from review_board.settings.rules import RuleName


def status_line(e: Evidence, finding: Finding | RuleMatch) -> str:
    """``quote 3/5``, ``18 Jan · proven``, ``⟳7 unproven``; at most some twenty cells.

    Of what was dropped, and stays so, the reason, unless they asked to be left alone.
    """
    if e.resting_drop and finding.rule is not RuleName.DO_NOT_CONTACT:
        return e.settings.reason_label(e.resting_drop.reason)
    return _STATUS[finding.rule](e)


def _callback_day(e: Evidence) -> str:
    return short_day(e.callback.on, e.today.day) if e.callback else ""


def _step(e: Evidence) -> str:
    step = e.prospect.next_step
    if step is None:
        return "no next step"
    day = short_day(step.on, e.today.day)
    return f"next {day}" if step.on >= e.today.day else f"overdue {day}"


def _nurture(e: Evidence) -> str:
    plan = e.prospect.nurture
    if plan is None:
        return "no track"
    track = _TRACKS[plan.track]
    day = next_nurture_touch(e)
    return f"{track} {short_day(day, e.today.day)}" if day else track


_TRACKS = {
    Track.MONTHLY_EMAIL: "email",
    Track.KEEP_IN_TOUCH: "in touch",
    Track.CHAMPION: "champion",
    Track.ASSISTANT: "assistant",
    Track.WAKE_UP: "wakes",
}


def _hostile(e: Evidence) -> str:
    words = e.timeline.ultimatum
    return f"hostile · {short_day(words.day, e.today.day)}" if words else "hostile"


def _knocked_out(e: Evidence) -> str:
    found = knock_out(e.prospect, e.settings.questions.pack)
    return f"no {found[0].label.lower()}" if found else "knocked out"


def _lost_bet(e: Evidence) -> str:
    return f"bet lost {short_day(e.bet.until, e.today.day)}" if e.bet else "bet lost"


def _attempts(e: Evidence) -> str:
    return f"silent {e.silent_days or 0} d {e.unanswered}/{e.limits.attempts}"


def _unproven(e: Evidence) -> str:
    day = _callback_day(e)
    return f"{day} · ⟳{len(e.unexplained)} unproven" if day else f"⟳{len(e.unexplained)} unproven"


_STATUS: dict[RuleName, Callable[[Evidence], str]] = {
    RuleName.DO_NOT_CONTACT: lambda _: "do not contact",
    RuleName.KNOCKED_OUT: _knocked_out,
    RuleName.HOSTILE: _hostile,
    RuleName.LOST_BET: _lost_bet,
    RuleName.PROVEN_CALLBACK: lambda e: f"{_callback_day(e)} · proven",
    RuleName.PROMISE_MISSED: lambda e: f"owed since {_callback_day(e)}",
    RuleName.FAR_CALLBACK: lambda e: f"{_callback_day(e)} · far",
    RuleName.OPEN_QUOTE: lambda e: f"quote {len(e.quote_attempts)}/{e.limits.attempts}",
    RuleName.LIVE_INTEREST: _step,
    RuleName.SERIAL_DEFERRAL: lambda e: f"⟳{len(e.unexplained)} unproven",
    RuleName.UNANSWERED_QUESTIONS: lambda e: f"{len(e.unanswered_in_reviews.questions)} unknown",
    RuleName.UNPROVEN_CALLBACK: _unproven,
    RuleName.NURTURE_EXHAUSTED: lambda e: f"nurture {len(e.nurture_touches)}, no answer",
    RuleName.NURTURING: _nurture,
    RuleName.NO_HISTORY: lambda _: "no contact history",
    RuleName.FRESH_LEAD: lambda e: f"new, {max(0, e.age_days or 0)} d",
    RuleName.NEVER_WORKED: lambda _: "no contact",
    RuleName.TOO_SOON: _attempts,
    RuleName.GONE_SILENT: lambda e: f"silent {e.silent_days or 0} d",
    RuleName.RESCUE: lambda e: f"rescue · silent {e.silent_days or 0} d",
    RuleName.POOR_PAYOFF: lambda e: "poor payoff",
    RuleName.LAST_CALL: lambda e: f"last call · {e.silent_days or 0} d",
    RuleName.WORKING: _step,
}
