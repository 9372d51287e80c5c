"""Named tuples made fast: a queue of ten thousand makes a hundred thousand of them."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

T = TypeVar("T", bound=tuple[Any, ...])


def maker(kind: type[T]) -> Callable[[tuple[Any, ...]], T]:
    """What makes one of all its fields in order, in a third of the time of calling its class."""
    return cast("Callable[[tuple[Any, ...]], T]", partial(tuple.__new__, kind))
