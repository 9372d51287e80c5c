"""Words for stages and statuses: where on the board they lead, and how far the sale has come.

Lists name their stages as they like. Their words are understood here alone: an import asks where one
leads, a rule asks whether it is early or late.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from review_board.pipeline.text import fold


class StageMeaning(Enum):
    """What an imported row means. ``RETIRED`` became another record; ``CLOSED`` says not how."""

    OPEN = auto()
    CALLBACK = auto()
    NURTURE = auto()
    LOST = auto()
    WON = auto()
    RETIRED = auto()
    CLOSED = auto()


class Progress(Enum):
    """How far an open sale has come; what is neither stands between, or is not known here."""

    EARLY = auto()
    LATE = auto()


_EARLY = (
    r"\bprospect(ing|ed)?\b|qualif|\bnew\b|(?<!hot )(?<!warm )\blead\b|contact|attempt|discover|"
    r"identif|\binitial|\bfirst\b|appointment|\bneu(e[mnrs]?)?\b|kontakt|erstgesprach|nuev|cualific|"
    r"calific|not (yet )?called"
)
_LATE = (
    r"propos(al|ed|ta)\b|propuesta|negotiat|negocia|verhandl|contract(?!or)|contrat|vertrag|\bquot|"
    r"\boffer|angebot|oferta|\bdevis\b|\bverbal|commit(?!tee)|bought ?in\b|procurement|\bclosing\b|"
    r"abschluss|invoice|\border\b|^((final|pending|awaiting) )?decision( pending)?$"
)
_BETWEEN = (
    r"prospect|engag|\bopen\b|working|propos|demo|presentation|decision|needs?\b|analysis|"
    r"in progress|\bhot\b|\bwarm\b|interest|reach|evaluat|commit|meeting|review|approach|"
    r"contract|quote|schedul|trial|pilot|initial|active|pending|develop|follow|assess|feasib|order|neu\b|"
    r"offen|bedarf|termin|abiert|reunion|seguimiento|en curso"
)
"""Words of an open sale; where early and late ones stand together, the late ones count."""

# The first that is found in the folded words wins, so "not converted" stands before "converted".
_STAGES: tuple[tuple[StageMeaning, str], ...] = (
    (
        StageMeaning.LOST,
        r"do not (contact|call)|opted? ?out|unsubscribed?|\bnot (won|converted|sold)\b",
    ),
    (
        StageMeaning.WON,
        (
            r"\bclosed ?won\b|\bwon\b|gewonnen|\bganad[oa]\b|\bgagnee?\b|\bsold\b|\bsigned\b|"
            r"unterschrieben|^customer$|^kunde$|^cliente$|order received|^(deal )?success(ful)?$"
        ),
    ),
    (
        StageMeaning.LOST,
        (
            r"\bclosed ?lost\b|\blost\b|verloren|\bperdid[oa]\b|\bperdue?\b|\bdead\b|abandon|reject|"
            r"declined|refused|absage|abgesagt|abgelehnt|cancel|disqualif|unqualif|not qualified|junk|"
            r"not interested|kein interesse|no interesad|\bdropped\b|\bno sale\b|descartad|rechazad|"
            r"bad (fit|lead)|not a fit|\bspam\b|duplicate|unsuccessful|not relevant|nicht relevant|"
            r"kein bedarf|no decision|failure|\bfailed\b"
        ),
    ),
    (StageMeaning.RETIRED, r"\bconverted\b|umgewandelt|konvertiert|\bconvertid[oa]\b"),
    (
        StageMeaning.NURTURE,
        (
            r"nurtur|recycl|long.?term|contact in (the )?future|future (opportunity|contact|interest)|"
            r"on ?hold|\bpaused?\b|suspended|stalled|dormant|^cold( lead)?$|keep in touch|not ready|"
            r"bad timing|zuruckgestellt|pausiert|\bruht\b|en pausa|aplazad|^later$|spater"
        ),
    ),
    (
        StageMeaning.CALLBACK,
        (
            r"call ?back|call (again|later)|follow.?up (later|pending|scheduled|required)|ruckruf|"
            r"wiedervorlage|volver a llamar|llamar (mas tarde|luego)|rappel"
        ),
    ),
    (
        StageMeaning.CLOSED,
        r"^(closed?|inactive|completed?|finished|done)$|^cerrad[oa]$|geschlossen|abgeschlossen|^ferme$",
    ),
    (StageMeaning.OPEN, "|".join((_EARLY, _LATE, _BETWEEN))),
)
_STAGE_WORDS = tuple((meaning, re.compile(words)) for meaning, words in _STAGES)
_PROGRESS = ((Progress.LATE, re.compile(_LATE)), (Progress.EARLY, re.compile(_EARLY)))


@lru_cache(maxsize=4096)
def stage_meaning(word: str) -> StageMeaning | None:
    """Return where a stage or status leads, or ``None`` when it is not known here."""
    folded = _folded(word)
    return next((meaning for meaning, words in _STAGE_WORDS if words.search(folded)), None)


@lru_cache(maxsize=4096)
def stage_progress(word: str) -> Progress | None:
    """Return how far a sale at this stage has come; ``None`` where it is neither early nor late."""
    if stage_meaning(word) is not StageMeaning.OPEN:
        return None
    folded = _folded(word)
    return next((progress for progress, words in _PROGRESS if words.search(folded)), None)


def _folded(word: str) -> str:
    return re.sub(r"[\s_./|-]+", " ", fold(word[:200])).strip()
