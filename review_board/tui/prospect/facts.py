"""The facts on a prospect's page as coloured text: advice, contact, reasons, people, what is on record."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from review_board.board.board import Board
from review_board.board.explain import in_plain_words, settled_lines
from review_board.judgement.argument_text import rule_lines
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.recommendation import Finding, Recommendation
from review_board.judgement.record_text import PageLine, Section, facts_of
from review_board.judgement.whom_to_call import way_to_reach
from review_board.pipeline.company_names import company_beside
from review_board.pipeline.fields import show_share
from review_board.pipeline.money import long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Column, Role
from review_board.tui.advice_view import (
    advice_band,
    advice_label,
    behind_label,
    contact_picture,
    paragraph,
    sides,
    turns_shown,
)
from review_board.tui.board.cards import colour_of
from review_board.tui.textfit import fit, plain

LABEL = 13
SIDE_BY_SIDE = 90
"""Cells from which the two sides of the argument stand beside each other."""
IN_HEAD = frozenset({Column, "Value", "Probability", "Owner", "Tags", "Company"})
"""Fields that the head of the page shows already."""


def head(board: Board, prospect_id: str) -> tuple[Content, Content]:
    """Return ``Osprey Press  $340,000 · 50%  Active  raj  #solar``, and whom to call."""
    shown = Content("  ").join(head_parts(board.prospect(prospect_id)))
    return shown, Content(plain(_whom(board, prospect_id)))


def head_parts(prospect: Prospect, *, column: bool = True) -> list[Content]:
    """Return name, company, worth with probability, column, owner and tags, each where there is one."""
    where = prospect.column.title
    colour = f"$column-{colour_of(prospect.column)}"
    if prospect.won:
        where, colour = "Won", "$success"
    worth = prospect.won.value if prospect.won and prospect.won.value else prospect.value
    share = prospect.probability
    figures = [long_money(worth)] if worth else []
    figures += [show_share(share)] if share is not None and not prospect.won else []
    parts = [
        Content.styled(plain(prospect.name), "bold"),
        Content.styled(plain(company_beside(prospect.name, prospect.company)), "$quiet"),
        Content(" · ".join(figures)),
        Content.styled(where if column or prospect.won else "", f"bold {colour}"),
        Content.styled(plain(prospect.owner), "$quiet"),
        chips(prospect.tags),
    ]
    return [part for part in parts if part.plain]


def _whom(board: Board, prospect_id: str) -> str:
    if board.prospect(prospect_id).won:
        return ""
    reach = way_to_reach(board.evidence(prospect_id), board.recommendation(prospect_id).finding)
    return reach.words if reach else ""


def chips(tags: Sequence[str]) -> Content:
    """Return the tags, each as ``#solar`` on a ground of its own."""
    return Content(" ").join(
        Content.styled(f"#{plain(tag)}", "$foreground on $panel") for tag in tags
    )


def facts(board: Board, prospect_id: str, width: int, *, full: bool = False) -> Content:
    """Return all but the timeline, in lines of a width; ``full`` adds thresholds and rule names."""
    prospect = board.prospect(prospect_id)
    blocks = argument_blocks(board, prospect_id, width, full=full)
    if not settled_lines(board, prospect_id):
        said = in_plain_words(board, prospect_id)
        blocks.append(_questions(said.to_ask, width))
        if full:
            blocks.append(_rule(board.recommendation(prospect_id), width))
    for section in facts_of(prospect, board.today, board.settings):
        is_people = section.title == "People"
        found = people_block(board, prospect_id, width) if is_people else _section(section, width)
        blocks.append(found)
    return Content("\n\n").join(Content("\n").join(block) for block in blocks if block)


