"""Prospects that an import brings, held as the text that is stored of them.

A record takes three to five times the memory of its text, and tens of thousands wait here until they
are written. Each is read again when it is looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import orjson

from review_board.pipeline.prospect import Prospect, from_document


class PackedProspects(Sequence[Prospect]):
    """Prospects in their order; ``ids`` and ``texts`` (JSON, as stored) are known without reading any."""

    __slots__ = ("ids", "texts")

    def __init__(self, prospects: Iterable[Prospect] = ()) -> None:
        self.ids: list[str] = []
        self.texts: list[bytes] = []
        self.extend(prospects)

    def append(self, prospect: Prospect) -> None:
        """Add one at the end."""
        self.ids.append(prospect.id)
        self.texts.append(_text_of(prospect))

    def extend(self, prospects: Iterable[Prospect]) -> None:
        """Add these at the end."""
        if isinstance(prospects, PackedProspects):
            self.ids += prospects.ids
            self.texts += prospects.texts
        else:
            for prospect in prospects:
                self.append(prospect)

    def put(self, place: int, prospect: Prospect) -> None:
        """Let one take the place of another."""
        self.ids[place], self.texts[place] = prospect.id, _text_of(prospect)

    def only(self, places: Iterable[int]) -> "PackedProspects":
        """Return those in these places."""
        found = PackedProspects()
        for place in places:
            found.ids.append(self.ids[place])
            found.texts.append(self.texts[place])
        return found

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield what is stored of each."""
        return map(orjson.loads, self.texts)

    @overload
    def __getitem__(self, place: int) -> Prospect: ...
    @overload
    def __getitem__(self, place: slice) -> "PackedProspects": ...
    def __getitem__(self, place: int | slice) -> "Prospect | PackedProspects":
        if isinstance(place, slice):
            return self.only(range(*place.indices(len(self))))
        return from_document(orjson.loads(self.texts[place]))

    def __len__(self) -> int:
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedProspects):
            return self.texts == other.texts
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]


def _text_of(prospect: Prospect) -> bytes:
    return Prospect.__pydantic_serializer__.to_json(prospect, exclude_defaults=True)
