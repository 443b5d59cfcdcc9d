"""What a correction changes in a claim's words, word by word."""

import re
from difflib import SequenceMatcher

from factcheck.screen.passages import Ink, Passage, harmless, joined, own

_MOST_WORDS = 400


def difference(before: str, after: str) -> Passage:
    """Both texts in one: words that go are struck out in `[-…-]`, words that come underlined in `{+…+}`."""
    old, new = (re.findall(r"\S+", harmless(text))[:_MOST_WORDS] for text in (before, after))
    stretches: list[Passage] = []
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            stretches.append(own(" ".join(old[first:last])))
            continue
        if first < last:
            stretches.append(own(f"[-{' '.join(old[first:last])}-]", Ink.REMOVED))
        if start < end:
            stretches.append(own(f"{{+{' '.join(new[start:end])}+}}", Ink.ADDED))
    return joined(stretches, " ")
