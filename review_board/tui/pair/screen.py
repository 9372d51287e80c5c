"""The pair review on a screen: one card, the vote on it, the reveal, and how a split is settled."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from review_board.board.events import Changed, Event, NotSaved, Saved
from review_board.errors import RefusedError, ReviewBoardError
from review_board.pair.controller import PairReview
from review_board.pair.recording import card_of_verdict
from review_board.pair.session import Proposal
from review_board.pair.settling import Phase
from review_board.pair.vote import Vote
from review_board.pipeline.vocabulary import Column
from review_board.review.lost_bets import lost_bets_words
from review_board.review.session_cards import DecidedCards, rep_of
from review_board.store.protocol import Commit
from review_board.tui.actions import ProspectActions
from review_board.tui.bars import Key, KeyBar
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.footer_keys import footer_keys, key_of
from review_board.tui.pair import words
from review_board.tui.pair.band import band_lines
from review_board.tui.pair.card_view import PairCardView
from review_board.tui.pair.counting_keys import SeenOffer, counting_keys, label
from review_board.tui.pair.masked_vote import MaskedVoteDialog
from review_board.tui.pair.vote_dialogs import VoteDialogs, ask_missing
from review_board.tui.review.card_screen import CardScreen, card_keys
from review_board.tui.review.card_text import banner
from review_board.tui.review.decision_dialogs import ask_bet
from review_board.tui.review.open_review import LOST_BETS_TOLD
from review_board.tui.review.review_bar import ReviewBar
from review_board.tui.review.second_verdict import wait_until_saved
from review_board.tui.screen_keys import copy_key, verdict_keys
from review_board.tui.show_errors import attempt

Answer = TypeVar("Answer")
SECOND = 1.0
GONE_ON = "The card has changed meanwhile; nothing was stored from here"
Asking = tuple[str | None, int, Phase, Proposal | None]
"""Where the card stood when something was asked."""


class PairScreen(CardScreen):
    """One person's side of a pair review; dismissed when they leave or the review is over.

    Two people at one terminal have a side each: ``review`` is that of who is asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *verdict_keys("pair"),
        Binding("enter", "agree", "Agree", id="pair.agree", tooltip="Agree with the other, or do what the card asks for"),
        Binding("v", "vote_again", "Again", id="pair.again", tooltip="Vote once more on a split, hidden again"),
        Binding("b", "bet", "Bet", id="pair.bet", tooltip="Propose a bet after the second vote: kept if they do something by a day, else dropped"),
        Binding("o", "overrule", "Overrule", id="pair.overrule", tooltip="The manager decides, where the record says not to contact or rules it out, and drives from then on"),
        Binding("space", "skip_talk", "End minute", id="pair.speak", tooltip="End the minute of who speaks; where two share a terminal, the next one sits here"),
        Binding("x", "other_seat", "The other", id="pair.seat", show=False, tooltip="Where two share a terminal: hand the keys to the other"),
        Binding("h", "type_openly", "Show or hide", id="pair.openly", show=False, tooltip="Where two share a terminal: show or hide what is typed for a vote"),
        Binding("d", "take_wheel", "Drive", id="pair.wheel", tooltip="Drive in place of the other, and skip for both; again gives it back"),
        Binding("f", "follow", "Look around", id="pair.follow", tooltip="Look around alone; again returns to the card of both"),
        Binding("s", "skip", "Skip", id="pair.skip", tooltip="Leave it as it is; it stays to review"),
        Binding("p", "back", "Back", id="pair.back", tooltip="The card before"),
        Binding("u", "undo", "Undo", id="pair.undo", tooltip="Take back what was done last: your own change, or the last verdict of both"),
        copy_key("pair"),
        Binding("t", "timeline", "Timeline", id="pair.timeline", tooltip="The whole record, once both votes are shown"),
        Binding("i", "details", "Limits", id="pair.details", show=False, tooltip="All reasons with their limits; again shows the short card"),
        Binding("q", "leave", "Leave", id="pair.leave", tooltip="Leave; the other may go on, and you may join again"),
        Binding("question_mark", "app.help", "Help", id="pair.help", tooltip="All keys"),
        *card_keys("pair", shows_note=True),
    ]  # fmt: skip
    card_view = PairCardView

    def __init__(self, *sides: PairReview) -> None:
        super().__init__(sides[0])
        self._sides = sides
        self.review: PairReview = sides[0]
        self._decided = DecidedCards(sides[0].board)
        self._drawn: tuple[object, ...] = ()
        self._asking: Asking | None = None
        self._drove = ""
        self._seen = SeenOffer()
        self._is_over = False
        self._unsaved: set[str] = set()  # what was told of it, once each

    @property
    def prospect_actions(self) -> ProspectActions:
        """Return what can be done to the prospect, silent about the advice while a vote is hidden."""
        return ProspectActions(self.board_app, self.review.board, is_blind=self.is_blind)

    @property
    def session_id(self) -> str:
        """Return the review."""
        return self.review.session_id

    @property
    def is_blind(self) -> bool:
        """Return whether the card in front of this person must not tell what the record advises."""
        review = self.review
        if review.alone_at is None or review.session is None:
            return review.is_blind
        return review.place >= review.session.place or review.is_blind

    # Drawing

    def on_mount(self) -> None:
        """Show the card of both, and look each second at what the other did."""
        self.call_after_refresh(self.redraw)
        self.set_interval(SECOND, self._look)
        if self.review.notice:
            self.notify(self.review.notice, timeout=LOST_BETS_TOLD)
        self._tell_lost_bets()

    def on_screen_suspend(self) -> None:
        """Lie below a dialog: what comes up here is not seen."""
        self._seen.cover()

    def on_screen_resume(self) -> None:
        """Be seen again."""
        self._seen.uncover(self.review)

    def _tell_lost_bets(self) -> None:
        """Tell at the first card what was dropped at the start; who started can take that back."""
        session, lost = self.review.session, self.review.lost_bets()
        if session and lost and not session.place:
            undo = key_of(self, "pair.undo") if session.by == self.review.me else ""
            self.notify(lost_bets_words(lost, undo, together=True), timeout=LOST_BETS_TOLD)

    def shows(self, commit: Commit) -> bool:
        """Return whether a change of others is told by the card already: a verdict of both."""
        return bool(card_of_verdict(commit, self.session_id))

    def on_board_event(self, event: Event) -> bool:
        """Follow what the other did; gives whether it told what was refused."""
        if isinstance(event, NotSaved):
            self._tell_unsaved(event.error)
        elif isinstance(event, Saved) and self._unsaved:
            self._unsaved.clear()
            self.notify("It is saved again: the review goes on")
        if isinstance(event, Changed) and (event.ids or event.everything):
            self._drawn = ()
        self._look()
        return isinstance(event, NotSaved)

    def _look(self) -> None:
        """Do what follows from the state, and show what is new."""
        for side in self._sides:
            try:
                side.tick()
            except ReviewBoardError as error:
                self._tell_unsaved(error)
        self.redraw()

    def _tell_unsaved(self, error: ReviewBoardError) -> None:
        """Tell what was refused; what fails each second, on a full disk, is told once."""
        text = str(error)
        if isinstance(error, RefusedError) or text not in self._unsaved:
            self.notify(text, severity="warning")
        if not isinstance(error, RefusedError):
            self._unsaved.add(text)

    # Two at one terminal

    @property
    def _next(self) -> PairReview | None:
        """Return whose vote is still missing beside the one that is in: they are to sit here."""
        return words.who_votes_next(self.review, self._sides)

    def _sit_down(self, side: PairReview) -> None:
        self.review = side
        self.redraw()

    def action_other_seat(self) -> None:
        """Let the other one answer, where the votes are shown."""
        others = [side for side in self._sides if side is not self.review]
        if others and self.review.phase is Phase.SPLIT and self.may_change():
            self._sit_down(others[0])

    def action_type_openly(self) -> None:
        """Show or hide what is typed for a vote, where the other one can look away."""
        if len(self._sides) > 1 and self.review.needs_my_vote and self.may_change():
            for side in self._sides:
                side.is_masked = not side.is_masked
            self.redraw()

    @property
    def _driving(self) -> PairReview:
        """Return the side that moves on: at one terminal that of who drives."""
        driver = self.review.driver
        return next((side for side in self._sides if side.me == driver), self.review)

    def redraw(self) -> None:
        """Show what is new: nothing is painted twice."""
        if not self.is_attached or not self.query(PairCardView):
            return
        review = self.review
        if review.session is None and not self._is_over:
            self._end()
            return
        self._close_late_dialog()
        if not self._busy:
            self.review = review = words.who_is_asked(review, self._sides)
        self._tell_of_the_wheel()
        self._redraw_banner()
        self._redraw_card()
        self.query_one("#keys", KeyBar).show(self._keys())
        self._seen.note(self.review)

    def _tell_of_the_wheel(self) -> None:
        """Tell that somebody else drives now: who drove before, and who does."""
        before, self._drove = self._drove, self.review.driver
        wheel, me = key_of(self, "pair.wheel"), self.review.me
        if self._drove in {"", before} or not before:
            return
        if before == me:
            self.notify(f"{self._drove} drives now, and skips for both; {wheel} takes it back")
        elif self._drove == me:
            self.notify(f"You drive now, and skip for both; {wheel} gives it back to {before}")

    def _redraw_banner(self) -> None:
        review, session = self.review, self.review.session
        if session is None:
            return
        cards = len(session.queue)
        rep = rep_of(review.board, session) if review.alone_at is None else ""
        parts = banner(review.place + 1, cards, self._decided.summary(session), 0, rep=rep)
        done = min(review.place, cards) / cards if cards else 1.0
        self.query_one(ReviewBar).show("Review", done, parts, words.presence(review))

    def _redraw_card(self) -> None:
        view, review = self.query_one(PairCardView), self.review
        lines = band_lines(review, view.band_width, lambda name: key_of(self, name), self._sides)
        taller = view.show_band(lines)
        document = review.board.document(review.current) if review.current else None
        state = (
            review.current,
            document,
            self.is_blind,
            view.full,
            self.app.size,
            review.board.today,
        )
        if state == self._drawn and not taller:
            return
        self._drawn = state
        if document is None or review.current is None:
            view.show_text("" if review.current else words.all_done(review))
            return
        board, view.blind = review.board, self.is_blind
        try:
            evidence, made = board.evidence(review.current), board.recommendation(review.current)
        except ReviewBoardError as error:
            view.show_text(str(error))
            return
        why = review.session.why if review.session and not self.is_blind else {}
        self._asked = view.show(evidence, made, picked=why.get(review.current, ""))

    def _keys(self) -> list[Key]:
        """Return the keys that count now, as the footer shows them."""
        actions = {b.id: b.action for b in self.BINDINGS if isinstance(b, Binding)}
        known = {key.action: key for key in footer_keys(self)}
        review, sides = self.review, self._sides
        counting = [
            (name, known.get(actions[f"pair.{name}"])) for name in counting_keys(review, sides)
        ]
        shown = [
            Key(key.display, label(name, key.label, review, sides), key.action)
            for name, key in counting
            if key
        ]
        return [key for key in shown if key.label]

    def _end(self) -> None:
        """End: the report takes the screen's place."""
        self._is_over = True
        for side in self._sides:
            attempt(self.board_app, side.leave)
        while self.app.screen is not self:
            self.app.pop_screen()
        self.show_report(self.review.session_id)

    def _close_late_dialog(self) -> None:
        """Take a dialog away once the card is past what it asks: nothing may come of it."""
        if self._asking and self._asking != self._turn() and isinstance(self.app.screen, Dialog):
            self._asking = None
            self.app.screen.dismiss(None)
            self.notify(GONE_ON)

    def _turn(self) -> Asking:
        """Return what may be asked now: on which card, at which vote, with which proposal, if any."""
        session, phase = self.review.session, self.review.phase
        stage = Phase.VOTING if phase is Phase.REVEALING else phase
        if session is None:
            return None, 0, stage, None
        return session.current, session.card.turn, stage, self.review.proposal

    async def _while_asked(self, asks: Coroutine[Any, Any, Answer | None]) -> Answer | None:
        """Return what is answered while the card still stands where it did; ``None`` once it went on."""
        asked = self._asking = self._turn()
        try:
            answer = await asks
            return answer if asked == self._turn() else None
        finally:
            self._asking = None

    # Voting

    def action_decide(self, column: str) -> None:
        """Vote on the card; where both want the same in two ways, propose this one."""
        review, to = self.review, Column(column)
        if not self._may_act():
            return
        if review.phase is Phase.DIFFERENT:
            if words.may_propose(review):
                self.start(self._propose(to))
            else:
                driver, wheel = review.driver, key_of(self, "pair.wheel")
                self.notify(f"{driver} drives; press {wheel} to drive, then propose another way")
        elif review.is_blind and review.session and review.me in review.session.voters:
            self.start(self._vote(to))
        else:
            self.notify("Nothing is voted on now; what can be done stands above the card")

    async def _vote(self, to: Column) -> None:
        review = self.review
        if review.current and (
            vote := await self._while_asked(self._asked_vote(to, review.current))
        ):
            review.vote(vote)

    async def _asked_vote(self, to: Column, card: str) -> Vote | None:
        """Ask for a vote; with somebody beside the screen, so that nothing of it is seen."""
        evidence = self.review.board.evidence(card)
        if not self.review.is_masked:
            return await VoteDialogs(self.board_app, evidence, self.review.own_vote).of(to)
        masked = MaskedVoteDialog(self.review, evidence, to)
        return await self.app.push_screen_wait(masked)

    async def _propose(self, to: Column) -> None:
        """Ask what to propose; it is as sure as the vote that it takes the place of."""
        review = self._driving
        if review.current is None or review.own_vote is None:
            return
        dialogs = VoteDialogs(
            self.board_app, review.board.evidence(review.current), review.own_vote
        )
        if vote := await self._while_asked(dialogs.like(to, review.own_vote)):
            review.propose(vote)

    # Settling

    def action_agree(self) -> None:
        """Do what the card asks for: agree, confirm, say what is missing, end the review."""
        review, proposal = self.review, self.review.proposal
        if not self._may_act():
            return
        if not self._seen.allows(review):
            self.notify("This has just come up: read it first, then press the key again")
            return
        match review.phase:
            case Phase.SPLIT if proposal and proposal.by == review.me:
                self.start(self._give_in())
            case Phase.SPLIT | Phase.DIFFERENT if proposal and proposal.by != review.me:
                self._do(lambda: review.confirm(proposal))
            case Phase.SPLIT | Phase.DIFFERENT:
                self._do(lambda: review.concede(proposal))
            case Phase.SETTLED if review.is_incomplete and words.agree_label(review):
                self.start(self._complete())
            case Phase.SETTLED if review.is_incomplete:
                wheel = key_of(self, "pair.wheel")
                self.notify(f"{review.driver} answers for both; {wheel} lets you do it")
            case Phase.OVER:
                self._do(review.finish)
            case _:
                self.notify("There is nothing to agree to now")

    async def _give_in(self) -> None:
        """Concede while the other is still asked about one's bet."""
        review, mine = self.review, self.review.proposal
        label = words.agree_label(review)
        asked = ConfirmDialog(
            "Take your bet back?",
            f"{words.other_of(review)} is asked to agree to it.",
            yes=label[:1].lower() + label[1:],
            no="wait for the answer",
        )
        if await self._while_asked(self.app.push_screen_wait(asked)):
            review.concede(mine)

    async def _complete(self) -> None:
        review = self.review
        if decision := await self._while_asked(ask_missing(self.board_app, review)):
            review.record(decision)

    def action_vote_again(self) -> None:
        """Begin the one re-vote."""
        if self._may_act():
            self._do(self.review.vote_again)

    def action_bet(self) -> None:
        """Settle a split by what the buyer does by a day."""
        session = self.review.session
        if not self._may_act():
            return
        if self.review.phase is not Phase.SPLIT:
            self.notify("A bet settles a split: there is none now")
        elif session and not session.card.again:
            again = key_of(self, "pair.again")
            self.notify(f"A bet comes after the second vote: {again} votes once more")
        else:
            self.start(self._bet())

    async def _bet(self) -> None:
        review = self.review
        if review.current is None:
            return
        evidence = review.board.evidence(review.current)
        asks = ask_bet(self.board_app, evidence, evidence.prospect.who)
        if (made := await self._while_asked(asks)) and made.bet:
            review.bet(made.bet, review.proposal)

    def action_overrule(self) -> None:
        """Let the manager's vote decide."""
        if self._may_act():
            shown = self.review.proposal
            self._do(lambda: self.review.overrule(shown))

    def action_skip_talk(self) -> None:
        """End the time of who speaks; at one terminal, let the next one sit down."""
        if (after := self._next) and self.may_change():
            self._sit_down(after)
        elif self._may_act():
            self._do(self.review.skip_talk)

    # Going

    def action_take_wheel(self) -> None:
        """Drive, or give the wheel back."""
        self._do(self.review.take_wheel)

    def action_follow(self) -> None:
        """Look around alone, or return to the card of both."""
        review = self.review
        if review.alone_at is None:
            review.look_around(review.place)
        else:
            review.follow()
        self.redraw()

    def action_skip(self) -> None:
        """Leave the card as it is; alone, look at the next one."""
        review = self.review
        if review.alone_at is not None:
            review.look_around(review.alone_at + 1)
            self.redraw()
        else:
            self._do(self._driving.skip)

    def action_back(self) -> None:
        """Go to the card before."""
        review = self.review
        if review.alone_at is not None:
            review.look_around(review.alone_at - 1)
            self.redraw()
        else:
            self._do(self._driving.back)

    def action_undo(self) -> None:
        """Take back what was done last, by this person or by both; the message says what it was."""
        if self.may_change():
            self.start(self._undo())

    async def _undo(self) -> None:
        card, _, stage, _ = self._turn()
        self.review.undo()
        await self._show_when_saved()
        if stage is Phase.SETTLED and self.review.phase not in (Phase.SETTLED, Phase.DECIDED):
            name = (self.review.board.document(card or "") or {}).get("name")
            self.notify(f"Taken back: what {name} was settled to")

    def action_leave(self) -> None:
        """Leave; whoever stays may go on."""
        for side in self._sides:
            attempt(self.board_app, side.leave)
        self.dismiss(None)

    def _do(self, act: Callable[[], object]) -> None:
        """Do something to the review, and show it at once; what is refused is told."""
        if attempt(self.board_app, act):
            self.start(self._show_when_saved())

    async def _show_when_saved(self) -> None:
        await wait_until_saved(self.review.board)
        self.redraw()

    # The record

    def action_timeline(self) -> None:
        """Open the prospect's page, which tells what the record advises: not while a vote is hidden."""
        if self.is_blind:
            self.notify("Its page tells what the record advises: it opens once both have voted")
        else:
            super().action_timeline()

    def _may_act(self) -> bool:
        """Return whether this person may vote and settle now; who looks around first returns."""
        if self.review.alone_at is not None:
            returns = key_of(self, "pair.follow")
            self.notify(f"You look around alone: {returns} returns to the card of both")
            return False
        if not self.review.is_voter:
            self.notify("You watch: the rep and the manager vote and settle it")
            return False
        if after := self._next:
            self.notify(f"{key_of(self, 'pair.speak')} when {after.me} sits here")
            return False
        return self.may_change()

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin what asks; what is refused is told, also when it was told before."""
        self._unsaved.clear()
        super().start(work)
