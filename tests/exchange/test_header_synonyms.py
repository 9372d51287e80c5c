from decimal import Decimal
from unittest.mock import patch

import pytest

from review_board.exchange import header_synonyms
from review_board.exchange.header_synonyms import (
    FIELDS,
    MANY,
    SYNONYMS,
    header_currency,
    header_scale,
    is_known,
    meaning_of,
    prefix_kind,
)
from review_board.exchange.header_words import canonical
from review_board.exchange.read_files import import_bytes
from tests.exchange.support import NOW

VENDORS = {
    # HubSpot
    "Record ID": "id", "Deal Name": "name", "dealname": "name", "property_dealname": "name",
    "properties.amount": "value", "Deal Stage": "stage", "property_hs_object_id": "id",
    "Closed Lost Reason": "lost_reason", "Last Activity Date": "last_activity", "MRR": "value",
    "Monthly recurring revenue": "value", "Annual recurring revenue": "value",
    "Projected Revenue - High": "value", "Projected Revenue (High)": "value", "Expected recurring revenue": "value",
    "Next Activity Date": "next_activity", "Associated Company": "company",
    "Deal probability": "probability", "hs_is_closed_won": "is_won", "Create Date": "created",
    # Salesforce
    "STAGENAME": "stage", "IsWon": "is_won", "Loss_Reason__c": "lost_reason",
    "Opportunity Name": "name", "Opportunity Owner": "owner", "Probability (%)": "probability",
    "NextStep": "next_step", "LeadSource": "source", "CreatedDate": "created",
    # Zoho
    "Potential Name": "name", "Potential Owner": "owner", "Closing Date": "close_date",
    "Created Time": "created", "CONVERTED": "is_converted",
    # Pipedrive
    "Deal - Title": "name", "Deal - Value": "value", "Deal - Currency of value": "currency",
    "Deal - Status": "status", "Deal - Stage": "stage", "Organization - Name": "company",
    "Deal - Organization": "company", "Person - Name": "contact",
    "Deal - Contact person": "contact", "Person - Email (Work)": "email",
    "Person - Phone (Mobile)": "phone", "Deal - Expected close date": "expected_close",
    "Deal - Deal created": "created", "Deal - Won time": "won_on", "Deal - Lost time": "lost_on",
    "Deal - Lost reason": "lost_reason", "Deal - Next activity date": "next_activity",
    "org_name": "company", "add_time": "created", "Deal - Label": "tags",
    "partner_id": "company", "email_from": "email", "date_deadline": "expected_close",
    "pointOfContact / name / firstName": "first_name", "Account Exec": "owner", "Lost because": "lost_reason",
    # Close, Dynamics, Odoo, Insightly, Copper
    "status_label": "status", "date_created": "created", "Topic": "name",
    "Est. Revenue": "value", "Est. Close Date": "expected_close",
    "Potential Customer": "company", "Expected Closing": "expected_close",
    "Opportunity State": "status", "User Responsible": "owner", "Win Probability": "probability",
    # Maven, monday, hand-made
    "sales_agent": "owner", "engage_date": "created", "close_value": "value",
    "Masked Deal value": "value", "Client Code": "company", "Owner code": "owner",
    "Closure Probability": "probability", "Tentative Close Date": "expected_close",
    "Close Date (A)": "close_date", "Firm": "company", "Full Name": "contact", "Mail": "email",
    "Ph. Number": "phone", "Mob": "phone", "assigned_rep": "owner", "outcome": "status",
    # German and Spanish
    "Auftragswert (€)": "value", "Absage - Grund": "lost_reason", "Ansprechpartner": "contact",
    "Zeitpunkt gewonnen": "won_on", "Verlustdatum": "lost_on", "Zuständig": "owner", "Erwarteter Abschluss": "expected_close", "Währung": "currency",
    "empresa": "company", "importe_eur": "value", "etapa": "stage", "responsable": "owner",
    "última_actividad": "last_activity", "cierre_previsto": "expected_close",
}  # fmt: skip


COMPOUND = {
    "current_status": "status", "stage_id": "stage", "crm_status": "status", "manager_id": "owner",
    "expected_amount": "value", "estimated_deal_value_usd": "value", "Amount / Amount": "value",
    "Amount / Currency": "currency", "Amount Currency": "currency", "CURRENCY_ID": "currency",
    "Sales account": "company", "Company / Name": "company", "Associated Company": "company",
    "Expected Closure Date": "expected_close", "Work Direct Phone": "phone", "Home Phone 2": "phone",
    "Associated Contact Email": "email", "Point of Contact / First Name": "first_name",
    "emailAddress": "email", "Deal Closing Date": "close_date", "Target close": "expected_close",
    "Has Opted Out of Email": "do_not_email", "Do Not Call": "do_not_call", "Deleted at": "is_deleted",
    "Montant estimé": "value", "Étape de la transaction": "stage", "Rufnummer geschäftlich": "phone",
    "Account Name: Account Name": "company", "Valor estimado": "value", "Geschatte waarde": "value", "Empresa asociada": "company",
}  # fmt: skip


