"""What the palette offers on a screen: its keys, views, themes, settings and pipelines."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from textual.screen import Screen

from review_board.board.board import Board
from review_board.board.filters import NO_FILTER
from review_board.board.find import facts, found_by
from review_board.settings.setting_groups import PACK_SIZES
from review_board.tui.app_protocol import PipelineApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.density import DENSITIES, density_of, set_density
from review_board.tui.footer_keys import app_bindings, key_name, own_bindings
from review_board.tui.keep_setting import keep_setting
from review_board.tui.palette.matching import Command, people_first
from review_board.tui.save_as_file import export, export_calendar
from review_board.tui.show_errors import attempt_later
from review_board.tui.switching import switch, switch_to
from review_board.tui.theme import BLUE_ORANGE, THEMES
from review_board.tui.who_am_i import ask_who
from review_board.wording import several

SELLERS_WORDS: Mapping[str, str] = {
    "Add": "new create lead deal customer company",
    "Best hour": "whom call priority important",
    "Calendar": "outlook google appointments export save",
    "Callback": "call back later postpone wait",
    "Changes": "news history week month quarter since imported",
    "Config": "settings options preferences currency language timezone holidays vacation working days",
    "Contact": "log call phone called rang email mail meeting visit voicemail talked wrote",
    "Copy": "phone number mobile telephone mail email address clipboard",
    "Details": "show page info",
    "Doctor": "repair broken damaged error file",
    "Drop": "lost lose dead close delete remove",
    "Due": "who owes owed today tasks todo reminders overdue late follow up",
    "Edit": "amount value price money worth weighted probability chance stage name rename company close date sites",
    "Export": "save backup send download print paper pdf spreadsheet excel csv",
    "Export for a CRM": "hubspot salesforce pipedrive send save",
    "Filter": "search find look",
    "Forget": "delete remove erase privacy gdpr",
    "Help": "keys shortcuts manual how",
    "History": "log audit who changed",
    "Import": "upload load list excel csv hubspot salesforce crm",
    "Mailing list": "newsletter send mail emails addresses",
    "Manual": "password login rights",
    "Mark": "select several bulk",
    "Merge": "duplicates double twice same",
    "Mine": "my own",
    "Move left": "column stage",
    "Move right": "column stage",
    "Next step": "appointment meeting demo schedule plan task todo reminder follow up",
    "Note": "comment remark memo text",
    "Nurture": "later newsletter keep in touch",
    "Open": "show page details",
    "Owner": "assign give hand over colleague rep salesperson",
    "Pair review": "together colleague manager boss",
    "People": "phone number mobile telephone mail email address person decision maker",
    "Pipelines": "file open switch list",
    "Quit": "exit close leave end",
    "Quotes": "offers proposals price",
    "Report": "boss manager print paper pdf summary meeting send",
    "Sample": "demo example tutorial test practice",
    "Statistics": "figures numbers weighted forecast trend chart boss manager team quarter who owes money value",
    "Tags": "label group",
    "Timeline": "people phone number mobile mail email history page",
    "Undo": "mistake wrong revert restore",
    "Views": "saved list",
    "Who am I": "my name me login user account password",
    "Won": "sold sale bought order signed closed win",
    "Write": "save print paper pdf export send mail boss",
}
"""The seller's words by the name of a command, on whatever screen it is offered."""


Work = Coroutine[Any, Any, object]

LEAST_OF_A_NAME = 2
"""Letters from which prospects are looked for."""


def commands_on(app: PipelineApp, screen: Screen[Any]) -> list[Command]:
    """Return every command on a screen but the prospects, in the order in which they are shown."""
    on_board = _on_board(app, screen) if isinstance(screen, BoardScreen) else ()
    looks = (*_themes(app), *_densities(app, screen))
    outside = (*_written(app, screen), *_typed(app)) if app.rights.may_use_shell else ()
    found = (*_keys(screen), *on_board, *looks, *outside)
    return [replace(c, also=f"{c.also} {SELLERS_WORDS.get(c.name, '')}") for c in found]


def prospects_named(app: PipelineApp, screen: Screen[Any], typed: str) -> list[Command]:
    """Return the prospects that have the words: the board's cursor goes there, else their page opens."""
    from review_board.pipeline.text import fold, typed_words

    board, words = app.board, typed_words(typed)
    if board is None or len("".join(fold(typed).split())) < LEAST_OF_A_NAME:
        return []

    def go(prospect_id: str) -> None:
        if not (isinstance(screen, BoardScreen) and screen.go_to_card(prospect_id)):
            app.open_prospect(prospect_id)

    found = people_first(board.search(words), typed)
    return [
        Command(
            e.who,
            ", ".join(filter(None, (found_by(e, typed), *facts(board, e)))),
            partial(go, e.id),
        )
        for e in found
    ]


def _keys(screen: Screen[Any]) -> Iterator[Command]:
    whole = screen.app
    for place, bindings in ((screen, own_bindings(screen)), (whole, app_bindings(whole))):
        for binding in bindings:
            if binding.id and binding.id != "app.palette":
                keys = " ".join(key_name(key.strip()) for key in binding.key.split(","))
                run = partial(place.run_action, binding.action)
                yield Command(binding.description, binding.tooltip, run, keys)


