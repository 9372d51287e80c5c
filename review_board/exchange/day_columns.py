"""Days in lists: columns of many shapes, slashed ones read one way throughout; and days in the words of a step."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import Reader, cached_reader
from review_board.exchange.import_result import DateOrder, UnclearError
from review_board.pipeline.dates import EARLIEST, LATEST, NO_DAY, NO_SUCH_DAY, OUT_OF_YEARS
from review_board.pipeline.text import fold

_LONGEST = 64
"""Characters above which a cell is no day; it keeps a hostile one from costing time."""


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """A day as the file has it, and the time of day when there is one."""

    day: date
    clock: time | None = None

    def moment(self, zone: tzinfo) -> datetime:
        """Return the instant: midnight without a time, in ``zone`` where the file names none."""
        return _moment(self.day, self.clock or time.min, zone)


@lru_cache(maxsize=4096)
def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, clock.tzinfo or zone)


_MONTH_NAMES = (
    "jan january januar enero ene janvier janv janeiro gennaio gen januari stycznia styczen янв января",
    "feb february februar febrero fevrier fevr fevereiro fev febbraio februari lutego luty фев февр февраля",
    "mar march marz maerz marzo mrz mars marco maart mrt marca marzec мар марта",
    "apr april abril abr avril avr aprile kwietnia kwiecien апр апреля",
    "may mai mayo maio mag maggio mei maj maja мая маи",
    "jun june juni junio juin junho giugno giu czerwca czerwiec июн июня",
    "jul july juli julio juillet juil julho luglio lug lipca lipiec июл июля",
    "aug august agosto ago aout augustus augusti sierpnia sierpien авг августа",
    "sep sept september septiembre setiembre septembre setembro set settembre wrzesnia wrzesien сен сент сентября",
    "oct october okt oktober octubre octobre outubro out ottobre ott pazdziernika pazdziernik окт октября",
    "nov november noviembre novembre novembro listopada listopad ноя нояб ноября",
    "dec december dez dezember diciembre dic decembre dezembro dicembre grudnia grudzien дек декабря",
)
MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""The names of the months in ten languages, folded."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours that the zones are ahead of UTC which lists name by their letters."""
_TIME = (
    r"(?:(?:,?\s*|\s+at\s+|T)(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>(?:z|utc|gmt)?(?:[+-]\d{1,2}(?::?\d{2})?)?"
    rf"|{'|'.join(_ZONES)})\)?(?:\s*uhr)?)?"
)
_CLOCK = re.compile(_TIME, re.IGNORECASE | re.ASCII)
_WEEKDAYS = (
    "mon(day)?|tue(s|sday)?|wed(nesday)?|thu(rs?|rsday)?|fri(day)?|sat(urday)?|sun(day)?|mo(ntag)?|di(enstag)?|"
    "mi(ttwoch)?|do(nnerstag)?|fr(eitag)?|sa(mstag)?|sonnabend|so(nntag)?|lun(di|es|edi)?|mar(di|tes|tedi)?|"
    "mer(credi|coledi)?|mie(rcoles)?|jeu(di)?|jue(ves)?|gio(vedi)?|ven(dredi|erdi)?|vie(rnes)?|sam(edi)?|"
    "sab(ado|ato)?|dim(anche)?|dom(ingo|enica)?|(seg(unda)?|ter(ca)?|qua(rta)?|qui(nta)?|sex(ta)?)(-feira)?|"
    "(maan|dins|woens|donder|vrij|zater|zon)dag|ma|wo|vr|za|zo|пн|вт|ср|чт|пт|сб|вс"
)
_WEEKDAY = re.compile(
    rf"^(?:{_WEEKDAYS})\.?,?\s+(?=\d|[a-z]{{3,}}\.?\s+\d+\w*,?\s+\d)|(?<=\d),?\s+\(?(?:{_WEEKDAYS})\.?\)?$"
)
"""The day of the week before a day, or behind it: ``Fri 4-Dec-26``, ``18.12.2026 (Fr)``."""
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _TIME,
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)" + _TIME,
    re.IGNORECASE | re.ASCII,
)
"""A day without signs between its numbers: ``20261218``."""
_NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second_part>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})"
    + _TIME,
    re.IGNORECASE | re.ASCII,
)
_DAY_NAMED = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[.\s-]*(?:de\s+)?(?P<name>{_MONTH})\.?[,\s-]*"
    r"(?:de\s+)?'?(?P<year>\d{4}|\d{2})(?:\s*г\.?)?" + _TIME,
    re.IGNORECASE | re.ASCII,
)
_NAME_FIRST = re.compile(
    rf"(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})" + _TIME,
    re.IGNORECASE | re.ASCII,
)
_BLANKS = re.compile(r"(?<=\d) *([/.]) *(?=\d)")
_CJK = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일号])?")
"""A day with signs between its numbers: ``2026年3月15日`` is 2026-3-15."""
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?", re.ASCII)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.(\d{1,15}))?", re.ASCII)
"""A day as a spreadsheet counts it, from the end of 1899; the fraction is the time of day."""
_OUTWEIGHS = 10
"""Days of one order that stand against one of the other."""
_SERIAL_START = date(1899, 12, 30)
_YEARLESS = re.compile(
    rf"(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"|(?P<dotted>\d{1,2})\.(?P<month>\d{1,2})\."
    rf"|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?[.\s-]*(?:de\s+)?(?P<name_last>{_MONTH})\.?",
    re.IGNORECASE | re.ASCII,
)
_PART_OF_MONTH = (
    r"(?P<mid>mid|mitte|mi|mediados de|meta|meio de|medio)[\s-]+|"
    r"(?:the )?(?:end|ende|fin|fine|final|finales|fim|eind)\s+(?:of |de |di |van )?"
)
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_PERIODS = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>20\d{2})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"(?:{_PART_OF_MONTH})?(?P<name>[^\W\d]{{3,12}})\.?(?:[\s,'-]+(?:de |van )?(?P<year>\d{{4}}))?",
        rf"(?P<name>{_MONTH})\s?[-'](?P<year>\d{{2}})",
        rf"(?P<part>[qht])(?P<number>[1-4])(?:[\s,'/-]*{_YEAR})?",
        r"(?P<year>\d{4})[\s/-]*(?P<part>[qht])(?P<number>[1-4])",
        rf"(?P<number>[1-4])(?P<part>[qht])(?:[\s,'/-]*{_YEAR})?",
        r"(?P<year>\d{4})[\s/-]*(?:w|kw|cw)(?P<week>\d{1,2})",
        rf"(?:w|kw|cw|wk|week|woche|semaine|semana|settimana)[\s.]*(?P<week>\d{{1,2}})(?:[\s,'/-]*{_YEAR})?",
    )
)
"""A year or a part of it: ``2026-10``, ``Oct 2026``, ``mid January``, ``Q4 2026``, ``H1``, ``KW 51``."""
_MONTHS_OF = {"q": 3, "t": 3, "h": 6}
_SHAPES = (_YEAR_FIRST, _COMPACT, _NUMBERS, _DAY_NAMED, _NAME_FIRST)


