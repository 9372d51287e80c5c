"""The sample pipelines: written by the generator, believable, and as fresh as today."""

import json
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board import samples
from review_board.errors import UsageError
from review_board.judgement.bets import open_bet
from review_board.judgement.due.manager_queue import kept_without_signal
from review_board.judgement.evidence import gather
from review_board.judgement.recommend import judge
from review_board.learning.calibrate import calibrate
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect, from_document, json_schema, to_document
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Column,
    Outcome,
    QuoteState,
    ReasonKind,
    Role,
    SignalKind,
    Track,
    Verdict,
)
from review_board.samples import DATE_FIELDS, SAMPLES, load_sample, shift_document
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from sample_pipelines import generate
from sample_pipelines.cast import companies
from sample_pipelines.draft import TODAY, Draft
from sample_pipelines.words import HERE, Words

NAMES = ["manager", "rep", "scenarios"]
BOOKS = ["manager", "rep"]
"""The samples that show a whole book of business."""
CALENDAR = re.compile(
    r"\b(\d{4}-\d\d|january|february|march|april|june|july|august|september|october|november"
    r"|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day|spring|autumn|easter|christmas)\b",
    re.IGNORECASE,
)
shifts = st.integers(-20_000, 20_000)


def prospects(name: str) -> list[Prospect]:
    return [from_document(document) for document in load_sample(name, TODAY)]


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest) -> list[Prospect]:
    return prospects(request.param)


@pytest.fixture(scope="module", params=NAMES)
def sample(request: pytest.FixtureRequest) -> list[Prospect]:
    return prospects(request.param)


def test_the_committed_files_are_what_the_generator_writes() -> None:
    written = generate.samples()
    assert {path.name for path in HERE.glob("*.json")} == set(written)
    for name, text in written.items():
        assert (HERE / name).read_bytes() == text.encode(), (
            "run python -m sample_pipelines.generate"
        )


def test_the_same_seed_tells_the_same_story() -> None:
    assert generate.told("rep") == generate.told("rep")


@pytest.mark.parametrize(("name", "size"), [("rep", 60), ("manager", 300), ("scenarios", 13)])
def test_a_file_says_what_it_is_and_is_readable(name: str, size: int) -> None:
    text = (HERE / f"{name}.json").read_text("utf-8")
    stored = json.loads(text)
    assert {key: stored[key] for key in ("format", "schema", "today")} == {
        "format": "review_board",
        "schema": 1,
        "today": TODAY.isoformat(),
    }
    assert len(stored["prospects"]) == size
    assert len(text.splitlines()) == size + 2


def test_every_sample_says_what_it_holds() -> None:
    assert list(SAMPLES) == NAMES == sorted(path.stem for path in HERE.glob("*.json"))
    for name, holds in SAMPLES.items():
        assert len(load_sample(name, TODAY)) == int(holds.split()[0])


@pytest.mark.parametrize("name", ["", "nobody", "../rep", "rep.json", "REP"])
def test_an_unknown_sample_lists_the_known(name: str) -> None:
    with pytest.raises(UsageError, match="manager, rep, scenarios"):
        load_sample(name, TODAY)


def test_a_wheel_carries_its_samples_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(
        HERE, tmp_path / "sample_pipelines", ignore=shutil.ignore_patterns("*.py", "*.toml")
    )
    monkeypatch.setattr(samples, "_HERE", tmp_path)
    assert len(load_sample("scenarios", TODAY)) == 13


def test_ids_and_names_are_unique(sample: list[Prospect]) -> None:
    for key in ("id", "name"):
        counted = Counter(getattr(prospect, key) for prospect in sample)
        assert counted.most_common(1)[0][1] == 1
    for prospect in sample:
        for records in (prospect.touches, prospect.contacts, prospect.quotes, prospect.verdicts):
            ids = [record.id for record in records]
            assert len(set(ids)) == len(ids)


