"""``import``: lists from elsewhere come in."""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from review_board.cli.context import Invocation
from review_board.cli.import_questions import Sides, ask_near, ask_sides, ask_words
from review_board.cli.kept_mappings import KeptMappings
from review_board.cli.options import command, pass_invocation
from review_board.cli.progress_line import progress_line
from review_board.cli.terminal import is_terminal, need_terminal
from review_board.errors import RefusedError, UsageError
from review_board.exchange.write_files import holds, write_file
from review_board.pipeline.stages import StageMeaning

if TYPE_CHECKING:
    from review_board.exchange.import_result import ImportOptions, ImportResult, SkippedRow
    from review_board.exchange.source_mapping import Mappings
    from review_board.imports.plan import ImportPlan

"""Characters that the names of the files may take in what is said of an import."""
Report: TypeAlias = "tuple[Path | None, bool]"
"""The file for the refused rows, if any is wanted, and whether one that is there is replaced."""
_NO_REPORT: Report = (None, False)


@command("import")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and stop.")
@click.option("--json", "as_json", is_flag=True, help="The dry run as JSON.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--skip-bad", is_flag=True, help="Take the rest even when most rows cannot be read.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the refused rows there, as CSV.",
)
@click.option("--force", is_flag=True, help="Replace the report that is there.")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="WORD=MEANING",
    help="What a stage word means: 'Hot=active'.",
)
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"]),
    help="How 01/02/2026 is meant: day or month first.",
)
@click.option(
    "--decimal",
    type=click.Choice(["point", "comma"]),
    help="Which sign in 1.234,5 begins the fraction.",
)
@click.option("--currency", metavar="CODE", help="For amounts that name none.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="[FILE=]KIND",
    help="What a list holds, where that is taken wrongly: deals, leads or activities.",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=HEADER",
    help="What a column is: 'value=Deal size'.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep what you say of columns and words in this file.",
)
@click.option("--sheet", metavar="NAME", help="Of a workbook read this sheet alone.")
@click.option("--include-retired", is_flag=True, help="Deleted and converted rows as well.")
@click.option("--source", metavar="NAME", help="The program or list that it comes from.")
@click.option(
    "--same", multiple=True, metavar="NAME", help="This row, which may be here already, is."
)
@click.option("--theirs", is_flag=True, help="What changed in both: take it from the list.")
@click.option("--ours", is_flag=True, help="What changed in both: leave it as it is here.")
@click.option(
    "--take",
    multiple=True,
    metavar="CARD:FIELD",
    help="This field from the list, though it was decided here: 'Harbor Auto: Value'.",
)
@pass_invocation
def import_(
    call: Invocation,
    /,
    *,
    files: tuple[Path, ...],
    dry_run: bool,
    as_json: bool,
    yes: bool,
    report: Path | None,
    force: bool,
    columns: tuple[str, ...],
    stages: tuple[str, ...],
    kinds: tuple[str, ...],
    mapping: Path | None,
    same: tuple[str, ...],
    theirs: bool,
    ours: bool,
    take: tuple[str, ...],
    **given: object,
) -> int | None:
    """Take in a list of deals or leads (CSV, Excel, JSON, contact cards), or an export of ours (JSON).

    FILES together may be deals, contacts, companies and activities (calls, emails, meetings, tasks,
    notes; also a calendar), in any order: they are joined by id, address, number or name. A single
    FILE may be - for what another program hands over. Rows that cannot be read are refused one by
    one and named. A list that comes again updates: what changed there is taken over, what you
    changed here stands, and what changed on both sides is asked, as is a row that may be here
    already under another name. The whole import is one change; `import undo` takes the last one
    back. What you say of columns and stage words is used again for the next list of the same source.
    """
    board = call.board
    if files == (Path("undo"),) and not files[0].exists():
        _take_back(call)
        return None
    _refuse_contradictions(json_alone=as_json and not dry_run, both=theirs and ours)
    kept = KeptMappings(mapping)
    given |= {**_kinds(kinds, files), "stages": _stages(stages), "remembered": kept.get}
    options = _options(call, columns, given)
    wanted, sides = (report, force), Sides(theirs if theirs or ours else None, take)
    if not (dry_run or yes or same) and _has_screen(files):
        return _look(call, files, wanted, options, kept=kept, sides=sides)
    asks = not (yes or as_json or Path("-") in files) and is_terminal(sys.stdin)
    result = _understood(files, wanted, board.clock(), options, kept=kept if asks else None)
    plan = _planned(call, result, _names_of(files), same)
    plan = sides.where_said(plan) if dry_run else sides.taken(plan)
    if dry_run or plan.is_empty:
        _show(call, plan, as_json=as_json)
        return None
    _take_in(call, plan, sides, is_asked=not yes)
    _keep(kept, result)
    return None


