"""Small lists as hands and programs write them, in several languages, with what is right for each."""

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import ImportResult
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stages import StageMeaning
from tests.exchange.support import taken

LISTS = {
    "a sign of several currencies beside a column of codes with words": (
        (
            "Vorgangsnr.,Kunde,Betrag,Währung,Phase,Startdatum\n"
            'V-1,Alder GmbH,"12.500,00",EUR - Euro,Angebot,03.10.2026\n'
            'V-2,Birke AG,"9.000,00",CHF (Schweizer Franken),Verloren,01.08.2026\n'
            "V-3,Eiche,kr 700,SEK,Angebot,05.12.2027\n"
        ),
        [
            "V-1 Alder GmbH: EUR 12500, active, since 2026-10-03",
            "V-2 Birke AG: CHF 9000, dropped, since 2026-08-01",
            "V-3 Eiche: SEK 700, active, since None",
        ],
    ),
    "a dash for no cents, and a number with words before it": (
        (
            "Dealnummer;Dealnaam;Klant;Bedrag;Status;Begindatum;Telefoon\n"
            '1;Dak;Berk BV;€ 24.000,-;Offerte verstuurd;1-10-2026;"m: 06 12345678 / kantoor: 030 1234567"\n'
            "2;Pomp;Eik;€ 9.000,-;Afgewezen;15-8-2026;\n"
            "3;Accu;Iep;15.000;Gewonnen maar niet betaald;20-7-2026;+31 6 1111 2222\n"
            "4;Deur;Els;n.n.b.;Gewonnen;20-7-2026;\n"
        ),
        [
            "1 Dak: EUR 24000, active, since 2026-10-01, 06 12345678",
            "2 Pomp: EUR 9000, dropped, since 2026-08-15",
            "3 Accu: EUR 15000, won, since 2026-07-20, +31 6 1111 2222",
            "4 Deur: None, won, since 2026-07-20",
        ],
    ),
    "lakh and crore, both marks, people in one cell": (
        (
            "Name;Contacts;Value;Status\n"
            "Roof;Mia Brandt (mia@alder.example), Joe Kern (joe@alder.example);4,5 lakh;open\n"
            "Pump;mia@b.example; Rs. 12,34,567 ;dead\n"
            "Grid;Ana Ruiz / Max Dubois;₹ 2 crore;order received\n"
        ),
        [
            "Roof: INR 450000, active, since None, mia@alder.example, joe@alder.example",
            "Pump: INR 1234567, dropped, since None, mia@b.example",
            "Grid: INR 20000000, won, since None, Ana Ruiz, Max Dubois",
        ],
    ),
    "amounts of two countries in a column, words where an address belongs": (
        (
            "Número de oportunidad,Oportunidad,Importe,Estado,Fecha de inicio,Correo\n"
            '77,Techo,"1.234.567,89",En negociación,05/10/2026,"ana@x.example, luis@x.example"\n'
            '78,Bomba,"US$ 9,000.00",Perdida - precio,10/09/2026,\n'
            "79,Pila,15000,Ganada,13/07/2026,no tiene\n"
        ),
        [
            "77 Techo: USD 1234567.89, active, since 2026-10-05, ana@x.example",
            "78 Bomba: USD 9000, dropped, since 2026-09-10",
            "79 Pila: USD 15000, won, since 2026-07-13",
        ],
    ),
    "short years, a day number, a refusal in words": (
        (
            "Deal ID,Deal,Deal size,Curr,Stage,Opened,Do not call\n"
            '1,Roof,"12,500",EUR,Proposal,3-Oct-26,yes\n'
            "2,Pump,(200),USD,Closed - Lost,Jan 5,\n"
            '3,Grid,"9,000.5",,Closed-Won,2026-10-01,no\n'
            "4,Wall,-500,???,Verbal commit,45567,opted out\n"
        ),
        [
            "1 Roof: EUR 12500, active, since 2026-10-03, no phone",
            "2 Pump: None, dropped, since 2026-01-05",
            "3 Grid: USD 9000.50, won, since 2026-10-01",
            "4 Wall: None, active, since 2024-10-02, no phone",
        ],
    ),
    "amounts in thousands, the end in a column of its own, names of currencies": (
        (
            "Prospect,Value (in thousands),Currency,Stage,Won/Lost,Phone\n"
            "Roof,24,US Dollars,Proposal,,none yet\n"
            "Pump,9.5,British pounds,Negotiation,Lost,+44 20 7946 0001\n"
            "Grid,15k,Swiss francs,Contract,Won,\n"
        ),
        [
            "Roof: USD 24000, active, since None",
            "Pump: GBP 9500, dropped, since None, +44 20 7946 0001",
            "Grid: CHF 15000, won, since None",
        ],
    ),
    "a currency that few rows have, and amounts that name another": (
        (
            "Deal ID,Deal,Amount,Currency,Stage\n"
            "1,Roof,24,EUR,Proposal\n"
            "2,Pump,500,tbd,Won back to pipeline\n"
            "3,Grid,700,unknown,Proposal\n"
            "4,Wall,CHF 500,EUR,Proposal\n"
            "5,Door,$700,CAD,Proposal\n"
            "6,Gate,800,later,Proposal\n"
            "7,Hall,900,soon,Proposal\n"
        ),
        [
            "1 Roof: EUR 24, active, since None",
            "2 Pump: None, active, since None",
            "3 Grid: None, active, since None",
            "4 Wall: EUR 500, active, since None",
            "5 Door: CAD 700, active, since None",
            "6 Gate: None, active, since None",
            "7 Hall: None, active, since None",
        ],
    ),
    "Vietnamese and millions in words": (
        (
            "Mã cơ hội,Tên cơ hội,Giá trị,Trạng thái,Ngày bắt đầu\n"
            "CH001,Mái,24.000.000,Đang đàm phán,01/10/2026\n"
            "CH002,Bơm,9 triệu,Thất bại,15/08/2026\n"
            "CH003,Pin,1 tỷ,Thành công,20/07/2026\n"
        ),
        [
            "CH001 Mái: USD 24000000, active, since 2026-10-01",
            "CH002 Bơm: USD 9000000, dropped, since 2026-08-15",
            "CH003 Pin: USD 1000000000, won, since 2026-07-20",
        ],
    ),
    "a place beside the name of the deal, a money sign as the name of a column": (
        (
            "Opportunity Number,Property Name,Opp Status,Estimated $,Weighted $,Opportunity Name\n"
            "7,Alder Yard,Won,2000,2000,Hedges\n8,Birch Court,Lost,900.5,0,Roof\n"
        ),
        [
            "7 Hedges: USD 2000, won, since None",
            "8 Roof: USD 900.50, dropped, since None",
        ],
    ),
    "a currency in small letters, fields of one's own, the code of the country beside the number": (
        (
            "Deal__c:Name,Deal__c:Amount_BRL__c,Deal__c:Stage__c,country_code,mobile_without_country_code\n"
            "Roof,120000,Closed_Won,+55,1191112222\nPump,500,Negotiation,+351,+49 30 1112222\n"
        ),
        [
            "Roof: BRL 120000, won, since None, +55 1191112222",
            "Pump: BRL 500, active, since None, +49 30 1112222",
        ],
    ),
    "a record of Dynamics by its id, its last phase, and a customer who is the account": (
        (
            "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,Opportunity Name,Account,"
            "Potential Customer,Est. revenue,Pipeline Phase\n"
            '8f2c1d2e-01,a==,Roof,Birch,Birch,"$24,000.00",Propose\n'
            '8f2c1d2e-02,b==,Pump,Alder,Alder,"$9,000.00",Close\n'
        ),
        [
            "8f2c1d2e-01 Roof: USD 24000, active, since None",
            "8f2c1d2e-02 Pump: USD 9000, active, since None",
        ],
    ),
    "thousands that only the language of the headers tells": (
        (
            "Firma;Ansprechpartner;Betrag;Status;Datum\n"
            "Acme;Jo Alder;1.200 €;Angebot;31.10.2026\nBeta;Mia Brandt;4.500 €;Auftrag;15.10.2026\n"
        ),
        [
            "Acme: EUR 1200, active, since 2026-10-31, Jo Alder",
            "Beta: EUR 4500, won, since 2026-10-15, Mia Brandt",
        ],
    ),
    "stages that amoCRM numbers alike for all": (
        (
            "id,name,price,responsible_user_id,status_id,pipeline_id,closed_at\n"
            "1,Roof,12000,5,142,31,2026-10-01\n2,Pump,500,5,143,31,2026-10-02\n3,Grid,700,5,204,31,\n"
        ),
        [
            "1 Roof: USD 12000, won, since None",
            "2 Pump: USD 500, dropped, since None",
            "3 Grid: USD 700, active, since None",
        ],
    ),
    "how Bitrix says that a sale is lost, whatever its stage is called": (
        (
            "ID,TITLE,STAGE_ID,STAGE_SEMANTIC_ID,CURRENCY_ID,OPPORTUNITY,CLOSED,ASSIGNED_BY_ID\n"
            "1,Roof,C2:PREPARATION,P,RUB,24000.00,N,5\n2,Pump,C2:9,S,RUB,9000.00,Y,5\n3,Grid,C2:8,F,RUB,5.50,Y,5\n"
        ),
        [
            "1 Roof: RUB 24000, active, since None",
            "2 Pump: RUB 9000, won, since None",
            "3 Grid: RUB 5.50, dropped, since None",
        ],
    ),
    "cents, states by number and bare ids of ActiveCampaign": (
        (
            '{"deals":[{"id":"1","title":"Roof","value":"2400000","currency":"usd","status":"0","stage":"3",'
            '"owner":"1","contact":"31","percent":"60","cdate":"2026-09-01","mdate":"2026-11-01"},'
            '{"id":"2","title":"Pump","value":"900050","currency":"usd","status":"1","stage":"4","owner":"1",'
            '"contact":"32","percent":"100","cdate":"2026-08-01","mdate":"2026-11-01"}]}'
        ),
        [
            "1 Roof: USD 24000, active, since 2026-09-01",
            "2 Pump: USD 9000.50, won, since 2026-08-01",
        ],
    ),
    "millionths as a text, and the milestone of a sale": (
        (
            '[{"id":"1","name":"Roof","amount":{"amountMicros":"24000000000","currencyCode":"EUR"},"milestone":"Won"},'
            '{"id":"2","name":"Pump","amount":{"amountMicros":"9000500000","currencyCode":"EUR"},"milestone":"New"}]'
        ),
        ["1 Roof: EUR 24000, won, since None", "2 Pump: EUR 9000.50, active, since None"],
    ),
    "days with the signs of Japan, names by their ids, a unit of money": (
        (
            "name,monetary_value,monetary_unit,stage,date_created_utc,contactsNames\n"
            'Roof,24000,JPY,Proposal,2026年3月5日,"{""63a1"":""Mia Brandt""}"\n'
        ),
        ["Roof: JPY 24000, active, since 2026-03-05, Mia Brandt"],
    ),
}


