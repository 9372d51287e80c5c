"""What lists of what was done say, by the words in ``activity_words.ini``: columns, pointers, kinds, outcomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from review_board.exchange.header_synonyms import ARTICLES, DEAL_WORDS, meaning_of
from review_board.exchange.header_words import canonical, fold_words, word_set
from review_board.exchange.word_lists import word_lists
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Outcome


class ActivityKind(StrEnum):
    """What sort of thing a row of history is about."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    TASK = "task"
    NOTE = "note"
    QUOTE = "quote"
    FORM = "form"
    MESSAGE = "message"
    LETTER = "letter"
    MAILING = "mailing"
    SEEN = "seen"
    """Opened, clicked, bounced: nobody did anything."""


class ActivityState(StrEnum):
    """How far it is; what was ``UNREACHED`` went to a wrong number or address, and came back."""

    UNREACHED = "unreached"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


NOT_DONE = frozenset(ActivityState) - {ActivityState.DONE}
"""What is no contact: it did not take place, or nobody could answer it."""


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, sorted(words.split(", "), key=len, reverse=True)))


def _phrases(words: str) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words in folded text."""
    return re.compile(rf"(?<!\w)(?:{_any_of(words)})(?!\w)")


_LISTS = word_lists("activity_words")
_NOT = {name: _any_of(words) for name, words in _LISTS["negations"].items()}


class SaidPhrases:
    """Phrases that say what was done. One behind a negation ("not sent") says that it was not done.

    A phrase that is a negation itself ("not reached") counts as it stands.
    """

    def __init__(self, words: str) -> None:
        said = _any_of(words)
        negated = rf"(?:{_NOT['before']})\s+(?:(?:{_NOT['between']})\s+)*(?P<not>{said})"
        self._found = re.compile(rf"(?<!\w)(?:(?P<said>{said})|{negated})(?!\w)")

    def search(self, text: str) -> bool:
        """Tell whether a folded text says one of them."""
        return any(found["said"] for found in self._found.finditer(text))

    def denied(self, text: str) -> bool:
        """Tell whether it says of one that it was not done."""
        return any(found["not"] for found in self._found.finditer(text))

    def fullmatch(self, text: str) -> bool:
        """Tell whether a folded text is one of them."""
        found = self._found.fullmatch(text)
        return found is not None and bool(found["said"])


KINDS = [(ActivityKind(kind), _phrases(words)) for kind, words in _LISTS["kinds"].items()]
RESULTS = [(Outcome(outcome), SaidPhrases(words)) for outcome, words in _LISTS["results"].items()]
"""How it ended: the first of which a phrase is found."""
SAID = [(Outcome(outcome), _phrases(words)) for outcome, words in _LISTS["said of a call"].items()]
"""How a call ended where only its title or note tells it."""
QUOTE_SENT = SaidPhrases(_LISTS["said of an email"]["quote"])
"""The title of an email of ours that is a quote."""
STATES = [(ActivityState(state), SaidPhrases(words)) for state, words in _LISTS["states"].items()]
_NO_CONTACT = next(words for one, words in RESULTS if one is Outcome.DO_NOT_CONTACT)
INBOUND, OUTBOUND, MISSED = map(_phrases, _LISTS["directions"].values())

_PLACE = {
    word: (field, rank)
    for field, words in _LISTS["columns"].items()
    for rank, word in enumerate(words.split())
}
_OF_NOUN = {word: of for of, words in _LISTS["pointed at"].items() for word in words.split()}
_FILLERS = word_set(
    "associated associations results related linked primary main crm hs activity the of to asociado asociada associe associee "
    "associado associato zugehoriger zugehorige zugehoriges zugeordneter gekoppelde"
)
_BARE = word_set("id ids name number") | {""}
_ABOUT = re.compile(
    "(?:property)?(?:hs)?(?:activity|activities|task|call|meeting|event|engagement|email|note|communication|aktivitat|actividad|"
    "aktivitets?|activite|atividade|attivita|activiteit|активность)|(?:property)?hs"
)
_LONGEST = 400
_BEHIND = 100
"""How far such a header stands behind those that name the field."""
_ACTIVITY = word_set(_LISTS["about"]["activity"])
_OF_FIELD = {"owner": "by", "status": "outcome", "note": "note", "email": "email", "phone": "phone"}
"""The fields that lists of deals name in the same words."""
_HOW = re.compile(
    r"(?P<noun>.+?)(?P<how>(?:record|object)?ids?|names?|title|nombre|nom|no|number)?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a column points to: a deal, lead, contact, company … by its id, or by its name."""

    of: str
    by_id: bool | None
    """``None`` where the header does not say which."""


