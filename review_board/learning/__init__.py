"""Tells what the past teaches: today's rules replayed on it, and what became of earlier verdicts.

``from_ledger`` reads the histories out of an open board; every other module is pure.
"""
