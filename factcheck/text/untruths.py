"""What a sentence calls untrue, by words before it or behind it: `it is a lie that …`, `…, which is false`. English."""

import re
from collections.abc import Iterator

from factcheck.text.folding import words
from factcheck.text.sayings import is_of_saying
from factcheck.text.verbs import root

_CALLED_SO = (
    "false untrue incorrect inaccurate erroneous mistaken bogus baseless unfounded groundless fabricated fictitious"
    " misleading debunked disproved disproven nonsensical unproven"
)
_LIES = (
    "lie hoax myth falsehood fiction fabrication fallacy misconception untruth nonsense misinformation disinformation"
)
_WRONGLY = "falsely wrongly mistakenly erroneously incorrectly inaccurately untruthfully misleadingly baselessly"
UNTRUTHS = frozenset(words(f"{_CALLED_SO} {_LIES} {_WRONGLY} fake hoaxes myths lied lying liar refuted pretended"))
"""Words by which a text says of something that it is not true; `lies` is what a town does, too."""

_ANY = "|".join(f"{_CALLED_SO} {_LIES}".split())
_THAT = r"\s+that\b(?!['’]|\s+\w+(?:[.,;!?]|\s+(?:in|on|at|by|with|during|as|from|for|of)\b|\s*$))"
"""A clause stands behind it: neither `that's` nor `that figure on Monday`."""
_BEFORE = re.compile(
    rf"""
    \b(?P<told>
        (?: {_ANY} ) {_THAT}
      | (?: not | hardly | never | far\s+from | by\s+no\s+means | \w+n['’]t ) (?:\s+\w+ly)?
        \s+ (?: true | the\s+case | correct | accurate | a\s+fact | proven | proved | clear | certain | sure ) {_THAT}
      | (?: lie[sd]? | lying ) (?:\s+(?:to\s+)?\w+)? {_THAT}
      | pretend(?:s|ed|ing)? (?:\s+that)? \b (?!\s+to\b)
      | (?: (?:disprov|refut|disput|fabricat)(?:e[sdn]?|ing) | (?:rebut|debunk|contest|retract|recant)\w* )
        (?:\s+(?:the|its|his|her|their|any|an?)\s+(?:\w+\s+){{0,2}}?\w+)? {_THAT}
      | (?: rul(?:e[sd]?|ing)\s+out | disagree[sd]? | disagreeing | (?:take|taking|took|taken)s?\s+back
          | ma(?:kes?|de|king)\s+up ) {_THAT}
      | (?: s[ck]eptical | doubtful | dubious | unconvinced | incredulous ) {_THAT}
      | (?: notion | illusion | delusion | insinuation | pretence | pretense | pretext ) s? {_THAT}
      | (?: {_ANY} | wrong | lied | lying ) \s+ (?: to | in | by | when\s+(?:the\s+)?\w+ ) \s+
        (?P<said>\w+)(?:\s+that)?\b
      | (?: {"|".join(_WRONGLY.split())} ) \s+ (?P<wrongly>\w+) (?: (?:\s+\w+)? {_THAT} | \b )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IS_SO = (
    r"\b(?:is|are|was|were|has\s+been|have\s+been)\s+(?:(?:an?|the|\w+ly|all|pure|just)\s+){0,2}"
    rf"(?:{_ANY}|not\s+true)\b"
)
_CALLED = re.compile(_IS_SO, re.IGNORECASE)
_BEHIND = re.compile(
    rf"""
    [,;:—–-]\s{{0,3}}+ (?:which|that|this|it)\s+ {_IS_SO}
    | ,\s (?:\w+\s){{1,3}}? (?: lied | (?:{"|".join(_WRONGLY.split())})\s\w+ ) (?=[.,;!?]|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(
    r"(?:that|(?:the\s+|any\s+|an?\s+)?(?:claim|report|rumou?r|allegation|accusation|suggestion|stor(?:y|ie)|post)s?"
    r"(?:\s+that)?)\s",
    re.IGNORECASE,
)
_SO = re.compile(
    rf"\b(?P<saying>\w+)\s+(?:{'|'.join(_WRONGLY.split())})(?:{_THAT}|\b(?!\s+that\b))", re.IGNORECASE | re.VERBOSE
)
_NO = re.compile(r"\b(?:no|not|never|nor|\w+n['’]t)\s+(?:an?\s+|the\s+|\w+ly\s+)?$", re.IGNORECASE)
_NEAR = 40
_BELIEFS = frozenset(map(root, words("think believe assume suppose imply teach tell hold suggest speculate pretend")))


def called_untrue(sentence: str) -> Iterator[tuple[str, int, int | None]]:
    """The words by which a sentence calls something untrue, and where that begins and ends, if that is known."""
    for found in _BEFORE.finditer(sentence):
        saying = found["said"] or found["wrongly"]
        # `It is no lie that …`
        if (not saying or _is_told(saying)) and not _NO.search(sentence, max(0, found.start() - _NEAR), found.start()):
            yield found[0], found.end(), None
    for found in _SO.finditer(sentence):
        if _is_told(found["saying"]):
            yield found[0], found.end(), None
    if (subject := _SUBJECT.match(sentence)) and (called := _CALLED.search(sentence, subject.end())):
        yield called[0], subject.end(), called.start()
    for found in _BEHIND.finditer(sentence):
        begin = max(sentence.rfind(mark, 0, found.start()) for mark in ",;:") + 1
        yield found[0].lstrip(" ,;:—–-"), begin, found.start()


def _is_told(word: str) -> bool:
    return is_of_saying(word.lower()) or root(word.lower()) in _BELIEFS
