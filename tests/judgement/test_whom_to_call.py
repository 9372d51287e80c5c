"""Whom to call: whom the advice names, else who spoke with us last, else who can be reached."""

from dataclasses import replace
from typing import Any

from review_board.judgement.due.task_wording import advice_action, route_words, task_action
from review_board.judgement.due.tasks import Task, TaskKind
from review_board.judgement.pressure import contact_pressure
from review_board.judgement.recommend import judge
from review_board.judgement.whom_to_call import (
    WayToReach,
    all_ways,
    way_to_reach,
    ways_of,
    whom_to_ask,
)
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, DoNotContact, NextStep
from review_board.pipeline.vocabulary import Channel, Outcome, Role, Route
from tests.judgement.build import (
    day,
    evidence,
    moment,
    money,
    promise,
    prospect,
    quote,
    touch,
    touches,
)

GATE = Contact(id="g", name="Gus", role=Role.GATEKEEPER, phone="1")
MUTE = Contact(id="m", name="Mia")
LOUD = Contact(id="l", name="Lou", email="lou@l.example")
KIM = Contact(id="k", name="Kim Aldous", phone="555-0142", email="kim@acme.example")


def reach(subject: Prospect) -> WayToReach | None:
    facts = evidence(subject)
    return way_to_reach(facts, judge(facts))


def advised(subject: Prospect) -> str:
    facts = evidence(subject)
    return advice_action(judge(facts), reach(subject))


def asked(*what: Any, contacts: tuple[Contact, ...]) -> str | None:
    facts = evidence(prospect(*what, contacts=contacts))
    found = whom_to_ask(facts, judge(facts))
    return found.name if found else None


def test_whom_to_ask() -> None:
    assert asked(contacts=()) is None
    assert asked(contacts=(GATE, MUTE, LOUD)) == "Lou"
    spoke = touch(Outcome.TALKED, 3, contact="m")
    assert asked(spoke, contacts=(GATE, MUTE, LOUD)) == "Mia"


def test_a_letter_and_a_visit_take_no_number() -> None:
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 40, contact="k")
    subject = prospect(
        touch(Outcome.TALKED, 100, contact="k"), *tries, contacts=(KIM,), value=money(400_000)
    )
    assert advised(subject).endswith("in person, by 20 Dec · Kim Aldous")
    task = Task(TaskKind.STEP, day(0), "try again by letter", reach=ways_of(KIM)[0])
    assert task_action(task) == "try again by letter · Kim Aldous"
    rung = replace(task, action="send the deck")
    assert task_action(rung) == "send the deck · Kim Aldous 555-0142"


def test_the_route_of_a_rescue_names_the_person() -> None:
    champion = Contact(id="c", name="Cleo", role=Role.CHAMPION)
    silent = (
        touch(Outcome.TALKED, 100, contact="l"),
        *touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 40, contact="l"),
    )
    subject = prospect(*silent, contacts=(LOUD, champion), value=money(400_000))
    facts = evidence(subject)
    finding = judge(facts)
    assert finding.route is Route.CHAMPION
    found = whom_to_ask(facts, finding)
    assert found == champion
    assert route_words(finding, found) == "by champion · Cleo (champion)"


def test_the_number_is_said_else_the_address_else_the_name() -> None:
    said = [
        (way.words, way.action)
        for c in (KIM, LOUD, MUTE)
        if (way := reach(prospect(contacts=(c,))))
    ]
    assert said == [
        ("Kim Aldous 555-0142", "call Kim Aldous 555-0142"),
        ("Lou lou@l.example", "write to Lou lou@l.example"),
        ("Mia", "ask for Mia"),
    ]


def test_nobody_is_named_who_asked_to_be_left_alone() -> None:
    left_alone = DoNotContact(at=moment(3))
    assert reach(prospect(contacts=(KIM,), do_not_contact=left_alone)) is None
    assert reach(prospect()) is None


def test_too_soon_is_tried_by_the_way_that_the_advice_names() -> None:
    tried = (
        touch(Outcome.TALKED, 60, contact="k"),
        *touches(Outcome.VOICEMAIL, 50, 40, contact="k"),
    )
    assert advised(prospect(*tried, contacts=(KIM,))) == (
        "Try again by email · Kim Aldous kim@acme.example"
    )
    cleo = Contact(id="c", name="Cleo", role=Role.CHAMPION, phone="555-0101")
    large = money(400_000)
    assert advised(prospect(*tried, contacts=(KIM, cleo), value=large)) == (
        "Try again through Cleo (champion, 555-0101)"
    )
    posted = touch(Outcome.MAILING, 58, contact="k", channel=Channel.MAIL)
    visited = (*tried, touch(Outcome.MEETING, 59, contact="k"), posted)
    assert advised(prospect(*visited, contacts=(KIM,))) == (
        "Try again by email · Kim Aldous kim@acme.example"
    )


