"""Zombies: kept in one review after the other while the buyer gives no sign of life."""

from review_board.judgement.evidence import Evidence
from review_board.judgement.verdict_history import replaced_by
from review_board.pipeline.vocabulary import Verdict


def kept_without_signal(evidence: Evidence) -> int:
    """Count the reviews that kept it since the buyer's last signal, or since the last purge.

    Two verdicts of one session are one review, and so are a verdict and the one that confirms it the
    same day; one that was overruled the same day is none.
    """
    signal = evidence.timeline.last_signal
    reviews, seen = 0, set[object]()
    for verdict in reversed(evidence.prospect.verdicts):
        if replaced_by(evidence.prospect, verdict, evidence.today):
            continue
        before_signal = signal is not None and verdict.at <= signal.touch.at
        if before_signal or verdict.verdict is Verdict.PURGE:
            break
        day = evidence.today.day_of(verdict.at)
        if day <= evidence.today.day and seen.isdisjoint({verdict.session or verdict.id, day}):
            reviews += 1
            seen |= {verdict.session or verdict.id, day}
    return reviews
