"""Columns that tell of single contacts: touches that say no more than the list knows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from review_board.exchange.import_result import ImportResult
from review_board.imports.updating import compare
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.evidence import gather
from review_board.pipeline.changes import log_touch
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Direction, Outcome
from review_board.settings.tree import Settings
from tests.exchange.support import NOW, taken
from tests.judgement.build import recommend

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Create Date"
ROW = "1,Alder fleet,Contract Sent,50000,2026-03-01"


def only(result: ImportResult) -> Prospect:
    (prospect,) = result.prospects
    return prospect


def listed(header: str, cell: str, created: str = "2026-03-01") -> Prospect:
    return only(taken(f"{HEADER},{header}\n{ROW.replace('2026-03-01', created)},{cell}\n"))


def today() -> Today:
    return Today(NOW.date(), NOW.tzinfo)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ("Last Contacted", Outcome.CONTACTED),
        ("Last contact date", Outcome.CONTACTED),
        ("First contact", Outcome.CONTACTED),
        ("Last Call Date", Outcome.CONTACTED),
        ("Last email sent", Outcome.CONTACTED),
        ("Last meeting date", Outcome.MEETING),
        ("Quote sent on", Outcome.QUOTE),
        ("Proposal Sent Date", Outcome.QUOTE),
        ("letzter Kontakt", Outcome.CONTACTED),
        ("Angebot verschickt am", Outcome.QUOTE),
        ("Date du dernier rendez-vous", Outcome.MEETING),
        ("Devis envoyé le", Outcome.QUOTE),
        ("Último contacto", Outcome.CONTACTED),
        ("Data da reunião", Outcome.MEETING),
        ("Preventivo inviato il", Outcome.QUOTE),
        ("Laatst gebeld", Outcome.CONTACTED),
        ("Дата последнего звонка", Outcome.CONTACTED),
        ("Ngày gửi báo giá", Outcome.QUOTE),
    ],
)
def test_a_day_in_a_column_is_a_marked_touch_of_ours(header: str, outcome: Outcome) -> None:
    (touch,) = listed(header, "2026-11-18").touches
    assert (touch.outcome, touch.at.date(), touch.from_list) == (outcome, date(2026, 11, 18), True)
    assert touch.direction is Direction.OUTBOUND


def test_a_reply_in_a_column_is_theirs() -> None:
    (touch,) = listed("Last reply", "2026-11-18").touches
    assert touch.direction is Direction.INBOUND


def test_a_last_activity_is_no_contact_and_a_day_to_come_is_none() -> None:
    assert listed("Last Activity Date", "2026-11-18").touches == ()
    coming = listed("Meeting date", "2026-12-18")
    assert coming.touches == ()
    assert "still to come, says the list: a meeting, 2026-12-18" in coming.notes[0].text


def test_no_rule_speaks_of_a_silence_that_such_a_list_cannot_know() -> None:
    old = listed("Last Contacted", "2026-11-18").with_changes(stage="")
    evidence = gather(old, today(), Settings())
    assert evidence.has_no_history
    assert evidence.was_contacted
    advice = recommend(old, today(), Settings())
    assert advice.rule == "no-history"
    assert "last contact 2 days ago, says the list" in advice.finding.because.text
    assert evidence.silent_days is None
    assert evidence.touch_days == 2
    lines = contact_lines(evidence, 80)
    assert (lines.us.age, lines.them.age) == ("2 d ago", "not known")


def test_who_was_contacted_by_the_word_of_a_list_is_no_new_lead() -> None:
    bare = only(taken(f"{HEADER},Number of times contacted\n{ROW},9\n"))
    fresh = bare.with_changes(created=NOW - timedelta(days=2), stage="")
    advice = recommend(fresh, today(), Settings())
    assert (fresh.times_contacted, advice.rule) == (9, "no-history")
    assert "contacted 9 times, says the list" in advice.finding.because.text


def test_silence_counts_from_what_is_logged_here_not_from_a_column() -> None:
    met = listed("Last meeting", "2026-06-01")
    stamp = Stamp(at=NOW - timedelta(days=3), by="ann", key="k")
    logged = log_touch(met, Outcome.NO_ANSWER, stamp)
    evidence = gather(logged, today(), Settings())
    assert not evidence.has_no_history
    assert (evidence.silent_days, evidence.unanswered) == (3, 1)


def test_a_new_day_in_the_list_adds_a_touch_and_none_twice() -> None:
    first = listed("Last Contacted", "2026-11-10")
    same = compare(first, listed("Last Contacted", "2026-11-10"), Today(NOW.date()))
    assert not same.changes_record
    update = compare(first, listed("Last Contacted", "2026-11-18"), Today(NOW.date()))
    stamp = Stamp(at=NOW, by="ann", key="k")
    after = update.apply(first, stamp)
    assert [t.at.day for t in after.touches] == [10, 18]
    assert not compare(
        after, listed("Last Contacted", "2026-11-18"), Today(NOW.date())
    ).changes_record


def test_a_contact_that_is_on_record_is_not_told_again_by_a_column() -> None:
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    known = log_touch(
        listed("Last Contacted", "2026-11-10"), Outcome.TALKED, Stamp(at=at, by="ann", key="k")
    )
    update = compare(known, listed("Last Contacted", "2026-11-18"), Today(NOW.date()))
    assert not update.changes_record


def test_a_count_follows_the_list() -> None:
    def counted(times: int) -> Prospect:
        return only(taken(f"{HEADER},Number of times contacted\n{ROW},{times}\n"))

    update = compare(counted(9), counted(11), Today(NOW.date()))
    assert [(c.label, c.ours, c.theirs) for c in update.taken] == [("Times contacted", "9", "11")]
    assert update.apply(counted(9), Stamp(at=NOW, by="", key="k")).times_contacted == 11


def test_what_a_list_tells_of_contacts_is_one_story() -> None:
    """The days became contacts, so no notice speaks of notes; the count stands at the foot as well."""
    header = f"{HEADER},Last Activity Date,Last Contacted,Number of times contacted"
    result = taken(f"{header}\n{ROW},2026-11-18,2026-11-18,9\n")
    assert not any("become notes" in notice for notice in result.notices)
    spent = recommend(only(result), today(), Settings()).spent
    assert spent is not None
    assert spent.text == "9 contacts so far"
    called = log_touch(
        only(result), Outcome.NO_ANSWER, Stamp(at=NOW + timedelta(hours=1), by="ann", key="k")
    )
    later = recommend(called, today(), Settings()).spent
    assert later is not None
    assert later.text.startswith("10 contacts so far")
    other = taken(f"{header}\n{ROW},2026-11-18,2026-11-12,9\n")
    assert any("become notes" in notice for notice in other.notices)
