"""The people of a prospect: whom to change, one person as a form, which number to copy."""

from typing import Any

import pytest
from textual.screen import Screen

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.judgement.whom_to_call import WayToReach
from review_board.pipeline import changes
from review_board.pipeline.contact_edits import added_contact, edited_contact, removed_contact
from review_board.pipeline.prospect import from_document
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Role
from review_board.tui.actions import ProspectActions
from review_board.tui.dialogs.people import (
    CopyDialog,
    PeopleDialog,
    PersonDialog,
    PersonDraft,
    person_lines,
)
from tests.tui.conftest import HARBOR, HOSTILE, Harness, screen_text
from tests.tui.dialogs.test_dialogs import answer, press_all
from tests.tui.fake_app import FakeApp

KIM = Contact(id="k", name="Kim Aldous", phone="555-0142", email="kim@acme.example")
GUS = Contact(id="g", name="Gus", role=Role.GATEKEEPER)
NUMBER, ADDRESS = WayToReach("Kim", "555-0142", True), WayToReach("Kim", "kim@k.example", False)


class TestPeopleDialog:
    async def test_enter_changes_and_a_digit_picks(self) -> None:
        assert await answer(PeopleDialog("People", (KIM, GUS)), ">enter") == PersonDraft(KIM)
        assert await answer(PeopleDialog("People", (KIM, GUS)), "2", ">enter") == PersonDraft(GUS)

    async def test_an_address_that_is_cut_stands_below(self) -> None:
        buyer = Contact(id="b", name="Simon Laurent", title="master joiner, signs the order",
                        phone="605-555-0190", email="simon.laurent@lakemont-kitchens.example")  # fmt: skip
        app = Harness(PeopleDialog("People", (buyer, GUS)))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "605-555-0190  simon.laurent@lakemont-kitchens.example" in screen_text(app)
            await pilot.press("2")
            await pilot.pause()
            assert "lakemont-kitchens.example" not in screen_text(app)
            assert "r removes" in screen_text(app)
            await pilot.press("down")
            await pilot.pause()
            assert "r removes" not in screen_text(app), "there is nobody in that line"

    async def test_a_adds_at_once_and_r_removes(self) -> None:
        assert await answer(PeopleDialog("People", (KIM,)), "a") == PersonDraft(None)
        assert await answer(PeopleDialog("People", (KIM, GUS)), "2", "r") == PersonDraft(
            GUS, removes=True
        )


