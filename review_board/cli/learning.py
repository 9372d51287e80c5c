"""``calibrate`` and ``backtest``: what our own past says about our judgement and its rules."""

from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.cli.progress_line import progress_line
from review_board.cli.typed_words import past_day_named
from review_board.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from review_board.settings.tree import Settings


@command("calibrate")
@as_json_option
@pass_invocation
def calibrate(call: Invocation, as_json: bool) -> None:
    """What became of earlier verdicts, of what was let go, and of first impressions."""
    from review_board.cli.calibration_text import calibration_json, calibration_lines
    from review_board.learning.from_ledger import calibration

    with progress_line() as progress:
        found = calibration(call.board, progress)
    _tell_unreadable(call, found.unreadable)
    if as_json:
        call.out.json(calibration_json(found.figures, call.board.today.day))
    else:
        needed = call.settings.estimates.closing_outcomes
        call.out.lines(*calibration_lines(found.figures, needed))


@command("backtest")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting to try, such as deferrals=2 or preset=transactional; may be repeated.",
)
@click.option("--since", metavar="DATE", help="Only what ended on this day or later, or is open.")
@as_json_option
@pass_invocation
def backtest(call: Invocation, changes: tuple[str, ...], since: str | None, as_json: bool) -> None:
    """Replay the past by today's rules, and by changed ones: what would have been let go, and when.

    Every prospect is replayed from its first day to the day before it was won or lost, by what stood
    on its record on each day. Nothing is changed.
    """
    from review_board.cli.backtest_text import BacktestResult, backtest_json, backtest_lines
    from review_board.learning.backtest import backtest as replayed
    from review_board.learning.from_ledger import past_of

    board = call.board
    first = past_day_named(since, board.today.day, "--since") if since is not None else None
    trial = _trial(call.settings, changes)
    with progress_line() as progress:
        past = past_of(board, progress)
        now = replayed(past.histories, board.today, call.settings, first, progress)
        tried = replayed(past.histories, board.today, trial, first, progress) if trial else None
    _tell_unreadable(call, past.unreadable)
    result = BacktestResult(board.today.day, first, changes, now, tried)
    if as_json:
        call.out.json(backtest_json(result))
    else:
        call.out.lines(*backtest_lines(result))


def _trial(settings: "Settings", changes: tuple[str, ...]) -> "Settings | None":
    """Return the settings with the changes; a bad one is wrong usage, and the nearest name is proposed."""
    from review_board.settings.assignments import override

    if not changes:
        return None
    try:
        return override(settings, changes)
    except SettingsError as error:
        raise UsageError(f"--set: {error.message}", error.cure) from error


def _tell_unreadable(call: Invocation, unreadable: tuple[str, ...]) -> None:
    if unreadable:
        count = len(unreadable)
        rest = f" (and {count - 1:,} more)" if count > 1 else ""
        call.out.trouble(f"left out: {unreadable[0]}{rest}")
