"""Which of the tough questions are open for a prospect, and how each is put."""

from collections.abc import Collection
from datetime import date

from review_board.judgement.question_packs import LOCATIONS, PACKS, Question
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Callback
from review_board.pipeline.vocabulary import AnswerState, Role

_BEHIND_A_NAME = frozenset({"Jr", "Sr", "Esq"})
_AT_THE_DOOR = frozenset({Role.GATEKEEPER, Role.ASSISTANT})
"""Who lets us in or not, and decides nothing."""


def question_of(pack: str, question_id: str) -> Question | None:
    """Return the question with this id in a pack."""
    return next((q for q in (LOCATIONS, *PACKS[pack]) if q.id == question_id), None)


def in_asking_order(pack: str) -> tuple[Question, ...]:
    """Return a pack's questions in the order in which they are asked, known or not: most decisive first.

    How many sites there are comes before all else: it is asked only when they are about to be let
    go. Whoever defers is then asked what will have changed.
    """
    return (LOCATIONS, *sorted(PACKS[pack], key=lambda question: question.id != CHANGE))


def names_of_questions(pack: str) -> dict[str, str]:
    """Return every question that can be answered, with the label under which screens show it."""
    return {question.id: question.label for question in (*PACKS[pack], LOCATIONS)}


def open_questions(
    prospect: Prospect,
    pack: str,
    *,
    deferring: bool,
    proven: Collection[str] = (),
    callback: Callback | None = None,
) -> tuple[str, ...]:
    """Return the ids of the questions without an answer, most decisive first.

    What will have changed is asked only of who defers, but then before all else: the open ``callback``
    says it or does not, whatever was answered of another day. What the record has ``proven`` is not asked.
    """
    answers, asked = prospect.answers, prospect.callback
    settled = {q for q, given in answers.items() if given.state is not AnswerState.UNKNOWN}
    if callback:
        settled.discard(CHANGE)
    if not deferring or (asked and asked.change):
        settled.add(CHANGE)
    settled |= {LOCATIONS.id, *proven}  # sites are asked only when they are about to be let go
    return tuple(q.id for q in in_asking_order(pack) if q.id not in settled)


def word_question(
    question: Question, prospect: Prospect, callback: Callback | None, today: date
) -> str:
    """Return the question in the words in which it is asked; that of the open callback with name and date."""
    if question.id != CHANGE:
        return question.text
    named = callback.on if callback and callback.asked_by_buyer else None
    return callback_question(addressee(prospect), named, today)


def addressee(prospect: Prospect) -> str:
    """Return whom to ask by name: who put us off, else who spoke with us last, else who may decide."""
    asked = prospect.callback.touch if prospect.callback else None
    linked = [touch.contact for touch in prospect.touches if touch.id == asked]
    spoken = [*linked, *(touch.contact for touch in reversed(prospect.touches))]
    people = [*map(prospect.contact, filter(None, spoken)), *prospect.people]
    found = (
        person.name
        for person in people
        if person and not person.gone and person.role not in _AT_THE_DOOR
    )
    return next(map(_first_name_first, found), prospect.name)


def _first_name_first(name: str) -> str:
    """Return ``Grace Lee`` for ``Lee, Grace``, as some lists write it; what stands behind a name stays there."""
    last, comma, first = name.partition(", ")
    turns = comma and first.isalpha() and first.istitle() and first not in _BEHIND_A_NAME
    return f"{first} {last}" if turns else name


def callback_question(who: str, by: date | None, today: date, since: date | None = None) -> str:
    """Return Weiss's question to whoever defers, by the name ``who`` or by none, for the time up to ``by``.

    Once that day is over it asks what has changed; where none is named, for one. ``since`` is the day on which they put us off.
    """
    if by is None:
        opening = f"{who}, when" if who else "When"
        return f"{opening} shall we talk again, and what will have changed by then?"
    over = by < today
    opening = f"{who}, what" if who else "What"
    asked = f"{opening} {'has' if over else 'will have'} changed"
    day = short_day(by, today)
    began = short_day(since, today) if since else ""
    if over:
        when = f"since {began or day}"
    else:
        when = f"between {began} and {day}" if began else f"by {day}"
    return f"{asked} {when} that lets us move forward?"


def given_before(prospect: Prospect, question_id: str) -> Answer | None:
    """Return the answer that a question has; what was to change by another day answers nothing now."""
    given = prospect.answers.get(question_id)
    if question_id == CHANGE or given is None or given.state is AnswerState.UNKNOWN:
        return None
    return given


def too_old_words(given: Answer, today: date) -> str:
    """Return ``answered on 18 Sep, too long ago: ask again``."""
    when = f"on {short_day(given.on, today)}" if given.on else "once"
    return f"answered {when}, too long ago: ask again"


def too_old_answer(answer: Answer, today: date) -> str:
    """Return ``answered on 18 Sep, too long ago: ask again (said: 40k)``."""
    said = f": {answer.text}" if answer.text else ""
    return f"{too_old_words(answer, today)} ({answer.state.said(answer.text)}{said})"


def stale_questions(prospect: Prospect, pack: str, today: date, stale_days: int) -> tuple[str, ...]:
    """Return the ids of the questions whose answer is old enough to be asked again, confirmed or not.

    What will have changed is not among them: the callback itself proves that, or does not.
    """
    return tuple(
        q.id
        for q in PACKS[pack]
        if q.id != CHANGE
        and (given := prospect.answers.get(q.id))
        and _is_stale(given, today, stale_days)
    )


def _is_stale(given: Answer, today: date, stale_days: int) -> bool:
    if given.state not in {AnswerState.CLAIMED, AnswerState.CONFIRMED}:
        return False
    return given.on is None or (today - given.on).days >= stale_days


def disqualifying_answer(prospect: Prospect, pack: str) -> tuple[Question, Answer] | None:
    """Return the negative answer that disqualifies, if one does; every pack's questions count."""
    return next(iter(disqualifying_answers(prospect, pack)), None)


def disqualifying_answers(prospect: Prospect, pack: str) -> tuple[tuple[Question, Answer], ...]:
    """Return every such answer, each under the label of ``pack`` where it has one."""
    negative = {q for q, given in prospect.answers.items() if given.state is AnswerState.NEGATIVE}
    if not negative:
        return ()
    found: dict[str, Question] = {}
    for question in (q for name in dict.fromkeys((pack, *PACKS)) for q in PACKS[name]):
        if question.negative and question.id in negative:
            found.setdefault(question.id, question)
    return tuple((question, prospect.answers[name]) for name, question in found.items())
