"""How a pair review stands for one of its people: the card in front of them, who is there, what is asked."""

import shlex
from dataclasses import dataclass, replace

from review_board.board.board import Board
from review_board.pair import settling
from review_board.pair.handing_over import RandomBytes, Secret
from review_board.pair.session import (
    PairSession,
    Participant,
    PersonHere,
    Proposal,
    is_pair,
    pair_session_of,
    people_here,
)
from review_board.pair.settling import Phase, Turn
from review_board.pair.vote import Vote
from review_board.pipeline.vocabulary import Column
from review_board.review import session_cards
from review_board.review.lost_bets import dropped_at_start
from review_board.review.verdicts import Decision, is_against, refusal
from review_board.store.presence import Presence
from review_board.store.protocol import (
    SESSIONS,
    Document,
)


@dataclass(frozen=True, slots=True)
class Process:
    """What a process brings: the signs of life, random bytes, and the ``terminal`` where two share one.

    ``command`` is how this program is called for the same pipeline, as it was called here.
    """

    presence: Presence
    random_bytes: RandomBytes
    terminal: str = ""
    command: str = "review-board"

    def run(self, words: str) -> str:
        """Return the cure that is a command: ``run review-board --file team.json pair join``."""
        return f"run {self.command} {words}"


class PairView:
    """What one person sees of a pair review; it changes nothing.

    ``session`` is ``None`` before it began and when it is over. ``is_masked`` says that votes are typed
    unseen and in few fields, as where two share a terminal unless they say otherwise. ``notice`` is
    what to tell at the beginning, of a review that was left.
    """

    def __init__(
        self,
        board: Board,
        session_id: str,
        person: Participant,
        process: Process,
    ) -> None:
        self.board = board
        self.session_id = session_id
        self.me = person.name
        self.seat = person.seat
        self.alone_at: int | None = None
        self.is_masked = bool(process.terminal)
        self.notice = ""
        self._process = process
        self._presence = process.presence
        self._secrets: dict[str, Secret] = {}
        self._parsed: tuple[Document, PairSession] | None = None

    @property
    def session(self) -> PairSession | None:
        """Return the state as the board knows it."""
        document = self.board.document(self.session_id, SESSIONS)
        if document is None or not is_pair(document):
            return None
        if self._parsed is None or self._parsed[0] is not document:
            self._parsed = document, pair_session_of(document)
        return self._parsed[1]

    @property
    def phase(self) -> Phase:
        """Return where the card that is up stands."""
        session = self.session
        if session is None:
            return Phase.OVER
        card = session.current
        is_decided = card is not None and session_cards.is_decided(self.board, session, card)
        return Phase.DECIDED if is_decided else settling.phase_of(session)

    @property
    def place(self) -> int:
        """Return the place of the card in front of this person: that of all, unless they look around."""
        shared = self.session.place if self.session else 0
        return shared if self.alone_at is None else self.alone_at

    @property
    def current(self) -> str | None:
        """Return the card in front of this person."""
        session = self.session
        if session is None or self.place >= len(session.queue):
            return None
        return session.queue[self.place]

    @property
    def is_seated(self) -> bool:
        """Return whether this process is the one at which its person sits: not left, nor gone elsewhere."""
        person = self.session.people.get(self.me) if self.session else None
        return person is not None and person.left is None and person.seat == self.seat

    @property
    def is_voter(self) -> bool:
        """Return whether this person has a vote; who watches has none."""
        return self.session is not None and self.me in self.session.voters

    @property
    def driver(self) -> str:
        """Return who drives; nobody while the wheel is free."""
        return next((person.name for person in self.people if person.drives), "")

    @property
    def may_drive(self) -> bool:
        """Return whether this person drives, or nobody does."""
        return self.driver in {"", self.me}

    @property
    def people(self) -> list[PersonHere]:
        """Return who is there, those who drive first, then who vote."""
        session = self.session
        if session is None:
            return []
        seen, now = self._presence.seen(), self.board.clock()
        return people_here(session, seen, now, is_blind=self.is_blind)

    @property
    def needs_my_vote(self) -> bool:
        """Return whether this person is asked: they have not voted, or their salt is lost."""
        session = self.session
        if session is None or not self.is_seated or not self.is_voter:
            return False
        own = session.card.ballots.get(self.me)
        return self.is_blind and (own is None or own.commitment not in self._secrets)

    @property
    def own_vote(self) -> Vote | None:
        """Return what this person voted last on the card that is up, hidden or shown."""
        card = self.session.card if self.session else None
        if card is None:
            return None
        ballot = card.ballots.get(self.me)
        if ballot and ballot.commitment in self._secrets:
            return self._secrets[ballot.commitment].vote
        shown = card.reveals[-1].votes.get(self.me) if card.reveals else None
        return shown.vote if shown else None

    @property
    def is_blind(self) -> bool:
        """Return whether the recommendation, earlier verdicts and the other's vote must not be shown."""
        return self.phase in (Phase.VOTING, Phase.REVEALING)

    @property
    def turn_to_speak(self) -> Turn | None:
        """Return whose turn it is to speak at a split, and for how long."""
        return settling.turn_to_speak(self.session, self.board.clock()) if self.session else None

    @property
    def proposal(self) -> Proposal | None:
        """Return what one of the two is asked to agree to: another way, or a bet."""
        return settling.proposal_of(self.session) if self.session else None

    @property
    def decision(self) -> Decision | None:
        """Return what a settled card came to, as it would go on record."""
        session = self.session
        settlement = settling.settlement_of(session) if session else None
        if session is None or settlement is None or session.current is None:
            return None
        decision = settling.decision_of(session, settlement)
        advice = self.board.recommendation(session.current)
        return decision if is_against(decision.to, advice) else replace(decision, against="")

    def missing(self, decision: Decision | None = None) -> str | None:
        """Return what a settled card still takes to go on record; ``None`` when nothing is missing.

        It is asked of whoever drives: mostly the line that a decision against the record takes.
        """
        decision, card = decision or self.decision, self.session.current if self.session else None
        if decision is None or card is None:
            return None
        board = self.board
        prospect, advice = board.prospect(card), board.recommendation(card)
        return refusal(prospect, decision, advice, board.today, board.settings)

    def joining(self, name: str = "") -> str:
        """Return the command with which somebody joins, or joins again by the name that they said."""
        person = self.session.people.get(name) if self.session else None
        named = f" --as {shlex.quote(name)}" if person and person.asserted else ""
        return f"{self._process.command} pair join{named}"

    @property
    def is_shared(self) -> bool:
        """Return whether two share this terminal."""
        return bool(self._process.terminal)

    @property
    def is_incomplete(self) -> bool:
        """Return whether a settled card waits for words: what is missing, or what a masked vote had no room for.

        What proves a callback is said openly, once both votes are shown.
        """
        decision = self.decision
        if decision is None:
            return False
        lacks_proof = decision.to is Column.CALLBACK and self.is_masked
        return lacks_proof or self.missing(decision) is not None

    def lost_bets(self) -> list[str]:
        """Return the names of those that were dropped at the start of this review, as their bets said."""
        return dropped_at_start(self.board, self.session) if self.session else []
