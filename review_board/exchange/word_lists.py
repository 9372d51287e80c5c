"""The word lists of the room: ``.ini`` files in which a list may go on in lines that are indented."""

from configparser import ConfigParser, ExtendedInterpolation
from pathlib import Path


class _Lists(ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        """Return a name as it is written: those of programs have capitals."""
        return optionstr


def word_lists(name: str) -> dict[str, dict[str, str]]:
    """Return the lists of a file by section and name, each on one line."""
    found = _Lists(delimiters="=", interpolation=ExtendedInterpolation())
    found.read_string(Path(__file__).with_name(f"{name}.ini").read_text("utf-8"))
    return {
        section: {key: " ".join(words.split()) for key, words in found[section].items()}
        for section in found.sections()
    }
