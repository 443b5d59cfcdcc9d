"""English verbs that are known by their forms alone."""

from factcheck.text.folding import words

AUXILIARIES = frozenset(words("""
    is are was were has have had will would can could may might must should did does do isn't aren't wasn't weren't
    hasn't haven't hadn't won't can't didn't doesn't don't
"""))  # fmt: skip
"""Verbs that a subject stands before, whatever follows; of those with `not` the commonest."""

PASTS = (
    "went", "became", "won", "left", "made", "took", "gave", "wrote", "ran", "led", "met", "held", "began", "fell",
    "rose", "grew", "sold", "bought", "built", "lost", "found", "spoke", "came", "flew", "fled", "shot",
)  # fmt: skip
"""Irregular pasts that news is full of, and that are hardly ever anything else."""
