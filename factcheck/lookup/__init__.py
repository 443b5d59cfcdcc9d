"""Searches that are asked for a claim: each is an adapter of a few lines behind one port."""
