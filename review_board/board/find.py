"""WHO: finding one prospect by its id or by what a person remembers of its name or its people."""

import difflib
from collections.abc import Callable, Iterator

from review_board.board.board import Board
from review_board.board.index import Entry
from review_board.errors import RefusedError
from review_board.pipeline.dates import iso_day, short_day
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.text import clean, each_begins, fold, has_words, spellings, typed_words

SHOWN = 8
LEAST_OF_ID = 4
LISTED = "see review-board list"


class AmbiguousError(RefusedError):
    """Several prospects may be meant; ``details`` are lines that tell them apart."""

    def __init__(self, board: Board, who: str, entries: list[Entry]) -> None:
        message = f"{clean(who)[:60]!r} may be any of {len(entries):,}"
        alike = len({fold(entry.name) for entry in entries}) == 1
        super().__init__(message, "use its id" if alike else "write more of the name, or its id")
        self.details = tuple(
            "  " + "  ".join(filter(None, (e.id, label(board, e), found_by(e, who))))
            for e in entries[:SHOWN]
        )
        if len(entries) > SHOWN:
            self.details += (f"  and {len(entries) - SHOWN:,} more",)


def find(board: Board, who: str) -> str:
    """Return the id of the prospect that is meant; refuses several and none, and says which are near."""
    if board.document(who) is not None:
        return who
    found = candidates(board, who)
    if not found:
        raise nobody(board, who)
    if len(found) > 1:
        raise AmbiguousError(board, who, found)
    return found[0].id


def candidates(board: Board, who: str) -> list[Entry]:
    """Return those who may be meant, the most valuable first."""
    if board.document(who) is not None and (entry := board.entry(who)):
        return [entry]
    if not fold(clean(who)):
        return []
    found = next((found for found in _tiers(board, who) if found), [])
    return sorted(found, key=lambda entry: entry.rank)


def nobody(board: Board, who: str, cure: str = LISTED, *, near: bool = True) -> RefusedError:
    """Return that nobody is called so, and who is ``near``: of thousands a moment's search.

    ``cure`` says what to do where nobody is near.
    """
    if not fold(clean(who)):
        return RefusedError("Whom do you mean", "write a part of the name, or the id")
    if near:
        cure = _nearest(list(board.index.entries.values()), fold(clean(who))) or cure
    return RefusedError(f"Nobody is called {clean(who)[:60]!r}", cure)


def _tiers(board: Board, who: str) -> Iterator[list[Entry]]:
    """Yield who may be meant, from the surest way of telling to the vaguest."""
    typed = clean(who)
    candidates, ways = board.search(typed_words(typed)), spellings(typed)
    for fits in _WAYS:
        yield [entry for entry in candidates if any(fits(entry, wanted) for wanted in ways)]
    if len(who) >= LEAST_OF_ID:
        yield [e for i, e in board.index.entries.items() if i.startswith(who)]


def label(board: Board, entry: Entry) -> str:
    """Return ``Acme (Acme Ltd), Active, $5,000, closes 1 Dec, ann``."""
    company = f" ({entry.company})" if entry.company and entry.company != entry.name else ""
    return ", ".join([f"{entry.name}{company}", *facts(board, entry)])


def facts(board: Board, entry: Entry) -> list[str]:
    """Return where it stands, and what else tells it from others: value, close date, owner."""
    parts = [entry.column.title if entry.column else "Won"]
    if entry.amount is not None:
        parts.append(long_money(Money(amount=entry.amount, currency=entry.currency)))
    if day := (board.document(entry.id) or {}).get("close_date"):
        parts.append(f"closes {short_day(iso_day(day), board.today.day)}")
    return [*parts, entry.owner] if entry.owner else parts


def found_by(entry: Entry, typed: str) -> str:
    """Return where the words were found that name and company do not hold: a person, stage or tag."""
    seen = "\n".join(spellings(f"{entry.name} {entry.company} {entry.owner}"))
    words = tuple(word for word in typed_words(typed) if not has_words(seen, (word,)))
    if not words:
        return ""
    texts = [(f"{p.name} {p.phone or p.email}".strip(), p.searched) for p in entry.people]
    texts += [(said, said) for said in (entry.stage, *entry.tags)]
    return next(
        (
            said
            for said, text in texts
            if any(has_words("\n".join(spellings(text)), (w,)) for w in words)
        ),
        "",
    )


def _nearest(entries: list[Entry], wanted: str) -> str:
    if not entries:
        return "the pipeline is empty: add a prospect or import a list"
    names = {fold(said): said for e in entries for said in (e.company, e.name) if said}
    whole = [names[name] for name in difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)]
    near = list(dict.fromkeys([*_nearest_words(names, wanted), *whole]))[:3]
    return f"did you mean {' or '.join(near)}?" if near else ""


def _nearest_words(names: dict[str, str], wanted: str) -> list[str]:
    """Return the names in which as many words as were typed are nearly those."""
    count, holders = len(wanted.split()), dict[str, list[str]]()
    for folded, name in names.items():
        words = folded.split()
        for place in range(len(words) - count + 1):
            holders.setdefault(" ".join(words[place : place + count]), []).append(name)
    near = difflib.get_close_matches(wanted, holders, n=3, cutoff=0.75)
    return [name for words in near for name in holders[words]]


def _begins_words(entry: Entry, wanted: str) -> bool:
    """Return whether every word that was typed begins a word of the name or the company."""
    said = spellings(f"{entry.name} {entry.company}")
    return each_begins(wanted.split(), " ".join(said).split())


def _holds(entry: Entry, wanted: str) -> bool:
    return any(wanted in text for said in (entry.name, entry.company) for text in spellings(said))


def _is_of_a_person(entry: Entry, wanted: str) -> bool:
    """Return whether each word that was typed begins a name, an email or a number of one person."""
    return any(each_begins(wanted.split(), person.split()) for person in _people(entry))


def _has_in_a_person(entry: Entry, wanted: str) -> bool:
    """Return whether one person has all that was typed: a part of an email, the end of a number."""
    words = typed_words(wanted)
    return any(has_words(person, words) for person in _people(entry))


def _people(entry: Entry) -> Iterator[str]:
    return ("\n".join(spellings(person.searched)) for person in entry.people)


_WAYS: tuple[Callable[[Entry, str], bool], ...] = (
    lambda entry, wanted: wanted in spellings(entry.name),
    lambda entry, wanted: wanted in spellings(entry.company),
    _begins_words,
    _holds,
    _is_of_a_person,
    _has_in_a_person,
)
"""By name and company, then by their people; the first way that finds anybody decides."""
