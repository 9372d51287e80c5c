"""Runs the weekly session over many prospects: scope, queue, verdicts, progress and summary.

``controller`` leads one person through an open board. ``session``, ``verdicts``, ``proposals``,
``overruling`` and ``summary`` are pure: they are handed evidence and give back values.
"""
