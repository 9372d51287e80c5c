"""What the record proves: evidence, rules in order, contact pressure, a recommendation.

This room is pure. It knows the records below it and the settings it is handed; it knows no clock,
no file and no screen. A recommendation is a function of (prospect, today, rules) and nothing else.
"""