class TestPersonDialog:
    async def test_what_was_filled_in_is_given(self) -> None:
        steps = ("Kim Aldous", ">tab", "b", ">tab", ">tab", "555-0142", ">enter")
        assert await answer(PersonDialog("Add"), *steps) == {
            "name": "Kim Aldous",
            "phone": "555-0142",
            "role": Role.ECONOMIC_BUYER,
        }

    async def test_only_what_was_altered_is_given(self) -> None:
        steps = (">tab", ">tab", ">tab", "-", ">enter")
        assert await answer(PersonDialog("Kim", KIM), *steps) == {"phone": ""}

    @pytest.mark.parametrize(
        ("steps", "said"),
        [(("-", ">backspace"), "✗"), (("Kim", *([">tab"] * 4), "acme"), "is no email address")],
    )
    async def test_what_is_wrong_is_said(self, steps: tuple[str, ...], said: str) -> None:
        app = Harness(PersonDialog("Add"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await press_all(pilot, *steps, ">enter")
            assert said in screen_text(app)
            assert app.result == "nothing yet"

    async def test_hostile_names_are_shown_as_text(self) -> None:
        people = tuple(
            Contact(id=f"c{n}", name=f"{n} {text}") for n, text in enumerate(HOSTILE[:9])
        )
        app = Harness(PeopleDialog("People", people))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "0 [@click=app.quit]Acme[/]" in screen_text(app)


async def test_a_digit_copies_at_once() -> None:
    assert await answer(CopyDialog("Copy", (NUMBER, ADDRESS)), "2") == ADDRESS
    assert await answer(CopyDialog("Copy", (NUMBER, ADDRESS)), ">enter") == NUMBER


class TestActions:
    @pytest.fixture
    def harbor(self, board: Board) -> Board:
        board.add([from_document(HARBOR | {"contacts": []})], "import")
        return board

    def people(self, board: Board) -> list[str]:
        return [contact.name for contact in board.prospect(str(HARBOR["id"])).people]

    async def act(self, board: Board, name: str, *answers: Any) -> FakeApp:
        app = FakeApp(*answers)
        await getattr(ProspectActions(app, board), name)(str(HARBOR["id"]))
        assert not app.answers
        return app

    def phones(self, board: Board) -> dict[str, str]:
        return {
            str(document["name"]): contact.phone
            for key, document in board.documents().items()
            for contact in board.prospect(key).people
        }

    async def with_namesakes(self, board: Board) -> Contact:
        await self.act(board, "people", {"name": "Kim", "phone": "555-0142"}, None)
        email = {"email": "kim@acme.example"}
        known = {"Service": {"phone": "555-0142"}, "Namesake": {"phone": "555-0999"}} | {
            "Own number": email | {"phone": "555-0777"}, "None yet": email
        }  # fmt: skip
        for name, ways in known.items():
            contacts = [{"id": "c-9", "name": "KIM", **ways}]
            other = {"id": f"p-{name}", "name": name, "company": "", "contacts": contacts}
            board.add([from_document(HARBOR | other)], "import")
        (kim,) = board.prospect(str(HARBOR["id"])).people
        board.change(
            str(HARBOR["id"]), lambda p, _: changes.edit_contact(p, kim, **email), "by hand"
        )
        return board.prospect(str(HARBOR["id"])).people[0]

    async def test_who_is_corrected_can_be_corrected_on_their_other_cards(
        self, harbor: Board
    ) -> None:
        kim = await self.with_namesakes(harbor)
        before, new = self.phones(harbor), {"phone": "555-0100"}
        here = {"Harbor Auto Glass": "555-0100"}
        everywhere = here | {"Service": "555-0100", "None yet": "555-0100"}
        await self.act(harbor, "people", PersonDraft(kim), new, None, None, None)
        assert self.phones(harbor) == before, "esc leads back to the form, and out of it"
        app = await self.act(harbor, "people", PersonDraft(kim), new, True, None)
        assert self.phones(harbor) == before | everywhere
        assert app.said[-1] == (
            "Edited contact Kim of Harbor Auto Glass, and on 2 other cards; one undo takes it back"
        )
        harbor.undo()
        assert self.phones(harbor) == before
        await self.act(harbor, "edit", {"name": "Harbor", **new}, True)
        assert self.phones(harbor) == {"Harbor": "555-0100"} | {
            name: phone for name, phone in (before | everywhere).items() if name not in here
        }

    async def test_who_wants_one_card_corrected_corrects_that_alone(self, harbor: Board) -> None:
        kim = await self.with_namesakes(harbor)
        before, new = self.phones(harbor), {"phone": "555-0100", "role": Role.CHAMPION}
        await self.act(harbor, "people", PersonDraft(kim), new, False, None)
        assert self.phones(harbor) == before | {"Harbor Auto Glass": "555-0100"}
        kim = harbor.prospect(str(HARBOR["id"])).people[0]
        role = {"role": Role.GATEKEEPER, "note": "mornings"}
        await self.act(harbor, "people", PersonDraft(kim), role, None)  # nothing is asked of these

    async def test_people_are_added_changed_and_removed(self, harbor: Board) -> None:
        await self.act(harbor, "people", {"name": "Kim", "phone": "555-0142"}, None)
        assert self.people(harbor) == ["Kim"]
        kim = harbor.prospect(str(HARBOR["id"])).people[0]
        await self.act(harbor, "people", PersonDraft(kim), {"name": "Kim Aldous"}, None)
        assert self.people(harbor) == ["Kim Aldous"]
        removes = PersonDraft(kim, removes=True)
        await self.act(harbor, "people", removes, False, None)
        assert self.people(harbor) == ["Kim Aldous"]
        await self.act(harbor, "people", removes, True, None)
        assert self.people(harbor) == []
        actions = [commit.action for commit in harbor.history()]
        assert actions[:2] == [
            "removed contact Kim of Harbor Auto Glass",
            "edited contact Kim of Harbor Auto Glass",
        ]

    async def test_the_list_stays_open_for_one_change_after_the_other(self, harbor: Board) -> None:
        add = PersonDraft(None)
        await self.act(harbor, "people", {"name": "Kim"}, add, {"name": "Lou"}, add, None, None)
        assert self.people(harbor) == ["Kim", "Lou"]

    async def test_the_first_person_can_be_edited_with_the_prospect(self, harbor: Board) -> None:
        await self.act(harbor, "edit", {"name": "Harbor", "phone": "555-0142"})
        await self.act(harbor, "edit", {"name": "Harbor", "person": "Kim", "email": "k@h.example"})
        (kim,) = harbor.prospect(str(HARBOR["id"])).people
        assert (kim.name, kim.phone, kim.email) == ("Kim", "555-0142", "k@h.example")

    @pytest.mark.parametrize(
        ("here", "become", "said"),
        [
            ([], ["Lou", "Kim"], []),
            (["Jo"], ["Lou"], ["Jo is no contact of Harbor any more"]),
        ],
    )
    async def test_an_edit_changes_nobody_who_became_the_first_meanwhile(
        self, harbor: Board, here: list[str], become: list[str], said: list[str]
    ) -> None:
        id_ = str(HARBOR["id"])

        def only(*names: str) -> None:
            people = tuple(Contact(id=name, name=name) for name in names)
            harbor.change(id_, lambda p, _: p.with_changes(contacts=people), "others")

        class Slow(FakeApp):
            async def push_screen_wait(self, screen: Screen[Any]) -> Any:
                only("Lou")
                return await super().push_screen_wait(screen)

        only(*here)
        app = Slow({"name": "Harbor", "person": "Kim"})
        await ProspectActions(app, harbor).edit(id_)
        assert (self.people(harbor), app.warned) == (become, said)

    async def test_one_number_is_copied_and_told_several_are_asked(self, harbor: Board) -> None:
        assert (await self.act(harbor, "copy_way")).said == [
            "No number or address is on record of Harbor Auto Glass"
        ]
        await self.act(harbor, "people", {"name": "Kim", "phone": "555-0142"}, None)
        app = await self.act(harbor, "copy_way")
        assert (app.copied, app.said) == (["555-0142"], ["Copied 555-0142 (Kim)"])
        await self.act(
            harbor, "people", PersonDraft(None), {"name": "Lou", "email": "lou@l.example"}, None
        )
        app = await self.act(harbor, "copy_way", WayToReach("Lou", "lou@l.example", False))
        assert app.copied == ["lou@l.example"]
        assert (await self.act(harbor, "copy_way", None)).copied == []


def test_who_was_removed_meanwhile_is_not_changed(board: Board) -> None:
    prospect = from_document(HARBOR)
    hiro = prospect.people[0]
    gone = changes.remove_contact(prospect, hiro)
    for change in (edited_contact(prospect, hiro, {"phone": "1"}), removed_contact(prospect, hiro)):
        with pytest.raises(RefusedError, match="Hiro Jovanović is no contact of"):
            change.apply(gone, board.stamp())
    assert added_contact(prospect, "Kim", {}).apply(prospect, board.stamp()).people[-1].role == (
        Role.CONTACT
    )


def test_people_stand_in_columns() -> None:
    people = [
        Contact(id="a", name="Jo", phone="555-0142"),
        Contact(id="b", name="Kim Aldous", title="buyer", email="kim@acme.example"),
    ]
    assert [line.rstrip() for line in person_lines(people)] == [
        "Jo          contact  555-0142",
        "Kim Aldous  buyer    kim@acme.example",
    ]
