"""What was decided about the lists of each source: a small private file, used again next week.

It is neither a setting nor a part of a pipeline: it says how a person's CRM writes its lists, whichever
pipeline they come into, and a pipeline that others read tells nothing of it.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.errors import InvalidValueError

if TYPE_CHECKING:
    from review_board.exchange.source_mapping import SourceMapping

NAME = "import-mappings"
_LIMIT = 1_000_000


class KeptMappings:
    """The mappings by source, in the usual private file or in one that a person names."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def get(self, source: str) -> "SourceMapping":
        """Return what was decided about a source; an empty one where nothing was."""
        from review_board.exchange.source_mapping import mapping_of, nearest

        found = self._all()
        return mapping_of(found.get(nearest(source, found)))

    def keep(self, source: str, mapping: "SourceMapping") -> None:
        """Keep it for the next list of that source; the newest decision wins."""
        found = self._all()
        if mapping.as_json() != found.get(source, {}):
            self._write({**found, source: mapping.as_json()})

    def _all(self) -> dict[str, object]:
        found = self._read()
        return found if isinstance(found, dict) else {}

    def _read(self) -> object:
        if self._file is None:
            from review_board.cli.private_state import remembered

            return remembered(NAME)
        from review_board.exchange.decoding import read_bytes, shown_name
        from review_board.store.files import is_missing

        try:
            content = read_bytes(self._file, _LIMIT)
        except InvalidValueError as error:
            if is_missing(error):
                return {}
            error.message = f"{shown_name(self._file)}: {error.message}"
            raise
        try:
            found: object = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise InvalidValueError(
                f"{shown_name(self._file)} holds no mappings of columns", "name another file"
            ) from error
        return found

    def _write(self, found: dict[str, object]) -> None:
        if self._file is None:
            from review_board.cli.private_state import remember

            remember(NAME, found)
            return
        from review_board.exchange.write_files import write_file

        text = json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True)
        write_file(self._file, f"{text}\n".encode("utf-8", "replace"), force=True)
