"""The review card on the screen: identity, two sides, questions, recommendation, latest events."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.evidence import Evidence
from review_board.judgement.explanation import guard_lines
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.tui.advice_view import contact_picture
from review_board.tui.footer_keys import key_of
from review_board.tui.review.card_text import (
    AskedQuestion,
    advice,
    asked_questions,
    decided_before,
    even,
    first_call,
    identity,
    question_text,
    recent,
    remarks,
    shortened,
    side,
)
from review_board.tui.textfit import clip, plain, wrapped

LABEL = 11
MARK = 2
"""Cells of the mark before a line of the argument; what is wrapped hangs behind it."""
GAP = 3
MARGINS = 3
"""Cells of the padding and the scroll bar."""
BORDERS = 3
FRAME = 4
"""Lines of the name, of what it is worth, and of the frame around the two sides."""
HIGH = 28
"""Lines of a card from which the lines of contact stand on it, whatever else it says."""
LEAST = 5
"""Lines of each side that are shown however low the screen is."""
EVENTS = 30
"""Latest events kept ready below the card; one that was dropped shows its whole file."""
FILE = 4
"""Latest events of one that was dropped which stand above the two sides, unless they show below them."""
TAIL = 3
"""Lines between the guards and the latest events."""
ROOMY = 110
"""Columns from which thresholds and settings keys fit into the two sides."""


class ReviewCardView(VerticalScroll):
    """One card; ``show`` replaces its text in place, widgets stay."""

    can_focus = False
    full = False
    """Whether thresholds, settings keys and guards show although it is narrow."""
    DEFAULT_CSS = """
    ReviewCardView { height: 1fr; scrollbar-size-vertical: 1; }
    ReviewCardView Static { width: 1fr; height: auto; padding: 0 1; }
    ReviewCardView .line { text-wrap: nowrap; text-overflow: ellipsis; height: 1; }
    ReviewCardView #name { text-style: bold; color: $accent; }
    ReviewCardView #remarks { color: $warning; }
    ReviewCardView #sides { height: auto; }
    ReviewCardView #sides Static { border: round $rule; border-title-color: $foreground; }
    ReviewCardView #spent, ReviewCardView #guards { color: $quiet; }
    ReviewCardView #recent { color: $quiet; border-top: solid $rule; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def compose(self) -> ComposeResult:
        """Yield the parts, top to bottom."""
        yield Static(id="name", markup=False, classes="line")
        yield Static(id="who", markup=False, classes="line")
        yield Static(id="contact", markup=False)
        yield Static(id="remarks", markup=False)
        with Horizontal(id="sides"):
            yield Static(id="too-soon", markup=False)
            yield Static(id="held-long", markup=False)
        yield Static(id="questions", markup=False)
        yield Static(id="advice", markup=False)
        yield Static(id="guards", markup=False)
        yield Static(id="spent", markup=False)
        yield Static(id="recent", markup=False)

    def on_mount(self) -> None:
        """Tell the two sides apart by their titles."""
        self.query_one("#too-soon").border_title = Content("Reasons to keep")
        self.query_one("#held-long").border_title = Content("Reasons to let go")

    def show(
        self,
        prospect: Prospect,
        evidence: Evidence,
        made: Recommendation,
        before: VerdictRecord | None = None,
        picked: str = "",
        *,
        news: str = "",
    ) -> list[AskedQuestion]:
        """Show a card; gives the questions that stand on it. ``picked`` is why a manager sees it.

        ``news`` says what somebody else has done to it meanwhile.
        """
        full = self.full or self.size.width >= ROOMY
        asked = asked_questions(prospect, made, evidence)
        name = prospect.name + (f"   ({decided_before(before)})" if before else "")
        self._set("name", Content(plain(name)))
        self._set("who", Content(plain(identity(prospect, evidence))))
        width = max(20, self.size.width - MARGINS)
        drawn = contact_lines(evidence, width) if self.size.height >= HIGH else None
        shown = contact_picture(drawn, evidence.limits) if drawn else Content()
        self._set("contact", shown)
        notes = wrapped(remarks(prospect, evidence, picked, news), width, MARK)
        questions, does = _questions(asked, evidence, width), _advice(made, evidence, width)
        sides = even(
            wrapped(side(made.reasons_to_keep, "○", full=full), width // 2 - BORDERS, MARK),
            wrapped(side(made.reasons_to_let_go, "■", full=full), width // 2 - BORDERS, MARK),
        )
        taken = (
            FRAME
            + (shown.plain.count("\n") + 1 if drawn else 0)
            + len(notes)
            + sum(len(c.plain.split("\n")) for c in (questions, does))
        )
        guards = [line.strip() for line in guard_lines(made)] if full else []
        in_sight = self.size.height - taken - len(sides[0]) - len(guards) - TAIL >= FILE
        room = self.size.height - taken - LEAST
        file = [] if in_sight else self._file(prospect, evidence, width, room)
        notes, taken = [*notes, *file], taken + len(file)
        self._set("remarks", _lines(notes))
        most = None if self.full else max(LEAST, self.size.height - taken)
        self._set("too-soon", _lines(shortened(sides[0], most)))
        self._set("held-long", _lines(shortened(sides[1], most)))
        self._set("questions", questions)
        self._set("advice", does)
        self._set("guards", _labelled("guards", wrapped(guards, width - LABEL, MARK)))
        impression = first_call(prospect, evidence)
        spent = [impression, *([made.spent.text] if made.spent else []), *made.assumptions]
        self._set("spent", _lines(wrapped([" · ".join(filter(None, spent))], width, MARK)))
        count = None if prospect.column is Column.DROPPED else EVENTS
        self._set("recent", _lines(list(recent(prospect, evidence, count))))
        for part, lines in (
            ("contact", drawn),
            ("questions", asked),
            ("remarks", notes),
            ("guards", guards),
        ):
            self.query_one(f"#{part}").display = bool(lines)
        self.scroll_home(animate=False)
        return asked

    def _file(self, prospect: Prospect, evidence: Evidence, width: int, room: int) -> list[str]:
        """Return the end of the file of one that was dropped, as far as there is room, and what shows it all."""
        if prospect.column is not Column.DROPPED:
            return []
        last = recent(prospect, evidence, min(FILE, room - 1)) if room > 1 else ()
        return [
            *(clip(line, width) for line in last),
            f"{key_of(self.screen, 'review.timeline')} shows its whole file",
        ]

    def show_text(self, text: str) -> None:
        """Show words in place of a card."""
        for part in self.query(Static):
            part.update(Content())
        self._set("name", Content(plain(text)))

    def _set(self, part: str, content: Content) -> None:
        self.query_one(f"#{part}", Static).update(content)


def _lines(lines: Sequence[str]) -> Content:
    return Content("\n").join(Content(plain(line)) for line in lines)


def _labelled(label: str, lines: Sequence[str]) -> Content:
    """Return lines behind a label, which stands before the first of them."""
    heads = [label, *[""] * len(lines)]
    return _lines([f"{head:<{LABEL}}{line}" for head, line in zip(heads, lines, strict=False)])


def _questions(asked: Sequence[AskedQuestion], evidence: Evidence, width: int) -> Content:
    """Return ``1 Budget? unknown``: the digit, the question, what is known; never broken inside."""
    lines: list[list[Content]] = [[]]
    room = width
    for question in asked:
        part = Content.assemble(
            (f"{question.digit} ", "bold $accent"),
            f"{plain(question_text(question, evidence))} ",
            (plain(question.known), "$warning" if question.open else "$success"),
        )
        if part.cell_length > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(part)
        room -= part.cell_length + GAP
    return Content("\n").join(Content(" " * GAP).join(line) for line in lines)


def _advice(made: Recommendation, evidence: Evidence, width: int) -> Content:
    colour = "$success" if made.verdict is Verdict.KEEP else "$error"
    lines = []
    for label, text in advice(made, evidence.today, evidence.settings.calendar):
        if label:
            first, *more = wrapped([text], width - LABEL)
            lines.append(Content.assemble((f"{label:<{LABEL}}", "$quiet"), plain(first)))
            lines += [Content(" " * LABEL + plain(line)) for line in more]
        else:
            lines.append(Content.styled(plain(text), f"bold {colour}"))
    return Content("\n").join(lines)
