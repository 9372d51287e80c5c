"""Lists as other products write them, from the outside in: one small file each."""

from review_board.exchange.import_result import ImportResult
from review_board.pipeline.vocabulary import Column, DropReason
from tests.exchange.support import taken


def columns_of(result: ImportResult) -> list[str]:
    return ["won" if p.won else p.column.value for p in result.prospects]


def test_pipedrive() -> None:
    result = taken(
        "Deal - Title,Deal - Value,Deal - Currency of value,Organization - Name,Deal - Status,"
        "Deal - Stage,Deal - Next activity date,Deal - Lost time,Deal - Lost reason,Deal - ID\n"
        'Acme deal,"1,200",EUR,Acme,Open,Contact Made,2026-11-30,,,11\n'
        "Bolt deal,500,USD,Bolt,Lost,Proposal Made,,2026-03-04 09:00:00,Chose a competitor,12\n"
    )
    assert columns_of(result) == ["active", "dropped"]
    acme, bolt = result.prospects
    assert acme.value is not None
    assert (str(acme.value.amount), acme.value.currency) == ("1200", "EUR")
    assert acme.next_step is not None
    assert bolt.drop is not None
    assert (str(bolt.drop.at.date()), bolt.drop.reason) == (
        "2026-03-04",
        DropReason.BOUGHT_ELSEWHERE,
    )


def test_monday_with_groups_subtotals_and_repeated_headers() -> None:
    header = "Name,Owner,Stage,Deal Value,Expected Close Date,Contacts\n"
    result = taken(
        f"Deals,,,,,\n,,,,,\nActive deals,,,,,\n{header}"
        "Acme,Ann,Negotiation,5000,2026-12-01,Bob\n,,,5000,,\n,,,,,\n"
        f"Closed Won,,,,,\n{header}Cora,Ann,Won,900,2026-10-01,Cy\n,,,900,,\n"
    )
    assert columns_of(result) == ["active", "won"]
    assert [row.row for row in result.skipped] == [1, 3, 6, 8, 9, 11]


def test_a_salesforce_report_with_its_footer() -> None:
    result = taken(
        '"Opportunity Name","Account Name","Stage","Amount","Probability (%)","Close Date"\n'
        '"Acme - 200","Acme","Negotiation","USD 1,500.00","90%","3/31/2026"\n\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc."\n"Confidential Information"\n'
    )
    (prospect,) = result.prospects
    assert str(prospect.close_date) == "2026-03-31"
    assert str(prospect.probability) == "0.9"
    assert [row.reason for row in result.skipped] == ["a footer", "a footer"]


def test_a_spanish_list() -> None:
    result = taken(
        "oportunidad;empresa;contacto;importe_eur;etapa;responsable;cierre_previsto\n"
        "Web;Talleres Ruiz;Ana;12.500,00;Propuesta enviada;Luis;31/12/2026\n"
        "CRM;Bodegas Sol;Pedro;3.200,50;Cerrada perdida;Luis;01/09/2026\n"
    )
    assert columns_of(result) == ["active", "dropped"]
    assert [f"{p.value.amount} {p.value.currency}" for p in result.prospects if p.value] == [
        "12500 EUR",
        "3200.50 EUR",
    ]


def test_a_german_list_from_excel() -> None:
    result = taken(
        "Firma;Ansprechpartner;Telefon;Auftragswert;Phase;Zuständig;Wiedervorlage\r\n"
        "Müller GmbH;Herr Müller;0711 123456;1.234,56 €;Angebot;Petra;30.11.2026\r\n".encode(
            "cp1252"
        )
    )
    (prospect,) = result.prospects
    assert (prospect.name, prospect.owner) == ("Müller GmbH", "Petra")
    assert prospect.next_step is not None
    assert str(prospect.next_step.on) == "2026-11-30"


def test_a_list_in_our_own_words() -> None:
    result = taken(
        "name,company,column,value,owner,next_step,next_activity,locations,probability\n"
        "Harbor,Harbor Inc,active,24000,ann,call,2026-12-01,1,0.3\n"
        "Lakeside,,callback-pending,18000,ann,,2026-12-05,2,0.2\n"
        "Pell,,nurture,5,ann,,,1,0\n"
    )
    assert [p.column for p in result.prospects] == [
        Column.ACTIVE,
        Column.CALLBACK,
        Column.NURTURE,
    ]
    assert result.prospects[0].tags == ()
    assert result.prospects[1].locations == 2
