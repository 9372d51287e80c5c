"""A backtest as JSON, with stable keys."""

from typing import Any

from review_board.cli.backtest_text import BacktestResult
from review_board.learning.backtest import AGES, Backtest, Part, RuleLine
from review_board.learning.history import UNDATED
from review_board.learning.outcomes import End
from review_board.learning.replay import Replayed


def backtest_json(result: BacktestResult) -> dict[str, Any]:
    """Return the whole answer; days are ISO, hours are strings."""
    return {
        "today": result.today.isoformat(),
        "since": result.since.isoformat() if result.since else None,
        "set": list(result.changes),
        "prospects": len(result.now.all),
        "undated_before_first_version": result.now.undated,
        "taken_undated": list(UNDATED),
        "today_settings": _run(result.now),
        "changed_settings": _run(result.tried) if result.tried else None,
        "difference": _difference(result.now, result.tried) if result.tried else None,
    }


def _difference(now: Backtest, tried: Backtest) -> dict[str, Any]:
    """Return the changed figures minus today's."""
    return {
        end.value: {
            "let_go": len(tried.part(end).purged) - len(now.part(end).purged),
            "hours_after": f"{tried.part(end).hours_freed - now.part(end).hours_freed:f}",
            "never_worked": len(tried.part(end).never_worked) - len(now.part(end).never_worked),
        }
        for end in End
    }


def _run(run: Backtest) -> dict[str, Any]:
    return {
        "settings": run.settings.fingerprint(),
        **{end.value: _part(run.part(end)) for end in End},
        "rules": [_rule_json(line) for line in run.rules],
        "wins_let_go": [_one(one) for one in run.won.purged],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "count": len(part.all),
        "without_contact": part.untouched,
        "let_go": len(part.purged),
        "hours_after": f"{part.hours_freed:f}",
        "median_days_earlier": part.days_earlier,
        "never_worked": len(part.never_worked),
        "median_age_never_worked": part.never_worked_age,
        "let_go_by_age": {str(age): part.purged_by_age(age) for age in AGES},
    }


def _rule_json(line: RuleLine) -> dict[str, Any]:
    return {
        "rule": line.rule.value,
        "destination": line.destination.value,
        "won": len(line.won.all),
        "lost": len(line.lost.all),
        "open": len(line.open.all),
        "hours_freed": f"{line.lost.hours_freed:f}",
        "median_days_earlier": line.lost.days_earlier,
    }


def _one(one: Replayed) -> dict[str, Any]:
    assert one.purge
    return {
        "id": one.id,
        "name": one.name,
        "rule": one.purge.rule.value,
        "destination": one.purge.destination.value,
        "let_go": one.purge.day.isoformat(),
        "won": one.ending.day.isoformat() if one.ending.day else None,
    }
