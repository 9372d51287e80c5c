"""The band of a pair review's card: what is asked, the keys for it, the votes, who is at what."""

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content

from review_board.pair.controller import PairReview
from review_board.pair.settling import Phase
from review_board.pipeline.vocabulary import Verdict
from review_board.tui.advice_view import advice_colour
from review_board.tui.pair import words
from review_board.tui.textfit import plain, wrapped

KeyOf = Callable[[str], str]
"""Gives the key of an action by its name."""
COLOURS = {Verdict.KEEP: "$success", Verdict.PURGE: "$error"}
GAP = "   "
RECORD = "record"
"""What stands in the place of a name before what the record advises."""
Styled = tuple[str, str]
"""A text and its colour."""


def band_lines(
    review: PairReview, width: int, key_of: KeyOf, sides: Sequence[PairReview] = ()
) -> list[Content]:
    """Return the band, as many lines as it takes; ``sides`` are those of all at this terminal."""
    if after := words.who_votes_next(review, sides):
        key = (key_of("pair.speak"), "bold $accent")
        hand_over = Content.assemble(
            ("Hand over", "bold $warning"),
            f"{GAP}press ",
            key,
            f" when {plain(after.me)} sits here",
        )
        return [hand_over, *_states(review)]
    lines = [*_turn(review, sides), *_sentence(review, width)]
    if review.alone_at is None:
        lines += _votes(review, width)
    if keys := _keys(words.choices(review), width, key_of):
        lines += [Content(), *keys]
    if review.alone_at is None:
        lines += [*_states(review), *_going(review, width, sides, key_of)]
        if must := words.who_must_come(review):
            lines += [Content.styled(line, "$warning") for line in wrapped([plain(must)], width)]
    if told := words.last_verdict(review):
        lines += [Content.styled(line, "$quiet") for line in wrapped([plain(told)], width)]
    return lines


def _turn(review: PairReview, sides: Sequence[PairReview]) -> Iterator[Content]:
    """Yield whose turn it is at a terminal that two share."""
    others = [plain(side.me) for side in sides if side is not review]
    if not others or review.alone_at is not None:
        return
    name, other = plain(review.me), others[0]
    if review.is_blind:
        hidden = "hidden" if review.is_masked else "shown"
        away = f"{GAP}{other} looks away: what {name} types is {hidden}"
        yield Content.assemble((f"{name} votes", "bold $accent"), away)
        return
    yield Content.styled(f"{name} has the keys", "bold $accent")


def _sentence(review: PairReview, width: int) -> Iterator[Content]:
    """Yield the word for where the card stands, and what is asked of this person."""
    title = words.title(review)
    colour = "bold $warning" if review.phase in (Phase.SPLIT, Phase.DIFFERENT) else "bold"
    asks = review.needs_my_vote or review.phase not in (Phase.VOTING, Phase.REVEALING)
    first, *more = wrapped([plain(f"{title}{GAP}{words.asked(review)}")], width)
    rest = first.removeprefix(title)
    yield Content.assemble((title, colour), (rest, "" if asks else "$quiet"))
    yield from map(Content, more)


def _votes(review: PairReview, width: int) -> Iterator[Content]:
    """Yield what each voted, and what the record advises, one below the other."""
    votes, session = words.revealed(review), review.session
    if not votes or session is None or session.current is None:
        return
    board = review.board
    room = max(len(plain(name)) for name in (*votes, RECORD))
    for name, opening in votes.items():
        line = words.vote_line(opening, board.settings, board.today.day)
        label = _label(opening.vote.verdict, COLOURS[opening.vote.verdict])
        yield from _vote((f"{plain(name):<{room}} ", ""), label, line, width)
    made = board.recommendation(session.current)
    label = _label(made.verdict, advice_colour(made.finding))
    line = f"{made.destination.title} · {made.finding.because.text}"
    yield from _vote((f"{RECORD:<{room}} ", "$quiet"), label, line, width)


def _label(verdict: Verdict, colour: str) -> Styled:
    return f" {verdict.upper():>5} ", f"bold $filled on {colour}"


def _vote(name: Styled, label: Styled, line: str, width: int) -> Iterator[Content]:
    """Yield what one of the two, or the record, says: keep or purge, and the rest behind it; nothing is cut."""
    left = len(name[0]) + len(label[0]) + 2
    first, *more = wrapped([plain(line)], max(8, width - left))
    yield Content.assemble(name, label, (f"  {first}", "$quiet"))
    yield from (Content.styled(" " * left + line, "$quiet") for line in more)


def _going(
    review: PairReview, width: int, sides: Sequence[PairReview], key_of: KeyOf
) -> list[Content]:
    """Return who moves both on, and the keys for it; at a terminal that two share nobody asks that."""
    told = words.driving(review) if len(sides) < 2 else ""
    if not told:
        return []
    return _keys(words.going(review), width, key_of, Content.styled(plain(told), "$quiet"))


def _keys(
    choices: Sequence[tuple[str, str]], width: int, key_of: KeyOf, *before: Content
) -> list[Content]:
    """Return keys, each with its word, in as few lines as there is room for, behind what stands before."""
    rows = [*before]
    for name, label in choices:
        part = Content.assemble((key_of(f"pair.{name}"), "bold $accent"), f" {label}")
        if rows and rows[-1].cell_length + len(GAP) + part.cell_length <= width:
            rows[-1] = Content.assemble(rows[-1], GAP, part)
        else:
            rows.append(part)
    return rows


def _states(review: PairReview) -> Iterator[Content]:
    """Yield who has voted and who is thinking, while votes are hidden."""
    states = [(person.name, words.state_of(person)) for person in review.people]
    parts = [Content.assemble(f"{plain(name)} ", state) for name, state in sorted(states) if state]
    if parts:
        yield Content(GAP).join(parts)
