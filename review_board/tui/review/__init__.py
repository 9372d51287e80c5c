"""Review mode: one screen, updated in place, that puts a card before somebody until it is settled.

The texts are built by pure functions from the recommendation; the screen shows them and listens.
What a verdict demands is decided by the review floor below, not here.
"""
