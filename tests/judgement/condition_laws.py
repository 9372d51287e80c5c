"""What a condition says and what it supposes are the same: nothing is put on record that it does not name."""

from collections.abc import Callable
from dataclasses import replace

from review_board.judgement.question_packs import PACKS
from review_board.judgement.what_would_change import (
    Answered,
    AskedToStop,
    BuyerSignal,
    Condition,
    EmptyDeferrals,
    HoursBecome,
    LastCallIgnored,
    PossibleEvent,
    ProvenCallback,
    RequestLifted,
    RescueUsed,
    Silence,
    TimePasses,
    Ultimatum,
    ValueBecomes,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import AnswerState
from review_board.settings.tree import Settings
from review_board.wording import times
from tests.judgement.build import DEFAULTS, recommend


def _label(question: str) -> str:
    """As one of the packs calls it: which of them is in force is a setting."""
    asked = (q for pack in PACKS.values() for q in pack)
    return "|".join(dict.fromkeys(q.label.lower() for q in asked if q.id == question))


def _answers(event: Answered) -> list[str]:
    if event.state is AnswerState.NEGATIVE:
        return ["no need"]
    return ["answer", *map(_label, event.questions)]


def _silence(event: Silence) -> list[str]:
    return [f"{event.attempts} more attempt", " no answer by "]


NAMES: dict[type[PossibleEvent], Callable[..., list[str]]] = {
    Answered: _answers,
    AskedToStop: lambda _: ["ask not to be contacted"],
    BuyerSignal: lambda _: [" a step of their own| come to us"],
    EmptyDeferrals: lambda f: [
        f"put you off {f.count} more time|put you off {times(f.count)}",
        "without a reason",
    ],
    HoursBecome: lambda f: [f"the next step takes {f.hours:f} h"],
    LastCallIgnored: lambda _: ["the last email ", " no answer by "],
    TimePasses: lambda _: ["the last email | is not on record", " by "],
    ProvenCallback: lambda _: [" a day up to ", "a new reason", "what changes by then"],
    RequestLifted: lambda _: ["take the request back"],
    RescueUsed: lambda _: ["a new way in |an attempt | brings no answer by "],
    Silence: _silence,
    Ultimatum: lambda _: ["an ultimatum"],
    ValueBecomes: lambda f: ["it is worth "],
}
"""What must be said where a event is supposed; one of those between the strokes is enough."""

TELLTALES: dict[str, tuple[type[PossibleEvent], ...]] = {
    "request": (RequestLifted,),
    "the answer on": (Answered,),
    "the answers on": (Answered,),
    "they answer on": (Answered,),
    "no need": (Answered,),
    "of their own": (BuyerSignal,),
    "come to us": (BuyerSignal,),
    "put you off": (EmptyDeferrals,),
    "name a day": (ProvenCallback,),
    "more attempt": (Silence,),
    "last email": (LastCallIgnored, TimePasses),
    "a new way in": (RescueUsed,),
    "an attempt ": (RescueUsed,),
    "a day up to": (ProvenCallback,),
}
"""What may only be said where it is supposed."""


def a_flip_says_what_it_supposes(
    subject: Prospect, today: Today, settings: Settings = DEFAULTS
) -> bool:
    """Every event is named, in full; and nothing is named that is not supposed."""
    condition = recommend(subject, today, settings).what_would_change
    if condition is None:
        return False
    for event in condition.events:
        for said in NAMES[type(event)](event):
            assert any(words in f" {condition.words}" for words in said.split("|")), (
                said,
                condition.words,
            )
    for words, kinds in TELLTALES.items():
        if words in condition.words:
            assert any(isinstance(event, kinds) for event in condition.events), condition.words
    return True


def each_event_of_a_condition_is_news(
    subject: Prospect, today: Today, settings: Settings = DEFAULTS
) -> bool:
    """Nobody is asked for what stands on record: without one of the events it is another record."""
    condition = recommend(subject, today, settings).what_would_change
    if condition is None:
        return False
    whole = condition.apply(subject, today)
    for place in range(len(condition.events)):
        fewer = Condition(condition.words, condition.events[:place] + condition.events[place + 1 :])
        assert fewer.apply(subject, today) != whole, condition.words
    return True


def any_day_that_a_flip_allows_will_do(
    subject: Prospect, today: Today, settings: Settings = DEFAULTS
) -> bool:
    """``up to 19 May`` is true of tomorrow and of the last day."""
    made = recommend(subject, today, settings)
    if made.what_would_change is None or not any(
        isinstance(event, ProvenCallback) for event in made.what_would_change.events
    ):
        return False
    for days in (1, settings.thresholds.callback_days):
        events = tuple(
            replace(event, days=days) if isinstance(event, ProvenCallback) else event
            for event in made.what_would_change.events
        )
        turned, then = Condition(made.what_would_change.words, events).apply(subject, today)
        assert recommend(turned, then, settings).verdict is not made.verdict, days
    return True
