"""The page of one prospect: the facts with the advice, the timeline with filter and search, its people."""
