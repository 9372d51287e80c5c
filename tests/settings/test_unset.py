"""Where nothing is set the defaults that the first screen reads are ready, and the rest is the tree's."""

import pytest

from review_board.settings.ready_defaults import unset
from review_board.settings.tree import Settings


def test_what_is_ready_is_what_the_tree_has() -> None:
    ready, tree = unset(), Settings()
    for name in ("currency", "timezone", "theme", "density", "keys", "views"):
        assert vars(ready)[name] == getattr(tree, name)
    assert vars(ready.tiers)["by"] == tree.tiers.by
    for name in ("closing_ratio", "closing_outcomes"):
        assert vars(ready.estimates)[name] == getattr(tree.estimates, name)


def test_anything_else_is_read_from_the_tree() -> None:
    ready, tree = unset(), Settings()
    assert ready.thresholds == tree.thresholds
    assert ready.tiers.high_from == tree.tiers.high_from
    assert ready.estimates.hours == tree.estimates.hours
    assert ready.fingerprint() == tree.fingerprint()


def test_a_value_is_taken_from_the_tree_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reading of a setting copied the whole tree, a sixth of judging all prospects."""
    asked: list[str] = []
    copied = Settings.in_currency

    def in_currency(tree: Settings, currency: str) -> Settings:
        asked.append(currency)
        return copied(tree, currency)

    monkeypatch.setattr(Settings, "in_currency", in_currency)
    ready = unset.__wrapped__("CHF")
    assert ready.review is ready.review is ready.review
    assert asked == ["CHF"]
