"""What all dialogs share: a titled frame, fields, an error that points, one filled button, and esc."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from review_board.errors import ReviewBoardError
from review_board.pipeline.text import NOTE_LIMIT
from review_board.store.drafts import Draft
from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.dialogs.choices import Choices
from review_board.tui.dialogs.kept_drafts import form_fields, form_on
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.footer_keys import with_keys
from review_board.tui.sized_screen import SizedScreen
from review_board.tui.textfit import HANGING, plain_lines, wrapped
from review_board.wording import listed

T = TypeVar("T")

NARROWEST, WIDEST = 46, 76
"""Cells of a box at least and at most."""
EDGES, INDENT = 4, 15
"""Cells of the edges of a box, and those before a text that explains a field."""
AIR = 2
"""Cells more that the edges take where there is room."""
TALL = 30
"""Lines of the terminal from which a box has room around what it says."""
NEXT_FIELD = "tab next field"
"""What a hint says of tab; left out where there is but one field."""
PICKS = "a letter picks"
"""What a hint says of a list of choices, as that names its keys; left out in other fields."""
CANCELS = "{dialog.cancel:esc} cancels"
MORE = "▾ more: pgdn"
"""What the frame says where not all is in sight, with the key that scrolls."""
NOT_YET = "not yet: "
"""How the last line begins as long as enter accepts nothing."""
SAVE_AFTER = 1.0
"""Seconds after a key until what was typed is written down, with all keys of that time."""


class FieldError(Exception):
    """A field cannot be taken as it is; ``word`` is the part of it that is wrong."""

    does: ClassVar[str] = ""
    """What enter does all the same, where it only asks once more."""

    def __init__(self, field: str, message: str, word: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.word = word


class Lack(NamedTuple):
    """A field without which a dialog cannot go on: what to give there, alone and beside others."""

    field: str
    message: str
    short: str


def refuse(lacks: Sequence[Lack]) -> None:
    """Raise what is missing, all of it at once; it is pointed at the first."""
    if len(lacks) > 1:
        raise FieldError(lacks[0].field, f"Give {listed(one.short for one in lacks)}")
    for one in lacks:
        raise FieldError(one.field, one.message)


class Text(Static):
    """Text that is shown literally, broken between words; of several lines each hangs."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(plain_lines(text), markup=False, id=id, classes=classes)

    def show(self, text: str) -> None:
        """Show other text."""
        self.update(plain_lines(text))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the cells of the longest line."""
        return max(map(cell_len, str(self.content).split("\n")))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the text takes in a width."""
        return len(self._lines(width)) if width else 0

    def render(self) -> Content:
        """Return the text in lines for the width there is."""
        return Content("\n".join(self._lines(self.content_size.width or WIDEST)))

    def _lines(self, width: int) -> list[str]:
        lines = str(self.content).split("\n")
        return wrapped(lines, width, HANGING if len(lines) > 1 else 0)


class LabelledField(Horizontal):
    """A label and the field it names; that of ``note`` is ``row-note``."""

    def __init__(self, label: str, field: Widget) -> None:
        super().__init__(Text(label, classes="label"), field, id=f"row-{field.id}", classes="row")


