"""Bets that are over and lost: the next review that begins drops their prospects, as was agreed.

By one person or two, it is the same: they are no cards of it, they are listed, and one undo takes
all of them back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review_board.board.board import Board
from review_board.board.owners import owns
from review_board.errors import InvalidValueError
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import planned_step
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.dates import Today, short_when
from review_board.pipeline.prospect import from_document
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import SELLING
from review_board.review.changed_meanwhile import decided_change
from review_board.review.scope import Scope
from review_board.review.session import Session
from review_board.review.session_cards import dropped_ids
from review_board.review.verdicts import drop_lost_bet
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from review_board.store.protocol import PROSPECTS, SESSIONS, Document, DocumentChange, Tables
from review_board.wording import listed, plural, several


@dataclass(frozen=True, slots=True)
class LostBets:
    """The prospects whose bet is over and lost, as they were seen, each with its recommendation.

    ``bets`` are the ids of these bets. One for which a review has dropped its prospect before is
    none of them: whoever took that back wants to look at the card again. ``planned`` says what is
    planned with those that have a step ahead: that stays planned.
    """

    found: Mapping[str, tuple[Document, Recommendation]]
    bets: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()

    @classmethod
    def on(cls, board: Board, scope: Scope) -> "LostBets":
        """Return those on the board; in a review of one owner theirs, and none while the rule is off."""
        if not board.settings.is_on(RuleName.LOST_BET):
            return cls({})
        before = {b for d in board.documents(SESSIONS).values() for b in d.get("lost_bets") or ()}
        owner = scope.owner or scope.filter.owner
        lost = [found for found in _lost(board, owner) if found[0] not in before]
        ahead = (_ahead(board.evidence(key)) for _, key, _ in lost)
        bets = tuple(bet for bet, *_ in lost)
        return cls({key: last for _, key, last in lost}, bets, tuple(filter(None, ahead)))

    @property
    def names(self) -> tuple[str, ...]:
        """Return what they are called."""
        return tuple(str(document.get("name")) for document, _ in self.found.values())

    @property
    def action(self) -> str:
        """Return what the history says of dropping them."""
        lost = plural(len(self.names), "the bet is lost", "the bets are lost")
        return f"dropped {listed(self.names)}: {lost}"

    def changes(
        self, tables: Tables, session_id: str, stamp: Stamp, today: Today, settings: Settings
    ) -> Iterator[DocumentChange]:
        """Yield the drop of each that nobody has touched since; so no bet is lost twice."""
        for number, (prospect_id, (seen, recommendation)) in enumerate(self.found.items()):
            now = tables.get(PROSPECTS, {}).get(prospect_id)
            if now is None or now.get("rev") != seen.get("rev"):
                continue
            before, own = from_document(now), Stamp(stamp.at, stamp.by, f"{stamp.key}-{number}")
            after = drop_lost_bet(
                before, recommendation, today, own, settings=settings, session=session_id
            )
            yield from decided_change(now, before, after)


def _lost(board: Board, owner: str) -> Iterator[tuple[str, str, tuple[Document, Recommendation]]]:
    """Yield the id of each bet, its prospect's, and what is known of that."""
    for prospect_id, document in board.documents().items():
        if not document.get("bets") or document.get("won"):
            continue
        if owner and not owns(owner, str(document.get("owner") or "")):
            continue
        try:
            evidence = board.evidence(prospect_id)
        except InvalidValueError:
            continue  # whoever looks at the record is told what is wrong with it
        prospect, bet = evidence.prospect, evidence.lost_bet
        is_known = prospect.rev == document.get("rev", 0)
        if bet and is_known and prospect.column in SELLING:
            yield bet.id, prospect_id, (document, board.recommendation(prospect_id))


def _ahead(evidence: Evidence) -> str:
    """Return ``Vandermeer: Demo of the trial set on 8 Dec``, or nothing."""
    step = planned_step(evidence)
    if step is None:
        return ""
    day = short_when(step.on, step.time, evidence.today.day)
    return f"{evidence.prospect.name}: {step.action} on {day}"


def dropped_at_start(board: Board, session: Session) -> list[str]:
    """Return the names of those that were dropped when a review began, as their bets said."""
    documents = board.documents()
    return [str(documents[key].get("name")) for key in dropped_ids(board, session)]


def lost_bets_words(names: list[str], undo: str = "", *, together: bool = False) -> str:
    """Return what to tell at the start of a review of those; ``undo`` is the key that takes it back."""
    one = "" if together or len(names) < 2 else ", or one of them"
    back = f" ({undo} takes it back{one})" if undo else ""
    return f"{several(len(names), 'lost bet')} dropped{back}: {', '.join(names)}"
