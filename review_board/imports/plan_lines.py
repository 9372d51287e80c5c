"""What a plan would bring in, in lines of text: what a list holds, how it is read, what becomes of its rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from shlex import quote

from review_board.board.index import column_in
from review_board.exchange.header_synonyms import NOTED_SECOND
from review_board.exchange.header_words import ANY_LIST, field_words
from review_board.exchange.import_result import ImportResult
from review_board.imports import plan_sections as parts
from review_board.imports.joined_history import history_rows
from review_board.imports.plan import SHOWN, ImportPlan
from review_board.imports.plan_row import PlanRow
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column
from review_board.wording import first_few, several

_MOST = 20


def import_lines(plan: ImportPlan) -> list[str]:
    """Return what the file holds and what becomes of it, the count first."""
    told = (f"  {row.words}" for row in history_rows(plan.joined.reports))
    return [*_summary(plan.result, plan.name), *_second_time(plan), *told]


def _summary(result: ImportResult, name: str) -> Iterator[str]:
    """Tell what the file holds and what becomes of it, the count first."""
    if result.beside and not result.parts and not result.rows:
        yield f"{name}: history and people for prospects that are here"
        return
    yield f"{several(len(result.prospects), 'prospect')} in {name}: {result.confidence}"
    yield from (f"  Look: {warning}" for warning in result.warnings)
    for part, one in result.parts:
        yield from (f"  {line}" for line in _summary(one, part))
    if result.parts:
        return
    yield from (f"  Look: {row.told(row.option)}" for row in parts.hint_rows(0, result))
    asked = (f"Look: {row.told(row.option)}" for row in parts.state_rows(0, result) if row.sign)
    yield from _some(asked, SHOWN)
    rest = {name.replace("_", " "): said for name, said in result.applied.as_json().items()}
    wholes = [f"{name} {rest[name]}" for name in sorted(rest.keys() - {"columns", "stages"})]
    if said := [*parts.said_words(result), *wholes]:
        yield f"  as you said, now or before: {'; '.join(said)}"
    origin = "" if result.origin in {ANY_LIST, result.kind} else f"from {result.origin}; "
    if where := _places(result):
        yield f"  {origin}{', '.join(where)}"
    if result.mapping:
        read = ", ".join(
            f"{field_words(field)} ← {' + '.join(h)}"
            + (" (2nd: a note)" if field in NOTED_SECOND and len(h) > 1 else "")
            for field, h in result.mapping.items()
        )
        yield f"  read: {read}"
    if result.unmapped:
        yield f"  not used: {', '.join(result.unmapped)}"
    if result.states:
        yield f"  stages: {'; '.join(_stages_read(result))}"
    refused = (row.words for row in parts.refused_rows(0, result))
    yield from _some(refused, _MOST, ": --report FILE names all")
    yield from (f"  {line}" for line in parts.rest_lines(result))


def _places(result: ImportResult) -> list[str]:
    titles = Counter(
        "won" if document.get("won") else column_in(document.get("column")).title
        for document in result.prospects.documents()
    )
    places = (*(column.title for column in Column), "won")
    return [f"{titles[title]:,} {title}" for title in places if titles[title]]


def _stages_read(result: ImportResult) -> Iterator[str]:
    """Yield ``Dropped, as lost ← 'Lost' (3), 'Dead' (1)``: how the stage words were read, and how often each stands there."""
    words: dict[StageMeaning, list[str]] = {}
    for use in sorted(result.states, key=lambda use: -use.count):
        words.setdefault(use.meaning, []).append(f"{use.word[:40]!r} ({use.count:,})")
    for meaning, said in words.items():
        yield f"{parts.MEANING_WORDS[meaning]} ← {first_few(said, _MOST)}"


def _second_time(plan: ImportPlan) -> Iterator[str]:
    """Tell what becomes of rows that are on record already, what was changed on both sides first."""
    if plan.on_record or plan.near:
        yield f"  {plan.tally}"
    near: Iterable[PlanRow] = map(parts.near_row, plan.unsure)
    yield from _some((row.told(row.option) for row in near), _MOST)
    for most, rows in (
        (_MOST, (parts.both_row(*one, {}) for one in plan.conflicts)),
        (_MOST, parts.again_rows(plan)),
        (SHOWN, (parts.both_row(*one, {}, usual=False) for one in plan.standing)),
    ):
        yield from _some((row.words for row in rows), most)
    for update, field in islice(plan.standing, 1):
        yield f"  --take {quote(f'{update.name}: {field.label}')} takes the list's word instead"


def _some(lines: Iterable[str], most: int, rest: str = " like this") -> Iterator[str]:
    """Yield the first ones, and how many more there are."""
    left = iter(lines)
    yield from (f"  {line}" for line in islice(left, most))
    if more := sum(1 for _ in left):
        yield f"  and {more:,} more{rest}"
