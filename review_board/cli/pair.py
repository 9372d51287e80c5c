"""``pair``: a review by two people, each at a terminal of their own."""

import click

from review_board.cli.context import Invocation
from review_board.cli.opening import ScopeOptions, scope_options
from review_board.cli.options import command, pass_invocation
from review_board.errors import UsageError

ROLES = ("rep", "manager", "watcher")


@command("pair")
@click.argument("action", type=click.Choice(["start", "join"]))
@scope_options
@click.option(
    "--role",
    type=click.Choice(ROLES),
    help="rep and manager vote, a watcher looks on. Who starts is the rep unless told, with --manager "
    "the manager; who joins takes the role that is free.",
)
@click.option(
    "--take-over", is_flag=True, help="Join here although you are in it at another terminal."
)
@pass_invocation
def pair(
    call: Invocation, /, *, action: str, role: str | None, take_over: bool, **scope: object
) -> int:
    """Review with somebody else, each in a terminal of their own: vote blind, then settle it.

    The first types pair start, with the FILTER and options of `review`; the other types pair join,
    also over ssh: ssh -t HOST review-board pair join.
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
        begins = wanted or beginning.role_of_first(about)
        return open_pair(
            call,
            lambda board, _: beginning.start(board, call.identity, begins, call.process, about),
        )
    if given != ScopeOptions():
        raise UsageError("What is reviewed is said by who starts", "leave it out of pair join")
    return open_pair(
        call,
        lambda board, anyway: beginning.join(
            board, call.identity, wanted, call.process, take_over=take_over or anyway
        ),
    )
