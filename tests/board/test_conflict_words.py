"""Who was first is told in one line that a person reads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from review_board.board.conflict_words import ago, tell_conflict
from review_board.pipeline.dates import Today
from review_board.store.conflicts import FieldConflictError
from review_board.store.protocol import PROSPECTS, Commit, DocumentChange

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def told(
    field: str, now: Any, wanted: Any, *, by: str | None = "ann", undoes: int | None = None
) -> str:
    change = DocumentChange(PROSPECTS, "p-1", {field: None}, {field: wanted})
    at = (NOW - timedelta(seconds=61)).isoformat()
    first = Commit("edited", by, at, "board", ()) if by else None
    error = FieldConflictError(change, field, now, first, "", name="Acme")
    draft = Commit("edited", "raj", NOW.isoformat(), "board", (change,), undoes=undoes)
    tell_conflict(error, draft, NOW, Today.at(NOW, UTC))
    return str(error)


@pytest.mark.parametrize(
    ("field", "now", "wanted", "line"),
    [
        (
            "value",
            {"amount": "510000", "currency": "USD"},
            {"amount": "480000"},
            "changed the value of Acme to $510,000 a minute ago; yours ($480,000) was not saved",
        ),
        (
            "value",
            None,
            {"amount": "480000"},
            "removed the value of Acme a minute ago; yours ($480,000) was not saved",
        ),
        (
            "value",
            {"amount": "510400", "currency": "USD"},
            {"amount": "510000", "currency": "USD"},
            "changed the value of Acme to $510,400 a minute ago; yours ($510,000) was not saved",
        ),
        (
            "owner",
            "eve",
            "",
            "changed the owner of Acme to eve a minute ago; your change was not saved",
        ),
        (
            "probability",
            "0.5",
            "0.25",
            "changed the probability of Acme to 50 % a minute ago; yours (25 %) was not saved",
        ),
        (
            "close_date",
            "2026-12-01",
            "2027-01-15",
            "changed the close date of Acme to 1 Dec a minute ago; yours (15 Jan) was not saved",
        ),
        (
            "column",
            "dropped",
            "nurture",
            "moved Acme to Dropped a minute ago; yours (Nurture) was not saved",
        ),
        (
            "next_step",
            {"action": "send it", "on": "2026-11-23"},
            {"action": "call", "on": "2026-11-24"},
            (
                "changed the next step of Acme to send it Mon 23 Nov a minute ago; "
                "yours (call Tue 24 Nov) was not saved"
            ),
        ),
        (
            "next_step",
            {"action": "call", "on": "2026-11-24", "agreed": True},
            {"action": "call", "on": "2026-11-24", "agreed": False},
            (
                "changed the next step of Acme to call Tue 24 Nov (they agreed) a minute ago; "
                "yours, call Tue 24 Nov (our plan), was not saved"
            ),
        ),
        (
            "next_step",
            {"action": "call", "on": "2026-11-24", "time": "10:30"},
            {"action": "call", "on": "2026-11-24", "time": "14:00"},
            (
                "changed the next step of Acme to call Tue 24 Nov 10:30 a minute ago; "
                "yours (call Tue 24 Nov 14:00) was not saved"
            ),
        ),
        (
            "callback",
            {"asked_on": "2026-11-20", "on": "2027-01-18"},
            "soon",
            "changed the callback of Acme to call Mon 18 Jan a minute ago; yours (soon) was not saved",
        ),
        (
            "answers/budget",
            {"state": "yes"},
            {"state": "no"},
            "changed the answer on budget of Acme to yes a minute ago; yours (no) was not saved",
        ),
        (
            "tags",
            ["a", "b"],
            ["c"],
            "changed the tags of Acme to a, b a minute ago; yours (c) was not saved",
        ),
        ("", None, None, "removed Acme a minute ago; your change was not saved"),
    ],
)
def test_both_sides_in_one_line(field: str, now: Any, wanted: Any, line: str) -> None:
    assert told(field, now, wanted) == f"ann {line}"


def test_oneself_and_nobody_known() -> None:
    line = " changed the owner of Acme to eve "
    assert told("owner", "eve", "x", by="raj").startswith(
        f"you{line}in another window a minute ago;"
    )
    assert told("owner", "eve", "x", by=None).startswith(f"somebody{line}outside the program;")


def test_what_is_not_taken_back() -> None:
    assert told("owner", "eve", "x", undoes=3).endswith(
        "; nothing was taken back: `review-board history` shows both"
    )


def test_text_of_others_is_data() -> None:
    assert "\x1b" not in told("owner", "\x1b[31mred", "x" * 500)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (9, "just now"),
        (31, "31 seconds ago"),
        (121, "2 minutes ago"),
        (3_500, "58 minutes ago"),
        (90_000, "a day ago"),
        (400_000, "4 days ago"),
    ],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert ago((NOW - timedelta(seconds=seconds)).isoformat(), NOW) == words


def test_an_instant_that_cannot_be_read() -> None:
    assert ago("yesterday", NOW) == "before"


def test_what_one_changed_oneself_before_taking_back_was_in_no_other_window() -> None:
    said = told("value", None, {"amount": "1", "currency": "USD"}, by="raj", undoes=3)
    assert said.startswith("you removed the value of Acme a minute ago; nothing was taken back")
