"""From rows of cells to a table: the header line, and the rows that are data.

What is no data (lines above the header, footers, totals, headers that stand again, sub-items) is left
out with a word; the rows may come from text, a spreadsheet, JSON or contact cards.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile
from operator import eq
from statistics import median

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import SkippedRow
from review_board.pipeline.text import clean, fold
from review_board.wording import several

Cells = Sequence[str]
NumberedRow = tuple[int, list[str]]
"""A row's number and its cells."""

_HEADER_WITHIN = 20
_TOTAL_WORD = re.compile(
    r"(grand |sub[ -]?)?totals?\b|(zwischen|gesamt)?summe\b|gesamt(ergebnis)?\b|\bsum\b|suma\b|total general|totaal\b|"
    r"totale\b|somme\b|итого\b|всего\b|tong( cong)?\b"
)
_COUNTED = re.compile(r"\d[\d.,]* [^\W\d]+")
"""A count of the rows, such as ``12 deals``; ``7 Eleven`` is a company."""
_EXPORTED = re.compile(
    r"(?:report |list |data )?(?:exported|generated|printed|exportiert|erstellt|gedruckt|exporte|genere|imprime|"
    r"exportado|generado|gerado|esportato|generato|geexporteerd|afgedrukt|stand|as of)\b.{0,20}\d"
    r"|(?:total |number|count|anzahl|nombre|numero|cantidad|aantal|liczba|antal|records|rows)\b[^\d:]{0,30}:\s?\d+$"
)
"""How a last row begins that says when the list was made, or how many rows it has."""
GROUP_TITLE = "a group title"
_LINE = re.compile(r"\s*[:+]?[-=_]*[:+]?\s*")
"""A cell of a row of lines, as tables in plain text have it below their header, or an empty one."""
_SORTED = re.compile("[\u2191\u2193]")
"""Beside the name of a column by which a report is grouped: its cell stands in the first row of each group."""
_STATISTIC = re.compile(
    r"(average|avg|mean|median|count|number|min(imum)?|max(imum)?|durchschnitt|mittelwert|anzahl|"
    r"promedio|media|moyenne|nombre|cantidad|gemiddelde|aantal)\b.{0,20}"
)
_FRAMED = re.compile(r"([-=*#~_\u2013\u2014])\1+ ?[^\W\d].*\1\1$")
"""A title between lines: ``--- Closed ---``."""
_NUMBER = re.compile(r"\W{0,3}\d[\d.,:/%\s-]*(?:\b(?:to|bis|au|al|tot|a)\b[\d.,:/\s-]+)?[$€£]?")
"""What stands in a row of sums: numbers, and the days from and to."""
_PLAIN_NUMBER = re.compile(r"\W{0,3}(\d[\d.,]*)")
_POINTS_GROUP = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2}")
_DAY = re.compile(r"\b\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b")
_SUMS_TRIED = 100
"""Rows that are compared with the sum of those above them; it keeps a hostile list from costing time."""
_LEAST_FILLED = 2
_MOST_FIELDS = 2000
"""A record has fewer fields: the rows of a longer sheet are not fields but records."""
_ROWS_COMPARED, _ENDINGS_TRIED = 2000, 50
"""Rows that a short one is compared with; it keeps a hostile list from costing time."""
_PIVOT = re.compile(r"row labels|column labels|grand total|(sum|count|average) of .+")


@dataclass(frozen=True, slots=True)
class ListTable:
    """Rows as wide as the header; ``bad`` rows are not, ``skipped`` ones are no data."""

    headers: tuple[str, ...]
    rows: tuple[NumberedRow, ...]
    skipped: tuple[SkippedRow, ...] = ()
    bad: tuple[SkippedRow, ...] = ()

    def column(self, place: int) -> list[str]:
        """Return the cells of a column."""
        return [cells[place] for _, cells in self.rows]


def table_of(records: Iterable[NumberedRow], known: Callable[[str], bool]) -> ListTable:
    """Return the table in rows of cells; ``known`` tells whether a cell is the name of a column."""
    filled = [record for record in records if not all(map(_LINE.fullmatch, record[1]))]
    if not filled:
        raise InvalidValueError("it holds no rows", "export the list again")
    above, header = _header_of(filled, known)
    names = _trimmed(header[1], filled)
    body = filled[above + 1 :]
    skipped = [SkippedRow(number, "above the header") for number, _ in filled[:above]]
    if body and (second := _second_line(names, header[0], body[0])):
        skipped.append(SkippedRow(body.pop(0)[0], "the second line of the header"))
        names = second
    headers = tuple(clean(name) for name in names)
    _refuse_pivot(headers)
    kept, more = _without_extras(body, names, known)
    rows, bad = _fitted(kept, len(headers))
    _fill_groups(rows, headers)
    return ListTable(headers, rows, (*skipped, *more), bad)


