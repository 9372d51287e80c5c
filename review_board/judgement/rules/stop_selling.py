"""Rules about who is not to be sold to: they asked to be left alone, cannot buy, threaten, or lost a bet."""

from collections.abc import Iterable
from datetime import date

from review_board.judgement.bets import what_did_not_come
from review_board.judgement.evidence import Evidence
from review_board.judgement.question_packs import REFUTED_BY
from review_board.judgement.questions import disqualifying_answer, disqualifying_answers
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import NeedsReason, Rule, always, days_after
from review_board.judgement.rule_words import ids
from review_board.judgement.rules.shared import bet_over
from review_board.judgement.what_would_change import Answered, BuyerSignal, Condition, RequestLifted
from review_board.pipeline.dates import short_day
from review_board.pipeline.records import Drop
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, SignalKind
from review_board.settings.rule_names import RuleName
from review_board.wording import listed

NOTE_SHOWN = 40
"""Characters of a note that stand where a reason does."""

# Do not contact


def _asked_to_be_left_alone(e: Evidence) -> Column | None:
    return Column.DROPPED if e.prospect.do_not_contact else None


def _why_left_alone(e: Evidence, match: RuleMatch) -> Finding:
    request = e.prospect.do_not_contact
    assert request is not None
    day = short_day(e.today.day_of(request.at), e.today.day)
    return Finding(
        *match,
        because=Observation(
            f"they asked on {day} not to be contacted", day, evidence=("do_not_contact",)
        ),
        action="Leave them alone: no calls, no emails",
        drop_reason=DropReason.DO_NOT_CONTACT,
    )


def _request_taken_back(e: Evidence) -> Iterable[Condition]:
    enquiry = BuyerSignal(SignalKind.INBOUND)
    yield Condition(
        "they take the request back and come to us themselves", (RequestLifted(), enquiry)
    )
    if turned := answers_turn_round(e):
        yield Condition(
            f"they take the request back, come to us, and {turned.words}",
            (RequestLifted(), *turned.events, enquiry),
        )


DO_NOT_CONTACT = Rule(
    name=RuleName.DO_NOT_CONTACT,
    words="asked for no contact",
    meaning="They asked not to be contacted: purge to Dropped.",
    match=_asked_to_be_left_alone,
    asks_nothing=True,
    explain=_why_left_alone,
    what_would_change=_request_taken_back,
    card_words=lambda _: "do not contact",
)


# Knocked out


def _is_disqualified(e: Evidence) -> Column | None:
    return Column.DROPPED if is_ruled_out(e) else None


def is_ruled_out(e: Evidence) -> bool:
    """Tell whether an answer disqualifies them, or the reason of a drop in force does."""
    if e.prospect.answers and disqualifying_answer(e.prospect, e.settings.questions.pack):
        return True
    return disqualifying_drop(e) is not None


def disqualifying_drop(e: Evidence) -> Drop | None:
    """Return the drop in force, where its reason says what an answer that disqualifies says."""
    drop = e.drop_in_force
    return drop if drop and drop.reason in REFUTED_BY else None


def _why_disqualified(e: Evidence, match: RuleMatch) -> Finding:
    found = disqualifying_answer(e.prospect, e.settings.questions.pack)
    if found is None:
        return _why_dropped(e, match)
    question, given = found
    said = f", “{given.text}”" if given.text else ""
    return Finding(
        *match,
        because=Observation(
            f"{question.negative}{said}",
            question.label.lower(),
            evidence=(f"answers/{question.id}",),
        ),
        action="Stop here: with this answer they cannot buy",
        drop_reason=question.reason,
    )


def _why_dropped(e: Evidence, match: RuleMatch) -> Finding:
    drop = disqualifying_drop(e)
    assert drop is not None
    said = f"{noted_drop(e, drop)}, and nothing new from them since"
    return Finding(
        *match,
        because=Observation(said, str(drop.reason), evidence=("drop",)),
        action="Leave it dropped: for this reason they cannot buy",
        drop_reason=DropReason(drop.reason),
    )


def drop_words(e: Evidence, drop: Drop) -> str:
    """Return ``dropped on 12 Oct, bought elsewhere``; where no usual reason was it, the words that say it."""
    day = short_day(e.today.day_of(drop.at), e.today.day)
    return f"dropped on {day}, {own_reason(drop) or e.settings.reason_label(drop.reason)}"


def own_reason(drop: Drop) -> str:
    """Return the first words of the note of a drop for another reason, which are the reason; else nothing."""
    note = _line(drop.note) if drop.reason == DropReason.OTHER else ""
    return note if len(note) <= NOTE_SHOWN else f"{note[: NOTE_SHOWN - 1].rstrip()}…"


def noted_drop(e: Evidence, drop: Drop) -> str:
    """Return ``dropped on 12 Oct: bought elsewhere (“chose Acme”)``."""
    words, note = drop_words(e, drop), _line(drop.note)
    quoted = note if note.startswith("“") else f"“{note}”"
    return f"{words} ({quoted})" if note and note != own_reason(drop) else words


def _line(text: str) -> str:
    return " ".join(text.split())


