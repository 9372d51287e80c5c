"""Lays a report out: Markdown, HTML, JSON, plain text and calendar files."""
