"""Lines are read from the end in blocks of any size."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_board.store import file_lines

lines = st.lists(
    st.binary(max_size=12).map(lambda text: text.replace(b"\n", b"").replace(b"\0", b""))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, st.binary(max_size=9).map(lambda text: text.replace(b"\n", b"x")), st.integers(1, 30))
def test_lines_come_last_first(tmp_path: Path, whole: list[bytes], torn: bytes, block: int) -> None:
    path = tmp_path / "lines"
    text = b"".join(line + b"\n" for line in whole)
    path.write_bytes(text + torn)
    fd = os.open(path, os.O_RDONLY)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(file_lines, "BLOCK", block)
            end = file_lines.sound_end(fd, len(text) + len(torn))
            found = list(file_lines.lines_backwards(fd, end))
    finally:
        os.close(fd)
    assert end == len(text)
    assert [line for _, line in reversed(found)] == [line + b"\n" for line in whole]
    assert all(text[offset:].startswith(line) for offset, line in found)
