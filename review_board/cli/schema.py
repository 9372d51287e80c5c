"""``schema``: the authority on the fields of a stored prospect."""

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation


@command("schema")
@pass_invocation
def schema(call: Invocation) -> None:
    """The JSON Schema of a stored prospect, and so of an export's list."""
    from review_board.pipeline.prospect import json_schema

    call.out.json(json_schema())
