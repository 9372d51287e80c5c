"""What changed in a pipeline since a moment: who came in, moved, was put off, let go or bought.

Two states of the pipeline are compared, so what was done and taken back between them is no change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from review_board.board.index import Entry, column_in, read_day, read_moment, read_value
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.money import Money, short_money, side_by_side, total_by_currency
from review_board.pipeline.prospect import is_gone, records_in
from review_board.pipeline.vocabulary import BET_LOST, SELLING, Column, Outcome
from review_board.report.change_kinds import ChangeKind
from review_board.settings.tree import Settings
from review_board.store.protocol import Document
from review_board.wording import listed, times

NO_OWNER = "nobody"


@dataclass(frozen=True, slots=True)
class CardChange:
    """One change of one prospect: ``entry`` as it is now, or as it was when it is gone.

    ``worth`` is what it adds to the sum; ``column`` where it is, or was if it left the board.
    """

    kind: ChangeKind
    entry: Entry
    column: Column
    worth: Money | None
    what: str

    @property
    def in_words(self) -> str:
        """Return ``won, from Active``."""
        return ", ".join(filter(None, (self.kind.title, self.what)))

    @property
    def is_won(self) -> bool:
        """Return whether it is in no column since they bought; of a win the column it left is told."""
        return self.entry.won and self.kind is not ChangeKind.WON


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind in one column, or of one rep, counted and added up.

    ``key`` names it in JSON, ``name`` to a reader.
    """

    key: str
    name: str
    count: int
    worth: tuple[Money, ...]

    @property
    def words(self) -> str:
        """Return ``Active 10 ($300k)``."""
        return f"{self.name} {self.count:,}" + (
            f" ({side_by_side(self.worth)})" if self.worth else ""
        )


