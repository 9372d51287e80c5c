"""Who may sign a verdict: a name that is only claimed is no signature where reviewers are listed."""

from collections.abc import Collection
from dataclasses import dataclass

from review_board.errors import RefusedError
from review_board.settings.setting_groups import Review


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: the ``name`` they go by, and the ``login`` of the operating system.

    ``by_key`` says that the line of their key in ``authorized_keys`` set the name, which they cannot
    change there.
    """

    name: str
    login: str
    by_key: bool = False

    @property
    def is_asserted(self) -> bool:
        """Return whether nothing but ``--as`` says that this is their name."""
        return self.name != self.login and not self.by_key


def check_signature(identity: Identity, review: Review) -> None:
    """Raise ``RefusedError`` where reviewers are listed and this may be none of them.

    A key line counts on the one login that people share: on any other, its owner has a shell in
    which anything can be claimed.
    """
    if not review.reviewers:
        return
    if identity.name not in review.reviewers:
        raise RefusedError(f"{identity.name} is not {_one_of(review.reviewers)}", _LIST)
    is_shared = bool(review.shared_login) and identity.login == review.shared_login
    if identity.name != identity.login and not (identity.by_key and is_shared):
        raise RefusedError(
            f"{identity.name} is only claimed: this is the login {identity.login}",
            f"log in as {identity.name}, or by the key of {identity.name}",
        )
    if is_shared and not identity.by_key:
        raise RefusedError(
            f"The login {identity.login} is shared: its name signs nothing",
            "log in by your own key",
        )


_LIST = "the settings list the reviewers: review-board config review.reviewers"


def _one_of(reviewers: Collection[str]) -> str:
    return f"one of the reviewers ({', '.join(sorted(reviewers))})"
