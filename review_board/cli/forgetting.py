"""``forget``: erases a prospect from every file, on their demand."""

import sys

import click

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.cli.terminal import is_terminal
from review_board.errors import RefusedError, UsageError


@command("forget")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def forget(call: Invocation, who: str, yes: bool) -> None:
    """Erase WHO from the pipeline, its history, its backups and the drafts, for ever.

    Undo cannot bring them back. Copies that you made yourself are not touched. If they asked not to
    be contacted, adding or importing them again warns, by name and company, email or phone.
    """
    from review_board.board import forget as forgetting
    from review_board.cli.private_state import drafts_folder
    from review_board.store.drafts import forget_drafts

    board = call.board
    prospect_id = call.find(who)
    name = str((board.document(prospect_id) or {}).get("name") or "")
    board.refuse_read_only()
    if not yes:
        _ask(name or prospect_id)
    forget_drafts(drafts_folder(), call.path, prospect_id, name)
    forgetting.forget(board, prospect_id)
    call.out.saved("forgot one prospect: nothing of it is left in the pipeline's files")


def _ask(name: str) -> None:
    """Ask on a terminal, else demand ``--yes``: nothing is erased unasked."""
    if not is_terminal(sys.stdin):
        raise UsageError(f"Nothing was erased: {name} waits for a yes", "say --yes")
    if not click.confirm(f"Erase {name} from every file, for ever?", err=True):
        raise RefusedError("Nothing was erased")
