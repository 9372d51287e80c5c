"""Two people go through ten cards by tmux and ssh: after each step both screens tell the same story."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.ssh.cards import Queue, fill
from tests.ssh.panes import Pane, Panes, wait
from tests.ssh.server import GROUP, PEOPLE, Server

SIZE = (100, 30)
AGAIN = "it was lost while you were away: please vote again"
TOLD_LOST = 45
"""Seconds after which the wheel of a lost connection must be free: the promise is 30."""


class Journey:
    """Two people, and all that their screens showed: ``transcript`` has both after each step."""

    def __init__(self, server: Server, panes: Panes, queue: Queue) -> None:
        self._server, self._panes = server, panes
        self._queue = queue
        self.transcript: list[str] = []
        self.ann = self._sit("ann", "start --all")
        self.ann.wait_for("until both have voted", "ann rep (driving)")
        self.raj = self._sit("raj", "join")
        self.alike("raj joined", "ann rep (driving) · raj manager")

    def _sit(self, name: str, how: str) -> Pane:
        program = f"review-board --file {self._server.pipeline} pair {how}"
        return self._panes.open(name, self._server.client(name, program, login=name, options=("-tt",)))  # fmt: skip

    def alike(self, step: str, *texts: str) -> None:
        """Wait until both see all of it, and are told the same story."""
        both = (self.ann, self.raj)
        for person in both:
            person.wait_for(*texts)
        wait(lambda: self.ann.story == self.raj.story, lambda: f"two stories at {step}: {sorted(self.ann.story ^ self.raj.story)}")  # fmt: skip
        self._write(step)

    def _write(self, step: str) -> None:
        self.transcript.append(f"==== {step}")
        self.transcript += [f"-- {one.name}\n{one.sees.rstrip()}" for one in (self.ann, self.raj)]

    # The cards

    def keeps(self, person: Pane) -> None:
        """Vote to keep it, with the step that is there or another."""
        person.type("K")
        person.wait_for("the dated next step")
        if "keep it in Active; on" not in person.sees:
            person.type("call them")
        person.wait_for("keep it in Active; on")
        person.type("Enter")
        person.wait_for("How sure")
        person.type("Enter")

    def drops(self, person: Pane, why: str = "") -> None:
        """Vote to drop it."""
        person.type("D")
        person.wait_for("why?")
        person.type("e", "Enter")
        person.wait_for("How sure")
        person.type("3", "Tab", *([why] if why else []))
        person.wait_for(why or "● 3 certain")
        person.type("Enter")

    def agree(self, name: str, is_kept: bool) -> None:
        """Both vote as the record does; nothing is shown before the second vote."""
        vote = self.keeps if is_kept else self.drops
        vote(self.raj)
        self.alike(f"{name}: raj voted", "raj voted ✓", "ann thinking", name)
        vote(self.ann)
        self._next(f"{name}: both agreed", name, "both agreed")

    def _next(self, step: str, name: str, how: str) -> None:
        self.alike(step, f"before: {name} →", how)

    def bet(self, name: str, is_kept: bool) -> None:
        """They differ, speak, vote again, still differ, and settle it by a bet."""
        self._split(name)
        self._second_vote(name)
        self.keeps(self.ann)
        self.alike(f"{name}: ann voted again", "ann voted ✓", "raj thinking")
        self.drops(self.raj)
        self.alike(f"{name}: still split", "why to keep it", "b bet")
        self.ann.type("b")
        self.ann.wait_for("what will they do?")
        self.ann.type("name a start day")
        self.ann.wait_for("for “name a start day”")
        self.ann.type("Enter")
        self.raj.wait_for("ann proposes a bet: name a start day")
        self.raj.settles("on a bet")
        self._next(f"{name}: a bet", name, "on a bet")

    def vote_again(self, name: str, is_kept: bool) -> None:
        """They differ, speak, vote again, and agree then."""
        self._split(name)
        self._second_vote(name)
        self.drops(self.raj)
        self.alike(f"{name}: raj voted again", "raj voted ✓")
        self.drops(self.ann)
        self._next(f"{name}: agreed after all", name, "ann gave way in the second vote")

    def _second_vote(self, name: str) -> None:
        self.raj.type("v")
        self.alike(f"{name}: the second vote", "this one is the last")
        assert "seven times" not in self.ann.sees

    def _split(self, name: str) -> None:
        self.keeps(self.ann)
        self.alike(f"{name}: ann voted", "ann voted ✓", "raj thinking", name)
        self.drops(self.raj, "seven times")
        self.alike(f"{name}: split", "why to keep it", "“seven times”")
        self.ann.type("Space")
        self.alike(f"{name}: ann spoke", "why to let it go")
        self.raj.type("Space")
        self.alike(f"{name}: raj spoke", "both have spoken")

    def lost(self, name: str, is_kept: bool) -> None:
        """Raj has voted and drives when his connection breaks: ann is told, drives, and he returns."""
        self.raj.type("d")
        self.alike(f"{name}: raj drives", "raj manager (driving) · ann rep")
        self.keeps(self.raj)
        self.alike(f"{name}: raj voted", "raj voted ✓", "ann thinking")
        self._panes.kill("raj")
        begun = time.monotonic()
        gone(self._server, "raj")
        self.ann.wait_for("raj manager (connection lost)", patience=TOLD_LOST)
        lost = time.monotonic() - begun
        self.ann.type("s")
        self.ann.wait_for("ann rep (driving)")
        self.ann.type("p")
        self.ann.wait_for(name)
        self.transcript.append(f"==== {name}: the connection of raj broke; told after {lost:.0f} s, and the wheel was free")  # fmt: skip
        self.transcript.append(f"-- ann\n{self.ann.sees.rstrip()}")
        self._panes.close("raj")
        self.raj = self._sit("raj", "join")
        self.raj.wait_for(AGAIN)
        self.alike(f"{name}: raj is back", "ann rep (driving) · raj manager")
        self.agree(name, is_kept)

    def two_ways(self, name: str, is_kept: bool) -> None:
        """Both keep it, on two days: one agrees with the other by one key."""
        self.keeps(self.ann)
        self.alike(f"{name}: ann voted", "ann voted ✓")
        self.raj.type("K")
        self.raj.wait_for("the dated next step")
        self.raj.type("call them", "Tab", "C-u", "+9d")
        self.raj.wait_for("in 9 days")
        self.raj.type("Enter")
        self.raj.wait_for("How sure")
        self.raj.type("Enter")
        self.alike(f"{name}: two ways", "Two ways   both keep it")
        self.raj.settles("raj agreed to ann's way")
        self._next(f"{name}: raj agreed", name, "raj agreed to ann's way")

    def go(self) -> None:
        """Go through all cards, to the end."""
        plans: dict[bool, list[Callable[[str, bool], None]]] = {
            True: [self.agree, self.bet, self.two_ways, self.lost, self.agree],
            False: [self.agree, self.vote_again, self.agree, self.agree, self.agree],
        }
        for name, is_kept in self._queue:
            self.alike(f"{name} comes up", name)
            plans[is_kept].pop(0)(name, is_kept)
        self.alike("every card is decided", "Every card of this review is decided")
        self.ann.settles("Decided  ")
        self.raj.wait_for("Decided  ")
        self._write("the report")
        for person in (self.ann, self.raj):
            person.type("q")
            person.wait_for("Filter")  # from the report to the board
            person.type("q")
            wait(lambda left=person: left.is_restored, lambda left=person: left.sees)  # type: ignore[misc]
        for name in PEOPLE:
            gone(self._server, name)


def ten_cards(server: Server, place: Path, transcript: Path | None = None) -> None:
    """Go through ten cards: two splits, a bet, a lost connection; keep the screens if there is a place."""
    queue = fill(server.pipeline, PEOPLE["ann"], GROUP, kept=5, purged=5)
    with Panes(place, SIZE) as panes:
        journey = Journey(server, panes, queue)
        try:
            journey.go()
        finally:
            if transcript:
                transcript.write_text("\n".join([*journey.transcript, ""]))


def gone(server: Server, name: str, patience: float = 15.0) -> float:
    """Wait until no process of a login is left; return the seconds that it took."""
    begun = time.monotonic()
    wait(lambda: not server.processes(name), lambda: f"processes of {name} stay: {server.processes(name)}", patience)  # fmt: skip
    return time.monotonic() - begun
