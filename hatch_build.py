"""What a build adds to the files: absolute links in the text for PyPI, and the man page."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

MAN_PAGES = "share/man/man1"


class AbsoluteLinks(MetadataHookInterface):
    """The README as the long description: PyPI has none of the files that it links to."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        source = metadata["urls"]["Source"]
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(text, source)}


class ManPage(BuildHookInterface[Any]):
    """The man page in a wheel, for both names of the command."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the page from the files of this source."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from docs.man_page import man_page

        self._folder = TemporaryDirectory()
        page = Path(self._folder.name, "review-board.1")
        page.write_text(man_page(self.metadata.version), "utf-8")
        alias = page.with_name("rb.1")
        alias.write_text(".so man1/review-board.1\n")
        for path in (page, alias):
            build_data["shared_data"][str(path)] = f"{MAN_PAGES}/{path.name}"


def absolute(text: str, source: str) -> str:
    """Return the Markdown with its links to files leading into the repository."""
    text = re.sub(r"(!\[[^\]]*\])\((?!https?:)", rf"\1({source}/raw/HEAD/", text)
    return re.sub(r"(?<=\])\((?!https?:)", f"({source}/blob/HEAD/", text)
