"""How far a sale has come, by the words that lists use for it."""

import pytest

from review_board.pipeline.stages import (
    SaleProgress,
    StageMeaning,
    is_quote_stage,
    stage_meaning,
    stage_progress,
)

WORDS = {
    SaleProgress.EARLY: "New|Lead|Contacted|Attempted to Contact|Open - Not Contacted|Qualification|"
    "qualifiedtobuy|Prospecting|Discovery|appointmentscheduled|Neu|Erstkontakt|Nuevo",
    SaleProgress.LATE: "Proposal/Price Quote|Negotiation/Review|contractsent|Contract Sent|Verbal commitment|"
    "Commit|Closing|Quoted|Offer made|Angebot|In Verhandlung|Vertrag|Propuesta enviada|Négociation|"
    "Devis envoyé|Proposal to a new customer|Awaiting decision|Decision Maker Bought-In",
    None: "|Xyzzy|Engaging|Value Proposition|Id. Decision Makers|Needs Analysis|Hot Lead|Open|Demo|"
    "Steering Committee|Closed Lost|Closed Won|Unqualified|Not Interested|Nurture|Call back|Converted",
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "progress"),
    [(word, progress) for progress, words in WORDS.items() for word in words.split("|")],
)
def test_how_far_the_words_of_many_lists_say_it_is(
    word: str, progress: SaleProgress | None
) -> None:
    assert stage_progress(word) is progress


OUT = (
    "Angebot raus|Ang. raus|Angeb. verschickt|Angebot erstellt|Angebot nachfassen|Angebot versendet|Kostenvoranschlag gesendet|Offer sent|"
    "Proposal sent|Quote|Quoted|Proposal/Price Quote|proposal_sent|Quote sent - waiting|Devis envoyé|Propuesta enviada|"
    "Preventivo inviato|Offerte verstuurd|Proposal sent - no response|Quote sent, not opened|No reply to proposal|Keine Antwort auf Angebot|Pas de réponse au devis|Orçamento enviado|Коммерческое предложение отправлено"
)
NOT_OUT = (
    "Negotiation|Verhandlung|Value Proposition|Angebot vorbereiten|Ang. vorbereiten|Ang. angefragt|Angebot erstellen|Angebot angefragt|Quote requested|"
    "Preparing proposal|Needs quote|Devis à faire|Quote pending|Offer declined|Closed won|Prospecting||Offer lost|"
    "Proposal not sent|Quote not yet sent|No quote yet|Waiting for proposal|Proposal due|Angebot nicht gesendet|"
    "Angebot noch nicht verschickt|Devis à envoyer|Devis pas encore envoyé|Presupuesto no enviado|Orçamento não enviado|"
    "Preventivo non inviato|Offerte nog niet verstuurd|Предложение не отправлено"
)


@pytest.mark.parametrize("word", OUT.split("|"))
def test_a_stage_says_that_a_quote_is_out(word: str) -> None:
    assert is_quote_stage(word)


@pytest.mark.parametrize("word", NOT_OUT.split("|"))
def test_a_quote_that_is_not_with_the_buyer_is_none(word: str) -> None:
    assert not is_quote_stage(word)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Newsletter", StageMeaning.NURTURE),
        ("Präsentation", StageMeaning.OPEN),
        ("Ausschreibung", StageMeaning.OPEN),
        ("Tender submitted", StageMeaning.OPEN),
        ("SALE_DONE", StageMeaning.WON),
        ("Did not connect", StageMeaning.OPEN),
        ("Shortlisted / final", StageMeaning.OPEN),
        ("Parked", StageMeaning.NURTURE),
        ("No longer interested", StageMeaning.LOST),
        ("Nicht mehr interessiert", StageMeaning.LOST),
        ("Plus intéressé", StageMeaning.LOST),
        ("Churned", StageMeaning.LOST),
        ("Quote accepted", None),
        ("Angebot angenommen", None),
        ("Offre acceptée", None),
        ("Awarded to us", StageMeaning.WON),
        ("Awarded to competitor", StageMeaning.LOST),
        ("Bestellt", StageMeaning.WON),
        ("Signed up for demo", StageMeaning.OPEN),
        ("Contract signed by us", StageMeaning.OPEN),
        ("Fast gewonnen", StageMeaning.OPEN),
        ("Closed Won (fast track)", StageMeaning.WON),
        ("Lost, we were not fast enough", StageMeaning.LOST),
        ("Quase ganho", StageMeaning.OPEN),
        ("Perdu de vue", StageMeaning.OPEN),
        ("Not qualified yet", StageMeaning.OPEN),
        ("Rejected first price, negotiating", StageMeaning.OPEN),
        ("Rejected in negotiation", StageMeaning.LOST),
        ("Refused to negotiate", StageMeaning.LOST),
        ("Installed", None),
        ("DND", StageMeaning.LOST),
        ("Storniert", StageMeaning.LOST),
        ("Qualified out", StageMeaning.LOST),
        ("Kein Zuschlag", StageMeaning.LOST),
        ("Deferred", StageMeaning.NURTURE),
        ("Deal closed", None),
    ],
)
def test_more_words_of_lists_are_known(word: str, meaning: StageMeaning | None) -> None:
    assert stage_meaning(word) is meaning
