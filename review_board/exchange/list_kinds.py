"""What a list is about, by its columns: deals, leads, or something that is no pipeline."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from review_board.errors import InvalidValueError
from review_board.exchange.header_synonyms import CONTACT_DAYS, meaning_of, prefix_kind
from review_board.exchange.header_words import ANY_LIST, canonical, word_set
from review_board.exchange.history_words import history_places, pointing_places
from review_board.exchange.word_lists import word_lists
from review_board.pipeline.stages import stage_meaning
from review_board.pipeline.text import fold
from review_board.wording import first_few

ENOUGH = 3
"""Least weight of evidence for a kind; less is a guess."""


@dataclass(frozen=True, slots=True)
class RecognisedList:
    """The kind of a list, where it probably comes from, and how sure that is, in words."""

    kind: str
    origin: str
    confidence: str


UNKNOWN = RecognisedList("", ANY_LIST, "not recognised")
"""A list whose columns say too little."""
NOUNS = {
    "deals": "deals",
    "leads": "leads",
    "contacts": "contacts",
    "companies": "companies",
    "activities": "activities (calls, tasks, meetings, a calendar)",
    "orders": "orders or payments",
    "products": "products",
    "people": "your own people",
}

_FIELD_WEIGHTS: dict[str, dict[str, int]] = {
    "deals": dict.fromkeys(
        ("stage", "probability", "is_won", "close_date", "expected_close", "lost_reason"), 2
    )
    | dict.fromkeys(("value", "won_on", "lost_on", "currency"), 1),
    "leads": {"is_converted": 2},
}
_MARKS = word_lists("list_marks")
_MARKERS = {kind: word_set(words) for kind, words in _MARKS["kinds"].items()}
ORIGINS = {origin: word_set(words) for origin, words in _MARKS["origins"].items()}
"""The programs that lists come from, and columns that mark one of each."""
_MARKER_WEIGHTS = {"orders": 3}
"""What a column that marks a kind weighs; of any other kind 2."""
_ORDER_WORDS = re.compile(r"invoice|billed|collected|receivable|purchaseorder")

_IDS = _MARKS["ids"]
_ID_KINDS = {
    word: "deals" if kind == "quotes" else kind
    for kind, words in _IDS.items()
    for word in words.split()
}
_OWN_ID = re.compile(rf"(?P<of>{'|'.join(_ID_KINDS)})(?:id|no|nr|number|nummer|key)")

_POINTED_AT = word_set(f"{_IDS['deals']} {_IDS['leads']} {_IDS['contacts']}")
_NAMED = frozenset({"name", "company", "first_name", "last_name", "stage"})
"""A row that points to a deal or person and has none of these of its own is about what was done."""

_ENDING = frozenset({"close_date", "expected_close", "won_on", "lost_on"})
_NOT_LOGGED = _NAMED | {"value", "probability", "close_date", "is_won", "currency"}
_DEAL_NAMES = word_set("dealname dealtitle opportunityname potentialname")
"""Columns with the name of a sale, which has a person of its own beside it."""
_NAMES = frozenset({"name", "Name", "NAME", "title", "Title"})
_PLAIN_TYPES = word_set("type typ art tipo soort тип loai")
"""Many lists have a type; one of activities alone has a kind, a channel or an activity type."""
_WHOLE = frozenset({"kind", "when", "subject", "outcome"})
"""Fields that no list of deals has together."""
_PURSUED = frozenset({"email", "phone", "next_activity", *CONTACT_DAYS})
"""Columns of somebody who is followed up."""

_OF_ADDRESS_BOOKS = word_set(
    "active inactive customer client lead prospect open archived deleted unsubscribed"
)
"""States that an address book may have as well."""

_OF_PEOPLE = frozenset({"first_name", "last_name", "contact", "job_title", "email", "phone"})
_ORIGIN_LEAST, _SHOWN = 3, 3


def recognise(headers: Sequence[str], repeated: Set[str] = frozenset()) -> RecognisedList:
    """Return what the list is about; ``UNKNOWN`` when its columns say too little.

    ``repeated`` are the headers under which several rows have the same.
    """
    scores = sorted(_scores(headers, repeated).items(), key=lambda item: -item[1])
    (kind, best), (second, runner_up) = scores[0], scores[1]
    if best < ENOUGH:
        return UNKNOWN
    is_sure = best >= 2 * runner_up
    matters = "say so if it is" if second in {"deals", "leads"} else "that changes nothing"
    which = first_few([repr(header[:40]) for header in _marking(headers, second)], _SHOWN)
    some = f"{which} may be" if which else "some columns are"
    doubt = "" if is_sure else f"; {some} of {NOUNS[second]}: {matters}"
    opening = "taken as" if is_sure else "probably"
    return RecognisedList(kind, _origin(headers), f"{opening} a list of {NOUNS[kind]}{doubt}")


def _marking(headers: Sequence[str], kind: str) -> Iterator[str]:
    """Yield the columns by which a list may be of a kind."""
    marks, fields = _MARKERS.get(kind, frozenset()), {*_FIELD_WEIGHTS.get(kind, {})}
    if kind in {"leads", "contacts"}:
        fields |= _OF_PEOPLE
    for header in headers:
        meaning, key = meaning_of(header), canonical(header)
        if key in marks or _is_own(key, kind) or (meaning and meaning.field in fields):
            yield header


def kind_to_import(kind: str) -> str:
    """Return the kind when it is one to import; refuse any other with what to do."""
    if not kind:
        raise InvalidValueError(
            "its columns do not tell what it is",
            "say --kind deals, --kind leads or --kind activities (of one of several files: FILE=KIND), and --map the columns",
        )
    if kind in {"deals", "leads"}:
        return kind
    cure = "export the deals"
    if kind in {"contacts", "companies", "activities"}:
        cure = "import it together with the deals: import deals.csv FILE"
    if kind in {"contacts", "companies"}:
        cure += "; or take every row as a lead with --kind leads"
    raise InvalidValueError(f"it is a list of {NOUNS[kind]}, not of deals", cure)


def sold_to(headers: Sequence[str], states: Iterable[str]) -> RecognisedList | None:
    """Return people or companies as leads where a column says how far the sale to each has come.

    ``states`` are its words. A list with more columns of an address book is one, whatever they say.
    """
    keys = {canonical(header) for header in headers}
    words = set(map(fold, states)) - {""}
    sale = [word for word in words - _OF_ADDRESS_BOOKS if stage_meaning(word)]
    marks = [len(_MARKERS[kind] & keys) for kind in ("contacts", "companies")]
    if max(marks) > 1 or not sale or len(sale) * 2 < len(words):
        return None
    return RecognisedList("leads", _origin(headers), "its states are those of a sale")


def _scores(headers: Sequence[str], repeated: Set[str]) -> dict[str, int]:
    keys = {canonical(header) for header in headers}
    fields = {meaning.field for header in headers if (meaning := meaning_of(header))}
    scores = dict.fromkeys(NOUNS, 0)
    for kind, weights in _FIELD_WEIGHTS.items():
        scores[kind] += sum(weight for field, weight in weights.items() if field in fields)
    for kind, markers in _MARKERS.items():
        scores[kind] += _MARKER_WEIGHTS.get(kind, 2) * len(markers & keys)
    scores["orders"] += 2 * sum(1 for key in keys if _ORDER_WORDS.search(key))
    logs = is_log(headers, repeated)
    own = "" if logs else _own_id_kind(headers)
    if own == "activities" and _is_board(headers, keys, fields):
        own, scores["activities"] = "deals", 0
    for kind, weight in _combinations(keys, fields, own):
        scores[kind] += weight
    scores["activities"] += 8 if logs else ENOUGH if _is_bare_log(headers) else 0
    for kind in () if logs else ("deals", "leads"):
        scores[kind] += 2 * min(3, sum(1 for key in keys if _is_own(key, kind)))
    if own:
        scores[own] += 4
    return scores


def _combinations(keys: set[str], fields: set[str], of_id: str) -> list[tuple[str, int]]:
    """Return the weights of columns that tell something only together; ``of_id`` is the kind of the first id."""
    reach = len(fields & {"email", "phone"})
    points = any((own := _OWN_ID.fullmatch(key)) and own["of"] in _POINTED_AT for key in keys)
    is_event = points and keys & _MARKERS["activities"] and not fields & _NAMED
    named = fields & {"contact", "first_name", "last_name", "job_title"} or "lead" in keys
    person = bool(named or ("name" in fields and reach))
    both = "deals" if keys & _DEAL_NAMES or of_id == "deals" else "leads"
    is_sale = fields & {"name", *_FIELD_WEIGHTS["deals"]}
    is_pursued = fields >= {"company", "status"} and fields & _PURSUED and not is_sale
    return [
        ("activities", 8 if is_event else 0),
        (both, 4 if {"name", "contact"} <= fields and reach else 0),
        ("leads", 3 if person and "status" in fields else 0),
        ("leads", 3 if is_pursued else 0),
        ("orders", 3 if keys >= {"cantidad", "preciounitario"} else 0),  # alone it may be an amount
        ("leads", 1 if person and "source" in fields else 0),
        ("leads", 1 if person and "company" in fields and reach else 0),
        ("deals", 2 if fields & {"name", "company"} and "value" in fields else 0),
        ("deals", 4 if "name" in fields and "value" in fields and fields & _ENDING else 0),
        ("leads", 3 if keys & {"prospect", "prospectname", "interessent"} else 0),
        ("deals", 1 if fields & {"name", "company"} and "stage" in fields else 0),
        ("contacts", (2 + reach) if person else reach),
        ("companies", 2 if "company" in fields and not person else 0),
        ("products", 2 if "product" in fields and len(keys) <= 4 else 0),
        ("people", 2 if "owner" in fields and len(keys) <= 4 else 0),
    ]


def _is_board(headers: Sequence[str], keys: set[str], fields: set[str]) -> bool:
    """Return whether tasks are sales: they point to no other record, and have a value or a name and a stage."""
    named = keys & {"taskname", "name"} and fields & {"stage", "status"}
    points = any(reference.of != "activity" for _, reference in pointing_places(headers))
    return not points and bool(named or "value" in fields)


def is_log(headers: Sequence[str], repeated: Set[str] = frozenset()) -> bool:
    """Return whether rows tell of a day, of a kind or an outcome, and of another record: what was done.

    The name of a deal is that of another where it is ``repeated``, or the columns tell of activities.
    """
    found = history_places(headers)
    pointing = pointing_places(headers)
    aside = {headers[place] for place in found.get("subject", ())} - _NAMES
    named_kinds = {canonical(headers[place]) for place in found.get("kind", ())} - _PLAIN_TYPES
    deals = {headers[place] for place, reference in pointing if reference.of == "deal"}
    if named_kinds or deals & repeated or found.keys() >= _WHOLE:
        aside |= deals
    if is_call := found.keys() >= {"direction", "seconds"}:
        aside |= {headers[place] for place, _ in pointing}
    said = {meaning.field for h in headers if h not in aside and (meaning := meaning_of(h))}
    references = [reference for _, reference in pointing]
    points = any(of.of in {"deal", "any", "who"} or of.by_id for of in references)
    # nothing else has a direction and a subject, so here the name of a person is enough
    points |= bool(references) and found.keys() >= {"when", "kind", "direction", "subject"}
    days = {"when", "due", "created"} if named_kinds or is_call else {"when", "due"}
    is_dated = bool(found.keys() & days)
    is_told = bool(found.keys() & {"kind", "outcome", "direction"})
    return points and is_dated and is_told and not said & _NOT_LOGGED


def _is_bare_log(headers: Sequence[str]) -> bool:
    """Return whether rows tell only of a day and a kind, by an id that others point to."""
    said = {meaning.field for header in headers if (meaning := meaning_of(header))}
    found = history_places(headers)
    return found.keys() >= {"id", "kind", "when"} and not said & (_NOT_LOGGED | _PURSUED)


def _is_own(key: str, kind: str) -> bool:
    """Return whether a column speaks of this kind by its first word; "lead source" is no lead."""
    return prefix_kind(key) == kind and not key.startswith(("leadsource", "leadname"))


def _own_id_kind(headers: Sequence[str]) -> str:
    """Return the kind of the first column that identifies a row; later ones point to other lists."""
    for header in headers:
        key = canonical(header)
        if key in {"id", "recordid", "hsobjectid"}:
            return ""
        if found := _OWN_ID.fullmatch(key):
            return _ID_KINDS[found["of"]]
    return ""


def _origin(headers: Sequence[str]) -> str:
    keys = {
        canonical(header).removeprefix("properties").removeprefix("property") for header in headers
    }
    name, marks = max(ORIGINS.items(), key=lambda item: len(item[1] & keys))
    return name if len(marks & keys) >= _ORIGIN_LEAST else ANY_LIST
