"""Files of activities, contacts and companies beside a list of deals: who gains what by them."""

from datetime import date

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.activity_rows import read_sense
from review_board.exchange.gather_history import NOT_JOINED
from review_board.exchange.import_result import HistoryReport, ImportOptions, row_key
from review_board.exchange.read_files import import_bytes, import_files
from review_board.imports.joined_history import history_rows, join_history
from review_board.judgement.evidence import gather
from review_board.pipeline.dates import Today
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Channel, Direction, Outcome, QuoteState
from review_board.progress import Progress
from review_board.settings.tree import Settings
from tests.exchange.support import NOW

DEALS = """Record ID,Deal Name,Deal Stage,Amount,Associated Company ID,Associated Contact,Close Date
501,Alder fleet,Contract Sent,50000,7,Jo Alder,
502,Birch roof,Appointment Scheduled,9000,8,,
503,Birch yard,Closed Won,4000,8,,2026-11-01
"""
CONTACTS = """Contact ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company ID
31,Jo,Alder,jo@alder.example,+1 555 010 0101,Director,7
32,Bo,Birch,bo@birch.example,,,8
33,No,Body,no@body.example,,,99
"""
COMPANIES = """Company ID,Company name,Industry
7,Alder Ltd,Haulage
8,Birch Hall,Roofing
"""
HEADER = "Activity ID,Activity Type,Activity Date,Outcome,Deal ID,Contact Email,Notes"


def together(*texts: str) -> tuple[dict[str, Prospect], tuple[HistoryReport, ...]]:
    """Return the prospects by name, with what the other files bring to them."""
    files = [(f"file{i}.csv", text.encode()) for i, text in enumerate(texts)]
    result = import_files(files, now=NOW, options=ImportOptions())
    assert result.beside is not None
    prospects = {p.id: p for p in result.prospects}
    joined = result.beside(prospects, {row_key(0, key): key for key in prospects}, Progress())
    for prospect_id, add in joined.additions.items():
        prospects[prospect_id] = add(prospects[prospect_id])
    return {p.name: p for p in prospects.values()}, joined.reports


def alder(*rows: str) -> Prospect:
    prospects, _ = together(DEALS, "\n".join([HEADER, *rows]))
    return prospects["Alder fleet"]


def test_calls_come_to_the_deal_they_name() -> None:
    prospects, (report,) = together(
        DEALS,
        f"{HEADER}\n1,Call,2026-11-01 10:00,No answer,501,,\n"
        "2,Call,2026-11-10 10:00,Connected,501,,asked for a quote\n3,Call,2026-11-10,Busy,999,,\n",
    )
    found = prospects["Alder fleet"].touches
    assert [(t.outcome, f"{t.at:%m-%d %H:%M}", t.note) for t in found] == [
        (Outcome.NO_ANSWER, "11-01 10:00", ""),
        (Outcome.TALKED, "11-10 10:00", "asked for a quote"),
    ]
    assert prospects["Alder fleet"].contact_history
    assert not prospects["Birch roof"].contact_history
    assert (report.rows, report.touches, report.left_out) == (3, 2, {NOT_JOINED: 1})


def test_who_waits_sees_activities_joined_and_a_spoilt_record_does_not_matter() -> None:
    read = ImportOptions(existing=frozenset({"a"}))
    rows = f"{HEADER}\n1,Call,2026-11-01 10:00,No answer,501,,\n".encode()
    result = import_files([("calls.csv", rows)], now=NOW, options=read)
    known: dict[str, dict[str, object]] = {
        "a": {"id": "a", "name": "Alder", "external_id": "501"},
        "b": {"name": 7},
    }
    seen: list[str] = []

    class Watched(Progress):
        def begin(self, what: str, total: int = 0) -> None:
            seen.append(f"{what} {total}")
            super().begin(what, total)

    joined = join_history(result, known, PackedProspects(), {}, Watched())
    assert [*joined.additions] == ["a"]
    assert seen == ["reading the prospects 2", "joining activities 1"]


def test_days_go_by_the_names_that_databases_give_them() -> None:
    prospects, _ = together(
        DEALS,
        "activity_id,deal_id,activity_type,activity_ts,duration_minutes\n"
        "A1,501,Call,2026-11-01 10:30:00,39\nA2,501,Email,2026-11-03 12:00:00,0\n",
    )
    found = prospects["Alder fleet"].touches
    assert [(t.outcome, f"{t.at:%m-%d %H:%M}") for t in found] == [
        (Outcome.TALKED, "11-01 10:30"),
        (Outcome.EMAIL, "11-03 12:00"),
    ]


def test_days_that_may_be_two_go_by_another_column_of_the_list() -> None:
    prospects, _ = together(
        DEALS,
        "Activity Type,Date,Subject,Outcome,Deal ID,Modified\n"
        "Call,04/05/2026,Asked for the price,No answer,501,17/05/2026\n",
    )
    (touch,) = prospects["Alder fleet"].touches
    assert f"{touch.at:%m-%d}" == "05-04"


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [
        DEALS,
        CONTACTS,
        COMPANIES,
        f"{HEADER}\n1,Call,2026-11-01,Connected,,jo@alder.example,\n",
    ]
    assert together(*files)[0] == together(*reversed(files))[0]


def test_people_and_company_names_come_by_the_id_of_the_company() -> None:
    prospects, reports = together(DEALS, CONTACTS, COMPANIES)
    (jo,) = prospects["Alder fleet"].contacts
    assert (jo.name, jo.email, jo.phone, jo.title) == (
        "Jo Alder", "jo@alder.example", "+1 555 010 0101", "Director",
    )  # fmt: skip
    assert prospects["Birch roof"].company == "Birch Hall"
    assert [c.name for c in prospects["Birch yard"].contacts] == ["Bo Birch"]
    left_out = {report.kind: dict(report.left_out) for report in reports}
    assert left_out == {"companies": {}, "contacts": {NOT_JOINED: 1}}


