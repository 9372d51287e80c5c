"""Next steps that name their day in words, and those that have none."""

from datetime import date

import pytest

from review_board.exchange.day_columns import day_in_words
from review_board.exchange.import_result import DateOrder
from tests.exchange.support import taken

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "order", "day"),
    [
        ("call back 12/05", "dmy", "2027-05-12"),
        ("call back 12/05", "mdy", "2026-12-05"),
        ("call back 12/05", None, "None"),
        ("call back 25/12", None, "2026-12-25"),
        ("25/12: send the offer", "dmy", "2026-12-25"),
        ("Anruf am 5.12. wegen Angebot", None, "2026-12-05"),
        ("Rückruf 05.12", None, "2026-12-05"),
        ("call on 5 Dec", None, "2026-12-05"),
        ("meeting December 5th, 2026", None, "2026-12-05"),
        ("llamar el 5 de diciembre", None, "2026-12-05"),
        ("позвонить 5 декабря", None, "2026-12-05"),
        ("send quote by 2026-12-05", None, "2026-12-05"),
        ("call 05/12/2026", "dmy", "2026-12-05"),
        ("call 05/12/2026", None, "None"),
        ("offer support 24/7", "dmy", "None"),
        ("3 out of 5 signed", None, "None"),
        ("send 1/2 of the papers", "dmy", "None"),
        ("between 5/12 and 8/12", "dmy", "None"),
        ("31/02", "dmy", "None"),
        ("send the offer", "dmy", "None"),
    ],
)
def test_the_day_that_words_name(words: str, order: DateOrder | None, day: str) -> None:
    assert str(day_in_words(words, order, TODAY)) == day


def test_a_next_step_takes_the_day_it_names_and_one_without_is_told() -> None:
    result = taken(
        "Deal Name,Stage,Next step,Close Date\n"
        "Roof,Proposal,call back 12/05,25/12/2026\n"
        "Pump,Proposal,send the offer,25/12/2026\n"
        "Gate,Proposal,ask again,25/12/2026\n"
    )
    roof, pump, *_ = result.prospects
    assert roof.next_step is not None
    assert (roof.next_step.action, str(roof.next_step.on)) == ("call back 12/05", "2027-05-12")
    assert (pump.next_step, [note.text for note in pump.notes]) == (
        None,
        ["next step in the CRM: send the offer"],
    )
    assert (
        "2 next steps without a day kept as notes: a card has a next step once it has a day"
        in result.notices
    )
    assert "1 next step with the day in words: 'call back 12/05' is 12 May" in result.notices
