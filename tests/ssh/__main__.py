"""``python -m tests.ssh``: two logins of two users on one pipeline, through a real server.

Skipped, with a word, where there is no sshd or no right to start one.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ending.terminal import PATIENCE, Terminal
from tests.ssh.server import GROUP, USERS, Server, missing

START = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
REFUSAL = "This key opens review_board and nothing else"


def main() -> int:
    """Go every way, and say how it went."""
    if why := missing():
        _say(f"skipped: {why}")
        return 0
    bad = 0
    for way in WAYS:
        with TemporaryDirectory() as place, Server(Path(place)) as server:
            _fill(server)
            try:
                way(server)
                _say(f"sound   {way.__name__}")
            except AssertionError as error:
                bad += 1
                _say(f"DEFECT  {way.__name__}: {error}")
    return 1 if bad else 0


def nothing_but_the_board(server: Server) -> None:
    """No client gets a shell, a copy or a file, whatever it asks for."""
    before = sorted(path.name for path in server.folder.iterdir())
    ann = ["-i", f"{server.place}/ann"]
    wanted = [server.client("ann", what) for what in ("sh", "sh -i", "cat /etc/passwd", "list")]
    wanted.append(["scp", *server.options("-P"), *ann, "/etc/hosts", "ann@127.0.0.1:x"])
    wanted.append(["scp", "-O", *server.options("-P"), *ann, "/etc/hosts", "ann@127.0.0.1:x"])
    wanted.append(["sftp", *server.options("-P"), *ann, "ann@127.0.0.1"])
    for words in wanted:
        done = subprocess.run(words, input=b"id\n", capture_output=True, timeout=60, check=False)
        assert done.returncode, words
        if words[0] == "ssh":  # of a subsystem the server passes no message on
            assert REFUSAL in done.stderr.decode(), (words, done.stderr)
        assert b"uid=" not in done.stdout, words
    done = subprocess.run(
        server.client("ann"), input=b"id\n", capture_output=True, timeout=60, check=False
    )
    assert b"needs a terminal" in done.stderr, done.stderr
    assert sorted(path.name for path in server.folder.iterdir()) == before
    assert not (server.place / "home-ann/x").exists()


def the_screens_lead_nowhere(server: Server) -> None:
    """Editor, shell, other files: offered nowhere, refused where a key asks for them."""
    sent = ("-o", "SendEnv=EDITOR VISUAL REVIEW_BOARD_FILE TEXTUAL_DRIVER")
    hostile = {"EDITOR": "sh", "VISUAL": "sh", "REVIEW_BOARD_FILE": "/etc/passwd", "TEXTUAL_DRIVER": "os:sh"}  # fmt: skip
    with _login(server, "ann", options=sent, **hostile) as ann:
        ann.wait_for("Harbor")
        for key, word in (("O", "No other pipeline"), ("I", "no files"), ("\x1a", "no shell")):
            ann.type(key)
            ann.wait_for(word)
        ann.type("n")
        ann.wait_for("Note on")
        assert "go on in" not in ann.text
        ann.type("\x1b")
        ann.read(0.5)
        ann.type("q")
        assert ann.ended() == 0
        assert ann.restored
    _gone(server, "ann")


def two_people(server: Server) -> None:
    """Two users are in one pair review, and each sees the other; all files stay shared."""
    with _login(server, "ann", "pair start") as ann:
        ann.wait_for("Harbor")
        with _login(server, "raj", "review-board pair join") as raj:
            raj.wait_for("ann")
            ann.wait_for("raj")
            assert server.processes("ann")
            assert server.processes("raj")
            for found in (path.stat() for path in server.folder.iterdir()):
                assert (found.st_mode & 0o777, found.st_gid) == (0o660, GROUP)
                assert found.st_uid in USERS.values()


def a_split_and_a_bet(server: Server) -> None:
    """One keeps and one drops: both see both votes at once, have their say, and agree on a bet."""
    with _login(server, "ann", "pair start") as ann:
        ann.wait_for("Harbor")
        with _login(server, "raj", "pair join") as raj:
            ann.wait_for("raj")
            _type(ann, "K", "call them", "\r", "\r")
            raj.wait_for("voted")
            assert "call them" not in raj.text
            _type(raj, "D", "n", "\r", "3", "\t", "seven times", "\r")
            for person in (ann, raj):
                person.wait_for("the case for holding on")
                assert "seven times" in person.text
            _type(ann, " ")
            raj.wait_for("the case for letting go")
            _type(raj, " ")
            ann.wait_for("both have spoken")
            _type(ann, "b", "names a start day", "\r")
            raj.wait_for("on a bet")


def a_cut_connection(server: Server) -> None:
    """A client that dies leaves no process behind, and the other one goes on."""
    with _login(server, "ann", "pair start") as ann:
        ann.wait_for("Harbor")
        with _login(server, "raj", "pair join") as raj:
            raj.wait_for("ann")
            ann.wait_for("raj")
            raj.process.kill()
            _gone(server, "raj")
        assert server.processes("ann")
        with _login(server, "raj", "pair join") as again:
            again.wait_for("Harbor")
            again.process.kill()
        ann.process.kill()
    _gone(server, "ann")
    _gone(server, "raj")


def _type(person: Terminal, *keys: str) -> None:
    """Type as a person does, who looks at what comes."""
    for key in keys:
        person.type(key)
        person.read(0.7)


@contextmanager
def _login(
    server: Server, name: str, *command: str, options: tuple[str, ...] = (), **environment: str
) -> Iterator[Terminal]:
    words = server.client(name, *command, options=("-tt", *options))
    with Terminal("-c", START, *words, home=server.place, size=(120, 34), **environment) as shown:
        yield shown


def _fill(server: Server) -> None:
    """Make a pipeline of Ann's with cards that are long due."""
    day = (datetime.now(UTC) - timedelta(days=100)).date().isoformat()
    words = [sys.executable, "-m", "review_board", "--file", str(server.pipeline), "--today", day]
    for name in ("Harbor Auto Glass", "Lakeside Dental"):
        subprocess.run([*words, "add", name], check=True, capture_output=True)
    for made in server.folder.iterdir():
        os.chown(made, USERS["ann"], GROUP)


def _gone(server: Server, name: str) -> None:
    end = time.monotonic() + PATIENCE
    while left := server.processes(name):
        assert time.monotonic() < end, f"processes of {name} stay: {left}"
        time.sleep(0.1)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


WAYS = (
    nothing_but_the_board,
    the_screens_lead_nowhere,
    two_people,
    a_split_and_a_bet,
    a_cut_connection,
)


if __name__ == "__main__":
    sys.exit(main())
