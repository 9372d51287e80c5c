"""The after-call line: what a person types after a call, read strictly into a record of it.

``northgate cb 2027-01-18 because:budget "board votes FY27 budget 15 Jan"``. The name comes first,
in words or in quotes; the outcome ends it; the parts follow in any order. What cannot be read is
refused with the place of the word. ``after_call_change`` carries a line out.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import parse_when
from review_board.pipeline.line_answers import Told, read_answer
from review_board.pipeline.line_tokens import LineError, Token, tokenize
from review_board.pipeline.money import SYMBOLS, parse_amount
from review_board.pipeline.past_day import BACKDATING, past_day
from review_board.pipeline.question_names import Questions
from review_board.pipeline.text import clean
from review_board.pipeline.vocabulary import OUTCOMES, Outcome, ReasonKind, Role

WON = "won"
CODES: dict[str, Outcome | None] = {
    **{meaning.code: outcome for outcome, meaning in OUTCOMES.items()},
    WON: None,
}
"""Every word that ends the name; ``won`` is no touch but the exit."""

_AHEAD = re.compile(r"\+\d{1,4}[dwm]", re.ASCII)
_WHEN_WORDS = 4


@dataclass(frozen=True, slots=True)
class When:
    """A day, with or without a time of day."""

    day: date
    time: time_of_day | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What we do next, and when."""

    action: str
    when: When


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount; without a currency it is in that of the prospect."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A person at the buyer's to put on record."""

    name: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line, read. ``outcome`` is ``None`` for won; ``contact`` is whom the touch was with.

    ``who`` is empty in a line about the card that is looked at.
    """

    who: str
    outcome: Outcome | None
    note: str = ""
    step: Step | None = None
    callback: When | None = None
    reason: ReasonKind | None = None
    amount: Sum | None = None
    answers: tuple[Told, ...] = ()
    at: When | None = None
    people: tuple[Met, ...] = ()
    contact: str = ""

    @property
    def label(self) -> str:
        """The outcome in words."""
        return OUTCOMES[self.outcome].label if self.outcome else WON

    def action(self, name: str) -> str:
        """What the history calls it, with the name of the prospect."""
        return f"logged {self.label} with {name}"


def parse_line(
    text: str, today: date, *, nameless: bool = False, questions: Questions | None = None
) -> LogLine:
    """Read a line; raises ``LineError`` that knows the place of the word it cannot read.

    ``nameless``: it may begin with the outcome, and is then about the card that is looked at. Of the
    ``questions`` that are asked (id → label) an answer names one; without them its name is kept.
    """
    tokens = tokenize(text)
    place = _outcome_place(tokens, text, 0 if nameless else 1)
    who = " ".join(token.text for token in tokens[:place])
    outcome = CODES[tokens[place].text.casefold()]
    reader = _Reader(text, tokens, today, LogLine(clean(who), outcome), place + 1)
    reader.questions = questions or {}
    if outcome is Outcome.DEFERRED:
        reader.callback(tokens[place])
    return reader.read()


def is_outcome(token: Token) -> bool:
    """Whether a word ends the name; in quotes it is a part of it."""
    return not token.quoted and token.text.casefold() in CODES


def parse_step(text: str, today: date) -> Step:
    """``demo fri 10:00`` alone, as the options of the commands take it."""
    line = parse_line(f"x talk >{text.lstrip('> ')}", today)
    if line.step is None or line != LogLine("x", Outcome.TALKED, step=line.step):
        raise InvalidValueError(f"{text[:60]!r} is no next step", "write it like 'demo fri 10:00'")
    return line.step


def _outcome_place(tokens: list[Token], text: str, first: int) -> int:
    """The place of the word that ends the name; ``first`` is the earliest one."""
    if not tokens:
        how = "write who and how it went: lakeside" if first else "write how it went:"
        raise LineError("The line is empty", f'{how} vm "left word"', text)
    for place, token in enumerate(tokens[first:], first):
        if is_outcome(token):
            return place
    if is_outcome(tokens[0]):
        raise LineError("Who was it", "the name comes before the outcome", text, tokens[0])
    for token in tokens[first:]:
        near = difflib.get_close_matches(token.text.casefold(), CODES, n=1, cutoff=0.6)
        if near and not token.quoted:
            raise LineError(
                f"{token.text!r} is no outcome", f"did you mean {near[0]}?", text, token
            )
    codes = ", ".join(CODES)
    raise LineError("How did it go", f"after the name write one of {codes}", text, tokens[-1].after)


class _Reader:
    """Reads the parts after the outcome, one after another, into a ``LogLine``."""

    def __init__(
        self, text: str, tokens: list[Token], today: date, line: LogLine, place: int
    ) -> None:
        self._text, self._tokens, self._today = text, tokens, today
        self._line, self._place = line, place
        self._seen: set[str] = set()
        self.questions: Questions = {}

    def read(self) -> LogLine:
        """All parts."""
        while self._place < len(self._tokens):
            token = self._tokens[self._place]
            self._place += 1
            self._part_of(token)(self, token)
        self._check_whole()
        return self._line

    # The parts; each takes the token it begins with

    def note(self, token: Token) -> None:
        """A quoted note."""
        self._once("note", token)
        self._take(note=clean(token.text, keep_lines=True))

    def callback(self, token: Token) -> None:
        """``cb when``."""
        self._once("cb", token)
        self._take(callback=self._when(token, "by when do they want the call?"))

    def step(self, token: Token) -> None:
        """``>action when``: the last words are the day, those before it the action."""
        self._once(">", token)
        first = [token.rest(1)] if len(token.text) > 1 else []
        words = [*first, *self._plain()]
        for count in range(min(_WHEN_WORDS, len(words) - 1), 0, -1):
            when = self._read_when(words[-count:])
            if when:
                action = clean(" ".join(word.text for word in words[:-count]))
                self._refuse_past(when, words[-count])
                self._take(step=Step(action, when))
                return
        if words and self._read_when(words):
            raise self._error("What will you do", "write it like >demo fri 10:00", words[0])
        raise self._error(
            "By when", "end the next step with a day: >demo fri", (words or [token])[-1]
        )

    def amount(self, token: Token) -> None:
        """``$24k``; another sign names another currency."""
        self._once("$", token)
        sign, number = token.text[0], token.text[1:]
        try:
            self._take(amount=Sum(parse_amount(number), "" if sign == "$" else SYMBOLS[sign]))
        except InvalidValueError as error:
            raise self._error(error.message, error.cure, token) from error

    def answer(self, token: Token) -> None:
        """``?budget=no`` or ``?budget=confirmed:"mail of 3 Nov"``."""
        told = read_answer(self._text, token, self.questions, self._plain)
        self._take(answers=(*self._line.answers, told))

    def backdate(self, token: Token) -> None:
        """``@mon 10:30``: when it was."""
        self._once("@", token)
        words = [token.rest(1)] if len(token.text) > 1 else self._plain(1)
        clock = self._plain(1, lambda word: ":" in word)
        if not words:
            raise self._error("When was it", BACKDATING, token)
        try:
            day = past_day(words[0].text, self._today)
            at = parse_when(f"today {clock[0].text}", self._today)[1] if clock else None
        except InvalidValueError as error:
            raise self._error(error.message, BACKDATING, words[0]) from error
        self._take(at=When(day, at))

    def person(self, token: Token) -> None:
        """``+Kim:champion``."""
        name, colon, role = token.text[1:].rpartition(":")
        if not colon:
            name, role = role, ""
        if not clean(name):
            raise self._error("Who is it", "write it like +Kim:champion", token)
        self._take(people=(*self._line.people, Met(clean(name), self._role(role, token))))

    def with_whom(self, token: Token) -> None:
        """``with:Kim`` or ``with:assistant``: whom of theirs the touch was with."""
        self._once("with", token)
        name = clean(token.text.partition(":")[2])
        if not name:
            raise self._error("With whom", "write it like with:Kim", token)
        self._take(contact=name)

    def because(self, token: Token) -> None:
        """``because:budget``: the kind of reason for a callback."""
        self._once("because", token)
        kind = token.text.partition(":")[2].casefold()
        matches = [reason for reason in ReasonKind if kind and reason.startswith(kind)]
        if len(matches) != 1:
            kinds = ", ".join(ReasonKind)
            raise self._error(f"{kind!r} is no kind of reason", f"choose from {kinds}", token)
        self._take(reason=matches[0])

    def stray(self, token: Token) -> None:
        """Anything else; where no name was written, it may be that a name looks like an outcome."""
        cure = "put a note in quotes"
        if not self._line.who:
            cure += f", and a name that begins with {self._tokens[0].text!r} too"
        raise self._error(f"{token.text!r} is not understood", cure, token)

    # Inside

    def _part_of(self, token: Token) -> "Callable[[_Reader, Token], None]":
        if token.quoted:
            return _Reader.note
        word = token.text.casefold()
        head, colon, _ = word.partition(":")
        return _KEYWORDS.get(head + colon) or _SIGILS.get(word[0]) or _Reader.stray

    def _check_whole(self) -> None:
        line, end = self._line, self._tokens[-1]
        if line.outcome is Outcome.TALKED and line.callback:
            self._take(outcome=Outcome.DEFERRED)  # or putting us off would look like talking
        if line.reason and not line.callback:
            raise self._error(
                "A reason belongs to a callback", "write cb and its day before it", end
            )
        if line.outcome is None and (line.callback or line.step):
            raise self._error("What is won needs no next step", "leave it out", end)

    def _plain(self, limit: int = 99, fits: Callable[[str], bool] = lambda _: True) -> list[Token]:
        """The plain words that come next."""
        words: list[Token] = []
        while self._place < len(self._tokens) and len(words) < limit:
            token = self._tokens[self._place]
            is_ahead = _AHEAD.fullmatch(token.text)
            if not is_ahead and self._part_of(token) is not _Reader.stray:
                break
            if token.quoted or not fits(token.text):
                break
            words.append(token)
            self._place += 1
        return words

    def _when(self, token: Token, question: str) -> When:
        """The day that comes next, read from as many words as make one."""
        start = self._place
        words = self._plain(_WHEN_WORDS)
        for count in range(len(words), 0, -1):
            when = self._read_when(words[:count])
            if when:
                self._refuse_past(when, words[0])
                self._place = start + count
                return when
        if not words:
            raise self._error(
                question.rstrip("?").capitalize(), "write it like cb 18jan", token.after
            )
        try:
            parse_when(words[0].text, self._today)
        except InvalidValueError as error:
            raise self._error(error.message, error.cure, words[0]) from error
        raise self._error("That is no day", "write it like cb 18jan", words[0])

    def _read_when(self, words: list[Token]) -> When | None:
        try:
            return When(*parse_when(" ".join(word.text for word in words), self._today))
        except InvalidValueError:
            return None

    def _refuse_past(self, when: When, token: Token) -> None:
        if when.day < self._today:
            raise self._error(f"{when.day} is over", "give a day to come", token)

    def _role(self, word: str, token: Token) -> Role | None:
        if not word:
            return None
        matches = [role for role in Role if role.startswith(word.casefold())]
        if word.casefold() in list(Role):
            matches = [Role(word.casefold())]
        if len(matches) != 1:
            raise self._error(f"{word!r} is no role", f"choose from {', '.join(Role)}", token)
        return matches[0]

    def _once(self, part: str, token: Token) -> None:
        if part in self._seen:
            raise self._error("That is said twice", "leave one out", token)
        self._seen.add(part)

    def _take(self, **fields: object) -> None:
        self._line = replace(self._line, **fields)  # type: ignore[arg-type]

    def _error(self, message: str, cure: str, token: Token) -> LineError:
        return LineError(message, cure, self._text, token)


_Part = Callable[[_Reader, Token], None]

_KEYWORDS: dict[str, _Part] = {
    "cb": _Reader.callback,
    "because:": _Reader.because,
    "with:": _Reader.with_whom,
}
_SIGILS: dict[str, _Part] = {
    ">": _Reader.step,
    "?": _Reader.answer,
    "@": _Reader.backdate,
    "+": _Reader.person,
    **dict.fromkeys(SYMBOLS, _Reader.amount),
}