def test_the_larger_the_sale_the_sooner_it_is_worth_a_letter_or_a_visit() -> None:
    """An email after a call, a call after an email; then others, a letter, or whoever goes there."""
    small, medium, large = money(5_000), money(50_000), money(500_000)
    no_address = Contact(id="k", name="Kim Aldous", phone="555-0142")
    by_email = (Outcome.EMAIL, Outcome.VOICEMAIL)
    for value, tries, contact, way in (
        (small, (Outcome.VOICEMAIL,), KIM, "by email"),
        (large, (Outcome.VOICEMAIL,), KIM, "by email"),
        (medium, (Outcome.VOICEMAIL, Outcome.EMAIL), KIM, "by phone, at another time of day"),
        (small, (Outcome.VOICEMAIL, *by_email), KIM, "by email"),
        (medium, (Outcome.VOICEMAIL, *by_email), KIM, "by letter"),
        (large, (Outcome.VOICEMAIL, Outcome.EMAIL), KIM, "in person"),
        (medium, (Outcome.VOICEMAIL,), no_address, "by phone, at another time of day"),
        (large, (Outcome.EMAIL,), no_address, "by phone"),
    ):
        made = [touch(what, 50 - 2 * place, contact="k") for place, what in enumerate(tries)]
        subject = prospect(
            touch(Outcome.TALKED, 60, contact="k"), *made, contacts=(contact,), value=value
        )
        assert advised(subject).startswith(f"Try again {way} · Kim Aldous")


def test_who_was_not_tried_yet_is_not_tried_again_but_called() -> None:
    met = prospect(touch(Outcome.MEETING, 40, contact="k"), contacts=(KIM,))
    assert advised(met) == "Get back to them by phone · Kim Aldous 555-0142"


def test_an_overdue_step_names_the_one_whose_name_stands_in_it() -> None:
    step = NextStep(action="Ask Lou who signs", on=day(3))
    late = prospect(touch(Outcome.TALKED, 5, contact="k"), contacts=(KIM, LOUD), next_step=step)
    assert advised(late) == "Ask Lou who signs (due 17 Nov) · lou@l.example"


def test_a_call_that_is_advised_is_said_once() -> None:
    owed = prospect(callback=promise(20, 0), contacts=(KIM,))
    assert advised(owed).startswith("Call Kim Aldous 555-0142: you owe them")
    quoted = prospect(touch(Outcome.TALKED, 3), quotes=(quote(2),), contacts=(KIM,))
    assert advised(quoted).endswith(" · call Kim Aldous 555-0142")


def test_all_numbers_and_addresses_but_of_who_is_gone() -> None:
    gone = Contact(id="x", name="Gone", phone="2", gone=True)
    assert [way.to for way in all_ways(prospect(contacts=(KIM, gone, MUTE, LOUD)))] == [
        "555-0142",
        "kim@acme.example",
        "lou@l.example",
    ]


def test_a_quote_is_followed_up_by_the_other_channel_once_calls_bring_no_answer() -> None:
    sent = quote(50)
    twice = touches(Outcome.VOICEMAIL, 30, 20, contact="k")
    often = touches(Outcome.VOICEMAIL, 40, 30, 20, contact="k")
    mailed = touches(Outcome.EMAIL, 40, 30, 20, contact="k")
    for tried, way in ((twice, "call"), (often, "write to"), (mailed, "call")):
        facts = evidence(subject := prospect(*tried, quotes=(sent,), contacts=(KIM,)))
        assert contact_pressure(facts).other_channel is (tried is not twice)
        assert f"Follow the quote up · {way} Kim" in advised(subject)


def test_the_last_email_goes_to_an_address_not_to_a_number() -> None:
    silent = (touch(Outcome.TALKED, 50), *touches(Outcome.VOICEMAIL, 40, 35, 30, 25, 20))
    subject = prospect(*silent, contacts=(KIM,), value=money(24_000))
    said = "Send the last email: “Shall I close the file?” · Kim Aldous kim@acme.example"
    assert advised(subject) == said