def test_documents_are_as_the_app_would_store_them() -> None:
    for name in NAMES:
        for document in load_sample(name, TODAY):
            assert to_document(from_document(document)) == document
            assert not from_document(document).model_extra


def test_a_past_is_in_order_and_ends_yesterday(sample: list[Prospect]) -> None:
    for prospect in sample:
        moments = [touch.at for touch in prospect.touches]
        assert moments == sorted(moments), prospect.name
        assert prospect.created
        happened = [*moments, *(v.at for v in prospect.verdicts), *(n.at for n in prospect.notes)]
        happened += [record.at for record in (prospect.drop, prospect.do_not_contact) if record]
        assert all(prospect.created <= moment for moment in happened), prospect.name
        assert all(moment.date() < TODAY for moment in happened), prospect.name


def test_nobody_is_bothered_after_asking_to_be_left_alone(book: list[Prospect]) -> None:
    asked = [p for p in book if p.do_not_contact]
    assert len(asked) >= 2
    for prospect in asked:
        assert prospect.touches[-1].outcome is Outcome.DO_NOT_CONTACT


def test_records_point_at_what_exists(sample: list[Prospect]) -> None:
    for prospect in sample:
        touches = {touch.id: touch for touch in prospect.touches}
        assert all(t.contact is None or prospect.contact(t.contact) for t in prospect.touches)
        if prospect.callback and prospect.callback.touch:
            assert touches[prospect.callback.touch].at.date() == prospect.callback.asked_on
        for verdict in prospect.verdicts:
            assert verdict.verdict is Verdict.of(verdict.destination)
            pointers = [seen.split("/")[-1] for seen in verdict.evidence if seen != "created"]
            assert all(touches[pointer].at < verdict.at for pointer in pointers)


def test_columns_agree_with_the_record(sample: list[Prospect]) -> None:
    for prospect in sample:
        assert (prospect.column is Column.NURTURE) is bool(prospect.nurture), prospect.name
        assert prospect.column is not Column.DROPPED or prospect.drop, prospect.name
        assert prospect.column is not Column.CALLBACK or prospect.callback, prospect.name


