"""Both sides of the argument: what each line cites, and where it stands."""

from decimal import Decimal

import pytest

from review_board.judgement.argument_text import compared_by
from review_board.judgement.card_status import status_line
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.recommendation import Observation
from review_board.pipeline.dates import short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Drop, NextStep, Touch
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, ReasonKind, Role
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    TODAY,
    advice,
    day,
    evidence,
    in_lines,
    moment,
    money,
    promise,
    prospect,
    quote,
    touch,
    touches,
    verdict_record,
)


def keeps(subject: Prospect) -> dict[str, str]:
    """The lines for keeping, each with what it cites."""
    return _told(advice(subject).reasons_to_keep)


def purges(subject: Prospect) -> dict[str, str]:
    """The lines for letting go."""
    return _told(advice(subject).reasons_to_let_go)


def guarded(subject: Prospect) -> dict[str, str]:
    """The guards."""
    return _told(tuple(guard.line for guard in advice(subject).guards))


def _told(lines: tuple[Observation, ...]) -> dict[str, str]:
    return {line.text: compared_by(line) for line in lines}


def _cites(lines: dict[str, str], words: str) -> str:
    return next(source for text, source in lines.items() if words in text)


def test_what_a_quote_stands_for_names_its_chance() -> None:
    quoted = prospect(touch(Outcome.QUOTE, 9), quotes=(quote(9),))
    assert any("$7.2k at stake (usual closing ratio 30 %)" in line for line in keeps(quoted))


def test_a_sale_has_one_chance_its_own_before_the_usual_one() -> None:
    quoted = prospect(touch(Outcome.QUOTE, 9), quotes=(quote(9),), probability=Decimal("0.25"))
    assert any("$6k at stake (probability 25 %)" in line for line in keeps(quoted))
    assert "$6k at stake" in advice(quoted).finding.because.text
    (listed,) = agenda_of(evidence(quoted), advice(quoted).finding).quotes
    assert (listed.worth, listed.odds) == (money(6_000), "probability 25 %")


class TestPromises:
    OVERDUE = prospect(touch(Outcome.DEFERRED, 60, reason="budget"), callback=promise(60, -18))
    FAR = prospect(touch(Outcome.DEFERRED, 5, reason="budget"), callback=promise(5, 255))

    def test_an_overdue_one_is_held_against_our_days_of_grace_everywhere(self) -> None:
        says = "18 d overdue > 7, thresholds.callback_grace_days"
        assert advice(self.OVERDUE).rule is RuleName.PROMISE_MISSED
        assert _cites(keeps(self.OVERDUE), "they named 2 Nov, gave a reason") == says
        assert _cites(guarded(self.OVERDUE), "proven callback") == says

    def test_what_is_far_about_a_sound_one_speaks_for_letting_go(self) -> None:
        assert _cites(keeps(self.FAR), "they gave a reason") == "rules.far-callback"
        said = _cites(purges(self.FAR), "too far ahead")
        assert said == "255 d ahead > 180, thresholds.callback_days"

    def test_rule_guard_and_grade_call_a_far_one_by_one_name(self) -> None:
        made, proof = advice(self.FAR), evidence(self.FAR).proof
        assert proof is not None
        assert proof.grade == "far"
        said = "the callback on 2 Aug 2027 is too far ahead (over 180 days)"
        assert made.finding.because.text == said
        assert said in guarded(self.FAR)
        lines = " ".join(in_lines(self.FAR))
        assert "proven" not in lines
        assert "claimed" not in lines


class TestDeferrals:
    def test_fewer_than_the_limit_speak_for_keeping(self) -> None:
        once = prospect(touch(Outcome.DEFERRED, 5))
        assert (
            keeps(once)["put off only once without a reason (3 are too many)"]
            == "1 < 3, thresholds.deferrals"
        )
        assert not any("put off" in line for line in purges(once))

    def test_as_many_speak_for_letting_go(self) -> None:
        thrice = prospect(*touches(Outcome.DEFERRED, 5, 15, 25))
        assert (
            purges(thrice)["put off 3 times without a reason (3 are too many)"]
            == "3 ≥ 3, thresholds.deferrals"
        )
        assert not any("put off" in line for line in keeps(thrice))

    def test_those_forgotten_are_told_but_held_against_nobody(self) -> None:
        moved = prospect(touch(Outcome.DEFERRED, 50), touch(Outcome.MEETING, 40))
        said = "put off once before their last sign of interest"
        assert said in advice(moved).assumptions
        assert not any("put off" in line for line in (*keeps(moved), *purges(moved)))


class TestSignals:
    def test_no_signal_counts_from_the_first_try(self) -> None:
        tried = prospect(*touches(Outcome.VOICEMAIL, 45, 40))
        said = purges(tried)["no sign of interest yet, after 45 days (over 30 is long)"]
        assert said == "45 d > 30, thresholds.recent_days"

    def test_and_not_before_it_would_no_longer_be_recent(self) -> None:
        assert not any("interest" in line for line in purges(prospect(touch(Outcome.VOICEMAIL, 5))))


class TestUltimatums:
    def test_one_counts_for_as_long_as_its_rule_holds_it_against_them(self) -> None:
        last = purges(prospect(touch(Outcome.HOSTILE, 180)))
        assert _cites(last, "ultimatum 180 days ago") == "180 d ≤ 180, thresholds.hostile_days"
        assert not any(
            "ultimatum" in line for line in purges(prospect(touch(Outcome.HOSTILE, 181)))
        )


