"""What became of the rows of a table, and what the user should know about how they were read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from shlex import quote

from review_board.exchange.build_prospect import NAMING, PlainRow
from review_board.exchange.columns import ColumnPlan
from review_board.exchange.header_synonyms import CONTACT_DAYS
from review_board.exchange.import_result import ImportContext, SkippedRow, StateUse
from review_board.exchange.list_table import ListTable
from review_board.exchange.row_place import TODAY
from review_board.pipeline.dates import short_day
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.text import clean
from review_board.wording import first_few, plural, several

_SHOWN_CELLS = 10


@dataclass(slots=True)
class Tally:
    """What became of the rows so far."""

    prospects: PackedProspects = field(default_factory=PackedProspects)
    skipped: list[SkippedRow] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, StageMeaning]] = field(default_factory=Counter)
    ends_taken: Counter[tuple[StageMeaning, str, str]] = field(default_factory=Counter)
    unread: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    otherwise: dict[str, list[int]] = field(default_factory=dict)
    """The rows in which the amount names another currency than stands beside it, by both."""
    assumed_currency: bool = False
    retired: set[str] = field(default_factory=set)
    without_end: set[str] = field(default_factory=set)
    steps_noted: int = 0
    """How many next steps have no day."""
    named_days: list[tuple[str, date]] = field(default_factory=list)
    """The next steps whose words name their day, and which."""
    asking: list[tuple[int, str]] = field(default_factory=list)
    """The rows in which a note asks for no contact, and its words."""
    became_notes: bool = False
    """Whether a day of a last activity is kept as a note, because no contact of that day replaced it."""

    def skip(self, row: int, reason: str, what: str, cells: tuple[str, ...] = ()) -> None:
        """Leave out a row; ``what`` is the count it belongs to."""
        self.skipped.append(SkippedRow(row, reason, cells, what))

    @property
    def retired_rows(self) -> int:
        """Return how many rows were left out as deleted, merged or archived."""
        return sum(row.what == "retired" for row in self.skipped)

    def note_unread(self, row: PlainRow) -> None:
        """Count the cells of a row that could not be read, by column."""
        for cell in row.unread:
            self.unread.setdefault(cell.header, []).append((row.number, cell.text))


def state_uses(tally: Tally) -> Iterator[StateUse]:
    """Yield each stage or status word, those that are not known first, then by their counts."""
    unknown = tally.unknown.keys()
    uses = [
        StateUse(
            clean(word), count, meaning, word not in unknown and meaning is not StageMeaning.CLOSED
        )
        for (word, meaning), count in tally.states.items()
    ]
    yield from sorted(uses, key=lambda use: (use.is_known, -use.count, use.word))


def missing_columns(plan: ColumnPlan, context: ImportContext) -> Iterator[str]:
    """Warn of what no card will have, in a list of deals; leads have often neither."""
    if context.kind == "deals":
        found = plan.places.keys()
        if "value" not in found:
            yield "no column was taken as the value: no card will have one"
        if not found & {"stage", "status", "is_won", "is_lost", "is_closed", "won_on", "lost_on"}:
            yield "no column was taken as the stage or status: every card will be Active"
    if not NAMING & plan.places.keys():
        known_by = "their id" if "id" in plan.places else "where they came from, and when"
        yield f"no column names a deal, company or person: cards are called by {known_by}"


def row_notices(
    table: ListTable, plan: ColumnPlan, tally: Tally, context: ImportContext
) -> list[str]:
    """Say what the user should know about how the file was read."""
    notices = []
    notices += [_unread_notice(header, cells) for header, cells in tally.unread.items()]
    header = next((table.headers[place] for place in plan.places.get("currency", ())), "")
    notices += [
        f"{several(len(rows), 'amount')} in {both} ({plural(len(rows), 'row')} "
        f"{first_few([str(row) for row in rows], _SHOWN_CELLS)}): the column was taken; --map {quote(f'{header}=')} leaves it out"
        for both, rows in tally.otherwise.items()
    ]
    if retired := tally.retired_rows:
        notices.append(
            f"{several(retired, 'row')} marked as deleted, archived or converted left "
            "out: --include-retired takes them"
        )
    notices += _ends_taken(table, plan, tally, context)
    if plan.places.keys() & {*CONTACT_DAYS, "times_contacted"}:
        notices.append(
            "the list says when you had contact, not how it went: it starts no count of silence"
        )
    if named := tally.named_days:
        words, day = named[0]
        notices.append(
            f"{several(len(named), 'next step')} with the day in words: {clean(words)[:30]!r} is "
            f"{short_day(day, context.today)}"
        )
    if tally.asking:
        said = [f"row {number} {clean(text)[:40]!r}" for number, text in tally.asking]
        notices.append(
            f"{several(len(said), 'note')} {plural(len(said), 'asks', 'ask')} for no contact and "
            f"{plural(len(said), 'stays a note', 'stay notes')}: {first_few(said, 3)}; drop a card where it is meant so"
        )
    if tally.became_notes:
        notices.append(
            "last activity days become notes: they do not say whether the buyer answered"
        )
    if tally.steps_noted:
        steps = several(tally.steps_noted, "next step")
        notices.append(
            f"{steps} without a day kept as {plural(tally.steps_noted, 'a note', 'notes')}: "
            "a card has a next step once it has a day"
        )
    if tally.assumed_currency:
        notices.append(f"amounts that name no currency were taken as {context.currency}")
    return notices


def _unread_notice(header: str, cells: list[tuple[int, str]]) -> str:
    """Say once which cells of a column were left open, each kind of words with its rows."""
    rows: dict[str, list[int]] = {}
    for number, text in cells:
        rows.setdefault(clean(text)[:40], []).append(number)
    said = [
        f"{text!r} ({plural(len(found), 'row')} {first_few([str(n) for n in found], _SHOWN_CELLS)})"
        for text, found in rows.items()
    ]
    left = plural(len(cells), "1 cell was", f"{len(cells):,} cells were")
    return (
        f"column {header!r}: {left} not understood, left open and kept in a note: "
        f"{first_few(said, _SHOWN_CELLS)}"
    )


def _ends_taken(
    table: ListTable, plan: ColumnPlan, tally: Tally, context: ImportContext
) -> Iterator[str]:
    """Say how many closed deals got another day as that of their end, and of which column, as theirs is not known."""
    for (meaning, trouble, taken), count in tally.ends_taken.items():
        end = "won" if meaning is StageMeaning.WON else "lost"
        noun, has = (context.kind, "have") if count > 1 else (context.kind.removesuffix("s"), "has")
        headers = [table.headers[place] for place in plan.places.get(taken, ())]
        day = f"on the day of {first_few([repr(header[:40]) for header in headers], 3)}"
        if taken == TODAY:
            day = f"today ({short_day(context.today, context.today)})"
        yield f"{count:,} {end} {noun} {has} {trouble}: taken as {end} {day}"
