"""What a ruling or law said that somebody did away with, told as his own deed. English.

Of `the court overturned a ruling that had ordered the firm to pay` the court ordered nothing.
"""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold, tokens, words
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import is_past, root

_UNDO = (
    r"(?:overturn|quash|annul|revers|revok|repeal|scrap|rescind|cancel|void|nullif|abolish|suspend|lift)\w*"
    r"|(?:threw|throw|thrown) out|(?:str[iu]ck|strike) down|set aside"
)
_RULING = (
    r"(?:rulings?|orders?|decisions?|verdicts?|judge?ments?|convictions?|sentences?|injunctions?|laws?|bans?|rules?|decrees?"
    r"|measures?|polic(?:y|ies)|bills?|permits?|regulations?|agreements?)"
)
_CLAUSE = re.compile(
    rf"\b(?P<undo>{_UNDO}) (?:[\w'-]+ ){{0,4}}?{_RULING}(?: [\w'-]+){{0,6}}? (?:that|which|under which|by which)\b"
    r"(?P<under>[^,;:.!?]*)"
)
_SMALL = DETERMINERS | frozenset(words("of in on at by for from with has have had was were is are and"))
_UNDONE = re.compile(rf"\b(?:{_UNDO})\b")


def undone_by_it(claim: str, sentence: str) -> Iterator[Difference]:
    """A deed of the claim that the sentence has only in the clause of what its subject did away with."""
    meant, said = fold(claim), fold(sentence)
    found = _CLAUSE.search(said)
    if found is None or _UNDONE.search(meant):
        return
    under, subject = _roots(found["under"]), _roots(said[: found.start()])
    told = tokens(meant)
    verb = next((at for at, one in enumerate(told) if at and is_past(one)), 0)
    doer = _roots(" ".join(told[:verb]))
    is_own = bool(doer) and doer <= subject and not doer & _roots(said[found.start() : found.start("under")])
    if verb and is_own and not doer <= under and root(told[verb]) in under and "by" not in told[verb:]:
        yield Difference(Turn.ROLES, said[found.start() : found.end()], f"{' '.join(told[: verb + 1])}")


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(one) for one in tokens(text) if one not in _SMALL)
