"""A shell without processes: runs the command line in this one, on a pipeline of its own."""

import io
import json
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from review_board.cli.run import run

TODAY = "2026-11-20"


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """``shell("add", "Acme")`` gives status, stdout and stderr; ``ok`` expects success."""

    def __init__(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.path = path
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Result:
        data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        self._capsys.readouterr()
        status = run(list(arguments))
        captured = self._capsys.readouterr()
        return Result(status, captured.out, captured.err)

    def on(self, path: Path) -> "Shell":
        """Return the same shell on another pipeline."""
        self._monkeypatch.setenv("REVIEW_BOARD_FILE", str(path))
        return Shell(path, self._monkeypatch, self._capsys)

    def typed(self, line: str) -> Result:
        """Run a command as a shell would cut it into words."""
        return self(*shlex.split(line))

    def ok(self, *arguments: str, stdin: str | bytes = b"") -> str:
        result = self(*arguments, stdin=stdin)
        assert result.status == 0, result.err
        return result.out

    def fails(self, *arguments: str, status: int = 1, stdin: str | bytes = b"") -> str:
        """The one line on stderr, checked; nothing on stdout, the file as it was."""
        before = self.bytes
        result = self(*arguments, stdin=stdin)
        assert (result.status, result.out) == (status, ""), result
        assert result.err.startswith("review-board: ")
        assert "Traceback" not in result.err
        assert self.bytes == before
        return result.err

    def document(self, who: str) -> dict[str, Any]:
        found = json.loads(self.ok("show", who, "--json"))
        assert isinstance(found, dict)
        return found

    @property
    def bytes(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    path = tmp_path / "pipeline.json"
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("REVIEW_BOARD_FILE", str(path))
    monkeypatch.setenv("REVIEW_BOARD_TODAY", TODAY)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where the copies of demos stay
    return Shell(path, monkeypatch, capsys)
