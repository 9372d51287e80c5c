"""Finding the line of a TOML text on which a setting is, as far as the names tell."""

import re
from collections import Counter
from collections.abc import Iterator

_HEADING = re.compile(r"\s*(\[{1,2})([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_SET = re.compile(
    r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_INLINE = re.compile(r"""[{,]\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*'))\s*=""")


def lines_of(text: str) -> dict[str, int]:
    """Return every key that is set and every heading, dotted, with its line; the first counts.

    The entries of a list of tables are numbered: ``views.2.name``.
    """
    found: dict[str, int] = {}
    for number, key in _keys(text):
        for part in _with_holders(key):
            found.setdefault(part, number)
    return found


def line_of(lines: dict[str, int], key: str) -> int | None:
    """Return the line on which a key is set, or else what holds it."""
    return next((lines[part] for part in _with_holders(key) if part in lines), None)


def describe_repetition(text: str, line: int) -> str:
    """Say what is written twice on a line, where it stood before, and what to do; or nothing.

    A name that holds others, such as ``thresholds``, cannot be a setting of its own as well.
    """
    known = [(number, key) for number, key in _keys(text) if number <= line]
    last = known[-1][0] if known else 0
    pairs = [
        (key, first, before)
        for place, (number, key) in enumerate(known)
        if number == last
        for first, before in known[:place]
    ]
    heading = _HEADING.match(text.splitlines()[last - 1]) if known else None
    for key, first, before in pairs:
        if key == before:
            name = f"[{key}]" if heading else key
            cure = "write its settings under one of them" if heading else "take one of the two out"
            return f"{name} stands twice, first on line {first}: {cure}"
    for key, first, before in pairs:
        if first < last and (key in _with_holders(before) or _is_value(text, first, before, key)):
            name = f"[{key}]" if heading else key
            return f"{name}: {before} stands already on line {first}: write both in one place"
    return ""


def _is_value(text: str, line: int, holder: str, key: str) -> bool:
    """Return whether a key lies within what an earlier line set, and not under a heading there."""
    return holder in _with_holders(key) and not _HEADING.match(text.splitlines()[line - 1])


def _with_holders(key: str) -> Iterator[str]:
    """Yield the key and what holds it, the nearest first."""
    while key:
        yield key
        key = key.rpartition(".")[0]


def _keys(text: str) -> Iterator[tuple[int, str]]:
    group = ""
    entries: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            group = _plain(heading[2])
            if heading[1] == "[[":
                entries[group] += 1
                group = f"{group}.{entries[group]}"
            yield number, group
        elif found := _SET.match(line):
            key = ".".join(filter(None, (group, _plain(found[1]))))
            yield number, key
            for inner in _INLINE.finditer(line, found.end()):
                yield number, f"{key}.{_plain(inner[1])}"


def _plain(key: str) -> str:
    return ".".join(part.strip("\"'") for part in _PART.findall(key))
