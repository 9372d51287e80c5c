"""One prospect being written: a past told in days ago, checked and ordered when it is done."""

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import touch_of
from review_board.pipeline.vocabulary import OUTCOMES, Channel, Column, Outcome, SignalKind, Verdict
from sample_pipelines.cast import Company, Person
from sample_pipelines.words import Words

TODAY = date(2026, 11, 20)
QUESTIONS = ("process", "budget", "decision", "change", "next-step")
TIERS = {"low": (1_500, 9_500), "mid": (11_000, 95_000), "high": (110_000, 460_000)}
SIGNALS = {SignalKind.MEETING: Outcome.MEETING, SignalKind.INBOUND: Outcome.INBOUND}
"""Signals with an outcome of their own; all others advanced a talk."""
SILENT = {Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.GATEKEEPER, Outcome.EMAIL, Outcome.QUOTE}
"""Outcomes that often need no note, and never a long one."""

FRIDAY, SUNDAY = 5, 7
SMALL = 10_000
"""Below it a value is of the low tier."""

Fields = dict[str, Any]


class Draft:
    """A prospect in the making; ``rng`` and ``words`` are the only sources of chance.

    With ``workdays`` nothing happens on a weekend: what falls there comes on the Monday after.
    """

    def __init__(
        self,
        rng: random.Random,
        words: Words,
        company: Company,
        owner: str,
        *,
        workdays: bool = False,
    ) -> None:
        self.rng = rng
        self.workdays = workdays
        self.words = words
        self.company = company
        self.owner = owner
        self.fields: Fields = {"owner": owner}
        self.people: dict[str, Person] = {company.main.id: company.main}
        self.touches: list[Fields] = []
        self.rulings: list[Fields] = []
        self._facts = list(company.facts)
        self._rival = words.deal("rivals")
        self.worth("mid")

    # Days and words

    def day(self, ago: int) -> str:
        """The day so many days before the sample's today; negative lies ahead."""
        return self._date(ago).isoformat()

    def moment(self, ago: int) -> datetime:
        """Within the hours that are one calendar day from UTC-12 to UTC+6."""
        minutes = self.rng.randrange(12 * 60, 18 * 60, 5)
        if self.workdays:
            minutes = self._in_turn(minutes, ago)
        clock = time(minutes // 60, minutes % 60)
        return datetime.combine(self._date(ago), clock, UTC)

    def _date(self, ago: int) -> date:
        day = TODAY - timedelta(days=ago)
        if self.workdays and day.isoweekday() > FRIDAY:
            return day + timedelta(days=SUNDAY + 1 - day.isoweekday())
        return day

    def _in_turn(self, minutes: int, ago: int) -> int:
        """A Monday holds what fell on Saturday, on Sunday and on itself, in this order."""
        turn = {6: 0, 7: 1, 1: 2}.get((TODAY - timedelta(days=ago)).isoweekday())
        return minutes if turn is None else 12 * 60 + turn * 120 + (minutes - 12 * 60) // 15 * 5

    def between(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        return self.rng.randint(low, high)

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.rng.random() < share

    def say(self, deck: str, who: Person | None = None) -> str:
        """The next phrase of a deck about a person here."""
        phrase = self.words.deal(deck)
        first = (who or self.company.main).first
        return phrase.format(first=first, boss=self.company.boss.first, rival=self._rival)

    def remark(self, deck: str, who: Person | None = None) -> str:
        """A phrase, now and then with a fact of the trade or an aside."""
        parts = [self.say(deck, who)]
        if self._facts and self.chance(0.45):
            parts.append(self._facts.pop())
        elif self.chance(0.25):
            parts.append(self.say("aside", who))
        return "; ".join(part for part in parts if part)

    # What it is

    def worth(self, tier: str, *, probability: float | None = None, hours: float = 0) -> None:
        """A value of a tier, in round figures; with a probability and hours where given."""
        low, high = TIERS[tier]
        value = low * (high / low) ** self.rng.random()
        step = 500 if value < 20_000 else 1_000 if value < 100_000 else 10_000
        amount = {"amount": str(round(value / step) * step), "currency": self.company.currency}
        share = probability or self.rng.choice([0.1, 0.2, 0.25, 0.3, 0.3, 0.4, 0.5])
        self.fields |= {"value": amount, "probability": str(share)}
        if hours or self.chance(0.4):
            self.fields["hours"] = str(Decimal(str(hours or self.rng.choice([0.5, 1, 1, 2]))))

    @property
    def is_small(self) -> bool:
        """Whether its value is of the low tier."""
        return int(self.fields["value"]["amount"]) < SMALL

    def created(self, ago: int) -> None:
        """The day it came onto the list, and from where."""
        self.fields["created"] = self.moment(ago).replace(hour=9)
        self.fields["source"] = self.words.deal("sources")
        if self.chance(0.25):
            self.fields["tags"] = [self.words.deal("tags")]

    def meet(self, who: Person) -> Person:
        """A further person known there."""
        self.people[who.id] = who
        return who

    # What happened

    def touch(
        self, ago: int, outcome: Outcome, *, note: str | None = None, **fields: Any
    ) -> Fields:
        """One touch; the note is a rep's, unless given."""
        who = fields.pop("who", self.company.main)
        text = self._jotted(outcome, who) if note is None else note
        at = self.moment(ago)
        touch = touch_of(outcome, id="?", at=at, by=self.owner, contact=who.id, note=text, **fields)
        self.touches.append(touch.model_dump(exclude_defaults=True))
        return self.touches[-1]

    def _jotted(self, outcome: Outcome, who: Person) -> str:
        if outcome not in SILENT:
            return self.remark(outcome.value, who)
        return self.say(outcome.value, who) if self.chance(0.55) else ""

    def talk(self, ago: int) -> Fields:
        """A response that gave nothing."""
        return self.touch(ago, Outcome.TALKED)

    def advance(self, ago: int, kind: SignalKind) -> Fields:
        """A signal: the buyer spent something."""
        outcome = SIGNALS.get(kind, Outcome.ADVANCED)
        channel = Channel.PHONE if outcome is Outcome.ADVANCED else None
        return self.touch(ago, outcome, signal=kind, channel=channel)

    def attempts(self, first: int, last: int, count: int) -> None:
        """So many days with an unanswered attempt, spread from ``first`` to ``last`` days ago."""
        steps = max(count - 1, 1)
        for number in range(count):
            ago = first - round((first - last) * number / steps)
            weights = (4, 4, 3, 1)
            kinds = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.EMAIL, Outcome.GATEKEEPER)
            self.touch(ago, self.rng.choices(kinds, weights)[0])

    def mailings(self, first: int, every: int, count: int) -> None:
        """Nurture touches, which expect no answer."""
        for number in range(count):
            note = self.say("mailing")
            self.touch(first - every * number, Outcome.MAILING, note=note)

    def defer(self, ago: int, reason: str | None = None, note: str | None = None) -> Fields:
        """The buyer postpones; it is explained only by a reason."""
        return self.touch(ago, Outcome.DEFERRED, reason=reason, note=note)

    def quote(self, ago: int, state: str = "open", decided: int | None = None) -> None:
        """A quote over the value, sent by email."""
        self.touch(ago, Outcome.QUOTE)
        quote = {"sent_on": self.day(ago), "amount": self.fields["value"], "state": state}
        if decided is not None:
            quote["decided_on"] = self.day(decided)
        earlier = self.fields.setdefault("quotes", [])
        earlier.append({"id": f"q-{len(earlier) + 1:02}", **quote})

    def callback(self, on: int, asked: Fields, **proof: Any) -> None:
        """A promise to call ``on`` days ago (ahead when negative), asked for in a touch."""
        asked_on = asked["at"].date().isoformat()
        promise = {"on": self.day(on), "asked_on": asked_on, "asked_by_buyer": True}
        self.fields |= {"column": "callback-pending", "callback": promise | proof}
        asked["_callback"] = True

    def step(self, ahead: int) -> None:
        """What we do next."""
        action = self.say("step")
        self.fields["next_step"] = {
            "action": action[0].upper() + action[1:],
            "on": self.day(-ahead),
        }
        if self.chance(0.3):
            self.fields["next_step"]["time"] = (
                f"{self.between(9, 16):02}:{self.rng.choice('03')}0:00"
            )

    def note(self, ago: int, deck: str) -> None:
        """Something written down that is no touch."""
        notes = self.fields.setdefault("notes", [])
        written = {"id": f"n-{len(notes) + 1:02}", "at": self.moment(ago), "by": self.owner}
        notes.append(written | {"text": self.say(deck) or self.say("kept")})

    # What is known and was decided

    def answer(self, question: str, state: str, ago: int, text: str | None = None) -> None:
        """A question answered; confirmed ones carry their evidence."""
        said = self.say(f"answers.{question}") if text is None else text
        if state == "confirmed":
            said = f"{said}; {self.say('confirmed')}"
        given = {"state": state, "text": said, "on": self.day(ago), "by": self.owner}
        self.fields.setdefault("answers", {})[question] = given

    def qualify(self, ago: int, count: int) -> None:
        """So many questions answered, most of them only claimed."""
        for question in self.rng.sample(QUESTIONS, count):
            self.answer(question, "confirmed" if self.chance(0.3) else "claimed", ago)

    def unknown(self) -> list[str]:
        """The questions still open."""
        given = self.fields.get("answers", {})
        return [q for q in QUESTIONS if given.get(q, {"state": "unknown"})["state"] == "unknown"]

    def verdict_change(
        self, weeks: int, rule: str, advised: str, decided: str = "", **fields: Any
    ) -> None:
        """A verdict of the weekly session so many weeks ago, as advised unless ``decided`` differs."""
        decided = decided or advised
        ruling = {
            "at": self.moment(weeks * 7).replace(hour=19),
            "by": self.owner,
            "verdict": Verdict.of(Column(decided)),
            "destination": decided,
            "recommended": Verdict.of(Column(advised)),
            "recommended_destination": advised,
            "rule": rule,
            "unknown": self.unknown(),
            "session": f"{self.owner}-weekly-{weeks:02}",
            "seconds": self.between(9, 75),
        }
        if decided != advised:
            ruling["against"] = self.say("against")
        elif self.chance(0.4):
            kept = ruling["verdict"] is Verdict.KEEP
            ruling["note"] = self.say("kept" if kept else "purged")
        self.rulings.append(ruling | fields)

    def bet(self, end: int) -> None:
        """The last verdict kept it on a bet that ends ``end`` days ago; ahead when negative."""
        last = self.rulings[-1]
        made = {"id": "b-01", "at": last["at"], "by": last["by"], "session": last["session"]}
        action = self.say("bet")
        self.fields["bets"] = [made | {"action": action, "until": self.day(end)}]

    def snooze(self, ago: list[int]) -> None:
        """Put off in reviews so many days ago, a week each time."""
        self.fields["snoozes"] = [
            {
                "id": f"z-{number:02}",
                "at": self.moment(days).replace(hour=19),
                "by": self.owner,
                "until": self.day(days - 7),
                "session": f"{self.owner}-weekly-{days // 7:02}",
            }
            for number, days in enumerate(ago, 1)
        ]

    def nurture(self, since: int, track: str, next_ago: int) -> None:
        """On a nurture track."""
        plan = {"track": track, "since": self.day(since), "next_on": self.day(next_ago)}
        self.fields |= {"column": "nurture", "nurture": plan}

    def drop(self, ago: int, reason: str) -> None:
        """In Dropped, since a day."""
        dropped = {"at": self.moment(ago).replace(hour=19), "by": self.owner, "reason": reason}
        self.fields |= {"column": "dropped", "drop": dropped | {"note": self.say("purged")}}

    # Done

    def build(self, prospect_id: str) -> Prospect:
        """The prospect, its touches in order, everything that happened after its creation."""
        self._number_touches()
        self._number_rulings()
        self._date_answers()
        contacts = [
            {"id": who.id, "name": who.name, "role": who.role, "title": who.title}
            for who in self.people.values()
        ]
        told = self.fields | {"touches": self.touches, "verdicts": self.rulings}
        known = {"id": prospect_id, "name": self.company.name, "contacts": contacts}
        return from_document(known | self._with_people_on_record(told))

    def _date_answers(self) -> None:
        """Answers were given in a talk: the last one up to their day; of a change, in the callback's words."""
        talks = [t["at"].date() for t in self.touches if OUTCOMES[t["outcome"]].response]
        answers, callback = self.fields.get("answers", {}), self.fields.get("callback", {})
        for answer in answers.values():
            given = date.fromisoformat(answer["on"])
            last = max((day for day in talks if day <= given), default=given)
            answer["on"] = last.isoformat()
        if "change" in answers and callback.get("change"):
            answers["change"] |= {"state": "claimed", "text": callback["change"]}

    def _with_people_on_record(self, told: Fields) -> Fields:
        """The same, where who signs is called by their title unless somebody on record leads to them."""
        boss = self.company.boss
        known = {"boss", "assistant"} & set(self.people)
        if known or boss.first in {who.first for who in self.people.values()}:
            return told
        named = re.compile(rf"\b{re.escape(boss.first)}\b")
        return cast("Fields", _in_texts(told, lambda text: named.sub(f"the {boss.title}", text)))

    def _number_touches(self) -> None:
        self.touches.sort(key=lambda touch: touch["at"])
        for number, touch in enumerate(self.touches, 1):
            touch["id"] = f"t-{number:02}"
            if touch.pop("_callback", False):
                self.fields["callback"]["touch"] = touch["id"]

    def _number_rulings(self) -> None:
        self.rulings.sort(key=lambda ruling: ruling["at"])
        for number, ruling in enumerate(self.rulings, 1):
            before = [t["id"] for t in self.touches if t["at"] < ruling["at"]]
            seen = [f"touches/{touch_id}" for touch_id in before[-2:]] or ["created"]
            ruling |= {"id": f"v-{number:02}", "evidence": seen}


def _in_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text in it changed."""
    if isinstance(value, dict):
        return {key: _in_texts(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_texts(inner, change) for inner in value]
    return change(value) if type(value) is str else value
