"""What a row says about the stage of its deal: by its flags, its words, and its days."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from review_board.errors import InvalidValueError
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.text import fold

_FIXED_WORDS = {
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


@dataclass(frozen=True, slots=True)
class StageEvidence:
    """What a row says about the stage of its deal; absent columns are ``None`` or empty."""

    stage: str = ""
    status: str = ""
    is_won: bool | None = None
    is_lost: bool | None = None
    is_closed: bool | None = None
    is_archived: bool = False
    has_won_day: bool = False
    has_lost_day: bool = False
    has_lost_reason: bool = False
    probability: Decimal | None = None


def words_of_source(origin: str, words: Iterable[str]) -> dict[str, StageMeaning]:
    """Return what stages mean in a list from there, with these words, and nowhere else."""
    bare = {word: _NUMBER_BEFORE.sub("", fold(word)) for word in words}
    has_phases = not _PHASES.isdisjoint(bare.values())
    closing = [word for word, plain in bare.items() if plain == "close" and has_phases]
    return _FIXED_WORDS.get(origin, {}) | dict.fromkeys(closing, StageMeaning.OPEN)


def row_meaning(
    row: StageEvidence, said: Callable[[str], StageMeaning | None] = stage_meaning
) -> StageMeaning:
    """Return what a row means: by its flags, its status, its stage, then its days won or lost.

    Words that are not known count as open. What was given up (no chance left and a reason why) is
    lost, and what was put into the archive without that is retired. A status of open holds against a
    stage that sounds like an end. ``InvalidValueError`` when it is
    closed, but nothing says how. ``said`` tells what a word means.
    """
    meanings = [said(word) for word in (row.status, row.stage) if word]
    ended = _meaning_of_flags(row) or (
        None
        if row.is_closed is False or _OPEN.fullmatch(fold(row.status))
        else _end_meaning(row, meanings)
    )
    if ended:
        return ended
    if row.is_closed is not False and row.has_lost_reason and row.probability == 0:
        return StageMeaning.LOST
    if row.is_archived:
        return StageMeaning.LOST if row.has_lost_reason else StageMeaning.RETIRED
    parked = (
        meaning for meaning in (StageMeaning.CALLBACK, StageMeaning.NURTURE) if meaning in meanings
    )
    return next(parked, StageMeaning.OPEN)


def _end_meaning(row: StageEvidence, meanings: list[StageMeaning | None]) -> StageMeaning | None:
    if ended := next((meaning for meaning in meanings if meaning in _ENDS), None):
        return ended
    if by_days := _meaning_of_days(row, meanings):
        return by_days
    return _closed_meaning(row) if row.is_closed or StageMeaning.CLOSED in meanings else None


def _meaning_of_flags(row: StageEvidence) -> StageMeaning | None:
    if row.is_won:
        return StageMeaning.WON
    if row.is_lost or (row.is_closed and row.is_won is False):
        return StageMeaning.LOST
    return None


def _meaning_of_days(
    row: StageEvidence, meanings: list[StageMeaning | None]
) -> StageMeaning | None:
    """Decide by the days of winning and losing, unless a known word says that it is open."""
    still_open = any(meaning not in {None, StageMeaning.CLOSED} for meaning in meanings)
    if still_open or not (row.has_won_day or row.has_lost_day):
        return None
    if row.has_won_day and row.has_lost_day:
        raise InvalidValueError("it is both won and lost")
    return StageMeaning.WON if row.has_won_day else StageMeaning.LOST


def _closed_meaning(row: StageEvidence) -> StageMeaning:
    if row.has_lost_reason or row.probability == 0:
        return StageMeaning.LOST
    if row.probability == 1:
        return StageMeaning.WON
    words = row.status or row.stage
    raise InvalidValueError(f"it is closed ({words[:40]}), but nothing says whether won or lost")


def is_unknown(
    row: StageEvidence, said: Callable[[str], StageMeaning | None] = stage_meaning
) -> bool:
    """Return whether the row has a stage or status, and none that is known here."""
    words = [word for word in (row.status, row.stage) if word]
    return bool(words) and all(said(word) is None for word in words)


def telling_word(
    row: StageEvidence,
    meaning: StageMeaning,
    said: Callable[[str], StageMeaning | None] = stage_meaning,
) -> str:
    """Return the word that a row's meaning is shown by: its stage, unless only the status says how it ended."""
    by_status = meaning in _ENDS and row.status and said(row.status) is meaning
    if by_status and said(row.stage) is not meaning:
        return row.status
    return row.stage or row.status


_VALUES = (
    "stage", "status", "is_won", "is_lost", "is_closed", "is_archived", "is_active", "probability",
)  # fmt: skip


def evidence_key(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what two rows have in common that say the same about the stage of their deals."""
    return (*map(row.get, _VALUES), "won_on" in row, "lost_on" in row, "lost_reason" in row)


def evidence_of(row: Mapping[str, Any]) -> StageEvidence:
    """Gather what the values of a row say about the stage of its deal."""
    return StageEvidence(
        stage=row.get("stage", ""),
        status=row.get("status", ""),
        is_won=row.get("is_won"),
        is_lost=row.get("is_lost"),
        is_closed=row.get("is_closed"),
        is_archived=row.get("is_archived", False) or row.get("is_active") is False,
        has_won_day="won_on" in row,
        has_lost_day="lost_on" in row,
        has_lost_reason="lost_reason" in row,
        probability=row.get("probability"),
    )
