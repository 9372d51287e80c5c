"""Who wants no calls, or no email: on record by channel, and never advised."""

import pytest

from review_board.exchange.mailing import mailing_list
from review_board.imports.updating import compare
from review_board.judgement.card_status import status_line
from review_board.judgement.due.task_wording import advice_action, task_action
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.pressure import contact_pressure
from review_board.judgement.recommend import judge
from review_board.judgement.whom_to_call import all_ways, way_to_reach
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import closed_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Channel, Column, Track
from review_board.settings.tree import Settings
from tests.exchange.support import NOW, taken
from tests.judgement.build import recommend

HEADER = "Lead ID,First Name,Last Name,Company,Email,Phone,Lead Status,Do Not Call,Email Opt Out"
TODAY = Today(NOW.date(), NOW.tzinfo)  # type: ignore[arg-type]


def lead(call: int, mail: int, phone: str = "020 7946 0001", status: str = "Open") -> Prospect:
    row = f"1,Jo,Alder,Alder Works,jo@alder.example,{phone},{status},{call},{mail}"
    (prospect,) = taken(f"{HEADER}\n{row}\n").prospects
    return prospect


@pytest.mark.parametrize(
    ("call", "mail", "closed"),
    [(0, 0, ()), (1, 0, (Channel.PHONE,)), (0, 1, (Channel.EMAIL,))],
)
def test_one_closed_channel_is_no_request_to_be_left_alone(
    call: int, mail: int, closed: tuple[Channel, ...]
) -> None:
    prospect = lead(call, mail)
    assert (prospect.do_not_contact, prospect.closed_channels) == (None, closed)
    assert recommend(prospect, TODAY, Settings()).rule != "do-not-contact"


def test_a_buyer_who_bought_may_want_no_calls_either() -> None:
    row = "Deal Name,Amount,Stage,Close Date,Do Not Call\nAlder,5,Closed Won,2026-11-01,Yes\n"
    (won,) = taken(row).prospects
    assert won.won
    assert won.closed_channels == (Channel.PHONE,)


def test_neither_calls_nor_mail_is_not_at_all() -> None:
    prospect = lead(1, 1)
    assert prospect.do_not_contact is not None
    assert prospect.do_not_contact.note == "do not call, no email (in the list)"
    assert recommend(prospect, TODAY, Settings()).rule == "do-not-contact"


@pytest.mark.parametrize(
    ("call", "mail", "phone", "advised"),
    [
        (1, 0, "020 7946 0001", "write to Jo Alder jo@alder.example"),
        (0, 1, "020 7946 0001", "call Jo Alder 020 7946 0001"),
        (0, 1, "", "call Jo Alder (no email)"),
    ],
)
def test_no_advice_names_a_closed_channel(call: int, mail: int, phone: str, advised: str) -> None:
    evidence = gather(lead(call, mail, phone), TODAY, Settings())
    finding = recommend(evidence.prospect, TODAY, Settings()).finding
    reach = way_to_reach(evidence, finding)
    assert reach is not None
    assert reach.action == advised
    assert advised in advice_action(finding, reach)
    assert all(evidence.prospect.may_use(way.channel) for way in all_ways(evidence.prospect))
    said = closed_words(evidence.prospect.closed_channels)
    assert contact_pressure(evidence).why == f"they want {said}"
    assert said not in [route.name for route in evidence.untried_routes]


def test_no_mailing_goes_to_who_opted_out_of_e_mail() -> None:
    people = [lead(0, mail, status="Nurturing") for mail in (0, 1)]
    tracks = [p.nurture.track for p in people if p.nurture]
    assert tracks == [Track.MONTHLY_EMAIL, Track.KEEP_IN_TOUCH]
    assert len(mailing_list(people[:1], Track.MONTHLY_EMAIL).rows) == 1
    left = mailing_list(people[1:], Track.KEEP_IN_TOUCH)
    assert (left.rows, left.left_alone) == ((), 1)


def test_an_opt_out_in_next_weeks_list_is_taken_and_never_lifted() -> None:
    update = compare(lead(0, 0), lead(1, 0), TODAY)
    after = update.apply(lead(0, 0), Stamp(at=NOW, by="ann", key="k"))
    assert after.closed_channels == (Channel.PHONE,)
    lifted = compare(after, lead(0, 0), TODAY)
    assert not lifted.changes_record


def test_a_channel_opened_again_here_stays_open_while_the_list_says_nothing_new() -> None:
    opened = lead(1, 0).with_changes(closed_channels=())
    again = compare(opened, lead(1, 0), TODAY)
    assert not again.changes_record
    assert [one.label for one in again.kept] == ["They want"]
    first = opened.with_changes(imports=())
    taken_over = compare(first, lead(1, 0), TODAY)
    assert taken_over.apply(first, Stamp(NOW, "ann", "k")).closed_channels == (Channel.PHONE,)


def bare(**fields: object) -> Evidence:
    """Return what is known of somebody whom nobody called, and at whose company nobody is on record."""
    prospect = Prospect(id="p", name="Alder", created=NOW, **fields)
    return gather(prospect, TODAY, Settings())


@pytest.mark.parametrize(
    ("closed", "advice"),
    [
        ((), "Make the first call"),
        ((Channel.PHONE,), "Write to them for the first time"),
        ((Channel.EMAIL, Channel.PHONE), "Go to them for the first time"),
    ],
)
def test_with_nobody_on_record_no_call_is_advised_where_they_want_none(
    closed: tuple[Channel, ...], advice: str
) -> None:
    evidence = bare(closed_channels=closed)
    assert advice_action(judge(evidence), None) == advice
    said = closed_words(closed)
    assert status_line(evidence, judge(evidence)) == " · ".join(filter(None, [said, "new today"]))


def test_a_call_that_they_asked_for_is_written_where_they_want_no_calls() -> None:
    asked = Callback(on=NOW.date(), asked_on=NOW.date())
    evidence = bare(closed_channels=(Channel.PHONE,), callback=asked, column=Column.CALLBACK)
    (task,) = agenda_of(evidence, judge(evidence)).tasks
    assert task_action(task).startswith("write to them and ask")


@pytest.mark.parametrize(
    ("email", "phone", "track"),
    [
        ("jo@a.example", "555-0101", Track.MONTHLY_EMAIL),
        ("", "555-0101", Track.WAKE_UP),
        ("", "", Track.MONTHLY_EMAIL),
    ],
)
def test_who_has_a_number_alone_is_called_again_rather_than_emailed(
    email: str, phone: str, track: Track
) -> None:
    row = (
        f"Deal,Stage,Email,Phone\nAlder,Nurture,{email},{phone}\nBirch,Open,b@b.example,555-0102\n"
    )
    alder = next(one for one in taken(row).prospects if one.name == "Alder")
    assert alder.nurture
    assert alder.nurture.track is track


@pytest.mark.parametrize("header", ["Email Opt Out", "Email Consent"])
def test_one_request_in_words_makes_its_column_count(header: str) -> None:
    """Beside words for the others it was no column of yes and no, and who opted out got emails."""
    rows = "Ann,a@x.example,Opted in\nBo,b@x.example,Opted out\nCy,c@x.example,Opted in\n"
    result = taken(f"First Name,Email,{header}\n{rows}", kind="leads")
    closed = [p.closed_channels for p in result.prospects]
    assert closed == [(), (Channel.EMAIL,), ()]