def test_a_place_is_the_name_where_nothing_else_is() -> None:
    result = taken("Property Name,Stage,Amount,Owner\nAlder Yard,Offer,900,Ann\nElm,Lost,5,Ann\n")
    assert [p.name for p in result.prospects] == ["Alder Yard", "Elm"]


def test_a_country_in_words_is_no_code_of_a_number() -> None:
    (found,) = taken("Deal,Stage,Country code,Phone\nRoof,Offer,BR,1191112222\n").prospects
    assert [person.phone for person in found.contacts] == ["1191112222"]


def test_a_month_or_quarter_of_an_end_is_its_last_day() -> None:
    text = (
        "Deal,Stage,Close month\nRoof,Won,2026-10\nPump,Proposal,Q1 2027\nGrid,Proposal,Feb 2028\n"
    )
    result = taken(text)
    roof, pump, grid = result.prospects
    assert roof.won
    assert str(roof.won.on) == "2026-10-31"
    assert [str(pump.close_date), str(grid.close_date)] == ["2027-03-31", "2028-02-29"]
    said = "column 'Close month' holds months or quarters: 2026-10 is taken as 31 Oct"
    assert said in result.notices


def test_a_column_that_names_a_currency_is_pointed_out_where_there_is_no_value() -> None:
    text = (
        "Company,Contact,Email,Status,Rate / Quote asked ($)\nAlder,Mia,mia@a.example,New,1153.68\n"
    )
    looked_at = {use.header: use.likely for use in taken(text).columns if use.likely}
    assert looked_at == {"Rate / Quote asked ($)": "value"}


