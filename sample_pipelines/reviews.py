"""Verdicts of the reviews before, given as the rules advised on those days."""

from datetime import date, timedelta
from random import Random

from review_board.judgement.due.manager_queue import kept_without_signal
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import judge
from review_board.judgement.recommendation import Finding
from review_board.judgement.unknown_answers import unanswered_in_reviews, unknown_questions
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from sample_pipelines.draft import TODAY, Draft

SETTINGS = Settings()


def add_reviews(drafts: list[Draft], rng: Random, *, weeks: int, least: int, most: int) -> None:
    """Verdicts as advised on those days, as far as they change nothing about today."""
    for ago in range(weeks, 1, -1):
        held = sum(ruling["at"].date() == _friday(ago) for d in drafts for ruling in d.rulings)
        wanted = rng.randint(least, most) - held
        for draft in rng.sample(drafts, len(drafts)):
            if wanted <= 0:
                break
            wanted -= _review(draft, ago)


def _review(draft: Draft, ago: int) -> bool:
    """Kept in Active so many weeks ago, if that is what the rules say of the record of that day."""
    before = draft.build("p")
    if not _in_work(before, _friday(ago)):
        return False
    stood = before.with_changes(column=Column.ACTIVE, won=None, nurture=None, next_step=None)
    evidence, finding = _judged(stood, _friday(ago))
    if finding.destination is not Column.ACTIVE:
        return False
    draft.verdict_change(
        ago, finding.rule.value, "active", unknown=list(unknown_questions(evidence))
    )
    after = draft.build("p")
    if _stays(before, after) and not any(_unasked(after, _friday(week)) for week in range(ago + 1)):
        return True
    draft.rulings = [r for r in draft.rulings if r["at"].date() != _friday(ago)]
    return False


def _in_work(prospect: Prospect, day: date) -> bool:
    """Whether it took selling time then, had been there a week, and was not settled on that day."""
    if prospect.created is None or prospect.created.date() > day - timedelta(days=7):
        return False
    if prospect.won and prospect.won.on <= day:
        return False
    if any(ruling.at.date() == day for ruling in prospect.verdicts):
        return False
    earlier = [ruling.verdict for ruling in prospect.verdicts if ruling.at.date() < day]
    return not earlier or earlier[-1] is Verdict.KEEP


def _stays(before: Prospect, after: Prospect) -> bool:
    """Whether a further verdict leaves today's advice and due day as they were, and no zombie."""
    was, found = _judged(before, TODAY)
    now, advised = _judged(after, TODAY)
    if (found.rule, found.destination) != (advised.rule, advised.destination):
        return False
    if found.rule is not RuleName.FAR_CALLBACK and due_on(was) != due_on(now):
        return False  # a far callback has been due for long either way
    return after.won is not None or kept_without_signal(now) < SETTINGS.review.zombie_reviews


def _unasked(prospect: Prospect, day: date) -> bool:
    """Whether its reviews up to a day, which count from the next one on, left the same questions open too often."""
    evidence, _ = _judged(prospect, day + timedelta(days=1))
    limits = SETTINGS.thresholds
    left, reviews = unanswered_in_reviews(evidence)
    return len(left) >= limits.unknown_questions and len(reviews) >= limits.unknown_reviews


def _judged(prospect: Prospect, day: date) -> tuple[Evidence, Finding]:
    evidence = gather(prospect, Today(day), SETTINGS)
    return evidence, judge(evidence)


def _friday(ago: int) -> date:
    return TODAY - timedelta(weeks=ago)
