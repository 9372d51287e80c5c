"""Rules 1 to 3: they asked to be left alone, they cannot buy, or they threaten."""

from collections.abc import Iterable

from review_board.judgement.evidence import Evidence
from review_board.judgement.flips import Answered, BuyerSignal, Flip, RequestLifted
from review_board.judgement.questions import knock_out, negative_answers
from review_board.judgement.recommendation import Claim, Finding, Observation
from review_board.judgement.rules import Rule, ids
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import AnswerState, Column, SignalKind, Verdict
from review_board.settings import RuleName

_LEFT_ALONE = Claim(RuleName.DO_NOT_CONTACT, Verdict.PURGE, Column.DROPPED)
_DISQUALIFIED = Claim(RuleName.KNOCKED_OUT, Verdict.PURGE, Column.DROPPED)
_THREATENED = Claim(RuleName.HOSTILE, Verdict.PURGE, Column.DROPPED)


def _do_not_contact(e: Evidence) -> Claim | None:
    return _LEFT_ALONE if e.prospect.do_not_contact else None


def _why_left_alone(e: Evidence, claim: Claim) -> Finding:
    request = e.prospect.do_not_contact
    assert request is not None
    day = short_day(e.today.day_of(request.at), e.today.day)
    return Finding(
        *claim,
        because=Observation(
            f"asked on {day} not to be contacted", day, evidence=("do_not_contact",)
        ),
        action="Leave them alone: every channel is suppressed",
    )


def _lifted(e: Evidence) -> Iterable[Flip]:
    enquiry = BuyerSignal(SignalKind.INBOUND)
    yield Flip("they take the request back and come to us themselves", (RequestLifted(), enquiry))
    turned = _reopened(e)
    yield Flip(
        "they take the request back, come to us, and what disqualified them is gone",
        (RequestLifted(), turned, enquiry),
    )


def _knocked_out(e: Evidence) -> Claim | None:
    if e.prospect.answers and knock_out(e.prospect, e.settings.questions.pack):
        return _DISQUALIFIED
    return None


def _why_knocked_out(e: Evidence, claim: Claim) -> Finding:
    found = knock_out(e.prospect, e.settings.questions.pack)
    assert found is not None
    question, given = found
    said = f": “{given.text}”" if given.text else ""
    return Finding(
        *claim,
        because=Observation(
            f"{question.label}: {question.negative}{said}",
            question.label.lower(),
            evidence=(f"answers/{question.id}",),
        ),
        action="Stop here: an answer disqualifies them",
    )


def _reopened(e: Evidence) -> Answered:
    """Every disqualifying answer turned round."""
    return Answered(negative_answers(e.prospect), AnswerState.CLAIMED)


def _turned_round(e: Evidence) -> Iterable[Flip]:
    found = knock_out(e.prospect, e.settings.questions.pack)
    label = found[0].label.lower() if found else "answer"
    turned = _reopened(e)
    yield Flip(f"the answer on {label} turns out otherwise", (turned,))
    yield Flip(
        f"the answer on {label} turns out otherwise and they take a step of their own",
        (turned, BuyerSignal()),
    )


def _hostile(e: Evidence) -> Claim | None:
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    recent = words is not None and e.today.days_since(words.day) <= limit
    return _THREATENED if recent else None


def _why_hostile(e: Evidence, claim: Claim) -> Finding:
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    assert words is not None
    day = short_day(words.day, e.today.day)
    said = f": “{words.touch.note}”" if words.touch.note else ""
    return Finding(
        *claim,
        because=Observation(
            f"ultimatum on {day}{said}, and no signal after it",
            f"{e.today.days_since(words.day)} d ago",
            f"≤ {limit}",
            "thresholds.hostile_days",
            ids(words),
        ),
        action="Walk away: take it or leave it is no way to buy",
    )


def _come_round(e: Evidence) -> Iterable[Flip]:
    yield Flip(
        "they come back after it with a counter-proposal or a step of their own",
        (BuyerSignal(SignalKind.COUNTER_PROPOSAL),),
    )


DO_NOT_CONTACT = Rule((RuleName.DO_NOT_CONTACT,), _do_not_contact, _why_left_alone, _lifted)
KNOCKED_OUT = Rule((RuleName.KNOCKED_OUT,), _knocked_out, _why_knocked_out, _turned_round)
HOSTILE = Rule((RuleName.HOSTILE,), _hostile, _why_hostile, _come_round)
