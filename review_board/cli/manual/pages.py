"""The pages of the manual: which there are, and where their files are."""

from pathlib import Path

import review_board

TOPICS = (
    *("board", "review", "after-call", "filters", "commands", "rules"),
    *(
        "pair-review",
        "changes",
        "learning",
        "settings",
        "keys",
        "files",
        "import",
        "data",
        "evidence",
    ),
)
"""The pages, in the order in which one would read them."""
_PACKAGE = Path(review_board.__file__).parent


def page(topic: str) -> str:
    """Return the Markdown of a page."""
    return (_folder() / f"{topic}.md").read_text("utf-8")


def _folder() -> Path:
    """Return the folder of the pages: inside the package in a wheel, beside it in a checkout."""
    packed = _PACKAGE / "docs"
    return packed if packed.is_dir() else _PACKAGE.parent / "docs"
