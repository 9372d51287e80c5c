"""The sure purges of a review: a line of the list each, as the record stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement.arguments import asks_for_locations
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommend import explained, match_rules, recommend_from
from review_board.judgement.recommendation import Finding, Observation, Recommendation
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review.overruling import first_verdict
from review_board.review.proposals import proposed_purge
from review_board.review.session import ListMark, Session
from review_board.review.session_cards import waits
from review_board.review.verdicts import Decision


@dataclass(frozen=True)
class SurePurge:
    """One line of the list: the decision that is proposed, and what a person did to the line.

    The whole argument is made for a line that is looked at or ticked: there may be thousands.
    ``was`` says what it proposed when it was ticked, where that is something else: it is ticked no
    longer.
    """

    id: str
    evidence: Evidence
    finding: Finding
    asks_sites: bool
    proposed: Decision
    mark: ListMark
    was: str = ""

    @cached_property
    def recommendation(self) -> Recommendation:
        """Return the whole argument."""
        return recommend_from(self.evidence)

    @property
    def ticked(self) -> bool:
        """Return whether it goes when the list is passed."""
        return self.mark.ticked

    @property
    def decision(self) -> Decision:
        """Return what ticking it takes: as proposed, for the reason given if it still is to be dropped."""
        if self.mark.reason is None or self.proposed.to is not Column.DROPPED:
            return self.proposed
        return replace(self.proposed, reason=self.mark.reason, note=self.mark.note)

    @property
    def reason(self) -> Observation:
        """Return why it goes: what the rule found, unless that is a reason to keep it."""
        because, keeps = (
            self.finding.because,
            {seen.text for seen in self.recommendation.reasons_to_keep},
        )
        goes = [seen for seen in self.recommendation.reasons_to_let_go if seen.text not in keeps]
        return goes[0] if because.text in keeps and goes else because

    def marked(self, **changed: object) -> "SurePurge":
        """Return the line ticked, or no longer, or with another reason."""
        about = {"rule": str(self.finding.rule), "to": self.proposed.to}
        return replace(self, mark=self.mark.model_copy(update=about | changed), was="")


def sure_lines(board: Board, session: Session, ids: Iterable[str]) -> Iterator[SurePurge]:
    """Yield the lines of those that still are sure purges and that nobody has decided meanwhile."""
    for prospect_id in ids:
        left = session.marks.get(prospect_id)
        if may_go(board, session, prospect_id) and (line := _line(board, prospect_id, left)):
            yield line


def may_go(board: Board, session: Session, prospect_id: str) -> bool:
    """Return whether a card can go with the list: one that was decided today comes as a card, to be asked."""
    if not waits(board, session, prospect_id):
        return False
    document = board.document(prospect_id)
    if not document or not document.get("verdicts"):
        return True
    try:
        return first_verdict(board.prospect(prospect_id), session, board.today, ()) is None
    except InvalidValueError:
        return False


def _line(board: Board, prospect_id: str, left: ListMark | None) -> SurePurge | None:
    """Return the line of a prospect, if it still is to be purged and can be read.

    The mark that was ``left`` on it counts on its own day: by the next the record may say more. Nor
    does a tick count for another purge than the one that was ticked.
    """
    try:
        evidence = board.evidence(prospect_id)
    except InvalidValueError:
        return None
    match = match_rules(evidence)
    if match.verdict is not Verdict.PURGE:
        return None
    finding, asks_sites = explained(evidence, match), asks_for_locations(evidence, match)
    today = evidence.today.day
    mark = left if left and left.on == today else ListMark(on=today)
    proposed = proposed_purge(evidence, finding)
    line = SurePurge(prospect_id, evidence, finding, asks_sites, proposed, mark)
    now, then = (str(finding.rule), proposed.to), (mark.rule, mark.to)
    if not mark.ticked or now == then:
        return line
    was = f"{mark.rule} → {mark.to.title}" if mark.to else "something else"
    return replace(line, mark=mark.model_copy(update={"ticked": False}), was=was)


def ticks_before(session: Session, today: date) -> str:
    """Return what to tell of the ticks made before today, which do not count any more; mostly nothing."""
    days = {mark.on for mark in session.marks.values() if mark.ticked and mark.on < today}
    if not days:
        return ""
    when = "yesterday" if min(days) == today - timedelta(days=1) else short_day(min(days), today)
    return f"The ticks of {when} do not count any more: the records may have changed since"
