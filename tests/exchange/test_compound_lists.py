"""Lists as sellers in nine countries head them: compound headers, states in whole phrases."""

import pytest

from tests.exchange.support import taken

LISTS = {
    "en": (
        "Account Name;Opportunity Title;Estimated Deal Value (USD);Current Sales Stage;Expected Closure Date;Sales Rep Name;Work E-mail Address;Direct Phone No.;Next Follow-up Date;Reason Lost",
        "Birch Hall;Solar;24000;Contract to be signed;2026-12-18;Rob;mia@b.example;+1 555 0101;2026-12-01;",
        "Oak;Pump;9000;Won;2026-09-18;Rob;;;;",
        "Elm;Van;5000;Lost - no budget;2026-09-18;Rob;;;;price",
    ),
    "en2": (
        "Client;Project Name;Quoted Amount;Deal Status;Target Close;Assigned Rep;Point of Contact;Contact Email;Mobile No",
        "Birch;Solar;$24,000;Negotiation;12/18/2026;Rob;Mia;m@b.example;555",
        "Oak;Pump;$9,000;PO received;9/18/2026;Rob;;;",
        "Elm;Van;$5,000;Went with another vendor;9/18/2026;Rob;;;",
    ),
    "de": (
        "Firmenname;Projektbezeichnung;Erwarteter Auftragswert;Aktuelle Verkaufsphase;Voraussichtlicher Abschluss;Zuständiger Vertriebler;E-Mail-Adresse Ansprechpartner;Telefon geschäftlich;Nächster Kontakt am;Absagegrund",
        "Birke;Solar;24.000,00 €;Angebot versendet;18.12.2026;Rob;m@b.example;030 123;01.12.2026;",
        "Eiche;Pumpe;9.000,00 €;Auftrag erhalten;18.09.2026;Rob;;;;",
        "Ulme;Van;5.000,00 €;Kein Budget;18.09.2026;Rob;;;;Preis",
    ),
    "de2": (
        "Kunde;Vorgangsname;Angebotssumme netto;Angebotsstatus;Abschluss geplant;Bearbeiter;Kontakt Person;Mail;Tel.",
        "Birke;Solar;24000;in Verhandlung;2026-12-18;Rob;Mia;m@b.example;030",
        "Eiche;Pumpe;9000;beauftragt;2026-09-18;Rob;;;",
        "Ulme;Van;5000;abgelehnt;2026-09-18;Rob;;;",
    ),
    "fr": (
        "Nom de la société;Intitulé de l'affaire;Montant estimé HT;Étape actuelle de vente;Date de signature prévue;Commercial en charge;Adresse e-mail du contact;Téléphone portable;Prochaine relance;Motif de la perte",
        "Bouleau;Solaire;24 000 €;Devis envoyé;18/12/2026;Rob;m@b.example;06 12;01/12/2026;",
        "Chêne;Pompe;9 000 €;Commande reçue;18/09/2026;Rob;;;;",
        "Orme;Van;5 000 €;Pas de budget;18/09/2026;Rob;;;;prix",
    ),
    "fr2": (
        "Client;Projet;Montant du devis;Statut du devis;Date de clôture estimée;Responsable commercial;Nom du contact;Courriel;Tél.",
        "Bouleau;Solaire;24000;En négociation;2026-12-18;Rob;Mia;m@b.example;06",
        "Chêne;Pompe;9000;Contrat signé;2026-09-18;Rob;;;",
        "Orme;Van;5000;Vendu au concurrent;2026-09-18;Rob;;;",
    ),
    "es": (
        "Nombre de la empresa;Título de la oportunidad;Importe estimado;Etapa actual;Fecha prevista de cierre;Ejecutivo asignado;Correo del contacto;Teléfono móvil;Fecha de próximo contacto;Motivo de la pérdida",
        "Abedul;Solar;24.000,00 €;Propuesta enviada;18/12/2026;Rob;m@b.example;6;01/12/2026;",
        "Roble;Bomba;9.000,00 €;Cerrado ganado;18/09/2026;Rob;;;;",
        "Olmo;Van;5.000,00 €;Sin presupuesto;18/09/2026;Rob;;;;precio",
    ),
    "es2": (
        "Cliente;Proyecto;Monto cotizado;Estatus;Cierre estimado;Asesor comercial;Nombre del contacto;E-mail;Celular",
        "Abedul;Solar;24000;En negociación;2026-12-18;Rob;Mia;m@b.example;6",
        "Roble;Bomba;9000;Pedido recibido;2026-09-18;Rob;;;",
        "Olmo;Van;5000;Vendido a la competencia;2026-09-18;Rob;;;",
    ),
    "pt": (
        "Nome da empresa;Título do negócio;Valor estimado;Etapa atual do funil;Previsão de fechamento;Vendedor responsável;E-mail do contato;Telefone celular;Data do próximo contato;Motivo da perda",
        "Bétula;Solar;R$ 24.000,00;Proposta enviada;18/12/2026;Rob;m@b.example;11;01/12/2026;",
        "Carvalho;Bomba;R$ 9.000,00;Fechado ganho;18/09/2026;Rob;;;;",
        "Olmo;Van;R$ 5.000,00;Sem orçamento;18/09/2026;Rob;;;;preço",
    ),
    "pt2": (
        "Cliente;Projeto;Valor da proposta;Situação do negócio;Data prevista de fecho;Gestor de conta;Nome do contacto;Correio eletrónico;Telemóvel",
        "Bétula;Solar;24000;Em negociação;2026-12-18;Rob;Mia;m@b.example;9",
        "Carvalho;Bomba;9000;Contrato assinado;2026-09-18;Rob;;;",
        "Olmo;Van;5000;Perdido para concorrente;2026-09-18;Rob;;;",
    ),
    "it": (
        "Nome azienda;Titolo trattativa;Importo stimato;Fase attuale;Data prevista di chiusura;Agente di vendita;E-mail del contatto;Telefono cellulare;Data prossimo contatto;Motivo della perdita",
        "Betulla;Solare;24.000,00 €;Preventivo inviato;18/12/2026;Rob;m@b.example;33;01/12/2026;",
        "Quercia;Pompa;9.000,00 €;Ordine ricevuto;18/09/2026;Rob;;;;",
        "Olmo;Van;5.000,00 €;Nessun budget;18/09/2026;Rob;;;;prezzo",
    ),
    "it2": (
        "Cliente;Progetto;Importo offerta;Stato trattativa;Chiusura stimata;Commerciale assegnato;Nome referente;Indirizzo mail;Cell.",
        "Betulla;Solare;24000;In trattativa;2026-12-18;Rob;Mia;m@b.example;33",
        "Quercia;Pompa;9000;Contratto firmato;2026-09-18;Rob;;;",
        "Olmo;Van;5000;Venduto al concorrente;2026-09-18;Rob;;;",
    ),
    "nl": (
        "Naam bedrijf;Naam verkoopkans;Geschatte orderwaarde;Huidige verkoopfase;Verwachte sluitingsdatum;Naam verkoper;E-mailadres contactpersoon;Mobiel nummer;Datum volgend contact;Reden van verlies",
        "Berk;Zon;24.000,00 €;Offerte verstuurd;18-12-2026;Rob;m@b.example;06;01-12-2026;",
        "Eik;Pomp;9.000,00 €;Opdracht ontvangen;18-09-2026;Rob;;;;",
        "Iep;Van;5.000,00 €;Geen budget;18-09-2026;Rob;;;;prijs",
    ),
    "nl2": (
        "Klant;Project;Offertebedrag;Offertestatus;Geplande afsluitdatum;Accountmanager;Contactpersoon naam;Mail;Tel",
        "Berk;Zon;24000;In onderhandeling;2026-12-18;Rob;Mia;m@b.example;06",
        "Eik;Pomp;9000;Getekend;2026-09-18;Rob;;;",
        "Iep;Van;5000;Verkocht aan concurrent;2026-09-18;Rob;;;",
    ),
    "ru": (
        "Название организации;Наименование сделки;Ожидаемая сумма сделки;Текущий этап;Предполагаемая дата закрытия;Ответственный менеджер;Эл. почта контакта;Мобильный телефон;Дата следующего контакта;Причина отказа",
        "Берёза;Солнце;24 000 ₽;Отправлено КП;18.12.2026;Роб;m@b.example;7;01.12.2026;",
        "Дуб;Насос;9 000 ₽;Договор подписан;18.09.2026;Роб;;;;",
        "Вяз;Фургон;5 000 ₽;Нет бюджета;18.09.2026;Роб;;;;цена",
    ),
    "ru2": (
        "Заказчик;Проект;Сумма КП;Статус сделки;Плановая дата закрытия;Менеджер по продажам;Контактное лицо;Email;Тел.",
        "Берёза;Солнце;24000;Переговоры;2026-12-18;Роб;Миа;m@b.example;7",
        "Дуб;Насос;9000;Успешно реализовано;2026-09-18;Роб;;;",
        "Вяз;Фургон;5000;Проиграна конкуренту;2026-09-18;Роб;;;",
    ),
    "vi": (
        "Tên công ty;Tên cơ hội bán hàng;Giá trị dự kiến;Giai đoạn hiện tại;Ngày chốt dự kiến;Nhân viên phụ trách;Email người liên hệ;Số điện thoại di động;Ngày liên hệ tiếp theo;Lý do thua",
        "Bạch Dương;Solar;24000000;Đã gửi báo giá;18/12/2026;Rob;m@b.example;09;01/12/2026;",
        "Sồi;Bơm;9000000;Đã ký hợp đồng;18/09/2026;Rob;;;;",
        "Du;Van;5000000;Không có ngân sách;18/09/2026;Rob;;;;giá",
    ),
    "vi2": (
        "Khách hàng;Dự án;Giá trị báo giá;Tình trạng đơn hàng;Dự kiến chốt;Người bán;Họ tên người liên hệ;Thư điện tử;SĐT",
        "Bạch Dương;Solar;24000000;Đang đàm phán;2026-12-18;Rob;Mia;m@b.example;09",
        "Sồi;Bơm;9000000;Thắng;2026-09-18;Rob;;;",
        "Du;Van;5000000;Mất vào tay đối thủ;2026-09-18;Rob;;;",
    ),
}  # fmt: skip
"""Each: one open, one won, one lost; the first has value, company, owner, close date and a person."""


@pytest.mark.parametrize("lines", LISTS.values(), ids=list(LISTS))
def test_a_list_is_understood_as_a_whole(lines: tuple[str, ...]) -> None:
    result = taken("\n".join(lines))
    places = ["won" if p.won else p.column.value for p in result.prospects]
    assert places == ["active", "won", "dropped"]
    first = result.prospects[0]
    (person,) = first.contacts
    assert first.value is not None
    assert all((first.name, first.company, first.owner, person.email, person.phone))
    assert str(first.close_date) == "2026-12-18"
    assert (result.kind, result.unmapped) == ("deals", ())
