"""What two revealed votes come to: agreed, two ways to do the same, or a split; and how each is settled."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from review_board.errors import RefusedError
from review_board.pair.session import (
    TALK,
    PairRole,
    PairSession,
    Proposal,
    Reveal,
    RevealedVote,
    Seen,
    Settlement,
    drive,
    take_wheel,
    with_card,
)
from review_board.pair.vote import Vote
from review_board.pair.voting import all_in
from review_board.pipeline.records import NextStep
from review_board.pipeline.verdict_record import PairRecord, PairVote
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review.verdicts import Decision, bet_day_words
from review_board.settings.rule_names import RuleName

OVERRULABLE = (RuleName.DO_NOT_CONTACT, RuleName.KNOCKED_OUT)
"""The only rules on which the manager decides a split alone."""
SETTLE_IT = "settle it by a bet, or agree with the other"
VOTE_FIRST = "vote once more, or agree with the other"


class Phase(StrEnum):
    """Where the card that is up stands; ``OVER`` when there is none.

    ``DECIDED`` is one that somebody went back to: its verdict stands until it is taken back.
    """

    OVER = "over"
    VOTING = "voting"
    REVEALING = "revealing"
    SPLIT = "split"
    DIFFERENT = "different"
    SETTLED = "settled"
    DECIDED = "decided"


def phase_of(session: PairSession) -> Phase:
    """Return where the card that is up stands."""
    votes = session.card
    if session.current is None:
        return Phase.OVER
    if votes.is_voting:
        return Phase.REVEALING if all_in(session) else Phase.VOTING
    return Phase.SETTLED if votes.settlement else _phase_after(votes.reveals[-1])


def _phase_after(reveal: Reveal) -> Phase:
    one, other = (opening.vote for opening in reveal.votes.values())
    if one.verdict is not other.verdict:
        return Phase.SPLIT
    is_same = decision_of_vote(one) == decision_of_vote(other)
    return Phase.SETTLED if is_same else Phase.DIFFERENT


# Talking about a split


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to speak: the case for holding on comes first. ``left`` until it is over."""

    name: str
    verdict: Verdict
    left: timedelta


def turn_to_speak(session: PairSession, now: datetime) -> Turn | None:
    """Return who speaks at a split just now, or ``None`` when both have spoken."""
    votes = session.card
    if phase_of(session) is not Phase.SPLIT or votes.talk is None:
        return None
    passed, spent = divmod(max(timedelta(0), now - votes.talk), TALK)
    ahead = _speakers(votes.reveals[-1])[votes.spoken + passed :]
    return Turn(ahead[0][0], ahead[0][1].vote.verdict, TALK - spent) if ahead else None


def _speakers(reveal: Reveal) -> list[tuple[str, RevealedVote]]:
    """Return who keeps, then who lets go."""
    return sorted(reveal.votes.items(), key=lambda one: one[1].vote.verdict is Verdict.PURGE)


def skip_talk(session: PairSession, name: str, card: str, now: datetime) -> PairSession:
    """Cut the turn short that is going on; the next one begins with its whole time."""
    turn = turn_to_speak(session, now)
    if turn is None:
        raise RefusedError("Nobody's time is running")
    order = [speaker for speaker, _ in _speakers(session.card.reveals[-1])]
    return with_card(session, name, card, spoken=order.index(turn.name) + 1, talk=now)


# Settling


def begin_again(session: PairSession, name: str, card: str) -> PairSession:
    """Begin the one re-vote after a split, blind again. There is no third vote."""
    if phase_of(session) is not Phase.SPLIT:
        raise RefusedError("There is nothing to vote on again")
    if session.card.again:
        raise RefusedError("There is one re-vote and no third", SETTLE_IT)
    return with_card(session, name, card, again=True)


def proposal_of(session: PairSession) -> Proposal | None:
    """Return what is proposed to the other one, and by whom: a bet at a split, once there is one.

    Where both want the same verdict in another way (elsewhere, on another day, by another step or
    for another reason) it is what the driver voted, unless a driver proposed something else since.
    """
    match phase_of(session):
        case Phase.SPLIT:
            return session.card.proposal
        case Phase.DIFFERENT:
            return session.card.proposal or _vote_of_driver(session)
        case _:
            return None


