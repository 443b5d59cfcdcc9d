"""Words that a PDF divides at the ends of its lines: joined where the hyphen is the line's, kept where it is theirs."""

import re
from collections import Counter
from collections.abc import Sequence

from factcheck.text.language import detect_language

# From a word's beginning, since a long word would be tried from each of its letters.
_HYPHENATED = re.compile(r"(?<!\w)(\w*[a-zß-öø-ÿ])([-\u2010\u00ad])\n([a-zß-öø-ÿ]\w*)(-?)")
_DIVIDED = re.compile(r"(?<=\w[-\u2010])\n(?=\w)")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
_SOFT_END, _SOFT_WITHIN = re.compile(r"\w[\u2010\u00ad]\n"), re.compile(r"\w\u2010\w")
_AND = frozenset({"and", "or", "und", "oder"})
"""What follows the first of two words whose second part is told once: `pre- and post-war`."""
_LONGEST_LINK = 3  # letters, as of `in` in `sister-in-law`
_ENGLISH = "en"
_NUMBERS = "two three five twenty thirty forty fifty sixty seventy eighty ninety"
_BUT = {
    **dict.fromkeys([*_NUMBERS.split(), "vice", "half", "quasi"], "ness|fold|some"), "one": "self|ness", "well": "ness",
    "four": "th|teen|some|fold", "six": "t|fold", "seven": "t|fold", "eight": "h|een|y|fold", "nine": "t|fold",
    "self": "ish|less|ness|hood", "non": "sense|e|chal|ag|et", "short": "er|est|ag|en|ly|fall|s|com|hand|list|cut",
    "post": "al|ed|er|ing|ag|card|man|ur|ulat|hum|on|pon", "long": "ing|er|est|ed|itud|ev|hand|horn|s",
    "anti": "ci|qu|dot|bod|bio|gen|sept|path|thes|phon|pod|hist", "high": "er|est|ly|light|way|land|ness|s|brow",
    "low": "er|est|ly|land|ed|ing|s", "mid": "dl|st|get|night|day|week|way|land|wife|wiv|field|summer",
}  # fmt: skip
"""English first parts that take a hyphen, unless one of these follows."""
_WITH = {
    "re": "e[lmnvx]", "co": "found|author|star|writ|lead|own|chair|pilot",
    "far": "right|left|reach|flung|off|away|fetch|sight",
    "ex": "president|minister|husband|wife|boyfriend|girlfriend|soldier|mayor|leader|partner|convict|police|member",
    "pre": "war|tax|elect|pandem|exist|school|dawn|trial|crisis",
    "pro": "democra|govern|independen|abort|choice|life|war|europ|western|russia|business|palest|israel",
}  # fmt: skip
"""And those that take one only before these."""
_HALVES = re.compile("(?:third|quarter|old)s?")
"""English second parts of which the same holds."""


def joined(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, each on one line, and divided words whole again.

    A word is joined if it stands whole elsewhere, or its second half nowhere, unless it looks like one with a hyphen.
    """
    text = "\n\n".join(paragraphs)
    words = Counter(_WORD.findall(text.lower()))
    # Some programs divide words by another sign than the hyphens that are written.
    has_own_sign = bool(_SOFT_END.search(text)) and not _SOFT_WITHIN.search(text)
    is_english = detect_language(text) in {None, _ENGLISH}

    def mended(match: re.Match[str]) -> str:
        left, hyphen, right, goes_on = match.groups()
        whole, hyphened = left + right, f"{left}-{right}"
        if hyphen == "\u00ad" or words[whole.lower()]:
            return whole + goes_on
        if right.lower() in _AND and not goes_on:
            return f"{left}- {right}"
        is_compound = (
            (hyphen == "-" and has_own_sign)
            or (goes_on and len(right) <= _LONGEST_LINK)
            or (is_english and _takes_hyphen(left.lower(), right.lower()))
            # It has been counted once where it stands here.
            or words[hyphened.lower()]
            or words[right.lower()] > 1
        )
        return (hyphened if is_compound else whole) + goes_on

    return [_DIVIDED.sub("", _HYPHENATED.sub(mended, one)).replace("\n", " ") for one in paragraphs]


def _takes_hyphen(left: str, right: str) -> bool:
    if left in _WITH:
        return re.match(_WITH[left], right) is not None
    is_first = len(left) == 1 or (left in _BUT and re.match(_BUT[left], right) is None)
    return is_first or _HALVES.fullmatch(right) is not None
