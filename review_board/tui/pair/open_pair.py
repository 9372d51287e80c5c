"""How the app gets into a pair review: started for it alone, or from the board."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from review_board.board.board import Board
from review_board.board.events import Event, NotSaved
from review_board.errors import ReviewBoardError
from review_board.pair.beginning import (
    AlreadyHereError,
    announcement,
    join,
    known_role,
    left_review,
    running_review,
    start,
    words_of_left,
)
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.pair.view import Process
from review_board.review.scope import Scope, queue_of
from review_board.review.signing import Identity
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.pair.screen import PairScreen
from review_board.tui.review.open_review import ask_what_to_review
from review_board.tui.review.second_verdict import wait_until_saved

GO_ON = "{dialog.yes:y} goes on · {dialog.no:n} begins another · {dialog.cancel:esc} does nothing"
WHO_IS_WHO = "The owners of the cards do not tell it: are you the manager?"
ROLE_KEYS = "{dialog.yes:y} or {dialog.no:n} begins · {dialog.cancel:esc} does nothing"
Begin = Callable[[Board, bool], PairReview]
"""Starts a pair review or joins one, where it is said so in the place of the same person elsewhere."""


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Somebody at the same terminal: they ``join`` by the name that they sign with, in the role that is left.

    ``role`` is that one; it raises what would refuse the review, before anybody signs. ``name`` is proposed.
    """

    join: Callable[[Board, str, PairRole], PairReview]
    role: Callable[[Board], PairRole]
    name: str = ""


def only_pair(
    begin: Begin, second: SecondPerson | None = None
) -> Callable[[ReviewBoardApp, Board], None]:
    """Return what an app does that was started for a pair review alone: it ends with the review.

    A ``second`` person at this terminal signs first.
    """

    async def opened(app: ReviewBoardApp, board: Board) -> None:
        sides: list[PairReview] = []
        try:
            signed, role = "", PairRole.MANAGER
            if second:
                role = second.role(board)
                name = await _signed(app, board, second.name, role)
                if name is None:
                    await app.action_leave()
                    return
                signed = name
            sides.append(await _sat_down(app, board, begin))
            if second:
                sides.append(await begun(board, lambda board: second.join(board, signed, role)))
        except ReviewBoardError as error:
            for side in sides:  # nobody is in a review whose second was refused
                side.leave()
            app.problem = error
            app.exit(1)
            return

        async def left(_: object = None) -> None:
            if sides[0].session is not None:
                again = "the same command" if second else sides[0].joining(sides[0].me)
                app.last_words = f"You left the pair review; to go on with it: {again}"
            await app.action_leave()

        app.push_screen(PairScreen(*sides), left)

    def first(app: ReviewBoardApp, board: Board) -> None:
        app.run_worker(opened(app, board))

    return first


async def _signed(app: ReviewBoardApp, board: Board, name: str, role: PairRole) -> str | None:
    """Ask the second person at this terminal, in this role, for the name that they sign with."""
    first, refused = board.by, ""
    question = (
        f"{first} is the {role.other} of this review. By which name does the {role} sign?"
        f"\nIf {first} is the {role}: esc, and begin as the {role.other} with --as NAME."
    )
    while True:
        dialog = LineDialog("Two people at this terminal", question, name, refused=refused)
        signed = await app.push_screen_wait(dialog)
        if signed is None or signed.casefold() != first.casefold():
            return signed
        name, refused = signed, "Two people have two names"


async def _sat_down(app: ReviewBoardApp, board: Board, begin: Begin) -> PairReview:
    """Return a review that was begun; who is in it at another terminal is asked which one they mean."""
    try:
        return await begun(board, lambda board: begin(board, False))
    except AlreadyHereError as error:
        here = ConfirmDialog(
            error.message,
            "It still runs. If that is you, go on here: it then has no say.\n"
            "A vote that you cast there and that is still hidden, you cast again.\n"
            "A second person joins by a name of their own: --as NAME.",
            yes="go on here",
            no="leave it there",
        )
        if not await app.push_screen_wait(here):
            raise
    return await begun(board, lambda board: begin(board, True))


async def begun(board: Board, begin: Callable[[Board], PairReview]) -> PairReview:
    """Return a review once its beginning is on disk; raises what refused it there."""
    refused: list[ReviewBoardError] = []

    def listen(event: Event) -> None:
        if isinstance(event, NotSaved):
            refused.append(event.error)

    stop = board.subscribe(listen)
    try:
        review = begin(board)
        await wait_until_saved(board)
    finally:
        stop()
    if refused:
        raise refused[0]
    return review


def open_from_board(
    app: ReviewBoardApp, board: Board, identity: Identity, process: Process, view: Scope
) -> None:
    """Join the pair review that goes on, over the board; where there is none, ask what to start one on.

    Who left one is asked whether that goes on.
    """

    def begin(how: Begin) -> None:
        app.run_worker(_opened(app, board, how))

    def join_it() -> None:
        begin(lambda board, anyway: join(board, identity, None, process, take_over=anyway))

    def ask() -> None:
        start_on = partial(_start_on, app, board, identity, process)
        ask_what_to_review(app, board, view, start_on, pair=True)

    def answered(goes_on: bool | None) -> None:
        if goes_on is not None:
            (join_it if goes_on else ask)()

    try:
        running = running_review(board, identity.name, process.presence)
        left = left_review(board, identity.name)
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
        return
    if running:
        join_it()
    elif left:
        question = f"{words_of_left(left, board, process.presence)}.\nGo on with it?"
        yes, no = "go on", "begin another"
        dialog = ConfirmDialog("Pair review", question, yes=yes, no=no, hint=GO_ON, safe=True)
        app.push_screen(dialog, answered)
    else:
        ask()


def _start_on(
    app: ReviewBoardApp, board: Board, identity: Identity, process: Process, scope: Scope
) -> None:
    """Start a review in the role that the owners of its cards tell, or else that is asked for."""

    def start_as(role: PairRole) -> None:
        def begin(board: Board, _: bool) -> PairReview:
            return start(board, identity, role, process, scope, anew=True)

        app.run_worker(_opened(app, board, begin))

    def told(is_manager: bool | None) -> None:
        if is_manager is not None:
            start_as(PairRole.MANAGER if is_manager else PairRole.REP)

    if role := known_role(board, identity.name, scope, queue_of(board, scope).ids):
        start_as(role)
    else:
        yes, no = "begin as the manager", "begin as the rep"
        asked = ConfirmDialog("Pair review", WHO_IS_WHO, yes=yes, no=no, hint=ROLE_KEYS)
        app.push_screen(asked, told)


async def _opened(app: ReviewBoardApp, board: Board, begin: Begin) -> None:
    """Put a pair review on top of the board, or tell what refused it."""
    try:
        review = await _sat_down(app, board, begin)
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
    else:
        app.push_screen(PairScreen(review))


def invitation(board: Board, me: str, process: Process, key: str) -> str:
    """Return what the board says of a pair review that ``key`` leads to; empty where there is none.

    It is one of others that goes on, or else one that this person left.
    """
    try:
        running, left = running_review(board, me, process.presence), left_review(board, me)
    except ReviewBoardError:
        return ""  # whoever joins it is told what is wrong with it
    if running:
        if running.role_of(me) is not None:
            return ""
        goes = "goes back" if me in running.people else "joins"
        return f"{announcement(running, board)}: {key} {goes}"
    return f"{words_of_left(left, board, process.presence)}: {key} goes on" if left else ""
