"""Which rows of a list are prospects that are on record already.

By the id that their source gives them, else by email, phone, web domain, or company and name. What only
comes near is a question and no match.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from review_board.exchange.content_ids import whole_id
from review_board.exchange.header_words import ANY_LIST
from review_board.exchange.imported_values import import_id
from review_board.imports.identity_faces import Face, agree, face_of, names_alike
from review_board.pipeline.duplicates import CROWD, duplicates
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, records_in
from review_board.pipeline.text import fold
from review_board.progress import Progress

Document = Mapping[str, Any]
LOOKING = "looking for them in the pipeline"
_FEW = 2
"""So many rows of a program that agree in nothing are renamed ones and no other list."""


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A row that may be the prospect ``id``, called ``name``, and why: a question for a person.

    ``place`` is that of its list; ``is_same`` is the answer, ``None`` while there is none.
    """

    row: str
    row_name: str
    id: str
    name: str
    why: tuple[str, ...]
    place: int = 0
    is_same: bool | None = None

    @property
    def key(self) -> tuple[int, str, str]:
        """Return what tells the question from others, however often the lists are read."""
        return self.place, self.row, self.id


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows, known by their ``source``, and for each that is on record the id that it has here."""

    rows: PackedProspects
    source: str
    same: Mapping[str, str]
    near: tuple[NearMatch, ...]
    is_numbered_anew: bool = False


@dataclass(slots=True)
class _OnRecord:
    """The prospects here, by all that they are known by."""

    documents: Mapping[str, Document]
    joined: dict[str, str] = field(default_factory=dict)
    """The ids of those that were merged, also of the one that was kept: two rows may be one of them."""
    sources: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    faces: dict[str, Face] = field(default_factory=dict)
    joined_of: dict[str, int] = field(default_factory=dict)
    """How many others were merged into one: so many rows more may be it."""
    is_numbered_anew: bool = False
    """The list gives everybody another id than it did: its program was changed for another."""
    retired: Set[str] = frozenset()
    """Those whom a list of this import has as deleted or converted: a lead is a deal now, by another id."""

    def __post_init__(self) -> None:
        for key, document in self.documents.items():
            merged = document.get("merged")
            if isinstance(merged, list) and merged:
                self.joined |= {str(i): key for i in (key, *merged)}
                self.joined_of[key] = len(merged)
            imports = [*records_in(document, "imports")]
            old = [{"source": "", "external_id": document.get("external_id")}]
            for said in imports or old:
                if known_as := whole_id(str(said.get("external_id") or "")):
                    by_id = self.sources.setdefault(str(said.get("source") or ""), {})
                    by_id.setdefault(known_as, []).append(key)

    def face(self, prospect_id: str) -> Face:
        """Return by what a prospect is known."""
        if prospect_id not in self.faces:
            self.faces[prospect_id] = face_of(self.documents[prospect_id])
        return self.faces[prospect_id]

    def room(self, claimed: Iterable[str]) -> Counter[str]:
        """Return how many rows more each may be: one, and one for each merged into it, less those that are it."""
        room = Counter({key: 1 + self.joined_of.get(key, 0) for key in self.documents})
        room.subtract(claimed)
        return room

    def is_another(self, prospect_id: str, row: Prospect) -> bool:
        """Return whether the source of a row knows the prospect by another id."""
        if not row.external_id or self.is_numbered_anew or prospect_id in self.retired:
            return False
        known = [
            whole_id(str(said.get("external_id") or ""))
            for said in records_in(self.documents[prospect_id], "imports")
            if said.get("source") == row.imports[0].source
        ]
        return any(known) and whole_id(row.external_id) not in known


def match(
    listed: PackedProspects,
    documents: Mapping[str, Document],
    *,
    by_reach: bool,
    said: Mapping[str, str] | None = None,
    retired: Set[str] = frozenset(),
    progress: Progress | None = None,
) -> Matches:
    """Return which rows are on record; with ``by_reach`` an address alone tells who a row is about.

    ``said`` are rows of which a person said who they are, ``retired`` those whom a list has as converted.
    """
    origin = listed[0].imports[0].source if listed else ""
    if not listed or not documents:
        return Matches(listed, origin, {}, ())
    record = _OnRecord(documents, retired=retired)
    numbers = _Numbers.of(listed, record, origin, progress or Progress())
    source = numbers.source(record, origin)
    if source != origin:
        listed = PackedProspects(_as_from(row, source) for row in listed)
    by_number = dict(numbers.same(source, record, is_any_list=origin == ANY_LIST))
    said = {row: said[row] for row in listed.ids if row in said} if said else {}
    same = {**by_number, **said}
    record.is_numbered_anew = not numbers.agreeing.get(source) and _is_known(listed, source, record)
    rest = [*listed.only(place for place, row in enumerate(listed.ids) if row not in same)]
    same |= _by_what_they_share(rest, record, same.values(), by_reach=by_reach)
    same |= {r.id: record.joined[r.id] for r in rest if r.id not in same and r.id in record.joined}
    unknown = [row for row in rest if row.id not in same]
    found = (*_same_number(unknown, record), *_near(unknown, record, set(same.values())))
    near = {one.key: one for one in found}  # two reasons are one question
    return Matches(listed, source, same, tuple(near.values()), record.is_numbered_anew)


def numbered(source: str, numbers: Set[str], documents: Mapping[str, Document]) -> set[str]:
    """Return the prospects on record that a source knows by these numbers."""
    wanted = set(map(whole_id, numbers))
    return {
        key
        for key, document in (documents.items() if wanted else ())
        for said in records_in(document, "imports")
        if said.get("source") == source and whole_id(str(said.get("external_id"))) in wanted
    }


def _is_known(listed: PackedProspects, source: str, record: _OnRecord) -> bool:
    """Return whether most rows have the name and company of somebody whom their source told of."""
    told = {key for keys in record.sources.get(source, {}).values() for key in keys}
    names = {shared for key in told for _, shared in record.face(key).shared()}
    known = sum(
        any(shared[0] == "name" and shared in names for _, shared in face_of(row).shared())
        for row in (listed if names else ())
    )
    return known >= _FEW and known * 2 >= len(listed)


def _as_from(row: Prospect, source: str) -> Prospect:
    """Return a row as one of a source by another name than it was read under."""
    (said,) = row.imports
    if said.source == source:
        return row
    identity = import_id(source, row.external_id or row.id)
    return row.with_changes(imports=(said.model_copy(update={"source": source, "id": identity}),))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The number that the program of a list gave each row; by each source which of that number agree in more."""

    given: dict[str, str]
    agreeing: dict[str, dict[str, list[str]]]

    @classmethod
    def of(
        cls, listed: PackedProspects, record: _OnRecord, origin: str, progress: Progress
    ) -> "_Numbers":
        """Look at the rows one by one, and hold none of them."""
        sources = {name: ids for name, ids in record.sources.items() if _may_be(name, origin)}
        numbers = cls({}, {name: {} for name in sources})
        rows = progress.over(listed.documents(), LOOKING, len(listed))
        for row in rows:
            number = whole_id(str(row.get("external_id") or ""))
            found = {name: ids for name, by_id in sources.items() if (ids := by_id.get(number))}
            if number:
                numbers.given[row["id"]] = number
            for name, ids in found.items() if number else ():
                agreeing = [key for key in ids if agree(row, record.documents[key])]
                numbers.agreeing[name][row["id"]] = agreeing
        return numbers

    def source(self, record: _OnRecord, origin: str) -> str:
        """Return the source on record whose ids these are: most that share an id agree in more than that.

        Two lists that both number from 1 are two sources: the second is called ``a list 2``. A list of
        few columns, or in another language, does not show its program: its ids do.
        """
        named = {name: rows for name, rows in self.agreeing.items() if name}
        shared = {name: len(rows) for name, rows in named.items()}
        agreeing = {name: sum(map(bool, rows.values())) for name, rows in named.items()}
        fitting = [name for name in shared if 0 < shared[name] <= 2 * agreeing[name]]
        if fitting:
            return max(fitting, key=lambda name: agreeing[name])
        is_renamed = origin != ANY_LIST and shared.get(origin, 0) <= _FEW
        if not shared.get(origin) or is_renamed:
            return origin
        numbered = (f"{origin} {number}" for number in range(2, len(record.sources) + 3))
        return next(name for name in numbered if not shared.get(name))

    def same(
        self, source: str, record: _OnRecord, *, is_any_list: bool
    ) -> Iterator[tuple[str, str]]:
        """Yield the rows that their source's own id tells, also where it came without a source before."""
        by_id = record.sources.get(source, {})
        for row, number in self.given.items():
            known = [] if is_any_list else by_id.get(number, [])
            own = self.agreeing.get(source, {}).get(row) or known
            own = own or self.agreeing.get("", {}).get(row, [])
            merged = record.joined.get(row, row)
            if own or merged != row:
                yield row, own[0] if own else merged


