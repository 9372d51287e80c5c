"""The options that every command takes, before its name or after it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from review_board.cli.context import Invocation

F = TypeVar("F", bound=Callable[..., Any])

_SHARED = (
    ("--file", "pipeline_file", "F", "The pipeline (else $REVIEW_BOARD_FILE, else your own)."),
    ("--today", "pretended_day", "DATE", "Pretend that it is this day (else $REVIEW_BOARD_TODAY)."),
    (
        "--as",
        "person",
        "NAME",
        "Act as this person (else my_name of the settings, else the login).",
    ),
    (
        "--config",
        "settings_file",
        "F",
        "The settings file (else $REVIEW_BOARD_CONFIG, else your own).",
    ),
)


OLD_OPTIONS: Mapping[str, str] = {"session": "review", "sessions": "reviews"}
"""Options that had another name, which scripts may still type."""


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and param.name:
        setattr(ctx.ensure_object(Invocation), param.name, value)


def shared_options(*, hidden: bool) -> Callable[[F], F]:
    """Decorate a function with the shared options."""

    def decorate(function: F) -> F:
        for option, name, metavar, text in reversed(_SHARED):
            click.option(
                option,
                name,
                metavar=metavar,
                help=text,
                hidden=hidden,
                expose_value=False,
                callback=_keep,
            )(function)
        return function

    return decorate


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Decorate a function that is a command; its help leaves the shared options to the group's."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        return click.command(
            name,
            epilog="Also: --file, --today, --as, --config.",
            context_settings={
                "help_option_names": ["-h", "--help"],
                "max_content_width": 100,
                "token_normalize_func": lambda name: OLD_OPTIONS.get(name, name),
            },
        )(shared_options(hidden=True)(function))

    return decorate


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return what reads a whole number from ``least`` on, up to ``most`` where there is an end."""

    def number(typed: str) -> int:
        found = int(typed) if str(typed).strip().isdecimal() else least - 1
        if found < least or (most is not None and found > most):
            to = "up" if most is None else f"to {most:,}"
            raise click.BadParameter(f"{str(typed)[:40]!r} is not a whole number from {least} {to}")
        return found

    return number


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)
"""Hands the invocation to a command as its first argument."""

as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
