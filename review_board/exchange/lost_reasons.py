"""Words for lost reasons, and the closed list of reasons that they mean."""

import re
from functools import lru_cache

from review_board.pipeline.stages import ASKS_FOR_NONE
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import DropReason

# In order: "Timing / Budget Cycle" speaks of the time first.
_REASONS = {
    DropReason.DO_NOT_CONTACT: ASKS_FOR_NONE,
    DropReason.DUPLICATE: r"duplicat|dublette|duplikat",
    DropReason.BOUGHT_ELSEWHERE: r"competit|kon[ck]uren|konkurren|wettbewerb|mitbewerb|competencia|concurren|concorren|went with|out ?-?sold|"
    r"chose (an)?other|other (vendor|supplier|provider)|bought elsewhere|anderer anbieter|otro proveedor",
    DropReason.NO_DECISION: r"no decision|stalled|undecided|indecision|keine entscheidung|sin decision|not decided",
    DropReason.TIMING: r"timing|bad time|too (early|late)|not (ready|now)|zeitpunkt|postpone|momento?\b|nie teraz|inte nu",
    DropReason.NO_BUDGET: r"budget|budzet|no money|funding|presupuesto|orcamento|kein geld|no funds",
    DropReason.NO_RESPONSE: r"no (response|reply|answer)|unresponsive|not respond|ghost|went (dark|silent)|"
    r"not reachable|unreachable|lost contact|wrong (number|contact)|falsche kontakt|"
    r"keine (antwort|ruckmeldung)|nicht erreich|sin respuesta|no responde|(pas de|sans) (reponse|nouvelles)|injoignable|"
    r"sem resposta|nao respond|nessuna risposta|non rispond|geen (reactie|gehoor|antwoord)|brak odpowiedzi|inget svar",
    DropReason.NOT_INTERESTED: r"not interest|no interest|lost interest|(kein|sem|geen) interesse|sin interes|no interesad|declined|"
    r"(pas|plus|nao|non|niet) (ge)?inter|disinter|niezainteres|ej intress",
    DropReason.HOSTILE: r"hostile|abusive|rude",
    DropReason.NO_NEED: r"no need|not needed|kein bedarf|no necesit|(pas|plus) (de |le )?besoin|sem necessidade|geen behoefte|"
    r"nessuna esigenza|brak potrzeby|inget behov|not (a )?fit|poor fit|bad fit|unqualif|"
    r"disqualif|not qualified|no requirement|not relevant",
}
_WORDS = {reason: re.compile(words) for reason, words in _REASONS.items()}


@lru_cache(maxsize=4096)
def drop_reason(words: str) -> DropReason:
    """Return the reason that words of a CRM mean; ``OTHER`` when they are not known here."""
    folded = fold(words[:2000])
    known = (reason for reason, found in _WORDS.items() if found.search(folded))
    return next(known, DropReason.OTHER)
