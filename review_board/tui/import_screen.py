"""The look at a list before it comes in: how it is read, what it changes; columns and words can be set."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from review_board.errors import ReviewBoardError
from review_board.exchange.field_words import field_words
from review_board.exchange.import_result import lists_of
from review_board.exchange.source_mapping import SourceMapping
from review_board.imports import ImportPlan, board_changes
from review_board.pipeline.stages import StageMeaning
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.footer_keys import footer_keys
from review_board.tui.import_rows import (
    BOTH,
    COLS,
    COLUMN,
    MEANING_WORDS,
    STATE,
    Sides,
    import_rows,
    place_of,
    row_of,
)
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.rows import TOP, Rows
from review_board.tui.textfit import clip, plain
from review_board.wording import several

if TYPE_CHECKING:
    from review_board.board.board import Board

Replan = Callable[[Mapping[str, SourceMapping]], Awaitable[ImportPlan]]
"""Reads the lists again with other mappings, by source."""

AS_FOUND = "as found"
_FIELDS = (
    "name", "company", "contact", "email", "phone", "value", "currency", "probability", "stage",
    "status", "owner", "created", "close_date", "last_activity", "contacted", "next_activity", "next_step",
    "lost_reason", "source", "product", "tags", "note", "do_not_contact", "locations", "id",
)  # fmt: skip
_FIELD_LETTERS = "ncpehvurswodbljafygktmxzi"
_MEANINGS = (
    StageMeaning.OPEN, StageMeaning.CALLBACK, StageMeaning.NURTURE, StageMeaning.LOST,
    StageMeaning.WON, StageMeaning.RETIRED,
)  # fmt: skip


class MeaningDialog(Dialog[str]):
    """Asks what a column or a stage word is; a letter answers at once."""

    of_prospect = False
    is_fitted = True
    hint = "a letter answers · arrows and enter · {dialog.cancel:esc} changes nothing"

    def __init__(
        self, title: str, values: tuple[str, ...], letters: str, labels: tuple[str, ...], now: str
    ) -> None:
        super().__init__(title)
        self._options = lettered(values, letters, labels)
        self._now = now

    def fields(self) -> ComposeResult:
        """Yield the choices."""
        yield Choices(self._options, initial=self._now, id="meaning")

    def result(self) -> str:
        """Return the choice."""
        chosen = self.query_one(Choices).chosen
        return str(chosen.value) if chosen else self._now

    @on(Choices.Picked)
    def _answer(self, event: Choices.Picked) -> None:
        if event.typed:
            self.accept()


@dataclass(frozen=True, slots=True)
class Agreed:
    """The plan to carry out, and the fields that changed on both sides as far as they are decided."""

    plan: ImportPlan
    theirs: Sides


class ImportScreen(PipelineScreen[Agreed | None]):
    """Shows a plan; gives it when it is to be carried out, perhaps made anew meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Import", id="import.yes", tooltip="Take it in, in one change"),
        Binding("enter", "change", "Change", id="import.change", tooltip="Say what this column is, what this word means, whose side counts"),
        Binding("escape,q,n", "leave", "Leave", id="import.back", tooltip="Import nothing"),
        Binding("tab", "section(1)", "Next part", id="import.next_part", tooltip="To the next part of the page"),
        Binding("shift+tab", "section(-1)", "Part before", id="import.part_before", show=False, tooltip="To the part before"),
        Binding("question_mark", "app.help", "Help", id="import.help", tooltip="All keys"),
        Binding("j,down", "step(1)", "Down", id="import.down", show=False, tooltip="The next line"),
        Binding("k,up", "step(-1)", "Up", id="import.up", show=False, tooltip="The line before"),
        Binding("pagedown,space", "pages(1)", "Page down", id="import.page_down", show=False, tooltip="A page down"),
        Binding("pageup", "pages(-1)", "Page up", id="import.page_up", show=False, tooltip="A page up"),
    ]  # fmt: skip
    doing = "imported"
    DEFAULT_CSS = """
    ImportScreen { background: $background; }
    ImportScreen #detail { height: 2; padding: 0 1; color: $foreground; border-top: none; }
    """

    def __init__(self, board: "Board", plan: ImportPlan, replan: Replan) -> None:
        super().__init__(board)
        self._board: Board = board
        self._plan = plan
        self._replan = replan
        self._sides: dict[tuple[str, str], bool] = {}

    def compose(self) -> ComposeResult:
        """Yield title, the rows, all of the row in use, the keys."""
        yield Bar(id="title")
        yield Rows()
        yield Static(id="detail", markup=False)
        yield KeyBar(footer_keys(self))

    def on_mount(self) -> None:
        """Show the plan."""
        self._draw(TOP)

    def _draw(self, near: str = "") -> None:
        plan = self._plan
        rows = import_rows(plan, board_changes(self._board, plan), self._sides)
        self.query_one(Rows).show(COLS, tuple(rows), (), near)
        lists = lists_of(plan.result)
        unknown = sum(not use.is_known for one in lists for use in one.states)
        parts = [f"Import {plan.name}", plan.count]
        parts += [f"{several(unknown, 'word')} not known"] if unknown else []
        refused = sum(len(one.refused) for one in lists)
        parts += [f"{refused:,} refused"] if refused else []
        self.query_one("#title", Bar).set(list(map(plain, parts)), "nothing is changed yet")

    @on(Rows.RowHighlighted)
    def _show_detail(self) -> None:
        row = self.query_one(Rows).row
        self.query_one("#detail", Static).update(Content(plain(row.detail()) if row else ""))

    def action_step(self, count: int) -> None:
        """Move the cursor up or down."""
        self.query_one(Rows).step(count)

    def action_pages(self, count: int) -> None:
        """Move a page up or down."""
        rows = self.query_one(Rows)
        rows.step(count * rows.page)

    def action_section(self, count: int) -> None:
        """Go to the first row of the next part, or of the one before."""
        self.query_one(Rows).to_head(count)

    def action_leave(self) -> None:
        """Import nothing."""
        self.dismiss(None)

    def action_agree(self) -> None:
        """Have it carried out."""
        self.dismiss(Agreed(self._plan, self._sides))

    @on(Rows.RowOpened)
    def action_change(self) -> None:
        """Ask what the column or the word under the cursor is."""
        row = self.query_one(Rows).row
        if row and row.id.startswith(COLUMN):
            self.start(self._change_column(*place_of(row.id)))
        elif row and row.id.startswith(STATE):
            self.start(self._change_state(*place_of(row.id)))
        elif row and row.id.startswith(BOTH):
            conflicts = self._plan.conflicts
            key = next((u.id, one.field) for u, one in conflicts if row_of(u, one) == row.id)
            self._sides[key] = not self._sides.get(key, False)
            self._draw()
        else:
            self.notify("Columns and stage words can be changed; tab goes to them")

    async def _change_column(self, place: int, header: str) -> None:
        result = lists_of(self._plan.result)[place]
        use = next(use for use in result.columns if use.header == header)
        if header not in result.headers:
            self.notify("This column has no name in the list", severity="warning")
            return
        dialog = MeaningDialog(
            f"What is the column {clip(header, 40)}?",
            (*_FIELDS, "", AS_FOUND),
            f"{_FIELD_LETTERS}-0",
            (*map(field_words, _FIELDS), "not used", AS_FOUND),
            use.field,
        )
        said: str | None = await self.app.push_screen_wait(dialog)
        if said is not None and said != use.field:
            columns = {h: f for h, f in result.applied.columns.items() if h != header}
            columns |= {} if said == AS_FOUND else {header: said}
            await self._make_anew(place, replace(result.applied, columns=columns))

    async def _change_state(self, place: int, word: str) -> None:
        result = lists_of(self._plan.result)[place]
        dialog = MeaningDialog(
            f"What does {clip(word, 40)} mean?",
            (*(meaning.name for meaning in _MEANINGS), AS_FOUND),
            "acndwx0",
            (*(MEANING_WORDS[meaning] for meaning in _MEANINGS), AS_FOUND),
            next(use.meaning.name for use in result.states if use.word == word),
        )
        said: str | None = await self.app.push_screen_wait(dialog)
        if said is not None:
            stages = {w: m for w, m in result.applied.stages.items() if w != word}
            stages |= {} if said == AS_FOUND else {word: StageMeaning[said]}
            await self._make_anew(place, replace(result.applied, stages=stages))

    async def _make_anew(self, place: int, mapping: SourceMapping) -> None:
        """Read the lists again; where that is refused, the plan stays as it was."""
        lists = lists_of(self._plan.result)
        said = {one.source_key: one.applied for one in lists} | {lists[place].source_key: mapping}
        try:
            self._plan = await self._replan(said)
        except ReviewBoardError as error:
            self.notify(str(error), severity="warning")
        self._draw()