class Dialog(SizedScreen[T | None], ModalScreen[T | None], Generic[T]):
    """A box of fields that is dismissed with ``result()``, or ``None`` when taken back."""

    AUTO_FOCUS = "Choices, Input"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (44, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take_back", "Cancel", id="dialog.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    Dialog { align: center bottom; background: transparent; &:ansi { background: transparent; } }
    Dialog.-high, Dialog.-tall { padding-bottom: 1; }
    Dialog #box {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1;
        border-title-color: $accent; border-title-style: bold; border-subtitle-color: $accent;
        scrollbar-size-vertical: 0;
    }
    Dialog.-tall #box { width: 78; padding: 1 2; }
    Dialog.-tall #hint { margin-top: 1; }
    Dialog Text { width: 1fr; height: auto; }
    Dialog Vertical { height: auto; }
    Dialog #heading { text-style: bold; color: $accent; }
    Dialog .row { height: auto; }
    Dialog .label { width: 15; color: $quiet; }
    Dialog .echo { color: $quiet; padding-left: 15; }
    Dialog.-narrow .label { display: none; }
    Dialog.-narrow .echo { padding-left: 0; }
    Dialog #error { color: $error; text-style: bold; display: none; }
    Dialog #news { color: $warning; display: none; }
    Dialog .loud { color: $warning; }
    Dialog .quiet { color: $quiet; }
    Dialog #hint { color: $quiet; }
    Dialog #foot { dock: bottom; height: auto; max-height: 50%; background: $surface; }
    Dialog #enter {
        width: auto; max-width: 100%; padding: 0 1; display: none;
        color: $filled; background: $primary; text-style: bold;
        &.-not-yet { color: $foreground; background: $surface; padding: 0; text-style: none; }
    }
    """
    of_prospect: ClassVar[bool] = True
    """Whether it asks about the prospect that the screen below is at."""
    keeps_draft = True
    """Whether what was typed is kept when the terminal is lost; a hidden vote must stand nowhere."""
    accepts_letter: ClassVar[bool] = False
    """Whether the letter of an answer is enough: enter takes the one that is marked."""
    is_fitted: ClassVar[bool] = False
    """Whether the box is as wide as its longest line; one whose lines come later keeps its width."""
    hint: ClassVar[str] = f"{PICKS} · {NEXT_FIELD} · {CANCELS}"
    """What the keys but enter do; a key that can be remapped is written ``{action:its usual key}``."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._news = ""
        self._other_hint = ""
        self.goes_back = False
        self.answered: Mapping[str, str] = {}
        self.form = Draft(plain_lines(title), {})
        self._saves_soon = False

    def on_mount(self) -> None:
        """Fit the box; show again what was typed here when the terminal was lost."""
        if self.is_fitted:
            self.query_one("#box").styles.width = self._fitting_width()
        self.entitle(self._title)
        self._answer_again(self.answered)  # where somebody came back from the next dialog
        box = self.query_one("#box")
        self.watch(box, "scroll_y", self._tell_of_more, init=False)
        self.watch(box, "show_vertical_scrollbar", self._look_for_more, init=False)
        self._say_what_enter_does()
        if not isinstance(self.app, CrashSafeApp):
            return
        if self.of_prospect:
            prospect, name = self.app.prospect_below(self)
            self.form = replace(self.form, prospect=prospect, name=name)
        self.form = replace(self.form, key=self.app.key_to_form)
        draft = self.app.kept.take(self.form) if self.keeps_draft else None
        if draft:
            self._answer_again(draft.fields)
            self._hint(f"your text from before · {CANCELS}")

    def _answer_again(self, answered: Mapping[str, str]) -> None:
        """Show again what was answered here, by the ids of the fields."""
        for name, field in form_fields(self).items():
            if name in answered:
                field.value = answered[name]

    def _fitting_width(self) -> int:
        """Return the cells of the longest line, of the choices side by side, and of the box around."""
        texts = [
            cell_len(line) + (INDENT if text.has_class("echo") else 0)
            for text in self.query(Text)
            if text.display and text.id != "heading"
            for line in str(text.content).split("\n")
        ]
        choices = [grid.fitting_width for grid in self.query(Choices)]
        hints = [cell_len(field.hint) + INDENT + 1 for field in self.query(LineInput)]
        long = [WIDEST for field in self.query(LineInput) if field.max_length == NOTE_LIMIT]
        edges = self._edges
        longest = max(NARROWEST, cell_len(self._title) + 1, *texts, *hints, *choices, *long)
        return min(WIDEST + edges - EDGES, longest + edges)

    @property
    def _edges(self) -> int:
        return EDGES + (AIR if self.app.size.height >= TALL else 0)

    def on_resize(self) -> None:
        """Look again where the title has room, and whether all is in sight."""
        self.entitle(self._title)
        self._look_for_more()

    def _look_for_more(self) -> None:
        self.call_after_refresh(self._tell_of_more)  # once the box has its own height, too

    def _tell_of_more(self) -> None:
        box = self.query_one("#box")
        box.border_subtitle = Content(MORE) if box.scroll_y < box.max_scroll_y else None

    def entitle(self, title: str) -> None:
        """Name what is asked about in the frame, or as the first text where the frame is too short."""
        self._title = title
        box, text = self.query_one("#box"), self.query_one("#heading", Text)
        width = box.styles.width.value if box.styles.width else WIDEST
        fits = cell_len(title) + EDGES + 1 < min(width, self.app.size.width)
        box.border_title = Content(plain_lines(title)) if fits else None
        text.show(title)
        text.display = not fits

    def on_unmount(self) -> None:
        """Store a draft that it took up, or give it up."""
        if isinstance(self.app, CrashSafeApp):
            self.app.kept.done(self.form)

    def compose(self) -> ComposeResult:
        """Yield the box."""
        with VerticalScroll(id="box", can_focus=False):
            yield Text(self._title, id="heading")
            yield from self.fields()
            yield Text(id="error")
            news = Text(id="news")
            self._show_news_in(news)
            yield news
            yield Text(self._keys(self.hint), id="hint")
            with Horizontal(id="foot"):  # stays in sight while what is above it scrolls
                yield Text(id="enter")

    def fields(self) -> ComposeResult:
        """Yield what is asked, top to bottom."""
        yield from ()

    def enter_does(self, result: T) -> str:
        """Return in words what becomes of a result: the last line says it of what stands in the fields."""
        raise AssertionError(f"{type(self).__name__} does not say what enter does with {result}")

    def enter_line(self) -> str:
        """Return the last line: what enter does now, or what it takes first; nothing where it does nothing."""
        if not self.focus_chain:
            return ""
        result, error = self.tried()
        if result is not None:
            return f"enter: {self.enter_does(result)}"
        asks = error.does if isinstance(error, FieldError) else ""
        return f"enter: {asks}" if asks else f"{NOT_YET}{error}"

    def tried(self) -> tuple[T | None, Exception | None]:
        """Return the result, or why the fields give none yet."""
        try:
            return self.result(), None
        except (FieldError, ReviewBoardError) as error:
            return None, error

    def result(self) -> T:
        """Return what the fields say; raise ``FieldError`` or an error for the user. Each dialog has its own.

        It is asked with each key, so it changes nothing.
        """
        raise AssertionError(f"{type(self).__name__} does not say what it gives")

    def value_of(self, field: str) -> str:
        """Return the text in a field, without blanks around it."""
        return self.query_one(f"#{field}", Input).value.strip()

    def picked(self, field: str) -> Any:
        """Return the value that is picked in a list; ``None`` where nothing is, or no such list is there."""
        lists = self.query(f"#{field}").results(Choices)
        chosen = next((choices.chosen for choices in lists), None)
        return chosen.value if chosen else None

    @on(Input.Submitted)
    @on(Choices.Picked)
    def _accept_when_sure(self, event: Input.Submitted | Choices.Picked) -> None:
        event.stop()
        if isinstance(event, Input.Submitted) or self._is_answer(event):
            self.accept()

    def _is_answer(self, event: Choices.Picked) -> bool:
        """Return whether a pick is all that is needed: enter, or the letter where that is enough."""
        return event.sure or (event.typed and self.accepts_letter)

    @on(Choices.Picked)
    def _say_what_is_missing_still(self, event: Choices.Picked) -> None:
        line = self.query_one("#error", Text)
        if event.choices.unknown:
            self._complain(f"“{event.choices.unknown}” is none of these; backspace begins anew")
        elif line.display and not self._is_answer(event):  # then it says why it was not taken
            missing = self.tried()[1]
            line.show(f"✗ {missing}")
            line.display = bool(missing)

    @on(Input.Changed)
    def _forget_error(self) -> None:
        self.query_one("#error").display = False
        self.show_hint()

    @on(events.DescendantFocus)
    @on(Choices.Picked)
    def _say_what_enter_does(self) -> None:
        self.show_hint()

    def on_key(self, event: events.Key) -> None:
        """Pick by a letter in the next list: this one has no such letter, that one none of its own and no answer yet."""
        here, chain = self.focused, self.focus_chain
        if not isinstance(here, Choices) or not event.character:
            return
        after = chain[chain.index(here) + 1 :]
        unanswered = next((field for field in after if isinstance(field, Choices)), None)
        if unanswered is None or unanswered.chosen or here.shares_letters(unanswered):
            return
        if unanswered.pick(event.character):
            unanswered.focus()
            event.stop()

    @on(events.Click, "#enter")
    def _press_the_button(self) -> None:
        self.accept()

    @on(Input.Changed)
    def _save_soon(self) -> None:
        if not self._saves_soon:
            self._saves_soon = True
            self.set_timer(SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._saves_soon = False
        form = form_on(self)
        if form and isinstance(self.app, CrashSafeApp) and self.is_attached:
            self.app.kept.save(form)

    def accept(self) -> None:
        """Dismiss with the result, or say what is wrong and where."""
        try:
            result = self.result()
        except FieldError as error:
            self.point_at(error)
        except ReviewBoardError as error:
            self._complain(str(error))
        else:
            form = form_on(self, is_accepted=True)
            if form and isinstance(self.app, CrashSafeApp):
                self.app.take_form(form)
            self.answered = {name: field.value for name, field in form_fields(self).items()}
            self.dismiss(result)

    def action_take_back(self) -> None:
        """Change nothing."""
        if isinstance(self.app, CrashSafeApp):
            self.app.drop_forms()
        self.dismiss(None)

    def _hint(self, text: str) -> None:
        self._other_hint = text
        self.show_hint()

    def show_hint(self) -> None:
        """Show what the keys do, and on the button below what enter does now, or what it takes first."""
        button, words = self.query_one("#enter", Text), self.enter_line()
        button.show(words)
        button.set_class(words.startswith(NOT_YET), "-not-yet")
        button.display = bool(words) and not (
            button.has_class("-not-yet") and self.query_one("#error").display  # which says it
        )
        said = {PICKS: getattr(self.focused, "keys_that_pick", "")}
        if len(self.focus_chain) < 2:
            said[NEXT_FIELD] = ""
        parts = (said.get(part, part) for part in (self._other_hint or self.hint).split(" · "))
        self.query_one("#hint", Text).show(self._keys(" · ".join(filter(None, parts))))

    def _keys(self, hint: str) -> str:
        """Return what the keys do; esc goes back to the dialog before where there is one."""
        return with_keys(
            self.app, hint.replace(" cancels", " goes back") if self.goes_back else hint
        )

    def show_news(self, text: str) -> None:
        """Show what happened meanwhile to what is being asked about; empty when that is over.

        A dialog that is not built yet, when its keys wait for it, shows it as soon as it is.
        """
        self._news = text
        for line in self.query("#news").results(Text):
            self._show_news_in(line)

    def _show_news_in(self, line: Text) -> None:
        line.show(f"! {self._news}")
        line.display = bool(self._news)

    def _complain(self, message: str) -> None:
        line = self.query_one("#error", Text)
        line.show(f"✗ {message}")
        line.display = True
        line.scroll_visible(animate=False)
        self.show_hint()

    def point_at(self, error: FieldError) -> None:
        """Say what is wrong, and go to the field where it is."""
        self._complain(error.message)
        field = self.query_one(f"#{error.field}")
        if not isinstance(field, LineInput):
            field.focus()
        else:
            start = field.value.lower().find(error.word.lower()) if error.word else -1
            end = len(field.value)
            marked = (start, start + len(error.word)) if start >= 0 else (end, end)
            field.mark(*marked)  # only the wrong word gives way to what is typed next
