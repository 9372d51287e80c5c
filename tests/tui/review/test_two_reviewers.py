"""Two people review the same cards: the second is told in front of the card, before anything is stored."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import partial
from random import Random

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.forget import forget
from review_board.board.runner import Inline, Runner
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.review.open_review import only_review
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.review.second_verdict import wait_until_saved
from tests.judgement.build import prospect, touch, touches
from tests.memory_store import Disk, MemoryStore
from tests.review.two_reviewers import Hand, Reviewer, agree, anything, counts, reports_agree
from tests.tui.conftest import until
from tests.tui.review.conftest import NOON
from tests.tui.review.test_review_screen import press, shown, told

EVERYTHING = Scope(everything=True)


def warm(count: int) -> list[Prospect]:
    return [
        prospect(touch(Outcome.TALKED, 20), id=f"p-{n}", name=f"Warm {n}") for n in range(count)
    ]


def sure(count: int) -> list[Prospect]:
    deferred = touches(Outcome.DEFERRED, 90, 60, 30)
    return [prospect(*deferred, id=f"p-{n:02}", name=f"Serial {n:02}") for n in range(count)]


class Office:
    """One file, bob's board in an app whose writes go through a thread, and ann's beside it."""

    first = EVERYTHING

    def __init__(self, prospects: Iterable[Prospect]) -> None:
        self.disk = Disk()
        self.board("import").add(list(prospects), "import")
        self.ann = self.board("ann")

    def board(self, by: str, runner: Runner | None = None) -> Board:
        store = MemoryStore(self.disk)
        board = Board(store, Settings(), lambda: NOON, UTC, by, "review", runner or Inline())
        return board.open()

    def app(self) -> ReviewBoardApp:
        return ReviewBoardApp(partial(self.board, "bob"), first=only_review(self.first))

    def ann_drops_the_first(self) -> None:
        controller = ReviewController.open(self.ann, EVERYTHING)
        dropped = Decision(
            Column.DROPPED, reason=DropReason.NO_BUDGET, against="they said so", start_anew=False
        )
        controller.decide(dropped, self.ann.recommendation(str(controller.current)))


async def opened(pilot: Pilot[int], screen: type = ReviewScreen) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen) and " of " in shown(pilot))


async def see(pilot: Pilot[int], words: str) -> None:
    """Wait until it stands on the screen, in one line or two."""
    await until(pilot, lambda: words in " ".join(shown(pilot).replace("│", " ").split()))


@pytest.fixture
def office() -> Office:
    return Office(warm(3))


async def test_the_second_is_told_before_the_verdict_and_enter_leaves_it(office: Office) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "K")
        office.ann_drops_the_first()
        await press(pilot, "enter")
        await see(pilot, "Ann has just dropped it: no budget.")
        await see(pilot, "Yours: keep it: contact them again, 20 Nov.")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "enter")
        await see(pilot, "2 of 3 kept 0 purged 0")
        assert "Left as it is: ann has just dropped it: no budget" in told(pilot)
        office.ann.catch_up()
        assert len(office.ann.prospect("p-0").verdicts) == 1


async def test_a_deliberate_yes_overrules(office: Office) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "K")
        office.ann_drops_the_first()
        await press(pilot, "enter")
        await see(pilot, "Ann has just dropped it")
        await press(pilot, "y")
        await see(pilot, "2 of 3 kept 1 purged 0")
        office.ann.catch_up()
        kept = office.ann.prospect("p-0")
        assert kept.column is Column.ACTIVE
        assert kept.verdicts[-1].overrules
        assert ReviewController.open(office.ann, EVERYTHING).summary().overruled == 1


async def test_a_card_that_was_won_under_the_dialog_tells_what_was_not_stored(
    office: Office,
) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "D", "'they said no", "tab", "n", "enter")
        office.ann.change("p-0", lambda p, _: changes.win(p, Won(on=NOON.date())), "won")
        await press(pilot, "u", "enter")
        await see(pilot, "2 of 3 kept 0 purged 0")
        assert told(pilot) == "Warm 0: ann has just marked it as won; your drop was not stored"


async def test_a_commit_that_loses_the_race_is_asked_about(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was to be seen of the other verdict until the commit itself was refused."""
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "K")
        monkeypatch.setattr(Board, "catch_up", lambda _: None)
        office.ann_drops_the_first()
        await press(pilot, "enter")
        await see(pilot, "Ann has just dropped it: no budget.")
        await see(pilot, "Yours: keep it: contact them again, 20 Nov.")
        await press(pilot, "y")
        await see(pilot, "2 of 3 kept 1 purged 0")
        monkeypatch.undo()
        office.ann.catch_up()
        assert [verdict.by for verdict in office.ann.prospect("p-0").verdicts] == ["ann", "bob"]


async def test_an_open_dialog_says_it_as_soon_as_it_is_known(office: Office) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "K")
        office.ann_drops_the_first()
        await see(pilot, "! Ann has just dropped it: no budget")
        await press(pilot, "escape")
        await see(pilot, "1 of 3")


async def test_the_card_stays_marked_and_the_next_key_says_so_first(office: Office) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        office.ann_drops_the_first()
        await see(pilot, "! Ann has just dropped it: no budget")
        assert "Warm 0" in shown(pilot)
        await press(pilot, "K")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "y")
        await see(pilot, "Keep Warm 0")
        await press(pilot, "escape", "z")
        await see(pilot, "2 of 3")
        assert not office.ann.prospect("p-0").snoozes


