"""What a person decided about the lists of one source, to be used again when the next one comes.

A source is known by the program that its columns point to, else by its columns, of which a few may come or go.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, get_args

from review_board.exchange.content_ids import content_id
from review_board.exchange.header_synonyms import FIELDS
from review_board.exchange.header_words import ANY_LIST, canonical
from review_board.exchange.list_kinds import RecognisedList
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.typed_amounts import CURRENCY_CODES

MEANINGS = {
    meaning.name.lower(): meaning for meaning in StageMeaning if meaning is not StageMeaning.CLOSED
}
"""What is kept of what a person said that a stage word means."""
SAYABLE = {
    {"open": "active", "lost": "dropped"}.get(word, word): meaning
    for word, meaning in MEANINGS.items()
}
"""What a person may say that it means, as the board calls it."""


ListKind = Literal["deals", "leads", "activities"]
KINDS: tuple[ListKind, ...] = get_args(ListKind)
"""What a person may say that a list is."""
_COLUMNS = "columns"
_ALIKE = 0.65
"""Share of the columns of two lists together that both have, from which on they are of one source."""


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """Header → field (``""`` leaves it out), stage word → meaning, and how the whole is read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, StageMeaning] = field(default_factory=dict)
    kind: ListKind | None = None
    dates: Literal["dmy", "mdy"] | None = None
    decimal: Literal["point", "comma"] | None = None
    shared_sign: str | None = None
    """The currency that a sign of several means: ``SEK`` for ``kr``."""

    def under(self, given: "SourceMapping") -> "SourceMapping":
        """Return what holds when ``given`` is said as well: that wins."""
        said = set(map(canonical, given.columns))
        earlier = {h: f for h, f in self.columns.items() if canonical(h) not in said}
        return SourceMapping(
            earlier | dict(given.columns),
            {**self.stages, **given.stages},
            given.kind or self.kind,
            given.dates or self.dates,
            given.decimal or self.decimal,
            given.shared_sign or self.shared_sign,
        )

    def fitting(self, headers: Sequence[str]) -> "SourceMapping":
        """Return it without the columns that a list does not have."""
        known = set(map(canonical, headers))
        return replace(
            self, columns={h: f for h, f in self.columns.items() if canonical(h) in known}
        )

    def with_word(self, word: str, meaning: StageMeaning | None) -> "SourceMapping":
        """Return it with another meaning of a stage word, or with nothing said of it."""
        stages = {w: m for w, m in self.stages.items() if w != word}
        return replace(self, stages=stages | ({word: meaning} if meaning else {}))

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept, without what is not said."""
        stages = {word: meaning.name.lower() for word, meaning in self.stages.items()}
        found: dict[str, Any] = {"columns": dict(self.columns), "stages": stages, "kind": self.kind}
        found |= {"dates": self.dates, "decimal": self.decimal, "shared_sign": self.shared_sign}
        return {name: value for name, value in found.items() if value}


def mapping_of(kept: object) -> SourceMapping:
    """Return what was kept; whatever a hand spoilt in it says nothing."""
    found = kept if isinstance(kept, dict) else {}
    columns, stages = (_texts(found.get(name)) for name in ("columns", "stages"))
    return SourceMapping(
        {header: name for header, name in columns.items() if not name or name in FIELDS},
        {word: MEANINGS[said] for word, said in stages.items() if said in MEANINGS},
        _one_of(found.get("kind"), *KINDS),
        _one_of(found.get("dates"), "dmy", "mdy"),
        _one_of(found.get("decimal"), "point", "comma"),
        _one_of(found.get("shared_sign"), *CURRENCY_CODES),
    )


def _texts(found: object) -> dict[str, str]:
    items = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in items if isinstance(value, str)}


def _one_of(found: object, *words: Any) -> Any:
    return found if found in words else None


class Mappings(Protocol):
    """Where mappings are kept, by source."""

    def get(self, source: str) -> SourceMapping:
        """Return what was decided about a source; an empty one where nothing was."""

    def keep(self, source: str, mapping: SourceMapping) -> None:
        """Keep it for the next list of that source."""


class MappingsInMemory:
    """Mappings that nothing is to be written of, such as those of a demo: kept until the program ends."""

    def __init__(self) -> None:
        self._found: dict[str, SourceMapping] = {}

    def get(self, source: str) -> SourceMapping:
        """Return what was decided about a source; an empty one where nothing was."""
        return self._found.get(nearest(source, self._found), SourceMapping())

    def keep(self, source: str, mapping: SourceMapping) -> None:
        """Keep it for the next list of that source."""
        self._found[source] = mapping


Remembered = Callable[[str], SourceMapping]


def nothing_remembered(_: str) -> SourceMapping:
    """Return that nothing was decided about a source."""
    return SourceMapping()


def source_of(headers: Sequence[str], recognised: RecognisedList) -> str:
    """Return what a list is known by next week: the program and kind, else its columns in any order."""
    if recognised.origin != ANY_LIST:
        return f"{recognised.origin} {recognised.kind}"
    marks = {content_id(key)[2:8] for key in map(canonical, headers) if key}
    return " ".join([_COLUMNS, *sorted(marks)])


def nearest(source: str, kept: Iterable[str]) -> str:
    """Return which of the sources that something is kept of a list is from: a few columns more or less are one.

    The same wins, then the one with most columns in common.
    """
    known = list(kept)
    if source in known or not source.startswith(_COLUMNS):
        return source
    mine = set(source.split())
    shares = {
        other: len(mine & set(other.split())) / len(mine | set(other.split())) for other in known
    }
    best = max(shares, key=lambda other: shares[other], default=source)
    return best if shares.get(best, 0) >= _ALIKE else source