class TestQuestions:
    OPEN = ("budget", "decision", "process")

    def test_how_many_are_unknown_and_in_how_many_reviews_are_two_facts(self) -> None:
        twice = prospect(
            touch(Outcome.TALKED, 4),
            verdicts=(verdict_record(9, *self.OPEN), verdict_record(2, *self.OPEN)),
        )
        told = purges(twice)
        assert _cites(told, "4 not known: budget") == "4 ≥ 3, thresholds.unknown_questions"
        said = told["3 of these unknown in 2 reviews in a row"]
        assert said == "2 reviews ≥ 2, thresholds.unknown_reviews"
        assert "2 reviews in a row (2 are enough)" in advice(twice).finding.because.text

    def test_one_review_alone_guards_against_it(self) -> None:
        once = prospect(touch(Outcome.TALKED, 4), verdicts=(verdict_record(2, *self.OPEN),))
        assert not any("review" in line for line in purges(once))
        (unknown,) = [line for line in purges(once) if " not known: " in line]
        assert unknown.endswith("(not counted yet)")
        assert _cites(guarded(once), "1 review in a row") == (
            "1 review < 2, thresholds.unknown_reviews"
        )


class TestWithoutAThreshold:
    def test_only_the_rule_is_cited(self) -> None:
        assert _cites(keeps(prospect()), "nobody ever called") == "rules.never-worked"
        new = prospect(created=moment(3))
        assert _cites(keeps(new), "nobody ever called") == "rules.fresh-lead"

    def test_an_age_that_nobody_knows_is_compared_with_nothing(self) -> None:
        made = advice(prospect(created=None))
        assert (made.rule, made.destination) == (RuleName.NEVER_WORKED, Column.ACTIVE)

    def test_more_routes_than_are_named_are_counted(self) -> None:
        people = tuple(
            Contact(id=f"c{n}", name=f"Person number {n}", role=Role.CONTACT) for n in range(5)
        )
        known = prospect(touch(Outcome.VOICEMAIL, 5), contacts=people)
        line = next(line for line in keeps(known) if "not tried yet" in line)
        count = len(evidence(known).untried_routes)
        named = line.count(",") + 1
        assert named < count
        assert line.endswith(f"and {count - named} more")
        assert len(line) <= 80

    def test_an_old_drop_is_a_fact_and_no_comparison(self) -> None:
        drop = Drop(at=moment(210), reason=DropReason.TIMING)
        dropped = prospect(touch(Outcome.TALKED, 220), drop=drop)
        assert _cites(purges(dropped), "dropped on") == ""

    def test_probation_counts_from_the_day_they_came_back(self) -> None:
        drop = Drop(at=moment(210), reason=DropReason.TIMING)
        back = prospect(touch(Outcome.TALKED, 220), touch(Outcome.INBOUND, 35), drop=drop)
        assert _cites(purges(back), "one more put-off") == "35 d ≤ 90, thresholds.probation_days"


def test_a_payoff_just_below_the_limit_is_not_rounded_up_to_it() -> None:
    tried = prospect(*touches(Outcome.VOICEMAIL, 40, 35, 30, 25, 20), value=money(1_000))
    poor = tried.with_changes(probability=Decimal("0.14999"), hours=Decimal(1))
    assert any("149.99 an hour < 150" in line for line in in_lines(poor, with_rules=True))
    assert (
        _cites(purges(poor), "worth $149.99 per hour of work")
        == "149.99 < 150, thresholds.min_hourly_value"
    )
    assert _cites(keeps(poor.with_changes(value=money(200_000))), "worth $200,000") == (
        "$200,000 ≥ 100,000, tiers.high_from"
    )


class TestSuccessor:
    PAMELA = Contact(id="c1", name="Pamela Ito", role=Role.CONTACT)
    LINE = "Pamela Ito left, says an automatic reply"

    def _after(self, note: str, *later: Touch, gone: bool = False) -> dict[str, str]:
        reply = touch(Outcome.AUTO_REPLY, 20, contact="c1", note=note)
        person = self.PAMELA.model_copy(update={"gone": gone})
        return keeps(prospect(touch(Outcome.EMAIL, 21), reply, *later, contacts=(person,)))

    @pytest.mark.parametrize(
        "note", ["left the company, says the reply", "Pamela is no longer with us", "Frau Ito ist nicht mehr im Haus"]
    )  # fmt: skip
    def test_who_left_has_a_successor_to_ask_for(self, note: str) -> None:
        assert self.LINE in self._after(note)

    def test_who_is_only_away_has_none(self) -> None:
        assert self.LINE not in self._after("on leave until 3 Dec, left the office early")

    def test_an_answer_since_or_a_person_taken_off_ends_it(self) -> None:
        assert self.LINE not in self._after("left the company", touch(Outcome.TALKED, 3))
        assert self.LINE not in self._after("left the company", gone=True)


def test_a_complaint_is_said_and_moves_the_day_of_a_step_alike_on_card_and_page() -> None:
    step = NextStep(action="call again", on=day(-10))
    said = (touch(Outcome.TALKED, 20), touch(Outcome.COMPLAINT, 5))
    subject = prospect(*said, next_step=step)
    made = advice(subject)
    assert made.finding.because.text == "they answered 20 days ago, they complained"
    against = [line.text for line in made.reasons_to_let_go]
    assert "they complained about our calls 5 days ago" in against
    allowed = short_day(made.next_touch or TODAY.day, TODAY.day)
    assert allowed != short_day(step.on, TODAY.day)
    assert status_line(evidence(subject), made.finding) == f"not before {allowed}"


def test_who_asked_for_a_day_today_is_not_left_alone() -> None:
    """It is not proven: its reason was given before."""
    before = touch(Outcome.DEFERRED, 66, reason=ReasonKind.BUDGET)
    asked = promise(0, 49, reason=ReasonKind.BUDGET)
    made = advice(prospect(before, callback=asked))
    assert not any("nobody" in line.text for line in made.reasons_to_keep)
