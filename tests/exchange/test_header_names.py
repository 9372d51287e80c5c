"""The usual names of columns in nine languages, each with the fields that it may be."""

import pytest

from review_board.exchange.header_synonyms import meaning_of
from review_board.exchange.word_lists import word_lists

NAMES = {
    "id": (
        "Opportunity ID | Deal no. | Deal number | Record no. | Vorgangsnr. | Vorgangsnummer | Vorgangs-Nr. | "
        "Nr. | Auftragsnummer | Angebotsnr. | Angebotsnummer | Projektnummer | Kennung | Datensatz-ID | "
        "Número de oportunidad | Nº de oportunidad | N.º | Código | ID de oportunidad | Identificador | ID de "
        "l'opportunité | Numéro d'affaire | N° affaire | N° dossier | Numéro de dossier | Référence | Réf. | "
        "Identifiant | Numéro | Código da oportunidade | Nº da proposta | ID do negócio | Número do negócio | "
        "Codice | Codice opportunità | Numero trattativa | N. offerta | ID opportunità | Rif. | Nummer | "
        "Dealnummer | Offertenummer | Kenmerk | Verkoopkansnummer | Номер | Номер сделки | № | ID сделки | "
        "Код | Идентификатор | Mã cơ hội | Mã | Mã số | Mã hợp đồng | Mã giao dịch"
    ),
    "created": (
        "Created | Create date | Opened | Open date | Date opened | Start date | Started | Entry date | Date "
        "added | Added on | Startdatum | Beginn | Anfang | Erstellt | Erstellt am | Erstelldatum | "
        "Erstellungsdatum | Angelegt am | Anlagedatum | Eröffnet am | Eingangsdatum | Date de début | Date "
        "d'ouverture | Créé le | Date de création | Ouvert le | Fecha de inicio | Inicio | Fecha de creación "
        "| Creado | Creado el | Fecha de apertura | Fecha de alta | Data de início | Início | Data de criação "
        "| Criado em | Data de abertura | Data inizio | Inizio | Data di inizio | Creato il | Data creazione "
        "| Data di apertura | Aperto il | Begindatum | Aangemaakt | Aangemaakt op | Aanmaakdatum | Geopend op "
        "| Дата создания | Создано | Дата начала | Начало | Дата открытия | Ngày tạo | Ngày bắt đầu | Ngày mở"
    ),
    "close_date|expected_close": (
        "Close date | Closing date | Expected close | Expected closing date | Abschlussdatum | Abschluss | "
        "Voraussichtlicher Abschluss | Geplanter Abschluss | Erwarteter Abschluss | Zieldatum | Fecha de "
        "cierre | Cierre previsto | Fecha prevista de cierre | Cierre | Date de clôture | Clôture prévue | "
        "Date de signature prévue | Date de clôture prévue | Clôture | Data de fechamento | Previsão de "
        "fechamento | Fechamento previsto | Fechamento | Data chiusura | Data di chiusura | Chiusura prevista "
        "| Chiusura | Sluitingsdatum | Verwachte sluitdatum | Sluitdatum | Verwachte afsluitdatum | "
        "Afsluitdatum | Дата закрытия | Плановая дата закрытия | Ожидаемая дата закрытия | Ngày đóng | Ngày "
        "dự kiến chốt | Ngày chốt | Ngày kết thúc"
    ),
    "value": (
        "Amount | Value | Deal value | Betrag | Wert | Summe | Auftragswert | Umsatz | Volumen | "
        "Angebotssumme | Auftragssumme | Erwarteter Umsatz | Monto | Importe | Valor | Monto estimado | Valor "
        "estimado | Ingreso esperado | Montant | Valeur | Chiffre d'affaires | CA prévu | Montant HT | "
        "Montant estimé | Valor do negócio | Valor da proposta | Receita esperada | Importo | Valore | Valore "
        "stimato | Ricavo previsto | Fatturato | Bedrag | Waarde | Omzet | Verwachte omzet | Сумма | "
        "Стоимость | Бюджет | Сумма сделки | Ожидаемая выручка | Giá trị | Số tiền | Doanh thu | Doanh thu dự "
        "kiến | Giá trị hợp đồng"
    ),
    "stage|status": (
        "Stage | Status | Sales stage | Phase | Verkaufsphase | Vertriebsphase | Etapa | Fase | Estado | "
        "Etapa de venta | Étape | Statut | Phase de vente | État | Situação | Etapa do funil | Stato | Stadio "
        "| Fase di vendita | Verkoopfase | Stap | Стадия | Этап | Статус | Статус сделки | Этап сделки | Giai "
        "đoạn | Trạng thái | Tình trạng"
    ),
    "owner": (
        "Owner | Sales rep | Assigned to | Account manager | Verantwortlich | Verantwortlicher | Zuständig | "
        "Zuständiger | Besitzer | Eigentümer | Vertriebler | Verkäufer | Betreuer | Bearbeiter | Propietario "
        "| Responsable | Vendedor | Comercial | Asignado a | Ejecutivo | Propriétaire | Commercial | Vendeur "
        "| Chargé d'affaires | Responsável | Proprietário | Consultor | Proprietario | Responsabile | "
        "Venditore | Commerciale | Assegnato a | Eigenaar | Verantwoordelijke | Verkoper | Toegewezen aan | "
        "Accountmanager | Ответственный | Менеджер | Владелец | Người phụ trách | Phụ trách | Nhân viên | "
        "Nhân viên kinh doanh"
    ),
    "company": (
        "Company | Account | Customer | Firma | Kunde | Unternehmen | Firmenname | Empresa | Cliente | "
        "Compañía | Cuenta | Entreprise | Société | Client | Compte | Raison sociale | Conta | Azienda | "
        "Ditta | Ragione sociale | Bedrijf | Klant | Organisatie | Bedrijfsnaam | Компания | Организация | "
        "Клиент | Контрагент | Заказчик | Công ty | Khách hàng | Tên công ty | Doanh nghiệp"
    ),
    "contact": (
        "Contact | Contact person | Ansprechpartner | Kontakt | Kontaktperson | Contacto | Persona de "
        "contacto | Interlocuteur | Personne de contact | Contato | Pessoa de contato | Contatto | Referente "
        "| Persona di riferimento | Contactpersoon | Контакт | Контактное лицо | Người liên hệ | Liên hệ"
    ),
    "name": (
        "Deal name | Opportunity name | Title | Verkaufschance | Bezeichnung | Titel | Projekt | Vorgang | "
        "Nombre | Nombre de la oportunidad | Oportunidad | Negocio | Título | Affaire | Opportunité | Nom de "
        "l'opportunité | Intitulé | Projet | Negócio | Nome do negócio | Oportunidade | Trattativa | "
        "Opportunità | Nome opportunità | Titolo | Verkoopkans | Naam | Onderwerp | Сделка | Название | "
        "Название сделки | Cơ hội | Tên cơ hội"
    ),
    "email": (
        "Email | E-mail | Mail | E-Mail-Adresse | Correo | Correo electrónico | Courriel | Adresse e-mail | "
        "Adresse mail | Endereço de e-mail | Indirizzo email | E-mailadres | Эл. почта | Электронная почта | "
        "Почта | Thư điện tử"
    ),
    "phone": (
        "Phone | Mobile | Telefon | Handy | Telefonnummer | Mobil | Tel. | Teléfono | Móvil | Celular | "
        "Téléphone | Portable | Tél. | Telefone | Telemóvel | Telefono | Cellulare | Telefoon | Mobiel | "
        "Телефон | Мобильный | Моб. телефон | Điện thoại | Số điện thoại | Di động | SĐT"
    ),
    "currency": (
        "Currency | Währung | Whg. | Moneda | Divisa | Devise | Monnaie | Moeda | Valuta | Munt | Валюта | "
        "Tiền tệ | Loại tiền | Đơn vị tiền tệ"
    ),
    "probability": (
        "Probability | Wahrscheinlichkeit | Abschlusswahrscheinlichkeit | Probabilidad | Probabilité | "
        "Probabilidade | Probabilità | Waarschijnlijkheid | Kans | Вероятность | Xác suất | Khả năng"
    ),
    "lost_reason": (
        "Lost reason | Loss reason | Reason lost | Verlustgrund | Grund für Verlust | Absagegrund | "
        "Ablehnungsgrund | Motivo de pérdida | Razón de pérdida | Motif de perte | Raison de la perte | "
        "Motivo da perda | Motivo di perdita | Motivo perdita | Verliesreden | Reden van verlies | Reden "
        "verlies | Причина отказа | Причина проигрыша | Lý do thất bại | Lý do mất"
    ),
    "source": (
        "Lead source | Source | Quelle | Herkunft | Leadquelle | Origen | Fuente | Origine | Provenance | "
        "Origem | Fonte | Provenienza | Bron | Herkomst | Источник | Nguồn | Nguồn khách hàng"
    ),
    "note": (
        "Notes | Comment | Remarks | Bemerkung | Notiz | Notizen | Kommentar | Anmerkung | Notas | Comentario "
        "| Observaciones | Remarques | Commentaire | Observações | Comentário | Note | Commenti | "
        "Osservazioni | Opmerkingen | Notitie | Notities | Примечание | Комментарий | Заметки | Ghi chú"
    ),
    "next_step": (
        "Next step | Next action | Nächster Schritt | Nächste Schritte | Nächste Aktion | Próximo paso | "
        "Siguiente paso | Prochaine étape | Prochaine action | Próximo passo | Próxima ação | Prossimo passo "
        "| Prossima azione | Volgende stap | Volgende actie | Следующий шаг | Bước tiếp theo"
    ),
    "next_activity": (
        "Next activity date | Next follow-up | Follow-up date | Wiedervorlage | Nächster Kontakt | "
        "Wiedervorlagedatum | Próximo contacto | Próxima actividad | Próximo seguimiento | Prochain contact | "
        "Date de relance | Relance | Próximo contato | Prossimo contatto | Prossima attività | Volgend "
        "contact | Volgende activiteit | Opvolgdatum | Следующий контакт | Дата следующего контакта | Ngày "
        "liên hệ tiếp theo"
    ),
    "contacted|last_activity|called": (
        "Last contact | Last contacted | Letzter Kontakt | Zuletzt kontaktiert | Letzte Aktivität | Último "
        "contacto | Última actividad | Dernier contact | Dernière activité | Último contato | Última "
        "atividade | Ultimo contatto | Ultima attività | Laatste contact | Laatste activiteit | Последний "
        "контакт | Дата последнего контакта | Liên hệ gần nhất | Lần liên hệ cuối"
    ),
}
"""Fields that say nearly the same stand together; English first, then German, Spanish, French, Portuguese,
Italian, Dutch, Russian and Vietnamese."""


@pytest.mark.parametrize(("fields", "names"), NAMES.items())
def test_the_usual_names_of_a_column_are_known(fields: str, names: str) -> None:
    found = {name: meaning_of(name) for name in names.split(" | ")}
    assert {
        n for n, meant in found.items() if not meant or meant.field not in fields.split("|")
    } == set()


@pytest.mark.parametrize(
    "name", ["Kundennummer", "Lead-ID", "Nº de cliente", "Ngày sinh", "Stand", "STT"]
)
def test_numbers_of_others_and_of_rows_are_no_id_of_a_deal(name: str) -> None:
    meant = meaning_of(name)
    assert meant is None or meant.field != "id" or meant.of == "leads"


@pytest.mark.parametrize("name", ["header_names", "activity_words", "list_marks"])
def test_no_list_has_a_word_twice(name: str) -> None:
    for lists in word_lists(name).values():
        for field, words in lists.items():
            listed = [word.strip() for word in words.split("," if "," in words else None)]
            assert sorted({*listed}) == sorted(listed), field
