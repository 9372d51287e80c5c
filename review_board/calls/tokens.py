"""Cuts a typed line into words and quoted parts, each with its place; and the error that points."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_board.errors import InvalidValueError

_CLOSING = {'"': '"', "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}"}
STEP = ">"
"""What a next step begins with, be there a blank before it or none."""
_ARROWS = frozenset("-=<>")
"""What makes the same sign an arrow: ``lakeside -> vm``."""
LONGEST = 12_000
"""Longest line read, in characters: a note of full length and then some."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, its quotes taken off; ``quoted`` when it stood in quotes from end to end."""

    text: str
    start: int
    end: int
    quoted: bool = False

    @property
    def after(self) -> "Token":
        """Return the place behind it, to point at what is missing."""
        return Token("", self.end, self.end + 1)

    def rest(self, count: int) -> "Token":
        """Return the word without its first characters."""
        return Token(self.text[count:], self.start + count, self.end)


class LineError(InvalidValueError):
    """A line that cannot be read; ``start`` and ``end`` mark the word that is to blame."""

    def __init__(self, message: str, cure: str, line: str, token: Token | None = None) -> None:
        super().__init__(message, cure)
        self.line = line
        self.start = token.start if token else 0
        self.end = token.end if token else 0


class MissingOutcomeError(LineError):
    """A line that does not say how it went; ``in_short`` is for where all outcomes are listed already."""

    def __init__(self, message: str, cure: str, line: str, token: Token, where: str) -> None:
        super().__init__(message, cure, line, token)
        self.in_short = f"{message}: {where} write one of the codes below"


def joined(words: Sequence[Token]) -> Token:
    """Return several words as one, to point at."""
    return Token(" ".join(word.text for word in words), words[0].start, words[-1].end)


def tokenize(line: str) -> list[Token]:
    """Return the words of a line; raises ``LineError`` for a quote that is never closed."""
    if len(line) > LONGEST:
        raise LineError("The line is too long", f"at most {LONGEST:,} characters", line[:60])
    tokens: list[Token] = []
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
            continue
        token = _next_token(line, place)
        tokens.append(token)
        place = token.end
    return tokens


def _next_token(line: str, start: int) -> Token:
    """Return the characters up to a blank outside of quotes, or to a step right behind a word."""
    text: list[str] = []
    quotes = 0
    place = start
    while place < len(line) and not line[place].isspace():
        if place > start and line[place] == STEP and line[place - 1] not in _ARROWS:
            break
        if closing := _CLOSING.get(line[place]):
            end = line.find(closing, place + 1)
            if end < 0:
                opening = Token(line[place], place, place + 1)
                raise LineError(
                    "The quote is never closed", f"end it with {closing}", line, opening
                )
            text.append(line[place + 1 : end])
            quotes += 1
            place = end + 1
        else:
            text.append(line[place])
            place += 1
    whole = line[start] in _CLOSING and quotes == 1 and len(text) == 1
    return Token("".join(text), start, place, quoted=whole)
