"""The look at a list before it comes in: how it is read, what it changes; columns and words can be set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from review_board.board.board import Board
from review_board.errors import ReviewBoardError
from review_board.exchange.import_result import StateUse, lists_of
from review_board.exchange.source_mapping import SourceMapping
from review_board.imports import plan_sections as sections
from review_board.imports.board_changes import BoardChange
from review_board.imports.identity import NearMatch
from review_board.imports.plan import ImportPlan
from review_board.imports.plan_sections import AS_FOUND
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update
from review_board.pipeline.stages import StageMeaning
from review_board.tui.bars import Bar
from review_board.tui.dialogs.choices import lettered
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.footer_keys import key_of
from review_board.tui.imports import plan_rows as page
from review_board.tui.imports import questions
from review_board.tui.rows import TOP, Row, Rows, RowsScreen
from review_board.tui.screen_keys import row_keys
from review_board.tui.textfit import plain
from review_board.wording import listed, several


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan, and what each column of the board would gain or lose by it."""

    plan: ImportPlan
    changes: Sequence[BoardChange]


class Look(Protocol):
    """Makes a plan anew."""

    async def read(
        self,
        said: Mapping[str, SourceMapping],
        answers: Sequence[NearMatch],
        sheets: Mapping[str, str],
    ) -> PlanShown:
        """Read the lists again with other mappings, by source, and sheets, by their files."""

    async def changes(self, plan: ImportPlan) -> Sequence[BoardChange]:
        """Return what each column would gain or lose by a plan."""

    async def answer(self, plan: ImportPlan, answers: Sequence[NearMatch]) -> PlanShown:
        """Plan again with answers of whom is on record."""


class MeaningDialog(PickDialog[str]):
    """Asks one thing about a list, such as what a column is; a letter answers at once."""

    accepts_letter = True
    of_prospect = False
    is_fitted = True
    hint = "a letter answers · {dialog.cancel:esc} changes nothing"

    def __init__(self, asked: questions.ListQuestion, now: str | None = None) -> None:
        options = lettered(asked.values, asked.letters, asked.labels)
        missing = f"Choose one: {listed(asked.letters, 'or')}"
        super().__init__(asked.title, options, now, question=asked.text, missing=missing)

    def enter_does(self, answer: str) -> str:
        """Say what is answered."""
        return f"answer “{self.label(answer)}”"


