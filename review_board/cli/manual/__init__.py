"""The manual: the pages of ``docs/``, as the terminal shows them and as the man page has them.

``pages`` finds them, ``blocks`` reads their Markdown, ``plain_text`` and ``roff`` write it anew.
"""
