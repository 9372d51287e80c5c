"""Why a card goes, in the seller's words, where only the name of the rule is on record."""

from review_board.settings.rule_names import RuleName

PURGE_REASONS = {
    RuleName.DO_NOT_CONTACT: "asked not to be contacted",
    RuleName.KNOCKED_OUT: "ruled out by an answer",
    RuleName.HOSTILE: "hostile",
    RuleName.LOST_BET: "the bet was lost",
    RuleName.FAR_CALLBACK: "the callback is too far ahead",
    RuleName.SERIAL_DEFERRAL: "put off without a reason",
    RuleName.UNANSWERED_QUESTIONS: "questions stay without an answer",
    RuleName.NURTURE_EXHAUSTED: "no answer in Nurture",
    RuleName.NURTURING: "in Nurture",
    RuleName.GONE_SILENT: "gone silent",
    RuleName.RESCUE: "the rescue brought nothing",
    RuleName.POOR_PAYOFF: "too small for the work",
}


def purge_reason(rule: str) -> str:
    """Return why the record lets a card go; nothing for a rule that keeps, or of another edition."""
    return {name.value: words for name, words in PURGE_REASONS.items()}.get(rule, "")
