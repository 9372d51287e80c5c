"""Reads the after-call line: its grammar, its preview, and what it changes on a prospect.

``preview`` works on an open board; every other module is pure.
"""