def _vote_of_driver(session: PairSession) -> Proposal:
    """Return what the driver voted, or the first of the voters where the wheel is free."""
    found = session.card.reveals[-1].votes
    by = session.driver if session.driver in found else min(found)
    return Proposal(by=by, vote=found[by].vote)


def _check_shown(session: PairSession, shown: Proposal | None) -> None:
    """Refuse what was meant for another proposal than lies on the card now: nobody answers one unseen."""
    found = proposal_of(session)
    if found != shown:
        what = f"{found.by} has just made a proposal" if found else "The proposal was taken back"
        raise RefusedError(what, "look at the card again; nothing was stored from here")


def propose(
    session: PairSession, name: str, card: str, vote: Vote, *, seen: Seen, now: datetime
) -> PairSession:
    """Propose another way to do what both want; the driver does."""
    session = drive(session, name, seen, now)
    found = proposal_of(session)
    if found is None or found.bet:
        raise RefusedError("There is nothing to propose")
    if vote.verdict is not found.vote.verdict:
        raise RefusedError(f"Both voted to {found.vote.verdict} it", "propose a place for that")
    return with_card(session, name, card, proposal=Proposal(by=name, vote=vote))


def bet(
    session: PairSession,
    name: str,
    card: str,
    wanted: NextStep,
    shown: Proposal | None,
    *,
    today: date,
    most_days: int,
) -> PairSession:
    """Propose a bet, in place of that ``shown``: kept if the buyer does this by that day, else dropped.

    Refused until they have voted a second time and still differ.
    """
    _of_other(session, name, shown, Phase.SPLIT)
    if not session.card.again:
        raise RefusedError("A bet comes after the second vote", VOTE_FIRST)
    if not 0 < (wanted.on - today).days <= most_days:
        raise RefusedError(bet_day_words(most_days))
    (_, keeps), _ = _speakers(session.card.reveals[-1])
    proposal = Proposal(by=name, vote=keeps.vote, bet=wanted)
    return with_card(session, name, card, proposal=proposal)


def confirm(session: PairSession, name: str, card: str, shown: Proposal) -> PairSession:
    """Agree to the other's proposal as it was ``shown``."""
    found = proposal_of(session)
    if found is None:
        raise RefusedError("There is nothing to agree to now")
    if found.by == name:
        raise RefusedError("It is for the other one to agree to what you propose")
    _check_shown(session, shown)
    made = Settlement(how="confirmed", by=name, vote=found.vote)
    if found.bet:
        _, (purger, _) = _speakers(session.card.reveals[-1])
        bet = {"how": "bet", "bet": found.bet, "dissent": purger}
        made = made.model_copy(update=bet)
    return with_card(session, name, card, settlement=made)


def concede(session: PairSession, name: str, card: str, shown: Proposal | None) -> PairSession:
    """Agree with the other: what they voted is the verdict of both. Refused unless what was ``shown`` still lies there."""
    how = "confirmed" if phase_of(session) is Phase.DIFFERENT else "conceded"
    theirs = _of_other(session, name, shown, Phase.SPLIT, Phase.DIFFERENT)
    made = Settlement(how=how, by=name, vote=theirs[1].vote)
    return with_card(session, name, card, settlement=made)


def overrule(
    session: PairSession, name: str, card: str, rule: str, shown: Proposal | None
) -> PairSession:
    """Let the manager's vote decide a split, where the record says not to contact or is knocked out.

    Who decided it says what it still takes: the manager drives from then on.
    """
    other, _ = _of_other(session, name, shown, Phase.SPLIT)
    own = session.card.reveals[-1].votes[name].vote
    if rule not in OVERRULABLE:
        raise RefusedError(
            "The manager overrules only where the record says not to contact, or rules it out",
            SETTLE_IT,
        )
    if session.role_of(name) is not PairRole.MANAGER:
        raise RefusedError("Only the manager may overrule")
    made = Settlement(how="overruled", by=name, vote=own, dissent=other)
    return take_wheel(with_card(session, name, card, settlement=made), name)


