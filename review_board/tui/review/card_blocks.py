"""The blocks of a review card as coloured text: who it is, the advice, both sides, questions, their words.

Nothing here is told by colour alone: a word or a sign beside it says the same.
"""

from collections.abc import Iterator, Sequence
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
from review_board.tui.advice_view import GAP, SIGNS, TO_DO, advice_label, stays_label
from review_board.tui.board.cards import colour_of
from review_board.tui.review.card_text import AskedQuestion, question_text
from review_board.tui.textfit import HANGING, clip, plain, wrapped

DAY = 11
"""Cells of a day."""
MOST_WORDS = 12
"""Sentences that are shown at most, the latest first."""


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
    return Content("\n").join([line, ends(more, whom, width)])


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
        return Band(Content("\n").join(lines), says_what_to_do=True)
    second = Content(clip(why, width))
    return Band(Content("\n").join([ends(label, takes, width), second]), says_what_to_do=False)


def left_band(column: Column, width: int, key: str) -> Band:
    """Return the same of what is left where it is; ``key`` leaves it, too."""
    leaves = Content.styled(f"{key} leaves it", "$quiet")
    lines = [ends(stays_label(column), leaves, width), Content(clip(LEAVE_IT, width))]
    return Band(Content("\n").join(lines), says_what_to_do=True)


def side_by_side(first: list[Content], second: list[Content], width: int) -> list[Content]:
    """Return two blocks of a line each as one line where it has room, else one below the other."""
    if len(first) == len(second) == 1:
        line = Content.assemble(*first, " " * GAP, *second)
        if line.cell_length <= width:
            return [line]
    return [*first, *second]


# Questions


def questions(
    asked: Sequence[AskedQuestion], said: PlainArgument, e: Evidence, width: int, *, roomy: bool
) -> list[Content]:
    """Return what the advice asks, unless one of the questions is that, then these with their digits.

    With room each question stands in full on its line.
    """
    room = width - TO_DO
    parts = [_question(question, e, room, full=roomy) for question in asked]
    rows = _packed(parts, room, side_by_side=not roomy)
    covered = any(question.question.id == said.asks_about for question in asked)
    if said.ask and not covered:
        rows = [*map(Content, wrapped([plain(said.ask)], room)), *rows]
    heads = ["Ask", *[""] * len(rows)]
    return [
        Content.assemble((f"{label:<{TO_DO}}", "bold $accent"), row)
        for label, row in zip(heads, rows, strict=False)
    ]


def _question(asked: AskedQuestion, e: Evidence, room: int, *, full: bool) -> list[Content]:
    """Return the question and what is known of it on one line, or on more where it is too long."""
    words = asked.question.text if full and asked.question.id != CHANGE else question_text(asked, e)
    known = Content.styled(
        clip(asked.known, room - HANGING), "$warning" if asked.open else "$success"
    )
    first, *more = wrapped([f"{asked.digit} {plain(words)}"], room, HANGING)
    digit = f"{asked.digit} "
    lines = [
        Content.assemble((digit, "bold $accent"), first.removeprefix(digit)),
        *map(Content, more),
    ]
    if lines[-1].cell_length + HANGING + known.cell_length <= room:
        return [*lines[:-1], Content.assemble(lines[-1], "  ", known)]
    return [*lines, Content.assemble(" " * HANGING, known)]


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
        lines += [Content.styled(title, "bold $quiet")] if block else []
        for touch, words in block:
            day, sign = short_day(e.today.day_of(touch.at), e.today.day), _sign(touch.outcome)
            said = f"  {clip(words, max(8, width - 16))}"
            line = Content.assemble(f"{day:>{DAY}}  ", (sign, SIGNS.get(sign, "")), said)
            lines.append(line.stylize_before("$quiet"))
    return lines


def _sign(outcome: Outcome) -> str:
    if outcome is Outcome.DEFERRED:
        return DEFERRAL
    return SIGNAL if outcome in SIGNALS else " "
