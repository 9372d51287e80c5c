"""One call of the command line: which pipeline, who acts, which day; opened when asked for."""

import os
import shlex
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.cli.command_table import APP
from review_board.cli.output import Output
from review_board.errors import InvalidValueError, ReviewBoardError, StoreError, UsageError
from review_board.settings.variables import PREFIX, RESERVED

if TYPE_CHECKING:
    from datetime import tzinfo

    from review_board.board.board import Board
    from review_board.board.runner import Runner
    from review_board.cli.kept_calendar import KeptCalendar
    from review_board.login_rights import LoginRights
    from review_board.pair.view import Process
    from review_board.pipeline.dates import Clock
    from review_board.review.signing import Identity
    from review_board.settings.loaded import LoadedSettings
    from review_board.settings.tree import Settings
    from review_board.store.file_store import FileStore
    from review_board.store.protocol import News, Tables

COMPLETING = "_REVIEW_BOARD_COMPLETE"
"""The variable with which a shell asks for completions: it gives no arguments."""


class Invocation:
    """What the shared options say (``None``: nothing), and what follows from them."""

    pipeline_file: str | None = None
    pretended_day: str | None = None
    person: str | None = None
    settings_file: str | None = None
    via: str = "cli"
    is_demo: bool = False
    """Whether the pipeline is only played with: nothing of it goes anywhere else."""
    is_restricted: bool = False
    """Whether this is a login that may do nothing but use the board."""
    asked: tuple[str, ...] = ()
    """The command that the client of a restricted login asks for, with its arguments."""

    def __init__(self) -> None:
        self.out = Output(lambda: self.command)
        self._board: Board | None = None
        self.calendar: KeptCalendar | None = None

    def at(self, path: Path) -> "Invocation":
        """Return the same call on another pipeline, with the settings read anew."""
        other = Invocation()
        other.pipeline_file = str(path)
        other.pretended_day, other.person = self.pretended_day, self.person
        other.settings_file, other.via = self.settings_file, self.via
        other.is_restricted = self.is_restricted
        return other

    # Who, where, when

    @cached_property
    def path(self) -> Path:
        """Return the pipeline's file, as the user named it."""
        named = _given(self.pipeline_file, "FILE")
        if named is None:
            import platformdirs

            return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "pipeline.json"
        if not Path(named).name.strip():
            raise UsageError(f"{named[:60]!r} is no name for a pipeline", "name its file")
        return Path(named).expanduser()

    @cached_property
    def by(self) -> str:
        """Return the person: as told, else as remembered, else the login of this process (``$LOGNAME`` may lie)."""
        from review_board.pipeline.text import clean

        name = clean(self._remembered_name if self.person is None else self.person)
        if self.person is not None and not name:
            raise UsageError("--as needs a name", "leave it out to act as yourself")
        if name:
            return name
        from review_board.store.logins import login

        return login()

    @property
    def _remembered_name(self) -> str:
        """Return who the settings say that this is; those of a login by a key belong to several people."""
        if self.is_restricted or self.is_unset:
            return ""
        from review_board.cli.settings_text import values_in_file
        from review_board.settings.variables import variable_of

        if named := self.environment.get(variable_of("my_name")):
            return named
        must_exist = self.named_settings is not None
        values = values_in_file(self.settings_path, must_exist=must_exist)
        name = values.get("my_name", "") if values is not None else None
        return name if isinstance(name, str) else self.settings.my_name  # which says what is wrong

    @cached_property
    def identity(self) -> "Identity":
        """Return who acts, and by which login; the line of a key sets a name that counts."""
        from review_board.review.signing import Identity
        from review_board.store.logins import login

        return Identity(self.by, login(), by_key=self.is_restricted and self.person is not None)

    @cached_property
    def rights(self) -> "LoginRights":
        """Return what this login may do outside the pipeline."""
        from review_board.login_rights import LoginRights

        if not self.is_restricted:
            return LoginRights()
        folder = self.settings.restricted.folder
        return LoginRights(is_restricted=True, folder=Path(folder) if folder else None)

    @cached_property
    def settings_path(self) -> Path:
        """Return the settings file: as named, else the usual one, which need not exist."""
        if self.named_settings is not None:
            return Path(self.named_settings).expanduser()
        import platformdirs

        return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"

    @property
    def named_settings(self) -> str | None:
        """Return the settings file that an option or a variable names: that one must exist."""
        return _given(self.settings_file, "CONFIG")

    @property
    def has_settings_file(self) -> bool:
        """Return whether there is a settings file; one that may not be looked at is there, and reading tells."""
        try:
            self.settings_path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that set something; one that is set to nothing does not."""
        ours = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
        return {name: value for name, value in ours.items() if value}

    @cached_property
    def settings(self) -> "Settings":
        """Return the settings, read once; where nothing is set nothing need be read."""
        if self.is_unset:
            from review_board.settings.ready_defaults import unset

            return unset()
        return self.reading.settings

    @property
    def is_unset(self) -> bool:
        """Return whether neither a settings file nor a variable can set anything."""
        if self.named_settings is not None or not self.environment.keys() <= {*RESERVED}:
            return False
        return not self.has_settings_file

    @cached_property
    def reading(self) -> "LoadedSettings":
        """Return the settings, with where each was set."""
        from review_board.settings.faults import FaultySettingsError
        from review_board.settings.reading import read_settings

        there = self.named_settings is not None or self.has_settings_file
        try:
            return read_settings(self.settings_path if there else None, self.environment)
        except FaultySettingsError as error:
            raise FaultySettingsError(error.messages, error.rest, self.check) from error

    @property
    def check(self) -> str:
        """Return the command that names every fault of these settings."""
        named = self.settings_file
        return f"{APP} {f'--config {shlex.quote(named)} ' if named else ''}config --check"

    @cached_property
    def fixed_day(self) -> date | None:
        """Return the day to pretend, or ``None``."""
        given = _given(self.pretended_day, "TODAY")
        if not given:
            return None
        from review_board.pipeline.dates import iso_day

        try:
            return iso_day(given)
        except InvalidValueError as error:
            raise UsageError(f"--today: {error.message}", error.cure) from error

    def clock(self, zone: "tzinfo") -> "Clock":
        """Return the clock; on a pretended day the time of day goes on, so that changes keep their order."""
        return partial(_moment, self.fixed_day, zone)

    # The pipeline

    @property
    def command(self) -> str:
        """Return how the program is called for the same pipeline, as it was called here."""
        if self.is_restricted or not self.pipeline_file:
            return APP
        return f"{APP} --file {shlex.quote(self.pipeline_file)}"

    @property
    def board(self) -> "Board":
        """Return the pipeline, opened at the first use."""
        if self._board is None:
            self._board = self.open_board()
            for notice in self._board.notices:
                self.out.trouble(notice)
            if doubt := self.doubt_about_name(self._board):
                self.out.note(doubt)
        return self._board

    def doubt_about_name(self, board: "Board") -> str:
        """Ask whom ``--as`` means where nobody in the list is called so and somebody nearly; else nothing."""
        if self.person is None or self.is_restricted:
            return ""
        owners = {str(document.get("owner", "")) for document in board.documents().values()}
        if self.by in owners:
            return ""
        from review_board.board.owners import did_you_mean, likely_owners

        near = did_you_mean(likely_owners(self.by, owners))
        return f"nobody in this list is called {self.by}; {near}" if near else ""

    def find(self, who: str) -> str:
        """Return the id of the prospect that is meant, by its id or by a part of its name."""
        from review_board.board.find import find

        return find(self.board, who)

    def open_board(self, runner: "Runner | None" = None) -> "Board":
        """Open the pipeline by a runner; the caller closes it."""
        from review_board.board.board import Board
        from review_board.board.runner import Inline
        from review_board.store.file_store import FileStore

        runner = runner or Inline()
        runner.progress.begin("reading the file")
        store = FileStore(self.path, progress=runner.progress)
        news = _finished_forgetting(store, store.load())
        zone = self._zone(store.tables)
        board = Board(store, self.settings, self.clock(zone), zone, self.by, self.via, runner)
        board.take_in_load(news)
        if not isinstance(runner, Inline):
            board.build_index(runner.progress)
        self._keep_calendar(board)
        return board

    @property
    def process(self) -> "Process":
        """Return what this process brings to a pair review."""
        from review_board.pair.view import Process
        from review_board.store.presence import PresenceFiles

        return Process(PresenceFiles(self.path), os.urandom, command=self.command)

    def _keep_calendar(self, board: "Board") -> None:
        """Follow the board for the calendar file that the settings name."""
        if self.is_demo or self.is_unset or not self.settings.calendar.file:
            return
        from review_board.cli.kept_calendar import KeptCalendar

        kept = self.settings.calendar
        self.calendar = KeptCalendar(board, Path(kept.file), mine=kept.mine)

    def write_calendar(self) -> None:
        """Bring the calendar file up to date after a change; what is in the way is told."""
        job = self.calendar.prepare() if self.calendar else None
        if job is not None:
            try:
                job()
            except ReviewBoardError as error:
                self.out.trouble(str(error))

    def close(self) -> None:
        """Bring the files up to date."""
        self.write_calendar()
        board, self._board = self._board, None
        if board is not None:
            board.close()

    def _zone(self, tables: "Tables") -> "tzinfo":
        from review_board.board.zone import zone_in
        from review_board.cli.zone import machine_zone, named_zone

        for name in (self.settings.timezone, zone_in(tables)):
            if name and (zone := named_zone(name)):
                return zone
        return machine_zone()


def _given(option: str | None, variable: str) -> str | None:
    """Return what an option says, else a variable; one that is set to nothing says nothing."""
    return option if option is not None else os.environ.get(PREFIX + variable) or None


def _finished_forgetting(store: "FileStore", news: "News") -> "News":
    """Erase what a ``forget`` that was interrupted left in some file; says so when that fails too."""
    if store.read_only is None:
        try:
            store.erase_forgotten()
        except StoreError as error:
            notice = f"somebody who was forgotten still stands in some file: {error}"
            return replace(news, notices=(*news.notices, notice))
    return news


def _moment(day: date | None, zone: "tzinfo") -> datetime:
    now = datetime.now(zone)
    return now if day is None else datetime.combine(day, now.time(), zone)
