"""What every store promises: the same tests on the file and on its in-memory twin."""

from dataclasses import replace

import pytest

from review_board.errors import ConflictError, StoreError
from review_board.progress import Progress, StoppedError
from review_board.store.changes import change_between, swapped
from review_board.store.conflicts import FieldConflictError
from review_board.store.protocol import META, PROSPECTS, Commit, DocumentChange
from tests.store.conftest import Reopen
from tests.store.support import AT, draft, many, prospect, put

CALL = {"id": "t-01", "kind": "call"}
MAIL = {"id": "t-02", "kind": "mail"}


def undo_of(commit: Commit) -> Commit:
    docs = tuple(swapped(change) for change in commit.docs)
    return replace(commit, docs=docs, undoes=commit.seq, action="undo", seq=0)


def test_a_new_pipeline_is_empty(reopen: Reopen) -> None:
    store = reopen()
    assert store.seq == 0
    assert store.tables[PROSPECTS] == {}
    assert store.read_only is None
    assert list(store.history()) == []


def test_a_commit_is_there_for_the_next_one_who_opens(reopen: Reopen) -> None:
    commit = put(reopen(), "p-1", name="Acme", touches=[CALL])
    assert commit.seq == 1
    again = reopen()
    assert again.tables[PROSPECTS]["p-1"] == {
        "id": "p-1",
        "rev": 1,
        "name": "Acme",
        "touches": [CALL],
    }


def test_rev_is_the_seq_of_the_last_commit_that_touched_it(reopen: Reopen) -> None:
    store = reopen()
    put(store, "p-1", name="Acme")
    put(store, "p-2", name="Bolt")
    put(store, "p-1", column="won")
    assert [store.tables[PROSPECTS][key]["rev"] for key in ("p-1", "p-2")] == [3, 2]
    assert store.seq == 3


