"""Whom to call at a prospect's, and how: the person whom the advice names, with number or address."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Finding
from review_board.judgement.timeline import DatedTouch
from review_board.pipeline.fields import closed_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Touch
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Channel, Outcome, Role, Route
from review_board.settings.rule_names import RuleName

ANY_CHANNEL = frozenset({RuleName.OPEN_QUOTE, RuleName.LIVE_INTEREST})
"""Rules whose advice is served by a letter as by a call, once calls bring no answer."""
SAME_CHANNEL = 3
"""Unanswered attempts through one channel after which another is due."""


@dataclass(frozen=True, slots=True)
class WayToReach:
    """One number or address of a person; empty ``to`` where none is on record."""

    name: str
    to: str
    is_number: bool

    @property
    def channel(self) -> Channel:
        """Return the channel that it is of."""
        return Channel.PHONE if self.is_number else Channel.EMAIL

    @property
    def words(self) -> str:
        """Return ``Kim Aldous 555-0142``; where nothing else is on record, the name or the address alone."""
        return self.to if self.name == self.to else f"{self.name} {self.to}".strip()

    @property
    def action(self) -> str:
        """Return ``call Kim Aldous 555-0142``, ``write to Kim Aldous kim@acme.example``."""
        if not self.to:
            return f"ask for {self.name}"
        return f"{'call' if self.is_number else 'write to'} {self.words}"


def ways_of(contact: Contact) -> tuple[WayToReach, ...]:
    """Return the number and the address of a person, those that are on record."""
    ways = ((contact.phone, True), (contact.email, False))
    return tuple(WayToReach(contact.name, to, is_number) for to, is_number in ways if to)


def all_ways(prospect: Prospect) -> tuple[WayToReach, ...]:
    """Return every number and address at a prospect's that may be used, the people in the order of the record."""
    ways = (way for contact in prospect.people for way in ways_of(contact))
    return tuple(way for way in ways if prospect.may_use(way.channel))


def way_to_reach(evidence: Evidence, finding: Finding) -> WayToReach | None:
    """Return whom to call and how, or ``None`` where nobody is on record or may be called.

    By mail where the advice says so and an address is known, else by phone.
    """
    if evidence.prospect.do_not_contact or evidence.prospect.won:
        return None
    contact, by_mail = whom_to_ask(evidence, finding), _by_mail(evidence, finding)
    return way_to(contact, by_mail=by_mail, closed=evidence.prospect.closed_channels)


def way_to(
    contact: Contact | None, *, by_mail: bool = False, closed: Collection[Channel] = ()
) -> WayToReach | None:
    """Return how to reach a person: by phone, or ``by_mail``, as far as it is on record.

    Never by a channel that they ``closed``; where none is left on record the other one is to be found.
    """
    if contact is None:
        return None
    ways = ways_of(contact)
    left = [way for way in ways if way.channel not in closed]
    if left or not ways:
        return left[-1 if by_mail else 0] if left else WayToReach(contact.name, "", is_number=False)
    return WayToReach(contact.name, f"({closed_words(closed)})", is_number=not ways[0].is_number)


CALL, WRITE, VISIT = "Call them", "Write to them", "Go to them"
"""How an advice begins that is to reach whoever can be reached."""


def reach_them(evidence: Evidence) -> str:
    """Return ``Call them``, or how else where they want no calls."""
    closed = evidence.prospect.closed_channels
    if Channel.PHONE not in closed:
        return CALL
    return VISIT if Channel.EMAIL in closed else WRITE


def whom_to_ask(evidence: Evidence, finding: Finding) -> Contact | None:
    """Return the person to turn to: whom the rule names, else who spoke with us last, else who can be reached."""
    people = _still_there(evidence)
    if named := evidence.prospect.contact(finding.contact) or named_in_plan(evidence):
        return named
    for dated in reversed(evidence.timeline.touches):
        if contact := next((c for c in people if c.id == dated.touch.contact), None):
            return contact
    return min(people, key=_out_of_reach, default=None)


def _still_there(evidence: Evidence) -> list[Contact]:
    left = who_left(evidence)
    return [c for c in evidence.prospect.people if not left or c.id != left.contact]


def named_in_plan(evidence: Evidence) -> Contact | None:
    """Return the one person whose name stands in what is planned with them, or in the bet that is open."""
    step, bet = evidence.prospect.next_step, evidence.bet
    plans = [bet.action] if bet else []
    plans += [step.action] if step else []
    if not plans:
        return None
    words = set(re.findall(r"\w+", fold(" ".join(plans))))
    named = [c for c in _still_there(evidence) if words & set(fold(c.name).split()[:1])]
    return named[0] if len(named) == 1 else None


GONE = re.compile(
    r"\b(?:left (?:the |our |this )?(?:company|firm|business|organi[sz]ation)|no longer (?:with|works?|working|employed)"
    r"|nicht mehr (?:im|bei|fur|in) |ausgeschieden|a quitte|ne travaille plus|ya no trabaja|nao trabalha mais"
    r"|non lavora piu|werkt niet meer)"
)
"""What an automatic reply says of somebody who is there no more, folded."""


def who_left(evidence: Evidence) -> Touch | None:
    """Return the automatic reply that says who left, where nobody answered since: who follows is to be asked."""
    timeline = evidence.timeline
    said = next((touch for touch in reversed(timeline.record) if _says_gone(touch)), None)
    answer = timeline.last_answer
    if said is None or (answer and answer.day >= timeline.day_of(said)):
        return None
    person = evidence.prospect.contact(said.contact)
    return None if person and person.gone else said


def who_follows(evidence: Evidence) -> str:
    """Return ``who follows Kim Aldous``, where they left; else nothing."""
    left = who_left(evidence)
    person = evidence.prospect.contact(left.contact) if left else None
    return f"who follows {person.name if person else 'who we wrote to'}" if left else ""


def _says_gone(touch: Touch) -> bool:
    return touch.outcome is Outcome.AUTO_REPLY and bool(GONE.search(fold(touch.note)))


def worn_channel(attempts: Sequence[DatedTouch]) -> Channel | None:
    """Return the one channel of the latest attempts, where so many brought no answer, or ``None``."""
    latest = attempts[-SAME_CHANNEL:]
    channels = {dated.touch.channel for dated in latest}
    return channels.pop() if len(latest) == SAME_CHANNEL and len(channels) == 1 else None


def _by_mail(evidence: Evidence, finding: Finding) -> bool:
    if finding.rule is RuleName.LAST_CALL and not finding.rests:
        return True  # it is an email that is to be sent
    if (
        finding.rule in ANY_CHANNEL
        and worn_channel(evidence.timeline.since_response) is Channel.PHONE
    ):
        return True
    return finding.route is Route.EMAIL or finding.email_only


def _out_of_reach(contact: Contact) -> tuple[bool, bool]:
    return not (contact.phone or contact.email), contact.role is Role.GATEKEEPER