def _take_in(call: Invocation, plan: "ImportPlan", sides: Sides, *, is_asked: bool) -> None:
    """Carry the plan out, after a yes where one is asked for; what nobody saw before is told after it."""
    call.board.refuse_read_only()
    plan = _ask(call, plan, sides) if is_asked else sides.settled(plan)
    with progress_line() as progress:
        told = plan.take_in(call.board, progress=progress, is_last=True)
    call.out.done(f"imported {told}; undo takes {plan.them} back")
    if not is_asked:
        _tell(call, plan, first=1)


def _understood(
    files: tuple[Path, ...],
    report: Report,
    now: datetime,
    options: "ImportOptions",
    *,
    kept: "Mappings | None",
) -> "ImportResult":
    """Read the files; with ``kept`` ask what stage words mean that are not known, and keep the answers."""
    with progress_line() as progress:
        result = _read(files, report, now, replace(options, progress=progress))
    if kept and (said := ask_words(result)):
        with progress_line() as progress:
            result = _read(files, _NO_REPORT, now, replace(options.saying(said), progress=progress))
        _keep(kept, result)
    return result


def _keep(kept: "Mappings", result: "ImportResult") -> None:
    """Keep what was said of the lists for the next ones of the same sources."""
    from review_board.exchange.import_result import lists_of

    for one in lists_of(result):
        if one.source_key:
            kept.keep(one.source_key, one.applied)


def _planned(
    call: Invocation, result: "ImportResult", names: list[str], same: tuple[str, ...]
) -> "ImportPlan":
    """Return the plan for what was read; ``same`` names rows that are on record."""
    from review_board.imports.plan import PipelineNow, plan_import

    pipeline, name = PipelineNow.of(call.board), result.called(names)
    with progress_line() as progress:
        plan = plan_import(pipeline, result, name, progress)
        said = {one.row_name: replace(one, is_same=True) for one in reversed(plan.near)}
        if missing := [row for row in same if row not in said]:
            raise UsageError(
                f"--same {missing[0][:60]!r}: no row of that name may be here already",
                "take a name from those that --dry-run asks about",
            )
        answers = [said[row] for row in same]
        return plan_import(pipeline, result, name, progress, answers) if same else plan


def _refuse_contradictions(*, json_alone: bool, both: bool) -> None:
    if json_alone:
        raise UsageError("--json is for a dry run", "say --dry-run as well")
    if both:
        raise UsageError("--theirs and --ours exclude each other", "say one of them")


def _show(call: Invocation, plan: "ImportPlan", *, as_json: bool) -> None:
    """Print what would come in."""
    from review_board.cli.import_json import plan_json
    from review_board.imports.board_changes import board_changes
    from review_board.imports.plan_sections import change_row

    if as_json:
        call.out.json(plan_json(call.board, plan))
        return
    lines = [f"nothing new in {plan.name}"] if plan.is_empty else []
    changed = [change_row(one).words for one in board_changes(call.board, plan) if one.is_any]
    _tell(call, plan, [*lines, *(f"  {words}" for words in changed)])


def _has_screen(files: tuple[Path, ...]) -> bool:
    """Return whether the look at the list can be a screen, on which what is read wrongly can be set right."""
    if Path("-") in files or not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return False
    try:
        need_terminal("")
    except UsageError:
        return False
    return True


def _look(
    call: Invocation,
    files: tuple[Path, ...],
    report: Report,
    options: "ImportOptions",
    *,
    kept: "Mappings",
    sides: Sides,
) -> int:
    """Show the list on a screen, and import it from there."""
    from review_board.cli.screens import open_import
    from review_board.tui.imports.open_import import ListToImport

    call.board.refuse_read_only()
    call.close()  # the screen opens it again, behind a thread of its own

    reports = iter([report])  # what is refused is written once, however often the list is read

    def read(options: "ImportOptions", now: datetime) -> "ImportResult":
        return _read(files, next(reports, _NO_REPORT), now, options)

    return open_import(call, ListToImport(_names_of(files), read, options, sides.where_said), kept)


def _take_back(call: Invocation) -> None:
    """Take back the last import."""
    from review_board.imports.plan import undo_import

    undo_import(call.board, lambda commit: call.out.saved(commit.action))


def _names_of(files: tuple[Path, ...]) -> list[str]:
    """Return what each of the files is called."""
    from review_board.exchange.decoding import shown_names

    return ["the input"] if files == (Path("-"),) else shown_names(files)


def _read(
    files: tuple[Path, ...], report: Report, now: datetime, options: "ImportOptions"
) -> "ImportResult":
    """Read the file, or stdin; write the refused rows to the report, also of a list refused whole."""
    from review_board.exchange.import_result import BadRowsError
    from review_board.exchange.read_files import import_bytes, read_files, read_stream

    try:
        if len(files) == 1 and str(files[0]) == "-":
            return _reported(
                import_bytes(read_stream(sys.stdin.buffer), now=now, options=options), report
            )
        return _reported(read_files(files, now=now, options=options), report)
    except BadRowsError as error:
        _write_refused(report, [(error.headers, error.rows)])
        raise


