from datetime import date
from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.day_columns import ParsedDay
from review_board.exchange.lost_reasons import drop_reason
from review_board.exchange.row_stage import Row, is_unknown, row_meaning
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.vocabulary import DropReason

DAY = ParsedDay(date(2026, 11, 20))

WORDS = {
    StageMeaning.WON: "PO received|Gagné|Vinta|Ganho|Gewonnen (deal)|Успешно реализовано|Thành công|Won|Closed Won|closedwon|closed_won|Gewonnen|Cerrada ganada|H. Work Order Received",
    StageMeaning.LOST: "Won't buy this year|Sold to competitor|LOSE|Perdu|Persa|Geweigerd|Закрыто и не реализовано|"
    "Thất bại|Proposal rejected|Nicht interessiert|Nicht gewonnen|Lost|closedlost|Closed - Lost|Junk Lead|Lost Lead|Verloren|Perdido|Abandoned|"
    "Disqualified|Unqualified|Closed - Not Converted|Not Interested|Dead|Do Not Contact",
    StageMeaning.NURTURE: "Nurture|Nurturing|Contact in Future|Recycled|On Hold|Cold|Long-term|SUSPENDED",
    StageMeaning.CALLBACK: "Call back|callback requested|Callback-Pending|Rückruf|Volver a llamar",
    StageMeaning.RETIRED: "Archived|Merged|Converted|Closed - Converted|Qualified - Converted",
    StageMeaning.CLOSED: "Closed|Geschlossen|Cerrado",
    StageMeaning.OPEN: "Prospecting|Engaging|Qualification|appointmentscheduled|Decision Maker Bought-In|"
    "Id. Decision Makers|Proposal/Price Quote|Pending Response|Attempted to Contact|Not Contacted|"
    "Pre Qualified|open|Verhandlung|Propuesta enviada|hot lead|not reachable|NDA signed|LOI signed|"
    "Signed NDA|Contract to be signed|Not yet signed|Demo cancelled - reschedule|First offer rejected - renegotiating|"
    "Lost contact|Négociation|Trattativa|Onderhandeling|Переговоры|Đàm phán|Proposta enviada",
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "place"),
    [(word, place) for place, words in WORDS.items() for word in words.split("|")],
)
def test_words_of_many_vendors(word: str, place: StageMeaning) -> None:
    assert stage_meaning(word) is place


PHRASES = {
    StageMeaning.OPEN: "NDA signed|Contract to be signed|Contract sent, awaiting signature|Demo cancelled|First offer rejected, second out|Verbal commitment|LOI signed|Ready to close|Sign-off pending|Lost contact, retrying|Winnable|Order expected|Quote to be approved|Not yet won|Close to winning|Vertrag zur Unterschrift|Angebot erstellt|Vertrag noch nicht unterschrieben|In Verhandlung|Contrat à signer|En attente de signature|Devis envoyé|Contrato por firmar|Pendiente de firma|Aguardando assinatura|Contrato a assinar|In attesa di firma|Contratto da firmare|Wacht op handtekening|Offerte verstuurd|Te ondertekenen|Ожидает подписания|Договор на подписании|Chờ ký|Chờ ký hợp đồng|Đang đàm phán|Meeting rescheduled|Proposal declined - revising|Unsigned contract|Sales Qualified|Todavía no calificado|Agendado|Interesado|Respondió|Caliente|Quente|Горячий|Новая|Контакт установлен|Активна|Re-opened|Reopened after loss|Undecided|Waiting for PO|PO pending",
    StageMeaning.LOST: "Won't buy|Sold to competitor|Lost to competitor|Not won|Never won|Went with another vendor|Bought elsewhere|Chose competitor|No budget|Closed - no decision|Withdrawn|Opted out|Not proceeding|Rejected by customer|Deal lost|Not a good fit|Nicht gewonnen|An Wettbewerb verloren|Kein Budget|Kunde hat abgesagt|Perdu face au concurrent|Pas de budget|Non signé - perdu|Vendu au concurrent|Perdida ante competencia|Sin presupuesto|Vendido a la competencia|No compró|Perdido para concorrente|Sem orçamento|Perso contro concorrente|Nessun budget|Venduto al concorrente|Verloren aan concurrent|Geen budget|Verkocht aan concurrent|Проиграна конкуренту|Нет бюджета|Не куплено|Закрыто и не реализовано|Mất vào tay đối thủ|Không có ngân sách|Thất bại|Expired|Out of business|Closed Lost - Price|won by competitor|No calificado|No le interesa|Não qualificado|Não interessado|Desinteresse|Niet gekwalificeerd|Не интересно",
    StageMeaning.WON: "Closed Won|Won|Signed|Contract signed|Deal closed - won|Sold|PO received|Order placed|Gewonnen|Auftrag erhalten|Vertrag unterschrieben|Beauftragt|Gagnée|Contrat signé|Commande reçue|Ganado|Contrato firmado|Pedido recibido|Cerrado ganado|Ganho|Fechado ganho|Contrato assinado|Vinta|Chiusa vinta|Contratto firmato|Ordine ricevuto|Gewonnen deal|Getekend|Opdracht ontvangen|Order ontvangen|Успешно реализовано|Выиграна|Договор подписан|Thắng|Đã ký hợp đồng|Thành công|Closed/Won|Invoiced & paid|Onboarded|Deployed|Signed, awaiting payment|Contract countersigned|Purchased",
    StageMeaning.RETIRED: "Archived|Merged|Deleted|Converted|Converted to deal|Archiviert|Zusammengeführt|Gelöscht|Archivé|Fusionné|Supprimé|Archivado|Fusionado|Eliminado|Arquivado|Mesclado|Excluído|Archiviato|Unito|Eliminato|Gearchiveerd|Samengevoegd|Verwijderd|В архиве|Удалено|Объединено|Đã lưu trữ|Đã xóa|Đã gộp|Merged duplicate|Deleted record|Trashed|Converti|Konvertiert|Convertido|Geconverteerd|Конвертирован|Đã chuyển đổi",
    StageMeaning.NURTURE: "Nurture|On hold|Long-term|Not now|Later|Revisit next year|Pausiert|En pause|En pausa|In pausa|In de wacht|Отложено|Tạm hoãn|Future opportunity|Stalled|Frío|Frio|Kalt|Froid|Холодный",
    StageMeaning.CALLBACK: "Call back|Rückruf|À rappeler|Llamar más tarde|Terugbellen|Перезвонить|Gọi lại sau|Da richiamare|Retornar ligação",
}  # fmt: skip
"""States in whole phrases, in nine languages."""


