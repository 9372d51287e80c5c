from review_board.exchange.content_ids import DistinctIds, content_id


def test_an_id_depends_on_content_alone() -> None:
    assert content_id("deals", "9001") == content_id("deals", " 9001 ")
    assert content_id("Acme", "GmbH") == content_id("ACME", "gmbh") != content_id("AcmeG", "mbH")
    assert content_id("Müller") == content_id("MÜLLER")
    assert content_id("lone \ud800").startswith("x-")


def test_namesakes_are_told_apart_by_their_order() -> None:
    first, second = DistinctIds(), DistinctIds()
    ids = [first.id_of(["Acme"]) for _ in range(3)]
    assert len(set(ids)) == 3
    assert ids == [second.id_of(["Acme"]) for _ in range(3)]