def test_others_changes_arrive_as_news(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    commit = put(theirs, "p-1", by="bob", name="Acme")
    news = mine.catch_up()
    assert news.commits == (commit,)
    assert not news.reloaded
    assert prospect(mine, "p-1") == {"name": "Acme"}
    assert not mine.catch_up()


def test_own_changes_are_no_news(reopen: Reopen) -> None:
    store = reopen()
    put(store, "p-1", name="Acme")
    assert not store.catch_up()


def test_a_receipt_tells_what_came_before(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    first = put(theirs, "p-1", name="Acme")
    receipt = mine.commit(draft(mine, "p-2", {"name": "Bolt"}))
    assert receipt.news.commits == (first,)
    assert receipt.commit.seq == 2


def test_different_fields_merge(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    no, yes = {"state": "negative"}, {"state": "claimed"}
    put(mine, "p-1", name="Acme", answers={"budget": no})
    theirs.catch_up()
    put(mine, "p-1", answers={"budget": yes})
    theirs.commit(draft(theirs, "p-1", {"name": "Acme", "answers": {"budget": no, "need": yes}}))
    mine.catch_up()
    assert prospect(mine, "p-1")["answers"] == {"budget": yes, "need": yes}


def test_two_halves_of_one_value_never_come_from_two_people(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme", value={"amount": "10", "currency": "USD"})
    theirs.catch_up()
    late = draft(theirs, "p-1", {"name": "Acme", "value": {"amount": "10", "currency": "EUR"}})
    put(mine, "p-1", value={"amount": "9000", "currency": "USD"})
    with pytest.raises(ConflictError):
        theirs.commit(late)


def test_adding_touches_never_conflicts(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme")
    theirs.catch_up()
    late = draft(theirs, "p-1", {"name": "Acme", "touches": [MAIL]})
    put(mine, "p-1", touches=[CALL])
    theirs.commit(late)
    assert prospect(theirs, "p-1")["touches"] == [CALL, MAIL]


def test_the_same_field_conflicts_and_says_who_when_and_what(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme", column="new")
    theirs.catch_up()
    first = put(mine, "p-1", by="bob", column="won")
    with pytest.raises(FieldConflictError) as caught:
        theirs.commit(draft(theirs, "p-1", {"name": "Acme", "column": "lost"}))
    assert (caught.value.current, caught.value.wanted) == ("won", "lost")
    assert caught.value.commit == first
    for word in ("column", "Acme", "bob", AT, "edit"):
        assert word in str(caught.value)


def test_what_a_change_expects_is_asked_when_it_is_committed_and_not_kept(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme", column="active")
    theirs.catch_up()
    put(theirs, "p-1", by="bob", column="dropped")
    named = draft(mine, "p-1", {"id": "p-1", "name": "Acme Ltd", "column": "active"})
    (change,) = named.docs
    with pytest.raises(FieldConflictError) as refused:
        mine.commit(replace(named, docs=(replace(change, expects={"column": "active"}),)))
    assert refused.value.pointer == "column"
    assert refused.value.commit
    assert refused.value.commit.by == "bob"
    mine.commit(replace(named, docs=(replace(change, expects={"column": "dropped"}),)))
    assert next(iter(reopen().history())).docs == (change,)


def test_a_conflict_changes_nothing_and_swallows_no_news(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme", column="new")
    theirs.catch_up()
    stale = draft(theirs, "p-1", {"name": "Acme", "column": "lost"})
    first = put(mine, "p-1", column="won")
    with pytest.raises(ConflictError):
        theirs.commit(stale)
    assert theirs.seq == 2
    assert theirs.catch_up().commits == (first,)


def test_a_touch_raises_no_ghost_of_what_was_removed(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme")
    theirs.catch_up()
    late = draft(theirs, "p-1", {"name": "Acme", "touches": [CALL]})
    mine.commit(draft(mine, "p-1", None))
    with pytest.raises(ConflictError, match="no longer there"):
        theirs.commit(late)
    assert "p-1" not in reopen().tables[PROSPECTS]


def test_undo_of_an_addition_is_refused_once_others_built_on_it(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    added = put(mine, "p-1", name="Acme")
    theirs.catch_up()
    put(theirs, "p-1", by="bob", touches=[CALL])
    with pytest.raises(ConflictError, match="bob"):
        mine.commit(undo_of(added))


def test_two_people_cannot_create_the_same_document(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    late = draft(theirs, "p-1", {"name": "Bolt"})
    put(mine, "p-1", name="Acme")
    with pytest.raises(ConflictError, match="already exists"):
        theirs.commit(late)


def test_undo_and_redo_of_a_purge_of_200(reopen: Reopen) -> None:
    store = reopen()
    keys = [f"p-{number}" for number in range(200)]
    added = change_all(store.commit, [(key, None, {"name": key, "column": "new"}) for key in keys])
    before = dict(store.tables[PROSPECTS])
    purged = change_all(store.commit, [(key, before[key], None) for key in keys])
    assert store.tables[PROSPECTS] == {}
    undone = store.commit(undo_of(purged)).commit
    assert undone.undoes == purged.seq
    assert [prospect(store, key)["column"] for key in keys] == ["new"] * 200
    store.commit(undo_of(undone))
    assert reopen().tables[PROSPECTS] == {}
    assert [commit.seq for commit in store.history()] == [4, 3, 2, added.seq]


def change_all(commit: object, changes: list[tuple[str, object, object]]) -> Commit:
    docs = tuple(change_between(PROSPECTS, *change) for change in changes)  # type: ignore[arg-type]
    done: Commit = commit(Commit("bulk", "ann", AT, "test", docs)).commit  # type: ignore[operator]
    return done


def test_history_is_newest_first(reopen: Reopen) -> None:
    store = reopen()
    commits = [put(store, "p-1", number=number) for number in range(1, 6)]
    assert list(reopen().history()) == commits[::-1]


def test_values_are_stored_as_json_has_them(reopen: Reopen) -> None:
    store = reopen()
    commit = put(store, "p-1", tags=("a", "b"))
    assert commit.docs[0].after == {"tags": ["a", "b"]}
    assert prospect(store, "p-1") == {"tags": ["a", "b"]}


@pytest.mark.parametrize("value", ["\ud800", 2**70, object()])
def test_what_json_cannot_hold_is_refused(reopen: Reopen, value: object) -> None:
    store = reopen()
    with pytest.raises(StoreError, match="cannot be stored"):
        put(store, "p-1", note=value)
    assert store.seq == 0


def test_a_reader_in_another_thread_is_not_disturbed(reopen: Reopen) -> None:
    store = reopen()
    put(store, "p-1", name="Acme")
    seen = []
    for document in store.tables[PROSPECTS].values():
        put(store, "p-2", name="Bolt")
        seen.append(document["name"])
    assert seen == ["Acme"]


def test_a_large_commit_is_one_change_like_any_other(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    big = change_all(mine.commit, [(f"p-{n}", None, {"note": "x" * 4000}) for n in range(100)])
    assert theirs.catch_up().commits == (big,)
    assert next(reopen().history()) == big
    theirs.commit(undo_of(big))
    assert reopen().tables[PROSPECTS] == {}


@pytest.mark.parametrize("count", [2, 100])
def test_new_documents_known_by_their_text_are_changes_like_any_other(
    reopen: Reopen, count: int
) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-0", name="Acme")
    changed = change_between(PROSPECTS, "p-0", mine.tables[PROSPECTS]["p-0"], {"name": "Bolt"})
    done = mine.commit(Commit("import", "ann", AT, "test", many(count, changed))).commit
    assert [*theirs.catch_up().commits[-1].docs] == [*done.docs]
    assert mine.tables == theirs.tables == reopen().tables
    assert prospect(mine, "p-1") == {"note": "x" * 4000, "touches": [CALL]}
    assert prospect(mine, "p-0") == {"name": "Bolt"}
    with pytest.raises(FieldConflictError, match="already exists"):
        theirs.commit(Commit("import", "ann", AT, "test", many(count)))
    theirs.commit(undo_of(done))
    assert reopen().tables[PROSPECTS].keys() == {"p-0"}
    assert prospect(reopen(), "p-0") == {"name": "Acme"}


def test_who_stops_the_saving_finds_everything_as_it_was(reopen: Reopen) -> None:
    store, progress = reopen(), Progress()
    put(store, "p-0", name="Acme")
    progress.stop()
    with pytest.raises(StoppedError):
        store.commit(Commit("import", "ann", AT, "test", many(100, progress=progress)))
    assert store.seq == reopen().seq == 1
    assert store.tables[PROSPECTS].keys() == reopen().tables[PROSPECTS].keys() == {"p-0"}


def test_a_checkpoint_and_a_close_lose_nothing(reopen: Reopen) -> None:
    mine, theirs = reopen(), reopen()
    put(mine, "p-1", name="Acme")
    mine.checkpoint()
    put(mine, "p-1", column="won")
    mine.close()
    assert len(theirs.catch_up().commits) == 2
    assert prospect(theirs, "p-1") == prospect(reopen(), "p-1") == {"name": "Acme", "column": "won"}


def test_facts_about_the_pipeline_are_a_document_too(reopen: Reopen) -> None:
    store = reopen()
    change = change_between(META, META, None, {"timezone": "Europe/Zurich"})
    store.commit(Commit("set", "ann", AT, "test", (change,)))
    store.checkpoint()
    assert reopen().tables[META][META]["timezone"] == "Europe/Zurich"


def test_an_unflagged_change_of_a_missing_document_conflicts(reopen: Reopen) -> None:
    change = DocumentChange(PROSPECTS, "p-9", {"touches/t-01": None}, {"touches/t-01": CALL})
    with pytest.raises(ConflictError):
        reopen().commit(Commit("log", "ann", AT, "test", (change,)))
