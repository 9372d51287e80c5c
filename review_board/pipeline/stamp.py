"""Who makes a change, when, and the key under which what it adds is stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """``at`` is aware of its zone; ``key`` is new for every change and unique in the pipeline."""

    at: datetime
    by: str
    key: str
