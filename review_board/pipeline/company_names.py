"""The names of companies as they are compared: without what people write or leave out."""

import re

from review_board.pipeline.text import fold

_AND = frozenset({"and", "und", "et"})
_LEGAL_FORMS = re.compile(
    r"( (ltd|limited|inc|incorporated|corp|corporation|co|company|llc|llp|lp|plc|pty"
    r"|gmbh|mbh|ag|ug|kg|ohg|kgaa|se|sa|sas|sarl|srl|bv|nv|ab|oy|as|aps))+$"
)
"""What may end the name of a company and is often left out; not "SpA", which ends many a spa."""


def core_name(text: str) -> str:
    """Return a name without what people write or leave out: case, accents, signs, "and", legal forms."""
    words = re.findall(r"\w+", re.sub(r"[.'’]", "", fold(text)))
    said = " ".join(word for word in words if word not in _AND)
    return _LEGAL_FORMS.sub("", said) or " ".join(text.casefold().split())
