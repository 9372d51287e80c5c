"""Prospects read fast and on trust, for a queue that looks at thousands and hands none of them out.

Pydantic checks every field and cleans every text, which is most of the time that a queue of ten
thousand takes. Here the same records, in shapes made from the same declarations, are read by msgspec:
types and limits of numbers are checked, days far off, the digits of amounts and the text are not.
What it does not read is no verdict on the record: ask ``from_document``, which says what is wrong.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from types import FunctionType, GenericAlias, NoneType, UnionType
from typing import Annotated, Any, Self, Union, cast, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, convert, defstruct, field
from msgspec.structs import replace
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from review_board.pipeline.limits import MAX_AMOUNT, MOST_HOURS
from review_board.pipeline.model import Model
from review_board.pipeline.money import CURRENCY, Money
from review_board.pipeline.prospect import Prospect, with_request
from review_board.pipeline.text import LINE_LIMIT, Line, Name, Note, is_clean

_LIMITS = ("ge", "le", "min_length", "max_length", "pattern")
_TEXTS = {Line: Meta(max_length=LINE_LIMIT), Note: Meta(max_length=LINE_LIMIT)}
_TEXTS |= {Name: Meta(min_length=1, max_length=LINE_LIMIT)}
"""Longer ones are rare, and cleaned in full."""
_NOTHING, _CERTAIN = Decimal(0), Decimal(1)


class _Plain(Struct, frozen=True, kw_only=True):
    """A record that is copied with changes as a model is, and whose class names its fields as one does."""

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the record with other values."""
        return replace(self, **update)


def read_plainly(document: Mapping[str, Any]) -> Prospect | None:
    """Read what has the fields of a prospect, not to be kept; ``None`` where it is no plain one.

    It never raises for what is in a document.
    """
    try:
        found = cast("Prospect", convert(document, _shape_of(Prospect)))
        return with_request(found) if _is_sound(found) else None
    except (ValueError, ArithmeticError):  # msgspec's own, that of a text or a number that is none
        return None


def _is_sound(found: Prospect) -> bool:
    """Return whether the amounts are possible, and what a callback will change is clean text."""
    if found.callback and not is_clean(found.callback.change):
        return False
    return (
        (found.value is None or _is_money(found.value))
        and (not found.quotes or all(_is_money(quote.amount) for quote in found.quotes))
        and (found.won is None or found.won.value is None or _is_money(found.won.value))
        and (found.probability is None or _within(found.probability, _CERTAIN))
        and (found.hours is None or (_within(found.hours, MOST_HOURS) and found.hours > 0))
    )


def _is_money(money: Money) -> bool:
    return _within(money.amount, MAX_AMOUNT) and CURRENCY.fullmatch(money.currency) is not None


def _within(amount: Decimal, most: Decimal) -> bool:
    """Return whether a number is from nothing to ``most``; one that is none at all is not."""
    return _NOTHING <= amount <= most


@cache
def _shape_of(model: type[Model]) -> type[_Plain]:
    """Make the shape of a model: its fields with their defaults, and what is computed from them."""
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
        model.__name__,
        fields,
        bases=(_Plain,),
        namespace={**computed, "model_fields": model.model_fields},
        frozen=True,
        kw_only=True,
        gc=False,  # a record holds no circle
    )
    return cast("type[_Plain]", shape)


def _default_of(info: FieldInfo) -> tuple[Any, ...]:
    """Return what a field holds where a document has nothing, or nothing for one that is required."""
    if info.is_required():
        return ()
    if info.default_factory:
        return (field(default_factory=cast("Callable[[], Any]", info.default_factory)),)
    return (info.default,)


def _type_of(hint: Any) -> Any:
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Annotated:
        kind = _type_of(arguments[0])
        if kind is time:
            return Annotated[time, Meta(tz=False)]
        return _limited(hint, kind) if kind in {int, str} else kind
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


def _limited(hint: Any, kind: type) -> Any:
    if hint in _TEXTS:
        return Annotated[kind, _TEXTS[hint]]
    found: dict[str, Any] = {}
    for limit in (each for extra in get_args(hint)[1:] for each in getattr(extra, "metadata", ())):
        named = {name: getattr(limit, name, None) for name in _LIMITS}
        found |= {name: value for name, value in named.items() if value is not None}
    return Annotated[kind, Meta(**found)]


def _either(types: list[Any]) -> Any:
    """Return one of several types; where any text will do, it may be one of the usual words as well."""
    texts = [t for t in types if t is str or get_args(t)[:1] == (str,)]
    return reduce(or_, [*texts, *(t for t in types if t is NoneType)] if texts else types)
