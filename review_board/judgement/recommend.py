"""The recommendation: a pure function of (prospect, today, rules). Same input, same bytes."""

from collections.abc import Iterable, Iterator

from review_board.judgement.arguments import (
    already_spent,
    asks_for_locations,
    held_too_long,
    too_soon_to_drop,
)
from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.guards import guards
from review_board.judgement.pressure import contact_pressure, planned_step
from review_board.judgement.questions import by_weight, put, question_of
from review_board.judgement.recommendation import Finding, Recommendation, RuleMatch
from review_board.judgement.rule import Rule, as_number
from review_board.judgement.rules import LADDER
from review_board.judgement.rules.callbacks import a_proven_day, proven_callback_flip
from review_board.judgement.rules.closed import turned_round
from review_board.judgement.what_would_change import (
    Answered,
    AskedToStop,
    BuyerSignal,
    Condition,
    EmptyDeferrals,
    RequestLifted,
    Ultimatum,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.locations import SITES
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import AnswerState, Verdict
from review_board.settings.tree import Settings
from review_board.wording import several


def claim(evidence: Evidence, settings: Settings) -> RuleMatch:
    """What the first matching rule asks for, without its reasons: enough for a queue."""
    return _match(evidence, settings)[1]


def decide(evidence: Evidence, settings: Settings) -> Finding:
    """What the first matching rule says: enough for a card."""
    rule, claimed = _match(evidence, settings)
    return rule.explain(evidence, claimed)


def recommend(
    prospect: Prospect, today: Today, settings: Settings, closing: ClosingRatio | None = None
) -> Recommendation:
    """The whole argument for one prospect on one day.

    ``closing`` is the pipeline's closing ratio; without it the usual one stands in, labelled so.
    """
    return argue(gather(prospect, today, settings, closing))


def argue(evidence: Evidence) -> Recommendation:
    """The whole argument from what is proven."""
    settings = evidence.settings
    rule, claimed = _match(evidence, settings)
    finding = rule.explain(evidence, claimed)
    wanting = {*evidence.unknown, *evidence.stale}
    if asks_for_locations(evidence, claimed):
        wanting.add(SITES)
    missing = tuple(q.id for q in by_weight(settings.questions.pack) if q.id in wanting)
    return Recommendation(
        finding=finding,
        too_soon=tuple(too_soon_to_drop(evidence, claimed)),
        held_long=tuple(held_too_long(evidence)),
        spent=already_spent(evidence),
        missing=missing,
        pressure=contact_pressure(evidence),
        flip=_find_flip(rule, finding, evidence),
        settings=settings.fingerprint(),
        unknown=evidence.unknown,
        labels=tuple(_labels(evidence)),
        guards=tuple(guards(evidence)),
        questions=tuple(_put(evidence, missing)),
        tier=evidence.tier,
        planned=planned_step(evidence),
    )


def _match(evidence: Evidence, settings: Settings) -> tuple[Rule, RuleMatch]:
    for rule in LADDER:
        claimed = rule.match(evidence)
        if claimed and settings.is_on(claimed.rule):
            return rule, claimed
    raise AssertionError("the last rule matches everything and cannot be switched off")


def _find_flip(rule: Rule, finding: Finding, evidence: Evidence) -> Condition | None:
    """The first candidate that does turn the verdict when its facts are put on record."""
    for flip in (*rule.flips(evidence), *_any_flips(finding.verdict, evidence)):
        prospect, today = flip.apply(evidence.prospect, evidence.today)
        turned = gather(prospect, today, evidence.settings, evidence.closing)
        if claim(turned, evidence.settings).verdict is not finding.verdict:
            return flip
    return None


def _any_flips(verdict: Verdict, evidence: Evidence) -> Iterator[Condition]:
    """What turns a verdict whatever the rule, when the rule's own facts are outweighed by others."""
    if verdict is Verdict.KEEP:
        need = Answered(("process",), AnswerState.NEGATIVE)
        yield Condition("they say that there is no need, or that they bought elsewhere", (need,))
        yield Condition("they ask not to be contacted again", (AskedToStop(),))
        yield Condition("they answer with an ultimatum", (Ultimatum(),))
        limit = evidence.limits.deferrals
        words = f"they put you off {several(limit, 'more time')} without a reason"
        yield Condition(words, (EmptyDeferrals(limit),))
        return
    step = Condition("they take a step of their own", (BuyerSignal(),))
    callback = proven_callback_flip(evidence, f"name {a_proven_day(evidence)}")
    yield step
    yield _together(step, callback)
    lifted = Condition("they take the request back", (RequestLifted(),))
    request = lifted if evidence.prospect.do_not_contact else None
    if turned := turned_round(evidence):
        yield _together(request, turned, step, callback)
    elif request:
        yield _together(request, step, callback)


def _together(*flips: Condition | None) -> Condition:
    """All of it, so that what is said and what is meant are the same."""
    named = [flip for flip in flips if flip]
    words = ", ".join(flip.words for flip in named[:-1])
    facts = tuple(fact for flip in named for fact in flip.facts)
    return Condition(f"{words}, and {named[-1].words}", facts)


def _put(evidence: Evidence, missing: Iterable[str]) -> Iterator[str]:
    """The missing questions in the words in which they are asked."""
    for question_id in missing:
        if question := question_of(evidence.settings.questions.pack, question_id):
            yield put(question, evidence.prospect, evidence.callback, evidence.today.day)


def _labels(evidence: Evidence) -> Iterator[str]:
    """Which figures are not on record but stand in."""
    prospect = evidence.prospect
    if prospect.value is None:
        yield "value not on record: counted as low tier"
    if remark := as_number(evidence, "tiers and payoff are").strip(" ()"):
        yield remark
    if prospect.probability is None:
        yield f"probability not on record: {evidence.closing.label}"
    if prospect.hours is None:
        yield f"hours of the next step not on record: {evidence.hours:f} h"
