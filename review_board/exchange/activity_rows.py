"""What a row of a list of calls, emails, meetings, tasks and notes says, before anything is made of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import Reader, looks_like_flag, read_flag
from review_board.exchange.day_columns import (
    ParsedDay,
    day_reader,
    looks_like_day,
    read_clock,
)
from review_board.exchange.header_words import canonical
from review_board.exchange.history_words import (
    INBOUND,
    KINDS,
    MISSED,
    NOT_DONE,
    OUTBOUND,
    QUOTE_SENT,
    RESULTS,
    SAID,
    STATES,
    ActivityKind,
    ActivityState,
    SaidPhrases,
    history_places,
    pointing_places,
)
from review_board.exchange.import_result import ImportContext, ImportOptions
from review_board.exchange.links import Key, email_key, phone_keys, reference_keys
from review_board.exchange.list_table import Cells, ListTable
from review_board.exchange.read_rows import day_order
from review_board.pipeline.person_text import EMAIL
from review_board.pipeline.text import clean, fold
from review_board.pipeline.vocabulary import OUTCOMES, Outcome

T = TypeVar("T")
SaidBy = tuple[str, str]
"""A header and its cell."""
_DAYS = ("when", "due", "created")
_FILE_KINDS: tuple[tuple[ActivityKind, tuple[str, ...]], ...] = (
    (ActivityKind.CALL, ("call", "anruf", "appel", "llamada", "chamada", "chiamata", "звон", "cuocgoi", "phone")),
    (ActivityKind.EMAIL, ("emailsubject", "emailbody", "bodytext", "sender", "bcc", "sentdate")),
    (ActivityKind.MEETING, ("meeting", "attendee", "enddatetime", "endtime", "eventid", "location")),
    (ActivityKind.TASK, ("task", "duedate", "iscomplete", "falligkeit", "echeance", "vencimiento", "scadenza")),
)  # fmt: skip
"""Words in the headers of a list of which all rows are of one kind."""
_OF_ONE_KIND = re.compile(r"(call|meeting|task|event|note|email|message)id")
_LONGEST = 200
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})")
"""How long a call was, in hours, minutes and seconds."""
_REPLY = re.compile(r"(?:re|aw|antw|sv|res|rif|fwd?|wg|tr|enc)\s*:")
"""What a title begins with that was another's first: the quote went out with that one."""
_OURS_TO_DO = {ActivityKind.MEETING, ActivityKind.TASK, ActivityKind.NOTE}
"""Kinds that are the same whoever began them."""
_TITLE_ENDS = re.compile(r"\s[-–—|]\s|[:;,.(]")
"""What parts a title that begins with how the call ended: ``Connected - asked for the price``."""
_ENDS_OF_CALLS = frozenset(
    {Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.GATEKEEPER, Outcome.TALKED}
)
"""How a call ended, where its title begins with the very words; any other may be what it was to be about."""
_SAYING = ("kind", "outcome", "direction")
"""The fields whose words tell what a row is and how it ended."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words of a row mean: kind, how it ended, how far it is, who turned to whom.

    ``unknown`` are the words for how it ended where none of them is known here.
    """

    kind: ActivityKind | None
    outcome: Outcome | None
    state: ActivityState | None
    is_inbound: bool | None
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A call, email, meeting, task or note as its list tells it.

    ``keys`` lead to whom it is about, ``identity`` is what no other row of the list has in common with
    it; ``seconds`` are how long it was, 0 where that is not told; ``said_by`` is the header and cell of the
    column that says what it is and how it ended, empty where none does.
    """

    number: int
    sense: Sense
    when: ParsedDay | None
    text: str
    by: str
    seconds: float
    email: str
    keys: tuple[Key, ...]
    identity: tuple[str, ...]
    has_own_id: bool
    said_by: SaidBy

    def moment(self, context: ImportContext) -> datetime | None:
        """Return when it was."""
        return self.when.moment(context.zone) if self.when else None


class ActivityReader:
    """Reads the rows of one list of activities."""

    def __init__(self, table: ListTable, options: ImportOptions) -> None:
        self._table = table
        self._places = history_places(table.headers)
        self._references = pointing_places(table.headers)
        self._own = self._own_place()
        self._kind = _kind_of_file(table.headers)
        self._numbered = self._numbered_by()
        self._days = self._day_readers(options)
        self._marks = self._mark_places()

    def rows(self) -> Iterator[Activity]:
        """Yield what each row says."""
        for number, cells in self._table.rows:
            yield self._activity(number, cells)

    def _own_place(self) -> int | None:
        """Return the column of the row's own id: the first of its name with another id in each row."""
        for place in self._places.get("id", ()):
            cells = self._table.column(place)
            if len(set(cells)) == len(cells) and all(map(str.strip, cells)):
                return place
        return None

    def _numbered_by(self) -> tuple[str, ...]:
        """Return by what the ids are told from those of another list: calls and meetings may both begin at 1."""
        name = canonical(self._table.headers[self._own]) if self._own is not None else ""
        if found := _OF_ONE_KIND.fullmatch(name):
            return (found[1],)
        return (self._kind.value,) if self._kind else ()

    def _day_readers(self, options: ImportOptions) -> list[tuple[int, Reader[ParsedDay]]]:
        places = [place for field in _DAYS for place in self._places.get(field, ())]
        columns = {place: self._table.column(place) for place in places}
        order = day_order(self._table, [*columns.values()])
        return [
            (place, day_reader(cells, self._table.headers[place], options.dates, order))
            for place, cells in columns.items()
            if any(map(looks_like_day, filter(str.strip, cells[:50])))
        ]

    def _mark_places(self) -> dict[int, str]:
        """Return the columns whose header says how a row ended that has a yes or a day there: ``Answered at``."""
        read = {place for places in self._places.values() for place in places}
        said = {
            place: fold(header.replace("-", " "))
            for place, header in enumerate(self._table.headers)
            if place not in read
        }
        return {
            place: words
            for place, words in said.items()
            if (_first_of(RESULTS, words) or _first_of(STATES, words) in NOT_DONE)
            and all(
                looks_like_flag(cell) or looks_like_day(cell)
                for cell in filter(str.strip, self._table.column(place)[:50])
            )
        }

    def _marked(self, cells: Cells) -> list[str]:
        """Return what the marks of a row say; a call of a list of those answered, without such a mark, was not."""
        marked = [
            words
            for place, words in self._marks.items()
            if looks_like_day(cells[place]) or _state_of_flag(cells[place]) is ActivityState.DONE
        ]
        answers = {w for w in self._marks.values() if _first_of(RESULTS, w) is Outcome.TALKED}
        return marked or ["no answer"] * (self._kind is ActivityKind.CALL and bool(answers))

    def _activity(self, number: int, cells: Cells) -> Activity:
        kind, outcome, direction = (
            " | ".join(self._filled(cells, name)) for name in ("kind", "outcome", "direction")
        )
        if marked := self._marked(cells):
            outcome = " | ".join(filter(None, (outcome, *marked)))
        subject, note = self._first(cells, "subject"), self._first(cells, "note")
        sense = read_sense(kind[:_LONGEST], outcome[:_LONGEST], direction[:_LONGEST])
        if sense.kind is None:
            named = read_sense(subject[:_LONGEST], "", "").kind if self._kind is None else None
            sense = replace(sense, kind=self._kind or named or ActivityKind.NOTE)
        said_by, seconds = self._said_by(cells, sense), self._seconds(cells)
        if sense.kind is ActivityKind.CALL and not sense.outcome and not sense.is_inbound:
            said = _said_of_call(subject, note)
            told_in = "subject" if said and _said_of_call(subject, "") else "note" if said else ""
            told_in = told_in or ("seconds" if seconds and sense.state not in NOT_DONE else "")
            sense, said_by = replace(sense, outcome=said), self._told_in(cells, told_in) or said_by
        elif _is_quote(sense, subject):
            sense, said_by = replace(sense, outcome=Outcome.QUOTE), self._told_in(cells, "subject")
        when = self._when(cells)
        own = cells[self._own].strip() if self._own is not None else ""
        email = next((cell for cell in self._filled(cells, "email") if "@" in cell), "")
        day = f"{when.day} {when.clock}" if when else ""
        keys = (*self._keys(cells), *((("activity", own),) if own else ()))
        text = clean(": ".join(dict.fromkeys(filter(None, (subject, note)))), keep_lines=True)
        return Activity(
            number=number,
            sense=sense,
            when=when,
            text=text,
            by=clean(self._first(cells, "by")),
            seconds=seconds,
            email=email.casefold(),
            keys=keys,
            identity=(*self._numbered, own)
            if own
            else (day, kind, outcome, direction, text, *map("=".join, keys)),
            has_own_id=bool(own),
            said_by=said_by or ("", ""),
        )

    def _said_by(self, cells: Cells, sense: Sense) -> SaidBy | None:
        """Return the column whose words say how a row ended, else who turned to whom, or its kind."""
        asked: list[tuple[str, Callable[[Sense], object]]] = [("kind", lambda alone: alone.kind)]
        if sense.outcome:
            asked.insert(0, ("outcome", lambda alone: alone.outcome))
        elif sense.state in NOT_DONE:
            asked.insert(0, ("outcome", lambda alone: alone.state == sense.state))
        elif sense.is_inbound and sense.kind not in _OURS_TO_DO:
            asked[:0] = [(name, lambda alone: alone.is_inbound) for name in _SAYING]
        saying = (
            (self._table.headers[place], cells[place])
            for name, tells in asked
            for place in self._places.get(name, ())
            if tells(read_sense(*(cells[place][:_LONGEST] * (name == one) for one in _SAYING)))
        )
        return next(saying, None)

    def _told_in(self, cells: Cells, field: str) -> SaidBy | None:
        """Return the first column of a field that a row fills."""
        places = (place for place in self._places.get(field, ()) if cells[place].strip())
        return next(((self._table.headers[place], cells[place]) for place in places), None)

    def _keys(self, cells: Cells) -> Iterator[Key]:
        """Yield all that leads to somebody: of the two ends of a call one is ours, and nobody's key."""
        yield from reference_keys(cells, self._references, self._own)
        for cell in (*self._filled(cells, "email"), *self._filled(cells, "phone")):
            if "@" in cell:
                yield from (email_key(part) for part in EMAIL.findall(cell[:_LONGEST]))
            else:
                yield from phone_keys(cell)

    def _when(self, cells: Cells) -> ParsedDay | None:
        """Return the first day that the row tells, with the time that stands beside it."""
        for place, read in self._days:
            try:
                when = read(cells[place])
            except InvalidValueError:
                continue
            if when:
                return ParsedDay(when.day, when.clock or read_clock(self._first(cells, "clock")))
        return None

    def _seconds(self, cells: Cells) -> float:
        for name, factor in (("seconds", 1), ("minutes", 60), ("milliseconds", 0.001)):
            cell = self._first(cells, name).replace(",", ".")
            if clock := _CLOCK.fullmatch(cell):
                return sum(
                    float(part or 0) * size
                    for part, size in zip(clock.groups(), (3600, 60, 1), strict=True)
                )
            if cell.replace(".", "", 1).isdecimal() and len(cell) < 10:
                return float(cell) * factor
        return 0.0

    def _filled(self, cells: Cells, field: str) -> list[str]:
        return [cell for place in self._places.get(field, ()) if (cell := cells[place].strip())]

    def _first(self, cells: Cells, field: str) -> str:
        return next(iter(self._filled(cells, field)), "")


