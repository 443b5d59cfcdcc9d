"""Sentences with exact offsets, and quotes found again in them. No model, no I/O."""
