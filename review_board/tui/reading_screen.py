"""A screen of text that is read by scrolling: lines, pages, the beginning, the end."""

from textual.containers import VerticalScroll

from review_board.tui.pipeline_screen import PipelineScreen


class ReadingScreen(PipelineScreen[None]):
    """What the pages have in common; each names the keys for it."""

    def action_leave(self) -> None:
        """Go back to where it was opened."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll a few lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines * 2, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll a page."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=pages * max(1, scroll.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Go to the beginning."""
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.query_one(VerticalScroll).scroll_end(animate=False)