def day_reader(
    cells: Iterable[str],
    header: str,
    order: DateOrder | None,
    elsewhere: DateOrder | None = None,
    yearless: tuple[date, int] | None = None,
    *,
    is_end: bool = False,
) -> Reader[ParsedDay]:
    """Return a reader of a column of days, slashed ones in the order given or proven.

    ``elsewhere`` is what all columns of the file prove together: a cell that contradicts it is no day
    then. A day without a year is the next such day from the one in ``yearless`` on, or with -1 beside it
    the last until then. A month or quarter is its last day where something ends (``is_end``). A column
    that may be read both ways raises ``InvalidValueError`` and asks which.
    """
    with_dots = order == "mdy" and elsewhere == "m.d"
    proven = elsewhere if with_dots else order or _order_of(cells, header, elsewhere)

    def read(cell: str) -> ParsedDay:
        start = yearless[0] if yearless else EARLIEST
        said = (end_of_period(cell, start) if is_end else None) or (
            _yearless_day(cell, *yearless) if yearless else None
        )
        return said or read_day(cell, proven)

    return cached_reader(read)


def order_in_file(columns: Iterable[Iterable[str]]) -> DateOrder | None:
    """Return the order that all columns of days prove together; ``None`` for none, or for both."""
    counts: Counter[DateOrder] = Counter()
    for cells in columns:
        counts.update(_examples(cells)[0])
    return _prevailing(counts)


