from review_board.exchange.identity import Namesakes, made_id


def test_an_id_depends_on_content_alone() -> None:
    assert made_id("deals", "9001") == made_id("deals", " 9001 ")
    assert made_id("Acme", "GmbH") == made_id("ACME", "gmbh") != made_id("AcmeG", "mbH")
    assert made_id("Müller") == made_id("MÜLLER")
    assert made_id("lone \ud800").startswith("x-")


def test_namesakes_are_told_apart_by_their_order() -> None:
    first, second = Namesakes(), Namesakes()
    ids = [first.id_of(["Acme"]) for _ in range(3)]
    assert len(set(ids)) == 3
    assert ids == [second.id_of(["Acme"]) for _ in range(3)]
