"""From a table to prospects: what the list is, what each row becomes, what was left out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice

from review_board.errors import InvalidValueError
from review_board.exchange import build_prospect, row_stage
from review_board.exchange.amount_columns import common_currency
from review_board.exchange.columns import ColumnPlan, chosen_fields, plan_columns
from review_board.exchange.content_ids import DistinctIds, content_id, whole_id
from review_board.exchange.day_columns import ParsedDay, day_in_words
from review_board.exchange.header_synonyms import header_currency, is_known
from review_board.exchange.header_words import ANY_LIST, canonical
from review_board.exchange.history_words import asks_for_no_contact
from review_board.exchange.import_result import (
    BadRowsError,
    ColumnUse,
    DateOrder,
    ImportContext,
    ImportOptions,
    ImportResult,
    UnclearError,
)
from review_board.exchange.links import Links, RowLinks
from review_board.exchange.list_kinds import RecognisedList, kind_to_import, recognise
from review_board.exchange.list_table import Cells, ListTable
from review_board.exchange.people import people_of
from review_board.exchange.read_rows import (
    ColumnReader,
    UnreadCell,
    Values,
    column_readers,
    read_row,
)
from review_board.exchange.row_place import ENDS, end_taken, has_own_end
from review_board.exchange.row_tally import Tally, missing_columns, row_notices, state_uses
from review_board.exchange.source_mapping import SourceMapping, source_of
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.text import clean, fold
from review_board.wording import plural

_IDENTITY = build_prospect.NAMING | {"id"}
_ORIGIN = frozenset({"source", "created"})
"""What a card of a list of deals is called by where no column names anybody."""
_KEY = ("name", "company", "contact", "first_name", "last_name", "product")
_RETIRED = ("is_deleted", "is_converted")
_SAID = SourceMapping.__slots__
"""What can be said of how a list is read, here and among the options."""
MOST_PROSPECTS = 100_000
"""Most rows of a list of deals or leads: each takes some 2 KB until it is saved, and a board is laid out for half as many."""
_SAMPLES, _SAMPLE_ROWS, _SAMPLE_WIDTH = 3, 200, 60


class _Importer:
    """Takes the rows of one table in order; knows which ids and rows it has seen."""

    def __init__(
        self,
        columns: tuple[ColumnReader, ...],
        context: ImportContext,
        options: ImportOptions,
        links: RowLinks | None = None,
        order: DateOrder | None = None,
    ) -> None:
        self._links = links
        self._order = order
        self.tally = Tally()
        self._columns = columns
        ignored = () if options.include_retired else _RETIRED
        self._marks = tuple(column for column in columns if column.field in ignored)
        self._context = context
        self._options = options
        self._ids = tuple(column for column in columns if column.field == "id")
        self._id_header = next((canonical(column.header) for column in self._ids), "")
        self._namesakes = DistinctIds()
        self._place_of_ids: dict[str, int] = {}
        self._numbers: list[int] = []
        self._row_of_cells: dict[int, int] = {}
        self._meanings: dict[tuple[object, ...], tuple[StageMeaning, str, bool]] = {}
        self._said = _meaning_of_words(options.stages)

    def take(self, number: int, cells: Cells) -> None:
        """Make a prospect of a row, skip it, or note it as bad."""
        try:
            row = self._plain_row(number, cells)
            if row is None:
                return
            prospect = build_prospect.build(row, self._context)
            if self._comes_again(row, prospect):
                return
        except InvalidValueError as error:
            self.tally.skip(number, error.message, "bad", tuple(cells))
            return
        self.tally.prospects.append(prospect)
        self._numbers.append(number)
        if row.unread:
            self.tally.note_unread(row)
        self.tally.steps_noted += build_prospect.has_step_without_day(row.values)
        asking = filter(asks_for_no_contact, row.values.get("note", ()))
        self.tally.asking += [(number, text) for text in asking]
        self.tally.became_notes |= build_prospect.last_activity_alone(row.values)
        trouble, taken = end_taken(row.values, row.meaning, self._context)
        if trouble:
            self.tally.ends_taken[row.meaning, trouble, taken] += 1
        if not has_own_end(row.values, row.meaning):
            self.tally.without_end.add(prospect.id)

    def _comes_again(self, row: build_prospect.PlainRow, prospect: Prospect) -> bool:
        """Return whether an earlier row has this id; who else it names at the same deal is added to that."""
        here = self.tally.prospects
        place = (
            self._place_of_ids.setdefault(prospect.id, len(here)) if row.source_id else len(here)
        )
        if place == len(here):
            return False
        first, number = here[place], self._numbers[place]
        added = build_prospect.with_people_of(first, prospect) if row.people else None
        if added is None:
            raise InvalidValueError(f"its id {row.source_id[:40]!r} is that of row {number}")
        here.put(place, added)
        who = ", ".join(contact.name for contact in added.contacts[len(first.contacts) :])
        told = f"; {who[:60]} is added to it" if who else ""
        self.tally.skip(row.number, f"row {number} again{told}", "duplicates")
        return True

    def _plain_row(self, number: int, cells: Cells) -> build_prospect.PlainRow | None:
        """Return what a row says, or ``None`` for one that is left out on purpose."""
        if self._marks and any(read_row(cells, self._marks)[0].values()):
            self._retire(number, cells, "marked as deleted, merged or converted")
            return None
        values, unread = read_row(cells, self._columns)
        meaning, word, is_known = self._meaning_of(values)
        if word:
            self.tally.states[word, meaning] += 1
        if meaning is StageMeaning.RETIRED and not self._options.include_retired:
            self._retire(number, cells, "archived, or converted into another record")
            return None
        # by the hash of its cells, which no list can choose
        if (first := self._row_of_cells.setdefault(hash(tuple(cells)), number)) != number:
            self.tally.skip(number, f"the same as row {first}", "duplicates")
            return None
        prospect_id = self._id_of(values)
        people = people_of(values, self._context.kind)
        if self._links:
            self._links.add_row(prospect_id, values, people, cells)
        meaning = _opened(meaning, word, values)
        if build_prospect.has_step_without_day(values) and meaning not in ENDS:
            self._read_step(values)
        is_known = is_known or meaning is not StageMeaning.OPEN
        if not is_known:
            self.tally.unknown[word] += 1
        if unread:
            unread = self._without_wrong_currency(values, unread)
        self._note_currency(number, values, cells)
        if people:
            self._tell_company(values, people[0].name)
        known_as = values.get("id", "")
        return build_prospect.PlainRow(
            number, known_as, prospect_id, values, meaning, people, unread, is_known=is_known
        )

    def _retire(self, number: int, cells: Cells, reason: str) -> None:
        """Leave out a row that is no more there; its id is kept, as a card here may be it."""
        self.tally.skip(number, reason, "retired")
        self.tally.retired.update(filter(None, [read_row(cells, self._ids)[0].get("id")]))

    def _meaning_of(self, values: Values) -> tuple[StageMeaning, str, bool]:
        """Return what a row means, the word that says so, and whether it is known; alike rows mean alike."""
        key = row_stage.evidence_key(values)
        if found := self._meanings.get(key):
            return found
        try:
            meaning = row_stage.row_meaning(values, self._said)
        except InvalidValueError:
            if word := values.get("status") or values.get("stage"):
                self.tally.states[word, StageMeaning.CLOSED] += 1
            raise
        word = row_stage.telling_word(values, meaning, self._said)
        self._meanings[key] = meaning, word, not row_stage.is_unknown(values, self._said)
        return self._meanings[key]

    def _read_step(self, values: Values) -> None:
        words = values["next_step"]
        if day := day_in_words(words, self._order, self._context.today):
            values["next_activity"] = ParsedDay(day)
            self.tally.named_days.append((words, day))

    def _tell_company(self, values: Values, person: str) -> None:
        """Part company and person: Odoo writes "Birch Hall, Mia Brandt", and a lead may have the company's name."""
        if "company" in values:
            values["company"] = values["company"].removesuffix(f", {person}")
        elif self._context.kind == "leads" and person not in {"", values.get("name", person)}:
            values["company"] = values.pop("name")

    def _note_currency(self, number: int, values: Values, cells: Cells) -> None:
        """Note a value that names no currency, or by its code (or €) another than stands beside it."""
        if "value" not in values:
            return
        named, beside = values["value"].currency, values.get("currency")
        self.tally.assumed_currency |= not (named or beside)
        if named and beside and named != beside:
            texts = [cells[one.place].upper() for one in self._columns if one.field == "value"]
            if any(named in text or (named == "EUR" and "€" in text) for text in texts):
                self.tally.otherwise.setdefault(f"{named} beside {beside}", []).append(number)

    def _without_wrong_currency(
        self, values: Values, unread: tuple[UnreadCell, ...]
    ) -> tuple[UnreadCell, ...]:
        """Leave the value open where its currency could not be read: it would be a wrong one."""
        currency = next((cell for cell in unread if cell.field == "currency"), None)
        if currency and "value" in values and not values["value"].currency:
            text = f"{values.pop('value').amount:f} {currency.text}"
            return (*unread, UnreadCell("value", "value", text, currency.reason))
        return unread

    def _id_of(self, row: Values) -> str:
        """Return the id, from the list's own or what names the row: then no two rows share one."""
        kind = self._context.kind
        if "id" not in row:
            created = str(row["created"].day) if "created" in row else ""
            origin = "" if build_prospect.NAMING & self._context.fields else row.get("source", "")
            reach = (*row.get("email", ()), *row.get("phone", ()), *filter(None, [origin]))
            return self._namesakes.id_of(
                (kind, *(row.get(name, "") for name in _KEY), *reach, created)
            )
        return content_id(kind, self._id_header, whole_id(row["id"]))


