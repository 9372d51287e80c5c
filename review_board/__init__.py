"""review_board: a terminal pipeline review board. Keep or purge, by the buyer's evidence.

One core, two front doors. From the bottom up: ``errors``, ``pipeline`` (what a prospect is),
``settings``, ``judgement`` (what its record proves), ``review`` (a session over many), ``exchange``
and ``store`` (files), ``board`` (an open pipeline), and the doors ``tui`` and ``cli``. Arrows point
down only. Nothing is imported here, so that a command line pays for what it uses.
"""