def _fill_groups(rows: Sequence[NumberedRow], headers: Cells) -> None:
    """Write what a report groups its rows by into each row of the group."""
    for place in (i for i, header in enumerate(headers) if _SORTED.search(header)):
        for (_, above), (_, cells) in pairwise(rows):
            cells[place] = cells[place].strip() or above[place]


def turned(records: Sequence[NumberedRow], known: Callable[[str], bool]) -> list[NumberedRow]:
    """Return the rows of a sheet that has its fields below each other and a record in each column; else nothing.

    Its first column names fields, all different, and no row is a header; a stage may be called as a field is.
    """
    if len(records) > _MOST_FIELDS:
        return []
    filled = [cells for _, cells in records if any(map(str.strip, cells))]
    names = [cells[0].strip() for cells in filled]
    if not 3 <= len(names) == len(set(names)) or not all(names):
        return []
    width = max(map(len, filled))
    is_named = sum(map(known, names)) * 3 >= len(names) * 2
    others = [[cell for cell in cells[1:] if cell.strip()] for cells in filled]
    is_header = any(sum(map(known, cells)) * 2 > len(cells) for cells in others if len(cells) > 1)
    if width < 2 or not is_named or any(map(known, others[0])) or is_header:
        return []
    padded = [[*cells, *[""] * (width - len(cells))] for cells in filled]
    return [(place + 1, [cells[place] for cells in padded]) for place in range(width)]


def blocks_of(
    records: Sequence[NumberedRow], known: Callable[[str], bool]
) -> list[list[NumberedRow]]:
    """Return the tables that stand below each other, each with a header of its own after a blank row."""
    blocks: list[list[NumberedRow]] = [[]]
    header: list[str] = []
    last = 0
    for number, cells in records:
        if not any(map(str.strip, cells)):
            continue
        if number - last > 1 or (not header and len(blocks[-1]) < _HEADER_WITHIN):
            filled = [cell.strip() for cell in cells if cell.strip()]
            if len(filled) > 2 and sum(map(known, filled)) * 3 > len(filled) * 2:
                if header and filled != header:
                    blocks.append([])
                header = filled
        blocks[-1].append((number, cells))
        last = number
    return blocks


def beside_each_other(
    records: Sequence[NumberedRow], names_of: Callable[[str], str]
) -> list[Sequence[NumberedRow]]:
    """Return the tables that stand beside each other, parted by an empty column.

    ``names_of`` tells which name a column holds, if any: a list may have an empty column, but names its
    rows once.
    """
    first = [row for row in records[:_HEADER_WITHIN] if any(map(str.strip, row[1]))]
    header = max((cells for _, cells in first), key=_filled_count, default=[])
    named = [names_of(cell) if cell.strip() else "" for cell in header]
    starts, seen = [0], set(named[:1])
    for place in range(1, len(header)):
        again = (
            place > 1
            and header[place].strip()
            and not header[place - 1].strip()
            and not any(cells[place - 1].strip() for _, cells in records if place <= len(cells))
            and not seen.isdisjoint(filter(None, named[place : _next_gap(header, place)]))
        )
        if again:
            starts.append(place)
            seen.clear()
        seen.add(named[place])
    if len(starts) == 1:
        return [records]
    ends = [*starts[1:], None]
    return [[(n, cells[a:b]) for n, cells in records] for a, b in zip(starts, ends, strict=True)]


def _filled_count(cells: Cells) -> int:
    return sum(map(bool, map(str.strip, cells)))


def _next_gap(header: Cells, place: int) -> int:
    return next((i for i in range(place, len(header)) if not header[i].strip()), len(header))


def _header_of(filled: list[NumberedRow], known: Callable[[str], bool]) -> tuple[int, NumberedRow]:
    """Return place and row of the header: of the first rows the one with most known names.

    A row with numbers or addresses is data where one above has as many cells and none of these: what
    it says ("Email", "Prospect") may be the name of a column elsewhere.
    """
    scores, widest = [], 0
    for _, cells in filled[:_HEADER_WITHIN]:
        names = {cell for cell in cells if cell.strip()}
        is_data, width = _looks_like_data(cells), _filled_count(cells)
        scores.append(0 if is_data and width <= widest else sum(map(known, names)))
        widest = widest if is_data else max(widest, width)
    place = scores.index(max(scores))
    if scores[place] == 0 and _looks_like_data(filled[0][1]):
        raise InvalidValueError(
            "its first line holds data, not the names of columns", "add a first line with the names"
        )
    return place, filled[place]


