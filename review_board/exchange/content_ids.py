"""Ids made from content, so that the same file imported twice gives the same ids."""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from review_board.pipeline.text import fold


def content_id(*parts: str) -> str:
    """Return a stable id of what identifies a prospect, whatever its case, accents and outer blanks."""
    joined = "\x1f".join(map(str.strip, parts))
    key = joined.casefold() if joined.isascii() else fold(joined)
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=10)
    return f"x-{digest.hexdigest()}"


class DistinctIds:
    """Tells records of one file apart that share what identifies them: by their order."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def id_of(self, parts: Iterable[str]) -> str:
        """Return the id of the first such record, and another for each further one."""
        parts = tuple(parts)
        base = content_id(*parts)
        self._seen[base] += 1
        return base if self._seen[base] == 1 else content_id(*parts, f"#{self._seen[base]}")
