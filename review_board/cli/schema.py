"""``schema``: the authority on the fields of a stored prospect."""

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation


@command("schema")
@as_json_option
@pass_invocation
def schema(call: Invocation, as_json: bool) -> None:
    """The JSON Schema of a stored prospect, and so of an export's list."""
    from review_board.pipeline.prospect import json_schema

    call.out.json(json_schema())
