"""Review mode: one card after another until the queue is settled, one screen updated in place."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from review_board.board.acknowledge import readable
from review_board.board.events import Changed, Event, NotSaved
from review_board.errors import ReviewBoardError
from review_board.judgement.argument_text import is_left_dropped
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.side_effects import replaced_step
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.changed_meanwhile import CardNews, DecidedMeanwhileError
from review_board.review.controller import ReviewController
from review_board.review.overruling import confirms, without_plans
from review_board.review.session_cards import part_of_queue
from review_board.review.verdicts import FIRST_CALL, Decision
from review_board.settings.rule_names import RuleName
from review_board.store.protocol import Commit, Document
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.steps import Steps
from review_board.tui.footer_keys import key_of
from review_board.tui.review.card_screen import CardScreen, card_keys
from review_board.tui.review.card_text import banner, clock_text
from review_board.tui.review.card_view import ReviewCardView
from review_board.tui.review.decision_dialogs import DecisionDialogs
from review_board.tui.review.plan_dialog import TimeDialog
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.review_bar import ReviewBar
from review_board.tui.review.second_verdict import confirm_second_verdict, wait_until_saved
from review_board.tui.screen_keys import copy_key, verdict_keys
from review_board.tui.show_errors import attempt
from review_board.wording import several

Ask = Callable[[DecisionDialogs], Awaitable[Decision | None]]
"""Asks for what a decision demands."""
MINUTE = 60.0
TOO_EARLY = "That key came before this card was shown: press it again"


class ReviewScreen(CardScreen):
    """The review; dismissed when it is stopped or over. What is decided is on disk by then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_it", "Take", id="review.take", tooltip="Take the recommendation"),
        copy_key("review"),
        *verdict_keys("review"),
        Binding("z", "snooze", "Later", id="review.snooze", tooltip="It comes back by itself, as the message says"),
        Binding("u", "undo", "Undo", id="review.undo", tooltip="Take back the last change and return to its card"),
        Binding("question_mark", "app.help", "Help", id="review.help", tooltip="All keys"),
        Binding("s", "skip", "Skip", id="review.skip", tooltip="Leave it as it is; it stays to review"),
        Binding("q", "stop", "Stop", id="review.stop", tooltip="Stop; the review resumes at this card"),
        Binding("p", "back", "Back", id="review.back", tooltip="The card before"),
        Binding("g", "next_part", "Next part", id="review.next_part", show=False, tooltip="The next part of the review; this one comes last"),
        Binding("t", "timeline", "Timeline", id="review.timeline", tooltip="The whole record"),
        Binding("escape", "stay", "Stay", id="review.stay", show=False, tooltip="Takes a dialog back; never leaves the review"),
        Binding("b", "bet", "Bet", id="review.bet", show=False, tooltip="Keep it if they do something by a day, two weeks at most"),
        Binding("f", "first_call", "First call", id="review.first_call", show=False, tooltip="Did the first call feel right: f says yes, again no, again not said"),
        Binding("i", "details", "Limits", id="review.details", show=False, tooltip="Show or hide the rule, its limits and their settings"),
        *card_keys("review"),
    ]  # fmt: skip

    def __init__(self, controller: ReviewController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._shown: str | None = None
        self._painted = float("inf")  # when the card of ``_shown`` was first on the screen
        self._since = controller.board.clock()
        self._seen: tuple[Document, VerdictRecord | None] | None = None  # what is being decided on
        self._refused = False  # the last write
        self._leaves_it = False  # the card was dropped, and is left alone
        self._listing = False  # the list of sure purges is on top

    @property
    def session_id(self) -> str:
        """Return the review."""
        return self._controller.session.id

    # Drawing

    def on_mount(self) -> None:
        """Show the first card, or the one left last time."""
        self.call_after_refresh(self.redraw)
        self.set_interval(MINUTE, self._redraw_banner)
        if self._controller.resumed:
            self.notify(f"Taken up at card {self._controller.number}")

    def on_board_event(self, event: Event) -> bool:
        """Follow what changed: take back a write that failed, show others' changes.

        Gives whether it told what became of such a write.
        """
        controller = self._controller
        if self._listing:  # the list on top hears of it
            return False
        ids = event.ids if isinstance(event, Changed | NotSaved) else frozenset()
        told_why = isinstance(event, NotSaved) and self._on_not_saved(event)
        everything = isinstance(event, Changed) and event.everything
        others = event.others if isinstance(event, Changed) else ()
        if controller.follow(others) or told_why or controller.current in ids or everything:
            self._redraw_in_place(everything=everything)
        elif not ids.isdisjoint(controller.session.queue):
            self._redraw_banner()
        return told_why

    def _on_not_saved(self, event: NotSaved) -> bool:
        """Take back a write that was refused; return whether it is told here, or asked about."""
        error = self._controller.refused_by_others(event.error, event.ids)
        self._refused = self._refused or self._controller.current in event.ids
        if error is None:
            return False
        if not (self._seen and isinstance(error, DecidedMeanwhileError)):
            self.notify(str(error), severity="warning")
        return True

    def _redraw_in_place(self, *, everything: bool) -> None:
        """Redraw the same card as it is now: it is never exchanged for another under the fingers."""
        controller = self._controller
        if everything and not self._busy and not controller.news:
            controller.pass_over_gone()
            self.redraw()
            return
        self._redraw_banner()
        self._redraw_card()
        dialog = self.app.screen
        if self._seen and isinstance(dialog, Dialog):
            news = controller.since(*self._seen)
            dialog.show_news(news.sentence if news else "")

    def redraw(self) -> None:
        """Redraw the banner and what comes up now: a card, the list of sure purges, or the end."""
        controller, board = self._controller, self._controller.board
        current = controller.current
        if current != self._shown:
            self._shown, self._since, self._painted = current, board.clock(), float("inf")
            self.call_after_refresh(self._note_paint, current)
        self._redraw_banner()
        for passed in controller.passed_unread():
            self.notify(passed, severity="warning")
        if current is None:
            self._end()
        elif controller.time_is_up and not self._busy:
            self.start(self._ask_about_the_time())
        elif controller.list_is_next and not self._busy:
            self._list()
        self._redraw_card()

    def _note_paint(self, card: str | None) -> None:
        if card == self._shown:
            self._painted = min(self._painted, Message().time)  # by the clock of keys

    def may_change(self) -> bool:
        """Return whether the card may be decided: no key acts on one that was not there to be read."""
        if not self._is_ready():
            self.notify(TOO_EARLY, severity="warning")
            return False
        return super().may_change()

    def _is_ready(self) -> bool:
        """Return whether the card was on the screen when the key came, and nothing is being stored."""
        return not self._busy and self.board_app.pressed_at >= self._painted

    def after_work(self) -> None:
        """Go on where the prospect of the card was forgotten, or its adding undone, meanwhile."""
        controller = self._controller
        if controller.current and controller.board.document(controller.current) is None:
            controller.pass_over_gone()
            self.redraw()

    def _redraw_banner(self) -> None:
        """Tell how far it is; of the next card only together with that card."""
        controller, board = self._controller, self._controller.board
        if controller.current != self._shown:
            return
        cards, number = len(controller.session.queue), controller.number
        parts = banner(
            number,
            cards,
            controller.summary(),
            controller.snoozed,
            rep=controller.rep,
            group=part_of_queue(board, controller.current),
        )
        time = clock_text(controller.worked, board.settings.review.minutes)
        done = min(number - 1, cards) / cards if cards else 1.0
        for bar in self.query(
            ReviewBar
        ):  # there is none yet when the board tells of something early
            bar.show("Review", done, parts, time)

    def _redraw_card(self) -> None:
        controller, board = self._controller, self._controller.board
        current = controller.current
        if current is None or current != self._shown or not self.query(ReviewCardView):
            return
        self._leaves_it = False
        try:
            evidence, made = board.evidence(current), board.recommendation(current)
            before = controller.verdict_on(current)
        except ReviewBoardError as error:
            self._asked = []
            self.query_one(ReviewCardView).show_text(str(error))
            return
        self._leaves_it = is_left_dropped(evidence, made)
        picked, news = controller.session.why.get(current, ""), controller.news
        self._asked = self.query_one(ReviewCardView).show(
            evidence, made, before, picked, news=news.sentence if news else ""
        )

    def _list(self) -> None:
        """Open the sure purges, to tick; what was not ticked comes as a card."""
        mine = self._busy = object()
        self._listing = True

        def over(passed: bool | None) -> None:
            self._listing = False
            if self._busy is mine:
                self._busy = None
            if passed:
                self.redraw()
            else:
                self.dismiss(None)

        # no worker waits for it: keys go on at once, since it is no dialog
        self.app.push_screen(PurgeListScreen(self._controller), over)

    async def _ask_about_the_time(self) -> None:
        """Ask, as the hour is over, whether to park the rest or go on."""
        controller = self._controller
        minutes = controller.board.settings.review.minutes
        park = await self.app.push_screen_wait(TimeDialog(minutes, len(controller.left)))
        self._busy = None
        if attempt(self.board_app, controller.park if park else controller.go_on):
            if park:
                self._end()
            else:
                self.redraw()

    def _end(self) -> None:
        """End, as every card was passed or parked: the report takes the screen's place."""
        self._controller.finish()
        self.show_report(self.session_id, self._go_on)

    def _go_on(self, commit: Commit) -> "ReviewScreen | None":
        """Return the review at the card that an undo at the report changed, if it is one of its."""
        attempt(self.board_app, lambda: self._controller.returned(commit))
        return ReviewScreen(self._controller) if self._controller.current else None

    # Deciding

    def action_take_it(self) -> None:
        """Do what the record recommends, with what that demands; what is left alone is left as it is."""
        if self._leaves_it:
            self.action_skip()
        elif self._controller.current and self.may_change():
            self.start(self._decide_by(DecisionDialogs.recommended))

    def action_decide(self, column: str) -> None:
        """Decide otherwise, or likewise by name."""
        to = Column(column)
        if self._controller.current and self.may_change():
            self.start(self._decide_by(lambda dialogs: dialogs.of(to), to))

    def action_bet(self) -> None:
        """Keep it on what the buyer does by a day."""
        if self._controller.current and self.may_change():
            self.start(self._decide_by(DecisionDialogs.bet, Column.ACTIVE))

    async def _decide_by(self, ask: Ask, to: Column | None = None) -> None:
        """Ask what the decision demands, and put it on record; who comes second is asked first."""
        controller, current = self._controller, self._controller.current
        if current is None:
            return
        overruling, news = None, controller.news
        if news and not news.is_reviewed:  # else asked once it is known what the manager decides
            if not await self._means_it(news, to):
                return
            overruling = news.verdict
        board = controller.board
        made, seen = board.recommendation(current), board.document(current)
        if seen is None:
            return
        self._seen = seen, overruling
        try:
            first = news.verdict if news else None
            if first and confirms(to or made.destination, first, controller.session):
                first = None
            known = without_plans(board.evidence(current), first)
            steps = Steps(self.board_app)
            asked = DecisionDialogs(steps, known, made, controller.planned())
            if decision := await steps.through(lambda: ask(asked)):
                await self._put_on_record(decision, made)
        finally:
            self._seen = None

    async def _put_on_record(self, decision: Decision, made: Recommendation) -> None:
        """Store a verdict; as long as somebody was first, ask whether it is meant all the same."""
        assert self._seen is not None
        controller, board, (seen, overruling) = self._controller, self._controller.board, self._seen
        seconds = max(0, int((board.clock() - self._since).total_seconds()))
        board.catch_up()
        await wait_until_saved(board)
        while True:
            if news := controller.since(seen, overruling):
                agrees = news.verdict and confirms(decision.to, news.verdict, controller.session)
                if not agrees and not await self._means_it(news, decision.to, decision):
                    return
                seen = board.document(str(seen["id"])) or seen
                overruling = news.verdict or overruling
                self._seen = seen, overruling
            deciding = partial(controller.decide, decision, made, seconds, seen, overruling)
            before = readable(board, str(seen["id"]))
            if await self._is_stored(deciding):
                self._busy = None
                self._tell_replaced_step(before)
                self.redraw()
                return
            if not controller.since(seen, overruling):  # refused for another reason, which was told
                self._redraw_card()
                return

    def _tell_replaced_step(self, before: Evidence | None) -> None:
        """Tell of the step that the verdict took away; what its dialog asked for was shown there."""
        after = readable(self._controller.board, before.prospect.id) if before else None
        if before and after and (went := [*replaced_step(before, after)]):
            self.notify(f"{after.prospect.name}: {' · '.join(went)}")

    async def _is_stored(self, act: Callable[[], None]) -> bool:
        """Return whether it is on disk; what was refused is told, unless somebody was first."""
        self._refused = False
        try:
            act()
        except DecidedMeanwhileError:
            return False
        except ReviewBoardError as error:
            self.notify(str(error), severity="warning")
            return False
        await wait_until_saved(self._controller.board)
        return not self._refused

    async def _means_it(
        self, news: CardNews, to: Column | None, decision: Decision | None = None
    ) -> bool:
        """Return whether the verdict is meant all the same; else show the next card, or this one again."""
        if await confirm_second_verdict(self.board_app, self._controller, news, to, decision):
            return True
        self._busy = None
        if news.is_settled:
            self._pass_on(news)
        else:
            self._redraw_card()
        return False

    def _pass_on(self, news: CardNews) -> None:
        """Go on to the next card: this one stays as others decided it."""
        if attempt(self.board_app, self._controller.pass_on):
            if not news.is_closed:
                self.notify(f"Left as it is: {news.text}")
            self.redraw()

    async def tell(self, telling: Awaitable[object]) -> None:
        """Record what they told; if it knocks them out, offer the purge at once."""
        current, before = self._controller.current, self._is_knocked_out()
        await telling
        if not self._controller.news:
            self._controller.pass_over_gone()
        self.redraw()
        if self._controller.current == current and self._is_knocked_out() and not before:
            await self._decide_by(DecisionDialogs.recommended)

    def _is_knocked_out(self) -> bool:
        """Return whether an answer on record disqualifies whom the card is about."""
        current = self._controller.current
        if current is None:
            return False
        return self._controller.board.recommendation(current).rule is RuleName.KNOCKED_OUT

    def action_first_call(self) -> None:
        """Set whether it was solid from the first call: yes, no, not said."""
        current = self._controller.current
        if current and self.may_change():
            told_before = self._controller.board.prospect(current).first_impression
            evidence = self._controller.board.evidence(current)
            if not (told_before or evidence.timeline.last_response):
                self.notify("They have not answered yet: there is no first call to judge")
                return
            after = {None: True, True: False, False: None}
            solid = after[told_before.solid if told_before else None]
            if attempt(self.board_app, lambda: self._controller.first_impression(solid)):
                again = key_of(self, "review.first_call")
                self.notify(f"The first call: {FIRST_CALL[solid]}. {again} changes it")
                self.redraw()

    # Going

    def action_snooze(self) -> None:
        """Put it off: not this week; what somebody else has decided needs no putting off."""
        if not self.may_change():
            return
        if (news := self._controller.news) and not news.is_reviewed:
            self._pass_on(news)
        elif attempt(self.board_app, self._controller.snooze):
            days = self._controller.board.settings.review.snooze_days
            self.notify(f"Not this week: it comes back in {several(days, 'day')}")
            self.redraw()

    def action_skip(self) -> None:
        """Leave the card as it is."""
        if not self._is_ready():
            self.notify(TOO_EARLY, severity="warning")
        elif attempt(self.board_app, self._controller.skip):
            self.redraw()

    def action_back(self) -> None:
        """Go to the card before."""
        if attempt(self.board_app, self._controller.back):
            self.redraw()

    def action_next_part(self) -> None:
        """Go to the next part of the review; what is left of this one comes last."""
        there: list[str] = []
        if attempt(self.board_app, lambda: there.append(self._controller.next_part())):
            self.notify(f"Now: {there[0]}")
            self.redraw()

    def show_undone(self, commit: Commit) -> None:
        """Go back to the card of what was taken back."""
        self._controller.returned(commit)
        self.redraw()

    def action_stay(self) -> None:
        """Stay: one esc too many after a dialog must not end the hour."""
        self.notify("q stops the review; it resumes at this card")

    def action_stop(self) -> None:
        """Stop here; the session stays open."""
        self.dismiss(None)
