"""From delimited text to prospects: what the list is, what each row becomes, what was left out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from review_board.errors import InvalidValueError
from review_board.exchange.build_prospect import build
from review_board.exchange.columns import ColumnPlan, chosen_fields, plan_columns
from review_board.exchange.content_ids import DistinctIds, content_id
from review_board.exchange.delimited import Cells, DelimitedTable, read_table
from review_board.exchange.header_synonyms import canonical, header_currency, is_known
from review_board.exchange.import_result import (
    BadRowsError,
    Counts,
    ImportContext,
    ImportOptions,
    ImportResult,
    SkippedRow,
)
from review_board.exchange.list_kinds import RecognisedList, kind_to_import, recognise
from review_board.exchange.row_place import why_it_ends_today
from review_board.exchange.row_stage import evidence_of, is_unknown, row_meaning
from review_board.exchange.rows import ColumnReader, Values, column_readers, read_row
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stages import StageMeaning
from review_board.wording import plural, several

_IDENTITY = ("name", "company", "contact", "first_name", "last_name", "email", "phone", "id")
_KEY = ("name", "company", "contact", "first_name", "last_name", "product")
_RETIRED = ("is_deleted", "is_converted")


@dataclass(slots=True)
class _Tally:
    """What became of the rows so far."""

    prospects: list[Prospect] = field(default_factory=list)
    bad: list[SkippedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    ended_today: Counter[tuple[StageMeaning, str]] = field(default_factory=Counter)
    assumed_currency: bool = False

    def skip(self, row: int, what: str, reason: str) -> None:
        """Leave out a row; ``what`` is the count it belongs to."""
        self.skipped.append(SkippedRow(row, reason))
        self.reasons[what] += 1


class _Importer:
    """Takes the rows of one table in order; knows which ids and rows it has seen."""

    def __init__(
        self,
        columns: tuple[ColumnReader, ...],
        context: ImportContext,
        options: ImportOptions,
    ) -> None:
        self.tally = _Tally()
        self._columns = columns
        ignored = () if options.include_retired else _RETIRED
        self._marks = tuple(column for column in columns if column.field in ignored)
        self._context = context
        self._options = options
        self._id_header = next((canonical(c.header) for c in columns if c.field == "id"), "")
        self._namesakes = DistinctIds()
        self._rows_of_ids: dict[str, tuple[int, Cells]] = {}
        self._row_of_cells: dict[tuple[str, ...], int] = {}

    def take(self, number: int, cells: Cells) -> None:
        """Import a row, skip it, or note it as bad."""
        try:
            self._take(number, cells)
        except InvalidValueError as error:
            self.tally.bad.append(SkippedRow(number, error.message))

    def _take(self, number: int, cells: Cells) -> None:
        if self._marks and any(read_row(cells, self._marks).values()):
            return self.tally.skip(number, "retired", "marked as deleted or converted")
        row = read_row(cells, self._columns)
        evidence = evidence_of(row)
        meaning = row_meaning(evidence)
        if meaning is StageMeaning.RETIRED and not self._options.include_retired:
            return self.tally.skip(number, "retired", "converted into another record")
        if first := self._same_as(number, cells):
            return self.tally.skip(number, "duplicates", f"the same as row {first}")
        prospect_id = self._id_of(number, row, cells)
        if prospect_id in self._options.existing:
            return self.tally.skip(number, "existing", "already in the pipeline")
        meaning = StageMeaning.OPEN if meaning is StageMeaning.RETIRED else meaning
        if meaning is StageMeaning.OPEN and is_unknown(evidence):
            self.tally.unknown[evidence.stage or evidence.status] += 1
        if "value" in row and not ("currency" in row or row["value"].currency):
            self.tally.assumed_currency = True
        self.tally.prospects.append(build(row, prospect_id, meaning, self._context))
        if trouble := why_it_ends_today(row, meaning, self._context):
            self.tally.ended_today[meaning, trouble] += 1
        return None

    def _same_as(self, number: int, cells: Cells) -> int | None:
        """Return the number of an earlier row with the same cells."""
        first = self._row_of_cells.setdefault(tuple(cells), number)
        return first if first != number else None

    def _id_of(self, number: int, row: Values, cells: Cells) -> str:
        """Return the id, from the list's own or what names the row; no two rows share one."""
        kind = self._context.kind
        if "id" not in row:
            created = str(row["created"].day) if "created" in row else ""
            reach = (*row.get("email", ()), *row.get("phone", ()))
            return self._namesakes.id_of(
                (kind, *(row.get(name, "") for name in _KEY), *reach, created)
            )
        prospect_id = content_id(kind, self._id_header, row["id"])
        first, _ = self._rows_of_ids.setdefault(prospect_id, (number, cells))
        if first != number:
            raise InvalidValueError(f"its id {row['id'][:40]!r} is that of row {first}")
        return prospect_id


