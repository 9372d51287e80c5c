"""Finds the outcome in an after-call line: its code, or its whole word, ends the name."""

import difflib
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from review_board.calls.tokens import LineError, MissingOutcomeError, Token, joined
from review_board.pipeline.vocabulary import OUTCOMES, Outcome

WON, WON_WORDS = "won", ("bought", "they bought", "signed", "closed won")
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
    **dict.fromkeys(WON_WORDS),
}
"""What may be typed instead of a code: what the screens call it, too."""
_UP = ("followed up", "follow up", "following up", "followup", "chased", "chased up", "chasing")
_FOLLOWED = frozenset(
    form.format(up)
    for up in _UP
    for form in ("{}", "{} quote", "{} the quote", "{} on quote", "{} on the quote", "quote {}")
) | {"followed the quote up", "followed quote up", "chased the quote up"}
"""Says that a quote was followed up, and not how; the quote in it is none that went out."""
_TRIED = _FOLLOWED | {"called", "rang", "phoned", "tried", "", "\N{EN DASH}"}
"""What may stand between the name and the outcome: ``lakeside called, no answer``, ``lakeside - vm``."""


def _each(*groups: tuple[str, str]) -> dict[str, str]:
    return {word: cure for words, cure in groups for word in words.split(", ")}


_NO_TALK = _each(
    (
        (
            "wrong number, bad number, dead number, number disconnected, not in service, wrong address, wrong email, "
            "bad email, bounced, bounce, email bounced, it bounced, undeliverable, not delivered"
        ),
        "nobody could answer: keep it as a note, with n on the card or the command note",
    ),
    (
        "leave us alone, leave me alone, stop calling, stop calling us, unsubscribe, unsubscribed, remove us, remove me",
        "they answered: write dnc for no contact at all, complaint for fewer calls",
    ),
)
"""What to type for what is neither an attempt nor a talk, as the outcome or as the whole note."""
_NO_ATTEMPT = _NO_TALK | _each(
    (
        "not interested, no interest",
        'they answered: write talk "not interested", then drop it (D, or the command drop)',
    ),
    ("hung up, hangs up, hung up on me", 'they answered: write talk "hung up"'),
)
"""The same with what is a talk, and no attempt."""
_NO_OUTCOME = _NO_ATTEMPT | _each(
    (
        "called, rang, phoned, tried, contacted",
        "write na for no answer, vm for voicemail, talk if you spoke",
    ),
    (
        "called back, rang back",
        "write in if they called you, cb 18jan if they want a call then",
    ),
    ("lost, closed lost, deal lost, dead, dropped", "drop it: D on the card, or the command drop"),
    (
        "sms, text, texted, text message, message, messaged, whatsapp, linkedin",
        'write em "sms": it counts as an email does',
    ),
    (
        "replied, reply, responded, they replied, heard back",
        "write talk for a bare answer, talk+ for progress",
    ),
    ("visit, visited, demo, lunch, coffee", "write mtg if you met them, na if not"),
    (
        ", ".join(sorted(_FOLLOWED)),
        "write how: na, vm, em, talk or talk+; each is a follow-up of the open quote",
    ),
    ("note, fyi", "write a note with n on the card, or with the command note"),
)
"""What to type for what people type as an outcome and is none, or may be several."""
del WORDS[OUTCOMES[Outcome.VOICEMAIL].label]  # "voicemail left word" is a voicemail, and a note
_LONGEST = max(len(word.split()) for word in (*WORDS, *_NO_OUTCOME))
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
    doubtful, passed = None, first
    for place in range(first, len(tokens)):
        if run := _words_at(tokens, place, _FOLLOWED):
            passed = max(passed, place + len(run))
        if place < passed:
            continue
        begins = _without_tried(tokens, first, place)
        if words := _words_at(tokens, place, WORDS):
            end = place + len(words)
            word = Found(begins, end, WORDS[_plain(words)])
            is_last = end == len(tokens) or begins_part(tokens[end])
            if is_last or word.outcome is Outcome.DEFERRED:
                return word
            doubtful = doubtful or word
        token = tokens[place]
        if not token.quoted and (code := _plain([token])) in CODES:
            return Found(begins, place + 1, CODES[code])
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
    for place in range(first, until):
        if words := _words_at(tokens[:until], place, _NO_OUTCOME):
            said = joined(words)
            cure = _NO_OUTCOME[_plain(words)]
            return LineError(f"{said.text!r} is no outcome", cure, text, said)
    if near := sorted(_near(tokens[first:until]), key=lambda n: n[:2], reverse=True):
        token = near[0][2]
        cure = f"did you mean {_either(near)}?"
        return LineError(f"There is no outcome {token.text!r}", cure, text, token)
    where = f"before {text[behind.start : behind.end][:20]}" if behind else "after the name"
    return missing_outcome(text, behind or tokens[-1].after, where)


def missing_outcome(text: str, place: Token, where: str = "after the name") -> LineError:
    """Return the error of a line that does not say how it went."""
    cure = f"{where} write one of {', '.join(CODES)}"
    return MissingOutcomeError("The line does not say how it went", cure, text, place, where)


def instead_of(outcome: Outcome | None, note: str) -> str | None:
    """Return what to type where what is logged as an attempt or a talk is none, by its whole note."""
    refused = _NO_TALK if outcome in {Outcome.TALKED, Outcome.ADVANCED} else {}
    if outcome and OUTCOMES[outcome].attempt:
        refused = _NO_ATTEMPT
    return refused.get(_plain([Token(" ".join(note.split()), 0, 0)]))


def _without_tried(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where the words before ``end`` begin that only say that somebody was tried."""
    for start in range(first, end):
        run = _words_at(tokens[:end], start, _TRIED)
        if run and start + len(run) == end:
            return _without_tried(tokens, first, start)
    return end


def _words_at(tokens: Sequence[Token], place: int, known: Container[str]) -> Sequence[Token] | None:
    """Return the longest of the known words that begins here."""
    for count in range(min(_LONGEST, len(tokens) - place), 0, -1):
        run = tokens[place : place + count]
        if _plain(run) in known and not any(token.quoted for token in run):
            return run
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
                yield ratio, meant, joined(run)


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
    """Return words as they are compared, without the marks that may stand in and behind them."""
    text = joined(run).text.casefold()
    for mark in (",", "'", "\N{RIGHT SINGLE QUOTATION MARK}"):
        text = text.replace(mark, "")
    return " ".join(text.rstrip(".;:!").replace("-", " ").split())
