"""Makes the man page from the commands and the pages of the manual: ``python -m docs.man_page FILE``."""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from markdown_it.tree import SyntaxTreeNode

from review_board.cli.command_table import SECTIONS
from review_board.cli.help import TOPICS, page
from review_board.cli.manual_pages import entries, plain, read_page, rows_of, spans
from review_board.cli.root import root

FONTS = {"": "{}", "code_inline": r"\fB{}\fP", "strong": r"\fB{}\fP", "em": r"\fI{}\fP"}
HEAD = r"""'\" -*- coding: utf-8 -*-
.TH REVIEW\-BOARD 1 "" "review\-board VERSION" "User Commands"
.nh
.ad l
.SH NAME
review\-board, rb \- a pipeline review board for people who sell
.SH SYNOPSIS
.B review\-board
[\fIOPTION\fP]...
.br
.B review\-board
[\fIOPTION\fP]... \fICOMMAND\fP [\fIARGUMENT\fP]...
.SH DESCRIPTION
"""
VARIABLES = {
    "REVIEW_BOARD_FILE": "The pipeline, unless --file names one.",
    "REVIEW_BOARD_CONFIG": "The settings file, unless --config names one.",
    "REVIEW_BOARD_TODAY": "The day to pretend, unless --today names one.",
    "REVIEW_BOARD_SECTION__SETTING": "A setting; it wins over the settings file.",
    "NO_COLOR": "When it is set, the screens have no colours.",
    "VISUAL, EDITOR": "The editor in which a note goes on.",
    "PAGER": "What shows a long page of the manual; else less.",
}


def man_page(version: str) -> str:
    """Return the man page, in roff."""
    lines = [HEAD.replace("VERSION", _escaped(version)).rstrip("\n")]
    lines += _help_of(root)
    lines += [
        ".SH OPTIONS",
        *_options(root, click.Context(root, **root.context_settings)),
        ".SH COMMANDS",
    ]
    for title, commands in SECTIONS.items():
        lines.append(f".SS {_escaped(title)}")
        for name in commands:
            lines += _command(name)
    for topic in TOPICS:
        for block in read_page(page(topic)):
            lines += _block(block)
    lines += [".SH ENVIRONMENT", *(line for pair in VARIABLES.items() for line in _tagged(*pair))]
    return "\n".join(lines) + "\n"


def _command(name: str) -> Iterator[str]:
    """Yield what a command is called with, what it does, and its options."""
    group = click.Context(root, info_name="review-board")
    command = root.get_command(group, name)
    assert command is not None
    ctx = click.Context(command, info_name=name, parent=group, **command.context_settings)
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield from (".TP", rf"\fB{_escaped(name)}\fP {_escaped(usage)}")
    yield from _help_of(command)
    yield from (".RS", *_options(command, ctx), ".RE")


def _help_of(command: click.Command) -> Iterator[str]:
    """Yield the paragraphs of its help; one that begins with a backspace keeps its lines."""
    for number, paragraph in enumerate(cleandoc(command.help or "").split("\n\n")):
        if number:
            yield ".sp"
        if paragraph.startswith("\b"):
            yield from (".nf", *map(_line, paragraph.split("\n")[1:]), ".fi")
        else:
            yield _line(" ".join(paragraph.split()))


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for option in command.params:
        record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
        if record is not None:
            yield from _tagged(*record)


def _tagged(name: str, text: str) -> Iterator[str]:
    yield from (".TP", rf"\fB{_escaped(name)}\fP", _line(text))


def _block(block: SyntaxTreeNode) -> Iterator[str]:
    match block.type:
        case "heading":
            title = _inline(block)
            yield f".SS {title}" if block.tag != "h1" else f".SH {_escaped(plain(block).upper())}"
        case "paragraph":
            yield from (".PP", _started(_inline(block)))
        case "fence":
            lines = map(_line, block.content.splitlines())
            yield from (".PP", ".RS 4", ".nf", *lines, ".fi", ".RE")
        case "table":
            head, *rows = rows_of(block)
            for row in rows:
                yield from _row(head, row)
        case _:
            for marker, entry in entries(block):
                yield from (rf'.IP "{_escaped(marker)}" 4', _started(_inline(entry)))


def _row(head: list[SyntaxTreeNode], row: list[SyntaxTreeNode]) -> Iterator[str]:
    """Yield a row as an entry: its first cell, then the others, named unless it is the last."""
    first, *middle, last = row
    yield from (".TP", _started(_inline(first)))
    for name, cell in zip(head[1:], middle, strict=False):
        yield from (_started(f"{_inline(name)}: {_inline(cell)}"), ".br")
    yield _started(_inline(last))


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(FONTS[style].format(_escaped(text)) for style, text in spans(node))


def _line(text: str) -> str:
    return _started(_escaped(text))


def _started(text: str) -> str:
    r"""Return a line that is no request, whatever it begins with; an empty one is ``\&`` too."""
    return text if text[:1] not in {"", ".", "'"} else rf"\&{text}"


def _escaped(text: str) -> str:
    return (
        text.replace("\\", r"\(rs").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    )


def main() -> None:
    """Write the page of the installed version to the file that is named."""
    from importlib.metadata import version

    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(man_page(version("review-board")), "utf-8")


if __name__ == "__main__":
    main()
