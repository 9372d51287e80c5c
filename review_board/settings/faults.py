"""What is wrong with settings, each fault in one line: its place, what it is, what was meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from review_board.errors import SettingsError
from review_board.pipeline.text import clean
from review_board.settings.loaded import LoadedSettings, SettingsMessage, by_line
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_names import TABLES, did_you_mean
from review_board.wording import first_few

SHOWN = 40
"""Characters of a bad value that are shown."""
WORDS_SHOWN = 8
"""Words that may be written which a fault names: ``config KEY`` lists all."""
CHECK = "review-board config --check"
"""The command that names every fault of the usual file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``key`` is dotted; ``others`` are keys that have a part in it.

    ``reverse`` is the problem as it is said of the first of ``others``.
    """

    key: str
    problem: str
    unknown: bool = False
    others: tuple[str, ...] = ()
    reverse: str = ""

    def of(self, key: str) -> "Fault":
        """Tell the same fault of the other key that has a part in it, where that can be said."""
        if key not in self.others or not self.reverse:
            return self
        return Fault(key, self.reverse, others=(self.key,), reverse=self.problem)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key that has a part in it."""
        return (self.key, *self.others)

    @property
    def words(self) -> str:
        """Return the fault without its place."""
        return self.problem if self.unknown or not self.key else f"{self.key}: {self.problem}"

    def under(self, sources: Mapping[str, str]) -> str:
        """Say it with the text or variable by which a key was set; nothing when none has a part.

        Of two keys that cannot work together the one that was set last is named.
        """
        blamed = [key for key in sources if key in self.keys]
        if not blamed:
            return ""
        fault = self.of(blamed[-1])
        named = fault.unknown or blamed[-1] != fault.key or bool(fault.others)
        return f"{sources[blamed[-1]]}: {fault.words if named else fault.problem}"


class FaultySettingsError(SettingsError):
    """Settings that cannot be used, with a message for each thing that is wrong.

    ``rest`` is what remains once all of that is taken out, so that it can be looked at further;
    ``check`` is the command that names every fault, if there is one.
    """

    def __init__(
        self,
        messages: Sequence[SettingsMessage],
        rest: LoadedSettings | None = None,
        check: str = CHECK,
        cure: str = "",
    ) -> None:
        self.messages = tuple(messages)
        self.rest = rest
        first, more = self.faults[0], len(messages) - 1
        see = f": see {check}" if check else ""
        super().__init__(f"{first} (and {more:,} more{see})" if more else first, cure)

    @property
    def faults(self) -> list[str]:
        """Return a line for each thing that is wrong, in the order of the lines of the file."""
        return by_line(self.messages)


def faults_of(error: ValidationError) -> list[Fault]:
    """Return the faults, one for each setting."""
    found: dict[str, Fault] = {}
    for item in error.errors(include_url=False):
        context = item.get("ctx", {})
        for fault in _faults(item["type"], item["loc"], context, item["input"], item["msg"]):
            found.setdefault(fault.key, fault)
    return list(found.values())


def _faults(
    kind: str, loc: tuple[int | str, ...], context: dict[str, Any], given: Any, message: str
) -> list[Fault]:
    key = _key(loc)
    if kind == "clash":
        first, *others = context["keys"]
        return [Fault(first, context["why"], others=tuple(others), reverse=context["reverse"])]
    if kind == "entries":
        return [Fault(f"{key}.{name}", why) for name, why in context["refused"].items()]
    if "[key]" in loc and key.startswith("rules."):
        return [_unknown(key, [f"rules.{rule}" for rule in RuleName])]
    if kind == "extra_forbidden":
        return [_unknown(key, _beside(loc))]
    place = f"entry {loc[-1] + 1} " if loc and isinstance(loc[-1], int) else ""
    return [Fault(key, place + _problem(kind, {"key": key, **context}, given, message))]


def _key(loc: tuple[int | str, ...]) -> str:
    """Return the dotted key; the entries of a list of tables are numbered in it, from 1."""
    *inner, last = loc or ("",)
    parts = [part + 1 if isinstance(part, int) else part for part in inner]
    parts += [last] if isinstance(last, str) else []
    return ".".join(str(part) for part in parts if part != "[key]")


def _beside(loc: tuple[int | str, ...]) -> list[str] | None:
    entry = TABLES.get(str(loc[0]))
    return [_key((*loc[:-1], name)) for name in entry.model_fields] if entry else None


def _unknown(key: str, among: list[str] | None = None) -> Fault:
    return Fault(key, f"unknown setting {shown(key)}{did_you_mean(key, among)}", unknown=True)


def shown(value: object) -> str:
    """Return a value in an error: one short line."""
    text = clean(str(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _value(given: Any) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict | list):
        return "a group" if isinstance(given, dict) else "a list"
    return f"“{shown(given)}”" if isinstance(given, str) else shown(given)


_WORDS: dict[str, str] = {
    "int_type": "must be a whole number, not {given}",
    "bool_type": "must be true or false, not {given}",
    "string_type": "must be text in quotes, not {given}",
    "string_pattern_mismatch": "must be three capital letters, like EUR, not {given}",
    "string_unicode": "must be text that can be read",
    "tuple_type": "must be a list in brackets, not {given}",
    "dict_type": "must be a group of settings under [{key}], not {given}",
    "model_type": "must be a group of settings under [{key}], not {given}",
    "greater_than_equal": "must be {ge} or more, not {given}",
    "greater_than": "must be more than {gt}, not {given}",
    "less_than_equal": "must be {le} or less, not {given}",
    "finite_number": "must be a finite number, not {given}",
    "too_short": "must have an entry at least",
    "too_long": "has too many entries",
    "missing": "is missing",
    "int_parsing_size": "is far too large",
}


def _problem(kind: str, context: dict[str, Any], given: Any, message: str) -> str:
    if words := _WORDS.get(kind):
        return words.format(given=_value(given), **context)
    if kind == "literal_error":
        return _one_of(context, given)
    return shown_message(message)


def shown_message(message: str) -> str:
    """Return somebody else's words as one line of ours."""
    text = clean(message.removeprefix("Value error, "))
    return text[:1].lower() + text[1:]


def _one_of(context: dict[str, Any], given: Any) -> str:
    allowed = [part.strip(" '") for part in context["expected"].replace(" or ", ", ").split(",")]
    hint = did_you_mean(str(given), allowed)
    return f"must be one of {first_few(allowed, WORDS_SHOWN)}, not {_value(given)}{hint}"
