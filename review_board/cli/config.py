"""``config``: every setting in force and where it was set; explains one, checks a file, writes one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.cli.terminal import table
from review_board.errors import SettingsError, UsageError
from review_board.private_files import make_folder, write_new

if TYPE_CHECKING:
    from review_board.settings.loaded import LoadedSettings, SettingsMessage
    from review_board.tui.key_remapping import KeyAction

IN_USE = "\0in use"


@command("config")
@click.argument("words", nargs=-1, metavar="[KEY]")
@click.option(
    "--check",
    "checked",
    is_flag=False,
    flag_value=IN_USE,
    metavar="[FILE]",
    help="Say whether the settings (or those in FILE) are sound, or all that is wrong.",
)
@click.option("--init", "begin", is_flag=True, help="Write a settings file to begin with.")
@click.option("--path", "where", is_flag=True, help="Print which file is read.")
@click.option("--keys", "bindings", is_flag=True, help="List what each key does, by its name.")
@as_json_option
@pass_invocation
def config(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    checked: str | None,
    as_json: bool,
    **flags: bool,
) -> int:
    """Show the settings in force, or explain KEY: a setting, a group or a rule."""
    key = " ".join(words) or None
    asked = [name for name, given in flags.items() if given]
    if len(asked) + (key is not None) + (checked is not None) > 1:
        raise UsageError("config does one thing at a time", "see review-board config --help")
    if checked is not None:
        return _check(call, checked, as_json=as_json)
    if key is not None:
        from review_board.cli.config_shown import explain_one

        explain_one(call, key, as_json=as_json)
    elif asked:
        _DOES[asked[0]](call, as_json)
    else:
        from review_board.cli.config_shown import show_all

        show_all(call, as_json=as_json)
    return 0


def _check(call: Invocation, named: str, *, as_json: bool) -> int:
    """Print every fault, or that all is sound; return the status, 1 or 0."""
    path = call.settings_path if named == IN_USE else Path(named).expanduser()
    try:
        faults, remarks = _all_of(call, None if named == IN_USE else path)
    except SettingsError as error:
        faults, remarks = [str(error)], []
    if as_json:
        found = {"sound": not faults, "faults": faults, "remarks": remarks}
        call.out.json({"file": str(path), **found})
    else:
        call.out.lines(*faults, *(f"remark: {remark}" for remark in remarks))
        sound = (
            f"{path}: sound" if path.exists() else "sound: there is no file, so the defaults hold"
        )
        call.out.lines(*([] if faults else [sound]))
    return int(bool(faults))


def _all_of(call: Invocation, path: Path | None) -> tuple[list[str], list[str]]:
    """Return faults and remarks, by line: what the settings say themselves, then keys and views."""
    from review_board.cli.ui_settings import key_faults, view_faults
    from review_board.settings.faults import FaultySettingsError
    from review_board.settings.loaded import by_line
    from review_board.settings.reading import read_settings

    wrong: list[SettingsMessage] = []
    try:
        reading: LoadedSettings | None = call.reading if path is None else read_settings(path)
    except FaultySettingsError as error:
        wrong, reading = [*error.messages], error.rest
    if reading is None:
        return by_line(wrong), []
    faults, doubts = key_faults(reading)
    wrong += [*faults, *view_faults(reading)]
    return by_line(wrong), [*by_line([*reading.remarks, *doubts]), *_remarks(reading)]


def _remarks(reading: "LoadedSettings") -> Iterator[str]:
    """Yield what works, and yet keeps a rule from ever holding."""
    key = "thresholds.deferrals"
    if reading.settings.thresholds.deferrals == 1:
        words = "the first deferral is too many, so unproven-callback never holds"
        yield f"{reading.place(key)}: {key}: {words}"


def _init(call: Invocation, as_json: bool) -> None:
    from review_board.cli.config_shown import file_read
    from review_board.judgement.rules import RULES
    from review_board.settings.descriptions import starter_file

    path = call.settings_path
    _write_new(path, starter_file(RULES))
    if as_json:
        call.out.json(file_read(call))
    else:
        call.out.line(f"wrote {path}; every line in it stands at its default")


def _write_new(path: Path, text: str) -> None:
    """Write a file of one's own that was not there before, whole or not at all."""
    try:
        make_folder(path.parent)
        write_new(path, text.encode())
    except FileExistsError as error:
        raise SettingsError(f"{path} is there already", "it is never overwritten") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error


def _path(call: Invocation, as_json: bool) -> None:
    from review_board.cli.config_shown import file_read

    if as_json:
        call.out.json(file_read(call))
    else:
        call.out.line(str(call.settings_path))


def _keys(call: Invocation, as_json: bool) -> None:
    from review_board.tui.key_remapping import key_actions

    actions = key_actions(call.settings.keys).values()
    if as_json:
        found = [{"id": a.id, "keys": list(a.keys), "does": _does(a)} for a in actions]
        call.out.json({"actions": found})
        return
    call.out.lines(*table([(a.id, a.shown, _does(a)) for a in actions], (24, 24)))


def _does(action: "KeyAction") -> str:
    return f"{action.label}: {action.tooltip}"


_DOES = {"begin": _init, "where": _path, "bindings": _keys}
