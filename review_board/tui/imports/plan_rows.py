"""What the look at a list shows, as plain rows: warnings, sums, stage words, columns, what becomes of it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from review_board.board.index import entry_of
from review_board.exchange.header_synonyms import NOTED_SECOND
from review_board.exchange.header_words import ANY_LIST, field_words
from review_board.exchange.import_result import (
    ColumnUse,
    HistoryReport,
    ImportResult,
    SkippedRow,
    StateUse,
    lists_of,
)
from review_board.imports.board_changes import BoardChange
from review_board.imports.identity import NearMatch, near_words
from review_board.imports.joined_history import how_read, left_out_lines, told_first
from review_board.imports.list_again import OLDER
from review_board.imports.plan import ImportPlan
from review_board.imports.plan_lines import MEANING_WORDS, rest_lines
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update, update_words
from review_board.pipeline.money import side_by_side
from review_board.tui.imports.questions import (
    ORDERS,
    WHOLE_NAMES,
    WHOLES,
)
from review_board.tui.rows import Cell, CellColour, Col, Row, heading
from review_board.wording import several

COLS = (
    Col("", 1),
    Col("in the list", share=5, most=40),
    Col("becomes", 22),
    Col("for example", share=6),
)
COLUMN, STATE, BOTH, NEAR, WHOLE, HINT, SHEET, WARNING, MISSING = (
    *("column/", "state/", "both/", "near/", "whole/"),
    *("hint/", "sheet/", "warning/", "missing/"),
)
"""How the ids of the rows begin that can be changed, and that lead to those."""
_ACT, _QUIET = CellColour.ACT, CellColour.QUIET

Sides = Mapping[tuple[str, str], bool]
"""For a prospect and a field of which list and board differ: whether it becomes as in the list."""


def taken_of(sides: Sides) -> set[tuple[str, str]]:
    """Return the fields that become as in the list."""
    return {field for field, is_theirs in sides.items() if is_theirs}


def import_rows(
    plan: ImportPlan, changes: Sequence[BoardChange], sides: Sides, enter: str = "enter"
) -> list[Row]:
    """Return the rows from top to bottom; the key ``enter`` changes those of columns and stage words."""
    lists = lists_of(plan.result)
    chosen = plan.taking(taken_of(sides))
    undecided = ", without what is to decide" if chosen.undecided else ""
    sections: list[tuple[str, list[Row]]] = [
        ("Look at this first", [*_warnings(chosen, enter)]),
        (
            "What it is",
            [row for place, one in enumerate(lists) for row in _what(place, one, enter)],
        ),
        (
            "How activities, people and companies are read",
            [row for place, one in enumerate(plan.joined.reports) for row in _joined(place, one)],
        ),
        (f"New, or here already: {enter} chooses", [_near(one) for one in plan.near]),
        (f"On the board, before and after{undecided}", [_change(change) for change in changes]),
        (
            f"The list and the board differ: {enter} chooses",
            [_both(*one, sides) for one in plan.conflicts],
        ),
        (
            f"Your decision stands: {enter} takes the list's word instead",
            [_both(*one, sides, usual=False) for one in plan.standing],
        ),
        (f"One by one: {chosen.tally}", [*_one_by_one(chosen)] if plan.on_record else []),
        ("Gone from the list: after the import gone:yes finds them", [*gone_rows(plan)]),
        (
            "Refused",
            [_refused(place, row) for place, one in enumerate(lists) for row in one.refused],
        ),
    ]
    for place, one in enumerate(lists):
        name = f" of {plan.result.parts[place][0]}" if plan.result.parts else ""
        states = [_state(place, use) for use in one.states]
        sections.append((f"Stages and states{name}: {enter} says what one means", states))
        columns = [_column(place, use, one.columns[:n]) for n, use in enumerate(one.columns)]
        sections.append((f"Columns{name}: {enter} says what one is", columns))
    rest = [_line(f"line/{i}", _on_screen(w)) for i, w in enumerate(rest_lines(plan))]
    sections.append(("What else there is to know", rest))
    return [row for title, rows in sections if rows for row in (heading(title), *rows)]


def _warnings(plan: ImportPlan, enter: str) -> Iterator[Row]:
    """Yield why a list was not understood, and what was left unread that the key ``enter`` takes."""
    lists = lists_of(plan.result)
    several_lists = plan.result.warnings if plan.result.parts else ()
    texts = [text for one in lists for text in _trouble(one, enter)]
    texts += [*several_lists, *(w for one in lists for w in one.warnings)]
    yield from (_line(f"{WARNING}{i}", _on_screen(w), "!") for i, w in enumerate(texts))
    missing = {
        one.words: f"{one.told}{f', {OLDER}' if one.are_newer else ''}; {enter} shows them"
        for one in plan.missing
    }
    for i, w in enumerate(plan.warnings):
        key = f"{MISSING if w in missing else 'here/'}{i}"
        yield _line(key, missing.get(w) or _on_screen(w), "!")
    for place, one in enumerate(lists):
        for use in one.columns:
            if use.likely:
                text = f"{use.hint}: {enter} takes it"
                yield _line(f"{HINT}{place}/{use.header}", text, "!")


def asked_whole(plan: ImportPlan) -> str:
    """Return the key of the question about a whole list that keeps it from coming in; nothing where there is none."""
    lists = enumerate(lists_of(plan.result))
    return next((f"{WHOLE}{place}/{one.asks}" for place, one in lists if one.asks), "")


def unused_keys(plan: ImportPlan) -> set[str]:
    """Return the keys of the columns that are used for nothing."""
    lists = enumerate(lists_of(plan.result))
    return {
        f"{COLUMN}{place}/{u.header}" for place, one in lists for u in one.columns if not u.field
    }


def _on_screen(text: str) -> str:
    """Return a text without the option of the command line that it ends with."""
    return text.partition(": --")[0]


def _one_by_one(plan: ImportPlan) -> Iterator[Row]:
    """Yield what becomes of each prospect that a list tells of anew, those first that end here."""
    for update in plan.closed:
        yield _fate("closed", update.id, update.name, "stays ended", f"here {update.closed}")
    for update in plan.updating:
        becomes = "to decide, and updated" if update.conflicts else "updated"
        yield _fate("updated", update.id, update.name, becomes, update_words(update))
    for document in plan.created.documents():
        new = entry_of(document, Decimal(0), "")
        worth = f", {side_by_side((new.value,))}" if new.value else ""
        place = new.column.title if new.column else "won"
        yield _fate("new", new.id, new.name, "new", f"{place}{worth}")


def gone_rows(plan: ImportPlan) -> Iterator[Row]:
    """Yield each card that a list had before and has no more, also as deleted; those Dropped here last."""
    names = {key: str((plan.seen or {})[key]["name"]) for key in plan.gone}
    names |= {key: name for one in plan.missing for key, name in one.names.items()}
    dropped = {key: name for one in plan.missing for key, name in one.dropped.items()}
    for key, name in names.items():
        if key not in dropped:
            yield _fate("gone", key, name, "stays as it is", "drop or keep it yourself")
    for key, name in dropped.items():
        yield _fate("gone", key, name, "stays Dropped", "")


def _fate(kind: str, prospect_id: str, name: str, becomes: str, words: str) -> Row:
    cells = "", name, becomes, (words, _QUIET)
    return _row(f"{kind}/{prospect_id}", f"{name}: {becomes}: {words}", *cells)


def _refused(place: int, row: SkippedRow) -> Row:
    cells = ("!", _ACT), f"row {row.row}", "not taken in", (row.reason, _QUIET)
    words = f"row {row.row} is not taken in: {row.reason}"
    return _row(f"refused/{place}/{row.row}", words, *cells)


def place_of(row_id: str) -> tuple[int, str]:
    """Return of which list a row is, and its column or word: both are in its id."""
    place, _, name = row_id.partition("/")[2].partition("/")
    return int(place), name


def _line(key: str, text: str, sign: str = "") -> Row:
    """Return a line of text; the whole of it stands below the list."""
    return _row(key, text, (f"{sign}  {text}", _ACT) if sign else f"   {text}")


def _row(key: str, words: str, *cells: Cell) -> Row:
    """Return a row with its cells, and the words that stand below the list while it is in use."""
    return Row(key, key, lambda: cells, lambda: words)


def _trouble(one: ImportResult, enter: str) -> Iterator[str]:
    """Yield why nothing of a list can come in, and what to do: here, where it has columns to be named."""
    if one.trouble:
        told = f"{enter} says which is meant" if one.asks else "say below what it is"
        yield f"{one.trouble}: {told}" if one.columns else one.trouble
    if one.cure and not one.columns:
        yield f"What to do: {one.cure}"


def _what(place: int, one: ImportResult, enter: str) -> Iterator[Row]:
    """Yield what a list was taken for and why, and what was said about it, now or the last time."""
    is_history_alone = bool(one.beside) and not one.counts.rows
    if is_history_alone or (one.trouble and not one.columns and not one.source_key):
        return
    origin = ANY_LIST if one.origin == one.kind else one.origin
    words = f"{several(one.counts.rows, 'row')} from {origin}: {one.confidence}"
    yield _line(f"said/{place}", words)
    said = one.applied
    found = {f"column {h}": field_words(f) or "not used" for h, f in said.columns.items()}
    found |= {f"{w!r}": MEANING_WORDS[m] for w, m in said.stages.items()}
    for what, becomes in found.items():
        yield _line(f"said/{place}/{what}", f"as you said: {what} is {becomes}")
    if len(one.sheets) > 1:
        yield _sheet(place, one, enter)
    if one.source_key:
        for name in WHOLES:
            found_as = {"dates": ORDERS.get(one.day_order or "", "")}
            found_as |= {} if one.trouble else {"kind": one.kind}
            said_so = getattr(said, name) or ""
            is_moot = name == "shared_sign" or (name == "decimal" and not one.has_dots)
            if is_moot and not (said_so or one.asks == name):
                continue
            yield _whole(place, name, said_so, found_as.get(name, ""), enter)


def _joined(place: int, report: HistoryReport) -> Iterator[Row]:
    """Yield what a file beside the lists brings, how each kind of its rows is read, and what is left out."""
    lines = [f"{report.name}: {line}" for line in told_first(report)]
    yield from (_line(f"joined/{place}/{i}", line) for i, line in enumerate(lines))
    for i, one in enumerate(how_read(report)):
        becomes: Cell = (one.becomes, _ACT) if one.is_open else one.becomes
        why = ": ".join(filter(None, [one.said_by, one.examples]))
        cells: tuple[Cell, ...] = "", one.what, becomes, (why, _QUIET)
        yield _row(f"joined/{place}/read/{i}", one.line, *cells)
    for i, line in enumerate(left_out_lines(report)):
        yield _line(f"joined/{place}/left/{i}", f"{report.name}: {line}")


def _whole(place: int, name: str, value: str, found_as: str, enter: str) -> Row:
    question = WHOLES[name]
    label = question.labels[question.values.index(value)]
    by_itself = label if found_as and not value else ""
    becomes: Cell = (found_as or label, _QUIET) if not value else label
    words = f"{question.title} {', '.join(filter(None, [found_as, label]))}; {enter} says it"
    cells = "", WHOLE_NAMES[name], becomes, (by_itself, _QUIET)
    return _row(f"{WHOLE}{place}/{name}", words, *cells)


def _sheet(place: int, one: ImportResult, enter: str) -> Row:
    """Return which sheet of a workbook was read; the others can be chosen."""
    read = ", ".join(one.read_sheets)
    others = ", ".join(name for name in one.sheets if name not in one.read_sheets)
    cells = "", "the sheet", read, (f"not {others}" if others else "", _QUIET)
    return _row(f"{SHEET}{place}/sheet", f"Read is {read}; {enter} chooses another sheet", *cells)


def _near(one: NearMatch) -> Row:
    answers: dict[bool | None, Cell] = {None: ("is asked", _ACT), True: f"{one.name}", False: "new"}
    mark: Cell = ("?", _ACT) if one.is_same is None else ""
    why: Cell = (f"{one.name}: {', '.join(one.why)}", _QUIET)
    return _row(near_row(one), near_words(one), mark, one.row_name, answers[one.is_same], why)


def near_row(one: NearMatch) -> str:
    """Return the id of the row of a question whether a row is on record."""
    return f"{NEAR}{one.place}/{one.row}/{one.id}"


def _change(change: BoardChange) -> Row:
    counts = _arrow(f"{change.before:,}", f"{change.after:,}")
    both = (change.sums_before, change.sums_after)
    sums = _arrow(*(side_by_side(sums) or "nothing" for sums in both))
    words = f"{change.title}: {several(change.before, 'prospect')} now, {change.after:,} then"
    return _row(f"board/{change.title}", words, "", change.title, counts, sums)


def _arrow(before: str, after: str) -> Cell:
    """Return both sides; what stays as it is steps back."""
    return (before, _QUIET) if before == after else f"{before} → {after}"


def row_of(update: Update, field: FieldChange) -> str:
    """Return the id of the row of a field of which list and board differ."""
    return f"{BOTH}{update.id}/{field.field}"


def _both(update: Update, field: FieldChange, sides: Sides, *, usual: bool | None = None) -> Row:
    """Return both sides of a field, and which of them counts: ``usual`` where nobody chose."""
    side = sides.get((update.id, field.field), usual)
    here, there = field.ours or "nothing", field.theirs or "nothing"
    becomes: Cell = ("is asked", _ACT) if side is None else there if side else here
    name = f"{update.name}: {field.label}"
    mark: Cell = ("?", _ACT) if side is None else ""
    both: Cell = (f"here {here}, there {there}", _QUIET)
    words = f"{name}: here {here}, in the list {there}"
    return _row(row_of(update, field), words, mark, name, becomes, both)


def _state(place: int, use: StateUse) -> Row:
    mark: Cell = "" if use.is_known else ("?", _ACT)
    meaning = MEANING_WORDS[use.meaning]
    becomes: Cell = meaning if use.is_known else (f"{meaning}: not known", _ACT)
    cells: tuple[Cell, ...] = (mark, use.word, becomes, (several(use.count, "row"), _QUIET))
    unknown = "" if use.is_known else "; this word is not known here"
    said = f"{use.word}: {several(use.count, 'row')} to {meaning}{unknown}"
    key = f"{STATE}{place}/{use.word}"
    return Row(f"{key}/{meaning}", key, lambda: cells, lambda: said)


def _column(place: int, use: ColumnUse, before: Sequence[ColumnUse]) -> Row:
    samples = ", ".join(use.samples)
    becomes: Cell = field_words(use.field) if use.field else ("not used", _QUIET)
    if use.field in NOTED_SECOND and any(use.field == one.field for one in before):
        becomes = f"{use.field} (2nd: a note)"
    said = f"{use.header}: {field_words(use.field) or 'not used'}. For example {samples}"
    cells = "", use.header, becomes, (samples, _QUIET)
    return _row(f"{COLUMN}{place}/{use.header}", said, *cells)
