"""Two people decide one card: who comes second is told, and what both read agrees."""

from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from review_board.errors import ConflictError, RefusedError
from review_board.pipeline import changes
from review_board.pipeline.prospect import to_document
from review_board.pipeline.records import Won
from review_board.pipeline.verdict_record import Overruled
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.report.prepare import ReportRequest, report_on
from review_board.report.sessions import sessions_on
from review_board.review.changed_meanwhile import DecidedMeanwhileError
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.store.conflicts import FieldConflictError
from review_board.store.protocol import SESSIONS, DocumentChange
from tests.judgement.scenarios import load_scenarios
from tests.memory_store import Disk
from tests.review import two_reviewers
from tests.review.two_reviewers import (
    Clock,
    Reviewer,
    counts,
    decision,
    opened,
    pipeline,
    review_together,
)

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([two_reviewers.__name__])
KEEP, DROP = Column.ACTIVE, Column.DROPPED


@pytest.fixture
def disk() -> Disk:
    disk = Disk()
    opened(disk, Clock(), "import").add(pipeline(), "import")
    return disk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ann(disk: Disk, clock: Clock) -> Reviewer:
    return Reviewer(opened(disk, clock, "ann"))


@pytest.fixture
def bob(disk: Disk, clock: Clock) -> Reviewer:
    return Reviewer(opened(disk, clock, "bob"))


def catch_up(*people: Reviewer) -> None:
    for one in people:
        one.board.catch_up()


def test_who_comes_second_is_refused_by_the_commit_itself(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)
    ann.decide(DROP, sure=True)
    with pytest.raises(DecidedMeanwhileError, match="ann has just dropped it: no budget"):
        bob.controller.decide(decision(KEEP), bob.board.recommendation(card))
    assert bob.controller.current == card, "the card stays in front of them"
    assert bob.board.prospect(card).column is DROP
    assert (counts(ann), counts(bob)) == ((0, 1, 0), (0, 0, 0))


def test_a_deliberate_yes_overrules_and_is_stored_as_that(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)
    bob.decide(KEEP, sure=True, pause=lambda: ann.decide(DROP, sure=True))
    catch_up(ann, bob)
    first, second = ann.board.prospect(card).verdicts
    assert second.overrules == Overruled(id=first.id, by="ann", destination=DROP)
    assert second.was is DROP
    assert ann.board.prospect(card).column is KEEP
    assert (counts(ann), counts(bob)) == ((0, 0, 1), (1, 0, 0))
    action = next(c.action for c in ann.board.history() if c.by == "bob" and "kept" in c.action)
    assert action.endswith(", overruling ann (Dropped)")


def test_a_no_leaves_it_and_goes_on(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)
    bob.decide(KEEP, sure=False, pause=lambda: ann.decide(DROP, sure=True))
    assert bob.told == [
        "Serial 0: ann has just dropped it: no budget; nothing was stored from here"
    ]
    assert bob.controller.current != card
    assert len(bob.board.prospect(card).verdicts) == 1


def test_the_card_that_is_shown_stays_and_is_marked(ann: Reviewer, bob: Reviewer) -> None:
    card = bob.controller.current
    ann.decide(DROP, sure=True)
    catch_up(bob)
    assert bob.controller.current == card
    assert bob.controller.news
    assert bob.controller.news.text == "ann has just dropped it: no budget"
    ann.board.undo()
    catch_up(bob)
    assert bob.controller.news is None, "what was taken back is no news"


def test_both_reports_tell_who_was_overruled(ann: Reviewer, bob: Reviewer) -> None:
    bob.decide(KEEP, sure=True, pause=lambda: ann.decide(DROP, sure=True))
    catch_up(ann, bob)
    for one, settled in ((ann, "none"), (bob, "1 of 8 cards: 1 kept, 0 purged")):
        report = report_on(one.board, "p", ReportRequest(session=one.controller.session.id))
        sections = {section.key: section for section in report.sections}
        (row,) = sections["overruled"].rows
        assert row[1] == "Serial 0"
        assert row[3:7] == (DROP, "ann", KEEP, "bob")
        assert dict(report.header)["Decided"] == settled
    header = dict(
        report_on(ann.board, "p", ReportRequest(session=ann.controller.session.id)).header
    )
    assert header["Not decided"].startswith("1 decided in another review")


