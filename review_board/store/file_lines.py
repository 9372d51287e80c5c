"""Reading a file of lines from its end or from its beginning, without holding all of it."""

from collections.abc import Iterator

from review_board.store.files import read_blocks, read_range

BLOCK = 65536


def lines_backwards(fd: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield offset and text (newline included) of each line before ``end``, the last one first.

    ``end`` lies just after a newline, or is 0.
    """
    start, buffer = end, b""
    while start > 0:
        size = min(BLOCK, start)
        start -= size
        buffer = read_range(fd, start, start + size) + buffer
        cut = buffer.find(b"\n") + 1 if start else 0
        if start and not cut:
            continue
        yield from _split_backwards(buffer[cut:], start + cut)
        buffer = buffer[:cut]


def lines_forwards(fd: int, end: int) -> Iterator[bytes]:
    """Yield the text (newline included) of each line before ``end``, the first one first."""
    begun: list[bytes] = []  # a long line grows by pieces: adding them up each time is quadratic
    for block in read_blocks(fd, 0, end):
        first, newline, more = block.partition(b"\n")
        begun.append(first + newline)
        if newline:
            yield b"".join(begun)
            *whole, rest = more.split(b"\n")
            yield from (text + b"\n" for text in whole)
            begun = [rest]


def sound_end(fd: int, size: int) -> int:
    """Return where the last whole line ends; what follows was being written when its writer died.

    After a power cut a block may also come back as NUL bytes, which no line contains.
    """
    end = _after_last_newline(fd, size)
    for offset, line in lines_backwards(fd, end):
        return offset if b"\0" in line else end
    return end


def _after_last_newline(fd: int, size: int) -> int:
    end = size
    while end > 0:
        start = max(0, end - BLOCK)
        found = read_range(fd, start, end).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _split_backwards(text: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    end = len(text)
    while end > 0:
        start = text.rfind(b"\n", 0, end - 1) + 1
        yield offset + start, text[start:end]
        end = start
