"""Ids made from content, so that the same file imported twice gives the same ids."""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from review_board.pipeline.records import LISTED
from review_board.pipeline.text import fold


def content_id(*parts: str) -> str:
    """Return a stable id of what identifies a prospect, whatever its case, accents and outer blanks."""
    joined = "\x1f".join(map(str.strip, parts))
    if joined.isascii():
        digest = blake2b(joined.lower().encode(), digest_size=10)
    else:
        digest = blake2b(fold(joined).encode("utf-8", "surrogatepass"), digest_size=10)
    return f"{LISTED}{digest.hexdigest()}"


_SHORT = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[0-9A-Za-z]{15}", re.ASCII)
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def whole_id(text: str) -> str:
    """Return an id that a list gives as it is in all lists of its program, whatever becomes of its case.

    Reports of Salesforce give 15 signs, of which ``aB`` and ``ab`` are two; other lists give 18, of which
    the last three tell the case of the others.
    """
    if len(text) != 15 or not _SHORT.fullmatch(text):
        return text
    fives = (text[place : place + 5] for place in (0, 5, 10))
    checks = (sum(sign.isupper() << place for place, sign in enumerate(five)) for five in fives)
    return text + "".join(_CHECK[check] for check in checks)


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
