"""The blocks of a review card as coloured text: who it is, the advice, both sides, questions, their words.

Nothing here is told by colour alone: a word or a sign beside it says the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from review_board.judgement.argument_text import LEAVE_IT, PlainArgument
from review_board.judgement.contact_lines import DEFERRAL, SIGNAL
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.timeline import SIGNALS, is_response
from review_board.judgement.whom_to_call import way_to_reach
from review_board.pipeline.company_names import company_beside
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.money import long_money
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.tui.advice_view import SIGNS, advice_label, behind_label, stays_label
from review_board.tui.board.cards import colour_of
from review_board.tui.review.card_text import AskedQuestion, question_text
from review_board.tui.textfit import clip, plain, wrapped

LABEL = 6
"""Cells of the word before a line: ``Ask``, ``Do``, ``Next``."""
MARK = 2
"""Cells of the mark before a reason; what is wrapped hangs behind it."""
GAP = 3
MOST_WORDS = 12
"""Sentences that are shown at most, the latest first."""


def lines_of(lines: Sequence[Content | str]) -> Content:
    """Return lines one below the other; text is shown literally."""
    return Content("\n").join(
        Content(plain(line)) if isinstance(line, str) else line for line in lines
    )


def ends(left: Content, right: Content, width: int) -> Content:
    """Return two texts at both ends of a line; the right one goes where there is no room for it."""
    blank = width - left.cell_length - right.cell_length
    if blank < GAP:
        return left
    return Content.assemble(left, " " * blank, right)


# Who it is


def who_it_is(
    e: Evidence, made: Recommendation, width: int, before: str = "", told: str = ""
) -> Content:
    """Return the two lines of who it is: the head, and below it what was decided ``before`` or more facts.

    Whom to call is left out where the advice has ``told`` it.
    Whom to call stands at the right, in the second line where the name and it do not fit beside
    each other.
    """
    line, whom = head(e, made, width, told)
    room = width - (whom.cell_length + GAP if whom else 0)
    words, colour = (before, "$warning") if before else (more_facts(e), "$quiet")
    more = Content.styled(clip(words, room), colour) if words else Content()
    return lines_of([line, ends(more, whom, width)])


class Head(NamedTuple):
    """The first line of a card, and whom to call where that found no room in it."""

    line: Content
    whom: Content


def head(e: Evidence, made: Recommendation, width: int, told: str = "") -> Head:
    """Return name, value, chance, column, owner and since when; at the right whom to call.

    Where there is no room, since when goes first, then the owner, the chance, whom to call, the column:
    the name stays.
    """
    name = plain(e.prospect.name)
    way = way_to_reach(e, made.finding)
    is_news = way is not None and way.words not in told
    whom, below = Content(plain(way.words)) if way and is_news else Content(), Content()
    facts = [*_facts(e)]
    for gone in ("", "since", "owner", "chance", "whom", "column"):
        facts = [fact for fact in facts if fact.name != gone]
        if gone == "whom":
            whom, below = below, whom
        tail = Content("").join(Content.styled(f"  {f.words}", f.style) for f in facts)
        room = width - tail.cell_length - (whom.cell_length + GAP if whom else 0)
        if cell_len(name) <= room:
            break
    called = Content.styled(clip(name, max(5, room)), "bold")
    return Head(ends(Content.assemble(called, tail), whom, width), below)


class _Fact(NamedTuple):
    name: str
    words: str
    style: str


def _facts(e: Evidence) -> Iterator[_Fact]:
    prospect = e.prospect
    many = f" × {prospect.locations:,} sites" if prospect.has_many_locations else ""
    value = f"{long_money(prospect.value)}{many}" if prospect.value else "no value"
    yield _Fact("value", value, "" if prospect.value else "$quiet")
    yield _Fact("chance", e.chance, "$quiet")
    yield _Fact("column", prospect.column.title, f"$column-{colour_of(prospect.column)}")
    if prospect.owner:
        yield _Fact("owner", plain(prospect.owner), "$quiet")
    if prospect.created:
        day = short_day(e.today.day_of(prospect.created), e.today.day)
        yield _Fact("since", f"since {day}", "$quiet")


def more_facts(e: Evidence) -> str:
    """Return what else there is to say of who it is, mostly nothing: its company, its sites."""
    prospect, parts = e.prospect, []
    if beside := company_beside(prospect.name, prospect.company):
        parts.append(beside)
    if prospect.has_many_locations and prospect.potential:
        sites = f"{prospect.locations} sites, {long_money(prospect.potential)} with all of them"
        parts.append(sites)
    return " · ".join(parts)


# The advice


class Band(NamedTuple):
    """The two lines of the band, and whether what to do next is among them."""

    text: Content
    says_what_to_do: bool


def band(made: Recommendation, said: PlainArgument, column: Column, width: int, key: str) -> Band:
    """Return the advice with its reason and what to do; without room for both the reason goes second."""
    label = advice_label(made.finding, column)
    takes = Content.styled(f"{key} takes it", "$quiet")
    why, do = plain(made.finding.because.text), plain(said.do)
    whole = Content.assemble(label, f"   {why}")
    if whole.cell_length <= width and cell_len(do) < width:
        lines = [whole, ends(Content(do), takes, width)]
        return Band(lines_of(lines), says_what_to_do=True)
    second = Content(clip(why, width))
    return Band(lines_of([ends(label, takes, width), second]), says_what_to_do=False)


def left_band(column: Column, width: int, key: str) -> Band:
    """Return the same of what is left where it is; ``key`` leaves it, too."""
    leaves = Content.styled(f"{key} leaves it", "$quiet")
    lines = [ends(stays_label(column), leaves, width), Content(clip(LEAVE_IT, width))]
    return Band(lines_of(lines), says_what_to_do=True)


def labelled(label: str, text: str, width: int) -> Content:
    """Return a text behind its label, broken between words; nothing without a text."""
    return lines_of([*behind_label(label, text, width, LABEL)] if text else [])


def joined(blocks: Mapping[str, Content], parts: tuple[str, str], width: int) -> dict[str, Content]:
    """Return two of the blocks as one line in place of the first, or nothing where it is too long."""
    first, second = (blocks[part] for part in parts)
    line = Content.assemble(first, " " * GAP, second)
    if not (first.plain and second.plain) or "\n" in line.plain or line.cell_length > width:
        return {}
    return {parts[0]: line, parts[1]: Content()}


# Both sides


def side(title: str, colour: str, reasons: Sequence[str], rows: int) -> Content:
    """Return one side under its title, in so many rows."""
    blank = [""] * (rows - len(reasons))
    return lines_of([Content.styled(title, f"bold {colour}"), *reasons, *blank])


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
    rows = max(len(wrapped(lines, room - 1, MARK)) for lines, room in cells)
    return rows, abs(2 * first - width)


# Questions


def questions(
    asked: Sequence[AskedQuestion], said: PlainArgument, e: Evidence, width: int, *, roomy: bool
) -> Content:
    """Return what the advice asks, unless one of the questions is that, then these with their digits.

    With room each question stands in full on its line.
    """
    room = width - LABEL
    parts = [_question(question, e, room, full=roomy) for question in asked]
    rows = _packed(parts, room, side_by_side=not roomy)
    covered = any(question.question.id == said.asks_about for question in asked)
    if said.ask and not covered:
        rows = [*map(Content, wrapped([plain(said.ask)], room)), *rows]
    heads = ["Ask", *[""] * len(rows)]
    return lines_of(
        [
            Content.assemble((f"{label:<{LABEL}}", "bold $accent"), row)
            for label, row in zip(heads, rows, strict=False)
        ]
    )


def _question(asked: AskedQuestion, e: Evidence, room: int, *, full: bool) -> list[Content]:
    """Return the question and what is known of it on one line, or on more where it is too long."""
    words = asked.question.text if full and asked.question.id != CHANGE else question_text(asked, e)
    known = Content.styled(clip(asked.known, room - MARK), "$warning" if asked.open else "$success")
    first, *more = wrapped([f"{asked.digit} {plain(words)}"], room, MARK)
    digit = f"{asked.digit} "
    lines = [
        Content.assemble((digit, "bold $accent"), first.removeprefix(digit)),
        *map(Content, more),
    ]
    if lines[-1].cell_length + MARK + known.cell_length <= room:
        return [*lines[:-1], Content.assemble(lines[-1], "  ", known)]
    return [*lines, Content.assemble(" " * MARK, known)]


def _packed(parts: Sequence[list[Content]], room: int, *, side_by_side: bool) -> list[Content]:
    """Return the lines of all; those of one line may stand side by side, to need fewer lines."""
    rows: list[Content] = []
    for first, *more in parts:
        beside = side_by_side and rows and not more
        if beside and rows[-1].cell_length + GAP + first.cell_length <= room:
            rows[-1] = Content.assemble(rows[-1], " " * GAP, first)
        else:
            rows += [first, *more]
    return rows


# What was said


def words_of_contacts(e: Evidence, width: int) -> list[Content]:
    """Return what they said, then what we noted of contacts, the latest first: day, sign and words."""
    noted = [t for t in reversed(e.timeline.record) if t.note and is_response(t)][:MOST_WORDS]
    blocks = {
        "They said": [(t, f"“{t.said}”") for t in noted if t.said],
        "We noted": [(t, t.note) for t in noted if not t.said],
    }
    lines: list[Content] = []
    for title, block in blocks.items():
        lines += [Content.styled(title, "bold")] if block else []
        for touch, words in block:
            day, sign = short_day(e.today.day_of(touch.at), e.today.day), _sign(touch.outcome)
            said = f"  {clip(words, max(8, width - 16))}"
            lines += [Content.assemble(f"{day:>11}  ", (sign, SIGNS.get(sign, "$quiet")), said)]
    return lines


def _sign(outcome: Outcome) -> str:
    if outcome is Outcome.DEFERRED:
        return DEFERRAL
    return SIGNAL if outcome in SIGNALS else " "