@lru_cache(maxsize=4096)
def read_sense(kind: str, outcome: str, direction: str) -> Sense:
    """Return what the words for kind, outcome and direction mean; "|" parts those of several columns."""
    kinds, ends, ways = (fold(said).replace("_", " ") for said in (kind, outcome, direction))
    words = f"{kinds} | {ends} | {ways}"
    flags, state = map(_state_of_flag, ends.split(" | ")), _state_of(kinds, ends)
    if state is not ActivityState.UNREACHED:
        state = next(filter(None, flags), None) or state
    is_inbound = (
        True
        if INBOUND.search(words) or MISSED.fullmatch(ways)
        else False
        if OUTBOUND.search(words)
        else None
    )
    result = _first_of(RESULTS, f"{ends} | {ends.replace('-', ' ')}")
    unknown = "" if result or state or is_inbound is not None else outcome.strip(" |")
    return Sense(_first_of(KINDS, kinds), result, state, is_inbound, unknown)


def _is_quote(sense: Sense, subject: str) -> bool:
    """Return whether an email of ours is by its title a quote that went out."""
    is_ours = sense.kind is ActivityKind.EMAIL and not (sense.outcome or sense.is_inbound)
    if sense.state in NOT_DONE:
        return False
    title = fold(subject[:_LONGEST]).strip()
    return is_ours and not _REPLY.match(title) and bool(QUOTE_SENT.search(title))


