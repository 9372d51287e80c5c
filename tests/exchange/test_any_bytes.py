"""Whatever a file holds: prospects or a clean error, the same twice, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.errors import ReviewBoardError
from review_board.exchange import tables
from review_board.exchange.calendar_rows import calendar_rows
from review_board.exchange.import_result import ImportResult
from review_board.exchange.project_json import to_json
from review_board.exchange.read_files import import_bytes
from tests.exchange.support import NOW, taken

HEADER = (
    "Deal ID,Deal Name,Company,Contact,Stage,Amount,Close Date,Created,Probability,Is Won,Notes"
)
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "-",
            "5",
            "1.234",
            "1,5",
            "$40k",
            "2026-01-01",
            "01/02/2026",
            "31.12.2026",
            "50%",
            "yes",
            "Closed",
            "Closed Won",
            "lost",
            "call back",
            "a@b.co / 555-1234567",
            "'=x",
            "nan",
            "Total",
        ]
    ),
)


def outcome(data: bytes) -> ImportResult | str:
    """What an import gives, or what it says when it refuses."""
    try:
        return import_bytes(data, now=NOW)
    except ReviewBoardError as error:
        return str(error)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    found = outcome(data)
    assert outcome(data) == found
    assert isinstance(found, ImportResult) or "\n" not in found


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text(text: str) -> None:
    outcome(text.encode())
    outcome(f"{HEADER}\n{text}".encode())
    outcome(f'[{{"name": "A", {text}}}]'.encode())


@settings(max_examples=200)
@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), min_size=1, max_size=4))
def test_any_rows(rows: list[list[str]]) -> None:
    lines = [",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows]
    data = "\n".join([HEADER, *lines]).encode("utf-8", "replace")
    result = outcome(data)
    if isinstance(result, ImportResult):
        assert result.rows >= len(result.prospects)
        assert taken(to_json(result.prospects)).prospects == result.prospects


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b",".join(b"c%d" % i for i in range(17_000)) + b"\n1\n", "more than 16,384 columns"),
        (
            b"[" + b",".join(b'{"k%d":1,"n":2}' % i for i in range(25_000)) + b"]",
            "different fields",
        ),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "not valid JSON"),
    ],
    ids=["columns", "fields", "depth"],
)
def test_what_would_fill_the_memory_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ReviewBoardError, match=words):
        taken(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BEGIN:VEVENT\nSUMMARY:a\n", "breaks off"),
        ("BEGIN:VEVENT\n" + "X-A:b\n" * 6_000 + "END:VEVENT\n", "far too long"),
        ("Deal Name,Stage,Amount\n" + "".join(f"d{n},Open,5\n" for n in range(4)), "lists 4 deals"),
    ],
)
def test_what_is_too_much_is_refused_plainly(
    text: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_PROSPECTS", 3)
    assert words in str(outcome(text.encode()))


def test_a_calendar_of_many_entries_keeps_their_order_and_time_zone() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Home\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    entry = "BEGIN:VEVENT\nSUMMARY:call {}\nDTSTART;TZID=Home:20261201T100000\nEND:VEVENT\n"
    rows = calendar_rows(
        f"BEGIN:VCALENDAR\n{zone}{''.join(map(entry.format, range(450)))}END:VCALENDAR\n"
    )
    assert [cells[2] for _, cells in rows[1:]] == [f"call {n}" for n in range(450)]
    assert {cells[3] for _, cells in rows[1:]} == {"2026-12-01T10:00:00+03:00"}