@dataclass(frozen=True, slots=True)
class PipelineChanges:
    """What changed from the moment ``since`` to the day ``until``; ``review`` is the session it began with.

    ``begins`` says since when, and since whose review: ``ann's review of Mon 23 Nov, 16:20``.
    With ``change``, the number of one, only what that one did is told. ``gap`` says since when the
    history tells anything, where that is later.
    """

    since: datetime
    begins: str
    until: date
    cards: tuple[CardChange, ...]
    review: str = ""
    change: int | None = None
    gap: str = ""

    @property
    def span(self) -> str:
        """Return ``since Mon 23 Nov``, or ``in the import of Mon 23 Nov, 16:20``."""
        return f"{'since' if self.change is None else 'in'} {self.begins}"

    def of(self, kind: ChangeKind) -> tuple[CardChange, ...]:
        """Return the changes of one kind."""
        return tuple(card for card in self.cards if card.kind is kind)

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Return the kinds that happened at all."""
        return tuple(kind for kind in ChangeKind if self.of(kind))

    @property
    def summary(self) -> str:
        """Return ``12 came in, 3 won, 9 purged``; the value of each stands in the table."""
        if self.gap:
            return f"{summary_of(self.cards) if self.cards else 'nothing is known'}; {self.gap}"
        return summary_of(self.cards)


def summary_of(cards: Iterable[CardChange]) -> str:
    """Return ``12 came in, 3 won``, or that nothing changed."""
    counts = Counter(card.kind for card in cards)
    found = [
        f"{counts[kind]:,} {kind.title[:1].lower()}{kind.title[1:]}"
        for kind in ChangeKind
        if counts[kind]
    ]
    return ", ".join(found) or "nothing changed"


def by_column(cards: Iterable[CardChange]) -> list[ChangeGroup]:
    """Return the changes column by column, in the order of the board; what was won is in none."""
    cards = tuple(cards)
    there = [c for c in cards if not c.is_won]
    groups = ((column, [c for c in there if c.column is column]) for column in Column)
    found = [_group(column.value, column.title, these) for column, these in groups if these]
    won = [c for c in cards if c.is_won]
    return [*found, *([_group("won", "Won", won)] if won else [])]


def by_rep(cards: Iterable[CardChange]) -> list[ChangeGroup]:
    """Return the changes rep by rep, the most changes first."""
    cards = tuple(cards)
    names = {card.entry.owner for card in cards}
    groups = [
        _group(name, name or NO_OWNER, [c for c in cards if c.entry.owner == name])
        for name in names
    ]
    return sorted(groups, key=lambda group: (-group.count, group.name))


def total(cards: Iterable[CardChange]) -> tuple[Money, ...]:
    """Return what the changes come to, one sum for each currency."""
    found = [card for card in cards if card.worth]
    ours = next((card.entry.currency for card in found if not card.entry.currency_rank), "")
    return total_by_currency((card.worth for card in found if card.worth), ours)


def _group(key: str, name: str, cards: list[CardChange]) -> ChangeGroup:
    return ChangeGroup(key, name, len(cards), total(cards))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares two states of a pipeline; ``entry`` reads a document, ``mine`` says whether it counts.

    ``firsts`` are those that came in between as they were at first: what changed since then counts.
    Where it is ``is_begun_by_change``, what that change put on record is new, however old it is.
    """

    since: datetime
    today: Today
    settings: Settings
    entry: Callable[[str, Document], Entry]
    mine: Callable[[Entry], bool]
    firsts: Mapping[str, Document] = field(default_factory=dict)
    is_begun_by_change: bool = False

    def changes(
        self, then: Mapping[str, Document], now: Mapping[str, Document]
    ) -> Iterator[CardChange]:
        """Yield every change, the most valuable first within its kind."""
        found = [change for key in {**then, **now} for change in self._of_one(key, then, now)]
        yield from sorted(found, key=lambda c: (list(ChangeKind).index(c.kind), c.entry.rank))

    def _of_one(
        self, key: str, then: Mapping[str, Document], now: Mapping[str, Document]
    ) -> Iterator[CardChange]:
        before, after = then.get(key), now.get(key)
        if before is after:
            return
        was = self.entry(key, before) if before is not None else None
        is_ = self.entry(key, after) if after is not None else None
        entry = is_ or was
        if entry is None or not self.mine(entry):
            return
        if was is None:
            is_known = self.is_begun_by_change or bool(then)
            is_new = is_known or not self._before(entry.document.get("created"))
            first = self.entry(key, self.firsts.get(key, entry.document))
            yield from self._came_in(first, entry, is_new=is_new)
            yield from self._changed(first, entry)
        elif is_ is None:
            yield _change(ChangeKind.REMOVED, was, was.column or Column.ACTIVE)
        else:
            yield from self._changed(was, is_)

    def _changed(self, was: Entry, now: Entry) -> Iterator[CardChange]:
        yield from self._moved(was, now)
        yield from _put_off(was, now)
        yield from _edited(was, now)

    def _came_in(self, first: Entry, now: Entry, *, is_new: bool) -> Iterator[CardChange]:
        """Yield that it is new, and what its dates say of the time since, as it ``first`` was on record.

        Where the whole pipeline began later, a prospect may be older than its record.
        """
        document, column, came_to = first.document, _column(now), _column(first)
        if is_new:
            what = "won" if first.won else f"to {came_to.title}"
            yield CardChange(ChangeKind.CAME_IN, now, column, first.value, what)
        since = self.today.day_of(self.since)
        won_on = read_day(_part(document, "won").get("on")) if first.won else None
        if won_on and won_on >= since:
            yield _change(ChangeKind.WON, now, column)
        elif first.column is Column.DROPPED and self._since(_part(document, "drop").get("at")):
            kind = _kind_of_move(Column.ACTIVE, first)
            yield _change(kind, now, column, what=_to(came_to, self._why(first)))
        elif first.column is Column.NURTURE:
            if self._went_to_nurture(document, is_new=is_new):
                yield _change(ChangeKind.PURGED, now, column, what=_to(came_to))
        elif any(
            self._since(drop.get("taken_up")) for drop in records_in(document, "earlier_drops")
        ):
            yield _change(ChangeKind.CAME_BACK, now, column, what=f"now {came_to.title}")
        elif came_to is Column.CALLBACK and not is_new:
            asked_on = read_day(_part(document, "callback").get("asked_on"))
            if asked_on and asked_on >= since:
                what = f"from {Column.ACTIVE.title} {_to(came_to)}"
                yield _change(ChangeKind.MOVED, now, column, what=what)
        if late := [r for r in _deferrals(document) if self._since(r.get("at"))]:
            yield _change(ChangeKind.PUT_OFF, now, column, what=_how_put_off(late))

    def _went_to_nurture(self, document: Document, *, is_new: bool) -> bool:
        """Tell whether it left selling time: a list may bring it there, and a verdict may leave it there.

        What ``is_new`` may have been added there; then a verdict alone tells.
        """
        rests = read_day(_part(document, "nurture").get("since"))
        if rests is None or rests < self.today.day_of(self.since):
            return False
        verdicts = [v for v in records_in(document, "verdicts") if self._since(v.get("at"))]
        if verdicts:
            return any(column_in(verdict.get("was")) in SELLING for verdict in verdicts)
        if is_new:
            return False
        listed = (read_moment(said.get("at")) for said in records_in(document, "imports"))
        return rests not in {self.today.day_of(at) for at in listed if at}

    def _since(self, at: object) -> bool:
        moment = read_moment(at)
        return moment is not None and self.since <= moment < self.today.end

    def _before(self, at: object) -> bool:
        moment = read_moment(at)
        return moment is not None and moment < self.since

    def _moved(self, was: Entry, now: Entry) -> Iterator[CardChange]:
        before, after = _column(was), _column(now)
        if now.won and not was.won:
            yield _change(ChangeKind.WON, now, before, what=f"from {before.title}")
        elif was.won and not now.won:
            yield _change(ChangeKind.CAME_BACK, now, after, what=f"won, now {after.title}")
        elif before is not after:
            why = self._why(now) if after is Column.DROPPED else ""
            what = f"from {before.title} {_to(after, why)}"
            yield _change(_kind_of_move(before, now), now, after, what=what)

    def _why(self, entry: Entry) -> str:
        """Return the reason for which it was dropped, in words."""
        reason = _part(entry.document, "drop").get("reason")
        return self.settings.reason_label(reason) if isinstance(reason, str) else ""


