"""What all screens share: one paint when they open, the newest size alone, warnings, one end."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from textual._compositor import Compositor
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.events import Resize
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget

from review_board.tui.bars import Bar
from review_board.tui.crash_safe_app import CrashSafeApp

TURNS = 20
"""Turns at most that a screen is waited for before it is painted: a text that fits asks for a layout, as a bar does."""


class Painting:
    """Holds back the paints of a screen until everything under way in it is done."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._held = ExitStack()

    def hold(self) -> None:
        """Stop painting from now on."""
        self._held.enter_context(self._screen.app.batch_update())

    def release_when_idle(self) -> None:
        """Paint once, as soon as the screen has nothing more to do."""
        self._screen.call_after_refresh(self._paint)

    def let_go(self) -> None:
        """Let go: the screen is gone."""
        self._held.close()

    def _paint(self, turns: int = TURNS) -> None:
        """Lay out as often as the layout before asks for it, and paint only what comes of it."""
        screen = self._screen
        nodes = screen.walk_children(Widget, with_self=True)
        if turns and any(node._layout_required or node.message_queue_size for node in nodes):
            if screen._layout_required:
                screen._layout_required = False
                screen._refresh_layout()
            again = partial(screen.call_after_refresh, self._paint, turns - 1)
            asyncio.get_running_loop().call_soon(again)  # after those who have something to do
        else:
            self._held.close()
            screen._refresh_layout()


class SeenLines(Compositor):
    """Draws no line of a widget that is not painted; Textual draws all lines of all widgets for each key."""

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Return what is seen of each widget in the lines of a part of the screen, the foremost first."""
        crop = crop or self.size.region
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if part := seen.intersection(crop):
                lines = Region(seen.x, part.y, seen.width, part.height)
                yield region, lines, widget.render_lines(lines.translate(-region.offset))
            if part == crop:  # it covers whatever is behind it
                return


class SizedScreen(Screen[ScreenResultType]):
    """A screen that passes over a size which the terminal has no more.

    A screen tells itself each size that it was laid out in. Two sizes on their way at once (a window
    dragged while the board starts, a terminal of unknown size) would call each other up for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SeenLines()

    def on_compose(self) -> None:
        """Paint nothing of it before all that it opens with is there."""
        self._opening = Painting(self)
        self._opening.hold()
        if isinstance(self.app, CrashSafeApp) and not self.is_modal:
            self.app.shown.forget()  # so that it mends what other programs wrote over the terminal

    def on_unmount(self) -> None:
        """Let go, perhaps before it was painted."""
        self._opening.let_go()

    def on_screen_suspend(self) -> None:
        """Paint nothing for being covered: the screen above paints all that is seen."""
        self._repaint_required = False

    def on_mount(self) -> None:
        """Show a warning that holds on a screen that opens meanwhile, too."""
        self.begin_painting()
        parts: Sequence[str] = getattr(self.app, "warning", ())
        if parts:
            self.warn(parts)

    def begin_painting(self) -> None:
        """Paint from now on."""
        self._opening.release_when_idle()

    def warn(self, parts: Sequence[str]) -> None:
        """Show a warning below the title for as long as it holds; without parts it is over."""
        shown = next(iter(self.query("#warning").results(Bar)), None)
        if shown is not None:
            shown.set(parts)
            shown.display = bool(parts)
        elif parts:
            for title in self.query("#title"):
                bar = Bar(id="warning", classes="banner")
                bar.set(parts)
                self.mount(bar, after=title)

    async def _on_resize(self, event: Resize) -> None:
        """Pass over a size that is told too late: the size that holds is told as well."""
        if event.size != self.app.size:
            event.prevent_default()

    def _compositor_refresh(self) -> None:
        """Make no paint ready that would be thrown away, nor the whole screen twice."""
        if self.app._batch_count:
            return
        compositor = self._compositor
        if self.is_current and compositor.size.region in compositor._dirty_regions:
            self._repaint_required = False
        super()._compositor_refresh()

    def remove(self) -> AwaitRemove:
        """Remove it, without a new layout of the screen below, which is painted when it is seen again."""
        return self.app._prune(self)

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close it; a second click in the same moment does not close the screen below as well."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
