"""What to review, and how much of it: the plan before a review begins."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from string import digits
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.suggester import SuggestFromList
from textual.widgets import Input

from review_board.board.board import Board
from review_board.board.owners import begins
from review_board.errors import ReviewBoardError
from review_board.pipeline.text import fold
from review_board.review.plan import Plan, plan_lines, plan_review
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.review.session import fresh_unfinished
from review_board.store.protocol import SESSIONS
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.wording import first_few, several

REPS = 9
"""Reps that a digit chooses, at most; with more of them any is chosen by name."""
SEVERAL = 4
"""Names told of those that begin alike."""


def offers(board: Board, view: Scope) -> list[Choice[Scope]]:
    """Return what can be reviewed: this view where it is one, everything to review, a manager's choice, each rep."""
    found = [Choice(view, "v", f"this view: {view.name}")] if view.name else []
    found.append(Choice(EVERYTHING_DUE, "e", "everything to review"))
    owners = sorted(filter(None, board.owners()), key=str.casefold)
    if owners:
        selection = "a manager's selection: a few cards of each rep"
        found.append(Choice(Scope(manager=True), "m", selection))
    if len(owners) > 1:
        reps = zip(owners, digits[1 : REPS + 1], strict=False)
        found += [Choice(Scope(owner=owner), digit, f"only {owner}") for owner, digit in reps]
    return found


def first_offer(board: Board, offered: Sequence[Choice[Scope]]) -> Scope:
    """Return what stands picked at first: of the reviews that go on the one begun last, else the first offer."""
    documents, now = board.documents(SESSIONS).values(), board.clock()
    scopes = [offer.value for offer in offered]
    left = [(fresh_unfinished(documents, board.by, scope.name, now), scope) for scope in scopes]
    begun = [(session.started, scope) for session, scope in left if session]
    return max(begun, key=itemgetter(0), default=(None, scopes[0]))[1]


def of_rep(scope: Scope, name: str, owners: Sequence[str]) -> Scope:
    """Return the scope of the rep who was named, in whole or by how the name begins; without a name as it is."""
    if not name:
        return scope
    found = [owner for owner in owners if fold(owner) == fold(name)]
    found = found or [owner for owner in owners if begins(name, owner)]
    if len(found) != 1:
        many = (
            f"Several begin so: {first_few(found, SEVERAL)}" if found else "Nobody is called that"
        )
        raise FieldError("rep", many, name)
    return Scope(owner=found[0])


def taken(scope: Scope, typed: str) -> Scope:
    """Return as much of a scope as was typed: ``90`` is the first 90, ``owed sure`` are parts, both go together."""
    words = typed.casefold().replace(",", " ").split()
    numbers = [int(word) for word in words if word.isdecimal()]
    parts = tuple(dict.fromkeys(word for word in words if not word.isdecimal()))
    if len(numbers) > 1 or 0 in numbers:
        raise FieldError("take", "Type how many cards to take: a number above 0", typed)
    return replace(scope, limit=numbers[0] if numbers else scope.limit, parts=parts)


def how_much(plan: Plan) -> str:
    """Return what may be typed for a part of a plan; a manager's selection goes rep by rep, without parts."""
    if plan.cards < 2:
        return "all"
    some = plan.cards // 2
    parts = "" if plan.scope.manager else f", or parts: {' '.join(p.key for p in plan.parts[:2])}"
    return f"all, or a number such as {some}{parts}"


class PlanDialog(Dialog[Scope]):
    """Asks what to review and how much of it; gives the scope. The plan follows each key."""

    is_fitted = True
    of_prospect = False

    def __init__(
        self, board: Board, offered: Sequence[Choice[Scope]], known: Plan, *, pair: bool = False
    ) -> None:
        super().__init__("Start a pair review" if pair else "Review")
        self._board = board
        self._offered = offered
        self._plans = {known.scope: known}
        self._is_pair = pair
        self._first = offered[0].value if pair else first_offer(board, offered)
        self._owners = sorted(filter(None, board.owners()), key=str.casefold)

    def fields(self) -> ComposeResult:
        """Yield what can be reviewed, its plan, and how much of it to take."""
        yield Choices(self._offered, initial=self._first, id="what")
        if len(self._owners) > REPS:
            names = SuggestFromList(self._owners, case_sensitive=False)
            hint = f"or a name: one of {len(self._owners)}"
            yield LabelledField("Only rep", LineInput(hint=hint, suggester=names, id="rep"))
        yield Text(id="plan")
        yield LabelledField("Take", LineInput(hint="all", id="take"))

    def on_mount(self) -> None:
        """Show the plan of the first, which the box is fitted to."""
        self._show_plan()

    @on(Choices.Picked, "#what")
    @on(Input.Changed, "#take, #rep")
    def _show_plan(self) -> None:
        try:
            plan = self._plan(self._chosen)
            lines = plan_lines(plan)
            self.query_one("#take", LineInput).show_hint(how_much(plan))
        except (ReviewBoardError, FieldError) as error:
            lines = [str(error)]
        self.query_one("#plan", Text).show("\n".join(["", *lines, ""]))

    @property
    def _chosen(self) -> Scope:
        scope: Scope = self.picked("what") or self._first
        return of_rep(scope, self.value_of("rep"), self._owners) if self.query("#rep") else scope

    def _plan(self, scope: Scope) -> Plan:
        if scope not in self._plans:
            self._plans[scope] = plan_review(self._board, scope, anew=self._is_pair)
        return self._plans[scope]

    def enter_does(self, scope: Scope) -> str:
        """Say how many cards come, and how long they take."""
        plan = self._plan(scope)
        if plan.begun:
            return f"go on at card {plan.begun_at} of {len(plan.begun.queue)}"
        minutes = several(plan.pace.minutes(plan.cards), "minute")
        which = f" ({', '.join(part.title for part in plan.parts)})" if plan.scope.parts else ""
        lost = len(plan.lost_bets)
        first = f"drop {several(lost, 'lost bet')}, then " if lost else ""
        return f"{first}review {several(plan.cards, 'card')}{which}, about {minutes}"

    def result(self) -> Scope:
        """Return the scope, or raise that nothing is in it."""
        typed = self.value_of("take")
        scope = taken(self._chosen, typed)
        try:
            plan = self._plan(scope)
        except ReviewBoardError as error:
            raise FieldError("take", str(error), typed) from error
        if not plan.comes_to_something:
            raise FieldError("what", f"{plan.why_none}: pick something else")
        return scope


class TimeDialog(Dialog[bool]):
    """Says that the time is up; gives ``True`` to park the rest. Esc and ``g`` go on."""

    is_fitted = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p", "park", "Park", id="time.park", tooltip="The rest stays to review; see the report"
        ),
        Binding("g", "take_back", "Go on", id="time.go_on", tooltip="Go on with the next card"),
    ]
    hint = (
        "{time.park:p} parks the rest and shows the report"
        " · {time.go_on:g} or {dialog.cancel:esc} goes on"
    )

    def __init__(self, minutes: int, left: int) -> None:
        super().__init__(several(minutes, "minute is", "minutes are") + " up")
        self._left = left

    def fields(self) -> ComposeResult:
        """Yield what is left."""
        cards = several(self._left, "card is", "cards are")
        yield Text(f"{cards} left. Parked, they stay to review and the report counts them.")

    def action_park(self) -> None:
        """Park the rest."""
        self.dismiss(True)
