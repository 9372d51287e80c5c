"""Which rules read a setting: what changes when it is changed."""

from collections.abc import Mapping

from review_board.settings.rules import RuleName as R

_PUT_OFF = (R.LIVE_INTEREST, R.SERIAL_DEFERRAL, R.UNPROVEN_CALLBACK)
_BY_TIER = (R.SERIAL_DEFERRAL, R.UNANSWERED_QUESTIONS, R.GONE_SILENT, R.RESCUE)
_SILENT = (R.UNPROVEN_CALLBACK, R.GONE_SILENT, R.RESCUE)

READ_BY: Mapping[str, tuple[R, ...]] = {
    "thresholds.recent_days": (R.LIVE_INTEREST, R.TOO_SOON, R.POOR_PAYOFF, R.LAST_CALL),
    "thresholds.unreachable_days": _SILENT,
    "thresholds.attempts": (
        R.OPEN_QUOTE,
        R.TOO_SOON,
        R.GONE_SILENT,
        R.RESCUE,
        R.POOR_PAYOFF,
        R.LAST_CALL,
    ),
    "thresholds.gone_silent_attempts": _SILENT,
    "thresholds.last_call_days": (*_SILENT, R.LAST_CALL),
    "thresholds.hostile_days": (R.HOSTILE,),
    "thresholds.callback_days": (R.PROVEN_CALLBACK, R.FAR_CALLBACK),
    "thresholds.callback_grace_days": (R.PROVEN_CALLBACK, R.PROMISE_MISSED),
    "thresholds.wake_days": (R.FAR_CALLBACK,),
    "thresholds.deferrals": _PUT_OFF,
    "thresholds.probation_deferrals": _PUT_OFF,
    "thresholds.probation_days": _PUT_OFF,
    "thresholds.unknown_questions": (R.UNANSWERED_QUESTIONS,),
    "thresholds.unknown_reviews": (R.UNANSWERED_QUESTIONS,),
    "thresholds.nurture_touches": (
        R.SERIAL_DEFERRAL,
        R.UNPROVEN_CALLBACK,
        R.NURTURE_EXHAUSTED,
        R.NURTURING,
    ),
    "thresholds.no_history_days": (R.NO_HISTORY,),
    "thresholds.early_stage_days": (R.NO_HISTORY,),
    "thresholds.fresh_days": (R.NO_HISTORY, R.FRESH_LEAD, R.NEVER_WORKED),
    "thresholds.rescue_days": (R.RESCUE,),
    "thresholds.min_hourly_value": (R.POOR_PAYOFF,),
    "tiers.by": _BY_TIER,
    "tiers.low_below": _BY_TIER,
    "tiers.high_from": _BY_TIER,
    "tiers.low_percentile": _BY_TIER,
    "tiers.high_percentile": _BY_TIER,
    "estimates.closing_ratio": (R.OPEN_QUOTE, R.POOR_PAYOFF),
    "estimates.closing_outcomes": (R.OPEN_QUOTE, R.POOR_PAYOFF),
    "estimates.hours": (R.POOR_PAYOFF,),
    "questions.pack": (R.KNOCKED_OUT, R.UNANSWERED_QUESTIONS),
    "tracks.monthly-email": (R.NURTURING,),
    "tracks.keep-in-touch": (R.NURTURING,),
    "tracks.champion": (R.NURTURING,),
    "tracks.assistant": (R.NURTURING,),
    "tracks.wake-up": (R.NURTURING,),
}
