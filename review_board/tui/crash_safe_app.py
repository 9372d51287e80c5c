"""An app that ends cleanly whatever happens: a signal, a lost terminal, an unforeseen error."""

from collections.abc import Callable, Mapping
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen

from review_board.login_rights import LoginRights
from review_board.store.drafts import Draft
from review_board.tui.dialogs.kept_drafts import KeptDrafts, forms_on
from review_board.tui.short_codes import ShownCells

LARGEST = Size(1000, 400)
"""Columns and lines that are painted at most: a client of ssh may claim any size, and each cell costs memory."""


class CrashSafeApp(App[int]):
    """What `launch` relies on: ``end_soon``, ``crashed``, and what became of the run.

    ``crash`` is the unforeseen error that ended it. Textual would print it with the values of
    variables, which are customers' data; here it is only kept. ``kept`` holds what was typed into
    a form when the terminal was lost, for the next time that form opens; ``key_to_form`` is the key
    that leads to the form that opens now. ``remapped`` holds
    the keys of those actions, by id, that the settings give other keys. ``rights`` is what the
    login may do outside the pipeline. ``is_ending`` says that the app
    was asked to leave.
    """

    is_ending = False

    def __init__(self, kept: KeptDrafts | None = None) -> None:
        self.shown = ShownCells()  # which the way to the terminal is made with
        super().__init__()
        self.crash: BaseException | None = None
        self.kept = kept or KeptDrafts(None)
        self.remapped: Mapping[str, str] = {}
        self.rights = LoginRights()
        self.key_to_form = ""

    def get_driver_class(self) -> type[Driver]:
        """Return the usual way to the terminal, with fewer bytes for the same picture."""
        usual, shown = super().get_driver_class(), self.shown

        class ShortDriver(usual):  # type: ignore[misc, valid-type]
            def write(self, data: str) -> None:
                super().write(shown.shortened(data))

        return ShortDriver

    async def _on_resize(self, event: events.Resize) -> None:
        """Take a smaller size over in place of one that is too large to be painted; paint everything anew."""
        self.shown.forget()
        size = Size(min(event.size.width, LARGEST.width), min(event.size.height, LARGEST.height))
        if size != event.size:
            event.prevent_default()
            await super()._on_resize(events.Resize(size, size))

    def take_form(self, form: Draft) -> None:
        """Take what was typed into a form that was accepted, in case it cannot be saved."""

    def drop_forms(self) -> None:
        """Let go of what was accepted for a change that is not made after all."""

    def prospect_below(self, dialog: Screen[Any]) -> tuple[str, str]:
        """Return id and name of the prospect that the screen below a dialog is at, if any."""
        return "", ""

    def end_soon(self, status: int) -> None:
        """Leave with this status as soon as possible; safe from signal handlers and threads."""
        self.is_ending = True
        self.call_from_outside(lambda: self._end(status))

    def call_from_outside(self, callback: Callable[[], None]) -> None:
        """Run this on the app's own thread, as the app; nothing when it is gone already."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.call_later, callback)

    def action_suspend_process(self) -> None:
        """Step aside for the shell, where there is one to come to."""
        if self.rights.may_use_shell:
            super().action_suspend_process()
        else:
            self.notify("There is no shell in a restricted login", severity="warning")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether an action may run: of Textual's own, some write files or start programs."""
        if action == "suspend_process":  # tells why not
            return True
        return self.rights.offers(action) and super().check_action(action, parameters)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a page in the browser, where the login may start one."""
        if self.rights.may_use_shell:
            super().open_url(url, new_tab=new_tab)

    def _end(self, status: int) -> None:
        self.kept.keep(forms_on(self.screen_stack))
        self.exit(status, return_code=status)

    def crashed(self, error: Exception) -> None:
        """End because of an unforeseen error."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if self.crash is None:
            self.crash = error
            self.kept.keep(forms_on(self.screen_stack))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
