"""What the record advises and how contact went, as coloured text for every screen that shows it.

Nothing is told by colour alone: the word or the sign beside it says the same.
"""

from collections.abc import Container, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

from textual.content import Content

from review_board.judgement.argument_text import NOTHING, with_limit, without_repeats
from review_board.judgement.card_status import STAYS, place_words, tone_of, verdict_word
from review_board.judgement.contact_clocks import Clocks, Freshness, freshness
from review_board.judgement.contact_lines import (
    DEFERRAL,
    LABEL,
    QUOTE,
    SIGNAL,
    TOUCH,
    ContactLine,
    ContactLines,
)
from review_board.judgement.recommendation import Finding, Observation, Recommendation
from review_board.judgement.rule import Tone
from review_board.pipeline.vocabulary import Column
from review_board.settings.setting_groups import Thresholds
from review_board.tui.textfit import HANGING, fit, plain, plain_lines, wrapped
from review_board.wording import AGAINST, FOR

TONES: Final = {Tone.KEEP: "$success", Tone.ACT: "$warning", Tone.LET_GO: "$error"}
FRESHNESS: Final = {
    Freshness.FRESH: "$success",
    Freshness.AGEING: "$warning",
    Freshness.OLD: "$error",
}
TO_DO: Final = 6
"""Cells of the word before what is to be done: ``Ask``, ``Do``, ``When``."""
GAP: Final = 3
"""Cells between what stands beside each other."""
SIGNS: Final = {TOUCH: "$primary", QUOTE: "$primary", SIGNAL: "$success", DEFERRAL: "$warning"}


SIDES: Final = (("Reasons to keep", "bold $success"), ("Reasons to let go", "bold $error"))


def advice_colour(finding: Finding) -> str:
    """Return the colour of an advice: keep, ask or act, let go."""
    return TONES[tone_of(finding)]


def advice_label(finding: Finding, column: Column) -> Content:
    """Return `` PURGE  to Dropped``: the advice as a filled word, and where the prospect belongs."""
    word = verdict_word(finding, column)
    if word == STAYS:
        return stays_label(column)
    return _label(word, place_words(finding, column), advice_colour(finding))


def stays_label(column: "Column") -> Content:
    """Return `` STAYS  in Dropped``, in the colour of the column: nothing is to be let go."""
    return _label(STAYS, f"in {column.title}", f"$column-{column}")


def _label(word: str, place: str, colour: str) -> Content:
    return Content.assemble(
        (f" {word} ", f"bold $filled on {colour}"), (f" {place}", f"bold {colour}")
    )


def advice_band(finding: Finding, column: Column) -> Content:
    """Return `` PURGE  to Dropped   put off 7 times …``: the advice with its reason, on one line."""
    return Content.assemble(advice_label(finding, column), f"   {plain(finding.because.text)}")


def behind_label(label: str, text: str, width: int, cells: int = TO_DO) -> list[Content]:
    """Return a text broken between words behind a label of so many cells."""
    first, *more = wrapped(plain_lines(text).split("\n"), max(HANGING, width - cells))
    opening = Content.assemble((fit(label, cells), "$quiet"), first)
    return [opening, *(Content(" " * cells + line) for line in more)]


def reason_lines(reasons: Sequence[Observation], mark: str, *, full: bool) -> list[str]:
    """Return one side of the argument; ``full`` adds threshold and settings key to each line.

    Without that one silence is one line.
    """
    told = reasons if full else without_repeats(reasons)
    return [f"{mark} {with_limit(line) if full else line.text}" for line in told] or [NOTHING]


