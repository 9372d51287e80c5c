"""Reading JSON strictly, and saying in a person's words what is wrong with it and where.

A large data file is read piece by piece, as the store lays it out, one document a line: the parser holds
all other threads while it reads, and over a whole large file a screen would stand still for a second or
more, and nobody could stop it.
"""

import json
import re
import shlex
from typing import Any

import orjson

from review_board.progress import Progress
from review_board.store.protocol import PROSPECTS

_MARKER = re.compile(rb"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_LONG_NUMBER = re.compile(rb"[\[:,]\s*-?[0-9]{19}")
_DIGITS_TO_ZERO = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]")
_BRACES = bytes(b"{}"[byte in b"}]"] if byte in b"{}[]" else byte for byte in range(256))
_BOM = b"\xef\xbb\xbf"
DEPTH = 200
"""How deep lists and objects may lie in each other: more could be read, but never written again."""

_KINDS = {
    b"BEGIN:VCARD": "is a list of contact cards",
    b"BEGIN:VCALENDAR": "is a calendar",
    b"PK\3\4": "is a workbook",
    b"\xd0\xcf\x11\xe0": "is a workbook",
}
"""How a file begins that ``import`` takes, and what it is called."""
LARGE = 1 << 22
"""Bytes from which a file is read in pieces."""
PIECE = 1 << 20
"""Bytes of a piece, and of the document that goes over its end."""

_TABLE = b'"%b"' % PROSPECTS.encode()
_HEAD = b"{\n%b: {\n" % _TABLE
_TAIL = b"\n}"


def understand(data: bytes, progress: Progress | None = None) -> dict[str, Any]:
    """Read the JSON object in ``data``; raise ``ValueError`` with a phrase such as "is empty".

    With ``progress`` a large one is counted while it is read.
    """
    data = data.removeprefix(_BOM)
    value: Any = None
    if progress and len(data) >= LARGE:
        value = read_in_pieces(data, progress)
    try:
        value = orjson.loads(data) if value is None else value
    except orjson.JSONDecodeError as error:
        raise ValueError(_reason(data, error)) from error
    if isinstance(value, dict):
        _refuse_long_numbers(data)
        _refuse_depth(data, value)
    if not isinstance(value, dict) or not _has_tables(value):
        raise ValueError("is not a pipeline: it holds no tables")
    return value


def read_in_pieces(data: bytes, progress: Progress) -> dict[str, Any] | None:
    """Return the object in ``data``, counting its bytes; ``None`` where it is laid out otherwise.

    No line break stands within a text of JSON, so what is read piece by piece is what the parser
    would read of the whole: each piece must be the members of one object, and the rest one without
    them.
    """
    begin, end = len(_HEAD), data.find(_TAIL, len(_HEAD))
    if not data.startswith(_HEAD) or end < 0:
        return None
    progress.begin("reading the file", len(data))
    rest = _HEAD + data[end:]
    documents: dict[str, Any] = {}
    try:
        value = orjson.loads(rest)
        while begin < end:
            cut = data.find(b",\n", min(begin + PIECE, end), end)
            stop = end if cut < 0 else cut
            documents |= orjson.loads(b"{%b}" % data[begin:stop])
            progress.step(stop - begin)
            begin = stop + 2
    except orjson.JSONDecodeError:
        return None
    if rest.count(_TABLE) > 1:
        return None
    value[PROSPECTS] = documents
    return dict(value)


def kind_of_list(data: bytes) -> tuple[str, str]:
    """Guess what a file is that is no pipeline, and the command that takes it; nothing where it is none of these."""
    text = data.removeprefix(_BOM).lstrip()
    if text.startswith((b"{", b"[")):
        return _kind_of_json(text)
    if found := next((words for head, words in _KINDS.items() if text.startswith(head)), ""):
        return found, "import"
    first, newline, _ = text.partition(b"\n")
    delimited = any(first.count(mark) for mark in (b",", b";", b"\t"))
    is_list = newline and delimited and b"\0" not in data and not text.startswith(b"<")
    return ("looks like a list (CSV)", "import") if is_list else ("", "")


def _kind_of_json(text: bytes) -> tuple[str, str]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return "", ""
    if _are_records(value):
        return "is a list of records (JSON)", "import"
    if not isinstance(value, dict) or not _are_records(value.get(PROSPECTS)):
        return "", ""
    if isinstance(sample := value.get("sample"), str):
        return f"is the sample {sample[:40]!r}", f"demo {shlex.quote(sample[:40])}"
    return "is an export of prospects (JSON)", "import"


def _are_records(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _has_tables(value: dict[str, Any]) -> bool:
    """Return whether any of an object is a table as TinyDB writes it: objects by their numbers."""
    if not value or PROSPECTS in value:
        return not _are_records(value.get(PROSPECTS))
    return any(isinstance(one, dict) and all(map(str.isdigit, one)) for one in value.values())


def line_of(data: bytes, position: int) -> int:
    """Return the number of the line (from 1) that holds a byte."""
    return data.count(b"\n", 0, position) + 1


def _reason(data: bytes, error: orjson.JSONDecodeError) -> str:
    if not data.strip():
        return "is empty"
    if not data.strip(b"\0"):
        return "holds nothing but NUL bytes"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (data[0] and data[1:2] == b"\0"):
        return "is UTF-16, not UTF-8"
    if b"\0" in data:
        return f"is damaged: line {line_of(data, data.index(0))} holds NUL bytes"
    try:
        data.decode()
    except UnicodeDecodeError as undecodable:
        return f"is not UTF-8 in line {line_of(data, undecodable.start)}"
    if marker := _MARKER.search(data):
        return f"holds an unresolved merge conflict in line {line_of(data, marker.start())}"
    return f"is not JSON in line {error.lineno}, column {error.colno} ({error.msg})"


def _refuse_long_numbers(data: bytes) -> None:
    """Refuse whole numbers beyond 64 bits, which would quietly lose digits as floats.

    Two quick looks spare the slow parser nearly always.
    """
    if data.translate(_DIGITS_TO_ZERO).find(b"0" * 19) < 0:
        return
    suspect = _LONG_NUMBER.search(data)
    if suspect is None:
        return
    try:
        json.loads(data, parse_int=_int64)
    except (ValueError, RecursionError) as error:
        line = line_of(data, suspect.end())
        raise ValueError(f"holds a number too long to keep, near line {line}") from error


def _refuse_depth(data: bytes, value: Any) -> None:
    """Refuse what lies too deep to be stored.

    Taking away all empty pairs of brackets makes the text shallower by one: that is 50 times as
    fast as walking through the value, which only brackets in texts make necessary.
    """
    brackets, rounds = data.translate(_BRACES, _NO_BRACKETS), 0
    while rounds < DEPTH and len(shorter := brackets.replace(b"{}", b"")) < len(brackets):
        brackets, rounds = shorter, rounds + 1
    if len(brackets) > 2 * (DEPTH - rounds) and _is_deeper(value):
        raise ValueError(f"is nested too deeply: more than {DEPTH} lists or objects in each other")


def _is_deeper(value: Any) -> bool:
    level = [value]
    for _ in range(DEPTH + 1):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [x for parts in inner for x in parts if isinstance(x, dict | list)]
    return bool(level)


def _int64(digits: str) -> int:
    value = int(digits)
    if not -(2**63) <= value < 2**64:
        raise ValueError(digits)
    return value
