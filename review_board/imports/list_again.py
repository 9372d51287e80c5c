"""A list that comes again: who was in it and is no more, who is deleted there, and whether it is an older one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set, Sized
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from shlex import quote
from typing import Any

from review_board.board.index import is_open
from review_board.exchange.imported_values import WON, base_of, kept_first, state_of
from review_board.imports.identity import Matches
from review_board.imports.updating import Update
from review_board.pipeline.dates import short_day
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, from_document, is_gone, records_in
from review_board.pipeline.vocabulary import Column
from review_board.wording import first_few, plural, several

Documents = Mapping[str, Mapping[str, Any]]
Values = Mapping[str, str]
_SHOWN = 5
OLDER = "newer than all in it: is it an older export?"
_COME_AGAIN = 2
"""So many times as many as are missing must come again: fewer are a part of the list."""
_LOST_CELLS = 2
"""So many columns of the list may say nothing of a prospect, as their cells could not be read."""
_ALIKE = 3
"""From so many missing on, values that none in the list has show that it was filtered by them."""
_ORDERED = 5
"""From so many missing on, days or sums outside those of the list show the same."""
_ALWAYS = frozenset({"name", "company", "notes", "do_not_contact"})
"""What any list may tell of a prospect, whatever its columns are."""


def deleted_there(gone: Set[str], documents: Documents) -> dict[str, str]:
    """Return the names of the sales that a list has as deleted or archived, and that are open here, by id."""
    found = {key: documents[key] for key in sorted(gone)}
    return {key: str(document["name"]) for key, document in found.items() if is_open(document)}


def numbered_anew(found: Matches) -> Iterator[str]:
    """Tell that a list gives everybody another id than it did."""
    if found.is_numbered_anew:
        cards = several(len(found.same), "card")
        yield f"{cards} of this list had another id there before; their names say who they are"


def deleted_words(names: Sequence[str]) -> Iterator[str]:
    """Name the sales that a list has as deleted or archived."""
    if names:
        verb = plural(len(names), "is", "are")
        told = f"{several(len(names), 'sale')} open here {verb} deleted or archived in the list"
        yield f"{told}: {first_few(names, _SHOWN)}"


def contacted_later(rows: Sized, again: Mapping[str, bool]) -> Iterator[str]:
    """Tell of sales that a list, at least half of which came before, says older days of than it did.

    ``again`` are those on record that it has, and whether its row goes back in time.
    """
    back = sum(again.values()) if len(again) * 2 >= len(rows) else 0
    if back:
        yield (
            f"{several(back, 'sale')} {plural(back, 'was', 'were')} contacted later, said this list once, "
            "than it says now: is it an older export?"
        )


def moved_later(updates: Iterable[Update], documents: Documents) -> Iterator[str]:
    """Tell of close dates that the list moves later: that counts as put off, and how to say why they did."""
    found = [
        (update, change)
        for update in updates
        for change in update.taken
        if change.field == "close_date"
        and not update.is_over
        and (day := update.theirs.close_date)
        and str(day) > (documents[update.id].get("close_date") or str(day))
    ]
    if found:
        dates = several(len(found), "close date")
        moves = plural(len(found), "moves", "move")
        named = first_few([f"{u.name} {one.ours} → {one.theirs}" for u, one in found], _SHOWN)
        first = found[0][0]
        yield (
            f"{dates} {moves} later, which counts as put off without a reason: {named}. To say why, "
            f"first edit {quote(first.name)} --close-date {first.theirs.close_date} --because KIND, "
            "or --correction where the day was wrong"
        )


def with_gone(prospect: Prospect, source: str) -> Prospect:
    """Return it with the mark that the list of a source has it no more."""
    said = (
        one.model_copy(update={"gone": True}) if one.source == source else one
        for one in prospect.imports
    )
    return prospect.with_changes(imports=tuple(said))


def goes_back(row: Prospect, document: Mapping[str, Any]) -> bool:
    """Tell whether the last contact that a column tells of is older than the one it told of before.

    One that was merged here has the contacts of several rows, each of which knows only its own.
    """
    if document.get("merged"):
        return False
    before = [touch for touch in records_in(document, "touches") if touch.get("from_list")]
    now = [touch.at for touch in row.touches if touch.from_list]
    return bool(before and now) and max(now) < max(_moment(t.get("at")) for t in before)


def rows_that_count(found: Matches, documents: Documents) -> dict[str, str]:
    """Return for each card that several rows are, as it was merged here, the row that counts.

    It is the row of the card that was kept, but a sale that is won counts first and a lost one last:
    who merged two may have closed either of them in the CRM.
    """
    rows_of: dict[str, list[Prospect]] = {}
    many = {key for key, count in Counter(found.same.values()).items() if count > 1}
    places = (i for i, row in enumerate(found.rows.ids) if found.same.get(row) in many)
    for row in found.rows.only(places) if many else ():
        rows_of.setdefault(found.same[row.id], []).append(row)
    return {
        key: min(rows, key=partial(_place, from_document(documents[key]))).id
        for key, rows in rows_of.items()
        if key in documents
    }


def _place(ours: Prospect, row: Prospect) -> tuple[bool, bool, int]:
    """Return the place of a row among those of one card: the first counts."""
    order, state = kept_first(ours), state_of(row)
    base = base_of(ours, row.imports[0])
    return state != WON, state == Column.DROPPED, order.index(base) if base else len(order)


def merged_rows(updates: Sequence[Update]) -> Iterator[str]:
    """Tell of rows that do not count, as another row of the list is that card too."""
    if updates:
        told = (
            f"{several(len(updates), 'row')} of merged cards {plural(len(updates), 'does', 'do')}"
        )
        yield f"{told} not count, another row does: {first_few([*map(_beside, updates)], _SHOWN)}"


def _beside(update: Update) -> str:
    row, said = update.theirs, "; ".join(f"{c.label} {c.theirs}" for c in update.left_out)
    name = f"{row.external_id} {row.name}".strip()
    return f"{name} is {update.name} here{f', left out: {said}' if said else ''}"


def ended_since(names: Sequence[str], today: date) -> Iterator[str]:
    """Tell whose end has no day in the list, and is taken to be today."""
    if names:
        count, day = len(names), short_day(today, today)
        yield (
            f"{several(count, 'card')} {plural(count, 'was', 'were')} open when this list came last, and it "
            f"tells no day of the end: taken as won or lost today ({day}), on no earlier day: {first_few(names, _SHOWN)}"
        )


@dataclass(frozen=True, slots=True)
class Missing:
    """The names of those that the list of a ``source`` had before and has no more, by id.

    They are open here, or ``dropped``. Open ones that ``are_newer`` than all in the list tell that it is an older one.
    """

    source: str
    names: Mapping[str, str]
    dropped: Mapping[str, str]
    are_newer: bool

    @property
    def told(self) -> str:
        """Count them."""
        count = len(self.names) + len(self.dropped)
        return f"{several(count, 'card')} that this list had before {plural(count, 'is', 'are')} not in it now"

    @property
    def words(self) -> str:
        """Name them, and say how to find them; ask whether the list is an older one where it seems so."""
        names = [first_few([*self.names.values()], _SHOWN)] if self.names else []
        if self.dropped:
            names.append(f"Dropped here {first_few([*self.dropped.values()], _SHOWN)}")
        end = f" ({OLDER})" if self.are_newer else "; after the import gone:yes finds them"
        return f"{self.told}: {', '.join(names)}{end}"


@dataclass(slots=True)
class ListsAgain:
    """The lists of one import, by their sources: who of them is on record, and all of their rows."""

    documents: Documents
    here: set[str] = field(default_factory=set)
    """Those on record that any list names, also as deleted, or in a row that is asked about."""
    rows: dict[str, list[PackedProspects]] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """The cells of refused rows: whoever has the id or name of one is not missing."""

    def add(self, found: Matches, gone: Set[str], refused: Sequence[Sequence[str]]) -> None:
        """Add a list with its matches; ``gone`` are those it has as deleted, ``refused`` cells of its rows."""
        matched = self.documents.keys() & set(found.same.values())
        self.here |= matched | gone | {one.id for one in found.near}
        self.rows.setdefault(found.source, []).append(found.rows)
        self.known.setdefault(found.source, set()).update(matched)
        self.refused.update(cell.strip() for cells in refused for cell in cells)

    def missing(self, *, has_news: bool) -> tuple[Missing, ...]:
        """Return for each source the open ones that are in no list now; one that ``has_news`` is no older one."""
        found = [
            self._missing_of(source, has_news)
            for source, known in self.known.items()
            if source and known
        ]
        return tuple(one for one in found if one.names or one.dropped)

    def _missing_of(self, source: str, has_news: bool) -> Missing:
        """Return those of one source; none where the list is another one, or a part of it."""
        known = self.known[source]
        shapes = {_shape(_values(self.documents[key], source)) for key in known}
        absent = [
            key
            for key, values in self._others(source)
            for told in (_shape(values),)
            if any(told <= shape and len(shape - told) <= _LOST_CELLS for shape in shapes)
        ]
        missing = [key for key in absent if is_open(self.documents[key])]
        are_newer = bool(missing) and not has_news and self._are_newer(source, missing)
        is_part = self._is_part(source, missing, [k for k in known if is_open(self.documents[k])])
        is_told = len(known) * 2 >= sum(map(len, self.rows[source])) if are_newer else not is_part
        dropped = [k for k in absent if k not in missing and not is_gone(self.documents[k], source)]
        are_told = not (are_newer or is_part or self._is_part(source, dropped, known))
        names, of_dropped = (
            self._named(keys) for keys in (missing if is_told else (), dropped if are_told else ())
        )
        return Missing(source, names, of_dropped, are_newer)

    def _named(self, keys: Iterable[str]) -> dict[str, str]:
        named = sorted((str(self.documents[key].get("name")), key) for key in keys)
        return {key: name for name, key in named}

    def _is_part(self, source: str, missing: Collection[str], again: Collection[str]) -> bool:
        """Return whether the list is a part of what it was: too few come again, or a column parts both."""
        return len(missing) * _COME_AGAIN > len(again) or self._is_filtered(source, missing)

    def _listed(self, source: str) -> Iterator[Mapping[str, Any]]:
        return chain.from_iterable(rows.documents() for rows in self.rows[source])

    def _are_newer(self, source: str, missing: Iterable[str]) -> bool:
        made = [str(self.documents[key].get("created") or "") for key in missing]
        days = filter(None, (row.get("created") for row in self._listed(source)))
        newest = max(map(_moment, days), default=None)
        return newest is not None and all(made) and min(map(_moment, made)) > newest

    def _others(self, source: str) -> Iterator[tuple[str, Values]]:
        """Yield the open and dropped ones that only this source told of, and that no list names now."""
        for key, document in self.documents.items():
            imports = [*records_in(document, "imports")] if key not in self.here else ()
            if not imports or any(one.get("source") != source for one in imports):
                continue
            named = {str(one.get("external_id")) for one in imports} | {str(document.get("name"))}
            if not document.get("won") and not named & self.refused:
                yield key, _values(document, source)

    def _is_filtered(self, source: str, missing: Collection[str]) -> bool:
        """Return whether one column parts all that are missing from all that are there."""
        if len(missing) < _ALIKE:
            return False
        absent = [_told(self.documents[key], source) for key in missing]
        names = {name for values in absent for name in values} - _ALWAYS
        there: dict[str, set[str]] = {name: set() for name in names}
        for row in self._listed(source):
            values = _told(row, source)
            for name in names:
                there[name].add(values.get(name, ""))
        return any(_part([one.get(n, "") for one in absent], there[n]) for n in names)


def _part(absent: Sequence[str], there: set[str]) -> bool:
    """Return whether the missing are of a few kinds that none in the list is, or outside its days or sums."""
    if len(set(absent)) * 2 <= len(absent) and there.isdisjoint(absent):
        return True
    ranks = [*map(_rank, filter(None, there))] if len(absent) >= _ORDERED and all(absent) else []
    if not ranks:
        return False
    least, most = min(ranks), max(ranks)
    return all(not least <= _rank(one) <= most for one in absent)


def _rank(text: str) -> tuple[Decimal, str]:
    first, _, rest = text.partition(" ")
    try:
        return Decimal(first), rest
    except ArithmeticError:
        return Decimal(0), text


def _shape(values: Values) -> frozenset[str]:
    """Return by which columns a list told of a prospect."""
    return frozenset(values) - _ALWAYS


def _values(document: Mapping[str, Any], source: str) -> Values:
    imports = records_in(document, "imports")
    told = [one.get("values") for one in imports if one.get("source") == source]
    return {name: text for one in told if isinstance(one, Mapping) for name, text in one.items()}


def _told(document: Mapping[str, Any], source: str) -> Values:
    """Return what the source told of one, with the day on which it was made there."""
    return {**_values(document, source), "made": str(document.get("created") or "")[:10]}


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text))
