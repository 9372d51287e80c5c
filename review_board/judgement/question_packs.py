"""The question packs as data: what is asked, what it is called, which answer disqualifies.

``weiss`` qualifies people out (Weiss, "Letting Go is Hard to Do"): process, budget, decision, what
will have changed, the next step. BANT is IBM's list; CHAMP (InsightSquared), MEDDIC (McMahon and
Dunkel at PTC) and MEDDPICC are the later ones in common use. The same subject has the same id in
every pack, so an answer given under one counts under the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from review_board.pipeline.fields import CHANGE, SITES
from review_board.pipeline.vocabulary import DropReason


@dataclass(frozen=True, slots=True)
class Question:
    """One qualification question.

    ``negative`` is what a negative answer disqualifies by, and ``reason`` the reason of the drop
    that follows; both are empty for a question that disqualifies nobody.
    """

    id: str
    label: str
    text: str
    negative: str = ""
    reason: DropReason | None = None


NEXT_STEP = "next-step"
DECISION = "decision"
LOCATIONS = Question(
    SITES,
    "Sites: one or many",
    "One site or many? How many locations like this one do they have?",
)
"""Asked under every pack, of who is small and silent, before they are let go. Its answer is a number."""

_BUDGET = Question(
    "budget",
    "Budget",
    "Is there a budget for this, or a plan to get one?",
    "no budget and none planned",
    DropReason.NO_BUDGET,
)
_DECISION = Question(
    DECISION,
    "Decision",
    "Who decides, and may we speak to them?",
    "access to the decision refused",
    DropReason.NO_ACCESS,
)
_CHANGE = Question(
    CHANGE,
    "What changes by then",
    "What will have changed between now and then that lets us move forward?",
)
_TIMELINE = Question(
    "timeline", "Timeline", "By when must it run, and what happens if it does not?"
)
_CRITERIA = Question(
    "decision-criteria",
    "Decision criteria",
    "By what will they compare us, and who wrote that list?",
)
_DECISION_PROCESS = Question(
    "decision-process", "Decision process", "Which steps lead to a signature, and who takes each?"
)
_METRICS = Question(
    "metrics", "Metrics", "Which figure gets better with this, by how much, in whose words?"
)
_CHAMPION = Question(
    "champion", "Champion", "Who sells this inside when we are not there, and what have they done?"
)


def _need(label: str, text: str) -> Question:
    return Question("need", label, text, "no need", DropReason.NO_NEED)


def _authority(label: str, text: str) -> Question:
    return Question(_DECISION.id, label, text, _DECISION.negative, _DECISION.reason)


_ECONOMIC_BUYER = _authority(
    "Economic buyer", "Who can spend this money without asking, and have we spoken to them?"
)
_PAIN = _need("Pain", "What hurts, whom, and what does it cost them to leave it as it is?")

WEISS = (
    _BUDGET,
    _DECISION,
    Question(
        "process",
        "Process",
        "How and when will they choose, and do they still need it?",
        "no need, or bought elsewhere",
        DropReason.NO_NEED,
    ),
    _CHANGE,
    Question(NEXT_STEP, "Next step", "What is the next step that they agreed to, and when?"),
)
BANT = (
    _BUDGET,
    _authority("Authority", _DECISION.text),
    _need("Need", "What do they need it for, and is that still so?"),
    _TIMELINE,
    _CHANGE,
)
CHAMP = (
    _need("Challenges", "Which of their problems does this solve, and do they say so themselves?"),
    _authority("Authority", _DECISION.text),
    Question(_BUDGET.id, "Money", _BUDGET.text, _BUDGET.negative, _BUDGET.reason),
    Question("priority", "Prioritization", "What stands before this on their list, and why?"),
    _CHANGE,
)
MEDDIC = (
    _PAIN,
    _ECONOMIC_BUYER,
    _CHAMPION,
    _METRICS,
    _DECISION_PROCESS,
    _CRITERIA,
    _CHANGE,
)
MEDDPICC = (
    _PAIN,
    _ECONOMIC_BUYER,
    Question(
        "competition",
        "Competition",
        "Whom else do they look at, doing nothing included, and where do we stand?",
        "bought elsewhere",
        DropReason.BOUGHT_ELSEWHERE,
    ),
    _CHAMPION,
    _METRICS,
    _DECISION_PROCESS,
    _CRITERIA,
    Question(
        "paper-process", "Paper process", "Which papers, legal and purchasing steps lie ahead?"
    ),
    _CHANGE,
)

REFUTED_BY: Mapping[str, tuple[str, ...]] = {
    DropReason.NO_NEED: ("need", "process"),
    DropReason.BOUGHT_ELSEWHERE: ("competition", "process"),
    DropReason.NO_BUDGET: (_BUDGET.id,),
    DropReason.NO_ACCESS: (_DECISION.id,),
}
"""The reasons of a drop that disqualify as a negative answer does, and whose answers would refute it."""

PACKS: Mapping[str, tuple[Question, ...]] = {
    "weiss": WEISS,
    "bant": BANT,
    "champ": CHAMP,
    "meddic": MEDDIC,
    "meddpicc": MEDDPICC,
}
"""Every pack by name, its most decisive question first."""
