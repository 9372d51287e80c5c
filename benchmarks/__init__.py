"""How fast and how small: every figure beside its reference, measured in the same run.

``python -m benchmarks`` prints one table; ``docs/performance.md`` says what its rows mean. A
benchmark takes a ``Stage`` (pipelines, open terminals, how much to do) and gives ``Row``s. Nothing here
is asserted by a test: machines differ, so a row carries a ratio and an aim, and the reader judges.
"""
