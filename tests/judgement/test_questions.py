"""The questions as they are asked: of whom, in which words."""

import pytest

from review_board.judgement.questions import addressee
from review_board.pipeline.records import Contact
from tests.judgement.build import prospect


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Lee, Grace", "Grace Lee"),
        ("Grace Lee", "Grace Lee"),
        ("Davis, Jr", "Davis, Jr"),
        ("Dana Whitfield, MBA", "Dana Whitfield, MBA"),
    ],
)
def test_who_is_written_last_name_first_is_spoken_to_as_people_do(
    written: str, spoken: str
) -> None:
    assert addressee(prospect(contacts=(Contact(id="c-1", name=written),))) == spoken
