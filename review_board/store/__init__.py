"""Where a pipeline lives: a TinyDB file, and beside it a ledger that makes every change durable.

The room knows documents, commits and files; of prospects it knows only the old names of fields. A
commit is acknowledged once its line in the ledger is fsynced; the TinyDB file follows at
checkpoints. Any number of processes may have a pipeline open: writers take turns by a lock, readers
take none, and two people who change the same field hear of each other. Only this package imports
TinyDB; the tests have a store that keeps the same promise in memory.

``protocol`` is what the rest of the program sees; ``file_store`` keeps it. A line of
the ledger is ``codec``, the data file ``contents`` and ``datafile``; ``open_pipeline`` reads both as
one, and ``followed_files`` goes on reading while others write. ``doctor`` finds what is wrong,
``repairs`` puts it right. ``compacting`` moves old history into an
``archive``; ``forgotten`` and ``erase_files`` erase somebody.
"""