def is_order_in_doubt(columns: Iterable[Iterable[str]]) -> bool:
    """Return whether a day may be two, and no day of the columns proves an order."""
    return {order for cells in columns for order in _examples(cells)[1]} == {None}


def order_notice(columns: Iterable[Iterable[str]], order: DateOrder) -> str:
    """Say in which order days are read that may be two, and which day proves it; nothing without such."""
    shown: dict[DateOrder | None, str] = {}
    for cells in columns:
        shown = _examples(cells)[1] | shown
    if None not in shown and order != "m.d":
        return ""
    first, other = ("day", "mdy") if order == "dmy" else ("month", "dmy")
    why = f"as {shown[order]} shows" if order in shown else "as the rest of the list has it"
    return f"days were read with the {first} first, {why}: --dates {other} turns them"


def _prevailing(counts: Counter[DateOrder]) -> DateOrder | None:
    """Return the one order, or that of many days against few: those were mistyped, or are no days."""
    found = counts.most_common()
    if len(found) < 2:
        return found[0][0] if found else None
    (order, most), (_, few) = found
    return order if most > 1 and few <= max(1, most // _OUTWEIGHS) else None


def looks_like_day(cell: str) -> bool:
    """Return whether a cell has the shape of a day, be it one of the calendar or not."""
    text = _day_text(cell)
    return any(shape.fullmatch(text) for shape in (*_SHAPES, _EPOCH, _SERIAL)) or is_yearless(cell)


def _day_text(cell: str) -> str:
    """Return a cell as its shape is compared: folded, and without the blanks in ``18 / 08 / 2021``."""
    text = cell[: _LONGEST + 1].strip()
    if not text.isascii():
        text = _CJK.sub(lambda found: "-".join(filter(None, found.groups())), text)
    text = fold(text)
    return _BLANKS.sub(r"\1", _WEEKDAY.sub("", text)) if " " in text else text


def is_serial(cell: str) -> bool:
    """Return whether a cell is the day number of a spreadsheet."""
    return bool(_SERIAL.fullmatch(cell[: _LONGEST + 1].strip()))


def is_yearless(cell: str) -> bool:
    """Return whether a cell is a day without its year: ``Nov 5``, ``5. Nov``."""
    return _yearless_parts(cell) is not None


def _yearless_parts(cell: str) -> tuple[int, int] | None:
    found = _YEARLESS.fullmatch(fold(cell[: _LONGEST + 1].strip()))
    if found is None:
        return None
    if found["dotted"]:
        return int(found["month"]), int(found["dotted"])
    return MONTHS[found["name"] or found["name_last"]], int(found["day"] or found["day_first"])


def _yearless_day(cell: str, start: date, step: int) -> ParsedDay | None:
    """Return the next such day, or with a ``step`` of -1 the last."""
    parts = _yearless_parts(cell)
    day = _nearest(*parts, start, step) if parts else None
    return ParsedDay(day) if day else None


def _nearest(month: int, day: int, today: date, step: int) -> date | None:
    """Return the next such day, or with a ``step`` of -1 the last; a leap day may be eight years away."""
    for year in range(today.year, today.year + 9 * step, step):
        with suppress(ValueError):  # no leap year
            found = date(year, month, day)
            if (found - today).days * step >= 0:
                return found
    return None


def end_of_period(cell: str, start: date = EARLIEST) -> ParsedDay | None:
    """Return the last day of the year or the part of one that a cell names, or ``None``.

    The middle of a month is its 15th; without a year it is the next one from ``start`` on.
    """
    text = _day_text(cell)
    found = next(filter(None, (shape.fullmatch(text) for shape in _PERIODS)), None)
    if found is None:
        return None
    named = found.groupdict("")
    if year := named.get("year", "").strip("'"):
        return _last_day(named, int(year) + (2000 if len(year) == 2 else 0))
    ends = (_last_day(named, start.year + ahead) for ahead in (0, 1))
    return next((end for end in ends if end and end.day >= start), None)


def _last_day(named: Mapping[str, str], year: int) -> ParsedDay | None:
    """Return the last day of what the parts of a text name of a year."""
    if not EARLIEST.year <= year <= LATEST.year:
        return None
    if week := int(named.get("week") or 0):
        with suppress(ValueError):
            return ParsedDay(date.fromisocalendar(year, week, 7))
        return None
    if "name" in named:
        month = MONTHS.get(named["name"], 0)
    else:
        in_part = _MONTHS_OF.get(named.get("part", ""), 0) * int(named.get("number") or 0)
        month = in_part or int(named.get("month") or 12)
    if not 1 <= month <= 12:
        return None
    return ParsedDay(date(year, month, 15 if named.get("mid") else monthrange(year, month)[1]))


def read_day(cell: str, order: DateOrder | None) -> ParsedDay:
    """Return a day or moment; ``order`` is that of slashed dates, dotted ones begin with the day but in ``m.d``."""
    text = _day_text(cell)
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _when(cell, found, int(found["month"]), int(found["day"]))
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found["first"]), int(found["second_part"])
        is_month_first = order == "m.d" or (order == "mdy" and found["sep"] != ".")
        month, day = (first, second) if is_month_first else (second, first)
        return _when(cell, found, month, day)
    if found := _DAY_NAMED.fullmatch(text) or _NAME_FIRST.fullmatch(text):
        return _when(cell, found, MONTHS[found["name"]], int(found["day"]))
    if found := _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return _in_range(cell, ParsedDay(moment.date(), moment.timetz()))
    if found := _SERIAL.fullmatch(text):
        return _in_range(cell, _serial_day(int(found[1]), float(f"0.{found[2] or 0}")))
    raise InvalidValueError(f"{cell[:40]!r} {NO_DAY}")


