"""Tables of a database that only tie records together: which deal a contact or a call belongs to.

What a program copies out of a CRM has one table of calls, one of deals, and one of pairs of their ids; and
what is told of a call, such as how it ended, may stand in a table of its own, by the id of the call.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from review_board.exchange.gather_history import NOT_JOINED, GatheredHistory
from review_board.exchange.header_words import canonical
from review_board.exchange.history_words import history_places, reference_places
from review_board.exchange.import_result import HistoryReport
from review_board.exchange.links import reference_keys
from review_board.exchange.list_table import ListTable

_TIED = frozenset(("deal", "lead", "contact", "company", "activity"))
_FIRST = frozenset(("deal", "lead"))
_ASIDE = re.compile(
    r"(fivetran|dlt|airbyte|sdc).*|id|type|typeid|category|label|associationtype|isprimary|(created|updated|modified)(at|on)"
)
"""Columns that say nothing of the records which a row ties together."""
_POINTS_TO_ACTIVITY = frozenset(("engagementid", "activityid"))


def is_link_table(headers: Sequence[str]) -> bool:
    """Return whether each row is no more than a pair of ids of records of two kinds."""
    places = dict(reference_places(headers))
    kinds = {reference.of for reference in places.values() if reference.by_id}
    rest = (canonical(h) for place, h in enumerate(headers) if place not in places)
    return len(places) == len(kinds) == 2 and kinds <= _TIED and all(map(_ASIDE.fullmatch, rest))


def names_deals(table: ListTable) -> bool:
    """Return whether the rows point to deals or leads, which are to be tied before all others."""
    return any(reference.of in _FIRST for _, reference in reference_places(table.headers))


def take_links(history: GatheredHistory, label: str, table: ListTable) -> None:
    """Let the records of each row lead to the prospects of the other; what leads to some already stays."""
    report = HistoryReport(label, "links")
    places = reference_places(table.headers)
    known = set(history.links.of)
    for _, cells in table.rows:
        report.rows += 1
        keys = list(reference_keys(cells, places))
        if reached := history.links.reached(keys):
            history.links.add((key for key in keys if key not in known), reached)
        else:
            report.left_out[NOT_JOINED] += 1
    history.reports.append(report)


def with_details(tables: Sequence[ListTable]) -> list[ListTable | None]:
    """Return each list of activities with what others tell of its rows by their id, and nothing for those others."""
    whole: list[ListTable | None] = list(tables)
    ids_of = list(map(_own_ids, tables))
    for turn, detail in enumerate(tables):
        place = _place_of_activity(detail)
        ids = set(detail.column(place)) if place is not None else set()
        main = next((i for i, own in enumerate(ids_of) if i != turn and ids and ids <= own), None)
        if place is not None and main is not None and (joined := whole[main]):
            whole[main], whole[turn] = _joined(joined, detail, place), None
    return whole


def _own_ids(table: ListTable) -> set[str]:
    """Return the ids of the rows of a list of activities of all kinds; none where it tells no kind."""
    places = history_places(table.headers)
    own = [place for place in places.get("id", ()) if canonical(table.headers[place]) == "id"]
    return set(table.column(own[0])) if own and "kind" in places else set()


def _place_of_activity(table: ListTable) -> int | None:
    names = list(map(canonical, table.headers))
    return next((names.index(name) for name in _POINTS_TO_ACTIVITY if name in names), None)


def _joined(main: ListTable, detail: ListTable, place: int) -> ListTable:
    """Return a list with the columns of another behind its own, by the id of its rows."""
    told = {cells[place]: cells for _, cells in detail.rows}
    own = next(i for i, name in enumerate(main.headers) if canonical(name) == "id")
    kept = [i for i in range(len(detail.headers)) if i != place]
    rows = tuple(
        (number, [*cells, *(told[cells[own]][i] if cells[own] in told else "" for i in kept)])
        for number, cells in main.rows
    )
    return replace(main, headers=(*main.headers, *(detail.headers[i] for i in kept)), rows=rows)