class ImportScreen(RowsScreen[ImportPlan | None]):
    """Shows a plan; gives it when it is to be carried out, perhaps made anew meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Import", id="import.yes", tooltip="Take it in, in one change"),
        Binding("enter", "change", "Change", id="import.change", tooltip="Say what this column is, what this word means, whose side counts"),
        Binding("escape,q,n", "leave", "Leave", id="import.back", tooltip="Import nothing"),
        Binding("tab", "section(1)", "Next part", id="import.next_part", tooltip="To the next part of the page"),
        Binding("shift+tab", "section(-1)", "Part before", id="import.part_before", show=False, tooltip="To the part before"),
        Binding("question_mark", "app.help", "Help", id="import.help", tooltip="All keys"),
        *row_keys("import"),
        Binding("space", "pages(1)", "Page down", id="import.page_down", show=False, tooltip="A page down"),
    ]  # fmt: skip
    doing = "imported"
    DEFAULT_CSS = """
    ImportScreen #detail { height: 2; border-top: none; }
    ImportScreen.-tall Rows { margin-top: 1; }
    ImportScreen.-tall #detail { height: 3; border-top: solid $rule; }
    """

    def __init__(self, board: Board, found: PlanShown, look: Look) -> None:
        super().__init__(board)
        self._found = found
        self._look = look
        self._sides: dict[tuple[str, str], bool] = {}
        self._sheets: dict[str, str] = {}
        self._is_told = False
        """Whether a notice stands on the page, which esc closes first."""
        self._is_answered = False

    @property
    def _plan(self) -> ImportPlan:
        return self._found.plan

    @property
    def prospect_id(self) -> None:
        """Return nobody: the rows are of a list."""

    def on_mount(self) -> None:
        """Show the plan."""
        self._draw(TOP)

    @property
    def _enter(self) -> str:
        """Return the key that changes what is under the cursor."""
        return key_of(self, "import.change")

    def _draw(self, near: str = "") -> None:
        plan = self._plan.taking(sections.taken_of(self._sides))
        rows = page.import_rows(self._plan, self._found.changes, self._sides, self._enter)
        self.rows.show(page.COLS, tuple(rows), (), near)
        lists = lists_of(plan.result)
        open_ones = len(self._unknown()) + len(plan.unsure) + len(self._unsettled())
        is_unread = not any(one.columns for one in lists)
        trouble = "cannot be read" if is_unread else "not understood yet"
        parts = [f"Import {plan.name}", trouble if plan.trouble else plan.count]
        parts += [f"{several(open_ones, 'question')}"] if open_ones else []
        refused = sum(len(one.refused) for one in lists)
        parts += [f"{refused:,} refused"] if refused else []
        self.query_one("#title", Bar).set(list(map(plain, parts)), aside="nothing is changed yet")

    def _unknown(self) -> list[tuple[int, StateUse]]:
        """Return the stage words that are not known, each with the place of its list."""
        lists = enumerate(lists_of(self._plan.result))
        return [(place, use) for place, one in lists for use in one.states if not use.is_known]

    def _unsettled(self) -> list[tuple[Update, FieldChange]]:
        return [(u, f) for u, f in self._plan.conflicts if (u.id, f.field) not in self._sides]

    def detail(self, row: Row) -> list[Content]:
        """Return the whole row."""
        self._is_told = False
        return [Content(plain(row.detail()))]

    def action_section(self, count: int) -> None:
        """Go to the first row of the next part, or of the one before."""
        self.rows.to_head(count)

    def action_agree(self) -> None:
        """Ask what is still open, then have it carried out."""
        if self._plan.trouble:
            self.notify(f"Nothing can come in yet: {plain(self._plan.trouble)}", severity="warning")
        elif self._plan.taking(sections.taken_of(self._sides)).is_empty:
            self.notify(
                f"Nothing would change; {self._enter} on a field takes the list's word", timeout=4
            )
        else:
            self.start(self._agree())

    async def _agree(self) -> None:
        """Ask one question after the other; who takes one back is on the page again, as far as they came."""
        for ask in (self._ask_words, self._ask_near, self._ask_sides):
            answered = await ask()
            self._draw()
            if not answered:
                return
        self.dismiss(self._plan.taking(sections.taken_of(self._sides)).settled(lambda *_: False))

    async def _asked(self, question: questions.ListQuestion, now: str | None = None) -> str | None:
        answer = await self.app.push_screen_wait(MeaningDialog(question, now))
        self._is_answered = self._is_answered or answer not in {None, now}
        return answer

    async def _ask_words(self) -> bool:
        """Ask what each stage word means that is not known; gives whether all are answered."""
        mappings = {one.source_key: one.applied for one in lists_of(self._plan.result)}
        unknown = self._unknown()
        said = 0
        for place, use in unknown:
            answer = await self._asked(questions.word_question(use), use.meaning.name)
            if answer is None:
                break
            source = lists_of(self._plan.result)[place].source_key
            mappings[source] = mappings[source].with_word(use.word, _meaning(answer))
            said += 1
        if said:
            await self._read_again(mappings)
        return said == len(unknown)

    async def _ask_near(self) -> bool:
        """Ask of each row that may be on record; gives whether all are answered."""
        open_ones = list(self._plan.unsure)
        answers: list[NearMatch] = []
        while open_ones:
            one = open_ones.pop(0)
            answer = await self._asked(questions.near_question(one, len(open_ones)))
            if answer is None:
                break
            rest, open_ones = (open_ones, []) if answer == "rest" else ([], open_ones)
            answers += [replace(n, is_same=answer == "same") for n in (one, *rest)]
            if answer == "same":
                open_ones = [n for n in open_ones if (n.place, n.row) != (one.place, one.row)]
        if answers:
            await self._answer(answers)
        return not self._plan.unsure

    async def _ask_sides(self) -> bool:
        """Ask of each field of which list and board differ which side counts; gives whether all are answered."""
        while open_ones := self._unsettled():
            update, field = open_ones[0]
            answer = await self._asked(questions.side_question(update, field, len(open_ones) - 1))
            if answer is None:
                return False
            meant = open_ones if answer in {"theirs", "ours"} else open_ones[:1]
            side = answer in {"theirs", "there"}
            self._sides |= {(u.id, f.field): side for u, f in meant}
        return True

    @on(Rows.RowOpened)
    def action_change(self) -> None:
        """Ask what stands under the cursor: what a column or a word is, who a row is, whose side counts."""
        row = self.rows.row
        changes = {
            sections.COLUMN: self._change_column, sections.STATE: self._change_state, sections.WHOLE: self._change_whole,
            sections.BOTH: self._change_side, sections.NEAR: self._change_near, sections.SHEET: self._change_sheet,
            sections.HINT: self._take_hint,
        }  # fmt: skip
        begins = row.id.partition("/")[0] + "/" if row else ""
        if row and begins in changes:
            self.start(changes[begins](row.id))
        elif begins == sections.WARNING and (whole := page.asked_whole(self._plan)):
            self.start(self._change_whole(whole))
        elif begins == sections.MISSING and self.rows.go_to_key(
            {r.key for r in sections.gone_rows(self._plan)}
        ):
            pass  # the row that it leads to says what becomes of the card
        elif (
            row and begins == sections.WARNING and self.rows.go_to_key(page.unused_keys(self._plan))
        ):
            tab = key_of(self, "import.next_part")
            self.notify(f"{self._enter} says what this column is; {tab} goes to the other parts")
        else:
            self._is_told = True
            self.notify(self._answerable())

    def _answerable(self) -> str:
        """Say what of this page enter answers."""
        plan, lists = self._plan, lists_of(self._plan.result)
        parts = {
            "columns": any(one.columns for one in lists),
            "stage words": any(one.states for one in lists),
            "questions": any((plan.near, plan.undecided)),
            "fields that stand": any(True for _ in plan.standing),
        }
        found = [part for part, is_there in parts.items() if is_there]
        if not found:
            return f"Nothing here is asked: {key_of(self, 'import.yes')} takes it in"
        tab = key_of(self, "import.next_part")
        return f"Nothing to say here; {self._enter} answers {listed(found)}, {tab} goes there"

    def action_leave(self) -> None:
        """Leave without an import: a notice first closes, and answers given are not thrown away unasked."""
        if self._is_told:
            self._is_told = False
            self.app.clear_notifications()
        elif self._sides or self._is_answered:
            self.start(self._leave())
        else:
            self.dismiss(None)

    async def _leave(self) -> None:
        words = "Nothing was imported yet, and what you answered here is lost."
        dialog = ConfirmDialog("Leave the import?", words, yes="leave it", no="go on")
        if await self.app.push_screen_wait(dialog):
            self.dismiss(None)

    async def _change_side(self, row_id: str) -> None:
        both = chain(self._plan.conflicts, self._plan.standing)
        update, field = next((u, f) for u, f in both if sections.both_key(u, f) == row_id)
        key = update.id, field.field
        side = self._sides.get(key, False if field in update.kept else None)
        before = {True: "there", False: "here", None: None}[side]
        if said := await self._asked(questions.side_question(update, field, 0), before):
            self._sides[key] = said == "there"
            await self._count_again()

    async def _count_again(self) -> None:
        """Show what the board becomes with the sides that were chosen."""
        changes = await self._look.changes(self._plan.taking(sections.taken_of(self._sides)))
        self._found = replace(self._found, changes=changes)
        self._draw()

    async def _change_near(self, row_id: str) -> None:
        one = next(one for one in self._plan.near if sections.near_key(one) == row_id)
        before = {True: "same", False: "new", None: None}[one.is_same]
        if said := await self._asked(questions.near_question(one, 0), before):
            await self._answer([replace(one, is_same=said == "same")])

    async def _change_whole(self, row_id: str) -> None:
        place, name = page.place_of(row_id)
        applied = lists_of(self._plan.result)[place].applied
        said = await self._asked(questions.whole_question(name), getattr(applied, name) or "")
        if said is not None:
            changed: dict[str, Any] = {name: said or None}
            await self._make_anew(place, replace(applied, **changed))

    async def _change_sheet(self, row_id: str) -> None:
        one = lists_of(self._plan.result)[page.place_of(row_id)[0]]
        before = self._sheets.get(one.file, "")
        said = await self._asked(questions.sheet_question(one.sheets), before)
        if said is not None and said != before:
            self._sheets[one.file] = said
            mappings = {one.source_key: one.applied for one in lists_of(self._plan.result)}
            if not await self._read_again(mappings):
                self._sheets[one.file] = before

    async def _change_column(self, row_id: str) -> None:
        place, header = page.place_of(row_id)
        result = lists_of(self._plan.result)[place]
        use = next(use for use in result.columns if use.header == header)
        if header not in result.headers:
            self.notify("This column has no name in the list", severity="warning")
            return
        said = await self._asked(questions.column_question(header), use.field)
        if said is not None and said != use.field:
            columns = {h: f for h, f in result.applied.columns.items() if h != header}
            columns |= {} if said == AS_FOUND else {header: said}
            await self._make_anew(place, replace(result.applied, columns=columns))

    async def _take_hint(self, row_id: str) -> None:
        place, header = page.place_of(row_id)
        result = lists_of(self._plan.result)[place]
        use = next(use for use in result.columns if use.header == header)
        columns = {**result.applied.columns, header: use.likely}
        await self._make_anew(place, replace(result.applied, columns=columns))

    async def _change_state(self, row_id: str) -> None:
        place, word = page.place_of(row_id)
        result = lists_of(self._plan.result)[place]
        use = next(use for use in result.states if use.word == word)
        if (said := await self._asked(questions.word_question(use), use.meaning.name)) is not None:
            await self._make_anew(place, result.applied.with_word(word, _meaning(said)))

    async def _make_anew(self, place: int, mapping: SourceMapping) -> None:
        """Read the lists again with another mapping for one of them."""
        lists = lists_of(self._plan.result)
        said = {one.source_key: one.applied for one in lists} | {lists[place].source_key: mapping}
        await self._read_again(said)

    async def _read_again(self, said: Mapping[str, SourceMapping]) -> bool:
        """Read the lists again; where that is refused, the plan stays as it was, which is returned."""
        answered = [one for one in self._plan.near if one.is_same is not None]
        try:
            self._found = await self._look.read(said, answered, self._sheets)
        except ReviewBoardError as error:
            self.notify(plain(str(error)), severity="warning")
            return False
        finally:
            self._draw()
        return True

    async def _answer(self, answers: Sequence[NearMatch]) -> None:
        """Plan again with these answers beside those that were given before."""
        given = {one.key: one for one in self._plan.near if one.is_same is not None}
        given |= {one.key: one for one in answers}
        self._found = await self._look.answer(self._plan, tuple(given.values()))
        self._draw()


def _meaning(said: str) -> StageMeaning | None:
    return None if said == AS_FOUND else StageMeaning[said]