def test_notes_with_numbers_are_all_kept() -> None:
    text = "Deal,Stage,Note1,Note2\nRoof,Proposal,saw the roof,wants slate\n"
    (found,) = taken(text).prospects
    assert all(word in str(found.notes) for word in ("saw the roof", "wants slate"))


@pytest.mark.parametrize(("text", "right"), LISTS.values(), ids=LISTS)
def test_an_untidy_list_gives_what_it_says(text: str, right: list[str]) -> None:
    result: ImportResult = taken(text)
    assert [_told(prospect) for prospect in result.prospects] == right
    assert not result.refused


def test_an_amount_in_another_currency_than_beside_it_is_said_once() -> None:
    row = "Roof,CHF 500,EUR,Proposal"
    result = taken(f"Deal,Amount,Currency,Stage\n{row}\nPump,800,EUR,Proposal\nGrid{row[4:]}\n")
    (said,) = (notice for notice in result.notices if "beside" in notice)
    told, cure = said.split("; ")
    assert told == "2 amounts in CHF beside EUR (rows 2, 4): the column was taken"
    assert cure == "--map Currency= leaves it out"


def _told(prospect: Prospect) -> str:
    value = prospect.value and f"{prospect.value.currency} {prospect.value.amount}"
    place = "won" if prospect.won else str(prospect.column)
    since = prospect.created and prospect.created.date()
    people = [person.email or person.phone or person.name for person in prospect.contacts]
    closed = [f"no {channel}" for channel in prospect.closed_channels]
    title = f"{prospect.external_id} {prospect.name}".strip()
    return ", ".join([f"{title}: {value}", place, f"since {since}", *people, *closed])


