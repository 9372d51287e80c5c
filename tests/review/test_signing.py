"""Who may sign where reviewers are listed: the login, or the name in the line of a key on a shared one."""

import pytest

from review_board.errors import RefusedError
from review_board.review.signing import Identity, check_signature
from review_board.settings.setting_groups import Review

LISTED = Review(reviewers=("ann", "raj"), shared_login="sales")


@pytest.mark.parametrize(
    "identity", [Identity("ann", "ann"), Identity("raj", "sales", by_key=True)]
)
def test_a_login_and_a_key_line_sign(identity: Identity) -> None:
    check_signature(identity, LISTED)


@pytest.mark.parametrize(
    ("identity", "why"),
    [
        (Identity("ann", "raj"), "only claimed"),
        (Identity("ann", "sales"), "only claimed"),
        (Identity("ann", "raj", by_key=True), "only claimed"),
        (Identity("eve", "eve"), "not one of the reviewers"),
        (Identity("eve", "sales", by_key=True), "not one of the reviewers"),
    ],
)
def test_a_name_that_anybody_could_give_does_not(identity: Identity, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        check_signature(identity, LISTED)


def test_a_shared_login_is_nobody() -> None:
    listed = Review(reviewers=("sales",), shared_login="sales")
    with pytest.raises(RefusedError, match="is shared"):
        check_signature(Identity("sales", "sales"), listed)


def test_without_a_list_everybody_signs_and_what_is_claimed_is_known() -> None:
    identity = Identity("ann", "raj")
    check_signature(identity, Review())
    assert identity.is_asserted
    assert not Identity("ann", "sales", by_key=True).is_asserted
