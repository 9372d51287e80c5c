"""The words of a sure purge: where to, and why."""

from review_board.pipeline.vocabulary import Column, DropReason, Track
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.tui.review.purge_list import destination_words

DROP = Decision(Column.DROPPED, reason=DropReason.NO_RESPONSE)


def test_a_reason_is_called_what_the_settings_call_it() -> None:
    own = Settings(reasons={"no-response": "gone quiet"})
    assert destination_words(DROP, Settings()) == "Drop: no response"
    assert destination_words(DROP, own) == "Drop: gone quiet"


def test_a_track_has_its_name() -> None:
    nurtured = Decision(Column.NURTURE, track=Track.KEEP_IN_TOUCH)
    assert destination_words(nurtured, Settings()) == "Nurture: keep in touch"
