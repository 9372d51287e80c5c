import codecs
import os
from pathlib import Path

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.decoding import decode, read_bytes, shown_name
from tests.exchange.support import DATA

TEXT = "Name;Größe\nMüller;5 €\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("cp1252"),
    ],
)
def test_the_mark_decides_then_utf_8_then_windows(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8brest", "compressed"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n <HTML><body>", "web page"),
        (b"<?xml version='1.0'?>", "web page"),
        (b"name,value\nA\x00cme,5", "NUL"),
        ("name,value\nAcme,5\nÄ,1".encode("utf-16-le") + b"\xff\xd8", "not the utf-16-le text"),
        (b"name\n\x81\x8d", "no text, or a damaged file"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8x", "not the utf-16-le text"),
        (codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff", "not the utf-32-le text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_cure(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said) as caught:
        decode(data)
    assert caught.value.cure


@pytest.mark.parametrize("name", ["csvtext_BOM_UTF32LE.csv", "csvtext_BOM_UTF32BE.csv"])
def test_a_mark_that_contradicts_the_data_fails_cleanly(name: str) -> None:
    with pytest.raises(InvalidValueError, match="NUL"):
        decode((DATA / name).read_bytes())


@pytest.mark.parametrize("name", ["UTF8", "UTF16LE", "UTF16BE"])
def test_the_same_text_under_three_marks(name: str) -> None:
    plain = decode((DATA / "csvtext.csv").read_bytes())
    marked = decode((DATA / f"csvtext_BOM_{name}.csv").read_bytes())
    assert marked.replace('"', "").split() == plain.replace('"', "").split()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_need_no_mark(encoding: str) -> None:
    assert decode("Deal,Firma\nDach,Müller\n".encode(encoding)) == "Deal,Firma\nDach,Müller\n"


def test_a_file_is_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert read_bytes(tmp_path / "b") == b"x"


def test_what_is_no_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    for path, said in [
        (tmp_path, "a folder"),
        (tmp_path / "fifo", "a named pipe"),
        (Path("/dev/zero"), "a device"),
        (tmp_path / "dangling", "No such file"),
        (tmp_path / "a\0b", "null"),
        (tmp_path / ("x" * 300), "name too long"),
    ]:
        with pytest.raises(InvalidValueError, match=f"(?i){said}"):
            read_bytes(path)


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2_000_001)
    with pytest.raises(InvalidValueError, match="larger than 2 MB"):
        read_bytes(path, limit=2_000_000)


def test_a_name_is_shown_without_control_codes() -> None:
    assert "\x1b" not in shown_name(Path("/tmp/a\x1b[2Jb.csv"))