def test_a_call_with_a_person_of_a_company_with_two_deals_is_left_out_and_counted() -> None:
    row = "1,Call,2026-11-01,Connected,,bo@birch.example,"
    prospects, reports = together(DEALS, CONTACTS, f"{HEADER}\n{row}\n")
    assert not any(prospect.touches for prospect in prospects.values())
    (reason,) = reports[-1].left_out
    assert "several prospects" in reason


def test_a_touch_knows_whom_it_was_with() -> None:
    row = "1,Call,2026-11-01,Connected,,jo@alder.example,"
    prospects, _ = together(DEALS, CONTACTS, f"{HEADER}\n{row}\n")
    found = prospects["Alder fleet"]
    assert found.touches[0].contact == found.contacts[0].id


def test_what_is_planned_becomes_the_next_step_where_none_is_set() -> None:
    found = alder("1,Task,2026-12-09 14:30,Not started,501,,send the contract")
    assert found.touches == ()
    assert found.next_step is not None
    assert (found.next_step.action, found.next_step.on) == ("send the contract", date(2026, 12, 9))
    won, _ = together(DEALS, f"{HEADER}\n1,Task,2026-12-09,Not started,503,,\n")
    assert won["Birch yard"].next_step is None


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("1,Note,2026-11-01,,501,,likes tea", "likes tea"),
        ("1,Task,2026-11-01,Completed,501,,offer sent", "task of 1 Nov 2026: offer sent"),
        (
            "1,Meeting,2026-11-01,Scheduled,501,,demo",
            "meeting of 1 Nov 2026, not marked as done: demo",
        ),
        ("1,Meeting,2026-11-01,Canceled,501,,demo", "meeting of 1 Nov 2026, cancelled: demo"),
        ("1,Call,,Completed,501,,no day", "call: no day"),
    ],
)
def test_what_tells_of_no_contact_becomes_a_note(row: str, note: str) -> None:
    found = alder(row)
    assert found.touches == ()
    assert [entry.text for entry in found.notes] == [note]


def test_a_quote_is_for_the_value_of_the_deal() -> None:
    found = alder("1,Quote,2026-11-01,sent,501,,", "2,Quote,2026-11-05,sent,501,,")
    assert [(q.sent_on.day, q.state) for q in found.quotes] == [
        (1, QuoteState.EXPIRED),
        (5, QuoteState.OPEN),
    ]
    assert {q.amount.amount for q in found.quotes} == {50000}


def test_rows_that_say_the_very_same_are_kept_apart_and_come_once() -> None:
    rows = "Type,Date,Deal ID,Outcome,Subject\nCall,2026-11-01,501,No answer,\nCall,2026-11-01,501,No answer,\n"
    prospects, (report,) = together(DEALS, rows)
    assert report.touches == 2
    result = import_files(
        [("d", DEALS.encode()), ("a", rows.encode())], now=NOW, options=ImportOptions()
    )
    assert result.beside is not None
    known = {p.id: p for p in prospects.values()}
    again = result.beside(known, {}, Progress())
    assert (again.additions, again.reports[0].on_record) == ({}, 2)


@pytest.mark.parametrize(
    ("kind", "outcome", "direction", "expected"),
    [
        ("Call", "Left voicemail", "", Outcome.VOICEMAIL),
        ("Call", "Left live message", "", Outcome.GATEKEEPER),
        ("Call", "Busy", "", Outcome.NO_ANSWER),
        ("Call", "Not connected", "", Outcome.NO_ANSWER),
        ("Call", "Connected", "", Outcome.TALKED),
        ("Call", "Completed", "Inbound", Outcome.INBOUND),
        ("Call", "Completed", "Outbound", Outcome.CONTACTED),
        ("Email", "Sent", "", Outcome.EMAIL),
        ("Email", "", "Incoming", Outcome.TALKED),
        ("Newsletter", "", "", Outcome.MAILING),
        ("Meeting", "Completed", "", Outcome.MEETING),
        ("Meeting", "No show", "", Outcome.NO_ANSWER),
        ("Proposal", "", "", Outcome.QUOTE),
        ("Web form", "received", "", Outcome.INBOUND),
        ("Anruf", "nicht erreicht", "ausgehend", Outcome.NO_ANSWER),
        ("Anruf", "erreicht", "", Outcome.TALKED),
        ("Appel", "Pas de réponse", "", Outcome.NO_ANSWER),
        ("Llamada", "Buzón de voz", "", Outcome.VOICEMAIL),
        ("Llamada", "No contestó", "", Outcome.NO_ANSWER),
        ("Ligação", "Não atendeu", "", Outcome.NO_ANSWER),
        ("Telefonata", "Segreteria telefonica", "", Outcome.VOICEMAIL),
        ("Telefoongesprek", "Geen gehoor", "", Outcome.NO_ANSWER),
        ("Звонок", "Не ответил", "", Outcome.NO_ANSWER),
        ("Звонок", "Перезвонить", "", Outcome.DEFERRED),
        ("Cuộc gọi", "Không trả lời", "", Outcome.NO_ANSWER),
        ("Reunión", "Realizada", "", Outcome.MEETING),
        ("Anruf", "nicht gesprochen", "", Outcome.NO_ANSWER),
        ("Call", "No meeting booked", "", Outcome.CONTACTED),
        ("Call", "Contract not signed", "", Outcome.CONTACTED),
    ],
)
def test_words_of_the_usual_programs(
    kind: str, outcome: str, direction: str, expected: Outcome
) -> None:
    header = "Type,Result,Direction,Date,Deal ID,Subject"
    prospects, _ = together(DEALS, f"{header}\n{kind},{outcome},{direction},2026-11-01,501,\n")
    assert [touch.outcome for touch in prospects["Alder fleet"].touches] == [expected]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("Quote", "not sent"),
        ("Quote", "Draft"),
        ("Quote not sent", ""),
        ("Angebot", "noch nicht gesendet"),
        ("Presupuesto", "no enviado"),
        ("Meeting", "not held"),
    ],
)
def test_what_was_not_done_is_no_contact(kind: str, outcome: str) -> None:
    header = "Type,Result,Direction,Date,Deal ID,Subject"
    prospects, _ = together(DEALS, f"{header}\n{kind},{outcome},,2026-11-01,501,\n")
    assert not [touch for p in prospects.values() for touch in p.touches]
    assert not [quote for p in prospects.values() for quote in p.quotes]


