"""A field that got another name is read by the old one."""

from review_board.pipeline.old_fields import NEW_NAMES, with_new_names, with_new_pointers
from review_board.pipeline.prospect import Prospect, from_document, to_document

SOLID = {"solid": True, "at": "2026-02-01T09:00:00Z", "by": "ann"}


def test_old_names_are_none_of_today() -> None:
    assert NEW_NAMES.keys().isdisjoint(Prospect.model_fields)
    assert set(NEW_NAMES.values()) <= set(Prospect.model_fields)


def test_a_document_is_read_by_the_old_name_and_written_by_the_new_one() -> None:
    read = from_document({"id": "p-1", "name": "Acme", "instinct": SOLID})
    assert read.first_impression
    assert read.first_impression.solid
    assert to_document(read)["first_impression"] == SOLID
    assert "instinct" not in to_document(read)


def test_a_part_of_a_field_has_its_new_name_too() -> None:
    assert with_new_pointers({"instinct/solid": True, "name": "A"}) == {
        "first_impression/solid": True,
        "name": "A",
    }


def test_nothing_is_lost_where_both_names_stand() -> None:
    both = {"instinct": SOLID, "first_impression": None}
    assert with_new_names(both) == both
    plain = {"name": "Acme"}
    assert with_new_names(plain) is plain
