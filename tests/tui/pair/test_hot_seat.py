"""Two people at one terminal: they sign, vote in turn with masked keys, and settle as in any pair review."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from decimal import Decimal

from textual.widgets import Static

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.pair import beginning
from review_board.pair.settling import Phase
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.review.signing import Identity
from review_board.settings.setting_groups import Review
from review_board.settings.tree import Settings
from review_board.store.protocol import SESSIONS
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.pair.masked_vote import MISFIT, MaskedVoteDialog
from review_board.tui.pair.open_pair import SecondPerson, only_pair
from review_board.tui.pair.screen import PairScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.review.against_dialog import AgainstDialog
from review_board.tui.review.importance_dialog import ImportanceDialog
from tests.judgement.build import prospect, touch, verdict_record
from tests.memory_store import Disk, MemoryStore
from tests.pair.two_people import Office, pipeline
from tests.tui.conftest import type_in, until
from tests.tui.pair.two_screens import Person

SIZE = (80, 24)
ANN = Identity("ann", "ann")


def app_of(office: Office, scope: Scope = EVERYTHING_DUE) -> ReviewBoardApp:
    """The app of ann's terminal; the second person's name is asked for."""

    def opener(runner: Runner) -> Board:
        store = MemoryStore(office.on)  # type: ignore[arg-type]
        return Board(store, office.settings, office.clock, UTC, "ann", "pair", runner).open()

    process = office.process_at("one terminal")

    first = only_pair(
        lambda board, _: beginning.start(board, ANN, None, process, scope),
        SecondPerson(
            lambda board, name, role: beginning.join(board, Identity(name, "ann"), role, process),
            lambda board: beginning.role_at_start(board, ANN, process, scope).other,
        ),
    )
    return ReviewBoardApp(opener, title="p", make_runner=lambda _: Inline(), first=first)


@asynccontextmanager
async def terminal(
    prospects: Sequence[Prospect] = (),
    scope: Scope = EVERYTHING_DUE,
    size: tuple[int, int] = SIZE,
) -> AsyncIterator[Person]:
    office = Office(Disk(), prospects=prospects or pipeline(2))
    async with app_of(office, scope).run_test(size=size) as pilot:
        person = Person("both", pilot, office)
        await until(pilot, lambda: isinstance(pilot.app.screen, LineDialog))
        await type_in(pilot, "raj")
        await person.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PairScreen))
        await look(person)
        yield person


async def look(person: Person) -> None:
    """Look at what is new until nothing is: a commit of the look before is looked at as well."""
    before = -1
    assert isinstance(person.office.on, Disk)
    while before != (before := len(person.office.on.commits)):
        await person.look()


async def agree(person: Person) -> None:
    person.read()
    await person.press("enter")
    await look(person)


async def keep(person: Person) -> None:
    await person.press("K")
    await type_in(person.pilot, "call them")
    await person.press("enter")
    await look(person)


async def drop(person: Person) -> None:
    await person.press("D", "e", "enter")
    await look(person)


async def split(person: Person) -> None:
    """Ann keeps it, and raj, who takes the seat, drops it."""
    if person.review.me != "ann":
        await drop(person)
        await person.press("space")
        await keep(person)
        return
    await keep(person)
    await person.press("space")
    await drop(person)


async def test_a_split_a_bet_and_both_names_as_one_terminal() -> None:
    async with terminal() as both:
        assert "ann votes   raj looks away: what ann types is hidden" in both.sees
        await keep(both)
        assert "Hand over   press space when raj sits here" in both.sees
        await both.press("K")
        assert not isinstance(both.app.screen, Dialog), "ann has voted"
        await both.press("space")
        assert "raj votes   ann looks away" in both.sees
        await drop(both)
        assert both.review.phase is Phase.SPLIT
        assert "left: ann says why to keep it" in both.sees
        assert "enter raj agrees with ann: keep it   x hand the keys to ann" in both.sees
        await both.press("x")
        assert "enter ann agrees with raj: let it go   x hand the keys to raj" in both.sees
        await both.press("v")
        await look(both)
        await keep(both)
        await both.press("space")
        await drop(both)
        if both.review.me != "ann":
            await both.press("x")
        await both.press("b")
        await type_in(both.pilot, "names a start day")
        await both.press("enter")
        await look(both)
        assert "enter Agree to the bet" in both.sees
        assert "ann proposes a bet: names a start day" in both.sees
        await agree(both)
        assert "before: Warm 0 → Active: on a bet" in both.sees

        await split(both)
        if both.review.me != "raj":
            await both.press("x")
            await look(both)
        await agree(both)
        assert both.review.session
        assert both.review.session.current is None
        board = both.review.board
        for key in ("p-0", "p-1"):
            pair = board.prospect(key).verdicts[-1].pair
            assert pair
            assert pair.people == ("ann", "raj")
            assert pair.terminal == "one terminal"
        assert board.prospect("p-0").column is Column.ACTIVE
        both.read()
        await both.press("enter")
        await until(both.pilot, lambda: isinstance(both.app.screen, ReportScreen))


async def test_what_is_typed_for_a_vote_is_not_seen_nor_what_it_lacks() -> None:
    async with terminal() as both:
        seen = []
        for key, word in (("K", "call them"), ("D", "zzz")):
            await both.press(key)
            assert isinstance(both.app.screen, MaskedVoteDialog)
            seen.append(both.sees)
            await type_in(both.pilot, word)
            assert word not in both.sees
            assert "enter:" not in both.sees
            await both.press("tab", *"nonsense", "enter")
            assert MISFIT in both.sees, both.sees
            await both.press("escape")
        assert seen[0] == seen[1]


async def test_the_second_signs_with_another_name_or_nobody_begins() -> None:
    office = Office(Disk(), prospects=pipeline(1))
    async with app_of(office).run_test(size=SIZE) as pilot:
        person = Person("both", pilot, office)
        await until(pilot, lambda: isinstance(pilot.app.screen, LineDialog))
        await type_in(pilot, "Ann")
        await person.press("enter")
        await until(pilot, lambda: "Two people have two names" in person.sees)
        await person.press("escape")
        await until(pilot, lambda: not pilot.app.is_running or pilot.app.return_code is not None)
    assert not office.board("ann").documents(SESSIONS)


async def test_a_second_who_may_not_sign_leaves_nobody_in_a_review() -> None:
    settings = Settings(review=Review(reviewers=("ann",)))
    office = Office(Disk(), prospects=pipeline(1), settings=settings)
    app = app_of(office)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, LineDialog))
        await type_in(pilot, "raj")
        await pilot.press("enter")
        await until(pilot, lambda: app.problem is not None)
    assert "raj is not one of the reviewers" in str(app.problem)
    assert beginning.running_review(office.board("ann"), "ann", office.presence) is None


async def test_where_nothing_is_due_nobody_is_asked_for_a_name() -> None:
    app = app_of(Office(Disk(), prospects=[]))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.problem is not None)
        assert not isinstance(app.screen, LineDialog)
    assert "Nothing to review" in str(app.problem)


async def test_two_ways_are_confirmed_by_the_one_who_did_not_propose() -> None:
    async with terminal() as both:
        await both.press("K")
        await type_in(both.pilot, "call them")
        await both.press("tab", *"agreed", "enter")
        await look(both)
        await both.press("space", "C", "tab")
        await type_in(both.pilot, "1dec")
        await both.press("enter")
        await look(both)
        assert both.review.me == "raj"
        assert "ann proposes: call them 23 Nov, they agreed" in " ".join(both.sees.split())
        assert "K propose another step   C propose a callback" in both.sees
        assert "drive" not in " ".join(both.sees.splitlines()[3:])
        await agree(both)
        assert both.review.current == "p-1"
        step = both.review.board.prospect("p-0").next_step
        assert step
        assert step.agreed


async def test_a_callback_and_a_drop_take_openly_what_they_take_in_any_review() -> None:
    async with terminal() as both:
        for person in range(2):
            await both.press("C")
            await type_in(both.pilot, "1dec")
            await both.press("enter")
            await look(both)
            await both.press(*["space"][person:])
        assert "to Callback-Pending; say what proves it" in both.sees
        await both.press("enter")
        assert "1 Dec" in both.sees
        await both.press("tab", "b", "tab", "b", "tab")
        await type_in(both.pilot, "the budget is decided")
        await both.press("enter")
        await look(both)
        board = both.review.board
        callback = board.prospect("p-0").callback
        assert callback
        assert (callback.asked_by_buyer, callback.change) == (True, "the budget is decided")

        await drop(both)
        await both.press("space")
        await drop(both)
        assert "Settled   to Dropped; would you start with them" in both.sees
        await both.press("enter")
        await until(both.pilot, lambda: isinstance(both.app.screen, AgainstDialog))
        assert "What was said: no need" in both.sees, "the reason is not asked for again"
        await both.press("y", "enter")
        await look(both)
        dropped = board.prospect("p-1").drop
        assert dropped
        assert dropped.reason is DropReason.NO_NEED
        assert board.prospect("p-1").verdicts[-1].start_anew


async def test_a_large_sale_let_go_against_the_advice_takes_one_window_after_the_votes() -> None:
    large = pipeline(1)[0].model_copy(update={"value": Money(Decimal(400_000), "USD")})
    async with terminal(prospects=[large]) as both:
        for person in range(2):
            await both.press("D", "e", "tab", "tab", "tab", *"no trucks", "enter")
            await look(both)
            await both.press(*["space"][person:])
        assert "Settled   to Dropped; would you start with them" in both.sees
        await both.press("enter")
        assert isinstance(both.app.screen, ImportanceDialog)
        assert "ann: no trucks; raj: no trucks" in both.sees, "why is not asked again"
        await both.press("n", "tab", "2", "enter")
        await look(both)
        verdict = both.review.board.prospect("p-0").verdicts[-1]
        assert (verdict.start_anew, verdict.importance) == (False, 2)
        assert verdict.against == "ann: no trucks; raj: no trucks"


async def test_a_managers_selection_says_why_a_card_was_picked_once_both_have_voted() -> None:
    kept = verdict_record(0, by="sam", against="I know the owner", recommended=Verdict.PURGE)
    picked = [
        prospect(touch(Outcome.TALKED, 20), id=name, name=name, owner="sam", verdicts=(kept,))
        for name in ("One", "Two")
    ]
    async with terminal(picked, Scope(manager=True), (168, 40)) as both:
        assert "ann manager (driving) · raj rep" in both.sees
        assert "sam 1 of 2" in both.sees
        assert "sam: " not in both.sees, "what sam decided is hidden, as every verdict"
        assert "picked" not in both.sees
        await keep(both)
        await both.press("space")
        await drop(both)
        assert "picked: kept against advice by sam: “I know the owner”" in both.sees
        band = both.screen.query_one("#band", Static)
        widest = max(len(line) for line in str(band.content).splitlines())
        assert 80 < widest <= band.content_size.width, "nothing is cut beside the record"
        await agree(both)
        assert "sam 2 of 2" in both.sees
        await keep(both)
        await both.press("space")
        await keep(both)
        confirmed = both.review.board.prospect("Two").verdicts[-1]
        assert (confirmed.people, confirmed.overrules) == (("ann", "raj"), None)


async def test_what_is_typed_is_shown_where_the_other_can_look_away() -> None:
    async with terminal() as both:
        await both.press("h")
        assert "raj looks away: what ann types is shown" in both.sees
        await both.press("C")
        await type_in(both.pilot, "1dec")
        await both.press("tab", "b", "tab", "b", "tab")
        await type_in(both.pilot, "the budget is decided")
        assert "the budget is decided" in both.sees
        await both.press("enter", "enter", "space")
        assert "the budget" not in both.sees
        await both.press("h")
        assert "ann looks away: what raj types is hidden" in both.sees
        await both.press("h", "C")
        await type_in(both.pilot, "1dec")
        await both.press("tab", "b", "tab", "b", "tab")
        await type_in(both.pilot, "the budget is decided")
        await both.press("enter", "enter")
        await look(both)
        assert both.review.current == "p-1", "what proves the callback is not asked again"
