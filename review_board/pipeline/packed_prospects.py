"""Prospects that an import brings, of which all but some thousands are held as the text that is stored.

A record takes three to five times the memory of its text, and tens of thousands wait here until they
are written. Each is read again when it is looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import orjson

from review_board.pipeline.model import text_of
from review_board.pipeline.prospect import Prospect, from_document, to_document

UNPACKED = 5_000
"""So many wait as they are: writing and reading them again would take longer than it is worth."""


class PackedProspects(Sequence[Prospect]):
    """Prospects in their order; their ``ids`` are known without reading any."""

    __slots__ = ("_held", "ids")

    def __init__(self, prospects: Iterable[Prospect] = ()) -> None:
        self.ids: list[str] = []
        self._held: list[Prospect | bytes] = []
        self.extend(prospects)

    def append(self, prospect: Prospect) -> None:
        """Add one at the end."""
        self.ids.append(prospect.id)
        self._held.append(prospect if len(self._held) < UNPACKED else text_of(prospect))

    def extend(self, prospects: Iterable[Prospect]) -> None:
        """Add these at the end."""
        if isinstance(prospects, PackedProspects):
            self.ids += prospects.ids
            self._held += prospects._held
        else:
            for prospect in prospects:
                self.append(prospect)

    def put(self, place: int, prospect: Prospect) -> None:
        """Let one take the place of another."""
        self.ids[place], self._held[place] = prospect.id, text_of(prospect)

    def only(self, places: Iterable[int]) -> "PackedProspects":
        """Return those in these places."""
        found = PackedProspects()
        for place in places:
            found.ids.append(self.ids[place])
            found._held.append(self._held[place])
        return found

    def texts(self) -> list[bytes]:
        """Return what is stored of each as JSON."""
        return [one if isinstance(one, bytes) else text_of(one) for one in self._held]

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield what is stored of each."""
        for one in self._held:
            yield orjson.loads(one) if isinstance(one, bytes) else to_document(one)

    @overload
    def __getitem__(self, place: int) -> Prospect: ...
    @overload
    def __getitem__(self, place: slice) -> "PackedProspects": ...
    def __getitem__(self, place: int | slice) -> "Prospect | PackedProspects":
        if isinstance(place, slice):
            return self.only(range(*place.indices(len(self))))
        one = self._held[place]
        return from_document(orjson.loads(one)) if isinstance(one, bytes) else one

    def __len__(self) -> int:
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]