def test_channel_and_direction_are_those_of_the_row() -> None:
    (reply,) = alder("1,Email,2026-11-01,Received,501,,yes please").touches
    assert (reply.channel, reply.direction) == (Channel.EMAIL, Direction.INBOUND)


def test_a_long_call_of_ours_was_a_talk() -> None:
    header = "Call Type,Call Start Time,Call Duration (in seconds),Deal ID,Subject"
    rows = "Outbound,2026-11-01 09:00,300,501,\nOutbound,2026-11-02 09:00,20,501,\n"
    prospects, _ = together(DEALS, f"{header}\n{rows}")
    outcomes = [touch.outcome for touch in prospects["Alder fleet"].touches]
    assert outcomes == [Outcome.TALKED, Outcome.NO_ANSWER]


@pytest.mark.parametrize("result", ["Left voicemail", "No answer", "missed"])
def test_a_call_of_theirs_that_nobody_took_is_theirs(result: str) -> None:
    header = "Activity Type,Activity Date,Direction,Outcome,Deal ID"
    prospects, _ = together(DEALS, f"{header}\nCall,2026-11-01,Inbound,{result},501\n")
    (touch,) = prospects["Alder fleet"].touches
    assert (touch.outcome, touch.direction) == (Outcome.INBOUND, Direction.INBOUND)


@pytest.mark.parametrize(
    ("kind", "result"),
    [("Call", "Wrong number"), ("Call", "TRUE; not in service"), ("Email", "Bounced")],
)
def test_what_nobody_could_get_is_no_attempt(kind: str, result: str) -> None:
    header = "Activity Type,Activity Date,Direction,Outcome,Deal ID"
    prospects, _ = together(DEALS, f"{header}\n{kind},2026-11-01,Outbound,{result},501\n")
    found = prospects["Alder fleet"]
    assert not found.touches
    assert found.notes[0].text == f"{kind.lower()} of 1 Nov 2026, reached nobody"


def test_a_call_whose_direction_is_missed_is_theirs() -> None:
    header = "Activity Type,Activity Date,Call Type,Deal ID"
    prospects, _ = together(DEALS, f"{header}\nCall,2026-11-01,Missed,501\n")
    (touch,) = prospects["Alder fleet"].touches
    assert (touch.outcome, touch.direction) == (Outcome.INBOUND, Direction.INBOUND)


def test_opened_mails_are_no_contact() -> None:
    _, (report,) = together(DEALS, f"{HEADER}\n1,Email opened,2026-11-01,,501,,\n")
    assert (report.touches, report.notes, sum(report.left_out.values())) == (0, 0, 1)


