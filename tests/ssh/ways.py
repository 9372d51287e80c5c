"""What must hold through a real server, one way each, for a server that was just started."""

import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from review_board.store.file_store import FileStore
from tests.ending.terminal import PATIENCE, Terminal
from tests.ssh.cards import fill
from tests.ssh.journey import gone
from tests.ssh.relay import Relay
from tests.ssh.server import GROUP, PEOPLE, SERVICE, USERS, Server

PAGE = Path(__file__).parents[2] / "docs/pair-review.md"
START = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
REFUSAL = "This key opens review_board and nothing else"
SHARED_LOGIN = f'[review]\nreviewers = ["ann", "raj"]\nshared_login = "{SERVICE}"\n'
WHEEL_FREE = 45
"""Seconds after which the wheel of a lost connection must be free: the promise is 30."""
KEEP = (
    ("K", "the dated next step"),
    ("call them", ": call them"),
    ("\r", "How sure"),
)
KEEP_AGAIN = (("K", ": call them"), ("\r", "How sure"))
"""The form of the second vote begins with the first, so that nothing need be typed."""
DROP = (("D", "why?"), ("e", "drop it, because"), ("\r", "How sure"))
DROP_AGAIN = (("D", "drop it, because"), ("\r", "How sure"))
LEAST = 1.5
"""Seconds of CPU that waiting and ending may take, 12 s at most; a process that spins takes most of them."""


def only_the_board(server: Server) -> None:
    """No shell, no copy, no file by the common ways."""
    to = f"{SERVICE}@127.0.0.1:x"
    asked = _run(server.client("ann", "sh"))
    assert REFUSAL in asked.stderr.decode(), asked.stderr
    assert b"uid=" not in asked.stdout
    assert _run(["scp", *server.options("-P", "ann"), "/etc/hosts", to]).returncode
    assert not (server.place / f"home-{SERVICE}/x").exists()


def nothing_but_the_board(server: Server) -> None:
    """No client gets a shell, a copy or a file, whatever it asks for."""
    before = _files(server)
    only_the_board(server)
    for words in ("sh -i", "cat /etc/passwd", "list", "pair start --as raj", "EDITOR=sh review-board"):  # fmt: skip
        done = _run(server.client("ann", words))
        assert REFUSAL in done.stderr.decode(), (words, done.stderr)
        assert done.returncode
        assert b"uid=" not in done.stdout, words
    to, options = f"{SERVICE}@127.0.0.1", server.options("-P", "ann")
    assert _run(["scp", "-O", *options, "/etc/hosts", f"{to}:x"]).returncode
    assert _run(["scp", *options, f"{to}:/etc/passwd", str(server.place)]).returncode
    assert _run(["sftp", *options, to]).returncode
    assert b"needs a terminal" in _run(server.client("ann")).stderr
    way = _run(server.client("ann", options=("-W", f"127.0.0.1:{server.port}")))
    assert b"forwarding failed" in way.stderr, way.stderr
    for agent in ("-A", "-X"):
        _run(server.client("ann", "sh", options=(agent,)))
    assert _files(server) == before


