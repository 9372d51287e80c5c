"""The ladder of rules, in order; the first that matches wins. Three rungs tell two rules apart.

Adding a rule is adding one function beside its kin and one line here.
"""

from review_board.judgement.rules.callbacks import (
    FAR_CALLBACK,
    PROMISE_MISSED,
    PROVEN_CALLBACK,
    UNPROVEN_CALLBACK,
)
from review_board.judgement.rules.closed import DO_NOT_CONTACT, HOSTILE, KNOCKED_OUT, LOST_BET
from review_board.judgement.rules.interest import (
    FRESH_OR_NEVER_WORKED,
    LIVE_INTEREST,
    NO_HISTORY,
    OPEN_QUOTE,
    WORKING,
)
from review_board.judgement.rules.silence import (
    GONE_SILENT_OR_RESCUE,
    LAST_CALL,
    POOR_PAYOFF,
    TOO_SOON,
)
from review_board.judgement.rules.waiting import NURTURE, SERIAL_DEFERRAL, UNANSWERED_QUESTIONS

LADDER = (
    DO_NOT_CONTACT,
    KNOCKED_OUT,
    HOSTILE,
    LOST_BET,
    PROVEN_CALLBACK,
    PROMISE_MISSED,
    FAR_CALLBACK,
    OPEN_QUOTE,
    LIVE_INTEREST,
    SERIAL_DEFERRAL,
    UNANSWERED_QUESTIONS,
    UNPROVEN_CALLBACK,
    NURTURE,
    NO_HISTORY,
    FRESH_OR_NEVER_WORKED,
    TOO_SOON,
    GONE_SILENT_OR_RESCUE,
    POOR_PAYOFF,
    LAST_CALL,
    WORKING,
)
