"""``python -m tests.torture [--short] [SCENARIO ...]``: a summary, and status 1 for any defect.

Scenarios: those of ``scenarios.py`` (``commit``, ``repair``, ``restore``, ``compact``, ``forget``,
``"two stems"`` and others) and ``vanishing``; without a name all of them, and then the races.
"""

import sys
import time
from collections.abc import Iterable

from tests.torture.race import race
from tests.torture.sweep import sweep


def main(arguments: list[str]) -> int:
    """Run everything (or, short, a sample that differs from day to day)."""
    short = "--short" in arguments
    named = [argument for argument in arguments if argument != "--short"]
    begun = time.monotonic()
    every, offset = (29, int(time.time()) // 86400 % 29) if short else (1, 0)
    bad = _report("points", sweep(every, offset, named))
    if named:
        return 1 if bad else 0
    rounds = 1 if short else 5
    bad += _report("races", ((f"race {n}", race(n)) for n in range(rounds)))
    bad += _report(
        "races with kills", ((f"killed {n}", race(n, kill=True)) for n in range(3 * rounds))
    )
    _say(f"{f'{bad} DEFECTS' if bad else 'sound'}, {time.monotonic() - begun:.1f} s")
    return 1 if bad else 0


def _report(what: str, results: Iterable[tuple[str, list[str]]]) -> int:
    count = bad = 0
    for name, defects in results:
        count += 1
        bad += bool(defects)
        if defects:
            _say("\n    ".join([f"{name}:", *defects]))
    _say(f"{count} {what}, {bad} bad")
    return bad


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
