"""A pair review in progress: what one of its people does, and what follows by itself.

The state is a document that all processes share; each change is made of the state on the disk, so
two at once come one after the other. What follows by itself (handing over, the reveal, the joint
verdict) is done in ``tick``, by whichever process is first: call it each second, and after each event
of the board.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec

from review_board.board.undo import PAIR_STEP, is_progress
from review_board.errors import RefusedError, ReviewBoardError
from review_board.pair import session as pair_sessions
from review_board.pair import settling, voting
from review_board.pair.handing_over import Secret, step_to_reveal
from review_board.pair.recording import (
    JointVerdict,
    card_of_verdict,
    changes_votes,
    ended_session,
    last_done,
    session_change,
    stored_session,
)
from review_board.pair.session import PairSession, Proposal
from review_board.pair.settling import Phase
from review_board.pair.view import PairView
from review_board.pair.vote import Vote
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review import session_cards
from review_board.review.session import Session
from review_board.review.session_cards import names_session
from review_board.review.verdicts import Decision, takes_up
from review_board.store.protocol import (
    PROSPECTS,
    Commit,
    DocumentChange,
    Tables,
)
from review_board.wording import listed

Said = ParamSpec("Said")
BEAT = timedelta(seconds=5)
"""How often a process gives a sign of life."""


class PairReview(PairView):
    """One person's side of a pair review: what they do, and what follows by itself.

    A call that cannot be done raises ``RefusedError``; behind a screen, where changes are saved in
    another thread, the board publishes ``NotSaved`` instead.
    """

    _beaten: datetime | None = None
    _waits = 0

    # Beginning and end

    def leave(self) -> None:
        """Go. Whoever stays may go on; the review can be taken up again while it is unfinished."""
        now = self.board.clock()
        if self.is_seated:
            self.change(lambda s: pair_sessions.leave(s, self.me, now), "left the pair review")
        self._presence.leave(self.seat)

    def finish(self) -> None:
        """End the review for all. Only the verdicts stay, and that there was a review."""
        now = self.board.clock()

        def build(tables: Tables) -> list[DocumentChange]:
            _, session = stored_session(tables, self.session_id)
            ended = pair_sessions.finish(self._driving(session), now)
            return ended_session(tables, session.id, ended)

        self.submit(build, "ended the pair review")
        self._presence.leave(self.seat)
        self.board.hold_outcomes(None)

    # Going about

    def look_around(self, place: int) -> None:
        """Look at a card alone; the others see nothing of it."""
        last = len(self.session.queue) - 1 if self.session else 0
        self.alone_at = max(0, min(place, last))

    def follow(self) -> None:
        """Return to the card of all."""
        self.alone_at = None

    def take_wheel(self) -> None:
        """Drive, whoever did before; who drives gives the wheel to the other voter who is there."""
        others = (p.name for p in self.people if p.role.votes and not p.is_lost and not p.drives)
        driver = next(others, self.me) if self.driver == self.me else self.me
        self.change(lambda s: pair_sessions.take_wheel(s, driver), f"{PAIR_STEP}take the wheel")

    def skip(self) -> None:
        """Leave the card that is up as it is, and go on; what was voted stays with it."""
        now, ahead = self.board.clock(), self._next_place()
        card, is_decided = self._needed().current, self.phase is Phase.DECIDED

        def step(session: PairSession) -> PairSession:
            pair_sessions.check_current(session, card)
            driven = self._driving(session)
            skipped = driven if is_decided else pair_sessions.skip(driven, now)
            return pair_sessions.go_to(skipped, ahead, now)

        self.change(step, f"{PAIR_STEP}skip")

    def back(self) -> None:
        """Go to the card before that can be shown; what is decided is only looked at."""
        session, now = self._needed(), self.board.clock()
        before = [
            n
            for n, key in enumerate(session.queue[: session.place])
            if session_cards.can_be_shown(self.board, session, key)
        ]
        if not before:
            raise RefusedError("This is the first card")
        place = before[-1]
        self.change(lambda s: pair_sessions.go_to(self._driving(s), place, now), f"{PAIR_STEP}back")

    # Voting and settling

    def vote(self, vote: Vote) -> None:
        """Cast a vote on the card that is up. Until the reveal it is in this process alone.

        Raises ``RefusedError`` for a vote that lacks what its destination demands.
        """
        session = self._needed()
        card = session.current
        if card is None:
            raise RefusedError("The review is over: there is no card to vote on")
        if problem := self.vote_problem(vote):
            raise RefusedError(problem, "vote again")
        place = voting.place_of(session, card, self.me)
        secret = Secret.of(vote, self._process.random_bytes)
        ballot = secret.ballot(place, self.seat)
        self._secrets[ballot.commitment] = secret
        self.change(lambda s: voting.cast(s, place, ballot), f"{PAIR_STEP}vote", card)

    def vote_problem(self, vote: Vote) -> str | None:
        """Return what a vote lacks; it says nothing of the recommendation."""
        board, card = self.board, self._needed().current
        if vote.to is Column.ACTIVE and vote.step is None:
            return "A keep needs a dated next step"
        move = settling.decision_of_vote(vote).begun(board.today, board.settings)
        if problem := move.problem(board.today.day):
            return problem.message
        is_revived = card is not None and takes_up(board.prospect(card), vote.to, board.today)
        return "What has changed since it was dropped?" if is_revived and not vote.changed else None

    def vote_again(self) -> None:
        """Begin the one re-vote after a split."""
        self._on_card(settling.begin_again, "vote again")

    def skip_talk(self) -> None:
        """Cut short the turn to speak that is going on."""
        self._on_card(settling.skip_talk, "skip", self.board.clock())

    def concede(self, shown: Proposal | None) -> None:
        """Agree with what the other voted, having seen the proposal that was ``shown``, if any."""
        self._on_card(settling.concede, "agree", shown)

    def bet(self, wanted: NextStep, shown: Proposal | None) -> None:
        """Propose a bet at a split, in place of that ``shown``: what the buyer does, and by which day."""
        today, days = self.board.today.day, self.board.settings.review.bet_days
        self._on_card(settling.bet, "bet", wanted, shown, today=today, most_days=days)

    def overrule(self, shown: Proposal | None) -> None:
        """Let the manager's own vote decide, where the record is of the kinds that allow it."""
        card = self._needed().current
        rule = str(self.board.recommendation(card).rule) if card else ""
        self._on_card(settling.overrule, "overrule", rule, shown)

    def propose(self, vote: Vote) -> None:
        """Propose another place or day for what both want."""
        if problem := self.vote_problem(vote):
            raise RefusedError(problem)
        now, seen = self.board.clock(), self._presence.seen()
        self._on_card(settling.propose, "propose", vote, seen=seen, now=now)

    def confirm(self, shown: Proposal) -> None:
        """Agree to the other's proposal as it was shown."""
        self._on_card(settling.confirm, "confirm", shown)

    def record(self, decision: Decision) -> None:
        """Put a settled card on record with what was still missing.

        Raises ``RefusedError`` while it lacks something, or goes elsewhere than was settled.
        """
        settled = self.decision
        if settled is None or decision.to is not settled.to:
            raise RefusedError("That is not what this card was settled to")
        if missing := self.missing(decision):
            raise RefusedError(missing, "nothing was decided")
        self._record(decision)

    def undo(self) -> None:
        """Take back what was done last in this review: a change of one's own, or a verdict of both.

        After a verdict, whoever's process stored it, both vote again on its card. On a card that is
        decided only what is about it counts. What was said of the card that is up is taken back only once
        that is settled, and not on record yet.
        """
        session, by, is_voter = self._needed(), self.board.by, self.is_voter
        card, phase = session.current or "", self.phase
        has_voted = self.me in session.card.ballots or bool(session.card.reveals)

        def is_meant(commit: Commit) -> bool:
            if has_voted and changes_votes(commit, session.id, card):
                return commit.by == by or phase is Phase.SETTLED
            if phase is Phase.DECIDED and card not in {change.id for change in commit.docs}:
                return False
            if card_of_verdict(commit, session.id):
                return is_voter
            return commit.by == by and not is_progress(commit)

        def taken_back(card: str) -> None:
            now = self.board.clock()

            def step(s: PairSession) -> PairSession:
                return pair_sessions.go_to(s, s.queue.index(card), now) if card in s.queue else s

            self.change(step, f"{PAIR_STEP}back")

        def found(commit: Commit) -> None:
            if is_progress(commit):
                self.change(
                    lambda s: settling.take_back(s, self.me, card), f"{PAIR_STEP}take back", card
                )
                return
            decided = card_of_verdict(commit, session.id)
            self.board.undo_commit(commit.seq, lambda _: taken_back(decided) if decided else None)

        self.board.find_commit(lambda history: last_done(history, session.id, is_meant), found)

    # What follows by itself

    def tick(self) -> None:
        """Give a sign of life, and do what follows from the state, unless another process was faster."""
        session, now = self.session, self.board.clock()
        if session is None or not self.is_seated or self.board.read_only:
            return
        if self._beaten is None or now - self._beaten >= BEAT:
            self._presence.beat(self.seat, now)
            self._beaten = now
        if self._waits or not self.is_voter:
            return
        if session.current and not session_cards.can_be_shown(self.board, session, session.current):
            self._pass_over(session.current)
        elif self.phase is Phase.DECIDED:
            return
        elif step := step_to_reveal(session, self.me, self._secrets, now):
            what, take = step
            self._follow_up(take, f"{PAIR_STEP}{what}")
        elif (decision := self.decision) and not self.is_incomplete:
            self._record(decision)

    def _pass_over(self, card: str) -> None:
        """Go on from a card that was won, taken back or settled by others; nobody need drive."""
        now, ahead = self.board.clock(), self._next_place()

        def step(session: PairSession) -> PairSession:
            pair_sessions.check_current(session, card)
            return pair_sessions.go_to(session, ahead, now)

        self._follow_up(step, f"{PAIR_STEP}step")

    def _record(self, decision: Decision) -> None:
        session, board = self._needed(), self.board
        settlement, card = settling.settlement_of(session), session.current
        seen = board.document(card) if card else None
        if settlement is None or card is None or seen is None:
            return
        if board.prospect(card).rev != seen.get("rev", 0):
            return  # others changed it, and the board hears of it next
        joint = JointVerdict(
            session.id,
            card,
            settlement,
            decision,
            board.recommendation(card),
            seen,
            self._next_place(),
            board.stamp(),
            board.today,
            board.settings,
            self._process.terminal,
        )
        done = "kept" if decision.verdict is Verdict.KEEP else "purged"
        who = listed(sorted(session.card.reveals[0].votes))
        action = f"{done} {seen.get('name')} → {decision.to.title}, by {who}"
        self.submit(joint.changes, action)

    def _next_place(self) -> int:
        """Return the place of the next card that can still be decided."""
        session = self._needed()
        places = range(session.place + 1, len(session.queue))
        waiting = (n for n in places if session_cards.waits(self.board, session, session.queue[n]))
        return next(waiting, len(session.queue))

    # Inside

    def _needed(self) -> PairSession:
        session = self.session
        if session is None:
            raise RefusedError("This pair review is over")
        if not self.is_seated:
            raise RefusedError(f"{self.me} is at another terminal now", "join again to go on here")
        return session

    def _driving(self, session: PairSession) -> PairSession:
        return pair_sessions.drive(session, self.me, self._presence.seen(), self.board.clock())

    def _on_card(
        self,
        act: Callable[Concatenate[PairSession, str, str, Said], PairSession],
        what: str,
        *said: Said.args,
        **more: Said.kwargs,
    ) -> None:
        """Do something about the card that is up; refused when the review has gone on meanwhile."""
        card = self._needed().current or ""
        self.change(lambda s: act(s, self.me, card, *said, **more), f"{PAIR_STEP}{what}", card)

    def change(
        self, step: Callable[[PairSession], Session], action: str, card: str | None = None
    ) -> None:
        """Commit what a step makes of the state on disk; refused where its ``card`` is decided there."""

        def build(tables: Tables) -> list[DocumentChange]:
            document, session = stored_session(tables, self.session_id)
            if card and names_session(tables[PROSPECTS].get(card), "verdicts", session.id):
                raise RefusedError("This card is decided", "take its verdict back to vote again")
            return session_change(document, step(session))

        self.submit(build, action)

    def _follow_up(self, step: Callable[[PairSession], PairSession], action: str) -> None:
        """Do the same for what follows by itself: where it is refused, another process has done it."""

        def build(tables: Tables) -> list[DocumentChange]:
            try:
                document, session = stored_session(tables, self.session_id)
                return session_change(document, step(session))
            except RefusedError:
                return []

        self.submit(build, action)

    def submit(self, build: Callable[[Tables], Sequence[DocumentChange]], action: str) -> None:
        """Commit what is made of the documents on disk, and do what follows from it."""
        self._waits += 1

        def answered(commit: Commit | None) -> None:
            self._waits -= 1
            if commit:
                self.tick()

        def failed(_: ReviewBoardError) -> None:
            self._waits -= 1

        self.board.transact(build, action, answered, failed)
