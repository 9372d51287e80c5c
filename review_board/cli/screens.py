"""The way from the command line to the screens; nothing else here imports Textual."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review_board.cli.ascii_fallback import use_on_screens
from review_board.cli.terminal import need_terminal
from review_board.errors import RefusedError

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.runner import Runner
    from review_board.cli.context import Invocation
    from review_board.exchange.source_mapping import Mappings
    from review_board.pair.controller import PairReview
    from review_board.review.scope import Scope
    from review_board.settings.saved_views import SavedView
    from review_board.tui.app import ReviewBoardApp
    from review_board.tui.app_protocol import Opening, OpeningApp
    from review_board.tui.imports.open_import import ListToImport
    from review_board.tui.pair.open_pair import SecondPerson

ONE_TERMINAL = "one terminal"
"""Stored with a verdict of two people who sat at the same one."""


def open_board(call: "Invocation") -> int:
    """Open the board, and return the exit status once the user leaves.

    Nothing that is done in a demo reaches the settings file.
    """
    need_terminal("" if call.is_restricted else "review-board list")
    return _launch(call)


def open_review(call: "Invocation", scope: "Scope") -> int:
    """Open review mode on a scope; gives the exit status once the user leaves."""
    need_terminal("" if call.is_restricted else "review-board list --json")
    return _launch(call, first=partial(_only_review, scope))


def open_pair(
    call: "Invocation",
    begin: "Callable[[Board, bool], PairReview]",
    second: "SecondPerson | None" = None,
) -> int:
    """Open a pair review that is started or joined; gives the exit status once the user leaves.

    A ``second`` person may sit at the same terminal.
    """
    need_terminal("" if call.is_restricted else "review-board list --json")
    return _launch(call, first=partial(_only_pair, (begin, second)))


def open_hot_seat(call: "Invocation", scope: "Scope", second: str, *, anew: bool) -> int:
    """Open a pair review of two people at this terminal; ``second`` is the name of the other, if given."""
    from review_board.pair import beginning
    from review_board.pair.session import PairRole
    from review_board.review.signing import Identity
    from review_board.tui.pair.open_pair import SecondPerson

    process = replace(call.process, terminal=ONE_TERMINAL)

    def role(board: "Board") -> PairRole:
        first = beginning.role_at_start(board, call.identity, process, scope, anew=anew)
        return first.other

    def start(board: "Board", _: bool) -> "PairReview":
        return beginning.start(board, call.identity, None, process, scope, anew=anew)

    def join(board: "Board", name: str, role: PairRole) -> "PairReview":
        return beginning.join(board, Identity(name, call.identity.login), role, process)

    return open_pair(call, start, SecondPerson(join, role, second))


def open_import(call: "Invocation", wanted: "ListToImport", kept: "Mappings") -> int:
    """Open the look at a list; gives the exit status once it is imported or left."""

    def first(app: "ReviewBoardApp", board: "Board") -> None:
        from review_board.tui.imports.open_import import only_import

        only_import(wanted)(app, board)

    return _launch(call, first=first, mappings=kept)


def _launch(call: "Invocation", **parts: Any) -> int:
    from review_board.cli.private_state import report_crash
    from review_board.cli.ui_settings import ui_settings_of
    from review_board.tui.app import ReviewBoardApp
    from review_board.tui.launch import launch

    _check(call)
    use_on_screens()
    doors = PipelineDoors(call)
    first = doors.opening(call)
    app = ReviewBoardApp(
        first.opener,
        title=first.title,
        kept=first.kept,
        when_idle=first.when_idle,
        review=_review,
        due=_due,
        rights=call.rights,
        pipelines=None if call.is_restricted else doors,
        pair=PairDoor(doors),
        **_keepers(call) | ui_settings_of(call) | parts,
    )
    status = launch(app, report_crash, doors.tell)
    doors.call.write_calendar()
    return status


class PipelineDoors:
    """The pipelines that can be opened from the app; ``call`` is that of the one that is open."""

    def __init__(self, call: "Invocation") -> None:
        self.call = call

    def tell(self, text: str) -> None:
        """Tell a line about the one that is open, on the plain terminal."""
        self.call.out.note(text)

    @property
    def current(self) -> Path:
        """Return the file of the one that is open."""
        return self.call.path.absolute()

    def recent(self) -> list[Path]:
        """Return those opened last, the newest first."""
        from review_board.cli.private_state import recent_pipelines

        return recent_pipelines()

    def at(self, path: Path) -> "Opening":
        """Return how to open another one."""
        other = self.call.at(path)
        _check(other)
        return self.opening(other)

    def sample(self) -> "Opening":
        """Return how to open a fresh copy of the usual sample."""
        from review_board.cli.demo import USUAL, point_at_copy

        other = self.call.at(self.call.path)
        point_at_copy(other, USUAL)
        _check(other)
        return self.opening(other, partial(_open_sample, other, USUAL))

    def acting_as(self, name: str) -> "Opening":
        """Return how to open the current one as somebody else, who then is not asked again."""
        other = self.call.at(self.call.path)
        other.person, other.is_demo = name, self.call.is_demo
        other.settings = other.settings.model_copy(update={"my_name": name})
        _check(other)
        return self.opening(other)

    def asking(self, pack: str) -> "Opening":
        """Return how to open the current one with another question pack."""
        other = self.call.at(self.call.path)
        questions = other.settings.questions.model_copy(update={"pack": pack})
        other.settings = other.settings.model_copy(update={"questions": questions})
        _check(other)
        return self.opening(other)

    def opening(self, call: "Invocation", opener: "OpeningApp | None" = None) -> "Opening":
        """Return how to open the pipeline of a call."""
        from review_board.cli.private_state import drafts_folder
        from review_board.tui.app_protocol import Opening
        from review_board.tui.dialogs.kept_drafts import KeptDrafts

        return Opening(
            call.path.stem,
            opener or partial(_open, call),
            KeptDrafts(drafts_folder(), call.path, call.by),
            partial(_update_calendar, call),
            partial(self._taken_up, call),
            call.is_demo,
        )

    def _taken_up(self, call: "Invocation") -> None:
        """Finish with the one that was open before."""
        self.call.write_calendar()
        self.call = call


class PairDoor:
    """The way from the board into a pair review."""

    def __init__(self, doors: PipelineDoors) -> None:
        self._doors = doors

    def invitation(self, board: "Board", key: str) -> str:
        """Return what the board says of one that a key leads to; what that needs is imported only then."""
        from review_board.store.protocol import SESSIONS

        known = board.documents(SESSIONS).values()
        if not any(document.get("people") and not document.get("finished") for document in known):
            return ""
        from review_board.tui.pair.open_pair import invitation

        return invitation(board, board.by, self._doors.call.process, key)

    def open(self, app: "ReviewBoardApp", board: "Board", view: "Scope") -> None:
        """Join it, or start one."""
        from review_board.tui.pair.open_pair import open_from_board

        call = self._doors.call
        open_from_board(app, board, call.identity, call.process, view)


def _update_calendar(call: "Invocation", app: "ReviewBoardApp", board: "Board") -> None:
    """Bring the calendar file up to date while nobody types, in the thread of the disk."""
    job = call.calendar.prepare() if call.calendar else None
    if job is not None:
        board.runner.run(
            job, lambda _: None, lambda error: app.notify(str(error), severity="warning")
        )


def _open(call: "Invocation", runner: "Runner") -> "Board":
    """Open the pipeline in the runner's thread, behind the empty board."""
    from review_board.cli.private_state import note_opened
    from review_board.cli.ui_settings import refuse_faulty_views
    from review_board.tui.footer_keys import written_key

    refuse_faulty_views(call)
    board = call.open_board(runner)
    if doubt := call.doubt_about_name(board):
        mine = written_key(call.settings.keys.get("board.mine", ""), "m")
        board.notices = (*board.notices, f"{doubt} {mine} asks who you are")
    if not call.is_restricted:  # it opens no other
        note_opened(call.path)
    return board


