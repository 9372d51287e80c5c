"""The same list again, and the list of a week later, on a board in memory."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.board.merging import merge_two
from review_board.errors import RefusedError
from review_board.exchange.build_prospect import ALSO_REACHED, ALSO_REACHED_BEFORE
from review_board.exchange.import_result import ImportOptions
from review_board.exchange.read_files import import_bytes, import_files
from review_board.imports.plan import (
    ImportPlan,
    PipelineNow,
    import_options,
    plan_import,
    undo_import,
)
from review_board.imports.plan_lines import import_lines
from review_board.imports.updating import _new_notes, compare, update_words
from review_board.pipeline import changes
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NoteEntry
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.progress import Progress
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from tests.exchange.test_shared_files import DEALS, LEADS
from tests.judgement.build import moment, prospect
from tests.office import Office

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Contact,Phone,Email\n"
ALDER = "501,Alder,Proposal,100,2026-12-15,ann,Jo Alder,+44 20 7946 0001,jo@alder.example\n"


@pytest.fixture
def board() -> Board:
    return Office().open()


def planned(board: Board, data: bytes, **given: Any) -> ImportPlan:
    result = import_bytes(data, now=board.clock(), options=import_options(board, **given))
    return plan_import(PipelineNow.of(board), result, "deals.csv")


def again(board: Board, *rows: str, header: str = HEADER) -> ImportPlan:
    """Return the plan for a list, which is taken in where nothing has to be decided."""
    plan = planned(board, (header + "".join(rows)).encode())
    if not plan.undecided and not plan.is_empty:
        plan.take_in(board)
    return plan


def row(board: Board, text: str) -> Prospect:
    """Return the prospect that a row alone says."""
    return import_bytes((HEADER + text).encode(), now=board.clock()).prospects[0]


def only(board: Board) -> Prospect:
    (key,) = board.documents()
    return board.prospect(key)


@pytest.mark.parametrize("name", sorted(DEALS | LEADS))
def test_a_real_file_twice_changes_nothing(shared: Path, board: Board, name: str) -> None:
    data = (shared / name).read_bytes()
    planned(board, data).take_in(board)
    count = len(board.documents())
    plan = planned(board, data)
    assert plan.is_empty
    assert plan.tally.startswith(f"created 0 · updated 0 · unchanged {count:,}")
    assert not plan.near


def test_only_rows_that_say_anything_else_are_held(board: Board) -> None:
    birch = ALDER.replace("501,Alder", "502,Birch")
    again(board, ALDER, birch)
    plan = again(board, ALDER, birch.replace("Proposal", "Negotiation"))
    assert [update.name for update in plan.matched] == ["Birch"]
    assert (plan.on_record, plan.tally) == (2, "created 0 · updated 1 · unchanged 1")


def test_what_changed_there_is_taken_over_and_told(board: Board) -> None:
    again(board, ALDER)
    plan = again(
        board,
        "501,Alder,Negotiation,150,2027-01-15,bob,Jo Alder,+44 20 7946 9999,jo@alder.example\n",
    )
    now = only(board)
    assert [(c.label, c.ours, c.theirs) for c in plan.updated[0].taken] == [
        ("Value", "$100", "$150"),
        ("Owner", "ann", "bob"),
        ("Close by", "15 Dec", "15 Jan"),
        ("Stage", "Proposal", "Negotiation"),
        ("Phone of Jo Alder", "+44 20 7946 0001", "+44 20 7946 9999"),
    ]
    assert len(now.contacts) == 1
    assert [str(push.to_day) for push in now.pushes] == ["2027-01-15"]
    assert plan.tally == "created 0 · updated 1 · unchanged 0"


def test_an_owner_in_other_letters_is_the_same_and_no_question(board: Board) -> None:
    board.add([prospect(id="p", name="Alder", owner="Ann")], "added")
    plan = planned(board, (HEADER + ALDER).encode())
    assert [update.name for update in plan.matched] == ["Alder"]
    (update,) = plan.matched
    told = (*update.taken, *update.kept, *update.conflicts)
    assert "owner" not in {change.field for change in told}


def test_a_card_to_decide_is_told_once_with_what_else_it_gets(board: Board) -> None:
    again(board, ALDER)
    key = only(board).id
    board.change(key, lambda p, _: changes.edit(p, value=Money(amount=Decimal(7))), "edited")
    changed = ALDER.replace(",100,", ",150,").replace("Proposal", "Negotiation")
    plan = planned(board, (HEADER + changed).encode())
    assert plan.tally == "created 0 · updated 0 · unchanged 0 · to decide 1"
    assert plan.count == "1 row, 1 new or changed"
    (told,) = [line for line in import_lines(plan) if "Stage Proposal" in line]
    assert told.strip() == "to decide, and updated Alder: Stage Proposal → Negotiation"


def test_a_step_stays_agreed_when_the_list_names_the_same(board: Board) -> None:
    header = HEADER.replace("\n", ",Next step,Next activity date\n")
    row = ALDER.replace("\n", ",demo,2026-12-08\n")
    again(board, row, header=header)
    listed = only(board).next_step
    assert listed is not None
    assert listed.agreed is None
    agreed = listed.model_copy(update={"agreed": True, "on": date(2026, 12, 10)})
    board.change(only(board).id, lambda p, _: changes.set_next_step(p, agreed), "they agreed")
    again(board, row.replace("12-08", "12-10").replace(",100,", ",150,"), header=header)
    assert only(board).next_step == agreed
    again(board, row.replace("12-08", "12-11").replace(",100,", ",150,"), header=header)
    assert only(board).next_step == listed.model_copy(update={"on": date(2026, 12, 11)})


def test_a_list_of_mine_takes_no_card_from_whoever_has_it(board: Board) -> None:
    mine = ALDER.replace(",ann,", ",Me,")
    again(board, mine)
    assert only(board).owner == board.by
    board.change(only(board).id, lambda p, _: changes.edit(p, owner="raj"), "handed over")
    assert again(board, mine).is_empty
    assert only(board).owner == "raj"
    by_kim = import_bytes(
        (HEADER + mine).encode(), now=board.clock(), options=ImportOptions(by="kim")
    )
    assert plan_import(PipelineNow.of(board), by_kim, "deals.csv").is_empty


def test_a_stage_word_that_nobody_explains_again_moves_nothing(board: Board) -> None:
    on_ice = ALDER.replace("Proposal", "On ice")
    planned(board, (HEADER + on_ice).encode(), stages={"On ice": StageMeaning.NURTURE}).take_in(
        board
    )
    plan = again(board, on_ice.replace(",100,", ",150,"))
    assert [c.label for c in plan.updated[0].taken] == ["Value"]
    assert only(board).column is Column.NURTURE
    assert again(board, on_ice.replace(",100,", ",150,")).is_empty
    again(board, ALDER.replace(",100,", ",150,"))
    assert only(board).column is Column.ACTIVE


def test_a_stage_word_explained_later_moves_what_came_in_as_active(board: Board) -> None:
    on_ice = ALDER.replace("Proposal", "On ice")
    again(board, on_ice)
    plan = planned(board, (HEADER + on_ice).encode(), stages={"On ice": StageMeaning.NURTURE})
    assert [(c.label, c.theirs) for c in plan.updated[0].taken] == [("Column", "Nurture")]


def test_won_and_lost_there_are_won_and_dropped_here_with_the_reason(board: Board) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Closed Lost Reason\n"
    again(board, "1,A,Open,5,2026-12-15,\n2,B,Open,6,2026-12-15,\n", header=header)
    last = "1,A,Closed Won,7,2026-11-18,\n2,B,Closed Lost,6,2026-11-17,went with a competitor\n"
    again(board, last, header=header)
    first, second = sorted(map(board.prospect, board.documents()), key=lambda p: p.name)
    assert first.won is not None
    assert (str(first.won.on), str(first.won.value and first.won.value.amount)) == (
        "2026-11-18",
        "7",
    )
    assert second.column is Column.DROPPED
    assert second.drop is not None
    assert (second.drop.reason, second.drop.at.date().isoformat()) == (DropReason.BOUGHT_ELSEWHERE, "2026-11-17")  # fmt: skip
    assert first.pushes == second.pushes == ()


EXPECTED = "Deal Name,Status,Expected close date,Close date,Lost time,Won time,Last activity\n"


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        ("2026-11-18,,,,2026-11-10", "2026-11-18,,,,2026-11-10", "2026-11-27"),
        (",2026-11-18,,,", ",2026-11-18,,,", "2026-11-27"),
        (",2026-12-18,,,", ",2026-11-18,,,", "2026-11-18"),
        (",2026-11-25,,,", ",2026-11-25,,,", "2026-11-25"),
        ("2026-12-18,,,,", "2026-12-18,,2026-11-24,2026-11-24,", "2026-11-24"),
        ("2026-12-18,,,,", "2026-12-18,,2026-11-12,2026-11-12,", "2026-11-12"),
    ],
    ids=["expected", "as hoped", "set on closing", "since then", "its own day", "of long ago"],
)
@pytest.mark.parametrize("state", ["Won", "Lost"])
def test_a_day_hoped_for_before_the_last_list_is_no_day_of_the_end(
    state: str, first: str, second: str, on: str
) -> None:
    office = Office()
    board = office.open()
    again(board, f"Alder,Open,{first}\n", header=EXPECTED)
    office.clock.turn(days=7)
    plan = again(board, f"Alder,{state},{second}\n", header=EXPECTED)
    alder = only(board)
    ended = alder.won.on if alder.won else alder.drop and alder.drop.at.date()
    assert str(ended) == on
    told = [line for line in (*plan.result.notices, *plan.warnings) if "today (27 Nov)" in line]
    assert len(told) == (on == "2026-11-27")


def test_a_decision_made_here_stands_and_is_told(board: Board) -> None:
    again(board, ALDER)
    dropped = only(board)
    board.change(dropped.id, lambda p, s: changes.drop(p, DropReason.NO_BUDGET, s, "cut"), "drop")
    plan = again(board, ALDER.replace("100", "200"))
    assert only(board).column is Column.DROPPED
    assert str(only(board).value and only(board).value.amount) == "200"  # type: ignore[union-attr]
    assert plan.closed[0].closed == "Dropped on 20 Nov, no-budget: cut"
    evening = Today(date(2026, 11, 20), timezone(timedelta(hours=-10)))
    late = compare(only(board), row(board, ALDER.replace("100", "300")), evening)
    assert late.closed == "Dropped on 19 Nov, no-budget: cut"
    plan = again(board, ALDER.replace("Proposal", "Closed Won").replace("100", "200"))
    ((_, conflict),) = plan.conflicts
    assert (conflict.label, conflict.ours, conflict.theirs) == ("Column", "Dropped: cut", "won")
    with pytest.raises(RefusedError, match="1 field differs in the list and here"):
        plan.take_in(board)
    plan.settled(lambda *_: True).take_in(board)
    assert only(board).won
    assert len(only(board).drops) == 1


def test_a_close_date_that_a_list_moves_later_is_told_and_moved_by_nobody_here(
    board: Board,
) -> None:
    again(board, ALDER)
    plan = planned(board, (HEADER + ALDER.replace("2026-12-15", "2027-02-26")).encode())
    (warning,) = plan.warnings
    assert "1 close date moves later, which counts as put off without a reason: Alder" in warning
    assert "edit Alder --close-date 2027-02-26 --because KIND" in warning
    plan.take_in(board)
    assert [(push.by, str(push.to_day)) for push in only(board).pushes] == [("", "2027-02-26")]
    for other in ("2026-12-01", ""):  # an emptied day is no later one
        row = ALDER.replace("2026-12-15", other)
        assert not planned(board, (HEADER + row).encode()).warnings


def test_a_close_date_that_both_moved_is_told_as_put_off_only_where_the_list_counts(
    board: Board,
) -> None:
    """It was told, or not, before anybody had said which side counts."""
    again(board, ALDER)
    board.change(only(board).id, lambda p, _: p.with_changes(close_date=date(2027, 1, 8)), "edit")
    plan = planned(board, (HEADER + ALDER.replace("2026-12-15", "2027-02-26")).encode())
    assert not plan.warnings
    assert not plan.settled(lambda *_: False).warnings
    for decided in (plan.settled(lambda *_: True), plan.taking([(only(board).id, "close_date")])):
        assert "1 close date moves later, which counts as put off" in decided.warnings[0]
    plan.settled(lambda *_: True).take_in(board)
    assert [str(push.to_day) for push in only(board).pushes] == ["2027-02-26"]


def test_a_request_to_be_left_alone_is_never_lifted_by_a_list(board: Board) -> None:
    again(board, ALDER)
    board.change(only(board).id, lambda p, s: changes.suppress(p, s, "leave us alone"), "leave")
    again(board, ALDER.replace("100", "300"))
    assert only(board).do_not_contact
    header = HEADER.replace("Email\n", "Email,Do Not Contact\n")
    again(board, ALDER.replace("501", "502").replace("Alder", "Birch").replace("\n", ",Yes\n"), header=header)  # fmt: skip
    birch = next(p for p in map(board.prospect, board.documents()) if p.name == "Birch")
    board.change(birch.id, lambda p, _: changes.lift_suppression(p), "lifted")
    plan = again(board, ALDER.replace("501", "502").replace("Alder", "Birch").replace("\n", ",Yes\n"), header=header)  # fmt: skip
    assert [one.label for one in plan.kept[0].kept] == ["Do not contact"]


def test_the_word_of_the_list_is_taken_after_all_for_one_field_and_undone_with_it(
    board: Board,
) -> None:
    again(board, ALDER)
    mine = Money(amount=Decimal(70))
    board.change(only(board).id, lambda p, _: p.with_changes(value=mine, name="Alder now"), "edit")
    later = (HEADER + ALDER.replace("Proposal", "Demo")).encode()
    plan = planned(board, later)
    assert [field.label for _, field in plan.standing] == ["Name", "Value"]
    value = next((u.id, field.field) for u, field in plan.standing if field.label == "Value")
    taken = plan.taking([value])
    assert [field.label for _, field in taken.standing] == ["Name"]
    taken.take_in(board)
    assert (only(board).name, only(board).stage) == ("Alder now", "Demo")
    assert only(board).value == Money(amount=Decimal(100))
    assert planned(board, later).is_empty
    undo_import(board, lambda _: None)
    assert only(board).value == mine


def test_a_sale_that_ended_here_goes_on_when_the_list_is_followed_after_all(board: Board) -> None:
    again(board, ALDER)
    dropped = only(board)
    board.change(dropped.id, lambda p, s: changes.drop(p, DropReason.NO_BUDGET, s, "cut"), "drop")
    plan = planned(board, (HEADER + ALDER).encode())
    state = next((u.id, f.field) for u, f in plan.standing if f.label == "Column")
    taken = plan.taking([state])
    assert not taken.closed
    taken.take_in(board)
    assert only(board).column is Column.ACTIVE


def test_history_and_the_day_it_began_stay(board: Board) -> None:
    header = "Record ID,Deal Name,Deal Stage,Create Date,Notes\n"
    again(board, "1,A,Open,2026-09-01,met at the fair\n", header=header)
    begun = only(board).created
    again(board, "1,A,Demo,2026-10-01,met at the fair\n", header=header)
    assert only(board).created == begun
    assert [note.text for note in only(board).notes] == ["met at the fair"]
    plan = again(board, "1,A,Demo,2026-10-01,they want two\n", header=header)
    assert [note.text for note in only(board).notes] == ["met at the fair", "they want two"]
    assert plan.updated[0].added == ("note: they want two",)
    plan = again(board, f"1,A,Demo,2026-10-01,{'a long word ' * 9}\n", header=header)
    assert plan.updated[0].added == (f"note: {'a long word ' * 4}a long word…",)


def test_what_is_taken_over_is_told_of_a_row_that_a_question_is_open_about(board: Board) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Last Contacted\n"
    again(board, "1,A,Open,100,\n", header=header)
    value = Money(amount=Decimal(500), currency="USD")
    board.change(only(board).id, lambda p, _: changes.edit(p, value=value), "edited")
    plan = again(board, "1,A,Open,200,2026-11-10\n", header=header)
    assert [update_words(update) for update in plan.updating] == ["contact on 10 Nov"]
    lines = "\n".join(import_lines(plan))
    assert "the list and the board differ: A: Value here $500, there $200" in lines
    assert "updated A: contact on 10 Nov" in lines


def test_what_was_deleted_there_and_is_open_here_is_told(board: Board) -> None:
    header = "Deal - ID,Deal - Title,Deal - Status,Deal - Stage,Deal - Deal created\n"
    rows = (
        "1,A,Open,Demo,2026-09-01\n",
        "2,B,Open,Demo,2026-09-02\n",
        "3,C,Lost,Demo,2026-09-03\n",
    )
    again(board, *rows, header=header)
    ended = (row.replace("Open", "Deleted").replace("Lost", "Deleted") for row in rows[1:])
    plan = again(board, rows[0], *ended, header=header)
    assert plan.warnings == ("1 sale open here is deleted or archived in the list: B",)


def test_short_and_long_ids_of_one_program_are_one_and_their_case_counts(board: Board) -> None:
    header = "Opportunity ID,Opportunity Name,Stage,Amount\n"
    short = ("0065g00000ABCaB,Alder,Prospecting,5\n", "0065g00000ABCab,Birch,Prospecting,6\n")
    assert len(again(board, *short, header=header).created) == 2
    whole = ("0065g00000ABCabAAH,Birch,Prospecting,7\n", "0065g00000ABCaBAAX,Alder,Prospecting,5\n")
    plan = again(board, *whole, header=header)
    assert plan.tally == "created 0 · updated 1 · unchanged 1"
    assert update_words(plan.updated[0]) == "Value $6 → $7"


def test_a_list_that_says_less_empties_nothing_and_one_that_says_more_fills(board: Board) -> None:
    again(board, ALDER)
    plan = again(board, "501,Alder,Proposal\n", header="Record ID,Deal Name,Deal Stage\n")
    assert plan.is_empty
    plan = again(board, ALDER.replace(",100,", ",tbd,"))
    assert not any(update.taken for update in plan.matched)
    assert only(board).value
    header = HEADER.replace("Email\n", "Email,Lead Source\n")
    again(board, ALDER.replace("\n", ",Fair\n"), header=header)
    assert only(board).source == "Fair"


def test_people_are_added_and_nobody_is_taken_off(board: Board) -> None:
    again(board, ALDER)
    other = ALDER.replace("Jo Alder", "Max Power").replace("jo@", "max@").replace("0001", "0002")
    again(board, other)
    again(board, other.replace("Max Power", "Maxine Power"))
    assert Counter(c.name for c in only(board).contacts) == {"Jo Alder": 1, "Maxine Power": 1}


def test_somebody_added_by_hand_is_asked_about_and_not_doubled(board: Board) -> None:
    added = changes.create("Alder", board.stamp(), close_date=datetime(2026, 12, 1, tzinfo=UTC).date())  # fmt: skip
    board.add([added], "added")
    plan = again(board, ALDER)
    assert not plan.created
    assert [one.label for _, one in plan.conflicts] == ["Close by"]
    plan.settled(lambda *_: False).take_in(board)
    assert again(board, ALDER).is_empty
    assert str(only(board).close_date) == "2026-12-01"


@pytest.mark.parametrize("where", ["week", "lists/01_update_"])
def test_the_lists_of_two_weeks(board: Board, where: str) -> None:
    folder = Path(__file__).parents[2].parent / "shared" / "cases"
    names = {"week": ("week1", "week2")}.get(where, (f"{where}first", f"{where}second"))
    if not (folder / f"{names[0]}.csv").is_file():
        pytest.skip("the shared cases are not here")
    for name in names:
        planned(board, (folder / f"{name}.csv").read_bytes()).take_in(board)
    found = Counter("won" if p.won else p.column.value for p in map(board.prospect, board.documents()))  # fmt: skip
    open_ones = 1 if where == "week" else 2
    assert found == {"won": 1, "dropped": 1, "active": open_ones}


OLDER = "newer than all in it: is it an older export?"
DATED = "Record ID,Deal Name,Deal Stage,Amount,Create Date,Last Contacted\n"


def test_an_older_export_after_a_newer_one_is_told(board: Board) -> None:
    older = ["1,Alder,Proposal,100,2026-09-01,2026-10-01\n", "2,Birch,Proposal,200,2026-09-02,\n"]
    newer = [older[0].replace("10-01", "11-01"), older[1], "3,Cedar,New,300,2026-11-02,\n"]
    assert not again(board, *newer, header=DATED).warnings
    assert not again(board, *newer, header=DATED).warnings
    plan = planned(board, (DATED + "".join(older)).encode())
    assert plan.warnings == (
        "1 sale was contacted later, said this list once, than it says now: is it an older export?",
        f"1 card that this list had before is not in it now: Cedar ({OLDER})",
    )


def test_another_list_of_the_same_kind_with_older_sales_is_none(board: Board) -> None:
    again(board, "3,Cedar,New,300,2026-11-02,\n", header=DATED)
    assert not again(board, "9,Elm,New,300,2026-09-02,\n", header=DATED).warnings


def test_the_same_list_after_a_merge_is_no_older_one(board: Board) -> None:
    rows = [
        "1,Alder,Proposal,100,2026-09-01,2026-10-01\n",
        "2,Birch,Proposal,200,2026-09-02,2026-11-01\n",
    ]
    again(board, *rows, header=DATED)
    merge_two(board, *board.documents())
    (told,) = again(board, *rows, header=DATED).warnings
    assert "not count" in told


def test_two_lists_that_number_from_one_stay_two(board: Board) -> None:
    again(board, "1,Alder,Proposal,100,2026-09-01,\n", header=DATED)
    other = "ID,Title,Company,Stage,Value,Created\n"
    again(board, "1,Birch roof,Birch,Proposal,900,2026-09-01\n", header=other)
    assert {p.name for p in map(board.prospect, board.documents())} == {"Alder", "Birch roof"}


def test_a_number_used_anew_in_a_list_of_no_known_program_is_asked(board: Board) -> None:
    """Nothing of the sale on record is overwritten; a program gives no id twice, there it is renamed."""
    header = "No,Company,Status,Value\n"
    rows = ("1,Alder,open,100\n", "2,Birch,open,200\n", "3,Cedar,open,300\n")
    again(board, *rows, header=header)
    plan = planned(board, (header + "".join([*rows[:2], "3,Zinc,open,900\n"])).encode())
    (asked,) = plan.near
    assert (asked.row_name, asked.name) == ("Zinc", "Cedar")
    assert asked.why == ("the same number 3 in that list",)
    assert not any(update.taken or update.conflicts for update in plan.matched)


def test_merged_cards_stay_one_when_the_list_comes_again(board: Board) -> None:
    rows = (ALDER, ALDER.replace("501", "502").replace("Alder,P", "Alder roof,P"))
    again(board, *rows)
    keep, other = sorted(board.documents())
    merge_two(board, keep, other)
    assert not again(board, *rows).created
    assert list(board.documents()) == [keep]
    plan = again(board, rows[0].replace(",ann,", ",bob,"), rows[1])
    assert not plan.created
    assert list(board.documents()) == [keep]
    assert again(board, rows[0].replace(",ann,", ",bob,"), rows[1]).is_empty


def kestrel(board: Board) -> str:
    """Merge the first of two deals of a list into the second; return the id of the card."""
    again(board, *KESTREL)
    ids = {board.prospect(one).name: one for one in board.documents()}
    merge_two(board, ids["Kestrel Inc."], ids["Kestrel"])
    return ids["Kestrel Inc."]


KESTREL = (
    "9001,Kestrel,Demo,120000,,Dana,Bob Webb,,bob@k.example\n",
    "9038,Kestrel Inc.,Demo,8000,,Priya,Ed Lee,,ed@k.example\n",
)


def test_of_two_rows_that_are_one_card_the_kept_one_counts_and_nothing_is_asked(
    board: Board,
) -> None:
    card = kestrel(board)
    other = KESTREL[0].replace("120000", "33000").replace("Dana", "Tom")
    plan = again(board, other, KESTREL[1].replace("8000", "9000"))
    assert not plan.undecided
    (told,) = plan.warnings
    assert told == (
        "1 row of merged cards does not count, another row does: 9001 Kestrel is Kestrel Inc. here, "
        "left out: Value $33,000; Owner Tom"
    )
    now = board.prospect(card)
    assert (now.value, now.owner) == (Money(amount=Decimal(9000)), "Priya")
    assert again(board, other, KESTREL[1].replace("8000", "9000")).is_empty


def test_who_is_new_in_the_row_that_does_not_count_comes_in(board: Board) -> None:
    card = kestrel(board)
    new = [row.replace("Bob Webb,,bob", "Al Roe,,al") for row in KESTREL]
    again(board, new[0], new[1].replace("Ed Lee,,ed", "Cy Fox,,cy"))
    people = board.prospect(card).contacts
    assert [one.name for one in people] == ["Ed Lee", "Bob Webb", "Al Roe", "Cy Fox"]
    assert len({one.id for one in people}) == 4


@pytest.mark.parametrize("closed", [0, 1])
def test_closing_either_of_the_two_deals_in_the_crm_drops_no_card(
    board: Board, closed: int
) -> None:
    card = kestrel(board)
    rows = [*KESTREL]
    rows[closed] = rows[closed].replace("Demo", "Closed Lost")
    assert not again(board, *rows).undecided
    assert board.prospect(card).column is Column.ACTIVE


def test_a_sale_won_under_the_other_deal_is_won(board: Board) -> None:
    card = kestrel(board)
    again(board, KESTREL[0].replace("Demo", "Closed Won"), KESTREL[1])
    assert board.prospect(card).won


def test_a_card_made_by_hand_and_merged_is_found_by_its_name_in_a_list(board: Board) -> None:
    again(board, ALDER)
    alder = only(board)
    roof = alder.with_changes(id="r", name="Birch roof", company="Birch Works", contacts=(), imports=(), external_id="")  # fmt: skip
    board.add([roof], "added")
    merge_two(board, alder.id, "r")
    header = "Deal Name,Company,Deal Stage\n"
    plan = again(board, "Birch roof,Birch Works,Proposal\n", header=header)
    assert not plan.created
    assert not again(board, ALDER).created
    assert [*board.documents()] == [alder.id]


def test_another_order_a_new_phone_and_a_renamed_company_are_the_same_sale(board: Board) -> None:
    header = "Company,Contact,Email,Phone,Value,Stage\n"
    rows = [
        "Alder,Jo,jo@alder.example,020 7946 0001,100,Open\n",
        "Birch,Max,max@birch.example,020 7946 0002,200,Open\n",
    ]
    again(board, *rows, header=header)
    later = [
        rows[1].replace("0002", "0009"),
        rows[0].replace("Alder,", "Alder Group plc,"),
    ]
    again(board, *later, header=header)
    found = {p.contacts[0].email: p for p in map(board.prospect, board.documents())}
    assert len(found) == len(board.documents()) == 2
    assert found["max@birch.example"].contacts[0].phone == "020 7946 0009"
    assert found["jo@alder.example"].company == "Alder Group plc"


def test_a_day_of_contact_after_the_win_does_not_move_the_win(board: Board) -> None:
    header = "Company,Contact,Value,Status,Last contact\n"
    again(board, "Alder,Jo,100,Won,2026-03-01\n", header=header)
    won = only(board).won
    again(board, "Alder,Jo,100,Won,2026-03-08\n", header=header)
    assert only(board).won == won


def test_two_lists_of_one_import_add_to_one_another(board: Board) -> None:
    """What both say stays as the first has it, and that is told; neither is news the next time."""
    lists = [
        ("calls.csv", b"Name,Email,Status,Owner\nJohn Doe,john@doe.example,New,ann\n"),
        ("sheet.csv", b"Lead,Mobile,Amount,Status,Owner\nJohn Doe,5551234,1200.50,New,bob\n"),
    ]

    def plan() -> ImportPlan:
        result = import_files(lists, now=board.clock(), options=import_options(board))
        return plan_import(PipelineNow.of(board), result, "both")

    first = plan()
    (warning,) = first.warnings
    assert warning.endswith("the first list stands: John Doe: Owner here ann, there bob")
    first.take_in(board)
    found = only(board)
    assert (str(found.value and found.value.amount), found.owner) == ("1200.50", "ann")
    assert [c.phone for c in found.contacts] == ["5551234"]
    assert plan().is_empty


def test_a_number_that_one_list_leaves_out_is_none_the_less_known(board: Board) -> None:
    """What was changed here stands when the list has its column again."""
    again(board, ALDER)
    person = only(board).contacts[0]
    board.change(
        only(board).id, lambda p, _: changes.edit_contact(p, person, phone="+1 555 0101"), "edited"
    )
    header, row = HEADER.replace("Phone,", ""), ALDER.replace("+44 20 7946 0001,", "")
    assert not again(board, row, header=header).undecided
    plan = again(board, ALDER)
    assert not plan.undecided
    assert [one.label for update in plan.kept for one in update.kept] == ["Phone of Jo Alder"]
    assert only(board).contacts[0].phone == "+1 555 0101"


def test_the_last_activity_of_each_week_is_one_note(board: Board) -> None:
    """An older list than the last brings none."""
    header = "Record ID,Deal Name,Deal Stage,Amount,Last Activity Date\n"
    row = "1,Alder,Proposal,100,2026-11-{:02}\n"
    for day in (1, 8):
        again(board, row.format(day), header=header)
    plan = again(board, row.format(15).replace("100", "200"), header=header)
    assert [update_words(update) for update in plan.updated] == [
        "Value $100 → $200; last activity 15 Nov"
    ]
    again(board, row.format(8), header=header)
    assert [note.at.day for note in only(board).notes] == [15]


def test_a_callback_that_was_moved_there_is_moved_here(board: Board) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Next follow-up\n"
    again(board, "1,Alder,Callback,100,2026-12-01\n", header=header)
    row = "1,Alder,Callback,100,2026-12-20\n"
    plan = again(board, row, header=header)
    assert [update_words(update) for update in plan.updated] == ["Callback 1 Dec → 20 Dec"]
    callback = only(board).callback
    assert callback
    assert str(callback.on) == "2026-12-20"
    assert again(board, row, header=header).is_empty


ENDS = "Deal ID,Deal,Company,Status,Next follow-up,Lost reason\n"
"""A list that tells why a sale was lost, and when one is to be called again."""


def test_the_reason_of_a_sale_lost_before_and_the_day_of_a_nurture_are_taken_over(
    board: Board,
) -> None:
    again(board, "1,Roof,Kiln,Nurture,2026-12-20,\n", "2,Mill,Olden,Lost,,Too dear\n", header=ENDS)
    rows = "1,Roof,Kiln,Nurture,2027-02-20,\n", "2,Mill,Olden,Lost,,No budget\n"
    assert again(board, *rows, header=ENDS).tally == "created 0 · updated 2 · unchanged 0"
    roof, mill = sorted(map(board.prospect, board.documents()), key=lambda p: p.company)
    assert roof.nurture
    assert str(roof.nurture.next_on) == "2027-02-20"
    assert mill.drop
    assert (mill.drop.reason, mill.drop.note) == (DropReason.NO_BUDGET, "No budget")
    assert again(board, *rows, header=ENDS).is_empty


def test_a_reason_given_here_for_letting_go_is_not_asked_about(board: Board) -> None:
    again(board, "1,Roof,Kiln,Open,,\n", header=ENDS)
    (key,) = board.documents()
    board.change(key, lambda p, stamp: changes.drop(p, DropReason.NO_NEED, stamp, "built it"), "x")
    plan = again(board, "1,Roof,Kiln,Lost,,Went with a competitor\n", header=ENDS)
    assert not plan.undecided
    assert only(board).drop.note == "built it"  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["501,", ""])
def test_a_list_of_fewer_columns_is_of_the_same_program(board: Board, number: str) -> None:
    """What it says then is compared with what the program said before, not asked as another's word."""
    known = "Record ID," if number else ""
    again(
        board,
        f"{number}Alder,Proposal,100,ann\n",
        header=f"{known}Deal Name,Deal Stage,Amount,Deal owner\n",
    )
    few = f"{known}Deal Name,Amount\n"
    plan = again(board, f"{number}Alder,200\n", header=few)
    assert [update_words(update) for update in plan.updated] == ["Value $100 → $200"]
    plan = again(
        board,
        f"{number}Alder,Proposal,300,ann\n",
        header=f"{known}Deal Name,Deal Stage,Amount,Deal owner\n",
    )
    assert [update_words(update) for update in plan.updated] == ["Value $200 → $300"]


