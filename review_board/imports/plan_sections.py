"""What a plan would bring in, in parts from top to bottom: the screen shows them, the command line prints them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from shlex import quote

from review_board.board.index import entry_of
from review_board.exchange.header_synonyms import NOTED_SECOND
from review_board.exchange.header_words import ANY_LIST, field_words
from review_board.exchange.import_result import ColumnUse, ImportResult, lists_of
from review_board.imports.board_changes import BoardChange
from review_board.imports.identity import NearMatch, near_words
from review_board.imports.joined_history import history_rows
from review_board.imports.list_again import OLDER
from review_board.imports.plan import SHOWN, ImportPlan
from review_board.imports.plan_row import PlanRow
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update, conflict_words, standing_words, update_words
from review_board.pipeline.money import side_by_side
from review_board.pipeline.stages import StageMeaning
from review_board.wording import first_few, several

COLUMN, STATE, BOTH, NEAR, WHOLE, HINT, SHEET, WARNING, MISSING = (
    *("column/", "state/", "both/", "near/", "whole/"),
    *("hint/", "sheet/", "warning/", "missing/"),
)
"""How the keys of the rows begin that can be changed, and that lead to those."""
MEANING_WORDS = {
    StageMeaning.OPEN: "Active",
    StageMeaning.QUOTE: "Active, a quote is out",
    StageMeaning.CALLBACK: "Callback-Pending",
    StageMeaning.NURTURE: "Nurture",
    StageMeaning.LOST: "Dropped, as lost",
    StageMeaning.WON: "won",
    StageMeaning.RETIRED: "left out",
    StageMeaning.CLOSED: "closed",
}
"""Where a stage word leads, as the board calls it."""
AS_FOUND = "as found"
WHOLES = {
    "kind": ("the list", "What is the list?",
             {"deals": "deals", "leads": "leads: each row is a prospect",
              "activities": "activities of the deals in another list", "": AS_FOUND}),
    "dates": ("days: 01/02/2026", "How is 01/02/2026 meant?",
              {"dmy": "day first: 1 February", "mdy": "month first: 2 January", "": "as the list shows"}),
    "decimal": ("the dot in 1.234", "How is 1.234 meant?",
                {"comma": "as a thousand and more", "point": "as a little more than one",
                 "": "as each column shows"}),
    "shared_sign": ("kr and Bs", "Which currency is kr or Bs?",
                    {code: code for code in ("SEK", "NOK", "DKK", "ISK", "BOB", "VES")} | {"": AS_FOUND}),
}  # fmt: skip
"""What can be said of a list as a whole: its name, the question, and the answers."""
_ORDERS = {"dmy": "day first", "mdy": "month first", "m.d": "month first"}
_NUMBERED = 10

Sides = Mapping[tuple[str, str], bool]
"""For a prospect and a field of which list and board differ: whether it becomes as in the list."""


def taken_of(sides: Sides) -> set[tuple[str, str]]:
    """Return the fields that become as in the list."""
    return {field for field, is_theirs in sides.items() if is_theirs}


def sections(
    plan: ImportPlan, changes: Sequence[BoardChange], sides: Sides, enter: str
) -> Iterator[tuple[str, Iterator[PlanRow]]]:
    """Yield each part of a plan, some of which are empty, with its title; the key ``enter`` answers."""
    lists = lists_of(plan.result)
    chosen = plan.taking(taken_of(sides))
    undecided = ", without what is to decide" if chosen.undecided else ""
    yield "Look at this first", _warnings(chosen, enter)
    what = (row for place, one in enumerate(lists) for row in _what(place, one, enter))
    yield "What it is", what
    yield "How activities, people and companies are read", history_rows(plan.joined.reports)
    yield f"New, or here already: {enter} chooses", map(near_row, plan.near)
    yield f"On the board, before and after{undecided}", map(change_row, changes)
    both = (both_row(*one, sides) for one in plan.conflicts)
    yield f"The list and the board differ: {enter} chooses", both
    standing = (both_row(*one, sides, usual=False) for one in plan.standing)
    yield f"Your decision stands: {enter} takes the list's word instead", standing
    yield f"One by one: {chosen.tally}", again_rows(chosen)
    yield "Gone from the list: after the import gone:yes finds them", gone_rows(plan)
    refused = (row for place, one in enumerate(lists) for row in refused_rows(place, one))
    yield "Refused", refused
    for place, one in enumerate(lists):
        name = f" of {plan.result.parts[place][0]}" if plan.result.parts else ""
        yield f"Stages and states{name}: {enter} says what one means", state_rows(place, one)
        columns = (column_row(place, use, one.columns[:n]) for n, use in enumerate(one.columns))
        yield f"Columns{name}: {enter} says what one is", columns
    rest = (_line("line/", text) for one in lists for text in rest_lines(one))
    yield "What else there is to know", rest


_OPTION_AT_END = re.compile(r": --[a-z-]+(?: \w+)*$")
"""What a notice says of an option; text of the list may hold the like further in front."""


def _line(key: str, text: str, sign: str = "") -> PlanRow:
    """Return a line of text, without the option of the command line that it ends with."""
    text = _OPTION_AT_END.sub("", text)
    return PlanRow(f"{key}{text}", text, sign=sign)


def _warnings(plan: ImportPlan, enter: str) -> Iterator[PlanRow]:
    """Yield why a list was not understood, and what was left unread that the key ``enter`` takes."""
    lists = lists_of(plan.result)
    several_lists = plan.result.warnings if plan.result.parts else ()
    texts = [text for one in lists for text in _trouble(one, enter)]
    texts += [*several_lists, *(w for one in lists for w in one.warnings)]
    yield from (_line(WARNING, text, "!") for text in texts)
    missing = {
        one.words: f"{one.told}{f', {OLDER}' if one.are_newer else ''}; {enter} shows them"
        for one in plan.missing
    }
    for w in plan.warnings:
        yield _line(MISSING if w in missing else "here/", missing.get(w, w), "!")
    for place, one in enumerate(lists):
        for row in hint_rows(place, one):
            yield PlanRow(row.key, row.told(enter), sign="!")


def hint_rows(place: int, one: ImportResult) -> Iterator[PlanRow]:
    """Yield each column that is perhaps what no other one is."""
    for use in one.columns:
        if use.likely:
            option = f"--map {quote(f'{use.likely}={use.header[:60]}')}"
            like = f"looks like the {field_words(use.likely)} and is not used"
            words, key = f"column {use.header[:60]!r} {like}", f"{HINT}{place}/{use.header}"
            yield PlanRow(key, words, does="takes it", option=option)


def _trouble(one: ImportResult, enter: str) -> Iterator[str]:
    """Yield why nothing of a list can come in, and what to do: here, where it has columns to be named."""
    if one.trouble:
        told = f"{enter} says which is meant" if one.asks else "say below what it is"
        yield f"{one.trouble}: {told}" if one.columns else one.trouble
    if one.cure and not one.columns:
        yield f"What to do: {one.cure}"


def _what(place: int, one: ImportResult, enter: str) -> Iterator[PlanRow]:
    """Yield what a list was taken for and why, and what was said about it, now or the last time."""
    is_history_alone = bool(one.beside) and not one.rows
    if is_history_alone or (one.trouble and not one.columns and not one.source_key):
        return
    origin = ANY_LIST if one.origin == one.kind else one.origin
    yield _line(f"said/{place}/", f"{several(one.rows, 'row')} from {origin}: {one.confidence}")
    for what in said_words(one):
        yield _line(f"said/{place}/", f"as you said, now or before: {what}")
    if len(one.sheets) > 1:
        read = ", ".join(one.read_sheets)
        others = ", ".join(name for name in one.sheets if name not in one.read_sheets)
        words = f"Read is {read}; {enter} chooses another sheet"
        others = f"not {others}" if others else ""
        yield PlanRow(f"{SHEET}{place}/sheet", words, "the sheet", read, others)
    for name, (called, title, labels) in WHOLES.items() if one.source_key else ():
        value = getattr(one.applied, name) or ""
        found = {"dates": _ORDERS.get(one.day_order or "", "")}
        found |= {} if one.trouble else {"kind": one.kind}
        is_moot = name == "shared_sign" or (name == "decimal" and not one.has_dots)
        if is_moot and not (value or one.asks == name):
            continue
        found_as, label = found.get(name, ""), labels[value]
        words = f"{title} {', '.join(filter(None, [found_as, label]))}; {enter} says it"
        becomes = (found_as or label) if not value else label
        by_itself = label if found_as and not value else ""
        key = f"{WHOLE}{place}/{name}"
        yield PlanRow(key, words, called, becomes, by_itself, is_quiet=not value)


def said_words(one: ImportResult) -> Iterator[str]:
    """Yield ``value ← Deal size``, ``Parked is Nurture``: what a person said of columns and words."""
    said = one.applied
    yield from (f"{field_words(field) or 'not used'} ← {h}" for h, field in said.columns.items())
    yield from (f"{word} is {MEANING_WORDS[meant]}" for word, meant in said.stages.items())


def near_key(one: NearMatch) -> str:
    """Return the key of a question whether a row is on record."""
    return f"{NEAR}{one.place}/{one.row}/{one.id}"


def near_row(one: NearMatch) -> PlanRow:
    """Return the question whether a row is on record, with its answer."""
    becomes = {None: "is asked", True: one.name, False: "new"}[one.is_same]
    words, why = f"new, or here: {near_words(one)}", f"{one.name}: {', '.join(one.why)}"
    sign, option = "?" * (one.is_same is None), f"--same {quote(one.row_name)}"
    return PlanRow(
        near_key(one), words, one.row_name, becomes, why, sign, does="says so", option=option
    )


def change_row(change: BoardChange) -> PlanRow:
    """Return what a column holds and is worth, before and after."""
    counts = _arrow(f"{change.before:,}", f"{change.after:,}")
    both = (change.sums_before, change.sums_after)
    sums = _arrow(*(side_by_side(sums) or "nothing" for sums in both))
    words = f"{change.title}: {counts}, {sums}"
    return PlanRow(
        f"board/{change.title}", words, change.title, counts, sums, is_quiet=not change.is_any
    )


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def both_key(update: Update, field: FieldChange) -> str:
    """Return the key of a field of which list and board differ."""
    return f"{BOTH}{update.id}/{field.field}"


def both_row(
    update: Update, field: FieldChange, sides: Sides, *, usual: bool | None = None
) -> PlanRow:
    """Return both sides of a field, and which of them counts: ``usual`` where nobody chose."""
    side = sides.get((update.id, field.field), usual)
    here, there = field.ours or "nothing", field.theirs or "nothing"
    becomes, sign = {None: ("is asked", "?"), True: (there, ""), False: (here, "")}[side]
    words = f"the list and the board differ: {conflict_words(update, field)}"
    if usual is not None:
        words = f"kept {standing_words(update, field)}"
    name, both = f"{update.name}: {field.label}", f"here {here}, there {there}"
    return PlanRow(both_key(update, field), words, name, becomes, both, sign)


def again_rows(plan: ImportPlan) -> Iterator[PlanRow]:
    """Yield what becomes of each row of a list that comes again, those first that end here."""
    if not plan.on_record:
        return
    for u in plan.closed:
        words = f"{u.name}: open in the list, here {u.closed}"
        yield PlanRow(f"closed/{u.id}", words, u.name, "stays ended", f"here {u.closed}")
    for u in plan.updating:
        becomes = "to decide, and updated" if u.conflicts else "updated"
        yield _fate("updated", u.id, u.name, becomes, update_words(u))
    for document in plan.created.documents():
        new = entry_of(document, Decimal(0), "")
        worth = f", {side_by_side((new.value,))}" if new.value else ""
        place = new.column.title if new.column else "won"
        yield _fate("new", new.id, new.name, "created", f"{place}{worth}")


def gone_rows(plan: ImportPlan) -> Iterator[PlanRow]:
    """Yield each card that a list had before and has no more, also as deleted; those Dropped here last."""
    names = {key: str((plan.seen or {})[key]["name"]) for key in plan.gone}
    names |= {key: name for one in plan.missing for key, name in one.names.items()}
    dropped = {key: name for one in plan.missing for key, name in one.dropped.items()}
    stays = {key: name for key, name in names.items() if key not in dropped}
    for key, name in (*stays.items(), *dropped.items()):
        told = (
            ("stays Dropped",) if key in dropped else ("stays as it is", "drop or keep it yourself")
        )
        yield PlanRow(f"gone/{key}", ": ".join((name, *told)), name, *told)


def _fate(kind: str, prospect_id: str, name: str, becomes: str, why: str) -> PlanRow:
    return PlanRow(f"{kind}/{prospect_id}", f"{becomes} {name}: {why}", name, becomes, why)


def refused_rows(place: int, one: ImportResult) -> Iterator[PlanRow]:
    """Yield the rows of a list that could not be read."""
    for row in one.refused:
        words, key = f"row {row.row} refused: {row.reason}", f"refused/{place}/{row.row}"
        yield PlanRow(key, words, f"row {row.row}", "not taken in", row.reason, "!")


def state_rows(place: int, one: ImportResult) -> Iterator[PlanRow]:
    """Yield what each stage word means; which is not known, or closed without saying how, is asked."""
    for use in one.states:
        meaning, rows = MEANING_WORDS[use.meaning], several(use.count, "row")
        is_closed = use.meaning is StageMeaning.CLOSED
        closed = ", and nothing says whether it is won or lost" if is_closed else ""
        words = f"stage {use.word[:40]!r} ({rows}) is taken as {meaning}{closed}"
        likely, others = (
            ("won", "=dropped") if is_closed else ("dropped", "=quote, =won, =nurture, =callback")
        )
        yield PlanRow(
            f"{STATE}{place}/{use.word}",
            words,
            use.word,
            meaning if use.is_known else f"{meaning}: not known",
            rows,
            "" if use.is_known and not is_closed else "?",
            does="says it" if is_closed else "says otherwise",
            option=f"--stage {quote(f'{use.word}={likely}')} (or {others})",
        )


def column_row(place: int, use: ColumnUse, before: Sequence[ColumnUse]) -> PlanRow:
    """Return what a column feeds, and some of its cells."""
    samples = ", ".join(use.samples)
    becomes = field_words(use.field) or "not used"
    words = f"{use.header}: {becomes}. For example {samples}"
    if use.field in NOTED_SECOND and any(use.field == one.field for one in before):
        becomes = f"{use.field} (2nd: a note)"
    key = f"{COLUMN}{place}/{use.header}"
    return PlanRow(key, words, use.header, becomes, samples, is_quiet=not use.field)


def rest_lines(one: ImportResult) -> Iterator[str]:
    """Yield what else there is to know of a list: how cells were read, and what was left out."""
    yield from one.notices
    skipped = one.left_out
    if len(skipped) <= SHOWN:
        yield from (f"row {row.row} left out: {row.reason}" for row in skipped)
        return
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        reasons.setdefault(row.reason, []).append(row.row)
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    yield from (f"{_rows(rows)} left out: {reason}" for reason, rows in ranked[:SHOWN])
    if more := sorted(row for _, rows in ranked[SHOWN:] for row in rows):
        yield f"{_rows(more)} left out for other reasons"


def _rows(rows: list[int]) -> str:
    """Return ``row 7`` or ``3 rows (7, 9, 12)``: the first ten by number."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"{several(len(rows), 'row')} ({first_few([str(row) for row in rows], _NUMBERED)})"
