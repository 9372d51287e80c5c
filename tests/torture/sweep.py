"""Every file call of every scenario fails in turn, in a process of its own."""

import os
import shutil
import signal
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from review_board.store import files
from tests.torture import scenarios, vanishing
from tests.torture.faults import KINDS, Faults, real_write
from tests.torture.judge import faults_of, history_faults


@dataclass
class Outcome:
    """What a tortured process told before it ended."""

    tried: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    because: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    calls: int = 0
    struck: str = ""
    crash: str = ""


def sweep(
    every: int = 1, offset: int = 0, named: Sequence[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Name and defects of each point tried: all of them, or every n-th from an offset."""
    for name in named or [*scenarios.SCENARIOS, *scenarios.REPEATED, vanishing.NAME]:
        with tempfile.TemporaryDirectory() as home:
            template = Path(home) / "template"
            template.mkdir()
            held = scenarios.prepare(name, template)
            calls = _tortured(name, template, Path(home) / "count", "none", 0)[0].calls
            kinds = vanishing.KINDS if name == vanishing.NAME else KINDS
            points = [(kind, at) for at in range(1, calls + 1) for kind in kinds]
            for kind, at in points[offset::every]:
                place = Path(home) / f"{kind}-{at}"
                yield (
                    f"{name}, {kind} at call {at}",
                    _defects(name, template, place, kind, at, held),
                )
                shutil.rmtree(place)


def _defects(
    name: str, template: Path, place: Path, kind: str, at: int, held: set[str]
) -> list[str]:
    outcome, status = _tortured(name, template, place, kind, at)
    found = [outcome.crash] if outcome.crash else []
    if os.WIFSIGNALED(status) and (
        os.WTERMSIG(status) != signal.SIGKILL or kind not in ("kill", "torn")
    ):
        found.append(f"ended with status {status}")
    acknowledged = held | outcome.acknowledged
    in_flight = outcome.tried - acknowledged
    if kind != "dead":  # a dead disk cannot take back what it took
        in_flight -= outcome.refused
    path = place / scenarios.PIPELINE
    try:
        if name == vanishing.NAME:
            told = outcome.created, outcome.because
            return found + vanishing.defects(path, kind, *told, acknowledged, in_flight)
        if name in scenarios.MENDINGS:
            found += untruths(outcome, template, place, kind)
            found += history_faults(path, held) if name == "compact" else []
        if name in scenarios.REPEATED:
            scenarios.REPEATED[name](path)
            found += history_faults(path, held) if name == "compact" else []
            found += secrets_in(path.parent)
        others = {token for token in outcome.tried if token.startswith("other-")}
        found += faults_of(path, acknowledged - others, in_flight - others)
        if name == "two stems":
            known = {"old-1"} | (acknowledged & others)
            found += faults_of(path.with_name(scenarios.OTHER), known, in_flight & others)
    except Exception:  # whatever stops the judge is itself a fault found, told in full
        found.append(traceback.format_exc())
    return found


def secrets_in(folder: Path) -> list[str]:
    """The files in which a forgotten prospect still stands."""
    secret = scenarios.SECRET.encode()
    return [f"still in {path.name}" for path in folder.iterdir() if secret in path.read_bytes()]


def untruths(outcome: Outcome, template: Path, place: Path, kind: str) -> list[str]:
    """What a mending that was refused left behind, or changed although it denied that."""
    if not outcome.refused:
        return []
    before, after = (_files(home) for home in (template, place))
    denied = any(files.UNCHANGED in words for words in outcome.because)
    denied = denied and kind != "dead"  # a dead disk cannot take back what it took
    if kind == "dead" or outcome.struck == "unlink":  # nothing can be tidied up then
        after = {name: data for name, data in after.items() if name in before}
        before = {name: data for name, data in before.items() if name in after}
    found = ["nothing was changed, it said"] if denied and after != before else []
    left = [name for name in after if name.endswith(".tmp") and name not in before]
    return found + [f"left behind: {name}" for name in left]


def _files(home: Path) -> dict[str, tuple[bytes, int]]:
    folder = (home / scenarios.PIPELINE).parent
    return {path.name: (path.read_bytes(), path.stat().st_mode) for path in folder.iterdir()}


def _tortured(name: str, template: Path, place: Path, kind: str, at: int) -> tuple[Outcome, int]:
    """Run a scenario in a forked process under faults; what it said, and how it ended."""
    shutil.copytree(template, place)
    ear, mouth = os.pipe()
    child = os.fork()
    if not child:
        _torture(name, place, kind, at, mouth)
    os.close(mouth)
    with os.fdopen(ear) as said:
        words = said.read().splitlines()
    return _outcome(words), os.waitpid(child, 0)[1]


def _torture(name: str, place: Path, kind: str, at: int, mouth: int) -> None:
    leaving = vanishing.Vanishing(kind, at, place) if name == vanishing.NAME else None
    faults = leaving or Faults(kind, at)

    def say(words: str) -> None:
        real_write(mouth, f"{words}\n".encode())

    try:
        faults.install()
        if leaving:
            vanishing.run(place, say, leaving)
        else:
            scenarios.run(name, place, say)
            say(f"calls {faults.calls}")
        say(f"struck {faults.struck}")
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        say(f"crash {type(error).__name__}: {error} in {[f'{f.name}:{f.lineno}' for f in frames]}")
    finally:
        os._exit(0)


def _outcome(words: list[str]) -> Outcome:
    outcome = Outcome()
    for line in words:
        verb, _, rest = line.partition(" ")
        if verb == "try":
            outcome.tried.add(rest)
        elif verb == "ack":
            outcome.acknowledged.add(rest)
        elif verb == "refused":
            outcome.refused.add(rest)
        elif verb == "because":
            outcome.because.append(rest)
        elif verb == "created":
            outcome.created.append(rest)
        elif verb == "struck":
            outcome.struck = rest
        elif verb == "calls":
            outcome.calls = int(rest)
        elif verb == "crash":
            outcome.crash = rest
    return outcome