def _looks_like_data(cells: Cells) -> bool:
    return any(re.fullmatch(r"[$€£]?-?\d[\d.,:/ -]*|\S+@\S+\.\S+", c[:200].strip()) for c in cells)


def _trimmed(cells: Cells, filled: list[NumberedRow]) -> tuple[str, ...]:
    """Return the header without empty names at its end, when nothing stands under them."""
    width = len(cells)
    while width > 1 and not cells[width - 1].strip():
        if any(len(row) >= width and row[width - 1].strip() for _, row in filled):
            break
        width -= 1
    return tuple(cell.strip() for cell in cells[:width])


def _second_line(names: Cells, number: int, below: NumberedRow) -> tuple[str, ...]:
    """Return the header in two lines, "Amount" above "Net" and "Gross"; nothing where it is but one.

    The second has no first cell and no number, and names columns that the first leaves without a name,
    or the one before them.
    """
    cells = [cell.strip() for cell in below[1][: len(names)]]
    cells += [""] * (len(names) - len(cells))
    is_text = not any(re.search(r"\d|@", cell) for cell in cells)
    filled = [place for place, cell in enumerate(cells) if cell]
    unnamed = {place for place, name in enumerate(names) if not name}
    is_group = unnamed & set(filled) and unnamed.issuperset(
        place if place in unnamed else place + 1 for place in filled
    )
    if cells[0] or not (names[0] and is_text and is_group and below[0] == number + 1):
        return ()
    found, last = [], ""
    for name, cell in zip(names, cells, strict=True):
        last = name or last
        found.append(f"{last} {cell}" if cell else name)
    return tuple(found)


def _refuse_pivot(headers: Cells) -> None:
    marks = [header for header in headers if _PIVOT.fullmatch(fold(header))]
    if marks:
        raise InvalidValueError(
            f"it is a summary (column {marks[0][:40]!r}), not a list", "export the list of deals"
        )


def _footers(body: list[NumberedRow]) -> set[int]:
    """Return the numbers of one-cell rows at the end: after a last blank line, or that say when the list was made."""
    tail = list(takewhile(_is_alone, reversed(body)))
    if len(tail) == len(body) or len(tail[:1] and body[0][1]) < 3:
        return set()
    made = takewhile(lambda row: _EXPORTED.match(fold("".join(row[1])[:80].strip())), tail)
    told = {number for number, _ in made}
    before = [number for number, _ in reversed(body)][1 : len(tail) + 1]
    gaps = [
        i for i, (row, above) in enumerate(zip(tail, before, strict=True)) if row[0] - above > 1
    ]
    return told | {number for number, _ in tail[: gaps[-1] + 1 if gaps else 0]}


def _is_alone(record: NumberedRow) -> bool:
    return _filled_count(record[1]) == 1


def _without_extras(
    body: list[NumberedRow], headers: Cells, known: Callable[[str], bool]
) -> tuple[list[NumberedRow], list[SkippedRow]]:
    """Return the rows that are data, and the others with what they are."""
    kept: list[NumberedRow] = []
    skipped: list[SkippedRow] = []
    below_item, tries, group, last_total = False, _SUMS_TRIED, 0, 0
    outside, named = _outside(body, headers, known), set(headers)
    for number, cells in body:
        first = cells[0].strip()
        below_item = below_item and not first
        is_sparse = cells.count("") * 2 >= len(cells) - 1
        if number in outside:
            skipped.append(SkippedRow(number, outside[number], tuple(cells)))
        elif (first in named or not named.isdisjoint(cells)) and _is_header(cells, headers):
            skipped.append(SkippedRow(number, "the header again"))
            if kept and _is_group_title(kept[-1], number, headers):
                title, words = kept.pop()
                skipped.append(SkippedRow(title, GROUP_TITLE, tuple(words)))
        elif first and first in named and _is_inner_header(cells, known):
            skipped.append(SkippedRow(number, "the header of sub-items"))
            below_item = True
        elif (is_sparse and _is_named_total(cells)) or (
            is_sparse
            and (tries := tries - 1) >= 0
            and any(_is_total_of(cells, above) for above in (kept, kept[group:]))
        ):
            what = "a totals row" if _has_words(cells) else "only numbers, as a totals row has them"
            skipped.append(SkippedRow(number, what))
            group, last_total = len(kept), number
        elif (
            last_total
            and number - last_total <= 2
            and is_sparse
            and (_STATISTIC.fullmatch(word := _only_word(cells)) or _ends_as_total(word))
        ):
            skipped.append(SkippedRow(number, "a totals row"))
            last_total = number
        elif below_item:
            skipped.append(SkippedRow(number, "a sub-item"))
        else:
            kept.append((number, cells))
    return kept, skipped


