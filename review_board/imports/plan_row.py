"""A row of what a list would bring in, printed by the command line and shown on the screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanRow:
    """``what`` stands in the list, what it ``becomes`` and ``why``; ``words`` tell all of it in a line.

    One of ``words`` alone is a line of text. ``sign`` marks what is asked or to be looked at.
    """

    key: str
    words: str
    what: str = ""
    becomes: str = ""
    why: str = ""
    sign: str = ""
    is_quiet: bool = False
    """Whether nothing becomes of it."""
    does: str = ""
    """What an answer does to it: by a key on the screen, by ``option`` on the command line."""
    option: str = ""

    def told(self, how: str) -> str:
        """Return its line, with what an answer does where there is one."""
        return f"{self.words}: {how} {self.does}" if how and self.does else self.words
