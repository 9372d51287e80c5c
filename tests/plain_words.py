"""What neither a screen nor an answer of the command line says: words and codes that must be read twice."""

import re

from review_board.settings.rule_names import RuleName
from review_board.settings.setting_names import sections

DIALECT = re.compile(
    r"\bt(?:\d+|–) b(?:\d+|–)|⟳\d|\bunproven\b|\bwager|\bruling|\bdeferral|\breckon|\bon the desk\b"
    r"|\bflips? if\b|\bpromised call|\bPast promises\b|\bstretch(?:es)? of\b|\bwinds\b|\bknocked"
    r"|\bcounts for nothing\b|\bnobody knows when\b|\btoo soon to drop\b|\bheld too long\b"
    r"|\bof substance\b|\bwork it or release\b|\bit moved\b|\binstinct\b|\bthe desk\b"
    r"|(?<!in )\b(?:un)?touch(?:es|ed)?\b|\bsessions?\b|\bdoubtful\b(?! \()|\bnewsletter sent\b|\b0 yours\b"
    r"|\be-mail|\bmailed\b|\bno mail\b|\b(?:call|phone) (?:or|nor by) mail\b",
    re.IGNORECASE,
)
CODES = re.compile(
    "|".join(
        [rf"\b(?:{'|'.join(sections())})\.[a-z]+_?[a-z_]*\b"]
        + [rf"\b{name}\b" for name in RuleName if "-" in name]
    )
)
"""Settings keys and names of rules, which stand only where somebody asked for them."""
ISO_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
"""A day as files and typing have it; people read ``30 Nov``."""
