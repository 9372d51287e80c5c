"""``calibrate`` and ``backtest`` on the command line, and the first impression that feeds them."""

from pathlib import Path

import pytest

from review_board.settings.rule_names import RuleName
from tests.cli.conftest import Shell

CSV = """Deal Name,Stage,Amount,Create Date,Close Date,Closed Lost Reason
Harbor,Closed Won,24000,2026-01-05,2026-03-01,
Brandt,Closed Lost,85000,2026-01-05,2026-04-01,no decision
Corner,Negotiation,6000,2026-01-05,2026-12-01,
"""


@pytest.fixture
def book(shell: Shell, tmp_path: Path) -> Shell:
    path = tmp_path / "deals.csv"
    path.write_text(CSV)
    shell.ok("import", str(path), "--yes")
    return shell


@pytest.fixture
def worked(shell: Shell) -> Shell:
    """Three put-offs, a call after them, and bought all the same."""
    shell.ok("add", "Lakeside")
    for day in ("2026-06-01", "2026-07-01", "2026-08-01"):
        shell.ok("log", f"lakeside cb 2026-12-01 @{day}")
    shell.ok("log", "lakeside vm @2026-10-01")
    shell.ok("export", "--json", str(shell.path.with_name("all.json")))
    shell.path.unlink()
    for beside in shell.path.parent.glob("pipeline.*"):
        beside.unlink()
    shell.ok("import", str(shell.path.with_name("all.json")), "--yes")
    shell.ok("won", "lakeside")
    return shell


def test_an_import_without_contacts_is_told_as_what_it_is(book: Shell) -> None:
    out = " ".join(book.ok("backtest").split())
    assert "3 prospects: 1 won, 1 dropped, 1 not ended" in out
    assert "3 have no contact of ours on record (1 won, 1 dropped, 1 not ended)" in out
    assert "advice that needs one cannot be judged on them" in out
    assert "the advice would have let nobody go" in out
    assert "value, locations, contacts, hours of the next step are taken as they are" in out
    assert "Share let go" not in out
    assert "let go before cannot be judged" in out


def test_what_came_in_as_lost_is_told_apart_from_what_was_let_go_here(book: Shell) -> None:
    told = book.ok("calibrate")
    assert "dropped: nobody yet" in told
    assert "1 came in as lost: what letting them go did is not known" in told
    book.ok("move", "corner", "dropped", "--reason", "timing")
    assert "dropped: 0 of 1 came back and bought" in book.ok("calibrate")
    found = book("calibrate", "--json").json
    assert (found["dropped"]["count"], found["came_in_lost"]["count"]) == (1, 1)


def test_first_impressions_have_a_hit_rate(book: Shell) -> None:
    assert book("calibrate", "--json").json["first_impressions"]["hit_rate"] is None
    book.ok("edit", "harbor", "--solid", "yes")
    book.ok("edit", "brandt", "--solid", "yes")
    assert "right: 1 of 2: it felt right and was won" in book.ok("calibrate")
    found = book("calibrate", "--json").json["first_impressions"]
    assert found == {"ended": 2, "right": 1, "hit_rate": "0.5000"}


def test_a_win_that_would_have_been_let_go_is_named(worked: Shell) -> None:
    out = worked.ok("backtest")
    told = " ".join(out.split())
    assert "Lakeside put off too often let go 1 Aug 2026, won 20 Nov 2026" in told


def test_a_pipeline_kept_day_by_day_is_replayed_from_its_ledger(shell: Shell) -> None:
    shell.ok("--today", "2026-06-01", "add", "Lakeside", "--value", "18k")
    for day in ("2026-06-02", "2026-07-02", "2026-08-02"):
        shell.ok("--today", day, "log", "lakeside cb +60d")
    shell.ok("--today", "2026-09-02", "log", "lakeside vm")
    shell.ok("--today", "2026-10-02", "move", "lakeside", "dropped", "--reason", "no-decision")
    out = shell.ok("backtest")
    assert "first version" not in out
    assert "put off too often Dropped 0 1 0 0.1 61" in " ".join(out.split())
    assert "dropped: 0 of 1 came back and bought" in shell.ok("calibrate")


