"""The plain fields of a prospect as options of the command line."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.typed_words import as_wrong_usage
from review_board.pipeline.fields import PLAIN_FIELDS, PlainField, TypingDefaults, distinct_tags
from review_board.pipeline.money import long_money

if TYPE_CHECKING:
    from review_board.pipeline.prospect import Prospect

NAME, TAGS = PLAIN_FIELDS["name"], PLAIN_FIELDS["tags"]
OPTIONS = [field for field in PLAIN_FIELDS.values() if field not in {NAME, TAGS}]
"""The fields with an option of their own name: a name is given otherwise, tags one by one."""


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option of each plain field."""
    for field in reversed(OPTIONS):
        command = click.option(_option(field), field.name, help=field.help)(command)
    return command


def read_fields(typed: Mapping[str, str | None], defaults: TypingDefaults) -> dict[str, Any]:
    """Return the values of the options that were given; an error names its option."""
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if text is not None:
            field = PLAIN_FIELDS[name]
            with as_wrong_usage(_option(field)):
                values[name] = field.read(text, defaults)
    return values


def read_tags(texts: Iterable[str], defaults: TypingDefaults) -> tuple[str, ...]:
    """Return the tags of options that may be repeated, each once."""
    return distinct_tags(tag for text in texts for tag in TAGS.read(text, defaults))


def _option(field: PlainField) -> str:
    return field.option or f"--{field.name.replace('_', '-')}"


def _called(field: PlainField) -> str:
    return field.label.lower() if field.option else field.name.replace("_", " ")


def in_words(values: Mapping[str, Any], today: date) -> str:
    """Return what was set: ``value $24,000, close date 31 Dec``."""
    return ", ".join(
        f"{_called(PLAIN_FIELDS[name])} {PLAIN_FIELDS[name].show(value, today) or 'emptied'}"
        for name, value in values.items()
    )


def short_label(prospect: "Prospect") -> str:
    """Return the name with the value: ``Lakeside Dental ($18,000)``."""
    return f"{prospect.name} ({long_money(prospect.value)})" if prospect.value else prospect.name
