"""Short questions to the user: each dialog is dismissed with a small frozen draft, or ``None``.

A dialog reads and checks what was typed; what becomes of it is its caller's business. Enter accepts
when everything is valid, esc takes back, and an error points at the word that is wrong.
"""
