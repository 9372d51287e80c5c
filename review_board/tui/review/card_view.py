"""The review card on the screen: who it is, the advice as a band, its proof, questions, the record."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from review_board.judgement.argument_text import is_left_dropped, plain_argument, rule_lines
from review_board.judgement.card_status import STAYS, tone_of, verdict_word
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rule import Tone
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.tui.advice_view import contact_picture, reason_lines, turns_shown
from review_board.tui.footer_keys import key_of
from review_board.tui.prospect.timeline import timeline_text
from review_board.tui.review import card_blocks
from review_board.tui.review.card_blocks import MARK, labelled, lines_of
from review_board.tui.review.card_text import (
    AskedQuestion,
    asked_questions,
    decided_before,
    first_call,
    recent,
    recent_lines,
    remarks,
    shortened,
)
from review_board.tui.textfit import clip, plain, wrapped
from review_board.wording import AGAINST, FOR

MARGINS = 3
"""Cells of the padding, of the one at the right and of the scroll bar."""
ROOMY = 26
"""Lines of a card from which it has empty ones, and its questions stand in full."""
LAYOUTS = ((True, True), (False, True), (False, False))
"""Whether an empty line stands between all blocks, and whether these are whole: what goes before a reason does."""
WIDE = 146
"""Columns from which the record stands beside the card instead of below it."""
CARD, RECORD = 110, 48
"""Columns of the card where the record stands beside it, and the fewest of the record."""
BESIDE = 3
"""Cells beside the text of the record."""
LEAST = 4
"""Lines of each side that are shown however low the screen is."""
SAID = 2
"""Lines of what they said last that are kept in sight, where the reasons leave room."""
EVENTS = 60
"""Latest events of the record that are kept ready; one that was dropped shows all of them."""
FILE = 4
"""Latest events of one that was dropped which stand above the two sides, where they show nowhere else."""
TONES = {Tone.KEEP: "-keep", Tone.ACT: "-act", Tone.LET_GO: "-let-go"}
PARTS = ("remarks", "contact", "do", "questions", "turns", "next", "guards", "spent", "words")
"""The parts that show only where they have something to say."""
TELLING = ("do", "turns", "next", "guards")
"""Those that tell what the record advises."""


class ReviewCardView(VerticalScroll):
    """One card; ``show`` replaces its text in place, widgets stay."""

    can_focus = False
    full = False
    """Whether rule, thresholds, settings keys and guards show."""
    blind = False
    """Whether nothing may show what the record advises, nor an earlier verdict."""
    keys = "review"
    """How the names of this screen's keys begin."""
    asks_first_call = True
    """Whether a key says here how the first call felt."""
    DEFAULT_CSS = """
    ReviewCardView {
        height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    ReviewCardView Static { width: 1fr; height: auto; padding: 0 0 0 1; }
    ReviewCardView Horizontal { height: auto; }
    ReviewCardView #card { width: 1fr; height: auto; }
    ReviewCardView #head, ReviewCardView #band { text-wrap: nowrap; text-overflow: ellipsis; }
    ReviewCardView #head { height: 2; }
    ReviewCardView #band { height: 2; background: $panel; }
    ReviewCardView #band.-keep { background: $band-keep; }
    ReviewCardView #band.-act { background: $band-act; }
    ReviewCardView #band.-let-go { background: $band-let-go; }
    ReviewCardView #remarks { color: $warning; }
    ReviewCardView #spent, ReviewCardView #guards, ReviewCardView #words { color: $quiet; }
    ReviewCardView #recent, ReviewCardView #below {
        color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; padding: 1 0 0 1;
    }
    ReviewCardView.-roomy #band { height: 4; padding: 1 0 1 1; margin-bottom: 1; }
    ReviewCardView.-roomy #contact, ReviewCardView.-roomy #sides { margin-bottom: 1; }
    ReviewCardView.-spaced .block { margin-bottom: 1; }
    ReviewCardView.-roomy #head { padding: 1 0 0 1; height: 3; }
    ReviewCardView.-wide #recent { padding: 1 0 0 2; }
    """

    def compose(self) -> ComposeResult:
        """Yield the parts, top to bottom."""
        with Horizontal(id="page"):
            with Vertical(id="card"):
                yield Static(id="head", markup=False)
                yield Static(id="band", markup=False)
                yield Static(id="remarks", markup=False, classes="block")
                yield Static(id="contact", markup=False, classes="block")
                with Horizontal(id="sides", classes="block"):
                    yield Static(id="too-soon", markup=False)
                    yield Static(id="held-long", markup=False)
                yield Static(id="do", markup=False)
                yield Static(id="next", markup=False)
                yield Static(id="questions", markup=False, classes="block")
                yield Static(id="turns", markup=False, classes="block")
                yield Static(id="guards", markup=False, classes="block")
                yield Static(id="spent", markup=False, classes="block")
                yield Static(id="words", markup=False)
                yield Static(id="below", markup=False)
            yield Static(id="recent", markup=False)

    def show(
        self,
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
        wide, roomy = self.size.width >= WIDE, self.size.height >= ROOMY
        self.set_class(wide, "-wide")
        self.set_class(roomy, "-roomy")
        width = self.card_width
        self.query_one("#recent").styles.width = self._record_width
        self._show_advice(evidence, made, before, width)
        asked = asked_questions(made, evidence)
        notes = wrapped(remarks(evidence, picked, news), width, MARK)
        said = card_blocks.words_of_contacts(evidence, width)
        above = self.lines_above(roomy=roomy)
        cells, reasons = self._reasons(made, width)
        needed = 1 + max(map(len, reasons))
        for spaced, whole in LAYOUTS if roomy else LAYOUTS[-1:]:
            self.set_class(spaced, "-spaced")
            shown = self._blocks(evidence, made, asked, width, roomy=whole)
            shown["remarks"] = lines_of(notes)
            room = self.size.height - above - sum(map(self._height, shown, shown.values()))
            if self.full or needed + min(SAID, len(said)) <= room:
                break
        if not wide and evidence.prospect.column is Column.DROPPED:
            file = self._file(evidence, width, room - needed)
            shown["remarks"] = lines_of([*notes, *file])
            room -= len(file)
        self._show_sides(cells, reasons, None if self.full else max(LEAST, room))
        shown["words"] = lines_of(said)
        for part in PARTS:
            self._set(part, shown[part])
            self.query_one(f"#{part}").display = bool(shown[part].plain)
        self._show_record(evidence, wide=wide)
        self.scroll_home(animate=False)
        return asked

    @property
    def _record_width(self) -> int:
        """Return the columns of the record beside the card."""
        return max(RECORD, self.size.width - CARD) if self.size.width >= WIDE else 0

    @property
    def card_width(self) -> int:
        """Return the columns of a line of the card."""
        return max(12, self.size.width - MARGINS - self._record_width)

    def lines_above(self, *, roomy: bool) -> int:
        """Return the lines of who it is and of the band, with the empty one after the two sides."""
        return 9 if roomy else 4

    def _show_advice(
        self, evidence: Evidence, made: Recommendation, before: VerdictRecord | None, width: int
    ) -> None:
        """Show who it is and the band, always on the same rows."""
        said = decided_before(before) if before else ""
        argued, column = plain_argument(evidence, made), evidence.prospect.column
        self._set("head", card_blocks.who_it_is(evidence, made, width, said, argued.do))
        take = key_of(self.screen, "review.take") or "enter"
        left = is_left_dropped(evidence, made)
        band = (
            card_blocks.left_band(column, width, take)
            if left
            else card_blocks.band(made, argued, column, width, take)
        )
        self._set("band", band.text)
        stays = left or verdict_word(made.finding, column) == STAYS
        for tone, name in TONES.items():
            is_so = tone_of(made.finding) is tone and not stays  # then nothing is let go
            self.query_one("#band").set_class(is_so, name)
        self._says_what_to_do = band.says_what_to_do

    def _blocks(
        self,
        evidence: Evidence,
        made: Recommendation,
        asked: list[AskedQuestion],
        width: int,
        *,
        roomy: bool,
    ) -> dict[str, Content]:
        """Return the blocks whose height leaves room for the two sides."""
        said = plain_argument(evidence, made)
        do = "" if self._says_what_to_do else said.do
        left = is_left_dropped(evidence, made)
        put = said._replace(ask="") if self.blind or left else said
        known = self.asks_first_call or evidence.prospect.first_impression
        felt = first_call(evidence) if known else ""
        spent = [felt, made.spent.text if made.spent else ""]
        notes = " · ".join(filter(None, [*spent, *(made.assumptions if self.full else ())]))
        blocks = {
            "contact": contact_picture(contact_lines(evidence, width), evidence.limits),
            "do": labelled("Do", do, width),
            "questions": card_blocks.questions(asked, put, evidence, width, roomy=roomy)
            if asked or put.ask
            else Content(),
            "turns": turns_shown(said.turns, width),
            "next": labelled("When", said.when, width),
            "guards": lines_of(wrapped(rule_lines(made) if self.full else [], width, MARK)),
            "spent": lines_of(wrapped([notes] if notes and (roomy or self.full) else [], width)),
        }
        if not roomy:
            blocks |= card_blocks.joined(blocks, ("do", "next"), width)
        return blocks | dict.fromkeys(TELLING, Content()) if self.blind or left else blocks

    def _reasons(self, made: Recommendation, width: int) -> tuple[tuple[int, int], list[list[str]]]:
        """Return the cells of both sides, as many as each needs, and the lines of their reasons."""
        keep = reason_lines(made.reasons_to_keep, FOR, full=self.full)
        let_go = reason_lines(made.reasons_to_let_go, AGAINST, full=self.full)
        cells = card_blocks.split(keep, let_go, width)
        both = zip((keep, let_go), cells, strict=True)
        return cells, [wrapped(lines, room - 1, MARK) for lines, room in both]

    def _show_sides(
        self, cells: tuple[int, int], reasons: list[list[str]], most: int | None
    ) -> None:
        """Show the reasons of both sides, at most so many lines of each with its title."""
        fitted = [shortened(lines, most and most - 1) for lines in reasons]
        rows = max(map(len, fitted))
        sides = (
            ("too-soon", "Reasons to keep", "$success"),
            ("held-long", "Reasons to let go", "$error"),
        )
        for (part, title, colour), lines, room in zip(sides, fitted, cells, strict=True):
            self._set(part, card_blocks.side(title, colour, lines, rows))
            self.query_one(f"#{part}").styles.width = room

    def _show_record(self, evidence: Evidence, *, wide: bool) -> None:
        """Show the latest events beside the card, or below it where there is no room."""
        count = None if evidence.prospect.column is Column.DROPPED else EVENTS
        if wide:
            events = recent(evidence, count, verdicts=not self.blind)
            width = max(RECORD, self.size.width - CARD) - BESIDE
            record = timeline_text(events, width).content
        else:
            lines = recent_lines(evidence, count, verdicts=not self.blind)
            record = lines_of([Content.styled("What happened last", "bold"), *lines])
        self.query_one("#recent").display = wide
        self.query_one("#below").display = not wide
        self._set("recent" if wide else "below", record)

    def _file(self, evidence: Evidence, width: int, room: int) -> list[str]:
        """Return the end of the record of one that was dropped, and the key that shows all of it."""
        count = min(FILE, room - 1)
        if count < 0:
            return []
        last = recent_lines(evidence, count, verdicts=not self.blind)
        key = key_of(self.screen, f"{self.keys}.timeline")
        return [*(clip(line, width) for line in last), f"{key} shows its whole record"]

    def show_text(self, text: str) -> None:
        """Show words in place of a card."""
        for part in self.query(Static):
            part.update(Content())
        self._set("head", Content(plain(text)))

    def _height(self, part: str, content: Content) -> int:
        """Return the lines that a part takes, with the empty one after it."""
        if not content.plain:
            return 0
        widget = self.query_one(f"#{part}")
        spaced = self.has_class("-spaced") and widget.has_class("block")
        below = spaced or (part == "contact" and self.has_class("-roomy"))
        return content.plain.count("\n") + 1 + below

    def _set(self, part: str, content: Content) -> None:
        self.query_one(f"#{part}", Static).update(content)
