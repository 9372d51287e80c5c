"""A small terminal: what output leaves on its screen."""

import re
import unicodedata

SEEN_ON_BLANKS = {"4", "7", "9", "21", "53"}
STEPS = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|(\x1b$|\x1b[\[\]][^@-~]*$)|(.)",
    re.DOTALL,
)


class ScreenModel:
    """Each cell with how it is seen, the pen, and the cursor; ``touched`` is when a line was written last."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, object]] = {}
        self.touched: dict[int, int] = {}
        self.now = 0
        self.place = (1, 1)
        self.attributes: set[str] = set()
        self.ink = self.ground = "usual"
        self._rest = ""

    def take(self, data: str) -> None:
        """Do what output says; half a code at its end waits for the rest."""
        found = STEPS.finditer(self._rest + data)
        self._rest = ""
        for step in found:
            codes, kind, rest, letter = step.groups()
            line, column = self.place
            if rest:
                self._rest = rest
            elif kind == "m":
                self._dip((codes or "0").split(";"))
            elif kind == "H":
                line, column = (int(part or 1) for part in (codes or "1;1").split(";"))
                self.place = (line, column)
            elif kind == "C":
                self.place = (line, column + int(codes or 1))
            elif kind in {"h", "l"} and codes == "?1049":
                self.cells.clear()
            elif letter == "\r":
                self.place = (line, 1)
            elif letter == "\n":
                self.place = (line + 1, column)
            elif letter:
                self._write(letter)

    def shows(self, text: str, since: int = 0) -> bool:
        """Return whether a line that was written since then has this text."""
        lines = (line for line, touched in self.touched.items() if touched > since)
        return any(text in self._line(line) for line in lines)

    def _line(self, line: int) -> str:
        end = max((column for at, column in self.cells if at == line), default=0)
        cells = (self.cells.get((line, column), (" ", ""))[0] for column in range(1, end + 1))
        return "".join(cells)

    def _write(self, letter: str) -> None:
        line, column = self.place
        self.touched[line] = self.now
        if unicodedata.combining(letter):
            before, seen = self.cells.get((line, column - 1), (" ", ""))
            self.cells[line, column - 1] = (before + letter, seen)
            return
        marks = frozenset(self.attributes)
        seen = (marks, self.ink, self.ground)
        if letter == " " and not marks & SEEN_ON_BLANKS:
            seen = (frozenset(), "", self.ground)
        is_wide = unicodedata.east_asian_width(letter) in {"W", "F"}
        for half, other in ((column, column - 1), (column + 1 + is_wide, column + is_wide)):
            if self.cells.get((line, half), ("?",))[0] == "":  # of a wide letter one half is left
                self.cells[line, half], self.cells[line, other] = (" ", None), (" ", None)
        self.cells[line, column] = (letter, seen)
        if is_wide:
            self.cells[line, column + 1] = ("", seen)
        self.place = (line, column + 1 + is_wide)

    def _dip(self, codes: list[str]) -> None:
        while codes:
            code = codes.pop(0)
            if code in {"", "0"}:
                self.attributes, self.ink, self.ground = set(), "usual", "usual"
            elif code == "22":
                self.attributes -= {"1", "2"}
            elif code in {"38", "48"}:
                colour = str([codes.pop(0) for _ in range(4 if codes[0] == "2" else 2)])
                self._colour(colour, is_ink=code == "38")
            elif code in {"39", "49"}:
                self._colour("usual", is_ink=code == "39")
            elif int(code) >= 30 and code not in {"51", "52", "53"}:
                self._colour(code, is_ink=code[:-1] in {"3", "9"})
            else:
                self.attributes |= {code}

    def _colour(self, colour: str, *, is_ink: bool) -> None:
        if is_ink:
            self.ink = colour
        else:
            self.ground = colour
