"""Tells when a prospect is due for review, in which order, and what it asks of us. Pure."""
