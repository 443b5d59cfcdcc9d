"""The marks of headings, quotes and lists in a text that is stored as it was written."""

import re
from collections.abc import Iterable

from factcheck.domain.sentence import Sentence

_MARK = re.compile(r"[ \t]*(?:#{1,6}|>|[-*+•])[ \t]*")


def hide_marks(text: str, sentences: Iterable[Sentence]) -> str:
    """The text with blanks in place of the marks before its sentences; its length stays. Numbers of lists stay."""
    shown, at = [], 0
    for sentence in sentences:
        begin = max(at, text.rfind("\n", 0, sentence.span.start) + 1)
        if _MARK.fullmatch(text, begin, sentence.span.start):
            shown += [text[at:begin], " " * (sentence.span.start - begin)]
            at = sentence.span.start
    return "".join((*shown, text[at:]))
