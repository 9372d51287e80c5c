"""``import`` and ``export``: lists from elsewhere come in, the whole pipeline goes out."""

import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.errors import RefusedError, UsageError
from review_board.wording import first_few, plural, several

if TYPE_CHECKING:
    from review_board.exchange.import_result import ImportOptions, ImportResult, SkippedRow
    from review_board.pipeline.stages import StageMeaning

SHOWN = 5
NUMBERED = 10
REFUSED = 20


@command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--skip-bad", is_flag=True, help="Take the rest even when most rows cannot be read.")
@click.option(
    "--report", type=click.Path(path_type=Path), help="Write the refused rows there, as CSV."
)
@click.option(
    "--stage", "stages", multiple=True, metavar="WORD=MEANING", help="What a stage word means."
)
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="How 01/02/2026 is meant.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="How 1.234 is meant.")
@click.option("--currency", metavar="CODE", help="For amounts that name none.")
@click.option("--kind", type=click.Choice(["deals", "leads"]), help="Whatever it seems to be.")
@click.option("--map", "columns", multiple=True, metavar="HEADER=FIELD", help="What a column is.")
@click.option("--include-retired", is_flag=True, help="Deleted and converted rows as well.")
@pass_invocation
def import_(
    call: Invocation,
    /,
    *,
    file: Path,
    dry_run: bool,
    yes: bool,
    report: Path | None,
    columns: tuple[str, ...],
    stages: tuple[str, ...],
    **given: object,
) -> None:
    """Take in a list of deals or leads (CSV), or an export of review_board (JSON).

    FILE may be - for what another program hands over. Rows that cannot be read are refused one by
    one and named; the whole import is one change, and `undo` takes it back.
    """
    from review_board.board import forget as forgetting

    call.via = "import"
    board = call.board
    options = _options(call, columns, given | {"stages": _stages(stages)})
    result = _read(file, report, board.clock(), options)
    count = len(result.prospects)
    warnings = list(forgetting.warnings(board, result.prospects))
    if dry_run or not count:
        call.out.lines(*_summary(result, file), *([] if count else ["nothing to import"]))
        _warn(call, warnings)
        return
    board.refuse_read_only()
    if not yes:
        _ask(call, result, file, warnings)
    board.add(result.prospects, f"imported {several(count, 'prospect')} from {_named(file)}")
    them = plural(count, "it", "them")
    call.out.saved(f"{several(count, 'prospect')} from {_named(file)}; undo takes {them} back")
    if yes:
        _warn(call, warnings)
        call.out.lines(*_summary(result, file)[1:])


@command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="The project's own format (the only one yet)."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_invocation
def export(call: Invocation, file: Path | None, as_json: bool, force: bool) -> None:
    """Write all prospects to FILE (0600, in one step), or to stdout; `import` reads it again."""
    from review_board.exchange.exporting import export_json
    from review_board.exchange.project_json import to_json

    if not as_json:
        raise UsageError("Export needs a format", "say --json")
    board = call.board
    prospects = [board.prospect(prospect_id) for prospect_id in board.documents()]
    if file is None or str(file) == "-":
        call.out.raw_json(to_json(prospects).decode())
        return
    export_json(file, prospects, force=force)
    call.out.saved(f"{several(len(prospects), 'prospect')} to {file}")


def _read(
    file: Path, report: Path | None, now: datetime, options: "ImportOptions"
) -> "ImportResult":
    """Read the file, or stdin; write the refused rows to the report, also of a list refused whole."""
    from review_board.exchange.import_result import BadRowsError
    from review_board.exchange.importing import import_bytes, read_prospects, read_stream

    try:
        if str(file) == "-":
            return _reported(
                import_bytes(read_stream(sys.stdin.buffer), now=now, options=options), report
            )
        return _reported(read_prospects(file, now=now, options=options), report)
    except BadRowsError as error:
        _write_refused(report, error.headers, error.rows)
        raise


def _reported(result: "ImportResult", report: Path | None) -> "ImportResult":
    _write_refused(report, result.headers, result.refused)
    return result


def _write_refused(
    report: Path | None, headers: tuple[str, ...], rows: "tuple[SkippedRow, ...]"
) -> None:
    """Write the refused rows where they are wanted; an existing file is never replaced."""
    from review_board.exchange.exporting import write_file
    from review_board.exchange.refused_rows import refused_csv

    if report and rows:
        write_file(report, refused_csv(headers, rows))


