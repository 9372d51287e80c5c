"""Files of activities, contacts and companies, joined to the prospects of an import and of the pipeline."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import (
    HistoryReport,
    ImportResult,
    JoinedHistory,
    RowsRead,
)
from review_board.imports.plan_row import PlanRow
from review_board.pipeline.packed_prospects import UNPACKED, PackedProspects
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.vocabulary import OUTCOMES, Direction, Outcome
from review_board.progress import Progress
from review_board.store.protocol import Document
from review_board.wording import first_few, plural, several

_KINDS = {
    "activities": "activity",
    "contacts": "contact",
    "companies": "company",
    "links": "link",
    "details": "row",
}
_ONLY_HELPS = {
    "links": "they say which records belong together",
    "details": "read with the activities they tell of",
}
"""What is said of a table that brings nothing of its own."""
_BROUGHT = {
    "touches": ("contact", "contacts"),
    "notes": ("note", "notes"),
    "steps": ("next step", "next steps"),
    "people": ("person", "people"),
    "companies": ("company name", "company names"),
}
"""What a file may bring, as its report counts it, one and several of them."""
_UNNOTED = Outcome.CONTACTED
_THEIRS, _TALKS, _TRIES = "from them", "talk or meeting", "try without an answer"
_SENT, _NOT_NOTED, _NOTED = "quote or mailing", "with an outcome nobody noted", "note"
_PROOFS = {
    _THEIRS: _THEIRS,
    _TALKS: "talks or meetings",
    _TRIES: "tries without an answer",
    _SENT: "quotes or mailings",
    _NOT_NOTED: _NOT_NOTED,
    _NOTED: "notes",
}
"""What rows of activities prove, one and several of them, in the order in which they are counted."""
_EXAMPLE = 40
"""How much of a row shows how such rows were read."""


def join_history(
    result: ImportResult,
    known: Mapping[str, Document],
    created: PackedProspects,
    same: Mapping[str, str],
    progress: Progress,
) -> JoinedHistory:
    """Return what the files beside the lists bring to the ``created`` prospects and those that are known.

    ``same`` says which of them a row of the lists is.
    """
    if result.beside is None:
        return JoinedHistory()
    joined = result.beside(_ReadWhenAsked(known, created), same, progress)
    if not (result.prospects or joined.additions or any(r.on_record for r in joined.reports)):
        raise InvalidValueError(
            "none of its rows names a prospect of this pipeline, by id, address, number or name",
            "import it together with the list of deals: import deals.csv activities.csv",
        )
    return joined


class _ReadWhenAsked(Mapping[str, Prospect]):
    """Prospects by their ids, of which only those that were asked for last are held as records."""

    def __init__(self, known: Mapping[str, Document], created: PackedProspects) -> None:
        self._known, self._created = known, created
        self._place_of = {prospect_id: place for place, prospect_id in enumerate(created.ids)}
        self._read = lru_cache(maxsize=UNPACKED)(self._at)

    def _at(self, prospect_id: str) -> Prospect:
        place = self._place_of.get(prospect_id)
        return from_document(self._known[prospect_id]) if place is None else self._created[place]

    def __getitem__(self, prospect_id: str) -> Prospect:
        return self._read(prospect_id)

    def __contains__(self, prospect_id: object) -> bool:
        return prospect_id in self._place_of or prospect_id in self._known

    def __iter__(self) -> Iterator[str]:
        return chain(self._known, self._place_of)

    def __len__(self) -> int:
        return len(self._known) + len(self._place_of)


def history_rows(reports: Sequence[HistoryReport]) -> Iterator[PlanRow]:
    """Tell what each file brought, how each kind of its rows was read, and what was left out of it."""
    for place, report in enumerate(reports):
        rows = [
            *(PlanRow("", words) for words in _told_first(report)),
            *_how_read(report),
            *(
                PlanRow("", f"{several(count, 'row')} left out: {reason}")
                for reason, count in report.left_out.most_common()
            ),
        ]
        for number, row in enumerate(rows):
            yield replace(row, key=f"joined/{place}/{number}", words=f"{report.name}: {row.words}")


def _told_first(report: HistoryReport) -> Iterator[str]:
    """Tell what a file brought, and as what its rows were read."""
    brought = _counts([report], _BROUGHT)
    is_out = report.rows and report.left_out.total() == report.rows
    nothing = "none comes in" if is_out else _ONLY_HELPS.get(report.kind, "nothing new")
    words = ", ".join(brought) or nothing
    kind = _KINDS[report.kind]
    rows = several(report.rows, kind, f"{kind}s" if report.kind == "details" else report.kind)
    known = f"; {report.on_record:,} on record already" if report.on_record else ""
    with_whom = f" for {several(len(report.prospects), 'prospect')}" if report.prospects else ""
    yield f"{rows}: {words}{with_whom}{known}"
    if sums := _sums(report):
        yield f"read as: {', '.join(sums)}"
    if report.amounts:
        told = [f"{amount} ({n:,})" for amount, n in report.amounts.most_common()]
        yield f"amounts of quotes, as their texts name them: {first_few(told, 5)}"
    if report.refusing:
        verb = plural(report.refusing, "asks", "ask")
        yield f"{several(report.refusing, 'row')} {verb} for no calls, emails or contact"
    if report.opened_here:
        yield f"opened again here, which stands: {first_few(report.opened_here, 5)}"
    if report.unknown:
        unknown = [f"{word[:30]!r} ({n:,})" for word, n in report.unknown.most_common()]
        yield f"words for an outcome that are not known: {first_few(unknown, 5)}"


def _sums(report: HistoryReport) -> list[str]:
    """Count the rows by what they prove: their answer, an answer to us, a try, or nothing."""
    counts: Counter[str] = Counter()
    for (_, outcome, inbound), read in report.read.items():
        counts[_proof_of(outcome, inbound=inbound)] += read.count
    return [several(counts[one], one, more) for one, more in _PROOFS.items() if counts[one]]


def _proof_of(outcome: Outcome | None, *, inbound: bool) -> str:
    """Return of which sort a row is, by what it was read as."""
    if outcome in {None, _UNNOTED}:
        return _NOTED if outcome is None else _NOT_NOTED
    meaning = OUTCOMES[outcome]
    if inbound or meaning.direction is Direction.INBOUND:
        return _THEIRS
    return _TALKS if meaning.response else _TRIES if meaning.attempt else _SENT


def _how_read(report: HistoryReport) -> Iterator[PlanRow]:
    """Yield what each kind of row was taken as: what nobody noted comes first."""
    ranked = sorted(report.read.items(), key=lambda one: (one[0][1] is not _UNNOTED, -one[1].count))
    for (kind, outcome, inbound), read in ranked:
        becomes = OUTCOMES[outcome].label if outcome else "a note, no contact"
        whose = " from them" if inbound and outcome is not Outcome.INBOUND else ""
        columns = [_saying(one, read) for one, _ in read.said_by.most_common() if one]
        said_by = f"by {first_few(columns, 3)}" if columns else ""
        if is_open := outcome is _UNNOTED:
            becomes, said_by = "outcome not noted", "no column tells how"
        what, like = several(read.count, kind) + whose, "; ".join(map(_shortened, read.examples))
        by = f" ({said_by})" if said_by else ""
        words = f"{what} → {becomes}{by}{f': {like}' if like else ''}"
        why = ": ".join(filter(None, [said_by, like]))
        yield PlanRow("", words, what, becomes, why, "!" if is_open else "")


def _saying(column: str, read: RowsRead) -> str:
    """Return a column with the word by which it said so; what it said at length are the examples."""
    word = read.words[column].strip()
    said = "" if word in read.examples else f" {_shortened(word)!r}"
    return f"{column[:_EXAMPLE]}{said}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE else f"{line[: _EXAMPLE - 1]}…"


def history_count(reports: Sequence[HistoryReport]) -> list[str]:
    """Return the counts of what comes to the record, for one short line."""
    return _counts(reports, ("touches", "notes", "people"))


def _counts(reports: Sequence[HistoryReport], names: Iterable[str]) -> list[str]:
    """Return how much reports count under these names, where it is anything."""
    sums = {name: sum(getattr(report, name) for report in reports) for name in names}
    return [several(count, *_BROUGHT[name]) for name, count in sums.items() if count]
