"""review_board: a terminal pipeline review board. Keep or purge, by the buyer's evidence.

One core, two doors: ``tui`` and ``cli``. ``docs/architecture.md`` draws the rooms; each knows only
those below it. Nothing is imported here, so that a command line pays for what it uses.
"""
