"""A reviewer who does anything that a person may do; made to be killed in a process of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.controller import ReviewController
from review_board.review.session import ListMark
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.protocol import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

Action = tuple[str, tuple[str, ...]]
"""What is done, and to which lines of the list of sure purges."""
Ids = dict[str, tuple[str, ...]]
"""The verdicts and snoozes of each card that has any."""


@dataclass(frozen=True)
class Stood:
    """Where the review stood in front of the person: what is on record, what comes up, the ticks.

    After the last card, or when the rest is parked, nothing comes up.
    """

    ids: Ids = field(default_factory=dict)
    current: str | None = None
    marks: dict[str, ListMark] = field(default_factory=dict)
    list_is_next: bool = False


ON_A_CARD = ("keep", "keep", "keep", "drop", "snooze", "skip", "back", "undo", "undo", "park")
ON_THE_LIST = ("tick", "tick", "purge", "back", "undo")


class Hands:
    """A clock that goes on by a moment each time it is looked at, from so many minutes after noon."""

    def __init__(self, minutes: int) -> None:
        self.now = NOON + timedelta(minutes=minutes)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def opened(store: Store, minutes: int = 0) -> Board:
    """The pipeline in a store."""
    return Board(store, Settings(), Hands(minutes), UTC, "ann", "review").open()


def act(controller: ReviewController, action: Action) -> ReviewController:
    """Do it, and give the desk at which the review goes on."""
    what, lines = action
    step = NextStep(action="call", on=controller.board.today.day + timedelta(days=3))
    decision = Decision(Column.ACTIVE, step=step, against="we know them", start_anew=True)
    match what:
        case "open":
            return ReviewController.open(controller.board)
        case "keep":
            kept = replace(decision, sooner="x", why="x")
            controller.decide(kept, controller.board.recommendation(str(controller.current)))
        case "drop":
            dropped = replace(decision, to=Column.DROPPED, step=None, reason=DropReason.TIMING)
            controller.decide(dropped, controller.board.recommendation(str(controller.current)))
        case "tick":
            asked = controller.sure_purges(lines)
            controller.mark([line.marked(ticked=True, reason=DropReason.TIMING) for line in asked])
        case "purge":
            controller.purge(controller.sure_purges(lines))
        case "undo" | "back":
            try:
                getattr(controller, what)()
            except RefusedError:
                return controller
        case _:
            getattr(controller, what)()
    return controller


def next_action(controller: ReviewController, rng: Random, *, to_the_end: bool) -> Action | None:
    """What somebody does next; ``None`` when there is nothing left to review."""
    if controller.current is None:
        return ("open", ()) if controller.session.queue else None
    if controller.session.finished:
        return ("open", ())
    if controller.list_is_next:
        lines = [line.id for line in controller.sure_purges()]
        what = "purge" if to_the_end else rng.choice(ON_THE_LIST)
        if what not in {"tick", "purge"}:
            return what, ()
        return what, tuple(rng.sample(lines, rng.randint(min(1, len(lines)), len(lines))))
    return ("keep" if to_the_end else rng.choice(ON_A_CARD)), ()


def stood(controller: ReviewController) -> Stood:
    """Where it stands."""
    session, given = controller.session, dict(_ids(controller.board))
    if session.finished or controller.current is None:
        return Stood(given)
    return Stood(given, controller.current, session.marks, controller.list_is_next)


def _ids(board: Board) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in board.documents():
        card = board.prospect(key)
        if given := (*(r.id for r in card.verdicts), *(z.id for z in card.snoozes)):
            yield key, given


def review(path: Path, seed: int, minutes: int, to_the_end: bool, told: Connection) -> None:
    """Tell what is about to be done, do it, and tell where it stands once that is on disk."""
    rng, controller = Random(seed), ReviewController.open(opened(FileStore(path), minutes))
    while action := next_action(controller, rng, to_the_end=to_the_end):
        told.send(action)
        controller = act(controller, action)
        told.send(stood(controller))
