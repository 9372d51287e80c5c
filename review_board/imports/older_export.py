"""Signs that a list was exported before one that came in already."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from review_board.imports.updating import Update
from review_board.pipeline.prospect import Prospect, records_in
from review_board.wording import plural, several

Documents = Mapping[str, Mapping[str, Any]]


def signs_of_age(
    source: str,
    rows: Sequence[Prospect],
    updates: Sequence[Update],
    gone: Set[str],
    documents: Documents,
) -> Iterator[str]:
    """Yield why a list that came before, at least half of it, is probably an older export.

    ``gone`` are those on record that the list has as deleted.
    """
    if not updates or len(updates) * 2 < len(rows):
        return
    newer = _newer_on_record(source, rows, gone | {update.id for update in updates}, documents)
    if newer:
        verb = plural(newer, "is", "are")
        yield (
            f"{several(newer, 'sale')} on record from there {verb} newer than all in this list: "
            "is it an older export?"
        )
    back = sum(_goes_back(update, documents[update.id]) for update in updates)
    if back:
        verb = plural(back, "was", "were")
        yield (
            f"{several(back, 'sale')} {verb} contacted later, said this list once, than it says now: "
            "is it an older export?"
        )


def _newer_on_record(
    source: str, rows: Sequence[Prospect], matched: Collection[str], documents: Documents
) -> int:
    """Count those of the source that were created after all rows and are not among them."""
    newest = max((row.created for row in rows if row.created), default=None)
    if newest is None:
        return 0
    return sum(
        _moment(document.get("created")) > newest
        for key, document in documents.items()
        if key not in matched
        and document.get("created")
        and any(one.get("source") == source for one in records_in(document, "imports"))
    )


def _goes_back(update: Update, document: Mapping[str, Any]) -> bool:
    """Tell whether the last contact that a column tells of is older than the one it told of before.

    One that was merged here has the contacts of several rows, each of which knows only its own.
    """
    if document.get("merged"):
        return False
    before = [touch for touch in records_in(document, "touches") if touch.get("from_list")]
    now = [touch.at for touch in update.theirs.touches if touch.from_list]
    return bool(before and now) and max(now) < max(_moment(t.get("at")) for t in before)


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(str(text))
