"""Completion for the shells that click knows: written to where each of them looks for it."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from review_board.cli.context import COMPLETING
from review_board.errors import ReviewBoardError, UsageError

NAMES = ("review-board", "rb")
SHELLS = ("bash", "zsh", "fish")
AFTERWARDS = {
    "bash": "open a new shell (it needs the package bash-completion)",
    "zsh": "once put  fpath+=~/.zfunc; autoload -Uz compinit; compinit  into ~/.zshrc",
    "fish": "open a new shell",
}


def install(command: click.Command, shell: str) -> Iterator[str]:
    """Write the scripts for both names; gives what to tell, line by line.

    ``shell`` is one of ``SHELLS``, or empty for that of ``$SHELL``. Raises ``UsageError`` for any
    other, ``ReviewBoardError`` where nothing can be written.
    """
    shell = shell or Path(os.environ.get("SHELL", "")).name
    maker = get_completion_class(shell) if shell in SHELLS else None
    if maker is None:
        told = f"The shell {shell!r} is none that" if shell else "$SHELL does not say which shell"
        raise UsageError(
            f"{told} can be completed", f"write --install-completion={'|'.join(SHELLS)}"
        )
    for name in NAMES:
        path = place(shell, name)
        _write(path, maker(command, {}, name, COMPLETING).source())
        yield f"saved the completion of {name} to {path}"
    yield f"      {AFTERWARDS[shell]}"


def place(shell: str, name: str) -> Path:
    """Return the path at which a shell looks for the completion of a command."""
    home = Path.home()
    if shell == "zsh":
        return home / ".zfunc" / f"_{name}"
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return config / "fish" / "completions" / f"{name}.fish"
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "bash-completion" / "completions" / name


def _write(path: Path, script: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, "utf-8")
    except OSError as error:
        raise ReviewBoardError(
            f"{path} cannot be written: {error.strerror}", "check the permissions"
        ) from error
