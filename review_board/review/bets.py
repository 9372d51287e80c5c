"""The next step that a bet leaves us: a card that is kept needs a dated one."""

from review_board.pipeline.records import Bet, NextStep


def watch(action: str) -> str:
    """What we do on the day of a bet."""
    return f"see whether they {action}"


def is_watch(step: NextStep, bet: Bet) -> bool:
    """Whether a step is no more than the day of the bet."""
    return step.on == bet.until and step.action == watch(bet.action)
