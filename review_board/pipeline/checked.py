"""Marks a type with checks that pydantic is told only when it asks: the type itself imports nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Checked:
    """Stands in an annotation; ``checks`` gives what else pydantic should find there."""

    checks: Callable[[], tuple[Any, ...]]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Hand pydantic the type with its checks."""
        return handler.generate_schema(Annotated[source, *self.checks()])
