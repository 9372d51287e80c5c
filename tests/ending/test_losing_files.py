"""The files of a pipeline vanish, come back and are cut under a real board on a terminal."""

import os
from pathlib import Path

from review_board.cli.run import run
from tests.ending.terminal import Terminal
from tests.ending.test_ending import BOARD


def test_nothing_is_lost_or_created_while_the_folder_is_away(tmp_path: Path) -> None:
    folder = tmp_path / "sales"
    folder.mkdir()
    pipeline = str(folder / "p.json")
    assert run(["--as", "ann", "--file", pipeline, "add", "Harbor Auto Glass"]) == 0
    with Terminal(*BOARD, pipeline, home=tmp_path, size=(120, 34)) as terminal:
        terminal.wait_for("Harbor")
        folder.rename(tmp_path / "away")
        folder.mkdir()
        terminal.wait_for("The folder of p.json is gone")
        terminal.type("n")
        terminal.wait_for("Nothing can be changed")
        assert list(folder.iterdir()) == []
        folder.rmdir()
        (tmp_path / "away").rename(folder)
        terminal.wait_for("you can go on")
        (ledger,) = folder.glob("*ledger*")
        size = ledger.stat().st_size
        terminal.type("aLakeside\r")
        terminal.wait_for("Lakeside")
        while ledger.stat().st_size == size:
            terminal.read(0.05)
        os.truncate(ledger, size)
        terminal.wait_for("1 change is no longer on disk")
        terminal.type("q")
        terminal.wait_for("ann added Lakeside")
        terminal.type("w")
        assert terminal.ended() == 0
        assert terminal.restored
    assert run(["--file", pipeline, "show", "Lakeside"]) == 0
