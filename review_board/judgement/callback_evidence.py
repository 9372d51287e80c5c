"""What the record proves of the callback that is open, and of what was put off."""

from datetime import date
from functools import cached_property

from review_board.judgement.callback_proof import (
    CallbackGrade,
    CallbackProof,
    callback_in_force,
    grade_callback,
)
from review_board.judgement.sale_evidence import SaleEvidence
from review_board.judgement.timeline import DatedTouch, Deferral
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import Column


class CallbackEvidence(SaleEvidence):
    """The open ``callback``, and ``unexplained``: the deferrals that count against the buyer."""

    @cached_property
    def callback_grade(self) -> CallbackGrade:
        """Return what the callbacks and deferrals on record come to."""
        asked = self.prospect.callback
        asked = asked and callback_in_force(self.prospect.callbacks, self.timeline, self.limits)
        asked = None if asked and _was_let_go(asked, self.prospect) else asked
        return grade_callback(asked, self.timeline, self.limits, self.today.day)

    @property
    def callback(self) -> Callback | None:
        """Return the callback that is open."""
        return self.callback_grade.open

    @property
    def unexplained(self) -> tuple[Deferral, ...]:
        """Return the deferrals that count against the buyer."""
        return self.callback_grade.unexplained

    @property
    def proof(self) -> CallbackProof | None:
        """Return what the open callback proves."""
        return self.callback_grade.proof if self.callback else None

    @property
    def has_proven_callback(self) -> bool:
        """Tell whether the open callback is proven."""
        return self.proof is not None and self.proof.is_proven

    @property
    def callback_tries(self) -> tuple[DatedTouch, ...]:
        """Return the attempts to make the proven callback, one for each day, which nobody answered."""
        return self.callback_grade.tries if self.has_proven_callback else ()

    @property
    def called_back_on(self) -> date | None:
        """Return the day of the first try to make a proven callback, where they have not answered since."""
        grade, answer = self.callback_grade, self.timeline.last_answer
        if not grade.tries or not grade.proof_holds:
            return None
        first = grade.tries[0].day
        return None if answer and answer.day >= first else first

    @property
    def asked_for(self) -> Callback | None:
        """Return the open callback for which they named the day and a reason: they are not silent."""
        return self.callback if self.proof is not None and self.proof.is_reasoned else None

    def request_of(self, day: date) -> Callback | None:
        """Return the callback that they asked for with a reason on a day, called or not."""
        asked = (c for c in reversed(self.prospect.callbacks) if c.asked_by_buyer and c.reason)
        return next((callback for callback in asked if callback.asked_on == day), None)

    @property
    def asked_days(self) -> int | None:
        """Return the days since they asked for it."""
        return self._days_since(self.asked_for.asked_on) if self.asked_for else None

    @property
    def deferral_days(self) -> set[date]:
        """Return all days on which they put us off, with that of a callback which proves nothing."""
        return self.timeline.deferral_days | {deferral.day for deferral in self.unexplained}

    @property
    def their_deferral_days(self) -> set[date]:
        """Return those on which they did it themselves: what we moved is none of theirs."""
        theirs = {deferral.day for deferral in self.unexplained if not deferral.ours}
        return self.timeline.their_deferral_days | theirs

    @property
    def only_we_moved(self) -> bool:
        """Tell whether all that counts as put off are days that we moved ourselves."""
        return bool(self.unexplained) and all(deferral.ours for deferral in self.unexplained)

    @property
    def is_own_plan(self) -> bool:
        """Tell whether the open callback is our own plan, and nothing was put off beside it."""
        is_ours = self.callback is not None and not self.callback.asked_by_buyer
        return is_ours and not self.unexplained


def _was_let_go(callback: Callback, prospect: Prospect) -> bool:
    """Tell whether people sent it to Nurture when the day of the callback had come: that call is owed no more."""
    plan = prospect.nurture
    return prospect.column is Column.NURTURE and plan is not None and callback.on <= plan.since
