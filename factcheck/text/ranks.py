"""The second largest, or one of the largest, made the largest: in German, and in Romance languages.

English ones are told in `marked`, beside the word that they bear on.
"""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold
from factcheck.text.turns import Difference, Turn

_RANKED = re.compile(
    r"\b(?P<rank>zweit|dritt|viert|funft|sechst|siebt|siebent|acht|neunt|zehnt)-?(?P<most>\w{2,20}?st)e[nrsm]?\b"
)
_ONE_OF_GERMAN = re.compile(r"\b[Ee]ine[rsnm]? der (?P<most>[a-zäöü]{1,20}[sß]te)n\b")
_ONE_OF = {
    language: re.compile(rf"\b(?:{few}) (?:[\w-]{{1,30}} ){{0,2}}?(?P<most>(?:{more}) \w{{2,30}}|{most})\b")
    for language, few, more, most in (
        ("es", r"un[oa]? de l[oa]s|entre l[oa]s", "mas", "mayores|mejores|peores|menores"),
        ("fr", r"une? des|parmi les", "plus", "meilleure?s|pires"),
        ("it", r"un[oa]? de[lgi]\w{0,3}|(?:tra|fra) (?:i|le|gli)", "piu", "maggiori|migliori|peggiori"),
        ("pt", r"uma? d[oa]s|entre [oa]s", "mais", "maiores|melhores|piores"),
    )
}
_AMONG = {
    "es": re.compile(r"\b(?:un[oa]? de|entre|de l[oa]s)\b"), "fr": re.compile(r"\b(?:une? des|parmi|des)\b"),
    "it": re.compile(r"\b(?:un[oa]? de|tra|fra)"), "pt": re.compile(r"\b(?:uma? d[oa]s|entre|d[oa]s)\b"),
}  # fmt: skip
_MARKS = re.compile("[\u0300-\u036f]")
_ENDING = re.compile(r"(?:es|as|os|[aeios])$")


def raised(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What the claim calls the first of all, or gives another rank, and the sentence calls one of the first ones."""
    primary = (language or "").split("-")[0].lower()
    said, meant = (_MARKS.sub("", fold(text)) for text in (sentence, claim))
    if primary == "de":
        yield from _other_rank(meant, said)
        yield from _german(claim, sentence)
    elif primary in _ONE_OF and not _AMONG[primary].search(meant):
        for found in _ONE_OF[primary].finditer(said):
            stem = _ENDING.sub("", found["most"])
            if alone := re.search(rf"\b{re.escape(stem)}\w{{0,3}}\b", meant):
                yield Difference(Turn.COUNTS, found[0], alone[0])


def _other_rank(claim: str, sentence: str) -> Iterator[Difference]:
    """`die größte` of what is `die zweitgrößte`."""
    for found in _RANKED.finditer(sentence):
        told = re.search(rf"\b(?:\w{{1,10}}t-?)?{re.escape(found['most'])}e[nrsm]?\b", claim)
        if told and not told[0].startswith(found["rank"]):
            yield Difference(Turn.COUNTS, found[0], told[0])


def _german(claim: str, sentence: str) -> Iterator[Difference]:
    """`die größte` of what is `eine der größten`; in small letters, so that no noun is a superlative."""
    for found in _ONE_OF_GERMAN.finditer(sentence):
        told = re.search(rf"\b(?:der|die|das|den|dem) {found['most']}[nrsm]?\b", claim)
        if told and not re.search(r"\b(?:[Ee]ine[rsnm]? der|zu den|unter den)\b", claim):
            yield Difference(Turn.COUNTS, found[0], told[0])
