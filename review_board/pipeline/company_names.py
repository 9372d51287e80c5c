"""The names of companies as they are compared: without what people write or leave out."""

import re

from review_board.pipeline.text import fold

_AND = frozenset({"and", "und", "et"})
_LEGAL_FORMS = re.compile(
    r"( (ltd|limited|inc|incorporated|corp|corporation|co|company|llc|llp|lp|plc|pty"
    r"|gmbh|mbh|ag|ug|kg|ohg|kgaa|se|sa|sas|sarl|srl|bv|nv|ab|oy|as|aps))+$"
)
"""What may end the name of a company and is often left out; not "SpA", which ends many a spa."""


def company_beside(name: str, company: str) -> str:
    """Return the company, unless the name says it: it tells prospects of one name apart."""
    folded_name, folded_company = fold(name), fold(company)
    if folded_company.startswith(folded_name) or folded_company in folded_name:
        return ""
    return company


def with_company(name: str, company: str) -> str:
    """Return the name and, where it does not say it, the company: ``Bearings (Acme Ltd)``."""
    beside = company_beside(name, company)
    return f"{name} ({beside})" if beside else name


def core_name(text: str) -> str:
    """Return a name without what people write or leave out: case, accents, signs, "and", legal forms."""
    words = re.findall(r"\w+", re.sub(r"[.'’]", "", fold(text)))
    said = " ".join(word for word in words if word not in _AND)
    return _LEGAL_FORMS.sub("", said) or " ".join(text.casefold().split())
