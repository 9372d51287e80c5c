"""The command group: which commands there are, where they live, what the help says of them."""

import re
from importlib import import_module
from typing import Any, NamedTuple

import click

from review_board.cli.context import APP, Invocation
from review_board.cli.options import pass_invocation, shared_options
from review_board.cli.restricted import OPTION, check_command

WITHOUT_PIPELINE = {"demo", "config", "schema", "help"}
"""Commands that are about no pipeline."""
AUTO = "$SHELL"
"""Stands for the shell that is in use."""


class CommandEntry(NamedTuple):
    """Where a command lives, under its name (with ``_`` where Python has that); its line in the help."""

    module: str
    help: str


SECTIONS: dict[str, dict[str, CommandEntry]] = {
    "The board": {
        "review": CommandEntry("opening", "Go through what is to review, one at a time."),
        "pair": CommandEntry("opening", "Review with somebody else: pair start, pair join."),
        "demo": CommandEntry("opening", "Open a copy of a sample pipeline, safe to play with."),
    },
    "The hour": {
        "due": CommandEntry("tasks", "What is due today or late."),
        "best": CommandEntry("tasks", "The best use of the next hour: whom to call."),
        "quotes": CommandEntry("tasks", "Quotes followed up too seldom, and what they are worth."),
        "calendar": CommandEntry("calendar", "What has a day ahead, as a calendar file."),
    },
    "Deciding": {
        "keep": CommandEntry("deciding", "Keep it in Active, with a dated next step."),
        "callback": CommandEntry("deciding", "Keep it for a callback on a day."),
        "nurture": CommandEntry("deciding", "Purge it to Nurture: stop selling to it."),
        "drop": CommandEntry("deciding", "Purge it to Dropped, for a reason."),
    },
    "One change": {
        "add": CommandEntry("adding", "Add a prospect."),
        "edit": CommandEntry("adding", "Change plain fields of a prospect."),
        "log": CommandEntry("calls", "Record a contact: log 'lakeside vm \"left word\"'."),
        "contact": CommandEntry("contacts", "The people of a prospect: add, edit, remove."),
        "note": CommandEntry("calls", "Write a note; it does not count as a contact."),
        "move": CommandEntry("moving", "Move a prospect to another column."),
        "won": CommandEntry("moving", "It was bought: out of the columns, into the view Won."),
        "answer": CommandEntry("moving", "Answer a qualification question."),
        "merge": CommandEntry(
            "merging", "Two prospects that are one: merge the second into the first."
        ),
        "undo": CommandEntry("history", "Take back your last changes."),
        "redo": CommandEntry("history", "Make again what you took back last."),
    },
    "Reading": {
        "list": CommandEntry("listing", "List prospects by column, the most valuable first."),
        "show": CommandEntry("showing", "All that is on record about a prospect."),
        "explain": CommandEntry("showing", "What should become of it, and why."),
        "history": CommandEntry("history", "Who changed what, the newest first."),
        "duplicates": CommandEntry("merging", "Pairs of prospects that may be one, and why."),
        "report": CommandEntry("report", "What a review decided, and what is to be done."),
        "changes": CommandEntry(
            "looking_back", "What came in, moved, was put off, purged or won since a day."
        ),
        "stats": CommandEntry("looking_back", "The pipeline week by week, and rep by rep."),
    },
    "Learning": {
        "calibrate": CommandEntry("learning", "What became of earlier verdicts: our own figures."),
        "backtest": CommandEntry(
            "learning", "Replay the past by today's rules, or by changed ones."
        ),
    },
    "Files": {
        "import": CommandEntry("files", "Take in a list (Excel, CSV, JSON, cards)."),
        "export": CommandEntry("exporting", "Prospects to CSV, Excel, JSON, cards or a CRM."),
        "forget": CommandEntry("forgetting", "Erase a prospect from every file, for ever."),
        "doctor": CommandEntry("doctor", "Check the pipeline's files; mend them when asked."),
        "config": CommandEntry("config", "All settings in force, and what one means: config KEY."),
        "schema": CommandEntry("showing", "The JSON Schema of a stored prospect."),
    },
    "The manual": {
        "help": CommandEntry("help", "Show a page of the manual: help review, help settings."),
    },
}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


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


def on_a_pipeline(text: str, command: str) -> str:
    """Return a message with its commands as they are typed for one pipeline; ``--help`` needs none."""
    names = {name for section in SECTIONS.values() for name in section} - WITHOUT_PIPELINE
    named = rf"\b{APP} (?=(?:{'|'.join(names)})\b(?! --help))"
    return re.sub(named, lambda _: f"{command} ", text)
