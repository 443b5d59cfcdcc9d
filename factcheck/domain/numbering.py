"""How far the numbers of claims, articles and all else at a desk go."""

LAST_NUMBER = 2**31 - 1
"""PostgreSQL counts no further; a file numbers its rows one after the other, too."""
