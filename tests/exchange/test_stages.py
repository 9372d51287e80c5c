from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.reasons import drop_reason
from review_board.exchange.stages import Evidence, is_unknown, standing
from review_board.pipeline.stages import Standing, standing_of_word
from review_board.pipeline.vocabulary import DropReason

WORDS = {
    Standing.WON: "Won|Closed Won|closedwon|closed_won|Gewonnen|Cerrada ganada|H. Work Order Received",
    Standing.LOST: "Lost|closedlost|Closed - Lost|Junk Lead|Lost Lead|Verloren|Perdido|Abandoned|"
    "Disqualified|Unqualified|Closed - Not Converted|Not Interested|Dead|Do Not Contact",
    Standing.NURTURE: "Nurture|Nurturing|Contact in Future|Recycled|On Hold|Cold|Long-term|SUSPENDED",
    Standing.CALLBACK: "Call back|callback requested|Callback-Pending|Rückruf|Volver a llamar",
    Standing.RETIRED: "Converted|Closed - Converted|Qualified - Converted",
    Standing.CLOSED: "Closed|Geschlossen|Cerrado",
    Standing.OPEN: "Prospecting|Engaging|Qualification|appointmentscheduled|Decision Maker Bought-In|"
    "Id. Decision Makers|Proposal/Price Quote|Pending Response|Attempted to Contact|Not Contacted|"
    "Pre Qualified|open|Verhandlung|Propuesta enviada|hot lead|not reachable",
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "place"),
    [(word, place) for place, words in WORDS.items() for word in words.split("|")],
)
def test_words_of_many_vendors(word: str, place: Standing) -> None:
    assert standing_of_word(word) is place


def test_words_that_are_not_known_count_as_open() -> None:
    row = Evidence(stage="GavUFuuf4DrnQAoiRGlWpQ==")
    assert standing(row) is Standing.OPEN
    assert is_unknown(row)
    assert not is_unknown(Evidence())


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (Evidence(), Standing.OPEN),
        (Evidence(stage="xx", is_won=True), Standing.WON),
        (Evidence(stage="xx", is_won=False, is_closed=True), Standing.LOST),
        (Evidence(stage="Closed Won", is_won=False, is_closed=False), Standing.OPEN),
        (Evidence(stage="Negotiation", status="lost"), Standing.LOST),
        (Evidence(stage="On hold", status="open"), Standing.NURTURE),
        (Evidence(stage="Contract", has_lost_day=True), Standing.OPEN),
        (Evidence(has_lost_day=True), Standing.LOST),
        (Evidence(has_won_day=True), Standing.WON),
        (Evidence(stage="Closed", has_lost_reason=True), Standing.LOST),
        (Evidence(stage="Closed", probability=Decimal(1)), Standing.WON),
    ],
)
def test_flags_come_before_words_and_words_before_days(row: Evidence, place: Standing) -> None:
    assert standing(row) is place


def test_closed_without_saying_how_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="won or lost"):
        standing(Evidence(stage="Closed", probability=Decimal("0.5")))
    with pytest.raises(InvalidValueError, match="both"):
        standing(Evidence(has_won_day=True, has_lost_day=True))


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
