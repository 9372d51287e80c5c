"""The screens of a pair review: the card both see, the blind vote, the reveal, and how a split is settled.

What may happen is decided in ``pair``; here it is shown and asked for. While a vote is blind no screen
shows what the record advises, an earlier verdict, or what the other voted.
"""
