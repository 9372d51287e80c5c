"""The filter: one line that says which prospects are meant, the same at every door.

Plain words are looked for in name, company, owner, stage, tags and the people there. ``field:value``,
``field>value`` and the like compare one field, ``#dental`` is ``tag:dental``; ``-`` or ``not:``
before a term turns it around; all terms must hold. Quotes keep blanks together: ``owner:'Ann Lee'``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from review_board.board.card_summary import CardSummary
from review_board.board.filter_fields import (
    ANY_DAY,
    FIELDS,
    NO,
    OLD_NAMES,
    WON,
    YES,
    ComparedValue,
    FilterField,
    MissingError,
    Seen,
    nearest,
)
from review_board.board.index import Entry
from review_board.board.owners import may_become
from review_board.errors import InvalidValueError, UsageError
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import NONE, TypingDefaults
from review_board.pipeline.text import (
    LINE_LIMIT,
    TypedWords,
    clean,
    fold,
    has_words,
    typed_word,
    words_of_terms,
)

MOST = 50
"""Terms of one filter; more are a paste gone wrong."""
QUOTES = "'\""
_FIELD = re.compile(r"(?P<field>[A-Za-z_]+)(?P<op>:?[<>]=?|:|=)")
_TAG = re.compile("#.*[^#].*")
"""A tag as it is shown."""
_NOT = re.compile("-|not:", re.IGNORECASE)
_WORD = re.compile(
    rf"(?=\S)(?P<negation>{_NOT.pattern})?(?:{_FIELD.pattern})?"
    r"(?:(?P<mark>['\"])(?P<quoted>.*?)(?P<end>(?P=mark)|$)|(?P<text>\S*))",
    re.IGNORECASE,
)
"""A piece of the line: sign, field and operator, and the value, which quotes keep together."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. ``field`` is empty for a plain word; ``op`` is one of ``: > >= < <=``."""

    field: str
    op: str
    wanted: ComparedValue
    negated: bool = False

    @property
    def needs_evidence(self) -> bool:
        """Return whether it looks at the evidence."""
        return bool(self.field) and FIELDS[self.field].needs_evidence

    def fits(self, seen: Seen) -> bool:
        """Return whether a prospect is meant."""
        if not self.field:
            held = has_words(seen.entry.folded, (typed_word(self.wanted.text),))
        else:
            held = FIELDS[self.field].fits(self.wanted, self.op, seen)
        return held is not self.negated

    @property
    def text(self) -> str:
        """Return the term as it is written."""
        sign = "-" if self.negated else ""
        grammar = (_FIELD, _NOT, _TAG)
        bare = not self.field and any(form.match(self.wanted.text) for form in grammar)
        return f"{sign}{self.field}{self.op}{_quoted(self.wanted.text, always=bare)}"