@lru_cache(maxsize=4096)
def reference_of(header: str) -> Reference | None:
    """Return what a column points to: "Associated Deal IDs", ``contact_id``, "Related To"."""
    words = fold_words(header)
    if words[:2] == ["related", "to"]:
        return Reference("any", None if len(words) == 2 else "id" in words[2])
    rest = "".join(word for word in words if word not in _FILLERS)
    rest = "".join(words) if rest in _BARE else rest
    found = _HOW.fullmatch(rest)
    of = _OF_NOUN.get(rest) or (_OF_NOUN.get(found["noun"]) if found else None)
    if of is None or found is None or (rest in _OF_NOUN and rest.endswith("title")):
        return None
    if rest in _OF_NOUN:
        return Reference(of, None) if of in {"deal", "lead", "contact", "company", "any"} else None
    how = found["how"]
    by_id = how.endswith(("id", "ids", "no", "number"))
    return None if not by_id and of in {"activity", "any", "who"} else Reference(of, by_id)


@lru_cache(maxsize=4096)
def _place_of(header: str) -> tuple[str, int] | None:
    """Return the field that a header names, with or without what the list is about: "Date de l'activité"."""
    name = canonical(header)
    if name in _PLACE:
        return _PLACE[name]
    about = _ABOUT.match(name)
    rest = "".join(w for w in fold_words(header) if w not in _ACTIVITY and w not in ARTICLES)
    inner = (about and _PLACE.get(name[about.end() :])) or _PLACE.get(rest)
    if inner:
        return inner[0], inner[1] + _BEHIND
    meaning = meaning_of(header)
    field = _OF_FIELD.get(meaning.field) if meaning else None
    return (field, 2 * _BEHIND) if field else None


def asks_for_no_contact(text: str) -> bool:
    """Tell whether a note says in clear words that somebody is not to be called or contacted any more."""
    return _NO_CONTACT.search(fold(text[:_LONGEST]))


def history_places(headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field of a list of activities, the best first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, header in enumerate(headers):
        if named := _place_of(header):
            found.setdefault(named[0], []).append((named[1], place))
    return {field: tuple(place for _, place in sorted(places)) for field, places in found.items()}


def reference_places(headers: Sequence[str]) -> tuple[tuple[int, Reference], ...]:
    """Return the columns that point to other records."""
    found = ((place, reference_of(header)) for place, header in enumerate(headers))
    return tuple((place, reference) for place, reference in found if reference)


def pointing_places(headers: Sequence[str]) -> tuple[tuple[int, Reference], ...]:
    """Return the columns of a list of activities that point to other records.

    They include the id and the name of a deal in the words in which lists of deals have them.
    """
    found = dict(reference_places(headers))
    for place, header in enumerate(headers):
        meaning = meaning_of(header)
        if (
            place not in found
            and meaning
            and meaning.field in {"id", "name"}
            and _is_of_deal(header)
        ):
            found[place] = Reference("deal", meaning.field == "id")
    return tuple(found.items())


def _is_of_deal(header: str) -> bool:
    """Tell whether a word of a header is one for a deal, or begins with it: ``Dealnaam``, ``Affärs-ID``."""
    words = fold_words(header)
    return any(
        word == deal or (len(deal) > 3 and word.startswith(deal))
        for word in words
        for deal in DEAL_WORDS
    )
