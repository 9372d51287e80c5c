"""What an import is asked for, what is the same for all of its rows, and what it hands back."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import Literal

from review_board.errors import InvalidValueError
from review_board.exchange.header_words import ANY_LIST
from review_board.exchange.source_mapping import (
    ListKind,
    Remembered,
    SourceMapping,
    nothing_remembered,
)
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Outcome
from review_board.progress import Progress
from review_board.wording import as_many_as_fit, first_few, plural, several

DateOrder = Literal["dmy", "mdy", "m.d"]
"""Day or month first; ``m.d``: the month also where dots part them, which else follow the day."""

_SHOWN = 10
NAMES_ROOM = 30
"""Characters that the names of files, and of those updated, may take in what is said of an import."""


@dataclass(frozen=True, slots=True)
class ImportOptions(SourceMapping):
    """How to read a file where it alone does not tell: what a person says of the list, and of this import.

    ``kind`` takes a list as deals, leads or activities whatever it seems to be, ``kind_of`` does so for
    the file of a name; ``skip_bad`` imports the rest even when most rows cannot be read;
    ``include_retired`` takes rows that the CRM marks as deleted, converted or archived; ``existing`` are
    ids already in the pipeline, which an export of ours skips; ``source`` names the program or list
    where the file does not tell; ``progress`` counts the rows and may stop the import; ``by`` is who
    imports; ``currency`` (ISO 4217) stands in where none is named.
    """

    currency: str = "USD"
    by: str = ""
    skip_bad: bool = False
    include_retired: bool = False
    existing: Set[str] = frozenset()
    remembered: Remembered = nothing_remembered
    """Tells what was decided about earlier lists of a source; what is given here wins."""
    source: str = ""
    sheet: str = ""
    """The only sheet of a workbook that is read; none: the one that is the list."""
    kind_of: Mapping[str, ListKind] = field(default_factory=dict)
    sheet_of: Mapping[str, str] = field(default_factory=dict)
    """The same for the workbook of a name, as a person chose it there."""
    looks: bool = False
    """Whether a list that cannot be taken in is returned as it was read, with its ``trouble``."""
    progress: Progress = field(default_factory=Progress, compare=False)

    def for_file(self, name: str) -> "ImportOptions":
        """Return the options with the kind that was said of the file of this name."""
        return replace(self, kind=self.kind_of.get(name, self.kind))

    def saying(self, said: Mapping[str, SourceMapping]) -> "ImportOptions":
        """Return options that take from ``said``, by source, all that is said about a list."""

        def remembered(source: str) -> SourceMapping:
            return said[source] if source in said else self.remembered(source)

        unsaid = SourceMapping()
        nothing = {name: getattr(unsaid, name) for name in SourceMapping.__slots__}
        return replace(self, **nothing, remembered=remembered)


@dataclass(frozen=True, slots=True)
class ImportContext:
    """The kind of list, the moment (aware of its zone), who imports, the currency assumed.

    ``source`` is the program or list that it comes from, ``fields`` what its columns speak of.
    """

    kind: str
    now: datetime
    by: str
    currency: str
    source: str = ""
    fields: Set[str] = frozenset()

    @property
    def zone(self) -> tzinfo:
        """Return the zone in which moments without one are read."""
        assert self.now.tzinfo is not None
        return self.now.tzinfo

    @property
    def today(self) -> date:
        """Return the day of the import."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that became no prospect, by its number in a spreadsheet, and why.

    A refused one has its cells, so that it can be mended and imported alone. ``what`` is the count of
    rows of data that it belongs to, empty for one that is no data.
    """

    row: int
    reason: str
    cells: tuple[str, ...] = ()
    what: str = field(default="", compare=False)


EXAMPLES = 3


@dataclass(slots=True)
class RowsRead:
    """How many rows of a kind were read in one way, the words of the first, and which columns said so.

    ``words`` are the first that each of these columns said it with.
    """

    count: int = 0
    examples: list[str] = field(default_factory=list)
    said_by: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class HistoryReport:
    """What a file of activities, contacts or companies brought; ``left_out`` counts rows by reason.

    ``touches`` are those with ``prospects``, ``steps`` the next steps set, ``people`` those added or
    completed, ``companies`` the prospects that got a company; ``refusing`` rows ask for no calls, emails
    or contact; ``on_record`` was there already; ``unknown`` are words for how a call ended that say nothing
    here; ``opened_here`` are prospects of which such a request was lifted here since. ``read`` says what
    became of each kind of row.
    """

    name: str
    kind: str
    rows: int = 0
    touches: int = 0
    notes: int = 0
    steps: int = 0
    people: int = 0
    companies: int = 0
    refusing: int = 0
    on_record: int = 0
    prospects: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)
    """Of quotes, as their texts name them."""
    read: dict[tuple[str, Outcome | None, bool], RowsRead] = field(default_factory=dict)
    """By kind, outcome (none: a note) and whether it came from them."""
    opened_here: list[str] = field(default_factory=list)

    def count(
        self,
        kind: str | None,
        outcome: Outcome | None,
        text: str,
        said_by: tuple[str, str],
        *,
        inbound: bool = False,
    ) -> None:
        """Count a row by what became of it and by the header and cell that said so; keep the first few texts."""
        read = self.read.setdefault((kind or "activity", outcome, inbound), RowsRead())
        read.count += 1
        header, cell = said_by
        read.said_by[header] += 1
        read.words.setdefault(header, cell)
        if text and len(read.examples) < EXAMPLES and text not in read.examples:
            read.examples.append(text)


@dataclass(frozen=True, slots=True)
class JoinedHistory:
    """What files beside the lists bring: for each prospect that gains by it how to add it; and reports."""

    additions: Mapping[str, Callable[[Prospect], Prospect]] = field(default_factory=dict)
    reports: tuple[HistoryReport, ...] = ()


Join = Callable[[Mapping[str, Prospect], Mapping[str, str], Progress], JoinedHistory]
"""Joins files of activities, contacts and companies to these prospects by id.

