"""Views: a filter with a name, an order and whether only one's own prospects show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review_board.board.filters import NO_FILTER, Filter, parse_filter
from review_board.board.index import Entry
from review_board.board.ordering import ORDERS, USUAL, Look
from review_board.errors import InvalidValueError, SettingsError
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money, short_money
from review_board.pipeline.text import clean
from review_board.settings.kinds import OrderName
from review_board.settings.saved_views import NAME_LIMIT, SavedView, slug
from review_board.settings.tree import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One view; ``own`` ones come from the settings. ``meaning`` says in a few words what it shows."""

    name: str
    filter: Filter = NO_FILTER
    order: OrderName = USUAL
    mine: bool = False
    own: bool = False
    meaning: str = ""

    def shows_as(self, other: "View") -> bool:
        """Return whether both show the same cards in the same order, whatever they are called."""
        mine = (self.filter.text, self.order, self.mine)
        return mine == (other.filter.text, other.order, other.mine)

    def lets_through(self, entry: Entry, by: str, look: Look, today: Today) -> bool:
        """Return whether it shows a prospect to the person ``by``."""
        if self.mine and entry.owner != by:
            return False
        return self.filter.picks(entry, look, today)

    @property
    def words(self) -> str:
        """Say how it is made, and in which order: ``owed:yes · next date first``."""
        parts = ["mine"] if self.mine else []
        parts += [self.filter.text] if self.filter else []
        parts += [ORDERS[self.order].words] if self.order != USUAL else []
        return " · ".join(parts) or f"all cards, {ORDERS[USUAL].words}"


EVERYTHING = View("Everything")
"""No filter, everybody's prospects, the usual order."""
BUILT_IN: Sequence[tuple[str, str, str, OrderName]] = (
    ("To review", "its review is today, or late", "review:yes", "value"),
    ("You owe them", "a call, a quote or a first call is owed now", "owed:yes", "next"),
    ("High value", "a sale of {large} or more, not dropped", "tier:high -column:dropped", "value"),
    (
        "To let go",
        "purge advised, not yet gone",
        "verdict:purge stays:no -column:dropped",
        "signal",
    ),
    (
        "Never contacted",
        "no contact yet, ours or theirs, and none that a list tells of",
        "contact:none -column:dropped",
        "value",
    ),
    (
        "Gone quiet",
        "no buyer signal in 60 days, or none since a contact so long ago",
        "quiet>60 -column:nurture -column:dropped",
        "signal",
    ),
    ("Won", "bought, and off the board", "won:yes", "value"),
)
"""Name, meaning, filter and order of the views that everybody has."""
OLD_NAMES: Mapping[str, str] = {"we-owe-them": "you-owe-them"}
"""Views that had another name, as both are typed."""


def views_of(settings: Settings) -> tuple[View, ...]:
    """Return every view: everything, the built-in ones, one's own.

    One of one's own that has the name of a built-in one takes its place. Raises ``SettingsError``
    for one that cannot be read.
    """
    for _, problem in faults_in_views(settings):
        raise SettingsError(problem, "review-board config --check names its line")
    large = short_money(Money(amount=settings.tiers.high_from, currency=settings.currency))
    built_in = (
        View(name, parse_filter(text), order, meaning=meaning.format(large=large))
        for name, meaning, text, order in BUILT_IN
    )
    views: tuple[View, ...] = (EVERYTHING, *built_in)
    for saved in settings.views:
        views = with_view(views, view_of(saved, settings.currency))
    return views


def with_view(views: Sequence[View], view: View) -> tuple[View, ...]:
    """Return the views with one more, in the place of another of its name."""
    found = {slug(known.name): known for known in views}
    return tuple((found | {slug(view.name): view}).values())


def view_of(saved: SavedView, currency: str) -> View:
    """Return a view of the settings; ``InvalidValueError`` when its filter cannot be read."""
    wanted = parse_filter(saved.filter, currency)
    return View(saved.name, wanted, saved.sort, saved.mine, own=True)


def new_name(text: str, views: Sequence[View]) -> str:
    """Return the name for one more view; ``InvalidValueError`` when it cannot be one or is taken."""
    name = clean(text)
    if not slug(name):
        raise InvalidValueError("A view needs a name", "a word or two will do")
    if len(name) > NAME_LIMIT:
        raise InvalidValueError(f"A name has {NAME_LIMIT} characters at most", "leave some out")
    taken = next((known.name for known in views if slug(known.name) == slug(name)), "")
    if taken:
        raise InvalidValueError(f"There is a view {taken!r} already", "choose another name")
    return name


def saved_view(view: View) -> SavedView:
    """Return a view as it is kept in the settings."""
    return SavedView(name=view.name, filter=view.filter.text, sort=view.order, mine=view.mine)


def faults_in_views(settings: Settings) -> Iterator[tuple[str, str]]:
    """Return the settings keys of the views that cannot work, and what is wrong with each."""
    for number, saved in enumerate(settings.views, 1):
        if slug(saved.name) == slug(EVERYTHING.name):
            words = f"“{saved.name}” is the view without a filter; choose another name"
            yield f"views.{number}.name", words
        try:
            view_of(saved, settings.currency)
        except InvalidValueError as error:
            yield f"views.{number}.filter", str(error)
