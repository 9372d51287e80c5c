"""They asked to be left alone, they cannot buy, they threaten, or a bet on them is lost."""

from collections.abc import Iterable

from review_board.judgement.evidence import Evidence
from review_board.judgement.question_packs import REFUTED_BY
from review_board.judgement.questions import knock_out, knock_outs
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Rule, ids
from review_board.judgement.what_would_change import Answered, BuyerSignal, Condition, RequestLifted
from review_board.pipeline.dates import short_day
from review_board.pipeline.records import Drop
from review_board.pipeline.vocabulary import AnswerState, Column, SignalKind, Verdict
from review_board.settings.rules import RuleName
from review_board.wording import listed

_LEFT_ALONE = RuleMatch(RuleName.DO_NOT_CONTACT, Verdict.PURGE, Column.DROPPED)
_DISQUALIFIED = RuleMatch(RuleName.KNOCKED_OUT, Verdict.PURGE, Column.DROPPED)
_THREATENED = RuleMatch(RuleName.HOSTILE, Verdict.PURGE, Column.DROPPED)
_LOST = RuleMatch(RuleName.LOST_BET, Verdict.PURGE, Column.DROPPED)


def _do_not_contact(e: Evidence) -> RuleMatch | None:
    return _LEFT_ALONE if e.prospect.do_not_contact else None


def _why_left_alone(e: Evidence, claim: RuleMatch) -> Finding:
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


def _lifted(e: Evidence) -> Iterable[Condition]:
    enquiry = BuyerSignal(SignalKind.INBOUND)
    yield Condition(
        "they take the request back and come to us themselves", (RequestLifted(), enquiry)
    )
    if turned := turned_round(e):
        yield Condition(
            f"they take the request back, come to us, and {turned.words}",
            (RequestLifted(), *turned.facts, enquiry),
        )


def _knocked_out(e: Evidence) -> RuleMatch | None:
    if e.prospect.answers and knock_out(e.prospect, e.settings.questions.pack):
        return _DISQUALIFIED
    return _DISQUALIFIED if disqualifying_drop(e) else None


def disqualifying_drop(e: Evidence) -> Drop | None:
    """Return the drop that stands, where its reason says what an answer that disqualifies says."""
    drop = e.standing_drop
    return drop if drop and drop.reason in REFUTED_BY else None


def _why_knocked_out(e: Evidence, claim: RuleMatch) -> Finding:
    found = knock_out(e.prospect, e.settings.questions.pack)
    if found is None:
        return _why_dropped(e, claim)
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


def _why_dropped(e: Evidence, claim: RuleMatch) -> Finding:
    drop = disqualifying_drop(e)
    assert drop is not None
    said = f"{noted_drop(e, drop)}, and nothing new from them since"
    return Finding(
        *claim,
        because=Observation(said, str(drop.reason), evidence=("drop",)),
        action="Leave it dropped: its reason disqualifies them",
    )


def drop_words(e: Evidence, drop: Drop) -> str:
    """``dropped on 12 Oct: bought elsewhere``."""
    day = short_day(e.today.day_of(drop.at), e.today.day)
    return f"dropped on {day}: {e.settings.reason_label(drop.reason)}"


def noted_drop(e: Evidence, drop: Drop) -> str:
    """``dropped on 12 Oct: bought elsewhere (“chose Acme”)``."""
    note = f" (“{' '.join(drop.note.split())}”)" if drop.note else ""
    return f"{drop_words(e, drop)}{note}"


def turned_round(e: Evidence) -> Condition | None:
    """Every disqualifying answer turned round, each by its name."""
    found = [question for question, _ in knock_outs(e.prospect, e.settings.questions.pack)]
    if not found:
        return None
    labels = listed(question.label.lower() for question in found)
    many = f"answers on {labels} turn" if len(found) > 1 else f"answer on {labels} turns"
    turned = Answered(tuple(question.id for question in found), AnswerState.CLAIMED)
    return Condition(f"the {many} out otherwise", (turned,))


def _answered_anew(e: Evidence) -> Iterable[Condition]:
    turned = turned_round(e)
    if turned is None:
        yield Condition(
            "they come to us or take a step of their own", (BuyerSignal(SignalKind.INBOUND),)
        )
        return
    yield turned
    yield Condition(
        f"{turned.words} and they take a step of their own", (*turned.facts, BuyerSignal())
    )


def _hostile(e: Evidence) -> RuleMatch | None:
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    recent = words is not None and e.today.days_since(words.day) <= limit
    return _THREATENED if recent else None


def _why_hostile(e: Evidence, claim: RuleMatch) -> Finding:
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


def _come_round(e: Evidence) -> Iterable[Condition]:
    yield Condition(
        "they come back after it with a counter-proposal or a step of their own",
        (BuyerSignal(SignalKind.COUNTER_PROPOSAL),),
    )


def _lost_bet(e: Evidence) -> RuleMatch | None:
    return _LOST if e.prospect.bets and e.lost_bet else None


def _why_lost(e: Evidence, claim: RuleMatch) -> Finding:
    because = bet_lost(e)
    assert because is not None
    return Finding(*claim, because=because, action="Let go: that was what the bet said")


def bet_lost(e: Evidence) -> Observation | None:
    """Return what did not happen by which day, where a bet is lost."""
    bet = e.lost_bet
    if bet is None:
        return None
    day = short_day(bet.until, e.today.day)
    said = f"bet lost: “{bet.action}” did not happen by {day}"
    return Observation(said, day, key=f"rules.{RuleName.LOST_BET}", evidence=(f"bets/{bet.id}",))


def _done_after_all(e: Evidence) -> Iterable[Condition]:
    yield Condition("they do it after all, or take a step of their own", (BuyerSignal(),))


DO_NOT_CONTACT = Rule((RuleName.DO_NOT_CONTACT,), _do_not_contact, _why_left_alone, _lifted)
KNOCKED_OUT = Rule((RuleName.KNOCKED_OUT,), _knocked_out, _why_knocked_out, _answered_anew)
HOSTILE = Rule((RuleName.HOSTILE,), _hostile, _why_hostile, _come_round)
LOST_BET = Rule((RuleName.LOST_BET,), _lost_bet, _why_lost, _done_after_all)
