"""The one door in: files of any known shape become prospects and their history, or one clear refusal.

Each file is told by its content. Deals and leads become prospects; then companies, contacts and
activities, of these files or for prospects of the pipeline, are joined to them. The same file gives the
same ids whenever and under whatever name it is read. What becomes of those who are in the pipeline
already is decided with it (``review_board.imports``); only an export of ours leaves them out by itself
(``ImportOptions.existing``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange import decoding, list_kinds, project_json
from review_board.exchange.activity_rows import ActivityReader
from review_board.exchange.calendar_rows import HEADERS as CALENDAR_HEADERS
from review_board.exchange.calendar_rows import calendar_rows, looks_like_calendar
from review_board.exchange.contact_cards import card_rows, looks_like_cards
from review_board.exchange.delimited import read_records
from review_board.exchange.gather_history import GatheredHistory
from review_board.exchange.header_synonyms import meaning_of
from review_board.exchange.import_result import (
    HistoryReport,
    ImportContext,
    ImportOptions,
    ImportResult,
    JoinedHistory,
)
from review_board.exchange.json_records import record_lists, record_rows
from review_board.exchange.links import Links
from review_board.exchange.list_table import table_of
from review_board.exchange.number_formats import tells_formats
from review_board.exchange.own_table import is_own_header, own_delimiter, own_records
from review_board.exchange.page_tables import page_tables
from review_board.exchange.people_rows import take_people
from review_board.exchange.record_links import names_deals, take_links, with_details
from review_board.exchange.source_mapping import source_of
from review_board.exchange.spreadsheets import chosen_sheets, looks_like_spreadsheet, read_sheets
from review_board.exchange.table_choice import (
    BESIDE,
    FoundTable,
    ReadFile,
    choose_table,
    find_tables,
)
from review_board.exchange.tables import column_names, import_table
from review_board.exchange.tables_out import MENDED, as_in_the_list, is_refused_csv
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect
from review_board.progress import Progress, StoppedError, without_collecting
from review_board.wording import plural

_HIDDEN_CURRENCY = (
    "a currency that only the format of a cell shows is not read from this kind of workbook: "
    "if there is one, save it as .xlsx, or say --currency"
)
_CARDS = list_kinds.RecognisedList("leads", "contact cards", "contact cards, each taken as a lead")


def read_stream(stream: BinaryIO) -> bytes:
    """Return all that a program hands over, as long as it is no more than a file may hold."""
    data = stream.read(decoding.SIZE_LIMIT + 1)
    if len(data) > decoding.SIZE_LIMIT:
        size = decoding.SIZE_LIMIT // 1_000_000
        raise InvalidValueError(f"it is larger than {size} MB", "split it")
    return data


def read_files(
    paths: Sequence[Path], *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return what files give together: prospects, and the history, people and companies for them.

    Every error of a single one names it, and then nothing was imported. ``now`` is aware of its zone, in
    which days and times without one are read.
    """
    try:
        names = decoding.shown_names(paths)
        files = [(name, decoding.read_bytes(path)) for name, path in zip(names, paths, strict=True)]
        return import_files(files, now=now, options=options or ImportOptions())
    except ReviewBoardError as error:
        if len(paths) == 1:
            error.message = f"{decoding.shown_name(paths[0])}: {error.message}"
        raise