def no_way_through(server: Server) -> None:
    """No port is forwarded for a key of the service; a login of one's own shows that it could be."""
    to = ("127.0.0.1", server.port)
    target = ":".join(map(str, to))
    remote = (*("-o", "ExitOnForwardFailure=yes"), "-N", "-R", f"0:{target}")
    refused = _run(server.client("ann", options=remote))
    assert refused.returncode == 255
    assert b"remote port forwarding failed" in refused.stderr, refused.stderr
    port = bytes([5, 1, 0, 1, 127, 0, 0, 1, *server.port.to_bytes(2, "big")])
    for option, hello in (("-L", ()), ("-D", (bytes([5, 1, 0]), port))):
        for login, passes in (("ann", True), (SERVICE, False)):
            here = _free_port()
            asks = f"{here}:{target}" if option == "-L" else str(here)
            client = server.client("ann", login=login, options=("-N", option, asks))
            with subprocess.Popen(client, stderr=subprocess.DEVNULL) as tunnel:
                try:
                    assert (b"SSH-2.0" in _answers(here, hello)) is passes, (option, login)
                finally:
                    tunnel.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(port: int, hello: Sequence[bytes]) -> bytes:
    """Return what comes from a port of this machine once it listens: all of it, to the end or a banner."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            way = socket.create_connection(("127.0.0.1", port), PATIENCE)
            break
        except OSError:
            assert time.monotonic() < end, "the client does not listen"
            time.sleep(0.1)
    came = b""
    with way:
        for said in hello:
            way.sendall(said)
            came += way.recv(64)
        while b"SSH-2.0" not in came:
            more = _received(way)
            if not more:
                break
            came += more
    return came


def _received(way: socket.socket) -> bytes:
    try:
        return way.recv(64)
    except ConnectionResetError:
        return b""


def the_file_that_the_machine_names(server: Server) -> None:
    """A line in ``/etc/environment`` names the pipeline for all who log in, and for no restricted key."""
    fill(server.pipeline, PEOPLE["ann"], GROUP, kept=2, purged=0)
    _service(server)
    with login(server, "ann", "review-board pair start", login="ann") as ann:
        ann.wait_for("until both have voted")
        with login(server, "raj", "review-board pair join", login="raj") as raj:
            _see_each_other(ann, raj)
    assert not [*server.place.glob("home-ann/.local/share/review-board/*")]
    with login(server, "ann", "pair start") as ann:
        ann.wait_for("until both have voted")
    assert _session(server.theirs)["people"]


def the_screens_lead_nowhere(server: Server) -> None:
    """Editor, shell, other files: offered nowhere, refused where a key asks for them."""
    _service(server)
    before = _files(server)
    sent = ("-o", "SendEnv=EDITOR VISUAL REVIEW_BOARD_FILE TEXTUAL_DRIVER TEXTUAL LC_ALL")
    hostile = {
        "EDITOR": "sh",
        "VISUAL": "sh",
        "REVIEW_BOARD_FILE": "/etc/passwd",
        "TEXTUAL_DRIVER": "os:sh",
        "LC_ALL": "../../tmp",
    }
    with login(server, "ann", options=sent, **hostile) as ann:
        ann.wait_for("Kestrel")
        for key, word in (("O", "No other pipeline"), ("I", "no files"), ("\x1a", "no shell")):
            ann.type(key)
            ann.wait_for(word)
        ann.type("n")
        ann.wait_for("Note on")
        assert "go on in" not in ann.text
        ann.type("asked in person\x13")
        ledger = Path(f"{server.theirs}.ledger.jsonl")
        ann.wait_until(lambda: "asked in person" in ledger.read_text())
        ann.type("q")
        assert ann.ended() == 0
        assert ann.restored
    gone(server, SERVICE)
    made = {Path(name).name for name in {*_files(server)} - {*before}}
    assert made <= {"pipeline.json.lock", "pipeline.json.bak"}, made


def the_key_signs(server: Server) -> None:
    """On a shared login the line of the key says who signs; what is only claimed signs nothing."""
    _service(server, SHARED_LOGIN)
    refused = _run(server.client("ann", "pair start --as raj"))
    assert REFUSAL in refused.stderr.decode()
    with login(server, "ann", "pair start") as ann:
        ann.wait_for("until both have voted")
        with login(server, "raj", "pair join") as raj:
            _see_each_other(ann, raj)
            raj.press(*DROP, ("\r", "voted ✓"))
            ann.wait_for("raj voted")
            ann.press(*DROP, ("\r", "Settled"))
            raj.wait_for("Settled")
    gone(server, SERVICE)
    people = _session(server.theirs)["people"]
    assert {p["name"]: (p["login"], p.get("asserted", False)) for p in people.values()} == {
        "ann": (SERVICE, False),
        "raj": (SERVICE, False),
    }
    _settings(server, SERVICE, SHARED_LOGIN.replace('"ann", ', ""))
    with login(server, "ann", "pair start") as ann:
        ann.wait_for("ann is not one of the reviewers (raj)")
        assert ann.ended() == 1


def a_claimed_name_signs_nothing(server: Server) -> None:
    """Who has a login of their own signs by it: not by ``--as``."""
    fill(server.pipeline, PEOPLE["ann"], GROUP, kept=1, purged=0)
    _settings(server, "ann", '[review]\nreviewers = ["ann", "raj"]\n')
    with login(server, "ann", _shared(server, "--as raj pair start"), login="ann") as claims:
        claims.wait_for("raj is only claimed: this is the login ann")
        assert claims.ended() == 1
    with login(server, "ann", _shared(server, "pair start"), login="ann") as ann:
        ann.wait_for("until both have voted")


def two_logins_share_a_folder(server: Server) -> None:
    """Whoever wrote last, both can read and write every file, and nobody else can."""
    for number, name in enumerate(("ann", "raj", "ann", "raj", "raj", "ann")):
        done = _run(server.client(name, _shared(server, f"add 'Card {number}'"), login=name))
        assert done.returncode == 0, done.stderr
        _is_shared(server)
    said = _run(server.client("raj", _shared(server, "history"), login="raj")).stdout.decode()
    assert [word for line in said.splitlines() for word in line.split() if word in PEOPLE] == [
        "ann",
        "raj",
        "raj",
        "ann",
        "raj",
        "ann",
    ]
    with login(server, "ann", _shared(server, "pair start --all"), login="ann") as ann:
        ann.wait_for("until both have voted")
        with login(server, "raj", _shared(server, "pair join"), login="raj") as raj:
            _see_each_other(ann, raj)
            _is_shared(server)
            outside = _run(["setpriv", "--reuid", str(USERS[SERVICE]), "--clear-groups", "ls", str(server.folder)])  # fmt: skip
            assert b"Permission denied" in outside.stderr


def the_page_word_for_word(server: Server) -> None:
    """What docs/pair-review.md tells two people to type works as it stands there."""
    fill(server.place / "laptop/pipeline.json", 0, 0, kept=2, purged=0)
    part = PAGE.read_text("utf-8").partition("## From two laptops")[2].partition("\n## ")[0]
    lines = [line for block in part.split("```")[1::2] for line in block.strip().splitlines()]
    put, logs_in, lets_in, begins, joins = (
        _here(server, line.partition("#")[0].strip()) for line in lines
    )
    copied = subprocess.run(["sh", "-c", put % {"person": "ann"}], capture_output=True, check=False)
    assert copied.returncode == 0, copied.stderr
    with _typed(server, logs_in % {"person": "ann"}) as ann:
        ann.wait_for("$ ")
        ann.type(f"{lets_in}\r{begins}\r")
        ann.wait_for("until both have voted")
        with _typed(server, joins % {"person": "raj"}) as raj:
            _see_each_other(ann, raj)
            raj.press(*KEEP, ("\r", "voted ✓"))
            ann.wait_for("raj voted ✓")
        _is_shared(server)


def _here(server: Server, line: str) -> str:
    """Return a line of the page for this server; where it says ssh or scp, ``%s`` is the person."""
    known = {
        "~/.local/share/review-board": f"{server.place}/laptop",
        "/srv/sales": str(server.folder),
        "sales:/": "%s@127.0.0.1:/",
        "ssh -t sales": f"ssh -tt {shlex.join(server.options('-p', '%s'))} %s@127.0.0.1",
        "scp ": f"scp {shlex.join(server.options('-P', '%s'))} ",
    }
    for said, meant in known.items():
        line = line.replace(said, meant)
    return line.replace("%s@", "PERSON@").replace("%s", "PERSON").replace("PERSON", "%(person)s")


@contextmanager
def _typed(server: Server, line: str) -> Iterator[Terminal]:
    with Terminal("-c", START, *shlex.split(line), home=server.place, size=(120, 34)) as shown:
        yield shown


def a_split_and_a_bet(server: Server) -> None:
    """One keeps and one drops: both see both votes at once, have their say, and agree on a bet.

    Then one connection breaks: no process of it stays, and the other one goes on.
    """
    _service(server)
    with login(server, "ann", "pair start") as ann:
        ann.wait_for("until both have voted")
        with login(server, "raj", "pair join") as raj:
            _see_each_other(ann, raj)
            ann.press(*KEEP, ("\r", "voted ✓"))
            raj.wait_for("voted ✓")
            assert "call them" not in raj.text
            raj.press(*DROP, ("3\tseven times", "seven times"))
            raj.press(("\r", "seven times"))
            ann.wait_for("seven times")
            ann.wait_for("why to keep it")
            ann.press((" ", "why to let it go"))
            raj.wait_for("why to let it go")
            raj.press((" ", "both have spoken"))
            ann.wait_for("both have spoken")
            ann.press(("v", "this one is the last"), *KEEP_AGAIN, ("\r", "voted ✓"))
            raj.wait_for("this one is the last")  # what he sees of the first vote is not enough
            raj.press(*DROP_AGAIN, ("\r", "b bet"))
            ann.wait_for("b bet")
            ann.press(
                ("b", "what will they do"),
                ("name a start day", "for “name a start day”"),
                ("\r", "your bet"),
            )
            raj.wait_for("ann proposes a bet")
            raj.press_until("\r", "on a bet")
            ann.wait_for("on a bet")
            both = len(server.processes(SERVICE))
            raj.process.kill()
            ann.wait_until(lambda: len(server.processes(SERVICE)) < both)
        ann.type("q")
        assert ann.ended() == 0
        assert ann.restored
    gone(server, SERVICE)


def a_cut_connection(server: Server) -> None:
    """A client that is killed in the middle of a vote: its process ends soon and does not spin.

    The wheel is free after it, and the vote counts as cast until its voter returns.
    """
    fill(server.pipeline, PEOPLE["ann"], GROUP, kept=2, purged=0)
    with login(server, "ann", _shared(server, "pair start"), login="ann") as ann:
        ann.wait_for("until both have voted")
        with login(server, "raj", _shared(server, "pair join"), login="raj") as raj:
            _see_each_other(ann, raj)
            raj.type("d")
            ann.wait_for("raj manager (driving)")
            raj.press(*KEEP, ("\r", "voted ✓"))
            ann.wait_for("voted ✓")
            watched = _Cpu(server, "raj")
            raj.process.kill()
            took = watched.until_gone(ann)
            _say(
                f"        killed: its process was gone after {took:.1f} s, {watched.spent:.2f} s of CPU"
            )
            assert watched.spent < LEAST
        ballots = next(iter(_session(server.pipeline)["cards"].values()))["ballots"]
        assert [*ballots] == ["raj"]
        begun = time.monotonic()
        ann.type("s")
        ann.wait_for("raj is driving")
        ann.wait_until(lambda: "raj manager (connection lost)" in ann.text, WHEEL_FREE)
        _say(
            f"        lost: it was told, and the wheel free, {time.monotonic() - begun:.0f} s later"
        )
        ann.press(("s", "ann rep (driving)"))
        ann.type("p")
        with login(server, "raj", _shared(server, "pair join"), login="raj") as again:
            again.wait_for("it was lost while you were away: please vote again")
    for name in PEOPLE:
        gone(server, name)


def a_silent_connection(server: Server) -> None:
    """A link that is dead without a word: the server finds out, and nothing spins meanwhile."""
    fill(server.pipeline, PEOPLE["ann"], GROUP, kept=1, purged=0)
    with Relay(server.port) as relay:
        server.way = relay.port
        with login(server, "ann", _shared(server, "pair start"), login="ann") as ann:
            ann.wait_for("until both have voted")
            watched = _Cpu(server, "ann")
            relay.hold()
            took = watched.until_gone(ann)
            _say(
                f"        silent: its process was gone after {took:.1f} s, {watched.spent:.2f} s of CPU"
            )
            assert watched.spent < LEAST
            relay.cut()
            assert ann.ended() == 255
            assert ann.modes[:4] == ann.before[:4]


class _Cpu:
    """The CPU that the programs of a login take from now on."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self._name = server, name
        self._begun = self._last = self._now()

    def _now(self) -> dict[int, float]:
        found = {}
        for pid in self._server.processes(self._name):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return found

    def until_gone(self, other: Terminal, patience: float = 15.0) -> float:
        """Watch until all have ended, and read what another shows meanwhile; return the seconds."""
        begun = time.monotonic()
        while now := self._now():
            self._last = self._last | now
            other.read(0.05)
            assert time.monotonic() - begun < patience, f"it stays: {now}"
        return time.monotonic() - begun

    @property
    def spent(self) -> float:
        """Return the seconds of CPU since the beginning."""
        return sum(self._last.values()) - sum(self._begun.values())


