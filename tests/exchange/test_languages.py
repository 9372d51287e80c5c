"""Exports in eleven languages and of further products, each with its counts, sums and first card."""

import pytest

from review_board.exchange.import_result import ImportResult
from review_board.imports.plan_sections import hint_rows
from review_board.pipeline.stages import StageMeaning, stage_meaning
from tests.exchange.support import taken

LISTS = {
    "italian": (
        (
            "Titolo;Azienda;Referente;Importo;Fase;Stato;Proprietario;Data chiusura prevista;Ultimo contatto;Cellulare\n"
            "Tetto;Betulla srl;Mia Brandt;€ 24.000,00;Trattativa;Aperta;Rob;18/12/2026;20/11/2026;+39 333 1234567\n"
            "Pompa;Quercia;Ted;9.000,00 €;Trattativa;Persa;Rob;30/09/2026;;\n"
            "Batteria;Olmo;Ana;15.000,00;Chiusura;Vinta;Rob;02/10/2026;;\n"
        ),
        "active 1: EUR 24000; dropped 1: EUR 9000; won 1: EUR 15000",
        "Tetto | Betulla srl | Rob | 2026-12-18 | Mia Brandt",
    ),
    "portuguese": (
        (
            "Nome do negócio,Empresa,Contato,Valor,Moeda,Etapa,Situação,Responsável,Previsão de fechamento,Telefone\n"
            'Telhado,Bétula,Mia,"R$ 24.000,00",BRL,Proposta enviada,Aberto,Rob,18/12/2026,11 99999 1234\n'
            'Bomba,Carvalho,Ted,"R$ 9.000,00",BRL,Negociação,Perdido,Rob,30/09/2026,\n'
            'Bateria,Olmo,Ana,"R$ 15.000,00",BRL,Negociação,Ganho,Rob,02/10/2026,\n'
        ),
        "active 1: BRL 24000; dropped 1: BRL 9000; won 1: BRL 15000",
        "Telhado | Bétula | Rob | 2026-12-18 | Mia",
    ),
    "russian": (
        (
            "Название сделки;Компания;Контакт;Бюджет;Этап сделки;Ответственный;Дата создания;Дата закрытия;Рабочий телефон\n"
            "Крыша;Береза;Миа;24 000 ₽;Переговоры;Роб;01.10.2026 09:00;;+7 912 345-67-89\n"
            "Насос;Дуб;Тед;9 000 ₽;Закрыто и не реализовано;Роб;01.08.2026;30.09.2026;\n"
            "Батарея;Вяз;Ана;15 000 ₽;Успешно реализовано;Роб;01.07.2026;02.10.2026;\n"
        ),
        "active 1: RUB 24000; dropped 1: RUB 9000; won 1: RUB 15000",
        "Крыша | Береза | Роб | None | Миа",
    ),
    "vietnamese": (
        (
            "Tên cơ hội,Công ty,Người liên hệ,Giá trị,Giai đoạn,Trạng thái,Người phụ trách,Ngày dự kiến chốt,Số điện thoại\n"
            "Mái,Bạch Dương,Mia,24.000.000 ₫,Đàm phán,Đang xử lý,Rob,18/12/2026,0912345678\n"
            "Bơm,Sồi,Ted,9.000.000 ₫,Báo giá,Thất bại,Rob,30/09/2026,\n"
            "Pin,Du,Ana,15.000.000 ₫,Ký hợp đồng,Thành công,Rob,02/10/2026,\n"
        ),
        "active 1: VND 24000000; dropped 1: VND 9000000; won 1: VND 15000000",
        "Mái | Bạch Dương | Rob | 2026-12-18 | Mia",
    ),
    "polish": (
        (
            "Nazwa szansy;Klient;Osoba kontaktowa;Wartość;Etap;Status;Opiekun;Przewidywana data zamknięcia;Telefon\n"
            "Dach;Brzoza sp. z o.o.;Mia Brandt;24 000,00 zł;Negocjacje;Otwarta;Rob;18.12.2026;+48 22 123 45 67\n"
            "Pompa;Dąb;Ted;9 000,00 zł;Negocjacje;Przegrana;Rob;30.09.2026;\n"
            "Bateria;Wiąz;Ana;15 000,00 zł;Umowa podpisana;Wygrana;Rob;02.10.2026;\n"
        ),
        "active 1: PLN 24000; dropped 1: PLN 9000; won 1: PLN 15000",
        "Dach | Brzoza sp. z o.o. | Rob | 2026-12-18 | Mia Brandt",
    ),
    "swedish_pipedrive": (
        (
            "Affär - Titel,Affär - Värde,Affär - Valuta för värde,Affär - Status,Affär - Steg,Affär - Ägare,"
            "Affär - Organisation,Affär - Kontaktperson,Affär - Förväntat slutdatum\n"
            "Tak,24000,SEK,Öppen,Offert skickad,Rob,Björk AB,Mia,2026-12-18\n"
            "Pump,9000,SEK,Förlorad,Förhandling,Rob,Ek,Ted,2026-09-30\n"
            "Batteri,15000,SEK,Vunnen,Avtal,Rob,Alm,Ana,2026-10-02\n"
        ),
        "active 1: SEK 24000; dropped 1: SEK 9000; won 1: SEK 15000",
        "Tak | Björk AB | Rob | 2026-12-18 | Mia",
    ),
    "polish_hubspot": (
        (
            "ID rekordu,Nazwa transakcji,Etap transakcji,Data zamknięcia,Właściciel transakcji,Kwota,Powiązany kontakt,Powiązana firma\n"
            "1,Dach,Kwalifikacja,2026-12-18,Rob,24000,Mia,Brzoza\n"
            "2,Pompa,Zamknięte - przegrane,2026-09-30,Rob,9000,Ted,Dąb\n"
            "3,Bateria,Zamknięte - wygrane,2026-10-02,Rob,15000,Ana,Wiąz\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Dach | Brzoza | Rob | 2026-12-18 | Mia",
    ),
    "swedish_hubspot": (
        (
            "Post-ID,Affärsnamn,Affärsfas,Slutdatum,Ägare till affär,Belopp,Associerad kontakt,Associerat företag\n"
            "1,Tak,Kvalificering,2026-12-18,Rob,24000,Mia,Björk\n"
            "2,Pump,Stängd förlorad,2026-09-30,Rob,9000,Ted,Ek\n"
            "3,Batteri,Stängd vunnen,2026-10-02,Rob,15000,Ana,Alm\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Tak | Björk | Rob | 2026-12-18 | Mia",
    ),
    "spanish_hubspot": (
        (
            "ID de registro,Nombre del negocio,Etapa del negocio,Fecha de cierre,Propietario del negocio,Cantidad,Contacto asociado,Empresa asociada\n"
            "1,Techo,Presentación programada,2026-12-18,Rob,24000,Mia,Abedul\n"
            "2,Bomba,Cierre perdido,2026-09-30,Rob,9000,Ted,Roble\n"
            "3,Pila,Cierre ganado,2026-10-02,Rob,15000,Ana,Olmo\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Techo | Abedul | Rob | 2026-12-18 | Mia",
    ),
    "french_hubspot": (
        (
            "Identifiant de la fiche,Nom de la transaction,Phase de la transaction,Date de fermeture,Propriétaire de la transaction,Montant,Contact associé,Entreprise associée\n"
            "1,Toit,Présentation planifiée,2026-12-18,Rob,24000,Mia,Bouleau\n"
            "2,Pompe,Fermée perdue,2026-09-30,Rob,9000,Ted,Chêne\n"
            "3,Pile,Fermée gagnée,2026-10-02,Rob,15000,Ana,Orme\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Toit | Bouleau | Rob | 2026-12-18 | Mia",
    ),
    "german_hubspot": (
        (
            "Datensatz-ID,Dealname,Dealphase,Abschlussdatum,Zuständiger Mitarbeiter,Betrag,Zugehöriger Kontakt,Zugehöriges Unternehmen\n"
            "1,Dach,Termin geplant,2026-12-18,Rob,24000,Mia,Birke\n"
            "2,Pumpe,Abgeschlossen verloren,2026-09-30,Rob,9000,Ted,Eiche\n"
            "3,Akku,Abgeschlossen und gewonnen,2026-10-02,Rob,15000,Ana,Ulme\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Dach | Birke | Rob | 2026-12-18 | Mia",
    ),
    "german_pipedrive": (
        (
            "Deal - Titel,Deal - Wert,Deal - Währung des Wertes,Deal - Organisation,Deal - Kontaktperson,Deal - Phase,Deal - Status,Deal - Besitzer,Deal - Voraussichtliches Abschlussdatum,Deal - Grund für Verlust\n"
            "Dach,24000,EUR,Birke,Mia,Angebot,Offen,Rob,2026-12-18,\n"
            "Pumpe,9000,EUR,Eiche,Ted,Angebot,Verloren,Rob,2026-09-30,zu teuer\n"
        ),
        "active 1: EUR 24000; dropped 1: EUR 9000",
        "Dach | Birke | Rob | 2026-12-18 | Mia",
    ),
    "dutch_teamleader": (
        (
            "Titel,Klant,Contactpersoon,Geschatte waarde,Fase,Verantwoordelijke,Geschatte sluitingsdatum,Status\n"
            'Dak,Berk,Mia,"24.000,00",Offerte verstuurd,Rob,18/12/2026,Open\n'
            'Pomp,Eik,Ted,"9.000,00",Onderhandeling,Rob,30/09/2026,Geweigerd\n'
        ),
        "active 1: USD 24000; dropped 1: USD 9000",
        "Dak | Berk | Rob | 2026-12-18 | Mia",
    ),
    "french_pipedrive": (
        (
            "Affaire - Titre,Affaire - Statut,Affaire - Valeur,Affaire - Devise de la valeur,Affaire - Organisation,Affaire - Personne à contacter,Affaire - Étape,Affaire - Propriétaire,Affaire - Date de clôture prévue,Affaire - Date de gain,Affaire - Heure de l'échec,Affaire - Raison de la perte,Personne - Téléphone - Travail,Personne - E-mail - Domicile\n"
            "Toit,En cours,24000,EUR,Bouleau,Mia,Perdu mais à relancer,Rob,2026-12-18,,,,+33 1 00 00 00 00,mia@b.example\n"
            "Pompe,Perdue,9000,EUR,Chêne,Ted,Négociation,Rob,,,2026-09-30 10:00:00,Trop cher,,\n"
            "Pile,Gagnée,15000,EUR,Orme,Ana,Négociation,Rob,,2026-10-02 10:00:00,,,,\n"
        ),
        "active 1: EUR 24000; dropped 1: EUR 9000; won 1: EUR 15000",
        "Toit | Bouleau | Rob | 2026-12-18 | Mia",
    ),
    "portuguese_pipedrive": (
        (
            "Negócio - Título,Negócio - Funil,Negócio - Etapa,Negócio - Status,Negócio - Valor,Negócio - Moeda de Valor,Negócio - Organização,Negócio - Pessoa de contato,Negócio - Proprietário,Negócio - Data de fechamento esperada,Negócio - Ganho em,Negócio - Data de perda,Pessoa - E-mail - Trabalho,Pessoa - Telefone - Celular\n"
            "Telhado,Vendas,Proposta,Aberto,24000,BRL,Bétula,Mia,Rob,2026-12-18,,,mia@b.example,+55 11 91234 0001\n"
            "Bomba,Vendas,Proposta,Perdido,9000,BRL,Carvalho,Ted,Rob,,,2026-09-30 10:00:00,,\n"
            "Pilha,Vendas,Proposta,Ganho,15000,BRL,Olmo,Ana,Rob,,2026-10-02 10:00:00,,,\n"
        ),
        "active 1: BRL 24000; dropped 1: BRL 9000; won 1: BRL 15000",
        "Telhado | Bétula | Rob | 2026-12-18 | Mia",
    ),
    "names_as_a_program_writes_them": (
        (
            "id_oportunidade,nome_negocio,data_criacao,data_prevista_fechamento,etapa_atual,status_final,valor_potencial,nome_cliente,responsavel\n"
            "1,Telhado,2026-09-01,2026-12-18,Proposta,Em Andamento,24000,Bétula,Rob\n"
            "2,Bomba,2026-08-01,,Fechado,Perdido,9000,Carvalho,Rob\n"
            "3,Pilha,2026-07-01,,Fechado,Ganho,15000,Olmo,Rob\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000; won 1: USD 15000",
        "Telhado | Bétula | Rob | 2026-12-18 | ",
    ),
    "russian_bitrix": (
        (
            "ID;Воронка;Стадия сделки;Название сделки;Сумма;Валюта;Компания;Контакт: Имя;Контакт: Рабочий телефон;Контакт: Рабочий e-mail;Ответственный;Предполагаемая дата закрытия;Сделка закрыта\n"
            "1;Общая;Подготовка документов;Крыша;24000.00;Российский рубль;Береза;Миа;+7 912 345-67-89;mia@b.example;Роб;18.12.2026;нет\n"
            "2;Общая;Сделка провалена;Насос;9000.00;Российский рубль;Дуб;Тед;;;Роб;30.09.2026;да\n"
        ),
        "active 1: RUB 24000; dropped 1: RUB 9000",
        "Крыша | Береза | Роб | 2026-12-18 | Миа",
    ),
    "vietnamese_with_the_customer_beside_the_company": (
        (
            "STT,Tên khách hàng,Số điện thoại,Công ty,Trạng thái,Giá trị dự kiến,Ngày liên hệ gần nhất,Nhân viên phụ trách\n"
            "1,Mia,0912345678,Bạch Dương,Đang đàm phán,24.000.000 ₫,20/10/2026,Rob\n"
            "2,Ted,0912345679,Sồi,Không quan tâm,9.000.000 ₫,15/10/2026,Rob\n"
        ),
        "active 1: VND 24000000; dropped 1: VND 9000000",
        "Bạch Dương | Bạch Dương | Rob | None | Mia",
    ),
    "french_by_hand": (
        (
            "Société;Interlocuteur;Tél;Mail;Statut;Montant devis HT;Date d'envoi devis;Relance prévue le;Commercial\n"
            "Bouleau;Mia;06 12 34 56 78;mia@b.example;Devis envoyé;24 000,00 €;19/11/2026;05/12/2026;Rob\n"
            "Chêne;Ted;06 12 34 56 79;ted@c.example;Refusé;9 000 €;01/10/2026;;Rob\n"
        ),
        "active 1: EUR 24000; dropped 1: EUR 9000",
        "Bouleau - Mia | Bouleau | Rob | None | Mia",
    ),
    "espo": (
        (
            "Opportunity Name,Account,Projected Amount,Projected Amount Currency,Sales Stage,Assigned User Name,Expected Close,Do Not Contact\n"
            "Roof,Birch,24000,SEK,Proposal,Rob,2026-12-18,No\n"
            "Pump,Oak,9000,SEK,Closed Lost,Rob,2026-09-30,No\n"
        ),
        "active 1: SEK 24000; dropped 1: SEK 9000",
        "Roof | Birch | Rob | 2026-12-18 | ",
    ),
    "insightly": (
        (
            "Record Id,Opportunity Name,Opportunity State,Current Stage,Opportunity Value,Bid Currency,Probability,Forecast Close Date,Actual Close Date,User Responsible,Organization,Date of Next Activity\n"
            "1,Roof,OPEN,Proposal,24000,USD,50,12/18/2026,,Rob,Birch,12/02/2026\n"
            "2,Pump,LOST,Proposal,9000,USD,0,09/30/2026,09/28/2026,Rob,Oak,\n"
            "3,Bat,ABANDONED,Demo,9000,USD,0,09/30/2026,09/13/2026,Rob,Oak,\n"
        ),
        "active 1: USD 24000; dropped 2: USD 18000",
        "Roof | Birch | Rob | 2026-12-18 | ",
    ),
    "monday": (
        (
            "Name,Deal stage,Deal owner,Contacts,Accounts,Deal Value,Close Probability,Forecast Value,Expected close date,Last interaction\n"
            'Roof,Negotiation,Rob,Mia,Birch,"$24,000",50%,"$12,000",2026-12-18,2026-11-20\n'
            'Pump,Lost,Rob,Ted,Oak,"$9,000",0%,$0,2026-09-30,2026-09-10\n'
        ),
        "active 1: USD 24000; dropped 1: USD 9000",
        "Roof | Birch | Rob | 2026-12-18 | Mia",
    ),
    "attio": (
        (
            "Record ID,Deal name,Deal stage,Deal owner,Deal value,Associated people,Associated company,Created at,Archived at\n"
            "1,Roof,In Progress,Rob,24000,Mia,Birch,2026-10-01T00:00:00Z,\n"
            "2,Pump,Lost,Rob,9000,Ted,Oak,2026-08-01T00:00:00Z,\n"
            "3,Old,In Progress,Rob,1,Ted,Oak,2026-08-01T00:00:00Z,2026-11-01T00:00:00Z\n"
        ),
        "active 1: USD 24000; dropped 1: USD 9000",
        "Roof | Birch | Rob | None | Mia",
    ),
    "zendesk": (
        (
            "ID,Deal Name,Contact Name,Company Name,Owner,Stage,Value,Currency,Loss Reason,Unqualified Reason,Estimated Close Date,Added on,Last Stage Change At\n"
            "1,Roof,Mia,Birch,Rob,Quote,24000,GBP,,,2026-12-18,2026-10-01,2026-11-01\n"
            "2,Pump,Ted,Oak,Rob,Lost,9000,GBP,Price,,2026-09-30,2026-08-01,2026-09-30\n"
        ),
        "active 1: GBP 24000; dropped 1: GBP 9000",
        "Roof | Birch | Rob | 2026-12-18 | Mia",
    ),
}


def sums(result: ImportResult) -> str:
    """Return count and sum of each place: ``active 1: EUR 24000; won 1: EUR 5``."""
    said = []
    for place in ("active", "dropped", "won"):
        here = [p for p in result.prospects if ("won" if p.won else p.column.value) == place]
        amounts = [p.value for p in here if p.value]
        if here:
            (currency,) = {money.currency for money in amounts}
            said.append(f"{place} {len(here)}: {currency} {sum(m.amount for m in amounts):f}")
    return "; ".join(said)


@pytest.mark.parametrize(("text", "right", "first"), LISTS.values(), ids=list(LISTS))
def test_a_list_is_understood(text: str, right: str, first: str) -> None:
    result = taken(text)
    card = result.prospects[0]
    contact = card.contacts[0].name if card.contacts else ""
    assert sums(result) == right
    assert f"{card.name} | {card.company} | {card.owner} | {card.close_date} | {contact}" == first
    assert (*result.warnings, *hint_rows(0, result)) == ()


def test_days_lost_and_won_and_answers_of_a_german_pipedrive() -> None:
    result = taken(
        "Deal - ID,Deal - Titel,Deal - Status,Deal - Datum des verlorenen Deals,Deal - Datum des gewonnenen Deals,"
        "Deal - Letzte E-Mail erhalten,Deal - Letzte E-Mail gesendet\n"
        "1,Dach,Verloren,2026-10-05 08:00:00,,,\n"
        "2,Zaun,Gewonnen,,2026-09-15 08:00:00,2026-09-10 08:00:00,2026-09-11 08:00:00\n"
    )
    roof, fence = result.prospects
    assert roof.drop is not None
    assert fence.won is not None
    assert (str(roof.drop.at.date()), str(fence.won.on)) == ("2026-10-05", "2026-09-15")
    assert sorted(touch.outcome.value for touch in fence.touches) == ["contacted", "email"]


OFFERS = """Angebotsnr.;Titel;Kunde;Ansprechpartner;Telefon;Offertsumme (CHF);Stand;Verantwortlich
AN-1;Umbau Halle;Keller AG;Keller, Urs;+41 44 555 01 01;1'234.50;Offen;Beat
AN-2;Neue Presse;Druck AG;Müller, Ruth;+41 31 555 02 02;48'900.00;Entwurf;Beat
AN-3;Service;Bau AG;Zürcher, Max;+41 61 555 03 03;7'500.00;Abgelehnt;Anna
"""
FRENCH = """N° affaire;Intitulé;Société;Étape;Montant HT (€);Proba.;Prochaine action;Date prochaine action
A-1;Atelier;Dupont;Devis envoyé;18 500,00;60 %;Relancer;02/12/2026
A-2;Contrat;Roy;En veille;3 600,00;10 %;;15/03/2027
"""
CLOSE = """id,display_name,status_label,primary_opportunity_value_formatted,primary_contact_name,primary_contact_primary_phone
lead_1,Lark Dental,Potential,"$12,000",Kim Ode,+14155550101
"""


def test_a_list_of_swiss_offers_is_one_of_deals() -> None:
    result = taken(OFFERS)
    first, draft, lost = result.prospects
    assert (result.kind, first.name, first.contacts[0].phone) == ("deals", "Umbau Halle", "+41 44 555 01 01")  # fmt: skip
    assert first.value is not None
    assert (str(first.value.amount), first.value.currency) == ("1234.50", "CHF")
    assert (draft.column, lost.column) == ("active", "dropped")
    assert not any(not use.is_known for use in result.states)


def test_a_french_list_plans_the_next_action_and_rests_what_is_dormant() -> None:
    first, resting = taken(FRENCH).prospects
    assert first.next_step is not None
    assert (first.next_step.action, str(first.next_step.on)) == ("Relancer", "2026-12-02")
    assert str(first.probability) == "0.6"
    assert resting.column == "nurture"


def test_leads_of_close_are_called_by_their_display_name() -> None:
    (lead,) = taken(CLOSE).prospects
    assert lead.name.startswith("Lark Dental")
    assert lead.value is not None
    assert str(lead.value.amount) == "12000"


@pytest.mark.parametrize("word", ["Pausada", "en sommeil", "Standby", "Stand-by"])
def test_words_of_a_sale_that_rests(word: str) -> None:
    assert stage_meaning(word) is StageMeaning.NURTURE


def test_a_vietnamese_name_alone_is_that_of_the_deal() -> None:
    result = taken("Tên,Giá trị,Giai đoạn\nMái,24.000.000 ₫,Đàm phán\n")
    (roof,) = result.prospects
    assert (roof.name, roof.contacts) == ("Mái", ())


def test_a_first_name_alone_is_no_last_name_in_any_language() -> None:
    result = taken("Имя;Телефон;Компания;Стадия сделки;Сумма\nАнна;+7 900 1;Луна;Новая;5\n")
    assert [contact.name for contact in result.prospects[0].contacts] == ["Анна"]
    assert result.mapping["first_name"] == ("Имя",)


def test_leads_in_french_with_the_wish_not_to_be_called() -> None:
    result = taken(
        "Nom,Prénom,Société,Fonction,Courriel,Tél. portable,Statut,Ne pas appeler\n"
        "Brandt,Mia,Bouleau,DG,mia@b.example,06 12 34 56 78,Nouveau,Non\n"
        "Voss,Ted,Chêne,DAF,ted@c.example,06 12 34 56 79,Contacté,Oui\n",
        kind="leads",
    )
    mia, ted = result.prospects
    assert (mia.name, mia.contacts[0].phone) == ("Bouleau - Mia Brandt", "06 12 34 56 78")
    assert (mia.do_not_contact, mia.closed_channels) == (None, ())
    assert ted.closed_channels == ("phone",)
