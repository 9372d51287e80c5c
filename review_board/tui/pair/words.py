"""What a pair review says: one sentence that asks something of the person, the votes, who is there.

Text without keys; the screen adds those that count. Both people read it from the same state.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole, PairSession, PersonHere, RevealedVote
from review_board.pair.settling import OVERRULABLE, Phase, Turn
from review_board.pair.vote import Vote
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.prospect import records_in
from review_board.pipeline.verdict_record import PairRecord, sure_words
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.tree import Settings
from review_board.tui.dialogs.nurture import TRACKS
from review_board.wording import listed, several

LAST_VOTE = "press a key; this one is the last, hidden until both have voted"
HIDDEN = "press a key: hidden, like the advice, until both have voted"
DRIVERS_PART = {
    Phase.DIFFERENT: "propose another way",
    Phase.SETTLED: "answer",
    Phase.OVER: "end it",
}
"""What is left to who drives where no vote is hidden."""
VERDICTS = [
    ("keep", "Keep: a next step"),
    ("callback", "Callback: a day"),
    ("nurture", "Nurture: no selling"),
    ("drop", "Drop"),
]


def who_votes_next(review: PairReview, sides: Sequence[PairReview]) -> PairReview | None:
    """Return whose vote is missing at the terminal where another has voted; ``None`` if nobody's."""
    if review.alone_at is not None or not review.is_blind or review.needs_my_vote:
        return None
    return next((side for side in sides if side.needs_my_vote), None)


def who_is_asked(review: PairReview, sides: Sequence[PairReview]) -> PairReview:
    """Return the side of who is asked next of those at one terminal; a hidden vote is handed over by a key."""
    proposal, driver = review.proposal, review.driver
    if len(sides) == 1 or review.alone_at is not None:
        return review
    if proposal:
        return next((side for side in sides if side.me != proposal.by), review)
    if review.phase in (Phase.SETTLED, Phase.OVER):
        return next((side for side in sides if side.me == driver), review)
    return review


def all_done(review: PairReview) -> str:
    """Return what stands in the place of a card at the end."""
    skipped = len(review.session.skipped) if review.session else 0
    if not skipped:
        return "Every card of this review is decided."
    return f"That was the last card; {several(skipped, 'card')} skipped, still to review."


def title(review: PairReview) -> str:
    """Return the word that begins the band: what the card is at."""
    if review.alone_at is not None:
        return "Looking around"
    return {
        Phase.OVER: "The end",
        Phase.VOTING: "Your vote" if review.needs_my_vote else "Waiting",
        Phase.REVEALING: "Your vote" if review.needs_my_vote else "The votes",
        Phase.SPLIT: "Split",
        Phase.DIFFERENT: "Two ways",
        Phase.SETTLED: "Settled",
        Phase.DECIDED: "Decided",
    }[review.phase]


def asked(review: PairReview) -> str:
    """Return what is asked of this person now, or whom they wait for, in one sentence."""
    session = review.session
    if session is None:
        return "the pair review is being opened"
    if not review.is_seated:
        return "you go on at another terminal; this one has no say any more"
    if review.alone_at is not None:
        return "the others see nothing of it, and you cannot vote here"
    if review.phase is Phase.OVER:
        ends = "the report opens next, for both"
        return (
            ends if review.may_drive else f"{review.driver} ends the review, and its report opens"
        )
    if review.is_blind:
        return _voting(review, session)
    if review.phase is Phase.SPLIT:
        return _at_a_split(review, session)
    if review.phase is Phase.DIFFERENT:
        return _two_ways(review)
    if review.phase is Phase.DECIDED:
        return _verdict_here(review, review.board.document(session.queue[session.place]))
    return _settled(review)


def _voting(review: PairReview, session: PairSession) -> str:
    if review.me not in session.voters:
        return f"{listed(session.voters)} vote; you watch" if session.voters else "nobody votes"
    if review.needs_my_vote:
        if review.me in session.card.refused:
            return "it was changed after it was cast, and refused: please vote again"
        if review.me in session.card.ballots:
            return "it was lost while you were away: please vote again"
        return LAST_VOTE if session.card.again else HIDDEN
    others = [p for p in review.people if p.role.votes and p.name != review.me]
    other = others[0].name if others else "the other"
    if review.phase is Phase.VOTING:
        return f"your vote is in; {other} votes now. Until then you may change yours"
    if others and not others[0].voted:
        return f"{other}'s was lost while they were away: {other} votes again"
    if others and others[0].is_lost:
        return f"both are in; they are opened once {other} is back"
    return "both are in; they are being opened"