def _outside(
    body: list[NumberedRow], headers: Cells, known: Callable[[str], bool]
) -> dict[int, str]:
    """Return the rows that their place or form shows to be none of the list, with what they are."""
    end = _other_table(body, headers, known)
    below = [number for number, _ in body if number >= end] if end else []
    return {
        **dict.fromkeys(_group_titles(body, headers), GROUP_TITLE),
        **dict.fromkeys(_footers(body), "a footer"),
        **dict.fromkeys(below, "of another table below the list"),
    }


def _other_table(body: list[NumberedRow], headers: Cells, known: Callable[[str], bool]) -> int:
    """Return the number of the title after a blank line from which on another table follows, or 0."""
    for (above, _), title, (below, header) in zip(body, body[1:], body[2:], strict=False):
        is_title = title[0] - above > 1 and below == title[0] + 1 and _is_alone(title)
        names = [cell for cell in header if cell.strip()] if is_title else []
        found = sum(map(known, names))
        is_other = len(names) > 1 and known(names[0]) and found * 2 >= len(names)
        if is_other and not _is_header(header, headers):
            return title[0]
    return 0


def _is_header(cells: Cells, headers: Cells) -> bool:
    """Return whether most of what a row holds are the names of its own columns."""
    same = sum(map(eq, cells, headers))
    if same < 2 and len(headers) > 1 and cells[0].strip() != headers[0]:
        return False
    filled = [
        (cell.strip(), name) for cell, name in zip(cells, headers, strict=False) if cell.strip()
    ]
    same = sum(cell == name for cell, name in filled)
    return same * 2 > len(filled) and same >= min(2, len(headers))


def _is_inner_header(cells: Cells, known: Callable[[str], bool]) -> bool:
    others = [cell for cell in cells[1:] if cell.strip()]
    return len(others) >= 2 and sum(map(known, others)) * 2 > len(others)


def _group_titles(body: list[NumberedRow], headers: Cells) -> set[int]:
    """Return the rows that only name a group: the first of all, and each is followed by one of the group.

    One name alone may be a new deal of which nothing else is known yet.
    """
    framed = {row[0] for row in body if _FRAMED.match(row[1][0][:80].strip()) and _is_alone(row)}
    alone = [record for record in body if _is_alone(record)] if body and _is_alone(body[0]) else []
    if len(alone) < 2 or len(headers) < 4 or not all(cells[0].strip() for _, cells in alone):
        return framed
    pairs = pairwise(body)
    is_grouped = not any(_is_alone(one) and _is_alone(other) for one, other in pairs)
    return {n for n, _ in alone} if is_grouped and not _is_alone(body[-1]) else framed


def _is_group_title(record: NumberedRow, header_number: int, headers: Cells) -> bool:
    return _is_alone(record) and len(headers) > 1 and header_number - record[0] <= 2


def _may_be_total(word: str) -> bool:
    """Return whether the only word of a row may name a total or an average: it is one where that fits."""
    is_statistic = " " not in word and _STATISTIC.fullmatch(word)
    return bool(_TOTAL_WORD.search(word) or _COUNTED.fullmatch(word) or is_statistic)


def _ends_as_total(word: str) -> bool:
    """Return whether a word below a total is of one as well: "weighted sum"."""
    return any(found.end() == len(word) for found in _TOTAL_WORD.finditer(word))


def _is_numbers_alone(cells: Cells) -> bool:
    """Return whether a row begins with nothing and holds numbers alone, as one without a name does too."""
    filled = [cell[:40].strip() for cell in cells if cell.strip()]
    return not cells[0].strip() and all(map(_NUMBER.fullmatch, filled))


def _has_words(cells: Cells) -> bool:
    return any(char.isalpha() for cell in cells for char in cell)


