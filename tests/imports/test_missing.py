"""What a list had before and has no more: told where it is the same list again, never for a part of it."""

import pytest

from review_board.board.board import Board
from review_board.board.filters import parse_filter
from review_board.imports.plan import undo_import
from review_board.pipeline import changes
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.tui.imports.plan_rows import import_rows
from tests.imports.test_second_import import OLDER, again, board, only, planned
from tests.judgement.build import prospect

__all__ = ["board"]

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
NAMES = [
    "Alder",
    "Birch",
    "Cedar",
    "Damson",
    "Elm",
    "Fir",
    "Gean",
    "Hazel",
    "Iroko",
    "Juniper",
    "Kapok",
    "Larch",
]
STAGES = ("Proposal", "Negotiation", "Qualified")


def row(number: int, name: str, **other: str) -> str:
    cells = {
        "stage": STAGES[number % 3],
        "amount": str(100 + (number * 37) % 90),
        "close": f"2026-12-{10 + (number * 7) % 12}",
        "created": f"2026-10-{10 + (number * 5) % 12}",
        "owner": ("ann", "bob")[number % 2],
    } | other
    return ",".join([str(500 + number), name, *cells.values()]) + "\n"


FOUND = "; after the import gone:yes finds them"
WEEK = [row(number, name) for number, name in enumerate(NAMES)]


def told(board: Board, rows: list[str], header: str = HEADER) -> str:
    plan = planned(board, (header + "".join(rows)).encode())
    return " ".join(plan.warnings)


def test_cards_that_the_list_has_no_more_are_named_and_stay_as_they_are(board: Board) -> None:
    again(board, *WEEK, header=HEADER)
    plan = planned(board, (HEADER + "".join(WEEK[3:])).encode())
    assert plan.warnings == (
        f"3 cards that this list had before are not in it now: Alder, Birch, Cedar{FOUND}",
    )
    assert [*plan.missing[0].names.values()] == ["Alder", "Birch", "Cedar"]
    assert plan.tally.endswith("gone from the list (filter gone:yes) 3")
    plan.take_in(board)
    found = [board.prospect(key) for key in board.documents()]
    assert {one.column for one in found} == {Column.ACTIVE}
    assert len(found) == len(WEEK)
    assert gone(board) == ["Alder", "Birch", "Cedar"]
    assert planned(board, (HEADER + "".join(WEEK[3:])).encode()).is_empty, "they are marked once"


def gone(board: Board) -> list[str]:
    """Return who the filter finds that is gone from the list."""
    wanted, today = parse_filter("gone:yes"), board.today
    return sorted(e.name for e in board.index.entries.values() if wanted.matches(e, None, today))


def test_who_is_in_the_list_again_is_gone_no_more_and_undo_takes_the_mark_back(
    board: Board,
) -> None:
    again(board, *WEEK, header=HEADER)
    again(board, *WEEK[3:], header=HEADER)
    undo_import(board, lambda _: None)
    assert not gone(board)
    again(board, *WEEK[3:], header=HEADER)
    plan = planned(board, (HEADER + "".join(WEEK[1:])).encode())
    assert not plan.gone, "Alder is marked already"
    plan.take_in(board)
    assert gone(board) == ["Alder"]


def test_an_older_list_or_a_part_of_it_marks_nobody_as_gone(board: Board) -> None:
    again(board, *WEEK, row(50, "Oak", created="2026-11-20"), header=HEADER)
    for rows in (WEEK, WEEK[:4]):
        assert planned(board, (HEADER + "".join(rows)).encode()).is_empty


def test_who_is_deleted_in_the_list_is_gone_and_ones_never_listed_are_not(board: Board) -> None:
    marked = HEADER.replace("\n", ",Archived\n")
    rows = [line.replace("\n", ",no\n") for line in WEEK]
    board.add([prospect(id="p-own", name="Our own")], "added")
    again(board, *rows, header=marked)
    again(board, rows[0].replace(",no\n", ",yes\n"), *rows[1:], header=marked)
    assert gone(board) == ["Alder"]


def test_one_that_is_missing_is_told_also_of_a_list_without_ids_or_with_a_column_more(
    board: Board,
) -> None:
    plain = ["Deal Name,Deal Stage,Amount\n", "Alder,New,1\n", "Birch,New,2\n", "Cedar,New,3\n"]
    again(board, *plain[1:], header=plain[0])
    assert "had before is not in it now: Cedar" in told(board, plain[1:3], plain[0])
    wider = [line.strip() + f",{more}\n" for line, more in zip(plain, ("Owner", "ann", "bob", "cy"), strict=True)]  # fmt: skip
    assert "not in it now: Cedar" in told(board, wider[1:3], wider[0])


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(lambda n: n < 7, id="most are gone, or it is the first page"),
        pytest.param(lambda n: n % 3 != 1, id="a filter by stage"),
        pytest.param(lambda n: n == 6, id="a single one"),
    ],
)
def test_a_part_of_the_list_is_no_list_again(board: Board, kept: object) -> None:
    assert callable(kept)
    again(board, *WEEK, header=HEADER)
    assert not told(board, [line for number, line in enumerate(WEEK) if kept(number)])


