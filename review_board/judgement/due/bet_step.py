"""The next step that a bet leaves us: a card that is kept needs a dated one."""

from review_board.pipeline.records import Bet, NextStep


def check_bet(action: str) -> str:
    """Return what we do on the day of a bet, which may be written as a whole sentence."""
    return f"check the bet: {action}"


def is_bet_check(step: NextStep, bet: Bet) -> bool:
    """Return whether a step is no more than the day of the bet; older files have other words."""
    words = {check_bet(bet.action), f"see whether they {bet.action}"}
    return step.on == bet.until and step.action in words
