"""What any number of workers share: a queue of articles in PostgreSQL, kept by an engine that exists."""