def test_every_part_of_a_save_is_counted_and_a_stop_that_comes_too_late_undoes_nothing(
    tmp_path: Path,
) -> None:
    class Watched(Progress):
        """Is asked to stop as soon as the last row is written."""

        def begin(self, what: str, total: int = 0) -> None:
            parts.append((what, total, self.is_lasting))
            super().begin(what, total)

        def last(self) -> None:
            self.stop()
            super().last()

    parts: list[tuple[str, int, bool]] = []
    office = Office()
    store = FileStore(tmp_path / "p.json")
    board = Board(store, Settings(), office.clock, UTC, "ann", "board").open()
    rows = [
        f"{n},Alder {n},Proposal,100,2026-12-15,ann,,,{'x' * 90}@alder.example\n"
        for n in range(700)
    ]
    plan = planned(board, (HEADER + "".join(rows)).encode())
    plan.take_in(board, progress=Watched())
    assert parts[-3:] == [
        ("saving the prospects", 700, False),
        ("taking them in", 700, True),
        ("showing them on the board", 700, True),
    ]
    assert len(board.column(Column.ACTIVE)) == len(board.documents()) == 700


def test_a_second_number_noted_in_the_words_of_before_is_not_noted_again() -> None:
    def noted(words: str) -> Prospect:
        note = NoteEntry(id="n-1", at=moment(1), by="ann", text=f"{words}312-555-0199")
        return prospect(notes=(note,))

    assert not _new_notes(noted(ALSO_REACHED_BEFORE), noted(ALSO_REACHED), {})
    assert _new_notes(prospect(), noted(ALSO_REACHED), {})


