"""What a row says about the stage of its deal: by its flags, its words, and its days."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from review_board.errors import InvalidValueError
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.text import fold

Row = Mapping[str, Any]
"""The values of a row; a column that says nothing is absent."""
Said = Callable[[str], StageMeaning | None]
"""Tells what a word means."""
_FIXED_WORDS = {
    "ERPNext": {"Converted": StageMeaning.WON},
    "amoCRM": {"142": StageMeaning.WON, "143": StageMeaning.LOST},
    "Bitrix": {"S": StageMeaning.WON, "F": StageMeaning.LOST, "P": StageMeaning.OPEN},
}
"""Stages that have the same number with every customer of a program."""
_PHASES = frozenset(("qualify", "develop", "propose"))
"""The phases of a sale in Dynamics before the last, which is to close it."""
_NUMBER_BEFORE = re.compile(r"^\d+[\s.)-]*")

_OPEN = re.compile(
    r"open|offen|abiert[oa]|ouverte?|(em )?abert[oa]|apert[oa]|открыт[оа]?|đang mo|in progress|en cours|en curso|"
    r"em andamento|in corso|in bearbeitung|lopend|в работе"
)
_ENDS = (StageMeaning.WON, StageMeaning.LOST, StageMeaning.RETIRED)
_DAYS = (("won_on", StageMeaning.WON), ("lost_on", StageMeaning.LOST))


def words_of_source(origin: str, words: Iterable[str]) -> dict[str, StageMeaning]:
    """Return what stages mean in a list from there, with these words, and nowhere else."""
    bare = {word: _NUMBER_BEFORE.sub("", fold(word)) for word in words}
    has_phases = not _PHASES.isdisjoint(bare.values())
    closing = [word for word, plain in bare.items() if plain == "close" and has_phases]
    return _FIXED_WORDS.get(origin, {}) | dict.fromkeys(closing, StageMeaning.OPEN)


def row_meaning(row: Row, said: Said = stage_meaning) -> StageMeaning:
    """Return what a row means: by its flags, its status, its stage, then its days won or lost.

    Words that are not known count as open. What was given up (no chance left and a reason why) is
    lost, and what was put into the archive without that is retired. A status of open holds against a
    stage that sounds like an end. ``InvalidValueError`` when it is
    closed, but nothing says how. ``said`` tells what a word means.
    """
    meanings = [*map(said, _words(row))]
    is_open = row.get("is_closed") is False
    ended = _meaning_of_flags(row) or (
        None
        if is_open or _OPEN.fullmatch(fold(row.get("status", "")))
        else _end_meaning(row, meanings)
    )
    if ended:
        return ended
    if not is_open and "lost_reason" in row and row.get("probability") == 0:
        return StageMeaning.LOST
    if row.get("is_archived") or row.get("is_active") is False:
        return StageMeaning.LOST if "lost_reason" in row else StageMeaning.RETIRED
    parked = (StageMeaning.CALLBACK, StageMeaning.NURTURE, StageMeaning.QUOTE)
    return next((meaning for meaning in parked if meaning in meanings), StageMeaning.OPEN)


def _words(row: Row) -> list[str]:
    """Return the words for its status and its stage, as far as it has any."""
    return [word for word in (row.get("status"), row.get("stage")) if word]


def _end_meaning(row: Row, meanings: list[StageMeaning | None]) -> StageMeaning | None:
    if ended := next((meaning for meaning in meanings if meaning in _ENDS), None):
        return ended
    if by_days := _meaning_of_days(row, meanings):
        return by_days
    is_closed = row.get("is_closed") or StageMeaning.CLOSED in meanings
    return _closed_meaning(row) if is_closed else None


def _meaning_of_flags(row: Row) -> StageMeaning | None:
    is_won = row.get("is_won")
    if is_won:
        return StageMeaning.WON
    if row.get("is_lost") or (row.get("is_closed") and is_won is False):
        return StageMeaning.LOST
    return None


def _meaning_of_days(row: Row, meanings: list[StageMeaning | None]) -> StageMeaning | None:
    """Decide by the days of winning and losing, unless a known word says that it is open."""
    still_open = any(meaning not in {None, StageMeaning.CLOSED} for meaning in meanings)
    ended = [end for day, end in _DAYS if day in row]
    if still_open or not ended:
        return None
    if len(ended) > 1:
        raise InvalidValueError("it is both won and lost")
    return ended[0]


def _closed_meaning(row: Row) -> StageMeaning:
    if "lost_reason" in row or row.get("probability") == 0:
        return StageMeaning.LOST
    if row.get("probability") == 1:
        return StageMeaning.WON
    word = next(iter(_words(row)), "")
    raise InvalidValueError(f"it is closed ({word[:40]}), but nothing says whether won or lost")


def is_unknown(row: Row, said: Said = stage_meaning) -> bool:
    """Return whether the row has a stage or status, and none that is known here."""
    words = _words(row)
    return bool(words) and all(said(word) is None for word in words)


def telling_word(row: Row, meaning: StageMeaning, said: Said = stage_meaning) -> str:
    """Return the word that a row's meaning is shown by: its stage, unless only the status says how it ended."""
    status: str = row.get("status", "")
    stage: str = row.get("stage", "")
    by_status = meaning in _ENDS and status and said(status) is meaning
    return status if by_status and said(stage) is not meaning else stage or status


_VALUES = (
    "stage", "status", "is_won", "is_lost", "is_closed", "is_archived", "is_active", "probability",
)  # fmt: skip


def evidence_key(row: Row) -> tuple[object, ...]:
    """Return what two rows have in common that say the same about the stage of their deals."""
    return (*map(row.get, _VALUES), "won_on" in row, "lost_on" in row, "lost_reason" in row)
