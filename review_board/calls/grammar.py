"""The after-call line: what a person types after a call, read strictly into a record of it.

``northgate cb 2027-01-18 because:budget "board votes FY27 budget 15 Jan"``. The name comes first,
in words or in quotes; the outcome ends it; the parts follow in any order. What cannot be read is
refused with the place of the word. ``apply_entry`` carries a line out.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from datetime import time as time_of_day
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from review_board.calls.answers import read_answer
from review_board.calls.entry import CallEntry, NewContact, TypedAmount, TypedWhen
from review_board.calls.find_outcome import (
    Found,
    find_outcome,
    instead_of,
    may_be_outcome,
    no_outcome,
)
from review_board.calls.tokens import LineError, Token, joined, tokenize
from review_board.errors import InvalidValueError
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.money import SYMBOLS
from review_board.pipeline.question_names import Questions
from review_board.pipeline.records import NextStep
from review_board.pipeline.text import clean, clean_name, fold
from review_board.pipeline.typed_amounts import (
    AMOUNT_WORDS,
    amounts_at,
    names_currency,
    parse_amount,
    read_amount,
)
from review_board.pipeline.typed_days import (
    PAST_EXAMPLES,
    DayError,
    WorkingFrom,
    coming_when,
    past_when,
    weekday_from,
)
from review_board.pipeline.vocabulary import Outcome, ReasonKind, Role

_AHEAD = re.compile(r"\+\d", re.ASCII)
_WHEN_WORDS = 8
"""Words that a day and its time have at most: ``the 18th of january 2027 at 3 pm``."""
AGREED_WORDS = {"agreed": True, "ours": False}
"""Words behind the day of a next step: they agreed to it, or it is our own plan."""
_NO_DAY = "end it with its day: >demo fri, >demo +2w, >demo 18jan 15:00"


class StrayWordError(LineError):
    """A word that belongs to no part of the line; ``whole`` is the line as it may be meant."""

    def __init__(self, message: str, cure: str, line: str, token: Token, *, whole: str) -> None:
        super().__init__(message, cure, line, token)
        self.whole = whole


def parse_line(
    text: str,
    today: date,
    *,
    nameless: bool = False,
    questions: Questions | None = None,
    working_from: WorkingFrom = weekday_from,
) -> CallEntry:
    """Read a line; raises ``LineError`` that knows the place of the word it cannot read.

    ``nameless``: it may begin with the outcome, and is then about the card that is looked at. Of the
    ``questions`` that are asked (id → label) an answer names one; without them its name is kept.
    ``working_from`` gives the working day on which "next quarter" begins.
    """
    tokens = tokenize(text)
    first = 0 if nameless else 1
    found = outcome_in(tokens, first)
    if found is None:
        raise no_outcome(text, tokens, first, _begins_part)
    who = _joined(tokens[: found.start])
    reader = _Reader(text, tokens, today, CallEntry(found.outcome, who=clean(who)), found.end)
    reader.questions = questions or {}
    reader.coming = partial(coming_when, working_from=working_from)
    if found.outcome is Outcome.DEFERRED:
        reader.callback(tokens[found.end - 1])
    return reader.read()


def outcome_in(tokens: list[Token], first: int) -> Found | None:
    """Return the outcome of a line, from the token ``first`` on: it ends the name."""
    return find_outcome(tokens, first, _begins_part)


def parse_step(text: str, today: date, working_from: WorkingFrom = weekday_from) -> NextStep:
    """Read ``demo fri 10:00`` alone, as the options of the commands take it."""
    try:
        line = parse_line(f"x talk >{text.lstrip('> ')}", today, working_from=working_from)
    except LineError as error:
        raise InvalidValueError(error.message, error.cure.replace(">", "")) from error
    if line.step is None or line != CallEntry(Outcome.TALKED, who="x", step=line.step):
        raise InvalidValueError(
            f"{text[:60]!r} is more than a next step",
            "write an action and its day: 'demo fri 10:00'",
        )
    return line.step


class StepWords(NamedTuple):
    """The words of a next step: what is done, its day where they end with one, and whether they agreed."""

    action: str
    when: str = ""
    agreed: bool | None = None


def split_step(text: str, today: date) -> StepWords:
    """Return the parts of ``call wed agreed``: the day is as many of the last words as make one."""
    words = text.split()
    agreed = AGREED_WORDS.get(fold(words[-1])) if words[1:] else None
    said = words if agreed is None else words[:-1]
    for count in range(min(_WHEN_WORDS, len(said)), 0, -1):
        when = " ".join(said[-count:])
        try:
            coming_when(when, today)
        except DayError as error:
            if not error.is_day or count == 1:  # a time alone, or a month, which names people, too
                continue
        return StepWords(" ".join(said[:-count]).rstrip(" ,"), when, agreed)
    return StepWords(text)


_ReadWhen = Callable[[str, date], tuple[date, time_of_day | None]]


class _Reader:
    """Reads the parts after the outcome, one after another, into a ``CallEntry``."""

    def __init__(
        self, text: str, tokens: list[Token], today: date, line: CallEntry, place: int
    ) -> None:
        self._text, self._tokens, self._today = text, tokens, today
        self._line, self._place, self._begins = line, place, place
        self._seen: set[str] = set()
        self._call_back: TypedWhen | None = None
        self._reason: ReasonKind | None = None
        self.questions: Questions = {}
        self.coming: _ReadWhen = coming_when

    def read(self) -> CallEntry:
        """Read all parts."""
        while self._place < len(self._tokens):
            token = self._tokens[self._place]
            self._place += 1
            _part_of(token)(self, token)
        self._check_whole()
        return self._line

    # The parts; each takes the token it begins with

    def note(self, token: Token) -> None:
        """Read a note in quotes."""
        self._once("note", token)
        if cure := instead_of(self._line.outcome, token.text):
            raise self._error(
                f"{token.text!r} says something else than {self._line.label}", cure, token
            )
        self._take(note=clean(token.text, keep_lines=True))

    def callback(self, token: Token) -> None:
        """Read ``cb when``."""
        self._once("cb", token)
        if not self._following():
            cure = "write it like cb 18jan or cb in 2 weeks"
            raise self._error("The day of the call is missing", cure, token.after)
        self._call_back = self._first_day([], self.coming)

    def step(self, token: Token) -> None:
        """Read ``>action when``: the last words are the day, those before it the action."""
        self._once(">", token)
        first = [token.rest(1)] if len(token.text) > 1 else []
        words = [*first, *self._take_plain()]
        agreed = AGREED_WORDS.get(fold(words[-1].text)) if words[1:] else None
        words = words if agreed is None else words[:-1]
        for count in range(min(_WHEN_WORDS, len(words)), 0, -1):
            day = words[-count:]
            if when := self._when_in(day):
                action = self._action(words[:-count], day[0])
                self._take(step=NextStep(action=action, on=when.day, time=when.time, agreed=agreed))
                return
        raise self._no_day_at_the_end(words or [token])

    def amount(self, token: Token) -> None:
        """Read ``$24k``, which is in their own currency; another sign names another one."""
        self._once("$", token)
        if token.text in SYMBOLS:
            token = joined([token, *self._take_plain(1)])
        self._take(amount=self._amount_of(token))

    def answer(self, token: Token) -> None:
        """Read ``?budget=no`` or ``?budget=proven:"email of 3 Nov"``."""
        answer = read_answer(self._text, token, self.questions, self._take_plain)
        self._take(answers=(*self._line.answers, answer))

    def backdate(self, token: Token) -> None:
        """Read ``@mon 10:30``: when it was."""
        self._once("@", token)
        first = [token.rest(1)] if len(token.text) > 1 else []
        if not (first or self._following()):
            raise self._error("The day is missing", PAST_EXAMPLES, token)
        self._take(at=self._first_day(first, past_when))

    def person(self, token: Token) -> None:
        """Read ``+Kim:champion``."""
        name, colon, role = token.text[1:].rpartition(":")
        if not colon:
            name, role = role, ""
        if not clean(name):
            raise self._error("The name is missing", "write it like +Kim:champion", token)
        self._take(people=(*self._line.people, NewContact(clean(name), self._role(role, token))))

    def with_whom(self, token: Token) -> None:
        """Read ``with:Kim`` or ``with:assistant``: whom of theirs the touch was with."""
        self._once("with", token)
        name = clean(token.text.partition(":")[2])
        if not name:
            raise self._error("The name is missing", "write it like with:Kim", token)
        self._take(contact=name)

    def because(self, token: Token) -> None:
        """Read ``because:budget``: the kind of reason for a callback."""
        self._once("because", token)
        kind = token.text.partition(":")[2].casefold()
        matches = [reason for reason in ReasonKind if kind and reason.startswith(kind)]
        if len(matches) != 1:
            kinds = ", ".join(ReasonKind)
            raise self._error(f"There is no kind of reason {kind!r}", f"choose from {kinds}", token)
        self._reason = matches[0]

    def stray(self, token: Token) -> None:
        """Take an amount without a sign before it; refuse anything else. Without a name, one may look like an outcome."""
        if found := self._bare_amount(token):
            self._once("$", token)
            self._take(amount=found)
            return
        is_behind = self._place == self._begins + 1
        before, words = self._tokens[self._place - 2], joined([token, *self._take_plain()])
        if names_currency(words.text):
            self._amount_of(words)
        cure, meant = self._meant(words.text)
        if before.text[:1] == "+" and words.text[:1].isupper():
            name, colon, role = f"{before.text[1:]} {words.text}".partition(":")
            token = words = joined([before, words])
            meant = f'+"{name}"{colon}{role}'
            cure = f"put a name of several words in quotes: {meant}"
        if not self._line.who and is_behind and meant.startswith('"'):
            cure += f"; a name that begins with {self._tokens[0].text!r} stands in quotes too"
        whole = f"{self._text[: words.start]}{meant}{self._text[words.end :]}"
        raise StrayWordError(
            f"{token.text!r} is not understood", cure, self._text, token, whole=whole
        )

    # Inside

    def _amount_of(self, token: Token) -> TypedAmount:
        """Return the amount that a word is; behind ``$`` it is in the currency of the prospect."""
        try:
            if token.text[0] == "$":
                return TypedAmount(parse_amount(token.text[1:]))
            return _amount_in(token.text)
        except InvalidValueError as error:
            raise self._error(error.message, error.cure, token) from error

    def _bare_amount(self, token: Token) -> TypedAmount | None:
        """Return ``54k`` right behind a quote, and ``2300€``, ``2300 €`` or ``EUR 2300`` anywhere."""
        words = (token, *self._tokens[self._place : self._place + AMOUNT_WORDS - 1])
        for found, count in amounts_at([word.text for word in words]):
            if found.currency or self._is_quoted_in_short(token):
                self._place += count - 1
                return TypedAmount(*found)
        return None

    def _is_quoted_in_short(self, token: Token) -> bool:
        is_behind = self._line.outcome in {Outcome.QUOTE, None} and "$" not in self._seen
        return is_behind and token.text[-1:] in {"k", "m"}

    def _meant(self, words: str) -> tuple[str, str]:
        """Return the cure for words that belong to no part, and how they are written by it."""
        with suppress(InvalidValueError):
            past_when(words, self._today)
            return f"write the day as @{words}", f"@{words}"
        with suppress(InvalidValueError):
            self.coming(words, self._today)
            return f"say what is next on that day: >call {words}", f">call {words}"
        if self._line.outcome in {Outcome.QUOTE, None}:
            with suppress(InvalidValueError):
                parse_amount(words)
                return f"write the amount as ${words} or {words}€", f"${words}"
        return f'put a note in quotes: "{words}"', f'"{words}"'

    def _action(self, words: list[Token], end: Token) -> str:
        """Return what will be done; ``end`` is the word behind it, to blame where nothing is said."""
        try:
            return clean_name(_joined(words))
        except InvalidValueError as error:
            raise self._error(
                "The step has a day but no action", "write it like >demo fri 10:00", end
            ) from error

    def _check_whole(self) -> None:
        line, end = self._line, self._tokens[-1]
        if self._reason and not self._call_back:
            raise self._error(
                "A reason belongs to a callback", "write cb and its day before it", end
            )
        if line.outcome is None and (self._call_back or line.step):
            raise self._error("What was won needs no next step", "leave it out", end)
        if line.outcome is Outcome.TALKED and self._call_back:
            self._take(outcome=Outcome.DEFERRED)  # or putting us off would look like talking
        if self._call_back:
            self._take(callback=self._agreed(self._call_back))

    def _agreed(self, when: TypedWhen) -> AgreedCallback:
        """Return the callback; only the buyer's own words after a reason say what will have changed."""
        line, reason = self._line, self._reason
        asked = line.outcome in _SPOKE
        change = line.note if reason else ""
        return AgreedCallback(when.day, when.time, asked, reason, change)

    def _following(self) -> list[Token]:
        """Return the plain words that come next, up to the next part."""
        words: list[Token] = []
        for token in self._tokens[self._place :]:
            if _begins_part(token):
                break
            words.append(token)
        return words

    def _take_plain(self, limit: int = 99) -> list[Token]:
        """Take the same words, at most so many."""
        words = self._following()[:limit]
        self._place += len(words)
        return words

    def _first_day(self, first: list[Token], read: _ReadWhen) -> TypedWhen:
        """Return the day that comes next, after ``first``: as many words as make one."""
        words = [*first, *self._following()][:_WHEN_WORDS]
        for count in range(len(words), 0, -1):
            if when := self._when_in(words[:count], read):
                self._place += count - len(first)
                return when
        try:
            read(_joined(words), self._today)
        except DayError as error:
            raise self._blamed(error, words) from error
        raise AssertionError(words)

    def _when_in(self, words: list[Token], read: _ReadWhen | None = None) -> TypedWhen | None:
        """Return the day that the words are; what has the form of a day and is none is refused."""
        try:
            return TypedWhen(*(read or self.coming)(_joined(words), self._today))
        except DayError as error:
            if error.is_day:
                raise self._blamed(error, words) from error
            return None

    def _no_day_at_the_end(self, words: list[Token]) -> LineError:
        """Return the error of a next step without a day, or with words behind it."""
        for start in range(len(words)):
            for end in range(len(words) - 1, start, -1):
                if self._when_in(words[start:end]):
                    return self._error(
                        "There are words after the day", _NO_DAY, joined(words[end:])
                    )
        return self._error("The next step has no day", _NO_DAY, words[-1])

    def _blamed(self, error: DayError, words: list[Token]) -> LineError:
        """Return the error, pointing at the words that it names."""
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                if _joined(words[start:end]).casefold() == error.word.casefold():
                    return self._error(error.message, error.cure, joined(words[start:end]))
        return self._error(error.message, error.cure, joined(words))

    def _role(self, word: str, token: Token) -> Role | None:
        if not word:
            return None
        matches = [role for role in Role if role.startswith(word.casefold())]
        if word.casefold() in list(Role):
            matches = [Role(word.casefold())]
        if len(matches) != 1:
            raise self._error(f"There is no role {word!r}", f"choose from {', '.join(Role)}", token)
        return matches[0]

    def _once(self, part: str, token: Token) -> None:
        if part in self._seen:
            raise self._error("That is said twice", "leave one out", token)
        self._seen.add(part)

    def _take(self, **fields: object) -> None:
        self._line = replace(self._line, **fields)  # type: ignore[arg-type]

    def _error(self, message: str, cure: str, token: Token) -> LineError:
        return LineError(message, cure, self._text, token)


