"""When a prospect is due for review, in which order they come, and what each asks of us. Pure."""
