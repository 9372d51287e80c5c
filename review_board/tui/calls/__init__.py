"""Asks for the after-call line, and previews it while it is typed."""
