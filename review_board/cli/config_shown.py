"""The settings in words: all that are in force and where each was set, or everything about one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from review_board.cli.context import Invocation
from review_board.errors import UsageError
from review_board.settings.descriptions import (
    Described,
    as_json,
    as_toml,
    described,
    entry_of,
    meaning_of,
    value_of,
)
from review_board.settings.setting_groups import LEAST_WORTHS
from review_board.settings.setting_names import (
    ALWAYS_ON,
    OPEN,
    TABLES,
    did_you_mean,
    groups,
    in_full,
    is_group,
    keys_of,
    known_keys,
    new_name,
    on_top,
)
from review_board.settings.tree import Settings
from review_board.textlayout import table

NO_QUOTES = str.maketrans("", "", '" ')
MEANT: Mapping[str, str] = {
    **dict.fromkeys(("show", "list", "ls", "all"), "config"),
    **dict.fromkeys(("explain", "get"), "config KEY, such as config review.zombie_reviews"),
    **dict.fromkeys(("check", "validate"), "config --check"),
    **dict.fromkeys(("init", "begin", "new"), "config --init"),
    **dict.fromkeys(("path", "file", "where", "edit", "set"), "config --path: it names the file"),
    "keys": "config --keys",
}
"""The command that was meant, by the word that was typed where the name of a setting belongs."""
WIDEST = (34, 44)
"""Cells for a name and for its value."""


def show_all(call: Invocation, *, as_json: bool) -> None:
    """Show every setting in force, by group, with where it was set."""
    if as_json:
        values = [_value(call, key) for key in known_keys()]
        call.out.json({**file_read(call), "settings": values})
        return
    shown = list(_lines(call, {"": on_top()} | {g: _members(call, g) for g in groups()}))
    path = call.settings_path
    begin = f"No settings file yet: review-board config --init writes {path}"
    call.out.line(f"Settings from {path}" if call.has_settings_file else begin)
    for group, lines in shown:
        call.out.lines("", *([f"[{group}]  {meaning_of(group)}"] if group else []), *lines)


def _members(call: Invocation, group: str) -> list[str]:
    """Return the keys of a group; of an open one those that are set."""
    if group in TABLES:
        entries = getattr(call.settings, group)
        return [f"{group}.{number}" for number, _ in enumerate(entries, 1)]
    if group in OPEN:
        return [f"{group}.{name}" for name in getattr(call.settings, group)]
    return [*keys_of(group), *([ALWAYS_ON] if group == "rules" else [])]


def _lines(
    call: Invocation, groups: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each group with a line for each of its keys, all in the same columns."""
    lines = table([_row(call, key) for keys in groups.values() for key in keys], WIDEST)
    for group, keys in groups.items():
        yield group, [f"  {next(lines)}" for _ in keys] or ["  none is set"]


def _row(call: Invocation, key: str) -> tuple[str, str, str, str]:
    """Return the name of a setting within its group, its value, where it was set; a rule in words."""
    from review_board.judgement.rules import words_of_rule

    group, _, name = key.partition(".")
    if group in TABLES and name:
        name = str(value_of(call.settings, key).name)
    source = "always on" if key == ALWAYS_ON else call.reading.source(key)
    words = words_of_rule(name) if group == "rules" else ""
    return name or key, _in_force(call, key), source, words


def _in_force(call: Invocation, key: str) -> str:
    value = value_of(call.settings, key)
    return "not set" if value is None else as_toml(value)


def _value(call: Invocation, key: str) -> dict[str, Any]:
    value = as_json(value_of(call.settings, key))
    return {"key": key, "value": value, "source": call.reading.source(key)}


def file_read(call: Invocation) -> dict[str, Any]:
    """Say which file is read, and whether it is there."""
    return {"file": str(call.settings_path), "exists": call.has_settings_file}