def _meaning_of_words(
    given: Mapping[str, StageMeaning],
) -> Callable[[str], StageMeaning | None]:
    if not given:
        return stage_meaning
    said = {fold(word.strip()): meaning for word, meaning in given.items()}
    return lambda word: said.get(fold(word.strip())) or stage_meaning(word)


def column_names(options: ImportOptions) -> Callable[[str], bool]:
    """Return what tells whether a cell is the name of a column: a known one, or one chosen by hand."""
    chosen = {canonical(header) for header in options.columns}
    return lambda cell: is_known(cell) or canonical(cell) in chosen


def import_table(
    table: ListTable,
    options: ImportOptions,
    now: datetime,
    recognised: RecognisedList | None = None,
    links: Links | None = None,
) -> ImportResult:
    """Return the prospects in a table; rows that cannot be read are refused one by one.

    When most rows cannot be read, the list was not understood and is refused whole (``skip_bad``
    takes the rest). ``recognised`` says what the list is where its form tells; ``links`` take what
    other files may point to. For a look the refused list is returned, with why it was refused.
    """
    source = source_of(table.headers, recognised or recognise(table.headers))
    given = SourceMapping(**{name: getattr(options, name) for name in _SAID})
    applied = options.remembered(source).fitting(table.headers).under(given)
    options = replace(options, **{name: getattr(applied, name) for name in _SAID})
    by_hand = chosen_fields(table.headers, options.columns)
    recognised = recognised or recognise(
        [by_hand[i].field if i in by_hand else name for i, name in enumerate(table.headers)]
    )
    try:
        result = _imported(table, options, now, recognised, links)
    except InvalidValueError as error:
        if not options.looks:
            raise
        result = _refused(table, options, recognised, error)
    return replace(result, source_key=source, applied=applied)