def test_a_filter_by_owner_or_by_days_is_seen_from_what_it_parts(board: Board) -> None:
    by_owner = [*WEEK, *(row(20 + n, f"Yew {n}", owner="cy") for n in range(4))]
    later = [row(30 + n, f"Zelkova {n}", close="2027-03-15") for n in range(5)]
    again(board, *by_owner, *later, header=HEADER)
    assert not told(board, [*WEEK, *later])
    assert not told(board, by_owner)
    assert told(board, [*WEEK, *later, *by_owner[-1:]]).startswith("3 cards that this list had")


def test_a_list_in_which_a_sale_ended_since_is_no_older_export(board: Board) -> None:
    newest = row(50, "Oak", created="2026-11-20")
    again(board, *WEEK, newest, header=HEADER)
    assert told(board, WEEK).endswith(f"Oak ({OLDER})")
    assert told(board, [row(0, "Alder", stage="Closed Won"), *WEEK[1:]]).endswith(
        f"not in it now: Oak{FOUND}"
    )
    assert told(board, [*WEEK, row(51, "Pine")]).endswith(f"not in it now: Oak{FOUND}")


def test_what_ended_here_or_is_deleted_refused_or_newer_there_is_not_missing(board: Board) -> None:
    marked = HEADER.replace("\n", ",Archived\n")
    rows = [line.replace("\n", ",no\n") for line in WEEK]
    again(board, *rows, row(40, "Oak", created="2026-11-20").replace("\n", ",no\n"), header=marked)
    ended = next(key for key, one in board.documents().items() if one["name"] == "Alder")
    board.change(ended, lambda p, stamp: changes.drop(p, DropReason.NO_BUDGET, stamp, ""), "drop")
    assert board.prospect(ended).column is Column.DROPPED
    deleted = rows[1].replace(",no\n", ",yes\n")
    nameless = rows[2].replace("Cedar", "")
    plan = planned(board, (marked + deleted + nameless + "".join(rows[3:])).encode())
    assert plan.warnings == (
        "1 sale open here is deleted or archived in the list: Birch",
        f"1 card that this list had before is not in it now: Oak ({OLDER})",
    )


def test_another_list_of_the_same_program_misses_nothing_of_the_first(board: Board) -> None:
    again(board, *WEEK[:2], header=HEADER)
    people = "Record ID,First Name,Last Name,Email,Lead Status\n"
    leads = [f"{900 + n},Jo,{name},jo@{name.lower()}.example,New\n" for n, name in enumerate(NAMES)]
    again(board, *leads, header=people)
    assert "not in it now" not in told(board, leads, people)
    assert "not in it now" not in told(board, WEEK[:2])


def test_the_only_card_is_missed_by_nobody(board: Board) -> None:
    again(board, WEEK[0], header=HEADER)
    assert only(board).name == "Alder"
    assert not told(board, WEEK[1:2])


def test_who_is_missing_leads_to_no_column_of_the_list(board: Board) -> None:
    again(board, *WEEK, header=HEADER)
    plan = planned(board, (HEADER + "".join(WEEK[1:])).encode())
    leads, names = (
        row for row in import_rows(plan, [], {}) if row.id.startswith(("missing/", "gone/"))
    )
    assert leads.detail().endswith(
        "1 card that this list had before is not in it now; enter shows them"
    )
    assert names.detail().startswith("Alder: stays as it is")


def test_all_that_are_missing_are_named_on_the_page_the_dropped_ones_apart(board: Board) -> None:
    more = [row(60 + n, f"Yew {n}") for n in range(18)]
    lost = [row(90 + n, f"Lime {n}", stage="Closed Lost") for n in range(4)]
    again(board, *WEEK, *more, *lost, header=HEADER)
    kept = [*WEEK[8:], *more, *lost[2:]]
    plan = planned(board, (HEADER + "".join(kept)).encode())
    (words,) = plan.warnings
    assert "Alder, Birch, Cedar, Damson, Elm and 3 more, Dropped here Lime 0, Lime 1" in words
    rows = [row.detail() for row in import_rows(plan, [], {}) if row.id.startswith("gone/")]
    assert [one.partition(":")[0] for one in rows] == [*NAMES[:8], "Lime 0", "Lime 1"]
    assert [one for one in rows if "stays Dropped" in one] == rows[8:]
    plan.take_in(board)
    assert gone(board) == [*NAMES[:8], "Lime 0", "Lime 1"]
    assert "Lime" not in told(board, kept), "they are told of once"


def test_a_list_of_the_open_ones_alone_misses_no_dropped_one(board: Board) -> None:
    lost = [row(90 + n, f"Lime {n}", stage="Closed Lost") for n in range(4)]
    again(board, *WEEK, *lost, header=HEADER)
    assert not told(board, WEEK)
    assert "Lime" not in told(board, WEEK[1:])
