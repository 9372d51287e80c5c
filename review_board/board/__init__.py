"""Opens a pipeline, keeps it fresh, commits changes and takes them back: the one door to the core.

The room knows the store, the judgement and the records; it knows no screen and no command line. Both
front doors read through it, change through it and hear of every change from it.
"""
