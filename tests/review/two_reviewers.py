"""Two people who review one pipeline at the same time and do anything that people may do."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from review_board.board.board import Board
from review_board.errors import ReviewBoardError
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from review_board.report.model import Report
from review_board.report.prepare import ReportRequest, report_on
from review_board.review.changed_meanwhile import DecidedMeanwhileError
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.store.protocol import Commit
from tests.judgement.build import prospect, touch, touches
from tests.memory_store import Disk, MemoryStore

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
STEP = NextStep(action="call", on=NINE.date() + timedelta(days=3))
Pause = Callable[[], None]


@dataclass
class Clock:
    """The one clock of both: it goes on by a few seconds with each step."""

    now: datetime = NINE

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def decision(to: Column) -> Decision:
    """A decision that lacks nothing."""
    against = {
        "against": "they said so",
        "start_anew": True,
        "why": "they called us",
        "sooner": "they asked for it",
    }
    match to:
        case Column.DROPPED:
            return Decision(to, reason=DropReason.NO_BUDGET, importance=1, **against)  # type: ignore[arg-type]
        case Column.NURTURE:
            return Decision(to, importance=1, **against)  # type: ignore[arg-type]
        case _:
            return Decision(Column.ACTIVE, step=STEP, **against)  # type: ignore[arg-type]


def pipeline() -> list[Prospect]:
    """Three sure purges, and some that were talked to."""
    sure = [
        prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id=f"p-{n}", name=f"Serial {n}")
        for n in range(3)
    ]
    rest = [prospect(touch(Outcome.TALKED, 20), id=f"p-{n}", name=f"Warm {n}") for n in range(3, 8)]
    return [*sure, *rest]


def opened(on: Disk | Path, clock: Callable[[], datetime], by: str) -> Board:
    """One person's board on the shared disk, or on a file."""
    store = FileStore(on) if isinstance(on, Path) else MemoryStore(on)
    return Board(store, Settings(), clock, UTC, by, "review").open()


@dataclass
class Reviewer:
    """One person at a desk; what others did is heard when they look up."""

    board: Board
    sitting: ReviewController | None = None
    told: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, controller: ReviewController) -> "Reviewer":
        """Somebody who sits at a desk already, behind a screen."""
        return cls(controller.board, controller)

    @property
    def controller(self) -> ReviewController:
        assert self.sitting
        return self.sitting

    def __post_init__(self) -> None:
        if self.sitting:
            return  # the screen hears
        self.sitting = ReviewController.open(self.board, Scope(everything=True))
        self.board.subscribe(lambda event: self._hear(getattr(event, "others", ())))

    def _hear(self, commits: tuple[Commit, ...]) -> None:
        if commits:
            self.controller.follow(commits)

    def decide(self, to: Column, *, sure: bool, pause: Pause = lambda: None) -> None:
        """As the screen does it: who was first is asked about, before and after the dialog."""
        controller, overruling = self.controller, None
        if controller.current is None:
            return None
        if news := controller.news:
            if not sure or news.is_closed:
                return self._agree()
            overruling = news.verdict
        made, seen = (
            self.board.recommendation(controller.current),
            self.board.document(controller.current),
        )
        pause()
        for _ in range(4):
            try:
                return controller.decide(decision(to), made, 5, seen, overruling)
            except DecidedMeanwhileError as error:
                self.told.append(str(error))
                if not sure or error.news.is_closed:
                    return self._agree()
                overruling = error.news.verdict or overruling
                seen = self.board.document(str(controller.current))
        raise AssertionError("asked again and again")

    def _agree(self) -> None:
        self.controller.pass_on()

    def standing(self) -> dict[str, VerdictRecord]:
        """What this person's header counts, card by card."""
        summary = self.controller.summary()
        lines = (*summary.keeps, *summary.purges, *summary.nurtured)
        return {line.prospect.id: line.verdict for line in lines}


def anything(one: Reviewer, rng: Random, pause: Pause) -> None:
    """Do something; what is refused leaves everything as it was."""
    deciding = rng.random() < 0.4
    try:
        if deciding:
            to = rng.choice((Column.ACTIVE, Column.ACTIVE, Column.DROPPED, Column.NURTURE))
            one.decide(to, sure=rng.random() < 0.5, pause=pause)
        else:
            rng.choice(OTHERWISE)(one, rng, pause)
    except ReviewBoardError:
        return


def _purge(one: Reviewer, rng: Random, pause: Pause) -> None:
    if one.controller.list_is_next and (lines := one.controller.sure_purges()):
        pause()
        one.controller.purge(lines[: rng.randint(1, len(lines))])


def _to_the_first(one: Reviewer, rng: Random, pause: Pause) -> None:
    """Most decisions meet there."""
    one.controller.back()
    one.controller.back()


def _move(one: Reviewer, rng: Random, pause: Pause) -> None:
    key = rng.choice([*one.board.documents()])
    one.board.change(key, lambda p, stamp: changes.drop(p, DropReason.TIMING, stamp), "dropped it")


def _log(one: Reviewer, rng: Random, pause: Pause) -> None:
    key = rng.choice([*one.board.documents()])
    logged = partial(changes.log_touch, outcome=Outcome.VOICEMAIL)
    one.board.change(key, lambda p, stamp: logged(p, stamp=stamp), "logged a call")


OTHERWISE: tuple[Callable[[Reviewer, Random, Pause], None], ...] = (
    _purge,
    _to_the_first,
    _move,
    _log,
    lambda one, *_: one.controller.snooze(),
    lambda one, *_: one.controller.skip(),
    lambda one, *_: one.controller.back(),
    lambda one, *_: one.board.undo(done=one.controller.returned),
    lambda one, *_: one.board.redo(),
    lambda one, *_: one.board.catch_up(),
)
"""What else may be done."""


