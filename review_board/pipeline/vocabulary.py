"""The closed lists of the field: columns, channels, outcomes, roles, reasons.

``OUTCOMES`` is the one table that says what a touch counts as; nothing else decides that.
"""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """Where a prospect is on the board. Won is no column but an exit."""

    ACTIVE = "active"
    CALLBACK = "callback-pending"
    NURTURE = "nurture"
    DROPPED = "dropped"

    @property
    def title(self) -> str:  # type: ignore[override]
        """Return the heading on the board."""
        return "-".join(word.capitalize() for word in self.value.split("-"))


SELLING = frozenset({Column.ACTIVE, Column.CALLBACK})
"""The columns that take selling time: what is there is open."""


class Verdict(StrEnum):
    """The two answers a review may give."""

    KEEP = "keep"
    PURGE = "purge"

    @classmethod
    def of(cls, destination: Column) -> "Verdict":
        """Active and Callback-Pending are kept; Nurture and Dropped leave selling time."""
        return cls.KEEP if destination in SELLING else cls.PURGE

    def with_place(self, destination: Column) -> str:
        """Return ``KEEP in Active``, ``PURGE to Dropped``: a decision and where it leads."""
        return f"{self.upper()} {'in' if self is Verdict.KEEP else 'to'} {destination.title}"


class Channel(StrEnum):
    """How a touch was made."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in-person"
    MAIL = "mail"
    MESSAGE = "message"


class Direction(StrEnum):
    """Who made the touch."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Role(StrEnum):
    """What a contact is in the buying."""

    CONTACT = "contact"
    CHAMPION = "champion"
    ECONOMIC_BUYER = "economic-buyer"
    GATEKEEPER = "gatekeeper"
    ASSISTANT = "assistant"

    @property
    def label(self) -> str:
        """Return what it is called on screens; what is stored and typed stays as it is."""
        return "signs the order" if self == "economic-buyer" else self.value


class Route(StrEnum):
    """A way in."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in-person"
    MAIL = "mail"
    OTHER_CONTACT = "other-contact"
    ASSISTANT = "assistant"
    CHAMPION = "champion"


class SignalKind(StrEnum):
    """What the buyer spent."""

    MEETING = "meeting"
    INFORMATION = "information"
    QUOTE_REQUEST = "quote-request"
    INTRODUCTION = "introduction"
    STEP_AGREED = "step-agreed"
    COUNTER_PROPOSAL = "counter-proposal"
    INBOUND = "inbound"

    @property
    def said(self) -> str:
        """Return what they did, in a few words: ``they came to us``, ``they gave information``."""
        return {
            "meeting": "they met us",
            "information": "they gave information",
            "quote-request": "they asked for a quote",
            "introduction": "they introduced a colleague",
            "step-agreed": "they agreed to a next step",
            "counter-proposal": "they made a counter-proposal",
        }.get(self, "they came to us")


class ReasonKind(StrEnum):
    """The reasons that explain a deferral; any other is no reason."""

    BUDGET = "budget"
    CONTRACT_END = "contract-end"
    PROJECT = "project"
    PERSON = "person"
    EVENT = "event"
    PROCUREMENT = "procurement"


class DropReason(StrEnum):
    """Why a prospect is dropped. Timing is not "not interested"; no decision is a reason."""

    NO_NEED = "no-need"
    BOUGHT_ELSEWHERE = "bought-elsewhere"
    NO_BUDGET = "no-budget"
    NO_ACCESS = "no-access"
    NO_DECISION = "no-decision"
    NO_RESPONSE = "no-response"
    ONLY_DEFERRALS = "only-deferrals"
    HOSTILE = "hostile"
    TIMING = "timing"
    NOT_INTERESTED = "not-interested"
    POOR_PAYOFF = "poor-payoff"
    DO_NOT_CONTACT = "do-not-contact"
    DUPLICATE = "duplicate"
    OTHER = "other"


BET_LOST = "bet-lost"
"""The reason of a drop that a bet brought about; no list offers it, for nobody chooses it."""


class AnswerState(StrEnum):
    """How far an answer to a qualification question can be relied on."""

    UNKNOWN = "unknown"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    NEGATIVE = "negative"

    @property
    def label(self) -> str:
        """Return the word that the screens have for it; what is stored stays as it is."""
        return {"claimed": "said", "confirmed": "proven", "negative": "no"}.get(self, "unknown")

    def said(self, text: str) -> str:
        """Return the word before an answer's ``text``; a yes without any says what it is."""
        return "they said yes" if self is AnswerState.CLAIMED and not text else self.label


class Track(StrEnum):
    """A nurture plan."""

    MONTHLY_EMAIL = "monthly-email"
    KEEP_IN_TOUCH = "keep-in-touch"
    CHAMPION = "champion"
    ASSISTANT = "assistant"
    WAKE_UP = "wake-up"

    @property
    def label(self) -> str:
        """Return the words that the screens have for it; what is stored stays as it is."""
        names = {
            "champion": "ask the champion",
            "assistant": "ask the assistant",
            "wake-up": "call again later",
        }
        return names.get(self, self.replace("-", " "))

    @property
    def typed(self) -> str:
        """Return the word that is typed for it: ``champion``, ``call-again-later``."""
        return self.label.removeprefix("ask the ").replace(" ", "-")

    @property
    def role(self) -> Role | None:
        """Return the role of the person whom it turns to, where it turns to one."""
        return {"champion": Role.CHAMPION, "assistant": Role.ASSISTANT}.get(self)


