"""``add`` and ``edit``."""

from pathlib import Path

import pytest

from review_board.store.file_store import FileStore
from review_board.store.protocol import Commit, Receipt
from tests.cli.conftest import Shell


def test_add_says_what_was_saved_and_what_to_do(shell: Shell) -> None:
    out = shell.ok("add", "Lakeside Dental", "--value", "18k")
    first, second = out.splitlines()
    assert first.startswith("saved Lakeside Dental ($18,000) in Active  p-")
    assert (
        second.strip()
        == "KEEP in Active: came in today, nobody ever called (a first call is owed after 14 days)"
    )


def test_add_takes_every_field(shell: Shell) -> None:
    shell.ok(
        *("add", "Tire Stop", "--company", "Tire Stop Inc", "--owner", "raj", "--value", "€4,000"),
        *("--probability", "30%", "--locations", "120", "--hours", "2", "--close-date", "18jan"),
        *("--contact", "Kim:champion", "--contact", "Jo", "--tag", "tires, auto", "--tag", "auto"),
        *("--next", "demo fri 10:00 agreed", "--source", "fair", "--stage", "Proposal"),
    )
    stored = shell.document("tire")
    assert stored["company"] == "Tire Stop Inc"
    assert stored["owner"] == "raj"
    assert stored["value"] == {"amount": "4000", "currency": "EUR"}
    assert stored["probability"] == "0.3"
    assert stored["locations"] == 120
    assert stored["close_date"] == "2027-01-18"
    assert [(c["name"], c.get("role")) for c in stored["contacts"]] == [
        ("Kim", "champion"),
        ("Jo", None),
    ]
    assert stored["tags"] == ["tires", "auto"]
    assert stored["stage"] == "Proposal"
    assert stored["next_step"] == {
        "action": "demo",
        "on": "2026-11-27",
        "time": "10:00:00",
        "agreed": True,
    }


def test_the_number_and_the_address_are_those_of_the_first_person(shell: Shell) -> None:
    ways = ("--phone", "555-0142", "--email", "kim@acme.example")
    shell.ok("add", "Acme", *ways, "--contact", "Kim:champion", "--contact", "Jo")
    kim, jo = shell.document("acme")["contacts"]
    assert (kim["name"], kim["phone"], kim["email"]) == ("Kim", "555-0142", "kim@acme.example")
    assert "phone" not in jo
    shell.ok("add", "Pell", "--phone", "555-0143")
    assert [(c["name"], c["phone"]) for c in shell.document("pell")["contacts"]] == [
        ("Pell", "555-0143")
    ]
    assert "--email: 'kim' is no email address" in shell("add", "Orr", "--email", "kim").err


def test_the_owner_is_who_adds_it(shell: Shell) -> None:
    shell.ok("add", "Acme", "--as", "ann")
    assert shell.document("acme")["owner"] == "ann"


def test_add_to_other_columns(shell: Shell) -> None:
    shell.ok("add", "Nora", "--column", "nurture")
    assert shell.document("nora")["nurture"]["next_on"] == "2026-12-21"
    shell.ok("add", "Cal", "--column", "callback", "--on", "+2w")
    assert shell.document("cal")["callback"]["on"] == "2026-12-04"


def test_a_second_one_of_the_same_name_is_told(shell: Shell) -> None:
    shell.ok("add", "Acme")
    told = shell("add", "Acme").err
    assert "It may be Acme, on record already: same name; review-board merge p-" in told


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (["Harbour Auto Glass"], "nearly the same name"),
        (["Mill", "--contact", "Kim", "--phone", "+49 30 555 0142"], "same phone "),
        (
            ["Mill", "--contact", "Kim", "--email", "K@Harbor.example"],
            "same email k@harbor.example",
        ),
        (["Mill", "--contact", "Kim"], ""),
    ],
)
def test_who_looks_like_another_is_told_with_how_to_merge(
    shell: Shell, new: list[str], why: str
) -> None:
    known = ("--contact", "Kim", "--phone", "030 5550142", "--email", "k@harbor.example")
    shell.ok("add", "Harbor Auto Glass", *known)
    told = shell("add", *new).err
    if not why:
        assert "It may be" not in told
        return
    assert f"It may be Harbor Auto Glass, on record already: {why}" in told
    assert "review-board merge p-" in told


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["add"], 2, "NAME"),
        (["add", ""], 2, "visible"),
        (["add", "\u200b\u202e"], 2, "visible"),
        (["add", "-rf"], 2, "goes after --"),
        (["add", "Acme", "--value", "lots"], 2, "--value"),
        (["add", "Acme", "--value", "-5"], 2, "--value"),
        (["add", "Acme", "--value", "1.234"], 2, "1234"),
        (["add", "Acme", "--value", "1E+999999"], 2, "--value"),
        (["add", "Acme", "--value", "٣"], 2, "--value"),
        (["add", "Acme", "--probability", "1"], 2, "write 1% or 100%"),
        (["add", "Acme", "--probability", "nan"], 2, "--probability"),
        (["add", "Acme", "--locations", "0"], 2, "--locations"),
        (["add", "Acme", "--hours", "inf"], 2, "--hours"),
        (["add", "Acme", "--close-date", "2026-02-30"], 2, "--close-date"),
        (["add", "Acme", "--close-date", "01/02/2026"], 2, "2026-02-01"),
        (["add", "Acme", "--column", "dropped"], 2, "cannot begin in Dropped"),
        (["add", "Acme", "--column", "callback"], 2, "--on"),
        (["add", "Acme", "--column", "won"], 2, "choose from active"),
        (["add", "Acme", "--on", "fri"], 2, "callback"),
        (["add", "Acme", "--contact", "Kim:boss"], 2, "economic-buyer"),
        (["add", "Acme", "--next", "demo"], 2, "--next"),
    ],
)
def test_add_refuses(shell: Shell, arguments: list[str], status: int, said: str) -> None:
    assert said in shell.fails(*arguments, status=status)
    assert shell.bytes is None


