"""The short form of ``python -m tests.ssh``: a real server, two logins, a split, a bet, one lost."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.ssh.server import Server, missing
from tests.ssh.ways import a_split_and_a_bet, only_the_board

WHY_NOT = missing()


@pytest.mark.skipif(bool(WHY_NOT), reason=f"no journey through a real ssh server: {WHY_NOT}")
def test_two_people_through_a_real_server() -> None:
    with (
        TemporaryDirectory() as place,
        Server(Path(place), uses_pam=False) as server,
    ):  # all users may enter it
        only_the_board(server)
        a_split_and_a_bet(server)