def _kind_of_move(before: Column, now: Entry) -> ChangeKind:
    """Return what a move is; to Dropped, or out of selling time to Nurture, is a purge everywhere."""
    after = _column(now)
    if after is Column.DROPPED and _part(now.document, "drop").get("reason") == BET_LOST:
        return ChangeKind.BET_LOST
    if before is Column.DROPPED:
        return ChangeKind.CAME_BACK
    if before is Column.NURTURE and after in SELLING:
        return ChangeKind.WOKE
    if after not in SELLING:
        return ChangeKind.PURGED
    return ChangeKind.MOVED


def _put_off(was: Entry, now: Entry) -> Iterator[CardChange]:
    """Yield that a buyer put us off: said so in a contact, or had the close date or the callback moved later.

    Who gave a reason did not: a callback with one is what a seller keeps the prospect for.
    """
    before = {record.get("id") for record in _deferrals(was.document)}
    new = [record for record in _deferrals(now.document) if record.get("id") not in before]
    days = [read_day(_part(e.document, "callback").get("on")) for e in (was, now)]
    moved_later = bool(days[0] and days[1] and days[0] < days[1])
    asked = _part(now.document, "callback")
    moved_later &= bool(asked.get("asked_by_buyer")) and not asked.get("reason")
    if new or moved_later:
        yield _change(ChangeKind.PUT_OFF, now, _column(now), what=_how_put_off(new))


