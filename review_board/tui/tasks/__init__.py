"""Shows the lists of what is due, what pays best and which quotes lie open."""
