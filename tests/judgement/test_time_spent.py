"""The time that contacts took, by their kind."""

from decimal import Decimal

import pytest

from review_board.judgement.time_spent import (
    TimeSpent,
    add_up,
    hours_of_parts,
    minutes_of,
    recent_time,
)
from review_board.pipeline.vocabulary import Channel, Outcome
from review_board.settings.setting_groups import Minutes
from tests.judgement.build import TODAY, prospect, touch, touches


@pytest.mark.parametrize(
    ("outcome", "minutes"),
    [
        (Outcome.NO_ANSWER, 5),
        (Outcome.GATEKEEPER, 5),
        (Outcome.VOICEMAIL, 5),
        (Outcome.EMAIL, 10),
        (Outcome.LAST_CALL, 10),
        (Outcome.TALKED, 20),
        (Outcome.ADVANCED, 20),
        (Outcome.DEFERRED, 20),
        (Outcome.INBOUND, 20),
        (Outcome.COMPLAINT, 20),
        (Outcome.MEETING, 60),
        (Outcome.QUOTE, 30),
        (Outcome.MAILING, 0),
        (Outcome.AUTO_REPLY, 0),
    ],
)
def test_each_kind_of_contact_takes_its_minutes(outcome: Outcome, minutes: int) -> None:
    assert minutes_of(touch(outcome, 1), Minutes()) == minutes


def test_the_way_in_which_it_was_made_counts_too() -> None:
    visit = touch(Outcome.TALKED, 1, channel=Channel.IN_PERSON)
    letter = touch(Outcome.TALKED, 1, channel=Channel.MAIL)
    video = touch(Outcome.MEETING, 1, channel=Channel.PHONE)
    assert [minutes_of(t, Minutes()) for t in (visit, letter, video)] == [45, 10, 60]


def test_five_contacts_of_which_two_were_not_answered_are_not_two_hours_a_week() -> None:
    card = prospect(
        *touches(Outcome.NO_ANSWER, 2, 9),
        *touches(Outcome.TALKED, 14, 20),
        touch(Outcome.EMAIL, 25),
        hours=Decimal("1.7"),
    )
    spent = recent_time(card, TODAY, Minutes())
    assert spent == TimeSpent(touches=5, minutes=60)
    assert spent.hours_a_week == Decimal("0.1")


def test_it_looks_back_eight_weeks_and_not_ahead() -> None:
    card = prospect(*touches(Outcome.VOICEMAIL, 56, 55, 0, -1))
    assert recent_time(card, TODAY, Minutes()).touches == 2


def test_many_small_times_are_rounded_only_once() -> None:
    assert add_up([TimeSpent(1, 5)] * 48).hours_a_week == Decimal("0.5")


@pytest.mark.parametrize("minutes", [[72, 24, 24], [23, 24, 25, 0], [0, 0], [70] * 7, []])
def test_the_hours_of_parts_add_up_to_those_of_the_whole(minutes: list[int]) -> None:
    parts = [TimeSpent(1, each) for each in minutes]
    hours = hours_of_parts(parts)
    assert sum(hours, Decimal("0.0")) == add_up(parts).hours_a_week
    assert all(
        abs(one - Decimal(m) / 480) < Decimal("0.1") for one, m in zip(hours, minutes, strict=True)
    )
