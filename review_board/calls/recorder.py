"""Records contacts on an open board: says what a line would store while it is typed, and stores it."""

from dataclasses import dataclass, replace

from review_board.board.acknowledge import change_one, recommended, set_aside, turn
from review_board.board.board import Board
from review_board.board.find import candidates, label, nobody
from review_board.board.index import Entry
from review_board.calls.apply_entry import apply_entry
from review_board.calls.entry import CallEntry, EntryDefaults, entry_words
from review_board.calls.grammar import begins_with_part, parse_line, partial_name
from review_board.calls.tokens import LineError, MissingOutcomeError, Token
from review_board.errors import RefusedError, ReviewBoardError
from review_board.judgement.evidence import gather
from review_board.judgement.questions import addressee, callback_question, names_of_questions
from review_board.judgement.side_effects import remarks
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import fold
from review_board.store.protocol import Document

ELSE = "write another part of the name"
ON_RECORD = 'already on record: enter stores nothing; for a second one add a note: "again"'
"""What is said of a line that would change nothing, in place of how the recommendation turns."""
NEAR_AT_ONCE = 500
"""Prospects up to which the nearest names are looked for with each key; beyond, when it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPreview:
    """What a line comes to as far as it is typed.

    ``whom`` are those who may be meant. Once the line is whole there are ``call``, and for the one
    who is meant the ``words`` of what will be stored and the ``turn`` of the recommendation.
    """

    whom: tuple[Entry, ...] = ()
    call: CallEntry | None = None
    words: str = ""
    turn: str = ""
    error: ReviewBoardError | None = None

    @property
    def one(self) -> Entry | None:
        """Return who is meant, once it is clear."""
        return self.whom[0] if len(self.whom) == 1 else None

    @property
    def note_tells_change(self) -> bool:
        """Tell whether the note is taken as what will have changed by the day of the callback."""
        return self.error is None and self.call is not None and self.call.note_tells_change

    @property
    def step_seems_agreed(self) -> bool:
        """Tell whether the step counts as agreed because of how it went, not because the line says so."""
        call = self.call if self.error is None else None
        return call is not None and call.planned_step != call.step

    @property
    def asks(self) -> bool:
        """Tell whether enter asks what will have changed by the day of the callback."""
        return self.error is None and self.call is not None and self.call.asks_what_changes


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What was stored: about whom, in which words, and the turn of the recommendation.

    ``new`` is false where all of it was on record already.
    """

    whom: Entry
    words: str
    turn: str
    new: bool