def test_an_overruling_after_a_review_ended_counts_in_lists_and_reports_alike(
    ann: Reviewer, bob: Reviewer
) -> None:
    card = str(ann.controller.current)
    ann.decide(DROP, sure=True)
    ann.decide(DROP, sure=True)
    ann.controller.finish()
    catch_up(bob)
    assert bob.controller.current == card
    bob.decide(KEEP, sure=True)
    bob.controller.finish()
    catch_up(ann)
    for session in sessions_on(ann.board):
        report = report_on(ann.board, "p", ReportRequest(session=session.id))
        sections = {section.key: section for section in report.sections}
        assert [row[2] for row in sections["decisions"].rows] == [session.settled] == [1]
        (row,) = sections["overruled"].rows
        assert row[1:2] + row[3:7] == ("Serial 0", DROP, "ann", KEEP, "bob")


def test_who_was_overruled_reads_their_own_report(ann: Reviewer, bob: Reviewer) -> None:
    bob.decide(KEEP, sure=True, pause=lambda: ann.decide(DROP, sure=True))
    catch_up(ann)
    report = report_on(ann.board, "p")
    assert dict(report.header)["Who"] == "ann"
    (row,) = next(s for s in report.sections if s.key == "overruled").rows
    assert "ann: no budget; bob: they said so" in row


def test_the_report_since_a_day_counts_only_what_stands(ann: Reviewer, bob: Reviewer) -> None:
    bob.decide(KEEP, sure=True, pause=lambda: ann.decide(DROP, sure=True))
    catch_up(ann)
    report = report_on(ann.board, "p", ReportRequest(since=ann.board.today.day))
    assert dict(report.header)["Decided"] == "1 card: 1 kept, 0 purged"
    assert len(next(s for s in report.sections if s.key == "overruled").rows) == 1


def test_a_move_on_the_board_is_told_too(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)

    def move() -> None:
        ann.board.change(card, lambda p, s: changes.drop(p, DropReason.TIMING, s), "dropped")

    bob.decide(KEEP, sure=False, pause=move)
    assert bob.told == [
        "Serial 0: ann has just moved it to Dropped: wrong time; nothing was stored from here"
    ]
    assert bob.board.prospect(card).column is DROP


def test_a_sale_that_was_won_meanwhile_is_not_decided(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)

    def win() -> None:
        won = Won(on=ann.board.today.day)
        ann.board.change(card, lambda p, _: changes.win(p, won), "won")

    bob.decide(DROP, sure=True, pause=win)
    assert "ann has just marked it as won" in bob.told[0]
    assert bob.board.prospect(card).won


def test_a_contact_logged_meanwhile_is_told_before_the_verdict(
    ann: Reviewer, bob: Reviewer
) -> None:
    card = str(bob.controller.current)
    seen = bob.board.document(card)
    ann.board.change(card, lambda p, s: changes.log_touch(p, Outcome.TALKED, s), "logged")
    catch_up(bob)
    assert seen
    news = bob.controller.since(seen)
    assert news
    assert not news.is_settled
    assert news.text == "ann has just logged: talked, no progress"


def test_two_terminals_of_one_person_and_review(disk: Disk, clock: Clock) -> None:
    here, there = (Reviewer(opened(disk, clock, "ann")) for _ in range(2))
    card = str(there.controller.current)
    here.decide(DROP, sure=True)
    catch_up(there)
    assert there.controller.current == card
    assert there.controller.news
    assert there.controller.news.text == "you have just dropped it in another window: no budget"
    there.decide(KEEP, sure=True)
    catch_up(here)
    assert here.board.prospect(card).verdicts[-1].overrules
    assert counts(here) == counts(there) == (1, 0, 0)
    assert there.controller.current == here.controller.current


def test_the_same_day_in_another_review_is_asked_too(ann: Reviewer, clock: Clock) -> None:
    card = str(ann.controller.current)
    ann.decide(DROP, sure=True)
    again = ReviewController.open(ann.board, Scope(column=DROP, everything=True))
    assert again.current == card
    assert again.news
    assert again.news.text == "you have just dropped it in another review: no budget"
    clock.now = clock.now.replace(day=21)
    assert ReviewController.open(ann.board, Scope(column=DROP, everything=True)).news is None


@pytest.fixture
def boss(ann: Reviewer, disk: Disk, clock: Clock) -> Reviewer:
    """A manager, who takes up the card that ann kept against the advice a moment ago."""
    ann.decide(KEEP, sure=True)
    board = opened(disk, clock, "boss")
    boss = Reviewer.at(ReviewController.open(board, Scope(manager=True)))
    assert boss.controller.session.why
    return boss


