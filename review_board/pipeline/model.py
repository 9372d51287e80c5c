"""The base of every stored model: frozen, and keeping what it does not know."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen record; unknown fields of a newer or hand-edited file are kept and written back."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
