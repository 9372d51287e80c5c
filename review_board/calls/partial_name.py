"""Finds the name in a line that is still being typed, to show whom it is about at once."""

from itertools import takewhile

from review_board.calls.find_outcome import may_be_outcome
from review_board.calls.grammar import outcome_in
from review_board.calls.tokens import LineError, Token, tokenize
from review_board.pipeline.text import clean


def partial_name(text: str, *, nameless: bool = False) -> Token | None:
    """Return the name that a line begins with, finished or not; ``None`` while it has none.

    The word that is being typed is no part of it while it can still become the outcome: the ``t``
    of ``harbor t``, and in a ``nameless`` line the very first.
    """
    try:
        tokens = tokenize(text)
    except LineError as error:  # a quote that is still open: a note, or at the beginning a name
        tokens = tokenize(text[: error.start])
        if not tokens:
            return _named(text[error.end :], error.start, len(text)) if error.end else None
    first = 0 if nameless else 1
    words = _before_the_outcome(tokens, first)
    if len(words) == len(tokens) > first and may_be_outcome(tokens[-1]):
        words.pop()
    if not words:
        return None
    return _named(" ".join(word.text for word in words), words[0].start, words[-1].end)


def _before_the_outcome(tokens: list[Token], first: int) -> list[Token]:
    """Return the words before the outcome; before there is one, quotes behind a name begin a note."""
    if found := outcome_in(tokens, first):
        return tokens[: found.start]
    return [*tokens[:1], *takewhile(lambda token: not token.quoted, tokens[1:])]


def _named(text: str, start: int, end: int) -> Token | None:
    name = clean(text)
    return Token(name, start, end) if name else None
