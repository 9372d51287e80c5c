"""The evidence printed from public data, on small files made up here; no file is shipped."""

from pathlib import Path

import pytest

from benchmarks.evidence.__main__ import main
from benchmarks.evidence.shares import Share

BANK = """"age";"campaign";"pdays";"previous";"poutcome";"y"
30;1;-1;0;"unknown";"no"
31;1;-1;0;"unknown";"yes"
32;5;100;1;"failure";"no"
33;7;30;2;"success";"yes"
34;12;400;6;"other";"no"
"""
DEALS = """opportunity_id,account_name,created_date,close_date,stage,amount,sales_cycle_days,close_date_pushed,loss_reason,lost_at_stage,is_won,is_closed
1,Acme,2026-01-01,2026-01-11,Closed Won,5000,10,False,,,True,True
2,Bolt,2026-01-01,2026-03-02,Closed Lost,50000,60,False,Price,Proposal,False,True
3,Cove,2026-01-01,2026-04-11,Closed Won,200000,100,False,,,True,True
4,Dune,2026-01-01,2026-12-01,Negotiation,7000,334,True,,,False,False
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text(BANK)
    return path


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines, with their columns one blank apart."""
    assert main(arguments) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def section(lines: list[str], title: str) -> list[str]:
    """The rows of one table."""
    start = next(n for n, line in enumerate(lines) if line.startswith(title))
    return lines[start + 2 : lines.index("", start)]


def test_contacts_are_counted_once_by_their_end_and_once_at_each(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "bank", str(bank))
    assert lines[0] == "5 people, 2 bought"
    by_contacts = section(lines, "Bought, by contacts in this campaign")
    assert [row.split()[:3] for row in by_contacts] == [
        ["1", "2", "1"],
        ["2", "0", "0"],
        ["3", "0", "0"],
        ["4", "0", "0"],
        ["5", "1", "0"],
        ["6-10", "1", "1"],
        ["11+", "1", "0"],
    ]
    at_each = section(lines, "Bought at the nth contact")
    assert [row.split()[1:3] for row in at_each[:7]] == [
        ["5", "1"],
        *([["3", "0"]] * 4),
        ["2", "0"],
        ["2", "1"],
    ]


def test_early_and_late_contacts_add_up_to_all_that_were_made(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = section(printed(capsys, "bank", str(bank)), "Purchases for each contact made")
    assert rows[0].startswith("the first 4 14 1 ")
    assert rows[1].startswith("from the 5th on 12 1 ")


def test_earlier_campaigns_are_told_apart(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "bank", str(bank))
    outcomes = section(lines, "Bought, by the outcome")
    assert [row.split()[:3] for row in outcomes] == [
        ["success", "1", "1"],
        ["other", "1", "0"],
        ["failure", "1", "0"],
        ["unknown", "2", "1"],
    ]
    pauses = section(lines, "Bought, by the time since")
    assert pauses[1].startswith("up to 90 days ago 1 1 100.0 %")


def test_deals_are_told_by_length_tier_and_reason_and_replayed_twice_in_the_same_bytes(
    deals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "deals", str(deals))
    assert lines[0] == "4 opportunities, 3 ended, 2 won"
    assert section(lines, "Won in the end, of those still open")[3].startswith("60 1 1 100.0 %")
    assert [row.split()[-7] for row in section(lines, "Won, by our default tiers")] == ["1"] * 3
    assert section(lines, "Lost, by reason") == ["Price 1 1"]
    assert "of 1 still open, 1 were pushed" in lines
    assert "Backtest to 12 Apr 2026: 4 prospects: 2 won, 1 dropped, 1 not ended" in lines
    assert printed(capsys, "deals", str(deals)) == lines


def test_the_same_people_give_the_same_bytes(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, "bank", str(bank)) == printed(capsys, "bank", str(bank))


def test_another_kind_of_file_is_refused_in_one_line(bank: Path) -> None:
    with pytest.raises(SystemExit, match="no column amount, close_date"):
        main(["deals", str(bank)])
    with pytest.raises(SystemExit, match="cannot be read"):
        main(["bank", str(bank.with_name("none.csv"))])


def test_wilson_stays_within_bounds_and_narrows() -> None:
    assert Share(0, 10).interval[0] == 0
    assert Share(10, 10).interval[1] == pytest.approx(1)
    assert Share(50, 100).interval == pytest.approx((0.4038, 0.5962), abs=1e-3)
    assert Share(500, 1000).interval == pytest.approx((0.4691, 0.5309), abs=1e-3)
    assert Share(0, 0).cells() == ["0", "0", "–", ""]
