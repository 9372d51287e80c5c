"""Differences round-trip, swap and merge."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.store import pointers

keys = st.text(alphabet="ab/~", max_size=2)
scalars = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "x", 1.0])
items = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abc")}, optional={"n": scalars}),
    unique_by=lambda item: item["id"],
    max_size=3,
)
values = st.recursive(
    scalars | items,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(keys, values, max_size=4)


def shape(document: dict[str, Any] | None) -> Any:
    """What matters: nothing is as good as absent, items come in any order."""
    if document is None:
        return {}
    fields = {k: v for k, v in document.items() if k not in pointers.STAMPS}
    return {k: canonical(v) for k, v in fields.items() if not pointers.is_nothing(dropped(v))}


def dropped(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if v is not None}
    return value


def canonical(value: Any) -> Any:
    value = dropped(value)
    if isinstance(value, list):
        return sorted(repr((type(item), item)) for item in value)
    return (
        repr((type(value), value))
        if not isinstance(value, dict)
        else sorted(map(repr, value.items()))
    )


@given(documents, documents)
def test_a_difference_leads_from_one_to_the_other(one: dict[str, Any], two: dict[str, Any]) -> None:
    _, after = pointers.diff(one, two)
    assert shape(pointers.apply(one, after, "p", 1)) == shape(two)


@given(documents, documents)
def test_the_swapped_difference_leads_back(one: dict[str, Any], two: dict[str, Any]) -> None:
    before, after = pointers.diff(one, two)
    there = pointers.apply(one, after, "p", 1)
    assert shape(pointers.apply(there, before, "p", 2)) == shape(one)


@given(documents, documents)
def test_before_is_what_stands_there(one: dict[str, Any], two: dict[str, Any]) -> None:
    before, after = pointers.diff(one, two)
    assert before.keys() == after.keys()
    assert all(pointers.same(pointers.get(one, pointer), was) for pointer, was in before.items())


@given(documents)
def test_a_document_does_not_differ_from_itself(one: dict[str, Any]) -> None:
    assert pointers.diff(one, {**one, "id": "p", "rev": 7}) == ({}, {})


@given(documents)
def test_a_new_document_is_told_whole(one: dict[str, Any]) -> None:
    before, after = pointers.diff(None, one)
    assert set(before.values()) <= {None}
    assert all("/" not in pointer for pointer in after)
    made = pointers.apply(None, after, "p", 1)
    assert shape(made) == shape(one)


@given(
    items,
    st.lists(st.sampled_from("xyz"), unique=True),
    st.lists(st.sampled_from("uvw"), unique=True),
)
def test_additions_by_two_people_merge(base: list[Any], mine: list[str], theirs: list[str]) -> None:
    start = {"name": "Acme", "touches": base}
    _, first = pointers.diff(start, {**start, "touches": [*base, *({"id": key} for key in mine)]})
    _, second = pointers.diff(
        start, {**start, "touches": [*base, *({"id": key} for key in theirs)]}
    )
    merged = pointers.apply(pointers.apply(start, first, "p", 1), second, "p", 2)
    assert merged is not None
    assert merged["touches"] == [*base, *({"id": key} for key in [*mine, *theirs])]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1.0}, {"a": 1.0}),
        ({"a": 1}, {"a": True}, {"a": True}),
        ({"a": None}, {}, {}),
        ({}, {"x/y": 1}, {"x~1y": 1}),
        ({"o": {"k~": {"s": 1}}}, {"o": {"k~": {"s": 2}}}, {"o/k~0": {"s": 2}}),
        ({"o": {"k": 1, "l": 1}}, {"o": {"k": 2, "l": 1}}, {"o": {"k": 2, "l": 1}}),
        ({}, {"t": [{"id": "a"}]}, {"t/a": {"id": "a"}}),
        ({"t": [{"id": "a"}]}, {"t": []}, {"t/a": None}),
        (
            {"t": [{"id": "a"}, {"id": "b"}]},
            {"t": [{"id": "b"}, {"id": "a"}]},
            {"t": [{"id": "b"}, {"id": "a"}]},
        ),
        ({"t": []}, {"t": ["x"]}, {"t": ["x"]}),
        ({"t": [{"id": "a"}, {"id": "a"}]}, {"t": []}, {"t": []}),
        ({"o": {}}, {"o": []}, {"o": []}),
        ({"o": {"a": {"id": "a"}}}, {}, {"o": None}),
    ],
)
def test_how_fields_are_compared(before: Any, after: Any, expected: Any) -> None:
    assert pointers.diff(before, after)[1] == expected


def test_other_fields_keep_their_very_values() -> None:
    strange = {"deep": [[["x"]]]}
    document = {"name": "Acme", "strange": strange}
    made = pointers.apply(document, {"name": "Bolt"}, "p", 3)
    assert made is not None
    assert made["strange"] is strange
    assert document["name"] == "Acme"


def test_a_document_of_which_nothing_remains_is_gone() -> None:
    assert (
        pointers.apply({"id": "p", "rev": 1, "name": "x", "t": []}, {"name": None}, "p", 2) is None
    )


def test_a_part_of_something_without_parts_is_that_thing() -> None:
    assert pointers.get({"touches": "by hand"}, "touches/t-01") == "by hand"
    assert pointers.get({"touches": []}, "touches/t-01") is None


def test_taking_out_the_last_part_takes_the_field_out() -> None:
    assert pointers.apply({"n": 1, "a": {"k": {"s": 1}}}, {"a/k": None}, "p", 1) == {
        "n": 1,
        "id": "p",
        "rev": 1,
    }