def import_table(text: str, options: ImportOptions, now: datetime) -> ImportResult:
    """Return the prospects in delimited text: all rows, or an error (``skip_bad`` takes the rest)."""
    chosen = {canonical(header) for header in options.columns}
    table = read_table(text, lambda cell: is_known(cell) or canonical(cell) in chosen)
    by_hand = chosen_fields(table.headers, options.columns)
    recognised = recognise(
        [by_hand[i].field if i in by_hand else name for i, name in enumerate(table.headers)]
    )
    kind = options.kind or kind_to_import(recognised)
    plan = plan_columns(table, kind, options.columns)
    _refuse_useless(table, plan)
    currency = _currency(table, plan) or options.currency
    context = ImportContext(kind, now, options.by, currency)
    defaults = TypingDefaults(context.currency, context.today)
    importer = _Importer(column_readers(table, plan, options, defaults), context, options)
    for number, cells in table.rows:
        importer.take(number, cells)
    _refuse_bad(table, importer.tally, options)
    return _result(table, plan, recognised, importer.tally, context)


def _refuse_useless(table: DelimitedTable, plan: ColumnPlan) -> None:
    if not table.rows and not table.bad:
        raise InvalidValueError("it has no rows under its header", "export the list again")
    if not table.rows:
        raise BadRowsError(table.bad, len(table.bad))
    if not any(name in plan.places for name in _IDENTITY):
        raise InvalidValueError(
            "no column says who its rows are about",
            "add a name or company, or say which column it is with --map HEADER=name",
        )


def _currency(table: DelimitedTable, plan: ColumnPlan) -> str:
    """Return the currency that the header of the amounts names, or nothing."""
    places = plan.places.get("value", ())
    return header_currency(table.headers[places[0]]) if places else ""


def _refuse_bad(table: DelimitedTable, tally: _Tally, options: ImportOptions) -> None:
    bad = tuple(sorted((*table.bad, *tally.bad), key=lambda row: row.row))
    total = len(table.rows) + len(table.bad)
    if bad and not (options.skip_bad and len(bad) < total):
        raise BadRowsError(bad, total)
    if not tally.prospects and tally.reasons["retired"] == len(table.rows):
        rows = plural(total, "its only row is", f"all {total:,} rows are")
        raise InvalidValueError(
            f"{rows} marked as deleted or converted", "--include-retired takes them"
        )


def _result(
    table: DelimitedTable,
    plan: ColumnPlan,
    recognised: RecognisedList | None,
    tally: _Tally,
    context: ImportContext,
) -> ImportResult:
    skipped = (*table.skipped, *table.bad, *tally.bad, *tally.skipped)
    return ImportResult(
        prospects=tuple(tally.prospects),
        kind=context.kind,
        origin=recognised.origin if recognised else "a list",
        confidence=recognised.confidence
        if recognised
        else f"taken as {context.kind} because you say so",
        mapping={
            name: tuple(table.headers[place] for place in places)
            for name, places in plan.places.items()
        },
        unmapped=tuple(plan.unmapped),
        skipped=tuple(sorted(skipped, key=lambda row: row.row)),
        notices=(*plan.notices, *_notices(table, plan, tally, context)),
        counts=Counts(
            rows=len(table.rows) + len(table.bad),
            imported=len(tally.prospects),
            bad=len(table.bad) + len(tally.bad),
            duplicates=tally.reasons["duplicates"],
            existing=tally.reasons["existing"],
            retired=tally.reasons["retired"],
        ),
    )


def _notices(
    table: DelimitedTable, plan: ColumnPlan, tally: _Tally, context: ImportContext
) -> list[str]:
    """Say what the user should know about how the file was read."""
    notices = []
    if not {"name", "company", "contact", "last_name"} & plan.places.keys():
        notices.append("no column names a deal, company or person: cards are called by their id")
    if tally.unknown:
        words = ", ".join(f"{word[:30]!r} ({n:,})" for word, n in tally.unknown.most_common(5))
        notices.append(f"stages that are not known here were taken as open: {words}")
    if retired := tally.reasons["retired"]:
        notices.append(
            f"{several(retired, 'row')} marked as deleted or converted left "
            "out: --include-retired takes them"
        )
    notices += _ended_today(tally, context)
    if "last_activity" in plan.places:
        notices.append(
            "last activity days became notes: they do not say whether the buyer answered"
        )
    if tally.assumed_currency and not _currency(table, plan):
        notices.append(f"amounts that name no currency were taken as {context.currency}")
    return notices


def _ended_today(tally: _Tally, context: ImportContext) -> Iterator[str]:
    """Say how many closed deals got the day of the import, because theirs is not known."""
    for (meaning, trouble), count in tally.ended_today.items():
        end = "won" if meaning is StageMeaning.WON else "lost"
        noun, has = (context.kind, "have") if count > 1 else (context.kind.removesuffix("s"), "has")
        day = short_day(context.today, context.today)
        yield f"{count:,} {end} {noun} {has} {trouble}: taken as {end} today ({day})"
