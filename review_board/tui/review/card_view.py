"""The review card on the screen: who it is, the advice as a band, its proof, questions, the record."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from review_board.judgement.argument_text import is_left_dropped, plain_argument, rule_lines
from review_board.judgement.card_status import STAYS, tone_of, verdict_word
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.event_text import TimelineEvent
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.rule import Tone
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.tui.advice_view import (
    behind_label,
    contact_picture,
    paragraph,
    sides,
    stacked,
    turns_shown,
)
from review_board.tui.footer_keys import key_of
from review_board.tui.prospect.timeline import last_events, timeline_text
from review_board.tui.review import card_blocks
from review_board.tui.review.card_blocks import DAY
from review_board.tui.review.card_text import (
    AskedQuestion,
    asked_questions,
    decided_before,
    first_call,
    recent,
    remarks,
)
from review_board.tui.textfit import plain

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
SPACED, GOES_ON = frozenset({"contact", "sides"}), frozenset({"do"})
"""The blocks behind which a roomy card has an empty line, and the one that goes on in the questions."""
TELLING = ("do", "turns", "guards")
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
    blocks: Mapping[str, Sequence[Content]] = {}
    """What stands below the band, each block by its name."""
    DEFAULT_CSS = """
    ReviewCardView {
        height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    ReviewCardView Static { width: 1fr; height: auto; padding: 0 0 0 1; }
    ReviewCardView Horizontal { height: auto; }
    ReviewCardView #card { width: 1fr; height: auto; }
    ReviewCardView #card Static { text-wrap: nowrap; text-overflow: ellipsis; }
    ReviewCardView #head { height: 2; }
    ReviewCardView #band { height: 2; background: $panel; }
    ReviewCardView #band.-keep { background: $band-keep; }
    ReviewCardView #band.-act { background: $band-act; }
    ReviewCardView #band.-let-go { background: $band-let-go; }
    ReviewCardView #recent { color: $quiet; padding: 1 0 0 1; }
    ReviewCardView.-roomy #band { height: 4; padding: 1 0 1 1; margin-bottom: 1; }
    ReviewCardView.-roomy #head { padding: 1 0 0 1; height: 3; }
    ReviewCardView.-wide #recent { padding: 1 0 0 2; }
    """

    def compose(self) -> ComposeResult:
        """Yield the parts, top to bottom."""
        with Horizontal(id="page"):
            with Vertical(id="card"):
                yield Static(id="head", markup=False)
                yield Static(id="band", markup=False)
                yield Static(id="text", markup=False)
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
        notes = paragraph(remarks(evidence, picked, news), width, "$warning")
        said = card_blocks.words_of_contacts(evidence, width)
        room = self.size.height - self.lines_above(roomy=roomy)
        for spaced, whole in LAYOUTS if roomy else LAYOUTS[-1:]:
            blocks = self._blocks(evidence, made, asked, width, whole=whole)
            blocks["remarks"] = notes
            between = blocks.keys() - GOES_ON if spaced else SPACED if roomy else ()
            over = len(stacked(blocks, between)) - room
            if self.full or over + min(SAID, len(said)) <= 0:
                break
        is_dropped = evidence.prospect.column is Column.DROPPED
        events = recent(evidence, None if is_dropped else EVENTS, verdicts=not self.blind)
        if is_dropped and not wide and over < 0:
            blocks["remarks"] = [*notes, *self._file(events[: min(FILE, -over - 1)], width)]
            over += len(blocks["remarks"]) - len(notes)
        if over > 0 and not self.full:
            rows = max(LEAST, len(blocks["sides"]) - over)
            blocks["sides"] = sides(made, width, rows=rows)
        self.blocks = blocks | {"words": said, "below": [] if wide else self._below(events, width)}
        self._set("text", Content("\n").join(stacked(self.blocks, between)))
        self.query_one("#recent").display = wide
        if wide:
            beside = timeline_text(events, self._record_width - BESIDE).content
            self._set("recent", beside)
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
        """Return the lines of who it is and of the band."""
        return 8 if roomy else 4

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
        whole: bool,
    ) -> dict[str, list[Content]]:
        """Return the blocks above what was said, each by its name."""
        said = plain_argument(evidence, made)
        do = "" if self._says_what_to_do else said.do
        left = is_left_dropped(evidence, made)
        put = said._replace(ask="") if self.blind or left else said
        known = self.asks_first_call or evidence.prospect.first_impression
        felt = first_call(evidence) if known else ""
        spent = [felt, made.spent.text if made.spent else ""]
        notes = " · ".join(filter(None, [*spent, *(made.assumptions if self.full else ())]))
        act, when = (
            behind_label(label, text, width) if text else []
            for label, text in (("Do", do), ("When", said.when))
        )
        blocks = {
            "remarks": [],
            "contact": contact_picture(contact_lines(evidence, width), evidence.limits).split("\n"),
            "sides": sides(made, width, full=self.full),
            "do": [*act, *when] if whole else card_blocks.side_by_side(act, when, width),
            "questions": card_blocks.questions(asked, put, evidence, width, roomy=whole),
            "turns": turns_shown(said.turns, width).split("\n"),
            "guards": paragraph(rule_lines(made) if self.full else [], width, "$quiet"),
            "spent": paragraph([notes] if notes and (whole or self.full) else [], width, "$quiet"),
        }
        return blocks | {part: [] for part in TELLING} if self.blind or left else blocks

    def _file(self, events: Sequence[TimelineEvent], width: int) -> list[Content]:
        """Return the end of the record of one that was dropped, and the key that shows all of it."""
        key = key_of(self.screen, f"{self.keys}.timeline")
        lines = [*last_events(events, width, day=DAY), Content(f"{key} shows its whole record")]
        return [line.stylize_before("$warning") for line in lines]

    def _below(self, events: Sequence[TimelineEvent], width: int) -> list[Content]:
        """Return the latest events, where there is no room for them beside the card."""
        lines = [
            Content.styled("What happened last", "bold"),
            *last_events(events, width, day=DAY),
        ]
        return [Content(), *(line.stylize_before("$quiet") for line in lines)]

    def show_text(self, text: str) -> None:
        """Show words in place of a card."""
        for part in self.query(Static):
            part.update(Content())
        self._set("head", Content(plain(text)))

    def _set(self, part: str, content: Content) -> None:
        self.query_one(f"#{part}", Static).update(content)
