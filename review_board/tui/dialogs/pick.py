"""One out of a closed list, with a question above it."""

from collections.abc import Sequence
from typing import Generic

from textual.app import ComposeResult

from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, T, Text
from review_board.tui.footer_keys import with_keys


class PickDialog(Dialog[T], Generic[T]):
    """Asks for one of the ``options``, at first ``initial``; gives its value.

    ``question`` stands above them and ``below`` what else helps; ``missing`` is said while none is picked.
    """

    def __init__(
        self,
        title: str,
        options: Sequence[Choice[T]],
        initial: T | None = None,
        *,
        question: str = "",
        below: str = "",
        missing: str = "Pick one: press its letter",
    ) -> None:
        super().__init__(title)
        self._options, self._initial = options, initial
        self._question, self._below, self._missing = question, below, missing

    def options(self) -> Sequence[Choice[T]]:
        """Return what can be picked."""
        return self._options

    def fields(self) -> ComposeResult:
        """Yield the question, what can be picked, and what helps."""
        if self._question:
            yield Text(self._question)
        yield Choices(self.options(), initial=self._initial, id="pick")
        if self._below:
            yield Text(with_keys(self.app, self._below), classes="quiet")

    def label(self, value: T) -> str:
        """Return what one of them is called."""
        return next(option.label for option in self.options() if option.value == value)

    def enter_does(self, value: T) -> str:
        """Say what is picked."""
        return self.label(value)

    def result(self) -> T:
        """Return what is picked."""
        chosen: Choice[T] | None = self.query_one("#pick", Choices).chosen
        if chosen is None:
            raise FieldError("pick", self._missing)
        return chosen.value
