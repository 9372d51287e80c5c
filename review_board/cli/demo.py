"""A fresh copy of a sample pipeline, in a new folder of this user's alone."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.cli.private_state import DEMO
from review_board.samples import refuse_unknown

if TYPE_CHECKING:
    from review_board.cli.context import Invocation

USUAL = "rep"
"""The sample that opens when none is named."""


def point_at_copy(call: "Invocation", name: str) -> None:
    """Make a call one on a fresh copy, still empty, of a sample."""
    refuse_unknown(name)
    call.pipeline_file = str(Path(tempfile.mkdtemp(prefix=DEMO)) / f"{name}.json")
    call.is_demo = True


def fill_copy(call: "Invocation", name: str) -> None:
    """Write the prospects of the sample, and the reviews they tell of, dated around today."""
    from review_board.board.zone import APP
    from review_board.pipeline.prospect import from_document
    from review_board.review.session import session_document
    from review_board.samples import load_sample, sessions_of

    board = call.board
    copies = [from_document(document) for document in load_sample(name, board.today.day)]
    past = [session_document(session) for session in sessions_of(copies)]
    board.add(copies, f"copied the sample {name}", by=APP, past=past)
    call.close()
