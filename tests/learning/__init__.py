"""Tests of what the past teaches."""
