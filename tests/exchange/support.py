"""What the tests of the exchange share: one moment, one way to import a line of text."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.read_files import import_bytes

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DATA = Path(__file__).parent / "data" / "dataloader"


def taken(text: str | bytes, **options: Any) -> ImportResult:
    """What an import of this text gives."""
    data = text.encode() if isinstance(text, str) else text
    return import_bytes(data, now=NOW, options=ImportOptions(**options))
