"""The manual: the pages of ``docs/``, as the terminal shows them.

``pages`` finds them, ``blocks`` reads their Markdown, also for the man page, and ``plain_text`` writes
it anew.
"""