def _open_sample(call: "Invocation", name: str, runner: "Runner") -> "Board":
    """Copy a sample, and open the copy, in the runner's thread."""
    from review_board.cli.demo import fill_copy

    fill_copy(call, name)
    return _open(call, runner)


# The empty board is painted before what follows is imported.


def _review(app: "ReviewBoardApp", board: "Board", scope: "Scope") -> None:
    from review_board.tui.review.open_review import offer_review

    offer_review(app, board, scope)


def _only_review(scope: "Scope", app: "ReviewBoardApp", board: "Board") -> None:
    from review_board.tui.review.open_review import only_review

    only_review(scope)(app, board)


def _only_pair(how: tuple[Any, ...], app: "ReviewBoardApp", board: "Board") -> None:
    from review_board.tui.pair.open_pair import only_pair

    only_pair(*how)(app, board)


def _keepers(call: "Invocation") -> dict[str, Any]:
    """Return what writes views and settings into the settings file, where that is this person's own."""
    if call.is_demo or call.is_restricted:
        return {}
    path = call.settings_path

    def keep_view(view: "SavedView") -> None:
        from review_board.cli.save_settings import save_view

        save_view(path, view)

    def keep_setting(key: str, value: str) -> None:
        from review_board.cli.save_settings import save_setting
        from review_board.store.logins import login

        if key == "my_name" and call.settings.review.shared_login == login():
            raise RefusedError("Several people share this login", "start with --as and your name")
        save_setting(path, key, value)

    from review_board.cli.kept_mappings import KeptMappings
    from review_board.cli.private_state import remember, remembered

    return {
        "view_keeper": keep_view,
        "setting_keeper": keep_setting,
        "mappings": KeptMappings(),
        "detail": remembered("detail") is not False,  # the card in use, shown beside the board
        "detail_keeper": partial(remember, "detail"),
    }


def _due(board: "Board") -> int:
    from review_board.review.scope import due_count

    return due_count(board)


def _check(call: "Invocation") -> None:
    """Read now what the options say, so that what is wrong is told while the terminal is plain."""
    call.via = "board"
    for name in ("path", "by", "fixed_day"):
        getattr(call, name)