def _stages(texts: tuple[str, ...]) -> "dict[str, StageMeaning]":
    """Return what the user says that stage words mean: ``--stage "Went dark=lost"``."""
    from review_board.pipeline.stages import StageMeaning

    meanings = {name.name.lower(): name for name in StageMeaning if name is not StageMeaning.CLOSED}
    found: dict[str, StageMeaning] = {}
    for text in texts:
        word, equals, meaning = text.rpartition("=")
        if not equals or not word.strip() or meaning.strip().lower() not in meanings:
            raise UsageError(
                f"--stage {text[:60]!r} says no meaning", f"choose from {', '.join(meanings)}"
            )
        found[word] = meanings[meaning.strip().lower()]
    return found


def _options(
    call: Invocation, columns: tuple[str, ...], given: dict[str, object]
) -> "ImportOptions":
    from review_board.exchange.header_synonyms import FIELDS
    from review_board.exchange.import_result import ImportOptions

    mapped: dict[str, str] = {}
    for text in columns:
        header, equals, field = text.rpartition("=")
        if not equals or not header or (field and field not in FIELDS):
            raise UsageError(
                f"--map {text[:60]!r} names no field", f"choose from {', '.join(sorted(FIELDS))}"
            )
        mapped[header] = field
    currency = given.get("currency")
    if isinstance(currency, str) and not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise UsageError(f"--currency {currency[:20]!r} is no currency code", "write it like EUR")
    plain = {name: value for name, value in given.items() if value is not None}
    plain.setdefault("currency", call.settings.currency)
    return ImportOptions(
        by=call.by,
        columns=mapped,
        existing=frozenset(call.board.index.entries),
        **plain,  # type: ignore[arg-type]
    )


def _summary(result: "ImportResult", file: Path) -> list[str]:
    """Tell what the file holds and what becomes of it, the count first."""
    columns = Counter(p.column.title for p in result.prospects if not p.won)
    won = sum(1 for p in result.prospects if p.won)
    where = [f"{count:,} {title}" for title, count in columns.items()]
    where += [f"{won:,} won"] if won else []
    lines = [f"{several(len(result.prospects), 'prospect')} in {_named(file)}: {result.confidence}"]
    lines += [f"  Look: {warning}" for warning in result.warnings]
    lines += [f"  from {result.origin}; {', '.join(where)}"] if where else []
    if result.mapping:
        read = ", ".join(f"{field} ← {' + '.join(h)}" for field, h in result.mapping.items())
        lines.append(f"  read: {read}")
    lines += [f"  not used: {', '.join(result.unmapped)}"] if result.unmapped else []
    lines += [f"  {notice}" for notice in result.notices]
    return lines + _left_out(result)


def _named(file: Path) -> str:
    return "the input" if str(file) == "-" else file.name


def _left_out(result: "ImportResult") -> list[str]:
    """Tell the refused rows one by one, the others so when they are few, else counted by reason."""
    lines = [f"  row {row.row} refused: {row.reason}" for row in result.refused[:REFUSED]]
    if len(result.refused) > REFUSED:
        lines.append(
            f"  and {len(result.refused) - REFUSED:,} more refused: --report FILE names all"
        )
    return lines + _others_left_out(
        [row for row in result.skipped if row not in set(result.refused)]
    )


def _others_left_out(skipped: "list[SkippedRow]") -> list[str]:
    if len(skipped) <= SHOWN:
        return [f"  row {row.row} left out: {row.reason}" for row in skipped]
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        reasons.setdefault(row.reason, []).append(row.row)
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    lines = [f"  {_rows(rows)} left out: {reason}" for reason, rows in ranked[:SHOWN]]
    more = sorted(row for _, rows in ranked[SHOWN:] for row in rows)
    return lines + ([f"  {_rows(more)} left out for other reasons"] if more else [])


def _rows(rows: list[int]) -> str:
    """Return ``row 7`` or ``3 rows (7, 9, 12)``: the first ten by number."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"{several(len(rows), 'row')} ({first_few([str(row) for row in rows], NUMBERED)})"


def _warn(call: Invocation, warnings: list[str]) -> None:
    for warning in warnings:
        call.out.note(warning)


def _ask(call: Invocation, result: "ImportResult", file: Path, warnings: list[str]) -> None:
    """Ask on a terminal, else demand ``--yes``: nothing is taken in unseen."""
    from review_board.cli.terminal import is_terminal

    if not is_terminal(sys.stdin):
        raise UsageError(
            f"Nothing was imported: {_named(file)} with {several(len(result.prospects), 'prospect')} "
            "waits for a yes",
            "say --yes, or look first with --dry-run",
        )
    call.out.lines(*_summary(result, file))
    _warn(call, warnings)
    if not click.confirm("Import them?", err=True):
        raise RefusedError("Nothing was imported")