WAYS = (
    nothing_but_the_board,
    no_way_through,
    the_file_that_the_machine_names,
    the_screens_lead_nowhere,
    the_key_signs,
    a_claimed_name_signs_nothing,
    two_logins_share_a_folder,
    the_page_word_for_word,
    a_split_and_a_bet,
    a_cut_connection,
    a_silent_connection,
)


@contextmanager
def login(
    server: Server,
    person: str,
    *command: str,
    login: str = SERVICE,
    options: tuple[str, ...] = (),
    **environment: str,
) -> Iterator[Terminal]:
    """Log in by a person's key, with a terminal."""
    words = server.client(person, *command, login=login, options=("-tt", *options))
    with Terminal("-c", START, *words, home=server.place, size=(120, 34), **environment) as shown:
        yield shown


def _shared(server: Server, what: str) -> str:
    return f"review-board --file {server.pipeline} {what}"


def _service(server: Server, settings: str = "") -> None:
    """Give the service login a pipeline, and settings."""
    fill(server.theirs, USERS[SERVICE], USERS[SERVICE], kept=2, purged=1)
    for made in (*server.theirs.parents, server.theirs):
        if server.place in made.parents:
            os.chown(made, USERS[SERVICE], USERS[SERVICE])
    if settings:
        _settings(server, SERVICE, settings)


def _settings(server: Server, name: str, text: str) -> None:
    file = server.place / f"home-{name}/.config/review-board/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def _session(pipeline: Path) -> Mapping[str, Any]:
    store = FileStore(pipeline)
    store.load()
    (session,) = store.tables["sessions"].values()
    return session


def _is_shared(server: Server) -> None:
    for found in server.folder.iterdir():
        seen = found.stat()
        assert (oct(seen.st_mode & 0o7777), seen.st_gid) == ("0o660", GROUP), found.name
        assert seen.st_uid in PEOPLE.values(), found.name


def _files(server: Server) -> list[str]:
    home = server.place / f"home-{SERVICE}"
    return sorted(str(path) for path in home.rglob("*"))


def _see_each_other(ann: Terminal, raj: Terminal) -> None:
    """Wait until the second is in, and each sees the other."""
    raj.wait_for("until both have voted")
    for one in (ann, raj):
        one.wait_for("ann rep (driving) · raj manager")


def _run(words: list[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, input=b"id\n", capture_output=True, timeout=60, check=False)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
