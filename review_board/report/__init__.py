"""Tells what a review, or a span of days, decided, what it changed and what is to be done.

``prepare`` collects the facts from an open board; ``build`` makes sections of typed values from
them; ``values`` says once how a value reads; ``formats`` lay the sections out.
"""
