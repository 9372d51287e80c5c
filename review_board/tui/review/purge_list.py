"""The sure purges as one list to tick: many decisions in one key, each with a reason of its own."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from review_board.judgement.narrate import compared
from review_board.pipeline.money import short_money
from review_board.pipeline.vocabulary import Column
from review_board.review import Decision
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.deeds import told
from review_board.tui.dialogs.reason import ReasonDialog
from review_board.tui.fitting import plain
from review_board.tui.keys import footer_keys
from review_board.tui.prospect_screen import ProspectScreen
from review_board.tui.review.card_text import clock_text
from review_board.tui.review.tick_list import TickLine, TickList

if TYPE_CHECKING:
    from review_board.board import Desk, Event, SurePurge
    from review_board.store import Commit
    from review_board.tui.app import ReviewBoardApp
    from review_board.tui.deeds import Asker, Deeds

INTRO = "The record leaves no doubt here. Tick what goes; the rest comes as cards."


class PurgeListScreen(Screen[bool]):
    """The list; dismissed with ``True`` once it is passed, ``False`` when the review is stopped."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "purge", "Purge ticked", id="sure.purge", tooltip="Purge what is ticked, one undo for all; the rest as cards"),
        Binding("space", "tick", "Tick", id="sure.tick", tooltip="Tick this one, or no longer"),
        Binding("a", "all", "All", id="sure.all", tooltip="Tick all, or none"),
        Binding("t", "timeline", "Record", id="sure.timeline", tooltip="The whole record of this one"),
        Binding("r", "reason", "Reason", id="sure.reason", tooltip="Another reason for this one"),
        Binding("u", "undo", "Undo", id="sure.undo", tooltip="Take back the last change"),
        Binding("q,escape", "stop", "Stop", id="sure.stop", tooltip="Stop; the review resumes at this list"),
        Binding("question_mark", "app.help", "Help", id="sure.help", tooltip="All keys"),
        Binding("j,down", "step(1)", "Down", id="sure.down", show=False, tooltip="The next line"),
        Binding("k,up", "step(-1)", "Up", id="sure.up", show=False, tooltip="The line before"),
        Binding("pagedown", "pages(1)", "Page down", id="sure.page_down", show=False, tooltip="A page down"),
        Binding("pageup", "pages(-1)", "Page up", id="sure.page_up", show=False, tooltip="A page up"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    PurgeListScreen { background: $background; }
    PurgeListScreen Static { height: auto; padding: 0 1; color: $quiet; }
    PurgeListScreen #why { height: 2; color: $foreground; }
    """

    def __init__(self, desk: "Desk", deeds: "Deeds") -> None:
        super().__init__()
        self._desk = desk
        self._deeds = deeds
        self._lines: dict[str, SurePurge] = {}
        self._chosen: dict[str, Decision] = {}

    @property
    def _asker(self) -> "Asker":
        return cast("Asker", self.app)

    @property
    def _ticks(self) -> TickList:
        return self.query_one(TickList)

    # Drawing

    def compose(self) -> ComposeResult:
        """Title, what to do, the lines, the keys."""
        yield Bar(id="title")
        yield Static(INTRO, markup=False)
        yield TickList()
        yield Static(id="why", markup=False)
        yield KeyBar(footer_keys(self))

    def on_mount(self) -> None:
        """The lines as the record stands now."""
        self.call_after_refresh(self.redraw)

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer lines fit."""
        self.call_after_refresh(self._ticks.step, 0)

    def hear(self, event: "Event") -> None:
        """Something changed: lines that are no sure purges any more go."""
        if getattr(event, "error", None) is not None:
            self._desk.refresh()
        if self.query(TickList):  # it may hear before it is composed
            self.redraw()

    def redraw(self) -> None:
        """The lines, and how many are ticked."""
        self._lines = {line.id: line for line in self._desk.sure_purges()}
        self._ticks.show([self._line(line) for line in self._lines.values()])
        self._redraw_title()

    @on(TickList.Ticked)
    def _redraw_title(self) -> None:
        """How many there are, how many are ticked, and why the one under the cursor goes."""
        self._redraw_why()
        desk = self._desk
        parts = [f"Sure purges: {len(self._lines)}", f"{len(self._ticks.ticked)} ticked"]
        time = clock_text(desk.worked, desk.board.settings.review.minutes)
        self.query_one("#title", Bar).set(parts, f"{desk.board.by} · {time}")

    def _decision(self, line: "SurePurge") -> Decision:
        return self._chosen.get(line.id, line.decision)

    def _line(self, line: "SurePurge") -> TickLine:
        prospect, decision = line.evidence.prospect, self._decision(line)
        because = line.made.finding.because
        why = compared(because) if because.threshold else because.text
        return TickLine(
            line.id,
            prospect.name,
            short_money(prospect.value) if prospect.value else "",
            plain(f"{line.made.rule} {why}"),
            _going(decision),
        )

    def _redraw_why(self) -> None:
        """All that speaks against the line under the cursor."""
        line = self._lines.get(self._ticks.current or "")
        because = line.made.finding.because.text if line else "Nothing is left to tick."
        note = line and self._decision(line).note
        said = f" · note: {note}" if note else ""
        self.query_one("#why", Static).update(Content(plain(f"{because}{said}")))

    # Doing

    def action_step(self, count: int) -> None:
        """The cursor up or down."""
        self._ticks.step(count)
        self._redraw_why()

    def action_pages(self, count: int) -> None:
        """A page up or down."""
        self.action_step(count * self._ticks.page)

    def action_tick(self) -> None:
        """Tick, and go on to the next."""
        self._ticks.tick()
        self.action_step(1)

    def action_all(self) -> None:
        """All, or none."""
        self._ticks.tick_all()

    def action_purge(self) -> None:
        """Purge what is ticked; what is not comes as a card."""
        if self._may_change():
            ticked = [
                replace(line, decision=self._decision(line))
                for line in self._lines.values()
                if line.id in self._ticks.ticked
            ]
            if told(self._asker, lambda: self._desk.purge(ticked)):
                self.dismiss(True)

    def action_reason(self) -> None:
        """Another reason for the line under the cursor."""
        line = self._lines.get(self._ticks.current or "")
        if line and self._decision(line).destination is Column.DROPPED:
            self.run_worker(self._ask_reason(line))
        elif line:
            self._asker.say("It goes to Nurture, which takes no reason")

    async def _ask_reason(self, line: "SurePurge") -> None:
        decision = self._decision(line)
        title = f"Drop {line.evidence.prospect.name}: why?"
        reasons = self._desk.board.settings.drop_reasons
        draft = await self.app.push_screen_wait(
            ReasonDialog(title, decision.reason, decision.note, reasons=reasons)
        )
        if draft:
            self._chosen[line.id] = replace(decision, reason=draft.reason, note=draft.note)
            self.redraw()

    def action_timeline(self) -> None:
        """The page of the prospect under the cursor."""
        if current := self._ticks.current:
            self.app.push_screen(ProspectScreen(self._desk.board, self._deeds, current))

    def action_undo(self) -> None:
        """Take back the last change; the list is over when that was before it."""
        cast("ReviewBoardApp", self.app).undo(done=self._undone)

    def _undone(self, commit: "Commit") -> None:
        self._desk.returned(commit)
        if self._desk.list_is_next:
            self.redraw()
        else:
            self.dismiss(True)

    def action_stop(self) -> None:
        """Stop here; the session stays open."""
        self.dismiss(False)

    @on(KeyBar.KeyClicked)
    async def _run_key(self, event: KeyBar.KeyClicked) -> None:
        await self.run_action(event.action)

    def _may_change(self) -> bool:
        reason = self._desk.board.read_only
        if reason:
            self._asker.say(f"Nothing can be decided: {reason}", bad=True)
        return not reason


def _going(decision: Decision) -> str:
    """Where to, and why: ``drop: no response``, ``nurture: keep in touch``."""
    if decision.destination is Column.DROPPED:
        return f"drop: {str(decision.reason).replace('-', ' ')}"
    return f"nurture: {str(decision.track).replace('-', ' ')}"
