"""What a plan would bring in, in lines of text: what a list holds, how it is read, what becomes of its rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from shlex import quote
from typing import Any

from review_board.board.index import column_in
from review_board.exchange.header_synonyms import NOTED_SECOND
from review_board.exchange.header_words import ANY_LIST, field_words
from review_board.exchange.import_result import ImportResult, SkippedRow, hints_of, lists_of
from review_board.exchange.source_mapping import MEANINGS
from review_board.imports.identity import near_words
from review_board.imports.joined_history import history_lines
from review_board.imports.plan import SHOWN, ImportPlan
from review_board.imports.updating import conflict_words, standing_words, update_words
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column
from review_board.wording import first_few, several

MEANING_WORDS = {
    StageMeaning.OPEN: "Active",
    StageMeaning.CALLBACK: "Callback-Pending",
    StageMeaning.NURTURE: "Nurture",
    StageMeaning.LOST: "Dropped, as lost",
    StageMeaning.WON: "won",
    StageMeaning.RETIRED: "left out",
    StageMeaning.CLOSED: "closed",
}
"""Where a stage word leads, as the board calls it."""
NUMBERED = 10
REFUSED = 20


def import_lines(plan: ImportPlan) -> list[str]:
    """Return what the file holds and what becomes of it, the count first."""
    return [
        *_summary(plan.result, plan.name),
        *_second_time(plan),
        *history_lines(plan.joined.reports),
    ]


def _summary(result: ImportResult, name: str) -> list[str]:
    """Tell what the file holds and what becomes of it, the count first."""
    titles = Counter(
        "won" if document.get("won") else column_in(document.get("column")).title
        for document in result.prospects.documents()
    )
    places = (*(column.title for column in Column), "won")
    where = [f"{titles[title]:,} {title}" for title in places if titles[title]]
    if result.parts:
        return [
            f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}",
            *(f"  Look: {warning}" for warning in result.warnings),
            *(f"  {line}" for part, one in result.parts for line in _summary(one, part)),
        ]
    if result.beside and not result.counts.rows:
        return [f"{name}: history and people for prospects that are here"]
    lines = [f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}"]
    asked = (*result.warnings, *hints_of(result), *_unknown_stages(result))
    lines += [f"  Look: {warning}" for warning in asked]
    if said := result.applied.as_json():
        lines.append(f"  as you said, now or before: {_said_words(said)}")
    origin = "" if result.origin in {ANY_LIST, result.kind} else f"from {result.origin}; "
    lines += [f"  {origin}{', '.join(where)}"] if where else []
    if result.mapping:
        read = ", ".join(
            f"{field_words(field)} ← {' + '.join(h)}"
            + (" (2nd: a note)" if field in NOTED_SECOND and len(h) > 1 else "")
            for field, h in result.mapping.items()
        )
        lines.append(f"  read: {read}")
    lines += [f"  not used: {', '.join(result.unmapped)}"] if result.unmapped else []
    lines += [f"  stages: {'; '.join(_stages_read(result))}"] if result.states else []
    lines += [f"  {notice}" for notice in result.notices]
    return lines + _left_out(result)


def _stages_read(result: ImportResult) -> Iterator[str]:
    """Yield ``Dropped, as lost ← 'Lost' (3), 'Dead' (1)``: how the stage words were read, and how often each stands there."""
    words: dict[StageMeaning, list[str]] = {}
    for use in sorted(result.states, key=lambda use: -use.count):
        words.setdefault(use.meaning, []).append(f"{use.word[:40]!r} ({use.count:,})")
    for meaning, said in words.items():
        yield f"{MEANING_WORDS[meaning]} ← {first_few(said, REFUSED)}"


def _unknown_stages(result: ImportResult) -> list[str]:
    """Ask of each stage word that is not known, or closed without saying how, what it means."""
    closed = [use for use in result.states if use.meaning is StageMeaning.CLOSED]
    asked = [u for u in result.states if not u.is_known and u.meaning is StageMeaning.OPEN]
    lines = [
        f"stage {use.word[:40]!r} ({several(use.count, 'row')}) is taken as Active: "
        f"--stage {quote(f'{use.word}=dropped')} says otherwise, or =won, =nurture, =callback"
        for use in asked[:SHOWN]
    ]
    lines += [
        f"stage {use.word[:40]!r} ({several(use.count, 'row')}) is closed, but won or lost? "
        f"--stage {quote(f'{use.word}=won')} says it, or =dropped"
        for use in closed[:SHOWN]
    ]
    more = [f"{use.word[:40]!r} ({use.count:,})" for use in asked[SHOWN:]]
    return lines + ([f"taken as Active as well: {first_few(more, REFUSED)}"] if more else [])


def _said_words(said: dict[str, Any]) -> str:
    """Return ``value ← Deal size; Parked is nurture`` for a mapping as it is kept."""
    columns, stages = said.get("columns", {}), said.get("stages", {})
    parts = [f"{field_words(field) or 'not used'} ← {header}" for header, field in columns.items()]
    parts += [f"{word} is {MEANING_WORDS[MEANINGS[meant]]}" for word, meant in stages.items()]
    rest = said.keys() - {"columns", "stages"}
    return "; ".join([*parts, *(f"{name.replace('_', ' ')} {said[name]}" for name in sorted(rest))])


def _second_time(plan: ImportPlan) -> Iterator[str]:
    """Tell what becomes of rows that are on record already, what was changed on both sides first."""
    if plan.on_record or plan.near:
        yield f"  {plan.tally}"
    near = [
        f"new, or here: {near_words(one)}; --same {quote(one.row_name)} says so"
        for one in plan.unsure
    ]
    yield from _some(near, REFUSED)
    if plan.on_record:
        new = [f"created {document['name']}" for document in plan.created.documents()]
        yield from _some(new, REFUSED)
    both = list(plan.conflicts)
    yield from _some(
        [f"the list and the board differ: {conflict_words(*one)}" for one in both], REFUSED
    )
    closed = [f"{u.name}: open in the list, here {u.closed}" for u in plan.closed]
    yield from _some(closed, REFUSED)
    updated = [
        f"{'to decide, and updated' if u.conflicts else 'updated'} {u.name}: {update_words(u)}"
        for u in plan.updating
    ]
    yield from _some(updated, REFUSED)
    kept = [f"kept {standing_words(*one)}" for one in plan.standing]
    yield from _some(kept, SHOWN)
    for update, field in islice(plan.standing, 1):
        yield f"  --take {quote(f'{update.name}: {field.label}')} takes the list's word instead"


def rest_lines(plan: ImportPlan) -> Iterator[str]:
    """Yield what else there is to know of the lists: how cells were read, and what was left out."""
    for one in lists_of(plan.result):
        yield from one.notices
        yield from (line.strip() for line in _others_left_out(one.left_out))


def _some(lines: list[str], most: int) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most:,} more like this"


def _left_out(result: ImportResult) -> list[str]:
    """Tell the refused rows one by one, the others so when they are few, else counted by reason."""
    lines = [f"  row {row.row} refused: {row.reason}" for row in result.refused[:REFUSED]]
    if len(result.refused) > REFUSED:
        lines.append(
            f"  and {len(result.refused) - REFUSED:,} more refused: --report FILE names all"
        )
    return lines + _others_left_out(result.left_out)


def _others_left_out(skipped: Sequence[SkippedRow]) -> list[str]:
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
