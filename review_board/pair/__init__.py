"""Runs a review by two people at two terminals: blind votes, one reveal, and one joint verdict.

``session`` is the state and what may happen to it, ``settling`` what two votes come to, ``vote`` and
``sealing`` what keeps a vote secret until both are in: all pure, with moments and random bytes
passed in. ``beginning``, ``view`` (how it stands) and ``controller`` (what is done) join them to an
open board, one controller in each process.
"""