@pytest.mark.parametrize(
    "headers", ["Company,Contact,Amount,Status", "Firma,Kontakt,Betrag,Status"]
)
def test_thousands_are_asked_where_the_headers_are_of_no_such_language(headers: str) -> None:
    text = f"{headers}\nAcme,Jo Alder,1.200,Open\n"
    if headers.startswith("Firma"):
        result = taken(text)
        assert [p.value and p.value.amount for p in result.prospects] == [1200]
        assert "1.200 is read as thousands" in " ".join(result.notices)
    else:
        with pytest.raises(InvalidValueError, match="thousands or a fraction"):
            taken(text)


def test_closed_without_saying_how_is_asked_and_the_answer_is_taken() -> None:
    text = "Name,Firma,Betrag,Phase\nDach,Birke,500,Angebot\nZaun,Alder,9,Angebot\nTor,Eiche,7,Abgeschlossen\n"
    result = taken(text)
    asked = [use for use in result.states if not use.is_known]
    assert [(use.word, use.count, use.meaning.name) for use in asked] == [
        ("Abgeschlossen", 1, "CLOSED")
    ]
    assert len(result.refused) == 1
    answered = taken(text, stages={"Abgeschlossen": StageMeaning.WON})
    assert not answered.refused
    assert not [use for use in answered.states if not use.is_known]


def test_the_name_of_an_owner_comes_before_their_id_and_address() -> None:
    text = "name,amount,stage,assignedUserId,assignedUserName,owner_email\nRoof,5,Offer,u1,Rob Lane,r@us.example\n"
    assert [p.owner for p in taken(text).prospects] == ["Rob Lane"]
    assert [p.owner for p in taken(text.replace("assignedUserName", "x")).prospects] == [
        "r@us.example"
    ]


def test_rows_that_begin_with_nothing_and_hold_days_alone_are_rows_of_the_list() -> None:
    header = "Absage - Grund,Created,Erstgespräch,Angebot unterschrieben,utm_campaign\n"
    rows = "Falsche Nummer,2026-04-01,,,Solar\n,2026-04-01,,,\n,2026-04-03,2026-04-09,,\n"
    result = taken(header + rows + "zu teuer,2026-04-05,,,Solar\n")
    assert result.skipped == ()
    assert len(result.prospects) == 4


@pytest.mark.parametrize("numbers", [("500", "700", "1200"), ("500,00", "1.700,50", "2.200,50 €")])
def test_numbers_alone_are_a_total_only_where_a_sum_fits(numbers: tuple[str, str, str]) -> None:
    rows = [f"{name};Open;{n}\n" for name, n in zip(("Alder", "Birch"), numbers, strict=False)]
    result = taken(f"Company;Status;Value\n{''.join(rows)};;{numbers[2]}\n")
    assert [(row.row, row.reason) for row in result.skipped] == [
        (4, "only numbers, as a totals row has them")
    ]
    other = taken(f"Company;Status;Value\n{''.join(rows)};;9{numbers[2]}\n")
    assert [row.row for row in other.refused] == [4], "a row that has no name is told as refused"


def test_a_grand_total_under_another_column_is_no_row_whatever_it_sums_up() -> None:
    rows = "1,Alder,Open,500\n2,Birch,Open,700\n,,Grand Total,1100\n"
    result = taken(f"Record Id,Deal Name,Stage,Amount\n{rows}")
    assert [p.name for p in result.prospects] == ["Alder", "Birch"]
    assert [(row.row, row.reason) for row in result.skipped] == [(4, "a totals row")]
    assert not result.refused


