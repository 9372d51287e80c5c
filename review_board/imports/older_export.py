"""Signs that a list was exported before one that came in already."""

from collections.abc import Collection, Iterator, Mapping, Set
from datetime import datetime
from typing import Any

from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, records_in
from review_board.wording import plural, several

Documents = Mapping[str, Mapping[str, Any]]


def signs_of_age(
    source: str,
    rows: PackedProspects,
    again: Mapping[str, bool],
    gone: Set[str],
    documents: Documents,
) -> Iterator[str]:
    """Yield why a list that came before, at least half of it, is probably an older export.

    ``again`` are those on record that it has, and whether its row goes back in time; ``gone`` are those on record that the list has as deleted.
    """
    if not again or len(again) * 2 < len(rows):
        return
    newer = _newer_on_record(source, rows, gone | again.keys(), documents)
    if newer:
        verb = plural(newer, "is", "are")
        yield (
            f"{several(newer, 'sale')} on record from there {verb} newer than all in this list: "
            "is it an older export?"
        )
    back = sum(again.values())
    if back:
        verb = plural(back, "was", "were")
        yield (
            f"{several(back, 'sale')} {verb} contacted later, said this list once, than it says now: "
            "is it an older export?"
        )


def _newer_on_record(
    source: str, rows: PackedProspects, matched: Collection[str], documents: Documents
) -> int:
    """Count those of the source that were created after all rows and are not among them."""
    created = (row.get("created") for row in rows.documents())
    newest = max((_moment(text) for text in created if text), default=None)
    if newest is None:
        return 0
    return sum(
        _moment(document.get("created")) > newest
        for key, document in documents.items()
        if key not in matched
        and document.get("created")
        and any(one.get("source") == source for one in records_in(document, "imports"))
    )


def goes_back(row: Prospect, document: Mapping[str, Any]) -> bool:
    """Tell whether the last contact that a column tells of is older than the one it told of before.

    One that was merged here has the contacts of several rows, each of which knows only its own.
    """
    if document.get("merged"):
        return False
    before = [touch for touch in records_in(document, "touches") if touch.get("from_list")]
    now = [touch.at for touch in row.touches if touch.from_list]
    return bool(before and now) and max(now) < max(_moment(t.get("at")) for t in before)


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(str(text))
