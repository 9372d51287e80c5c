"""Every setting of the program, typed: its default, its range, and what it means.

The tree is read once, from a TOML file and the environment that is handed in, and passed on from
there; nothing here looks for either. An unknown name or a bad value is an error that names the file,
the line and the nearest valid name. ``override(settings, ["thresholds.recent_days=20"])`` gives the
same settings with other values on top.

``setting_groups`` has the groups and ``tree`` all of them; ``ready_defaults`` stands for the tree where
nothing is set. ``reading`` reads a file and ``assignments`` single texts, ``faults`` says what is wrong,
``loaded`` what was set where. ``descriptions`` explains every setting.
"""
