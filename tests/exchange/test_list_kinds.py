import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import ImportOptions
from review_board.exchange.list_kinds import UNKNOWN, kind_to_import, recognise
from review_board.exchange.read_files import import_files
from tests.exchange.support import NOW, taken

LISTS = [
    ("deals", "Pipedrive", "Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Organization - Name"),
    ("deals", "Pipedrive", "title,value,currency,status,org_name,person_name,add_time,won_time"),
    ("deals", "Dynamics", "Topic,Potential Customer,Est. Close Date,Est. Revenue,Status Reason,Owner"),
    ("deals", "Salesforce", "Id,Name,AccountId,StageName,Amount,CloseDate,IsWon,IsDeleted,OwnerId"),
    ("deals", "Zoho", "Potential Name,Potential Owner,Closing Date,Stage,Amount,Created Time"),
    ("deals", "a list", "empresa,contacto,importe_eur,etapa,responsable,cierre_previsto"),
    ("deals", "a list", "Firma,Ansprechpartner,Auftragswert,Phase,Zuständig"),
    ("deals", "a list", "Deal Name,Owner code,Client Code,Deal Status,Closure Probability,Deal Stage"),
    ("deals", "a list", "company,amount"),
    ("deals", "a list", "No,Owner,Phone,Contact,Status,Company,Deal Name,Email"),
    ("leads", "an advertisement", "id,created_time,ad_id,ad_name,form_id,form_name,full_name,email"),
    ("leads", "a list", "prospecto_id,nombre_empresa,fecha_contacto,estado"),
    ("leads", "a list", "id,status,business_name,business_phone,assigned_to"),
    ("leads", "a list", "Firm,Full Name,Mail,Ph. Number,assigned_rep,outcome"),
    ("contacts", "a list", "First Name,Last Name,Email,Phone,Account Name,Title"),
    ("companies", "a list", "Company name,Industry,Website,Employees"),
    ("activities", "a list", "Activity Date,Activity Type,Subject,Deal Name"),
    ("activities", "a list", "ID,Contacto,Email Contacto,Agente,Canal,Dirección,Asunto,Ocurrió,Creado"),
    ("activities", "a list", "id,lead_id,kind,created_on"),
    ("orders", "a list", "archivo,empresa,fecha,descripcion,cantidad,precio_unitario,precio_total"),
    ("orders", "a list", "Order ID,Customer,Order Date,Quantity,Amount"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "origin", "headers"), LISTS)
def test_lists_are_told_by_their_columns(kind: str, origin: str, headers: str) -> None:
    found = recognise(headers.split(","))
    assert (found.kind, found.origin) == (kind, origin)


def test_a_file_that_is_left_out_says_how_to_go_on() -> None:
    files = [
        ("deals.csv", b"Deal Name,Deal Stage,Amount\nRoof,Proposal,900\n"),
        ("x.csv", b"age,job\n1,a\n"),
    ]
    found = import_files(files, now=NOW, options=ImportOptions())
    (warning,) = found.warnings
    assert warning.endswith(
        "say --kind deals, --kind leads or --kind activities (of one of several files: FILE=KIND), and --map the columns"
    )


def test_confidence_is_said_in_words() -> None:
    sure = recognise(["Deal Name", "Deal Stage", "Amount"])
    likely = recognise(["Name", "Email", "Phone", "Status", "Company"])
    assert sure.confidence == "taken as a list of deals"
    told = "probably a list of leads; 'Email', 'Phone' may be of contacts: that changes nothing"
    assert likely.confidence == told
    either = recognise(
        ["Title", "Value", "Contact", "Phone", "Expected close", "Status", "Organization"]
    )
    assert either.confidence.endswith("; 'Contact', 'Phone' may be of leads: say so if it is")


def test_other_lists_are_refused_by_what_they_are() -> None:
    with pytest.raises(InvalidValueError, match=r"a list of contacts, not of deals.*--kind leads"):
        kind_to_import(recognise(["First Name", "Last Name", "Email", "Contact Owner"]).kind)
    with pytest.raises(
        InvalidValueError, match=r"activities \(calls, tasks, meetings, a calendar\)"
    ):
        kind_to_import(recognise(["Call Start Time", "Call Type", "Subject"]).kind)


def test_columns_that_tell_nothing_are_not_guessed() -> None:
    assert recognise(["age", "job", "balance"]) is UNKNOWN
    with pytest.raises(InvalidValueError, match="do not tell"):
        kind_to_import(UNKNOWN.kind)


LEADS = "name,email,phone,status\nMia Brandt,mia@a.example,030 111,Interested\nJoe Kern,joe@b.example,030 222,New\n"


def test_people_with_states_of_a_sale_are_leads() -> None:
    found = taken(LEADS)
    assert [(p.name, p.stage) for p in found.prospects] == [
        ("Mia Brandt", "Interested"),
        ("Joe Kern", "New"),
    ]
    told = "it is a list of contacts"
    with pytest.raises(InvalidValueError, match=told):
        taken(LEADS.replace("Interested", "active").replace("New", "inactive"))


def test_beside_a_list_of_deals_they_are_its_people() -> None:
    deals = b"Deal Name,Deal Stage,Amount,Email\nRoof,Proposal,900,mia@a.example\n"
    files = [("deals.csv", deals), ("people.csv", LEADS.encode())]
    found = import_files(files, now=NOW, options=ImportOptions())
    assert [p.name for p in found.prospects] == ["Roof"]
