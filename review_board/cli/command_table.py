"""Which commands there are, where they live, and what the help says of them; a message that names some."""

import re
from typing import NamedTuple

APP = "review-board"
"""How the program is called."""
WITHOUT_PIPELINE = {"demo", "config", "schema", "help"}
"""Commands that are about no pipeline."""


class CommandEntry(NamedTuple):
    """Where a command lives, under its name (with ``_`` where Python has that); its line in the help."""

    module: str
    help: str


SECTIONS: dict[str, dict[str, CommandEntry]] = {
    "The board": {
        "review": CommandEntry("opening", "Go through what is to review, one at a time."),
        "pair": CommandEntry("opening", "Review with somebody else: pair start, pair join."),
        "demo": CommandEntry("opening", "Open a copy of a sample pipeline, safe to play with."),
    },
    "The hour": {
        "due": CommandEntry("tasks", "What is due today or late."),
        "best": CommandEntry("tasks", "The best use of the next hour: whom to call."),
        "quotes": CommandEntry("tasks", "Quotes followed up too seldom, and what they are worth."),
        "calendar": CommandEntry("calendar", "What has a day ahead, as a calendar file."),
    },
    "Deciding": {
        "keep": CommandEntry("deciding", "Keep it in Active, with a dated next step."),
        "callback": CommandEntry("deciding", "Keep it for a callback on a day."),
        "nurture": CommandEntry("deciding", "Purge it to Nurture: stop selling to it."),
        "drop": CommandEntry("deciding", "Purge it to Dropped, for a reason."),
    },
    "One change": {
        "add": CommandEntry("adding", "Add a prospect."),
        "edit": CommandEntry("adding", "Change plain fields of a prospect."),
        "log": CommandEntry("calls", "Record a contact: log 'lakeside vm \"left word\"'."),
        "contact": CommandEntry("contacts", "The people of a prospect: add, edit, remove."),
        "note": CommandEntry("calls", "Write a note; it does not count as a contact."),
        "move": CommandEntry("moving", "Move a prospect to another column."),
        "won": CommandEntry("moving", "It was bought: out of the columns, into the view Won."),
        "answer": CommandEntry("moving", "Answer a qualification question."),
        "merge": CommandEntry(
            "merging", "Two prospects that are one: merge the second into the first."
        ),
        "undo": CommandEntry("history", "Take back your last changes."),
        "redo": CommandEntry("history", "Make again what you took back last."),
    },
    "Reading": {
        "list": CommandEntry("listing", "List prospects by column, the most valuable first."),
        "show": CommandEntry("showing", "All that is on record about a prospect."),
        "explain": CommandEntry("showing", "What should become of it, and why."),
        "history": CommandEntry("history", "Who changed what, the newest first."),
        "duplicates": CommandEntry("merging", "Pairs of prospects that may be one, and why."),
        "report": CommandEntry("report", "What a review decided, and what is to be done."),
        "changes": CommandEntry(
            "looking_back", "What came in, moved, was put off, purged or won since a day."
        ),
        "stats": CommandEntry("looking_back", "The pipeline week by week, and rep by rep."),
    },
    "Learning": {
        "calibrate": CommandEntry("learning", "What became of earlier verdicts: our own figures."),
        "backtest": CommandEntry(
            "learning", "Replay the past by today's rules, or by changed ones."
        ),
    },
    "Files": {
        "import": CommandEntry("files", "Take in a list (Excel, CSV, JSON, cards)."),
        "export": CommandEntry("exporting", "Prospects to CSV, Excel, JSON, cards or a CRM."),
        "forget": CommandEntry("forgetting", "Erase a prospect from every file, for ever."),
        "doctor": CommandEntry("doctor", "Check the pipeline's files; mend them when asked."),
        "config": CommandEntry("config", "All settings in force, and what one means: config KEY."),
        "schema": CommandEntry("showing", "The JSON Schema of a stored prospect."),
    },
    "The manual": {
        "help": CommandEntry("help", "Show a page of the manual: help review, help settings."),
    },
}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


def on_a_pipeline(text: str, command: str) -> str:
    """Return a message with its commands as they are typed for one pipeline; ``--help`` needs none."""
    names = {name for section in SECTIONS.values() for name in section} - WITHOUT_PIPELINE
    named = rf"\b{APP} (?=(?:{'|'.join(names)})\b(?! --help))"
    return re.sub(named, lambda _: f"{command} ", text)
