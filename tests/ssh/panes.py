"""People at tmux panes: what each sees, and what each types."""

import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.pair.story import Fact, told

PATIENCE = 20.0
READ = 2.0
"""Seconds in which what has come up can be read."""
PLAIN = "1\nleft"
"""What the shell says after it, where lines are edited and echoed again."""


class Pane:
    """One person's terminal."""

    def __init__(self, panes: "Panes", name: str) -> None:
        self._panes, self.name = panes, name

    def type(self, *keys: str) -> None:
        """Type: names of keys as tmux knows them, everything else letter by letter."""
        for key in keys:
            words = [key] if key in NAMED else ["-l", key]
            self._panes.tmux("send-keys", "-t", self.name, *words)

    def settles(self, text: str) -> None:
        """Press enter until it is taken: what has just come up has to be read first."""

        def pressed() -> bool:
            self.type("Enter")
            end = time.monotonic() + READ
            while text not in self.sees and time.monotonic() < end:
                time.sleep(0.1)
            return text in self.sees

        wait(pressed, lambda: f"{self.name} never sees {text} after enter:\n{self.sees}")

    @property
    def sees(self) -> str:
        """Return the screen."""
        return self._panes.tmux("capture-pane", "-p", "-t", self.name)

    def wait_for(self, *texts: str, patience: float = PATIENCE) -> None:
        """Wait until all of it is on the screen."""
        wait(lambda: all(text in self.sees for text in texts), lambda: f"{self.name} never sees {texts}:\n{self.sees}", patience)  # fmt: skip

    @property
    def story(self) -> frozenset[Fact]:
        """Return all that the screen tells of the review and the two."""
        return told(self.sees.splitlines(), self.name, "raj" if self.name == "ann" else "ann")

    @property
    def is_restored(self) -> bool:
        """Return whether the terminal is as before: its screen, cursor, mouse and line discipline."""
        shown = "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"
        found = self._panes.tmux("display-message", "-p", "-t", self.name, shown).split()
        return found == ["0", "1", "0"] and PLAIN in self.sees


class Panes:
    """A tmux server of our own."""

    def __init__(self, place: Path, size: tuple[int, int]) -> None:
        self._socket, self._size = place / "tmux", size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run([*self._words, "kill-server"], check=False, capture_output=True)

    @property
    def _words(self) -> list[str]:
        return ["tmux", "-f", "/dev/null", "-S", str(self._socket)]

    def tmux(self, *words: str) -> str:
        """Call tmux."""
        done = subprocess.run([*self._words, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def open(self, name: str, command: list[str]) -> Pane:
        """Open a pane in which a command runs; then it tells how the terminal was left."""
        columns, lines = map(str, self._size)
        told = f"{shlex.join(command)}; stty -a | grep -c ' icanon .* echo '; echo left; exec sleep 600"
        self.tmux("new-session", "-d", "-s", name, "-x", columns, "-y", lines, "sh", "-c", told)
        self.tmux("set-option", "-g", "status", "off")
        return Pane(self, name)

    def kill(self, name: str) -> None:
        """Kill what runs in a pane."""
        shell = self.tmux("display-message", "-p", "-t", name, "#{pane_pid}").strip()
        subprocess.run(["pkill", "-9", "-P", shell], check=True)

    def close(self, name: str) -> None:
        """Close a pane."""
        self.tmux("kill-session", "-t", name)


NAMED = frozenset({"Enter", "Tab", "Escape", "Space", "C-s", "Down", "C-u"})


def wait(holds: Callable[[], bool], story: Callable[[], str], patience: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, story()
        time.sleep(0.1)
