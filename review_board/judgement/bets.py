"""Bets: a card kept on what the buyer does by a day, and on which day we look whether they did."""

from collections.abc import Iterator
from datetime import date

from review_board.judgement.callback_proof import CallbackProof
from review_board.judgement.timeline import Timeline
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, NextStep
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.settings.rule_names import RuleName


def open_bet(prospect: Prospect) -> Bet | None:
    """Return the bet made last, or ``None`` when a verdict since has set it aside.

    A file that people merged need not have its bets in order.
    """
    if not prospect.bets:
        return None
    bet = max(prospect.bets, key=lambda each: each.at)
    return None if any(verdicts_since(bet, prospect)) else bet


def verdicts_since(bet: Bet, prospect: Prospect) -> Iterator[VerdictRecord]:
    """Yield the verdicts given after a bet; to keep the card as a running bet advises lets it run on."""
    made = {other.at for other in prospect.bets}
    for verdict in prospect.verdicts:
        as_advised = verdict.destination is verdict.recommended_destination
        runs_on = verdict.rule == RuleName.RUNNING_BET and as_advised and verdict.at not in made
        if verdict.at > bet.at and not runs_on:
            yield verdict


def last_day(bet: Bet, today: Today) -> date:
    """Return the last day on which a bet can be won; it is no day before the one it was made on."""
    return max(bet.until, today.day_of(bet.at))


def is_answered(bet: Bet, timeline: Timeline, proof: CallbackProof | None, today: Today) -> bool:
    """Tell whether the buyer gave a signal, or a callback that is proven, after the bet was made."""
    signal = timeline.last_signal
    if signal and signal.touch.at > bet.at:
        return True
    if proof is None or not proof.is_proven:
        return False
    place = timeline.place_of_request(proof.callback)
    if place >= 0:
        return timeline.record[place].at > bet.at
    return proof.callback.asked_on > today.day_of(bet.at)


def what_did_not_come(bet: Bet, today: Today) -> str:
    """Return ``“name a start day” is not on record by 19 Nov``."""
    return f"“{bet.action}” is not on record by {short_day(bet.until, today.day)}"


def is_bet_check(step: NextStep, bet: Bet) -> bool:
    """Return whether a step is no more than the day of the bet, as older files have it."""
    words = {f"check the bet: {bet.action}", f"see whether they {bet.action}"}
    return step.on == bet.until and step.action in words
