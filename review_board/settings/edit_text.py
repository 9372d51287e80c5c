"""Changes to the text of a settings file: one more view, one setting; all the rest stays as it was written."""

import re

from review_board.errors import SettingsError
from review_board.settings.assignments import override
from review_board.settings.descriptions import as_toml
from review_board.settings.reading import read_text
from review_board.settings.saved_views import SavedView
from review_board.settings.setting_names import group_of
from review_board.settings.toml_locations import lines_of
from review_board.settings.tree import Settings

_VALUE = re.compile(r"""([^=]*=\s*)("[^"\\]*"|'[^']*'|[^\s#"'\[{]+)(\s*(?:#.*)?)$""")
"""A line that sets a plain value: what stands before it, the value, what follows."""


def with_view(content: bytes, view: SavedView, where: str) -> bytes:
    """Return the content with the view appended, read again and found to mean what it should.

    Raises ``SettingsError`` for a file that is faulty or cannot be added to so.
    """
    before = read_text(_text(content, where), where).settings
    made = content + (b"" if content.endswith(b"\n") or not content else b"\n")
    made += ("\n" if content else "").encode() + toml_of(view).encode()
    after = before.model_copy(update={"views": (*before.views, view)})
    return _proven(made, after, where, "take one more view")


def with_setting(content: bytes, key: str, value: str, where: str) -> bytes:
    """Return the content with one setting set, read again and found to mean what it should.

    Its line is changed where there is one, else a line is added. Raises ``SettingsError`` for a
    file that is faulty or cannot be changed so.
    """
    text = content.decode("utf-8", "surrogateescape")
    before = read_text(_text(content, where), where).settings
    made = _set(text, key, value).encode("utf-8", "surrogateescape")
    return _proven(made, override(before, [f"{key}={value}"]), where, f"be given another {key}")


def toml_of(view: SavedView) -> str:
    """Return the lines of a view, without what has its default."""
    values = view.model_dump(exclude_defaults=True)
    return "".join(["[[views]]\n", *(f"{name} = {as_toml(v)}\n" for name, v in values.items())])


def _proven(made: bytes, wanted: Settings, where: str, what: str) -> bytes:
    try:
        after = read_text(_text(made, where), where).settings
    except SettingsError as error:
        raise SettingsError(f"{where} cannot {what}: {error.message}") from error
    if after != wanted:
        raise SettingsError(f"{where} cannot {what}", "write it there by hand")
    return made


def _set(text: str, key: str, value: str) -> str:
    """Set it on its own line, or on a new one where it belongs."""
    lines = text.splitlines(keepends=True)
    line = f"{key.rpartition('.')[2]} = {as_toml(value)}"
    at = lines_of(text).get(key)
    if at is not None:
        found = _VALUE.match(lines[at - 1].rstrip("\r\n"))
        if found:
            end = lines[at - 1][len(lines[at - 1].rstrip("\r\n")) :]
            lines[at - 1] = f"{found[1]}{as_toml(value)}{found[3]}{end}"
        return "".join(lines)
    group = group_of(key)
    place = _place(lines, group, line.partition(" ")[0])
    if place is None:
        gap = "" if not lines else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}[{group}]\n{line}\n"
    if place and not lines[place - 1].endswith("\n"):
        lines[place - 1] += "\n"
    return "".join([*lines[:place], f"{line}\n", *lines[place:]])


def _place(lines: list[str], group: str, name: str) -> int | None:
    """Return before which line a new one of a group goes: below its example, else below the heading.

    ``None`` where the group has no heading yet. What belongs to no group goes below the comment at
    the beginning.
    """
    heading = re.compile(rf"\s*\[\s*{re.escape(group)}\s*\]")
    start = (
        next((n for n, text in enumerate(lines, 1) if heading.match(text)), None) if group else 0
    )
    if start is None:
        return None
    example = re.compile(rf"#\s*{re.escape(name)}\s*=")
    for number, text in enumerate(lines[start:], start + 1):
        if text.lstrip().startswith("["):
            break
        if example.match(text):
            return number
    return start if group else _below_head(lines)


def _below_head(lines: list[str]) -> int:
    """Return where the comment at the beginning ends, when an empty line sets it apart; else the start."""
    for number, text in enumerate(lines):
        if not text.lstrip("\ufeff").startswith("#"):
            return number if not text.strip() else 0
    return len(lines)


def _text(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{where}: cannot be read: {error}") from error