def test_changed_settings_stand_beside_todays_with_the_difference(worked: Shell) -> None:
    out = worked.ok("backtest", "--set", "rules.serial-deferral=false")
    assert "cost of the advice: 1 of 1 that were won would have been let go before" in out
    assert "changed: rules.serial-deferral=false" in out
    line = next(line for line in out.splitlines() if line.startswith("  let go before"))
    assert line.split() == ["let", "go", "before", "1", "0", "-1"]
    found = worked("backtest", "--set", "rules.serial-deferral=false", "--json").json
    assert found["difference"]["won"]["let_go"] == -1
    assert found["today_settings"]["wins_let_go"][0]["rule"] == "serial-deferral"
    assert found["today_settings"]["rules"][0]["destination"] == "dropped"


def test_a_preset_may_be_tried(book: Shell) -> None:
    found = book("backtest", "--set", "preset=transactional", "--json").json
    assert found["set"] == ["preset=transactional"]
    settings = found["today_settings"]["settings"], found["changed_settings"]["settings"]
    assert settings[0] != settings[1]


@pytest.mark.parametrize("setting", ["review.minutes=30", "currency=EUR", "theme=paper"])
def test_settings_that_decide_nothing_are_told(worked: Shell, setting: str) -> None:
    out = worked.ok("backtest", "--set", setting)
    assert f"{setting} decides nothing otherwise than today's settings do" in out
    assert out.count("First advice to let go") == out.count("Share let go by age") == 1


def test_the_short_name_of_a_setting_will_do(worked: Shell) -> None:
    asked = ("backtest", "--json", "--set")
    short, whole = (
        worked(*asked, f"{key}=4").json for key in ("deferrals", "thresholds.deferrals")
    )
    assert short["changed_settings"] == whole["changed_settings"] != short["today_settings"]


def test_the_curve_has_its_figures_and_no_line_is_too_wide(worked: Shell) -> None:
    many = [f"{key}=1" for key in ("deferrals", "recent_days", "fresh_days", "rescue_days")]
    worked.ok("add", "A name that takes as many letters as names of companies ever take")
    out = worked.ok("backtest", *(part for each in many for part in ("--set", each)))
    assert max(map(len, out.splitlines())) <= 80, max(out.splitlines(), key=len)
    told = " ".join(out.split())
    assert "won later: 1 · · · · · █ █ █ █ █ count of them 0 0 0 0 0 1 1 1 1 1" in told


def test_what_no_contact_is_known_of_is_not_said_to_be_pursued(book: Shell) -> None:
    out = book.ok("calibrate")
    assert "pursuit" not in out
    assert "1 won, 1 lost\n  lost: dropped with a quote on record, or for a reason" in out
    assert "those that need contact cannot be judged" in book.ok("backtest")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("thresolds.attempts=8", "did you mean thresholds.attempts?"),
        ("thresholds.attempts=many", "thresholds.attempts"),
        ("attempts", "KEY=VALUE"),
        ("rules.working=false", "working"),
    ],
)
def test_a_bad_setting_is_wrong_usage(book: Shell, setting: str, told: str) -> None:
    assert told in book.fails("backtest", "--set", setting, status=2)


def test_percentiles_are_those_of_each_month_and_are_told(book: Shell) -> None:
    told = "tiers by percentile of what was open and on record when each month began"
    assert told not in book.ok("backtest")
    assert told in book.ok("backtest", "--set", "tiers.by=percentile")
    config = book.path.with_name("percentile.toml")
    config.write_text('[tiers]\nby = "percentile"\n')
    assert told in book.ok("--config", str(config), "backtest")


def test_what_is_imported_later_changes_nothing_under_percentiles(
    worked: Shell, tmp_path: Path
) -> None:
    asked = ("backtest", "--set", "tiers.by=percentile", "--json")
    before = worked(*asked).json["changed_settings"]
    rows = "".join(f"Big {n},900000,2026-01-05\n" for n in range(60))
    (tmp_path / "big.csv").write_text(f"name,value,Create Date\n{rows}")
    worked.ok("--today", "2026-12-01", "import", str(tmp_path / "big.csv"), "--yes")
    after = worked(*asked).json["changed_settings"]
    assert (after["rules"], after["wins_let_go"]) == (before["rules"], before["wins_let_go"])


