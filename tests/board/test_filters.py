"""The filter expression: what it understands, what it lets through, what it says of the rest."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from review_board.board.board import Board
from review_board.board.filter_fields import FIELDS, MissingError
from review_board.board.filters import MOST, NO_FILTER, Filter, parse_filter, read_filter
from review_board.board.find import candidates, found_by
from review_board.errors import InvalidValueError
from review_board.pipeline.dates import Today
from review_board.pipeline.text import typed_words
from tests.tui.conftest import SMALL, disk_of, document, open_board, touch

DOCUMENTS = (
    *SMALL,
    document(
        "Kraft AG", value=None, owner="Ann Lee", tags=["Zürich", "dental care"], stage="Angebot"
    )
    | {"value": {"amount": "9000", "currency": "EUR"}},
    document("Nobody's", owner="", created="2025-01-02T09:00:00Z"),
    document(
        "Pushy",
        value=2000,
        touches=[touch(f"2026-0{month}-03", "deferred") for month in range(5, 10)],
    ),
    document("Priced", value=600)
    | {"probability": "0.3", "hours": "1.5", "review_days": 30, "source": "Fair", "locations": 4},
    document("Bought", value=700, won={"on": "2026-11-02"}),
    document("Spoilt", value=800) | {"created": "never"},
)


@pytest.fixture(scope="module")
def board() -> Board:
    return open_board(disk_of(DOCUMENTS))


def found(board: Board, text: str) -> set[str]:
    wanted = parse_filter(text)
    today = board.today
    return {
        entry.name
        for entry in board.index.entries.values()
        if wanted.picks(entry, board.evaluator.card_summary, today)
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("harbor", {"Harbor Auto Glass"}),
        ("HÁRBOR north ann", {"Harbor Auto Glass"}),
        ("zurich", {"Kraft AG"}),
        ("owner:'ann lee'", {"Kraft AG"}),
        ('owner="ann lee"', {"Kraft AG"}),
        ("owner:raj", {"Corner Bakery"}),
        ("owner:none", {"Nobody's"}),
        ("tag:dent", {"Kraft AG"}),
        ("stage:angebot", {"Kraft AG"}),
        ("-stage:none", {"Kraft AG"}),
        ("angebot", {"Kraft AG"}),
        ("tag:north", {"Harbor Auto Glass"}),
        ("company:group", {"Harbor Auto Glass"}),
        ("name:group", set()),
        ("column:callback", {"Northgate Schools"}),
        ("column:callback-pending", {"Northgate Schools"}),
        ("column:nur", {"Lakeside Dental"}),
        ("column:won", {"Bought"}),
        ("won:yes", {"Bought"}),
        ("bought -won:yes", set()),
        ("value>20k column:active", {"Harbor Auto Glass", "Solid Labs"}),
        ("value>=24000 value<=24k", {"Harbor Auto Glass"}),
        ("value:24k", {"Harbor Auto Glass"}),
        ("value:>50k column:active", {"Solid Labs"}),
        ("value>€8k", {"Kraft AG"}),
        ("value>EUR9000", set()),
        ("value:none", {"Nobody's"}),
        ("rule:open-quote", {"Harbor Auto Glass"}),
        ("rule:serial", {"Pushy"}),
        ("verdict:purge tier:low column:active", {"Pushy"}),
        ("attempts>=3", {"Harbor Auto Glass"}),
        ("deferrals>=3", {"Pushy"}),
        ("touch<9", {"Harbor Auto Glass"}),
        ("touch>=4w column:active -touch:never", {"Pushy"}),
        ("touch>='4 weeks' column:active -touch:never", {"Pushy"}),
        ("signal:none touch>30d -touch:never", {"Pushy"}),
        ("owed:yes value>20k", {"Harbor Auto Glass", "Solid Labs"}),
        ("tier:mid column:active -harbor", {"Solid Labs"}),
        ("column:active -value>0 -column:won", {"Kraft AG", "Nobody's"}),
        ("not:column:active not:dropped column:nurture", {"Lakeside Dental"}),
        ("spoilt verdict:keep", set()),
        ("spoilt -verdict:keep", {"Spoilt"}),
        ("potential>80k", {"Brandt Logistics"}),
        ("probability:30%", {"Priced"}),
        ("probability>.2 probability<=30 probability:0.3", {"Priced"}),
        ("hours>1 review_days:30", {"Priced"}),
        ("source:fair -source:none", {"Priced"}),
        ("locations>=4 locations<5", {"Priced"}),
        ("priced locations:one", set()),
    ],
)
def test_who_is_meant(board: Board, text: str, names: set[str]) -> None:
    assert found(board, text) == names


SPELLED = (
    document("Krüger Straßenbau", owner="Jürgen Ax", tags=["messe"]),
    document("Kruger Tools"),
    document("Søren Łódź", owner="juergen"),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("krueger", {"Krüger Straßenbau"}),
        ("krüger", {"Krüger Straßenbau", "Kruger Tools"}),
        ("name:KRUEGER strasse", {"Krüger Straßenbau"}),
        ("-krueger", {"Kruger Tools", "Søren Łódź"}),
        ("soren lodz", {"Søren Łódź"}),
        ("owner:juergen", {"Krüger Straßenbau", "Søren Łódź"}),
        ("owner:jürgen", {"Krüger Straßenbau", "Søren Łódź"}),
        ("#messe", {"Krüger Straßenbau"}),
        ("-#messe kruger", {"Kruger Tools"}),
    ],
)
def test_both_ways_to_write_a_letter_are_found(text: str, names: set[str]) -> None:
    board = open_board(disk_of(SPELLED))
    assert found(board, text) == names


@pytest.mark.parametrize(
    ("who", "name"), [("krueger", "Krüger Straßenbau"), ("soeren", "Søren Łódź")]
)
def test_who_is_found_by_both_ways_too(who: str, name: str) -> None:
    board = open_board(disk_of(SPELLED))
    assert [entry.name for entry in candidates(board, who)] == [name]


PEOPLED = (
    document(
        "Larkspur Grounds",
        contacts=[
            {"id": "c-1", "name": "Kim Ångström", "phone": "079 555 03 01"},
            {"id": "c-2", "name": "Joe Left", "email": "joe@larkspur.example", "gone": True},
        ],
    ),
    document(
        "Oven Works",
        contacts=[
            {
                "id": "c-1",
                "name": "Jo Kimble",
                "email": "jo@oven.example",
                "phone": "+49 711 4550123",
            }
        ],
    ),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("angstrom", {"Larkspur Grounds"}),
        ("kim", {"Larkspur Grounds", "Oven Works"}),
        ("555 03 01", {"Larkspur Grounds"}),
        ("0795550301", {"Larkspur Grounds"}),
        ("+41795550301", {"Larkspur Grounds"}),
        ("0711 4550123", {"Oven Works"}),
        ("0711 / 455 01 23", {"Oven Works"}),
        ("oven 0711 4550123", {"Oven Works"}),
        ("0711 4550124", set()),
        ("jo@oven", {"Oven Works"}),
        ("joe", set()),
    ],
)
def test_prospects_are_found_by_their_people(typed: str, names: set[str]) -> None:
    """Who rings is a name or a number: the filter, the search and WHO find the prospect by it."""
    board = open_board(disk_of(PEOPLED))
    assert {entry.name for entry in board.search(typed_words(typed))} == names
    assert found(board, typed) == names
    assert {entry.name for entry in candidates(board, typed)} == names
    assert {entry.name for entry in board.search(typed_words(typed))} == names


def test_a_number_with_blanks_is_one_and_what_was_found_is_said() -> None:
    board = open_board(disk_of(PEOPLED))
    (one,) = candidates(board, "+41 (79) 555 03 01")
    assert found_by(one, "kim 0795550301") == "Kim Ångström 079 555 03 01"
    assert not found_by(one, "larkspur")


LISTED: dict[str, Any] = {"contact_history": False, "external_id": "7"}
QUIET = (
    document("Tried long ago", touches=[touch("2026-08-03", "no-answer")]),
    document("Tried of late", touches=[touch("2026-11-03", "no-answer")]),
    document(
        "Listed long ago", touches=[touch("2026-07-10", "contacted", from_list=True)], **LISTED
    ),
    document(
        "Listed of late", touches=[touch("2026-11-10", "contacted", from_list=True)], **LISTED
    ),
    document("Showed interest", touches=[touch("2026-08-03", "meeting")]),
    document("Never called"),
)


def test_who_never_gave_a_sign_is_quiet_too() -> None:
    board = open_board(disk_of(QUIET))
    assert found(board, "quiet>60") == {"Tried long ago", "Listed long ago", "Showed interest"}
    assert found(board, "quiet:never") == {"Never called"}


CALLBACK = {"on": "2026-12-04", "asked_on": "2026-11-18", "reason": "budget"}
DROP = {"at": "2026-11-02T09:00:00Z", "reason": "no-budget"}
STEP = {"action": "demo", "on": "2026-12-04"}
DATED = (
    document(
        "Closing",
        column="callback-pending",
        close_date="2026-11-30",
        callback=CALLBACK,
        next_step=STEP | {"agreed": True},
    ),
    document(
        "Later",
        next_step=STEP | {"agreed": False},
        close_date="2027-02-01",
        drop=DROP | {"taken_up": "2026-11-03T09:00:00Z"},
    ),
    document("Gone", column="dropped", drop=DROP, callback=CALLBACK),
    document("Unclear", next_step=STEP, close_date="soon", drop="gone", callback=["later"]),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("close<=eom", {"Closing"}),
        ("close:30nov", {"Closing"}),
        ("close<today", set()),
        ("close>-3d close<='in 2 weeks'", {"Closing"}),
        ("close>2027-01-01", {"Later"}),
        ("column:dropped close:none", {"Gone"}),
        ("reason:no-budget", {"Gone"}),
        ("reason:budget", {"Gone", "Closing"}),
        ("reason:'no budget'", {"Gone"}),
        ("later reason:none", {"Later"}),
        ("step:agreed", {"Closing"}),
        ("step:ours", {"Later"}),
        ("step:unknown", {"Unclear"}),
        ("step:none", {"Gone"}),
        ("close:none reason:none", {"Unclear"}),
        ("contact:never close>today", {"Closing", "Later"}),
        ("touch:never signal:never close_date>eoy", {"Later"}),
        ("contact>30d signal:none close>today", {"Closing", "Later"}),
        ("contact<30d", set()),
    ],
)
def test_days_and_reasons(text: str, names: set[str]) -> None:
    assert found(open_board(disk_of(DATED)), text) == names


def test_a_day_is_the_one_of_the_reading() -> None:
    month_end = parse_filter("close:eom", today=date(2026, 1, 5))
    entry = open_board(disk_of(DATED)).index.entries["p-closing"]
    assert month_end.matches(entry, None, Today(date(2026, 11, 2)))
    assert not month_end.matches(entry, None, Today(date(2026, 12, 2)))
    assert month_end.text == "close:eom"


def test_who_called_us_was_in_contact_and_a_silence_takes_in_who_never_was() -> None:
    called = document("Called us", touches=[touch("2026-10-20", "inbound", direction="inbound")])
    board = open_board(disk_of((called, document("Untouched"))))
    assert found(board, "contact:none") == {"Untouched"}
    assert found(board, "contact>2w") == {"Called us", "Untouched"}
    assert found(board, "contact>3000") == {"Untouched"}
    assert found(board, "-contact>3000") == {"Called us"}


def test_whom_a_list_says_was_contacted_is_not_among_the_never_contacted() -> None:
    asked = {"on": "2026-12-14", "asked_on": "2026-11-13", "asked_by_buyer": True}
    listed = document("Listed", times_contacted=11)
    asking = document("Asked", column="callback-pending", callback=asked)
    board = open_board(disk_of((listed, asking, document("Untouched"))))
    assert found(board, "contact:none") == {"Untouched"}
    assert found(board, "contact>30d") == {"Untouched"}, "nobody knows how long ago that was"


@pytest.mark.parametrize("text", ["contact>30 or touch:none", "value>9 OR kim", "kim | tag:dental"])
def test_there_is_no_or_and_that_is_said(text: str) -> None:
    with pytest.raises(InvalidValueError, match="no 'or'"):
        parse_filter(text)
    assert parse_filter("now or never").terms
    assert parse_filter("value>9 'or' kim").terms


def test_a_refused_day_names_the_days_of_today() -> None:
    with pytest.raises(InvalidValueError, match="write 2027-03-04 or 2027-04-03"):
        parse_filter("close<3/4", today=date(2026, 11, 20))


def test_a_day_that_is_typed_is_asked_for_in_the_same_words_from_key_to_key() -> None:
    whole = "close<'next week'"
    said = set()
    for end in range(len("close<'n"), len(whole) - 1):
        problem = read_filter(whole[:end] + "'", today=date(2026, 11, 20)).problem
        assert isinstance(problem, MissingError)
        said.add(problem.while_typed)
    assert said == {"close< needs a day; such as close<eom"}
    for text in ("e", "eo", "18", "18j", "2027-0", "+", "+3", "mo", "in 2", "end of"):
        problem = read_filter(f"close<'{text}'").problem
        assert isinstance(problem, MissingError), text


def test_nothing_is_everything(board: Board) -> None:
    assert parse_filter("  ") == NO_FILTER
    assert not NO_FILTER
    assert len(found(board, "")) == len(DOCUMENTS)


def test_due_follows_the_day(board: Board) -> None:
    today = board.today
    due = {
        board.index.entries[i].name
        for i in board.index.entries
        if board.evaluator.card_summary(i).is_due(today.day)
    }
    assert found(board, "review:yes") == found(board, "due:yes") == due
    assert found(board, "review:no") == {d["name"] for d in DOCUMENTS} - due


def test_evidence_is_asked_for_only_where_it_is_needed(board: Board) -> None:
    plain, judged = parse_filter("harbor value>1 column:active"), parse_filter("harbor due:yes")
    assert (plain.needs_evidence, judged.needs_evidence) == (False, True)
    entry = board.index.entries["p-corner-bakery"]

    def never(_: str) -> None:
        raise AssertionError("the name does not fit already")

    assert not judged.picks(entry, never, board.today)
    assert not judged.matches(board.index.entries["p-harbor-auto-glass"], None, board.today)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ownr:ann", "did you mean owner?"),
        ("colum:active", "did you mean column?"),
        ("http://acme", "choose from name, company"),
        ("rule:serial-defferal", "did you mean serial-deferral?"),
        ("column:actve", "did you mean active?"),
        ("due:perhaps", "choose from yes, no"),
        ("verdict:k2", "keep"),
        ("value>lots", "value> 'lots' is not an amount; write it like 24000"),
        ("value>1.234", "may mean thousands or a fraction"),
        ("touch>soon", "touch> 'soon' is no number of days; write 30d, 6w or never"),
        ("close<soon", "close< 'soon' is not a day I can read; write +3d"),
        ("close<mondya", "'mondya' is not a day I can read; did you mean monday?"),
        ("close<3/4", "3/4 is not one day, whenever it is read; write it like 2027-01-18"),
        ("close<'fri 4 dec'", "is not one day, whenever it is read"),
        ("close<'18jan 3pm'", "is not one day"),
        ("close>none", "write close:none"),
        ("closing<eom", "did you mean close?"),
        ("attempts:none", "is no number here"),
        ("probability:1", "may mean 1% or 100%; write 1% or 100%"),
        ("review_days>0", "'0' is not a number of days"),
        ("hours:", "such as hours:2"),
        ("owner>ann", "owner has no size; write it like owner:ann"),
        ("signal>none", "write signal:none"),
        ("x" * 201, "too long"),
        (" ".join(f"w{n}" for n in range(MOST + 1)), "at most 50 terms"),
    ],
)
def test_what_cannot_be_read_names_what_can(text: str, message: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_filter(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("value>", "value> needs a value; such as value>10k"),
        ("harbor owner:", "owner: needs a value; such as owner:ann"),
        ("owner:'Ann", "The quote before 'Ann' is never closed; close it"),
        ("not:", "The minus stands alone"),
        ("harbor -", "The minus stands alone"),
    ],
)
def test_what_is_not_finished_says_what_is_missing(text: str, message: str) -> None:
    reading = read_filter(text)
    assert isinstance(reading.problem, MissingError)
    assert message in str(reading.problem)
    assert reading.filter == parse_filter("harbor" if "harbor" in text else "")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  Harbor   GLASS ", "Harbor GLASS"),
        ('NOT:Owner="Ann Lee" value:>10K', "-owner:'Ann Lee' value>10000"),
        ("column:callback-pend column:c", "column:callback"),
        ("value>€1,5k touch>2w", "value>EUR1500 contact>14"),
        ("contact:never close_date<'In  2 Weeks'", "contact:none close<'in 2 weeks'"),
        ("close<EOM close>2027-1-1", "close<eom close>2027-1-1"),
        ("'owner:ann' \"O'Brien & Co\" -'-x'", "'owner:ann' \"O'Brien & Co\" -'-x'"),
        ("harbor harbor", "harbor"),
        ("#dental -#'x", 'tag:dental -tag:"\'x"'),
        ("'#1' #", "'#1' #"),
    ],
)
def test_one_way_to_write_it(text: str, canonical: str) -> None:
    assert parse_filter(text).text == canonical


def _terms() -> st.SearchStrategy[str]:
    names = st.sampled_from([*FIELDS, "ownr", "Value", "not", ""])
    operators = st.sampled_from([":", ">", ">=", "<", "<=", "=", ":>", ""])
    values = st.one_of(
        st.sampled_from(
            [
                "ann",
                "eom",
                "fri",
                "+3d",
                "3/4",
                "10k",
                "€5",
                "none",
                "yes",
                "3",
                "2w",
                "a",
                "keep",
                "'",
                '"',
                "- ",
            ]
        ),
        st.text(max_size=6),
    )
    quotes = st.sampled_from(["", "'", '"'])
    return st.builds(
        lambda sign, name, op, mark, value, close: f"{sign}{name}{op}{mark}{value}{close}",
        *(st.sampled_from(["", "-", "not:"]), names, operators, quotes, values, quotes),
    )


TEXTS: Any = st.one_of(st.text(), st.lists(_terms(), max_size=5).map(" ".join))


@given(TEXTS)
@example("owner:'\u0338x'")
@example("a\u0301\u0301 \u0301'b")
@example("℡ İ ﬁ \u200d")
def test_any_text_is_read_or_refused_and_canonical_text_means_the_same(text: str) -> None:
    reading = read_filter(text)
    again = read_filter(reading.filter.text)
    assert again.problem is None
    assert again.filter == reading.filter
    assert again.filter.text == reading.filter.text
    if reading.problem is None:
        assert parse_filter(text) == reading.filter
    else:
        with pytest.raises(InvalidValueError):
            parse_filter(text)


@given(TEXTS)
def test_any_filter_can_be_asked_of_any_prospect(text: str) -> None:
    board = _BOARD
    wanted: Filter = read_filter(text).filter
    for entry in board.index.entries.values():
        card_summary = board.evaluator.card_summary(entry.id)
        assert wanted.matches(entry, card_summary, board.today) in (True, False)
        if not wanted.needs_evidence:
            assert wanted.matches(entry, None, board.today) == wanted.matches(
                entry, card_summary, board.today
            )


_BOARD = open_board(disk_of(DOCUMENTS))