def _how_put_off(records: Sequence[Document]) -> str:
    """Return ``they said later 2 times``; of a close date that it was moved, and who noted it."""
    moved = [record for record in records if "to_day" in record]
    who = sorted({str(record.get("by")) for record in moved if record.get("by")})
    by = f" by {listed(who)}" if who else ""
    said = len(records) - len(moved)
    parts = [f"they said later {times(said or 1)}"] if said or not moved else []
    return ", ".join([*parts, *([f"close date moved {times(len(moved))}{by}"] if moved else [])])


def _deferrals(document: Document) -> Iterator[Document]:
    """Yield the contacts in which they said later, and the close dates moved later, without a reason."""
    said = (r for r in records_in(document, "touches") if r.get("outcome") == Outcome.DEFERRED)
    moved = (r for r in records_in(document, "pushes") if not r.get("correction"))
    yield from (r for r in (*said, *moved) if not r.get("reason"))


def _edited(was: Entry, now: Entry) -> Iterator[CardChange]:
    """Yield what somebody, or a list that came again, changed in the record itself."""
    yield from _revalued(was, now)
    column = _column(now)
    for kind, before, after in (
        (ChangeKind.OWNER, was.owner or NO_OWNER, now.owner or NO_OWNER),
        (ChangeKind.STAGE, was.stage or "no stage", now.stage or "no stage"),
        (ChangeKind.RENAMED, was.name, now.name),
    ):
        if before != after:
            yield _change(kind, now, column, what=f"from {before} to {after}")
    details = [
        label for key, label in _DETAILS.items() if was.document.get(key) != now.document.get(key)
    ]
    if details:
        yield _change(ChangeKind.DETAILS, now, column, what=", ".join(details))
    if is_gone(was.document) is not is_gone(now.document):
        kind = ChangeKind.LEFT_LIST if is_gone(now.document) else ChangeKind.BACK_ON_LIST
        yield _change(kind, now, column)


_OWN_KINDS = ("name", "value", "owner", "stage")
_DETAILS = {
    **{key: one.label.lower() for key, one in PLAIN_FIELDS.items() if key not in _OWN_KINDS},
    "contacts": "people",
}
"""Parts of a record that may change, as a reader calls them, without those that have a kind of their own."""


def _revalued(was: Entry, now: Entry) -> Iterator[CardChange]:
    """Yield that it is worth more or less; another currency is the old sum lost and the new one gained."""
    before, after = _value(was), _value(now)
    if was.won or now.won or before == after:
        return
    what = f"{short_money(before) if before else 'no value'} → {short_money(after) if after else 'no value'}"
    if before and after and before.currency == after.currency:
        grown = after.amount - before.amount
        kind = ChangeKind.GAINED if grown > 0 else ChangeKind.LOST
        worth = Money(amount=abs(grown), currency=after.currency)
        yield CardChange(kind, now, _column(now), worth, what)
        return
    for kind, money in ((ChangeKind.LOST, before), (ChangeKind.GAINED, after)):
        if money:
            yield CardChange(kind, now, _column(now), money, what)


def _value(entry: Entry) -> Money | None:
    amount, currency = read_value(entry.document.get("value"))
    return None if amount is None else Money(amount=amount, currency=currency)


def _change(kind: ChangeKind, entry: Entry, column: Column, *, what: str = "") -> CardChange:
    return CardChange(kind, entry, column, entry.value, what)


def _to(column: Column, why: str = "") -> str:
    """Return ``to Dropped: no budget``."""
    return f"to {column.title}{': ' if why else ''}{why}"


def _column(entry: Entry) -> Column:
    """Return the column, of what is won the one it left."""
    return entry.column or column_in(entry.document.get("column"))


def _part(document: Document, field: str) -> Mapping[str, Any]:
    """Return a record inside a document, empty where there is none or a hand has spoilt it."""
    found = document.get(field)
    return found if isinstance(found, Mapping) else {}
