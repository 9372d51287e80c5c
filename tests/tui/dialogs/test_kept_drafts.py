"""A draft is offered to who wrote it, over the same pipeline, at the same form, and until it is stored."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from review_board.store.drafts import Draft, drafts_in
from review_board.tui.app import ReviewBoardApp
from review_board.tui.dialogs.kept_drafts import KeptDrafts
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.note import NoteArea
from tests.tui.conftest import HARBOR, MakeApp, disk_of, open_board, ready, type_in

NOTE = Draft("Note on Harbor", {"text": "one"}, "p-1", "Harbor")


def kept(folder: Path, who: str = "ann", pipeline: str = "deals.json") -> KeptDrafts:
    return KeptDrafts(folder, folder.parent / pipeline, who)


def texts(found: Draft | None) -> dict[str, str]:
    return dict(found.fields) if found else {}


def typed(text: str) -> Draft:
    return Draft(NOTE.title, {"text": text}, NOTE.prospect, NOTE.name)


def test_two_windows_lose_none_of_their_drafts(tmp_path: Path) -> None:
    left, right = kept(tmp_path), kept(tmp_path)
    left.keep([typed("left")])
    right.keep([typed("right")])
    one, other = kept(tmp_path), kept(tmp_path)
    assert {texts(one.take(NOTE))["text"], texts(other.take(NOTE))["text"]} == {"left", "right"}
    assert one.take(Draft("Edit Harbor", {}, "p-1", "Harbor")) is None


@pytest.mark.parametrize(("who", "pipeline"), [("raj", "deals.json"), ("ann", "other.json")])
def test_nobody_is_offered_the_draft_of_another(tmp_path: Path, who: str, pipeline: str) -> None:
    kept(tmp_path).keep([NOTE])
    assert kept(tmp_path, who, pipeline).titles == []
    assert kept(tmp_path, who, pipeline).take(NOTE) is None
    assert kept(tmp_path).titles == ["Note on Harbor"]


def test_a_draft_stays_until_its_form_is_done_with(tmp_path: Path) -> None:
    kept(tmp_path).keep([NOTE])
    window = kept(tmp_path)
    assert window.take(NOTE)
    assert len(list(drafts_in(tmp_path))) == 1
    window.keep([typed("one and two")])  # the terminal is lost again
    assert [texts(draft) for _, draft in drafts_in(tmp_path)] == [{"text": "one and two"}]
    last = kept(tmp_path)
    assert texts(last.take(NOTE)) == {"text": "one and two"}
    last.done(NOTE)
    assert not list(tmp_path.iterdir())


def test_what_is_saved_while_typing_belongs_to_one_window(tmp_path: Path) -> None:
    left, right = kept(tmp_path), kept(tmp_path)
    left.save(typed("left"))
    right.save(typed("right"))
    left.save(typed("left and more"))
    assert kept(tmp_path).titles == []
    assert kept(tmp_path).take(NOTE) is None
    assert sorted(d.fields["text"] for _, d in drafts_in(tmp_path)) == ["left and more", "right"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    left.done(NOTE)
    right.save(Draft(NOTE.title, {}, NOTE.prospect, NOTE.name))  # it was typed away
    assert not list(tmp_path.iterdir())


def test_what_was_saved_while_typing_is_replaced_at_the_end(tmp_path: Path) -> None:
    window = kept(tmp_path)
    window.save(typed("one"))
    window.keep([typed("one and two")])
    window.done(NOTE)  # its form is taken off the screen
    assert [draft.fields["text"] for _, draft in drafts_in(tmp_path)] == ["one and two"]


def test_a_folder_that_takes_no_more_leaves_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left")

    window = kept(tmp_path)
    window.save(typed("one"))
    with monkeypatch.context() as patch:
        patch.setattr("review_board.private_files.write_all", full)
        window.save(typed("two"))
    assert [draft.fields["text"] for _, draft in drafts_in(tmp_path)] == ["one"]
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / "draft-0123456789abcdef.tmp").write_text('{"half')
    other = kept(tmp_path)
    other.save(typed("three"))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_takes_nothing_costs_only_what_is_new(tmp_path: Path) -> None:
    kept(tmp_path).keep([NOTE])
    window = kept(tmp_path)
    window.take(NOTE)
    window._folder = Path("/dev/null/nowhere")
    window.keep([typed("new")])
    assert texts(kept(tmp_path).take(NOTE)) == {"text": "one"}


async def test_a_form_is_offered_again_only_on_the_prospect_that_it_was_about(
    make_app: MakeApp, tmp_path: Path
) -> None:
    twin = "p-twin"
    document = {**HARBOR, "id": twin, "value": {"amount": "1", "currency": "USD"}}
    disk = disk_of((HARBOR, document))
    lost = make_app(disk, kept=kept(tmp_path))
    async with lost.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert (await _note_on(lost, pilot, HARBOR["id"])) == ""
        await type_in(pilot, "mine")
        lost._end(129)
    app = make_app(disk, kept=kept(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert (await _note_on(app, pilot, twin)) == ""
        await pilot.press("escape")
        assert (await _note_on(app, pilot, HARBOR["id"])) == "mine"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert not list(drafts_in(tmp_path))
    assert open_board(disk).prospect(HARBOR["id"]).notes[-1].text == "mine"


async def test_a_draft_taken_up_stays_on_the_disk_while_its_form_is_open(
    make_app: MakeApp, tmp_path: Path
) -> None:
    """A form that took its draft up twice removed the file, and a second crash lost the text."""
    lost = make_app(kept=kept(tmp_path))
    async with lost.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("e", *"x")
        lost._end(129)
    app = make_app(kept=kept(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("e")
        await pilot.pause()
        name = app.screen.query_one("#name", LineInput)
        assert name.value == f"{name.original}x"
        assert name.cursor_position == len(name.value)
        assert len(list(drafts_in(tmp_path))) == 1


async def _note_on(app: ReviewBoardApp, pilot: Pilot[int], prospect_id: str) -> str:
    """Open the note of a prospect; gives what stands in it."""
    await pilot.pause()
    assert app._board_screen.go_to_card(prospect_id)
    await pilot.press("n")
    await pilot.pause()
    return app.screen.query_one("#text", NoteArea).value
