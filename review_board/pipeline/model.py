"""The base of every stored model: frozen, and keeping what it does not know."""

from pydantic import BaseModel, ConfigDict, ValidationError


class Model(BaseModel):
    """A frozen record; unknown fields of a newer or hand-edited file are kept and written back."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)


def text_of(record: Model) -> bytes:
    """Return a record as it is stored: JSON without what has its usual value."""
    return record.__pydantic_serializer__.to_json(record, exclude_defaults=True)


def first_fault(error: ValidationError) -> str:
    """Return the first field that is wrong, and how: ``touches.0.at: Input should be …``."""
    first = error.errors(include_url=False)[0]
    steps = (str(part) for part in first["loc"])
    where = ".".join(step for step in steps if "[" not in step) or "the record"
    return f"{where}: {first['msg']}"