def _may_be(source: str, origin: str) -> bool:
    """Return whether a list read as from here may be of a source on record: the same, a list of whichever, or of none."""
    family = source.rstrip("0123456789 ")
    return not source or family == origin or ANY_LIST in {family, origin}


def _by_what_they_share(
    rows: Sequence[Prospect],
    record: _OnRecord,
    claimed: Iterable[str],
    *,
    by_reach: bool,
) -> dict[str, str]:
    """Return the rows that email, phone, web domain or company and name tell, each of one prospect.

    ``claimed`` are those that other rows are. Of several that a row may be it is the one of which its
    list said the same the last time.
    """
    if not rows:
        return {}
    room = record.room(claimed)
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in record.documents:
        if room[key] > 0:
            for _, shared in record.face(key).shared():
                holders[shared].append(key)
    pairs: list[tuple[tuple[int, int, int, int], str, str]] = []
    for place, row in enumerate(rows):
        face = face_of(row)
        for rank, key in _candidates(row, face, holders, record, by_reach=by_reach):
            equal, is_all = face.equal_values(record.face(key))
            pairs.append(((not is_all, rank, -equal, place), row.id, key))
    same: dict[str, str] = {}
    for _, row_id, key in sorted(pairs):
        if row_id not in same and room[key] > 0:
            same[row_id] = key
            room[key] -= 1
    return same


