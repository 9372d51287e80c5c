"""The after-call line over an open board: what it would store while it is typed, and storing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from review_board.board.board import Board, Change
from review_board.board.find import candidates, label, nobody
from review_board.board.index import Entry
from review_board.board.recommendation_change import recommended, turn
from review_board.board.set_aside_verdict import set_aside
from review_board.calls.apply_entry import (
    Terms,
    as_promised,
    described,
    record_line,
    wants_assurance,
)
from review_board.calls.grammar import CallEntry, parse_line
from review_board.calls.partial_name import partial_name
from review_board.calls.tokens import LineError, Token
from review_board.errors import RefusedError, ReviewBoardError
from review_board.judgement.evidence import gather
from review_board.judgement.questions import addressee, callback_question, names_of_questions
from review_board.judgement.remarks import remarks
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.question_names import Questions
from review_board.pipeline.stamp import Stamp
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

    ``whom`` are those who may be meant. Once the line is whole there are ``line``, and for the one
    who is meant the ``words`` of what will be stored and the ``turn`` of the recommendation.
    """

    whom: tuple[Entry, ...] = ()
    line: CallEntry | None = None
    words: str = ""
    turn: str = ""
    error: ReviewBoardError | None = None

    @property
    def one(self) -> Entry | None:
        """Who is meant, once it is clear."""
        return self.whom[0] if len(self.whom) == 1 else None

    @property
    def asks(self) -> bool:
        """Whether enter asks what will have changed by the day of the callback."""
        return self.error is None and self.line is not None and wants_assurance(self.line)


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What was stored: about whom, in which words, and the turn; ``new`` is false for no change."""

    entry: Entry
    words: str
    turn: str
    new: bool


def put_on_record(
    board: Board,
    entry: Entry,
    change: Change,
    action: str,
    *,
    words: str,
    seen: Mapping[str, Document],
) -> SaveResult:
    """Make a change that is told in these words; however it was asked for, it is acknowledged alike."""
    stood, before = board.document(entry.id), recommended(board, entry.id)
    known, seen_before = board.prospect(entry.id), board.evidence(entry.id)
    if change(known, board.stamp()) == known:
        return SaveResult(entry, words, "", new=False)
    after = board.change_many({entry.id: change}, action, seen=seen)[entry.id]
    turned = turn(before, recommended(board, entry.id), after)
    also = [*remarks(seen_before, board.evidence(entry.id)), *set_aside(board, known, after)]
    words = " · ".join([words, *also])
    now = board.entry(entry.id) or entry
    return SaveResult(now, words, turned, board.document(entry.id) != stood)


class AfterCall:
    """A line being typed. Without a name it is about ``card``, the one that is looked at.

    The documents that it was first shown about are those that it changes: what others did to the
    same fields since then is a conflict, never overwritten.
    """

    def __init__(self, board: Board, card: str | None = None) -> None:
        self.board = board
        self.card = board.entry(card) if card else None
        self._searched = _Searched()
        self._chosen: dict[str, str] = {}
        self._seen: dict[str, Document] = {}
        if self.card:
            self._see(self.card.id)

    def echo(self, text: str, *, patient: bool = False) -> EntryPreview:
        """What a text comes to; ``patient`` looks for the nearest names in a large pipeline too."""
        name = partial_name(text, nameless=self.card is not None)
        searched = self._search(name, patient=patient)
        try:
            about_card = self.card is not None and not (name and searched.found)
            asked = self.questions
            line = parse_line(text, self.board.today.day, nameless=about_card, questions=asked)
        except LineError as error:
            return self._unread(text, error, name, searched)
        if stranger := searched.stranger(text, name):
            return EntryPreview(error=stranger)
        if len(searched.found) > 1:
            return EntryPreview(whom=searched.found, line=line)
        return self._judged(searched.found[0], line)

    @property
    def questions(self) -> Questions:
        """Those that are asked, id → label."""
        return terms_of(self.board).questions

    def label(self, entry: Entry) -> str:
        """A prospect in words that tell it apart: its column, value, owner."""
        return label(self.board, entry)

    def choose(self, text: str, prospect_id: str) -> None:
        """Whom the name in a text means, where several may be meant."""
        if name := partial_name(text, nameless=self.card is not None):
            self._chosen[fold(name.text)] = prospect_id
            self._searched = _Searched()

    def store(
        self, entry: Entry, line: CallEntry, promise: AgreedCallback | None = None
    ) -> SaveResult:
        """Put the line on record, as one change; ``promise`` is what was answered to its question.

        Raises what is refused; then nothing was changed, and the record is looked at anew.
        """
        seen, self._seen = self._seen, {}
        board, terms = self.board, terms_of(self.board)
        line = as_promised(line, promise) if promise else line
        now = board.prospect(entry.id)

        def change(prospect: Prospect, stamp: Stamp) -> Prospect:
            return record_line(prospect, line, stamp, terms, promise)

        words = described(line, now, terms)
        return put_on_record(board, entry, change, line.action(now.name), words=words, seen=seen)

    def recorded(self, entry: Entry, line: CallEntry, promise: AgreedCallback) -> Prospect:
        """Return the record that a line would make with this answer to its question, not kept."""
        board, told = self.board, as_promised(line, promise)
        known, stamp = board.prospect(entry.id), board.stamp()
        return record_line(known, told, stamp, terms_of(board), promise)

    def _unread(
        self, text: str, error: LineError, name: Token | None, searched: "_Searched"
    ) -> EntryPreview:
        """The echo of a line that cannot be read; a name that is nobody's comes before the rest.

        Unless the word to blame is in what was taken for the name: then it ends before that.
        """
        if name and name.start < error.start < name.end:
            searched = self._search(partial_name(text[: error.start]), patient=False)
        elif name and error.start >= name.end and (stranger := searched.stranger(text, name)):
            return EntryPreview(error=stranger)
        return EntryPreview(whom=searched.found, error=error)

    def _judged(self, entry: Entry, line: CallEntry) -> EntryPreview:
        """The echo of a whole line; the record that it would make is judged and let go."""
        board, terms = self.board, terms_of(self.board)
        self._see(entry.id)
        try:
            now = board.prospect(entry.id)
            after = record_line(now, line, board.stamp(), terms)
            words = described(line, now, terms)
        except ReviewBoardError as error:
            return EntryPreview(whom=(entry,), error=error)
        if after == now:
            return EntryPreview(whom=(entry,), line=line, words=words, turn=ON_RECORD)
        supposed = board.evaluator.supposed(after, terms.today)
        told = remarks(board.evidence(entry.id), gather(after, terms.today, board.settings))
        words = " · ".join([words, *told, *set_aside(board, now, after)])
        turned = turn(recommended(board, entry.id), supposed, after)
        return EntryPreview(whom=(entry,), line=line, words=words, turn=turned)

    def _search(self, name: Token | None, *, patient: bool) -> "_Searched":
        """Who may be meant; looked for again only when the name is another one."""
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
        """That nobody is called so, pointing at the name."""
        if self.refusal is None:
            return None
        return LineError(self.refusal.message, self.refusal.cure, text, name)


def assurance_asked(board: Board, prospect_id: str, line: CallEntry) -> str:
    """The question that a callback without a reason brings up, else nothing."""
    if not line.callback or not wants_assurance(line):
        return ""
    who = addressee(board.prospect(prospect_id))
    return callback_question(who, line.callback.day, board.today.day)


def terms_of(board: Board) -> Terms:
    """What a line leaves unsaid, as this pipeline has it."""
    settings = board.settings
    asked = names_of_questions(settings.questions.pack)
    return Terms(board.today, settings.currency, asked)
