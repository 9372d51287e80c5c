"""Files of activities, contacts and companies, joined to the prospects of an import and of the pipeline."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import HistoryReport, ImportResult, JoinedHistory
from review_board.pipeline.packed_prospects import UNPACKED, PackedProspects
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.vocabulary import OUTCOMES, Outcome
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
_UNNOTED = Outcome.CONTACTED
_UNNOTED_WORDS = "outcome not noted, proves nothing"
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
    joined = result.beside.onto(_ReadWhenAsked(known, created), same, progress)
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


def history_lines(reports: Sequence[HistoryReport]) -> Iterator[str]:
    """Tell what each file brought, and what was left out of it."""
    for report in reports:
        brought = [
            several(report.touches, "touch", "touches") if report.touches else "",
            several(report.notes, "note") if report.notes else "",
            several(report.steps, "next step") if report.steps else "",
            several(report.people, "person", "people") if report.people else "",
            several(report.companies, "company name") if report.companies else "",
        ]
        words = ", ".join(filter(None, brought)) or _ONLY_HELPS.get(report.kind, "nothing new")
        kind = _KINDS[report.kind]
        rows = several(report.rows, kind, f"{kind}s" if report.kind == "details" else report.kind)
        known = f"; {report.on_record:,} on record already" if report.on_record else ""
        yield f"  {report.name}: {rows}: {words}{_with_whom(report)}{known}"
        if report.refusing:
            verb = plural(report.refusing, "asks", "ask")
            yield f"  {report.name}: {several(report.refusing, 'row')} {verb} for no calls, emails or contact"
        if report.opened_here:
            yield f"  {report.name}: opened again here, which stands: {first_few(report.opened_here, 5)}"
        if report.unknown:
            unknown = [f"{word[:30]!r} ({n:,})" for word, n in report.unknown.most_common()]
            yield f"  {report.name}: words for an outcome that are not known: {first_few(unknown, 5)}"
        yield from (f"  {report.name}: {line}" for line in _how_read(report))
        for reason, count in report.left_out.most_common():
            yield f"  {report.name}: {several(count, 'row')} left out: {reason}"


def _how_read(report: HistoryReport) -> Iterator[str]:
    """Yield what each kind of row was taken as, with the words of the first: what nobody noted comes first."""
    ranked = sorted(report.read.items(), key=lambda one: (one[0][1] is not _UNNOTED, -one[1][0]))
    for (kind, outcome, inbound), (count, first) in ranked:
        label = OUTCOMES[outcome].label if outcome else "a note, no contact"
        label = _UNNOTED_WORDS if outcome is _UNNOTED else label
        whose = " from them" if inbound and outcome is not Outcome.INBOUND else ""
        line = " ".join(first.split())
        like = f": {line[: _EXAMPLE - 1]}…" if len(line) > _EXAMPLE else f": {line}" if line else ""
        yield f"{several(count, kind)}{whose} → {label}{like}"


def history_count(reports: Sequence[HistoryReport]) -> list[str]:
    """Return the counts of what comes to the record, for one short line."""
    touches = sum(report.touches for report in reports)
    notes = sum(report.notes for report in reports)
    people = sum(report.people for report in reports)
    return [
        *([several(touches, "touch", "touches")] if touches else []),
        *([several(notes, "note")] if notes else []),
        *([several(people, "person", "people")] if people else []),
    ]


def _with_whom(report: HistoryReport) -> str:
    return f" for {several(len(report.prospects), 'prospect')}" if report.prospects else ""
