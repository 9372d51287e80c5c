"""The few words on a card that say why it stands there, and the tone of its advice."""

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding, RuleMatch
from review_board.judgement.rule import Tone
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.rules.stop_selling import own_reason
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import closed_words
from review_board.pipeline.vocabulary import DropReason, Verdict
from review_board.settings.rule_names import RuleName

OTHER = "another reason"


def status_line(e: Evidence, finding: Finding | RuleMatch) -> str:
    """Return ``quote 3/5 tries``, ``18 Jan · proven``, ``put off 7×``; at most some twenty cells.

    Of what was dropped, and stays so, the reason, unless they asked to be left alone. Who wants no
    calls is said first.
    """
    if e.resting_drop and finding.rule is not RuleName.DO_NOT_CONTACT:
        reason = e.resting_drop.reason
        if reason == DropReason.OTHER:
            return own_reason(e.resting_drop) or OTHER
        return e.settings.reason_label(reason)
    if (back := e.came_back_on) and finding.verdict is Verdict.KEEP:
        return f"came back {short_day(back, e.today.day)}"
    words = RULES_BY_NAME[finding.rule].card_words(e)
    return " · ".join(filter(None, (closed_words(e.prospect.closed_channels), words)))


def tone_of(finding: Finding) -> Tone:
    """Return whether it is kept, kept if something is done, or let go."""
    if finding.verdict is Verdict.PURGE:
        return Tone.LET_GO
    return Tone.ACT if finding.needs_action else Tone.KEEP
