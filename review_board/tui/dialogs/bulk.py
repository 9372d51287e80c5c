"""One answer for all marked prospects: whose they are, and their tags."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.suggester import SuggestFromList

from review_board.pipeline.fields import PLAIN_FIELDS, TAGS, TypingDefaults
from review_board.tui.dialogs.dialog import (
    CANCELS,
    NEXT_FIELD,
    Dialog,
    FieldError,
    LabelledField,
    Text,
)
from review_board.tui.dialogs.fields import OwnerAskingDialog, read_typed
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.tag_input import TagSuggester
from review_board.wording import listed

OWNER = PLAIN_FIELDS["owner"]


class OwnerDialog(OwnerAskingDialog[str]):
    """Asks whose they are from now on; ``owners`` are those whom they have.

    An empty answer gives them to nobody where they all were of one person, whose name stood there;
    where not, nobody is only meant by ``none``: an enter too early must take no owner off.
    """

    is_fitted = True
    hint = f"right completes a name · {CANCELS}"

    def __init__(
        self, title: str, known: Sequence[str], defaults: TypingDefaults, owners: Collection[str]
    ) -> None:
        super().__init__(title)
        self.owners, self._defaults = known, defaults
        self._owner = next(iter(owners)) if len(owners) == 1 else None

    def fields(self) -> ComposeResult:
        """Yield the name, and the names in use."""
        hint = "a name, or none" if self._owner is None else "empty: nobody"
        names = SuggestFromList(self.owners, case_sensitive=False)
        owner = LineInput(self._owner or "", hint=hint, suggester=names, id="owner")
        yield LabelledField(OWNER.label, owner)
        if self.owners:
            yield Text(listed(list(self.owners)), classes="echo")

    def enter_does(self, owner: str) -> str:
        """Return whose they are then, one or many."""
        is_new = ", a new name here" if owner and owner not in self.owners else ""
        return f"the owner is {owner or 'nobody'} then{is_new}"

    def result(self) -> str:
        """Return the name."""
        typed = self.value_of("owner")
        if not typed and self._owner is None:
            raise FieldError("owner", "Type a name; none leaves them to nobody")
        return self.read_owner(str(read_typed(OWNER, typed, self._defaults)))


@dataclass(frozen=True, slots=True)
class TagsDraft:
    """The tags that all of them get, and those taken off whoever has them."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagsDialog(Dialog[TagsDraft]):
    """Asks which tags all of them get, and which they lose.

    ``known`` are those that they have, ``in_use`` those that anybody has.
    """

    hint = f"commas between tags · right completes one · {NEXT_FIELD} · {CANCELS}"

    def __init__(
        self,
        title: str,
        known: Sequence[str],
        defaults: TypingDefaults,
        in_use: Sequence[str] = (),
    ) -> None:
        super().__init__(title)
        self._known, self._defaults, self._in_use = known, defaults, in_use

    def fields(self) -> ComposeResult:
        """Yield a line for either."""
        lines = (
            ("add", "Add", "such as: fair, north", self._in_use),
            ("remove", "Take off", "optional", self._known),
        )
        for name, label, hint, known in lines:
            entry = LineInput(hint=hint, long=True, suggester=TagSuggester(known), id=name)
            yield LabelledField(label, entry)
        now = listed(list(self._known)) if self._known else "no tag"
        yield Text(f"On them now: {now}", classes="echo")

    def enter_does(self, tags: TagsDraft) -> str:
        """Return what is added and taken off."""
        parts = (("add", tags.add), ("take off", tags.remove))
        return "; ".join(f"{does} {listed(list(named))}" for does, named in parts if named)

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
