"""What a look at a list asks: what a column or a word is, who a row is, whose side counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_board.exchange.header_words import field_words
from review_board.exchange.import_result import StateUse
from review_board.imports.identity import NearMatch
from review_board.imports.plan_sections import AS_FOUND, MEANING_WORDS, WHOLES
from review_board.imports.three_way import FieldChange
from review_board.imports.updating import Update
from review_board.pipeline.stages import StageMeaning
from review_board.tui.textfit import clip, plain

_FIELDS = {
    "name": "n", "company": "c", "contact": "p", "first_name": "1", "last_name": "2", "job_title": "3",
    "email": "e", "phone": "h", "dial_code": "D", "value": "v", "currency": "u", "probability": "r",
    "stage": "s", "status": "w", "pipeline": "P", "owner": "o", "created": "d", "close_date": "b",
    "won_on": "W", "lost_on": "L", "lost_reason": "y", "is_won": "4", "is_lost": "5", "is_closed": "6",
    "is_active": "7", "is_archived": "8", "is_deleted": "9", "is_converted": "V",
    "last_activity": "l", "contacted": "j", "called": "C", "emailed": "E", "replied": "R", "met": "M",
    "quote_sent": "Q", "times_contacted": "q", "next_activity": "a", "next_step": "f",
    "source": "g", "product": "k", "tags": "t", "note": "m", "locations": "z", "hours": "H", "hours_spent": "S",
    "do_not_contact": "x", "do_not_call": "N", "do_not_email": "X", "id": "i",
}  # fmt: skip
_MEANINGS = (
    StageMeaning.OPEN, StageMeaning.QUOTE, StageMeaning.CALLBACK, StageMeaning.NURTURE, StageMeaning.LOST,
    StageMeaning.WON, StageMeaning.RETIRED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A title, the values that may be chosen, a letter for each, what each is called; and more to know."""

    title: str
    values: tuple[str, ...]
    letters: str
    labels: tuple[str, ...]
    text: str = ""


_WHOLE_LETTERS = {"kind": "dla0", "dates": "dm0", "decimal": "tm0", "shared_sign": "sndibv0"}


def whole_question(name: str) -> ListQuestion:
    """Return a question about a list as a whole."""
    _, title, labels = WHOLES[name]
    return ListQuestion(title, tuple(labels), _WHOLE_LETTERS[name], tuple(labels.values()))


def _short_words(field: str) -> str:
    """Return what a seller calls a field, so short that three stand side by side."""
    return field_words(field).partition(" (")[0].removesuffix(" that day")


def column_question(header: str) -> ListQuestion:
    """Return the question what a column is."""
    return ListQuestion(
        f"What is the column {clip(header, 40)}?",
        (*_FIELDS, "", AS_FOUND),
        f"{''.join(_FIELDS.values())}-0",
        (*map(_short_words, _FIELDS), "not used", AS_FOUND),
    )


def word_question(use: StateUse) -> ListQuestion:
    """Return the question what a stage word means."""
    return ListQuestion(
        f"What does {clip(use.word, 40)} mean?",
        (*(meaning.name for meaning in _MEANINGS), AS_FOUND),
        "aqcndwx0",
        (*(MEANING_WORDS[meaning] for meaning in _MEANINGS), AS_FOUND),
    )


_SHEET_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sheet_question(sheets: Sequence[str]) -> ListQuestion:
    """Return the question which sheet of a workbook is the list; the first ones can be chosen."""
    offered = tuple(sheets[: len(_SHEET_LETTERS)])
    return ListQuestion(
        "Which sheet is the list?",
        (*offered, ""),
        f"{_SHEET_LETTERS[: len(offered)]}0",
        (*(clip(plain(name), 40) for name in offered), AS_FOUND),
    )


def near_question(one: NearMatch, more: int) -> ListQuestion:
    """Return the question whether a row is on record; with ``more`` such rows all may be answered."""
    rest = ("rest",) if more else ()
    return ListQuestion(
        f"{clip(plain(one.row_name), 40)}: new, or here already?",
        ("same", "new", *rest),
        "snr"[: 2 + len(rest)],
        (
            f"the same as {clip(plain(one.name), 40)}",
            "new",
            *(["all the rest are new"] * bool(rest)),
        ),
        f"Here is {plain(one.name)}: {', '.join(one.why)}.",
    )


def side_question(update: Update, field: FieldChange, more: int) -> ListQuestion:
    """Return the question which side of a field counts; with ``more`` of them all may be answered."""
    several = 4 if more else 2
    labels = ("as in the list", "as here", "all as in the list", "all as here")
    return ListQuestion(
        f"{clip(plain(update.name), 40)}: {field.label}",
        ("there", "here", "theirs", "ours")[:several],
        "lhab"[:several],
        labels[:several],
        f"Here: {plain(field.ours) or 'nothing'}. "
        f"In the list: {plain(field.theirs) or 'nothing'}. Which of them counts?",
    )
