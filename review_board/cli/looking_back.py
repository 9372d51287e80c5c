"""``changes`` and ``stats``: what happened to the pipeline since a day, and how it went over the weeks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.ascii_fallback import writable
from review_board.cli.context import Invocation
from review_board.cli.filtering import EMPTY, filter_arguments, read_filter
from review_board.cli.options import as_json_option, command, pass_invocation, whole_number
from review_board.cli.progress_line import progress_line
from review_board.cli.terminal import width_of_stdout
from review_board.cli.typed_words import past_day_named
from review_board.errors import UsageError
from review_board.report.change_kinds import ChangeKind
from review_board.textlayout import WIDE
from review_board.wording import capital

if TYPE_CHECKING:
    from datetime import date

    from review_board.report.model import ReportSection
    from review_board.report.pipeline_changes import CardChange, ChangeGroup, PipelineChanges
    from review_board.report.statistics import Statistics
    from review_board.review.scope import Scope

REVIEW, IMPORT = "review", "import"
SESSION = "session"
"""What a review was called here before; scripts may still type it."""


def _number_of(text: str) -> int:
    """Return the number of a change; raise ``UsageError`` for what is none."""
    if not text.strip().isdecimal():
        cure = "write its number, as history names it, or import"
        raise UsageError(f"--of: {text[:40]!r} is no change", cure)
    return whole_number(1)(text)


class _Kind(click.Choice[str]):
    """A kind of change, as the option writes it (``came-in``) or as the table does (``Came in``)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the kind."""
        return super().convert("-".join(str(value).split()), param, ctx)


@command("changes")
@click.option(
    "--since",
    metavar="DAY",
    help="From that day on (on a Monday `mon` is today), `import`: since the last import, or `review`: since your last review, else anybody's. Without it as `review`, or a week where there was no review.",
)
@click.option(
    "--of",
    metavar="CHANGE",
    help="Only what one change did: its number (see history), or `import`: the last import.",
)
@click.option(
    "--list",
    "listed",
    type=_Kind([kind.value for kind in ChangeKind], case_sensitive=False),
    metavar="KIND",
    help=f"The cards of one kind: {', '.join(ChangeKind)}.",
)
@as_json_option
@filter_arguments
@pass_invocation
def changes(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    since: str | None,
    of: str | None,
    listed: str | None,
    owner: str | None,
    as_json: bool,
) -> None:
    """What came in, woke up, came back, moved, was put off, purged or won, and what changed in value.

    Two days are compared: what was done and undone between them is no change. FILTER is as in list.
    """
    from review_board.report.change_sections import cards_section, changes_section
    from review_board.report.look_back import ChangesRequest, prepare_changes

    is_review, is_import = since in {REVIEW, SESSION}, since == IMPORT
    day = None if since is None or is_review or is_import else _past_day(call, since)
    if of and since:
        raise UsageError("--of and --since exclude each other", "leave one out")
    number = None if of in (None, IMPORT) else _number_of(of)
    is_alone, scope = of == IMPORT, _scope(call, words, owner)
    wanted = ChangesRequest(day, is_review, is_import or is_alone, is_alone, number, scope)
    changed = prepare_changes(call.board, wanted)()
    if as_json:
        call.out.json(_changes_document(changed))
        return
    if listed:
        kind = ChangeKind(listed)
        call.out.lines(*_lines(cards_section(changed, kind), changed.until))
        if not changed.of(kind):
            call.out.note(f"No card {changed.span}")
        return
    call.out.line(f"{capital(changed.span)}: {changed.summary}.")
    if changed.kinds:
        call.out.line()
        _, _, *rows = _lines(changes_section(changed), changed.until)
        call.out.lines(*rows)


@command("stats")
@click.option("--since", metavar="DAY", help="From the week of that day on; else 12 weeks.")
@as_json_option
@filter_arguments
@pass_invocation
def stats(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    since: str | None,
    owner: str | None,
    as_json: bool,
) -> None:
    """How the pipeline went week by week and rep by rep, and what each owner owes now.

    What each column held, how much was purged, how long ago buyers gave a signal, hours freed, and
    what became of what was kept against the advice. FILTER is as in list.
    """
    from review_board.report.look_back import prepare_statistics
    from review_board.report.statistics import chart_section, reps_section, weeks_section

    day = None if since is None else _past_day(call, since)
    with progress_line() as progress:
        found = prepare_statistics(call.board, day, _scope(call, words, owner), progress)()
    if as_json:
        call.out.json(_statistics_document(found))
        return
    if not found.reps:
        call.out.note(EMPTY)
        return
    call.out.line(found.summary)
    for section in (chart_section(found), weeks_section(found), found.owed, reps_section(found)):
        call.out.lines("", *_lines(section, found.today))


def _scope(call: Invocation, words: tuple[str, ...], owner: str | None) -> "Scope":
    from review_board.review.scope import Scope

    wanted = read_filter(words, call.settings.currency, call.board.today.day)
    return Scope(owner=owner or "", filter=wanted)


def _past_day(call: Invocation, since: str) -> "date":
    return past_day_named(since, call.board.today.day, "--since")


def _lines(section: "ReportSection", today: "date") -> list[str]:
    from review_board.report.formats.plain_text import section_lines

    lines = section_lines(section, today, width_of_stdout() or WIDE, writable)
    return [line.text.rstrip() for line in lines]


# JSON


def _statistics_document(found: "Statistics") -> dict[str, Any]:
    from review_board.report.statistics import reps_section, weeks_section
    from review_board.report.values import records_json

    made = found.decisions
    return {
        "since": found.first,
        "until": found.today,
        "summary": found.summary,
        "decided": made.decided,
        "purged": made.purged,
        "kept_against": made.kept_against,
        "kept_against_dropped": made.died,
        "kept_against_won": made.won,
        "hours": made.hours,
        "weeks": records_json(weeks_section(found)),
        "reps": records_json(reps_section(found)),
        "owed_by_owner": records_json(found.owed),
    }


def _changes_document(changed: "PipelineChanges") -> dict[str, Any]:
    return {
        "since": changed.since.isoformat(timespec="seconds"),
        "until": changed.until,
        "session": changed.review or None,
        "change": changed.change,
        "gap": changed.gap or None,
        "changes": {kind.value: _kind_document(changed.of(kind)) for kind in ChangeKind},
    }


def _kind_document(cards: "tuple[CardChange, ...]") -> dict[str, Any]:
    from review_board.report.pipeline_changes import by_column, by_rep, total

    return {
        "count": len(cards),
        "sum": total(cards),
        "by_column": _groups_document(by_column(cards)),
        "by_rep": _groups_document(by_rep(cards)),
        "cards": [_card_document(card) for card in cards],
    }


def _groups_document(groups: "Iterable[ChangeGroup]") -> dict[str, Any]:
    return {group.key: {"count": group.count, "sum": group.worth} for group in groups}


def _card_document(card: "CardChange") -> dict[str, Any]:
    return {
        "id": card.entry.id,
        "name": card.entry.name,
        "owner": card.entry.owner,
        "column": card.column,
        "worth": card.worth,
        "what": card.what,
    }