def test_everybody_can_be_reached_and_nobody_real_is(sample: list[Prospect]) -> None:
    people = [contact for prospect in sample for contact in prospect.contacts]
    phones = [contact.phone for contact in people if contact.phone]
    mails = [contact.email for contact in people if contact.email]
    assert all(contact.phone or contact.email for contact in people)
    assert all(re.fullmatch(r"(\d{3}-)?555-01\d\d", phone) for phone in phones)
    assert all(re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", mail) for mail in mails)
    assert len(set(phones)) == len(phones)
    assert len(set(mails)) == len(mails)


def test_free_text_names_no_day(sample: list[Prospect]) -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for key, v in value.items() if key not in DATE_FIELDS for text in texts(v)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    for prospect in sample:
        for text in texts(to_document(prospect)):
            assert not CALENDAR.search(text), f"{prospect.name}: {text}"


def test_every_rule_occurs(book: list[Prospect]) -> None:
    today, settings = Today(TODAY), Settings()
    open_ones = [p for p in book if not p.won]
    counted = Counter(judge(gather(p, today, settings)).rule for p in open_ones)
    least = dict.fromkeys(RuleName, 2) | {RuleName.RUNNING_BET: 1}  # few cards are kept on a bet
    least[RuleName.NO_HISTORY] = 0  # a sample is no list without contacts
    assert {rule for rule in RuleName if counted[rule] < least[rule]} == set()


def test_the_vocabulary_is_covered(book: list[Prospect]) -> None:
    touches = [touch for prospect in book for touch in prospect.touches]
    answers = [answer for prospect in book for answer in prospect.answers.values()]
    assert {touch.outcome for touch in touches} == set(Outcome) - {Outcome.CONTACTED}  # of lists
    assert {touch.signal for touch in touches} == {None, *SignalKind}
    assert {answer.state for answer in answers} == set(AnswerState)
    assert {p.column for p in book if not p.won} == set(Column)
    assert {contact.role for p in book for contact in p.contacts} >= set(Role) - {Role.GATEKEEPER}
    quotes = {quote.state for p in book for quote in p.quotes}
    assert quotes >= {QuoteState.OPEN, QuoteState.ACCEPTED}
    assert any(verdict.against for p in book for verdict in p.verdicts)
    assert any(p.next_step for p in book)
    assert any(p.tags for p in book)


def test_a_book_has_what_a_demo_shows(book: list[Prospect]) -> None:
    assert sum(1 for p in book if p.won) >= 2
    came_back = [
        p for p in book if p.column is Column.DROPPED and p.touches[-1].outcome is Outcome.INBOUND
    ]
    assert came_back
    forgotten = [
        p
        for p in book
        if p.touches
        and p.touches[-1].outcome is Outcome.QUOTE
        and p.quotes[-1].state is QuoteState.OPEN
    ]
    assert len(forgotten) >= 2
    due = [p for p in book if p.nurture and p.nurture.next_on and p.nurture.next_on <= TODAY]
    assert due


def test_the_manager_has_six_reps_and_every_track_and_reason() -> None:
    team = prospects("manager")
    assert len({p.owner for p in team}) == 6
    assert {p.nurture.track for p in team if p.nurture} == set(Track)
    assert {p.callback.reason for p in team if p.callback} == {None, *ReasonKind}
    assert {p.value.currency for p in team if p.value} == {"USD", "EUR", "GBP"}
    assert len({verdict.session for p in team for verdict in p.verdicts}) > 20


def test_the_manager_teaches_what_became_of_verdicts_and_first_impressions() -> None:
    team, today, settings = prospects("manager"), Today(TODAY), Settings()
    figures = calibrate(team, settings.estimates, today)
    assert len(figures.dropped.won) == len(figures.nurtured.won) == 3
    assert len(figures.kept_against.won) == 3
    assert len(figures.kept_against.dropped) == 6
    assert figures.purged_against.count == 2
    solid, not_solid = figures.solid, figures.not_solid
    ended = solid.won + solid.lost + not_solid.won + not_solid.lost
    assert 0.55 < (solid.won + not_solid.lost) / ended < 0.8
    answered = [p for p in team if any(touch.meaning.response for touch in p.touches)]
    assert 0.25 < (solid.count + not_solid.count) / len(answered) < 0.4
    assert all(p.first_impression.by == p.owner for p in team if p.first_impression)


def test_the_manager_has_bets_zombies_and_cards_put_off() -> None:
    team, today, settings = prospects("manager"), Today(TODAY), Settings()
    bets = {p.id: open_bet(p) for p in team if p.bets}
    ends = sorted((bet.until - TODAY).days for bet in bets.values() if bet)
    assert ends == [-1, -1, 5]
    assert len(bets) == 4
    kept = [kept_without_signal(gather(p, today, settings)) for p in team if not p.won]
    assert sum(reviews >= settings.review.zombie_reviews for reviews in kept) == 3
    assert sorted(len(p.snoozes) for p in team if p.snoozes) == [1, 1, 1, 2]


def test_every_rep_of_the_manager_held_four_reviews_on_working_days() -> None:
    team = prospects("manager")
    for owner in {p.owner for p in team}:
        mine = [r for p in team if p.owner == owner for r in p.verdicts]
        for week in range(1, 5):
            held = [r for r in mine if r.at.date() == TODAY - timedelta(weeks=week)]
            assert len(held) >= 2
            assert len({r.session for r in held}) == 1
            assert all(r.seconds for r in held)
    assert all(touch.at.isoweekday() < 6 for p in team for touch in p.touches)


def test_the_rep_has_a_few_first_impressions_a_bet_and_a_card_put_off() -> None:
    book = prospects("rep")
    assert 4 <= sum(1 for p in book if p.first_impression) <= 9
    bets = [bet for p in book if (bet := open_bet(p))]
    assert sorted((bet.until - TODAY).days for bet in bets) == [-2, -1, 4]
    assert [len(p.snoozes) for p in book if p.snoozes] == [1]


def test_date_fields_are_those_of_the_stored_document() -> None:
    schema = json_schema()
    tables = [schema, *schema["$defs"].values()]
    dated = {
        name
        for table in tables
        for name, field in table.get("properties", {}).items()
        if any(
            kind.get("format") in {"date", "date-time"} for kind in [field, *field.get("anyOf", [])]
        )
    }
    assert dated == DATE_FIELDS


@given(st.sampled_from(load_sample("rep", TODAY) + load_sample("scenarios", TODAY)), shifts)
def test_there_and_back_is_no_shift(document: dict[str, Any], days: int) -> None:
    assert shift_document(shift_document(document, days), -days) == document
    assert shift_document(document, 0) == document


@pytest.mark.parametrize("days", [-400, -1, 1, 400, 3000])
def test_what_is_recommended_moves_with_the_days(days: int) -> None:
    settings, day = Settings(), TODAY + timedelta(days=days)
    then = [from_document(document) for document in load_sample("rep", day)]
    for before, after in zip(prospects("rep"), then, strict=True):
        expected = judge(gather(before, Today(TODAY), settings))
        found = judge(gather(after, Today(day), settings))
        assert (found.rule, found.destination) == (expected.rule, expected.destination)


def test_only_date_fields_are_shifted() -> None:
    document = {
        "id": "p",
        "name": "2026-11-20",
        "created": "2026-11-20T10:00:00.5Z",
        "close_date": "2028-02-29",
        "touches": [{"at": "2026-12-31T23:59:59+02:00", "note": "on 2026-11-20"}],
        "answers": {"on": {"on": "2026-11-20", "text": "since"}},
        "tags": ["2026-11-20"],
        "at": "noon",
        "since": None,
    }
    assert shift_document(document, 1) == {
        **document,
        "created": "2026-11-21T10:00:00.5Z",
        "close_date": "2028-03-01",
        "touches": [{"at": "2027-01-01T23:59:59+02:00", "note": "on 2026-11-20"}],
        "answers": {"on": {"on": "2026-11-21", "text": "since"}},
    }


def test_a_sample_is_dated_around_any_day() -> None:
    far = date(2031, 3, 1)
    moved = [from_document(document) for document in load_sample("rep", far)]
    shift = far - TODAY
    for before, after in zip(prospects("rep"), moved, strict=True):
        assert [t.at - shift for t in after.touches] == [t.at for t in before.touches]


def test_its_past_reviews_are_sessions_that_are_over(book: list[Prospect]) -> None:
    sessions = samples.sessions_of(book)
    known = {verdict.session for prospect in book for verdict in prospect.verdicts}
    assert {session.id for session in sessions} == known - {None}
    assert all(session.over and session.finished for session in sessions)
    assert [s.started for s in sessions] == sorted(s.started for s in sessions)
    assert all(session.started < session.finished for session in sessions if session.finished)


def test_an_answer_was_given_in_a_talk_and_says_of_a_change_what_the_callback_says(
    book: list[Prospect],
) -> None:
    for prospect in book:
        talks = {t.at.date() for t in prospect.touches if OUTCOMES[t.outcome].response}
        for question, answer in prospect.answers.items():
            assert not talks or answer.on is None or answer.on in talks, prospect.name
            if question == "change" and prospect.callback and prospect.callback.change:
                assert answer.text == prospect.callback.change


def test_who_signs_goes_by_their_title_where_nobody_on_record_leads_to_them() -> None:
    rng = Random(1)
    words = Words(rng)
    draft = Draft(rng, words, next(companies(rng, words, abroad=False)), "ann")
    boss = draft.company.boss
    draft.talk(5)
    draft.touches[-1]["note"] = f"{boss.first} decides"
    assert draft.build("p").touches[0].note == f"the {boss.title} decides"
    draft.meet(boss)
    assert draft.build("p").touches[0].note == f"{boss.first} decides"
