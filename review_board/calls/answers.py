"""An answer in the after-call line: ``?budget=no``, ``?budget=confirmed:"email of 3 Nov"``."""

from collections.abc import Callable

from review_board.calls.entry import TypedAnswer
from review_board.calls.tokens import LineError, Token
from review_board.errors import InvalidValueError
from review_board.pipeline.fields import SITES, read_locations
from review_board.pipeline.question_names import (
    Questions,
    example_answer,
    question_named,
    short_name,
)
from review_board.pipeline.text import clean
from review_board.pipeline.vocabulary import AnswerState

STATES = {
    "yes": AnswerState.CLAIMED,
    **{state.label: state for state in AnswerState},
    **{state.value: state for state in AnswerState},
}
"""Words that say how far an answer can be relied on."""
NAME_WORDS = 4
"""Words that the name of a question may have."""


def read_answer(
    line: str, token: Token, questions: Questions, following: Callable[[int], list[Token]]
) -> TypedAnswer:
    """Read the answer in a token; ``following`` takes so many plain words that come after it."""
    name, equals, rest = token.text[1:].partition("=")
    if not (name and equals and rest.strip()):
        raise _no_answer(line, token, questions, following)
    question = _named(line, name, token, questions)
    word, _, text = rest.partition(":")
    state = STATES.get(word.strip().casefold())
    if question == SITES and state is not AnswerState.UNKNOWN:
        return TypedAnswer(question, AnswerState.CLAIMED, _number(line, rest, token))
    answer = TypedAnswer(question, state or AnswerState.CLAIMED, clean(text if state else rest))
    if answer.state is AnswerState.CONFIRMED and not answer.text:
        cure = f'write ?{short_name(question, questions)}=proven:"how you know"'
        raise LineError("A proven answer needs what proves it", cure, line, token)
    return answer


def _number(line: str, text: str, token: Token) -> str:
    """Return the number of locations as it is stored; the error points at the number alone."""
    try:
        return str(read_locations(text))
    except InvalidValueError as error:
        start = line.find("=", token.start, token.end) + 1
        cure = f"write how many: ?{SITES}=120 or ?{SITES}=one"
        raise LineError(error.message, cure, line, Token(text, start, token.end)) from error


def _named(line: str, name: str, token: Token, questions: Questions) -> str:
    """Return the id of the question; the error points at its name alone."""
    if not questions:
        return name.casefold()
    try:
        return question_named(name, questions)
    except InvalidValueError as error:
        end = line.find("=", token.start, token.end)
        word = Token(name, token.start + 1, end if end > 0 else token.end)
        raise LineError(error.message, error.cure, line, word) from error


def _no_answer(
    line: str, token: Token, questions: Questions, following: Callable[[int], list[Token]]
) -> LineError:
    """Say what is wrong with it: a name of several words wants quotes."""
    words = [token] if "=" in token.text else [token, *following(NAME_WORDS)]
    name, equals, _ = " ".join(word.text for word in words)[1:].partition("=")
    if len(words) == 1 or not equals:
        cure = f"write it like {example_answer(questions)}"
        return LineError("The answer cannot be read", cure, line, token)
    whole = Token(name, token.start, words[-1].end)
    cure = f'put the name of the question in quotes: ?"{name}"=no'
    return LineError("The name of that question has blanks", cure, line, whole)
