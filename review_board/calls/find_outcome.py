"""Finds the outcome in an after-call line: its code, or its whole word, ends the name."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from review_board.calls.tokens import LineError, MissingOutcomeError, Token
from review_board.pipeline.vocabulary import OUTCOMES, Outcome

WON = "won"
CODES: dict[str, Outcome | None] = {
    **{meaning.code: outcome for outcome, meaning in OUTCOMES.items() if meaning.code},
    WON: None,
}
"""Every code that ends the name; ``won`` is no touch but the exit."""
WORDS: dict[str, Outcome | None] = {
    **{
        word: outcome
        for outcome, meaning in OUTCOMES.items()
        for word in (meaning.label.replace(",", ""), *meaning.words)
    },
    "bought": None,
}
"""What may be typed instead of a code: what the screens call it, too."""
del WORDS[OUTCOMES[Outcome.VOICEMAIL].label]  # "voicemail left word" is a voicemail, and a note
_LONGEST = max(len(word.split()) for word in WORDS)
_CLEAR = 5
"""Letters from which on a word that is being typed is rather an outcome than a name."""
_AS_NEAR = 0.1
"""What another outcome may be farther, to be asked about as well."""
_ENDS = 0.8
"""How near the last word of an outcome is: ``later`` of ``call later``."""
_NEAR_CODE, _NEAR_WORD = 0.6, 0.75
"""How near a code and a whole word must be; a code that begins with another letter as near as a word."""


class Found(NamedTuple):
    """An outcome in the line: its first token, and the one behind it."""

    start: int
    end: int
    outcome: Outcome | None


def find_outcome(
    tokens: Sequence[Token], first: int, begins_part: Callable[[Token], bool]
) -> Found | None:
    """Return the first outcome from the token ``first`` on, before any other part of the line.

    A name may hold a word for an outcome (``the meeting place vm``): with plain words behind it, it
    is one only when no other follows. The day of a callback may stand behind its word at once.
    """
    doubtful = None
    for place in range(first, len(tokens)):
        word = _word_at(tokens, place)
        if word:
            is_last = word.end == len(tokens) or begins_part(tokens[word.end])
            if is_last or word.outcome is Outcome.DEFERRED:
                return word
            doubtful = doubtful or word
        token = tokens[place]
        if not token.quoted and (code := _plain([token])) in CODES:
            return Found(place, place + 1, CODES[code])
        if place and not token.quoted and begins_part(token):
            break
    return doubtful


def may_be_outcome(token: Token) -> bool:
    """Tell whether a word that is still being typed can become an outcome."""
    begun = token.text.casefold()
    known = CODES if len(begun) < _CLEAR else (*CODES, *WORDS)
    return not token.quoted and any(code.startswith(begun) for code in known)


def no_outcome(
    text: str, tokens: Sequence[Token], first: int, begins_part: Callable[[Token], bool]
) -> LineError:
    """Return the error of a line without an outcome: it names a near one, or all that there are."""
    if not tokens:
        how = "write who and how it went: lakeside" if first else "write how it went:"
        return LineError("The line is empty", f'{how} vm "left word"', text)
    if first and (found := find_outcome(tokens, 0, begins_part)) and found.start == 0:
        return LineError("The name is missing", "write it before the outcome", text, tokens[0])
    behind = next((t for t in tokens[first:] if begins_part(t) and not (first and t.quoted)), None)
    until = tokens.index(behind) if behind else len(tokens)
    if near := sorted(_near(tokens[first:until]), reverse=True):
        token = near[0][2]
        cure = f"did you mean {_either(near)}?"
        return LineError(f"There is no outcome {token.text!r}", cure, text, token)
    where = f"before {text[behind.start : behind.end][:20]}" if behind else "after the name"
    return missing_outcome(text, behind or tokens[-1].after, where)


def missing_outcome(text: str, place: Token, where: str = "after the name") -> LineError:
    """Return the error of a line that does not say how it went."""
    cure = f"{where} write one of {', '.join(CODES)}"
    return MissingOutcomeError("The line does not say how it went", cure, text, place, where)


def _word_at(tokens: Sequence[Token], place: int) -> Found | None:
    """Return the longest word for an outcome that begins here."""
    for count in range(min(_LONGEST, len(tokens) - place), 0, -1):
        run = tokens[place : place + count]
        word = _plain(run)
        if word in WORDS and not any(token.quoted for token in run):
            return Found(place, place + count, WORDS[word])
    return None


def _near(tokens: Sequence[Token]) -> Iterator[tuple[float, str, Token]]:
    """Yield words that are nearly an outcome: how near, which one, and where they stand."""
    runs = [tokens[i : i + count] for count in (1, 2) for i in range(len(tokens) - count + 1)]
    for run in runs:
        if any(token.quoted for token in run):
            continue
        for known, cutoff in ((CODES, _NEAR_CODE), (WORDS, _NEAR_WORD)):
            typed = _plain(run)
            near = difflib.get_close_matches(typed, known, n=2, cutoff=cutoff)
            ends = [word for word in known if len(run) == 1 and word.endswith(f" {typed}")]
            for meant in dict.fromkeys([*ends, *near]):
                ratio = difflib.SequenceMatcher(None, meant, typed).ratio()
                ratio = max(ratio, _ENDS) if meant in ends else ratio
                if ratio < _NEAR_WORD and not typed.startswith(meant[0]):
                    continue
                text = " ".join(token.text for token in run)
                yield ratio, meant, Token(text, run[0].start, run[-1].end)


def _either(near: Sequence[tuple[float, str, Token]]) -> str:
    """Return the nearest outcome; where another is as near, both with what they mean."""
    known = CODES | WORDS
    both = {known[word]: word for ratio, word, _ in near if near[0][0] - ratio < _AS_NEAR}
    if len(both) < 2:
        return near[0][1]
    codes = {outcome: code for code, outcome in CODES.items()}
    meant = list(dict.fromkeys(known[word] for _, word, _ in near if known[word] in both))
    return " or ".join(f"{codes[o]} ({OUTCOMES[o].label if o else 'bought'})" for o in meant[:2])


def _plain(run: Sequence[Token]) -> str:
    """Return words as they are compared, without the comma that may stand behind them."""
    text = " ".join(token.text for token in run).casefold()
    return text.replace(",", "").rstrip(".;:").replace("-", " ")
