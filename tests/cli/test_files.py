"""``import`` and ``export``."""

from pathlib import Path
from shlex import split

import pytest

from tests.cli.conftest import Shell

CSV = "Deal Name,Amount,Deal Stage,Close Date\nAcme,500,Proposal,2026-12-01\nBolt,700,Closed Won,2026-11-01\n"


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(CSV)
    return path


def test_import_is_one_change_and_undo_takes_it_back(shell: Shell, deals: Path) -> None:
    out = shell.ok("import", str(deals), "--yes")
    assert out.startswith("imported deals.csv: 2 prospects; undo takes them back\n")
    assert shell("list", "--json").json["count"] == 2
    assert shell("history", "--json").json["changes"][0]["via"] == "import"
    assert "imported deals.csv: 2 prospects" in shell.ok("undo")
    assert shell("list", "--json").json["count"] == 0


def test_a_list_of_one_is_told_as_one(shell: Shell, deals: Path) -> None:
    deals.write_text("".join(CSV.splitlines(keepends=True)[:2]))
    out = shell.ok("import", str(deals), "--yes")
    assert out.startswith("imported deals.csv: 1 prospect; undo takes it back\n")
    assert "imported deals.csv: 1 prospect" in shell.ok("history")
    told = shell("doctor").out
    assert ": 1 prospect, 0 reviews" in told
    assert "1 prospects" not in told
    assert "1 changes" not in told


def test_a_dry_run_changes_nothing(shell: Shell, deals: Path) -> None:
    out = shell.ok("import", str(deals), "--dry-run")
    assert out.startswith("2 prospects in deals.csv: ")
    assert "1 won" in out
    assert shell.bytes is None


def test_without_a_yes_nothing_is_taken_in(shell: Shell, deals: Path) -> None:
    assert "--yes" in shell.fails("import", str(deals), status=2)
    assert shell.bytes is None


def test_the_same_file_twice_adds_nothing(shell: Shell, deals: Path) -> None:
    shell.ok("import", str(deals), "--yes")
    out = shell.ok("import", str(deals), "--yes")
    assert "created 0 · updated 0 · unchanged 2\nnothing new in deals.csv" in out
    assert "saved" not in out


CALLS = (
    "Activity ID,Activity Type,Activity Date,Outcome,Deal Name\n"
    "1,Call,2026-10-01,No answer,Acme\n2,Call,2026-10-02,Connected,Acme\n3,Call,2026-10-02,Busy,Nobody\n"
)


def test_several_files_are_one_change(shell: Shell, deals: Path) -> None:
    calls = deals.with_name("calls.csv")
    calls.write_text(CALLS)
    out = shell.ok("import", str(calls), str(deals), "--yes")
    assert out.startswith(
        "imported calls.csv, deals.csv: 2 prospects, 2 contacts; undo takes them back\n"
    )
    assert "calls.csv: 1 row left out: joins no prospect by id, address, number or name" in out
    assert "talked" in shell.ok("show", "acme")
    shell.ok("undo")
    assert shell("list", "--json").json["count"] == 0


def test_calls_come_later_for_what_is_here_and_only_once(shell: Shell, deals: Path) -> None:
    calls = deals.with_name("calls.csv")
    calls.write_text(CALLS)
    shell.ok("import", str(deals), "--yes")
    out = shell.ok("import", str(calls), "--yes")
    assert out.startswith("imported calls.csv: 2 contacts; undo takes ")
    assert "nothing new in calls.csv" in shell.ok("import", str(calls), "--yes")
    assert "2 on record already" in shell.ok("import", str(deals), str(calls), "--yes")
    shell.ok("undo")
    assert "talked" not in shell.ok("show", "acme")
    assert shell("list", "--json").json["count"] == 2


def test_calls_that_name_nobody_here_are_refused(shell: Shell, deals: Path) -> None:
    calls = deals.with_name("calls.csv")
    calls.write_text(CALLS.replace("Acme", "Elsewhere"))
    shell.ok("import", str(deals), "--yes")
    assert "names a prospect of this pipeline" in shell.fails("import", str(calls), "--yes")


