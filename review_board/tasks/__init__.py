"""Lists what to do next over an open board: what is due, what pays best, which quotes lie open."""
