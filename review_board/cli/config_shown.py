"""The settings in words: all that are in force and where each was set, or everything about one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from review_board.cli.context import Invocation
from review_board.errors import UsageError

if TYPE_CHECKING:
    from review_board.settings.descriptions import Described
    from review_board.settings.tree import Settings

NO_QUOTES = str.maketrans("", "", '" ')
WIDEST = (34, 44)
"""Cells for a name and for its value."""


def show_all(call: Invocation, *, as_json: bool) -> None:
    """Every setting in force, by group, with where it was set."""
    from review_board.settings.descriptions import meaning_of
    from review_board.settings.keys import is_group, known_keys
    from review_board.settings.tree import Settings

    if as_json:
        values = [_value(call, key) for key in known_keys()]
        call.out.json({**file_read(call), "settings": values})
        return
    call.out.line(_told_file(call))
    on_top = [key for key in known_keys() if not is_group(key) and "." not in key]
    groups = {"": on_top, **{name: _members(call, name) for name in _groups(Settings)}}
    widths = _widths(call, [key for keys in groups.values() for key in keys])
    for group, keys in groups.items():
        call.out.lines("", *([f"[{group}]  {meaning_of(group)}"] if group else []))
        call.out.lines(*_lines(call, keys, widths))


def _groups(tree: "type[Settings]") -> list[str]:
    from review_board.settings.keys import is_group

    return [name for name in tree.model_fields if is_group(name)]


def _members(call: Invocation, group: str) -> list[str]:
    """The keys of a group; of an open one those that are set."""
    from review_board.settings.keys import ALWAYS_ON, OPEN, TABLES, keys_of

    if group in TABLES:
        entries = getattr(call.settings, group)
        return [f"{group}.{number}" for number, _ in enumerate(entries, 1)]
    if group in OPEN:
        return [f"{group}.{name}" for name in getattr(call.settings, group)]
    return [*keys_of(group), *([ALWAYS_ON] if group == "rules" else [])]


def _lines(call: Invocation, keys: list[str], widths: tuple[int, int]) -> Iterator[str]:
    from review_board.settings.keys import ALWAYS_ON
    from review_board.textlayout import fit

    for key in keys:
        name = _label(call, key)
        value, source = _in_force(call, key), call.reading.source(key)
        source = "always on" if key == ALWAYS_ON else source
        yield f"  {fit(name, widths[0])}  {fit(value, widths[1])}  {source}"
    if not keys:
        yield "  none is set"


def _widths(call: Invocation, keys: list[str]) -> tuple[int, int]:
    from review_board.textlayout import cells

    names = max(cells(_label(call, key)) for key in keys)
    values = max(cells(_in_force(call, key)) for key in keys)
    return min(names, WIDEST[0]), min(values, WIDEST[1])


def _label(call: Invocation, key: str) -> str:
    """The last part of its name; an entry of a list has a name of its own."""
    from review_board.settings.descriptions import value_of
    from review_board.settings.keys import TABLES

    name = key.partition(".")[2] or key
    table = key.partition(".")[0] in TABLES
    return str(value_of(call.settings, key).name) if table and name != key else name


def _in_force(call: Invocation, key: str) -> str:
    from review_board.settings.descriptions import as_toml, value_of

    value = value_of(call.settings, key)
    return "not set" if value is None else as_toml(value)


def _value(call: Invocation, key: str) -> dict[str, Any]:
    from review_board.settings.descriptions import as_json, value_of

    value = as_json(value_of(call.settings, key))
    return {"key": key, "value": value, "source": call.reading.source(key)}


def file_read(call: Invocation) -> dict[str, Any]:
    """Which file is read, and whether it is there."""
    return {"file": str(call.settings_path), "exists": call.settings_path.exists()}


def _told_file(call: Invocation) -> str:
    path = call.settings_path
    if path.exists():
        return f"Settings from {path}"
    return f"No settings file yet: review-board config --init writes {path}"


# One of them


def explain_one(call: Invocation, word: str, *, as_json: bool) -> None:
    """Everything about a setting, or what is in force in a group."""
    from review_board.judgement.rules import RULES
    from review_board.settings.descriptions import described, meaning_of
    from review_board.settings.keys import is_group

    key = _named(word)
    if is_group(key):
        members = _members(call, key)
        if as_json:
            shown = [_value(call, member) for member in members]
            offered = {"offered": call.settings.drop_reasons} if key == "reasons" else {}
            call.out.json({"group": key, "settings": shown, **offered})
            return
        call.out.line(f"[{key}]  {meaning_of(key)}")
        call.out.lines(*_lines(call, members, _widths(call, members or [key])))
        call.out.lines(*_beside(call, key))
        return
    one = described(key, RULES)
    if as_json:
        call.out.json({**_value(call, key), **_as_json(one)})
        return
    call.out.lines(*_argument(call, one), *_beside(call, one.group))


def _named(word: str) -> str:
    """The setting or group that is meant: its whole name, or the last part of it."""
    from review_board.settings.keys import (
        ALWAYS_ON,
        OPEN,
        TABLES,
        did_you_mean,
        in_full,
        is_group,
        known_keys,
        new_name,
    )

    wanted = word.strip().casefold()
    if (table := wanted.partition(".")[0]) in (*OPEN, *TABLES):
        return table
    if wanted in {ALWAYS_ON, ALWAYS_ON.rpartition(".")[2]}:
        return ALWAYS_ON
    for known in (wanted, new_name(in_full(wanted.replace(" ", "-")))):
        if known in known_keys() or is_group(known):
            return known
    raise UsageError(f"There is no setting {word[:40]!r}{did_you_mean(wanted)}")


def _argument(call: Invocation, one: "Described") -> Iterator[str]:
    from review_board.settings.keys import ALWAYS_ON

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


def _as_json(one: "Described") -> dict[str, Any]:
    return {
        "meaning": one.meaning,
        "default": one.default or None,
        "allowed": one.allowed,
        "presets": dict(one.presets or {}),
        "rules": [str(rule) for rule in one.rules],
        "variable": one.variable,
    }


def _about_views() -> Iterator[str]:
    """What an entry may set, and the views that there are without any."""
    from review_board.board.ordering import ORDERS
    from review_board.board.views import EVERYTHING, views_of
    from review_board.settings.descriptions import entry_of
    from review_board.settings.tree import Settings

    yield "  each sets:"
    yield from (f"    {one.name:8}{one.meaning} ({one.allowed})" for one in entry_of("views"))
    yield "  sort may be:"
    yield from (f"    {name:8}{order.label}" for name, order in ORDERS.items())
    yield "  built in:"
    built_in = [view for view in views_of(Settings()) if view is not EVERYTHING]
    yield from (f"    {view.name:16}  {view.words}" for view in built_in)


def _beside(call: Invocation, group: str) -> Iterator[str]:
    """What comes of it: the list of reasons as it is offered, or what only the pipeline can say."""
    if group == "views":
        yield from _about_views()
    if group == "reasons":
        offered = call.settings.drop_reasons
        widest = max(map(len, offered))
        yield "  offered for a drop:"
        yield from (f"    {name:{widest}}  {label}" for name, label in offered.items())
    if group == "tiers" and call.settings.tiers.by == "percentile":
        from review_board.board.tiers import open_worths
        from review_board.settings.sections import LEAST_WORTHS

        tiers, currency = call.board.settings.tiers, call.settings.currency
        known = len(open_worths(call.board.documents().values(), currency))
        why = (
            ""
            if known >= LEAST_WORTHS
            else f" (fixed: percentiles need {LEAST_WORTHS} open with a value)"
        )
        low, high = f"{tiers.low_below:,.0f}", f"{tiers.high_from:,.0f}"
        yield f"  here: low below {low}, high from {high} {currency}, {known} open with a value{why}"
