"""``help``: the pages of the manual, laid out for a terminal."""

import click
import pytest

from review_board.cli import terminal
from review_board.cli.help import TOPICS, page
from review_board.cli.manual_pages import plain_lines, read_page, spans, summary
from review_board.textlayout import cells
from tests.cli.conftest import Shell

ONE_LINE = 66
"""Cells that the list of pages has for what a page is about."""
SETTINGS = "| setting | default | what it is |\n|---|---|---|\n| `one` | 1 | Days of it. |\n"


def lines(markdown: str, width: int = 40) -> list[str]:
    return list(plain_lines(read_page(markdown), width))


class TestBlocks:
    def test_every_kind(self) -> None:
        page = "# A *b*\n\n- `c` d\n\n```\ne  f\n```\n\n| g |\n|---|\n| **h** |\n"
        found = read_page(page)
        assert [block.type for block in found] == ["heading", "bullet_list", "fence", "table"]
        assert [[*spans(block)] for block in found] == [
            [("", "A "), ("em", "b")],
            [("code_inline", "c"), ("", " d")],
            [],
            [("", "g"), ("strong", "h")],
        ]
        assert lines(page)[3:] == ["- `c` d", "", "    e  f", "", "g", "-", "h"]

    def test_a_picture_alone_is_left_out(self) -> None:
        assert lines("![The board](board.svg)\n\nText.") == ["Text."]

    def test_a_link_out_is_written_out_and_one_to_a_page_is_its_words(self) -> None:
        assert lines("[a](https://b.example) [c](d.md)") == ["a (https://b.example) c"]

    @pytest.mark.parametrize("markdown", ["> quoted", "- one\n\n  two", "***", "<b>x</b>"])
    def test_what_no_page_may_use_is_refused(self, markdown: str) -> None:
        with pytest.raises(ValueError, match=r"a page holds no|an entry of a list"):
            read_page(markdown)


class TestPlainLines:
    def test_headings_are_underlined(self) -> None:
        assert lines("# One\n\n## Two") == ["One", "===", "", "Two", "---"]

    def test_text_is_broken_between_words(self) -> None:
        assert lines("one two\nthree", 9) == ["one two", "three"]

    def test_an_entry_hangs_behind_its_number(self) -> None:
        assert lines("1. one two\n2. three", 7) == ["1. one", "   two", "2. thre", "   e"]

    def test_code_stays_as_it_is(self) -> None:
        assert lines("```\nreview-board  list   # all of it\n```", 10) == [
            "    review-board  list   # all of it"
        ]

    def test_a_table_stands_in_columns(self) -> None:
        assert lines(SETTINGS, 60) == [
            "setting  default  what it is",
            "-------  -------  -----------",
            "one      1        Days of it.",
        ]

    def test_without_room_its_rows_become_entries(self) -> None:
        assert lines(SETTINGS, 24) == ["one", "    default: 1", "    Days of it."]

    def test_where_columns_are_compared_each_has_its_name(self) -> None:
        table = "| | a laptop | a server |\n|---|---|---|\n| it is stolen | all is lost | it is safe |\n"
        assert lines(table, 30) == [
            "it is stolen",
            "    a laptop: all is lost",
            "    a server: it is safe",
        ]


@pytest.mark.parametrize("topic", TOPICS)
class TestEveryPage:
    def test_it_fits_a_terminal(self, topic: str) -> None:
        assert not [line for line in lines(page(topic), 80) if cells(line) > 80]

    def test_its_first_paragraph_says_what_it_is_about(self, topic: str) -> None:
        assert cells(summary(read_page(page(topic)))) <= ONE_LINE

    def test_it_is_shown(self, shell: Shell, topic: str) -> None:
        out = shell.ok("help", topic)
        assert out.splitlines()[0] == page(topic).splitlines()[0].removeprefix("# ")


class TestHelp:
    def test_without_a_topic_it_lists_the_pages(self, shell: Shell) -> None:
        rows = shell.ok("help").splitlines()
        assert [row.split()[0] for row in rows[1 : len(TOPICS) + 1]] == list(TOPICS)

    @pytest.mark.parametrize("words", [("after-call",), ("After", "call"), ("aft",)])
    def test_a_page_by_its_beginning(self, shell: Shell, words: tuple[str, ...]) -> None:
        assert shell.ok("help", *words).startswith("The after-call line\n")

    def test_a_command_without_a_page_shows_its_options(self, shell: Shell) -> None:
        assert shell.ok("help", "list") == shell.ok("list", "--help")

    @pytest.mark.parametrize(
        ("word", "said"),
        [
            ("setings", "did you mean settings?"),
            ("lst", "did you mean list?"),
            ("r", "did you mean review or rules or redo or report?"),
            ("gatekeeper", "the word stands in after-call, settings"),
            ("zzzz", "choose from board, review,"),
        ],
    )
    def test_an_unknown_one_is_told_what_comes_near(
        self, shell: Shell, word: str, said: str
    ) -> None:
        assert said in shell.fails("help", word, status=2)


class TestPager:
    @pytest.fixture
    def paged(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        seen: list[str] = []
        monkeypatch.setattr(click, "echo_via_pager", seen.extend)
        return seen

    @pytest.mark.parametrize(("rows", "pages"), [(24, True), (2000, False)])
    def test_only_what_is_longer_than_the_terminal(
        self,
        shell: Shell,
        paged: list[str],
        monkeypatch: pytest.MonkeyPatch,
        rows: int,
        pages: bool,
    ) -> None:
        monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
        monkeypatch.setenv("LINES", str(rows))
        monkeypatch.setenv("COLUMNS", "80")
        assert bool(shell.ok("help", "review")) is not pages
        assert bool(paged) is pages

    def test_never_into_a_pipe(self, shell: Shell, paged: list[str]) -> None:
        assert shell.ok("help", "settings")
        assert not paged