class CallRecorder:
    """Records contacts. A line without a name is about ``card``, the one that is looked at.

    The documents that it was first shown about are those that it changes: what others did to the
    same fields since then is a conflict, never overwritten. One who ``is_blind`` is not told how the
    recommendation turns.
    """

    def __init__(self, board: Board, card: str | None = None, *, is_blind: bool = False) -> None:
        self.board = board
        self._is_blind = is_blind
        self.card = board.entry(card) if card else None
        self._searched = _Searched()
        self._chosen: dict[str, str] = {}
        self._seen: dict[str, Document] = {}
        if self.card:
            self._see(self.card.id)

    def preview(self, text: str, *, patient: bool = False) -> EntryPreview:
        """Say what a line comes to; ``patient`` looks for the nearest names in a large pipeline too."""
        name = partial_name(text, nameless=self.card is not None)
        searched = self._search(name, patient=patient)
        try:
            about_card = self.card is not None and not (name and searched.found)
            today, asked = self.board.today.day, self.defaults.questions
            working_from = self.board.settings.calendar.working_from
            call = parse_line(
                text, today, nameless=about_card, questions=asked, working_from=working_from
            )
        except LineError as error:
            return self._unread(text, error, name, searched)
        if stranger := searched.stranger(text, name):
            return EntryPreview(error=stranger)
        if len(searched.found) > 1:
            return EntryPreview(whom=searched.found, call=call)
        return self._judged(searched.found[0], call)

    @property
    def defaults(self) -> EntryDefaults:
        """Return what a contact leaves unsaid, as this pipeline has it."""
        return entry_defaults(self.board)

    def label(self, entry: Entry) -> str:
        """Return a prospect in words that tell it apart: its column, value, owner."""
        return label(self.board, entry)

    def choose(self, text: str, prospect_id: str) -> None:
        """Say whom the name in a line means, where several may be meant."""
        if name := partial_name(text, nameless=self.card is not None):
            self._chosen[fold(name.text)] = prospect_id
            self._searched = _Searched()

    def store(self, whom: Entry, call: CallEntry) -> SaveResult:
        """Put a contact on record, as one change.

        Raises what is refused; then nothing was changed, and the record is looked at anew.
        """
        seen, self._seen = self._seen, {}
        board, defaults = self.board, self.defaults
        now = board.prospect(whom.id)
        words = entry_words(call, now, defaults)
        saved = change_one(
            board,
            whom.id,
            lambda prospect, stamp: apply_entry(prospect, call, stamp, defaults),
            call.action(now.name),
            seen=seen,
        )
        words = " · ".join([words, *saved.remarks, *saved.verdict])
        turned = "" if self._is_blind else saved.turn
        return SaveResult(board.entry(whom.id) or whom, words, turned, saved.is_new)

    def supposed(self, whom: Entry, call: CallEntry, agreed: AgreedCallback) -> Prospect:
        """Return the record that a contact would make with this callback; nothing is stored."""
        board, call = self.board, replace(call, callback=agreed)
        return apply_entry(board.prospect(whom.id), call, board.stamp(), self.defaults)

    def _unread(
        self, text: str, error: LineError, name: Token | None, searched: "_Searched"
    ) -> EntryPreview:
        """Say what is wrong with a line; a name that is nobody's comes before the rest.

        Unless the word to blame is in what was taken for the name: then it ends before that.
        """
        if name and name.start < error.start < name.end:
            searched = self._search(partial_name(text[: error.start]), patient=False)
        elif name and error.start >= name.end and (stranger := searched.stranger(text, name)):
            return self._begun(text, error, name) or EntryPreview(error=stranger)
        return EntryPreview(whom=searched.found, error=error)

    def _begun(self, text: str, error: LineError, name: Token) -> EntryPreview | None:
        """Say that the outcome is missing behind a name that somebody has: the rest is a note."""
        if not isinstance(error, MissingOutcomeError):
            return None
        words = name.text.split()
        for count in range(len(words) - 1, 0, -1):
            who, note = " ".join(words[:count]), " ".join(words[count:])
            if found := candidates(self.board, who):
                cure = f'write it like {who} vm "{note}"'
                return EntryPreview(
                    whom=tuple(found),
                    error=LineError(error.message, cure, text, Token("", error.start, error.end)),
                )
        return None

    def _judged(self, whom: Entry, call: CallEntry) -> EntryPreview:
        """Say what a whole line would do; the record that it would make is judged and let go."""
        board, defaults = self.board, self.defaults
        self._see(whom.id)
        try:
            now = board.prospect(whom.id)
            after = apply_entry(now, call, board.stamp(), defaults)
            words = entry_words(call, now, defaults)
        except ReviewBoardError as error:
            return EntryPreview(whom=(whom,), error=error)
        if after == now:
            return EntryPreview(whom=(whom,), call=call, words=words, turn=ON_RECORD)
        supposed = board.evaluator.supposed(after)
        was, then = board.evidence(whom.id), gather(after, defaults.today, board.settings)
        words = " · ".join([words, *remarks(was, then), *set_aside(board, now, after)])
        turned = "" if self._is_blind else turn(recommended(board, whom.id), supposed, was, then)
        return EntryPreview(whom=(whom,), call=call, words=words, turn=turned)

    def _search(self, name: Token | None, *, patient: bool) -> "_Searched":
        """Find who may be meant; looked for again only when the name is another one."""
        if name is None and self.card:
            return _Searched(found=(self.board.entry(self.card.id) or self.card,))
        if name is None:
            return _Searched(refusal=nobody(self.board, ""))
        if patient or self._searched.name != name.text:
            self._searched = self._searched_for(name.text, patient=patient)
        return self._searched

    def _searched_for(self, name: str, *, patient: bool) -> "_Searched":
        chosen = self.board.entry(self._chosen.get(fold(name), ""))
        found = (chosen,) if chosen else tuple(candidates(self.board, name))
        if found:
            return _Searched(name, found)
        near = patient or len(self.board.index.entries) <= NEAR_AT_ONCE
        return _Searched(name, refusal=nobody(self.board, name, ELSE, near=near))

    def _see(self, prospect_id: str) -> None:
        if document := self.board.document(prospect_id):
            self._seen.setdefault(prospect_id, document)


@dataclass(frozen=True, slots=True)
class _Searched:
    """A name, and who may be meant by it, or that it is nobody's."""

    name: str = ""
    found: tuple[Entry, ...] = ()
    refusal: RefusedError | None = None

    def stranger(self, text: str, name: Token | None) -> LineError | None:
        """Return the error that nobody is called so, pointing at the name."""
        if self.refusal is None:
            return None
        if name and begins_with_part(text):
            cure = f"write who and how it went before it: lakeside vm {text.strip()[:30]}"
            return LineError("The name is missing", cure, text, name)
        return LineError(self.refusal.message, self.refusal.cure, text, name)


def question_of_callback(board: Board, prospect_id: str, call: CallEntry) -> str:
    """Return the question that a callback without a reason brings up, else nothing."""
    if not call.callback or not call.asks_what_changes:
        return ""
    who = addressee(board.prospect(prospect_id))
    return callback_question(who, call.callback.on, board.today.day)


def entry_defaults(board: Board) -> EntryDefaults:
    """Return what a contact leaves unsaid, as this pipeline has it."""
    settings = board.settings
    asked = names_of_questions(settings.questions.pack)
    return EntryDefaults(board.today, settings.currency, asked)
