"""``review``, ``pair`` and ``demo``: the commands that open the board at a place."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review_board.cli.context import Invocation
from review_board.cli.filtering import read_filter, view_named, view_option
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.terminal import need_terminal
from review_board.cli.typed_words import column_named
from review_board.errors import UsageError

if TYPE_CHECKING:
    from review_board.review.scope import Scope

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class ScopeOptions:
    """What the options say of a scope, as they were typed."""

    words: tuple[str, ...] = ()
    view: str | None = None
    everything: bool = False
    limit: int | None = None
    owner: str = ""
    column: str | None = None
    parts: tuple[str, ...] = ()
    manager: bool = False

    def scope(self, call: Invocation) -> "Scope":
        """Return the scope; raises what cannot be read of it."""
        from review_board.board.filters import owned_by
        from review_board.review.scope import Scope

        where, owner = column_named(self.column) if self.column else None, self.owner
        seen = view_named(call, self.view)
        wanted = seen.filter.and_(read_filter(self.words, call.board.settings.currency))
        if seen.mine and owner:
            wanted = wanted.and_(owned_by(call.by))
        elif (
            seen.mine
        ):  # as at r on the board, so that either goes on with the session of the other
            owner = call.by
        chosen = tuple(dict.fromkeys(part.casefold() for part in self.parts))
        return Scope(self.everything, self.limit, owner, where, wanted, self.manager, chosen)


def scope_options(function: F) -> F:
    """Decorate a command with the options of a scope: which cards are reviewed."""
    part = "Only this part: owed, sure, large or rest; with --manager a rep. May be repeated."
    for decorate in (
        click.option("--manager", is_flag=True, help="A few cards of each rep, for their manager."),
        click.option("--part", "parts", multiple=True, metavar="P", help=part),
        click.option("--column", metavar="C", help="Only this column."),
        click.option("--owner", metavar="X", default="", help="Only those of this owner."),
        click.option("--limit", type=whole_number(1), metavar="N", help="At most so many."),
        click.option(
            "--all", "everything", is_flag=True, help="Those that are not to review yet as well."
        ),
        view_option("A view of the board: its filter alone; the order stays that of the review."),
        click.argument("words", nargs=-1, metavar="[FILTER]"),
    ):
        function = decorate(function)
    return function


def new_option(function: F) -> F:
    """Decorate a command with the option that takes up no pair review that was left."""
    words = "Begin another pair review where one was left, which else goes on."
    return click.option("--new", "anew", is_flag=True, help=words)(function)


@command("review")
@scope_options
@new_option
@click.option("--plan", is_flag=True, help="Say how many cards and minutes it is; open nothing.")
@click.option("--hot-seat", is_flag=True, help="Two people at this terminal; votes are masked.")
@click.option(
    "--with",
    "second",
    metavar="NAME",
    default="",
    help="With --hot-seat: the other person, by name.",
)
@as_json_option
@pass_invocation
def review(
    call: Invocation,
    /,
    *,
    plan: bool,
    hot_seat: bool,
    second: str,
    anew: bool,
    as_json: bool,
    **scope: object,
) -> int:
    """Go through what is to review, one at a time; takes up a review that was left.

    FILTER is the same as for `list`: words, or owner:ann value>10k rule:gone-silent tag:dental.
    --plan and --json tell how long it takes at your pace, and how far --limit or --part would reach.
    """
    from review_board.cli.screens import open_review

    if second and not hot_seat:
        raise UsageError("--with names the second person of --hot-seat", "add --hot-seat")
    if anew and not hot_seat:
        raise UsageError("--new is for two people", "add --hot-seat")
    if hot_seat and (plan or as_json):
        raise UsageError("--hot-seat goes with no --plan or --json", "leave them out")
    wanted = ScopeOptions(**scope).scope(call)  # type: ignore[arg-type]
    if hot_seat:
        from review_board.cli.screens import open_hot_seat

        return open_hot_seat(call, wanted, second, anew=anew)
    if not (plan or as_json):
        return open_review(call, wanted)
    from review_board.review.plan import plan_json, plan_lines, plan_review

    planned = plan_review(call.board, wanted)
    if as_json:
        call.out.json(plan_json(planned))
    else:
        call.out.lines(*plan_lines(planned))
    return 0


@command("demo")
@click.argument("name", default="rep")
@click.option("--list", "names_only", is_flag=True, help="The samples, and what each holds.")
@click.option("--no-open", is_flag=True, help="Only make the copy, and print its path.")
@pass_invocation
def demo(call: Invocation, name: str, names_only: bool, no_open: bool) -> int:
    """Open a fresh copy of a sample pipeline, dated around today, in a folder of its own.

    A demo keeps no views: your settings file stays as it is.
    """
    from review_board.cli.demo import fill_copy, point_at_copy
    from review_board.samples import SAMPLES

    if names_only:
        call.out.lines(*(f"{sample:11}{holds}" for sample, holds in SAMPLES.items()))
        return 0
    if not no_open:
        need_terminal(f"review-board demo {name} --no-open")
    point_at_copy(call, name)
    fill_copy(call, name)
    if no_open:
        call.out.line(str(call.path))
        return 0
    from review_board.cli.screens import open_board

    status = open_board(call)
    path = shlex.quote(str(call.path))
    call.out.line(f"this copy stays at {path}; review-board --file {path} opens it again")
    return status


ROLES = ("rep", "manager", "watcher")


@command("pair")
@click.argument("action", type=click.Choice(["start", "join"]))
@scope_options
@new_option
@click.option(
    "--role",
    type=click.Choice(ROLES),
    help="rep and manager vote, a watcher looks on. Who starts is the rep, of another's cards and "
    "with --manager the manager; who joins takes the role that is free.",
)
@click.option(
    "--take-over", is_flag=True, help="Join here although you are in it at another terminal."
)
@pass_invocation
def pair(
    call: Invocation,
    /,
    *,
    action: str,
    role: str | None,
    take_over: bool,
    anew: bool,
    **scope: object,
) -> int:
    """Review with somebody else, each in a terminal of their own: vote blind, then settle it.

    The first types pair start, with the FILTER and options of `review`; the other types pair join,
    also over ssh: ssh -t HOST review-board pair join. What both left goes on with either; pair start
    with other options than then begins another one, and --new does in any case.
    """
    from review_board.cli.screens import open_pair
    from review_board.pair import beginning
    from review_board.pair.session import PairRole

    given = ScopeOptions(**scope)  # type: ignore[arg-type]
    wanted = PairRole(role) if role else None
    if action == "start":
        if take_over:
            raise UsageError("--take-over is for pair join", "leave it out")
        about = given.scope(call)
        return open_pair(
            call,
            lambda board, _: beginning.start(
                board, call.identity, wanted, call.process, about, anew=anew
            ),
        )
    if given != ScopeOptions() or anew:
        raise UsageError("What is reviewed is said by who starts", "leave it out of pair join")
    return open_pair(
        call,
        lambda board, anyway: beginning.join(
            board, call.identity, wanted, call.process, take_over=take_over or anyway
        ),
    )