def test_a_list_whose_ids_are_gone_or_new_is_still_the_same_list(board: Board) -> None:
    bare = HEADER.split(",", 1)[1]
    without_id = ALDER.split(",", 1)[1]
    again(board, ALDER)
    plan = again(board, without_id.replace(",100,", ",150,"), header=bare)
    assert [(c.label, c.theirs) for c in plan.updated[0].taken] == [("Value", "$150")]
    plan = again(board, ALDER.replace(",100,", ",170,").replace("501,Alder,", "501,Alder two,"))
    assert [(c.label, c.theirs) for c in plan.updated[0].taken] == [
        ("Name", "Alder two"),
        ("Value", "$170"),
    ]


def test_a_lead_that_became_a_deal_is_asked_about(board: Board) -> None:
    leads = "Lead ID,First Name,Last Name,Company,Email,Lead Status\nL1,Mia,Brandt,Birch,mia@birch.example,Working\n"
    planned(board, leads.encode()).take_in(board)
    deals = "Record ID,Deal Name,Company,Email,Amount,Deal Stage\n1,Solar,Birch,mia@birch.example,5,Demo\n"
    files = [("deals.csv", deals), ("leads.csv", leads.replace("Working", "Converted"))]
    result = import_files(
        [(name, text.encode()) for name, text in files],
        now=board.clock(),
        options=import_options(board),
    )
    plan = plan_import(PipelineNow.of(board), result, "deals.csv")
    assert [(one.row_name, one.name) for one in plan.near] == [("Solar", "Birch - Mia Brandt")]


@pytest.mark.parametrize("closes", ["", "2027-03-01"])
def test_a_win_without_a_day_of_its_own_keeps_the_day_it_was_first_told(
    board: Board, closes: str
) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Close Date\n"
    row = f"1,Pump,Closed Won,9,{closes}\n2,Van,Demo,5,2027-01-01\n"
    again(board, row, header=header)
    data = (header + row).encode()
    later = import_bytes(data, now=board.clock() + timedelta(days=7), options=import_options(board))
    assert plan_import(PipelineNow.of(board), later, "deals.csv").is_empty


def test_rows_that_differ_in_their_person_alone_are_the_same_cards_again(board: Board) -> None:
    header = "Company,Contact,Amount,Stage,Close Date\n"
    rows = [f"Birch Hall,{who},9,Demo,2027-01-18\n" for who in ("Mia", "Joe", "Ann")]
    again(board, *rows, header=header)
    assert again(board, *rows, header=header).is_empty