def test_today_bounds_what_is_counted(book: Shell) -> None:
    assert "nothing to replay" in book.ok("--today", "2020-01-01", "backtest")
    then = book.ok("--today", "2026-03-15", "backtest")
    assert "3 prospects: 1 won, 0 dropped, 2 not ended" in then
    assert "came in as lost" in book.ok("calibrate")
    assert "came in as lost" not in book.ok("--today", "2026-03-15", "calibrate")
    found = book("--today", "2026-03-15", "calibrate", "--json").json
    assert (found["won"], found["lost"]) == (1, 0)
    found = book("--today", "2026-02-01", "calibrate", "--json").json
    assert (found["won"], found["lost"]) == (0, 0)


def test_since_leaves_out_what_ended_before(book: Shell) -> None:
    out = " ".join(book.ok("backtest", "--since", "2026-03-15").split())
    assert "2 prospects, ended since 15 Mar 2026 or open: 0 won, 1 dropped" in out
    assert "month without a day" in book.fails("backtest", "--since", "march", status=2)
    assert "still to come" in book.fails("backtest", "--since", "2027-01-01", status=2)


def test_nothing_on_record_says_what_it_takes(shell: Shell) -> None:
    assert "nothing to replay" in shell.ok("backtest")
    out = shell.ok("calibrate")
    assert "no verdicts yet; it takes a review" in out
    assert "your own ratio counts from 20 outcomes on" in out
    assert "review-board edit WHO --solid yes" in out


def test_calibrate_counts_what_was_dropped_and_bought(shell: Shell) -> None:
    shell.ok("add", "Orchard")
    shell.ok("move", "orchard", "dropped", "--reason", "timing")
    shell.ok("move", "orchard", "active")
    shell.ok("won", "orchard")
    out = shell.ok("calibrate")
    assert "dropped: 1 of 1 came back and bought: Orchard" in out
    found = shell("calibrate", "--json").json
    assert len(found["dropped"]["won"]) == 1
    assert found["closing_ratio"] == {
        "ratio": "0.30",
        "label": "usual closing ratio 30 %",
        "low": None,
        "high": None,
    }


def test_the_first_impression_is_recorded_and_measured(shell: Shell) -> None:
    shell.ok("add", "Harbor")
    shell.ok("edit", "harbor", "--solid", "yes")
    assert shell.document("harbor")["first_impression"]["solid"] is True
    shell.ok("won", "harbor")
    assert "yes: 1 of 1 won; 0 open, or dropped and not counted as lost" in shell.ok("calibrate")
    shell.ok("edit", "harbor", "--solid", "unknown")
    assert "first_impression" not in shell.document("harbor")
    assert "yes" in shell.fails("edit", "harbor", "--solid", "maybe", status=2)


def test_the_answers_are_the_same_bytes_again(worked: Shell) -> None:
    again = ["--set", "thresholds.deferrals=2", "--json"]
    assert worked.ok("backtest", *again) == worked.ok("backtest", *again)


def test_reasons_stand_in_words_and_their_prospects_add_up(shell: Shell) -> None:
    path = shell.ok("demo", "manager", "--no-open").strip()
    told = shell.ok("--file", path, "calibrate").partition("reason by reason\n")[2]
    lines = told.splitlines()
    assert lines[0].split()[-6:] == ["prospects", "won", "dropped", "nurture", "in", "work"]
    for line in lines[1:-2]:
        _, of, verdicts, met, *stand = line.replace(",", "").split()[-8:]
        assert of == "of"
        assert int(met) == sum(map(int, stand)) <= int(verdicts)
    told += shell.ok("--file", path, "backtest")
    assert "put off too often" in told
    assert "…" not in told.partition("First advice")[2].partition("Won, but")[0]
    assert not [rule for rule in RuleName if "-" in rule and rule in told]
