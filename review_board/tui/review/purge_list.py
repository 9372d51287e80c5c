"""The sure purges as one list to tick: many decisions in one key, each with a reason of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from review_board.board.events import Event, NotSaved, Saved, TroubleChanged
from review_board.board.undo import LARGE
from review_board.judgement.question_packs import LOCATIONS
from review_board.judgement.time_spent import TimeSpent, add_up, recent_time
from review_board.pipeline.money import currency_rank, short_money, side_by_side, total_by_currency
from review_board.pipeline.vocabulary import Column
from review_board.review.controller import ReviewController
from review_board.review.session import ListMark
from review_board.review.sure_purges import SurePurge
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.protocol import Commit
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.footer_keys import key_of
from review_board.tui.review.card_text import clock_text
from review_board.tui.review.review_bar import BarPart, ReviewBar
from review_board.tui.review.second_verdict import wait_until_saved
from review_board.tui.rows import Cell, CellColour, Col, Row, Rows, RowsScreen
from review_board.tui.screen_keys import copy_key, verdict_keys
from review_board.tui.show_errors import attempt
from review_board.tui.textfit import plain
from review_board.wording import first_few, several

TICKS = "tick it, with the reason {}; it goes with the list"
"""What enter does in the dialog of a reason."""
INTRO = "By the record these go. Tick what goes; the rest comes as cards."


COLS = (Col("", 3), Col("who", share=5, most=27), Col("value", 6, right=True), Col("why", share=9))


def _sites_open(line: SurePurge) -> str:
    """Mark a line on which the question whether there are more sites is open."""
    return "more sites? " if line.asks_sites else ""


class PurgeListScreen(RowsScreen[bool]):
    """The list; dismissed with ``True`` once it is passed, ``False`` when the review is stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "purge", "Purge", id="sure.purge", tooltip="Purge what is ticked, one undo for all; the rest as cards"),
        Binding("space", "tick", "Tick", id="sure.tick", tooltip="Tick this one, or no longer"),
        Binding("a", "all", "All", id="sure.all", tooltip="Tick all, or none"),
        Binding("t", "timeline", "Timeline", id="sure.timeline", tooltip="The whole record of this one"),
        Binding("r", "reason", "Reason", id="sure.reason", tooltip="Tick this one for another reason"),
        Binding("1", "sites", "Sites", id="sure.sites", show=False, tooltip="Answer how many sites this one has, where that is asked"),
        Binding("u", "undo", "Undo", id="sure.undo", tooltip="Take back the last tick or reason; without one, the last change"),
        Binding("q", "stop", "Stop", id="sure.stop", tooltip="Stop; the review resumes at this list, ticked as it is"),
        Binding("question_mark", "app.help", "Help", id="sure.help", tooltip="All keys"),
        Binding("g", "next_part", "Next part", id="sure.next_part", show=False, tooltip="The next part of the review; this list comes last"),
        Binding("j,down", "step(1)", "Down", id="sure.down", show=False, tooltip="The next line"),
        Binding("k,up", "step(-1)", "Up", id="sure.up", show=False, tooltip="The line before"),
        copy_key("sure"),
        *verdict_keys("sure", show=False),
        Binding("escape,s,z,p", "as_cards", "As cards", id="sure.as_cards", show=False, tooltip="Decide nothing here: tick lines, then enter; the others come as cards"),
        Binding("pagedown", "pages(1)", "Page down", id="sure.page_down", show=False, tooltip="A page down"),
        Binding("pageup", "pages(-1)", "Page up", id="sure.page_up", show=False, tooltip="A page up"),
    ]  # fmt: skip
    title_bar = ReviewBar
    doing = "decided"
    DEFAULT_CSS = """
    PurgeListScreen #intro { height: auto; padding: 0 1; color: $quiet; }
    PurgeListScreen #detail { height: 2; border-top: none; }
    PurgeListScreen.-tall #intro { padding: 1; }
    PurgeListScreen.-tall #detail { height: 3; border-top: solid $rule; }
    """

    def __init__(self, controller: ReviewController) -> None:
        super().__init__(controller.board)
        self._controller = controller
        self._lines: dict[str, SurePurge] = {}
        self._spent: dict[str, TimeSpent] = {}
        self._places: list[str] = []  # the id of each row; a heading has none
        self._purging = False
        self._asked_to_go_on = False  # asked once to go on with nothing ticked
        self._before: list[dict[str, ListMark]] = []  # what each tick or reason took the place of

    @property
    def _here(self) -> SurePurge | None:
        """Return the line under the cursor."""
        row = self.rows.row
        return self._lines.get(row.id) if row else None

    @property
    def session_id(self) -> str:
        """Return the review."""
        return self._controller.session.id

    @property
    def _ticked(self) -> list[SurePurge]:
        return [line for line in self._lines.values() if line.ticked]

    # Drawing

    def above(self) -> ComposeResult:
        """Yield what to do."""
        yield Static(INTRO, markup=False, id="intro")

    def on_mount(self) -> None:
        """Show the lines as the record stands now."""
        self.call_after_refresh(self.redraw)
        if old := self._controller.old_ticks():
            self.notify(old)

    def on_board_event(self, event: Event) -> bool:
        """Follow what changed: lines that are no sure purges any more go."""
        told_why = isinstance(event, NotSaved) and self._on_not_saved(event)
        is_composed = bool(self.query(Rows))  # it may hear before
        if not is_composed or isinstance(event, Saved | TroubleChanged):
            return False
        if isinstance(event, NotSaved):
            self.redraw()
            return told_why
        went_on = self._controller.follow(event.others, holding=False)
        if went_on and self._controller.session.listed and self.is_current:
            goes_on = key_of(self, "sure.purge")
            self.notify(f"This list was passed in another window; {goes_on} goes on")
            self._asked_to_go_on = True
        if event.everything or went_on:
            self.redraw()
        elif event.ids:  # without any it tells of the session alone, and that is ours
            self._update_lines(event.ids)
        return False

    def _on_not_saved(self, event: NotSaved) -> bool:
        """Take back a write that was refused; return whether that was told here."""
        error = self._controller.refused_by_others(event.error, event.ids)
        if error:
            self.notify(str(error), severity="warning")
        return error is not None

    def redraw(self) -> None:
        """Make every line anew."""
        self._lines = {line.id: line for line in self._controller.sure_purges()}
        self._spent = {key: self._time_spent(line) for key, line in self._lines.items()}
        self._draw()

    def _update_lines(self, changed: frozenset[str]) -> None:
        """Make the lines anew of what changed only: judging a thousand takes a second."""
        anew = {line.id: line for line in self._controller.sure_purges(changed)}
        for key in self._lines.keys() & anew.keys():
            if anew[key].was and not self._lines[key].was:
                name = anew[key].evidence.prospect.name
                self.notify(f"{name} changed and is ticked no longer")
        for key in self._lines.keys() & changed - anew.keys():
            if said := self._controller.no_sure_purge(key):
                self.notify(said)
        self._spent |= {key: self._time_spent(line) for key, line in anew.items()}
        kept = {key: line for key, line in self._lines.items() if key not in changed} | anew
        self._lines = {key: kept[key] for key in self._controller.session.sure if key in kept}
        self._draw()

    def _draw(self) -> None:
        """Show the lines, and how many are ticked."""
        rows = [*self._grouped()]
        self._places = [row.id for row in rows]
        none = f"Nothing is left to tick: {key_of(self, 'sure.purge')} goes on."
        self.rows.show(COLS, tuple(rows), (none,))
        controller, count, ticked = self._controller, len(self._lines), len(self._ticked)
        parts = [BarPart(f"{ticked} of {count} ticked", "bright")]
        unasked = sum(line.asks_sites for line in self._lines.values())
        parts += (
            [BarPart(f"{unasked} may have more sites")] if unasked else []
        )  # no room hides the last
        freed = add_up(self._spent[line.id] for line in self._ticked).hours_a_week
        parts += [BarPart(f"{freed:f} h a week freed", "good")] if freed else []
        time = clock_text(controller.worked, controller.board.settings.review.minutes)
        done = ticked / count if count else 1.0
        self.query_one("#title", ReviewBar).show("Sure purges", done, parts, time)

    def _grouped(self) -> Iterator[Row]:
        """Yield the lines under a heading for each reason, with its subtotals; the largest group first."""
        groups: dict[str, list[SurePurge]] = {}
        for line in self._lines.values():
            reason = destination_words(line.decision, self._controller.board.settings)
            groups.setdefault(reason, []).append(line)
        for reason, lines in sorted(groups.items(), key=lambda group: -len(group[1])):
            heading = (self._subtotals(reason, lines),)
            yield Row(f"reason/{reason}", "", lambda cells=heading: cells)  # type: ignore[misc]
            yield from map(self._row, sorted(lines, key=self._rank))

    def _rank(self, line: SurePurge) -> tuple[str, Decimal]:
        """Return by what the lines of a reason are sorted: the largest value first."""
        value = line.evidence.prospect.value
        ours = self._controller.board.settings.currency
        amount = -value.amount if value else Decimal(0)
        return currency_rank(value.currency if value else None, ours), amount

    def _subtotals(self, reason: str, lines: list[SurePurge]) -> str:
        """Return the reason with the count of its lines, their value, and their hours a week."""
        worth = [p.value for line in lines if (p := line.evidence.prospect).value]
        parts = [reason, f"{len(lines):,}"]
        ours = self._controller.board.settings.currency
        parts += [side_by_side(total_by_currency(worth, ours))] if worth else []
        hours = add_up(self._spent[line.id] for line in lines).hours_a_week
        parts += [f"frees {hours:f} h a week"] if hours else []
        return "  ".join(parts)

    def _time_spent(self, line: SurePurge) -> TimeSpent:
        settings, evidence = self._controller.board.settings, line.evidence
        return recent_time(evidence.prospect, evidence.today, settings.minutes)

    def _row(self, line: SurePurge) -> Row:
        prospect = line.evidence.prospect

        def cells() -> tuple[Cell, ...]:
            return (
                ("[x]", CellColour.LET_GO) if line.ticked else "[ ]",
                prospect.name,
                short_money(prospect.value) if prospect.value else "",
                "".join(("changed: " if line.was else "", _sites_open(line), line.reason.text)),
            )

        return Row(line.id, line.id, cells)

    def detail(self, row: Row) -> list[Content]:
        """Return all that speaks against the one in use."""
        line = self._lines[row.id]
        said = line.reason.text
        if line.asks_sites:
            said += f" · one site or many? {key_of(self, 'sure.sites')} answers it"
        note = line.decision.note
        said += f" · note: {note}" if note and note != line.proposed.note else ""
        said += f" · ticked as {line.was}: tick it again if it still goes" if line.was else ""
        return [Content(plain(said))]

    # Doing

    def action_tick(self) -> None:
        """Tick, or no longer, and go on to the next."""
        self._tick()
        self.rows.step(1)

    @on(Rows.RowOpened)
    def _tick(self) -> None:
        self._asked_to_go_on = False
        if line := self._here:
            self._mark([line.marked(ticked=not line.ticked)])

    def action_all(self) -> None:
        """Tick all, or none."""
        ticked = len(self._ticked) < len(self._lines)
        self._mark(line.marked(ticked=ticked) for line in self._lines.values())

    def _mark(self, marked: Iterable[SurePurge]) -> None:
        """Store the marks, so that they stay when the review is stopped here or cut off."""
        lines = list(marked)
        before = {line.id: self._lines[line.id].mark for line in lines}
        if self._store_marks(lines):
            self._before.append(before)

    def _store_marks(self, lines: list[SurePurge]) -> bool:
        put = attempt(self.board_app, lambda: self._controller.mark(lines))
        if put:
            self._lines |= {line.id: line for line in lines}
            self._draw()
        return put

    def action_purge(self) -> None:
        """Purge what is ticked; what is not comes as a card."""
        if not self.may_change() or self._purging:
            return
        if not self._ticked and self._lines and not self._asked_to_go_on:
            self._asked_to_go_on = True
            goes_on = key_of(self, "sure.purge")
            self.notify(f"Nothing is ticked; {goes_on} again: each comes as a card")
        else:
            self._purging = True
            self.start(self._purge())

    async def _purge(self) -> None:
        """Purge in one commit, a large one after a question; what others did is looked at first."""
        try:
            if not await self._is_meant(len(self._ticked)):
                return
            self._controller.board.catch_up()
            await wait_until_saved(self._controller.board)
            if attempt(self.board_app, self._purge_ticked):
                await wait_until_saved(self._controller.board)
        finally:
            self._purging = False
        if self._controller.session.listed:
            self.dismiss(True)
        else:  # somebody was first, which was told
            self.redraw()

    def _purge_ticked(self) -> None:
        """Purge, and say how many went, or what was left."""
        count = len(self._ticked)
        left = self._controller.purge(self._ticked)
        if left or count:
            rest = "; the rest come as cards" if self._controller.current else ""
            self.notify(left or f"Purged {several(count, 'prospect')}{rest}")

    async def _is_meant(self, count: int) -> bool:
        if count <= LARGE:
            return True
        question = f"This purges {count:,} prospects at once; one undo takes all of it back."
        asked = ConfirmDialog(f"Purge all {count:,}?", question, yes=f"purge all {count:,}")
        return await self.board_app.push_screen_wait(asked) is True

    def acted(self) -> None:
        """Remember that the last thing done was a verdict: undo takes that back first."""
        self._before.append({})

    def action_as_cards(self) -> None:
        """Tell that the keys of a card do nothing here."""
        goes_on = key_of(self, "sure.purge")
        self.notify(f"Here lines are only ticked; {goes_on} goes on, the rest come as cards")

    def action_reason(self) -> None:
        """Ask for another reason for the line under the cursor."""
        line = self._here
        if line and line.decision.to is Column.DROPPED:
            self.start(self._ask_reason(line))
        elif line:
            self.notify("It goes to Nurture, which takes no reason")

    async def _ask_reason(self, line: SurePurge) -> None:
        decision = line.decision
        who = line.evidence.prospect.who
        reasons = self._controller.board.settings.drop_reasons
        draft = await self.app.push_screen_wait(
            DropDialog(who, decision.reason, decision.note, reasons=reasons, does=TICKS)
        )
        now = self._lines.get(line.id)  # others may have changed it meanwhile, or saved it
        if draft and now:
            self._asked_to_go_on = False
            self._mark([now.marked(ticked=True, reason=draft.reason, note=draft.note)])

    def action_sites(self) -> None:
        """Ask how many sites the one under the cursor has, where that may keep it."""
        line = self._here
        if line and not line.asks_sites:
            self.notify("Nothing is asked about the sites of this one")
        elif line and self.may_change():
            self.start(self.prospect_actions.locations(line.id, LOCATIONS))

    def action_timeline(self) -> None:
        """Open the page of the prospect under the cursor."""
        if line := self._here:
            self.board_app.open_prospect(line.id)

    def action_undo(self) -> None:
        """Take back what was last done to a line here; without that the last change of all."""
        while self._before:
            before = self._before.pop()
            if not before:
                super().action_undo()
                return
            lines = [
                replace(line, mark=before[line.id])
                for line in self._lines.values()
                if line.id in before and line.mark != before[line.id]
            ]
            if lines:
                self._take_back(lines)
                return
        if left := self._left_marked:
            self._take_back([replace(left, mark=ListMark(on=left.mark.on))])
        else:
            super().action_undo()

    @property
    def _left_marked(self) -> SurePurge | None:
        """Return the line marked last of those that an earlier sitting left marked."""
        lines = (self._lines.get(key) for key in reversed(self._controller.session.marks))
        return next((line for line in lines if line and line.mark.says_something), None)

    def _take_back(self, lines: list[SurePurge]) -> None:
        """Mark the lines as they were before; the cursor goes to a single one."""
        words = undone_words(self._lines[lines[0].id].mark, lines)
        if self._store_marks(lines):
            self.rows.go_to(self._places.index(lines[0].id))
            self.notify(words)

    def show_undone(self, commit: Commit) -> None:
        """Tell what was taken back, from before the list; the list stays."""
        entry_of = self._controller.board.entry
        names = {entry.id: entry.name for d in commit.docs if (entry := entry_of(d.id))}
        self._controller.returned_to_the_list(commit)
        if names:
            changed = first_few([*names.values()], 2)
            self.notify(f"That was no tick but a change to {changed}; the list stays")
        if self._controller.list_is_next:
            self.redraw()
        else:
            self.dismiss(True)

    def action_next_part(self) -> None:
        """Go to the next part of the review; the list comes last, ticked as it is."""
        if not self._purging and attempt(self.board_app, self._controller.next_part):
            self.dismiss(True)

    def action_stop(self) -> None:
        """Stop here; the session stays open."""
        self.dismiss(False)


def undone_words(mark: ListMark, lines: list[SurePurge]) -> str:
    """Say what ``lines`` are again: ``Unticked: Harbor and 3 more``; ``mark`` was that of the first."""
    first = lines[0]
    done = "Its reason as before"
    if mark.ticked is not first.mark.ticked:
        done = "Ticked again" if first.mark.ticked else "Unticked"
    return f"{done}: {first_few([line.evidence.prospect.name for line in lines], 1)}"


def destination_words(decision: Decision, settings: Settings) -> str:
    """Return where it goes, and why: ``Drop: no response``, ``Nurture: keep in touch``."""
    if decision.to is Column.DROPPED:
        return f"Drop: {settings.reason_label(str(decision.reason))}"
    return f"Nurture: {decision.track.label if decision.track else 'no track'}"
