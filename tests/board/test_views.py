"""Views: those that there are, one's own among them, and what each lets through."""

from decimal import Decimal

import pytest

from review_board.board.filters import parse_filter
from review_board.board.index import entry_of
from review_board.board.views import (
    BUILT_IN,
    EVERYTHING,
    View,
    faults_in_views,
    new_name,
    saved_view,
    view_of,
    views_of,
)
from review_board.errors import InvalidValueError, SettingsError
from review_board.settings.saved_views import SavedView
from review_board.settings.tree import Settings
from tests.judgement.build import TODAY


def having(*views: SavedView) -> Settings:
    return Settings(views=views)


def names(settings: Settings) -> list[str]:
    return [view.name for view in views_of(settings)]


BUILT = [name for name, *_ in BUILT_IN]


def test_everything_comes_first_and_ones_own_last() -> None:
    assert names(having(SavedView(name="Dental"))) == ["Everything", *BUILT, "Dental"]


def test_ones_own_takes_the_place_of_a_built_in_one() -> None:
    settings = having(SavedView(name="high VALUE", filter="value>1m"))
    found = views_of(settings)
    assert [view.name for view in found].index("high VALUE") == 1 + BUILT.index("High value")
    assert len(found) == 1 + len(BUILT)


def test_amounts_are_in_the_main_currency() -> None:
    view = view_of(SavedView(name="Big", filter="value>5k"), "EUR")
    assert view.filter == parse_filter("value>5k", "EUR")


def test_a_view_is_kept_as_it_was() -> None:
    view = View("Big", parse_filter("value>5k -tag:x"), "contact", mine=True, own=True)
    assert view_of(saved_view(view), "USD") == view


def test_every_fault_has_its_key() -> None:
    settings = having(
        SavedView(name="a", filter="ownr:ann"),
        SavedView(name="b", filter="due:yes"),
        SavedView(name="Everything", filter="touch>soon"),
    )
    assert [key for key, _ in faults_in_views(settings)] == [
        "views.1.filter",
        "views.3.name",
        "views.3.filter",
    ]
    with pytest.raises(SettingsError, match="did you mean owner"):
        views_of(settings)


def test_what_is_mine_is_the_owner_to_the_letter() -> None:
    mine = View("m", mine=True)

    def owned(by: str) -> bool:
        entry = entry_of({"id": "1", "name": "A", "owner": "ann"}, Decimal(1), "USD")
        return mine.lets_through(entry, by, lambda _: None, TODAY)

    assert (owned("ann"), owned("an")) == (True, False)


def test_a_view_says_what_it_shows() -> None:
    assert EVERYTHING.words == "all cards, most valuable first, other currencies last"
    view = View("x", parse_filter("owed:yes"), "next", mine=True)
    assert view.words == "mine · owed:yes · next date first"


@pytest.mark.parametrize("text", ["", " - ", "x" * 31, "GONE-quiet", "everything"])
def test_a_name_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        new_name(text, views_of(Settings()))


def test_a_new_name_is_cleaned() -> None:
    assert new_name("  Dental\x1b[2J ", views_of(Settings())) == "Dental\ufffd[2J"


def test_the_view_of_high_value_says_from_which_sum_on() -> None:
    euros = Settings.model_validate({"currency": "EUR", "tiers": {"high_from": 50_000}})
    meanings = {view.name: view.meaning for view in views_of(euros)}
    assert meanings["High value"] == "a sale of €50k or more, not dropped"