def _of_other(
    session: PairSession, name: str, shown: Proposal | None, *phases: Phase
) -> tuple[str, RevealedVote]:
    """Return who voted otherwise than somebody, where the card stands at one of these, and what.

    Refuse who has no part in it, and who has not seen the proposal that lies there.
    """
    if phase_of(session) not in phases:
        raise RefusedError("There is no split to settle")
    votes = session.card.reveals[-1].votes
    if name not in votes:
        raise RefusedError(f"{name} did not vote on this card", "those who did settle it")
    _check_shown(session, shown)
    return next((key, opening) for key, opening in votes.items() if key != name)


def take_back(session: PairSession, name: str, card: str) -> PairSession:
    """Take back what a card was settled to, before it goes on record.

    What was settled stands open again; two who agreed at once vote again.
    """
    if phase_of(session) is not Phase.SETTLED:
        raise RefusedError(
            "A vote is not taken back", "vote again to change it, or settle the card"
        )
    if session.card.settlement:
        return with_card(session, name, card, settlement=None, proposal=None)
    return with_card(session, name, card, reveals=session.card.reveals[:-1])


# What goes on record


def settlement_of(session: PairSession) -> Settlement | None:
    """Return what the card came to, once nothing is left to settle: agreed, or how else."""
    if phase_of(session) is not Phase.SETTLED:
        return None
    votes, last = session.card, session.card.reveals[-1].votes
    made = votes.settlement or Settlement(how="agreed", vote=last[min(last)].vote)
    return made.model_copy(update={"moved": tuple(_moved(votes.reveals[0], made))})


def _moved(first: Reveal, made: Settlement) -> Iterator[str]:
    """Yield who ended at another verdict or place than they first voted for; who dissents did not."""
    for name, opening in first.votes.items():
        is_elsewhere = (opening.vote.to, opening.vote.on) != (made.vote.to, made.vote.on)
        if is_elsewhere and name != made.dissent:
            yield name


def decision_of(session: PairSession, settlement: Settlement) -> Decision:
    """Return the decision that carries a settlement out.

    What those said who wanted it is the line that a decision against the recommendation takes.
    """
    last, vote = session.card.reveals[-1].votes, settlement.vote
    said = [
        f"{name}: {opening.vote.why}"
        for name, opening in sorted(last.items())
        if opening.vote.why and opening.vote.verdict is vote.verdict
    ]
    return replace(decision_of_vote(vote), against="; ".join(said), bet=settlement.bet)


def decision_of_vote(vote: Vote) -> Decision:
    """Return the decision that a vote is for."""
    return Decision(
        vote.to,
        step=vote.step,
        callback=vote.callback if vote.to is Column.CALLBACK else None,
        track=vote.track,
        first=vote.first,
        reason=vote.reason,
        note=vote.note,
        why=vote.changed,
    )


def pair_record(session: PairSession, settlement: Settlement, terminal: str = "") -> PairRecord:
    """Return what is stored of how two people came to a verdict."""
    first, *second = session.card.reveals
    return PairRecord(
        first=_stored(session, first),
        second=_stored(session, second[0]) if second else (),
        settled=settlement.how,
        settled_by=settlement.by,
        moved=settlement.moved,
        dissent=settlement.dissent,
        terminal=terminal,
    )


def _stored(session: PairSession, reveal: Reveal) -> tuple[PairVote, ...]:
    return tuple(
        PairVote(
            by=name,
            role=session.people[name].role,
            verdict=opening.vote.verdict,
            destination=opening.vote.to,
            on=opening.vote.on,
            what=opening.vote.what,
            sure=opening.vote.sure,
            why=opening.vote.why,
            login=session.people[name].login,
            asserted=session.people[name].asserted,
            again=opening.again,
        )
        for name, opening in sorted(reveal.votes.items())
    )