def import_bytes(
    data: bytes, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in the bytes of a file: a pure function of them, ``now`` and the options."""
    return import_files([("the input", data)], now=now, options=options or ImportOptions())


def import_files(
    files: Sequence[tuple[str, bytes]], *, now: datetime, options: ImportOptions
) -> ImportResult:
    """Return what the named files give together; a pure function of them, ``now`` and the options.

    Of several files, one that is of no use here is left out with a warning; an only one is refused.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    with without_collecting():
        whole = _Import(files, now, options)
        del files  # their bytes are read, and nobody needs them any more
        return whole.result()


class _Import:
    """One import of several files."""

    def __init__(
        self, files: Sequence[tuple[str, bytes]], now: datetime, options: ImportOptions
    ) -> None:
        self._now, self._options = now, options
        self._is_single = len(files) == 1
        self._trouble: list[tuple[str, ReviewBoardError]] = []
        self._files = [file for name, data in files if (file := self._tried(name, data))]
        self._links = Links()

    def result(self) -> ImportResult:
        """Return prospects and history of all files; for a look why none of them can be read."""
        self._choose_lists()
        beside = [(file.name, table) for file in self._files for table in file.beside]
        parts: list[tuple[str, ImportResult]] = []
        for file in self._files:
            links = Links()
            if part := self._list_of(file, links if beside else None):
                self._links.take(links, len(parts))
                parts.append(part)
        if not parts and not beside:
            return self._none_readable()
        whole = _joined(parts)
        if beside and not parts and not self._options.existing:
            list_kinds.kind_to_import(beside[0][1].kind)
        if beside:
            files = FilesBeside(beside, self._links, self._now, self._options)
            whole = replace(whole, beside=files.onto)
        warnings = (
            f"{name} was left out: {'; '.join(filter(None, (e.message, e.cure)))}"
            for name, e in self._trouble
        )
        unread = frozenset(name for name, _ in self._trouble)
        return replace(whole, warnings=(*warnings, *whole.warnings), unread=unread)

    def _choose_lists(self) -> None:
        """Take contact cards as people of the prospects where another file lists deals or leads.

        Where none does, people may be leads; a look that has nobody to add them to shows them as a list.
        """
        lists = [file for file in self._files if file.is_list]
        if any(not file.recognised for file in lists):
            for file in lists:
                if file.recognised:
                    file.put_beside("contacts")
        for file in () if lists else self._files:
            self._take_as_leads(file)
            is_shown = self._is_single and self._options.looks and not self._options.existing
            if is_shown and file.beside and not file.is_list:
                file.take_as_list()

    def _take_as_leads(self, file: ReadFile) -> None:
        """Take people or companies with states of a sale as leads, where nothing else lists any."""
        found = file.beside[0] if file.beside else None
        if not found or found.kind not in {"contacts", "companies"}:
            return
        table = found.table
        meanings = map(meaning_of, table.headers)
        places = [i for i, meant in enumerate(meanings) if meant and meant.field == "status"]
        states = table.column(places[0]) if places else ()
        if recognised := list_kinds.sold_to(table.headers, states):
            file.take_as_list(recognised)

    def _tried(self, name: str, data: bytes) -> ReadFile | None:
        """Return what a file holds; of several, one that cannot be read is left out."""
        try:
            return _loaded(name, data, self._options.for_file(name), self._now)
        except ReviewBoardError as error:
            self._leave_out(name, error)
            return None

    def _leave_out(self, name: str, error: ReviewBoardError) -> None:
        if isinstance(error, StoppedError) or (self._is_single and not self._options.looks):
            raise error
        self._trouble.append((name, error))

    def _none_readable(self) -> ImportResult:
        """Refuse the files by the first of them, or return that to be looked at."""
        name, error = self._trouble[0]
        if not self._options.looks:
            error.message = f"{name}: {error.message}"
            raise error
        others = tuple(f"{other}: {e}" for other, e in self._trouble[1:])
        found = ImportResult(confidence="not read", warnings=others, file=name)
        return replace(found, trouble=error.message, cure=error.cure)

    def _list_of(self, file: ReadFile, links: Links | None) -> tuple[str, ImportResult] | None:
        """Return the prospects of a file, if it holds a list of them."""
        try:
            if file.own and (part := self._own_of(file)):
                return file.name, part
            if file.table is None:
                return None
            options = self._options.for_file(file.name)
            result = import_table(file.table, options, self._now, file.recognised, links)
        except ReviewBoardError as error:
            self._leave_out(file.name, error)
            return None
        notices = (*file.notices, *result.notices)
        if "value" not in result.mapping or "currency" in result.mapping:
            notices = tuple(text for text in notices if text != _HIDDEN_CURRENCY)
        return file.name, replace(
            result,
            notices=notices,
            file=file.name,
            sheets=file.sheets,
            read_sheets=file.read_sheets if file.sheets else (),
        )

    def _own_of(self, file: ReadFile) -> ImportResult | None:
        """Return a pipeline of our own; a list that is none goes on as a table, to be refused as one."""
        assert file.own is not None
        try:
            return file.own()
        except ReviewBoardError:
            if file.table and (self._options.looks or "name" not in file.table.headers):
                return None
            raise


@dataclass(frozen=True, slots=True)
class FilesBeside:
    """Tables of companies, contacts and activities by the names of their files, and what leads to whom."""

    tables: Sequence[tuple[str, FoundTable]]
    links: Links
    now: datetime
    options: ImportOptions

    def onto(
        self, prospects: Mapping[str, Prospect], same: Mapping[str, str], progress: Progress
    ) -> JoinedHistory:
        """Join them to these prospects; ``InvalidValueError`` where one cannot be read."""
        links = self.links.within(prospects, same)
        links.add_known(prospects, progress)
        context = ImportContext("deals", self.now, self.options.by, self.options.currency)
        history = GatheredHistory(prospects, links, context)
        with without_collecting():
            for name, found in sorted(self._whole(), key=_turn):
                label = f"{name} ({found.name})" if found.name else name
                try:
                    self._take(history, label, found, progress)
                except InvalidValueError as error:
                    error.message = f"{label}: {error.message}"
                    raise
        return history.joined()

    def _whole(self) -> Iterator[tuple[str, FoundTable]]:
        """Yield the tables, those of activities with what others tell of their rows."""
        activities = [found.table for _, found in self.tables if found.kind == "activities"]
        told = dict(zip(map(id, activities), with_details(activities), strict=True))
        for name, found in self.tables:
            table = told.get(id(found.table), found.table)
            kind = found.kind if table else "details"
            yield name, replace(found, table=table or found.table, kind=kind)

    def _take(
        self, history: GatheredHistory, label: str, found: FoundTable, progress: Progress
    ) -> None:
        table = found.table
        if found.kind == "activities":
            rows = ActivityReader(table, self.options).rows()
            rows = progress.over(rows, "joining activities", len(table.rows))
            is_calendar = table.headers == CALENDAR_HEADERS
            history.take_activities(label, found.kind, rows, by_title=is_calendar)
        elif found.kind == "links":
            take_links(history, label, table)
        elif found.kind == "details":
            history.reports.append(HistoryReport(label, found.kind, len(table.rows)))
        else:
            take_people(history, label, found.kind, table, self.options)


def _turn(named: tuple[str, FoundTable]) -> tuple[int, bool]:
    """Return when a table is read: who leads to a deal comes before those who lead to them."""
    return BESIDE.index(named[1].kind), not names_deals(named[1].table)


def _loaded(name: str, data: bytes, options: ImportOptions, now: datetime) -> ReadFile:
    options.progress.begin(f"looking at {name}" if name else "looking at the file")
    if looks_like_spreadsheet(data):
        return _of_workbook(name, data, options, now)
    text = decoding.decode(data)
    if decoding.is_page(text):
        return _of_page(name, text, options)
    if delimiter := own_delimiter(text):
        rows = own_records(text, delimiter)
        return ReadFile(name, own=partial(project_json.import_own_rows, rows, options, now))
    if text.lstrip()[:1] in {"{", "["}:
        options.progress.begin("reading the JSON")
        return _of_json(name, project_json.load_json(text), options)
    if looks_like_cards(text):
        cards = table_of(card_rows(text), column_names(options))
        return ReadFile(name, cards, recognised=_CARDS)
    if looks_like_calendar(text):
        entries = table_of(calendar_rows(text), column_names(options))
        return ReadFile(name, beside=[FoundTable("", entries, "activities")])
    return _of_sheets(name, [("", read_records(text))], options)


def _of_workbook(name: str, data: bytes, options: ImportOptions, now: datetime) -> ReadFile:
    sheets = read_sheets(data, options.progress)
    wanted = chosen_sheets(sheets, options.sheet_of.get(name) or options.sheet)
    if wanted[0].rows and is_own_header(wanted[0].rows[0][1]):
        rows = wanted[0].rows
        return ReadFile(name, own=partial(project_json.import_own_rows, rows, options, now))
    file = _of_sheets(name, [(sheet.name, sheet.rows) for sheet in wanted], options)
    file.sheets = tuple(sheet.name for sheet in sheets if sheet.rows)
    file.notices += () if tells_formats(data) else (_HIDDEN_CURRENCY,)
    if hidden := sum(sheet.hidden for sheet in wanted if sheet.name in file.read_sheets):
        them = plural(hidden, "row that the sheet hides was", "rows that the sheet hides were")
        file.notices += (f"{hidden:,} {them} read as well",)
    return file


def _of_page(name: str, text: str, options: ImportOptions) -> ReadFile:
    file = _of_sheets(name, [("", rows) for rows in page_tables(text)], options)
    if file.table and not any(map(column_names(options), file.table.headers)):
        raise decoding.page_without_list()
    return file


def _of_sheets(name: str, sheets: Any, options: ImportOptions) -> ReadFile:
    mended = {sheet: as_in_the_list(rows) for sheet, rows in sheets if is_refused_csv(rows)}
    lists = [(sheet, mended.get(sheet, rows)) for sheet, rows in sheets]
    file = choose_table(name, find_tables(lists, options), options)
    assert file.table is not None
    file.notices = (MENDED, *file.notices) if mended else file.notices
    source = source_of(file.table.headers, list_kinds.recognise(file.table.headers))
    file.kind = options.kind or options.remembered(source).kind or file.kind
    if file.kind in BESIDE:
        file.put_beside(file.kind)
    return file


def _of_json(name: str, loaded: Any, options: ImportOptions) -> ReadFile:
    """Return JSON as what it is: our own form, or the records of another program."""
    lists = [("", record_rows(records, options.progress)) for records in record_lists(loaded)]
    if project_json.is_own(loaded) or not lists:
        return ReadFile(name, own=partial(project_json.import_json, loaded, options))
    file = _of_sheets(name, lists, options)
    if not file.kind:
        file.own = partial(project_json.import_json, loaded, options)
    return file


def _joined(parts: Sequence[tuple[str, ImportResult]]) -> ImportResult:
    if not parts:
        return ImportResult(kind="deals", confidence="history")
    first = parts[0][1]
    if len(parts) == 1:
        return first
    prospects = PackedProspects()
    for _, part in parts:
        prospects.extend(part.prospects)
    return replace(
        first,
        prospects=prospects,
        confidence=f"{len(parts)} lists together",
        skipped=tuple(row for _, part in parts for row in part.skipped),
        notices=(),
        warnings=(),
        rows=sum(part.rows for _, part in parts),
        parts=tuple(parts),
    )
