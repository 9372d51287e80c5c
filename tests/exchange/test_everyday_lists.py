"""Lists with cells, words and rows as people and programs write them: what becomes of each row."""

import pytest

from tests.exchange.support import taken
from tests.exchange.test_spreadsheets import Cell, sheet_xml, workbook
from tests.exchange.test_vendors import told

LISTS: dict[str, tuple[str, str | None, list[str]]] = {
    "boxes with the last email of theirs": (
        (
            "Box Name,Stage,Assigned To,Notes,Deal Size,Close Date,Date Created,Last Email Received,Is Archived\n"
            "Birch Hall solar,Pitched,rob@x.example,,24000,12/18/2026,10/1/2026,11/20/2026,No\n"
            "Oak Lane pump,Closed - Lost,rob@x.example,,9000,9/30/2026,8/1/2026,,No\n"
            "Old box,Lead,rob@x.example,,1000,9/30/2026,8/1/2026,,Yes\n"
        ),
        None,
        [
            "Birch Hall solar: active, USD 24000, closes 2026-12-18, of rob@x.example, contact 2026-11-20T00:00",
            "Oak Lane pump: dropped, USD 9000, closes 2026-09-30, of rob@x.example",
        ],
    ),
    "rupees in lakhs and crores": (
        (
            "Deal,Company,Amount,Stage\n"
            "Solar,Birch,INR 12 lakh,Proposal\n"
            "Pump,Oak,₹ 1.5 Cr,Proposal\n"
            "Van,Elm,Rs. 7.5L,Proposal\n"
            'Bike,Ash,"₹12,50,000",Proposal\n'
            "Car,Yew,Rs 45k/-,Proposal\n"
        ),
        None,
        [
            "Solar (Birch): active, INR 1200000",
            "Pump (Oak): active, INR 15000000",
            "Van (Elm): active, INR 750000",
            "Bike (Ash): active, INR 1250000",
            "Car (Yew): active, INR 45000",
        ],
    ),
    "thin blanks and francs without cents": (
        (
            "Deal,Company,Amount,Stage\n"
            "Solar,Birch,CHF 24'000.--,Proposal\n"
            "Pump,Oak,24’500.50 CHF,Proposal\n"
            "Van,Elm,7\u202f500 €,Proposal\n"
            "Bike,Ash,EUR 1\u2009234.50,Proposal\n"
            "Car,Yew,Fr. 900.-,Proposal\n"
        ),
        None,
        [
            "Solar (Birch): active, CHF 24000",
            "Pump (Oak): active, CHF 24500.5",
            "Van (Elm): active, EUR 7500",
            "Bike (Ash): active, EUR 1234.5",
            "Car (Yew): active, CHF 900",
        ],
    ),
    "thousands of euros in the header": (
        "Deal;Firma;Wert in TEUR;Phase\nSolar;Birke;24;Angebot\nPumpe;Eiche;9,5;Angebot\n",
        None,
        [
            "Solar (Birke): active, EUR 24000",
            "Pumpe (Eiche): active, EUR 9500",
        ],
    ),
    "a yearly premium": (
        "Deal,Company,Est. Annual Premium,Stage\nSolar,Birch,24000,Proposal\n",
        None,
        [
            "Solar (Birch): active, USD 24000",
        ],
    ),
    "net new revenue": (
        "Deal,Company,Net New ARR,Stage\nSolar,Birch,24000,Proposal\n",
        None,
        [
            "Solar (Birch): active, USD 24000",
        ],
    ),
    "a reason of close": (
        (
            "Opportunity Name,Account Name,Primary Contact,Value,Currency,Sales Step,Status,Closing Date,Owner,Reason of close\n"
            "Solar,Birch,Mia,24000,EUR,Proposal,Open,2026-12-18,Rob,\n"
            "Pump,Oak,Ted,9000,EUR,Proposal,Lost,2026-09-30,Rob,Price too high\n"
        ),
        None,
        [
            "Solar (Birch): active, EUR 24000, Mia, closes 2026-12-18, of Rob",
            "Pump (Oak): dropped, EUR 9000, Ted, closes 2026-09-30, of Rob, Price too high",
        ],
    ),
    "a Dutch amount without tax": (
        (
            "Titel;Klant;Contactpersoon;Bedrag excl. btw;Valuta;Fase;Verantwoordelijke;Verwachte afsluitdatum;Reden van weigering;Aangemaakt op\n"
            "Zonnedak;Berk BV;Mia;24.000,00;EUR;Offerte verstuurd;Rob;18/12/2026;;01/10/2026\n"
            "Pomp;Eik BV;Ted;9.000,00;EUR;Geweigerd;Rob;30/09/2026;Te duur;01/08/2026\n"
        ),
        None,
        [
            "Zonnedak (Berk BV): active, EUR 24000, Mia, closes 2026-12-18, of Rob",
            "Pomp (Eik BV): dropped, EUR 9000, Ted, closes 2026-09-30, of Rob, Te duur",
        ],
    ),
    "parts of a year and rough amounts": (
        (
            "Company,Contact,Value,Stage,Close date\n"
            "Birch,Mia,24000,Proposal,2026-12-18\n"
            "Oak,Ted,on request,Proposal,ASAP\n"
            "Elm,Ana,n/a,Demo,Q2 2027\n"
            "Ash,Lea,5-10k,Demo,end of March\n"
            "Yew,Kim,ca. 8.000,Demo,2026-W51\n"
            'Fir,Jo,"up to 12,000",Demo,mid January\n'
            "Bay,Al,POA,Demo,spring\n"
            "Gum,Bo,>50k,Demo,2027\n"
        ),
        None,
        [
            "Birch (Birch): active, USD 24000, Mia, closes 2026-12-18",
            "Oak (Oak): active, Ted",
            "Elm (Elm): active, Ana, closes 2027-06-30",
            "Ash (Ash): active, Lea, closes 2027-03-31",
            "Yew (Yew): active, Kim, closes 2026-12-20",
            "Fir (Fir): active, Jo, closes 2027-01-15",
            "Bay (Bay): active, Al",
            "Gum (Gum): active, Bo, closes 2027-12-31",
        ],
    ),
    "days with their weekday": (
        (
            "Company,Contact,Value,Stage,Next call\n"
            'Birch,Mia,24000,Proposal,"Wed, 2 Dec 2026"\n'
            "Oak,Ted,9000,Proposal,Thursday 3 December 2026\n"
            "Elm,Ana,5000,Demo,Fri 4-Dec-26\n"
            'Ash,Lea,5000,Demo,"Monday, December 7th, 2026"\n'
            "Yew,Kim,7000,Demo,tomorrow\n"
            "Fir,Jo,7000,Demo,next Monday\n"
        ),
        None,
        [
            "Birch (Birch): active, USD 24000, Mia, next 2026-12-02",
            "Oak (Oak): active, USD 9000, Ted, next 2026-12-03",
            "Elm (Elm): active, USD 5000, Ana, next 2026-12-04",
            "Ash (Ash): active, USD 5000, Lea, next 2026-12-07",
            "Yew (Yew): active, USD 7000, Kim",
            "Fir (Fir): active, USD 7000, Jo",
        ],
    ),
    "German words of who is not to be called": (
        (
            "Name;Firma;Telefon;Status;Bemerkung\n"
            "Mia Brandt;Birke GmbH;030 123;nicht mehr anrufen;\n"
            "Ted Voss;Eiche AG;030 124;Werbesperre;\n"
            "Ana Reis;Ulme KG;030 125;kein Interesse;\n"
            "Lea Noll;Esche KG;030 126;Wiedervorlage;\n"
            "Jo Kern;Fichte KG;030 127;Anrufsperre;\n"
            "Kim Park;Weide KG;030 128;bitte keine Werbung;\n"
        ),
        "leads",
        [
            "Birke GmbH - Mia Brandt (Birke GmbH): dropped, Mia Brandt 030 123, nicht mehr anrufen, leave alone",
            "Eiche AG - Ted Voss (Eiche AG): dropped, Ted Voss 030 124, Werbesperre, leave alone",
            "Ulme KG - Ana Reis (Ulme KG): dropped, Ana Reis 030 125, kein Interesse",
            "Esche KG - Lea Noll (Esche KG): callback-pending, Lea Noll 030 126",
            "Fichte KG - Jo Kern (Fichte KG): dropped, Jo Kern 030 127, Anrufsperre, leave alone",
            "Weide KG - Kim Park (Weide KG): dropped, Kim Park 030 128, bitte keine Werbung, leave alone",
        ],
    ),
    "the same in other languages": (
        (
            "Name,Company,Phone,Status\n"
            "A,B1,1,No contactar\n"
            "C,B2,2,No llamar\n"
            "D,B3,3,Non contattare\n"
            "E,B4,4,Não contatar\n"
            "F,B5,5,Niet bellen\n"
            "G,B6,6,Nie dzwonić\n"
            "H,B7,7,Ring inte\n"
            "I,B8,8,Opted out\n"
            "J,B9,9,GDPR - remove\n"
            "K,B10,10,Blacklisted\n"
        ),
        "leads",
        [
            "B1 - A (B1): dropped, A 1, No contactar, leave alone",
            "B2 - C (B2): dropped, C 2, No llamar, leave alone",
            "B3 - D (B3): dropped, D 3, Non contattare, leave alone",
            "B4 - E (B4): dropped, E 4, Não contatar, leave alone",
            "B5 - F (B5): dropped, F 5, Niet bellen, leave alone",
            "B6 - G (B6): dropped, G 6, Nie dzwonić, leave alone",
            "B7 - H (B7): dropped, H 7, Ring inte, leave alone",
            "B8 - I (B8): dropped, I 8, Opted out, leave alone",
            "B9 - J (B9): dropped, J 9, GDPR - remove, leave alone",
            "B10 - K (B10): dropped, K 10, Blacklisted, leave alone",
        ],
    ),
    "German columns of consent": (
        (
            "Name;Firma;E-Mail;Telefon;Telefonwerbung erlaubt;Newsletter abgemeldet;Kontaktsperre\n"
            "Mia;Birke;mia@b.example;1;ja;nein;nein\n"
            "Ted;Eiche;ted@o.example;2;nein;nein;nein\n"
            "Ana;Ulme;ana@e.example;3;ja;ja;nein\n"
            "Lea;Esche;lea@e.example;4;ja;nein;ja\n"
        ),
        "leads",
        [
            "Birke - Mia (Birke): active, Mia mia@b.example 1",
            "Eiche - Ted (Eiche): active, Ted ted@o.example 2, no phone",
            "Ulme - Ana (Ulme): active, Ana ana@e.example 3, no email",
            "Esche - Lea (Esche): active, Lea lea@e.example 4, leave alone",
        ],
    ),
    "the last name first": (
        (
            "Contact,Company,Deal,Amount,Stage\n"
            '"Brandt, Mia",Birch,Solar,100,Demo\n'
            '"Voss, Ted",Oak,Pump,100,Demo\n'
            '"Dr. Reis, Ana",Elm,Van,100,Demo\n'
            '"Noll, Lea-Marie",Ash,Bike,100,Demo\n'
        ),
        None,
        [
            "Solar (Birch): active, USD 100, Mia Brandt",
            "Pump (Oak): active, USD 100, Ted Voss",
            "Van (Elm): active, USD 100, Dr. Ana Reis",
            "Bike (Ash): active, USD 100, Lea-Marie Noll",
        ],
    ),
    "roles beside names": (
        (
            "Contact,Email,Company,Deal,Amount,Stage\n"
            "Mia Brandt (CFO),mia@b.example,Birch,Solar,100,Demo\n"
            "Mia Brandt & Joe Kern,,Oak,Pump,100,Demo\n"
            '"Ana Reis - Head of Ops",,Elm,Van,100,Demo\n'
            '"Ted Voss, CEO",,Ash,Bike,100,Demo\n'
            'Kim Park / Jo Li,"kim@y.example / jo@y.example",Yew,Car,100,Demo\n'
            "Lea Noll and Max Noll,,Fir,Bus,100,Demo\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 100, Mia Brandt - CFO mia@b.example",
            "Pump (Oak): active, USD 100, Mia Brandt, Joe Kern",
            "Van (Elm): active, USD 100, Ana Reis - Head of Ops",
            "Bike (Ash): active, USD 100, Ted Voss - CEO",
            "Car (Yew): active, USD 100, Kim Park kim@y.example, Jo Li jo@y.example",
            "Bus (Fir): active, USD 100, Lea Noll, Max Noll",
        ],
    ),
    "names before addresses": (
        (
            "Deal,Company,Contact Email,Amount,Stage\n"
            "Solar,Birch,Mia Brandt <mia@b.example>,100,Demo\n"
            'Pump,Oak,"""Voss, Ted"" <ted@o.example>",100,Demo\n'
            "Van,Elm,mailto:ana@e.example,100,Demo\n"
            "Bike,Ash,\"'lea@a.example'\",100,Demo\n"
            "Car,Yew,kim@y.example (private),100,Demo\n"
            'Bus,Fir,"Jo Li <jo@f.example>, Al Bo <al@f.example>",100,Demo\n'
        ),
        None,
        [
            "Solar (Birch): active, USD 100, Mia Brandt mia@b.example",
            "Pump (Oak): active, USD 100, Ted Voss ted@o.example",
            "Van (Elm): active, USD 100, ana@e.example",
            "Bike (Ash): active, USD 100, lea@a.example",
            "Car (Yew): active, USD 100, kim@y.example",
            "Bus (Fir): active, USD 100, Jo Li jo@f.example, Al Bo al@f.example",
        ],
    ),
    "groups called as stages": (
        (
            "Deal,Company,Amount,Close Date\n"
            "Proposal,,,\n"
            "Solar,Birch,24000,2026-12-18\n"
            "Van,Elm,5000,2026-12-18\n"
            "Subtotal,,29000,\n"
            "Closed Won,,,\n"
            "Pump,Oak,9000,2026-09-30\n"
            "Subtotal,,9000,\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, closes 2026-12-18",
            "Van (Elm): active, USD 5000, closes 2026-12-18",
            "Pump (Oak): won, USD 9000, closes 2026-09-30",
        ],
    ),
    "a grouped report with counts": (
        (
            "Stage  ↑,Opportunity Name,Account Name,Amount,Close Date\n"
            'Proposal,Solar,Birch,"24,000.00",12/18/2026\n'
            ',Van,Elm,"5,000.00",12/20/2026\n'
            'Subtotal,Sum,,"29,000.00",\n'
            ",Count,2,,\n"
            'Closed Won,Pump,Oak,"9,000.00",9/30/2026\n'
            'Subtotal,Sum,,"9,000.00",\n'
            ",Count,1,,\n"
            'Total,Sum,,"38,000.00",\n'
            ",Count,3,,\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, closes 2026-12-18",
            "Van (Elm): active, USD 5000, closes 2026-12-20",
            "Pump (Oak): won, USD 9000, closes 2026-09-30",
        ],
    ),
    "averages below": (
        (
            "Deal,Company,Amount,Stage\n"
            "Solar,Birch,24000,Proposal\n"
            "Pump,Oak,9000,Demo\n"
            "Average,,16500,\n"
            "Max,,24000,\n"
            "Median,,16500,\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000",
            "Pump (Oak): active, USD 9000",
        ],
    ),
    "German sums below": (
        (
            "Vorgang;Firma;Betrag;Phase\n"
            "Solar;Birke;24.000;Angebot\n"
            "Pumpe;Eiche;9.000;Demo\n"
            "Gesamtergebnis;;33.000;\n"
            "Zwischensumme;;33.000;\n"
            "Anzahl: 2;;;\n"
        ),
        None,
        [
            "Solar (Birke): active, USD 24000",
            "Pumpe (Eiche): active, USD 9000",
        ],
    ),
    "French sums below": (
        (
            "Affaire;Société;Montant;Étape\n"
            "Solaire;Bouleau;24000;Devis\n"
            "Pompe;Chêne;9000;Démo\n"
            "Total général;;33000;\n"
            "Nombre d'enregistrements : 2;;;\n"
        ),
        None,
        [
            "Solaire (Bouleau): active, USD 24000",
            "Pompe (Chêne): active, USD 9000",
        ],
    ),
    "moments in many shapes": (
        (
            "Deal,Company,Amount,Stage,Created,Close Date\n"
            "Solar,Birch,100,Demo,2026-11-01T23:30:00-08:00,2026-12-18T23:59:59Z\n"
            "Pump,Oak,100,Demo,1 Nov 2026 23:30 PST,18 Dec 2026\n"
            'Van,Elm,100,Demo,"Nov 1, 2026, 11:30 PM",Dec 18 2026\n'
            "Bike,Ash,100,Demo,1793575800,2026-12-18 00:00:00+00\n"
            "Car,Yew,100,Demo,1793575800000,20261218\n"
            "Bus,Fir,100,Demo,2026-11-01 09:30 (UTC+01:00),18.12.26\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 100, closes 2026-12-18",
            "Pump (Oak): active, USD 100, closes 2026-12-18",
            "Van (Elm): active, USD 100, closes 2026-12-18",
            "Bike (Ash): active, USD 100, closes 2026-12-18",
            "Car (Yew): active, USD 100, closes 2026-12-18",
            "Bus (Fir): active, USD 100, closes 2026-12-18",
        ],
    ),
    "a Spanish direct phone": (
        (
            "Nombre;Apellidos;Empresa;Correo;Teléfono directo;Estado;Último contacto\n"
            "Mia;Brandt;Abedul;mia@b.example;+34 600 000 001;Respondió;20/11/2026\n"
            "Ted;Voss;Roble;ted@o.example;+34 600 000 002;No contactar;\n"
        ),
        "leads",
        [
            "Abedul - Mia Brandt (Abedul): active, Mia Brandt mia@b.example +34 600 000 001, contact 2026-11-20T00:00",
            "Roble - Ted Voss (Roble): dropped, Ted Voss ted@o.example +34 600 000 002, No contactar, leave alone",
        ],
    ),
    "ids before names": (
        (
            "Title,Customer,Sales Person,Amount,Stage,Close Date\n"
            "Solar,12;#Birch Hall,7;#Rob Lane,24000,Proposal,12/18/2026\n"
        ),
        None,
        [
            "Solar (Birch Hall): active, USD 24000, closes 2026-12-18, of Rob Lane",
        ],
    ),
    "a column for won and one for lost": (
        (
            "Deal,Company,Amount,Won,Lost,Close\n"
            "Solar,Birch,24000,,,2026-12-18\n"
            "Pump,Oak,9000,,x,2026-09-30\n"
            "Van,Elm,5000,x,,2026-10-02\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, closes 2026-12-18",
            "Pump (Oak): dropped, USD 9000, closes 2026-09-30",
            "Van (Elm): won, USD 5000, closes 2026-10-02",
        ],
    ),
    "negative amounts and credits": (
        (
            "Deal,Company,Amount,Stage\n"
            "Solar,Birch,-24000,Proposal\n"
            'Pump,Oak,"-9,000.00",Demo\n'
            "Van,Elm,−500,Demo\n"
            "Bike,Ash,$(700),Demo\n"
            "Car,Yew,900 CR,Demo\n"
        ),
        None,
        [
            "Solar (Birch): active",
            "Pump (Oak): active",
            "Van (Elm): active",
            "Bike (Ash): active",
            "Car (Yew): active",
        ],
    ),
    "sums of two columns in words of their own": (
        (
            "Company,Contact,Value,Weighted,Stage,Close date\n"
            "Birch,Mia,24000,12000,Proposal,2026-12-18\n"
            "Oak,Ted,9000,900,Demo,2026-12-30\n"
            "Pipeline value,,33000,12900,,\n"
        ),
        None,
        [
            "Birch (Birch): active, USD 24000, Mia, closes 2026-12-18",
            "Oak (Oak): active, USD 9000, Ted, closes 2026-12-30",
        ],
    ),
    "weeks as the end": (
        (
            "Deal,Company,Amount,Stage,Close Week\n"
            "Solar,Birch,24000,Proposal,W51\n"
            "Pump,Oak,9000,Demo,KW 2/2027\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, closes 2026-12-20",
            "Pump (Oak): active, USD 9000, closes 2027-01-17",
        ],
    ),
    "a table in plain text": (
        (
            "| Deal | Company | Amount | Stage |\n"
            "|---|---|---|---|\n"
            "| Solar | Birch | 24000 | Demo |\n"
            "| Pump | Oak | 9000 | Lost |\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000",
            "Pump (Oak): dropped, USD 9000",
        ],
    ),
    "two people in columns with numbers": (
        (
            "Deal,Company,Contact 1,Email 1,Contact 2,Email 2,Amount,Stage\n"
            "Solar,Birch,Mia Brandt,mia@b.example,Joe Kern,joe@b.example,24000,Demo\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, Mia Brandt mia@b.example, Joe Kern joe@b.example",
        ],
    ),
    "a primary and a secondary contact": (
        (
            "Deal,Company,Primary Contact,Primary Email,Secondary Contact,Secondary Email,Amount,Stage\n"
            "Solar,Birch,Mia Brandt,mia@b.example,Joe Kern,joe@b.example,24000,Demo\n"
        ),
        None,
        [
            "Solar (Birch): active, USD 24000, Mia Brandt mia@b.example, Joe Kern joe@b.example",
        ],
    ),
}
"""Text, kind where it must be said, and what becomes of each row."""