def who_must_come(review: PairReview) -> str:
    """Return who has to join, or join again, before the review can go on; empty when both are there."""
    session = review.session
    if session is None or not review.is_seated or review.phase is Phase.OVER:
        return ""
    lost = [p.name for p in review.people if p.role.votes and p.is_lost and p.name != review.me]
    if lost:
        return f"{lost[0]} logs in and types this to go on: {review.joining(lost[0])}"
    if len(session.voters) > 1:
        return ""
    left = [p.name for p in session.people.values() if p.role.votes and p.left is not None]
    if left:
        return f"{left[-1]} has left, and types this to come back: {review.joining(left[-1])}"
    return f"Nobody else is here yet; you may vote. They type: {review.joining()}"


def _at_a_split(review: PairReview, session: PairSession) -> str:
    if (proposal := review.proposal) and proposal.bet:
        bet = f"{proposal.bet.action} by {short_day(proposal.bet.on, review.board.today.day)}"
        if proposal.by == review.me:
            return f"{other_of(review)} is asked to agree to your bet: {bet}"
        return f"{proposal.by} proposes a bet: {bet}"
    if turn := review.turn_to_speak:
        return _while_one_speaks(review, turn)
    if session.card.again:
        return "there is no third vote: bet, or one of you agrees"
    return "both have spoken: vote once more, or one of you agrees"


def _while_one_speaks(review: PairReview, turn: Turn) -> str:
    """Return for how long who speaks for what, and what this person does meanwhile."""
    is_kept = turn.verdict is Verdict.KEEP
    case, left = f"why to {_doing(turn.verdict)}", f"{_clock(turn)} left"
    if review.is_shared or not review.is_voter:
        return f"{left}: {turn.name} says {case}"
    if turn.name == review.me:
        return f"{left}: say aloud {case}; {other_of(review)} listens"
    after = "your minute comes next" if is_kept else "then the two of you settle it"
    return f"{left}: {turn.name} says {case}; listen, {after}"


def _doing(verdict: Verdict) -> str:
    return "keep it" if verdict is Verdict.KEEP else "let it go"