def _reported(result: "ImportResult", report: Report) -> "ImportResult":
    from review_board.exchange.import_result import lists_of

    _write_refused(report, [(one.headers, one.refused) for one in lists_of(result)])
    return result


def _write_refused(
    report: Report, refused: "list[tuple[tuple[str, ...], tuple[SkippedRow, ...]]]"
) -> None:
    """Write the refused rows where they are wanted; what stands there already is replaced only by force."""
    from review_board.exchange.tables_out import refused_csv

    file, force = report
    made = b"\r\n".join(refused_csv(headers, rows) for headers, rows in refused if rows)
    if file and made and not holds(file, made):
        write_file(file, made, force=force)


def _stages(texts: tuple[str, ...]) -> dict[str, StageMeaning]:
    """Return what the user says that stage words mean: ``--stage "Went dark=lost"``."""
    from review_board.exchange.source_mapping import MEANINGS, SAYABLE

    meanings = {**SAYABLE, **MEANINGS}
    found: dict[str, StageMeaning] = {}
    for text in texts:
        word, equals, meaning = text.rpartition("=")
        if not equals or not word.strip() or meaning.strip().lower() not in meanings:
            raise UsageError(
                f"--stage {text[:60]!r} does not say what the stage means",
                f"choose from {', '.join(SAYABLE)}",
            )
        found[word] = meanings[meaning.strip().lower()]
    return found


def _options(
    call: Invocation, columns: tuple[str, ...], given: dict[str, object]
) -> "ImportOptions":
    from review_board.imports.plan import import_options

    mapped = dict(_column(text) for text in columns)
    currency = given.get("currency")
    if isinstance(currency, str) and not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise UsageError(f"--currency {currency[:20]!r} is no currency code", "write it like EUR")
    plain = {name: value for name, value in given.items() if value is not None}
    return import_options(call.board, columns=mapped, **plain)


def _kinds(said: tuple[str, ...], files: tuple[Path, ...]) -> dict[str, object]:
    """Return what ``activities`` and ``calls.csv=activities`` say of all lists, and of the file of a name."""
    from review_board.exchange.source_mapping import KINDS

    shown = _names_of(files)
    names = dict(zip((*map(str, files), *shown), shown * 2, strict=True))
    found: dict[str, str] = {}
    for text in said:
        name, _, kind = text.rpartition("=")
        if kind not in KINDS or (name and name not in names):
            raise UsageError(
                f"--kind {text[:40]!r} is no kind of list",
                f"write {', '.join(KINDS)}, or FILE={KINDS[-1]} for one of the files; of two with one name its path",
            )
        found[names.get(name, "")] = kind
    return {"kind": found.pop("", None), "kind_of": found}


def _column(text: str) -> tuple[str, str]:
    """Return the header and field of ``value=Deal size`` or ``Deal size=value``."""
    from review_board.exchange.header_synonyms import FIELDS, meaning_of

    header, equals, field = text.rpartition("=")
    if equals and header and (not field or field in FIELDS):
        return header, field
    name, equals, header = text.partition("=")
    meant = name if name in FIELDS else getattr(meaning_of(name), "field", "")
    if not equals or not header or not meant:
        raise UsageError(
            f"--map {text[:60]!r} needs the name of a field",
            f"choose from {', '.join(sorted(FIELDS))}",
        )
    return header, meant


def _tell(call: Invocation, plan: "ImportPlan", more: Sequence[str] = (), first: int = 0) -> None:
    """Print what comes in, from the ``first`` line on, ``more`` of it, and the warnings."""
    from review_board.imports.plan_lines import import_lines

    call.out.lines(*import_lines(plan)[first:], *more)
    for warning in plan.warnings:
        call.out.note(warning)


def _ask(call: Invocation, plan: "ImportPlan", sides: Sides) -> "ImportPlan":
    """Ask on a terminal, else demand ``--yes``: nothing is taken in unseen."""
    from review_board.imports.plan import PipelineNow, plan_import

    if not is_terminal(sys.stdin):
        raise UsageError(
            f"Nothing was imported: {plan.name} with {plan.count} waits for a yes",
            "say --yes, or look first with --dry-run",
        )
    _tell(call, plan)
    told = {*plan.warnings}
    if answers := ask_near(plan):
        pipeline = PipelineNow.of(call.board)
        plan = sides.taken(plan_import(pipeline, plan.result, plan.name, answers=answers))
    plan = ask_sides(plan) if plan.undecided and sides.theirs is None else sides.settled(plan)
    for warning in plan.warnings:
        if warning not in told:
            call.out.note(warning)
    if not click.confirm("Import them?", err=True):
        raise RefusedError("Nothing was imported")
    return plan
