"""The palette: one line to find every command, prospect, view, theme and pipeline by its words.

``matching`` decides what fits, ``commands`` says what there is and by which other words that is
found, ``screen`` shows it.
"""