def agree(ann: Reviewer, bob: Reviewer, moved: set[str]) -> None:
    """Header, history, column, list and both reports say the same of every card."""
    for one in (ann, bob):
        one.board.catch_up()
    headers = {one.controller.session.id: one.standing() for one in (ann, bob)}
    cards = [ann.board.prospect(key) for key in ann.board.documents()]
    for one in (ann, bob):
        lasts = [
            (c, r) for c in cards if (r := _last(c)) and r.session == one.controller.session.id
        ]
        elsewhere = {c.id for c, r in lasts if c.column is not r.destination}
        assert one.controller.summary().moved == len(elsewhere)
        assert elsewhere <= moved
    for key in ann.board.documents():
        card, last = ann.board.prospect(key), _last(ann.board.prospect(key))
        assert card == bob.board.prospect(key)
        for session, counted in headers.items():
            stands = last is not None and last.session == session
            assert (key in counted) == stands, f"{key}: {counted.get(key)}, but {last}"
            assert not stands or counted[key] == last
        agree_on(card, moved)


def agree_on(card: Prospect, moved: set[str]) -> None:
    """A card lies where its last verdict put it, and nobody overruled another without a question."""
    last = _last(card)
    if last and card.id not in moved:
        assert card.column is last.destination, card.id
    for first, later in zip(card.verdicts, card.verdicts[1:], strict=False):
        assert first.session == later.session or later.overrules, "nobody was asked"


def counts(one: Reviewer) -> tuple[int, int, int]:
    """What the header says: kept, purged, overruled."""
    summary = one.controller.summary()
    return len(summary.keeps), len(summary.purges) + len(summary.nurtured), summary.overruled


def reports_agree(ann: Reviewer, bob: Reviewer) -> None:
    """Both reports count what the headers count, and tell of the same overruled cards."""
    told = {}
    for one in (ann, bob):
        report = report_on(one.board, "p", ReportRequest(session=one.controller.session.id))
        sections = {section.key: section for section in report.sections}
        kept = [r for r in one.standing().values() if r.verdict is Verdict.KEEP]
        rows = sections["decisions"].rows
        assert sum(row[2] for row in rows) == len(one.standing())  # type: ignore[misc]
        assert sum(row[2] for row in rows if row[0] is Column.ACTIVE) == len(kept)  # type: ignore[misc]
        told[one.board.by] = sections["overruled"].rows
        assert moved_in(report) == one.controller.summary().moved
    assert sorted(map(str, told["ann"])) == sorted(map(str, told["bob"]))


def moved_in(report: Report) -> int:
    """Return how many cards a report names as moved by hand after the verdict."""
    *named, last = dict(report.header).get("Moved since", "").split("; ")
    more = last.removesuffix(" more")
    return len(named) + (int(more) if more.isdigit() else bool(last))


def _last(card: Prospect) -> VerdictRecord | None:
    return card.verdicts[-1] if card.verdicts else None


@dataclass
class Hand:
    """Which cards a hand moved after the last verdict: their column says another thing, rightly."""

    moved: set[str] = field(default_factory=set)
    seq: int = 0
    _before: dict[int, set[str]] = field(default_factory=dict)

    def follow(self, board: Board) -> None:
        """Take in what was committed since."""
        for commit in [c for c in board.history() if c.seq > self.seq][::-1]:
            self.seq = commit.seq
            self._before[commit.seq] = set(self.moved)
            for change in commit.docs:
                decided = any(key.startswith("verdicts/") for key in change.after)
                if not decided and "drop" not in change.after:
                    continue
                was = not decided
                if commit.undoes is not None:
                    placed = "column" in change.after or "drop" in change.after
                    was = change.id in (self._before[commit.undoes] if placed else self.moved)
                (self.moved.add if was else self.moved.discard)(change.id)


def review_together(seed: int, steps: int) -> tuple[Reviewer, Reviewer]:
    """So many steps of two people, one of whom acts now and then while the other's dialog is open."""
    rng, clock, disk, hand = Random(seed), Clock(), Disk(), Hand()
    opened(disk, clock, "import").add(pipeline(), "import")
    ann, bob = Reviewer(opened(disk, clock, "ann")), Reviewer(opened(disk, clock, "bob"))
    for _ in range(steps):
        one, other = rng.sample((ann, bob), 2)

        def pause(other: Reviewer = other) -> None:
            if rng.random() < 0.5:
                anything(other, rng, lambda: None)

        anything(one, rng, pause)
        hand.follow(ann.board)
        agree(ann, bob, hand.moved)
    reports_agree(ann, bob)
    return ann, bob


def decide_all(path: Path, by: str, seed: int, begin: Barrier) -> None:
    """Decide card after card as fast as a process can, and overrule now and then."""
    rng, one = Random(seed), Reviewer(opened(path, Clock(), by))
    begin.wait()
    while one.controller.current is not None:
        to = rng.choice((Column.ACTIVE, Column.DROPPED, Column.NURTURE))
        one.decide(to, sure=rng.random() < 0.5)
    one.controller.finish()
    one.board.close()


if __name__ == "__main__" and "--keys" in sys.argv:  # two real boards, for so many minutes
    from tests.tui.review.two_boards import review_with_keys

    review_with_keys(float(sys.argv[2]) if len(sys.argv) > 2 else 60)
elif (
    __name__ == "__main__"
):  # an hour and more of two people: python -m tests.review.two_reviewers [seeds]
    for hour in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        ann, bob = review_together(hour, 3600)
        given = sum(len(ann.board.prospect(key).verdicts) for key in ann.board.documents())
        sys.stdout.write(f"seed {hour}: {ann.board.store.seq} changes, {given} verdicts, agreed\n")
