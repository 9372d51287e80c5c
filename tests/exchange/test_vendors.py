"""Lists as other products write them, from the outside in: one small file each."""

import pytest

from review_board.exchange.import_result import ImportResult
from review_board.pipeline.prospect import Prospect
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


LISTS: dict[str, tuple[str, str | None, list[str]]] = {
    "Bigin calls a deal a pipeline": (
        (
            "Record Id,Pipeline Owner,Pipeline Name,Company Name,Contact Name,Sub-Pipeline,Stage,Amount,Closing Date,Created Time,Description,Tag\n"
            "zcrm_1,Ann Lee,Solar roof,Birch Hall,Mia Brandt,Sales Pipeline Standard,Needs Analysis,24000,2026-12-18,2026-09-01 10:00:00,,\n"
            "zcrm_2,Ann Lee,Heat pump,Oak Lane,Ted Voss,Sales Pipeline Standard,Closed Won,9000,2026-10-18,2026-09-01 10:00:00,,\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): won, USD 9000, Ted Voss, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "Copper": (
        (
            "Copper ID,Name,Company,Primary Contact,Primary Contact Email,Owner,Pipeline,Stage,Value,Currency,Win Probability,Close Date,Source,Status,Loss Reason,Priority,Tags,Details,Inactive Days,Interaction Count,Last Interaction Date,Last Stage At,Created At\n"
            "101,Solar roof,Birch Hall,Mia Brandt,mia@birchhall.example,Ann Lee,Sales,Proposal,24000,EUR,60,12/18/2026,Web,Open,,High,,Wants two quotes,3,9,11/12/2026,11/01/2026,09/01/2026\n"
            "102,Heat pump,Oak Lane,Ted Voss,ted@oaklane.example,Ann Lee,Sales,Proposal,9000,EUR,40,10/18/2026,Web,Abandoned,Went silent,Low,,,33,4,10/12/2026,10/01/2026,09/01/2026\n"
            "103,Boiler,Ash Row,Kim Orr,kim@ashrow.example,Ann Lee,Sales,Contract,5000,EUR,100,10/20/2026,Web,Won,,Low,,,33,4,10/12/2026,10/01/2026,09/01/2026\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, Mia Brandt mia@birchhall.example, closes 2026-12-18, of Ann Lee, contact 2026-11-12T00:00",
            "Heat pump (Oak Lane): dropped, EUR 9000, 40 %, Ted Voss ted@oaklane.example, closes 2026-10-18, of Ann Lee, contact 2026-10-12T00:00, Went silent",
            "Boiler (Ash Row): won, EUR 5000, 100 %, Kim Orr kim@ashrow.example, closes 2026-10-20, of Ann Lee, contact 2026-10-12T00:00",
        ],
    ),
    "Insightly links": (
        (
            "Record ID,Opportunity Name,Description,Current State,Category,Probability Of Winning,Bid Currency,Bid Amount,Bid Type,Bid Duration,Opportunity Value,Forecast Close Date,Actual Close Date,User Responsible,Date Created,Date Updated,Pipeline,Current Stage,Linked Organization,Linked Person\n"
            "11,Solar roof,,OPEN,,60,EUR,24000,Fixed Bid,,24000,12/18/2026,,Ann Lee,9/1/2026 10:00 AM,11/1/2026 9:00 AM,Sales,Proposal,Birch Hall,Mia Brandt\n"
            "12,Heat pump,,ABANDONED,,0,EUR,9000,Fixed Bid,,9000,10/18/2026,10/20/2026,Ann Lee,9/1/2026 10:00 AM,11/1/2026 9:00 AM,Sales,Proposal,Oak Lane,Ted Voss\n"
            "13,Boiler,,SUSPENDED,,20,EUR,5000,Fixed Bid,,5000,12/20/2026,,Ann Lee,9/1/2026 10:00 AM,11/1/2026 9:00 AM,Sales,Proposal,Ash Row,Kim Orr\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-20, of Ann Lee",
            "Boiler (Ash Row): nurture, EUR 5000, 20 %, Kim Orr, closes 2026-12-20, of Ann Lee",
        ],
    ),
    "Nutshell calls deals leads, with companies and people": (
        (
            "Lead #,Lead name,Assignee,Stage,Status,Value,Confidence,Estimated close date,Closed date,Created,Last contacted date,Companies,People,Sources,Outcome\n"
            '1001,Solar roof,Ann Lee,Proposal,Open,"EUR 24,000.00",60%,12/18/2026,,9/1/2026,11/12/2026,Birch Hall,Mia Brandt,Web,\n'
            '1002,Heat pump,Ann Lee,Proposal,Lost,"EUR 9,000.00",0%,10/18/2026,10/20/2026,9/1/2026,10/12/2026,Oak Lane,Ted Voss,Web,Bought from a competitor\n'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee, contact 2026-11-12T00:00",
            "Heat pump (Oak Lane): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-20, of Ann Lee, contact 2026-10-12T00:00",
        ],
    ),
    "Capsule has a contact that is the company, and amounts by the month": (
        (
            "ID,Name,Contact,Contact ID,Organisation,Person,Description,Milestone,Probability,Value,Currency,Expected Close,Actual Close,Lost Reason,Duration,Duration Basis,Owner,Team,Tags,Created,Updated,Last Contacted\n"
            "71,Solar roof,Birch Hall,881,Birch Hall,Mia Brandt,,Proposal,60%,24000,EUR,2026-12-18,,,1,Fixed,annlee,,,2026-09-01,2026-11-01,2026-11-12\n"
            "72,Heat pump,Oak Lane,882,Oak Lane,Ted Voss,,Lost,0%,9000,EUR,2026-10-18,2026-10-20,Price,1,Fixed,annlee,,,2026-09-01,2026-11-01,2026-10-12\n"
            "73,Care plan,Ash Row,883,Ash Row,Kim Orr,,Bid,40%,500,EUR,2026-12-20,,,12,Month,annlee,,,2026-09-01,2026-11-01,2026-10-12\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of annlee, contact 2026-11-12T00:00",
            "Heat pump (Oak Lane): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-20, of annlee, contact 2026-10-12T00:00, Price",
            "Care plan (Ash Row): active, EUR 500, 40 %, Kim Orr, closes 2026-12-20, of annlee, contact 2026-10-12T00:00",
        ],
    ),
    "Kommo writes what is not closed and has no tasks in words": (
        (
            'ID,Lead title,"Lead value, $",Responsible user,Created at,Created by,Last modified,Edited by,Lead tags,Closest task date,Closed at,Pipeline,Lead stage,Main contact,Contact\'s company,Company,Note 1,Work phone (contact),Work email (contact)\n'
            "1,Solar roof,24000,Ann Lee,01.09.2026 10:00:00,Ann Lee,01.11.2026 10:00:00,Ann Lee,,04.12.2026 10:00:00,not closed,Sales,Offer made,Mia Brandt,Birch Hall,Birch Hall,likes us,'+15550101,mia@birchhall.example\n"
            "2,Heat pump,9000,Ann Lee,01.09.2026 10:00:00,Ann Lee,01.11.2026 10:00:00,Ann Lee,,no tasks,20.10.2026 10:00:00,Sales,Closed - lost,Ted Voss,Oak Lane,Oak Lane,,'+15550102,ted@oaklane.example\n"
            "3,Boiler,5000,Ann Lee,01.09.2026 10:00:00,Ann Lee,01.11.2026 10:00:00,Ann Lee,,no tasks,20.10.2026 10:00:00,Sales,Closed - won,Kim Orr,Ash Row,Ash Row,,'+15550103,kim@ashrow.example\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, Mia Brandt mia@birchhall.example +15550101, of Ann Lee, next 2026-12-04",
            "Heat pump (Oak Lane): dropped, USD 9000, Ted Voss ted@oaklane.example +15550102, closes 2026-10-20, of Ann Lee",
            "Boiler (Ash Row): won, USD 5000, Kim Orr kim@ashrow.example +15550103, closes 2026-10-20, of Ann Lee",
        ],
    ),
    "amoCRM in Russian": (
        (
            "ID;Название сделки;Компания;Основной контакт;Ответственный;Этап сделки;Воронка;Бюджет;Дата создания;Дата закрытия;Теги сделки;Рабочий телефон (контакт)\n"
            "1;Крыша;Береза;Мия Брандт;Анна Ли;Согласование договора;Воронка;24000;01.09.2026 10:00:00;не закрыта;;+79000000101\n"
            "2;Насос;Дуб;Тед Восс;Анна Ли;Закрыто и не реализовано;Воронка;9000;01.09.2026 10:00:00;20.10.2026 10:00:00;;+79000000102\n"
            "3;Котел;Ясень;Ким Орр;Анна Ли;Успешно реализовано;Воронка;5000;01.09.2026 10:00:00;20.10.2026 10:00:00;;+79000000103\n"
        ),
        None,
        [
            "Крыша (Береза): active, USD 24000, Мия Брандт +79000000101, of Анна Ли",
            "Насос (Дуб): dropped, USD 9000, Тед Восс +79000000102, closes 2026-10-20, of Анна Ли",
            "Котел (Ясень): won, USD 5000, Ким Орр +79000000103, closes 2026-10-20, of Анна Ли",
        ],
    ),
    "Odoo names company and person in one cell": (
        (
            "External ID,Opportunity,Customer,Contact Name,Email,Phone,Salesperson,Sales Team,Stage,Expected Revenue,Prorated Revenue,Probability,Expected Closing,Created on,Active,Lost Reason,Activities\n"
            'crm.lead_1,Solar roof,"Birch Hall, Mia Brandt",Mia Brandt,mia@birchhall.example,+1 555 0101,Ann Lee,Europe,Proposition,24000.00,14400.00,60.00,2026-12-18,2026-09-01 10:00:00,True,,\n'
            'crm.lead_2,Heat pump,"Oak Lane, Ted Voss",Ted Voss,ted@oaklane.example,+1 555 0102,Ann Lee,Europe,Proposition,9000.00,0.00,0.00,2026-10-18,2026-09-01 10:00:00,False,Too expensive,\n'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, 60 %, Mia Brandt mia@birchhall.example +1 555 0101, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): dropped, USD 9000, 0 %, Ted Voss ted@oaklane.example +1 555 0102, closes 2026-10-18, of Ann Lee, Too expensive",
        ],
    ),
    "ERPNext converts what is won": (
        (
            "ID,Opportunity From,Party,Customer Name,Opportunity Type,Status,Opportunity Owner,Sales Stage,Expected Closing Date,Probability (%),Currency,Opportunity Amount,Opportunity Date,Contact Person,Contact Email,Contact Mobile No,Title\n"
            "CRM-OPP-2026-00001,Customer,CUST-1,Birch Hall,Sales,Open,ann@x.example,Proposal,2026-12-18,60,EUR,24000,2026-09-01,Mia Brandt-Birch Hall,mia@birchhall.example,+1 555 0101,Birch Hall\n"
            "CRM-OPP-2026-00002,Lead,LEAD-2,Oak Lane,Sales,Lost,ann@x.example,Proposal,2026-10-18,60,EUR,9000,2026-09-01,Ted Voss-Oak Lane,ted@oaklane.example,+1 555 0102,Oak Lane\n"
            "CRM-OPP-2026-00003,Lead,LEAD-3,Ash Row,Sales,Converted,ann@x.example,Proposal,2026-10-18,60,EUR,5000,2026-09-01,Kim Orr-Ash Row,kim@x.example,+1 555 0103,Ash Row\n"
        ),
        None,
        [
            "Birch Hall (Birch Hall): active, EUR 24000, 60 %, Mia Brandt-Birch Hall mia@birchhall.example +1 555 0101, closes 2026-12-18, of ann@x.example",
            "Oak Lane (Oak Lane): dropped, EUR 9000, 60 %, Ted Voss-Oak Lane ted@oaklane.example +1 555 0102, closes 2026-10-18, of ann@x.example",
            "Ash Row (Ash Row): won, EUR 5000, 60 %, Kim Orr-Ash Row kim@x.example +1 555 0103, closes 2026-10-18, of ann@x.example",
        ],
    ),
    "HighLevel has ids before names": (
        (
            "Opportunity Name,Contact Name,phone,email,pipeline,stage,Lead Value,source,assigned,Created on,Updated on,lost reason ID,lost reason name,Followers,Notes,tags,Engagement Score,status,Opportunity ID,Contact ID,Pipeline Stage ID,Pipeline ID,Days Since Last Stage Change,Days Since Last Status Change,Days Since Last Updated\n"
            "Solar roof,Mia Brandt,+15550101,mia@birchhall.example,Sales,Proposal Sent,24000,Web,Ann Lee,2026-09-01T10:00:00.000Z,2026-11-01T10:00:00.000Z,,,,likes us,,3,open,abc1,c1,s1,p1,3,3,3\n"
            "Heat pump,Ted Voss,+15550102,ted@oaklane.example,Sales,Proposal Sent,9000,Web,Ann Lee,2026-09-01T10:00:00.000Z,2026-11-01T10:00:00.000Z,lr1,Price too high,,,,3,lost,abc2,c2,s1,p1,3,3,3\n"
            "Boiler,Kim Orr,+15550103,kim@ashrow.example,Sales,Proposal Sent,5000,Web,Ann Lee,2026-09-01T10:00:00.000Z,2026-11-01T10:00:00.000Z,,,,,,3,abandoned,abc3,c3,s1,p1,3,3,3\n"
        ),
        None,
        [
            "Solar roof: active, USD 24000, Mia Brandt mia@birchhall.example +15550101, of Ann Lee",
            "Heat pump: dropped, USD 9000, Ted Voss ted@oaklane.example +15550102, of Ann Lee, Price too high",
            "Boiler: dropped, USD 5000, Kim Orr kim@ashrow.example +15550103, of Ann Lee",
        ],
    ),
    "Close has cents and hopes for a day": (
        (
            '{"data":[{"id":"oppo_1","lead_id":"lead_1","lead_name":"Birch Hall","status_type":"active","status_label":"Active","value":2400000,"value_period":"one_time","value_currency":"EUR","confidence":60,"expected_value":1440000,"user_name":"Ann Lee","contact_name":"Mia Brandt","date_created":"2026-09-01T10:00:00+00:00","date_won":"2026-12-18","note":"likes us"},{"id":"oppo_2","lead_id":"lead_2","lead_name":"Oak Lane","status_type":"lost","status_label":"Lost","value":900000,"value_period":"monthly","value_currency":"EUR","confidence":0,"expected_value":0,"user_name":"Ann Lee","contact_name":"Ted Voss","date_created":"2026-09-01T10:00:00+00:00","date_lost":"2026-10-20T10:00:00+00:00","note":""}],"has_more":false}'
        ),
        None,
        [
            "Birch Hall (Birch Hall): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Oak Lane (Oak Lane): dropped, EUR 9000, 0 %, Ted Voss, of Ann Lee",
        ],
    ),
    "ClickUp brackets people": (
        (
            "Task Type,Task ID,Task Name,Status,Assignee,Due Date,Date Created,Date Created Text,Date Updated,Date Closed,List Name,Folder Name,Space Name,Priority,Tags,Deal Value (currency),Account (short text),Contact Email (email),Latest Comment\n"
            'Task,86a1,Solar roof,proposal sent,[Ann Lee],1797984000000,1788220800000,"9/1/2026, 10:00:00 AM GMT+2",1793491200000,,Deals,CRM,Sales,,[],24000,Birch Hall,mia@birchhall.example,likes us\n'
            'Task,86a2,Heat pump,closed lost,[Ann Lee],1792281600000,1788220800000,"9/1/2026, 10:00:00 AM GMT+2",1793491200000,1792454400000,Deals,CRM,Sales,,[],9000,Oak Lane,ted@oaklane.example,\n'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, mia@birchhall.example, of Ann Lee, next 2026-12-23",
            "Heat pump (Oak Lane): dropped, USD 9000, ted@oaklane.example, closes 2026-10-20, of Ann Lee",
        ],
    ),
    "a Trello board": (
        (
            '{"id":"b1","name":"Sales pipeline","lists":[{"id":"l1","name":"Proposal","closed":false},{"id":"l2","name":"Lost","closed":false}],"members":[{"id":"m1","fullName":"Ann Lee","username":"annlee"}],"cards":[{"id":"c1","name":"Birch Hall","desc":"two roofs","closed":false,"idBoard":"b1","idList":"l1","idMembers":["m1"],"due":"2026-12-04T10:00:00.000Z","labels":[]},{"id":"c2","name":"Oak Lane","desc":"","closed":false,"idBoard":"b1","idList":"l2","idMembers":["m1"],"due":null,"labels":[]},{"id":"c3","name":"Elm End","desc":"","closed":true,"idBoard":"b1","idList":"l1","idMembers":[],"due":null,"labels":[]}]}'
        ),
        None,
        [
            "Birch Hall: active, of Ann Lee, next 2026-12-04",
            "Oak Lane: dropped, of Ann Lee",
        ],
    ),
    "Google contacts": (
        (
            "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\n"
            "Mia,,Brandt,Birch Hall,CFO,met at fair,* myContacts,Work,mia@birchhall.example,Home,mia@home.example,Mobile,+1 555 0101 ::: +1 555 0109\n"
            "Ted,,Voss,Oak Lane,CEO,,* myContacts,Work,ted@oaklane.example,,,Work,+1 555 0102\n"
        ),
        "leads",
        [
            "Birch Hall - Mia Brandt (Birch Hall): active, Mia Brandt mia@birchhall.example +1 555 0101",
            "Oak Lane - Ted Voss (Oak Lane): active, Ted Voss ted@oaklane.example +1 555 0102",
        ],
    ),
    "HubSpot in German": (
        (
            'Datensatz-ID;Dealname;Dealphase;Abschlussdatum;Zuständiger Mitarbeiter;Betrag;Währung;Betrag in Unternehmenswährung;Deal-Wahrscheinlichkeit;Verknüpfter Kontakt;Verknüpftes Unternehmen;Erstelldatum;Datum der letzten Aktivität;Grund für "Abgeschlossen und verloren"\n'
            "1;Solardach;Angebot;2026-12-18;Ann Lee;24000;EUR;24000;0,6;Mia Brandt (mia@birke.example);Birke GmbH;2026-09-01 10:00;2026-11-12 10:00;\n"
            "2;Wärmepumpe;Abgeschlossen und verloren;2026-10-18;Ann Lee;9000;EUR;9000;0;Ted Voss (ted@eiche.example);Eiche GmbH;2026-09-01 10:00;2026-10-12 10:00;Preis\n"
            "3;Boiler;Abgeschlossen und gewonnen;2026-10-18;Ann Lee;5000;EUR;5000;1;Kim Orr (kim@esche.example);Esche GmbH;2026-09-01 10:00;2026-10-12 10:00;\n"
        ),
        None,
        [
            "Solardach (Birke GmbH): active, EUR 24000, 60 %, Mia Brandt mia@birke.example, closes 2026-12-18, of Ann Lee",
            "Wärmepumpe (Eiche GmbH): dropped, EUR 9000, 0 %, Ted Voss ted@eiche.example, closes 2026-10-18, of Ann Lee, Preis",
            "Boiler (Esche GmbH): won, EUR 5000, 100 %, Kim Orr kim@esche.example, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "Teamleader in Dutch": (
        (
            "Titel;Klant;Contactpersoon;Verantwoordelijke;Fase;Geschatte waarde;Munteenheid;Slaagkans;Verwachte sluitingsdatum;Aangemaakt op;Status;Reden weigering\n"
            "Zonnedak;Berk BV;Mia Brandt;Ann Lee;Offerte verstuurd;24.000,00;EUR;60%;18/12/2026;01/09/2026;Open;\n"
            "Warmtepomp;Eik BV;Ted Voss;Ann Lee;Geweigerd;9.000,00;EUR;0%;18/10/2026;01/09/2026;Geweigerd;Te duur\n"
        ),
        None,
        [
            "Zonnedak (Berk BV): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Warmtepomp (Eik BV): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of Ann Lee, Te duur",
        ],
    ),
    "weclapp": (
        (
            "Verkaufschancen-Nr.;Betreff;Kunde;Ansprechpartner;Verantwortlicher Benutzer;Verkaufsphase;Erwarteter Umsatz;Währung;Abschlusswahrscheinlichkeit;Erwartetes Abschlussdatum;Erstellt am;Gewinn-/Verlustgrund\n"
            "VC-1;Solardach;Birke GmbH;Mia Brandt;Ann Lee;Angebot;24.000,00;EUR;60 %;18.12.2026;01.09.2026;\n"
            "VC-2;Wärmepumpe;Eiche GmbH;Ted Voss;Ann Lee;Verloren;9.000,00;EUR;0 %;18.10.2026;01.09.2026;Preis\n"
        ),
        None,
        [
            "Solardach (Birke GmbH): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Wärmepumpe (Eiche GmbH): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of Ann Lee, Preis",
        ],
    ),
    "Dynamics in German": (
        (
            "(Nicht ändern) Verkaufschance;(Nicht ändern) Zeilenprüfsumme;(Nicht ändern) Geändert am;Thema;Potenzieller Kunde;Kontakt;Konto;Gesch. Umsatz;Währung;Gesch. Abschlussdatum;Wahrscheinlichkeit;Status;Statusgrund;Besitzer;Erstellt am\n"
            "a1;x;01.11.2026 10:00;Solardach;Birke GmbH;Mia Brandt;Birke GmbH;24.000,00 €;Euro;18.12.2026;60;Offen;In Bearbeitung;Ann Lee;01.09.2026 10:00\n"
            "a2;x;01.11.2026 10:00;Wärmepumpe;Eiche GmbH;Ted Voss;Eiche GmbH;9.000,00 €;Euro;18.10.2026;0;Verloren;Abgebrochen;Ann Lee;01.09.2026 10:00\n"
        ),
        None,
        [
            "Solardach (Birke GmbH): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Wärmepumpe (Eiche GmbH): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "ActiveCampaign": (
        (
            "Deal ID,Title,Value,Currency,Pipeline,Stage,Status,Owner,Contact,Contact Email,Account,Forecasted Close Date,Create Date,Win Probability,Next Task Due Date,Description\n"
            '1,Solar roof,"24,000.00",EUR,Sales,Proposal,Open,Ann Lee,Mia Brandt,mia@birchhall.example,Birch Hall,2026-12-18,2026-09-01,60,2026-12-04,likes us\n'
            '2,Heat pump,"9,000.00",EUR,Sales,Proposal,Lost,Ann Lee,Ted Voss,ted@oaklane.example,Oak Lane,2026-10-18,2026-09-01,0,,\n'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, Mia Brandt mia@birchhall.example, closes 2026-12-18, of Ann Lee, next 2026-12-04",
            "Heat pump (Oak Lane): dropped, EUR 9000, 0 %, Ted Voss ted@oaklane.example, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "Attio": (
        (
            "Record ID,Deal name,Deal stage,Deal owner,Deal value,Associated people,Associated company,Created at,Created by,Close date,Next due task > Deadline\n"
            'a1b2c3d4-0000-4000-8000-000000000001,Solar roof,In Progress,Ann Lee,"€24,000.00",Mia Brandt,Birch Hall,2026-09-01T10:00:00.000Z,Ann Lee,2026-12-18,\n'
            'a1b2c3d4-0000-4000-8000-000000000002,Heat pump,Lost,Ann Lee,"€9,000.00",Ted Voss,Oak Lane,2026-09-01T10:00:00.000Z,Ann Lee,2026-10-18,\n'
            'a1b2c3d4-0000-4000-8000-000000000003,Boiler,Won 🎉,Ann Lee,"€5,000.00",Kim Orr,Ash Row,2026-09-01T10:00:00.000Z,Ann Lee,2026-10-18,\n'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): dropped, EUR 9000, Ted Voss, closes 2026-10-18, of Ann Lee",
            "Boiler (Ash Row): won, EUR 5000, Kim Orr, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "the total of a contract before the part of a year": (
        (
            "Deal,Company,Weighted Amount,Total Contract Value,ARR,Stage,Close Date\n"
            "Solar roof,Birch Hall,14400,24000,8000,Proposal,2026-12-18\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, closes 2026-12-18",
        ],
    ),
    "a sign or a name in the column of currencies": (
        (
            "Deal,Company,Value,Currency,Stage\n"
            "a,A,1000,Euro,Proposal\n"
            "b,B,1000,US Dollar,Proposal\n"
            "c,C,1000,British Pound,Proposal\n"
            "d,D,1000,EUR - Euro,Proposal\n"
            "e,E,1000,€,Proposal\n"
            "f,F,1000,Swiss Franc (CHF),Proposal\n"
            "g,G,1000,Złoty,Proposal\n"
        ),
        None,
        [
            "a (A): active, EUR 1000",
            "b (B): active, USD 1000",
            "c (C): active, GBP 1000",
            "d (D): active, EUR 1000",
            "e (E): active, EUR 1000",
            "f (F): active, CHF 1000",
            "g (G): active, PLN 1000",
        ],
    ),
    "a French sheet whose days may be two": (
        (
            "Prospect;Interlocuteur;Tél;CA potentiel;Proba;Étape;Commercial;Prochaine relance;Date dernier contact;Commentaires\n"
            "Bouleau SARL;Mia Brandt;01 23 45 67 89;24 k€;60 %;Devis envoyé;AL;04/12/2026;12/11/2026;ok\n"
            "Chêne SA;Ted Voss;01 23 45 67 90;9 k€;0 %;Perdu;AL;;12/10/2026;\n"
        ),
        None,
        [
            "Bouleau SARL: active, EUR 24000, 60 %, Mia Brandt 01 23 45 67 89, of AL, next 2026-12-04, contact 2026-11-12T00:00",
            "Chêne SA: dropped, EUR 9000, 0 %, Ted Voss 01 23 45 67 90, of AL, contact 2026-10-12T00:00",
        ],
    ),
    "a Spanish sheet": (
        (
            "Cliente;Persona de contacto;Importe estimado (€);Prob. cierre;Estado;Comercial;Fecha prevista;Próxima acción;Fecha próxima acción\n"
            "Abedul SL;Mia Brandt;24.000,00;60%;Oferta enviada;AL;18/12/2026;Llamar;04/12/2026\n"
            "Roble SL;Ted Voss;9.000,00;0%;Perdida;AL;18/10/2026;;\n"
        ),
        None,
        [
            "Abedul SL (Abedul SL): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of AL, next 2026-12-04",
            "Roble SL (Roble SL): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of AL",
        ],
    ),
    "an Italian sheet": (
        (
            "Cliente;Referente;Valore offerta;% successo;Stato trattativa;Agente;Data prevista chiusura;Prossima azione;Entro il\n"
            "Betulla Srl;Mia Brandt;€ 24.000,00;60;Offerta inviata;AL;18/12/2026;Chiamare;04/12/2026\n"
            "Quercia Srl;Ted Voss;€ 9.000,00;0;Persa;AL;18/10/2026;;\n"
        ),
        None,
        [
            "Betulla Srl (Betulla Srl): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of AL, next 2026-12-04",
            "Quercia Srl (Quercia Srl): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of AL",
        ],
    ),
    "a Dutch sheet": (
        (
            "Klant;Contactpersoon;Offertebedrag;Kans %;Fase;Verkoper;Verwachte orderdatum;Volgende actie;Actiedatum\n"
            "Berk BV;Mia Brandt;€ 24.000,-;60;Offerte uit;AL;18-12-2026;Bellen;04-12-2026\n"
            "Eik BV;Ted Voss;€ 9.000,-;0;Verloren;AL;18-10-2026;;\n"
        ),
        None,
        [
            "Berk BV (Berk BV): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of AL, next 2026-12-04",
            "Eik BV (Eik BV): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of AL",
        ],
    ),
    "a German sheet with short words": (
        (
            "Kunde;Ansprechp.;Tel.;Angebotsvol. netto;W'keit;Status;ADM;Entscheidung bis;WV am;letzter Kontakt\n"
            "Birke GmbH;Mia Brandt;0711 123;24 T€;60%;Angebot läuft;AL;18.12.26;04.12.26;12.11.26\n"
            "Eiche GmbH;Ted Voss;0711 124;9 T€;0%;Auftrag verloren;AL;18.10.26;;12.10.26\n"
        ),
        None,
        [
            "Birke GmbH (Birke GmbH): active, EUR 24000, 60 %, Mia Brandt 0711 123, closes 2026-12-18, of AL, next 2026-12-04, contact 2026-11-12T00:00",
            "Eiche GmbH (Eiche GmbH): dropped, EUR 9000, 0 %, Ted Voss 0711 124, closes 2026-10-18, of AL, contact 2026-10-12T00:00",
        ],
    ),
    "planned days without a year": (
        (
            "Deal,Company,Value,Stage,Close Date\n"
            "Solar roof,Birch Hall,24000,Proposal,18 Dec\n"
            "Heat pump,Oak Lane,9000,Proposal,Jan 15\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, closes 2026-12-18",
            "Heat pump (Oak Lane): active, USD 9000, closes 2027-01-15",
        ],
    ),
    "moments in zones by their letters": (
        (
            "Deal,Company,Value,Stage,Created At,Last Contacted\n"
            "Solar roof,Birch Hall,24000,Proposal,2026-09-01T23:30:00-08:00,2026-11-12 10:00 CET\n"
            "Heat pump,Oak Lane,9000,Proposal,2026-09-01T10:00:00+02:00,2026-11-12 10:00 PST\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, contact 2026-11-12T10:00",
            "Heat pump (Oak Lane): active, USD 9000, contact 2026-11-12T10:00",
        ],
    ),
    "a second total and a last line": (
        (
            "Kunde;Wert;Phase\n"
            "Birke GmbH;24.000 €;Angebot\n"
            "Eiche GmbH;9.000 €;Angebot\n"
            "Gesamtsumme;33.000 €;\n"
            "Gewichtete Summe;19.800 €;\n"
            "Stand: 30.11.2026;;\n"
        ),
        None,
        [
            "Birke GmbH (Birke GmbH): active, EUR 24000",
            "Eiche GmbH (Eiche GmbH): active, EUR 9000",
        ],
    ),
    "people with what they do": (
        (
            "Deal,Company,Contacts,Emails,Value,Stage\n"
            'Solar roof,Birch Hall,"Mia Brandt (CFO), Joe Kern (buyer)","mia@birchhall.example; joe@birchhall.example",24000,Proposal\n'
            'Heat pump,Oak Lane,"Voss, Ted",ted@oaklane.example,9000,Proposal\n'
            'Fence,Elm End,"Lee Poe <lee@elm.example>, Sam Roe <sam@elm.example>",,1000,Proposal\n'
            "Boiler,Ash Row,Kim Orr / Pat Lim,kim@ash.example,1000,Proposal\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, Mia Brandt - CFO mia@birchhall.example, Joe Kern - buyer joe@birchhall.example",
            "Heat pump (Oak Lane): active, USD 9000, Voss, Ted ted@oaklane.example",
            "Fence (Elm End): active, USD 1000, Lee Poe lee@elm.example, Sam Roe sam@elm.example",
            "Boiler (Ash Row): active, USD 1000, Kim Orr kim@ash.example, Pat Lim",
        ],
    ),
    "a sheet with short words": (
        (
            "Account,Opp,Est. Rev ($K),Win %,Rep,Exp Close,Stg,Last Touch,Nxt Step\n"
            "Birch Hall,Solar roof,24,60,AL,12/18/26,Prop,11/12/26,Send quote\n"
            "Oak Lane,Heat pump,9,0,AL,10/18/26,Lost,10/12/26,\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, 60 %, closes 2026-12-18, of AL, contact 2026-11-12T00:00",
            "Heat pump (Oak Lane): dropped, USD 9000, 0 %, closes 2026-10-18, of AL, contact 2026-10-12T00:00",
        ],
    ),
    "consents": (
        (
            "Company,Contact,Phone,Email,Status,Do Not Contact?,Call Consent,Email Consent,GDPR Consent\n"
            "Birch Hall,Mia Brandt,+1 555 0101,mia@b.example,New,Yes,,,\n"
            "Oak Lane,Ted Voss,+1 555 0102,ted@o.example,New,,No,Yes,\n"
            "Ash Row,Kim Orr,+1 555 0103,kim@a.example,New,,Yes,No,\n"
            "Elm End,Lee Poe,+1 555 0104,lee@e.example,DND,,Yes,Yes,\n"
            "Fir Hill,Pat Lim,+1 555 0105,pat@f.example,New,,Yes,Opted out,\n"
        ),
        "leads",
        [
            "Birch Hall - Mia Brandt (Birch Hall): active, Mia Brandt mia@b.example +1 555 0101, leave alone",
            "Oak Lane - Ted Voss (Oak Lane): active, Ted Voss ted@o.example +1 555 0102, no phone",
            "Ash Row - Kim Orr (Ash Row): active, Kim Orr kim@a.example +1 555 0103, no email",
            "Elm End - Lee Poe (Elm End): dropped, Lee Poe lee@e.example +1 555 0104, DND, leave alone",
            "Fir Hill - Pat Lim (Fir Hill): active, Pat Lim pat@f.example +1 555 0105, no email",
        ],
    ),
    "a state of the record": (
        (
            "Deal,Company,Value,Stage,Record State\n"
            "Solar roof,Birch Hall,24000,Proposal,Active\n"
            "Heat pump,Oak Lane,9000,Proposal,Deleted\n"
            "Fence,Elm End,1000,Proposal,Archived\n"
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000",
        ],
    ),
    "Salesforce in German: the currency of an amount in brackets": (
        (
            '"Opportunity-Inhaber","Accountname","Opportunity-Name","Phase","Betrag (Währung)","Betrag","Wahrscheinlichkeit (%)","Schlusstermin","Nächster Schritt","Erstelldatum","Geschlossen","Gewonnen"\n'
            '"Ann Lee","Birke GmbH","Solardach","Angebot","EUR","24.000,00","60","18.12.2026","","01.09.2026","0","0"\n'
            '"Ann Lee","Eiche GmbH","Wärmepumpe","Geschlossen, verloren","EUR","9.000,00","0","18.10.2026","","01.09.2026","1","0"\n'
            '"Ann Lee","Esche GmbH","Boiler","Geschlossen, gewonnen","CHF","5.000,00","100","18.10.2026","","01.09.2026","1","1"\n'
        ),
        None,
        [
            "Solardach (Birke GmbH): active, EUR 24000, 60 %, closes 2026-12-18, of Ann Lee",
            "Wärmepumpe (Eiche GmbH): dropped, EUR 9000, 0 %, closes 2026-10-18, of Ann Lee",
            "Boiler (Esche GmbH): won, CHF 5000, 100 %, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "amounts of two currencies in columns of their own": (
        (
            "Deal,Company,Amount (EUR),Amount (USD),Stage\n"
            "Roof,Birch,24000,,Proposal\n"
            "Pump,Oak,,9000,Proposal\n"
        ),
        None,
        [
            "Roof (Birch): active, EUR 24000",
            "Pump (Oak): active, USD 9000",
        ],
    ),
    "Freshsales: lists beside each other": (
        (
            '{"deals":[{"id":1,"name":"Solar roof","amount":"24000.0","base_currency_amount":"26000.0","expected_close":"2026-12-18","closed_date":null,"probability":60,"deal_stage_id":3,"owner_id":9,"sales_account_id":4,"created_at":"2026-09-01T10:00:00Z"},{"id":2,"name":"Heat pump","amount":"9000.0","base_currency_amount":"9900.0","expected_close":"2026-10-18","closed_date":"2026-10-20T10:00:00Z","probability":0,"deal_stage_id":5,"owner_id":9,"sales_account_id":6,"created_at":"2026-09-01T10:00:00Z"}],"deal_stages":[{"id":3,"name":"Negotiation","forecast_type":"Open"},{"id":5,"name":"Lost","forecast_type":"Closed Lost"}],"users":[{"id":9,"display_name":"Ann Lee"}],"sales_accounts":[{"id":4,"name":"Birch Hall"},{"id":6,"name":"Oak Lane"}]}'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, 60 %, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): dropped, USD 9000, 0 %, closes 2026-10-20, of Ann Lee",
        ],
    ),
    "Dynamics: words beside its numbers": (
        (
            '{"@odata.context":"x","value":[{"@odata.etag":"W/1","opportunityid":"a1","name":"Solar roof","estimatedvalue":24000.0,"estimatedclosedate":"2026-12-18","closeprobability":60,"statecode":0,"statecode@OData.Community.Display.V1.FormattedValue":"Open","_ownerid_value":"o1","_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ann Lee","_parentaccountid_value@OData.Community.Display.V1.FormattedValue":"Birch Hall","_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue":"Euro","createdon":"2026-09-01T10:00:00Z"},{"@odata.etag":"W/1","opportunityid":"a2","name":"Heat pump","estimatedvalue":9000.0,"estimatedclosedate":"2026-10-18","closeprobability":0,"statecode":2,"statecode@OData.Community.Display.V1.FormattedValue":"Lost","_ownerid_value":"o1","_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ann Lee","_parentaccountid_value@OData.Community.Display.V1.FormattedValue":"Oak Lane","_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue":"Euro","createdon":"2026-09-01T10:00:00Z"}]}'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, EUR 24000, 60 %, closes 2026-12-18, of Ann Lee",
            "Heat pump (Oak Lane): dropped, EUR 9000, 0 %, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "Attio answers": (
        (
            '{"data":[{"id":{"workspace_id":"w","object_id":"o","record_id":"r1"},"created_at":"2026-09-01T10:00:00Z","values":{"name":[{"value":"Solar roof","attribute_type":"text"}],"stage":[{"status":{"title":"In Progress"},"attribute_type":"status"}],"value":[{"currency_value":24000,"currency_code":"EUR","attribute_type":"currency"}]}},{"id":{"workspace_id":"w","object_id":"o","record_id":"r2"},"created_at":"2026-09-01T10:00:00Z","values":{"name":[{"value":"Heat pump","attribute_type":"text"}],"stage":[{"status":{"title":"Lost"},"attribute_type":"status"}],"value":[{"currency_value":9000,"currency_code":"EUR","attribute_type":"currency"}]}}]}'
        ),
        None,
        [
            "Solar roof: active, EUR 24000",
            "Heat pump: dropped, EUR 9000",
        ],
    ),
    "Notion answers": (
        (
            '{"object":"list","results":[{"object":"page","id":"p1","archived":false,"created_time":"2026-09-01T10:00:00Z","properties":{"Name":{"id":"t","type":"title","title":[{"plain_text":"Solar roof"}]},"Status":{"id":"s","type":"status","status":{"name":"Proposal"}},"Value":{"id":"v","type":"number","number":24000},"Company":{"id":"c","type":"rich_text","rich_text":[{"plain_text":"Birch Hall"}]},"Expected close":{"id":"d","type":"date","date":{"start":"2026-12-18","end":null}}}},{"object":"page","id":"p2","archived":true,"created_time":"2026-09-01T10:00:00Z","properties":{"Name":{"id":"t","type":"title","title":[{"plain_text":"Old"}]},"Status":{"id":"s","type":"status","status":{"name":"Proposal"}},"Value":{"id":"v","type":"number","number":1}}}]}'
        ),
        None,
        [
            "Solar roof (Birch Hall): active, USD 24000, closes 2026-12-18",
        ],
    ),
    "Zoho in German": (
        (
            "Datensatz-ID,Geschäftsname,Kontoname,Kontaktname,Stadium,Betrag,Währung,Abschlussdatum,Geschäftsinhaber,Wahrscheinlichkeit (%)\n"
            "zcrm_1,Solardach,Birke GmbH,Mia Brandt,Verhandlung/Überprüfung,24000,EUR,2026-12-18,Ann Lee,60\n"
            "zcrm_2,Pumpe,Eiche GmbH,Ted Voss,Abgeschlossen – verloren,9000,EUR,2026-10-18,Ann Lee,0\n"
            "zcrm_3,Boiler,Esche GmbH,Kim Orr,Abgeschlossen – gewonnen,5000,EUR,2026-10-18,Ann Lee,100\n"
        ),
        None,
        [
            "Solardach (Birke GmbH): active, EUR 24000, 60 %, Mia Brandt, closes 2026-12-18, of Ann Lee",
            "Pumpe (Eiche GmbH): dropped, EUR 9000, 0 %, Ted Voss, closes 2026-10-18, of Ann Lee",
            "Boiler (Esche GmbH): won, EUR 5000, 100 %, Kim Orr, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "RD Station": (
        (
            "Nome;Empresa;Qualificação;Funil de vendas;Etapa;Estado;Motivo de Perda;Valor Único;Valor Recorrente;Data de criação;Hora de criação;Data do primeiro contato;Data do último contato;Data da próxima tarefa;Previsão de fechamento;Responsável;Contatos;Telefone;Email;Fonte\n"
            "Telhado;Betula SA;3;Vendas;Proposta;Em andamento;;24000,00;0,00;01/09/2026;10:00;02/09/2026;12/11/2026;04/12/2026;18/12/2026;Ann Lee;Mia Brandt;(11) 99999-0101;mia@b.example;Site\n"
            "Bomba;Carvalho SA;2;Vendas;Proposta;Perdida;Preço;9000,00;0,00;01/09/2026;10:00;02/09/2026;12/10/2026;;18/10/2026;Ann Lee;Ted Voss;(11) 99999-0102;ted@c.example;Site\n"
            "Caldeira;Freixo SA;2;Vendas;Proposta;Pausada;;5000,00;0,00;01/09/2026;10:00;02/09/2026;12/10/2026;;18/12/2026;Ann Lee;Kim Orr;(11) 99999-0103;kim@f.example;Site\n"
        ),
        None,
        [
            "Telhado (Betula SA): active, USD 24000, Mia Brandt mia@b.example (11) 99999-0101, closes 2026-12-18, of Ann Lee, next 2026-12-04, contact 2026-09-02T00:00, contact 2026-11-12T00:00",
            "Bomba (Carvalho SA): dropped, USD 9000, Ted Voss ted@c.example (11) 99999-0102, closes 2026-10-18, of Ann Lee, contact 2026-09-02T00:00, contact 2026-10-12T00:00, Preço",
            "Caldeira (Freixo SA): nurture, USD 5000, Kim Orr kim@f.example (11) 99999-0103, closes 2026-12-18, of Ann Lee, contact 2026-09-02T00:00, contact 2026-10-12T00:00",
        ],
    ),
    "Axonaut has a column for each end": (
        (
            "Nom de l'opportunité;Entreprise;Étape;Montant HT;Probabilité;Date limite;Gagnée;Perdue;Commercial;Commentaire\n"
            "Toiture;Bouleau SARL;Proposition;24000;60;18/12/2026;Non;Non;Ann Lee;\n"
            "Pompe;Chêne SA;Proposition;9000;60;18/10/2026;Non;Oui;Ann Lee;Trop cher\n"
            "Chaudière;Frêne SA;Proposition;5000;60;18/10/2026;Oui;Non;Ann Lee;\n"
        ),
        None,
        [
            "Toiture (Bouleau SARL): active, USD 24000, 60 %, closes 2026-12-18, of Ann Lee",
            "Pompe (Chêne SA): dropped, USD 9000, 60 %, closes 2026-10-18, of Ann Lee",
            "Chaudière (Frêne SA): won, USD 5000, 60 %, closes 2026-10-18, of Ann Lee",
        ],
    ),
    "Livespace in Polish": (
        (
            "Nazwa szansy;Firma;Kontakt;Wartość;Waluta;Etap;Status;Data zamknięcia;Opiekun;Ostatni kontakt;Następne zadanie\n"
            "Dach;Brzoza;Mia Brandt;24000,00;PLN;Oferta;W toku;2026-12-18;Ann Lee;2026-11-12;2026-12-04\n"
            "Pompa;Dąb;Ted Voss;9000,00;PLN;Oferta;Przegrana;2026-10-18;Ann Lee;2026-10-12;\n"
            "Kocioł;Jesion;Kim Orr;5000,00;PLN;Oferta;Wygrana;2026-10-18;Ann Lee;2026-10-12;\n"
        ),
        None,
        [
            "Dach (Brzoza): active, PLN 24000, Mia Brandt, closes 2026-12-18, of Ann Lee, next 2026-12-04, contact 2026-11-12T00:00",
            "Pompa (Dąb): dropped, PLN 9000, Ted Voss, closes 2026-10-18, of Ann Lee, contact 2026-10-12T00:00",
            "Kocioł (Jesion): won, PLN 5000, Kim Orr, closes 2026-10-18, of Ann Lee, contact 2026-10-12T00:00",
        ],
    ),
    "ClickUp with the day that a task is due": (
        (
            "Task ID,Task Name,Task Content,Status,Date Created,Due Date,Assignees,List Name,Deal Value,Email (email)\n"
            "86a1,Roof,Wants quote,negotiation,1764000000000,1796688000000,[Ann Lee],Deals,12000,jo@birch.example\n"
            "86a2,Pump,,closed won,1764000000000,,[Bob],Deals,5000,\n"
        ),
        None,
        [
            "Roof: active, USD 12000, jo@birch.example, of Ann Lee, next 2026-12-08",
            "Pump: won, USD 5000, of Bob",
        ],
    ),
    "Asana, whose tasks are sales": (
        (
            "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,"
            "Due Date,Tags,Notes,Projects,Parent task\n"
            "1201,2026-09-01,,2026-11-01,Roof,Proposal,Ann Lee,ann@us.example,,2026-12-18,,Wants a quote,Sales,\n"
            "1202,2026-09-02,2026-11-05,2026-11-05,Pump,Closed Won,Bob,bob@us.example,,2026-11-01,,,Sales,\n"
        ),
        None,
        [
            "Roof: active, of Ann Lee, next 2026-12-18",
            "Pump: won, closes 2026-11-05, of Bob",
        ],
    ),
    "a Trello board as a table": (
        (
            "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name,Board Name,Archived,Deal Value\n"
            "c1,Roof,https://trello.com/c/x,Wants quote,hot,ann,2026-12-18T10:00:00Z,l1,Proposal,Sales,false,12000\n"
        ),
        None,
        ["Roof: active, USD 12000, of ann, next 2026-12-18"],
    ),
    "leads of Close, whose sums are cents": (
        (
            "id,display_name,status_label,primary_contact_name,primary_opportunity_value,"
            "primary_opportunity_value_formatted,primary_opportunity_status_label\n"
            'lead_1,Birch,Qualified,Jo Kern,1200000,"$12,000",Proposal\n'
        ),
        None,
        ["Birch: active, USD 12000, Jo Kern"],
    ),
    "leads of Close, with the period beside the sum": (
        (
            "id,display_name,status_label,date_created,num_active_opportunities,primary_opportunity_value,"
            "primary_opportunity_value_period,primary_opportunity_value_currency\n"
            "lead_1,Birch,Qualified,2026-09-01,1,1200050,one_time,EUR\n"
        ),
        None,
        ["Birch: active, EUR 12000.5"],
    ),
    "an owner in two columns": (
        (
            "Deal Name,Amount,Stage,Sales Rep First,Owner Last Name\nRoof,5,Demo,Ann,Lee\nPump,6,Demo,Bob,\n"
        ),
        None,
        ["Roof: active, USD 5, of Ann Lee", "Pump: active, USD 6, of Bob"],
    ),
    "month first with dots, as another column shows": (
        (
            "Vorgang,Betrag,Phase,Angelegt am,Abschlussdatum,Betreuer Vorname,Betreuer Nachname\n"
            "Roof,5,Demo,10.15.2026,02.03.2027,Ann,Lee\n"
        ),
        None,
        ["Roof: active, USD 5, closes 2027-02-03, of Ann Lee"],
    ),
    "percentages with words": (
        (
            "Deal,Amount,Stage,Probability\nRoof,5,Demo,60% - likely\nPump,6,Demo,High (80 %)\n"
            "Grid,7,Demo,20%\nFan,7,Demo,low\n"
        ),
        None,
        [
            "Roof: active, USD 5, 60 %",
            "Pump: active, USD 6, 80 %",
            "Grid: active, USD 7, 20 %",
            "Fan: active, USD 7",
        ],
    ),
}
"""Text, kind where it must be said, and what becomes of each row."""


def told(p: Prospect) -> str:
    company = f" ({p.company})" if p.company else ""
    said = [f"{p.name}{company}: {'won' if p.won else p.column.value}"]
    if p.value:
        said.append(f"{p.value.currency} {p.value.amount.normalize():f}")
    if p.probability is not None:
        said.append(f"{p.probability * 100:.0f} %")
    for c in p.contacts:
        title, email = f"- {c.title}" if c.title else "", c.email if c.email != c.name else ""
        said.append(" ".join(filter(None, (c.name, title, email, c.phone))))
    if p.close_date:
        said.append(f"closes {p.close_date}")
    if p.owner:
        said.append(f"of {p.owner}")
    if p.next_step:
        said.append(f"next {p.next_step.on}")
    said += [f"contact {touch.at.isoformat()[:16]}" for touch in p.touches]
    if p.drop and p.drop.note != "lost (imported)":
        said.append(p.drop.note)
    if p.do_not_contact:
        said.append("leave alone")
    said += [f"no {channel.value}" for channel in p.closed_channels]
    return ", ".join(said)


@pytest.mark.parametrize(("text", "kind", "right"), LISTS.values(), ids=list(LISTS))
def test_a_list_of_a_program(text: str, kind: str | None, right: list[str]) -> None:
    assert [told(p) for p in taken(text, kind=kind).prospects] == right


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Deal,Company,MRR,Stage\nRoof,Birch,500,Demo\n", "'MRR' holds amounts for a month"),
        (LISTS["Close has cents and hopes for a day"][0], "'value' is in cents"),
        (
            LISTS["Close has cents and hopes for a day"][0],
            "'monthly': such amounts are for a month",
        ),
        (
            LISTS["a French sheet whose days may be two"][0],
            "the day first, as the rest of the list",
        ),
        (LISTS["planned days without a year"][0], "18 Dec is 18 Dec 2026"),
        (
            LISTS["month first with dots, as another column shows"][0],
            "the month first, as 10.15.2026 shows",
        ),
    ],
)
def test_what_is_assumed_is_said(text: str, said: str) -> None:
    assert said in "\n".join(taken(text).notices)


def test_the_period_of_amounts_is_said_once_however_many_columns_they_have() -> None:
    text = "Deal,Company,Amount (EUR),Amount (USD),Billing Period,Stage\nRoof,Birch,500,,Monthly,Demo\nPump,Oak,,90,Monthly,Demo\n"
    told = [notice for notice in taken(text).notices if "'Billing Period' says" in notice]
    assert told == [
        "column 'Billing Period' says 'Monthly': such amounts are for a month, taken as they are"
    ]
