"""One answer for all marked prospects: whose they are, and their tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.suggester import SuggestFromList

from review_board.pipeline.fields import PLAIN_FIELDS, TAGS, TypingDefaults
from review_board.tui.dialogs.dialog import NEXT_FIELD, Dialog, FieldError, LabelledField, Text
from review_board.tui.dialogs.fields import read_typed
from review_board.tui.dialogs.line_input import LineInput
from review_board.wording import listed

OWNER = PLAIN_FIELDS["owner"]


class OwnerDialog(Dialog[str]):
    """Asks whose they are from now on; an empty answer gives them to nobody."""

    is_fitted = True
    hint = "right completes a name · {dialog.cancel:esc} cancels"

    def __init__(
        self, title: str, known: Sequence[str], defaults: TypingDefaults, owner: str = ""
    ) -> None:
        super().__init__(title)
        self._known, self._defaults, self._owner = known, defaults, owner

    def fields(self) -> ComposeResult:
        """Yield the name, and the names in use."""
        entry = LineInput(self._owner, hint="empty: nobody", id="owner")
        entry.suggester = SuggestFromList(self._known, case_sensitive=False)
        yield LabelledField(OWNER.label, entry)
        if self._known:
            yield Text(listed(list(self._known)), classes="echo")

    def enter_does(self) -> str:
        """Return whose they are then, one or many."""
        return f"the owner is {self.value_of('owner') or 'nobody'} then"

    def result(self) -> str:
        """Return the name."""
        return str(read_typed(OWNER, self.value_of("owner"), self._defaults))


@dataclass(frozen=True, slots=True)
class TagsDraft:
    """The tags that all of them get, and those taken off whoever has them."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagsDialog(Dialog[TagsDraft]):
    """Asks which tags all of them get, and which they lose; ``known`` are those that they have."""

    hint = f"commas between tags · {NEXT_FIELD} · {{dialog.cancel:esc}} cancels"

    def __init__(self, title: str, known: Sequence[str], defaults: TypingDefaults) -> None:
        super().__init__(title)
        self._known, self._defaults = known, defaults

    def fields(self) -> ComposeResult:
        """Yield a line for either."""
        yield LabelledField("Add", LineInput(hint="such as: fair, north", long=True, id="add"))
        entry = LineInput(hint="optional", long=True, id="remove")
        entry.suggester = SuggestFromList(self._known, case_sensitive=False)
        yield LabelledField("Take off", entry)
        now = listed(list(self._known)) if self._known else "no tag"
        yield Text(f"On them now: {now}", classes="echo")

    def enter_does(self) -> str:
        """Return what is added and taken off."""
        add, remove = self.value_of("add"), self.value_of("remove")
        parts = [f"add {add}"] if add else []
        return "; ".join([*parts, *([f"take off {remove}"] if remove else [])])

    def result(self) -> TagsDraft:
        """Return both."""
        field = PLAIN_FIELDS["tags"]
        assert field.kind is TAGS
        add, remove = (
            tuple(read_typed(field, self.value_of(name), self._defaults))
            for name in ("add", "remove")
        )
        if not (add or remove):
            raise FieldError("add", "Type a tag to add, or one to take off")
        return TagsDraft(add, remove)