def test_a_manager_reads_who_decided_and_confirms_it_unasked(ann: Reviewer, boss: Reviewer) -> None:
    card = str(boss.controller.current)
    assert boss.controller.news
    assert boss.controller.news.is_reviewed
    assert "ann" in boss.controller.news.text
    boss.controller.decide(decision(KEEP), boss.board.recommendation(card))
    catch_up(ann)
    first, second = ann.board.prospect(card).verdicts
    assert (first.by, second.by, second.overrules) == ("ann", "boss", None)
    assert counts(ann) == counts(boss) == (1, 0, 0), "both stand"
    for one in (ann, boss):
        report = report_on(one.board, "p", ReportRequest(session=one.controller.session.id))
        assert not next(s for s in report.sections if s.key == "overruled").rows


def test_a_manager_who_decides_otherwise_overrules_after_a_question(
    ann: Reviewer, boss: Reviewer
) -> None:
    card = str(boss.controller.current)
    with pytest.raises(DecidedMeanwhileError, match="ann"):
        boss.controller.decide(decision(DROP), boss.board.recommendation(card))
    boss.decide(DROP, sure=True)
    catch_up(ann)
    first, second = ann.board.prospect(card).verdicts
    assert second.overrules == Overruled(id=first.id, by="ann", destination=KEEP)
    assert (counts(ann), counts(boss)) == ((0, 0, 1), (0, 1, 0))


def test_a_manager_puts_off_or_skips_what_a_rep_decided(ann: Reviewer, boss: Reviewer) -> None:
    card = str(boss.controller.current)
    boss.controller.skip()
    assert card in boss.controller.session.skipped
    boss.controller.back()
    boss.controller.snooze()
    catch_up(ann)
    assert boss.controller.snoozed == 1
    assert counts(ann) == (1, 0, 0)


def test_who_was_answered_since_is_decided_or_put_off_unasked(ann: Reviewer, clock: Clock) -> None:
    """The verdict of the morning did not know what the buyer said at noon."""
    for put_off in (True, False):
        card = str(ann.controller.current)
        ann.decide(DROP, sure=True)
        clock.now += timedelta(hours=2)
        ann.board.change(card, lambda p, s: changes.log_touch(p, Outcome.ADVANCED, s), "logged")
        clock.now += timedelta(minutes=1)
        again = ReviewController.open(ann.board, Scope(column=DROP))
        assert again.current == card
        assert again.news is None
        if put_off:
            again.snooze()
        else:
            again.decide(decision(KEEP), ann.board.recommendation(card))
        again.finish()


def test_what_was_done_a_while_ago_is_told_with_its_hour(
    ann: Reviewer, bob: Reviewer, clock: Clock, disk: Disk
) -> None:
    card = str(bob.controller.current)
    ann.board.change(card, lambda p, s: changes.drop(p, DropReason.TIMING, s), "dropped")
    catch_up(bob)
    assert bob.controller.news
    assert bob.controller.news.text == "ann has just moved it to Dropped: wrong time"
    clock.now += timedelta(hours=2)
    assert bob.controller.news.text == "ann moved it to Dropped at 09:00: wrong time"
    won = Won(on=ann.board.today.day)
    ann.board.change(card, lambda p, _: changes.win(p, won), "won")
    catch_up(bob)
    clock.now += timedelta(minutes=30)
    assert bob.controller.news.text == "ann marked it as won at 11:00"
    carl = opened(disk, clock, "carl")
    carl.change(card, lambda p, _: changes.edit(p, owner="eve"), "edited")
    catch_up(bob)
    assert bob.controller.news.text == "ann marked it as won at 11:00", (
        "who wrote last did not win it"
    )


def test_a_conflict_on_the_review_alone_is_not_told_as_a_decided_card(
    disk: Disk, clock: Clock
) -> None:
    here, there = (Reviewer(opened(disk, clock, "ann")) for _ in range(2))
    seen = there.board.document(str(there.controller.current))
    assert seen
    boss, mine = opened(disk, clock, "boss"), there.controller.session.id
    boss.change(str(seen["id"]), lambda p, s: changes.log_touch(p, Outcome.TALKED, s), "logged")
    here.controller.skip()
    there.controller._sent = {str(seen["id"]): seen}
    change = DocumentChange(SESSIONS, mine, before={"place": 0}, after={"place": 1})
    error = FieldConflictError(change, "place", 1, None, "place", name=mine)
    told = there.controller.refused_by_others(error, [str(seen["id"])])
    assert told
    assert "went on in another window" in str(told)
    assert not isinstance(told, DecidedMeanwhileError)


