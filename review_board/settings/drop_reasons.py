"""The list of reasons for a drop: which may be taken off, renamed or added."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from review_board.pipeline.text import clean
from review_board.pipeline.vocabulary import DropReason

USUAL: Mapping[str, str] = {str(reason): reason.replace("-", " ") for reason in DropReason} | {
    DropReason.TIMING: "wrong time",
    DropReason.ONLY_DEFERRALS: "only put us off",
    DropReason.POOR_PAYOFF: "pays too little",
}
"""The usual reasons, name → label."""
STANDING: Mapping[str, str] = {
    DropReason.DO_NOT_CONTACT: "a request to be left alone must always find its place",
    DropReason.OTHER: "there is always a reason that is not on the list",
}
"""What cannot be taken off the list, and why."""
NAME = re.compile("[a-z][a-z0-9-]{0,39}")
LABEL_LIMIT = 60


def offered(settings: Mapping[str, bool | str]) -> dict[str, str]:
    """Return the reasons offered, name → label, in the order of the list."""
    own = {name: said for name, said in settings.items() if isinstance(said, str)}
    off = {name for name, said in settings.items() if said is False}
    return {name: label for name, label in ({**USUAL, **own}).items() if name not in off}


def label_of(reason: str, settings: Mapping[str, bool | str]) -> str:
    """Say what a reason is called, also one that is no longer offered."""
    own = settings.get(reason)
    return own if isinstance(own, str) else USUAL.get(reason, reason.replace("-", " "))


def checked(settings: Any) -> Any:
    """Return the settings with clean labels; refuse what no list could show, all of it at once."""
    if not isinstance(settings, Mapping):
        return settings
    made = {name: clean(said) if isinstance(said, str) else said for name, said in settings.items()}
    refused = {name: why for name, said in made.items() if (why := _objection(name, said))}
    refused = refused or dict(_twice(made))
    if refused:
        raise PydanticCustomError("entries", "{refused}", {"refused": refused})
    return made


def _objection(name: str, said: object) -> str:
    """Say why there cannot be such an entry, or nothing."""
    if not NAME.fullmatch(name):
        return "a name is small letters, digits and dashes, forty at most"
    if isinstance(said, str):
        fits = 0 < len(said) <= LABEL_LIMIT
        return "" if fits else f"a label has 1 to {LABEL_LIMIT} characters"
    if not isinstance(said, bool):
        return "must be false, or a label in quotes"
    if name not in USUAL:
        near = difflib.get_close_matches(name, USUAL, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"a reason of your own needs a label in quotes{hint}"
    if not said and name in STANDING:
        return f"cannot be taken off the list: {STANDING[name]}"
    return ""


def _twice(settings: Mapping[str, bool | str]) -> Iterator[tuple[str, str]]:
    labels: dict[str, str] = {}
    for name, label in offered(settings).items():
        other = labels.setdefault(label.casefold(), name)
        if other != name:
            yield name if name in settings else other, f"“{label}” is the label of two reasons"
