"""What changed since a moment: on a board with a ledger, what was undone being no change."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, to_document
from review_board.pipeline.records import Bet, Callback, Imported, Nurture, Push, Won, touch_of
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, ReasonKind, Verdict
from review_board.report.change_kinds import ChangeKind
from review_board.report.change_sections import changes_section
from review_board.report.look_back import (
    ChangesRequest,
    prepare_changes,
    prepare_statistics,
)
from review_board.report.pipeline_changes import (
    PipelineChanges,
    by_column,
    by_rep,
    total,
)
from review_board.report.prepare import report_on
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.store.protocol import PROSPECTS
from tests.judgement.build import moment, prospect, touches, verdict_record
from tests.office import Office

TODAY = date(2026, 11, 23)


def money(amount: int, currency: str = "USD") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def start(name: str, column: Column = Column.ACTIVE, **fields: Any) -> Prospect:
    given = {"owner": "ann", "value": money(1000), "created": moment(90)}
    return prospect(id=f"p-{name}", name=name, column=column, **(given | fields))


@pytest.fixture
def board(office: Office) -> Board:
    """Three days later than the import of what was there before."""
    board = office.open()
    columns = {"n": Column.NURTURE, "c": Column.CALLBACK, "d": Column.DROPPED}
    board.add([start("a"), *(start(name, where) for name, where in columns.items())], "import")
    office.clock.turn(days=3)
    return board


def brought(board: Board, **wanted: Any) -> dict[str, list[str]]:
    return found(prepare_changes(board, ChangesRequest(**wanted))())


def bring_in(board: Board, office: Office, *names: str, **edits: Any) -> None:
    """Import a list, as the import does: in one change, a minute after what was before."""
    office.clock.turn(minutes=1)
    new = [
        start(name, imports=(Imported(id=name, source="crm", at=board.clock()),)) for name in names
    ]
    seen = {key: board.documents()[key] for key in edits}
    board.bring_in(edits, PackedProspects(new), "imported a.csv", seen=seen, via="import")
    office.clock.turn(minutes=1)


def test_an_import_is_told_without_what_was_before_it_and_alone_without_what_came_after(
    board: Board, office: Office
) -> None:
    make = prepare_changes(board, ChangesRequest(imported=True))
    with pytest.raises(RefusedError, match="No import is left in the history"):
        make()
    board.change("p-a", drop, "dropped before the import")
    bring_in(board, office, "new", **{"p-n": lambda p, _: p.with_changes(stage="Contract")})
    board.change("p-new", revalue(3000), "an own edit after it")
    board.change("p-c", drop, "dropped after it")
    assert brought(board, imported=True) == {
        "came-in": ["new"],
        "purged": ["c"],
        "gained-value": ["new"],
        "moved-stage": ["n"],
    }
    made = prepare_changes(board, ChangesRequest(imported=True, alone=True))()
    assert found(made) == {"came-in": ["new"], "moved-stage": ["n"]}
    assert made.span == "in the import of Mon 23 Nov, 09:01"
    (came,) = made.of(ChangeKind.CAME_IN)
    assert came.worth == money(1000), "as it came in, not as it is worth now"
    (list_, own, dropped) = [commit.seq for commit in board.history()][2::-1]
    assert made.change == list_
    assert brought(board, change=list_) == found(made)
    assert brought(board, change=own) == {"gained-value": ["new"]}
    assert brought(board, change=dropped) == {"purged": ["c"]}
    assert prepare_changes(board, ChangesRequest(change=own))().span.startswith(
        f"in change {own} of"
    )


def test_the_first_import_into_an_empty_pipeline_came_in_however_old_its_cards_are(
    office: Office,
) -> None:
    board = office.open()
    bring_in(board, office, "old")
    for alone in (True, False):
        assert brought(board, imported=True, alone=alone) == {"came-in": ["old"]}


def test_an_import_that_was_taken_back_is_not_the_last_one(board: Board, office: Office) -> None:
    bring_in(board, office, "one")
    bring_in(board, office, "two")
    board.undo_commit(board.store.seq)
    assert brought(board, imported=True, alone=True) == {"came-in": ["one"]}
    with pytest.raises(RefusedError, match="There is no change 99"):
        brought(board, change=99)


def since(board: Board, day: date = date(2026, 11, 22), owner: str = "") -> PipelineChanges:
    return prepare_changes(board, ChangesRequest(day, scope=Scope(owner=owner)))()


def found(changed: PipelineChanges) -> dict[str, list[str]]:
    return {kind.value: [c.entry.name for c in changed.of(kind)] for kind in changed.kinds}


def drop(prospect: Prospect, stamp: Stamp) -> Prospect:
    return changes.drop(prospect, DropReason.NO_BUDGET, stamp)


def revalue(amount: int, currency: str = "USD") -> Any:
    return lambda p, _: p.with_changes(value=money(amount, currency))


def move(column: Column) -> Any:
    return lambda p, _: p.with_changes(column=column)


@pytest.mark.parametrize(
    ("who", "what", "expected"),
    [
        ("p-a", drop, {"purged": ["a"]}),
        ("p-a", move(Column.NURTURE), {"purged": ["a"]}),
        ("p-a", move(Column.CALLBACK), {"moved": ["a"]}),
        ("p-n", move(Column.DROPPED), {"purged": ["n"]}),
        ("p-n", move(Column.ACTIVE), {"woke-up": ["n"]}),
        ("p-d", move(Column.ACTIVE), {"came-back": ["d"]}),
        ("p-a", lambda p, _: p.with_changes(won=Won(on=TODAY)), {"won": ["a"]}),
        ("p-a", revalue(1500), {"gained-value": ["a"]}),
        ("p-a", revalue(400), {"lost-value": ["a"]}),
        ("p-a", revalue(400, "EUR"), {"gained-value": ["a"], "lost-value": ["a"]}),
        ("p-a", lambda p, _: p.with_changes(owner="bob"), {"changed-owner": ["a"]}),
        ("p-a", lambda p, _: p.with_changes(company="Acme"), {"changed-details": ["a"]}),
        ("p-a", lambda p, _: p.with_changes(stage="Contract"), {"moved-stage": ["a"]}),
        ("p-a", lambda p, _: p.with_changes(name="Acme"), {"renamed": ["Acme"]}),
        ("p-a", lambda p, _: p.with_changes(notes=()), {}),
    ],
)
def test_each_change_is_of_its_kind(board: Board, who: str, what: Any, expected: Any) -> None:
    """Over a span that begins before the pipeline did, too."""
    board.change(who, what, "edit")
    assert found(since(board)) == expected
    assert found(since(board, date(2026, 11, 10))) == expected


def test_who_left_the_list_and_came_back_on_it_is_told(board: Board, office: Office) -> None:
    said = Imported(id="crm", source="crm", at=office.clock.now)
    left = said.model_copy(update={"gone": True})
    for name, record in (("a", left), ("c", said)):
        board.change(f"p-{name}", lambda p, _, r=record: p.with_changes(imports=(r,)), "import")  # type: ignore[misc]
    assert found(since(board)) == {"left-the-list": ["a"]}
    office.clock.turn(days=1)
    day = office.clock.now.date()
    board.change("p-a", lambda p, _: p.with_changes(imports=(said,)), "import")
    assert found(since(board, day)) == {"back-on-list": ["a"]}
    assert found(since(board)) == {}


def test_what_came_in_and_gained_since_is_told_over_the_longer_span_too(board: Board) -> None:
    board.add([start("new")], "import")
    board.change("p-new", revalue(1500), "import")
    board.change("p-new", lambda p, _: p.with_changes(stage="Contract"), "import")
    changed = since(board)
    assert found(changed) == {
        "came-in": ["new"],
        "gained-value": ["new"],
        "moved-stage": ["new"],
    }
    assert total(changed.of(ChangeKind.CAME_IN)) == (money(1000),)
    assert total(changed.of(ChangeKind.GAINED)) == (money(500),)


def test_what_a_buyer_put_off_counts_with_how_often(board: Board, office: Office) -> None:
    for number in (1, 2):
        touch = touch_of(Outcome.DEFERRED, id=f"t-{number}", at=office.clock.now)
        board.change("p-c", lambda p, _, t=touch: p.with_changes(touches=(*p.touches, t)), "log")  # type: ignore[misc]
    (card,) = since(board).of(ChangeKind.PUT_OFF)
    assert (card.entry.name, card.what, card.column) == (
        "c",
        "they said later 2 times",
        Column.CALLBACK,
    )


def test_a_close_date_that_a_rep_moved_is_told_as_that(board: Board, office: Office) -> None:
    push = Push(id="x", at=office.clock.now, by="owen", from_day=TODAY, to_day=TODAY + timedelta(9))
    board.change("p-c", lambda p, _: p.with_changes(pushes=(push,)), "edit")
    (card,) = since(board).of(ChangeKind.PUT_OFF)
    assert card.what == "close date moved once by owen"
    wrong = push.model_copy(update={"correction": True})
    board.change("p-c", lambda p, _: p.with_changes(pushes=(wrong,)), "edit")
    assert not since(board).of(ChangeKind.PUT_OFF)


def test_who_was_added_and_dropped_since_came_in_and_was_purged(board: Board) -> None:
    board.add([start("new")], "add")
    board.change("p-new", drop, "drop")
    assert found(since(board)) == {"came-in": ["new"], "purged": ["new"]}


def test_what_was_undone_is_no_change(board: Board) -> None:
    board.change("p-a", drop, "drop")
    board.undo()
    assert found(since(board)) == {}
    board.redo()
    assert found(since(board)) == {"purged": ["a"]}
    board.add([start("new")], "add")
    board.undo()
    assert found(since(board)) == {"purged": ["a"]}


def test_what_is_taken_out_of_the_pipeline_is_named(board: Board) -> None:
    """Taking back the import itself takes all four away again."""
    board.undo()
    assert set(found(since(board))) == {"removed"}


def test_sums_by_column_and_rep_differ_by_currency_and_add_up(board: Board) -> None:
    board.add([start("x", owner="raj"), start("y", Column.NURTURE), start("z", value=None)], "add")
    board.add([start("e", owner="", value=money(7, "EUR"))], "add")
    cards = since(board).of(ChangeKind.CAME_IN)
    assert [(g.name, g.count) for g in by_column(cards)] == [("Active", 3), ("Nurture", 1)]
    assert [(g.name, g.count) for g in by_rep(cards)] == [("ann", 2), ("nobody", 1), ("raj", 1)]
    assert total(cards) == (money(2000), money(7, "EUR"))
    words = str(changes_section(since(board)).rows[0])
    assert "Active 3 ($1k · €7), Nurture 1 ($1k)" in words
    assert "nobody 1 (€7)" in words


def test_the_difference_is_what_a_card_gained(board: Board) -> None:
    board.change("p-a", revalue(1500), "edit")
    (card,) = since(board).cards
    assert (card.worth, card.what) == (money(500), "$1k → $1.5k")


def test_a_gain_that_a_later_list_takes_back_is_none_over_both_and_a_loss_since(
    board: Board, office: Office
) -> None:
    board.add([start("new")], "import")
    for amount in (1500, 1000):
        for name in ("a", "new"):
            board.change(f"p-{name}", revalue(amount), "import")
        office.clock.turn(days=7)
    assert found(since(board)) == {"came-in": ["new"]}
    assert found(since(board, date(2026, 11, 29))) == {"lost-value": ["a", "new"]}
    assert "now than then" in ChangeKind.LOST.meaning


def test_only_what_happened_after_the_moment_counts(board: Board, office: Office) -> None:
    board.change("p-a", drop, "drop")
    office.clock.turn(days=2)
    assert found(since(board, date(2026, 11, 25))) == {}
    assert found(since(board, date(2026, 11, 23))) == {"purged": ["a"]}


def test_before_the_pipeline_began_the_dates_of_its_prospects_tell(
    office: Office, board: Board
) -> None:
    """An old list that was imported did not come in; what happened to it since did happen."""
    put_off = touch_of(Outcome.DEFERRED, id="t-1", at=moment(2))
    earlier = touch_of(Outcome.DEFERRED, id="t-0", at=moment(20))
    dropped = drop(start("late"), Stamp(at=moment(2), by="ann", key="k"))
    asked = Callback(on=moment(-9).date(), asked_on=moment(2).date(), asked_by_buyer=True)
    before = asked.model_copy(update={"asked_on": moment(20).date()})
    more = [start("new", created=moment(2)), start("off", touches=(earlier, put_off)), dropped]
    more += [start(name, Column.CALLBACK, callback=c) for name, c in (("p", asked), ("q", before))]
    more.append(start("sold", won=Won(on=moment(1).date())))
    board.add(more, "import")
    assert found(since(board, date(2026, 11, 16))) == {
        "came-in": ["new"],
        "moved": ["p"],
        "put-off": ["off"],
        "purged": ["late"],
        "won": ["sold"],
    }


def test_what_a_list_or_a_verdict_left_in_nurture_was_not_purged(
    office: Office, board: Board
) -> None:
    rests = Nurture(since=moment(1).date())
    imported = Imported(id="i", source="list", at=moment(1))
    purge: dict[str, Any] = {"verdict": Verdict.PURGE, "destination": Column.NURTURE}
    stayed = verdict_record(1, was=Column.NURTURE, **purge)
    moved = verdict_record(1, was=Column.CALLBACK, **purge)
    cards: dict[str, dict[str, Any]] = {
        "listed": {"imports": (imported,)},
        "stayed": {"verdicts": (stayed,)},
        "moved": {"verdicts": (moved,), "imports": (imported,)},
        "by hand": {},
    }
    more = (start(name, Column.NURTURE, nurture=rests, **card) for name, card in cards.items())
    board.add(list(more), "import")
    assert found(since(board, date(2026, 11, 16))) == {"purged": ["by hand", "moved"]}


def test_who_gave_a_reason_to_call_later_put_nobody_off(board: Board, office: Office) -> None:
    said = touch_of(
        Outcome.DEFERRED, id="t", at=office.clock.now, reason=ReasonKind.BUDGET, by="ann"
    )
    callback = Callback(on=date(2027, 1, 18), asked_on=TODAY, reason=ReasonKind.BUDGET)
    kept = {"column": Column.CALLBACK, "touches": (said,), "callback": callback}
    board.change("p-a", lambda p, _: p.with_changes(**kept), "callback")
    later = callback.model_copy(update={"on": date(2027, 2, 18)})
    board.change("p-a", lambda p, _: p.with_changes(callback=later), "callback")
    assert found(since(board)) == {"moved": ["a"]}


def test_one_reps_changes_are_asked_for_by_name(board: Board) -> None:
    board.add([start("x", owner="raj")], "add")
    board.change("p-a", drop, "drop")
    assert found(since(board, owner="raj")) == {"came-in": ["x"]}


def test_a_copy_without_its_ledger_says_since_when_it_knows_what_changed(office: Office) -> None:
    """Nothing that happened before was told as "nothing changed"."""
    office.disk.start = {
        **office.disk.start,
        PROSPECTS: {"p-a": to_document(start("a")) | {"rev": 0}},
    }
    board = office.open()
    week = ChangesRequest(since=board.today.day - timedelta(days=7))
    made = prepare_changes(board, week)()
    assert made.summary == "nothing is known; this file came without its history"
    board.change("p-a", drop, "drop")
    office.clock.turn(days=3)
    made = prepare_changes(board, week)()
    assert made.summary == "1 purged; the history of this file begins on Fri 20 Nov, 09:00"
    made = prepare_changes(board, ChangesRequest(since=board.today.day))()
    assert made.summary == "nothing changed"


def test_a_record_that_a_hand_spoilt_is_compared_all_the_same(office: Office) -> None:
    from review_board.judgement.closing_ratio import closing_ratio
    from review_board.pipeline.dates import Today
    from review_board.report.ledger_replay import ColumnTotals
    from review_board.report.pipeline_changes import Comparison
    from review_board.settings.tree import Settings

    settings = Settings()
    ratio = closing_ratio(0, 0, settings.estimates).ratio
    totals = ColumnTotals(ratio, "USD", lambda _: True)
    comparison = Comparison(moment(3), Today(TODAY), settings, totals.entry, lambda _: True)
    spoilt = {"id": "p", "drop": 3, "won": [1], "callback": "x", "touches": {}, "value": "much"}
    assert [c.kind for c in comparison.changes({}, {"p": spoilt})] == [ChangeKind.CAME_IN]
    assert [c.kind for c in comparison.changes({"p": {"id": "p"}}, {"p": spoilt})] == [
        ChangeKind.WON
    ]


def test_a_review_its_report_and_the_changes_count_the_same_purges(office: Office) -> None:
    """Out of Nurture to Dropped is one; who stays in Nurture is none, and a lost bet is told apart."""
    bet = Bet(id="b", at=moment(14), action="sign", until=moment(1).date())
    lost = start("lost", bets=(bet,), touches=touches(Outcome.TALKED, 20))
    later = touches(Outcome.DEFERRED, 90, 60, 30)
    cards = [start(name, touches=later) for name in "ab"]
    cards += [start(name, Column.NURTURE, touches=later) for name in ("n", "stays")]
    board = office.open()
    board.add([lost, *cards], "import")
    office.clock.turn(minutes=5)
    review = ReviewController.open(board, Scope(everything=True))
    while (now := review.current) is not None:
        office.clock.turn(minutes=1)
        to = Column.NURTURE if now in {"p-a", "p-stays"} else Column.DROPPED
        reason = None if to is Column.NURTURE else DropReason.ONLY_DEFERRALS
        decision = Decision(to, reason=reason, against="as agreed", start_anew=False)
        review.decide(decision, board.recommendation(now), 60)
    told = dict(report_on(board, "north").facts)
    assert (told["settled"], told["purged"]) == (4, len(review.summary().purges)) == (4, 3)
    assert (told["stayed_in_nurture"], told["lost_bets"], told["seconds_a_card"]) == (1, 1, 60)
    made = prepare_changes(board, ChangesRequest(review=True))()
    assert found(made) == {"purged": ["a", "b", "n"], "dropped-by-bet": ["lost"]}
    assert made.begins == "your review of Fri 20 Nov, 09:05"
    figures = prepare_statistics(board)().decisions
    assert (figures.decided, figures.purged) == (4, 3)


def test_the_changes_say_whose_review_they_begin_with(office: Office) -> None:
    board = office.open()
    board.add([start("a")], "import")
    review = ReviewController.open(board, Scope(everything=True))
    card = review.current
    assert card
    drops = Decision(Column.DROPPED, reason=DropReason.NO_NEED, against="they told us")
    review.decide(drops, board.recommendation(card), 60)
    others = office.open(by="raj")
    assert since(board, date(2026, 11, 19)).begins == "Thu 19 Nov"
    assert prepare_changes(board, ChangesRequest())().begins == "your review of Fri 20 Nov, 09:00"
    assert prepare_changes(others, ChangesRequest())().begins == "ann's review of Fri 20 Nov, 09:00"


def test_what_was_won_is_in_no_column(board: Board) -> None:
    board.add([start("x", won=Won(on=TODAY))], "add")
    cards = since(board).of(ChangeKind.CAME_IN)
    assert [(g.key, g.count) for g in by_column(cards)] == [("won", 1)]


def test_who_came_and_went_to_nurture_since_was_purged(board: Board) -> None:
    moved = verdict_record(-3, was=Column.ACTIVE, verdict=Verdict.PURGE, destination=Column.NURTURE)
    rests = Nurture(since=TODAY)
    board.add([start("x", Column.NURTURE, nurture=rests, verdicts=(moved,))], "add")
    board.add([start("y", Column.NURTURE, nurture=rests)], "add")
    assert found(since(board)) == {"came-in": ["x", "y"], "purged": ["x"]}
