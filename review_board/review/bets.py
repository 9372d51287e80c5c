"""Bets: a card kept on what the buyer does by a day. Lost, it is dropped without more debate."""

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, NextStep, Ruling, Touch


def open_bet(prospect: Prospect, today: Today) -> Bet | None:
    """The last bet, unless a verdict has been given since."""
    if not prospect.bets:
        return None
    bet = next((b for b in reversed(prospect.bets) if _known(b, today)), None)
    if bet is None or any(r.at > bet.at for r in prospect.verdicts if _known(r, today)):
        return None
    return bet


def lost_bet(prospect: Prospect, today: Today) -> Bet | None:
    """The open bet whose day has come without a buyer signal since it was made."""
    bet = open_bet(prospect, today)
    if bet is None or today.day < bet.until:
        return None
    kept = any(t.meaning.signal and t.at > bet.at for t in prospect.touches if _known(t, today))
    return None if kept else bet


def watch(action: str) -> str:
    """What we do on the day of a bet: a card that is kept needs a dated step."""
    return f"see whether they {action}"


def is_watch(step: NextStep, bet: Bet) -> bool:
    """Whether a step is no more than the day of the bet."""
    return step.on == bet.until and step.action == watch(bet.action)


def _known(record: Bet | Ruling | Touch, today: Today) -> bool:
    return today.day_of(record.at) <= today.day