def _candidates(
    row: Prospect,
    face: Face,
    holders: Mapping[tuple[str, str], list[str]],
    record: _OnRecord,
    *,
    by_reach: bool,
) -> Iterator[tuple[int, str]]:
    """Yield the prospects that a row may be, with the rank of what they share."""
    seen: set[str] = set()
    own = record.joined.get(row.id, row.id)
    for rank, shared in face.shared():
        keys = holders.get(shared, [])
        for key in [*([own] if own in keys else []), *keys[:CROWD]]:
            if key in seen or record.is_another(key, row):
                continue
            is_enough = shared[0] == "name" or (shared[0] == "email" and by_reach)
            if is_enough or names_alike(face.names, record.face(key).names):
                seen.add(key)
                yield rank, key


def _same_number(rows: Sequence[Prospect], record: _OnRecord) -> Iterator[NearMatch]:
    """Yield the rows whose number stands for somebody with whom they agree in nothing else."""
    for row in rows:
        by_id = record.sources.get(row.imports[0].source, {})
        for key in by_id.get(whole_id(row.external_id), []):
            name = str(record.documents[key].get("name"))
            yield NearMatch(
                row.id, row.name, key, name, (f"the same number {row.external_id} in that list",)
            )


def _near(rows: Sequence[Prospect], record: _OnRecord, taken: set[str]) -> Iterator[NearMatch]:
    """Yield the rows that may be prospects on record which no row is."""
    unclaimed = {key: d for key, d in record.documents.items() if key not in taken}
    if not (rows and unclaimed):
        return
    ours = {row.id: row for row in rows}
    yield from _of_one_person(rows, unclaimed, record)
    compared = [{"row": True, **_short(row)} for row in rows]
    documents = [*compared, *({**d, "id": f"={key}"} for key, d in unclaimed.items())]
    for pair in duplicates(documents):
        ids = sorted((pair.one, pair.other), key=lambda one: one.startswith("="))
        row_id, key = ids[0], ids[1].removeprefix("=")
        if row_id.startswith("=") or not ids[1].startswith("="):
            continue
        if not record.is_another(key, ours[row_id]):
            named = str(unclaimed[key].get("name"))
            yield NearMatch(row_id, ours[row_id].name, key, named, pair.why)


def _of_one_person(
    rows: Sequence[Prospect], unclaimed: Mapping[str, Document], record: _OnRecord
) -> Iterator[NearMatch]:
    """Yield the rows with a person on record, where one company's name begins with the other's."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key, document in unclaimed.items():
        for name in {fold(str(person.get("name"))) for person in records_in(document, "contacts")}:
            holders[name].append(key)
    for row in rows:
        companies = face_of(row).companies
        for person in row.contacts:
            for key in holders.get(fold(person.name), [])[:CROWD] if person.name else ():
                if record.is_another(key, row) or not _begin_alike(
                    companies, record.face(key).companies
                ):
                    continue
                named = str(unclaimed[key].get("name"))
                yield NearMatch(row.id, row.name, key, named, (f"the same person, {person.name}",))


def _begin_alike(some: Set[str], others: Set[str]) -> bool:
    """Return whether a name is another one with more behind it: "Acme" and "Acme GmbH Werk 2"."""
    pairs = [(f"{one} ", f"{other} ") for one in some for other in others if one != other]
    return any(one.startswith(other) or other.startswith(one) for one, other in pairs)


def _short(row: Prospect) -> dict[str, Any]:
    people = [{"email": c.email, "phone": c.phone} for c in row.contacts]
    return {"id": row.id, "name": row.name, "company": row.company, "contacts": people}


def near_words(one: NearMatch) -> str:
    """Return a question whether a row is on record, in a line."""
    return f"{one.row_name} is perhaps {one.name} ({', '.join(one.why)})"
