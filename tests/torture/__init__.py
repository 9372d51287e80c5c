"""Torture of the store: every file call fails in turn, processes are killed, many race at once.

``python -m tests.torture`` runs all of it; the tests run a sample.
"""
