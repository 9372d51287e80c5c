"""The keys of the board. The first eight that are shown stand in the footer at 80 columns."""

from textual.binding import BindingType

from review_board.tui.screen_keys import KeyMaker, copy_key, people_key, verdict_keys, won_key

_key = KeyMaker("board")


BOARD_KEYS: list[BindingType] = [
    _key("enter", "open", "Open", "open", "Everything on record, and the reasons", show=True),
    _key("c", "act('log')", "Contact", "log", "Log a contact: a letter, then enter", show=True),
    _key("a", "add", "Add", "add", "A new prospect: a name is enough", show=True),
    _key("H", "move(-1)", "Move left", "left", "One column to the left"),
    _key("L", "move(1)", "Move right", "right", "One column to the right; reopens what was won", show=True),
    _key("slash", "filter", "Filter", "filter", "Show only what fits: words, owner:ann, value>10k, review:yes", show=True),
    _key("r", "review", "Review", "review", "Step through what is to review", show=True),
    _key("P", "pair", "Pair review", "pair", "Join the pair review that somebody started, or start one"),
    _key("u", "undo", "Undo", "undo", "Take back your last change", show=True),
    _key("question_mark", "app.help", "Help", "help", "All keys", show=True),
    _key("semicolon", "line", "Line", "line", 'All of a call in one line: vm "left word" >call fri', show=True),
    _key("n", "act('note')", "Note", "note", "Write a note; it does not count as a contact", show=True),
    _key("e", "act('edit')", "Edit", "edit", "Change the plain fields", show=True),
    _key("i", "detail", "Details", "detail", "Show the card in use beside the board, or not, from 140 columns on"),
    _key("tab", "pane", "Read details", "read", "Scroll all details of the card in use; again to go back"),
    people_key("board"),
    copy_key("board"),
    *verdict_keys("board", ("keep", "keep_callback", "purge_nurture", "drop")),
    _key("x", "together('next_steps')", "Next step", "step", "What we do next, and when; of all marked at once", show=True),
    won_key("board"),
    _key("space", "mark", "Mark", "mark", "Mark cards to decide or change them together", show=True),
    _key("V", "range", "Mark a range", "range", "Mark from here to where you move; again ends it"),
    _key("A", "mark_all", "Mark all", "mark_all", "Mark all cards in the filter, or unmark all"),
    _key("E", "merge", "Merge", "merge", "Merge two marked ones; without marks, likely duplicates"),
    _key("o", "together('owner')", "Owner", "owner", "Change whose the card or all marked are"),
    _key("t", "together('tags')", "Tags", "tags", "Add tags to the card or all marked, or take off"),
    _key("m", "mine", "Mine", "mine", "Only my prospects, or everybody's", show=True),
    _key("d", "agenda(0)", "Due", "due", "What is due today or late", show=True),
    _key("b", "agenda(1)", "Best hour", "best", "The best use of the next hour", show=True),
    _key("Q", "agenda(2)", "Quotes", "quotes", "Quotes followed up too seldom", show=True),
    _key("s", "choose('order')", "Sort", "sort", "The order of the cards", show=True),
    _key("v", "choose('view')", "Views", "views", "A filter with an order, by its name", show=True),
    _key("R", "report", "Report", "report", "The report of your last review, else of anybody's", show=True),
    _key("O", "open_pipeline", "Pipelines", "pipelines", "Open another pipeline in place of this one"),
    _key("w", "changes", "Changes", "changes", "What changed since a day or the last review"),
    _key("S", "stats", "Statistics", "stats", "The pipeline week by week and rep by rep"),
    _key("T", "sample", "Sample", "sample", "Try a sample pipeline, safe to play with"),
    _key("I", "import", "Import", "import", "Take in a list (Excel, CSV), after a look at what comes in"),
    _key("U", "app.redo", "Redo", "redo", "Make again what was taken back"),
    _key("j,down", "step_down(1)", "Down", "down", "The next card"),
    _key("k,up", "step_down(-1)", "Up", "up", "The card before"),
    _key("h,left", "across(-1)", "Left", "go_left", "The column to the left"),
    _key("l,right", "across(1)", "Right", "go_right", "The column to the right"),
    _key("1", "column(0)", "Active", "active", "To the first column"),
    _key("2", "column(1)", "Callback", "callback", "To the second column"),
    _key("3", "column(2)", "Nurture", "nurture", "To the third column"),
    _key("4", "column(3)", "Dropped", "dropped", "To the fourth column"),
    _key("g,home", "step_down(-1000000)", "First", "first", "The first card of the column"),
    _key("G,end", "step_down(1000000)", "Last", "last", "The last card of the column"),
    _key("pagedown", "pages(1)", "Page down", "page_down", "A page down"),
    _key("pageup", "pages(-1)", "Page up", "page_up", "A page up"),
    _key("escape", "clear", "Clear", "clear", "Clear filter, mine and marks; the order stays"),
    _key("q", "app.leave", "Quit", "quit", "Save and leave"),
]  # fmt: skip

IN_DETAILS = {
    "board.read": "Cards",
    "board.down": "",
    "board.up": "",
    "board.open": "",
    "board.log": "",
    "board.note": "",
    "board.copy": "",
    "board.help": "",
    "board.page_down": "",
    "board.detail": "Hide details",
}
"""What the footer shows once the details are entered, with other words than usual for some."""
WITH_MARKS = {
    "board.mark": "",
    "board.keep": "",
    "board.keep_callback": "",
    "board.purge_nurture": "",
    "board.drop": "",
    "board.step": "Step",
    "board.owner": "",
    "board.clear": "Unmark",
    "board.tags": "",
    "board.merge": "",
    "board.mark_all": "",
    "board.help": "",
}
"""What it shows while cards are marked."""
ON_EMPTY = dict.fromkeys(
    ("board.add", "board.import", "board.sample", "board.pipelines", "board.help", "board.quit"), ""
)
"""What it shows on an empty board: the ways to begin."""
WITHOUT_CARD = (
    *("board.add", "board.filter", "board.clear", "board.review", "board.undo", "board.help"),
    *("board.views", "board.mine", "board.due", "board.best", "board.quotes", "board.sort"),
)
"""What it shows in a column without a card: nothing that would be done to one."""