@pytest.mark.parametrize(
    "headers",
    [
        "Amount (converted) Currency,Amount (converted),Amount Currency,Amount",
        "Currency of x,Est. revenue (Base),Currency,Est. revenue",
        "Betrag (umgerechnet) Währung,Betrag (umgerechnet),Währung,Betrag",
    ],
)
def test_an_amount_that_the_program_converted_comes_behind_the_deals_own(headers: str) -> None:
    """26,000 converted dollars came in as 26,000 euros."""
    result = taken(f"Opportunity Name,Stage,{headers}\nRoof,Proposal,USD,26000,EUR,24000\n")
    assert [str(p.value and p.value.amount) for p in result.prospects] == ["24000"]
    assert [p.value and p.value.currency for p in result.prospects] == ["EUR"]


@pytest.mark.parametrize(
    "header",
    ["Removed at", "Trashed on", "Deleted Time", "Archive time", "Gelöscht am", "Supprimé le"],
)
def test_a_day_says_that_a_row_was_deleted_or_archived(header: str) -> None:
    rows = "Roof,Birch,Proposal,9,\nPump,Oak,Proposal,9,2026-10-01\n"
    result = taken(f"Deal,Company,Stage,Amount,{header}\n{rows}")
    assert [p.name for p in result.prospects] == ["Roof"]
    assert "--include-retired" in " ".join(result.notices)


def test_columns_of_other_programs_are_known() -> None:
    text = (
        "Opportunity Name,Party Name,Likely,Current State,Stage\n"
        "Roof,Birch,24000,OPEN,Proposal\nPump,Oak,9000,LOST,Proposal\nSun,Fir,100,SUSPENDED,Proposal\n"
    )
    found = [
        (p.company, str(p.value and p.value.amount), p.column.value) for p in taken(text).prospects
    ]
    assert found == [
        ("Birch", "24000", "active"),
        ("Oak", "9000", "dropped"),
        ("Fir", "100", "nurture"),
    ]
    (sugar,) = taken("name,account_name,amount_usdollar,sales_stage\nRoof,Birch,5,New\n").prospects
    assert sugar.value
    assert sugar.value.currency == "USD"


def test_a_count_of_the_rows_with_their_sum_and_who_exported_it_are_no_deals() -> None:
    rows = "Roof,Birch,Proposal,24000\nPump,Oak,Proposal,9000\n2 deals,,,33000\n"
    result = taken(f"Deal,Company,Stage,Value\n{rows}Exported 29 Nov 2026 by Ann,,,\n")
    assert [p.name for p in result.prospects] == ["Roof", "Pump"]
    assert [row.reason for row in result.skipped] == ["a totals row", "a footer"]
    other = taken(f"Deal,Company,Stage,Value\n{rows.replace('33000', '500')}")
    assert [p.name for p in other.prospects][-1] == "2 deals"


def test_a_company_that_begins_with_a_number_is_no_totals_row() -> None:
    rows = "1,Roof,Birch,Open,500\n,,7 Eleven,,900\n,,24 Hours,,\n"
    result = taken(f"No,Deal,Company,Stage,Value\n{rows}")
    assert result.skipped == ()
    assert [p.company for p in result.prospects] == ["Birch", "7 Eleven", "24 Hours"]


def test_a_title_between_lines_and_another_table_below_are_no_deals() -> None:
    rows = "Roof,Birch,Proposal,24000\n--- Closed ---,,,\nPump,Oak,Lost,9000\n"
    below = ",,,\nCompanies,,,\nCompany,Phone,,\nBirch,555-0142,,\nOak,555-0143,,\n"
    result = taken(f"Deals,,,\nName,Company,Stage,Value\n{rows}{below}")
    assert [p.name for p in result.prospects] == ["Roof", "Pump"]
    assert [row.reason for row in result.skipped][1:] == [
        "a group title",
        *["of another table below the list"] * 4,
    ]


def test_amounts_in_cents_are_said_to_be() -> None:
    result = taken("name,stage,amount_cents,currency\nRoof,Proposal,2400050,EUR\n")
    assert [str(p.value and p.value.amount) for p in result.prospects] == ["24000.50"]
    assert "column 'amount_cents' is in cents: 1 is 0.01" in result.notices