def answers_turn_round(e: Evidence) -> Condition | None:
    """Return that every disqualifying answer turns out otherwise, each by its name."""
    found = [
        question for question, _ in disqualifying_answers(e.prospect, e.settings.questions.pack)
    ]
    if not found:
        return None
    labels = listed(question.label.lower() for question in found)
    many = f"answers on {labels} change" if len(found) > 1 else f"answer on {labels} changes"
    turned = Answered(tuple(question.id for question in found), AnswerState.CLAIMED)
    return Condition(f"the {many}", (turned,))


def _answered_anew(e: Evidence) -> Iterable[Condition]:
    turned = answers_turn_round(e)
    if turned is None:
        yield Condition(
            "they come to us or take a step of their own", (BuyerSignal(SignalKind.INBOUND),)
        )
        return
    yield turned
    yield Condition(
        f"{turned.words} and they take a step of their own", (*turned.events, BuyerSignal())
    )


def _knocked_out_words(e: Evidence) -> str:
    """Return the reason for which such an answer drops them: ``bought elsewhere``, not ``no process``."""
    found, drop = disqualifying_answer(e.prospect, e.settings.questions.pack), disqualifying_drop(e)
    reason = found[0].reason if found else drop.reason if drop else None
    return e.settings.reason_label(reason) if reason else "ruled out"


KNOCKED_OUT = Rule(
    name=RuleName.KNOCKED_OUT,
    words="ruled out by an answer",
    meaning="An answer disqualifies them, or the reason for which they were dropped: purge to Dropped.",
    reads=("questions.pack",),
    match=_is_disqualified,
    asks_nothing=True,
    explain=_why_disqualified,
    what_would_change=_answered_anew,
    card_words=_knocked_out_words,
)


# Hostile


def _is_hostile(e: Evidence) -> Column | None:
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    recent = words is not None and e.today.days_since(words.day) <= limit
    return Column.DROPPED if recent else None


def _why_hostile(e: Evidence, match: RuleMatch) -> Finding:
    words, limit = e.timeline.ultimatum, e.limits.hostile_days
    assert words is not None
    day = short_day(words.day, e.today.day)
    said = f"“{words.touch.said}”" if words.touch.said else "and no sign of interest since"
    return Finding(
        *match,
        because=Observation(
            f"they gave an ultimatum on {day}, {said}",
            f"{e.today.days_since(words.day)} d ago",
            f"≤ {limit}",
            "thresholds.hostile_days",
            ids(words),
        ),
        action="Walk away: an ultimatum is no way to buy",
        drop_reason=DropReason.HOSTILE,
    )


def _hostile_words(e: Evidence) -> str:
    words = e.timeline.ultimatum
    return f"ultimatum {short_day(words.day, e.today.day)}" if words else "ultimatum"


def _ultimatum_forgotten(e: Evidence) -> Iterable[date]:
    words = e.timeline.ultimatum
    return days_after(words and words.day, e.limits.hostile_days + 1)


HOSTILE = Rule(
    name=RuleName.HOSTILE,
    words="gave an ultimatum",
    meaning="An ultimatum, and no sign of interest since: purge to Dropped.",
    reads=("thresholds.hostile_days",),
    match=_is_hostile,
    asks_nothing=True,
    explain=_why_hostile,
    what_would_change=always(
        Condition(
            "they come back with a counter-proposal or a step of their own",
            (BuyerSignal(SignalKind.COUNTER_PROPOSAL),),
        )
    ),
    card_words=_hostile_words,
    change_days=_ultimatum_forgotten,
)


# Lost bet


def _has_lost_bet(e: Evidence) -> Column | None:
    return Column.DROPPED if e.prospect.bets and e.lost_bet else None


def _why_lost(e: Evidence, match: RuleMatch) -> Finding:
    because = bet_lost(e)
    assert because is not None
    return Finding(
        *match,
        because=because,
        action="Log it today if it happened: the next review drops it",
        drop_reason=DropReason.NO_DECISION,
    )


def bet_lost(e: Evidence) -> Observation | None:
    """Return what nobody noted by which day, where a bet is lost: it may have come all the same."""
    bet = e.lost_bet
    if bet is None:
        return None
    day, said = short_day(bet.until, e.today.day), f"bet lost, {what_did_not_come(bet, e.today)}"
    return Observation(said, day, key=f"rules.{RuleName.LOST_BET}", evidence=(f"bets/{bet.id}",))


def _lost_bet_words(e: Evidence) -> str:
    """Return ``nothing by 28 Nov``: what they were to do by then did not come."""
    return f"nothing by {short_day(e.bet.until, e.today.day)}" if e.bet else "bet lost"


LOST_BET = Rule(
    name=RuleName.LOST_BET,
    words="the bet was lost",
    meaning="A bet's last day is over, and what was named is not on record: purge to Dropped.",
    match=_has_lost_bet,
    explain=_why_lost,
    what_would_change=always(
        Condition("they do it after all, or take a step of their own", (BuyerSignal(),))
    ),
    card_words=_lost_bet_words,
    change_days=bet_over,
    needs_reason=NeedsReason.ANOTHER_COLUMN,
)

RULES = (DO_NOT_CONTACT, KNOCKED_OUT, HOSTILE, LOST_BET)
