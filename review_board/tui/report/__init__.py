"""Shows the report of a review."""
