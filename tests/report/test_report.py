"""The report: what its line says, what each section holds, and that it is the same for the same facts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from review_board.judgement.due.queue_order import is_owed
from review_board.pipeline.money import Money, Totals
from review_board.pipeline.records import Bet, Drop, NextStep, Nurture, Rescue, Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track, Verdict
from review_board.report.facts import Left, PeriodFigures, Settled, Undecided
from review_board.report.items import Item
from review_board.report.model import BeforeAfter, Kind, Report, ReportSection, Share
from review_board.report.values import as_json, words
from review_board.settings.tree import Settings
from tests.judgement.build import (
    TODAY,
    day,
    evidence,
    finding,
    moment,
    money,
    promise,
    prospect,
    quote,
    touch,
    touches,
    verdict_record,
)
from tests.report.report_facts import PERIOD, facts, look, report, rows, section, settled

EURO = Money(amount=Decimal(5_000), currency="EUR")
KEPT = settled(Column.ACTIVE, "Harbor")
PURGED = settled(Column.DROPPED, value=310_000, reason=DropReason.ONLY_DEFERRALS)


def test_one_line_says_what_the_hour_came_to() -> None:
    owed = look(prospect(quotes=(quote(25),)))
    assert report(KEPT, PURGED, found=owed).summary == (
        "2 of 4 cards decided in 38 min: 1 kept, 1 purged. $310k let go,"
        " which frees about 1.5 h a week. Owed now: 1 quote."
        " The quote is worth about $7.2k."
    )


def test_a_session_without_a_verdict_says_so() -> None:
    made = report()
    assert made.summary == "0 of 4 cards decided in 38 min. You owe nobody a call."
    assert section(made, "decisions").notes == ("No card was decided.",)


def test_currencies_stand_beside_each_other() -> None:
    euro = settled(Column.DROPPED, "Bolt")
    euro = type(euro)(
        euro.prospect.with_changes(value=EURO), euro.verdict, euro.was, euro.spent, euro.seq
    )
    (row,) = rows(report(PURGED, euro), "decisions")
    assert row["value"] == (money(310_000), EURO)
    assert "$310k · €5k" in report(PURGED, euro).summary


def test_what_is_listed_by_value_goes_currency_by_currency() -> None:
    def worth(name: str, amount: int, currency: str) -> Settled:
        made = settled(Column.DROPPED, name)
        value = Money(amount=Decimal(amount), currency=currency)
        return replace(made, prospect=made.prospect.with_changes(value=value))

    cards = (worth("yen", 1_000_000, "JPY"), worth("euro", 20_000, "EUR"), worth("usd", 5, "USD"))
    found = rows(report(*cards), "purged")
    assert [row["name"] for row in found] == ["usd", "euro", "yen"]
    quotes = [
        item
        for card in cards
        for item in look(card.prospect.with_changes(column=Column.ACTIVE, quotes=(quote(25),)))
    ]
    named = rows(report(found=tuple(quotes)), "gaps")[0]["examples"]
    assert named == "usd, euro, yen"


def test_what_lay_in_nurture_before_frees_nothing() -> None:
    stays = settled(Column.NURTURE, "Pell", was=Column.NURTURE)
    made = report(PURGED, stays)
    assert "1 purged, 1 stays in Nurture. $310k let go" in made.summary
    assert dict(made.header)["Decided"].endswith("0 kept, 1 purged, 1 stays in Nurture")
    assert dict(made.facts)["stayed_in_nurture"] == 1
    assert "1 of those in Nurture was there before and stays." in section(made, "decisions").notes
    assert "about 1.5 h a week" in made.summary
    assert [row["name"] for row in rows(made, "purged")] == ["Lakeside Dental", "Pell"]


def test_the_purge_list_says_apart_what_was_out_before_and_what_was_moved_back() -> None:
    back = settled(Column.DROPPED, "India Roofing")
    moved = back.prospect.with_changes(column=Column.ACTIVE, verdicts=(back.verdict,))
    back = replace(back, prospect=moved)
    notes = section(report(PURGED, back), "purged").notes
    assert "1 of them was moved back since and freed no hour." in notes
    assert not [note for note in notes if "out of selling time before" in note]


def test_what_was_let_go_and_won_all_the_same_is_told_and_frees_nothing() -> None:
    bought = settled(Column.DROPPED, "India Roofing", 52_000)
    won = bought.prospect.with_changes(won=Won(on=date(2026, 11, 23)), verdicts=(bought.verdict,))
    made = report(PURGED, replace(bought, prospect=won))
    assert dict(made.header)["Moved since"] == "India Roofing (purged, won afterwards)"
    assert "1 of these 2 cards frees selling time: $310k" in made.summary
    assert "1 of them was won since and freed no hour." in section(made, "purged").notes


def test_the_purge_list_says_why_and_how_to_take_it_back() -> None:
    against = settled(
        Column.NURTURE, "Solid Labs", 52_000, advised=Verdict.KEEP, against="no time", seq=13
    )
    made = report(against, PURGED)
    first, second = rows(made, "purged")
    assert (first["reason"], first["undo"]) == ("only put us off", 12)
    assert first["column"] == BeforeAfter(Column.ACTIVE, Column.DROPPED)
    assert second["note"] == "against advice: “no time”"
    assert "review-board undo --seq N" in " ".join(section(made, "purged").notes)


def test_a_reason_of_ones_own_is_called_as_in_the_settings() -> None:
    own = Settings(reasons={"rival": "gone to a rival"})
    (row,) = rows(report(settled(Column.DROPPED, reason="rival"), settings=own), "purged")
    assert row["reason"] == "gone to a rival"


def test_what_was_released_without_a_reason_says_by_which_rule_it_might_be() -> None:
    given: dict[str, Any] = {"advised": Verdict.KEEP, "recommended_destination": Column.ACTIVE}
    released = settled(Column.NURTURE, rule="never-worked", **given)
    against = settled(Column.NURTURE, "Pell", rule="working", **given)
    found = {row["name"]: row["reason"] for row in rows(report(released, against), "purged")}
    assert found == {"Lakeside Dental": "never called", "Pell": ""}


def test_what_was_dropped_from_nurture_did_not_stay_there() -> None:
    made = report(settled(Column.DROPPED, "Pell", was=Column.NURTURE))
    assert "stayed" not in made.summary
    assert dict(made.facts)["stayed_in_nurture"] == 0
    both = report(PURGED, settled(Column.DROPPED, "Pell", was=Column.NURTURE)).summary
    assert "2 purged. 1 of these 2 cards frees selling time: $310k" in both
    again = replace(PURGED, later=PURGED.verdict)
    assert "2 purged. $310k let go" in report(again, PURGED).summary, "one card, decided twice"


def test_the_purge_list_tells_the_one_more_idea_and_its_day() -> None:
    idea = NextStep(action="ask the CFO", on=day(-5))
    (row,) = rows(report(settled(Column.NURTURE, importance=5, step=idea)), "purged")
    assert row["note"] == "importance 5 of 5; one more idea: ask the CFO, Wed 25 Nov"
    assert (row["idea"], row["idea_on"]) == ("ask the CFO", day(-5))


def test_who_was_put_off_is_named_and_ten_at_most_are_read() -> None:
    ids = tuple(f"p-{n}" for n in range(12))
    many = Undecided(Left.SKIPPED, ids, tuple(f"Card {n}" for n in range(12)))
    made = report(KEPT, undecided=(many, Undecided(Left.SNOOZED, ("p-x",), ("Harbor",))))
    first, second = rows(made, "not_settled")
    read = words(first["names"], TODAY.day)
    assert (first["how"], first["cards"]) == ("skipped", 12)
    assert read.startswith("Card 0, ")
    assert read.endswith("Card 9 and 2 more")
    assert as_json(first["ids"]) == list(ids)
    assert words(second["names"], TODAY.day) == "Harbor"
    assert section(report(KEPT), "not_settled").empty


def test_cards_of_one_commit_come_back_together() -> None:
    notes = section(report(PURGED, settled(Column.DROPPED, "Other")), "purged").notes
    assert "come back together" in notes[-1]


def test_kept_against_advice_shows_the_line_and_whether_they_would_start_anew() -> None:
    card = settled(Column.ACTIVE, advised=Verdict.PURGE, against="the owner called")
    asked = settled(
        Column.ACTIVE, "Pell", 9_000, advised=Verdict.PURGE, against="a hunch", start_anew=False
    )
    first, second = rows(report(card, asked, PURGED), "kept_against_advice")
    assert (first["because"], first["start_anew"]) == ("the owner called", None)
    assert second["start_anew"] is False


def test_releasing_what_nobody_worked_is_not_against_advice() -> None:
    released = settled(Column.NURTURE, advised=Verdict.KEEP, rule="never-worked")
    assert not released.against


def test_the_pipeline_is_told_before_and_after_with_the_coverage_of_a_target() -> None:
    before = {Column.ACTIVE: Totals(4, (money(80_000),), (money(50_000),))}
    settings = Settings.model_validate({"forecast": {"target": 100_000}})
    made = report(KEPT, before=before, settings=settings)
    active = rows(made, "pipeline")[0]
    assert active["cards"] == BeforeAfter(4, 3)
    assert dict(made.facts)["coverage"] == BeforeAfter(Share(Decimal("0.5")), Share(Decimal("0.2")))
    assert "$100,000: 50 % → 20 %" in section(made, "pipeline").notes[-1]


def test_without_a_target_there_is_no_coverage_and_that_is_said() -> None:
    made = report(KEPT)
    assert dict(made.facts)["coverage"] is None
    assert "No sales target is set" in section(made, "pipeline").notes[-1]
    assert section(made, "pipeline").title == "The pipeline", "nothing is known of before"


def test_other_currencies_do_not_count_towards_the_target() -> None:
    after = {Column.ACTIVE: Totals(1, (EURO,), (EURO,))}
    settings = Settings.model_validate({"forecast": {"target": 1000}})
    note = section(report(after=after, settings=settings), "pipeline").notes[-1]
    assert "0 % (weighted open value; EUR not counted)" in note


def test_what_we_owe_is_promises_quotes_and_first_calls_in_that_order() -> None:
    missed = prospect(
        touch(Outcome.DEFERRED, 40), column=Column.CALLBACK, id="a", callback=promise(40, -10)
    )
    offered = prospect(touch(Outcome.VOICEMAIL, 3), id="b", quotes=(quote(25),))
    untouched = prospect(id="c", created=moment(60))
    made = report(found=(*look(untouched), *look(offered), *look(missed)))
    found = rows(made, "owed")
    assert [row["id"] for row in found] == ["a", "b", "c"]
    assert found[1]["action"] == "1 of 5 attempts made"
    assert "usual closing ratio 30 %" in section(made, "owed").notes[0]
    assert made.summary.endswith(
        "Owed now: 1 call they asked for, 1 quote, 1 first call. The quote is worth about $7.2k."
    )
    assert report(found=look(offered)).summary.endswith(
        "Owed now: 1 quote. The quote is worth about $7.2k."
    )
    two = (*look(offered), *look(offered.with_changes(id="d")))
    assert report(found=two).summary.endswith(
        "Owed now: 2 quotes. The 2 quotes are worth about $14.4k."
    )


def test_a_debt_with_a_step_ahead_has_its_day_and_comes_after_those_without() -> None:
    def offered(key: str, days: int | None) -> tuple[Item, ...]:
        step = None if days is None else NextStep(on=day(-days), action="call Mei")
        sent = (quote(25),)
        return look(prospect(id=key, quotes=sent, next_step=step))

    found = (*offered("late", -1), *offered("ahead", 4), *offered("none", None))
    found += (*offered("today", 0), *look(prospect(id="new", created=moment(60))))
    made = report(found=found)
    assert [row["id"] for row in rows(made, "owed")] == ["late", "none", "today", "new", "ahead"]
    last = rows(made, "owed")[-1]
    assert (last["on"], last["planned"]) == (day(-4), "later, on Tue 24 Nov: call Mei")
    assert {(row["on"], row["planned"]) for row in rows(made, "owed")[:-1]} == {(None, None)}
    assert dict(made.facts)["owed_dated"] == 1
    assert made.summary.endswith(
        "Owed now: 3 quotes, 1 first call. Owed later: 1 quote."
        " The 4 quotes are worth about $28.8k."
    )
    one, two = offered("a", 1), (*offered("a", 1), *offered("b", 2))
    assert report(found=one).summary.endswith(
        "You owe nobody a call. Owed later: 1 quote. The quote is worth about $7.2k."
    )
    assert report(found=two).summary.endswith(
        "You owe nobody a call. Owed later: 2 quotes. The 2 quotes are worth about $14.4k."
    )


def test_a_debt_to_one_with_a_bet_waits_for_the_day_of_the_bet_as_its_card_says() -> None:
    bet = Bet(id="b", at=moment(1), by="ann", action="send the plan", until=day(-9))
    made = report(found=look(prospect(quotes=(quote(25),), bets=(bet,))))
    planned = "later, on Sun 29 Nov"
    assert [(row["on"], row["planned"]) for row in rows(made, "owed")] == [(day(-9), planned)]


def test_we_owe_what_the_board_says_that_we_owe() -> None:
    rests = {"column": Column.CALLBACK, "callback": promise(3, 50)}
    spoke = touch(Outcome.DEFERRED, 3)
    resting = prospect(spoke, id="r", quotes=(quote(25),), **rests)
    assert finding(resting).rule == "proven-callback"
    due = prospect(
        touch(Outcome.DEFERRED, 10), id="d", column=Column.CALLBACK, callback=promise(10, 0)
    )
    kept = prospect(id="k", quotes=(quote(25),), verdicts=(verdict_record(0),))
    parked = kept.with_changes(id="n", column=Column.NURTURE)
    made = report(found=[i for p in (resting, due, kept, parked) for i in look(p)])
    assert [row["id"] for row in rows(made, "owed")] == ["d", "k"], "a verdict pays no debt"
    assert [is_owed(evidence(p), finding(p)) for p in (resting, due, kept, parked)] == [
        False,
        True,
        True,
        False,
    ]


def test_nothing_owed_is_said() -> None:
    assert section(report(), "owed").notes == ("You owe nobody a call.",)


def test_callbacks_of_this_review_are_listed_with_what_their_proof_lacks() -> None:
    fields = {"column": Column.CALLBACK, "id": "a"}
    bare = prospect(touch(Outcome.DEFERRED, 5), callback=promise(5, 20, change=""), **fields)
    mine = rows(report(found=look(bare, mine=True)), "callbacks")
    assert mine[0]["proof"] == "not proven"
    assert "what changes" in mine[0]["missing"]
    others = report(found=look(bare))
    assert rows(others, "callbacks") == []
    assert section(others, "callbacks").notes == ("Waiting in all: 1 not proven ($20k).",)


def test_a_callback_counts_as_proven_only_by_its_grade() -> None:
    fields = {"column": Column.CALLBACK}
    near = prospect(touch(Outcome.DEFERRED, 5), callback=promise(5, 20), id="near", **fields)
    far = prospect(touch(Outcome.DEFERRED, 5), callback=promise(5, 200), id="far", **fields)
    made = report(found=(*look(far, mine=True), *look(near, mine=True)))
    first, second = rows(made, "callbacks")
    assert (first["id"], first["proof"], first["missing"]) == ("near", "proven", "")
    assert (second["proof"], second["missing"]) == ("too far ahead", "200 days away (over 180)")
    (note,) = section(made, "callbacks").notes
    assert note == "Waiting in all: 1 proven ($20k), 1 too far ahead ($20k)."


def test_owners_are_named_where_they_differ() -> None:
    def owed_by(*owners: str) -> Report:
        cards = [
            prospect(id=f"p-{n}", owner=owner, created=moment(3), quotes=(quote(25),))
            for n, owner in enumerate(owners)
        ]
        return report(found=[item for card in cards for item in look(card)])

    def kinds(made: Report) -> list[Kind]:
        found = (section(made, key) for key in ("owed", "best_uses"))
        return [h.kind for part in found for h in part.columns if h.key == "owner"]

    assert kinds(owed_by("ann", "raj")) == [Kind.BELOW, Kind.BELOW]
    assert kinds(owed_by("ann", "ann")) == [Kind.HIDDEN, Kind.HIDDEN]
    assert {row["owner"] for row in rows(owed_by("ann", "raj"), "best_uses")} == {"ann", "raj"}


def test_one_owners_report_says_whose_it_is() -> None:
    settings = Settings.model_validate({"forecast": {"target": 100_000}})
    made = report(KEPT, period=replace(PERIOD, owner="ann"), settings=settings)
    assert dict(made.header)["Owner"] == "ann"
    assert dict(made.facts)["owner"] == "ann"
    assert "(weighted open value of ann alone)" in section(made, "pipeline").notes[-1]
    assert "Owner" not in dict(report(KEPT).header)


def test_the_pace_is_of_the_time_worked_where_that_was_clocked() -> None:
    clocked = report(KEPT, PURGED, period=replace(PERIOD, seconds=100, clocked=True))
    assert dict(clocked.header)["Pace"] == "50 s a decision"
    assert dict(clocked.facts)["seconds_of"] == "worked"
    assert dict(clocked.facts)["seconds_a_card"] == 50
    summed = report(KEPT, PURGED)
    assert (dict(summed.facts)["seconds_of"], dict(summed.facts)["seconds_a_card"]) == (
        "verdicts",
        40,
    )


def test_rescues_bets_and_nurture_are_told_as_they_stand() -> None:
    rescue = Rescue(on=day(2), until=day(-28), route="the champion")
    bet = Bet(id="b", at=moment(1), by="ann", action="send the plan", until=day(-9))
    nurture = Nurture(track=Track.CHAMPION, since=day(30), next_on=day(-3))
    made = report(
        found=(
            *look(prospect(touch(Outcome.TALKED, 40), id="r", rescue=rescue)),
            *look(prospect(touch(Outcome.TALKED, 40), id="b", bets=(bet,))),
            *look(prospect(id="n", column=Column.NURTURE, nurture=nurture), mine=True),
        )
    )
    assert rows(made, "rescues")[0]["route"] == "the champion"
    assert rows(made, "bets")[0]["until"] == day(-9)
    track = rows(made, "nurture")[0]
    assert (track["track"], track["new"], track["in_all"], track["due"]) == (
        Track.CHAMPION.label,
        0,
        1,
        1,
    )


@pytest.mark.parametrize(("was", "new"), [(Column.ACTIVE, 1), (Column.NURTURE, 0)])
def test_who_was_in_nurture_before_and_stays_is_not_new_there(was: Column, new: int) -> None:
    card = settled(Column.NURTURE, "Pell", was=was)
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(0), next_on=day(-30))
    there = look(card.prospect.with_changes(nurture=plan), mine=True)
    (track,) = rows(report(card, found=there), "nurture")
    assert (track["new"], track["in_all"]) == (new, 1)
    kept = settled(Column.ACTIVE, "Pell")
    assert rows(report(kept, found=there), "nurture")[0]["new"] == 0, "a hand moved it there"
    stays = replace(card, was=Column.NURTURE)
    (track,) = rows(report(replace(card, later=stays.verdict), stays, found=there), "nurture")
    assert track["new"] == new, "it stayed there at the second decision"


def test_the_three_best_uses_may_be_called_today_and_pay_in_our_currency() -> None:
    fresh = [
        prospect(id=f"p-{n}", name=f"Lead {n}", created=moment(3), value=money(n * 10_000))
        for n in range(1, 6)
    ]
    euro = prospect(id="e", created=moment(3), value=EURO)
    pressed = prospect(
        *touches(Outcome.VOICEMAIL, 0), id="x", created=moment(3), value=money(900_000)
    )
    made = report(found=[item for p in (*fresh, euro, pressed) for item in look(p)])
    assert [row["name"] for row in rows(made, "best_uses")] == ["Lead 5", "Lead 4", "Lead 3"]
    assert "not in USD: EUR" in section(made, "best_uses").notes[-1]


def test_where_all_is_in_another_currency_the_best_uses_are_ranked_in_it() -> None:
    made = report(found=look(prospect(id="e", name="Euro", created=moment(3), value=EURO)))
    assert [row["name"] for row in rows(made, "best_uses")] == ["Euro"]
    assert "Not ranked" not in " ".join(section(made, "best_uses").notes)


def test_where_no_hour_is_freed_it_says_so() -> None:
    assert section(report(), "best_uses").notes[0].startswith("No hours were freed")
    assert (
        section(report(PURGED), "best_uses")
        .notes[0]
        .startswith("About 1.5 h a week freed. Measured over the 8 weeks before: 18 contacts, 12 h")
    )


def test_a_long_list_of_calls_is_cut_and_says_where_the_rest_is() -> None:
    late = [
        look(
            prospect(
                touch(Outcome.TALKED, 3), id=f"p{n}", next_step=NextStep(action="x", on=day(1))
            )
        )
        for n in range(43)
    ]
    made = report(found=[item for each in late for item in each])
    found = section(made, "overdue")
    assert len(found.rows) == 43
    assert found.cut == "and 3 more, left out here; review-board report --all shows them"
    assert section(made.in_full, "overdue").cut == ""


def test_next_week_is_told_day_by_day() -> None:
    def with_step(name: str, ahead: int) -> Report:
        step = NextStep(action="demo", on=day(-ahead))
        return report(found=look(prospect(touch(Outcome.TALKED, 3), id=name, next_step=step)))

    assert rows(with_step("in", 7), "next_week")[0]["on"] == TODAY.day + timedelta(days=7)
    assert rows(with_step("beyond", 8), "next_week") == []
    late = with_step("late", -1)
    assert rows(late, "next_week") == []
    assert rows(late, "overdue")[0]["on"] == day(1)


def test_what_has_a_day_is_due_or_ahead_and_what_is_owed_without_one_is_named_there() -> None:
    missed = prospect(
        touch(Outcome.DEFERRED, 40), column=Column.CALLBACK, id="a", callback=promise(40, -10)
    )
    offered = prospect(touch(Outcome.VOICEMAIL, 20), id="b", quotes=(quote(25),))
    untouched = prospect(id="c", created=moment(60), value=money(1))
    agreed = offered.with_changes(id="d", next_step=NextStep(action="demo", on=day(-3)))
    today = offered.with_changes(id="e", next_step=NextStep(action="demo", on=day(0)))
    dropped = {
        "column": Column.DROPPED,
        "drop": Drop(at=moment(30), by="ann", reason=DropReason.NO_NEED),
    }
    back = prospect(touch(Outcome.INBOUND, 4), id="f", **dropped)
    bet = Bet(id="b", at=moment(9), by="ann", action="sign", until=day(1))
    lost = prospect(touch(Outcome.TALKED, 9), id="g", bets=(bet,))
    every = (untouched, agreed, offered, missed, today, back, lost)
    made = report(found=[item for one in every for item in look(one)])
    due = [(row["id"], row["why"], row["on"]) for row in rows(made, "overdue")]
    assert due == [
        ("a", "a call they asked for", day(10)),
        ("f", "came back", day(4)),
        ("g", "bet", day(1)),
        ("e", "next step", day(0)),
    ]
    (note,) = section(made, "overdue").notes
    who = f"{untouched.name} (never called), {offered.name} (quote)"
    assert note == f"2 more are owed now: {who}; see What you owe."
    assert [(row["id"], row["on"]) for row in rows(made, "next_week")] == [("d", day(-3))]


def test_an_overdue_promise_stands_in_both_lists() -> None:
    waits = {"column": Column.CALLBACK, "callback": promise(20, -2, touch=None)}
    late = report(found=look(prospect(touch(Outcome.TALKED, 20), **waits)))
    assert [row["id"] for row in rows(late, "owed")] == ["p-1"]
    assert [(row["id"], row["why"]) for row in rows(late, "overdue")] == [
        ("p-1", "a call they asked for")
    ]


def test_a_rescue_that_ended_unanswered_waits_for_a_verdict() -> None:
    ended = Rescue(on=day(40), until=day(10), route="champion")
    over = report(found=look(prospect(touch(Outcome.NO_ANSWER, 35), rescue=ended)))
    assert [row["until"] for row in rows(over, "rescues")] == [day(10)]
    answered = report(found=look(prospect(touch(Outcome.TALKED, 35), rescue=ended)))
    assert rows(answered, "rescues") == []


def test_gaps_are_counted_and_the_most_valuable_named() -> None:
    bare = [
        prospect(touch(Outcome.TALKED, 3), id=f"p-{n}", name=f"Gap {n}", value=money(n))
        for n in range(1, 6)
    ]
    made = report(found=[item for p in bare for item in look(p)], spoilt=("Torn",))
    found = {row["gap"]: row for row in rows(made, "gaps")}
    assert found["no next step planned in Active"]["cards"] == 5
    assert found["no next step planned in Active"]["examples"] == "Gap 5, Gap 4, Gap 3"
    assert "expected close date has passed" not in found
    assert found["record cannot be read: run review-board doctor"]["examples"] == "Torn"


def test_a_past_close_date_and_a_quote_without_a_day_are_missing_data() -> None:
    quoted = prospect(
        value=money(9), stage="Angebot raus", close_date=day(1), contact_history=False
    )
    made = report(found=look(quoted))
    found = {row["gap"]: row["cards"] for row in rows(made, "gaps")}
    assert found["expected close date has passed"] == 1
    assert found["day of the quote: only the stage says it is out"] == 1
    (section,) = (section for section in made.sections if section.key == "gaps")
    assert "“NAME quote @12oct”" in section.notes[0]


def test_a_zombie_was_kept_in_three_reviews_without_a_signal() -> None:
    verdicts = tuple(verdict_record(days) for days in (21, 14, 7))
    heard = prospect(touch(Outcome.MEETING, 10), id="h", verdicts=verdicts)
    silent = prospect(touch(Outcome.MEETING, 30), id="z", verdicts=verdicts)
    made = report(found=(*look(heard), *look(silent)))
    assert [(row["id"], row["reviews"]) for row in rows(made, "zombies")] == [("z", 3)]


def test_a_review_of_one_says_that_its_lists_are_of_all_owners() -> None:
    many = [prospect(id=f"o-{name}", owner=name, quotes=(quote(25),)) for name in ("ann", "raj")]
    shown = report(found=tuple(item for one in many for item in look(one)))
    assert dict(shown.header)["Owner"] == "everybody (2 owners), in the lists below too"
    assert "Owner" not in dict(report().header)


def test_the_rows_of_what_was_purged_add_up_to_the_summary() -> None:
    stays = settled(Column.NURTURE, "Pell", was=Column.NURTURE)
    notes = section(report(settled(Column.DROPPED), stays), "purged").notes
    assert notes[0] == "2 rows: 1 purged, 1 left in Nurture."
    assert "rows:" not in " ".join(section(report(settled(Column.DROPPED)), "purged").notes)


def test_what_was_won_is_in_the_report() -> None:
    sold = prospect(won=Won(on=day(0), value=money(24_000)))
    assert rows(report(won=(sold,)), "won")[0]["value"] == money(24_000)
    assert look(sold) == ()


def past(days_ago: int, decided: int = 10, purged: int = 4) -> PeriodFigures:
    return PeriodFigures(
        day(days_ago), "ann", decided, purged, Decimal("2.5"), 40, (money(60_000), EURO)
    )


def test_a_first_review_says_that_there_is_none_before_it() -> None:
    def alone(**span: Any) -> ReportSection:
        return section(report(past=(past(0),), period=replace(PERIOD, **span)), "trend")

    first = alone()
    assert not first.rows
    assert not first.chart
    none = "Nothing to compare with: no earlier review by ann, of"
    others = "Reviews by others are not compared."
    assert first.notes == (f"{none} everything that was to review, decided a card. {others}",)
    assert alone(scope="owner ann", owner="ann").notes == (
        f"{none} the scope owner ann, decided a card. {others}",
    )
    assert alone(owner="raj").notes == (
        f"{none} everything that was to review, decided a card of raj's. {others}",
    )
    since = alone(session="")
    assert since.title == "Compared with the time before"
    assert since.notes == ("Nothing to compare with: no decision lies in the days before.",)


def test_the_trend_needs_a_session_before() -> None:
    made = report(past=(past(7), past(0, 12)))
    assert [row["purged"] for row in rows(made, "trend")] == [
        Share(Decimal("0.4000")),
        Share(Decimal("0.3333")),
    ]
    drawn = {series.label: series for series in section(made, "trend").chart}
    assert drawn["decided"].words == ("10", "12")
    assert drawn["open value"].words == ("$60k", "$60k"), "euros are not drawn"


def test_what_is_not_known_is_no_point_of_the_chart() -> None:
    def drawn(*known: PeriodFigures) -> dict[str, tuple[str, ...]]:
        return {s.label: s.words for s in section(report(past=known), "trend").chart}

    unknown = replace(past(14), open=None, seconds=0)
    found = drawn(unknown, past(7), past(0))
    assert (found["open value"], found["seconds each"]) == (("$60k", "$60k"), ("40", "40"))
    assert len(found["decided"]) == 3
    assert {"open value", "seconds each"}.isdisjoint(drawn(unknown, past(0))), "one alone"
    assert "purged" not in drawn(past(7, 0, 0), past(0)), "of nothing there is no part"


def test_the_trend_says_with_what_it_is_compared() -> None:
    two = (past(7), past(0))
    notes = section(report(past=two), "trend").notes
    assert notes[0] == "This review and the one before it by ann, of everything that was to review."
    span = type(PERIOD)(by=("ann", "raj"), started=moment(6, 0), sessions=3)
    made = section(report(past=(past(13), past(6)), period=span), "trend")
    assert made.title == "Compared with the time before"
    assert made.notes[0] == "Each line stands for 7 days, the last for this report."


def test_the_header_tells_who_when_and_what_is_left() -> None:
    lines = dict(report(KEPT).header)
    assert lines["When"] == "Fri 20 Nov 2026 09:00 to 09:38"
    assert lines["Decided"] == "1 of 4 cards: 1 kept, 0 purged"
    assert lines["Not decided"] == "1 skipped, 1 left"
    assert lines["Pace"] == "40 s a decision"


def test_a_report_since_a_day_says_that_day() -> None:
    span = type(PERIOD)(by=("ann", "raj"), started=moment(7, 0), sessions=3)
    made = report(KEPT, PURGED, period=span)
    assert made.title == "Pipeline review: northwest, since Fri 13 Nov 2026"
    assert made.summary.startswith("2 cards decided since Fri 13 Nov 2026: 1 kept")
    assert dict(made.facts)["since"] == day(7)


def test_where_several_decided_each_has_a_line() -> None:
    assert section(report(KEPT, PURGED), "people").empty
    raj = settled(Column.ACTIVE, "Pell", by="raj", advised=Verdict.PURGE, against="a hunch")
    found = rows(report(KEPT, PURGED, raj), "people")
    assert [(r["by"], r["cards"], r["purged"], r["against"]) for r in found] == [
        ("ann", 2, 1, 0),
        ("raj", 1, 0, 1),
    ]
    unclocked = settled(Column.ACTIVE, "Pell", by="raj", seconds=0)
    assert [r["seconds"] for r in rows(report(KEPT, unclocked), "people")] == [40, None]


def test_every_row_has_a_cell_for_every_column() -> None:
    found = (*look(prospect(quotes=(quote(25),))), *look(prospect(id="q", created=moment(2))))
    for part in report(KEPT, PURGED, found=found, past=(past(7), past(0))).sections:
        assert all(len(row) == len(part.columns) for row in part.rows), part.key


def test_the_same_facts_in_another_order_give_the_same_report() -> None:
    cards = [prospect(id=f"p-{n}", created=moment(60), quotes=(quote(25),)) for n in range(4)]
    found = [item for card in cards for item in look(card)]
    forwards = report(KEPT, PURGED, found=tuple(found))
    assert forwards == report(KEPT, PURGED, found=tuple(reversed(found)))
    assert facts(KEPT) == facts(KEPT)


def test_a_currency_that_did_not_change_says_so_beside_one_that_did() -> None:
    pounds = Money(amount=Decimal(5400), currency="GBP")
    dollars = BeforeAfter((money(658_000), pounds), (money(572_000), pounds))
    assert words(dollars, TODAY.day) == "$658k → $572k · £5.4k unchanged"
    assert words(BeforeAfter((pounds,), (pounds,)), TODAY.day) == "£5.4k"
    a_little = BeforeAfter((money(12_700_000), pounds), (money(12_690_000), pounds))
    assert words(a_little, TODAY.day) == "$12.7M · £5.4k"
    both = BeforeAfter((money(12_700_000), pounds), (money(12_690_000),))
    assert words(both, TODAY.day) == "$12.7M · £5.4k → £0"