def _joined(words: list[Token]) -> str:
    return " ".join(word.text for word in words)


def _amount_in(text: str) -> TypedAmount:
    """Return an amount with the currency that it names, if any."""
    return TypedAmount(*read_amount(text))


def _part_of(token: Token) -> "_Part":
    """Return what reads the part that begins with a token."""
    if token.quoted:
        return _Reader.note
    word = token.text.casefold()
    head, colon, _ = word.partition(":")
    return _KEYWORDS.get(head + colon) or _SIGILS.get(word[:1]) or _Reader.stray


def _begins_part(token: Token) -> bool:
    """Tell whether it is no plain word; ``+2`` is one, the beginning of ``+2 weeks``."""
    is_ahead = not token.quoted and _AHEAD.match(token.text)
    return not is_ahead and _part_of(token) is not _Reader.stray


def begins_with_part(text: str) -> bool:
    """Return whether a line begins with an amount, a step or another part, and with no name."""
    first = next(iter(text.split()), "")
    return bool(first) and first[0] not in '"“' and _begins_part(Token(first, 0, len(first)))


_Part = Callable[[_Reader, Token], None]

_SPOKE = frozenset(
    {Outcome.DEFERRED, Outcome.TALKED, Outcome.ADVANCED, Outcome.MEETING, Outcome.INBOUND}
)
"""Outcomes in which the buyer could ask for a callback; after any other it was our own idea."""
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


# The name in a line that is still being typed


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
