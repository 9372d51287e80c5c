"""What goes to the terminal or the pipe: plain lines and JSON, never a control code, never late.

A reader that goes away ends the command quietly; a full disk behind stdout is told on stderr.
"""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any, NoReturn, TextIO

from review_board.cli.command_table import APP, on_a_pipeline
from review_board.cli.terminal import broken
from review_board.errors import ReviewBoardError
from review_board.wording import Hint

JOINER = "\u200d"
"""The one invisible character that names need: it joins the emoji of a family."""


class ReaderGoneError(Exception):
    """Nobody reads what we write any more."""


class OutputError(ReviewBoardError):
    """Stdout cannot be written."""


class Output:
    """Stdout and stderr. ``changed`` once something durable was done.

    ``command`` is how the program is called for the same pipeline: messages name their commands so.
    """

    def __init__(self, command: Callable[[], str] = lambda: APP) -> None:
        self.changed = False
        self._command = command

    def in_full(self, text: str) -> str:
        """Return a message whose commands, if it names some, are about the same pipeline."""
        command = self._command() if f"{APP} " in text else APP
        if command == APP or command in text:
            return text
        return on_a_pipeline(text, command)

    def line(self, text: str = "") -> None:
        """Write one line; a hint of our own names its commands in full."""
        text = self.in_full(text) if isinstance(text, Hint) else text
        self._write("".join(f"{part}\n" for part in broken(printable(text), sys.stdout)))

    def lines(self, *lines: str) -> None:
        """Write several lines."""
        for text in lines:
            self.line(text)

    def saved(self, text: str) -> None:
        """Acknowledge a change of a record or file, which the text names first."""
        self.done(f"saved {text}")

    def done(self, text: str) -> None:
        """Acknowledge a change in the words of its own verb, at once: whoever reads this may rely on it."""
        self.changed = True
        self.line(text)
        self.flush()

    def json(self, value: Any) -> None:
        """Write one JSON document: days in ISO, figures as text, money with its currency.

        What no terminal should see is escaped in it.
        """
        import orjson

        option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATACLASS
        self.raw_json(orjson.dumps(value, _as_json, option).decode())

    def raw_json(self, text: str) -> None:
        """Write a JSON document that is text already."""
        self.raw(_escaped(text))

    def raw(self, text: str) -> None:
        """Write a document whose text is clean already and whose line ends are its own.

        It is UTF-8 wherever it is written: what reads it knows nothing of this terminal.
        """
        from review_board.cli.ascii_fallback import is_unicode

        stream = sys.stdout
        if text.isascii() or stream is None or is_unicode(stream.encoding or "utf-8"):
            self._write(text)
            return
        self.flush()
        try:
            stream.buffer.write(text.encode("utf-8", "replace"))
        except (OSError, ValueError) as error:
            self._failed(error)

    def note(self, text: str) -> None:
        """Tell something to know, beside the answer: on stderr, so that a pipe has the answer alone."""
        tell(self.in_full(text))

    def trouble(self, text: str) -> None:
        """Tell what is wrong, as an error is told, where the command goes on all the same."""
        self.note(f"{APP}: {text}")

    def flush(self) -> None:
        """Hand everything on."""
        if sys.stdout is not None:
            try:
                sys.stdout.flush()
            except (OSError, ValueError) as error:
                self._failed(error)

    def _write(self, text: str) -> None:
        try:
            _stdout().write(text)
        except (OSError, ValueError) as error:
            self._failed(error)

    def _failed(self, error: OSError | ValueError) -> NoReturn:
        _let_go_of_stdout()
        if isinstance(error, OSError) and error.errno in {errno.EPIPE, errno.ECONNRESET}:
            raise ReaderGoneError from error
        reason = getattr(error, "strerror", None) or "it is closed"
        done = "; what was changed is saved" if self.changed else ""
        raise OutputError(f"The answer cannot be written: {reason.lower()}{done}") from error


def _as_json(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value.as_json()


def tell(text: str) -> None:
    """Write lines on stderr, if anybody is there."""
    with suppress(OSError, ValueError):
        if sys.stderr is not None:
            lines = (broken(printable(line), sys.stderr) for line in text.split("\n"))
            sys.stderr.write("".join(f"{part}\n" for parts in lines for part in parts))
            sys.stderr.flush()


def printable(text: str) -> str:
    """Return one line that no terminal takes for anything but text."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == JOINER else _instead(c) for c in text)


def _instead(character: str) -> str:
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def _escaped(text: str) -> str:
    """Return a JSON document in which what no terminal should see is escaped."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise ValueError("closed")
    return sys.stdout


def _let_go_of_stdout() -> None:
    """Give stdout up, so that Python does not stumble over it again when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