def _serial_day(number: int, fraction: float) -> ParsedDay:
    """Return the day of a spreadsheet's number, to the minute."""
    minutes = min(round(fraction * 1440), 1439)
    clock = time(minutes // 60, minutes % 60) if minutes else None
    return ParsedDay(_SERIAL_START + timedelta(days=number), clock)


def _order_of(cells: Iterable[str], header: str, elsewhere: DateOrder | None) -> DateOrder | None:
    """Return the order that the column proves more than once, or the file; ``None`` when none is needed."""
    counts, examples = _examples(cells)
    own = _prevailing(counts)
    order = own if own and counts[own] > 1 else elsewhere or own
    if order or not examples:
        return order
    cure = "say which with --dates dmy or --dates mdy"
    if counts:
        raise UnclearError(
            "dates",
            f"column {header!r} mixes day first ({examples['dmy']}) and month first ({examples['mdy']})",
            cure,
        )
    raise UnclearError("dates", f"column {header!r}: {examples[None]} may mean two days", cure)


def _examples(
    cells: Iterable[str],
) -> tuple[Counter[DateOrder], dict[DateOrder | None, str]]:
    """Count the different days that prove each order; return an example of each, and of neither."""
    counts: Counter[DateOrder] = Counter()
    examples: dict[DateOrder | None, str] = {}
    found_in = [
        found for cell in dict.fromkeys(cells) if (found := _NUMBERS.fullmatch(_day_text(cell)))
    ]
    dotted = {
        _only_order(int(found["first"]), int(found["second_part"]))
        for found in found_in
        if found["sep"] == "." and found["first"] != found["second_part"]
    }
    has_dots = "mdy" in dotted and "dmy" not in dotted
    for found in found_in:
        if found["sep"] == "." and not has_dots:
            continue
        first, second = int(found["first"]), int(found["second_part"])
        order: DateOrder | None = None
        if first > 12 >= second:
            order = "dmy"
        elif second > 12 >= first:
            order = "m.d" if has_dots else "mdy"
        elif first == second or min(first, second) > 12:  # the same either way, or no day at all
            continue
        if order:
            counts[order] += 1
        examples.setdefault(order, found[0])
    return counts, examples


def _when(cell: str, found: re.Match[str], month: int, day: int) -> ParsedDay:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        return _in_range(cell, ParsedDay(date(year, month, day), _clock(found)))
    except ValueError as error:
        raise InvalidValueError(f"{cell[:40]} {NO_SUCH_DAY}") from error


def _clock(found: re.Match[str]) -> time | None:
    if found["hour"] is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of a half day")
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    return time(hour, int(found["minute"]), int(found["second"] or 0), tzinfo=_zone(found["zone"]))


def read_clock(cell: str) -> time | None:
    """Return the time of day in a cell of its own (``14:30``, ``2:30 pm``), or ``None``."""
    found = _CLOCK.fullmatch(fold(cell[:_LONGEST].strip()))
    try:
        return _clock(found) if found else None
    except ValueError:
        return None


def _zone(text: str) -> tzinfo | None:
    """Return the zone of ``Z``, ``CET``, ``+02:00``, ``-0300`` or, as some tools write it, ``GMT+2``."""
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text)
    if not offset:
        return timezone(timedelta(hours=_ZONES[text])) if text else None
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(ahead if offset[1] == "+" else -ahead)


