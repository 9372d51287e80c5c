"""The recommendation: a pure function of (prospect, today, rules). Same input, same bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from review_board.judgement.arguments import (
    already_spent,
    asks_for_locations,
    put_off_long_ago,
    reasons_to_keep,
    reasons_to_let_go,
)
from review_board.judgement.due.queue_order import is_owed_if_kept, what_we_owe
from review_board.judgement.due.when_due import due_unless_put_off
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.pressure import (
    bet_first,
    contact_pressure,
    is_callback_owed,
    planned_nurture,
    planned_step,
)
from review_board.judgement.questions import in_asking_order, question_of, word_question
from review_board.judgement.recommendation import Finding, Recommendation, RuleMatch
from review_board.judgement.rule import FOLLOW_UP, Owed, Rule
from review_board.judgement.rule_words import as_number, payoff_words, who_put_off
from review_board.judgement.rules import RULES, RULES_BY_NAME
from review_board.judgement.rules.first_contact import NO_HISTORY_WORDS, no_contact
from review_board.judgement.rules.interest import bet_is_lost
from review_board.judgement.rules.shared import NO_NEED, proof_needed, proven_callback
from review_board.judgement.rules.stop_selling import answers_turn_round
from review_board.judgement.too_soon_guards import guards
from review_board.judgement.unknown_answers import stale_answers, unknown_questions
from review_board.judgement.what_would_change import (
    AskedToStop,
    BuyerSignal,
    Condition,
    EmptyDeferrals,
    RequestLifted,
    Ultimatum,
)
from review_board.judgement.whom_to_call import named_in_plan, reach_them
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import SITES
from review_board.pipeline.records import Callback, NextStep
from review_board.pipeline.vocabulary import SELLING, Column, Verdict
from review_board.wording import capital, several, times


def match_rules(evidence: Evidence) -> RuleMatch:
    """Return what the first matching rule asks for, without its reasons: enough for a queue."""
    return _first_match(evidence)[1]


def judge(evidence: Evidence) -> Finding:
    """Return what the first matching rule says: enough for a card."""
    return explained(evidence, match_rules(evidence))


def explained(evidence: Evidence, match: RuleMatch) -> Finding:
    """Return what the rule says of a prospect that it matches; what is planned is what to do.

    Whom we owe a call is called before that. Who rests or is to be let go keeps no plan, but what
    people planned as they let it go is still to be done. A quote that nobody followed up is followed
    up, whatever rule keeps the card: what is to be asked is asked in that call. Else a callback that is
    not proven is made once its day has come.
    """
    prospect = evidence.prospect
    finding = RULES_BY_NAME[match.rule].explain(evidence, match)
    step = prospect.next_step and (bet_first(evidence) or prospect.next_step)
    keeps = match.verdict is Verdict.KEEP
    if what_we_owe(evidence, match) is Owed.QUOTE and is_owed_if_kept(evidence, finding):
        finding = replace(finding, action=capital(FOLLOW_UP))
    elif keeps and not finding.rests and (call := _call_to_make(evidence)):
        asks = f"{reach_them(evidence)} and ask what will have changed"
        finding = replace(finding, action=f"{asks}{_late(call, evidence)}")
    was_let_go = match.verdict is Verdict.PURGE and match.destination is prospect.column
    keeps_plan = was_let_go or (keeps and not finding.rests)
    keeps_plan = keeps_plan and not prospect.do_not_contact
    if step is None or is_callback_owed(evidence) or not keeps_plan:
        return finding
    named, late = named_in_plan(evidence), _late(step, evidence)
    planned = replace(finding, action=f"{capital(step.action)}{late}", is_planned=True)
    if was_let_go:
        return planned
    return replace(
        planned,
        contact=named.id if named else finding.contact,
        needs_action=finding.needs_action and late != "",
        first_step=finding.first_step or finding.action,
    )


def _call_to_make(evidence: Evidence) -> Callback | None:
    """Return the callback whose day has come although it is not proven, unless a track of Nurture has its own."""
    call = None if evidence.prospect.column is Column.NURTURE else evidence.callback
    is_due = call is not None and call.on <= evidence.today.day
    return call if is_due and not evidence.has_proven_callback else None


def _late(planned: NextStep | Callback, evidence: Evidence) -> str:
    """Return `` (due 4 Dec)`` of what has not been done on its day."""
    today = evidence.today.day
    return f" (due {short_day(planned.on, today)})" if planned.on < today else ""


def next_change_day(evidence: Evidence) -> date | None:
    """Return the first later day on which time alone may change the verdict; ``None``: never.

    While nothing is added to a record only its ages grow, so a replay may skip all other days.
    """
    days = [day for rule in RULES for day in rule.change_days(evidence)]
    if _is_settled_in_nurture(evidence):
        call = evidence.callback and evidence.callback.on
        days += [day for day in (due_unless_put_off(evidence), call) if day]
    return min((day for day in days if day > evidence.today.day), default=None)


def recommend_from(evidence: Evidence) -> Recommendation:
    """Return the whole argument from what is proven."""
    settings = evidence.settings
    rule, match = _first_match(evidence)
    finding = explained(evidence, match)
    unknown = unknown_questions(evidence)
    wanting = {*unknown, *stale_answers(evidence)}
    if asks_for_locations(evidence, match):
        wanting.add(SITES)
    if rule.asks_nothing:
        wanting.clear()
    missing = tuple(q.id for q in in_asking_order(settings.questions.pack) if q.id in wanting)
    keep, let_go = (
        tuple(reasons_to_keep(evidence, match)),
        tuple(reasons_to_let_go(evidence, match)),
    )
    per_hour = payoff_words(evidence)
    names_hours = any(per_hour in line.text for line in (finding.because, *keep, *let_go))
    return Recommendation(
        finding=finding,
        reasons_to_keep=keep,
        reasons_to_let_go=let_go,
        spent=already_spent(evidence),
        missing=missing,
        pressure=contact_pressure(evidence, finding.contact),
        what_would_change=_what_would_change(rule, finding, evidence),
        settings=settings.fingerprint(),
        unknown=unknown,
        assumptions=tuple(_assumptions(evidence, names_hours=names_hours)),
        guards=tuple(guards(evidence)),
        questions=tuple(_in_words(evidence, missing)),
        tier=evidence.tier,
        planned=_planned(evidence, finding),
    )


def _planned(evidence: Evidence, finding: Finding) -> NextStep | None:
    """Return the dated step ahead; a purge that moves the card does away with it."""
    leaves = finding.destination is not evidence.prospect.column
    step = None if leaves and finding.verdict is Verdict.PURGE else planned_step(evidence)
    return step or planned_nurture(evidence, finding)


def _first_match(evidence: Evidence) -> tuple[Rule, RuleMatch]:
    is_settled = _is_settled_in_nurture(evidence)
    for rule in RULES:
        column = rule.match(evidence)
        if column and evidence.settings.is_on(rule.name):
            if is_settled and column in SELLING and rule is not RULES[-1]:
                continue
            return rule, RuleMatch(rule.name, Verdict.of(column), column)
    raise AssertionError("the last rule matches everything and cannot be switched off")


def _is_settled_in_nurture(evidence: Evidence) -> bool:
    """Tell whether people sent it to Nurture, and nothing came since: what they knew then they weighed.

    It holds until the card falls due again, or until a call that they asked for is owed.
    """
    prospect = evidence.prospect
    if prospect.column is not Column.NURTURE or not prospect.verdicts:
        return False
    if prospect.verdicts[-1].destination is not Column.NURTURE or is_callback_owed(evidence):
        return False
    due = due_unless_put_off(evidence)
    return due is not None and due > evidence.today.day


def _what_would_change(rule: Rule, finding: Finding, evidence: Evidence) -> Condition | None:
    """Return the first condition that does change the verdict when its events are put on record."""
    for condition in (
        *(bet_is_lost(evidence) if finding.verdict is Verdict.KEEP else ()),
        *rule.what_would_change(evidence),
        *_whatever_the_rule(finding.verdict, evidence),
    ):
        prospect, today = condition.apply(evidence.prospect, evidence.today)
        changed = gather(prospect, today, evidence.settings, evidence.closing)
        if match_rules(changed).verdict is not finding.verdict:
            return condition
    return None


def _whatever_the_rule(verdict: Verdict, evidence: Evidence) -> Iterator[Condition]:
    """Yield what changes a verdict by any rule, where the events that the rule names do not suffice."""
    if verdict is Verdict.KEEP:
        yield Condition("they say that there is no need, or that they bought elsewhere", NO_NEED)
        yield Condition("they ask not to be contacted again", (AskedToStop(),))
        yield Condition("they answer with an ultimatum", (Ultimatum(),))
        limit = evidence.limits.deferrals
        more = several(limit, "more time") if who_put_off(evidence).theirs else times(limit)
        words = f"they put you off {more} without a reason"
        yield Condition(words, (EmptyDeferrals(limit),))
        return
    step = Condition("they take a step of their own", (BuyerSignal(),))
    callback = proven_callback(evidence, f"name {proof_needed(evidence)}")
    yield step
    yield _all_of(step, callback)
    lifted = Condition("they take the request back", (RequestLifted(),))
    request = lifted if evidence.prospect.do_not_contact else None
    if turned := answers_turn_round(evidence):
        yield _all_of(request, turned, step, callback)
    elif request:
        yield _all_of(request, step, callback)


def _all_of(*conditions: Condition | None) -> Condition:
    """Return one condition that demands all of these, in its words as well as in its events."""
    named = [condition for condition in conditions if condition]
    words = ", ".join(condition.words for condition in named[:-1])
    events = tuple(event for condition in named for event in condition.events)
    return Condition(f"{words}, and {named[-1].words}", events)


def _in_words(evidence: Evidence, missing: Iterable[str]) -> Iterator[str]:
    """Yield the missing questions in the words in which they are asked."""
    for question_id in missing:
        if question := question_of(evidence.settings.questions.pack, question_id):
            yield word_question(question, evidence.prospect, evidence.callback, evidence.today.day)


def _assumptions(evidence: Evidence, *, names_hours: bool) -> Iterator[str]:
    """Yield which figures are assumed because they are not on record; the hours where a line rests on them."""
    prospect = evidence.prospect
    if prospect.value is None:
        yield "no value known: counted as a small sale"
    if remark := as_number(evidence).strip(" ()"):
        yield remark
    if evidence.listed_quote:
        yield "only the list tells of a quote: log it with its day, and your attempts count"
    if prospect.probability is None:
        yield f"no chance known: {evidence.closing.label}"
    if said := put_off_long_ago(evidence):
        yield said
    if no_contact(evidence) == NO_HISTORY_WORDS and not evidence.knows_contacts:
        yield NO_HISTORY_WORDS
    if prospect.hours is None and names_hours:
        yield f"the next step is counted as {evidence.hours:f} h of work"
