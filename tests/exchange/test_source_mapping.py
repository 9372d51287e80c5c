"""What was decided about a source: which lists it holds for, and what wins."""

from review_board.exchange.source_mapping import SourceMapping, mapping_of, nearest
from review_board.pipeline.stages import StageMeaning
from tests.exchange.support import taken

HUBSPOT = "Record ID,Deal Name,Deal Stage,Deal owner,{}\n1,Acme,Odd,ann,5\n"


def test_a_source_is_known_by_its_program_else_by_its_columns() -> None:
    assert taken(HUBSPOT.format("A")).source_key == taken(HUBSPOT.format("B")).source_key
    one, two = (
        taken(f"{head},Amount\nx,y,5\n", kind="deals").source_key
        for head in ("Deal,Stufe", "Stufe,Deal")
    )
    other = taken("Deal,Stage,Amount\nx,y,5\n").source_key
    assert one == taken("STUFE,Amount,Deal\ny,5,x\n", kind="deals").source_key == two
    assert one != other


def test_a_list_with_a_few_columns_more_or_less_is_the_same_source() -> None:
    head = "Deal Code,Prospect,Worth,Phase,Seller,Why not"
    first, more, fewer, other = (
        taken(f"{columns}\n{'x,' * columns.count(',')}x\n", kind="leads").source_key
        for columns in (
            head,
            f"{head},Region",
            head[: head.rfind(",")],
            "Deal Code,Prospect,City,Zip",
        )
    )
    assert nearest(more, [other, first]) == first == nearest(fewer, [other, first])
    assert nearest(other, [first]) == other
    assert nearest("HubSpot deals", [first]) == "HubSpot deals"


def test_what_is_given_wins_over_what_is_remembered() -> None:
    earlier = SourceMapping({"A": "value", "Gone": "owner"}, {"Odd": StageMeaning.LOST})
    text = HUBSPOT.format("A")
    result = taken(text, remembered=lambda _: earlier)
    assert (result.mapping["value"], result.prospects[0].column) == (("A",), "dropped")
    assert dict(result.applied.columns) == {"A": "value"}
    result = taken(text, remembered=lambda _: earlier, columns={"a": ""})
    assert "value" not in result.mapping


def test_what_a_hand_spoilt_says_nothing() -> None:
    kept = SourceMapping({"A": "value", "B": ""}, {"Odd": StageMeaning.LOST}, "deals", "dmy")
    assert mapping_of(kept.as_json()) == kept
    assert mapping_of({"columns": {"A": "soul", "B": 3}, "stages": [1], "dates": "ymd"}) == (
        SourceMapping()
    )
    assert mapping_of("x") == SourceMapping()


def test_columns_and_states_are_told_with_samples_and_counts() -> None:
    text = "Deal Name,Amount,Stage,Odd\nA,5,Won,[b]\nB,6,Strange,\x1b[1m\nC,7,Strange,\n"
    result = taken(text)
    found = {use.header: (use.field, use.samples) for use in result.columns}
    assert found["Amount"] == ("value", ("5", "6", "7"))
    assert found["Odd"][0] == ""
    assert "\x1b" not in "".join(found["Odd"][1])
    states = [(use.word, use.count, use.meaning, use.is_known) for use in result.states]
    assert states == [
        ("Strange", 2, StageMeaning.OPEN, False),
        ("Won", 1, StageMeaning.WON, True),
    ]


def test_a_status_that_ends_a_deal_is_the_word_that_is_shown() -> None:
    text = "Deal - Title,Deal - Value,Deal - Status,Deal - Stage,Deal - Pipeline\nA,5,lost,Demo,P\nB,6,open,Demo,P\n"
    result = taken(text)
    assert {(use.word, use.meaning) for use in result.states} == {
        ("lost", StageMeaning.LOST),
        ("Demo", StageMeaning.OPEN),
    }
    assert not [said for said in result.notices if "Pipeline" in said]
