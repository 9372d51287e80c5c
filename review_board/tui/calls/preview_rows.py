"""What the after-call line's dialog says: the preview of a line, and how lines are written."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import repeat, zip_longest

from review_board.board.index import Entry
from review_board.calls.recorder import EntryPreview
from review_board.calls.tokens import LineError, MissingOutcomeError
from review_board.errors import ReviewBoardError
from review_board.textlayout import cells
from review_board.tui.textfit import clip, wrapped

ROWS = 5
"""Rows of a preview: always as many, so that nothing moves while one types."""

OUTCOMES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("na", "no answer"),
        ("vm", "voicemail"),
        ("gk", "gatekeeper"),
        ("em", "email sent"),
        ("last", "last email"),
        ("mail", "mailing"),
    ),
    (
        ("talk", "no progress"),
        ("talk+", "progress"),
        ("in", "they called"),
        ("mtg", "met"),
        ("quote", "quote sent"),
        ("won", "bought"),
    ),
    (
        ("cb", "call later"),
        ("hostile", "ultimatum"),
        ("complaint", ""),
        ("dnc", "never call"),
        ("ooo", "auto reply"),
    ),
)
"""The outcomes with what they mean: our attempts, what came of talking, what speaks against it."""
CODE = (4, 5, 7)
"""Cells for the codes of each group; what is longer than that explains itself."""
ANSWER, AMOUNT = "", "24k"
"""Where an answer stands among the parts, and an amount: what is asked and the currency say how they are written."""
PARTS = (
    (">demo fri", "next step"),
    ('"left word"', "note"),
    (AMOUNT, "amount"),
    ("cb 18jan because:budget", ""),
    (ANSWER, "answer"),
    ("@mon", "earlier day"),
    ("with:Kim", ""),
    ("+Kim:champion", ""),
)
"""What may follow the outcome, in any order."""


class RowStyle(StrEnum):
    """How a row of the preview looks."""

    WHOM = "bold"
    STORED = ""
    TURN = "$accent"
    QUIET = "$quiet"
    LOUD = "bold $error"
    CODE = "$accent"


Piece = tuple[str, RowStyle]
"""A text, and how it looks."""
THEN = "then "
BECOMES = "  becomes  "
"""What stands in a turn between the two recommendations."""


def preview_rows(
    preview: EntryPreview, label: Callable[[Entry], str], width: int, *, loud: bool
) -> list[Piece]:
    """Return the preview in at most ``ROWS`` rows; an error is ``loud`` once enter was pressed."""
    rows = [*_whom_rows(preview, label, width)]
    if preview.error:
        style = RowStyle.LOUD if loud else RowStyle.QUIET
        rows += _rows(_error_words(preview.error, loud=loud), style, width, ROWS - len(rows))
        return rows
    asides = {
        "enter asks what will have changed by then": preview.asks,
        "your note counts as what will have changed by then": preview.note_tells_change,
        "your own plan alone? write ours behind its day": preview.step_seems_agreed,
    }
    told = [(clip(words, width), RowStyle.TURN) for words, holds in asides.items() if holds]
    room = ROWS - len(rows) - len(told)
    stored = min(2, room - (2 if BECOMES in preview.turn else 1))
    rows += [*_rows(preview.words, RowStyle.STORED, width, stored), *told]
    return rows + _turn_rows(preview.turn, width, ROWS - len(rows))


def _whom_rows(preview: EntryPreview, label: Callable[[Entry], str], width: int) -> Iterator[Piece]:
    """Yield who is meant; of several as many as there is room for."""
    if preview.one:
        yield clip(label(preview.one), width), RowStyle.WHOM
    elif preview.whom and preview.error:
        names = " · ".join(entry.name for entry in preview.whom[:ROWS])
        yield clip(f"Any of {len(preview.whom):,}: {names}", width), RowStyle.WHOM
    elif preview.whom:
        yield clip(f"Any of {len(preview.whom):,}: enter asks which", width), RowStyle.WHOM
        room = ROWS - 1
        shown = preview.whom if len(preview.whom) <= room else preview.whom[: room - 1]
        for entry in shown:
            yield clip(f"  {label(entry)}", width), RowStyle.STORED
        if len(shown) < len(preview.whom):
            yield f"  and {len(preview.whom) - len(shown):,} more", RowStyle.QUIET


def _turn_rows(turn: str, width: int, most: int) -> list[Piece]:
    """Return the turn; where it has no room in a row, what it becomes has its own, with its reason alone."""
    old, becomes, new = turn.partition(BECOMES)
    if becomes and cells(turn) > width:
        was = _rows(old.partition(": ")[0], RowStyle.TURN, width, most - 1)
        return [*was, *_rows(f"{BECOMES.lstrip()}{new}", RowStyle.TURN, width, most - len(was))]
    return _rows(turn, RowStyle.TURN, width, most)


def _rows(text: str, look: RowStyle, width: int, most: int) -> list[Piece]:
    """Return a text in at most so many rows, the last one with an ellipsis when there would be more."""
    if not text or most < 1:
        return []
    lines = wrapped([text], width)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [(clip(line, width), look) for line in lines]


def _error_words(error: ReviewBoardError, *, loud: bool) -> str:
    """Return what is wrong; the codes of the outcomes stand below the line already."""
    said = error.in_short if isinstance(error, MissingOutcomeError) else str(error)
    return f"✗ {said}" if loud else said


def mark_under(line: str, error: ReviewBoardError | None, scrolled: int, width: int) -> str:
    """Return ``^^^`` to put under the word that an error points at, in a field ``scrolled`` to the left so far."""
    if not isinstance(error, LineError) or not line.strip():
        return ""
    start = cells(line[: error.start]) - scrolled
    end = max(start + 1, cells(line[: error.end]) - scrolled)
    start, end = max(0, start), min(width, end)
    return " " * start + "^" * (end - start) if start < end else ""


def reminder(width: int, answer: str, sign: str) -> list[list[Piece]]:
    """Return how a line is written: the outcomes in groups side by side, then the parts.

    ``answer`` is one to a question that is asked, ``sign`` stands before an amount.
    """
    sizes = [
        max(map(_size, group, repeat(code))) for group, code in zip(OUTCOMES, CODE, strict=True)
    ]
    gap = max(2, min(4, (width - sum(sizes)) // (len(sizes) - 1)))
    table = zip_longest(*OUTCOMES, fillvalue=("", ""))
    return [_beside(row, [size + gap for size in sizes]) for row in table] + _packed(
        width, answer, sign
    )


def _size(outcome: tuple[str, str], code: int) -> int:
    name, meaning = outcome
    return max(code, cells(name)) + 1 + cells(meaning) if meaning else cells(name)


def _beside(row: Sequence[tuple[str, str]], sizes: Sequence[int]) -> list[Piece]:
    """Return a row with one outcome of each group."""
    pieces: list[Piece] = []
    for (name, meaning), code, size in zip(row, CODE, sizes, strict=True):
        written = f"{name:<{code}} "
        pieces += [(written, RowStyle.CODE), (f"{meaning:<{size - len(written)}}", RowStyle.QUIET)]
    return pieces


def _packed(width: int, answer: str, sign: str) -> list[list[Piece]]:
    """Return the parts beside each other, each of them whole."""
    rows, taken = [[(THEN, RowStyle.QUIET)]], len(THEN)
    for written, meaning in PARTS:
        name = {ANSWER: answer, AMOUNT: f"{sign}{AMOUNT}"}.get(written, written)
        said = f" {meaning}  " if meaning else "  "
        if taken + len(f"{name}{said}".rstrip()) > width and taken > len(THEN):
            rows.append([(" " * len(THEN), RowStyle.QUIET)])
            taken = len(THEN)
        rows[-1] += [(name, RowStyle.CODE), (said, RowStyle.QUIET)]
        taken += len(name) + len(said)
    return rows
