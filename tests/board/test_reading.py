"""What a board shows: order, totals, summaries, spoilt records, the day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.records import Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.settings.rule_names import RuleName
from tests.board.changing import edited, logged
from tests.judgement.build import day, moment, money, promise, prospect, quote, touch
from tests.office import Office


def stored(office: Office, *documents: dict[str, Any]) -> Board:
    office.disk.start = {"prospects": {str(d["id"]): {"rev": 0, **d} for d in documents}}
    return office.open()


class TestOrder:
    def test_the_most_valuable_first_then_by_name(self, board: Board) -> None:
        board.add(
            [
                prospect(id="b", name="beta", value=money(500)),
                prospect(id="a", name="Älpha", value=money(500)),
                prospect(id="n", name="None", value=None),
                prospect(id="t", name="Top", value=money(900)),
            ],
            "add",
        )
        assert board.column(Column.ACTIVE) == ["t", "a", "b", "n"]

    def test_a_change_of_value_moves_the_card(self, board: Board) -> None:
        board.add([prospect(id="a", value=money(1)), prospect(id="b", value=money(2))], "add")
        board.change("a", edited(value=money(3)), "edit")
        assert board.column(Column.ACTIVE) == ["a", "b"]
        board.undo()
        assert board.column(Column.ACTIVE) == ["b", "a"]

    def test_won_ones_leave_the_board(self, board: Board) -> None:
        board.add([prospect(won=Won(on=day(0)))], "add")
        assert [board.column(column) for column in Column] == [[], [], [], []]
        entry = board.entry("p-1")
        assert entry is not None
        assert entry.won


class TestTotals:
    def test_currencies_are_never_summed(self, board: Board) -> None:
        euro = Money(amount=Decimal(70), currency="EUR")
        board.add(
            [
                prospect(id="a", value=money(100), probability=Decimal("0.5")),
                prospect(id="b", value=money(50)),
                prospect(id="c", value=euro, probability=Decimal(0)),
                prospect(id="d", value=None),
            ],
            "add",
        )
        totals = board.totals(board.column(Column.ACTIVE))
        assert totals.count == 4
        assert [long_money(m) for m in totals.value] == ["$150", "€70"]
        assert [long_money(m) for m in totals.weighted] == ["$65"]

    def test_of_nothing(self, board: Board) -> None:
        totals = board.totals([])
        assert (totals.count, totals.value, totals.weighted) == (0, (), ())

    def test_of_who_is_gone(self, board: Board) -> None:
        assert board.totals(["gone"]).count == 0


SPOILT: list[dict[str, Any]] = [
    {"id": "p-1", "name": 7},
    {"id": "p-1", "name": "N", "touches": "none"},
    {"id": "p-1", "name": "N", "value": {"amount": "9e999999"}},
    {"id": "p-1", "name": "N", "value": {"amount": -5}},
    {"id": "p-1", "name": "N", "value": {"amount": 10**5000}},
    {"id": "p-1", "name": "N", "value": {"amount": 5, "currency": "\x1b[2J"}},
    {"id": "p-1", "name": "N", "value": 5},
    {"id": "p-1", "name": "N", "probability": 40},
    {"id": "p-1", "name": "N", "column": "limbo"},
    {"id": "p-1", "name": "N", "column": ["active"]},
    {"id": "p-1", "name": "N", "tags": {"a": 1}},
    {"id": "p-1", "name": "N", "created": "2026-02-30T10:00:00Z"},
    {"id": "p-1"},
]


class TestSpoilt:
    @pytest.mark.parametrize("document", SPOILT, ids=range(len(SPOILT)))
    def test_it_is_listed_all_the_same(self, office: Office, document: dict[str, Any]) -> None:
        board = stored(office, document, {"id": "p-2", "name": "Sound", "value": {"amount": "9"}})
        assert set(board.column(Column.ACTIVE)) == {"p-1", "p-2"}
        totals = board.totals(board.column(Column.ACTIVE))
        assert totals.count == 2
        assert [long_money(m) for m in totals.value] == ["$9"]
        entry = board.entry("p-1")
        assert entry is not None
        assert entry.name
        assert entry.currency.isalpha()
        card_summary = board.evaluator.card_summary("p-1")
        assert card_summary.finding is None
        assert "cannot be read" in card_summary.status
        assert "cannot be read" in card_summary.spoilt
        with pytest.raises(InvalidValueError, match="cannot be read"):
            board.prospect("p-1")
        assert board.evaluator.card_summary("p-2").spoilt == ""

    def test_changing_it_is_refused_and_leaves_it(self, office: Office) -> None:
        board = stored(office, {"id": "p-1", "name": "N", "column": "limbo"})
        with pytest.raises(InvalidValueError):
            board.change("p-1", logged(), "log")
        assert office.disk.commits == []

    def test_control_characters_never_reach_a_card(self, office: Office) -> None:
        name = "\x1b]52;c;x\x07[@click=app.quit]Acme[/]\u202e"
        board = stored(office, {"id": "p-1", "name": name, "company": "\x9b31m", "owner": "a\nb"})
        entry = board.entry("p-1")
        assert entry is not None
        assert "[@click=app.quit]Acme[/]" in entry.name
        assert all(c.isprintable() for c in entry.name + entry.company + entry.owner)


class TestComputed:
    def test_a_summary_says_what_a_card_needs(self, board: Board) -> None:
        quoted = prospect(touch(Outcome.VOICEMAIL, 3), quotes=(quote(9),))
        board.add([quoted], "add")
        card_summary = board.evaluator.card_summary("p-1")
        assert card_summary.finding is not None
        assert card_summary.finding.rule is RuleName.OPEN_QUOTE
        assert (card_summary.status, card_summary.touch_days, card_summary.attempts) == (
            "quote 1 of 5",
            3,
            1,
        )

    def test_a_change_makes_it_anew(self, board: Board) -> None:
        board.add([prospect()], "add")
        assert board.recommendation("p-1").rule is RuleName.NEVER_WORKED
        assert board.evaluator.card_summary("p-1").status == "never called"
        board.change("p-1", logged(Outcome.MEETING), "log")
        assert board.recommendation("p-1").rule is RuleName.LIVE_INTEREST
        assert board.evidence("p-1").signal_days == 0
        assert board.evaluator.card_summary("p-1").signal_days == 0

    def test_it_is_kept_until_then(self, board: Board) -> None:
        board.add([prospect()], "add")
        assert board.recommendation("p-1") is board.recommendation("p-1")
        assert board.evidence("p-1") is board.evidence("p-1")
        assert board.prospect("p-1") is board.prospect("p-1")

    def test_a_new_day_makes_everything_anew(self, office: Office, board: Board) -> None:
        board.add([prospect(callback=promise(30, 0))], "add")
        assert board.recommendation("p-1").rule is RuleName.PROVEN_CALLBACK
        assert "today" in board.evaluator.card_summary("p-1").status
        office.clock.turn(days=8)
        assert board.recommendation("p-1").rule is RuleName.PROMISE_MISSED
        proof = board.evidence("p-1").proof
        assert proof is not None
        assert proof.days == -8
        assert board.evaluator.known_card_summary("p-1") is None
        assert "call owed 20 Nov" in board.evaluator.card_summary("p-1").status

    def test_somebody_elses_change_makes_it_anew(self, office: Office, board: Board) -> None:
        board.add([prospect()], "add")
        assert board.evidence("p-1").signal_days is None
        office.open("raj").change("p-1", logged(Outcome.MEETING), "log")
        board.catch_up()
        assert board.evidence("p-1").signal_days == 0

    def test_more_than_are_kept(self, board: Board) -> None:
        ids = [f"p-{n}" for n in range(600)]
        board.add([prospect(id=i) for i in ids], "import")
        rules = {board.recommendation(i).rule for i in (*ids, *ids)}
        assert rules == {RuleName.NEVER_WORKED}


class TestClosingRatio:
    @pytest.mark.parametrize(
        ("outcomes", "label"),
        [(19, "usual closing ratio 30 %"), (20, "your closing ratio 50 % of 20 outcomes")],
    )
    def test_our_own_from_twenty_outcomes_on(
        self, office: Office, outcomes: int, label: str
    ) -> None:
        lost = {"column": "dropped", "drop": {"at": "2026-01-01T10:00:00Z", "reason": "timing"}}
        won = {"won": {"on": "2026-01-01"}}
        ends = [won if n < outcomes // 2 else lost for n in range(outcomes)]
        documents = [{"id": f"x{n}", "name": "X", **end} for n, end in enumerate(ends)]
        board = stored(office, *documents, {"id": "p-1", "name": "N", "value": {"amount": "9"}})
        labels = board.recommendation("p-1").assumptions
        assert label.split(" %", maxsplit=1)[0][:3] in " ".join(labels)
        assert (label in " ".join(labels)) or outcomes == 19

    def test_a_drop_counts_as_lost_once_it_has_stood_thirty_days(self, office: Office) -> None:
        today = office.clock().date()
        drops = [
            {"at": f"{today - timedelta(days=n)}T10:00:00Z", "reason": "timing"} for n in (29, 30)
        ]
        documents = [
            {"id": f"x{n}", "name": "X", "column": "dropped", "drop": drops[n]} for n in (0, 1)
        ]
        spoilt = {
            "id": "s",
            "name": "S",
            "column": "dropped",
            "drop": {"at": "?", "reason": "timing"},
        }
        assert stored(office, *documents, spoilt).evaluator.outcomes == (0, 1)

    def test_the_disqualified_are_not_lost(self, office: Office) -> None:
        reasons = [DropReason.NO_NEED, DropReason.NO_BUDGET, DropReason.DUPLICATE] * 10
        documents = [
            {
                "id": f"x{n}",
                "name": "X",
                "column": "dropped",
                "drop": {"at": "2026-01-01T10:00:00Z", "reason": reason},
            }
            for n, reason in enumerate(reasons)
        ]
        board = stored(office, *documents)
        assert board.evaluator.closing.label == "usual closing ratio 30 %"

    def test_it_stands_for_the_session(self, board: Board) -> None:
        before = board.evaluator.closing
        lots = [prospect(id=f"p-{n}", won=Won(on=day(n))) for n in range(25)]
        board.add(lots, "import")
        assert board.evaluator.closing is before


def test_notices_of_a_load_are_kept(office: Office, board: Board) -> None:
    assert board.notices == ()
    assert board.today.day == moment(0).date()