async def test_a_manager_is_asked_once_and_only_to_decide_otherwise() -> None:
    office = Office(warm(2))
    for _ in range(2):
        controller = ReviewController.open(office.ann, EVERYTHING)
        step = NextStep(action="call", on=office.ann.today.day + timedelta(days=3))
        kept = Decision(Column.ACTIVE, step=step, against="I know them", start_anew=True)
        controller.decide(kept, office.ann.recommendation(str(controller.current)))
    office.first = Scope(manager=True)
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await see(pilot, "! Ann has just kept it")
        await press(pilot, "D")
        assert not isinstance(pilot.app.screen, ConfirmDialog), "it is asked when it is decided"
        await press(pilot, "escape", "z")
        await see(pilot, "2 of 2")
        office.ann.catch_up()
        assert [len(office.ann.prospect(key).snoozes) for key in ("p-1", "p-0")].count(1) == 1
        await press(pilot, "K")
        await press(pilot, "enter")
        await see(pilot, "1 kept, 0 purged")


async def test_who_overrules_is_not_offered_the_step_of_the_verdict_that_goes(
    office: Office,
) -> None:
    idea = NextStep(action="call the COO", on=NOON.date() + timedelta(days=24))
    because = Decision(
        Column.DROPPED,
        reason=DropReason.NO_BUDGET,
        importance=5,
        idea=idea,
        against="they said so",
        start_anew=False,
    )
    controller = ReviewController.open(office.ann, EVERYTHING)
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        controller.decide(because, office.ann.recommendation("p-0"))
        assert idea.says_same(office.ann.prospect("p-0").next_step)
        await see(pilot, "! Ann has just dropped it")
        await press(pilot, "K", "y")
        await see(pilot, "Keep Warm 0: the dated next step")
        assert "call the COO" not in shown(pilot)


async def test_purging_many_asks_first_and_enter_alone_purges_nothing() -> None:
    office = Office(sure(21))
    async with office.app().run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, PurgeListScreen))
        await press(pilot, "a", "enter")
        await see(pilot, "Purge all 21?")
        await press(pilot, "enter")
        await see(pilot, "21 of 21 ticked")
        await press(pilot, "enter", "y")
        await until(pilot, lambda: not isinstance(pilot.app.screen, PurgeListScreen))
        office.ann.catch_up()
        assert len(office.ann.column(Column.DROPPED)) == 21


async def test_one_line_of_a_large_batch_is_taken_back_alone() -> None:
    office = Office([*sure(21), *warm(2)])
    async with office.app().run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, PurgeListScreen))
        await press(pilot, "a", "enter", "y")
        await opened(pilot)
        await press(pilot, "u")
        await see(pilot, "Take back all of it?")
        await press(pilot, "o")
        await see(pilot, "Which one is taken back alone?")
        await press(pilot, "c", "enter")
        await see(pilot, "purged 20")
        assert "Taken back alone: Serial 02" in told(pilot)
        office.ann.catch_up()
        assert not office.ann.prospect("p-02").verdicts
        assert len(office.ann.column(Column.DROPPED)) == 20


async def test_a_batch_leaves_alone_what_somebody_else_decided() -> None:
    office = Office(sure(3))
    async with office.app().run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, PurgeListScreen))
        await press(pilot, "a")
        office.ann_drops_the_first()
        await press(pilot, "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, PurgeListScreen))
        office.ann.catch_up()
        cards = [office.ann.prospect(key) for key in office.ann.documents()]
        assert [len(card.verdicts) for card in cards] == [1, 1, 1]
        assert [card.verdicts[0].by for card in cards] == ["ann", "bob", "bob"]


KEYS = [
    "K",
    "D",
    "N",
    "enter",
    "enter",
    "enter",
    "y",
    "n",
    "escape",
    "z",
    "s",
    "p",
    "p",
    "u",
    "tab",
    "o",
]


@pytest.mark.parametrize("seed", range(2))
async def test_random_keys_of_one_beside_anything_of_the_other(seed: int) -> None:
    office, rng, hand = Office(warm(5)), Random(seed), Hand()
    ann = Reviewer(office.ann)
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        bob = Reviewer.at(screen._controller)
        for _ in range(40):
            if pilot.app.screen is not screen and not isinstance(pilot.app.screen, Dialog):
                break  # the report, or the board
            await press(pilot, rng.choice(KEYS))
            if rng.random() < 0.3:
                anything(ann, rng, lambda: None)
        while isinstance(pilot.app.screen, Dialog):
            await press(pilot, "escape")
        bob.board.catch_up()  # it reads in a thread of its own
        await wait_until_saved(bob.board)
        hand.follow(office.ann)
        agree(ann, bob, hand.moved)
        reports_agree(ann, bob)
        await pilot.pause()
        if pilot.app.screen is screen:
            kept, purged, _ = counts(bob)
            assert f"kept {kept}  purged {purged}" in shown(pilot)


@pytest.mark.parametrize(
    ("key", "end"),
    [("K", "enter"), ("n", "ctrl+s"), ("e", "enter"), ("C", "escape"), ("D", "escape")],
)
async def test_a_card_that_is_forgotten_under_a_dialog_is_told(
    office: Office, key: str, end: str
) -> None:
    async with office.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, key)
        await until(pilot, lambda: isinstance(pilot.app.screen, Dialog))
        if key == "n":
            await press(pilot, *"word")
        forget(office.ann, "p-0")
        await see(pilot, "That prospect")
        await press(pilot, end)
        await see(pilot, "2 of 3")
        assert isinstance(pilot.app, ReviewBoardApp)
        assert pilot.app.crash is None
