"""What a user can do to a prospect on a screen: ask what is needed, then change it through Board.

Each action returns whether something was changed; messages go to ``notify``. The board, a
prospect's page and the review all use these.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from review_board.board import forget as forgetting
from review_board.board import merging
from review_board.board.acknowledge import change_one
from review_board.board.board import Board, Change
from review_board.board.find import label
from review_board.board.same_person import OtherCard, also_on, other_cards
from review_board.board.undo import next_action
from review_board.calls.recorder import CallRecorder, SaveResult
from review_board.errors import ReviewBoardError
from review_board.judgement.question_packs import Question
from review_board.judgement.verdict_history import verdict_of_today, verdict_words
from review_board.judgement.whom_to_call import WayToReach, all_ways, way_to_reach
from review_board.pipeline import changes, contact_edits
from review_board.pipeline.contact_edits import ContactChange, of_person, with_first_person
from review_board.pipeline.dates import full_day, typed_when
from review_board.pipeline.fields import PERSON_FIELDS, PLAIN_FIELDS, TypingDefaults, distinct_tags
from review_board.pipeline.money import long_money
from review_board.pipeline.moves import Move, all_reopened, step_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Column
from review_board.review.direct_verdicts import lets_large_go
from review_board.review.where_it_is import where_it_is
from review_board.store.protocol import Document
from review_board.tui.app_protocol import BoardApp
from review_board.tui.calls.record_call import acknowledgement, ask_contact, ask_line
from review_board.tui.dialogs.bulk import OwnerDialog, TagsDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.confirm import ConfirmDialog, ReopenDialog, WonDialog
from review_board.tui.dialogs.dialog import CANCELS, PICKS
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.fields import EDITED, AddDialog, EditDialog, LocationsDialog
from review_board.tui.dialogs.merge import MergeDialog
from review_board.tui.dialogs.next_step import NextStepDialog, StepDraft
from review_board.tui.dialogs.note import NoteDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.dialogs.people import CopyDialog, PeopleDialog, PersonDialog, PersonDraft
from review_board.tui.dialogs.steps import Steps
from review_board.tui.dialogs.tag_input import most_used
from review_board.tui.footer_keys import with_keys
from review_board.tui.show_errors import may_change
from review_board.wording import NAMED, capital, first_few, several

AskForCall = Callable[[BoardApp, CallRecorder], Awaitable[SaveResult | None]]
"""Asks for a contact in its own way and stores it."""


class ProspectActions:
    """What can be done to the prospects of one open board, each after asking in a dialog.

    While a vote ``is_blind`` nothing tells how the recommendation turns.
    """

    def __init__(self, app: BoardApp, board: Board, *, is_blind: bool = False) -> None:
        self._app = app
        self._is_blind = is_blind
        self._board = board
        self._seen: dict[str, Document] = {}  # what the person looks at while deciding

    # Moving

    async def move(self, ids: Sequence[str], to: Column) -> bool:
        """Move to another column, after asking what that column demands; many cards answer together."""
        first = self._prospect(ids[0])
        if first is None:
            return False
        if any(lets_large_go(self._board, i, to) for i in ids):
            return await self.decide(ids, to)
        who = first.name if len(ids) == 1 else f"{len(ids)} prospects"
        if not first.won and not await self._confirm_set_aside(ids, to, who):
            return False
        self._seen = {i: seen for i in ids if (seen := self._board.document(i))}
        today = self._board.today.day
        to = Column.ACTIVE if first.won else to
        also = Move(to).also_changes(first, today) if len(ids) == 1 else ""
        if first.won and len(ids) > 1:
            also = all_reopened([self._board.prospect(i) for i in ids], today)
        move = (
            await self._ask_reopening(who, also)
            if first.won
            else await self._ask_for(to, who, [self._board.prospect(i) for i in ids])
        )
        if move is None:
            return False
        change = partial(move.apply, today=today)
        made = dict.fromkeys(ids, change)
        if not self._change_all(made, move.action(first, len(ids)), moves=True):
            return False
        if also:
            are = "are" if len(ids) > 1 else "is"
            self._app.notify(f"{who} {are} in {move.to.title} now{also}")
        elif len(ids) == 1:
            self._app.notify(where_it_is(self._board.evidence(ids[0]), first.column))
        return True

    async def _ask_reopening(self, who: str, also: str) -> Move | None:
        """Ask why what was won is an open sale again, in Active."""
        why = await self._app.push_screen_wait(ReopenDialog(f"Reopen {who}?", f"To Active{also}"))
        return None if why is None else Move(Column.ACTIVE, why=why)

    async def _confirm_set_aside(self, ids: Sequence[str], to: Column, who: str) -> bool:
        """Ask whether a verdict of today is to be set aside by a move; without one nothing is asked."""
        board = self._board
        found = [(p, v) for i in ids for p, v in self._verdict_of_today(i) if v.destination != to]
        if not found:
            return True
        (prospect, verdict), *rest = found
        words = verdict_words(verdict, board.by, board.clock(), board.today, board.settings)
        said = f"{capital(words)}."
        if len(ids) > 1:
            more = f" So were {len(rest)} more of them." if len(rest) > 1 else ""
            more = " So was one more of them." if len(rest) == 1 else more
            said = f"{prospect.name} was decided today: {words}.{more}"
        question = f"{said}\nThe verdict stays on record; the report tells of the move."
        yes, no = "move it anyway", "leave it as it was decided"
        if len(ids) > 1:
            yes, no = "move all of them", "leave them as they are"
        title = f"Move {who} to {to.title} anyway?"
        asked = ConfirmDialog(title, question, yes=yes, no=no)
        return await self._app.push_screen_wait(asked) is True

    def _verdict_of_today(self, prospect_id: str) -> list[tuple[Prospect, VerdictRecord]]:
        """Return the verdict of today on a prospect, with whom it is about."""
        if not (self._board.document(prospect_id) or {}).get("verdicts"):
            return []
        prospect = self._prospect(prospect_id)
        verdict = verdict_of_today(prospect, self._board.today) if prospect else None
        return [(prospect, verdict)] if prospect and verdict else []

    async def _ask_for(self, to: Column, who: str, asked: Sequence[Prospect]) -> Move | None:
        """Ask what the column demands; gives the move, or ``None`` when it was taken back."""
        today, settings = self._board.today.day, self._board.settings
        ask = self._app.push_screen_wait
        if to is Column.CALLBACK:
            evidence = self._board.evidence(asked[0].id) if len(asked) == 1 else None
            title = f"Move {who} to {to.title}: call back when?"
            draft = await ask(CallbackDialog(who, today, evidence=evidence, title=title))
            return Move(to, callback=draft) if draft else None
        if to is Column.ACTIVE:
            step = await self._ask_step(f"Move {who} to {to.title}: the next step?")
            return Move(to, step=step.step) if step else None
        move: Move | None
        if to is Column.NURTURE:
            usual = partial(settings.first_touch, today=today)
            move = await ask(
                NurtureDialog(
                    f"Nurture {who}",
                    today,
                    prospects=asked,
                    usual=usual,
                    calendar=settings.calendar,
                )
            )
        else:
            move = await ask(DropDialog(who, reasons=settings.drop_reasons))
        return move

    async def decide(self, ids: Sequence[str], to: Column, session: str | None = None) -> bool:
        """Give a verdict on them, after asking what it demands; many are one change."""
        from review_board.tui.review.decide_now import decide_now

        return await decide_now(self._app, self._board, ids, to, session)

    async def win(self, prospect_id: str) -> bool:
        """Ask what they bought for, and record it as won: it leaves the board."""
        prospect = self._prospect(prospect_id)
        if prospect is None:
            return False
        if prospect.won:
            self._app.notify(
                f"{prospect.name} was won on {full_day(prospect.won.on)}", severity="warning"
            )
            return False
        value = PLAIN_FIELDS["value"].write(prospect.value) if prospect.value else ""
        currency = self._board.settings.currency
        won = await self._app.push_screen_wait(
            WonDialog(f"Mark {prospect.who} as won?", currency, value)
        )
        if won is None:
            return False
        exit_ = Won(on=self._board.today.day, value=won.value, by=self._board.by)
        return self._change(prospect_id, lambda p, _: changes.win(p, exit_), f"won {prospect.name}")

    async def next_step(self, prospect_id: str, *, asks: bool = False) -> bool:
        """Set what we do next; where it ``asks`` what they agreed to, that must be said."""
        prospect = self._prospect(prospect_id)
        if prospect is None:
            return False
        step = prospect.next_step
        draft = await self._ask_step(
            f"Next step with {prospect.who}{', as they agreed' if asks else ''}",
            action=step.named if step else "",
            when=typed_when(step.on, step.time) if step else "",
            agreed=None if asks else step.agreed if step else False,
            asks=asks,
        )
        if draft is None:
            return False
        action = f"set the next step with {prospect.name}"
        return self._change(prospect_id, lambda p, _: changes.set_next_step(p, draft.step), action)

    async def next_steps(self, ids: Sequence[str]) -> bool:
        """Set what we do next with them: one alone as usual, several with one answer."""
        if len(ids) == 1:
            return await self.next_step(ids[0])
        who = several(len(ids), "prospect")
        to_go = "ask whether their next steps are to go"
        draft = await self._ask_step(f"Next step with all {who}", when_empty=to_go)
        if draft is None:
            return False
        if draft.step is None and not await self._means_no_steps(ids):
            return False
        action = f"set the next step with {who}"
        return self._change_several(ids, lambda p, _: changes.set_next_step(p, draft.step), action)

    async def _ask_step(self, title: str, **known: Any) -> StepDraft | None:
        """Ask what we do next, beginning with what is ``known`` of it."""
        today, calendar = self._board.today.day, self._board.settings.calendar
        asked = NextStepDialog(title, today, calendar=calendar, **known)
        return await self._app.push_screen_wait(asked)

    async def _means_no_steps(self, ids: Sequence[str]) -> bool:
        """Ask whether the next steps of several are to go: an empty answer may be a slip."""
        planned = [p for i in ids if (p := self._board.prospect(i)).next_step]
        if not planned:
            self._app.notify("None of them has a next step")
            return False
        named = first_few(
            [f"{p.name}: {p.next_step.action}" for p in planned if p.next_step], NAMED
        )
        title = f"Take {several(len(planned), 'next step')} off?"
        yes, no = "take them off", "leave them"
        asked = ConfirmDialog(title, f"{named}.", yes=yes, no=no)
        return await self._app.push_screen_wait(asked) is True

    async def owner(self, ids: Sequence[str]) -> bool:
        """Ask whose they are, and change that."""
        owners = {self._board.prospect(i).owner for i in ids}
        known = sorted(owner for owner in self._board.owners() if owner)
        title = f"Owner of {self._who(ids)}"
        owner = await self._app.push_screen_wait(
            OwnerDialog(title, known, self._typing_defaults, owners)
        )
        if owner is None:
            return False
        action = f"gave {self._who(ids)} to {owner or 'nobody'}"
        return self._change_several(ids, lambda p, _: changes.edit(p, owner=owner), action)

    async def tags(self, ids: Sequence[str]) -> bool:
        """Ask for tags to add and to take off, and change them."""
        known = distinct_tags(tag for i in ids for tag in self._board.prospect(i).tags)
        title = f"Tags of {self._who(ids)}"
        in_use = self._values_in_use["tags"]
        draft = await self._app.push_screen_wait(
            TagsDialog(title, known, self._typing_defaults, in_use)
        )
        if draft is None:
            return False
        change = partial(changes.retag, add=draft.add, remove=draft.remove)
        return self._change_several(
            ids, lambda p, _: change(p), f"changed the tags of {self._who(ids)}"
        )

    async def merge(self, ids: Sequence[str], why: str = "") -> bool:
        """Show what a merge of two would make, ask which is kept, and merge them."""
        if len(ids) != 2:
            self._app.notify("Mark the two that are one", severity="warning")
            return False
        board = self._board
        entries = [entry for i in ids if (entry := board.entry(i))]
        names = {entry.id: entry.name for entry in entries}
        labels = {entry.id: label(board, entry) for entry in entries}
        (one, other) = ids
        richer, _ = merging.in_order(board, one, other)

        def preview(kept: str) -> list[str]:
            return [*merging.preview(board, kept, other if kept == one else one).lines()]

        kept = await self._app.push_screen_wait(MergeDialog(names, labels, why, preview, richer))
        if kept is None:
            return False
        gone = other if kept == one else one
        merging.merge_two(board, kept, gone)
        self._app.notify(f"Merged into {board.prospect(kept).name}; one undo takes it back")
        return True

    def _who(self, ids: Sequence[str]) -> str:
        return self._board.prospect(ids[0]).name if len(ids) == 1 else f"{len(ids)} prospects"

    def _change_several(self, ids: Sequence[str], change: Change, action: str) -> bool:
        """Change them in one commit, and say so: their cards may not show it."""
        self._seen = {}
        done = self._change_all(dict.fromkeys(ids, change), action)
        if done:
            self._app.notify(f"{capital(action)}; one undo takes it back")
        return done

    # Recording

    async def log(self, prospect_id: str) -> bool:
        """Log a contact that took place, with the callback or the quote that came of it."""
        return bool(self._prospect(prospect_id)) and await self._recorded(prospect_id, ask_contact)

    async def line(self, prospect_id: str | None) -> bool:
        """Log a contact in one line; without a name it is about the prospect given."""
        if not may_change(self._app, self._board):
            return False
        return await self._recorded(prospect_id, ask_line)

    async def _recorded(self, prospect_id: str | None, ask: AskForCall) -> bool:
        """Ask for a contact, and say what was stored."""
        recorder = CallRecorder(self._board, prospect_id, is_blind=self._is_blind)
        stored = await ask(self._app, recorder)
        if stored:
            said = acknowledgement(stored, prospect_id)
            if stored.new:
                self._app.notify(said)
            else:  # who takes it back takes back what was before
                self._board.find_commit(
                    lambda history: next_action(history, self._board.by),
                    lambda last: self._app.notify(f"{said}{last and f'; undo takes back: {last}'}"),
                )
        return stored is not None and stored.new

    async def note(self, prospect_id: str) -> bool:
        """Ask for a note, and store it."""
        prospect = self._prospect(prospect_id)
        if prospect is None:
            return False
        text = await self._app.push_screen_wait(NoteDialog(f"Note on {prospect.who}"))
        if text is None:
            return False
        action = f"noted on {prospect.name}"
        return self._change(prospect_id, lambda p, s: changes.add_note(p, text, s), action)

    async def people(self, prospect_id: str) -> bool:
        """Show the people, and add, change or remove some of them, until somebody goes back."""
        changed, at = False, ""
        while prospect := self._prospect(prospect_id):
            draft = PersonDraft(None)
            if prospect.people or changed:
                dialog = PeopleDialog(f"People at {prospect.who}", prospect.people, at)
                shown = await self._app.push_screen_wait(dialog)
                if shown is None:
                    break
                draft = shown
            steps = Steps(self._app)
            asked = await steps.through(partial(self._ask_person, steps, prospect, draft))
            if asked and self._change_with_others(prospect_id, *asked):
                changed = True
            elif not prospect.people and not changed:
                break
            at = draft.contact.id if draft.contact else ""
        return changed

    async def _ask_person(
        self, steps: Steps, prospect: Prospect, draft: PersonDraft
    ) -> tuple[ContactChange, list[OtherCard]] | None:
        """Ask what is to be known of a person, on which cards, or whether they are to go."""
        ask, person = steps.push_screen_wait, draft.contact
        if person is None:
            fields = await ask(PersonDialog(f"Add a person at {prospect.who}"))
            if fields is None:
                return None
            added = dict(fields)
            return contact_edits.added_contact(prospect, added.pop("name"), added), []
        if draft.removes:
            question = "What they said and what was said to them stays in the timeline."
            if not await ask(ConfirmDialog(f"Remove {person.name}?", question, yes="remove")):
                return None
            return contact_edits.removed_contact(prospect, person), []
        fields = await ask(PersonDialog(f"{person.name} at {prospect.who}", person))
        if not fields:
            return None
        others = await self._ask_others(steps, prospect, person, fields)
        change = contact_edits.edited_contact(prospect, person, fields)
        return None if others is None else (change, others)

    async def _ask_others(
        self, steps: Steps, prospect: Prospect, person: Contact, fields: Mapping[str, Any]
    ) -> list[OtherCard] | None:
        """Ask whether a person is corrected on their other cards too; gives those, ``None`` when taken back."""
        others = other_cards(self._board, prospect, person, fields)
        if not others:
            return []
        is_wanted = await steps.push_screen_wait(
            ConfirmDialog(
                f"Correct {person.name} there too?",
                f"{also_on(others)}.",
                yes="on all these cards; one undo takes it back",
                no="only on this card",
                hint=f"{PICKS} · {CANCELS}",
            )
        )
        documents = {other.prospect.id: self._board.document(other.prospect.id) for other in others}
        self._seen |= {i: seen for i, seen in documents.items() if seen}
        return None if is_wanted is None else others if is_wanted else []

    async def copy_way(self, prospect_id: str) -> bool:
        """Copy a number or an address of theirs; with several, ask which."""
        board = self._board
        prospect = board.prospect(prospect_id)
        ways = list(all_ways(prospect))
        if not prospect.won:
            finding = board.recommendation(prospect_id).finding
            first = way_to_reach(board.evidence(prospect_id), finding)
            ways.sort(key=lambda way: (way != first, first is None or way.name != first.name))
        if not ways:
            self._app.notify(f"No number or address is on record of {prospect.name}")
            return False
        way: WayToReach | None = ways[0]
        if len(ways) > 1:
            way = await self._app.push_screen_wait(CopyDialog(f"Copy from {prospect.who}", ways))
        if way:
            self._app.copy_to_clipboard(way.to)
            self._app.notify(f"Copied {way.to} ({way.name})")
        return False

    async def edit(self, prospect_id: str) -> bool:
        """Ask for the plain fields, and store what was changed."""
        prospect = self._prospect(prospect_id)
        if prospect is None:
            return False
        steps = Steps(self._app)
        asked = await steps.through(partial(self._ask_edit, steps, prospect))
        if not asked:
            return False
        fields, others = asked
        why, first = fields.pop("why", changes.UNEXPLAINED), next(iter(prospect.people), None)
        change = partial(_edited, first=first, fields=fields, why=why)
        labels = ", ".join(field.label.lower() for field in EDITED if field.name in fields)
        made = ContactChange(change, f"edited {prospect.name}: {labels}")
        return self._change_with_others(prospect_id, made, others, told=f"changed {labels}")

    async def _ask_edit(
        self, steps: Steps, prospect: Prospect
    ) -> tuple[dict[str, Any], list[OtherCard]] | None:
        """Ask for the plain fields, and on which cards the first of the people is corrected."""
        fields = await steps.push_screen_wait(
            EditDialog(
                f"Edit {prospect.who}", self._typing_defaults, prospect, known=self._values_in_use
            )
        )
        if not fields:
            return None
        first = next(iter(prospect.people), None)
        others = await self._ask_others(steps, prospect, first, of_person(fields)) if first else []
        return None if others is None else (dict(fields), others)

    async def locations(self, prospect_id: str, asked: Question) -> bool:
        """Ask how many sites they have, and store it."""
        prospect = self._prospect(prospect_id)
        if prospect is None:
            return False
        title = f"Ask {prospect.who}: {asked.label}"
        fields = await self._app.push_screen_wait(
            LocationsDialog(title, asked.text, self._typing_defaults, prospect)
        )
        if not fields:
            return False
        said = fields["locations"] or "unknown"
        return self._change(
            prospect_id,
            partial(changes.edit_fields, fields=fields),
            f"answered sites: {said}",
        )

    async def add(self) -> str | None:
        """Ask for a new prospect in Active; gives its id."""
        if not may_change(self._app, self._board):
            return None
        fields = await self._app.push_screen_wait(
            AddDialog("Add a prospect", self._typing_defaults, known=self._values_in_use)
        )
        if fields is None:
            return None
        try:
            added = _created(fields, self._board.stamp())
            self._board.add([added], f"added {added.name}")
        except ReviewBoardError as error:
            self._app.notify(str(error), severity="warning")
            return None
        for warning in forgetting.warnings(self._board.store.tables, [added]):
            self._app.notify(f"{warning}; undo takes this one back", severity="warning")
        for pair in merging.duplicate_pairs(self._board, added.id)[:1]:
            said = merging.may_be_words(self._board, pair, added.id)
            merges = with_keys(self._app, "{board.merge:E} on the board merges the two")
            self._app.notify(f"{said}. {merges}")
        return added.id

    # Inside

    @property
    def _typing_defaults(self) -> TypingDefaults:
        settings = self._board.settings
        working_from = settings.calendar.working_from
        return TypingDefaults(settings.currency, self._board.today.day, working_from)

    @property
    def _values_in_use(self) -> dict[str, tuple[str, ...]]:
        """Return the values in use by the field that they complete, the most used first."""
        entries = self._board.index.entries.values()
        texts = {
            name: most_used([str(entry.document.get(name) or "")] for entry in entries)
            for name in ("owner", "stage", "source")
        }
        return texts | {"tags": most_used(entry.tags for entry in entries)}

    def _prospect(self, prospect_id: str) -> Prospect | None:
        """Return the prospect, or ``None`` once the user was told why not."""
        if not may_change(self._app, self._board):
            return None
        try:
            self._seen = {i: seen for i in [prospect_id] if (seen := self._board.document(i))}
            return self._board.prospect(prospect_id)
        except ReviewBoardError as error:
            self._app.notify(str(error), severity="warning")
            return None

    def _change(self, prospect_id: str, change: Change, action: str) -> bool:
        return self._change_all({prospect_id: change}, action)

    def _change_with_others(
        self, prospect_id: str, made: ContactChange, others: list[OtherCard], told: str = ""
    ) -> bool:
        """Change a card, and the ``others`` with the same person in one commit."""
        if not others:
            return self._change_all({prospect_id: made.apply}, made.action, told=told)
        also = {other.prospect.id: other.change.apply for other in others}
        action = f"{made.action}, and on {several(len(also), 'other card')}"
        done = self._change_all({prospect_id: made.apply, **also}, action)
        if done:
            self._app.notify(f"{capital(action)}; one undo takes it back")
        return done

    def _change_all(
        self,
        made: Mapping[str, Change],
        action: str,
        *,
        moves: bool = False,
        told: str = "",
    ) -> bool:
        """Change them, and tell what else that did; ``moves`` them: a verdict of today was asked about.

        ``told`` says in the message what was done, where the card may not show it.
        """
        try:
            if len(made) > 1:
                self._board.change_many(made, action, seen=self._seen)
                return True
            ((prospect_id, change),) = made.items()
            before = self._board.prospect(prospect_id)
            saved = change_one(self._board, prospect_id, change, action, seen=self._seen)
        except ReviewBoardError as error:
            self._app.notify(str(error), severity="warning")
            return False
        step = saved.after.next_step
        if saved.remarks and step and step != before.next_step and not moves:
            told = f"next: {step_words(step, self._board.today.day)}"
        also = [*filter(None, [told]), *saved.remarks, *(() if moves else saved.verdict)]
        if (won := saved.after.won) and not before.won:
            also.insert(0, f"won for {long_money(won.value)}" if won.value else "won")
        if also:
            self._app.notify(f"{saved.after.name}: {' · '.join(also)}")
        return True


def _edited(
    prospect: Prospect,
    stamp: Stamp,
    *,
    first: Contact | None,
    fields: Mapping[str, Any],
    why: changes.WhyLater,
) -> Prospect:
    """Return the prospect with what an edit form changed of it, and of the person who was the ``first`` then."""
    person, told = of_person(fields), {field.name for field in PERSON_FIELDS}
    plain = {name: value for name, value in fields.items() if name not in told}
    changed = changes.edit_fields(prospect, stamp, fields=plain, why=why)
    if first is None:
        return with_first_person(changed, person.pop("name", ""), person, stamp)
    return (
        contact_edits.edited_contact(changed, first, person).apply(changed, stamp)
        if person
        else changed
    )


def _created(typed: dict[str, Any], stamp: Stamp) -> Prospect:
    """Return the prospect of an add form, with the person and the next step that were typed."""
    ways = {field.name: typed.pop(field.name, "") for field in PERSON_FIELDS}
    step = typed.pop("step", None)
    added = changes.create(stamp=stamp, **typed)
    added = with_first_person(added, ways.pop("person"), ways, stamp)
    return changes.set_next_step(added, step) if step else added
