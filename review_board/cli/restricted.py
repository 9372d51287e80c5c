"""``--restricted``: what a key in ``authorized_keys`` may open, and what of its client is believed."""

import os
import shlex
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from review_board.errors import RefusedError

if TYPE_CHECKING:
    from review_board.cli.context import Invocation

OPTION = "--restricted"
ASKED = "SSH_ORIGINAL_COMMAND"
"""The variable in which sshd says what the client asked for."""

OPENED = ((), ("board",), ("review",), ("pair", "join"), ("pair", "start"))
"""Everything that a client may ask for: the board has no command."""
COMMANDS = sorted({words[0] for words in OPENED if words} - {"board"})
"""The commands that the key's own line may name."""

KEPT = frozenset(
    {
        *("HOME", "USER", "LOGNAME", "TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE"),
        "PYDANTIC_DISABLE_PLUGINS",  # set when the program began
    }
)
"""Variables that say nothing but who it is and what the terminal can do."""
PATH = "/usr/local/bin:/usr/bin:/bin"


def restrict(call: "Invocation", arguments: list[str]) -> None:
    """Take the restricted login in hand, if the arguments say that this is one.

    This comes before anything else reads the environment.
    """
    if OPTION not in arguments:
        return
    asked = os.environ.get(ASKED, "")
    clean(os.environ)
    call.is_restricted, call.asked = True, command_for(asked)


def clean(environ: MutableMapping[str, str]) -> None:
    """Take out every variable that could name a program, a file or a setting."""
    for name, value in list(environ.items()):
        is_language = name.startswith(("LC_", "LANG"))
        if not (name in KEPT or name.startswith("LC_")) or (is_language and "/" in value):
            del environ[name]  # a language with a slash would be looked for at that path
    if not environ.get("TERM", "").replace("-", "").replace(".", "").replace("+", "").isalnum():
        environ.pop("TERM", None)
    environ["PATH"] = PATH


def command_for(asked: str) -> tuple[str, ...]:
    """Return the command that the client gets; raise ``RefusedError`` for any other than the few."""
    try:
        words = tuple(shlex.split(asked))
    except ValueError:  # a quote that is not closed
        words = (asked,)
    if words[:1] == ("review-board",):
        words = words[1:]
    if words not in OPENED:
        offered = ", ".join(" ".join(words) for words in OPENED if words)
        raise RefusedError("This key opens review_board and nothing else", f"ask for {offered}")
    return () if words == ("board",) else words


def check_command(call: "Invocation", name: str) -> None:
    """Raise ``RefusedError`` for a command that leads out of the board in a restricted login."""
    if call.is_restricted and name not in COMMANDS:
        raise RefusedError(
            f"There is no {name[:40]!r} in a restricted login",
            f"there is {', '.join(COMMANDS)}",
        )
