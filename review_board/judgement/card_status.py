"""The few words on a card that say why it stands there, and what its advice comes to."""

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import bet_first
from review_board.judgement.recommendation import Finding, RuleMatch
from review_board.judgement.rule import Owed, Rule, Tone
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.rules.interest import bet_words
from review_board.judgement.rules.shared import planned_words
from review_board.judgement.rules.stop_selling import own_reason
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import closed_words
from review_board.pipeline.vocabulary import SELLING, Column, DropReason, Verdict
from review_board.settings.rule_names import RuleName

OTHER = "another reason"


def status_line(e: Evidence, finding: Finding | RuleMatch) -> str:
    """Return ``quote 3 of 5``, ``18 Jan proven``, ``put off 7×``; at most some twenty cells.

    Of what was dropped, and stays so, the reason, unless they asked to be left alone. Who wants no
    calls is said first; of what is kept on a bet its day.
    """
    if e.resting_drop and finding.rule is not RuleName.DO_NOT_CONTACT:
        reason = e.resting_drop.reason
        if reason == DropReason.OTHER:
            return own_reason(e.resting_drop) or OTHER
        return e.settings.reason_label(reason)
    if (back := e.came_back_on) and finding.verdict is Verdict.KEEP:
        return f"came back {short_day(back, e.today.day)}"
    rule = RULES_BY_NAME[finding.rule]
    words, closed = rule.card_words(e), closed_words(e.prospect.closed_channels)
    if finding.verdict is Verdict.KEEP and rule.owes is not Owed.CALLBACK:
        words = _plan_words(rule, e) or bet_words(e) or words
    elif e.prospect.column is finding.destination is Column.NURTURE and _idea_comes_first(e):
        words = planned_words(e)
    return " · ".join(filter(None, (closed, words)))


def _idea_comes_first(e: Evidence) -> bool:
    """Tell whether a step is planned with one in Nurture, and comes before the next touch of its track."""
    step, touch = e.prospect.next_step, e.next_nurture
    return step is not None and (touch is None or step.on < touch)


_BESIDE_A_STEP = {RuleName.OPEN_QUOTE: "quote", RuleName.FRESH_LEAD: "new"}
"""What a card says before the day of a step, where its reason is more than how often was tried."""


def _plan_words(rule: Rule, e: Evidence) -> str:
    """Return ``quote, next 4 Dec`` or ``overdue 2 Nov``, where a step says what is to be done.

    The day of a callback is no step of ours: its own words say it.
    """
    if e.callback or e.prospect.next_step is None or bet_first(e):
        return ""
    before = "bet" if e.running_bet else _BESIDE_A_STEP.get(rule.name, "")
    named = "" if e.prospect.closed_channels else before
    return ", ".join(filter(None, (named, planned_words(e))))


ACT_FIRST = "act first"
"""Says of what is kept that something is to be asked or done about it now."""


def is_left_there(column: Column, destination: Column, *, rests: bool) -> bool:
    """Tell whether a card lies in Nurture or Dropped and the record leaves it there."""
    return column not in SELLING and (rests or destination is column)


STAYS = "STAYS"
"""Says of what lies in Nurture or Dropped that it is left there."""


def verdict_word(finding: Finding, column: Column) -> str:
    """Return ``KEEP`` or ``PURGE``, or that it stays where it is."""
    is_left = is_left_there(column, finding.destination, rests=False)
    return STAYS if is_left else finding.verdict.upper()


def place_words(finding: Finding, column: Column) -> str:
    """Return where an advice puts a prospect: ``to Dropped``, or ``in Active``, where it is.

    Where it is kept only if something is done, it says that.
    """
    first = f", {ACT_FIRST}" if tone_of(finding) is Tone.ACT else ""
    return f"{'in' if finding.destination is column else 'to'} {finding.destination.title}{first}"


def advice_with_reason(finding: Finding, column: Column) -> str:
    """Return ``PURGE to Dropped: put off 7 times without a reason``."""
    return f"{verdict_word(finding, column)} {place_words(finding, column)}: {finding.because.text}"


def advice_words(finding: Finding, column: Column, *, is_left: bool) -> str:
    """Return ``KEEP``, ``KEEP, act first``, ``PURGE``, or that it stays where it is."""
    if is_left:
        return f"stays in {column.title}"
    verdict = finding.verdict.upper()
    return f"{verdict}, {ACT_FIRST}" if tone_of(finding) is Tone.ACT else verdict


def tone_of(finding: Finding) -> Tone:
    """Return whether it is kept, kept if something is done, or let go."""
    if finding.verdict is Verdict.PURGE:
        return Tone.LET_GO
    return Tone.ACT if finding.needs_action else Tone.KEEP
