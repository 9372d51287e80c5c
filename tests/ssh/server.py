"""A real sshd on the loopback, with users of its own, in a mount namespace that ends with it.

Its users stand in copies of ``/etc/passwd`` and ``/etc/group`` that only its own processes see, so
nothing of the machine is changed.
"""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

GROUP = 61_100
PEOPLE = {"ann": 61_101, "raj": 61_102}
"""Two people with a login of their own, both in the group that shares a folder."""
SERVICE = "sales"
USERS = {**PEOPLE, SERVICE: 61_103}
"""All logins; the last one is a service, which people open by their own keys."""
SSHD_USER = 61_109
PATIENCE = 10.0
GONE_AFTER = 2
"""Seconds between two questions of the server whether the client is there; two may stay unanswered."""


def sshd() -> str | None:
    """Return the server, if there is one: ``$SSHD`` names another."""
    return os.environ.get("SSHD") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")


def missing() -> str:
    """Say what is missing for the journey; nothing when all is there."""
    if sshd() is None:
        return "there is no sshd here (Debian: openssh-server)"
    if os.geteuid() != 0:
        return "only root can start a server for two users"
    if not shutil.which("ssh") or not shutil.which("unshare"):
        return "ssh or unshare is not here"
    tried = subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True)
    return "" if tried.returncode == 0 else "no mount namespace can be made here"


class Server:
    """The server, with both set-ups of docs/pair-review.md.

    ``pipeline`` lies in a setgid folder of two users. ``theirs`` is that of the service login, which
    opens nothing but the board by the line of a key. ``way`` is the port that clients take. With PAM
    it is as Debian sets it up; without, it asks less of the machine.
    """

    def __init__(self, place: Path, *, uses_pam: bool = True) -> None:
        self.place, self._uses_pam = place, uses_pam
        self.folder = place / "shared"
        self.pipeline = self.folder / "pipeline.json"
        self.theirs = place / f"home-{SERVICE}/.local/share/review-board/pipeline.json"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.way = self.port

    def __enter__(self) -> Self:
        self.place.chmod(0o755)
        self.folder.mkdir()
        os.chown(self.folder, 0, GROUP)
        self.folder.chmod(0o2770)
        for name in ("host", *PEOPLE):
            _key(self.place / name)
        for name in PEOPLE:
            self._home(name, [self._public(name)])
        self._home(SERVICE, [self._restricted_line(name) for name in PEOPLE])
        self._write_program()
        self._write_users()
        (self.place / "sshd_config").write_text(self._config())
        (self.place / "begin.sh").write_text(self._begin())
        begin = ["sh", "-e", f"{self.place}/begin.sh"]
        with (self.place / "log").open("wb") as log:
            self.process = subprocess.Popen(
                ["unshare", "--mount", "--propagation", "private", *begin], stderr=log, stdout=log
            )
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait()

    def client(
        self, person: str, *command: str, login: str = SERVICE, options: tuple[str, ...] = ()
    ) -> list[str]:
        """Return the words of a call of ssh by the key of a person."""
        return ["ssh", *self.options("-p", person), *options, f"{login}@127.0.0.1", *command]

    def options(self, port: str, person: str) -> list[str]:
        """Return the options that all clients share; ``port`` is the letter for it."""
        told = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")
        options = [word for one in told for word in ("-o", one)]
        return ["-F", "/dev/null", port, str(self.way), "-i", f"{self.place}/{person}", *options]

    def processes(self, name: str) -> list[int]:
        """Return the processes of a user."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and entry.stat().st_uid == USERS[name]:
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def _public(self, person: str) -> str:
        return (self.place / f"{person}.pub").read_text()

    def _restricted_line(self, person: str) -> str:
        program = f"review-board --restricted --as {person}"
        return f'command="{program}",restrict,pty {self._public(person)}'

    def _home(self, name: str, lines: list[str]) -> None:
        home = self.place / f"home-{name}"
        (home / ".ssh").mkdir(parents=True)
        (home / ".ssh/authorized_keys").write_text("".join(lines))
        (home / ".profile").write_text(f"PATH={self.place}/bin:$PATH\n")
        os.chown(home, USERS[name], USERS[name])

    def _write_program(self) -> None:
        """Put ``review-board`` where every login finds it."""
        program = self.place / "bin/review-board"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m review_board "$@"\n')
        program.chmod(0o755)

    def _write_users(self) -> None:
        users = Path("/etc/passwd").read_text()
        kept = [u for u in users.splitlines() if u.split(":")[0] not in {"sshd", *USERS}]
        kept.append(f"sshd:x:{SSHD_USER}:{SSHD_USER}::/run/sshd:/usr/sbin/nologin")
        kept += [f"{n}:x:{uid}:{uid}::{self.place}/home-{n}:/bin/sh" for n, uid in USERS.items()]
        (self.place / "passwd").write_text("\n".join([*kept, ""]))
        groups = Path("/etc/group").read_text().splitlines()
        groups += [f"shared:x:{GROUP}:{','.join(PEOPLE)}"]
        groups += [f"{name}:x:{uid}:" for name, uid in USERS.items()]
        (self.place / "group").write_text("\n".join([*groups, ""]))
        locked = [f"{name}:*:19000:0:99999:7:::" for name in USERS]
        known = Path("/etc/shadow").read_text().splitlines()
        (self.place / "shadow").write_text("\n".join([*known, *locked, ""]))
        (self.place / "shadow").chmod(0o600)
        (self.place / "environment").write_text(f"REVIEW_BOARD_FILE={self.pipeline}\n")

    def _config(self) -> str:
        return "\n".join(
            [
                f"Port {self.port}",
                "ListenAddress 127.0.0.1",
                f"HostKey {self.place}/host",
                "PidFile none",
                f"UsePAM {'yes' if self._uses_pam else 'no'}",
                "PasswordAuthentication no",
                "AcceptEnv EDITOR VISUAL REVIEW_BOARD_* TEXTUAL_* LANG LC_*",  # worse than it should be
                f"SetEnv PATH={self.place}/bin:/usr/bin:/bin",
                f"ClientAliveInterval {GONE_AFTER}",
                "ClientAliveCountMax 2",
                "Subsystem sftp internal-sftp",
                "",
            ]
        )

    def _begin(self) -> str:
        """Return the script that makes the users, and the interpreter, visible to the server."""
        base = Path(sys.base_prefix)
        top = Path("/", base.parts[1])
        lines = [
            f"mount --bind {self.place}/passwd /etc/passwd",
            f"mount --bind {self.place}/group /etc/group",
            f"mount --bind {self.place}/shadow /etc/shadow",
            f"test ! -e /etc/environment || mount --bind {self.place}/environment /etc/environment",
            "mount -t tmpfs tmpfs /run",
            "mkdir /run/sshd",
        ]
        if not top.stat().st_mode & 0o001:  # an interpreter in the home of root, for example
            inner = f"{self.place}/top/{base.relative_to(top)}"
            lines += [
                f"mkdir -p {self.place}/base {shlex.quote(inner)}",
                f"mount --bind {base} {self.place}/base",
                f"mount --bind {self.place}/top {top}",
                f"mount --bind {self.place}/base {base}",
            ]
        return "\n".join([*lines, f"exec {sshd()} -D -e -f {self.place}/sshd_config", ""])

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    log = (self.place / "log").read_text()
                    raise RuntimeError(f"the server does not begin: {log}") from None
                time.sleep(0.1)


def _key(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
