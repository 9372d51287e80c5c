"""Changes as the doors make them, short to write in a test."""

from typing import Any

from review_board.board.board import Change
from review_board.pipeline import changes
from review_board.pipeline.vocabulary import Column, DropReason, Outcome


def logged(outcome: Outcome = Outcome.VOICEMAIL) -> Change:
    return lambda prospect, stamp: changes.log_touch(prospect, outcome, stamp)


def edited(**fields: Any) -> Change:
    return lambda prospect, _: changes.edit(prospect, **fields)


def moved(to: Column) -> Change:
    return lambda prospect, _: prospect.with_changes(column=to)


def dropped(reason: DropReason = DropReason.TIMING) -> Change:
    return lambda prospect, stamp: changes.drop(prospect, reason, stamp)


def noted(text: str) -> Change:
    return lambda prospect, stamp: changes.add_note(prospect, text, stamp)
