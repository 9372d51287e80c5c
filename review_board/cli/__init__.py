"""The command line: one change or one answer a call, in plain text or JSON.

It reads and changes through ``Board`` and decides nothing itself. Every module here imports late, so
that ``--help`` costs no pydantic and no command but the board and the review costs Textual.
"""
