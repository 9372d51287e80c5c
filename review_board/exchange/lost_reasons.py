"""Words for lost reasons, and the closed list of reasons that they mean."""

import re
from functools import lru_cache

from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import DropReason

# In order: "Timing / Budget Cycle" speaks of the time first.
_REASONS = {
    DropReason.DO_NOT_CONTACT: r"do not (contact|call|disturb)|\bdn[cd]\b|opted? ?out|unsubscrib|nicht kontaktieren",
    DropReason.DUPLICATE: r"duplicat|dublette|duplikat",
    DropReason.BOUGHT_ELSEWHERE: r"competit|konkurren|wettbewerb|mitbewerb|competencia|concurren|went with|out ?-?sold|"
    r"chose (an)?other|other (vendor|supplier|provider)|bought elsewhere|anderer anbieter|otro proveedor",
    DropReason.NO_DECISION: r"no decision|stalled|undecided|indecision|keine entscheidung|sin decision|not decided",
    DropReason.TIMING: r"timing|bad time|too (early|late)|not ready|zeitpunkt|postpone|momento",
    DropReason.NO_BUDGET: r"budget|no money|funding|presupuesto|kein geld|no funds",
    DropReason.NO_RESPONSE: r"no (response|reply|answer)|unresponsive|not respond|ghost|went (dark|silent)|"
    r"not reachable|unreachable|lost contact|wrong (number|contact)|falsche kontakt|"
    r"keine (antwort|ruckmeldung)|nicht erreich|sin respuesta|no responde",
    DropReason.NOT_INTERESTED: r"not interest|no interest|lost interest|kein interesse|sin interes|no interesad|declined",
    DropReason.HOSTILE: r"hostile|abusive|rude",
    DropReason.NO_NEED: r"no need|not needed|kein bedarf|no necesit|not (a )?fit|poor fit|bad fit|unqualif|"
    r"disqualif|not qualified|no requirement|not relevant",
}
_WORDS = {reason: re.compile(words) for reason, words in _REASONS.items()}


@lru_cache(maxsize=4096)
def drop_reason(words: str) -> DropReason:
    """Return the reason that words of a CRM mean; ``OTHER`` when they are not known here."""
    folded = fold(words[:2000])
    known = (reason for reason, found in _WORDS.items() if found.search(folded))
    return next(known, DropReason.OTHER)
