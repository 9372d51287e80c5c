"""A value that is worked out once, when it is asked for."""

from dataclasses import dataclass, field

from review_board.pipeline.cached_property import lazy


@dataclass(frozen=True)
class Sum:
    numbers: tuple[int, ...]
    asked: list[str] = field(default_factory=list, compare=False)

    @lazy
    def total(self) -> int:
        """All of them together."""
        self.asked.append("total")
        return sum(self.numbers)


def test_it_is_worked_out_when_it_is_asked_for_and_only_once() -> None:
    numbers = Sum((1, 2, 3))
    assert numbers.asked == []
    assert (numbers.total, numbers.total) == (6, 6)
    assert numbers.asked == ["total"]


def test_each_object_has_a_value_of_its_own_and_what_was_asked_makes_no_two_unlike() -> None:
    asked, other = Sum((1,)), Sum((1,))
    assert asked.total == 1
    assert other.asked == []
    assert asked == other


def test_the_class_tells_what_the_value_is() -> None:
    assert isinstance(Sum.total, lazy)
    assert Sum.total.__doc__ == "All of them together."
