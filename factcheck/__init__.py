"""Claims out of articles, a review queue in SQLite, verdict reports out of the queue."""

__version__ = "0.1.0"
