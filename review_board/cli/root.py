"""The command group: it imports a command only when it is called."""

from importlib import import_module
from typing import Any

import click

from review_board.cli.command_table import APP, COMMANDS, SECTIONS
from review_board.cli.context import Invocation
from review_board.cli.options import pass_invocation, shared_options
from review_board.cli.restricted import OPTION, check_command

AUTO = "$SHELL"
"""Stands for the shell that is in use."""


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"review_board.cli.{entry.module}")
        found = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; an unknown one is told the nearest."""
        check_command(ctx.ensure_object(Invocation), args[0])
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else "see review-board --help"
            ctx.fail(f"There is no command {args[0][:40]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands, without importing any."""
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.help) for name, entry in entries.items()])


def _install_completion(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:
    if shell is not None and not ctx.resilient_parsing:
        from review_board.cli.completion import install

        for line in install(ctx.command, "" if shell == AUTO else shell):
            click.echo(line)
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="WHO is an id or a part of a name. Exit status: 0 done, 1 refused or failed, 2 wrong usage. "
    "review-board --install-completion teaches your shell (bash, zsh, fish) the commands.",
)
@shared_options(hidden=False)
@click.version_option(package_name=APP, message=f"{APP} %(version)s")
@click.option(
    OPTION,
    is_flag=True,
    expose_value=False,  # it was read before everything else
    help="For the line of a key in authorized_keys: no shell, no paths. See help pair-review.",
)
@click.option(
    "--install-completion",
    is_flag=False,
    flag_value=AUTO,
    hidden=True,  # its name would take half of the table; the last lines tell of it
    is_eager=True,
    expose_value=False,
    callback=_install_completion,
)
@click.pass_context
@pass_invocation
def root(call: Invocation, ctx: click.Context) -> Any:
    """Keep or purge every prospect, by the buyer's evidence. Without a command: open the board."""
    if ctx.invoked_subcommand is None:
        if call.asked:
            words, call.asked = list(call.asked), ()
            return root.main(words, APP, standalone_mode=False, obj=call)
        from review_board.cli.screens import open_board

        return open_board(call)
    return None
