"""What a prospect is and what can happen to it: frozen records, money, dates, vocabulary.

This is the lowest room of the house. It knows pydantic and nothing else of the project but its
errors and how counts are worded: no files, no clock, no screen. Everything above speaks in its terms.
"""
