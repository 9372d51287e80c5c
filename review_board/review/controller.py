"""The review in progress: one person's session over an open board, from the first card to the report.

It joins the pure review to the board: every verdict and the step to the next card are one commit,
so whatever happens, the session resumes at the card that was in front of the person.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any, NoReturn

from review_board.board.board import Board, Change
from review_board.board.document_diff import SessionChange, difference
from review_board.board.undo import TICK
from review_board.errors import RefusedError, ReviewBoardError
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.verdict_history import last_verdict_in
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review import session as sessions
from review_board.review import session_cards
from review_board.review.after_undo import after_undo, after_undo_at_the_list
from review_board.review.changed_meanwhile import (
    DECIDING,
    CardNews,
    CardWatch,
    DecidedMeanwhileError,
    changes_session,
    refused_by_others,
)
from review_board.review.lost_bets import LostBets
from review_board.review.overruling import confirms
from review_board.review.proposals import spread_touches
from review_board.review.scope import EVERYTHING_DUE, Scope, queue_of
from review_board.review.session import Session, fresh_unfinished, session_document, session_of
from review_board.review.session_cards import DecidedCards, Unread, names_session
from review_board.review.summary import Summary
from review_board.review.sure_purges import SurePurge, may_go, sure_lines, ticks_before
from review_board.review.verdicts import (
    FIRST_CALL,
    Circumstances,
    Decision,
    done_words,
    record_decision,
)
from review_board.store.protocol import SESSIONS, Commit, Document, DocumentChange, Tables
from review_board.wording import several


class ReviewController:
    """A review in progress. ``session`` is where it stands; ``resumed`` says it was taken up.

    ``unread`` counts the records that a new one leaves out because they cannot be read.
    """

    def __init__(self, board: Board, session: Session, *, resumed: bool, unread: int = 0) -> None:
        self.board = board
        self.session = session
        self.resumed = resumed
        self.unread = unread
        self._passed = Unread()
        self._held: str | None = None  # shown, while another window of the review went on
        self._sent: dict[str, Document] = {}  # the cards of the last step, as they were known
        self._deciding = ""  # the card of the last step, if it was no batch
        self._watch = CardWatch(board)
        self._watch.watch(self.current)
        self._stepped = board.clock()
        self._cards = DecidedCards(board)

    @classmethod
    def open(cls, board: Board, scope: Scope = EVERYTHING_DUE) -> "ReviewController":
        """Take up this person's unfinished session of the same scope, or start one.

        Bets that are over and lost are dropped in the same commit, and their prospects not reviewed.
        A session over an empty queue is not stored but for these. Raises ``UsageError`` for a scope
        that nothing fits.
        """
        stored = board.documents(SESSIONS).values()
        left = fresh_unfinished(stored, board.by, scope.name, board.clock())
        if left:
            board.hold_outcomes(left.outcomes)
            controller = cls(board, left, resumed=True)
            controller.pass_over_gone()
            if controller.current:
                return controller
        board.hold_outcomes(None)
        lost = LostBets({}) if board.read_only else LostBets.on(board, scope)
        queue = queue_of(board, scope, lost.found)
        stamp = board.stamp()
        parts: dict[str, Any] = {"scope": scope.name, "sure": queue.sure, "why": queue.why}
        parts |= {"owner": scope.owner or scope.filter.owner, "outcomes": board.evaluator.outcomes}
        parts |= {"lost_bets": lost.bets, "finished": None if queue.ids else stamp.at}
        session = sessions.start(f"s-{stamp.key}", board.by, stamp.at, queue.ids, **parts)
        controller = cls(board, session, resumed=False, unread=queue.unread)
        if queue.ids:
            board.hold_outcomes(session.outcomes)
        if lost.found:
            controller._drop(lost, stamp)
        elif queue.ids and not board.read_only:
            board.save_session(SessionChange(None, session_document(session)), "review: start")
        if queue.ids and not board.read_only:
            controller.pass_over_gone()
        return controller

    def _drop(self, lost: LostBets, stamp: Stamp) -> None:
        """Begin the session with the end of lost bets, in one commit that one undo takes back."""
        begun, today, settings = (
            session_document(self.session),
            self.board.today,
            self.board.settings,
        )

        def build(tables: Tables) -> list[DocumentChange]:
            dropped = lost.changes(tables, self.session.id, stamp, today, settings)
            return [*difference(SESSIONS, None, begun), *dropped]

        self.board.transact(build, lost.action, lambda _: None, lambda _: None)

    # Where it stands

    @property
    def current(self) -> str | None:
        """Return the prospect in front of the person, or ``None`` at the end."""
        return self._held or self.session.current

    @property
    def place(self) -> int:
        """Return the place of that card in the queue."""
        return self.session.queue.index(self._held) if self._held else self.session.place

    @property
    def number(self) -> int:
        """Return the number of the card among all of them: one more than are done."""
        return session_cards.card_number(self.board, self.session, self.place)

    @property
    def left(self) -> list[str]:
        """Return the cards from here on that this session has not decided."""
        return session_cards.cards_left(self.board, self.session)

    @property
    def unreadable(self) -> int:
        """Return how many records were left out or passed over because they cannot be read."""
        return self.unread + len(self._passed)

    def passed_unread(self) -> list[str]:
        """Return what to tell about those passed over since this was asked last; mostly nothing."""
        return self._passed.tell(self.board)

    @property
    def worked(self) -> int:
        """Return seconds spent on this session so far; a pause counts as ten minutes at most."""
        return self.session.worked + self._since_step()

    @property
    def time_is_up(self) -> bool:
        """Return whether the hour is over and nobody has chosen to go on."""
        limit = self.board.settings.review.minutes * 60
        return not self.session.overtime and self.worked >= limit

    def decided(self) -> Iterator[Prospect]:
        """Return the prospects that this session has decided, in the queue's order."""
        return self._cards.of(self.session)

    def verdict_on(self, prospect_id: str) -> VerdictRecord | None:
        """Return what this session decided on a prospect, if anything."""
        return last_verdict_in(self.board.prospect(prospect_id), self.session.id)

    @property
    def rep(self) -> str:
        """Return whose card this is in a manager's review, and its number among theirs."""
        return session_cards.rep_of(self.board, self.session)

    @property
    def snoozed(self) -> int:
        """Return how many cards this session put off with "not this week", and did not decide."""
        board, own = self.board, self.session
        return sum(
            names_session(board.document(i), "snoozes", own.id)
            and not session_cards.is_decided(board, own, i)
            for i in own.queue
        )

    def summary(self) -> Summary:
        """Return what the session has come to so far."""
        return self._cards.summary(self.session)

    def planned(self) -> Mapping[date, int]:
        """Return how many steps and first touches of Nurture this session has set for each day."""
        return self._cards.planned(self.session)

    def _spread(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Return the decisions, each first touch of Nurture on a day that this session has not filled."""
        return spread_touches(decisions, self.board.today.day, self.board.settings, self.planned())

    # The sure purges

    @property
    def list_is_next(self) -> bool:
        """Return whether the list of sure purges is what comes up now; a single one comes as a card."""
        current = self.current
        if self._held or self.session.listed or current is None or current not in self.session.sure:
            return False
        return len([*islice(sure_lines(self.board, self.session, self.session.sure), 2)]) > 1

    def sure_purges(self, among: Container[str] | None = None) -> list[SurePurge]:
        """Return the lines of the list: those that still are sure purges, as the record stands now.

        ``among`` asks for those of these prospects alone.
        """
        asked = (i for i in self.session.sure if among is None or i in among)
        return [*sure_lines(self.board, self.session, asked)]

    def no_sure_purge(self, prospect_id: str) -> str:
        """Return what to tell of a line that the record takes off the list, and not a decision."""
        entry = self.board.entry(prospect_id)
        if entry is None or not may_go(self.board, self.session, prospect_id):
            return ""
        return f"{entry.name} is no sure purge any more: it comes as a card"

    def mark(self, lines: Iterable[SurePurge]) -> None:
        """Keep how lines of the list are ticked and for what reason, until it is passed."""
        marks = {line.id: line.mark for line in lines}
        self._progress(sessions.mark(self.session, marks), TICK)

    def old_ticks(self) -> str:
        """Return what to tell, once, of ticks that another day left; mostly nothing."""
        today = self.board.today.day
        words = ticks_before(self.session, today)
        if words:
            self._progress(sessions.forget_marks(self.session, today), TICK)
        return words

    def purge(self, ticked: Iterable[SurePurge]) -> str:
        """Purge what was ticked, in one commit that one undo takes back; the rest come as cards.

        What others decided meanwhile is left as it is; gives what to tell of that, mostly nothing.
        """
        asked = list(ticked)
        lines = [line for line in asked if may_go(self.board, self.session, line.id)]
        each = self._since_step() // len(lines) if lines else 0
        spread = zip(lines, self._spread(x.decision for x in lines), strict=True)
        given = {x.id: self._change(decision, x.recommendation, each) for x, decision in spread}
        after = sessions.pass_list(self._clocked())
        if given:
            self._commit(given, f"purged {several(len(lines), 'prospect')}", after)
        else:
            self._progress(self._ahead(after), "review: step")
        left = [line.evidence.prospect.name for line in asked if line not in lines]
        return f"Left as others decided meanwhile: {', '.join(left)}" if left else ""

    # What a person does

    def decide(
        self,
        decision: Decision,
        recommendation: Recommendation,
        seconds: int = 0,
        seen: Document | None = None,
        overruling: VerdictRecord | None = None,
    ) -> None:
        """Record the verdict on the current card and go to the next, in one commit.

        ``seen`` is the record that the person looked at while deciding.
        Where somebody was first it is refused, unless that verdict is the one that the person chose
        to be ``overruling``, or that a manager confirms.
        """
        prospect_id = self._needed()
        self._refuse_second(prospect_id, seen, overruling, decision.to)
        if overruling and confirms(decision.to, overruling, self.session):
            overruling = None
        (decision,) = self._spread([decision])
        change = self._change(decision, recommendation, seconds, overruling)
        action = done_words(decision, self._name(prospect_id), overruling)
        known = {prospect_id: seen} if seen else None
        self._commit({prospect_id: change}, action, self._past(prospect_id), known)

    def snooze(self) -> None:
        """Put the current card off: not this week. Each time is on record."""
        prospect_id = self._needed()
        self._refuse_second(prospect_id)
        until = self.board.today.day + timedelta(days=self.board.settings.review.snooze_days)

        def put_off(prospect: Prospect, stamp: Stamp) -> Prospect:
            manager = bool(self.session.why)
            return changes.snooze(prospect, until, stamp, self.session.id, manager=manager)

        action = f"put off {self._name(prospect_id)}: not this week"
        self._commit({prospect_id: put_off}, action, self._past(prospect_id))

    def first_impression(self, solid: bool | None) -> None:
        """Record whether the first call said that this one was special."""
        action = f"first call: {FIRST_CALL[solid]}"
        self.board.change(
            self._needed(), lambda p, stamp: changes.first_impression(p, solid, stamp), action
        )

    def skip(self) -> None:
        """Leave the current card as it is; one that is not decided remains due."""
        if (news := self.news) and not news.is_reviewed:
            self.pass_on()
            return
        session, current = self._clocked(), self.current
        if current and session_cards.is_decided(self.board, session, current):
            after = sessions.step_past(session, current)
        else:
            after = sessions.skip(session)
        self._progress(self._ahead(after), "review: skip")

    def pass_on(self) -> None:
        """Leave the current card as others decided it, and go on to the next."""
        current = self._needed()
        self._progress(self._ahead(self._past(current)), "review: step")

    def back(self) -> None:
        """Go to the card before that can be shown."""
        place = self.place - 1
        while place >= 0 and session_cards.why_unread(self.board, self.session.queue[place]):
            place -= 1
        if place < 0:
            raise RefusedError("This is the first card")
        self._progress(sessions.go_to(self._clocked(), place), "review: back")

    def next_part(self) -> str:
        """Go to the next part of the queue, and put what is left of this one last; return its name."""
        part_of = partial(session_cards.part_of_session, self.board, self.session)
        here = part_of(self.current) if self.current else ""
        mine = [i for i in self.left if part_of(i) == here]
        after = self._ahead(sessions.put_last(self._clocked(), mine))
        there = part_of(after.current) if after.current else here
        if there == here:
            raise RefusedError("This is the only part that is left")
        self._progress(after, "review: next part")
        return there

    def go_on(self) -> None:
        """Go on although the time is up."""
        self._progress(sessions.go_on(self._clocked()), "review: go on")

    def park(self) -> None:
        """End the session, as the time is up; the rest stays due."""
        parked = sessions.park(self._clocked(), self.left)
        self._end(parked, "review: park the rest")

    def returned(self, commit: Commit) -> None:
        """Go back after an undo: to the card that it changed, or to the list of sure purges.

        A session that was over goes on there; what came between was no work on it.
        """
        was_over = self.session.finished is not None
        self._progress(after_undo(self.session, commit, self.board.history()), "review: back")
        if was_over and not self.session.finished:
            self.resumed, self._stepped = False, self.board.clock()
            self.board.hold_outcomes(self.session.outcomes)

    def returned_to_the_list(self, commit: Commit) -> None:
        """Stay at the list after an undo there; a card that is open again comes behind it."""
        self._progress(after_undo_at_the_list(self.session, commit), "review: back")

    def undo(self) -> None:
        """Take back the last change, and return to the card that it changed."""
        self.board.undo(done=self.returned)

    def finish(self) -> None:
        """End the session: it is not taken up again."""
        if self.session.queue and not self.session.finished:
            self._end(self._clocked(), "review: finish")

    def refresh(self) -> None:
        """Take the session as the file has it: a write that failed has been taken back."""
        stored = self.board.document(self.session.id, SESSIONS)
        if stored is not None:
            self.session = session_of(stored)

    def refused_by_others(self, error: ReviewBoardError, ids: Iterable[str]) -> RefusedError | None:
        """Go on where the file is. What to tell when somebody was first; ``None`` for other errors.

        The card that was being decided stays in front of the person.
        """
        self.board.catch_up()  # the store knows already what others did
        sent = {i: document for i in ids if (document := self._sent.get(i))}
        self.refresh()
        if self._deciding in sent:
            self._hold(self._deciding)
        return refused_by_others(self.board, self.session, error, sent)

    def follow(self, commits: Iterable[Commit], *, holding: bool = True) -> bool:
        """Go on where another window of the same review is by now; gives whether there is one.

        The card that is shown stays in front of the person, unless nothing is ``holding`` it.
        """
        noted = tuple(commits)
        self._watch.note(noted)
        went_on = changes_session(self.session, noted)
        if went_on:
            shown = self.current
            self.refresh()
            if holding and shown:
                self._hold(shown)
        return went_on

    def pass_over_gone(self) -> None:
        """Step on when the card was undone, won, settled by others, or got unreadable."""
        current = self.current
        if current and not session_cards.can_be_shown(self.board, self.session, current):
            self._progress(self._ahead(self.session), "review: step")

    # What others do to the card that is shown

    @property
    def news(self) -> CardNews | None:
        """Return what is said before the current card is decided, where somebody else placed it."""
        return self._watch.news(self.session)

    def since(self, seen: Document, overruling: VerdictRecord | None = None) -> CardNews | None:
        """Return what others did to a card since it was seen, but for the verdict that one knows of."""
        return self._watch.since(self.session, seen, overruling)

    def _refuse_second(
        self,
        prospect_id: str,
        seen: Document | None = None,
        overruling: VerdictRecord | None = None,
        to: Column | None = None,
    ) -> None:
        """Raise ``DecidedMeanwhileError`` where a verdict is there that nobody chose to overrule.

        A manager may confirm it, or put the card off.
        """
        known = seen or self._watch.first
        news = self.since(known, overruling) if known else None
        if news and news.verdict and news.is_reviewed and to in {None, news.verdict.destination}:
            return
        if news and (news.verdict or (seen and news.is_closed)):
            raise DecidedMeanwhileError(self._name(prospect_id), news)

    def _hold(self, prospect_id: str) -> None:
        """Keep a card in front of the person although the session is at another one."""
        self._held = None if prospect_id == self.session.current else prospect_id
        self._watch.watch(self.current)

    # Inside

    def _end(self, session: Session, action: str) -> None:
        """Store the end; the figures go on as of today."""
        self._progress(sessions.finish(session, self.board.clock()), action)
        self.board.hold_outcomes(None)

    def _needed(self) -> str:
        current = self.current
        if current is None:
            raise RefusedError("The review is over: there is no card to decide on")
        return current

    def _name(self, prospect_id: str) -> str:
        return self.board.prospect(prospect_id).name

    def _change(
        self,
        decision: Decision,
        recommendation: Recommendation,
        seconds: int,
        overruling: VerdictRecord | None = None,
    ) -> Change:
        """Return the change that puts a verdict on record; it is made when it is committed."""
        today, settings = self.board.today, self.board.settings
        about = Circumstances(self.session.id, seconds, overruling)
        return lambda prospect, stamp: record_decision(
            prospect, decision, recommendation, today, stamp, settings=settings, circumstances=about
        )

    def _past(self, prospect_id: str) -> Session:
        """Return the session with this card done; where another window went on, it stays where that is."""
        session = self._clocked()
        after = sessions.step_past(session, prospect_id)
        return sessions.go_to(after, session.place) if self._held else after

    def _commit(
        self,
        given: Mapping[str, Change],
        action: str,
        after: Session,
        seen: Mapping[str, Document] | None = None,
    ) -> None:
        """Commit the changes and the step; who hears of them finds the session at the next card already."""
        after = self._ahead(after, given)
        known = {i: self.board.document(i) for i in given} | dict(seen or {})
        self._deciding = "".join(given) if self.current in given and len(given) == 1 else ""
        self._sent = {i: document for i, document in known.items() if document is not None}
        before, held, step = self.session, self._held, self._to(after)
        self._now_at(after)
        try:
            self.board.change_many(given, action, [step], seen=seen, unchanged=DECIDING)
        except ReviewBoardError as error:
            self.session, self._held = before, held
            self._refused(error, given)

    def _refused(self, error: ReviewBoardError, ids: Iterable[str] = ()) -> NoReturn:
        """Raise the error, in plain words where somebody was first."""
        raise self.refused_by_others(error, ids) or error

    def _to(self, after: Session) -> SessionChange:
        return SessionChange(session_document(self.session), session_document(after))

    def _progress(self, after: Session, action: str) -> None:
        stored = self.session.queue and not self.board.read_only
        if stored and after != self.session:
            try:
                self.board.save_session(self._to(after), action)
            except ReviewBoardError as error:
                self._refused(error)
        self._now_at(after)

    def _ahead(self, after: Session, decided: Container[str] = ()) -> Session:
        """Return the session at the next card that comes up by itself, not at one decided in the same step."""
        return sessions.go_to(after, session_cards.next_reviewable(self.board, after, decided))

    def _now_at(self, after: Session) -> None:
        self._passed.note(self.board, self.session.queue[self.session.place : after.place])
        if after.worked != self.session.worked:
            self._stepped = self.board.clock()
        self.session, self._held = after, None
        self._watch.watch(self.current)

    def _since_step(self) -> int:
        """Return seconds since the last step, as far as they count as work."""
        return sessions.seconds_of_work(self._stepped, self.board.clock())

    def _clocked(self) -> Session:
        """Return the session with the time since the last step counted in."""
        return sessions.work(self.session, self._since_step())