@dataclass(frozen=True)
class Filter:
    """Terms that must all hold; no terms let everything through."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def text(self) -> str:
        """Return the filter as it is written, always in the same way."""
        return " ".join(term.text for term in self.terms)

    @cached_property
    def needs_evidence(self) -> bool:
        """Return whether some term looks at the evidence."""
        return any(term.needs_evidence for term in self.terms)

    @cached_property
    def only_resting(self) -> bool:
        """Return whether it asks for what is not to review yet."""
        asked = (t for t in self.terms if t.field == "review")
        return any((t.wanted.text == NO) is not t.negated for t in asked)

    @cached_property
    def only_won(self) -> bool:
        """Return whether it asks for what was won, which stands in no column."""
        asked = (("won", YES), ("column", WON))
        return any((t.field, t.wanted.text) in asked and not t.negated for t in self.terms)

    @cached_property
    def owner(self) -> str:
        """Return the owner whose prospects alone it lets through, where it names one."""
        named = [t for t in self.terms if t.field == "owner" and not t.negated]
        return named[0].wanted.text if len(named) == 1 and named[0].wanted.value else ""

    def matches(self, entry: Entry, card_summary: CardSummary | None, today: Today) -> bool:
        """Return whether a prospect is meant; without the evidence that is needed, it never is."""
        return self.picks(entry, lambda _: card_summary, today)

    def picks(self, entry: Entry, look: Callable[[str], CardSummary | None], today: Today) -> bool:
        """Return the same; look at the evidence only when the other terms hold."""
        if self._words and not has_words(entry.folded, self._words):
            return False
        if self._plain:
            seen = Seen(entry, today.day)
            for term in self._plain:
                if not term.fits(seen):
                    return False
        if not self._with_evidence:
            return True
        if (card := look(entry.id)) is None:
            return False
        judged = Seen(entry, today.day, card)
        return all(term.fits(judged) for term in self._with_evidence)

    @cached_property
    def _words(self) -> TypedWords:
        """Return the plain words: the most frequent filter by far, so they are asked first and fast."""
        words = (t.wanted.text for t in self.terms if not t.field and not t.negated)
        return words_of_terms(words)

    @cached_property
    def _plain(self) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if (t.field or t.negated) and not t.needs_evidence)

    @cached_property
    def _with_evidence(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.needs_evidence)

    def and_(self, other: "Filter") -> "Filter":
        """Return the filter for what both let through."""
        return Filter(tuple(dict.fromkeys((*self.terms, *other.terms))))

    def __bool__(self) -> bool:
        return bool(self.terms)


NO_FILTER = Filter()
"""Lets everything through."""


def fits_nobody(name: str) -> UsageError:
    """Return the refusal of a filter that fits nobody: that is not the same as nothing to do."""
    return UsageError(f"No prospect on the board fits {name}", "see review-board list, or say less")


@dataclass(frozen=True, slots=True)
class PartialFilter:
    """A line that may still be typed: the terms that are complete, and what is wrong with the rest."""

    filter: Filter
    problem: InvalidValueError | None = None


def parse_filter(text: str, currency: str = "USD", today: date = ANY_DAY) -> Filter:
    """Return the filter in a text; ``currency`` is that of amounts without one.

    ``today`` serves to say why a day is refused; which day is meant shows where the filter is judged.

    Raises ``InvalidValueError`` that names the word and what may stand there.
    """
    reading = read_filter(text, currency, today)
    if reading.problem:
        raise reading.problem
    return reading.filter


def owned_by(owner: str) -> Filter:
    """Return the filter for an owner, by words of the name, which are never read as grammar."""
    name = clean(owner)
    if not name:
        raise InvalidValueError("--owner needs a name", "or owner:none for those without")
    return Filter((Term("owner", ":", ComparedValue(name, fold(name))),))


def read_filter(text: str, currency: str = "USD", today: date = ANY_DAY) -> PartialFilter:
    """Read a line that is still typed: never raise, tell the first thing that is missing."""
    terms: dict[Term, None] = {}
    defaults = TypingDefaults(currency, today)
    words = [*_words(clean(text, limit=4 * len(text) + 1))]
    problem = _either_or(words)
    for word in words:
        try:
            if term := _term(word, defaults):
                terms[term] = None
        except InvalidValueError as error:
            problem = problem or error
        if len(terms) > MOST:
            terms.popitem()
            return PartialFilter(Filter(tuple(terms)), problem or _TOO_MANY)
    return PartialFilter(Filter(tuple(terms)), problem)


def with_partial_owners(found: Filter, owners: Callable[[], Iterable[str]]) -> Filter:
    """Return a filter in the making: an owner whom nobody is called is a name not yet written out."""
    return _with_owners(found, owners, lambda word, _: replace(word, is_partial=True))


def with_whole_owners(found: Filter, owners: Callable[[], Iterable[str]]) -> Filter:
    """Return the filter with the whole name of each owner that was only begun.

    Raises ``InvalidValueError`` where a beginning is that of several.
    """

    def whole(word: ComparedValue, names: list[str]) -> ComparedValue:
        if len(names) > 1:
            some = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
            raise InvalidValueError(f"owner:{word.text} may be {some}", "write more of the name")
        return ComparedValue(names[0], fold(names[0]))

    return _with_owners(found, owners, whole)


def _with_owners(
    found: Filter,
    owners: Callable[[], Iterable[str]],
    change: Callable[[ComparedValue, list[str]], ComparedValue],
) -> Filter:
    """Change what stands for an owner and is only the beginning of some names."""
    terms = list(found.terms)
    for place, term in enumerate(terms):
        is_named = term.field == "owner" and term.wanted.value
        if is_named and (names := may_become(term.wanted.text, owners())):
            terms[place] = replace(term, wanted=change(term.wanted, names))
    return Filter(tuple(terms))


_TOO_MANY = InvalidValueError(f"A filter has at most {MOST} terms", "leave some out")


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of the line: sign, field and operator as written, and the value without its quotes."""

    negated: bool
    field: str
    op: str
    value: str
    quoted: bool
    closed: bool

    @property
    def head(self) -> str:
        return f"{self.field}{self.op}"


