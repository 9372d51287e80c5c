"""Names a question on one line: by its id, or by the label under which the screens show it."""

import re
from collections.abc import Mapping

from review_board.errors import InvalidValueError
from review_board.pipeline.text import fold

Questions = Mapping[str, str]
"""The questions that are asked: id → label."""


_SIGNS = re.compile(r"[^\w\s-]")


def question_named(name: str, questions: Questions) -> str:
    """Return the id of a question, by id or label or an unmistakable beginning of either.

    Case, blanks, hyphens and underscores do not count; any other sign is part of no name. What is an
    id means that question, whatever labels say.
    """
    wanted = "" if _SIGNS.search(name) else _letters(name)
    known = {q: (_letters(q), _letters(label)) for q, label in questions.items() if wanted}
    for found in (
        [q for q, (key, _) in known.items() if key == wanted],
        [q for q, (_, label) in known.items() if label == wanted],
        [q for q, names in known.items() if any(name.startswith(wanted) for name in names)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            may_be = ", ".join(short_name(q, questions) for q in found)
            raise InvalidValueError(f"{name[:40]!r} may be {may_be}", "write more of it")
    all_names = ", ".join(short_name(q, questions) for q in questions)
    raise InvalidValueError(f"There is no question {name[:40]!r}", f"choose from {all_names}")


def short_name(question: str, questions: Questions) -> str:
    """Return the short name: the id where the label says it too, else the label in one word."""
    label = "-".join(questions.get(question, "").casefold().split())
    return question if not label or question in label else label


def example_answer(questions: Questions) -> str:
    """Return how an answer is written, with a question that is asked: ``?budget=no``."""
    return f"?{short_name(next(iter(questions)), questions) if questions else 'budget'}=no"


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
