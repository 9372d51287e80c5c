"""Runs the command line once: whatever happens, one line on stderr and an exit status."""

import os
import shlex
from typing import TYPE_CHECKING, Any

from review_board.cli.command_table import APP
from review_board.cli.context import COMPLETING, Invocation
from review_board.cli.output import ReaderGoneError, tell
from review_board.cli.restricted import restrict
from review_board.errors import BadFileError, ConflictError, ReviewBoardError, UsageError

if TYPE_CHECKING:
    import click

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def run(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit status."""
    call = Invocation()
    try:
        try:
            restrict(call, arguments)
            is_bare = not arguments and COMPLETING not in os.environ
            result = _open_board(call) if is_bare else _call_command(call, arguments)
            call.out.flush()
        finally:
            call.close()
    except ReaderGoneError:
        return FAILED if call.out.changed else DONE
    except UsageError as error:
        return _fail(call, error, WRONG_USAGE)
    except BadFileError as error:  # the file that was named is none to name a command with
        return _refuse(str(error), FAILED)
    except ConflictError as error:
        error.cure = error.cure or f"`{APP} {shlex.join(arguments)}` to use it"
        return _fail(call, error, FAILED)
    except ReviewBoardError as error:
        return _fail(call, error, FAILED)
    except KeyboardInterrupt:
        tell("")
        return INTERRUPTED
    except SystemExit as end:  # click's own way out when nobody reads its help
        return end.code if isinstance(end.code, int) else FAILED
    except Exception as error:
        return _crash(error)
    return result if isinstance(result, int) else DONE


def _open_board(call: Invocation) -> int:
    """Open the board, as the group does where it is given options alone; nothing needs click here."""
    from review_board.cli.screens import open_board

    return open_board(call)


def _call_command(call: Invocation, arguments: list[str]) -> Any:
    import click

    from review_board.cli.root import root

    try:
        return root.main(arguments, APP, standalone_mode=False, obj=call)
    except click.UsageError as error:
        return _refuse(_usage(error), WRONG_USAGE)
    except click.ClickException as error:
        return _refuse(error.format_message(), FAILED)
    except click.Abort as error:
        raise KeyboardInterrupt from error


def _fail(call: Invocation, error: ReviewBoardError, status: int) -> int:
    call.out.trouble("\n".join([str(error), *getattr(error, "details", ())]))
    return status


def _refuse(message: str, status: int) -> int:
    tell(f"{APP}: {message}")
    return status


def _usage(error: "click.UsageError") -> str:
    import click

    message = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption) and not error.possibilities:
        message += " (a name that begins with a dash goes after --)"
    where = error.ctx.command_path if error.ctx else APP
    return message if "; " in message else f"{message}; see {where} --help"


def _crash(error: Exception) -> int:
    from review_board.cli.private_state import report_crash

    tell(report_crash(error))
    return FAILED
