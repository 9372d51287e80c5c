"""The after-call line over an open board: the echo while it is typed, and what is stored."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.board.board import Board
from review_board.calls.recorder import ON_RECORD, CallRecorder, EntryPreview
from review_board.calls.tokens import LineError
from review_board.errors import ConflictError, ReviewBoardError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import to_document
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Outcome, ReasonKind
from tests.judgement.build import verdict_record
from tests.office import Office
from tests.settings.values import parse_settings

NAMES = ("Lakeside Dental", "Lakeside Clinic", "Harbor Auto Glass", "In Motion")
HARBOR = "p-2"
STEP = NextStep(action="call", on=date(2026, 11, 27))


@pytest.fixture
def sold(board: Board) -> Board:
    stamp = board.stamp()
    made = [changes.create(name, stamp).with_changes(id=f"p-{n}") for n, name in enumerate(NAMES)]
    board.add(made, "imported a list")
    return board


def echo(board: Board, text: str, card: str | None = HARBOR) -> EntryPreview:
    return CallRecorder(board, card).preview(text)


def whom(found: EntryPreview) -> list[str]:
    return [entry.name for entry in found.whom]


class TestWhom:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("", ["Harbor Auto Glass"]),
            ("vm", ["Harbor Auto Glass"]),
            ("ta", ["Harbor Auto Glass"]),
            ("lakeside de", ["Lakeside Dental"]),
            ("lakeside den vm", ["Lakeside Dental"]),
            ("lakeside", ["Lakeside Clinic", "Lakeside Dental"]),
            ("lakeside vm", ["Lakeside Clinic", "Lakeside Dental"]),
            ('"in motion" vm', ["In Motion"]),
            ("p-3 vm", ["In Motion"]),
            ("harbor vmm", ["Harbor Auto Glass"]),
            ("zzz vm", []),
        ],
    )
    def test_the_card_unless_a_name_is_written(
        self, sold: Board, text: str, names: list[str]
    ) -> None:
        assert whom(echo(sold, text)) == names

    def test_nobody_is_told_who_is_near_and_the_name_is_marked(self, sold: Board) -> None:
        error = echo(sold, "harbour auto glas vm").error
        assert isinstance(error, LineError)
        assert (error.start, error.end) == (0, 17)
        assert "did you mean Harbor Auto Glass?" in error.cure

    def test_in_a_large_pipeline_the_near_ones_are_told_when_asked(
        self, sold: Board, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("review_board.calls.recorder.NEAR_AT_ONCE", 2)
        recorder = CallRecorder(sold, HARBOR)
        typed = recorder.preview("harbour auto glas vm").error
        asked = recorder.preview("harbour auto glas vm", patient=True).error
        assert "Harbor Auto Glass" not in str(typed)
        assert "Harbor Auto Glass" in str(asked)

    def test_without_a_card_a_name_is_needed(self, sold: Board) -> None:
        assert "before the outcome" in str(echo(sold, "vm", None).error)
        assert whom(echo(sold, "harbor vm", None)) == ["Harbor Auto Glass"]

    def test_on_an_empty_board_it_is_told(self, board: Board) -> None:
        assert "the pipeline is empty" in str(echo(board, "harbor vm", None).error)
        assert echo(board, "\u200b vm", None).error is not None

    def test_of_several_one_is_chosen(self, sold: Board) -> None:
        recorder = CallRecorder(sold, HARBOR)
        recorder.choose("lakeside vm", "p-0")
        assert whom(recorder.preview("lakeside vm")) == ["Lakeside Dental"]
        assert whom(recorder.preview('lakeside vm "x"')) == ["Lakeside Dental"]

    def test_a_name_is_looked_for_once(self, sold: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        searched: list[object] = []
        find = sold.index.entries.values

        def counted(_: Board, words: object) -> list[object]:
            searched.append(words)
            return list(find())

        monkeypatch.setattr(Board, "search", counted)
        recorder = CallRecorder(sold, HARBOR)
        for length in range(len("harbor "), len('harbor vm "left word"') + 1):
            recorder.preview('harbor vm "left word"'[:length])
        assert searched == [(("harbor",),)]


class TestEcho:
    def test_says_what_would_be_stored_and_how_the_recommendation_turns(self, sold: Board) -> None:
        found = echo(sold, 'cb +2w "busy"')
        assert found.words == "asked for a callback · call back Fri 4 Dec · “busy”"
        assert found.turn == (
            "KEEP in Active: came in today, nobody ever called (a first call is owed after 14 days)  becomes  "
            "KEEP in Callback-Pending, act first: put off only once without a reason (3 are too many)"
        )
        assert found.asks

    def test_what_is_on_record_stores_nothing_and_says_so_before(self, sold: Board) -> None:
        text = 'cb 2026-12-10 because:project "kick-off"'
        first, second = CallRecorder(sold, HARBOR), CallRecorder(sold, HARBOR)
        for recorder, new in ((first, True), (second, False)):
            found = echo(sold, text)
            assert (found.turn == ON_RECORD) is not new
            entry, line = found.one, found.call
            assert entry
            assert line
            assert recorder.store(entry, line).new is new
        assert len(sold.prospect(HARBOR).touches) == 1

    def test_nothing_supposed_is_kept(self, sold: Board) -> None:
        before = sold.document(HARBOR), sold.recommendation(HARBOR), sold.store.seq
        echo(sold, "dnc")
        card_summary = sold.evaluator.card_summary(HARBOR)
        assert (sold.document(HARBOR), sold.recommendation(HARBOR), sold.store.seq) == before
        assert card_summary.finding == sold.recommendation(HARBOR).finding

    def test_a_question_is_named_as_the_screens_show_it(self, sold: Board) -> None:
        sold.settings = parse_settings("[questions]\npack = 'meddic'")
        assert echo(sold, "talk ?pain=no").words.endswith("pain: no")
        assert echo(sold, "talk ?need=no").words.endswith("pain: no")
        assert echo(sold, "talk ?Economic-Buyer=no").words.endswith("economic-buyer: no")

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("harbor", "does not say how it went"),
            ("vmm", "did you mean vm?"),
            ("$70k", "does not say how it went; before $70k write"),
            (">call fri", "does not say how it went"),
            ('"just a note"', "does not say how it went"),
            ("vm with:zoe", "no contact 'zoe'"),
            ("quote", "no amount"),
            ("talk ?taste=no", "no question"),
            ('vm "left', "never closed"),
        ],
    )
    def test_says_what_is_wrong_and_has_no_line(self, sold: Board, text: str, words: str) -> None:
        found = echo(sold, text)
        assert words in str(found.error)
        assert found.call is None

    def test_without_a_card_a_line_that_begins_with_a_part_lacks_its_name(
        self, sold: Board
    ) -> None:
        assert "The name is missing" in str(CallRecorder(sold).preview("$70k vm").error)
        assert "Nobody is called" in str(CallRecorder(sold).preview("zoe vm").error)

    def test_of_a_card_that_is_gone_says_so(self, sold: Board) -> None:
        recorder = CallRecorder(sold, HARBOR)
        sold.undo()
        assert "gone" in str(recorder.preview("vm").error)


class TestStoring:
    def test_is_one_change_that_one_undo_takes_back(self, sold: Board) -> None:
        recorder, before = CallRecorder(sold, HARBOR), sold.prospect(HARBOR)
        found = recorder.preview('talk+ >demo fri $5k +Kim:champion ?budget=yes "good"')
        assert found.one
        assert found.call
        stored = recorder.store(found.one, found.call)
        assert (stored.new, stored.words, stored.turn) == (True, found.words, found.turn)
        assert next(iter(sold.history())).action == "logged for Harbor Auto Glass: talked, progress"
        sold.undo()
        after = sold.prospect(HARBOR)
        assert after.with_changes(rev=before.rev) == before

    def test_the_answer_to_the_question_is_stored(self, sold: Board) -> None:
        recorder = CallRecorder(sold, HARBOR)
        found = recorder.preview("cb +2w")
        agreed = AgreedCallback(
            on=date(2026, 12, 4),
            asked_by_buyer=True,
            reason=ReasonKind.BUDGET,
            change="the board votes",
            commitment="send the figures",
        )
        assert found.one
        assert found.call
        stored = recorder.store(found.one, replace(found.call, callback=agreed))
        kept = sold.prospect(HARBOR)
        assert kept.touches[-1].outcome is Outcome.DEFERRED
        assert kept.callback == agreed.stored(date(2026, 11, 20), kept.touches[-1].id)
        assert "because of budget" in stored.words
        assert "proven callback on" in stored.turn

    def test_what_somebody_did_to_the_same_field_meanwhile_is_a_conflict(
        self, sold: Board, office: Office
    ) -> None:
        raj = office.open("raj")
        recorder = CallRecorder(sold, HARBOR)
        found = recorder.preview("talk+ $5k")
        raj_recorder = CallRecorder(raj, HARBOR)
        theirs = raj_recorder.preview("talk+ $7k")
        assert theirs.one
        assert theirs.call
        raj_recorder.store(theirs.one, theirs.call)
        sold.catch_up()
        assert found.one
        assert found.call
        with pytest.raises(ConflictError, match="raj"):
            recorder.store(found.one, found.call)
        assert len(sold.prospect(HARBOR).touches) == 1
        again = recorder.preview("talk+ $5k")
        assert again.one
        assert again.call
        assert recorder.store(again.one, again.call).new  # now that theirs was seen


PARTS = (
    ">demo fri 10:00",
    "cb 18jan",
    "cb +3d because:budget",
    "$24k",
    "€9",
    "?budget=no",
    "?x=y",
    "@mon",
    "@yesterday 9:00",
    "+Kim:champion",
    "with:kim",
    '"left word"',
)


@given(
    st.sampled_from(["", "harbor ", "in motion ", "p-3 "]),
    st.sampled_from(["vm", "talk", "talk+", "quote", "cb 1dec", "hostile", "dnc", "won", "mtg"]),
    st.lists(st.sampled_from(PARTS), max_size=4),
)
def test_what_the_echo_agreeds_is_what_is_stored(who: str, outcome: str, parts: list[str]) -> None:
    board = Office().open()
    stamp = board.stamp()
    board.add(
        [changes.create(name, stamp).with_changes(id=f"p-{n}") for n, name in enumerate(NAMES)],
        "imported a list",
    )
    recorder = CallRecorder(board, HARBOR)
    found = recorder.preview(" ".join([who + outcome, *parts]))
    if found.error or not found.one or not found.call:
        assert isinstance(found.error, ReviewBoardError)
        return
    others = {i: d for i, d in board.documents().items() if i != found.one.id}
    stored = recorder.store(found.one, found.call)
    assert (stored.words, stored.turn) == (found.words, found.turn)
    assert {i: d for i, d in board.documents().items() if i != found.one.id} == others
    assert to_document(board.prospect(found.one.id))


def test_the_line_tells_before_enter_that_a_verdict_of_today_is_set_aside(sold: Board) -> None:
    verdict = verdict_record(0, at=sold.clock())
    sold.change(HARBOR, lambda p, _: p.with_changes(verdicts=(verdict,)), "kept it")
    said = "it moves all the same, and both stay on record"
    assert said in echo(sold, "cb 18jan").words
    assert said not in echo(sold, "vm").words


def test_the_line_tells_before_enter_what_else_the_change_does(sold: Board) -> None:
    sold.change(HARBOR, lambda p, _: changes.set_next_step(p, STEP), "planned it")
    assert "instead of: call Fri 27 Nov" in echo(sold, "talk >demo wed").words
    assert "instead of" not in echo(sold, "talk >call fri agreed").words, "the same step"
    early = echo(sold, "talk cb sun").words
    assert "no longer planned" not in early
    assert "22 Nov is a Sunday, no working day of yours" in early
    assert "early: better from 23 Nov" in echo(sold, "vm >call sun").words
