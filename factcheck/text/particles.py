"""What German splits off its verbs and puts at the end of their clause: `wirft ihm vor, Geld zu nehmen`."""

import re

from factcheck.text.gloss_words import PARTICLES

_LAST = re.compile(rf"\s(?:{'|'.join(sorted(PARTICLES))})(?=[,.;:!?])")


def without_particles(text: str) -> str:
    """The text without them: this `vor` is no opposite of `nach`."""
    return _LAST.sub("", text)
