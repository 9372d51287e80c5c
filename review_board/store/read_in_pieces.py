"""Reads a large data file piece by piece, as the store lays it out: one document a line.

The parser holds all other threads while it reads: over a whole large file a screen would stand
still for a second or more, and nobody could stop it.
"""

from typing import Any

import orjson

from review_board.progress import Progress
from review_board.store.protocol import PROSPECTS

LARGE = 1 << 22
"""Bytes from which a file is read in pieces."""
PIECE = 1 << 20
"""Bytes of a piece, and of the document that goes over its end."""

_NAME = b'"%b"' % PROSPECTS.encode()
_HEAD = b"{\n%b: {\n" % _NAME
_TAIL = b"\n}"


def read_in_pieces(data: bytes, progress: Progress, piece: int = PIECE) -> dict[str, Any] | None:
    """Return the object in ``data``, counting its bytes; ``None`` where it is laid out otherwise.

    No line break stands within a text of JSON, so what is read piece by piece is what the parser
    would read of the whole: each piece must be the members of one object, and the rest one without
    them.
    """
    begin, end = len(_HEAD), data.find(_TAIL, len(_HEAD))
    if not data.startswith(_HEAD) or end < 0:
        return None
    progress.begin("reading the file", len(data))
    rest = _HEAD + data[end:]
    documents: dict[str, Any] = {}
    try:
        value = orjson.loads(rest)
        while begin < end:
            cut = data.find(b",\n", min(begin + piece, end), end)
            stop = end if cut < 0 else cut
            documents |= orjson.loads(b"{%b}" % data[begin:stop])
            progress.step(stop - begin)
            begin = stop + 2
    except orjson.JSONDecodeError:
        return None
    if rest.count(_NAME) > 1:
        return None
    value[PROSPECTS] = documents
    return dict(value)
