"""How the app gets into review mode, and what it says when nothing is to review."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from time import monotonic

from review_board.board.board import Board
from review_board.errors import ReviewBoardError
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress, StoppedError
from review_board.review.controller import ReviewController
from review_board.review.lost_bets import dropped_at_start, lost_bets_words
from review_board.review.plan import plan_review, why_none
from review_board.review.scope import Scope, look_ahead
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.working import working
from review_board.tui.footer_keys import with_keys
from review_board.tui.review.plan_dialog import PlanDialog, offers
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.review.second_verdict import wait_until_saved
from review_board.wording import plural, several

LOST_BETS_TOLD = 15
"""Seconds for which bets that were lost are told: their names are read, and perhaps taken back."""
SOON, SLICE = 0.2, 0.01
"""Seconds that may pass in silence before the plan, and after these between two looks at the keys."""
BY_KEY = "add a prospect with {board.add:a}, or import a file"
BY_COMMAND = (
    "add a prospect with review-board add NAME, or take in a list with review-board import FILE"
)


def offer_review(app: ReviewBoardApp, board: Board, view: Scope) -> None:
    """Offer what to review, with its plan, and open what was chosen; say so where nothing is to review."""
    ask_what_to_review(app, board, view, lambda scope: open_review(app, board, scope))


def ask_what_to_review(
    app: ReviewBoardApp,
    board: Board,
    view: Scope,
    begin: Callable[[Scope], None],
    *,
    pair: bool = False,
) -> None:
    """Ask what to review, alone or as a ``pair``, and begin with that; say so where nothing is to review.

    Who presses the key before all prospects were judged may wait for that: then a bar counts them.
    """
    progress = Progress()
    looks, ask = look_ahead(board, progress), partial(_ask, app, board, view, begin, pair=pair)
    if _is_over(looks, SOON):
        ask()
    else:
        app.run_worker(_ask_later(app, looks, progress, ask))


async def _ask_later(
    app: ReviewBoardApp, looks: Iterator[None], progress: Progress, ask: Callable[[], None]
) -> None:
    with suppress(StoppedError):
        async with working(app, "Looking for what is to review", progress, wait=0):
            while not _is_over(looks, SLICE):
                await asyncio.sleep(0)
        ask()


def _is_over(looks: Iterator[None], seconds: float) -> bool:
    """Look on for so long; return whether everything was looked at."""
    end = monotonic() + seconds
    return all(monotonic() < end for _ in looks)


def _ask(
    app: ReviewBoardApp,
    board: Board,
    view: Scope,
    begin: Callable[[Scope], None],
    *,
    pair: bool,
) -> None:
    def chosen(scope: Scope | None) -> None:
        if scope:
            begin(scope)

    try:
        plan = plan_review(board, view, anew=pair)
        offered = offers(board, view)
        others = (offer.value for offer in offered if not offer.value.owner)
        full = plan.comes_to_something or any(
            plan_review(board, scope, anew=pair).comes_to_something for scope in others
        )
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
        return
    if full:
        app.push_screen(PlanDialog(board, offered, plan, pair=pair), chosen)
    else:
        app.notify(nothing_due(board, view, plan.queue.unread, add=with_keys(app, BY_KEY)))


def open_review(app: ReviewBoardApp, board: Board, scope: Scope) -> None:
    """Put the review on top of the board, or say that nothing is to review."""
    controller = _controller(app, board, scope)
    if controller is None:
        return
    if controller.current is None:
        app.run_worker(_tell_nothing_came(app, controller, scope))
    else:

        def stopped(_: object = None) -> None:
            again, report = with_keys(app, "{board.review:r} {board.report:R}").split()
            if words := how_to_go_on(controller, again, report):
                app.notify(words)

        app.push_screen(ReviewScreen(controller), stopped)
        _tell_lost_bets(app, controller)
        _tell_unread(app, controller)


def only_review(scope: Scope) -> Callable[[ReviewBoardApp, Board], None]:
    """Return what an app does that was started for a review alone: it ends with the review."""

    def first(app: ReviewBoardApp, board: Board) -> None:
        async def leave(_: object = None) -> None:
            await app.action_leave()

        async def tell_and_leave() -> None:
            app.last_words = await _nothing_came(controller, scope, add=BY_COMMAND)
            await app.action_leave()

        async def stopped(_: object = None) -> None:
            app.last_words = how_to_go_on(controller, "the same command", "review-board report")
            await app.action_leave()

        if _is_empty(board):  # whatever is asked for
            app.last_words = nothing_due(board, scope, add=BY_COMMAND)
            app.call_later(leave)
            return
        try:
            controller = ReviewController.open(board, scope)
        except ReviewBoardError as error:
            app.problem = error
            app.exit(1)
            return
        if controller.current is None:
            app.call_later(tell_and_leave)
        else:
            app.push_screen(ReviewScreen(controller), stopped)
            _tell_lost_bets(app, controller)
            _tell_unread(app, controller)

    return first


def how_to_go_on(controller: ReviewController, again: str, report: str) -> str:
    """Return where a review was stopped, what goes on there, and what shows its report.

    Nothing is said after one that is over.
    """
    session = controller.session
    if session.finished or controller.current is None:
        return ""
    cards = len(session.queue)
    so_far = f", {report} shows the report so far" if controller.summary().decided else ""
    return f"Stopped at card {controller.number} of {cards}: {again} goes on there{so_far}"


def _controller(app: ReviewBoardApp, board: Board, scope: Scope) -> ReviewController | None:
    try:
        return ReviewController.open(board, scope)
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
        return None


async def _lost_bets(controller: ReviewController) -> list[str]:
    """Return whom the review dropped when it began, once that is saved."""
    if not controller.session.lost_bets:
        return []
    await wait_until_saved(controller.board)
    return dropped_at_start(controller.board, controller.session)


async def _nothing_came(
    controller: ReviewController, scope: Scope, *, add: str, undo: str = ""
) -> str:
    """Return what to say of a review without a card: whom it dropped all the same, and why there is none."""
    lost = await _lost_bets(controller)
    dropped = [lost_bets_words(lost, undo)] if lost else []
    none = nothing_due(controller.board, scope, controller.unreadable, add=add)
    return ". ".join([*dropped, none])


async def _tell_nothing_came(
    app: ReviewBoardApp, controller: ReviewController, scope: Scope
) -> None:
    undo, add = with_keys(app, "{board.undo:u}"), with_keys(app, BY_KEY)
    app.notify(await _nothing_came(controller, scope, add=add, undo=undo))


def _tell_lost_bets(app: ReviewBoardApp, controller: ReviewController) -> None:
    """Tell whom the review dropped when it began, and the key that takes it back."""

    async def tell() -> None:
        if lost := await _lost_bets(controller):
            words = lost_bets_words(lost, with_keys(app, "{review.undo:u}"))
            app.notify(words, timeout=LOST_BETS_TOLD)

    if controller.session.lost_bets and not controller.resumed:
        app.run_worker(tell())


def _tell_unread(app: ReviewBoardApp, controller: ReviewController) -> None:
    if controller.unread:
        app.notify(_left_out(controller.unread), severity="warning")


def _left_out(unread: int) -> str:
    verb = plural(unread, "is", "are")
    return (
        f"{several(unread, 'record')} cannot be read and {verb} left out: run review-board doctor"
    )


def nothing_due(board: Board, scope: Scope, unread: int = 0, *, add: str) -> str:
    """Return why there is nothing to review, and when there will be; ``add`` is how a prospect is added."""
    if _is_empty(board):
        return f"The board is empty: {add}"
    spoilt = f" {_left_out(unread)}." if unread else ""
    none = f"{why_none(board, scope)}.{spoilt}"
    if scope.everything or scope.manager:
        return none
    return f"{none} {_intervals(board)}. `review-board review --all` takes every card"


def _is_empty(board: Board) -> bool:
    return not any(board.column(column) for column in Column)


def _intervals(board: Board) -> str:
    """Return by which settings cards come up for review, so that one that keeps them away is seen."""
    review = board.settings.review
    return (
        f"Cards come up after {review.active_days} d in Active, {review.unproven_days} d with an "
        f"unproven callback, {review.nurture_days} d in Nurture, when they wake in Dropped"
    )