def _said_of_call(subject: str, note: str) -> Outcome | None:
    """Return how a call ended by its title and note; ``None`` where they do not say it, or say it twice."""
    text = fold(f"{subject[:_LONGEST]} | {note[:_LONGEST]}").replace("'", "").replace("’", "")
    first = _TITLE_ENDS.split(text, 1)[0].strip()
    found = [outcome for outcome, words in SAID if words.search(text)]
    found += [one for one, words in RESULTS if one in _ENDS_OF_CALLS and words.fullmatch(first)]
    clear = not found or all(OUTCOMES[one].attempt == OUTCOMES[found[0]].attempt for one in found)
    return found[0] if found and clear else None


def _first_of(table: Sequence[tuple[T, re.Pattern[str] | SaidPhrases]], text: str) -> T | None:
    return next((meant for meant, found in table if found.search(text)), None)


def _state_of(kinds: str, ends: str) -> ActivityState | None:
    """Return how far it is; what was not done, or is a "quote not sent" by its kind, is still open."""
    done = (found for state, found in STATES if state is ActivityState.DONE)
    is_open = any(found.denied(f"{kinds} | {ends}") for found in done)
    return ActivityState.OPEN if is_open else _first_of(STATES, ends)


def _state_of_flag(cell: str) -> ActivityState | None:
    if not looks_like_flag(cell):
        return None
    return ActivityState.DONE if read_flag(cell) else ActivityState.OPEN


def _kind_of_file(headers: tuple[str, ...]) -> ActivityKind | None:
    names = [canonical(header) for header in headers]
    for kind, words in _FILE_KINDS:
        if any(word in name for name in names for word in words):
            return kind
    return None
