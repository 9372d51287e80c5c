"""The after-call line: what it reads, what it refuses and where it points, what it stores."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.calls.apply_entry import apply_entry
from review_board.calls.entry import (
    CallEntry,
    EntryDefaults,
    NewContact,
    TypedAmount,
    TypedAnswer,
    TypedWhen,
    entry_words,
)
from review_board.calls.find_outcome import CODES, WON_WORDS, WORDS
from review_board.calls.grammar import parse_line, parse_step
from review_board.calls.tokens import LineError
from review_board.errors import InvalidValueError, RefusedError, ReviewBoardError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Column,
    Outcome,
    QuoteState,
    ReasonKind,
    Role,
)

TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
STAMP = Stamp(NOW, "ann", "k1")
ASKED = {"budget": "Budget", "decision": "Economic buyer", "process": "Process"}
DEFAULTS = EntryDefaults(Today(TODAY), "USD", ASKED)


def read(text: str) -> CallEntry:
    return parse_line(text, TODAY)


def prospect(**fields: object) -> Prospect:
    return changes.create("Lakeside Dental", Stamp(NOW, "ann", "p"), **fields)


def after(text: str, before: Prospect | None = None) -> Prospect:
    return apply_entry(before or prospect(), read(text), STAMP, DEFAULTS)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("lakeside vm", CallEntry(Outcome.VOICEMAIL, who="lakeside")),
            ("  Corner  Bakery   NA ", CallEntry(Outcome.NO_ANSWER, who="Corner Bakery")),
            ('"made in berlin" em', CallEntry(Outcome.EMAIL, who="made in berlin")),
            (
                'harbor talk+ >demo fri 10:00 "CFO joins"',
                CallEntry(
                    Outcome.ADVANCED,
                    who="harbor",
                    note="CFO joins",
                    step=NextStep(action="demo", on=date(2026, 11, 27), time=time(10)),
                ),
            ),
            (
                'northgate cb 2027-01-18 because:budget "board votes FY27 budget 15 Jan"',
                CallEntry(
                    Outcome.DEFERRED,
                    who="northgate",
                    note="board votes FY27 budget 15 Jan",
                    callback=AgreedCallback(
                        date(2027, 1, 18),
                        asked_by_buyer=True,
                        reason=ReasonKind.BUDGET,
                        change="board votes FY27 budget 15 Jan",
                    ),
                ),
            ),
            (
                "x cb 18 jan 2027",
                CallEntry(
                    Outcome.DEFERRED,
                    who="x",
                    callback=AgreedCallback(date(2027, 1, 18), asked_by_buyer=True),
                ),
            ),
            (
                "x vm > send the offer +2w",
                CallEntry(
                    Outcome.VOICEMAIL,
                    who="x",
                    step=NextStep(action="send the offer", on=date(2026, 12, 4)),
                ),
            ),
            ("x quote $24k", CallEntry(Outcome.QUOTE, who="x", amount=TypedAmount(Decimal(24000)))),
            *(
                (
                    f"x quote {typed}",
                    CallEntry(Outcome.QUOTE, who="x", amount=TypedAmount(Decimal(2300), "EUR")),
                )
                for typed in (
                    "€2300",
                    "€ 2300",
                    "2300€",
                    "2300 €",
                    "2.3k€",
                    "2.300,00 €",
                    "EUR 2300",
                    "2300 EUR",
                )
            ),
            ("x quote 24k", CallEntry(Outcome.QUOTE, who="x", amount=TypedAmount(Decimal(24000)))),
            (
                "x won €1.234,50",
                CallEntry(None, who="x", amount=TypedAmount(Decimal("1234.5"), "EUR")),
            ),
            (
                'x talk ?budget=no ?dec="the board, in May" ?process=confirmed:"mail of 3 Nov"',
                CallEntry(
                    Outcome.TALKED,
                    who="x",
                    answers=(
                        TypedAnswer("budget", AnswerState.NEGATIVE),
                        TypedAnswer("dec", AnswerState.CLAIMED, "the board, in May"),
                        TypedAnswer("process", AnswerState.CONFIRMED, "mail of 3 Nov"),
                    ),
                ),
            ),
            (
                'x mtg @mon 10:30 +"Jane Roe":eco +Kim with:kim',
                CallEntry(
                    Outcome.MEETING,
                    who="x",
                    at=TypedWhen(date(2026, 11, 16), time(10, 30)),
                    people=(NewContact("Jane Roe", Role.ECONOMIC_BUYER), NewContact("Kim")),
                    contact="kim",
                ),
            ),
            (
                "x talk cb +3d because:contract",
                CallEntry(
                    Outcome.DEFERRED,
                    who="x",
                    callback=AgreedCallback(
                        date(2026, 11, 23), asked_by_buyer=True, reason=ReasonKind.CONTRACT_END
                    ),
                ),
            ),
            ("x vm “left word”", CallEntry(Outcome.VOICEMAIL, who="x", note="left word")),
            (
                'x cb in 3 months because:budget "board votes"',
                CallEntry(
                    Outcome.DEFERRED,
                    who="x",
                    note="board votes",
                    callback=AgreedCallback(
                        date(2027, 2, 20),
                        asked_by_buyer=True,
                        reason=ReasonKind.BUDGET,
                        change="board votes",
                    ),
                ),
            ),
            (
                "x vm >call back in 2 weeks",
                CallEntry(
                    Outcome.VOICEMAIL,
                    who="x",
                    step=NextStep(action="call back", on=date(2026, 12, 4)),
                ),
            ),
            (
                "x vm > send 3 offers on fri at 3 pm $5k",
                CallEntry(
                    Outcome.VOICEMAIL,
                    who="x",
                    amount=TypedAmount(Decimal(5000)),
                    step=NextStep(action="send 3 offers", on=date(2026, 11, 27), time=time(15)),
                ),
            ),
            (
                "x vm >call +2 weeks @ 3 days ago 3pm",
                CallEntry(
                    Outcome.VOICEMAIL,
                    who="x",
                    at=TypedWhen(date(2026, 11, 17), time(15)),
                    step=NextStep(action="call", on=date(2026, 12, 4)),
                ),
            ),
            (
                "x vm @18 nov",
                CallEntry(Outcome.VOICEMAIL, who="x", at=TypedWhen(date(2026, 11, 18))),
            ),
        ],
    )
    def test_reads(self, text: str, line: CallEntry) -> None:
        assert read(text) == line

    @pytest.mark.parametrize(
        ("text", "same"),
        [
            ("calla voicemail", "calla vm"),
            ("calla Voice-Mail >call fri", "calla vm >call fri"),
            ("calla no answer", "calla na"),
            ('calla no answer "rang out"', 'calla na "rang out"'),
            ("calla meeting @mon", "calla mtg @mon"),
            ("calla email", "calla em"),
            ("calla last call", "calla last"),
            ("calla call back in 2 weeks", "calla cb in 2 weeks"),
            ("calla callback fri because:budget", "calla cb fri because:budget"),
            ("calla voicemail cb in 2 weeks", "calla vm cb in 2 weeks"),
            ("calla do not call", "calla dnc"),
            ("calla out of office", "calla ooo"),
            ("calla bought $5k", "calla won $5k"),
            ("calla call later fri", "calla cb fri"),
            ("calla they called", "calla in"),
            ("calla missed call", "calla in"),
            ("calla left a message", "calla vm"),
            ("calla busy", "calla na"),
            ("calla no reply", "calla na"),
            ("calla answered", "calla talk"),
            ("calla never call", "calla dnc"),
            ("calla talked, no progress", "calla talk"),
            ("calla vm, >call fri", "calla vm >call fri"),
            ("calla called, no answer", "calla na"),
            ("calla - rang: left msg", "calla vm"),
            ("calla didn’t pick up", "calla na"),
            ("calla no-show @yesterday", "calla na @yesterday"),
            ("calla lvm", "calla vm"),
            ("calla left vm >call mon", "calla vm >call mon"),
            ("calla ring back tues", "calla cb tue"),
            ("calla they emailed", "calla in"),
            ("calla sent proposal $24,500", "calla quote $24500"),
            ("calla signed $24k", "calla won $24k"),
            ("calla quote 12 500 €", "calla quote €12500"),
            ("calla quote 1 250 000 SEK", "calla quote SEK 1250000"),
            ("calla cb monday week 9:30", "calla cb 30nov 9:30"),
            ("calla spoke >demo a week on tue", "calla talk >demo 1dec"),
            ("the meeting place vm", '"the meeting place" vm'),
            ("inbound marketing co quoted", '"inbound marketing co" quote'),
        ],
    )
    def test_the_whole_word_of_an_outcome_is_read(self, text: str, same: str) -> None:
        assert read(text) == read(same)

    def test_a_word_means_one_outcome_and_no_code(self) -> None:
        words = [word for meaning in OUTCOMES.values() for word in meaning.words]
        labels = {meaning.label.replace(",", "") for meaning in OUTCOMES.values()} & {*WORDS}
        own = len(words) + len(labels - {*words})
        assert len({*words, *labels}) == own == len(WORDS) - len(WON_WORDS)
        assert not set(WORDS) & set(CODES)

    def test_every_outcome_of_the_interface_has_its_word(self) -> None:
        words = {"na", "vm", "gk", "em", "in", "talk", "talk+", "mtg", "quote", "cb"}
        assert words | {"hostile", "complaint", "dnc", "won"} <= set(CODES)
        assert {m.code for m in OUTCOMES.values() if m.code} <= set(CODES)
        assert "" not in CODES

    @pytest.mark.parametrize(
        ("text", "blamed", "cure"),
        [
            ("", "", "lakeside vm"),
            ("lakeside", " ", "na, vm"),
            ("lakeside vmm", "vmm", "did you mean vm?"),
            ("vm", "vm", "before the outcome"),
            ("lakeside vm left word", "left", 'in quotes: "left word"'),
            ("lakeside foo", " ", "after the name write one of na"),
            ("lakeside qoute", "qoute", "did you mean quote?"),
            ("lakeside vm @next fri", "next fri", "write fri for Fri 13 Nov"),
            ('lakeside vm "left word', '"', "end it with"),
            ("lakeside cb", " ", "cb 18jan"),
            ("lakeside cb someday", "someday", "+3d"),
            ("lakeside cb 01/02/2026", "01/02/2026", "2026-01-02 or 2026-02-01"),
            ("lakeside cb 2026-02-30", "2026-02-30", ""),
            ("lakeside cb 2020-01-01", "2020-01-01", "to come"),
            ("lakeside voicemial", "voicemial", "did you mean voicemail?"),
            ("lakeside later", "later", "did you mean call later?"),
            (
                "lakeside called back, wants a demo",
                "called back,",
                "write in if they called you, cb 18jan if they want a call then",
            ),
            ("lakeside no anwser", "no anwser", "did you mean no answer?"),
            ("lakeside voicemail left word", "left", "in quotes"),
            ("lakeside >call in 2 weeks", ">call", "before >call write one of na"),
            ("lakeside cb next fri", "next fri", "write 2026-11-27 or 2026-12-04"),
            ("lakeside cb on thrusday", "thrusday", "did you mean thursday?"),
            ("lakeside cb in 2 weeks 25:00", "25:00", "like 15:00 or 3pm"),
            ("lakeside cb 3pm", "3pm", "write today 3pm"),
            ("lakeside vm >call next fri", "next fri", "write 2026-11-27 or 2026-12-04"),
            ("lakeside vm >call 2027-02-30", "2027-02-30", "2027-01-18"),
            ("lakeside vm >call fri 25:00", "25:00", "like 15:00 or 3pm"),
            ("lakeside vm >call fri 3", "3", "like 15:00 or 3pm"),
            ("lakeside vm >call thrusday", "thrusday", "did you mean thursday?"),
            ("lakeside vm >call fri and write", "and write", "with its day: >demo fri"),
            ("lakeside vm >call yesterday", "yesterday", "+3d"),
            ("lakeside vm @last fri", "last fri", "write 2026-11-06 or 2026-11-13"),
            ("lakeside vm @in 2 weeks", "in 2 weeks", "yesterday"),
            ("lakeside cb 18jan because:mood", "because:mood", "budget"),
            ("lakeside cb 18jan because:p", "because:p", "project"),
            ("lakeside vm because:budget", "because:budget", "cb"),
            ("lakeside vm >fri", "fri", ">demo fri 10:00"),
            ("lakeside vm >demo", "demo", "with its day: >demo fri"),
            ("lakeside vm >", ">", "+2w"),
            ("lakeside quote $-5", "$-5", "24000"),
            ("lakeside quote $nan", "$nan", "24000"),
            ("lakeside quote $1.234", "$1.234", "1234"),
            ("lakeside quote $٣", "$٣", "24000"),
            ("lakeside talk ?budget", "?budget", "?budget=no"),
            ("lakeside talk ?budget=confirmed", "?budget=confirmed", "how you know"),
            ("lakeside vm @fri2", "fri2", "yesterday"),
            ("lakeside vm @2027-01-01", "2027-01-01", "yesterday"),
            ("lakeside vm @", "@", "yesterday"),
            ("lakeside vm +:champion", "+:champion", "+Kim:champion"),
            ("lakeside vm +Kim:boss", "+Kim:boss", "economic-buyer"),
            ('lakeside vm "a" "b"', '"b"', "leave one out"),
            ("lakeside won >demo fri", "fri", "leave it out"),
            ("lakeside called", "called", "na for no answer, vm for voicemail, talk if you spoke"),
            ("lakeside lost", "lost", "drop it: D on the card"),
            ("lakeside texted $4k", "texted", 'write em "sms"'),
            ("lakeside not interested", "not interested", 'write talk "not interested", then drop'),
            ("lakeside hung up", "hung up", 'write talk "hung up"'),
            ("lakeside replied", "replied", "talk+ for progress"),
            ("lakeside wrong number", "wrong number", "keep it as a note"),
            ('lakeside na "wrong number"', '"wrong number"', "keep it as a note"),
            ('lakeside talk "wrong number"', '"wrong number"', "keep it as a note"),
            ('lakeside talk+ "leave us alone"', '"leave us alone"', "write dnc"),
            ("lakeside followed up", "followed up", "each is a follow-up"),
            ('lakeside em "It bounced."', '"It bounced."', "keep it as a note"),
            ('lakeside vm "leave us alone!"', '"leave us alone!"', "write dnc for no contact"),
            ("lakeside quote 12.500 EUR", "12.500 EUR", "write 12500 or 12.50"),
            (
                "lakeside mtg +Jo Ruiz:champion",
                "+Jo Ruiz:champion",
                'in quotes: +"Jo Ruiz":champion',
            ),
            ("lakeside cb in 400 weeks", "in 400 weeks", "write 2034-07-21 if you mean that"),
            ("lakeside cb 2062-01-18", "2062-01-18", "give a nearer day"),
        ],
    )
    def test_points_at_what_it_cannot_read(self, text: str, blamed: str, cure: str) -> None:
        with pytest.raises(LineError) as caught:
            read(text)
        error = caught.value
        assert (text + " ")[error.start : error.end] == blamed
        assert cure in error.cure

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            line = read(text)
        except ReviewBoardError:
            return
        assert line.who.isprintable() or "\u200d" in line.who

    @given(
        st.lists(
            st.sampled_from(
                [*CODES, *WORDS, "x", ">", "$1", "@mon", "+3d", "in", "2", '"n"', "?a=b"]
            )
        )
    )
    def test_any_parts_in_any_order_are_read_or_refused(self, words: list[str]) -> None:
        with suppress(LineError):
            read(" ".join(words))

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ('vm "left word"', CallEntry(Outcome.VOICEMAIL, note="left word")),
            ("talk+ $5k", CallEntry(Outcome.ADVANCED, amount=TypedAmount(Decimal(5000)))),
            ("won", CallEntry(None)),
            ("harbor vm", CallEntry(Outcome.VOICEMAIL, who="harbor")),
            ('"in motion" vm', CallEntry(Outcome.VOICEMAIL, who="in motion")),
            ('"vm" na', CallEntry(Outcome.NO_ANSWER, who="vm")),
        ],
    )
    def test_on_a_card_the_name_may_be_left_out(self, text: str, line: CallEntry) -> None:
        assert parse_line(text, TODAY, nameless=True) == line

    @pytest.mark.parametrize(
        ("text", "blamed", "cure"),
        [
            ("", "", 'went: vm "left word"'),
            ("vmm", "vmm", "did you mean vm?"),
            ("last mile vm", "mile", "a name that begins with 'last' stands in quotes too"),
            ("na tomorrow", "tomorrow", ">call tomorrow"),
            ("vm because:budget", "because:budget", "cb"),
        ],
    )
    def test_without_a_name_too_it_points(self, text: str, blamed: str, cure: str) -> None:
        with pytest.raises(LineError) as caught:
            parse_line(text, TODAY, nameless=True)
        assert text[caught.value.start : caught.value.end] == blamed
        assert cure in caught.value.cure

    @pytest.mark.parametrize(
        "text", ["na tomorrow", "na fri", 'vm "left word" foo', "quote $3 foo"]
    )
    def test_how_a_name_is_quoted_is_said_only_where_one_may_stand(self, text: str) -> None:
        with pytest.raises(LineError) as caught:
            parse_line(text, TODAY, nameless=True)
        assert "a name that begins" not in caught.value.cure

    @pytest.mark.parametrize(
        "said",
        [
            "followed up",
            "following up",
            "followed up on the quote",
            "quote followed up",
            "chased quote",
        ],
    )
    def test_a_follow_up_of_a_quote_asks_how_and_is_no_quote_sent(self, said: str) -> None:
        with pytest.raises(LineError, match="is no outcome") as caught:
            parse_line(f"harbor {said}", TODAY)
        assert caught.value.line[caught.value.start : caught.value.end] == said
        assert "write how: na, vm" in caught.value.cure
        assert parse_line(f"harbor {said}, na", TODAY) == CallEntry(Outcome.NO_ANSWER, who="harbor")

    @given(st.lists(st.sampled_from([*CODES, "x", "y", '"n"', ">demo fri", "cb +3d"])))
    def test_a_line_with_a_name_is_read_alike_with_and_without_a_card(
        self, words: list[str]
    ) -> None:
        text = " ".join(["harbor", *words])
        with suppress(LineError):
            assert parse_line(text, TODAY, nameless=True) == read(text)

    def test_a_line_that_is_too_long_is_refused(self) -> None:
        with pytest.raises(LineError, match="too long"):
            read("x vm " + "w" * 20_000)

    def test_a_step_alone(self) -> None:
        step = NextStep(action="demo", on=date(2026, 11, 27))
        assert parse_step("demo fri", TODAY) == step
        for word, agreed in (("agreed", True), ("ours", False)):
            said = parse_step(f"demo fri {word}", TODAY)
            assert said == step.model_copy(update={"agreed": agreed})
        for bad in ("demo", 'demo fri "and more"', "", "demo fri $5"):
            with pytest.raises(InvalidValueError):
                parse_step(bad, TODAY)


class TestRecording:
    def test_a_voicemail_is_a_touch(self) -> None:
        touch = after('lakeside vm "left word"').touches[-1]
        assert (touch.outcome, touch.note, touch.at, touch.by) == (
            Outcome.VOICEMAIL,
            "left word",
            NOW,
            "ann",
        )

    def test_a_proven_callback(self) -> None:
        changed = after('northgate cb 2027-01-18 because:budget "board votes 15 Jan"')
        promise = changed.callback
        assert promise is not None
        assert changed.column is Column.CALLBACK
        assert promise.asked_by_buyer
        assert (promise.reason, promise.change) == (ReasonKind.BUDGET, "board votes 15 Jan")
        assert promise.touch == changed.touches[-1].id
        assert changed.touches[-1].reason is ReasonKind.BUDGET

    def test_a_callback_of_our_own_is_not_asked_by_the_buyer(self) -> None:
        promise = after("lakeside vm cb +3d").callback
        assert promise is not None
        assert not promise.asked_by_buyer

    def test_words_without_a_reason_prove_nothing(self) -> None:
        promise = after('lakeside cb +2w "busy now"').callback
        assert promise is not None
        assert promise.change == ""

    def test_what_was_answered_to_the_question_is_the_promise(self) -> None:
        line = read('lakeside cb mon 10:30 "busy"')
        assert line.asks_what_changes
        answered = AgreedCallback(
            date(2026, 12, 1), asked_by_buyer=True, reason=ReasonKind.BUDGET, change="voted"
        )
        changed = apply_entry(prospect(), replace(line, callback=answered), STAMP, DEFAULTS)
        promise, touch = changed.callback, changed.touches[-1]
        assert promise == answered.stored(TODAY, touch.id)
        assert (touch.reason, touch.note) == (ReasonKind.BUDGET, "busy")
        assert promise.time is None  # half past ten was said of another day

    def test_a_kind_of_reason_alone_does_not_say_what_changes(self) -> None:
        assert read("x cb +3d because:budget").asks_what_changes

    @pytest.mark.parametrize(
        "text",
        [
            'x cb +3d because:budget "the board votes"',
            'x cb +3d because:budget ?change=yes:"the board votes"',
            "x vm cb +3d",
            "x vm",
        ],
    )
    def test_what_is_said_or_a_plan_of_our_own_needs_no_question(self, text: str) -> None:
        assert not read(text).asks_what_changes

    def test_the_answer_to_the_question_proves_the_callback_of_its_line(self) -> None:
        line = read('lakeside cb 18jan because:budget ?change=yes:"the board votes"')
        asked = replace(DEFAULTS, questions={"change": "What changes by then"})
        callback = apply_entry(prospect(), line, STAMP, asked).callback
        assert callback is not None
        assert callback.change == "the board votes"

    def test_a_callback_keeps_its_time(self) -> None:
        changed = after("lakeside cb mon 10:30")
        assert changed.callback is not None
        assert (changed.callback.on, changed.callback.time) == (date(2026, 11, 23), time(10, 30))
        assert changed.next_step is None

    def test_a_quote(self) -> None:
        quote = after("lakeside quote $24k").quotes[-1]
        assert quote.amount.amount == 24000
        assert quote.sent_on == TODAY
        assert quote.state is QuoteState.OPEN

    def test_a_quote_without_an_amount_is_for_the_value_on_record(self) -> None:
        valued = prospect(value={"amount": "500", "currency": "EUR"})
        assert after("lakeside quote", valued).quotes[-1].amount == valued.value
        with pytest.raises(RefusedError, match="no amount"):
            after("lakeside quote")

    def test_an_amount_alone_is_the_value_in_the_currency_on_record(self) -> None:
        valued = prospect(value={"amount": "500", "currency": "EUR"})
        value = after("lakeside talk+ $2k", valued).value
        assert value is not None
        assert value.amount == 2000
        assert value.currency == "EUR"

    def test_won(self) -> None:
        changed = after('lakeside won $30k @yesterday "signed"')
        assert changed.won is not None
        assert changed.won.on == date(2026, 11, 19)
        assert changed.won.value is not None
        assert changed.notes[-1].text == "signed"

    def test_answers(self) -> None:
        answers = after("lakeside talk ?bud=no").answers
        assert answers["budget"].state is AnswerState.NEGATIVE
        assert answers["budget"].on == TODAY
        assert after("lakeside talk ?EconomicBuyer=no").answers.keys() == {"decision"}
        with pytest.raises(InvalidValueError, match="no question"):
            after("lakeside talk ?taste=no")

    def test_backdated_to_noon_or_to_the_time_given(self) -> None:
        assert after("lakeside vm @mon").touches[-1].at == datetime(2026, 11, 16, 12, tzinfo=UTC)
        assert after("lakeside vm @mon 9:05").touches[-1].at.hour == 9
        assert after("lakeside vm @today").touches[-1].at == NOW
        with pytest.raises(RefusedError, match="still to come"):
            after("lakeside vm @today 23:59")

    def test_people(self) -> None:
        changed = after("lakeside talk +Kim:champion +Jo")
        assert [(c.name, c.role) for c in changed.contacts] == [
            ("Kim", Role.CHAMPION),
            ("Jo", Role.CONTACT),
        ]
        assert len({c.id for c in changed.contacts}) == 2
        assert changed.touches[-1].contact is None
        again = after("lakeside talk with:kim +kim:assistant", changed)
        assert again.contacts[0].role is Role.ASSISTANT
        assert again.touches[-1].contact == changed.contacts[0].id
        with pytest.raises(InvalidValueError, match="no contact"):
            after("lakeside talk with:zoe", changed)

    def test_a_request_to_be_left_alone(self) -> None:
        assert after("lakeside dnc").do_not_contact is not None

    def test_the_next_step_of_the_line_stands(self) -> None:
        planned = after("lakeside vm >demo mon")
        assert planned.next_step is not None
        assert planned.next_step.action == "demo"

    def test_they_agreed_to_a_step_where_they_moved_or_where_the_line_says_so(self) -> None:
        def agreed(text: str, subject: Prospect | None = None) -> bool | None:
            step = after(f"lakeside {text}", subject or prospect()).next_step
            return step.agreed if step else None

        said = {"talk+ >demo mon": True, "mtg >demo mon": True, "in >demo mon": True}
        ours = {"vm >demo mon": False, "talk >demo mon": False, "talk+ >demo mon ours": False}
        for text, answer in {**said, **ours, "vm >demo mon agreed": True}.items():
            assert agreed(text) is answer, text
        met = after("lakeside mtg >demo mon")
        assert agreed("vm >demo mon", met) is True, "the same step, spoken of again"
        assert agreed("vm >demo wed", met) is False, "on another day it is our plan"

    @pytest.mark.parametrize("text", ["na>call mon", "na,>call mon", "?budget=no>call mon"])
    def test_a_step_may_stand_right_behind_a_word(self, text: str) -> None:
        line = read(f"lakeside {'vm ' if text[0] == '?' else ''}{text}")
        assert line.step == NextStep(action="call", on=date(2026, 11, 23))

    def test_a_quote_over_another_amount_says_that_the_value_stays(self) -> None:
        valued = prospect(value=Money(amount=Decimal(25_000), currency="USD"))
        said = "the value stays $25,000"
        assert said in entry_words(read("lakeside quote $24k"), valued, DEFAULTS)
        for line in ("lakeside quote $25k", "lakeside quote", "lakeside talk $24k"):
            assert said not in entry_words(read(line), valued, DEFAULTS)

    def test_words(self) -> None:
        line = read('lakeside vm $5k >demo mon 10:00 ?bud=no "left word"')
        assert entry_words(line, prospect(), DEFAULTS) == (
            "voicemail left · $5,000 · next: demo Mon 23 Nov 10:00 · budget: no · “left word”"
        )
