"""WHO: by id, by name, by what is remembered of it."""

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def many(shell: Shell) -> Shell:
    lines = ["Lakeside Dental", "Lakeside Clinic", "Harbor Auto Glass", "Müller & Söhne", "Lake"]
    for name in lines:
        shell.ok("add", name)
    shell.ok("add", "Deal 17", "--company", "Northgate Schools")
    return shell


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("lakeside dental", "Lakeside Dental"),
        ("lake", "Lake"),
        ("LAKE DEN", "Lakeside Dental"),
        ("glass harbor", "Harbor Auto Glass"),
        ("arbor", "Harbor Auto Glass"),
        ("muller", "Müller & Söhne"),
        ("northgate", "Deal 17"),
    ],
)
def test_finds(many: Shell, who: str, name: str) -> None:
    assert many.document(who)["name"] == name


def test_finds_by_id_and_by_the_beginning_of_it(many: Shell) -> None:
    own = many.document("harbor")["id"]
    assert many.document(own)["name"] == "Harbor Auto Glass"
    assert many.document(own[:10])["name"] == "Harbor Auto Glass"


def test_several_are_listed_with_their_ids(many: Shell) -> None:
    first, *listed = many.fails("note", "lakeside", "x").splitlines()
    assert first == "review-board: 'lakeside' may be any of 2; write more of the name, or its id"
    assert [line.split("  ")[2].split(",")[0] for line in listed] == [
        "Lakeside Clinic",
        "Lakeside Dental",
    ]


def test_of_many_eight_are_listed(shell: Shell) -> None:
    for number in range(10):
        shell.ok("add", f"Shop {number}")
    listed = shell.fails("show", "shop").splitlines()[1:]
    assert len(listed) == 9
    assert listed[-1].strip() == "and 2 more"


def test_nobody_is_told_the_nearest(many: Shell) -> None:
    assert "did you mean Harbor Auto Glass?" in many.fails("show", "harbour auto glas")
    assert "did you mean Harbor Auto Glass?" in many.fails("show", "harbr")
    assert "see review-board list" in many.fails("show", "zzz")
    assert "write a part of the name" in many.fails("show", "")


def test_an_empty_pipeline_says_so(shell: Shell) -> None:
    assert "the pipeline is empty" in shell.fails("show", "acme")


def test_namesakes_are_told_apart_and_need_the_id(shell: Shell) -> None:
    shell.ok("add", "Acme", "--value", "5k", "--close-date", "2026-12-01", "--owner", "ann")
    shell.ok("add", "Acme", "--column", "nurture", "--owner", "raj")
    first, *listed = shell.fails("show", "acme").splitlines()
    assert first == "review-board: 'acme' may be any of 2; use its id"
    assert [line.split("  ")[2] for line in listed] == [
        "Acme, Active, $5,000, closes 1 Dec, ann",
        "Acme, Nurture, raj",
    ]


def test_the_company_stands_beside_a_name_that_does_not_say_it(shell: Shell) -> None:
    for name in ("Bearings", "Voss", "Seals, Voss KG"):
        shell.ok("add", name, "--company", "Voss KG")
    lines = shell.ok("list", "voss").splitlines()
    assert [" ".join(line.split("  ")[0].split()) for line in sorted(lines)] == [
        "Bearings (Voss KG)",
        "Seals, Voss KG",
        "Voss",
    ]