def _imported(
    table: ListTable,
    options: ImportOptions,
    now: datetime,
    recognised: RecognisedList,
    links: Links | None,
) -> ImportResult:
    """Return the prospects in a table whose source is known and all that was said about it."""
    kind = kind_to_import(options.kind or recognised.kind)
    if len(table.rows) > MOST_PROSPECTS:
        raise InvalidValueError(
            f"it lists {len(table.rows):,} {kind}, and {MOST_PROSPECTS:,} is the most",
            "export fewer, such as the open ones",
        )
    plan = plan_columns(table, kind, options.columns)
    _refuse_useless(table, plan, kind)
    own_currency = _currency(table, plan)
    context = ImportContext(
        kind,
        now,
        options.by,
        own_currency or options.currency,
        options.source or recognised.origin,
        frozenset(plan.places),
    )
    defaults = TypingDefaults(context.currency, context.today)
    columns = column_readers(table, plan, options, defaults)
    own = plan.places.get("id", (None,))[0]
    row_links = RowLinks(links, kind, table.headers, own) if links is not None else None
    order = options.dates or plan.day_order
    own_words = row_stage.words_of_source(recognised.origin, _words(table, plan))
    with_own = replace(options, stages={**own_words, **options.stages})
    importer = _Importer(columns, context, with_own, row_links, order)
    for number, cells in options.progress.over(table.rows, "reading rows", len(table.rows)):
        importer.take(number, cells)
    importer.tally.assumed_currency &= not own_currency
    _refuse_retired(table, importer.tally)
    found = _result(table, plan, recognised, importer.tally, context)
    return found.without_most_refused(skip_bad=options.skip_bad)


