"""``[[views]]``: read with their lines, refused with them, and appended without harm."""

import pytest

from review_board.errors import SettingsError
from review_board.settings.edit_text import with_view
from review_board.settings.faults import FaultySettingsError
from review_board.settings.reading import read_text
from review_board.settings.saved_views import MOST, SavedView, slug
from review_board.settings.tree import Settings

TWO = """\
[[views]]
name = "Dental"
filter = "tag:dental"

[[views]]
name = "Quiet ones"
sort = "signal"
mine = true
"""
DENTAL = SavedView(name="Dental", filter="tag:dental")
QUIET = SavedView(name="Quiet ones", sort="signal", mine=True)


def faults(text: str) -> list[str]:
    with pytest.raises(FaultySettingsError) as refused:
        read_text(text, "rb.toml")
    return refused.value.faults


def test_each_is_read_with_its_lines() -> None:
    reading = read_text(TWO, "/home/ann/rb.toml")
    assert reading.settings.views == (DENTAL, QUIET)
    assert reading.source("views.2") == "rb.toml:5"
    assert reading.place("views.1.filter") == "/home/ann/rb.toml, line 3"
    assert reading.place("views.2.sort") == "/home/ann/rb.toml, line 7"


def test_an_order_by_its_old_name_is_read_as_before() -> None:
    reading = read_text('[[views]]\nname = "Old"\nsort = "touch"\n')
    assert reading.settings.views == (SavedView(name="Old", sort="contact"),)


def test_they_have_no_part_in_a_recommendation() -> None:
    assert read_text(TWO).settings.fingerprint() == Settings().fingerprint()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[views]]\nfilter = 'x'\n", "line 1: views.1.name: is missing"),
        (f"{TWO}[[views]]\nname = 3\n", "line 10: views.3.name: must be text in quotes"),
        (f"{TWO}[[views]]\nname = ' '\n", "line 10: views.3.name: a name has 1 to 30"),
        ("[[views]]\nname = 'a'\nsort = 'nxt'\n", "line 3: views.1.sort: must be one of value, "),
        ("[[views]]\nname = 'a'\nsort = 'nxt'\n", "did you mean next?"),
        ("[[views]]\nname = 'a'\nmine = 'yes'\n", "line 3: views.1.mine: must be true or false"),
        (
            "[[views]]\nname = 'a'\nfiltr = 'x'\n",
            "line 3: unknown setting views.1.filtr; did you mean views.1.filter?",
        ),
        (f"{TWO}[[views]]\nname = 'QUIET-ones'\n", "line 10: views.3.name: “QUIET-ones” is the"),
        ("[views]\nname = 'a'\n", "line 1: views: must stand under [[views]], in double brackets"),
        ("views = 3\n", "line 1: views: must be a list"),
        ("".join(f"[[views]]\nname = 'v{n}'\n" for n in range(MOST + 1)), "views: has too many"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(text: str, fault: str) -> None:
    assert fault in faults(text)[0]


def test_faults_of_several_are_told_together() -> None:
    text = "currency = 'x'\n[[views]]\nname = ''\n[[views]]\nname = 'b'\nsort = 'b'\n"
    assert [fault.partition(":")[0] for fault in faults(text)] == [
        "rb.toml, line 1",
        "rb.toml, line 3",
        "rb.toml, line 6",
    ]


@pytest.mark.parametrize("name", ["Gone quiet", "gone-QUIET", " gone  quiet", "gone_quiet"])
def test_a_name_is_typed_in_one_word(name: str) -> None:
    assert slug(name) == "gone-quiet"


class TestAppending:
    @pytest.mark.parametrize(
        "before",
        [
            b"",
            b"# mine\ntheme = 'paper' # dark hurts\n",
            b"[keys]\n'board.log' = 'y'",
            b"\xef\xbb\xbfcurrency = 'EUR'\r\n",
            b"[[views]]\nname = 'Big'\n# the end\n",
        ],
        ids=["empty", "comments", "no-last-line-break", "windows", "another"],
    )
    def test_all_that_was_there_stays(self, before: bytes) -> None:
        made = with_view(before, QUIET, "rb.toml")
        assert made.startswith(before)
        then, now = (read_text(text.decode("utf-8-sig")).settings for text in (before, made))
        assert now == then.model_copy(update={"views": (*then.views, QUIET)})

    def test_a_name_and_a_filter_are_kept_to_the_letter(self) -> None:
        view = SavedView(name='"x" \\ Müller 日本', filter="'a \" b' -tag:\\u0041")
        made = with_view(b"", view, "rb.toml").decode()
        assert read_text(made).settings.views == (view,)

    @pytest.mark.parametrize(
        "before",
        [
            b"views = [{name = 'Big'}]\n",
            b"a = 1\n",
            b"\xff\xfe",
            b"[[views]]\nname = 'quiet-ONES'\n",
            "".join(f"[[views]]\nname = 'v{n}'\n" for n in range(MOST)).encode(),
        ],
        ids=["inline", "faulty", "no-text", "its-name", "full"],
    )
    def test_what_cannot_take_one_more_is_refused(self, before: bytes) -> None:
        with pytest.raises(SettingsError, match=r"rb\.toml"):
            with_view(before, QUIET, "rb.toml")
