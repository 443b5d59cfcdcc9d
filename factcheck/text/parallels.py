"""Phrases that stand in each other's place: `for Malta` of one half of a contrast, and `for Crete` of the other.

A claim with the phrase of one half is of that half, whatever noun it shares with the other: `bookings for Crete fell,
while those for Malta rose`.
"""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold
from factcheck.text.verbs import root

_ALIKE = {
    "en": "in; to toward; of; at; for; from; on; among",
    "de": "in im; nach zum zur; von vom der des; bei beim; für; aus; auf am an; unter",
    "es": "en; a al; de del; para; hacia; desde; sobre; entre",
    "fr": "en dans; à au aux; de du des d; chez; pour; vers; depuis; sur; parmi",
    "it": "in nel nella nei negli nelle nell; a al alla ai agli alle; di del della dei degli delle dell; per; verso;"
    "da dal dalla dall; su sul sulla; tra fra",
    "pt": "em no na nos nas; a ao à aos às; de do da dos das; para; sobre; entre",
    "nl": "in; naar; van; bij; voor; uit; op; onder",
}
"""Prepositions, those of one kind side by side, with the articles that are one with them."""
_ARTICLES = (
    "the|its|their|his|her|der|die|das|den|dem|el|la|los|las|le|les|l|il|lo|gli|i|o|a|os|as|het|de|su|sus|son|sa|ses"
)
_NOUN = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,}"
_LEAD = rf"(?:['’]|\s(?:(?:{_ARTICLES})(?:['’]|\s))?)"
_KINDS = {
    language: {word: kind for kind, group in enumerate(listed.split(";")) for word in fold(group).split()}
    for language, listed in _ALIKE.items()
}
_PHRASES = {
    language: re.compile(rf"(?<!\S)(?P<link>{'|'.join(kinds)}){_LEAD}(?P<noun>{_NOUN})")
    for language, kinds in _KINDS.items()
}
_WORD = re.compile(_NOUN)
_LIKEWISE = re.compile(
    fold(r"\b(?:too|also|likewise|similarly|same|so|did|auch|ebenso|ebenfalls|aussi|également|también|tampoco|anche")
    + fold(r"|também|ook|eveneens)\b")
)
_Phrase = tuple[int, str]


def stands_for(claim: str, own: str, other: str, language: str) -> bool:
    """Whether a phrase of a folded claim is of its half alone, which stands there for one of the other half."""
    if language not in _PHRASES:
        return False
    mine, here, there = (frozenset(_phrases(one, language)) for one in (claim, own, other))
    near = _roots(claim) | _roots(own)
    kinds = {kind for kind, noun in mine & here if noun not in _roots(other)}
    return any(kind in kinds and noun not in near for kind, noun in there)


def is_said_of_both(half: str) -> bool:
    """Whether a half of a contrast says that what the other one tells holds of it too."""
    return _LIKEWISE.search(half) is not None


def _phrases(text: str, language: str) -> Iterator[_Phrase]:
    kinds = _KINDS[language]
    return ((kinds[found["link"]], root(found["noun"])) for found in _PHRASES[language].finditer(text))


def _roots(text: str) -> frozenset[str]:
    return frozenset(map(root, _WORD.findall(text)))