def _words(line: str) -> Iterator[_Word]:
    for found in _WORD.finditer(line):
        field, op = (found["field"] or "").lower(), _op(found["op"] or "")
        is_quoted = found["quoted"] is not None
        value = found["quoted"] if is_quoted else found["text"]
        closed = not is_quoted or bool(found["end"])
        yield _Word(bool(found["negation"]), field, op, value, quoted=is_quoted, closed=closed)


def _either_or(words: list[_Word]) -> InvalidValueError | None:
    """Return the refusal of an "or" beside a compared field: the language has no such word."""
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        is_or = not (word.field or word.quoted) and word.value.casefold() in {"or", "|", "||"}
        if is_or and (before.field or after.field):
            cure = "filter twice; a number of days takes in never: contact>30d"
            return InvalidValueError("A filter has no 'or': all terms must hold", cure)
    return None


def _op(written: str) -> str:
    """Return the operator that is meant: ``value:>10k`` is ``value>10k``, ``owner=ann`` ``owner:ann``."""
    return ":" if written == "=" else written.lstrip(":") or written


def _term(word: _Word, defaults: TypingDefaults) -> Term | None:
    if not word.closed:
        raise MissingError(f"The quote before {word.value[:40]!r} is never closed", "close it")
    value = word.value.strip()
    if len(value) > LINE_LIMIT:
        raise InvalidValueError(f"{value[:20]}… is too long to look for", "a part of it will do")
    if not word.field and not word.quoted and _TAG.fullmatch(value):
        word = replace(word, field="tag", op=":")
        value = value.removeprefix("#")
    if not word.field:
        if not value and word.negated and not word.quoted:
            cure = "write what is not meant, as in -dental, or '-' for a dash"
            raise MissingError("The minus stands alone", cure)
        return (
            Term("", "", ComparedValue(value, fold(value)), word.negated) if fold(value) else None
        )
    name = OLD_NAMES.get(word.field, word.field)
    field = FIELDS.get(name)
    if field is None:
        cure = f"{nearest(word.field, FIELDS)} In quotes it is looked for as text"
        raise InvalidValueError(f"There is no field {word.field[:40]!r} to filter by", cure)
    if not field.is_ordered and word.op != ":":
        raise InvalidValueError(
            f"{word.field} has no size", f"write it like {word.field}:{field.example}"
        )
    wanted = _wanted(word, field, value, defaults)
    if wanted.value is None and word.op != ":":
        cure = f"write {word.field}:{NONE} for those without"
        raise InvalidValueError(f"{word.head} {NONE} compares with nothing", cure)
    return Term(name, word.op, wanted, word.negated)


def _wanted(word: _Word, field: FilterField, value: str, defaults: TypingDefaults) -> ComparedValue:
    """Return what a term compares with; an error begins with the field as it is written."""
    example = f"such as {word.head}{field.example}"
    if not value:
        raise MissingError(f"{word.head} needs a value", example)
    try:
        return field.read(value, defaults)
    except MissingError as error:
        typing = f"{word.head} {error.while_typed}; {example}"
        raise MissingError(f"{word.head} {error.message}", error.cure, typing) from error
    except InvalidValueError as error:
        raise InvalidValueError(f"{word.head} {error.message}", error.cure) from error


def _quoted(text: str, *, always: bool) -> str:
    """Put a value in quotes where it needs them: it never holds both kinds and a blank."""
    if always or text[0] in QUOTES or any(character.isspace() for character in text):
        mark = '"' if "'" in text else "'"
        return f"{mark}{text}{mark}"
    return text
