"""Every setting of the program, typed: its default, its range, and what it means.

The tree is read once, from a TOML file and the environment that is handed in, and passed on from
there; nothing here looks for either. An unknown name or a bad value is an error that names the file,
the line and the nearest valid name. ``override(settings, ["thresholds.recent_days=20"])`` gives the
same settings with other values on top.
"""
