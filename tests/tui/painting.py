"""Paint the screen of a test when somebody looks, and not at each of a dozen changes before.

Somebody looks when its text or picture is asked for, and once more before it is covered, left, resized
or closed: what cannot be painted fails as it would for a user.
"""

from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

Screens = list[Screen[Any]]

BEFORE: tuple[tuple[type, str], ...] = (
    (App, "push_screen"),
    (App, "pop_screen"),
    (App, "switch_screen"),
    (App, "_shutdown"),
    (Screen, "_screen_resized"),
)

paint = Compositor.render_update
"""Paints at once, as it does for a user: for tests of what is painted when."""
_strips = Compositor.render_strips
_unseen: WeakKeyDictionary[Compositor, tuple[Context, Screens | None]] = WeakKeyDictionary()


def _paint_later(
    compositor: Compositor,
    full: bool = False,
    screen_stack: Screens | None = None,
    simplify: bool = False,
) -> RenderableType | None:
    """Paint a picture; of a mere change note that it is still to be painted."""
    if full:
        _look(compositor)
        return paint(compositor, full, screen_stack, simplify)
    _unseen[compositor] = copy_context(), screen_stack
    return None


def _look(compositor: Compositor) -> None:
    """Render what has changed since somebody looked, as a paint does; nobody wants it put together."""
    if compositor in _unseen:
        context, behind = _unseen.pop(compositor)
        context.run(_render_changes, compositor, behind or [])


def _render_changes(compositor: Compositor, behind: Screens) -> None:
    visible_screen_stack.set(behind)
    changed = [*compositor._dirty_regions]
    compositor._dirty_regions.clear()
    if changed:
        seen = Region.from_union(changed).intersection(compositor.size.region)
        deque(compositor._get_renders(seen), maxlen=0)


def _looked_at_strips(compositor: Compositor, size: Size | None = None) -> list[Strip]:
    _look(compositor)
    return _strips(compositor, size)


def _looked_at_before(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of an app or a screen before which the screen on top is looked at."""

    @wraps(method)
    def looked_at(self: App[Any] | Screen[Any], *args: Any, **options: Any) -> Any:
        _look_at_top(self.app)
        return method(self, *args, **options)

    return looked_at


def _look_at_top(app: App[Any]) -> None:
    if not app.screen_stack:
        return
    try:
        _look(app.screen_stack[-1]._compositor)
    except Exception as error:
        app._handle_exception(error)


@pytest.fixture(autouse=True)
def painted_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every app of a test paints only what somebody looks at."""
    monkeypatch.setattr(Compositor, "render_update", _paint_later)
    monkeypatch.setattr(Compositor, "render_strips", _looked_at_strips)
    for owner, name in BEFORE:
        monkeypatch.setattr(owner, name, _looked_at_before(getattr(owner, name)))