def test_a_name_may_begin_with_a_dash(shell: Shell) -> None:
    shell.ok("add", "--", "-rf")
    assert shell.ok("list").startswith("-rf")


def test_edit_changes_what_is_said_and_nothing_else(shell: Shell) -> None:
    shell.ok("add", "Acme", "--value", "5k", "--tag", "a", "--company", "Acme Inc")
    out = shell.ok("edit", "acme", "--value", "$7k", "--tag", "b", "--untag", "A", "--owner", "raj")
    assert out.startswith("saved Acme: value $7,000, owner raj; tag b; untag A\n")
    stored = shell.document("acme")
    assert (stored["value"]["amount"], stored["tags"], stored["owner"]) == ("7000", ["b"], "raj")
    assert stored["company"] == "Acme Inc"


def test_edit_empties_a_field_and_drops_the_next_step(shell: Shell) -> None:
    shell.ok("add", "Acme", "--value", "5k", "--company", "X", "--next", "call fri")
    assert "stage Proposal" in shell.ok("edit", "acme", "--stage", "Proposal")
    shell.ok(
        *("edit", "acme", "--value", "none", "--company", "none", "--next", "none"),
        *("--stage", "none"),
    )
    assert not {"value", "company", "next_step", "stage"} & shell.document("acme").keys()


def test_tags_are_added_taken_off_and_emptied(shell: Shell) -> None:
    shell.ok("add", "Acme", "--tag", "North, north", "--tag", "NORTH; dental")
    assert shell.document("acme")["tags"] == ["North", "dental"]
    assert "tag auto" in shell.ok("edit", "acme", "--tag", "auto, DENTAL", "--untag", "north")
    assert shell.document("acme")["tags"] == ["dental", "auto"]
    assert "nothing to change" in shell.fails("edit", "acme", "--untag", " ", status=2)
    assert shell.ok("edit", "acme", "--tag", "none").startswith("saved Acme: tags emptied")
    assert "tags" not in shell.document("acme")


def test_a_close_date_that_moves_later_is_a_deferral(shell: Shell) -> None:
    shell.ok("add", "Acme", "--close-date", "18jan")
    shell.ok("edit", "acme", "--close-date", "18mar", "--because", "budget")
    push = shell.document("acme")["pushes"][0]
    assert (push["from_day"], push["to_day"], push["reason"]) == (
        "2027-01-18",
        "2027-03-18",
        "budget",
    )


def test_a_correction_of_the_close_date_puts_nothing_off(shell: Shell) -> None:
    for name in ("Acme", "Alder"):
        shell.ok("add", name, "--close-date", "18jan")
    corrected = shell("edit", "acme", "--close-date", "28jan", "--correction")
    assert "put off" not in corrected.out + corrected.err
    assert "close date corrected from 18 Jan to 28 Jan" in shell.ok("show", "acme")
    told = shell("edit", "--where", "close:18jan", "--close-date", "30jan")
    assert "this counts as put off without a reason; if not, undo" in told.err
    both = ("edit", "acme", "--close-date", "30jan", "--because", "budget", "--correction")
    assert "exclude each other" in shell.fails(*both, status=2)
    alone = shell.fails("edit", "acme", "--correction", "--owner", "raj", status=2)
    assert "--correction says nothing without --close-date" in alone