@pytest.mark.parametrize(
    ("phrase", "place"),
    [(phrase, place) for place, phrases in PHRASES.items() for phrase in phrases.split("|")],
)
def test_a_phrase_means_more_than_its_words(phrase: str, place: StageMeaning) -> None:
    assert stage_meaning(phrase) is place


def test_a_status_of_open_holds_against_the_stage() -> None:
    assert row_meaning({"stage": "Won", "status": "Open"}) is StageMeaning.OPEN
    assert row_meaning({"stage": "Won", "status": "Lost"}) is StageMeaning.LOST
    assert row_meaning({"stage": "Contract signed", "status": "Offen"}) is StageMeaning.OPEN


@pytest.mark.parametrize("word", ["Win back", "En attente de réponse", "Ghosted", "Went dark"])
def test_what_cannot_be_told_from_its_words_is_asked(word: str) -> None:
    assert stage_meaning(word) is None


def test_words_that_are_not_known_count_as_open() -> None:
    row = {"stage": "GavUFuuf4DrnQAoiRGlWpQ=="}
    assert row_meaning(row) is StageMeaning.OPEN
    assert is_unknown(row)
    assert not is_unknown({})


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({}, StageMeaning.OPEN),
        ({"stage": "xx", "is_won": True}, StageMeaning.WON),
        ({"stage": "xx", "is_won": False, "is_closed": True}, StageMeaning.LOST),
        ({"stage": "Closed Won", "is_won": False, "is_closed": False}, StageMeaning.OPEN),
        ({"stage": "Negotiation", "status": "lost"}, StageMeaning.LOST),
        ({"stage": "On hold", "status": "open"}, StageMeaning.NURTURE),
        ({"stage": "Contract", "lost_on": DAY}, StageMeaning.OPEN),
        ({"lost_on": DAY}, StageMeaning.LOST),
        ({"won_on": DAY}, StageMeaning.WON),
        ({"stage": "Closed", "lost_reason": "Price"}, StageMeaning.LOST),
        ({"stage": "Closed", "probability": Decimal(1)}, StageMeaning.WON),
        (
            {"stage": "Demo", "probability": Decimal(0), "lost_reason": "Price"},
            StageMeaning.LOST,
        ),
        ({"stage": "Demo", "is_archived": True}, StageMeaning.RETIRED),
        ({"stage": "Demo", "is_archived": True, "lost_reason": "Price"}, StageMeaning.LOST),
        ({"stage": "Won", "is_archived": True}, StageMeaning.WON),
    ],
)
def test_flags_come_before_words_and_words_before_days(row: Row, place: StageMeaning) -> None:
    assert row_meaning(row) is place


def test_closed_without_saying_how_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="won or lost"):
        row_meaning({"stage": "Closed", "probability": Decimal("0.5")})
    with pytest.raises(InvalidValueError, match="both"):
        row_meaning({"won_on": DAY, "lost_on": DAY})


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Chose Competitor", DropReason.BOUGHT_ELSEWHERE),
        ("No Decision / Stalled", DropReason.NO_DECISION),
        ("Timing / Budget Cycle", DropReason.TIMING),
        ("kein Budget", DropReason.NO_BUDGET),
        ("Falsche Kontaktinfos", DropReason.NO_RESPONSE),
        ("Kein Interesse", DropReason.NOT_INTERESTED),
        ("Disqualified: not a fit", DropReason.NO_NEED),
        ("Duplicate lead", DropReason.DUPLICATE),
        ("opted out", DropReason.DO_NOT_CONTACT),
        ("Price", DropReason.OTHER),
        ("closedlost", DropReason.OTHER),
    ],
)
def test_lost_reasons(words: str, reason: DropReason) -> None:
    assert drop_reason(words) is reason
