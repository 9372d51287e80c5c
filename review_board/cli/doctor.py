"""``doctor``: looks at the pipeline's files and records, and mends them only when asked."""

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.zone import machine_zone
from review_board.errors import InvalidValueError, UsageError
from review_board.pipeline.dates import instant
from review_board.store.files import explain_errors
from review_board.wording import several

if TYPE_CHECKING:
    from pathlib import Path

    from review_board.store.doctor import Problem

BACKUP = "\0backup"
_MARKS = {"good": "ok ", "odd": "odd", "bad": "BAD"}


@command("doctor")
@click.option(
    "--repair",
    is_flag=True,
    help="Mend the history, remove half-written files and close the files to others.",
)
@click.option(
    "--restore",
    is_flag=False,
    flag_value=BACKUP,
    metavar="[COPY]",
    help="Put the last good copy (or COPY) in place of the pipeline, which is kept.",
)
@click.option(
    "--compact",
    is_flag=False,
    flag_value=12,
    type=whole_number(1),
    metavar="[MONTHS]",
    help="Put history older than MONTHS (12) into a compressed archive; `history` still shows it.",
)
@as_json_option
@pass_invocation
def doctor(
    call: Invocation, repair: bool, restore: str | None, compact: int | None, as_json: bool
) -> int:
    """Check the pipeline's files and records. No change that was saved is thrown away. Exit status 1: something is wrong."""
    from review_board.store import doctor as store_doctor

    if bool(repair) + bool(restore) + bool(compact) > 1:
        raise UsageError("--repair, --restore and --compact exclude each other", "name one")
    if repair or restore or compact:
        if restore:
            _restore(call, restore)
        else:
            _acknowledge(call, _compact(call, compact) if compact else _repair(call))
        return 0
    findings = store_doctor.examine(call.path)
    if not any(finding.weight == "bad" for finding in findings):
        findings += _spoilt_records(call)
    findings += _exposed_in_own_folder()
    if as_json:
        call.out.json({"file": str(call.path), "findings": [asdict(f) for f in findings]})
    else:
        _print(call, findings)
    return int(any(finding.weight == "bad" for finding in findings))


_Done = tuple[str, "list[Problem]"]
"""What was done to the pipeline, in a word or two (empty: nothing), and line by line."""


def _acknowledge(call: Invocation, done: _Done) -> None:
    what, findings = done
    if what:
        call.out.saved(f"{call.path.name} {what}")
    else:
        call.out.line(f"{call.path.name}: nothing was changed")
    _print(call, findings)


def _repair(call: Invocation) -> _Done:
    from review_board.store import repairs

    done = repairs.repair(call.path) + _close_own_folder()
    return "is mended" if done else "", done


def _compact(call: Invocation, months: int) -> _Done:
    from review_board.store import compacting

    today = call.clock(machine_zone())().date()
    done = compacting.compact(call.path, today, months)
    good = [finding for finding in done if finding.weight == "good"]
    is_compacted = len(good) == len(done)
    return "is compacted" if is_compacted else "is cleaned up" if good else "", done


def _restore(call: Invocation, source: str) -> None:
    """Make changes again that are in no file; where there is none of them, restore the file itself."""
    from review_board.store import repairs
    from review_board.store.restore_changes import restore_changes

    copy = None if source == BACKUP else source
    again = restore_changes(call.path, at=instant(call.clock(UTC)())) if copy is None else []
    count = sum(finding.weight == "good" for finding in again)
    if count:
        changes = several(count, "change is", "changes are")
        call.out.saved(f"{call.path.name}: {changes} made again")
        _print(call, again)
        call.out.line(
            "      the file itself is whole and was left as it is; `doctor --restore` once more"
            " puts the last good copy in its place"
        )
        return
    _print(call, again)
    _acknowledge(call, ("is restored", repairs.restore(call.path, copy)))


def _exposed_in_own_folder() -> "list[Problem]":
    """Return drafts and crash logs that others on this machine may read."""
    from review_board.store.doctor import Problem

    words = "others on this machine may read it", "`review-board doctor --repair`"
    return [Problem("odd", str(path), *words) for path in _open_to_others()]


def _close_own_folder() -> "list[Problem]":
    from review_board.store.doctor import Problem

    done = []
    for path in _open_to_others():
        with explain_errors(path, "closed to others"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        done.append(Problem("good", str(path), "closed to others"))
    return done


def _open_to_others() -> "list[Path]":
    from review_board.cli.private_state import state_folder

    folder = state_folder()
    with explain_errors(folder, "examined"):
        found = [folder, *sorted(folder.rglob("*"))] if folder.is_dir() else []
        return [p for p in found if not p.is_symlink() and p.stat().st_mode & 0o077]


def _spoilt_records(call: Invocation) -> "list[Problem]":
    """Return records that a hand has spoilt, each with what is wrong in it."""
    from review_board.store.doctor import Problem

    board = call.open_board()
    findings = []
    for prospect_id in board.documents():
        try:
            board.prospect(prospect_id)
        except InvalidValueError as error:
            findings.append(
                Problem("bad", prospect_id, error.message, "correct it in the file, or undo it")
            )
    return findings


def _print(call: Invocation, findings: "list[Problem]") -> None:
    for finding in findings:
        cure = f"; {finding.cure}" if finding.cure else ""
        call.out.line(
            f"{_MARKS[finding.weight]}  {finding.where}: {finding.what}{call.out.in_full(cure)}"
        )
