"""Tables written in any language, dialect and encoding come back as they were."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.exchange.header_synonyms import TRANSLATIONS, meaning_of
from review_board.imports.plan_sections import hint_rows
from tests.exchange.support import taken

LANGUAGES = sorted(TRANSLATIONS)
OPEN, WON, LOST = "active", "won", "dropped"
STATES = {
    "de": ("Verhandlung", "Gewonnen", "Verloren"),
    "es": ("Propuesta", "Ganado", "Perdido"),
    "fr": ("Négociation", "Gagné", "Perdu"),
    "it": ("Trattativa", "Vinto", "Perso"),
    "nl": ("Onderhandeling", "Gewonnen", "Verloren"),
    "pl": ("Negocjacje", "Wygrana", "Przegrana"),
    "sv": ("Förhandling", "Vunnen", "Förlorad"),
    "pt": ("Negociação", "Ganho", "Perdido"),
    "ru": ("Переговоры", "Выиграно", "Проиграно"),
    "vi": ("Đàm phán", "Thành công", "Thất bại"),
}
FIELDS = ("name", "company", "value", "stage", "owner", "expected_close")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")


class Deal(NamedTuple):
    """What is written and must come back; ``state`` is the place on the board."""

    name: str
    company: str
    cents: int
    state: str
    owner: str
    close: date


WORDS = st.text(st.sampled_from("abcdefghijklmnopäöüßéèñçšж"), min_size=3, max_size=12)
DEALS = st.builds(
    Deal,
    name=WORDS.map("Sale of {}".format),
    company=WORDS.map("{} Ltd".format),
    cents=st.integers(100, 10**10),
    state=st.sampled_from([OPEN, WON, LOST]),
    owner=WORDS.map("Ann {}".format),
    close=st.dates(date(2026, 1, 1), date(2026, 11, 19)),
)


def english(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def continental(cents: int) -> str:
    return english(cents).replace(",", "x").replace(".", ",").replace("x", ".")


def plain(cents: int) -> str:
    return f"{cents / 100:.2f}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_every_language_is_known(language: str) -> None:
    for field, names in TRANSLATIONS[language].items():
        for name in names.split(","):
            found = meaning_of(name.strip())
            assert found is not None, name
            assert found.field == field, name


@settings(max_examples=100)
@given(st.data())
def test_what_is_written_comes_back(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    deals = data.draw(st.lists(DEALS, min_size=2, max_size=6, unique_by=lambda deal: deal.name))
    written: Callable[[int], str] = data.draw(st.sampled_from([english, continental, plain]))
    day = data.draw(st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"]))
    words = TRANSLATIONS[language]
    header = [
        data.draw(st.sampled_from([name.strip() for name in words[field].split(",")]))
        for field in FIELDS
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=data.draw(st.sampled_from(",;\t|")))
    writer.writerow(header)
    for deal in deals:
        state = STATES[language][(OPEN, WON, LOST).index(deal.state)]
        row = [deal.name, deal.company, written(deal.cents), state, deal.owner, deal.close]
        writer.writerow([*row[:-1], deal.close.strftime(day)])
    text = out.getvalue().encode(data.draw(st.sampled_from(ENCODINGS)))
    result = taken(text, kind="deals")
    back = [
        (p.name, p.company, p.value and p.value.amount, "won" if p.won else p.column.value, p.owner)
        for p in result.prospects
    ]
    assert back == [(d.name, d.company, Decimal(d.cents) / 100, d.state, d.owner) for d in deals]
    assert [p.close_date for p in result.prospects] == [deal.close for deal in deals]
    assert (*result.warnings, *hint_rows(0, result)) == ()
