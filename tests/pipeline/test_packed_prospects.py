"""Prospects held as the text that is stored of them are the same ones."""

from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest

from review_board.pipeline import packed_prospects
from review_board.pipeline.money import Money
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, to_document
from review_board.pipeline.records import Contact, NoteEntry
from review_board.pipeline.vocabulary import Column

ACME = Prospect(
    id="p-1",
    name="Acmé\n<b>",
    column=Column.NURTURE,
    created=datetime(2026, 3, 1, 9, tzinfo=UTC),
    value=Money(Decimal("12.50"), "EUR"),
    close_date=date(2026, 12, 24),
    contacts=(Contact(id="c-1", name="Jo"),),
    notes=(NoteEntry(id="n-1", at=datetime(2026, 3, 1, tzinfo=UTC), text="rang"),),
    unknown={"deep": [1, 2.5, "x"]},
)
BOLT = Prospect(id="p-2", name="Bolt")


@pytest.fixture(params=[0, 1, 10], ids=["all packed", "one as it is", "none packed"], autouse=True)
def unpacked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_prospects, "UNPACKED", request.param)


def test_they_are_read_as_they_were() -> None:
    packed = PackedProspects([ACME, BOLT])
    assert [*packed] == [ACME, BOLT]
    assert packed[-1] == BOLT
    assert packed.ids == ["p-1", "p-2"]
    assert [*packed.documents()] == [to_document(ACME), to_document(BOLT)]
    assert [*map(orjson.loads, packed.texts())] == [*packed.documents()]
    assert packed == (ACME, BOLT)
    assert packed != PackedProspects([BOLT, ACME])


def test_parts_of_them_and_others_in_their_place_leave_them_alone() -> None:
    packed = PackedProspects([ACME, BOLT])
    assert packed[1:] == packed.only([1]) == (BOLT,)
    copy = PackedProspects(packed)
    copy.put(0, BOLT.with_changes(id="p-3"))
    copy.extend(packed)
    assert copy.ids == ["p-3", "p-2", "p-1", "p-2"]
    assert packed == (ACME, BOLT)
