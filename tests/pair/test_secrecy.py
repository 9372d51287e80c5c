"""Before the reveal, nothing that is stored tells anything about a vote."""

import hashlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_board.pair.vote import Place, Vote, canonical
from review_board.pipeline.vocabulary import DropReason
from tests.pair.two_people import Office, call, drop, keep, nurture

WHYS = ("", "she asked", "seven times is an answer")
HEX = re.compile(rb"[0-9a-f]{16,}")
SECRET = re.compile(rb'"(?:commitment|key|text)": ?"([^"]*)"')
CHANCE = re.compile(rb'"file":\[[^\]]*\]|(?<=")[0-9a-f]{16,}(?=")')
"""What differs from file to file: where it lies on the disk, check values."""


def all_votes() -> Iterator[Vote]:
    """Every vote that anybody might cast here."""
    for why, sure in itertools.product(WHYS, (None, 1, 2, 3)):
        yield from (keep(days, why=why, sure=sure) for days in range(1, 15))
        for reason in DropReason:
            yield drop(why=why, sure=sure).model_copy(update={"reason": reason})
        yield from (call(n).model_copy(update={"why": why, "sure": sure}) for n in range(1, 15))
        yield nurture().model_copy(update={"why": why, "sure": sure})


def stored(folder: Path) -> bytes:
    """Everything in every file, one after the other."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


def up_to_the_reveal(folder: Path, first: Vote, second: Vote) -> Iterator[tuple[str, bytes]]:
    """Yield what is stored at each step, until both have voted and one has handed over."""
    folder.mkdir()
    office = Office(folder / "pipeline.json")
    ann, raj = office.both()
    yield ann.session_id, stored(folder)
    ann.vote(first)
    yield ann.session_id, stored(folder)
    raj.board.catch_up()
    raj.vote(second)  # hands over, too
    assert raj.session
    assert "raj" in raj.session.card.sealed
    assert not raj.session.card.reveals
    raj.board.store.checkpoint()
    yield ann.session_id, stored(folder)
    ann.board.catch_up()
    ann.tick()
    assert b"seven times is an answer" in stored(folder)


def test_no_vote_that_could_be_cast_fits_what_is_stored(tmp_path: Path) -> None:
    first, second = keep(why="she asked"), drop()
    for session_id, found in up_to_the_reveal(tmp_path / "p", first, second):
        tokens = {*HEX.findall(found)}
        salts = [b"", *(bytes.fromhex(t.decode()) for t in tokens if len(t) % 2 == 0)]
        assert b"she asked" not in found
        assert b"seven times" not in found
        for vote, name in itertools.product(all_votes(), ("ann", "raj")):
            said = canonical(vote, Place(session_id, "p-0", 1, name))
            assert not any(hashlib.sha256(s + said).hexdigest().encode() in tokens for s in salts)


@pytest.mark.parametrize("other", [keep(), nurture(), call()])
def test_what_is_stored_is_as_long_and_the_same_whatever_was_voted(
    tmp_path: Path, other: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda n: "0" * 2 * n)
    steps = [
        [
            CHANCE.sub(b"", SECRET.sub(_hidden, found))
            for _, found in up_to_the_reveal(tmp_path / name, vote, drop())
        ]
        for name, vote in (("one", drop()), ("two", other))
    ]
    for one, two in zip(*steps, strict=True):
        assert one == two


def _hidden(found: re.Match[bytes]) -> bytes:
    return b"-" * len(found[1])
