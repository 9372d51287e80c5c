"""Prospects read fast and on trust, for work that looks at thousands and hands none of them out.

Pydantic checks every field and cleans every text, which is most of the time that judging ten
thousand prospects takes. Here the same records, in shapes made from the same declarations, are read
by msgspec: the types are checked, the ranges and the text are not. What it cannot read is no
verdict on the record: ask ``from_document``, which says what is wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from types import FunctionType, GenericAlias, NoneType, UnionType
from typing import Annotated, Any, Self, Union, cast, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, convert, defstruct, field
from msgspec.structs import replace
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect


class _Plain(Struct, frozen=True, kw_only=True):
    """A record that is copied with changes as a model is."""

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The record with other values."""
        return replace(self, **update)


def read_plainly(document: Mapping[str, Any]) -> Prospect | None:
    """What has the fields of a prospect, to be read and not kept; ``None`` where it is no plain one.

    It never raises for what is in a document.
    """
    try:
        found = cast("Prospect", convert(document, _shape_of(Prospect)))
    except ValueError:  # msgspec's own, or that of a text that is none
        return None
    return found if all(map(_is_number, _numbers(found))) else None


def _numbers(found: Prospect) -> Iterable[Decimal | None]:
    """The amounts that are reckoned with."""
    worth = found.value.amount if found.value else None
    return (worth, found.probability, found.hours)


def _is_number(amount: Decimal | None) -> bool:
    """Not what is written ``NaN`` or ``Infinity``."""
    return amount is None or amount.is_finite()


@cache
def _shape_of(model: type[Model]) -> type[_Plain]:
    """The fields of a model with their defaults, and what is computed from them."""
    hints = get_type_hints(model, include_extras=True)
    fields = [
        (name, _type_of(hints[name]), *_default_of(info))
        for name, info in model.model_fields.items()
    ]
    computed = {
        name: value
        for name, value in vars(model).items()
        if isinstance(value, property | FunctionType) and not name.startswith(("_", "model_"))
    }
    shape = defstruct(
        model.__name__, fields, bases=(_Plain,), namespace=computed, frozen=True, kw_only=True
    )
    return cast("type[_Plain]", shape)


def _default_of(info: FieldInfo) -> tuple[Any, ...]:
    """What a field holds where a document has nothing, or nothing for one that is required."""
    if info.is_required():
        return ()
    if info.default_factory:
        return (field(default_factory=cast("Callable[[], Any]", info.default_factory)),)
    return (info.default,)


def _type_of(hint: Any) -> Any:
    """The type that a field has, without its limits."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Annotated:
        return _type_of(arguments[0])
    if origin is tuple:
        return GenericAlias(tuple, (_type_of(arguments[0]), ...))
    if origin is dict:
        return GenericAlias(dict, (str, _type_of(arguments[1])))
    if origin in {Union, UnionType}:
        return _either([_type_of(argument) for argument in arguments])
    if hint in {datetime, AwareDatetime}:
        return Annotated[datetime, Meta(tz=True)]
    if isinstance(hint, type) and issubclass(hint, Model):
        return _shape_of(hint)
    return hint


def _either(types: list[Any]) -> Any:
    """One of several; where any text will do, it may be one of the usual words as well."""
    if str in types:
        types = [t for t in types if t in {str, NoneType}]
    return reduce(or_, types)
