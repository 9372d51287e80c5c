"""What a screen of a pair review tells, as facts about each person by name: both screens must tell the same.

Each sentence of the band counts. What is said to ``you`` is taken as said of who looks; a sentence that
none of these patterns knows stands for itself, so that two screens with it never tell the same story.
Left out is what concerns one person alone: the keys, and what they voted before both are shown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

Fact = tuple[str, ...]
ROW = re.compile(r"^(\w+) +(KEEP|PURGE)  +(.*)$")
STATE = re.compile(r"(\w+) (voted ✓|thinking …|away)(?:   |$)")
MONTHS = re.compile(r" +(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) *)+$")
"""The months above the lines of contact, right below the band where there is no room between them."""
BEGINS = re.compile(r"^(Your vote|Waiting|The votes|Split|Two ways|Settled|Decided|The end)   ")
"""How the sentence begins; above it stands how far it is, who is there, and whose card it is."""
VERDICTS = {"keep it": "KEEP", "let it go": "PURGE"}


def told(lines: Iterable[str], me: str, other: str) -> frozenset[Fact]:
    """Return all that a screen tells of the review; ``me`` is who looks at it."""
    whole = [line.rstrip().removeprefix(" ") for line in lines]
    begins = next((n for n, line in enumerate(whole) if BEGINS.match(line)), None)
    if begins is None:
        return frozenset({("nothing is told to", me)})
    ends = next((n for n, line in enumerate(whole) if MONTHS.match(line)), len(whole))
    head, band = [" ".join(line.split()) for line in whole[:begins]], whole[begins:ends]
    facts = {("head", *head), *_from_head(head[0]), *_sentence(band, me, other)}
    facts |= {fact for part in (_votes, _states, _before) for fact in part(band)}
    return frozenset(facts | {*_beside(band, me, other)})


def _from_head(line: str) -> Iterator[Fact]:
    for name in re.findall(r"(\w+) (?:rep|manager|watcher) \(driving\)", line):
        yield ("drives", name)


# The sentence that says where the card stands, and what is asked


def _sentence(band: Sequence[str], me: str, other: str) -> Iterator[Fact]:
    lines: list[str] = []
    for line in band:
        is_over = not line or ROW.match(line) or STATE.match(line) or _aside(line)
        if is_over and lines:
            break
        lines += [line] if line else []
    said = " ".join(" ".join(lines).split())
    for pattern, means in SENTENCES:
        if found := re.fullmatch(pattern, said):
            yield from means(me, other, *found.groups())
            return
    yield ("told to", me, said)


def _aside(line: str) -> bool:
    return line.startswith(("before: ", "You drive", "Nobody drives"))


def _asked(voter: str, by: str, words: str) -> list[Fact]:
    return [("is asked to agree", voter, "to", by, words)]


Means = Callable[..., Iterable[Fact]]
SENTENCES: tuple[tuple[str, Means], ...] = (
    (r"Your vote press a key[:;] (?:hidden, like the advice,|this one is the last, hidden) until both have voted", lambda me, _: [("thinking …", me)]),
    (r"Your vote it was (?:lost while you were away|changed after .*): please vote again", lambda me, _: [("thinking …", me)]),
    (r"Waiting your vote is in; (\w+) votes now\. Until then you may change yours", lambda me, _, name: [("voted ✓", me), ("thinking …", name)]),
    (r"The votes both are in; .*", lambda me, other: [("voted ✓", me), ("voted ✓", other)]),
    (r"The votes (\w+)'s was lost while they were away: \1 votes again", lambda me, _, name: [("voted ✓", me), ("thinking …", name)]),
    (r"Split \d:\d\d left: say aloud why to (keep it|let it go); (\w+) listens", lambda me, _, case, name: [("speaks", me, case), ("listens", name)]),
    (r"Split \d:\d\d left: (\w+) says why to (keep it|let it go); listen, (?:your minute|then the two) .*", lambda me, _, name, case: [("speaks", name, case), ("listens", me)]),
    (r"Split both have spoken: .*", lambda *_: [("speaks", "nobody", "")]),
    (r"Split there is no third vote: .*", lambda *_: [("speaks", "nobody", "")]),
    (r"Split (\w+) is asked to agree to your bet: (.*)", lambda me, _, name, words: _asked(name, me, words)),
    (r"Split (\w+) proposes a bet: (.*)", lambda me, _, name, words: _asked(me, name, words)),
    (r"Two ways (both .*); (\w+) is asked to agree to yours: (.*)", lambda me, _, both, name, words: [("agreed", both), *_asked(name, me, words)]),
    (r"Two ways (both .*); (\w+) proposes: (.*)", lambda me, _, both, name, words: [("agreed", both), *_asked(me, name, words)]),
    (r"Settled it is being put on record", lambda *_: [("settled", "on record")]),
    (r"Settled to ([\w-]+(?: on a bet)?); (\w+) answers for both", lambda _, __, to, name: [("settled", to, name)]),
    (r"Settled to ([\w-]+(?: on a bet)?); .*", lambda me, _, to: [("settled", to, me)]),
    (r"Decided (→ .*)", lambda _, __, came_to: [("decided", came_to)]),
    (r"The end the report opens next, for both", lambda me, _: [("ends it", me)]),
    (r"The end (\w+) ends the review, and its report opens", lambda _, __, name: [("ends it", name)]),
)  # fmt: skip
"""Each sentence that a voter may read, and what it says of the two: (who looks, the other, its parts)."""


# The votes, who is at what, what came before


def _votes(band: Sequence[str]) -> Iterator[Fact]:
    """Yield what each voted and what the record says, with what goes on in the next lines."""
    at, rows = "", dict[str, list[str]]()
    for line in band:
        found = ROW.match(line)
        if found:
            at = f"{found[1]} {found[2]}"
            rows[at] = [found[3]]
        elif at and line.startswith(" " * 8):
            rows[at].append(line.strip())
        else:
            at = ""
    for name_and_verdict, words in rows.items():
        name, verdict = name_and_verdict.split()
        yield ("verdict", name, verdict)
        yield ("voted for", name, " ".join(words))


def _states(band: Sequence[str]) -> Iterator[Fact]:
    for line in band:
        if STATE.match(line):
            yield from ((state, name) for name, state in STATE.findall(line))


def _before(band: Sequence[str]) -> Iterator[Fact]:
    for number, line in enumerate(band):
        if line.startswith("before: "):
            yield ("before", " ".join(" ".join(band[number : number + 2]).split()))


def _beside(band: Sequence[str], me: str, other: str) -> Iterator[Fact]:
    """Yield what is said beside the sentence: who drives, with what one would agree."""
    for line in band:
        if line.startswith("You drive"):
            yield ("drives", me)
        elif found := re.match(r"(\w+) drives, and may skip for both", line):
            yield ("drives", found[1])
        for name, does in re.findall(r"Agree with (\w+): (keep it|let it go)", line):
            yield ("verdict", name, VERDICTS[does])
        for whose in re.findall(r"end (your|\w+'s) minute", line):
            yield ("has a minute", me if whose == "your" else whose.removesuffix("'s"))
