"""A journey through a real OpenSSH server: ``python -m tests.ssh``, never part of the usual run."""