def _words(table: ListTable, plan: ColumnPlan) -> set[str]:
    places = (*plan.places.get("stage", ()), *plan.places.get("status", ()))
    return {cell.strip() for place in places for cell in table.column(place)}


def _refused(
    table: ListTable,
    options: ImportOptions,
    recognised: RecognisedList,
    error: InvalidValueError,
) -> ImportResult:
    """Return a list of which nothing can be taken in, as far as it was understood."""
    kind = options.kind or recognised.kind or ANY_LIST
    plan = plan_columns(table, "leads" if kind == "leads" else "deals", options.columns)
    rows = error.rows if isinstance(error, BadRowsError) else ()
    return ImportResult(
        kind=kind,
        origin=kind,
        confidence=recognised.confidence,
        rows=len(table.rows) + len(table.bad),
        headers=table.headers,
        skipped=rows,
        columns=tuple(_column_uses(table, plan)),
        trouble=error.message,
        asks=error.asks if isinstance(error, UnclearError) else "",
        cure=error.cure,
    )


def _column_uses(table: ListTable, plan: ColumnPlan) -> Iterator[ColumnUse]:
    """Yield each column that holds anything, with its first different cells."""
    field_of = {place: name for name, places in plan.places.items() for place in places}
    for place, header in enumerate(table.headers):
        cells = (clean(cells[place][:_SAMPLE_WIDTH]) for _, cells in table.rows[:_SAMPLE_ROWS])
        samples = tuple(islice(dict.fromkeys(filter(None, cells)), _SAMPLES))
        name = header or f"column {place + 1}"
        if samples or place in field_of:
            yield ColumnUse(name, field_of.get(place, ""), samples, plan.likely.get(header, ""))


def _refuse_useless(table: ListTable, plan: ColumnPlan, kind: str) -> None:
    if not table.rows and not table.bad:
        raise InvalidValueError("it has no rows under its header", "export the list again")
    if not table.rows:
        raise BadRowsError(table.bad, len(table.bad), table.headers)
    found = plan.places.keys()
    if not (found & _IDENTITY or (kind == "deals" and found >= _ORIGIN)):
        raise InvalidValueError(
            "no column says who its rows are about",
            "add a name or company, or say which column it is with --map name=HEADER",
        )


def _currency(table: ListTable, plan: ColumnPlan) -> str:
    """Return the currency that the amounts are in: by their header, or by most of them; or nothing."""
    places = plan.places.get("value", ())
    if not places:
        return ""
    named = header_currency(table.headers[places[0]])
    return named or common_currency(table.column(places[0]))


def _refuse_retired(table: ListTable, tally: Tally) -> None:
    if not tally.prospects and tally.retired_rows == len(table.rows):
        total = len(table.rows) + len(table.bad)
        rows = plural(total, "its only row is", f"all {total:,} rows are")
        raise InvalidValueError(
            f"{rows} marked as deleted, archived or converted", "--include-retired takes them"
        )


def _result(
    table: ListTable,
    plan: ColumnPlan,
    recognised: RecognisedList,
    tally: Tally,
    context: ImportContext,
) -> ImportResult:
    skipped = (*table.skipped, *table.bad, *tally.skipped)
    return ImportResult(
        prospects=tally.prospects,
        kind=context.kind,
        origin=recognised.origin,
        confidence=recognised.confidence
        if recognised.kind
        else f"taken as {context.kind} because you say so",
        mapping={
            name: tuple(table.headers[place] for place in places)
            for name, places in plan.places.items()
        },
        unmapped=tuple(plan.unmapped),
        skipped=tuple(sorted(skipped, key=lambda row: row.row)),
        notices=(*plan.notices, *row_notices(table, plan, tally, context)),
        rows=len(table.rows) + len(table.bad),
        warnings=tuple(missing_columns(plan, context)),
        headers=table.headers,
        retired=frozenset(tally.retired),
        without_end=frozenset(tally.without_end),
        source=context.source,
        day_order=plan.day_order,
        has_dots=any("." in cell for i in plan.places.get("value", ()) for cell in table.column(i)),
        columns=tuple(_column_uses(table, plan)),
        states=tuple(state_uses(tally)),
    )


def _opened(meaning: StageMeaning, word: str, values: Values) -> StageMeaning:
    """Return where a row goes: what retired or has a quote out is open, and its stage tells of the quote."""
    if meaning is StageMeaning.QUOTE:
        values["stage"] = f"{word} (quote sent)"
    return StageMeaning.OPEN if meaning in {StageMeaning.RETIRED, StageMeaning.QUOTE} else meaning
