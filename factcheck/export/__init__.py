"""Reports and records as text: Markdown, JSON, CSV. Text in, text out; no files."""
