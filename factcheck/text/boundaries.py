"""Where sentences begin in a paragraph: what sentencex finds, put right at quotations and abbreviations."""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from factcheck.text.quotations import lay_quotation_marks_aside

_NONBLANK = re.compile(r"\S")
# Possessive (`*+`), so that a thousand blanks before anything else are not tried one by one.
_BEHIND_QUOTATION = re.compile(
    r"""
    (?<!\s) [.!?…。！？] | \s*+ [,;，]
    | \s*+ (?:[A-Z][\w.'’-]*\ ){1,3} (?:said|says|asked|asks|added|replied|shouted|wrote|told\ \w+) [.,]
    | [^\W\d_]{1,8} (?:说|說|问|問|称|稱|表示|[说說问問]道) (?:。|，(?![“「『]))       # he says, but not: and says, “…
    | と | って | など
    | [\s–—-]*+ (?P<first>\w)
    """,
    re.VERBOSE,
)
# What sentencex takes for the end of a sentence, though a capital follows.
_NO_END = {
    "en": re.compile(r"\b(?:Ms|Atty)\.$"),
    "de": re.compile(
        r"\b(?:[Ii]m|[Aa]m|[Dd]er|[Dd]es|[Dd]em|[Dd]en|[Dd]ie|[Dd]as|[Zz]um|[Zz]ur|[Vv]om|[Bb]eim)\s\d{1,3}\.$"
        r"|\b(?:Abs|Bd|Okt|Dez|geb|gest|inkl|Hrsg)\.$",
    ),
}
_LONGEST_NO_END = 12


def sentence_begins(words: str, language: str) -> Iterator[int]:
    """The offset of each sentence's first character, the first of them 0; blanks before it may be its own.

    A quotation of several sentences is divided, and a closing mark stays with the sentence that it closes.
    """
    unquoted = lay_quotation_marks_aside(words)
    yield 0
    for boundary in get_sentence_boundaries(language, unquoted.text):
        # A paragraph's break is a segment of its own to sentencex: the word behind it begins the sentence.
        first = _NONBLANK.search(unquoted.text, boundary["start_index"])
        begin = unquoted.begin(first.start()) if first else 0
        is_quoted = begin - 1 in unquoted.closing
        if begin and not (_tells_who_said(words, begin) if is_quoted else _is_inside(words, begin, language)):
            yield begin


def _tells_who_said(words: str, begin: int) -> bool:
    """Whether what follows a quotation belongs to its sentence, as `he asked` does behind `“Why?”`."""
    follows = _BEHIND_QUOTATION.match(words, begin)
    return follows is not None and (follows["first"] is None or follows["first"].islower())


def _is_inside(words: str, begin: int, language: str) -> bool:
    """Whether the full stop parts two letters or figures, as in `LL.AA.` and `3.Arroz`, or abbreviates."""
    first = words[begin]
    if words[begin - 1] == "." and (first.isdecimal() or first.lower() != first.upper()):
        return True
    no_end = _NO_END.get(language)
    return bool(no_end and no_end.search(words[max(0, begin - _LONGEST_NO_END) : begin].rstrip()))
