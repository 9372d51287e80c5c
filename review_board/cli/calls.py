"""``log`` and ``note``: what happened, right after the call, alone or line by line from stdin."""

import gc
import sys
from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

import click

from review_board.calls.find_outcome import missing_outcome
from review_board.calls.tokens import LineError, Token, tokenize
from review_board.cli.ascii_fallback import writable
from review_board.cli.change import make
from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.cli.output import printable
from review_board.cli.terminal import is_terminal
from review_board.errors import InvalidValueError, RefusedError, ReviewBoardError, UsageError
from review_board.textlayout import cells

if TYPE_CHECKING:
    from review_board.calls.entry import CallEntry

LONGEST = 64 * 1024
"""Longest line taken from stdin, in bytes."""


class PointedError(UsageError):
    """An error with the line it is about and a mark under the word."""

    def __init__(self, error: LineError) -> None:
        super().__init__(error.message, error.cure)
        from review_board.calls.grammar import StrayWordError

        line = printable(error.line)
        before, word = line[: error.start], line[error.start : error.end]
        mark = " " * cells(writable(before)) + "^" * max(1, cells(writable(word)))
        self.details: tuple[str, ...] = (f"  {line}", f"  {mark}") if line.strip() else ()
        if isinstance(error, StrayWordError):
            whole = quote(printable(error.whole))
            self.details += (f"  the whole command: review-board log {whole}",)


@command("log")
@click.argument("line", nargs=-1, metavar="['LINE' | -]")
@pass_invocation
def log(call: Invocation, line: tuple[str, ...]) -> int:
    """Record contacts: LINE, or lines on stdin.

    \b
    review-board log 'lakeside vm'
    review-board log 'harbor talk+ >demo fri 10:00 "CFO joins"'
    review-board log 'northgate cb 2027-01-18 because:budget "board votes 15 Jan"'
    review-board log 'lakeside quote $24k @yesterday ?budget=yes +Kim:champion'

    Outcomes: na vm gk em last in talk talk+ mtg quote cb hostile complaint dnc mail ooo won,
    or their words: no answer, voicemail, gatekeeper, email, last email, inbound, talked, progress,
    meeting, quoted, callback, complained, do not contact, mailing, auto reply, bought.

    Days: +3d, in 2 weeks, fri 3pm, 18jan 15:00, 12/31/2026, eom; what may be two days is refused.
    """  # noqa: D301 - click's own mark
    if line and line != ("-",):
        _log(call, _joined(line))
        return 0
    if not line and is_terminal(sys.stdin):
        raise UsageError("There is nothing to log", "write the line in quotes, or pipe lines in")
    return _log_all(call)


@command("note")
@click.argument("who")
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def note(call: Invocation, who: str, text: tuple[str, ...]) -> None:
    """Write a note about WHO."""
    from review_board.pipeline import changes

    prospect_id = call.find(who)
    words = " ".join(text)
    make(
        call,
        prospect_id,
        lambda prospect, stamp: changes.add_note(prospect, words, stamp),
        lambda prospect: f"noted on {prospect.name}",
        "a note",
    )


def _joined(words: tuple[str, ...]) -> str:
    """Join words into a line; what the shell took out of quotes goes back into them."""
    if len(words) == 1:
        return words[0]
    return " ".join(_quoted(word) if " " in word and '"' not in word else word for word in words)


def _quoted(word: str) -> str:
    """Quote a word of the shell: a step and a day keep their words apart, the rest stays whole."""
    if word[0] in ">@":
        return word
    return f'{word[0]}"{word[1:]}"' if word[0] in "+?" else f'"{word}"'


def _log(call: Invocation, text: str, *, one_line: bool = False) -> None:
    from review_board.calls.apply_entry import apply_entry
    from review_board.calls.entry import entry_words
    from review_board.calls.grammar import parse_line
    from review_board.calls.recorder import entry_defaults, question_of_callback

    defaults = entry_defaults(call.board)
    try:
        entry = parse_line(
            text,
            defaults.today.day,
            questions=defaults.questions,
            working_from=call.board.settings.calendar.working_from,
        )
    except LineError as error:
        raise PointedError(_name_alone(call, text) or error) from error
    prospect_id = call.find(entry.who)
    make(
        call,
        prospect_id,
        lambda prospect, stamp: apply_entry(prospect, entry, stamp, defaults),
        lambda prospect: entry.action(prospect.name),
        entry_words(entry, call.board.prospect(prospect_id), defaults),
        one_line=one_line,
        ask=question_of_callback(call.board, prospect_id, entry),
        again=_second_one(text, entry),
    )


def _name_alone(call: Invocation, text: str) -> LineError | None:
    """Return the error of a line that is somebody's name and no more, where its end looks like an outcome."""
    from review_board.board.find import candidates

    if not candidates(call.board, text):
        return None
    return missing_outcome(text, Token("", len(text), len(text)))


def _second_one(text: str, entry: "CallEntry") -> str:
    """Return how a second contact of the day is told apart from the first: the whole command."""
    again = f'{text.rstrip()} "again"'
    if entry.note:  # there is one note a line
        end = [token for token in tokenize(text) if token.quoted][-1].end - 1
        again = f"{text[:end]}, again{text[end:]}"
    return f"nothing was stored; if it was a second one: review-board log {quote(again)}"


def _log_all(call: Invocation) -> int:
    """Log each line as a change of its own; tell one that is refused, and take the next."""
    failed = 0
    gc.enable()  # this may go on for long
    for number, text in _lines_on_stdin():
        try:
            call.board.catch_up()
            _log(call, text, one_line=True)
        except (InvalidValueError, RefusedError, UsageError) as error:
            failed += 1
            _tell(call, number, error)
    return 1 if failed else 0


def _tell(call: Invocation, number: int, error: ReviewBoardError) -> None:
    details = "\n".join(getattr(error, "details", ()))
    call.out.trouble(f"line {number}: {error}{chr(10) + details if details else ''}")


def _lines_on_stdin() -> Iterator[tuple[int, str]]:
    if sys.stdin is None:
        return
    number = 0
    while data := sys.stdin.buffer.readline(LONGEST):
        number += 1
        if len(data) == LONGEST and not data.endswith(b"\n"):
            raise InvalidValueError(f"line {number} has no end", "write one contact a line")
        text = data.decode(errors="replace").removeprefix("\ufeff").strip()
        if text:
            yield number, text
