"""Signs for a stream that cannot write ours: ``EUR 5`` for ``€5``, ``->`` for an arrow.

Both ways are error handlers of the stream's encoding, so that whatever is written goes through them.
"""

import codecs
import sys
import unicodedata
from functools import cache
from io import TextIOWrapper

IN_LINES = "review_board.signs_in_lines"
"""The handler for lines: a sign may become several characters."""
ON_SCREENS = "review_board.signs_on_screens"
"""The handler for screens, which count cells: a sign stays one character."""

_LONG = {"→": "->", "←": "<-", "…": "...", "≥": ">=", "≤": "<="}
_SHORT = {"→": ">", "←": "<", "…": "~", "≥": ">", "≤": "<"}
_SIGNS = {
    **dict(zip("◇◆░⇄¶↑↓▾‹›×÷−–—±✓✗⟳●○◦■□▸·▌•★━", "oo.=#^vv<>x/---++x~*o,#.>-|**=", strict=True)),
    **dict(zip("▁▂▃▄▅▆▇█", "12345678", strict=True)),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("─═┄╌▔", "-"),
    **dict.fromkeys("│┃║▏▕▎▊▐", "|"),
    "┊": ":",
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╋┏┓┗┛", "+"),
    **dict(zip("٬٫،", ",.,", strict=True)),
    **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " "),
}


def writable(text: str) -> str:
    """Return the text as stdout will show it, so that it can be measured first."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if text.isascii() or is_unicode(encoding):
        return text
    return text.encode(encoding, IN_LINES).decode(encoding)


def is_unicode(encoding: str) -> bool:
    """Return whether an encoding can write every sign."""
    return codecs.lookup(encoding).name.startswith("utf")


def use_on_screens() -> None:
    """Keep the width of what goes to the terminal from now on: Textual draws through stderr."""
    if isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(errors=ON_SCREENS)


@cache
def _currencies() -> dict[str, str]:
    """Return the code of every sign of a currency, once one must be written in another way."""
    from review_board.pipeline.typed_amounts import CURRENCY_SIGNS

    return {
        sign: code
        for sign, code in CURRENCY_SIGNS.items()
        if len(sign) == 1 and unicodedata.category(sign) == "Sc"
    }


def _in_lines(error: UnicodeError) -> tuple[str, int]:
    return _replaced(error, {**{sign: f"{code} " for sign, code in _currencies().items()}, **_LONG})


def _on_screens(error: UnicodeError) -> tuple[str, int]:
    return _replaced(error, {**{sign: code[0] for sign, code in _currencies().items()}, **_SHORT})


def _replaced(error: UnicodeError, own: dict[str, str]) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(own.get(s) or _SIGNS.get(s) or _letter(s) for s in signs), error.end


def _letter(character: str) -> str:
    """Return a letter without its accent; what has none stays unknown."""
    plain = unicodedata.normalize("NFKD", character)[0]
    return plain if plain.isascii() and plain.isprintable() else "?"


codecs.register_error(IN_LINES, _in_lines)
codecs.register_error(ON_SCREENS, _on_screens)
