"""The card of a pair review: that of the review, with the vote in the place of the advice."""

from textual.content import Content

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.tui.review import card_blocks
from review_board.tui.review.card_view import ReviewCardView

PADDING = 2
"""Cells more that the band leaves free than a line of the card does."""
HEAD = 3
"""Lines of who it is, and the empty one below."""


class PairCardView(ReviewCardView):
    """One card; the band is filled by ``show_band``, which paints only what is new."""

    keys = "pair"
    asks_first_call = False
    DEFAULT_CSS = """
    PairCardView #band, PairCardView.-roomy #band {
        height: auto; padding: 0 2 0 1; margin-bottom: 0; background: $panel;
    }
    PairCardView.-roomy #band { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._band = Content()
        self._band_lines = 0

    @property
    def band_width(self) -> int:
        """Return the cells of a line of the band."""
        return max(20, self.card_width - PADDING)

    def show_band(self, lines: list[Content]) -> bool:
        """Show these lines in the band; gives whether it needs more or fewer lines than before."""
        text, before = Content("\n").join(lines), self._band_lines
        if (text.plain, text.spans) == (self._band.plain, self._band.spans):
            return False
        self._band, self._band_lines = text, len(lines)
        self._set("band", text)
        return before != self._band_lines

    def show_text(self, text: str) -> None:
        """Show words in place of a card; the band stays."""
        super().show_text(text)
        self._set("band", self._band)

    def lines_above(self, *, roomy: bool) -> int:
        """Return the lines of who it is and of the band."""
        return HEAD + self._band_lines + roomy

    def _show_advice(
        self, evidence: Evidence, made: Recommendation, before: VerdictRecord | None, width: int
    ) -> None:
        """Show who it is; the band is the vote's."""
        self._set("head", card_blocks.who_it_is(evidence, made, width))
        self._says_what_to_do = True