def test_dates_that_may_be_read_in_two_ways(shell: Shell, deals: Path) -> None:
    deals.write_text(CSV.replace("2026-12-01", "01/02/2026").replace("2026-11-01", "03/04/2026"))
    assert "--dates dmy" in shell.fails("import", str(deals), "--yes")
    shell.ok("import", str(deals), "--yes", "--dates", "dmy")
    assert shell.document("acme")["close_date"] == "2026-02-01"


def test_a_column_may_be_named(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Amount,Deal Stage,Close Date\nAcme,500,Proposal,2026-12-01\n")
    shell.ok("import", str(path), "--yes", "--map", "Who=name", "--kind", "deals")
    assert shell.document("acme")["value"]["amount"] == "500"
    assert "needs the name of a field" in shell.fails(
        "import", str(path), "--map", "Who=soul", status=2
    )
    for said in ("soul", "other.csv=deals"):
        refused = shell.fails("import", str(path), "--kind", said, status=2)
        assert "is no kind of list" in refused


def test_files_of_one_name_are_told_apart_by_their_paths(shell: Shell, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "list.csv" for folder in ("deals", "calls")]
    for path in paths:
        path.parent.mkdir()
    paths[0].write_text("Deal Name,Company,Amount,Stage\nSolar,Birch,5,Demo\n")
    paths[1].write_text("Deal Name,Date,Type,Outcome\nSolar,2026-11-02,Call,No answer\n")
    given = ("import", *map(str, paths), "--dry-run", "--kind")
    assert "of two with one name its path" in shell.fails(*given, "list.csv=activities", status=2)
    assert "1 try without an answer" in shell.ok(*given, f"{paths[1]}=activities")


def test_a_file_that_is_left_out_is_not_counted_in_the_name(shell: Shell, deals: Path) -> None:
    other = deals.with_name("orders.csv")
    other.write_text("Invoice No,Invoice Date,Supplier,Quantity\n1,2026-11-02,Oak,5\n")
    told = shell.ok("import", str(deals), str(other), "--dry-run")
    assert f"prospects in {deals.name}:" in told
    assert "orders.csv was left out" in told


@pytest.mark.parametrize(
    "name", ["missing.csv", "/dev/zero", "/tmp", "empty.csv", "a\x1b]52;c;x\x07"]
)
def test_import_refuses_what_is_no_list(shell: Shell, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.csv").touch()
    message = shell.fails("import", str(tmp_path / name), "--yes")
    assert message.strip().isprintable()


def test_export_and_import_again(shell: Shell, deals: Path, tmp_path: Path) -> None:
    shell.ok("import", str(deals), "--yes")
    target = tmp_path / "out.json"
    assert shell.ok("export", "--json", str(target)) == f"saved 2 prospects to {target}\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert shell.ok("export", "--json") == target.read_text()
    assert "--force" in shell.fails("export", "--json", str(target))
    assert "say one" in shell.fails("export", "-o", str(target), str(target), status=2)
    other = tmp_path / "other.json"
    assert shell.ok("export", "-o", str(other)) == f"saved 2 prospects to {other}\n"
    shell.ok("export", "--json", str(target), "--force")
    shell.ok("undo")
    shell.ok("import", str(target), "--yes")
    assert shell.ok("export", "--json", "-") == target.read_text()


def test_export_needs_a_format(shell: Shell) -> None:
    assert "--json" in shell.fails("export", status=2)
    assert "ends with .csv, .json" in shell.fails("export", "deals.odd", status=2)
    assert "say one" in shell.fails("export", "--json", "--for", "hubspot", status=2)
    assert "is CSV" in shell.fails("export", "--for", "hubspot", "people.vcf", status=2)


@pytest.mark.parametrize(("name", "what"), [("a.CSV", "2 prospects"), ("a.json", "2 prospects"), ("a.vcf", "0 contact cards"), ("a.ics", "0 events"), ("a.xlsx", "2 prospects")])  # fmt: skip
def test_the_ending_says_the_form(shell: Shell, deals: Path, tmp_path: Path, name: str, what: str) -> None:  # fmt: skip
    if name.endswith(".xlsx"):
        pytest.importorskip("xlsxwriter")
    shell.ok("import", str(deals), "--yes")
    target = tmp_path / name
    assert shell.ok("export", str(target)) == f"saved {what} to {target}\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert "--force" in shell.fails("export", str(target))


def test_an_exported_table_adds_nothing_to_where_it_came_from(shell: Shell, deals: Path, tmp_path: Path) -> None:  # fmt: skip
    shell.ok("import", str(deals), "--yes")
    shell.ok("export", str(tmp_path / "out.csv"))
    assert "nothing new in out.csv" in shell.ok("import", str(tmp_path / "out.csv"), "--yes")
    assert shell.ok("export", "--csv").startswith("review_board id,Name,")


def test_a_mailing_list_and_a_list_for_a_crm(shell: Shell, tmp_path: Path) -> None:
    deals = tmp_path / "with_ids.csv"
    deals.write_text("Record ID,Deal Name,Deal Stage,Email\n7,Acme,Nurture,a@acme.example\n")
    shell.ok("import", str(deals), "--yes")
    shell.ok("add", "Ours")
    assert "a@acme.example" in shell.ok("export", "--mailing", "monthly-email")
    assert shell.ok("export", "--mailing", "champion").count("\n") == 1
    out = shell.ok("export", "--for", "hubspot")
    assert out.startswith("Record ID,Deal Name,Deal Stage,")
    assert "Ours" not in out
    assert "has an id of Salesforce" in shell.fails("export", "--for", "salesforce")


def test_a_merged_card_gives_one_row_to_a_crm_and_the_other_deal_is_named(
    shell: Shell, tmp_path: Path
) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Deal owner\n"
    rows = "9001,Kestrel Logistics,Demo,120000,Dana\n9038,Kestrel Inc.,Demo,8000,Priya\n"
    deals = tmp_path / "deals.csv"
    deals.write_text(f"{header}{rows}9002,Elm,Demo,5,Dana\n")
    shell.ok("import", str(deals), "--yes")
    shell.ok("merge", "Kestrel Inc.", "Kestrel Logistics")
    result = shell("export", "--for", "hubspot")
    ids = [line.partition(",")[0] for line in result.out.splitlines()]
    assert ids == ["Record ID", "9038", "9002"] or ids == ["Record ID", "9002", "9038"]
    assert "120000" not in result.out
    note = (
        "1 deal left out, merged here: merge or close in HubSpot: 9001 Kestrel Logistics (into 9038"
    )
    assert note in " ".join(result.err.split())


def test_rows_left_out_are_named(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    rows = [f"D{n},{n},Open{',x' if n < 13 else ''}" for n in range(1, 30)] + ["D40,soon,Open"]
    path.write_text("\n".join(["Deal Name,Amount,Deal Stage", *rows, ""]))
    out = shell.ok("import", str(path), "--dry-run")
    assert out.count("refused: longer than the header: 4 cells, not 3") == 12
    assert "column 'Amount': 1 cell was not understood" in out
    assert "taken as a list of deals" in out
    assert "EUR" in shell.fails("import", str(path), "--currency", "euros", status=2)


MIXED = (
    "Deal ID,Deal Name,Amount,Deal Stage\n"
    "1,Acme,500,Open\n2,=Bolt,7,Closed\n3,Cora,9,Went dark\n3,Cora again,9,Open\n4,Dale,tbd,Open\n"
)


def test_refused_rows_are_named_and_written_down_to_be_mended(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    out = shell.ok("import", "-", "--dry-run", "--report", str(report), stdin=MIXED)
    assert out.startswith("3 prospects in the input: ")
    assert "  row 3 refused: it is closed (Closed), but nothing says whether won or lost" in out
    assert "  row 5 refused: its id '3' is that of row 4" in out
    assert (
        report.read_text("utf-8-sig")
        .splitlines()[0]
        .endswith("Deal ID,Deal Name,Amount,Deal Stage")
    )
    assert "'=Bolt" in report.read_text("utf-8-sig")
    report.write_text(report.read_text("utf-8-sig").replace(",Closed\n", ",Lost\n"))
    mended = shell.ok("import", str(report), "--yes")
    assert "refused.csv: 2 prospects" in mended
    assert "rows that an import refused" in mended
    assert "not used" not in mended
    assert shell.document("=Bolt")["name"] == "=Bolt"
    assert "exists" in shell.fails("import", "-", "--report", str(report), stdin=MIXED)
    look = ("import", "-", "--dry-run", "--report", str(report))
    for more in (("--force",), ()):  # what the last look wrote is no hindrance for the next
        shell.ok(*look, *more, stdin=MIXED)


def test_a_list_refused_whole_gives_its_report_too(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    text = "Deal Name,Deal Stage\nAcme,Closed\n"
    assert "1 of 1 row" in shell.fails("import", "-", "--report", str(report), stdin=text)
    assert "Acme,Closed" in report.read_text("utf-8-sig")


def test_what_a_stage_word_means_can_be_said(shell: Shell) -> None:
    asked = shell.ok("import", "-", "--dry-run", stdin=MIXED)
    assert "stage 'Went dark' (1 row) is taken as Active: --stage 'Went dark=dropped'" in asked
    assert "stages: Active ← " in asked
    assert "'Went dark' (1)" in asked
    out = shell.ok("import", "-", "--dry-run", "--stage", "went dark=lost", stdin=MIXED)
    assert "2 Active, 1 Dropped" in out
    assert "choose from" in shell.fails("import", "-", "--stage", "x=y", status=2)


def test_what_is_probably_misread_is_said_first(shell: Shell) -> None:
    out = shell.ok("import", "-", "--dry-run", stdin="Deal Name,Deal Stage\nAcme,Open\n")
    assert out.splitlines()[1] == (
        "  Look: no column was taken as the value: no card will have one"
    )


ODD = "Record ID,Deal Name,Deal Stage,Size of it\n1,Acme,Went dark,500\n2,Bolt,Proposal,700\n"


@pytest.mark.parametrize("where", [[], ["--mapping", "own.json"]])
def test_what_was_said_of_a_source_holds_next_week(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week1.csv").write_text(ODD)
    said = ("--map", "amount=Size of it", "--stage", "Went dark=lost")
    shell.ok("import", "week1.csv", "--dry-run", *said, *where)
    assert (
        "Size of it" in shell.ok("import", "week1.csv", "--dry-run", *where).split("not used:")[1]
    )
    shell.ok("import", "week1.csv", "--yes", *said, *where)
    assert shell.document("acme")["column"] == "dropped"
    lines = ODD.splitlines()
    (tmp_path / "week2.csv").write_text(f"{lines[0]},New\n3,Cora,went dark,900,x\n")
    out = shell.ok("import", "week2.csv", "--yes", *where)
    assert "as you said, now or before: value ← Size of it; Went dark is Dropped" in out
    cora = shell.document("cora")
    assert (cora["column"], cora["value"]["amount"]) == ("dropped", "900")
    if where:
        assert (tmp_path / "own.json").stat().st_mode & 0o777 == 0o600


def test_a_mapping_file_that_is_none_is_told(shell: Shell, deals: Path, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text("[")
    assert "no mappings" in shell.fails(
        "import", str(deals), "--mapping", str(tmp_path / "own.json")
    )


def test_a_list_that_comes_again_updates_and_import_undo_takes_that_back(
    shell: Shell, deals: Path
) -> None:
    shell.ok("import", str(deals), "--yes")
    shell.ok("note", "acme", "they like it")
    deals.write_text(CSV.replace("500,Proposal", "900,Closed Lost") + "Cora,5,Open,2026-12-24\n")
    out = shell.ok("import", str(deals), "--yes")
    assert out.startswith("imported deals.csv: created 1 · updated 1 · unchanged 1; undo takes it")
    assert "Value $500 → $900" in out
    acme = shell.document("acme")
    assert (acme["column"], acme["drop"]["note"]) == ("dropped", "lost (imported)")
    shell.ok("note", "bolt", "later")
    assert "created 1" in shell.ok("import", "undo")
    assert shell.document("acme")["value"]["amount"] == "500"
    assert shell("list", "--json").json["count"] == 2


def test_what_changed_on_both_sides_is_refused_until_it_is_decided(
    shell: Shell, deals: Path
) -> None:
    shell.ok("import", str(deals), "--yes")
    shell.ok("edit", "acme", "--value", "700")
    deals.write_text(CSV.replace("500", "900"))
    assert "to decide 1" in shell.ok("import", str(deals), "--dry-run")
    told = shell.fails("import", str(deals), "--yes")
    assert "Acme: Value here $700, there $900" in told
    assert "--theirs or --ours" in told
    assert "kept as you decided 1" in shell.ok("import", str(deals), "--yes", "--ours")
    again = shell.ok("import", str(deals), "--yes")
    offer = "--take 'Acme: Value' takes the list's word instead"
    assert f"kept Acme: Value $700 (there $900)\n  {offer}\nnothing new in deals.csv" in again
    assert shell.document("acme")["value"]["amount"] == "700"
    shell.ok("import", str(deals), "--yes", "--take", "acme:value")
    assert shell.document("acme")["value"]["amount"] == "900"
    shell.ok("import", "undo")
    assert shell.document("acme")["value"]["amount"] == "700"
    shell.ok("import", "undo")
    assert "names no field" in shell.fails(
        "import", str(deals), "--yes", "--take", "Acme:Owner", status=2
    )
    shell.ok("import", str(deals), "--yes", "--theirs")
    assert shell.document("acme")["value"]["amount"] == "900"
    assert "exclude" in shell.fails("import", str(deals), "--ours", "--theirs", status=2)


def test_a_dry_run_as_json(shell: Shell, deals: Path) -> None:
    shell.ok("import", str(deals), "--yes")
    deals.write_text(CSV.replace("500,Proposal", "900,Odd") + "Cora,x,,\nD,1\n")
    found = shell("import", str(deals), "--dry-run", "--json").json
    (only,) = found["lists"]
    assert {"header": "Amount", "field": "value", "samples": ["900", "700", "x"]} in only["columns"]
    assert only["states"][0] == {"word": "Odd", "rows": 1, "meaning": "open", "known": False}
    assert [row["row"] for row in only["refused"]] == [5]
    active = next(one for one in found["board"] if one["column"] == "Active")
    assert (active["before"]["count"], active["after"]["count"]) == (1, 2)
    assert active["after"]["sums"] == [{"amount": "900", "currency": "USD"}]
    assert (found["created"], found["updated"]) == (1, 1)
    assert "Active: 1 → 2, $500 → $900" in shell.ok("import", str(deals), "--dry-run")
    assert "--dry-run" in shell.fails("import", str(deals), "--json", status=2)


def test_a_stage_word_that_is_not_known_is_asked_at_the_top(shell: Shell) -> None:
    words = "Deal Name,Stage,Amount\nAcme,Bl'orp!!,5\nBolt,Bl'orp!!,6\nCask,Proposal,7\n"
    out = shell.ok("import", "-", "--dry-run", stdin=words).splitlines()
    assert 'stage "Bl\'orp!!" (2 rows) is taken as Active: --stage' in out[1]
    said = split(out[1].partition("--stage ")[2])[0]
    again = shell.ok("import", "-", "--dry-run", "--stage", said, stdin=words)
    assert "taken as Active" not in again
    assert "2 Dropped" in again


def test_many_stage_words_that_are_not_known_are_named_in_a_line(shell: Shell) -> None:
    rows = "".join(f"Deal {n},Zq{n}x,5\n" for n in range(9))
    out = shell.ok("import", "-", "--dry-run", stdin=f"Deal Name,Stage,Amount\n{rows}")
    assert out.count("is taken as Active") == 5
    assert "  and 4 more like this" in out
    assert "stages: Active ← 'Zq0x' (1)" in out
    assert "'Zq8x' (1)" in out.split("stages: ")[1]


def test_mappings_that_cannot_be_looked_for_are_told_before_anything_comes_in(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Deal Name,Stage\nPell deal,Open\n", encoding="utf-8")
    shell.ok("add", "Harbor")
    told = shell.fails("import", str(file), "--yes", "--mapping", str(tmp_path / ("x" * 300)))
    assert "cannot be read: File name too long" in told


ONE = "Deal Name,Company,Amount,Owner,Stage\nCasting line,Pell Foundry,12000,ann,Proposal\n"
NEARLY = (
    "Deal Name,Company,Amount,Owner,Stage\nCastings line,Pell Foundry Ltd,900,bob,Proposal\n"
    "Pump,Quay Paper,5,bob,Simmering\n"
)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is given as stdin is typed; there is no screen."""
    monkeypatch.setattr("review_board.cli.files.is_terminal", lambda _: True)
    monkeypatch.setattr("review_board.cli.files._has_screen", lambda _: False)


@pytest.mark.usefixtures("typing")
def test_a_later_close_date_is_told_once_it_is_decided_that_the_list_counts(
    shell: Shell, deals: Path
) -> None:
    shell.ok("import", str(deals), "--yes")
    shell.ok("edit", "Acme", "--close-date", "2027-01-08", "--correction")
    deals.write_text(CSV.replace("2026-12-01", "2027-02-26"))
    told = "1 close date moves later, which counts as put off without a reason"
    assert told not in shell("import", str(deals), "--dry-run", "--ours").err
    assert told in shell("import", str(deals), "--dry-run", "--theirs").err
    assert told not in shell("import", str(deals), stdin="ours\nn\n").err
    assert told in shell("import", str(deals), stdin="theirs\nn\n").err.partition("Import them?")[0]


@pytest.mark.usefixtures("typing")
def test_on_a_plain_terminal_words_near_rows_and_sides_are_asked(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(ONE)
    shell.ok("import", str(path), "--yes")
    shell.ok("edit", "Casting line", "--value", "7k", "--owner", "raj")
    path.write_text(NEARLY)
    tried = shell("import", str(path), "--dry-run", stdin="nurture\n")
    assert "'Simmering' (1 row) is not known: what is it?" in tried.err
    assert "new, or here: Castings line is perhaps Casting line" in tried.out
    asked = shell("import", str(path), stdin="same\none by one\nours\ntheirs\ny\n")
    assert asked.status == 0, asked
    assert "Simmering" not in asked.err, "the answer of the dry run is remembered"
    assert "Castings line is perhaps Casting line" in asked.err
    assert "2 fields differ in the list and here: which side counts?" in asked.err
    found = {d["name"]: d for d in shell("list", "--json").json["prospects"]}
    assert set(found) == {"Castings line", "Pump"}
    assert found["Pump"]["column"] == "nurture"
    assert "nothing new" in shell.ok("import", str(path), "--dry-run")


def test_without_a_terminal_a_near_row_is_said_with_the_option_that_answers(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(ONE)
    shell.ok("import", str(path), "--yes")
    path.write_text(NEARLY)
    told = shell.ok("import", str(path), "--dry-run")
    assert "--same 'Castings line' says so" in told
    shell.ok("import", str(path), "--yes", "--same", "Castings line", "--ours")
    assert len(shell("list", "--json").json["prospects"]) == 2
    assert "no row of that name" in shell.fails(
        "import", str(path), "--yes", "--same", "Nobody", status=2
    )


def test_a_stage_word_that_is_not_known_may_mean_that_a_quote_is_out(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Company,Stage,Value\nOak,Raus,9000\nElm,Fresh,800\n", encoding="utf-8")
    assert "(or =quote, =won" in shell.ok("import", str(path), "--dry-run")
    said = shell.ok("import", str(path), "--yes", "--stage", "Raus=quote")
    assert "Active, a quote is out ← 'Raus' (1)" in said
    out = shell.ok("quotes")
    assert out.startswith("Out, says the list: 1 quote, $9k")
    assert "Raus (quote sent)" in out
    again = shell.ok("import", str(path), "--yes")
    assert "Active, a quote is out ← 'Raus' (1)" in again, "the answer is used for the next list"
    assert shell.ok("list", "stage:raus").count("Oak") == 1
