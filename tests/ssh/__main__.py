"""``python -m tests.ssh [WAY…] [--transcript FILE]``: all that must hold through a real server.

Skipped, with a word, where there is no sshd or no right to start one.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ssh.journey import ten_cards
from tests.ssh.server import Server, missing
from tests.ssh.ways import WAYS


def main(arguments: Sequence[str] | None = None) -> int:
    """Go every way that is asked for, and say how it went."""
    known = {way.__name__: way for way in WAYS}
    parser = argparse.ArgumentParser(prog="python -m tests.ssh", description=__doc__)
    parser.add_argument("ways", nargs="*", choices=[[], *known, "ten_cards"], metavar="WAY")
    parser.add_argument(
        "--transcript", type=Path, help="where to keep the screens of the ten cards"
    )
    asked = parser.parse_args(arguments)
    if why := missing():
        _say(f"skipped: {why}")
        return 0
    bad = 0
    for name in asked.ways or [*known, "ten_cards"]:
        begun = time.monotonic()
        with TemporaryDirectory() as place, Server(Path(place)) as server:
            try:
                if name in known:
                    known[name](server)
                else:
                    ten_cards(server, Path(place), asked.transcript)
                said = f"sound   {name}"
            except AssertionError as error:
                bad += 1
                said = f"DEFECT  {name}: {error}"
        _say(f"{said}  ({time.monotonic() - begun:.0f} s)")
    return 1 if bad else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