def sides(
    made: Recommendation,
    width: int,
    *,
    full: bool = False,
    rows: int | None = None,
    most: int | None = None,
    beside: bool = True,
) -> list[Content]:
    """Return the reasons of both sides, ``beside`` each other or one below the other.

    Either in at most so many ``rows`` with their titles, or at most ``most`` of a side, the weightiest.
    """
    told = (
        reason_lines(made.reasons_to_keep, FOR, full=full),
        reason_lines(made.reasons_to_let_go, AGAINST, full=full),
    )
    cells = split(*told, width) if beside else (width + 1, width + 1)
    left, right = (
        [
            _title(title, len(lines[most:]) if most else 0),
            *paragraph(lines[:most], room - 1, most=rows and rows - 1),
        ]
        for title, lines, room in zip(SIDES, told, cells, strict=True)
    )
    if not beside:
        return [*left, Content(), *right]
    return [
        one.pad_right(cells[0] - one.cell_length) + other
        for one, other in zip_longest(left, right, fillvalue=Content())
    ]


def _title(title: tuple[str, str], hidden: int) -> Content:
    return Content.assemble(title, (f"  {hidden} more on its page" if hidden else "", "$quiet"))


def paragraph(
    lines: Sequence[str], width: int, style: str = "", *, most: int | None = None
) -> list[Content]:
    """Return lines of text, broken between words; of more than ``most`` the last says how many are left out."""
    found = wrapped([plain(line) for line in lines], width, HANGING)
    if most is not None and len(found) > most:
        hidden = sum(bool(line) for line in found[most - 1 :])
        found[most - 1 :] = [f"… {hidden} more lines: i" if hidden > 1 else found[most - 1]]
    return [Content.styled(line, style) for line in found]


def split(left: Sequence[str], right: Sequence[str], width: int) -> tuple[int, int]:
    """Return the cells of both sides: as each needs, else so that they take the fewest lines."""
    needs, takes = (max((len(line) for line in lines), default=0) + GAP for lines in (left, right))
    half = width // 2
    if needs + takes <= width:
        first = max(needs, min(half, width - takes))
    else:
        reach = half // 6 * 2
        candidates = range(half - reach, half + reach + 1, 2)
        first = min(candidates, key=partial(_cost, left, right, width))
    return first, width - first


def _cost(left: Sequence[str], right: Sequence[str], width: int, first: int) -> tuple[int, int]:
    """Return the lines of the longer side where the left one is so wide, and how uneven they are."""
    cells = ((left, first), (right, width - first))
    rows = max(len(wrapped(lines, room - 1, HANGING)) for lines, room in cells)
    return rows, abs(2 * first - width)


def turns_shown(text: str, width: int) -> Content:
    """Return what turns the advice, the words before it dim."""
    begins = text.find(" if ") + len(" if ")
    broken = Content("\n".join(wrapped([plain(text)], width, HANGING)))
    return broken.stylize("$quiet", 0, begins if begins >= len(" if ") else None)


def contact_picture(lines: ContactLines, limits: Thresholds) -> Content:
    """Return the months and both lines of contact, their signs and the buyer's age in colour."""
    rows = [Content.styled(row, "$quiet") for row in lines.heading()]
    theirs = FRESHNESS[freshness(lines.them.days, limits)]
    return Content("\n").join([*rows, _line(lines.us, "$quiet"), _line(lines.them, theirs)])


def _line(line: ContactLine, age: str) -> Content:
    head, tail = (f"{line.who:<{LABEL}}", "  ") if line.cells else (f"{line.who} ", "")
    signs = ((sign, SIGNS.get(sign, "$rule")) for sign in line.cells)
    return Content.assemble((head, "$quiet"), *signs, tail, (line.age, age))


def clocks_shown(clocks: Clocks, signal_days: int | None, limits: Thresholds, room: int) -> Content:
    """Return ``us 84d them 86d``, the buyer's in the colour of its freshness; ours goes first."""
    us, them = clocks.fitting(room)
    styled = ((us, "$quiet"), (them, FRESHNESS[freshness(signal_days, limits)]))
    return Content(" ").join(Content.styled(*part) for part in styled if part[0])


def stacked(blocks: Mapping[str, Sequence[Content]], spaced: Container[str]) -> list[Content]:
    """Return the lines of all blocks, with an empty one behind each of the ``spaced``."""
    return [
        line
        for name, block in blocks.items()
        if block
        for line in [*block, *([Content()] if name in spaced else [])]
    ]