def _in_range(cell: str, when: ParsedDay) -> ParsedDay:
    if not EARLIEST <= when.day <= LATEST:
        raise InvalidValueError(f"{cell[:40]} {OUT_OF_YEARS}")
    return when


_LONGEST_STEP = 200
_CLEAR_MONTHS = "|".join(
    sorted((name for name in MONTHS if len(name) > 3 or name in "jan feb apr jun jul aug oct nov dec"), key=len)[::-1]
)  # fmt: skip
"""Names of months that are no other word: "3 out of 5" names none."""
_DAY_IN_WORDS = re.compile(
    r"(?<![\w/.-])(?:"
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})"
    r"|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\."
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s*(?:de\s+)?(?:{_CLEAR_MONTHS})\.?(?:\s+\d{{4}})?"
    rf"|(?:{_CLEAR_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r")(?![\w/])"
)
_BEFORE_DAY = re.compile(
    r"\b(on|by|until|before|from|call|back|am|bis|vor|ab|le|avant|el|antes|em|ate|il|entro|op|voor|до|на|ngay)\W*$"
)
"""Words that a day follows, where more words follow it."""


def day_in_words(text: str, order: DateOrder | None, today: date) -> date | None:
    """Return the one day that words name, the next one of it where they say no year; ``None`` for none.

    A day with slashes that may be two is read in ``order``, and without one is none.
    """
    plain = fold(text[:_LONGEST_STEP]).strip(" .!")
    found = list(_DAY_IN_WORDS.finditer(f"{plain}." if plain[-1:].isdigit() else plain))
    if len(found) != 1 or found[0][0].startswith("24/7"):
        return None
    (said,) = found
    at_an_end = not plain[: said.start()].strip() or not plain[said.end() :].strip(" .,!")
    if not (at_an_end or _BEFORE_DAY.search(plain[: said.start()])):
        return None
    try:
        return _day_said(said[0], order, today)
    except (InvalidValueError, ValueError):
        return None


def _day_said(said: str, order: DateOrder | None, today: date) -> date | None:
    if without_year := _yearless_parts(said):
        return _nearest(*without_year, today, 1)
    first, second, *year = map(int, re.findall(r"\d+", said))
    proven = order or _only_order(first, second)
    if "/" in said and not (year and proven):
        month, day = (second, first) if proven == "dmy" else (first, second)
        return _nearest(month, day, today, 1) if proven else None
    return read_day(said, proven).day


def _only_order(first: int, second: int) -> DateOrder | None:
    """Return the only order in which two numbers are day and month; ``None`` where both may be."""
    if first > 12 or first == second:
        return "dmy"
    return "mdy" if second > 12 else None