def test_a_move_by_hand_after_the_verdict_is_told_by_header_and_report(
    ann: Reviewer, bob: Reviewer
) -> None:
    card = str(ann.controller.current)
    ann.decide(KEEP, sure=True)
    catch_up(bob)
    bob.board.change(card, lambda p, s: changes.drop(p, DropReason.TIMING, s), "dropped")
    catch_up(ann)
    assert counts(ann) == (1, 0, 0)
    assert ann.controller.summary().moved == 1
    header = dict(
        report_on(ann.board, "p", ReportRequest(session=ann.controller.session.id)).header
    )
    assert header["Decided"].endswith("1 kept, 0 purged")
    assert header["Moved since"] == "Serial 0 (kept, moved to Dropped by bob afterwards)"


def test_a_batch_leaves_alone_what_somebody_decided(ann: Reviewer, bob: Reviewer) -> None:
    bob.controller.skip()
    sure = ann.controller.sure_purges()
    assert [line.id for line in sure] == ["p-0", "p-1", "p-2"]
    bob.decide(KEEP, sure=True)
    kept = next(line.id for line in sure if bob.board.prospect(line.id).verdicts)
    with pytest.raises(RefusedError, match="bob has just kept it"):
        ann.controller.purge(sure)
    assert ann.controller.list_is_next
    assert ann.controller.purge(sure).startswith("Left as others decided meanwhile: Serial")
    assert ann.board.prospect(kept).column is KEEP
    assert counts(ann) == (0, 2, 0)


def test_undo_by_either_of_them(ann: Reviewer, bob: Reviewer) -> None:
    card = str(bob.controller.current)
    bob.decide(KEEP, sure=True, pause=lambda: ann.decide(DROP, sure=True))
    with pytest.raises((RefusedError, ConflictError), match="bob"):
        ann.board.undo()
    bob.board.undo(done=bob.controller.returned)
    catch_up(ann)
    assert (counts(ann), counts(bob)) == ((0, 1, 0), (0, 0, 0))
    assert ann.board.prospect(card).column is DROP
    ann.board.undo(done=ann.controller.returned)
    bob.decide(KEEP, sure=True)
    catch_up(ann)
    with pytest.raises(RefusedError, match="bob decided Serial 0 since then"):
        ann.board.redo()


def test_files_of_before_read_as_before() -> None:
    (card, *_) = pipeline()
    assert "overrules" not in str(to_document(card))


@pytest.mark.parametrize("seed", range(12))
def test_any_interleaving_leaves_both_with_the_same(seed: int) -> None:
    review_together(seed, 60)


def test_two_processes_that_race_over_every_card(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "p.json"
    first = opened(path, clock, "import")
    first.add(pipeline(), "import")
    first.close()
    begin = PROCESSES.Barrier(2)
    both = [
        PROCESSES.Process(target=two_reviewers.decide_all, args=(path, by, seed, begin))
        for seed, by in enumerate(("ann", "bob"))
    ]
    for process in both:
        process.start()
    for process in both:
        process.join()
        assert process.exitcode == 0
    board = opened(path, clock, "boss")
    settled = 0
    for session in sessions_on(board):
        report = report_on(board, "p", ReportRequest(session=session.id))
        rows = next(s for s in report.sections if s.key == "decisions").rows
        assert sum(int(str(row[2])) for row in rows) == session.settled
        settled += session.settled
    cards = [board.prospect(key) for key in board.documents()]
    assert settled == len(cards) == 8, "each card counts once, for one of them"
    for card in cards:
        assert card.column is card.verdicts[-1].destination
        assert all(later.overrules for later in card.verdicts[1:])


def test_a_reason_on_the_list_is_a_reason_to_let_go(clock: Clock) -> None:
    """A finding that speaks for the prospect is never shown as why it goes."""
    board = opened(Disk(), clock, "ann")
    board.add([scenario.prospect for scenario in load_scenarios()], "import")
    controller = ReviewController.open(board, Scope(everything=True))
    lines = controller.sure_purges()
    assert lines
    for line in lines:
        assert line.reason.text not in {seen.text for seen in line.recommendation.reasons_to_keep}
        keeps = replace(line.recommendation, reasons_to_keep=(line.recommendation.finding.because,))
        other = replace(line)
        vars(other)["recommendation"] = keeps
        assert other.reason != line.recommendation.finding.because