@pytest.mark.parametrize(
    "command", [("add", "Birch"), ("edit", "acme"), ("move", "acme", "active")]
)
def test_a_step_of_next_quarter_falls_on_a_working_day_of_the_settings(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[calendar]\nholidays = ["2027-01-04"]\n')
    monkeypatch.setenv("REVIEW_BOARD_CONFIG", str(config))
    shell.ok("add", "Acme")
    shell.ok(*command, "--next", "call nextq")
    assert shell.document(command[1])["next_step"]["on"] == "2027-01-05"


def test_edit_without_a_change_is_wrong_usage(shell: Shell) -> None:
    shell.ok("add", "Acme")
    assert "nothing to change" in shell.fails("edit", "acme", status=2)


def test_edit_to_what_it_was_saves_nothing(shell: Shell) -> None:
    shell.ok("add", "Acme", "--owner", "raj")
    assert shell.ok("edit", "acme", "--owner", "raj").startswith("unchanged Acme")
    assert "edited" not in shell.ok("history")


def test_a_conflict_is_one_line_with_the_command_that_uses_ours(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.ok("add", "Harbor", "--value", "400k")
    commit = FileStore.commit

    def refused_by_others(store: FileStore, draft: Commit) -> Receipt:
        monkeypatch.setattr(FileStore, "commit", commit)
        shell.ok("--as", "raj", "edit", "harbor", "--value", "510k")
        return commit(store, draft)

    monkeypatch.setattr(FileStore, "commit", refused_by_others)
    result = shell("edit", "harbor", "--value", "480k")
    assert result.status == 1
    assert result.err == (
        "review-board: raj changed the value of Harbor to $510,000 just now; "
        "yours ($480,000) was not saved: `review-board edit harbor --value 480k` to use it\n"
    )
    shell.ok("edit", "harbor", "--value", "480k")
    assert shell.document("harbor")["value"]["amount"] == "480000"


def test_locations_can_be_one_and_unknown_again(shell: Shell) -> None:
    shell.ok("add", "Tire Stop", "--locations", "one")
    assert shell.document("tire")["locations"] == 1
    assert "Locations" in shell.ok("show", "tire")
    assert "Tire Stop" not in shell.ok("list", "locations:none")
    shell.ok("edit", "tire", "--locations", "")
    assert "locations" not in shell.document("tire")
    assert "Tire Stop" in shell.ok("list", "locations:none")


class TestMany:
    @pytest.fixture
    def three(self, shell: Shell) -> Shell:
        for name, owner in (("Acme", "raj"), ("Bolt", "raj"), ("Core", "ann")):
            shell.ok("add", name, "--owner", owner, "--tag", "old")
        return shell

    def test_all_in_a_filter_are_one_change_and_one_undo(self, three: Shell) -> None:
        out = three.ok(
            "edit", "--where", "owner:raj", "--owner", "kim", "--tag", "new", "--untag", "old"
        )
        assert out.startswith("saved 2 prospects: owner kim; tag new; untag old\n      Acme\n")
        assert [three.document(w)["tags"] for w in ("acme", "bolt", "core")] == [
            ["new"],
            ["new"],
            ["old"],
        ]
        three.ok("undo")
        assert [three.document(w)["owner"] for w in ("acme", "bolt")] == ["raj", "raj"]

    def test_who_would_be_changed_is_named_first(self, three: Shell) -> None:
        before = three.bytes
        out = three.ok("edit", "--where", "owner:raj", "--next", "call fri", "--dry-run")
        assert out.splitlines()[0].endswith("for 2 prospects")
        assert three.bytes == before

    def test_one_or_a_filter_and_not_nobody(self, three: Shell) -> None:
        three.fails("edit", "acme", "--where", "owner:raj", "--owner", "x", status=2)
        three.fails("edit", "--owner", "x", status=2)
        three.fails("edit", "--where", "", "--owner", "x", status=2)
        assert "No prospect fits" in three.fails("edit", "--where", "owner:zoe", "--owner", "x")


def test_an_owner_nearly_called_as_another_is_asked_about(shell: Shell) -> None:
    shell.ok("add", "Acme", "--owner", "Dana Whitlock")
    for typed in ("dana", "Dana Witlock"):
        for command in (("edit", "acme"), ("add", "Birch")):
            refused = shell.fails(*command, "--owner", typed, status=2)
            assert "did you mean Dana Whitlock?" in refused
            assert "--new-owner" in refused
    shell.ok("add", "Birch", "--owner", "dana whitlock")
    assert shell.document("birch")["owner"] == "Dana Whitlock"
    new = shell("edit", "acme", "--owner", "dana", "--new-owner")
    assert new.status == 0
    assert "dana is a new owner here" in new.err
    assert shell.document("acme")["owner"] == "dana"


@pytest.mark.parametrize(
    "command", [("add", "Birch", "--contact", "Kim"), ("contact", "acme", "Kim")]
)
def test_a_phone_without_a_number_is_refused_as_an_email_is(
    shell: Shell, command: tuple[str, ...]
) -> None:
    shell.ok("add", "Acme", "--contact", "Kim")
    assert "'abc' is no phone number" in shell.fails(*command, "--phone", "abc", status=2)
    assert "is no email address" in shell.fails(*command, "--email", "foo", status=2)


def test_the_history_says_what_was_edited_and_the_close_date_has_its_short_name(
    shell: Shell,
) -> None:
    shell.ok("add", "Acme")
    shell.ok("edit", "acme", "--close", "18dec", "--value", "5k")
    (line,) = (line for line in shell.ok("history").splitlines() if "edited" in line)
    assert line.endswith("edited Acme: close date 18 Dec, value $5,000")