def _clock(turn: Turn) -> str:
    seconds = max(0, -(-int(turn.left.total_seconds() * 1000) // 1000))
    return f"{seconds // 60}:{seconds % 60:02}"


def _two_ways(review: PairReview) -> str:
    proposal = review.proposal
    assert proposal
    board, me = review.board, review.me
    words = vote_words(proposal.vote, board.settings, board.today.day)
    both = f"both {_doing(proposal.vote.verdict)}"
    if proposal.by == me:
        return f"{both}; {other_of(review)} is asked to agree to yours: {words}"
    return f"{both}; {proposal.by} proposes: {words}"


def _settled(review: PairReview) -> str:
    decision = review.decision
    if decision is None or not review.is_incomplete:
        return "it is being put on record"
    to = _settled_to(review, decision.to)
    if not (review.may_drive and review.is_voter):
        return f"to {to}; {review.driver or 'one of the two'} answers for both"
    after_that = replace(decision, sooner=decision.sooner or "asked after that")
    missing = review.missing(after_that) or review.missing() or "say what proves it"
    return f"to {to}; {missing[:1].lower()}{missing[1:]}"


def _settled_to(review: PairReview, to: Column) -> str:
    """Return where it goes, and that it goes there on a bet."""
    session = review.session
    settlement = session.card.settlement if session else None
    return f"{to.title} on a bet" if settlement and settlement.bet else to.title


def other_of(review: PairReview) -> str:
    """Return who voted beside this person on the card that is up."""
    votes = revealed(review)
    return next((name for name in votes if name != review.me), "")


def may_overrule(review: PairReview) -> bool:
    """Return whether this person voted as the manager and the record is of the kinds to overrule."""
    session = review.session
    if session is None or session.current is None or review.phase is not Phase.SPLIT:
        return False
    is_manager = session.role_of(review.me) is PairRole.MANAGER and review.me in revealed(review)
    return is_manager and review.board.recommendation(session.current).rule in OVERRULABLE


# The votes


def revealed(review: PairReview) -> Mapping[str, RevealedVote]:
    """Return the votes that came to light last on the card that is up, by name."""
    session = review.session
    if session is None or not session.card.reveals or review.is_blind:
        return {}
    return dict(sorted(session.card.reveals[-1].votes.items()))


def vote_words(vote: Vote, settings: Settings, today: date) -> str:
    """Return where a vote sends the card, with all that goes with it: ``callback 1 Dec, they asked``."""
    at = vote.step or vote.callback
    day = f" {short_when(vote.on, at.time if at else None, today)}" if vote.on else ""
    if vote.to is Column.ACTIVE:
        agreed = ", they agreed" if vote.step and vote.step.agreed else ""
        words = f"{vote.step.action if vote.step else 'keep it'}{day}{agreed}"
    elif vote.to is Column.CALLBACK:
        words = ", ".join([f"callback{day}", *_proof(vote.callback)])
    elif vote.to is Column.NURTURE:
        track = next((t.label for t in TRACKS if t.value is vote.track), "")
        words = f"nurture, {track}{f', from{day}' if day else ''}"
    else:
        reason = settings.reason_label(vote.reason) if vote.reason else ""
        words = f"dropped, {reason}" if reason else "dropped"
    written = [each for each in (vote.note, vote.changed) if each and each != vote.why]
    return " · ".join([words, *(f"“{each}”" for each in written)])


def _proof(callback: AgreedCallback | None) -> Iterator[str]:
    """Yield what was said of a callback beside its day."""
    if callback is None:
        return
    if callback.asked_by_buyer:
        yield "they asked"
    if callback.reason:
        yield f"because of {callback.reason.replace('-', ' ')}"
    yield from (f"“{each}”" for each in (callback.change, callback.commitment) if each)


def vote_line(opening: RevealedVote, settings: Settings, today: date) -> str:
    """Return ``callback 1 Dec · certain · “she asked for the price list”``."""
    vote = opening.vote
    again = "voted again while hidden" if opening.again else ""
    why = f"“{vote.why}”" if vote.why else ""
    parts = (vote_words(vote, settings, today), sure_words(vote.sure), again, why)
    return " · ".join(filter(None, parts))


# Who is there


def presence(review: PairReview) -> str:
    """Return ``ann rep (driving) · raj manager``, for the header."""
    return " · ".join(
        " ".join([person.name, person.role, *_remarks(person)]) for person in review.people
    )


def _remarks(person: PersonHere) -> Iterator[str]:
    if person.drives:
        yield "(driving)"
    if person.is_lost:
        yield "(connection lost)"


def driving(review: PairReview) -> str:
    """Return who moves both to another card; empty where it is no matter."""
    if not review.is_blind or not review.is_seated or not review.is_voter:
        return ""
    driver = review.driver
    if driver == review.me:
        return "You drive"
    return f"{driver} drives, and may skip for both" if driver else "Nobody drives now"


def going(review: PairReview) -> list[tuple[str, str]]:
    """Return the actions that lead to another card, beside what is asked."""
    if review.driver == review.me:
        return [("skip", "skip this card for both"), ("follow", "look around alone")]
    instead = " instead" if review.driver else ""
    return [("wheel", f"drive{instead}"), ("follow", "look around alone")]


def state_of(person: PersonHere) -> tuple[str, str] | None:
    """Return what a voter is at while votes are hidden, and its colour; nothing for others."""
    if person.voted is None:
        return None
    if person.voted:
        return "voted ✓", "$success"
    return ("away", "$quiet") if person.is_lost else ("thinking …", "$warning")


# What may be done


def choices(review: PairReview) -> list[tuple[str, str]]:
    """Return the actions that answer what is asked of this person, with a word for each."""
    session = review.session
    if review.alone_at is not None:
        return [
            ("follow", "return to the card of both"),
            ("back", "the one before"),
            ("skip", "the next one"),
        ]
    if session is None or not review.is_seated or not review.is_voter:
        return []
    if review.phase is Phase.DECIDED:
        goes_on = [("skip", "go on")] if review.may_drive else []
        return [("undo", "take it back: both vote again"), *goes_on]
    if review.is_blind:
        return [*VERDICTS, *_typing(review)] if review.needs_my_vote else []
    return [*_settling(review, again=session.card.again)]


def _typing(review: PairReview) -> Iterator[tuple[str, str]]:
    """Yield the key that shows or hides what is typed, where two share a terminal."""
    if review.is_shared:
        yield "openly", "show what you type" if review.is_masked else "hide what you type"


def _settling(review: PairReview, *, again: bool) -> Iterator[tuple[str, str]]:
    """Yield what settles the votes that are shown."""
    if (turn := review.turn_to_speak) and not review.proposal:
        whose = "your" if turn.name == review.me else f"{turn.name}'s"
        yield "speak", f"end {whose} minute"
    if review.phase is Phase.SPLIT and not again:
        yield "again", "vote once more, hidden again"
    elif review.phase is Phase.SPLIT and review.proposal:
        yield "bet", "another bet"
    elif review.phase is Phase.SPLIT:
        yield "bet", "bet: kept if they do something by a day, else dropped"
    is_open = review.phase is not Phase.SETTLED or review.is_incomplete
    if is_open and (label := agree_label(review)):
        yield "agree", _agreed(review, label)
    if review.phase is Phase.SPLIT and review.is_shared:
        yield "seat", f"hand the keys to {other_of(review)}"
    if may_overrule(review):
        own = revealed(review)[review.me].vote.verdict
        yield "overrule", f"overrule {other_of(review)}: {_doing(own)}"
    if may_propose(review):
        yield from other_ways(review)
    elif is_open and not review.may_drive and review.phase in DRIVERS_PART:
        yield "wheel", f"drive instead, to {DRIVERS_PART[review.phase]}"


def may_propose(review: PairReview) -> bool:
    """Return whether this person may propose another way: who drives, or both at one terminal."""
    return review.phase is Phase.DIFFERENT and (review.may_drive or review.is_shared)


def other_ways(review: PairReview) -> Iterator[tuple[str, str]]:
    """Yield the actions that propose another way to what both want, with a word for each."""
    if review.proposal and review.proposal.vote.verdict is Verdict.KEEP:
        yield from (("keep", "propose another step"), ("callback", "propose a callback"))
    else:
        yield from (("nurture", "propose Nurture"), ("drop", "propose Dropped"))


def _agreed(review: PairReview, label: str) -> str:
    """Return what enter does: which verdict one at a split goes over to, or what a bet means."""
    if review.phase is not Phase.SPLIT:
        return label
    if (proposal := review.proposal) and proposal.bet and proposal.by != review.me:
        return f"{label}: kept if they do it, else dropped"
    return f"{label}: {_doing(revealed(review)[other_of(review)].vote.verdict)}"


def agree_label(review: PairReview) -> str:
    """Return what enter does now, in a word or two; empty where it does nothing."""
    proposal = review.proposal
    if review.phase is Phase.SPLIT:
        if proposal and proposal.by != review.me:
            return "Agree to the bet"
        agrees = f"{review.me} agrees" if review.is_shared else "Agree"
        return f"{agrees} with {other_of(review)}" if other_of(review) else ""
    if review.phase is Phase.DIFFERENT:
        return f"Agree with {other_of(review)}"
    if review.phase is Phase.SETTLED:
        return "Answer" if review.may_drive else ""
    return "End the review" if review.phase is Phase.OVER and review.may_drive else ""


def last_verdict(review: PairReview) -> str:
    """Return what the card before came to, so that both see how it ended: the next one comes at once.

    Empty where that was skipped: what came before it is no news.
    """
    session, board = review.session, review.board
    if session is None or review.alone_at is not None or session.card.reveals:
        return ""
    if review.phase is Phase.DECIDED:
        return ""
    for key in reversed(session.queue[: session.place]):
        document = board.document(key)
        if said := _verdict_here(review, document):
            return f"before: {(document or {}).get('name')} {said}"
        if key in session.skipped:
            return ""
    return ""


def _verdict_here(review: PairReview, document: Mapping[str, Any] | None) -> str:
    """Return what this review came to on a card; empty where it is not decided."""
    id_, today = review.session_id, review.board.today.day
    given = [v for v in records_in(document, "verdicts") if v.get("session") == id_]
    bets = [b for b in records_in(document, "bets") if b.get("session") == id_]
    if not given:
        return ""
    callback = (document or {}).get("callback") or {}
    return _verdict_line(given[-1], bets[-1] if bets else None, callback.get("on"), today)


def _verdict_line(
    verdict: Mapping[str, Any], bet: Mapping[str, Any] | None, callback: str | None, today: date
) -> str:
    """Return ``→ Active, call them 4 Dec: raj agreed with ann; the record said PURGE``."""
    pair = PairRecord.model_validate(verdict["pair"]) if verdict.get("pair") else None
    where, how = Column(verdict["destination"]).title, pair.in_words if pair else "both agreed"
    if bet and pair and pair.settled == "bet":
        how += f": {bet['action']} by {_day(bet['until'], today)}"
    elif step := verdict.get("step"):
        where += f", {step['action']} {_day(step['on'], today)}"
    elif callback and verdict["destination"] == Column.CALLBACK:
        where += f", call {_day(callback, today)}"
    given, advised = verdict.get("verdict"), verdict.get("recommended")
    record = "" if given == advised else f"; the record said {str(advised).upper()}"
    return f"→ {where}: {how}{record}"


def _day(stored: str, today: date) -> str:
    return short_day(date.fromisoformat(stored), today)
