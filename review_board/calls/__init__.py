"""Records a contact after a call: the line and its grammar, its preview, what it changes.

``entry`` is the contact itself, whoever typed it. ``recorder`` works on an open board; every other
module is pure.
"""