def argument_blocks(
    board: Board, prospect_id: str, width: int, *, full: bool = False, most: int | None = None
) -> list[list[Content]]:
    """Return the advice and what to do, the lines of contact, the reasons, and what turns it.

    At most ``most`` reasons of a side are named, the weightiest.
    """
    prospect, evidence = board.prospect(prospect_id), board.evidence(prospect_id)
    settled = settled_lines(board, prospect_id)
    blocks = [paragraph(settled, width)]
    contact = contact_picture(contact_lines(evidence, width), evidence.limits).split("\n")
    if settled:
        blocks.append(contact)
    else:
        made = board.recommendation(prospect_id)
        said = in_plain_words(board, prospect_id)
        notes = [f"({note})" for note in said.notes if most is None]
        contact += paragraph(notes, width, "$quiet")
        blocks += [
            _band(made.finding, prospect.column, said.to_do, width),
            contact,
            sides(made, width, full=full, most=most, beside=width >= SIDE_BY_SIDE),
            turns_shown(said.turns, width).split("\n"),
        ]
    return [block for block in blocks if block]


def _band(
    finding: Finding, column: Column, to_do: Sequence[tuple[str, str]], width: int
) -> list[Content]:
    """Return the advice on one line, and what to do; a reason that is longer than the line goes below it."""
    whole = advice_band(finding, column)
    if whole.cell_length <= width:
        return [whole, *_to_do(to_do, width)]
    why = ("Why", finding.because.text)
    return [advice_label(finding, column), *_to_do([why, *to_do], width)]


def _to_do(pairs: Sequence[tuple[str, str]], width: int) -> list[Content]:
    return [line for name, text in pairs for line in behind_label(name, text, width)]


def _rule(made: Recommendation, width: int) -> list[Content]:
    """Return the rule that decided with its comparison, and the guards that were considered."""
    return [_title("The rule"), *paragraph(rule_lines(made), width)]


def _questions(questions: Sequence[str], width: int) -> list[Content]:
    lines = paragraph([f"? {question}" for question in questions], width)
    return [Content.styled("Still to ask", "bold $warning"), *lines] if lines else []


# The record


def _title(text: str) -> Content:
    return Content.styled(text, "bold")


def _section(section: Section, width: int) -> list[Content]:
    lines = [line for line in section.lines if line.label not in IN_HEAD]
    found = [shown for line in lines for shown in _record_line(line, width)]
    return [_title(section.title), *found] if found else []


def _record_line(line: PageLine, width: int) -> list[Content]:
    if line.label:
        return behind_label(line.label, line.text, width, LABEL)
    return paragraph(line.text.split("\n"), width)


def people_block(board: Board, prospect_id: str, width: int) -> list[Content]:
    """Return the people in columns, and of whom nobody was asked yet; nothing without people."""
    prospect, evidence = board.prospect(prospect_id), board.evidence(prospect_id)
    if not prospect.contacts:
        return []
    untried = {route.contact.id for route in evidence.untried_routes if route.contact}
    untried = untried if evidence.knows_contacts else set()
    people = sorted(prospect.contacts, key=lambda contact: contact.gone)
    rows = [_person(contact, contact.id in untried) for contact in people]
    widths = [max(cell_len(row[0][place]) for row in rows) for place in range(3)]
    lines = [_title("People")]
    for (texts, colour), contact in zip(rows, people, strict=True):
        cells = [fit(text, size) for text, size in zip(texts, widths, strict=False) if size]
        wide = "  ".join([*cells, *texts[3:]]).rstrip()
        short = " · ".join(text for text in texts[1:] if text)
        told = wide if cell_len(wide) <= width else f"{fit(texts[0], widths[0])}  {short}"
        lines += paragraph([told], width, colour)
        note = contact.note.split("\n") if contact.note else []
        lines += paragraph([f"  {line}" for line in note], width, "$quiet")
    return lines


def _person(contact: Contact, is_untried: bool) -> tuple[list[str], str]:
    role = contact.role.label if contact.role is not Role.CONTACT else ""
    what = ", ".join(part for part in (contact.title, role) if part)
    if contact.gone:
        what, colour = f"{what}, gone".lstrip(", "), "$quiet"
    else:
        colour = "$warning" if is_untried else "$foreground"
    asked = "never asked" if is_untried else ""
    ways = (way if way in contact.reached_by else "" for way in (contact.phone, contact.email))
    return [plain(x) for x in (contact.name, what, *ways, asked)], colour