@pytest.mark.parametrize(("text", "kind", "right"), LISTS.values(), ids=list(LISTS))
def test_a_list_gives_what_it_says(text: str, kind: str | None, right: list[str]) -> None:
    assert [told(p) for p in taken(text, kind=kind).prospects] == right


def test_sheets_called_as_stages_tell_the_stages_of_their_rows() -> None:
    pytest.importorskip("python_calamine")
    header: list[Cell] = ["Deal", "Company", "Amount"]
    rows: dict[str, list[Cell]] = {
        "Open": ["Solar", "Birch", 24000],
        "Won": ["Pump", "Oak", 9000],
        "Lost": ["Van", "Elm", 5],
    }
    sheets = [(name, sheet_xml([header, row]), "visible") for name, row in rows.items()]
    found = taken(workbook(*sheets)).prospects
    assert ["won" if p.won else p.column.value for p in found] == ["active", "won", "dropped"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("KW 51 2026", "2026-12-20"), ("2026-W51", "2026-12-20"), ("H1 2027", "2027-06-30"), ("Ende März", "2027-03-31"),
        ("fin mars 2027", "2027-03-31"), ("T1 2027", "2027-03-31"), ("Q1", "2027-03-31"), ("mid-January", "2027-01-15"),
        ("18.12.2026 (Fr)", "2026-12-18"), ("ven. 18/12/2026", "2026-12-18"), ("18 grudnia 2026", "2026-12-18"),
        ("18 dec 2026 14h30", "2026-12-18"),
    ],
)  # fmt: skip
def test_an_end_is_read_in_many_words(cell: str, day: str) -> None:
    (prospect,) = taken(f"Deal,Amount,Stage,Close date\nRoof,5,Demo,{cell}\n").prospects
    assert str(prospect.close_date) == day


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1251", "Крыша"), ("cp1250", "Małe biuro"), ("cp1252", "Dächer")]
)
def test_a_text_of_one_byte_a_letter_is_read_in_its_own_letters(encoding: str, name: str) -> None:
    (prospect,) = taken(f"Deal,Amount,Stage\n{name},5,Demo\n".encode(encoding)).prospects
    assert prospect.name == name
