"""The one door in: a file of any known shape becomes prospects, or one clear refusal.

The same file gives the same ids whenever and under whatever name it is read. The policy for a
second import: what is in the pipeline already (``ImportOptions.existing``) is skipped and counted,
never overwritten, because the pipeline knows more than the list it once came from.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange.contact_cards import card_rows, looks_like_cards
from review_board.exchange.decoding import SIZE_LIMIT, decode, read_bytes, shown_name
from review_board.exchange.delimited import read_records
from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.json_records import record_lists, record_rows
from review_board.exchange.list_kinds import RecognisedList, recognise
from review_board.exchange.list_table import table_of
from review_board.exchange.own_table import is_own_header, own_delimiter, own_records
from review_board.exchange.project_json import (
    import_json,
    import_own_rows,
    is_own,
    load_json,
    looks_like_json,
)
from review_board.exchange.spreadsheets import looks_like_spreadsheet, read_sheets
from review_board.exchange.table_choice import TableChoice, choose_table
from review_board.exchange.tables import column_names, import_table


def read_prospects(
    path: Path, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in a file; every error names the file, and then nothing was imported.

    ``now`` is aware of its zone, in which days and times without one are read.
    """
    try:
        return import_bytes(read_bytes(path), now=now, options=options)
    except ReviewBoardError as error:
        error.message = f"{shown_name(path)}: {error.message}"
        raise


def read_stream(stream: BinaryIO, limit: int = SIZE_LIMIT) -> bytes:
    """Return all that a program hands over, as long as it is no more than a file may hold."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InvalidValueError(f"it is larger than {limit // 1_000_000} MB", "split it")
    return data


def import_bytes(
    data: bytes, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in the bytes of a file: a pure function of them, ``now`` and the options."""
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    options = options or ImportOptions()
    with _without_collecting():
        if looks_like_spreadsheet(data):
            sheets = read_sheets(data)
            if sheets[0].rows and is_own_header(sheets[0].rows[0][1]):
                return import_own_rows(sheets[0].rows, options, now)
            return _of_choice(choose_table(sheets, options), options, now)
        text = decode(data)
        if delimiter := own_delimiter(text):
            return import_own_rows(own_records(text, delimiter), options, now)
        if looks_like_json(text):
            return _of_json(load_json(text), options, now)
        if looks_like_cards(text):
            cards = table_of(card_rows(text), column_names(options))
            return import_table(cards, options, now, _CARDS)
        return _of_choice(choose_table([("", read_records(text))], options), options, now)


_CARDS = RecognisedList("leads", "contact cards", "contact cards, each taken as a lead")


def _of_choice(choice: TableChoice, options: ImportOptions, now: datetime) -> ImportResult:
    result = import_table(choice.table, options, now)
    return replace(result, notices=(*choice.notices, *result.notices))


def _of_json(loaded: Any, options: ImportOptions, now: datetime) -> ImportResult:
    """Return the prospects in JSON: our own form, or the records of another program."""
    lists = [("", record_rows(records)) for records in record_lists(loaded)]
    if is_own(loaded) or not lists:
        return import_json(loaded, options)
    choice = choose_table(lists, options)
    if recognise(choice.table.headers) is None and not options.kind:
        return import_json(loaded, options)
    return _of_choice(choice, options, now)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Collect no garbage meanwhile: it would only walk a heap that grows and stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
