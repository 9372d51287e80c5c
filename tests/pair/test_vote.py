"""A vote is bound by its hash, and handed over so that only the other can read it."""

from contextlib import suppress
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from review_board.errors import InvalidValueError, RefusedError
from review_board.pair.sealing import public_key, seal, unseal
from review_board.pair.vote import Place, Vote, canonical, commitment, fits, vote_of
from review_board.pipeline.verdict_record import PairVote, sure_words
from tests.pair.two_people import call, drop, keep, nurture

VOTES = [
    keep(),
    keep(6),
    keep(sure=3),
    keep(sure=None),
    keep(why=""),
    drop(),
    drop(sure=1),
    call(),
    nurture(),
]
HERE = Place("pair-1", "p-1", 1, "ann")
SALT, OTHER_SALT = bytes(range(32)), bytes(32)


def test_every_vote_has_its_own_bytes_and_equal_ones_the_same() -> None:
    assert len({canonical(vote, HERE) for vote in VOTES}) == len(VOTES)
    for vote in VOTES:
        again = Vote.model_validate_json(vote.model_dump_json())
        assert canonical(again, HERE) == canonical(vote, HERE)


@pytest.mark.parametrize("cast", VOTES)
def test_a_hash_fits_the_vote_that_was_cast_and_no_other(cast: Vote) -> None:
    hashed = commitment(SALT, cast, HERE)
    assert [vote for vote in VOTES if fits(hashed, SALT, vote, HERE)] == [cast]
    assert not fits(hashed, OTHER_SALT, cast, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, session="pair-2"),
        replace(HERE, card="p-2"),
        replace(HERE, turn=2),
        replace(HERE, by="raj"),
    ],
)
def test_a_hash_that_somebody_copies_fits_nowhere_else(elsewhere: Place) -> None:
    assert not fits(commitment(SALT, keep(), HERE), SALT, keep(), elsewhere)


def test_how_sure_is_said_by_who_voted_or_not_said() -> None:
    vote = vote_of(to="dropped", reason="no-need")
    assert vote.sure is None
    assert (
        PairVote.model_validate(
            {"by": "ann", "role": "rep", "verdict": "keep", "destination": "active"}
        ).sure
        is None
    )
    assert [sure_words(sure) for sure in (None, 1, 2, 3)] == [
        "",
        "doubtful",
        "fairly sure",
        "certain",
    ]


def test_a_salt_of_another_length_is_no_salt() -> None:
    short = SALT[:31]
    assert not fits(commitment(short, keep(), HERE), short, keep(), HERE)


def test_a_reason_of_more_than_80_characters_is_refused() -> None:
    assert vote_of(to="dropped", sure=1, why="x" * 80).why
    with pytest.raises(InvalidValueError, match="80"):
        vote_of(to="dropped", sure=1, why="x" * 81)
    with pytest.raises(InvalidValueError, match="sure"):
        vote_of(to="dropped", sure=4)


ANN, RAJ, EVE = (bytes([n]) * 32 for n in (1, 2, 3))


@given(st.binary(max_size=5000))
def test_only_the_two_can_read_what_is_sealed(text: bytes) -> None:
    sealed = seal(text, ANN, public_key(RAJ), "here")
    assert unseal(sealed, RAJ, public_key(ANN), "here") == text
    with suppress(RefusedError):
        assert unseal(sealed, EVE, public_key(ANN), "here") != text or not text


def test_the_length_of_what_is_sealed_tells_nothing() -> None:
    lengths = {len(seal(b"x" * n, ANN, public_key(RAJ), "here")) for n in (0, 1, 500, 2000)}
    assert len(lengths) == 1


def test_the_same_text_is_sealed_otherwise_at_another_place() -> None:
    assert seal(b"vote", ANN, public_key(RAJ), "1") != seal(b"vote", ANN, public_key(RAJ), "2")


@pytest.mark.parametrize("key", ["", "x", "0", "1", "-2", "f" * 512])
def test_a_key_that_would_give_the_secret_away_is_refused(key: str) -> None:
    with pytest.raises(RefusedError):
        seal(b"vote", ANN, key, "here")


@pytest.mark.parametrize("sealed", ["", "\x00", "é", "abc", "|" * 5])
def test_what_nobody_sealed_is_refused(sealed: str) -> None:
    with pytest.raises(RefusedError):
        unseal(sealed, RAJ, public_key(ANN), "here")
