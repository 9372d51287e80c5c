from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.lost_reasons import drop_reason
from review_board.exchange.row_stage import StageEvidence, is_unknown, row_meaning
from review_board.pipeline.stages import StageMeaning, stage_meaning
from review_board.pipeline.vocabulary import DropReason

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


@pytest.mark.parametrize("word", ["Win back", "En attente de réponse", "Ghosted", "Went dark"])
def test_what_cannot_be_told_from_its_words_is_asked(word: str) -> None:
    assert stage_meaning(word) is None


def test_words_that_are_not_known_count_as_open() -> None:
    row = StageEvidence(stage="GavUFuuf4DrnQAoiRGlWpQ==")
    assert row_meaning(row) is StageMeaning.OPEN
    assert is_unknown(row)
    assert not is_unknown(StageEvidence())


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (StageEvidence(), StageMeaning.OPEN),
        (StageEvidence(stage="xx", is_won=True), StageMeaning.WON),
        (StageEvidence(stage="xx", is_won=False, is_closed=True), StageMeaning.LOST),
        (StageEvidence(stage="Closed Won", is_won=False, is_closed=False), StageMeaning.OPEN),
        (StageEvidence(stage="Negotiation", status="lost"), StageMeaning.LOST),
        (StageEvidence(stage="On hold", status="open"), StageMeaning.NURTURE),
        (StageEvidence(stage="Contract", has_lost_day=True), StageMeaning.OPEN),
        (StageEvidence(has_lost_day=True), StageMeaning.LOST),
        (StageEvidence(has_won_day=True), StageMeaning.WON),
        (StageEvidence(stage="Closed", has_lost_reason=True), StageMeaning.LOST),
        (StageEvidence(stage="Closed", probability=Decimal(1)), StageMeaning.WON),
        (
            StageEvidence(stage="Demo", probability=Decimal(0), has_lost_reason=True),
            StageMeaning.LOST,
        ),
        (StageEvidence(stage="Demo", is_archived=True), StageMeaning.RETIRED),
        (StageEvidence(stage="Demo", is_archived=True, has_lost_reason=True), StageMeaning.LOST),
        (StageEvidence(stage="Won", is_archived=True), StageMeaning.WON),
    ],
)
def test_flags_come_before_words_and_words_before_days(
    row: StageEvidence, place: StageMeaning
) -> None:
    assert row_meaning(row) is place


def test_closed_without_saying_how_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="won or lost"):
        row_meaning(StageEvidence(stage="Closed", probability=Decimal("0.5")))
    with pytest.raises(InvalidValueError, match="both"):
        row_meaning(StageEvidence(has_won_day=True, has_lost_day=True))


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
