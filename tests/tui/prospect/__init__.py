"""Tests of a prospect's page."""