FURTHER = {
    "Estimated $": "value", "Value £k": "value", "Account__r.Name": "company",
    "probability_pct": "probability", "contact_datetime": "contacted", "quote_ts": "quote_sent",
    "Final decision date": "close_date", "calls_amount": "times_contacted", "seller_id": "owner",
    "Assigned agent": "owner", "Date of inquiry": "created", "num_touches": "times_contacted",
    "funnel_stage": "stage", "next_best_action": "next_step",
    "Zuständiger Mitarbeiter für Deal": "owner", "Verantwortlicher Benutzer": "owner",
    "Revenu espéré": "value", "Fermeture prévue": "expected_close",
    "ID de fiche d'informations": "id", "Usuario Asignado": "owner", "Ingreso esperado": "value",
    "Nome da negociação": "name", "Pessoa relacionada": "contact",
    "Data de término prevista": "expected_close", "Ricavo previsto": "value",
    "Fase dell'offerta": "stage", "Gekoppeld bedrijf": "company",
    "Verwachte afsluiting": "expected_close", "Ответственный сотрудник": "owner",
    "Giai đoạn giao dịch": "stage", "Ngày kỳ vọng/kết thúc": "expected_close",
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "field"), [*VENDORS.items(), *COMPOUND.items(), *FURTHER.items()]
)
def test_what_vendors_call_a_field(header: str, field: str) -> None:
    """By its name, with words beside it that qualify, and in further products and languages."""
    found = meaning_of(header)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "header",
    [
        "Expected Revenue Currency", "Deal value in Base Currency", "Email Status", "Stage changed",
        "Collected Amount", "Time in stage", "Previous stage", "Number of contacts", "company_id",
        "Lead Score", "Close reason code", "Tax amount", "Phone type",
    ],
)  # fmt: skip
def test_other_words_make_it_another_column(header: str) -> None:
    assert not is_known(header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Industry",
        "Weighted value",
        "Weighted $",
        "Cost $",
        "Annual Revenue",
        "contact_id",
        "Last Modified Date",
        "Ökö",
    ],
)
def test_what_is_not_known_is_not_guessed(header: str) -> None:
    assert not is_known(header)


def test_no_word_means_two_fields() -> None:
    words = [word for words in SYNONYMS.values() for word in words.split()]
    assert len(words) == len(set(words))
    assert MANY <= FIELDS


def test_a_field_goes_by_its_own_name() -> None:
    meanings = {name: meaning_of(name) for name in FIELDS}
    assert {name: found.field for name, found in meanings.items() if found} == {
        n: n for n in FIELDS
    }


def test_words_are_written_as_they_are_compared() -> None:
    words = [word for words in SYNONYMS.values() for word in words.split()]
    assert [word for word in words if canonical(word) != word] == []


def test_the_first_word_tells_the_kind() -> None:
    assert prefix_kind("Deal Name") == prefix_kind("OpportunityID") == "deals"
    assert prefix_kind("Lead Status") == "leads"
    assert prefix_kind("Company") == ""


@pytest.mark.parametrize(
    ("header", "currency"),
    [("importe_eur", "EUR"), ("Amount (USD)", "USD"), ("Amount in Rupees", "INR"), ("Wert (€)", "EUR"),
     ("Amount", ""), ("Neuronal", ""), ("amount_brl", "BRL"), ("deal_value_cad", "CAD"), ("Amount ($)", "USD"),
     ("US$ Value", "USD"), ("Value (C$)", "CAD"), ("Totals$", "USD"), ("amount_all", ""), ("Price per sq ft", "")],
)  # fmt: skip
def test_a_header_may_name_the_currency(header: str, currency: str) -> None:
    assert header_currency(header) == currency


@pytest.mark.parametrize(
    ("header", "scale"),
    [("Value £k", 1000), ("ARR ($K)", 1000), ("Amount ($000)", 1000), ("Value ($M)", 1000_000),
     ("Amount EUR mn", 1000_000), ("Amount ($)", 1), ("Deal size (m)", 1),
     ("amount_cents", "0.01"), ("Value (in cents)", "0.01"), ("Percent of cent", 1)],
)  # fmt: skip
def test_a_header_may_say_thousands_millions_or_cents(header: str, scale: str | int) -> None:
    assert header_scale(header) == Decimal(scale)


def test_each_of_thousands_of_headers_is_made_out_once() -> None:
    names = [f"gamma zone {number}" for number in range(6000)]
    listed = ",".join(["Deal Name", "Amount", "Deal Stage", *names])
    row = ",".join(["Acme", "100", "Open", *(["x"] * len(names))])
    asked = f"{meaning_of.__module__}.read_compound"
    with patch(asked, wraps=header_synonyms.read_compound) as read_compound:
        result = import_bytes(f"{listed}\n{row}\n".encode(), now=NOW)
    assert len(result.unmapped) == len(names)
    assert read_compound.call_count <= len(names) + 10