def _is_named_total(cells: Cells) -> bool:
    """Return whether the first cell, or the only word, of a row says so, whatever it sums up.

    "Total" in a later cell is a company too.
    """
    first, word = cells[0].strip(), _only_word(cells).rstrip(":")
    if first:
        others = [fold(cell[:40]).strip() for cell in cells[1:] if cell.strip()]
        is_word = len(first) <= 20 and _TOTAL_WORD.fullmatch(fold(first).rstrip(": "))
        is_sum = all(_NUMBER.fullmatch(cell) or _TOTAL_WORD.fullmatch(cell) for cell in others)
        return bool(is_word) and (is_sum or _filled_count(cells) * 2 <= len(cells))
    return word != "total" and bool(_TOTAL_WORD.fullmatch(word))


def _only_word(cells: Cells) -> str:
    """Return the one word among the numbers of a row, folded; else nothing."""
    words = [cell for cell in cells if cell.strip() and not _NUMBER.fullmatch(cell[:40].strip())]
    return fold(words[0][:60]).strip() if len(words) == 1 else ""


def _is_total_of(cells: Cells, above: Sequence[NumberedRow]) -> bool:
    """Return whether a row is the total of those above it: by its word, or by no other number than sums."""
    if _may_be_total(_only_word(cells)) or _is_numbers_alone(cells):
        return _sums_up(cells, above)
    numbers = [place for place, cell in enumerate(cells) if _plain_number(cell)]
    single = ([*[""] * place, cells[place]] for place in numbers)
    return (
        len(numbers) > 1 and bool(_only_word(cells)) and all(_sums_up(one, above) for one in single)
    )


def _sums_up(cells: Cells, kept: Sequence[NumberedRow]) -> bool:
    """Return whether a number of a row is the sum of those above it, or the average or the like that it says."""
    is_total = not _STATISTIC.fullmatch(_only_word(cells))
    for place, cell in enumerate(cells):
        above = [_plain_number(row[place]) for _, row in kept if place < len(row)]
        said = _plain_number(cell)
        if not said or not above:
            continue
        total = sum(above)
        told = {max(above), min(above), median(above), round(total / len(above), 2), len(above)}
        if said == total or (not is_total and said in told):
            return True
    return False


def _plain_number(cell: str) -> Decimal:
    found = None if _DAY.search(cell) else _PLAIN_NUMBER.match(cell[:40].strip())
    number = found[1].rstrip(".,") if found else "0"
    is_pointed = _POINTS_GROUP.fullmatch(number)
    number = number.replace(".", "").replace(",", ".") if is_pointed else number.replace(",", "")
    return Decimal(number) if number.count(".") < 2 else Decimal(0)


def _fitted(
    rows: Sequence[NumberedRow], width: int
) -> tuple[tuple[NumberedRow, ...], tuple[SkippedRow, ...]]:
    """Return the rows of the header's width, and the others; empty cells at the end do not count."""
    fitting: list[NumberedRow] = []
    bad: list[SkippedRow] = []
    ends = _Ends([cells for _, cells in rows if len(cells) == width])
    for number, cells in rows:
        if len(cells) == width:
            fitting.append((number, cells))
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            fitting.append((number, cells[:width]))
        elif len(cells) < width and ends.early(cells):
            fitting.append((number, [*cells, *[""] * (width - len(cells))]))
        else:
            length = "longer" if len(cells) > width else "shorter"
            counts = f"{several(len(cells), 'cell')}, not {width}"
            bad.append(
                SkippedRow(number, f"{length} than the header: {counts}", tuple(cells), "bad")
            )
    return tuple(fitting), tuple(bad)


class _Ends:
    """What stands last in the whole rows of a list that have nothing behind it."""

    def __init__(self, whole: Sequence[Sequence[str]]) -> None:
        self._whole = whole[:_ROWS_COMPARED]
        self._forms: dict[tuple[int, int], set[str]] = {}

    def early(self, cells: Sequence[str]) -> bool:
        """Return whether a short row lacks only empty cells at its end, as some programs write them.

        Another row must have nothing there either, and in the column of the row's last words the same,
        or a number or address as well: where a cell in the middle is missing, that is not so.
        """
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        if len(filled) < _LEAST_FILLED:
            return False
        ending = (len(cells), filled[-1])
        if ending not in self._forms and len(self._forms) < _ENDINGS_TRIED:
            self._forms[ending] = self._forms_before(*ending)
        return _form(cells[filled[-1]]) in self._forms.get(ending, ())

    def _forms_before(self, length: int, last: int) -> set[str]:
        ended = (row for row in self._whole if not any(map(str.strip, row[length:])))
        return {_form(row[last]) for row in ended}


def _form(cell: str) -> str:
    """Return a cell as it is compared: its numbers and addresses are like any others."""
    text = fold(cell[:200].strip())
    if "@" in text:
        return "@"
    return re.sub(r"\d+", "0", text)
