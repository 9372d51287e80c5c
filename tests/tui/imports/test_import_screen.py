"""A list comes in on the board: after a look, all in one change; a stop or a no leaves all as it was."""

import re
from decimal import Decimal
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from textual.pilot import Pilot

from review_board.board.runner import Inline
from review_board.exchange.header_synonyms import FIELDS
from review_board.exchange.import_result import ColumnUse, ImportOptions
from review_board.exchange.read_files import read_files
from review_board.exchange.source_mapping import SourceMapping
from review_board.imports.plan import plan_import
from review_board.imports.plan_sections import AS_FOUND, column_row
from review_board.pipeline.money import Money
from review_board.pipeline.stages import StageMeaning
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.working import WorkingScreen
from review_board.tui.imports import open_import
from review_board.tui.imports.questions import column_question
from review_board.tui.imports.screen import ImportScreen, MeaningDialog
from review_board.tui.rows import Rows
from tests.memory_store import Disk
from tests.tui.conftest import (
    SMALL,
    MakeApp,
    open_board,
    ready,
    screen_text,
    toasts,
    type_in,
    until,
)

LIST = """\
Deal Name,Company,Amount,Stage,Owner
Pell deal,Pell Foundry,12000,Proposal,ann
[bold]Quay[/] deal,Quay Paper,900,Closed Won,raj
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "deals.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


class Kept:
    """Keeps what was said of sources."""

    def __init__(self) -> None:
        self.found: dict[str, SourceMapping] = {}

    def get(self, source: str) -> SourceMapping:
        return self.found.get(source, SourceMapping())

    def keep(self, source: str, mapping: SourceMapping) -> None:
        self.found[source] = mapping


async def go_to(pilot: Pilot[Any], words: str) -> None:
    """Move the cursor to the row of a column or a word."""
    rows = pilot.app.screen.query_one(Rows)
    while not (rows.row and words in rows.row.id):
        await _step(pilot, rows)


async def _step(pilot: Pilot[Any], rows: Rows) -> None:
    before = rows._cursor
    await pilot.press("j")
    await until(pilot, lambda: rows._cursor != before)


async def asked(pilot: Pilot[Any], name: str) -> None:
    """Name the file in the dialog."""
    await ready(pilot)
    await pilot.press("I")
    await until(pilot, lambda: "Import lists" in screen_text(pilot.app))
    await type_in(pilot, name)
    await pilot.press("enter")


async def test_what_comes_in_is_shown_and_is_one_change(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        shown = screen_text(app)
        assert "Import deals.csv · 2 prospects" in shown
        assert re.search(r"Active +\d+ → \d+", shown)
        assert re.search(r"Won +0 → 1 +nothing → \$900", shown)
        assert re.search(r"Amount +value +12000, 900", shown)
        assert len(open_board(disk).documents()) == len(SMALL)
        await pilot.press("y")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Imported deals.csv: 2 prospects; undo takes them back"]
        newest = next(open_board(disk).history())
        assert (newest.via, newest.by, len(newest.docs)) == ("import", "ann", 2)
        await pilot.press("u")
        await until(pilot, lambda: len(open_board(disk).documents()) == len(SMALL))


async def test_the_page_names_the_key_in_force(make_app: MakeApp, file: Path) -> None:
    file.write_text("Deal Name,Amount,Stage\nAlder,24 000 kr,Proposal\n")
    app = make_app(keys={"import.change": "f6"})
    async with app.run_test(size=(100, 60)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        shown = screen_text(app)
        assert "Columns: f6 says what one is" in shown
        assert "f6 says which is meant" in shown
        assert "enter says" not in shown


async def test_a_word_and_a_column_can_be_set_right_there(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    kept = Kept()
    file.write_text(LIST.replace("Proposal", "[red]Zorbed[/]").replace("Owner", "Who\x1b[1m"))
    app = make_app(mappings=kept)
    async with app.run_test(size=(100, 40)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await until(pilot, lambda: "Active: not known" in screen_text(app))
        await go_to(pilot, "[red]Zorbed[/]")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("n")
        await until(pilot, lambda: "[red]Zorbed[/] is Nurture" in screen_text(app))
        await go_to(pilot, "Who")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("o")
        await until(pilot, lambda: bool(re.search(r"Who.* owner +ann, raj", screen_text(app))))
        await pilot.press("y")
        await until(pilot, lambda: bool(toasts(app)))
    pell = next(d for d in open_board(disk).documents().values() if d["name"] == "Pell deal")
    assert (pell["column"], pell["owner"]) == ("nurture", "ann")
    ((_, mapping),) = kept.found.items()
    assert set(mapping.columns.values()) == {"owner"}
    assert mapping.stages == {"[red]Zorbed[/]": StageMeaning.NURTURE}


async def answered(pilot: Pilot[Any], row: str, letter: str) -> None:
    """Answer what the row of a column, a word or a question asks."""
    await go_to(pilot, row)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, MeaningDialog))
    await pilot.press(letter)
    await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))


async def test_a_list_that_is_not_understood_is_set_right_there(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    file.write_text("Whom,Pot,Weather\nAcme,500,fine\n")
    kept = Kept()
    app = make_app(mappings=kept)
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "its columns do not tell what it is" in screen_text(app)
        await pilot.press("y")
        await until(pilot, lambda: "Nothing can come in yet" in " ".join(toasts(app)))
        await answered(pilot, "kind", "d")
        await until(pilot, lambda: "no column says who" in screen_text(app))
        await answered(pilot, "Whom", "n")
        await answered(pilot, "Pot", "v")
        await until(pilot, lambda: bool(re.search(r"Pot +value +500", screen_text(app))))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    acme = next(d for d in open_board(disk).documents().values() if d["name"] == "Acme")
    assert acme["value"]["amount"] == "500"
    ((_, mapping),) = kept.found.items()
    assert (mapping.kind, dict(mapping.columns)) == ("deals", {"Whom": "name", "Pot": "value"})


async def test_people_who_belong_to_nobody_here_can_be_taken_as_leads(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    file.write_text("First Name,Last Name,Company,Email\nJo,Pell,Pell Foundry,jo@pell.example\n")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "none of its rows names a prospect" in screen_text(app)
        await answered(pilot, "kind", "l")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    assert len(open_board(disk).documents()) == len(SMALL) + 1


async def test_who_may_be_here_is_asked_and_esc_leaves_it_open(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    header = "Deal Name,Company,Email,Amount,Stage\n"
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        file.write_text(header + "Casting line,Pell Foundry,jo@pell.example,12000,Proposal\n")
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        file.write_text(header + "Castings line,Pell Foundry Ltd,,12000,Proposal\n")
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "is asked" in screen_text(app)
        for answer in ("escape", "s"):
            await pilot.press("y")
            await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
            assert "new, or here already?" in screen_text(app)
            await pilot.press(answer)
            if answer == "escape":
                await until(pilot, lambda: isinstance(app.screen, ImportScreen))
                assert "is asked" in screen_text(app)
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog | BoardScreen))
        while isinstance(app.screen, MeaningDialog):  # what differs in a first list of its own
            await pilot.press("a" if "all as in" in screen_text(app) else "l")
            await pilot.pause(0.05)
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    assert len(open_board(disk).documents()) == len(SMALL) + 1


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (20, 5)])
async def test_it_stays_usable_in_a_small_terminal(
    make_app: MakeApp, file: Path, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("pagedown", "tab", "shift+tab", "k", "y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_enter_alone_imports_nothing_and_leads_from_a_warning_to_a_column(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    file.write_text("Company,Amount,City\nAlder,5,Ulm\n")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        rows = app.screen.query_one(Rows)
        await until(pilot, lambda: rows.row is not None)
        await pilot.press("enter")
        await until(pilot, lambda: rows.row is not None and rows.row.id.endswith("/City"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert len(open_board(disk).documents()) == len(SMALL)


@pytest.mark.parametrize(
    ("amount", "day", "told", "asks", "answer", "found"),
    [
        ("5", "03/04/2027", "may mean two days", "How is 01/02/2026 meant?", "d", ("5", "USD", "2027-04-03")),
        ("24 000 kr", "", "SEK, NOK, DKK or ISK", "Which currency is kr", "s", ("24000", "SEK", None)),
        ("USD 1.234", "", "1.234", "How is 1.234 meant?", "t", ("1234", "USD", None)),
    ],
)  # fmt: skip
async def test_enter_on_what_may_mean_several_things_asks_which(
    make_app: MakeApp, disk: Disk, file: Path, amount: str, day: str, told: str, asks: str,
    answer: str, found: tuple[str | None, ...]
) -> None:  # fmt: skip
    file.write_text(f"Deal Name,Amount,Stage,Close Date\nAlder,{amount},Proposal,{day}\n")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: "enter says which" in screen_text(app))
        assert told in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        assert asks in screen_text(app)
        await pilot.press(answer)
        await until(pilot, lambda: "1 prospect" in screen_text(app))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    alder = next(d for d in open_board(disk).documents().values() if d["name"] == "Alder")
    value = alder["value"]
    assert (value["amount"], value.get("currency", "USD"), alder.get("close_date")) == found


async def test_enter_on_who_is_missing_goes_to_their_names(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    header, names = "Record ID,Deal Name,Amount,Stage\n", ("Alder", "Birch", "Cedar", "Damson")
    rows = [f"{n},{name},{n}00,Proposal\n" for n, name in enumerate(names, 500)]
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        for listed in (rows, rows[1:]):
            file.write_text(header + "".join(listed))
            await asked(pilot, file.name)
            await until(pilot, lambda: isinstance(app.screen, ImportScreen))
            if listed is rows:
                await pilot.press("y")
                await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert "3 rows, none new or changed, 1 gone" in screen_text(app)
        await pilot.press("enter")
        shown = app.screen.query_one(Rows)
        await until(pilot, lambda: shown.row is not None and shown.row.id.startswith("gone/"))
        assert shown.row is not None
        assert shown.row.detail() == "Alder: stays as it is: drop or keep it yourself"


@pytest.mark.parametrize(
    ("row", "answer", "becomes"),
    [("Closed", "w", "won"), ("Expected close date", "d", "created")],
)
async def test_what_is_none_of_the_answers_is_asked_without_one(
    make_app: MakeApp, file: Path, row: str, answer: str, becomes: str
) -> None:
    """Opening the question ended the program: a closed sale, or an expected day, is none of its answers."""
    file.write_text(
        "Deal Name,Amount,Stage,Expected close date\nAlder,5,Closed,2026-10-02\nOak,6,Open,\n"
    )
    app = make_app()
    async with app.run_test(size=(100, 34)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await go_to(pilot, row)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        assert "not yet: Choose one" in screen_text(app)
        await pilot.press(answer)
        await until(
            pilot,
            lambda: bool(re.search(rf"{row} +{becomes} ", screen_text(app))),
        )


def test_a_column_may_be_said_to_be_all_that_a_list_is_read_for() -> None:
    """``expected_close`` is called as the close date is; the rest is of no list of another program."""
    kept = {"expected_close", "closed_channels", "review_days"}
    assert set(column_question("any").values) | kept == {*FIELDS, "", AS_FOUND} | kept


async def test_what_is_in_the_pipeline_already_is_not_taken_again(
    make_app: MakeApp, file: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        await asked(pilot, file.name)
        await until(pilot, lambda: "Nothing to import" in " ".join(toasts(app)))
        assert "unchanged 2" in " ".join(toasts(app))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "What to do: export the list again"),
        (b"PK\3\4 cut", "What to do: open it in the spreadsheet program"),
        (b'{"format": "review_board", "prospects": [{"na', "What to do: copy it again"),
    ],
)
async def test_what_cannot_be_read_is_told_on_a_page_that_stays(
    make_app: MakeApp, file: Path, content: bytes, words: str
) -> None:
    pytest.importorskip("python_calamine")
    file.write_bytes(content)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "Import deals.csv · cannot be read" in screen_text(app)
        assert words in screen_text(app)
        await pilot.press("y")
        await until(pilot, lambda: "Nothing can come in yet" in " ".join(toasts(app)))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_another_sheet_of_a_workbook_can_be_chosen(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    sheets: dict[str, list[tuple[object, ...]]] = {
        "Deals": [("Deal Name", "Amount", "Stage"), ("Pell", 5, "Open"), ("Quay", 6, "Open")],
        "Old leads": [("Deal Name", "Amount", "Stage", "Owner"), ("Rusk", 7, "Open", "ann")],
    }
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert re.search(r"the sheet +Deals +not Old leads", screen_text(app))
        await answered(pilot, "sheet/", "b")
        await until(
            pilot, lambda: bool(re.search(r"the sheet +Old leads +not Deals", screen_text(app)))
        )
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    names = {document["name"] for document in open_board(disk).documents().values()}
    assert "Rusk" in names
    assert "Pell" not in names


async def test_esc_stops_the_reading(
    make_app: MakeApp, disk: Disk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, usual = Event(), read_files

    def slow(paths: tuple[Path, ...], *, now: Any, options: ImportOptions) -> Any:
        assert reads.wait(10)
        return usual(paths, now=now, options=options)

    monkeypatch.setattr(open_import, "read_files", slow)
    app = make_app(make_runner=lambda _: Inline())
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, WorkingScreen))
        await until(pilot, lambda: "Reading deals.csv" in screen_text(app))
        await pilot.press("j", "escape")
        reads.set()
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Stopped: nothing was changed"]
        assert len(open_board(disk).documents()) == len(SMALL)


async def changed_here(pilot: Pilot[Any], app: ReviewBoardApp, disk: Disk, file: Path) -> str:
    """Take a list in, and change the value of one of its cards here; return its id."""
    await asked(pilot, file.name)
    await until(pilot, lambda: isinstance(app.screen, ImportScreen))
    await pilot.press("y")
    await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    board = open_board(disk)
    key = next(k for k, d in board.documents().items() if d["name"] == "Pell deal")
    value = Money(amount=Decimal(5000))
    board.change(key, lambda p, _: p.with_changes(value=value), "changed the value")
    await until(
        pilot, lambda: app.board is not None and app.board.document(key) == board.document(key)
    )
    board.close()
    return key


async def test_what_changed_there_and_here_is_chosen_there(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        key = await changed_here(pilot, app, disk, file)
        file.write_text(LIST.replace("12000", "15000"))
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "is asked" in screen_text(app)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("enter")  # which answers nothing yet
        await until(pilot, lambda: "Choose one: l or h" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "is asked" in screen_text(app)
        await go_to(pilot, "both/")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("l")
        await until(pilot, lambda: "is asked" not in screen_text(app))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    assert open_board(disk).documents()[key]["value"]["amount"] == "15000"


async def test_what_stands_here_is_taken_from_the_list_after_all_and_esc_asks_first(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        key = await changed_here(pilot, app, disk, file)
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        rows = app.screen.query_one(Rows)
        await until(pilot, lambda: rows.row is not None)
        await pilot.press("enter")
        await until(pilot, lambda: "fields that stand" in "".join(toasts(app)))
        await pilot.press("escape")  # which closes only what was said
        await until(pilot, lambda: not app._notifications)
        assert isinstance(app.screen, ImportScreen)
        await go_to(pilot, "both/")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("l")
        await until(pilot, lambda: re.search(r"Value +\$12,000 ", screen_text(app)) is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "Leave the import?" in screen_text(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    assert open_board(disk).documents()[key]["value"]["amount"] == "12000"


async def test_several_files_are_read_and_joined_away_from_the_screen(
    make_app: MakeApp, disk: Disk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = "Deal Name,Activity Type,Activity Date,Outcome\nPell deal,Call,2026-01-05,No answer\n"
    threads: list[int] = []

    def planned(*given: Any) -> Any:
        threads.append(get_ident())
        return plan_import(*given)

    monkeypatch.setattr(open_import, "plan_import", planned)
    file.with_name("calls.csv").write_text(calls, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, "deals.csv, calls.csv")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert "Import deals.csv, calls.csv" in screen_text(app)
        assert re.search(r"1 call +no answer +by Outcome", screen_text(app))
        assert threads
        assert get_ident() not in threads
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    pell = next(d for d in open_board(disk).documents().values() if d["name"] == "Pell deal")
    assert len(pell["touches"]) == 1


async def test_the_joining_can_be_stopped(
    make_app: MakeApp, disk: Disk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joins = Event()

    def slow(*given: Any) -> Any:
        assert joins.wait(10)
        return plan_import(*given)

    monkeypatch.setattr(open_import, "plan_import", slow)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, WorkingScreen))
        await pilot.press("escape")
        joins.set()
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["Stopped: nothing was changed"]
        assert len(open_board(disk).documents()) == len(SMALL)


async def test_the_number_of_a_person_that_changed_there_and_here_is_chosen_there(
    make_app: MakeApp, disk: Disk, file: Path
) -> None:
    header = "Deal Name,Company,Contact,Email,Phone,Amount,Stage\n"
    row = "Pell deal,Pell Foundry,Jo Pell,jo@pell.example,{},12000,Proposal\n"
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        file.write_text(header + row.format("+1 555 010 0101"))
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        board = open_board(disk)
        key = next(k for k, d in board.documents().items() if d["name"] == "Pell deal")
        (person,) = board.prospect(key).contacts
        here = person.model_copy(update={"phone": "+1 555 010 0102"})
        board.change(key, lambda p, _: p.with_changes(contacts=(here,)), "changed the number")
        await until(
            pilot, lambda: app.board is not None and app.board.document(key) == board.document(key)
        )
        board.close()
        file.write_text(header + row.format("+1 555 010 0103"))
        await asked(pilot, file.name)
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await go_to(pilot, "both/")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeaningDialog))
        await pilot.press("l")
        await until(pilot, lambda: "is asked" not in screen_text(app))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    assert open_board(disk).documents()[key]["contacts"][0]["phone"] == "+1 555 010 0103"


def test_the_second_column_of_numbers_says_that_it_becomes_a_note() -> None:
    first, second = (ColumnUse(name, "phone", ("555",)) for name in ("Phone", "Mobile"))
    assert column_row(0, second, [first]).becomes == "phone (2nd: a note)"
    assert column_row(0, first, []).becomes == "phone"
