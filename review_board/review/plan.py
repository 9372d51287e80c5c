"""The plan of a review before it begins: its parts, how long they take, and how far the time reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from review_board.board.board import Board
from review_board.pipeline.dates import short_day
from review_board.review.lost_bets import LostBets
from review_board.review.scope import Queue, Scope, next_due, queue_of
from review_board.review.session import Session, fresh_unfinished
from review_board.review.session_cards import card_number, cards_left
from review_board.store.protocol import SESSIONS
from review_board.wording import first_few, plural, several

USUAL_PACE = 30
"""Seconds a card where no earlier review tells better."""
ENOUGH = 30
"""Cards of earlier reviews from which they tell the pace: in fewer one long pause would be half of it."""
NAMED = 3
"""Lost bets that a plan names; the rest is a number."""
LATELY = 10
"""Earlier reviews, the latest, that the pace is taken from."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that a card takes, and of how many cards of earlier reviews; of none it is the usual."""

    seconds: int
    cards: int = 0

    @property
    def words(self) -> str:
        """Return ``at 30 s a card``, ``at your pace of 38 s a card``."""
        return f"at {'your pace of ' if self.cards else ''}{self.seconds} s a card"

    def minutes(self, cards: int) -> int:
        """Return the minutes that so many cards take, the last one begun counted whole."""
        return -(-cards * self.seconds // 60)


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part of the queue: the key that chooses it, what it is called, its cards and its minutes."""

    key: str
    title: str
    cards: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a review of a scope would be. ``begun`` is the session that would be taken up instead.

    ``begun_at`` is the number of its next card, ``begun_left`` how many it still has. ``minutes``
    is the time that the settings give to a review; ``lost_bets`` name those that are dropped when
    it begins, and are no cards of it, ``planned_with_lost`` what is still planned with them.
    ``why_none`` says why there is no card.
    """

    scope: Scope
    queue: Queue
    pace: Pace
    minutes: int
    begun: Session | None = None
    lost_bets: tuple[str, ...] = ()
    planned_with_lost: tuple[str, ...] = ()
    begun_at: int = 0
    begun_left: int = 0
    why_none: str = ""

    @property
    def comes_to_something(self) -> bool:
        """Return whether a review of it has a card, goes on with one, or drops a lost bet."""
        return bool(self.cards or self.begun or self.lost_bets)

    @property
    def cards(self) -> int:
        """Return how many cards it has."""
        return sum(len(part.ids) for part in self.queue.parts)

    @property
    def parts(self) -> tuple[PlanPart, ...]:
        """Return its parts in the order in which they come, each with the minutes that it takes by itself."""
        return tuple(
            PlanPart(part.key, part.title, len(part.ids), self.pace.minutes(len(part.ids)))
            for part in self.queue.parts
        )

    @property
    def ahead(self) -> int:
        """Return how many cards come up: of one that was begun those that are left."""
        return self.begun_left if self.begun else self.cards

    @property
    def seconds(self) -> int:
        """Return how much of its time is left: what was worked already is gone."""
        return max(0, self.minutes * 60 - (self.begun.worked if self.begun else 0))

    @property
    def reach(self) -> int:
        """Return how many of the cards that come up are reached in that."""
        return min(self.ahead, self.seconds // self.pace.seconds)

    @property
    def reach_words(self) -> str:
        """Return ``at 30 s a card you reach 90 of 195 in 45 min``."""
        words, takes = self.pace.words, f"takes {self.pace.minutes(self.ahead)} min"
        if self.reach == self.ahead or not self.seconds or (self.begun and self.begun.overtime):
            return f"{words} {'what is left' if self.begun else 'that'} {takes}"
        time = "the time that is left" if self.begun else f"{self.minutes} min"
        return f"{words} you reach {self.reach} of {self.ahead} in {time}"


def plan_review(board: Board, scope: Scope, *, anew: bool = False) -> Plan:
    """Return the plan of a scope; ``anew`` takes up no session of one person.

    Raises ``UsageError`` when nothing on the board can ever fit it.
    """
    documents = board.documents(SESSIONS).values()
    begun = None if anew else fresh_unfinished(documents, board.by, scope.name, board.clock())
    lost = LostBets({}) if begun else LostBets.on(board, scope)
    queue = queue_of(board, scope, lost.found)
    return Plan(
        scope,
        queue,
        pace_of(documents, board.by),
        board.settings.review.minutes,
        begun,
        lost.names,
        lost.planned,
        card_number(board, begun, begun.place) if begun else 0,
        len(cards_left(board, begun)) if begun else 0,
        "" if queue.ids else why_none(board, scope),
    )


def why_none(board: Board, scope: Scope) -> str:
    """Return why a scope has no card, and when it will have one."""
    where = f" ({scope.name})" if scope.name else ""
    if scope.manager:
        if seen := queue_of(board, scope).seen:
            days = several(board.settings.review.active_days, "day")
            cards = several(seen, "card")
            return f"All that stands out ({cards}) you decided or put off within {days}"
        return "No card of any rep stands out or is to review"
    if scope.everything:
        return f"There is no card to review{where}"
    day = next_due(board, replace(scope, limit=None, parts=()))
    when = f"; the next card comes up on {short_day(day, board.today.day)}" if day else ""
    return f"Nothing to review{where}{when}"


def pace_of(sessions: Iterable[Mapping[str, Any]], by: str) -> Pace:
    """Return the pace of a person in their latest reviews, the usual one where too little is known."""
    theirs = [s for s in sessions if s.get("by") == by and _is_measured(s)]
    latest = islice(sorted(theirs, key=lambda s: str(s.get("started")), reverse=True), LATELY)
    measured = [(int(s["worked"]), _settled_in(s)) for s in latest]
    cards = sum(settled for _, settled in measured)
    if cards < ENOUGH:
        return Pace(USUAL_PACE)
    return Pace(max(1, round(sum(worked for worked, _ in measured) / cards)), cards)


def _settled_in(document: Mapping[str, Any]) -> int:
    """Return how many cards a stored session passed without skipping them; a hand may have spoilt it."""
    place, skipped = document.get("place"), document.get("skipped", ())
    return (
        place - len(skipped) if isinstance(place, int) and isinstance(skipped, list | tuple) else 0
    )


def _is_measured(document: Mapping[str, Any]) -> bool:
    """Return whether a stored session says how long its cards took."""
    worked = document.get("worked")
    return isinstance(worked, int) and worked > 0 and _settled_in(document) > 0


def plan_lines(plan: Plan) -> list[str]:
    """Return the plan as lines of text; of a review that was begun what is left of it, and what comes after it."""
    name = "a manager's selection" if plan.scope.manager else plan.scope.name
    lines = [f"{several(plan.cards, 'card')} to review ({name or 'everything'})"]
    if plan.why_none and not plan.begun:
        lines = [plan.why_none]
    if plan.begun:
        cards, left = several(len(plan.begun.queue), "card"), plan.begun_left
        still = f"{left} of its {cards} {plural(left, 'is', 'are')} left"
        lines = [
            f"A review of this is open: {still if left else f'no card of its {cards} is left'}"
        ]
        if others := len(set(plan.queue.ids).difference(plan.begun.queue)):
            verb = plural(others, "comes", "come")
            lines.append(f"{several(others, 'other card')} {verb} in the review after it")
    parts = () if plan.begun else plan.parts
    keys = max((len(part.key) for part in parts), default=0)
    titles = max((len(p.title) for p in parts if p.title != p.key), default=0)
    for part in parts:
        title = "" if part.title == part.key else part.title
        head = f"  {part.key:<{keys}}  {title:<{titles}}"
        lines.append(f"{head}  {part.cards:>6,}  {part.minutes:>5} min")
    if plan.lost_bets:
        lost = several(len(plan.lost_bets), "bet is lost", "bets are lost")
        lines.append(f"{lost}; dropped at the start: {first_few(plan.lost_bets, NAMED)}")
        lines += [f"  still to be done: {step}" for step in plan.planned_with_lost]
        lines.append("  undo at the first card keeps them: they come in the next review")
    if plan.ahead:
        said = plan.reach_words
        lines.append(f"{said[0].upper()}{said[1:]}")
    return lines


def plan_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON values with stable keys."""
    begun = plan.begun
    return {
        "scope": plan.scope.name,
        "cards": plan.cards,
        "unreadable": plan.queue.unread,
        "pace": {"seconds_a_card": plan.pace.seconds, "measured_cards": plan.pace.cards},
        "minutes": plan.minutes,
        "minutes_needed": plan.pace.minutes(plan.cards),
        "reach": plan.reach,
        "parts": [
            {
                "part": part.key,
                "title": part.title,
                "cards": part.cards,
                "minutes": part.minutes,
            }
            for part in plan.parts
        ],
        "lost_bets": list(plan.lost_bets),
        "planned_with_lost": list(plan.planned_with_lost),
        "begun": {"place": plan.begun_at, "cards": len(begun.queue)} if begun else None,
    }