def test_flags_in_a_column_of_what_is_done() -> None:
    assert read_sense("Task", "False", "").state == "open"
    assert read_sense("Task", "Ja", "").state == "done"


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1@x
SUMMARY:Call Alder fleet, ask for the order
DTSTART:20261203T100000
END:VEVENT
BEGIN:VTODO
UID:2@x
SUMMARY:Dentist
DUE:20261204
STATUS:NEEDS-ACTION
END:VTODO
END:VCALENDAR
"""


def test_a_calendar_brings_follow_up_days_to_who_is_named_in_it() -> None:
    prospects, (report,) = together(DEALS, CALENDAR)
    step = prospects["Alder fleet"].next_step
    assert step is not None
    assert (step.on, str(step.time)) == (date(2026, 12, 3), "10:00:00")
    assert (report.steps, report.left_out[NOT_JOINED]) == (1, 1)


def test_of_several_plans_the_soonest_is_the_step_and_the_others_are_told() -> None:
    rows = "1,Call,2027-03-01,,501,,later\n2,Call,2027-02-01,,501,,sooner\n"
    prospects, (report,) = together(DEALS, f"{HEADER}\n{rows}3,Call,2027-02-01,,503,,won\n")
    step = prospects["Alder fleet"].next_step
    assert step is not None
    assert step.action == "sooner"
    assert prospects["Birch yard"].next_step is None
    assert (report.steps, sum(report.left_out.values()), len(report.prospects)) == (1, 2, 1)


def test_who_asked_to_be_left_alone_gets_no_next_step() -> None:
    rows = "1,Call,2027-02-01,,501,,renewal\n2,Call,2026-11-01,Do not call,501,,\n"
    prospects, (report,) = together(DEALS, f"{HEADER}\n{rows}")
    assert prospects["Alder fleet"].next_step is None
    assert (report.touches, report.steps, sum(report.left_out.values())) == (1, 0, 1)


@pytest.mark.parametrize("text", [CALENDAR, CONTACTS, f"{HEADER}\n1,Call,2026-11-01,Busy,1,,\n"])
def test_alone_and_with_nobody_on_record_they_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="not of deals") as caught:
        import_bytes(text.encode(), now=NOW)
    assert "together with the deals" in str(caught.value.cure)


@pytest.mark.parametrize("other", ["SKU,Unit Price\nA,4\n", "\x00\x01", "{"])
def test_a_file_of_no_use_among_others_is_left_out_with_a_warning(other: str) -> None:
    files = [("deals.csv", DEALS.encode()), ("odd.csv", other.encode())]
    result = import_files(files, now=NOW, options=ImportOptions())
    assert len(result.prospects) == 3
    assert result.warnings[0].startswith("odd.csv was left out: ")


THROUGH_A_CONTACT = {
    "zoho": (
        ("Record Id,Deal Name,Account Name,Contact Name,Stage,Amount\n"
        "zcrm_1,Solar,Birch,Mia Brandt,Negotiation,24000\nzcrm_2,Pump,Oak,Ted Voss,Qualification,9000\n"),
        ("Record Id,Subject,Call Type,Contact Name.id,Contact Name,Related To.id,Related To,Call Start Time,Call Result\n"
        "k1,Call,Outbound,zc_1,Mia Brandt,,,2026-11-10 10:00:00,Interested\n"),
    ),
    "pipedrive": (
        ("Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Organization,Deal - Contact person\n"
        "11,Solar,24000,Proposal Made,Birch,Mia Brandt\n12,Pump,9000,Qualified,Oak,Ted Voss\n"),
        ("Activity - ID,Activity - Subject,Activity - Type,Activity - Due date,Activity - Done,Activity - Contact person\n"
        "1,Call Mia,Call,2026-11-10,Done,Mia Brandt\n"),
    ),
    "hubspot": (
        ("Record ID,Deal Name,Deal Stage,Amount,Associated Contact IDs,Associated Contact\n"
        "901,Solar,Proposal,24000,55,Mia Brandt\n902,Pump,Qualified,9000,56,Ted Voss\n"),
        ("Record ID,Call Title,Activity date,Call outcome,Call direction,Associated Contact IDs\n"
        "1,Call,2026-11-10 10:00,Connected,Outbound,55\n"),
    ),
    "salesforce": (
        "Id,Name,StageName,Amount,ContactId\n006A,Solar,Proposal,24000,003M\n006B,Pump,Qualified,9000,003N\n",
        ("Id,WhoId,WhatId,Subject,ActivityDate,Status,TaskSubtype,CallDisposition\n"
        "00T1,003M,,Call,2026-11-10,Completed,Call,Connected\n"),
    ),
    "close": (
        ("id,lead_id,lead_name,contact_id,contact_name,status_label,value,confidence\n"
        "oppo_1,lead_1,Solar,cont_1,Mia,Proposal,24000,50\noppo_2,lead_2,Pump,cont_2,Ted,Proposal,9000,50\n"),
        ("id,lead_id,contact_id,direction,disposition,duration,date_created\n"
        "acti_1,,cont_1,outbound,answered,300,2026-11-10T10:00:00\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("vendor", THROUGH_A_CONTACT)
def test_a_call_that_names_only_the_person_joins_their_deal(vendor: str) -> None:
    prospects, (report,) = together(*THROUGH_A_CONTACT[vendor])
    (touch,) = prospects["Solar"].touches
    assert (str(touch.at.date()), prospects["Pump"].touches) == ("2026-11-10", ())
    assert (report.touches, sum(report.left_out.values())) == (1, 0)


OPTED = "Contact ID,First Name,Last Name,Email,Phone Number,Do not call,Opted out of email,Associated Deal ID"


def test_who_asked_for_no_calls_loses_the_number_where_others_have_one() -> None:
    rows = "1,Mia,Brandt,mia@x.example,+49 30 555 1,,,501\n2,Tom,Ash,tom@x.example,+49 30 555 2,Yes,,501\n"
    prospects, (report,) = together(DEALS, f"{OPTED}\n{rows}")
    people = {p.name: p for p in prospects["Alder fleet"].contacts}
    assert (people["Mia Brandt"].phone, people["Tom Ash"].phone) == ("+49 30 555 1", "")
    assert (people["Tom Ash"].email, people["Tom Ash"].note) == (
        "tom@x.example",
        "asked for no calls",
    )
    assert not prospects["Alder fleet"].closed_channels
    assert report.refusing == 1


def test_a_channel_that_everybody_refused_is_closed_and_both_are_no_contact() -> None:
    rows = "1,Mia,Brandt,mia@x.example,+49 30 555 1,,Yes,501\n2,Tom,Ash,tom@x.example,+49 30 555 2,Yes,Yes,502\n"
    prospects, _ = together(DEALS, f"{OPTED}\n{rows}")
    assert prospects["Alder fleet"].closed_channels == (Channel.EMAIL,)
    assert prospects["Birch roof"].do_not_contact


def test_a_request_that_was_lifted_here_does_not_return_with_the_next_list() -> None:
    rows = "1,Mia,Brandt,mia@x.example,+49 30 555 1,,Yes,501\n"
    files = [("d", DEALS.encode()), ("c", f"{OPTED}\n{rows}".encode())]

    def joined(before: dict[str, Prospect]) -> dict[str, Prospect]:
        result = import_files(files, now=NOW, options=ImportOptions())
        assert result.beside
        same = {row_key(0, p.id): p.id for p in before.values()}
        found = result.beside(before, same, Progress())
        told.extend(row.words for row in history_rows(found.reports))
        gained = {key: add(before[key]) for key, add in found.additions.items()}
        return {**before, **gained}

    told: list[str] = []

    fresh = {p.id: p for p in import_files(files, now=NOW, options=ImportOptions()).prospects}
    first = joined(fresh)
    alder = next(p for p in first.values() if p.name == "Alder fleet")
    assert alder.closed_channels == (Channel.EMAIL,)
    assert [n.text for n in alder.notes] == ["Mia Brandt asked for no email (in the list)"]
    lifted = first | {alder.id: alder.with_changes(closed_channels=())}
    assert joined(lifted) == lifted
    assert told[-1] == "c: opened again here, which stands: Alder fleet"
    rows = rows.replace(",,Yes,", ",Yes,Yes,")
    files = [("d", DEALS.encode()), ("c", f"{OPTED}\n{rows}".encode())]
    assert joined(lifted)[alder.id].closed_channels == (Channel.PHONE,)


def test_a_company_that_wants_no_calls_closes_them_for_its_deals() -> None:
    rows = "Company ID,Company name,Industry,Do not call\n7,Alder Ltd,Haulage,Yes\n8,Birch,Roofing,No\n"
    prospects, _ = together(DEALS, rows)
    assert prospects["Alder fleet"].closed_channels == (Channel.PHONE,)
    assert not prospects["Birch roof"].closed_channels


def test_words_for_how_a_call_ended_that_are_not_known_are_told() -> None:
    rows = (
        "1,Call,2026-11-01,Zorbed,501,,\n2,Call,2026-11-02,Busy,501,,\n3,Call,2026-11-03,,501,,\n"
    )
    _, reports = together(DEALS, f"{HEADER}\n{rows}")
    assert "file1.csv: words for an outcome that are not known: 'Zorbed' (1)" in [
        row.words for row in history_rows(reports)
    ]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Spoke with Jürgen - wants 2% discount", Outcome.TALKED),
        ("Lange mit ihr telefoniert", Outcome.TALKED),
        ("Talked to her, needs boss", Outcome.TALKED),
        ("Left voicemail", Outcome.VOICEMAIL),
        ("No answer, left a message", Outcome.VOICEMAIL),
        ("Didn't pick up", Outcome.NO_ANSWER),
        ("nicht erreicht", Outcome.NO_ANSWER),
        ("have not spoken yet", Outcome.CONTACTED),
        ("Left voicemail. Long talk later", Outcome.CONTACTED),
        ("wants 2% discount", Outcome.CONTACTED),
        ("", Outcome.CONTACTED),
    ],
)
def test_a_call_without_an_outcome_is_read_by_clear_words_or_proves_nothing(
    note: str, expected: Outcome
) -> None:
    (call,) = alder(f'1,Call,2026-11-01,Completed,501,,"{note}"').touches
    assert call.outcome is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Connected", Outcome.TALKED),
        ("Connected - asked to call back in January, budget", Outcome.TALKED),
        ("Busy", Outcome.NO_ANSWER),
        ("No answer, left a message", Outcome.VOICEMAIL),
        ("Connected - left a message", Outcome.CONTACTED),
        ("Connected homes: introduce ourselves", Outcome.CONTACTED),
        ("Call back", Outcome.CONTACTED),
    ],
)
def test_a_call_whose_title_begins_with_how_it_ended_is_read_by_that(
    title: str, expected: Outcome
) -> None:
    header = "Activity ID,Type,Date,Deal ID,Subject"
    prospects, _ = together(DEALS, f'{header}\n1,Call,2026-11-01,501,"{title}"\n')
    assert [touch.outcome for p in prospects.values() for touch in p.touches] == [expected]


@pytest.mark.parametrize(
    ("title", "amounts"),
    [
        ("Sent quote $12,000", ["12000 USD"]),
        ("Sent quote A$12,000", ["12000 AUD"]),
        ("Quote sent", ["50000 USD"]),
        ("Sent quote: $12,000 or $9,000", ["50000 USD"]),
        ("Quote sent 17 200 €", ["17200 EUR"]),
        ("Sent quote 17 200 €, with tax", ["17200 EUR"]),
        ("Sent quote (EUR 17'200)", ["17200 EUR"]),
        ("Sent quote 2026 500 €.", ["500 EUR"]),
        ("Sent quote 1 250 000 SEK", ["1250000 SEK"]),
        ("Sent quote for all 40, top 3, try 2", ["50000 USD"]),
        ("Sent quote 2, 300 €", ["300 EUR"]),
        ("Following up on our quote", []),
        ("RE: Sent quote $12,000", []),
        ("Re: sent quote", []),
        ("Have not sent the quote yet", []),
        ("Noch nicht Angebot gesendet", []),
    ],
)
def test_an_email_of_ours_titled_as_a_sent_quote_is_one(title: str, amounts: list[str]) -> None:
    header = "Activity ID,Type,Date,Direction,Deal ID,Subject"
    way = "Inbound" if title.startswith("Re:") else "Outbound"
    found, _ = together(DEALS, f'{header}\n1,Email,2026-11-01,{way},501,"{title}"\n')
    quotes = [quote.amount for p in found.values() for quote in p.quotes]
    assert [f"{amount.amount} {amount.currency}" for amount in quotes] == amounts


def test_the_amounts_that_texts_name_are_shown_before_the_import() -> None:
    header = "Activity ID,Type,Date,Direction,Deal ID,Subject"
    rows = f'{header}\n1,Email,2026-11-01,Outbound,501,"Devis envoyé 17 200 €"\n'
    _, (report,) = together(DEALS, rows)
    assert "amounts of quotes, as their texts name them: €17,200 (1)" in [
        row.words.removeprefix("file1.csv: ") for row in history_rows([report])
    ]


def test_a_bare_dollar_in_the_title_of_a_quote_is_that_of_the_sale() -> None:
    deals = DEALS.replace("Amount", "Amount,Currency").replace("000,", "000,CAD,")
    header = "Activity ID,Type,Date,Direction,Deal ID,Subject"
    row = '1,Email,2026-11-01,Outbound,501,"Sent quote $12,000"'
    found, _ = together(deals, f"{header}\n{row}\n")
    assert [str(q.amount.currency) for p in found.values() for q in p.quotes] == ["CAD"]


def test_what_was_made_of_each_kind_of_row_is_told_what_nobody_noted_first() -> None:
    rows = (
        "1,Call,2026-11-01,Connected,501,,\n2,Call,2026-11-02,,501,,price list\n"
        "3,Call,2026-11-03,Completed,502,,\n4,Task,2026-11-03,Completed,502,,samples\n"
        "5,Email,2026-11-04,Received,502,,yes please\n"
    )
    _, reports = together(DEALS, f"{HEADER}\n{rows}")
    _, *read = history_rows(reports)
    counts = "1 from them, 1 talk or meeting, 2 with an outcome nobody noted, 1 note"
    assert [row.words.removeprefix("file1.csv: ") for row in read] == [
        f"read as: {counts}",
        "2 calls → outcome not noted (no column tells how): price list",
        "1 call → talked, no progress (by Outcome 'Connected')",
        "1 task → a note, no contact (by Activity Type 'Task'): task of 3 Nov 2026: samples",
        "1 email from them → talked, no progress (by Outcome 'Received'): yes please",
    ]


def test_the_column_that_says_how_a_call_ended_is_named_with_the_first_words() -> None:
    header = "Activity ID,Type,Date,Status,Call Outcome,Deal ID,Duration,Subject,Notes"
    rows = (
        "1,Call,2026-11-01,Completed,Connected,501,,,price",
        "2,Call,2026-11-02,Completed,,501,600,,terms",
        "3,Call,2026-11-03,Completed,,501,,Spoke with him,",
        "4,Call,2026-11-04,Completed,,501,,,good talk",
    )
    _, (report,) = together(DEALS, "\n".join((header, *rows)))
    (read,) = report.read.values()
    assert read.said_by == {"Call Outcome": 1, "Duration": 1, "Subject": 1, "Notes": 1}
    assert (read.count, read.examples) == (4, ["price", "terms", "Spoke with him"])


LOST = "Record ID,Deal Name,Deal Stage,Amount,Last Activity Date\n501,Alder,Closed Lost,9000,2026-11-03\n"


@pytest.mark.parametrize(
    ("day", "came_back"), [("2026-11-03 10:00", False), ("2026-11-03", False), ("2026-11-05", True)]
)
def test_what_a_list_brings_of_the_day_of_a_loss_is_no_return(day: str, came_back: bool) -> None:
    rows = f"{HEADER}\n1,Meeting,{day},Completed,501,,chose another\n2,Call,{day},Inbound,501,,no\n"
    prospects, _ = together(LOST, rows)
    evidence = gather(prospects["Alder"], Today(NOW.date()), Settings())
    assert len(prospects["Alder"].touches) == 2
    assert (evidence.came_back_on is not None) is came_back
    assert (evidence.drop_in_force is None) is came_back


LOGS = {
    "English": (
        "Deal ID;Deal;Activity type;Activity date;Subject;Call result;Owner",
        "Call;No answer", "Call;Answered",
    ),
    "English, plain": (
        "Deal ID;Deal name;Type;Date;Subject;Outcome;Owner",
        "Call;No answer", "Call;Answered",
    ),
    "French": (
        "ID affaire;Nom de l'affaire;Type d'activité;Date;Objet;Résultat;Responsable",
        "Appel sortant;Pas de réponse", "Appel sortant;Répondu",
    ),
    "French, otherwise": (
        "ID affaire;Nom affaire;Type;Date de l’activité;Sujet;Résultat;Responsable",
        "Appel;Injoignable", "Appel;Répondu",
    ),
    "German": (
        "Deal-ID;Dealname;Aktivitätstyp;Datum;Betreff;Ergebnis;Besitzer",
        "Anruf;Nicht erreicht", "Anruf;Gesprochen",
    ),
    "German, otherwise": (
        "Geschäfts-ID;Geschäft;Art der Aktivität;Datum der Aktivität;Betreff;Ergebnis;Verantwortlich",
        "Anruf;Keine Antwort", "Anruf;Erreicht",
    ),
    "Spanish": (
        "ID del negocio;Nombre del negocio;Tipo de actividad;Fecha;Asunto;Resultado;Responsable",
        "Llamada;No contestó", "Llamada;Contestada",
    ),
    "Spanish, otherwise": (
        "ID oportunidad;Oportunidad;Tipo;Fecha de la actividad;Asunto;Resultado;Propietario",
        "Llamada;Sin respuesta", "Llamada;Contestó",
    ),
    "Italian": (
        "ID trattativa;Nome trattativa;Tipo di attività;Data;Oggetto;Esito;Responsabile",
        "Chiamata;Non risponde", "Chiamata;Ha risposto",
    ),
    "Italian, otherwise": (
        "ID opportunità;Nome opportunità;Tipo attività;Data dell'attività;Oggetto;Risultato;Responsabile",
        "Chiamata;Nessuna risposta", "Chiamata;Risposto",
    ),
    "Dutch": (
        "Deal-ID;Dealnaam;Type activiteit;Datum;Onderwerp;Resultaat;Eigenaar",
        "Telefoon;Geen gehoor", "Telefoon;Gesproken",
    ),
    "Dutch, otherwise": (
        "ID verkoopkans;Naam verkoopkans;Soort activiteit;Datum activiteit;Onderwerp;Uitkomst;Verantwoordelijke",
        "Telefoon;Niet bereikt", "Telefoon;Bereikt",
    ),
    "Portuguese": (
        "ID do negócio;Nome do negócio;Tipo de atividade;Data;Assunto;Resultado;Responsável",
        "Ligação;Não atendeu", "Ligação;Atendeu",
    ),
    "Portuguese, otherwise": (
        "ID da oportunidade;Nome da oportunidade;Tipo;Data da atividade;Assunto;Resultado;Proprietário",
        "Chamada;Sem resposta", "Chamada;Atendida",
    ),
    "Polish": (
        "ID transakcji;Nazwa transakcji;Typ aktywności;Data;Temat;Wynik;Właściciel",
        "Rozmowa telefoniczna;Nie odebrał", "Połączenie;Odebrano",
    ),
    "Polish, otherwise": (
        "ID szansy;Nazwa szansy;Rodzaj aktywności;Data aktywności;Temat;Wynik;Opiekun",
        "Telefon;Brak odpowiedzi", "Telefon;Rozmawialiśmy",
    ),
    "Swedish": (
        "Affärs-ID;Affärsnamn;Aktivitetstyp;Datum;Ämne;Resultat;Ägare",
        "Samtal;Inget svar", "Samtal;Svarade",
    ),
    "Swedish, otherwise": (
        "ID för affär;Affärens namn;Typ av aktivitet;Aktivitetsdatum;Ämne;Utfall;Ansvarig",
        "Telefonsamtal;Svarade inte", "Samtal;Pratade",
    ),
    "Russian": (
        "ID сделки;Название сделки;Тип активности;Дата;Тема;Результат;Ответственный",
        "Звонок;Не ответил", "Звонок;Ответил",
    ),
    "Vietnamese": (
        "Mã cơ hội;Tên cơ hội;Loại hoạt động;Ngày hoạt động;Chủ đề;Kết quả;Người phụ trách",
        "Cuộc gọi;Không trả lời", "Cuộc gọi;Đã trả lời",
    ),
}  # fmt: skip
"""How lists of activities are headed in a language, a call that nobody took, and a talk."""


@pytest.mark.parametrize(("header", "tried", "talked"), LOGS.values(), ids=list(LOGS))
def test_activities_in_the_words_of_a_language_join_their_deals(
    header: str, tried: str, talked: str
) -> None:
    rows = [
        f"501;Alder fleet;{kind};{day}/10/2026;Visit of the site;{result};Ann Lee"
        for day, said in ((13, tried), (14, tried), (15, talked))
        for kind, result in (said.split(";"),)
    ]
    prospects, (report,) = together(DEALS, "\n".join((header, *rows)))
    assert (len(prospects), report.left_out) == (3, {})
    found = [(t.outcome, t.by, t.note) for t in prospects["Alder fleet"].touches]
    outcomes = (Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.TALKED)
    assert found == [(outcome, "Ann Lee", "Visit of the site") for outcome in outcomes]


STAGED = "Deal Name,Stage,Type,Date\nAlder fleet,Contract Sent,Call,2026-11-01\nBirch roof,Open,Call,2026-11-02\n"
"""Calls beside the stage that each deal has: by its columns a list of deals."""


def test_what_a_person_says_is_a_list_of_activities_is_one() -> None:
    files = [("deals.csv", DEALS.encode()), ("calls.csv", STAGED.encode())]
    taken_as_found = import_files(files, now=NOW, options=ImportOptions())
    said = ImportOptions(kind_of={"calls.csv": "activities"})
    result = import_files(files, now=NOW, options=said)
    assert (len(taken_as_found.prospects), len(result.prospects)) == (5, 3)
    assert result.beside is not None
    prospects = {p.id: p for p in result.prospects}
    joined = result.beside(prospects, {row_key(0, key): key for key in prospects}, Progress())
    assert sorted(prospects[key].name for key in joined.additions) == ["Alder fleet", "Birch roof"]
    with pytest.raises(
        InvalidValueError, match=r"activities .*, not of deals.*import deals.csv FILE"
    ):
        import_bytes(STAGED.encode(), now=NOW, options=ImportOptions(kind="activities"))


def test_of_a_list_of_which_no_row_joins_nothing_is_said_to_be_known() -> None:
    _, (report,) = together(DEALS, f"{HEADER}\n1,Call,2026-11-01,Busy,999,,\n")
    first, *_ = history_rows([report])
    assert first.words.endswith(": 1 activity: none comes in")


def test_a_deal_that_repeats_beside_a_day_and_a_type_is_that_of_activities() -> None:
    header = "Deal ID,Deal Name,Type,Date,Outcome"
    rows = [f"{n},Deal {n},Call,2026-11-0{day},Busy" for n in (501, 502) for day in (1, 2)]
    _, (report,) = together(DEALS, "\n".join((header, *rows)))
    assert (report.touches, report.left_out) == (4, {})


HUBSPOT = """id,dealname,amount,dealstage,notes_last_contacted,num_contacted_notes,_fivetran_deleted
7001,Birch roof,12000,presentationscheduled,2026-11-02T09:10:00Z,3,false
7002,Alder pump,8000,appointmentscheduled,,,true
"""


def test_activities_by_the_names_and_ids_of_the_interface_of_hubspot() -> None:
    prospects, reports = together(
        HUBSPOT,
        "id,hs_timestamp,hs_call_title,hs_call_direction,hs_call_disposition,hs_call_duration,"
        "hs_call_status,hubspot_owner_id,associations.deals\n"
        "91,2026-11-02T09:00:00Z,Call,OUTBOUND,73a0d17f-1163-4015-bdd5-ec830791da20,3000,COMPLETED,551,7001\n"
        "92,2026-11-10T09:00:00Z,Call,OUTBOUND,f240bbac-87c9-4f6e-bf70-924b57d47db7,4000,COMPLETED,551,7001\n"
        "93,2026-11-11T09:00:00Z,Call,OUTBOUND,,420000,COMPLETED,551,7001\n"
        "94,2026-11-12T09:00:00Z,Call,OUTBOUND,,12000,COMPLETED,551,7001\n",
        "id,hs_timestamp,hs_email_subject,hs_email_direction,hs_email_status,associations.deals\n"
        "95,2026-11-13T12:00:00Z,Re: Roof,INCOMING_EMAIL,,7001\n",
        "id,hs_timestamp,hs_task_subject,hs_task_status,hs_task_type,associations.deals\n"
        "96,2026-12-02T08:00:00Z,Send offer,NOT_STARTED,TODO,7001\n",
    )
    assert [(t.outcome, t.by) for t in prospects["Birch roof"].touches] == [
        (Outcome.NO_ANSWER, "551"),
        (Outcome.TALKED, "551"),
        (Outcome.TALKED, "551"),  # seven minutes, told in thousandths of a second
        (Outcome.NO_ANSWER, "551"),
        (Outcome.TALKED, ""),
    ]
    step = prospects["Birch roof"].next_step
    assert step
    assert (step.action, step.on) == ("Send offer", date(2026, 12, 2))
    assert prospects["Birch roof"].times_contacted == 3
    assert [report.left_out for report in reports] == [{}, {}, {}]
    assert "Alder pump" not in prospects  # deleted there


def test_a_page_of_hubspot_names_the_people_of_its_deals() -> None:
    deals = (
        '{"results":[{"id":"d1","properties":{"dealname":"Roof","amount":"12","dealstage":"qualifiedtobuy"},'
        '"associations":{"contacts":{"results":[{"id":"1","type":"deal_to_contact"}]}}}]}'
    )
    people = '{"results":[{"id":"1","properties":{"firstname":"Ana","lastname":"Ruiz","email":"a@x.example"}}]}'
    prospects, _ = together(deals, people)
    assert [contact.name for contact in prospects["Roof"].contacts] == ["Ana Ruiz"]


FIVETRAN = """deal_id,deal_pipeline_stage_id,property_amount,property_dealname,_fivetran_synced
501,qualifiedtobuy,24000,Birch roof,2026-11-20 10:00:00
502,contractsent,9000,Alder pump,2026-11-20 10:00:00
"""
ENGAGEMENTS = """id,type,timestamp,owner_id,portal_id,_fivetran_synced
801,CALL,2026-11-02 09:00:00,55,1,2026-11-20 10:00:00
802,CALL,2026-11-10 09:00:00,55,1,2026-11-20 10:00:00
803,EMAIL,2026-11-11 09:00:00,55,1,2026-11-20 10:00:00
"""
TIES = "deal_id,engagement_id,_fivetran_synced\n501,801,2026\n501,802,2026\n502,803,2026\n"
CALLS = (
    "engagement_id,disposition,duration_milliseconds,body,_fivetran_synced\n"
    "801,73a0d17f-1163-4015-bdd5-ec830791da20,0,Tried,2026\n"
    "802,f240bbac-87c9-4f6e-bf70-924b57d47db7,420000,Wants the offer,2026\n"
)


def test_tables_that_only_tie_records_together_lead_to_the_deals() -> None:
    people = (
        "id,property_email,property_firstname,property_lastname\n31,mia@birch.example,Mia,Brandt\n"
    )
    texts = (CALLS, ENGAGEMENTS, "contact_id,deal_id\n31,501\n", people, TIES, FIVETRAN)
    prospects, reports = together(*texts)
    assert [(t.outcome, t.by, t.note) for t in prospects["Birch roof"].touches] == [
        (Outcome.NO_ANSWER, "55", "Tried"),
        (Outcome.TALKED, "55", "Wants the offer"),
    ]
    assert [t.outcome for t in prospects["Alder pump"].touches] == [Outcome.EMAIL]
    assert [contact.name for contact in prospects["Birch roof"].contacts] == ["Mia Brandt"]
    said = [row.words for row in history_rows(reports)]
    assert "file4.csv: 3 links: they say which records belong together" in said
    assert "file0.csv: 2 rows: read with the activities they tell of" in said


def test_a_call_of_a_person_with_two_deals_goes_to_the_deal_it_is_tied_to() -> None:
    with_people = "deal_id,contact_id\n501,31\n502,31\n"
    of_person = "engagement_id,contact_id\n801,31\n802,31\n803,31\n"
    prospects, _ = together(FIVETRAN, of_person, with_people, ENGAGEMENTS, TIES)
    assert [len(p.touches) for p in prospects.values()] == [2, 1]


@pytest.mark.parametrize(("of_calls", "of_meetings"), [("Call ID", "Meeting ID"), ("id", "id")])
def test_calls_and_meetings_that_number_from_1_are_not_one(of_calls: str, of_meetings: str) -> None:
    calls = f"{of_calls},Call Date,Call Result,Deal ID\n1,2026-11-01,No answer,501\n"
    meetings = f"{of_meetings},Meeting Date,Outcome,Deal ID\n1,2026-11-09,Completed,501\n"
    prospects, _ = together(FIVETRAN, calls, meetings)
    assert [t.outcome for t in prospects["Birch roof"].touches] == [
        Outcome.NO_ANSWER,
        Outcome.MEETING,
    ]


ENDED = {
    "a telephone system with both ends of each call": (
        (
            "Call ID,Direction,Status,From,To,Started at,Answered at,Duration (sec)\n"
            "1,outbound,done,+442011,+442079460001,2026-11-01 10:00 UTC,,30\n"
            "2,outbound,done,+442011,+442079460001,2026-11-03 10:00 UTC,2026-11-03 10:01 UTC,290\n"
            "3,inbound,missed,+442079460001,+442011,2026-11-04 10:00 UTC,,0\n"
        ),
        ["no-answer", "talked", "inbound"],
    ),
    "calls of Close": (
        (
            "id,lead_id,lead_name,contact_name,direction,disposition,duration,date_created,phone\n"
            "a1,l1,Birch,Mia,outbound,vm-left,22,2026-11-02T10:00:00+00:00,+442079460001\n"
            "a2,l1,Birch,Mia,outbound,no-answer,0,2026-11-03T10:00:00+00:00,+442079460001\n"
        ),
        ["voicemail", "no-answer"],
    ),
    "a booking page with marks": (
        (
            "Invitee Email,Event Type Name,Start Date & Time,End Date & Time,Canceled,Marked as No-Show\n"
            "mia@b.example,Demo,2026-11-10 10:00,2026-11-10 10:30,false,No\n"
            "mia@b.example,Demo,2026-11-11 10:00,2026-11-11 10:30,true,No\n"
            "mia@b.example,Demo,2026-11-12 10:00,2026-11-12 10:30,false,Yes\n"
        ),
        ["meeting", "no-answer"],
    ),
    "short words of a dialler": (
        (
            "Date,Deal,Type,Disposition\n2026-11-02,Solar,Call,NA\n2026-11-03,Solar,Call,LVM\n"
            "2026-11-04,Solar,Call,DNP\n2026-11-05,Solar,Call,CB\n2026-11-06,Solar,Call,Hung up\n"
        ),
        ["no-answer", "voicemail", "no-answer", "deferred", "talked"],
    ),
    "German words": (
        (
            "Typ;Datum;Vorgang;Ergebnis\nAnruf;02.11.2026;Solar;AB besprochen\n"
            "Anruf;03.11.2026;Solar;Nicht durchgekommen\nAnruf;04.11.2026;Solar;Gespräch geführt\n"
            "Termin;06.11.2026;Solar;Ausgefallen\n"
        ),
        ["voicemail", "no-answer", "talked"],
    ),
}


@pytest.mark.parametrize(("text", "right"), ENDED.values(), ids=list(ENDED))
def test_how_calls_and_meetings_ended_by_words_and_marks(text: str, right: list[str]) -> None:
    deals = "Deal Name,Company,Contact,Email,Phone,Amount,Stage\nSolar,Birch,Mia Brandt,mia@b.example,+442079460001,5,Demo\n"
    here, _ = together(deals, text)
    assert [touch.outcome.value for touch in here["Solar"].touches] == right