The second says which of them a row is, by its ``row_key``.
"""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of the list: some of its cells, and the field that it feeds (none: not used).

    ``likely`` is the field that one which is not used looks like, where no other feeds it.
    """

    header: str
    field: str
    samples: tuple[str, ...]
    likely: str = ""


@dataclass(frozen=True, slots=True)
class StateUse:
    """A stage or status word, how many rows have it, what it was taken as, and whether it is known."""

    word: str
    count: int
    meaning: StageMeaning
    is_known: bool


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file gave, or several together.

    ``warnings`` come before all else: the list was probably not understood. ``rows`` are those of data;
    ``headers`` those of the cells of rows that were refused. ``kind`` is ``deals``, ``leads`` or ``review_board``; ``origin`` the product it was probably
    exported from; ``confidence`` says in words how sure that is; ``mapping`` goes from a field to
    the headers it was read from; ``unmapped`` are the headers that were not used. ``beside`` joins
    the files that add to prospects, ``parts`` what each list of several brought, by its name.
    ``trouble`` says why nothing of the list can be taken in, ``cure`` what to do where it cannot
    even be shown, ``asks`` the question about the whole list that it leaves. ``file`` is the name of
    its file; of a workbook ``sheets`` are those that hold anything, ``read_sheets`` those that were read. ``day_order`` is how days with slashes were read,
    where the list itself proves it.
    """

    prospects: PackedProspects = field(default_factory=PackedProspects)
    kind: str = ANY_LIST
    origin: str = ANY_LIST
    confidence: str = ""
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    notices: tuple[str, ...] = ()
    rows: int = 0
    warnings: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    states: tuple[StateUse, ...] = ()
    source_key: str = ""
    """What the source is known by next week; empty for an export of ours."""
    applied: SourceMapping = field(default_factory=SourceMapping)
    """What was said about the list, now or earlier."""
    retired: frozenset[str] = frozenset()
    """The ids there of rows that were left out as deleted, archived or converted."""
    without_end: frozenset[str] = frozenset()
    """The ids of prospects for which no column of its own tells a day of the end."""
    source: str = ""
    """The program or list by whose ids the prospects are known."""
    beside: Join | None = field(default=None, compare=False)
    parts: tuple[tuple[str, "ImportResult"], ...] = ()
    trouble: str = ""
    asks: str = ""
    cure: str = ""
    file: str = field(default="", compare=False)
    sheets: tuple[str, ...] = ()
    read_sheets: tuple[str, ...] = ()
    day_order: DateOrder | None = None
    unread: frozenset[str] = frozenset()
    """The names of the files that were left out."""
    has_dots: bool = True
    """Whether an amount has a dot, which parts thousands or begins the fraction."""

    @property
    def refused(self) -> tuple[SkippedRow, ...]:
        """Return the rows that could not be read."""
        return tuple(row for row in self.skipped if row.what == "bad")

    @property
    def left_out(self) -> tuple[SkippedRow, ...]:
        """Return the rows that were read, and skipped for what they say."""
        return tuple(row for row in self.skipped if row.what != "bad")

    @property
    def counts(self) -> Counter[str]:
        """Count the rows of data that became no prospect, by ``SkippedRow.what``."""
        return Counter(row.what for row in self.skipped if row.what)

    def called(self, files: Sequence[str]) -> str:
        """Return what the files that were read are called together."""
        read = [name for name in files if name not in self.unread]
        return as_many_as_fit(read or files, NAMES_ROOM)

    def without_most_refused(self, *, skip_bad: bool) -> "ImportResult":
        """Return it; raise ``BadRowsError`` where most rows cannot be read, or nothing else came of them."""
        counts, refused = self.counts, self.refused
        is_nothing = not (self.prospects or counts["retired"] or counts["existing"])
        if refused and (is_nothing or len(refused) * 2 > self.rows * (1 + skip_bad)):
            raise BadRowsError(refused, self.rows, self.headers)
        return self


def lists_of(result: ImportResult) -> list[ImportResult]:
    """Return the lists of several files, or the only one."""
    return [one for _, one in result.parts] or [result]


def row_key(place: int, row_id: str) -> str:
    """Return by what other files know a row: its list's place among them all, and its id there."""
    return f"{place}:{row_id}"


class UnclearError(InvalidValueError):
    """Cells that may be read in several ways; ``asks`` names what can be said of the list to settle it."""

    def __init__(self, asks: str, message: str, cure: str) -> None:
        self.asks = asks
        super().__init__(message, cure)


class BadRowsError(InvalidValueError):
    """Rows that cannot be read; the whole file was refused and nothing imported."""

    def __init__(
        self, rows: tuple[SkippedRow, ...], total: int, headers: tuple[str, ...] = ()
    ) -> None:
        self.rows = rows
        self.headers = headers
        rest = ", or import the rest with --skip-bad" if len(rows) < total else ""
        numbers = first_few([str(row.row) for row in rows], _SHOWN)
        super().__init__(
            f"{len(rows):,} of {several(total, 'row')} cannot be read "
            f"({plural(len(rows), 'row')} {numbers}); row {rows[0].row}: {rows[0].reason}",
            f"correct {plural(len(rows), 'it', 'them')}{rest}",
        )
