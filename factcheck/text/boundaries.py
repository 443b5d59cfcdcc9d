"""Where sentences end: what sentencex finds, put right by what stands on both sides of each full stop."""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from factcheck.text.quotations import lay_quotation_marks_aside
from factcheck.text.stops import Stop, ends_sentence

_NONBLANK = re.compile(r"\S")
# Possessive (`*+`), so that a thousand blanks before anything else are not tried one by one.
_BEHIND_QUOTATION = re.compile(
    r"""
    (?<!\s) [.!?…。！？] | \s*+ [,;，]
    | \s*+ (?:[A-Z][\w.'’-]*\ ){1,3} (?:said|says|asked|asks|added|replied|shouted|wrote|told\ \w+) [.,]
    | (?<=[!?].) \s*+ (?:[A-Z][\w.'’-]*\ ){1,3} (?:asked|cried|replied|shouted|wrote|yelled) \ (?:at|to|as|from|over)\b
    | [^\W\d_]{1,8} (?:说|說|问|問|称|稱|表示|[说說问問]道) (?:。|，(?![“「『]))       # he says, but not: and says, “…
    | と | って | など
    | \s*+ [–—-]?+ \s*+ (?=[A-Z]) [^.!?…。\n]{2,100} $                               # whose it is: – Ada Smith
    | [\s–—-]*+ (?P<first>\w)
    """,
    re.VERBOSE,
)
# Where a sentence may end though sentencex is silent: a full stop or ellipsis before a word, or one without its blank.
_STOP = re.compile(
    r"""
    (?<![.…]) [.…]++ (?: \[[^\[\]]{1,30}\] )*+ [)\]⁰¹²³⁴-⁹]*+ \s++ (?=[^\w\s]{0,2}\w)
    | (?<![។៕෴]) [។៕෴]++ \s*+ (?=\w)
    | (?: (?<=[^\W\d_]{3}\.) | (?<=\d{4}\.) | (?<=[%)\]]\.) ) (?=[^\W\d_]{1,30}\s)
    """,
    re.VERBOSE,
)
_AROUND = 80  # characters looked at on each side
_PIECE, _CONTEXT = 6_000, 1_000  # characters given to sentencex at once, and shown on both sides
_WORD = re.compile(r"[^\W_]")


def sentence_begins(words: str, language: str) -> Iterator[int]:
    """The offset of each sentence's first character, the first of them 0; a closing mark stays with its sentence."""
    unquoted, closing = lay_quotation_marks_aside(words)
    told = set(_told(unquoted, language))
    last = 0
    opening = _WORD.search(unquoted)
    yield 0
    for first in sorted(told | {match.end() for match in _STOP.finditer(unquoted)}):
        # It begins behind the last closing mark before its first word, with the blanks and opening marks between.
        begin = first
        while begin > last and unquoted[begin - 1].isspace() and begin - 1 not in closing:
            begin -= 1
        before = unquoted[max(last, begin - _AROUND) : begin].rstrip()
        if not before:
            continue
        if opening and opening.start() < last:
            opening = _WORD.search(unquoted, last)
        ends = ends_sentence(
            Stop(
                language,
                before,
                unquoted[first : first + _AROUND],
                is_apart=unquoted[first - 1].isspace(),
                is_small=opening is not None and opening[0].islower(),
            )
        )
        # Within brackets sentencex is silent by purpose.
        if ends is None or (first not in told and before.count("(") > before.count(")")):
            ends = first in told
        if ends and begin - 1 in closing:
            # What follows a quotation may belong to its sentence, as `he asked` does behind `“Why?”`.
            follows = _BEHIND_QUOTATION.match(words, begin)
            ends = follows is None or (follows["first"] is not None and not follows["first"].islower())
        if ends:
            yield begin
            last = begin


def _told(unquoted: str, language: str) -> Iterator[int]:
    """The offset of the first character that is not blank in each of sentencex's sentences.

    Its time grows with the third power of a paragraph that is full of backticks, and nothing interrupts it: a longer
    paragraph is given in pieces, each with what stands around it.
    """
    for begin in range(0, max(1, len(unquoted)), _PIECE):
        start, end = max(0, begin - _CONTEXT), begin + _PIECE
        for boundary in get_sentence_boundaries(language, unquoted[start : end + _CONTEXT]):
            at = start + boundary["start_index"]
            # A paragraph's break is a segment of its own to sentencex: the word behind it begins the sentence.
            if begin <= at < end and (first := _NONBLANK.search(unquoted, at)):
                yield first.start()