def explain_one(call: Invocation, word: str, *, as_json: bool) -> None:
    """Say everything about a setting, or what is in force in a group."""
    from review_board.judgement.rules import RULES

    key = _named(word)
    if is_group(key):
        members = _members(call, key)
        if as_json:
            shown = [_value(call, member) for member in members]
            offered = {"offered": call.settings.drop_reasons} if key == "reasons" else {}
            call.out.json({"group": key, "settings": shown, **offered})
            return
        call.out.line(f"[{key}]  {meaning_of(key)}")
        for _, lines in _lines(call, {key: members}):
            call.out.lines(*lines, *_beside(call, key))
        return
    one = described(key, RULES)
    if as_json:
        call.out.json({**_value(call, key), **_as_json(one)})
        return
    call.out.lines(*_argument(call, one), *_beside(call, one.group))


def _named(word: str) -> str:
    """Return the setting or group that is meant: its whole name, or the last part of it."""
    wanted = word.strip().casefold()
    if (group := wanted.partition(".")[0]) in (*OPEN, *TABLES):
        return group
    if wanted in {ALWAYS_ON, ALWAYS_ON.rpartition(".")[2]}:
        return ALWAYS_ON
    for known in (wanted, new_name(in_full(wanted.replace(" ", "-")))):
        if known in known_keys() or is_group(known):
            return known
    if (first := wanted.split(" ")[0]) in MEANT:
        raise UsageError(f"{first!r} is no setting", f"type review-board {MEANT[first]}")
    raise UsageError(
        f"There is no setting {word[:40]!r}{did_you_mean(wanted)}", "review-board config lists all"
    )


def _argument(call: Invocation, one: Described) -> Iterator[str]:
    yield f"{one.key} = {_in_force(call, one.key)}   ({call.reading.source(one.key)})"
    yield f"  {one.meaning}"
    yield f"  default    {one.default or 'not set'}"
    yield f"  may be     {one.allowed}"
    if one.presets:
        yield f"  presets    {', '.join(f'{name} {value}' for name, value in one.presets.items())}"
    if one.key == ALWAYS_ON:
        return
    if one.rules and one.group != "rules":
        yield f"  read by    {', '.join(one.rules)}"
    table = f"[{one.group}]" if one.group else "(on top of the file)"
    yield f"  to set it  {table}"
    yield f"             {one.in_file()}"
    yield f"  or         {one.variable}={one.example.strip('[]').translate(NO_QUOTES)}"


def _as_json(one: Described) -> dict[str, Any]:
    return {
        "meaning": one.meaning,
        "default": one.default or None,
        "allowed": one.allowed,
        "presets": dict(one.presets or {}),
        "rules": [str(rule) for rule in one.rules],
        "variable": one.variable,
    }


def _about_views() -> Iterator[str]:
    """Yield what an entry may set, and the views that there are without any."""
    from review_board.board.ordering import ORDERS
    from review_board.board.views import EVERYTHING, views_of

    yield "  each sets:"
    yield from (f"    {one.name:8}{one.meaning} ({one.allowed})" for one in entry_of("views"))
    yield "  sort may be:"
    yield from (f"    {name:8}{order.label}" for name, order in ORDERS.items())
    yield "  built in:"
    built_in = [view for view in views_of(Settings()) if view is not EVERYTHING]
    yield from (f"    {view.name:16}  {view.words}" for view in built_in)


def _beside(call: Invocation, group: str) -> Iterator[str]:
    """Yield what comes of it: the reasons as offered, or what only the pipeline can say."""
    if group == "views":
        yield from _about_views()
    if group == "reasons":
        offered = call.settings.drop_reasons
        yield "  offered for a drop:"
        yield from (f"    {line}" for line in table(list(offered.items()), WIDEST[:1]))
    if group == "tiers" and call.settings.tiers.by == "percentile":
        from review_board.board.own_figures import open_worths

        tiers, currency = call.board.settings.tiers, call.board.settings.currency
        known = len(open_worths(call.board.documents().values(), currency))
        low, high = f"{tiers.low_below:,.0f}", f"{tiers.high_from:,.0f}"
        here = f"low below {low}, high from {high} {currency}, {known} open with a value"
        need = f" (fixed: percentiles need {LEAST_WORTHS} open with a value)"
        yield f"  here: {here}{need if known < LEAST_WORTHS else ''}"