A_SETTING = "setting settings preferences"
"""By what else a choice is found that the settings remember."""
TYPED: Mapping[str, tuple[str, str]] = {
    "Export for a CRM": (
        "export --for hubspot FILE.csv",
        "decisions back to HubSpot, Salesforce or Pipedrive",
    ),
    "Mailing list": ("export --mailing monthly-email FILE.csv", "whom a nurture track writes to"),
    "Forget": ("forget WHO", "erase or delete a prospect from every file, for ever"),
    "Config": ("config", "the settings in force; config KEY explains one"),
    "Doctor": ("doctor", "check the files of the pipeline, and mend them when asked"),
    "History": ("history WHO", "who changed what, the newest first"),
    "Calibrate": ("calibrate", "what became of earlier verdicts: your own figures"),
    "Backtest": ("backtest", "the past by today's rules, or by changed ones"),
    "Manual": ("help", "the pages of the manual"),
}
"""What only the command line does: how it is typed there, and what it does."""


def _typed(app: PipelineApp) -> Iterator[Command]:
    """Yield what only the command line does; choosing one says what to type there."""
    for name, (line, words) in TYPED.items():
        command = f"review-board {line}"
        said = f"Not on the board: type {command} in a shell"
        yield Command(name, f"{words}: {command}", partial(app.notify, said))


def _written(app: PipelineApp, screen: Screen[Any]) -> Iterator[Command]:
    """Yield what the app writes to a file: the prospects, and what has a day as a calendar."""

    def begin(work: Callable[..., Work]) -> None:
        if app.board:
            screen.run_worker(attempt_later(app, work(app, app.board, screen), ""))

    words = "all prospects to a file: CSV, Excel, JSON, contact cards"
    yield Command("Export", words, partial(begin, _export))
    words = "what has a day ahead, to a calendar file (.ics)"
    yield Command("Calendar", words, partial(begin, _calendar))


async def _export(app: PipelineApp, board: Board, _: Screen[Any]) -> None:
    await export(app, board)


async def _calendar(app: PipelineApp, board: Board, screen: Screen[Any]) -> None:
    shown = screen.shown if isinstance(screen, BoardScreen) else (NO_FILTER, False)
    await export_calendar(app, board, *shown)


def _on_board(app: PipelineApp, screen: BoardScreen) -> Iterator[Command]:
    """Yield what is offered on the board alone, where nothing is under way: views, pipelines, packs."""
    for view in screen.views:
        show = partial(screen.show_view, view)
        yield Command(f"View: {view.name}", view.meaning or view.words, show)
    if app.board is None or app.pipelines is None:
        return
    for path in app.pipelines.recent():
        if path != app.pipelines.current:
            words = f"the pipeline in {path}, opened before"
            yield Command(f"Open: {path.stem}", words, _later(screen, switch_to, app, path))
    words = f"you are {app.board.by} here: say which of the owners you are"
    yield Command("Who am I", words, _later(screen, ask_who, app), also=A_SETTING)
    for pack in PACK_SIZES if app.setting_keeper else ():
        now = ", in use now" if pack == app.board.settings.questions.pack else ""
        words = f"a review asks its {several(PACK_SIZES[pack], 'question')}{now}"
        choose = _later(screen, _choose_pack, app, pack)
        yield Command(f"Question set: {pack}", words, choose, also=A_SETTING)


def _later(screen: BoardScreen, work: Callable[..., Work], *given: Any) -> Callable[[], None]:
    return lambda: screen.begin(work(*given))


async def _choose_pack(app: PipelineApp, pack: str) -> None:
    """Open the pipeline anew, so that all is judged by another question pack, and remember that."""
    assert app.pipelines
    await switch(app, app.pipelines.asking(pack))
    app.notify(f"Questions of {pack}{keep_setting(app, 'questions.pack', pack)}")


def _themes(app: PipelineApp) -> Iterator[Command]:
    """Yield every theme, ours first."""
    ours = {theme.name: theme for theme in THEMES}
    for name, theme in (ours | app.available_themes).items():
        words = "the terminal's own colours" if theme.ansi else "dark" if theme.dark else "light"
        words += ", for the colour-blind" if name == BLUE_ORANGE.name else ""
        now = ", in use now" if name == app.theme else ""
        choose = partial(choose_theme, app, name)
        yield Command(f"Theme: {name}", f"{words}{now}", choose, also=f"colours {A_SETTING}")


def _densities(app: PipelineApp, screen: Screen[Any]) -> Iterator[Command]:
    """Yield how close cards and lines may stand."""
    for name, words in DENSITIES.items():
        now = ", in use now" if name == density_of(screen.app) else ""
        choose = partial(choose_density, app, screen, name)
        yield Command(
            f"Density: {name}", f"{words}{now}", choose, also=f"close cards lines {A_SETTING}"
        )


def choose_density(app: PipelineApp, screen: Screen[Any], name: str) -> None:
    """Show cards and lines as close as that, and remember it in the settings where there is a place."""
    set_density(screen.app, name)
    app.notify(f"Density {name}{keep_setting(app, 'density', name)}")


def choose_theme(app: PipelineApp, name: str) -> None:
    """Show the colours of a theme, and remember it in the settings where there is a place for it."""
    app.theme = name
    app.notify(f"Theme {name}{keep_setting(app, 'theme', name)}")
