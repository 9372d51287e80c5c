"""Pictures of the review: what each must show stands in its docstring."""

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, DoNotContact, Nurture
from review_board.pipeline.vocabulary import AnswerState, Column, Outcome, ReasonKind
from review_board.review.scope import Scope
from review_board.settings.rules import RuleName
from tests.judgement.build import advice, answer, day, moment, promise, prospect, touch, touches
from tests.tui.pictures import BothSizes, SnapCompare
from tests.tui.review.conftest import NOON, MakeApp, scenario

EVERYTHING = Scope(everything=True)

NURTURED = prospect(
    *touches(Outcome.MAILING, 60, 30),
    name="Wolf Creek Creamery",
    column=Column.NURTURE,
    nurture=Nurture(since=day(90), next_on=day(-1)),
)
CARDS: dict[str, Prospect] = {
    "hostile": scenario("S4")[0],
    "knocked-out": prospect(
        touch(Outcome.TALKED, 9),
        answers={"budget": answer(AnswerState.NEGATIVE, 3, "none planned")},
    ),
    "lost-bet": prospect(
        touch(Outcome.ADVANCED, 20),
        name="Pell & Sons",
        bets=(Bet(id="b-1", at=moment(14), by="ann", action="name a start day", until=day(1)),),
    ),
    "proven-callback": scenario("S3")[0],
    "promise-missed": prospect(
        touch(Outcome.DEFERRED, 60), column=Column.CALLBACK, callback=promise(60, -12)
    ),
    "open-quote": scenario("S1")[0],
    "live-interest": scenario("S9")[0],
    "serial-deferral": scenario("S2")[0],
    "unanswered-questions": scenario("S10")[0],
    "nurturing": NURTURED,
    "fresh-lead": prospect(name="Elm Park Grounds", created=moment(5)),
    "too-soon": prospect(touch(Outcome.TALKED, 50), *touches(Outcome.VOICEMAIL, 40, 33)),
    "gone-silent": scenario("S5")[0],
    "rescue": scenario("S6")[0],
    "poor-payoff": scenario("S12b")[0],
    "working": scenario("S7")[0],
    "came-back": scenario("S11")[0],
    "do-not-contact": prospect(
        touch(Outcome.TALKED, 30),
        name="Quarry Road Dental",
        do_not_contact=DoNotContact(at=moment(2), by="ann", note="take us off your list"),
    ),
    "far-callback": prospect(
        touch(Outcome.DEFERRED, 10, reason=ReasonKind.BUDGET),
        name="Northgate Schools",
        column=Column.CALLBACK,
        callback=promise(10, 240),
    ),
    "unproven-callback": prospect(
        touch(Outcome.DEFERRED, 12),
        name="Harrow Print Works",
        column=Column.CALLBACK,
        callback=promise(12, 20, proven=False),
    ),
    "nurture-exhausted": NURTURED.with_changes(
        touches=touches(Outcome.MAILING, *range(12 * 7, 0, -7))
    ),
    "no-history": prospect(name="Quarry Road Dental", created=moment(3419), contact_history=False),
    "never-worked": prospect(name="Elm Park Grounds", created=moment(40)),
    "last-call": prospect(
        touch(Outcome.TALKED, 50),
        *touches(Outcome.VOICEMAIL, 45, 43, 40, 36, 33),
        name="Solid Labs",
    ),
}


def test_each_card_is_decided_by_the_rule_whose_name_it_has() -> None:
    by_rule = {rule: advice(card).rule for rule, card in CARDS.items() if rule != "came-back"}
    assert {*by_rule} == {*RuleName}
    assert all(rule == made for rule, made in by_rule.items())


class TestCards:
    """One card of each kind of argument."""

    @pytest.mark.parametrize("name", CARDS)
    async def test_card(self, both_sizes: BothSizes, make_app: MakeApp, name: str) -> None:
        """Banner, name and worth, both sides framed evenly, three questions at most with their
        digits, a recommendation with its rule, what to do and what would flip it; eight keys at 80
        columns at the most. One that came back says why it was dropped and asks what has changed.
        """
        app = make_app([CARDS[name]], scope=EVERYTHING, at_once=True)
        assert await both_sizes(app)

    def test_thresholds_on_a_narrow_screen(
        self, snap_compare: SnapCompare, make_app: MakeApp
    ) -> None:
        """``i`` adds to each line its threshold and settings key, and the guards considered."""
        assert snap_compare(make_app(scenario("S6")), terminal_size=(80, 24), press=["r", "i"])

    async def test_picked_for_a_manager(self, both_sizes: BothSizes, make_app: MakeApp) -> None:
        """Above the two sides stands by which rule the card was picked."""
        app = make_app(scenario("S6"), scope=Scope(manager=True), by="mia")
        assert await both_sizes(app, press=["r"])


FOLLOW_UPS: dict[str, tuple[str, list[str]]] = {
    "drop": ("S2", ["D"]),
    "keep": ("S1", ["K"]),
    "keep-too-soon": ("S7", ["K", "tab", *"tomorrow"]),
    "against": ("S2", ["K"]),
    "callback": ("S1", ["C", *"18jan"]),
    "nurture": ("S2", ["N"]),
    "importance": ("S6", ["D", *"no", "space", *"need", "enter", "n", "enter", "5"]),
    "bet": ("S7", ["b"]),
    "came-back": ("S11", ["enter"]),
    "answer": ("S1", ["1"]),
    "knocked-out": ("S1", ["1", "x", "enter"]),
    "what-will-have-changed": ("S2", ["1"]),
}


class TestFollowUps:
    """What each verdict and each answer demands."""

    @pytest.mark.parametrize("name", FOLLOW_UPS)
    async def test_follow_up(self, both_sizes: BothSizes, make_app: MakeApp, name: str) -> None:
        """One dialog over the dimmed card, whole on the screen, the first field ready: the closed
        list of reasons with the proposed one marked; the step on the earliest day, or the word that
        an early one takes; the line and the question whether to start anew; the callback with the
        grade of its five checks; the track with its first touch; the importance from 1 to 5 with
        five ideas; the bet with its last day; what has changed since the drop; the question with
        its four states.
        """
        number, keys = FOLLOW_UPS[name]
        app = make_app(scenario(number), scope=EVERYTHING)
        assert await both_sizes(app, press=["r", *keys])


async def test_sure_purges(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """A line each with name, value, rule and comparison, where it goes and why; two are ticked, and
    under the list stands the whole of what speaks against the line with the cursor.
    """
    app = make_app(scenario("S2", "S4", "S5", "S12b"))
    assert await both_sizes(app, press=["r", "space", "space"])


async def test_the_time_is_up(both_sizes: BothSizes, make_app: MakeApp) -> None:
    """Over the dimmed card: how many minutes are up, how many cards are left, that these stay due
    and are counted, and the key for each of the two ways on.
    """
    moments = [NOON]
    app = make_app(
        scenario("S1", "S6", "S7"), clock=lambda: moments[-1], settings="[review]\nminutes = 9"
    )

    async def for_too_long(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        moments.append(NOON + timedelta(minutes=9))
        await pilot.press("s")
        await pilot.pause()

    assert await both_sizes(app, run_before=for_too_long)
