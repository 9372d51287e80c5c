"""Where a pipeline lives: a TinyDB file, and beside it a ledger that makes every change durable.

The room knows documents, commits and files; what a prospect is, it does not know. A commit is
acknowledged once its line in the ledger is fsynced; the TinyDB file follows at checkpoints. Any
number of processes may have a pipeline open: writers take turns by a lock, readers take none, and
two people who change the same field are told of each other. ``MemoryStore`` keeps the same promise
without a disk. Only this package imports TinyDB.
"""
