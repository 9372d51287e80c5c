"""What a wheel holds beside the code, and the man page that is made for it."""

import re
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from docs.man_page import man_page
from hatch_build import absolute
from review_board.cli.command_table import COMMANDS
from review_board.cli.help import TOPICS

ROOT = Path(__file__).parents[1]
REQUESTS = {"TH", "SH", "SS", "TP", "PP", "IP", "RS", "RE", "B", "br", "sp", "nf", "fi", "nh", "ad"}


class TestLinks:
    def test_pictures_lead_to_the_file_and_pages_to_where_it_is_shown(self) -> None:
        assert absolute("![a](docs/a.svg) [b](docs/b.md)", "https://c.example") == (
            "![a](https://c.example/raw/HEAD/docs/a.svg) [b](https://c.example/blob/HEAD/docs/b.md)"
        )

    def test_links_out_stay(self) -> None:
        assert (
            absolute("[a](https://b.example/c)", "https://d.example") == "[a](https://b.example/c)"
        )


class TestManPage:
    @pytest.fixture(scope="class")
    def lines(self) -> list[str]:
        return man_page("1.2").splitlines()

    def test_every_command_is_in_it(self, lines: list[str]) -> None:
        assert not [n for n in COMMANDS if not any(rf"\fB{n}\fP " in line for line in lines)]

    def test_every_page_is_in_it(self, lines: list[str]) -> None:
        heads = [line for line in lines if line.startswith(".SH ")]
        assert len(heads) == len(TOPICS) + 6  # the usual ones: NAME, SYNOPSIS, ... ENVIRONMENT

    def test_no_line_of_text_is_taken_for_a_request(self, lines: list[str]) -> None:
        found = {line.split()[0][1:] for line in lines if line.startswith(".")}
        assert found <= REQUESTS
        assert not [line for line in lines[1:] if line.startswith("'")]

    @pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff")
    def test_groff_reads_it_without_a_warning(self, lines: list[str]) -> None:
        command = ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-P-cbou"]
        text = "\n".join(lines) + "\n"
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert "THE AFTER" in done.stdout


class TestWheel:
    @pytest.fixture(scope="class")
    def wheel(self, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
        folder = tmp_path_factory.mktemp("wheel")
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return zipfile.ZipFile(next(folder.glob("*.whl")))

    @pytest.fixture(scope="class")
    def metadata(self, wheel: zipfile.ZipFile) -> Message:
        name = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        return message_from_bytes(wheel.read(name))

    def test_the_pages_are_in_it(self, wheel: zipfile.ZipFile) -> None:
        pages = {f"review_board/docs/{topic}.md" for topic in TOPICS}
        assert pages <= set(wheel.namelist())

    def test_the_man_page_is_in_it_for_both_names(self, wheel: zipfile.ZipFile) -> None:
        found = [Path(name) for name in wheel.namelist() if "/share/man/man1/" in name]
        assert [path.name for path in found] == ["rb.1", "review-board.1"]

    def test_its_text_links_to_nothing_that_pypi_has_not(self, metadata: Message) -> None:
        text = metadata.get_payload()
        assert isinstance(text, str)
        assert not re.findall(r"\]\((?!https://)", text)
