"""One more view at the end of a settings file; everything in it stays as it is."""

from review_board.errors import SettingsError
from review_board.settings.descriptions import as_toml
from review_board.settings.reading import read_text
from review_board.settings.sections import SavedView


def with_view(content: bytes, view: SavedView, where: str) -> bytes:
    """The content with the view appended, read again and found to mean what it should.

    Raises ``SettingsError`` for a file that is faulty or cannot be added to so.
    """
    before = read_text(_text(content, where), where).settings
    made = content + (b"" if content.endswith(b"\n") or not content else b"\n")
    made += ("\n" if content else "").encode() + toml_of(view).encode()
    try:
        after = read_text(_text(made, where), where).settings
    except SettingsError as error:
        raise SettingsError(f"{where} cannot take one more view: {error.message}") from error
    if after != before.model_copy(update={"views": (*before.views, view)}):
        raise SettingsError(f"{where} cannot take one more view", "write it there by hand")
    return made


def toml_of(view: SavedView) -> str:
    """The lines of a view, without what has its default."""
    values = view.model_dump(exclude_defaults=True)
    return "".join(["[[views]]\n", *(f"{name} = {as_toml(v)}\n" for name, v in values.items())])


def _text(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{where}: cannot be read: {error}") from error
