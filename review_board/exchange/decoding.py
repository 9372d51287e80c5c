"""From a file to text: never hangs on a device, never guesses an encoding that it cannot prove."""

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from review_board.errors import InvalidValueError
from review_board.input_files import read_regular
from review_board.pipeline.text import clean

SIZE_LIMIT = 200_000_000
"""Largest file read, in bytes; far above any pipeline, below what fills a small machine."""

_AS_CSV = "save it as CSV (UTF-8) and import that"

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF, not a table", "export the list itself as CSV"),
    (b"\x1f\x8b", "compressed", "unpack it first"),
    (b"SQLite format 3", "a database, not text", "export the list as CSV"),
    (b"{\\rtf", "a formatted document, not a table", _AS_CSV),
)

# Longest marks first: the one of UTF-32-LE begins with that of UTF-16-LE.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PAGE = re.compile(r"\s*<(?:!doctype|!--|html|head|body|table|\?xml|meta)\b", re.IGNORECASE)
_ROW = re.compile(r"<(?:\w+:)?(?:tr|row)\b", re.IGNORECASE)
"""The row of a table: some programs write one, and call it a workbook."""


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read all of a regular file; refuse anything else before it is opened."""
    try:
        return read_regular(path, limit, "split it, or export fewer columns")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidValueError(f"it cannot be read: {reason}", "check the path") from error


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Refuses, with the cure, what is empty, binary, a web page without a table, or not what its mark says.
    """
    if not data.strip():
        raise InvalidValueError("it is empty", "export the list again")
    for signature, what, cure in _SIGNATURES:
        if data.startswith(signature) or data[3:].startswith(signature):
            raise InvalidValueError(f"it is {what}", cure)
    text = _decoded(data)
    if "\0" in text:
        raise InvalidValueError("it holds NUL bytes: a damaged or binary file", _AS_CSV)
    if not text.strip():
        raise InvalidValueError("it is empty", "export the list again")
    if (is_page(text) and not _ROW.search(text)) or text.startswith("MIME-Version:"):
        raise page_without_list()
    return text


_CYRILLIC = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_OF_CP1250 = re.compile(rb"[a-z][\xb3\xb9\xbf\x9f\xbe\x9d][a-z]")
"""Letters inside a word that would be signs in the west: of Polish, Czech and the like."""


def is_page(text: str) -> bool:
    """Return whether a text begins as a web page or as XML does."""
    return bool(_PAGE.match(text[:1000]))


def page_without_list() -> InvalidValueError:
    """Return the refusal of a page, such as that of a login, that is no list."""
    return InvalidValueError("it is a web page or XML, not a table", "export the list as CSV")


def shown_name(path: Path) -> str:
    """Return the file's name as it may stand in a message."""
    return clean(path.name) or "the file"


def shown_names(paths: Sequence[Path]) -> list[str]:
    """Return what each of several files is called: by its path where two have the same name."""
    names = [shown_name(path) for path in paths]
    return [
        name if names.count(name) == 1 else clean(str(path))
        for path, name in zip(paths, names, strict=True)
    ]


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if encoding := _unmarked_utf16(data):
        return _strict(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if data.count(b"\0", 0, 4096) > 16:
            raise InvalidValueError("it is binary, or UTF-16 without its mark", _AS_CSV) from None
        try:
            return data.decode(_code_page(data))
        except UnicodeDecodeError:
            raise InvalidValueError("it is no text, or a damaged file", _AS_CSV) from None


def _code_page(data: bytes) -> str:
    """Return the encoding of a text with a byte a letter: Cyrillic has words of high bytes, Polish some inside words."""
    if len(_CYRILLIC.findall(data)) * 10 > len(data.split()):
        return "cp1251"
    return "cp1250" if _OF_CP1250.search(data) else "cp1252"


def _unmarked_utf16(data: bytes) -> str:
    """Return the encoding of a text with two bytes a letter and no mark, by where its zeros stand; else nothing."""
    even, odd = data[:4096:2], data[1:4096:2]
    most = len(odd) * 0.8
    if even.count(0) * 20 < len(even) and odd.count(0) > most:
        return "utf-16-le"
    return "utf-16-be" if odd.count(0) * 20 < len(odd) and even.count(0) > most else ""


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidValueError(f"it is not the {encoding} text it seems to be", _AS_CSV) from error