class QuoteState(StrEnum):
    """What became of a quote."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """How a touch ended."""

    NO_ANSWER = "no-answer"
    VOICEMAIL = "voicemail"
    GATEKEEPER = "gatekeeper"
    EMAIL = "email"
    LAST_CALL = "last-call"
    INBOUND = "inbound"
    TALKED = "talked"
    ADVANCED = "advanced"
    MEETING = "meeting"
    QUOTE = "quote"
    DEFERRED = "deferred"
    HOSTILE = "hostile"
    COMPLAINT = "complaint"
    DO_NOT_CONTACT = "do-not-contact"
    MAILING = "mailing"
    AUTO_REPLY = "auto-reply"
    CONTACTED = "contacted"
    """There was a contact; how it ended was never noted. Only lists say that, nobody types it."""


@dataclass(frozen=True, slots=True)
class OutcomeMeaning:
    """What an outcome counts as.

    ``code`` is what is typed after a call (empty where nothing is), or one of the ``words``
    instead; ``attempt`` expects an answer and has none; ``response`` is a human answer; ``signal``
    says the buyer spent something.
    """

    code: str
    label: str
    channel: Channel = Channel.PHONE
    direction: Direction = Direction.OUTBOUND
    attempt: bool = False
    response: bool = False
    signal: bool = False
    words: tuple[str, ...] = ()


OUTCOMES: dict[Outcome, OutcomeMeaning] = {
    Outcome.NO_ANSWER: OutcomeMeaning(
        "na", "no answer", attempt=True,
        words=(
            "no answer", "noanswer", "unanswered", "no reply", "no response", "busy", "engaged", "line busy", "rang out",
            "no pickup", "no pick up", "did not pick up", "didnt pick up", "did not answer", "didnt answer",
            "nobody answered", "not reached", "no show", "noshow")),
    Outcome.VOICEMAIL: OutcomeMeaning(
        "vm", "voicemail left", attempt=True,
        words=(
            "voicemail", "voice mail", "left voicemail", "left a voicemail", "left vm", "left message", "left a message",
            "left msg", "lvm", "answering machine", "answerphone")),
    Outcome.GATEKEEPER: OutcomeMeaning("gk", "stopped at the gatekeeper", attempt=True, words=("gatekeeper", "receptionist", "front desk")),
    Outcome.EMAIL: OutcomeMeaning(
        "em", "email sent", Channel.EMAIL, attempt=True, words=("email", "e mail", "emailed", "mailed", "sent email", "sent an email")),
    Outcome.LAST_CALL: OutcomeMeaning(
        "last", "last email sent", Channel.EMAIL, attempt=True,
        words=("last call", "last email", "last e mail")),
    Outcome.INBOUND: OutcomeMeaning(
        "in", "they came to us", direction=Direction.INBOUND, response=True, signal=True,
        words=("inbound", "incoming", "they called", "they called back", "called us", "came to us", "missed call",
            "they emailed", "they wrote", "emailed us")),
    Outcome.TALKED: OutcomeMeaning(
        "talk", "talked, no progress", response=True, words=("talked", "spoke", "spoken", "chatted", "answered", "no progress")),
    Outcome.ADVANCED: OutcomeMeaning("talk+", "talked, progress", response=True, signal=True, words=("progress",)),
    Outcome.MEETING: OutcomeMeaning(
        "mtg", "met", Channel.IN_PERSON, response=True, signal=True, words=("meeting", "met", "met them", "had a meeting")),
    Outcome.QUOTE: OutcomeMeaning("quote", "quote sent", Channel.EMAIL, words=(
        "quoted", "sent quote", "sent a quote", "sent the quote", "sent proposal", "proposal sent", "sent offer", "offer sent")),
    Outcome.DEFERRED: OutcomeMeaning(
        "cb", "asked for a callback", response=True, words=("callback", "call back", "call later", "call back later", "ring back")),
    Outcome.HOSTILE: OutcomeMeaning("hostile", "they gave an ultimatum", response=True, words=("ultimatum",)),
    Outcome.COMPLAINT: OutcomeMeaning(
        "complaint", "complained about our calls", direction=Direction.INBOUND, words=("complained",)),
    Outcome.DO_NOT_CONTACT: OutcomeMeaning(
        "dnc", "do not contact", direction=Direction.INBOUND, response=True, words=("do not call", "never call")),
    Outcome.MAILING: OutcomeMeaning("mail", "mailing sent", Channel.EMAIL, words=("mailing", "newsletter")),
    Outcome.AUTO_REPLY: OutcomeMeaning(
        "ooo", "automatic reply", Channel.EMAIL, Direction.INBOUND, words=("out of office", "auto reply")),
    Outcome.CONTACTED: OutcomeMeaning("", "contacted, nobody noted how it ended"),
}  # fmt: skip
