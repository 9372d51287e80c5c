"""How far a sale has come, by the words that lists use for it."""

import pytest

from review_board.pipeline.stages import SaleProgress, stage_progress

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
