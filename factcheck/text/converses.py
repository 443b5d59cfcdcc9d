"""Verbs of which one tells from the other side what its opposite tells: `A lost to B`, of which B won.

Who buys a ranch from his uncle has been sold it by him. Several languages.
"""

from collections.abc import Sequence

from factcheck.text.folding import words
from factcheck.text.opposites import key
from factcheck.text.turns import DETERMINERS

_CONTESTS = frozenset(map(key, words("""
    win beat defeat lose gewann gewannen gewonnen gewinnt siegte verlor verloren verliert unterlag gewinnen siegen
    besiegen verlieren unterliegen ganó ganaron ganado perdió perdieron perdido ganar vencer derrotar perder
    gagné gagne remporté perdu perd gagner remporter battre vaincre perdre incliner
    vincere battere sconfiggere perdere perso ganhar winnen verslaan verliezen
""")))  # fmt: skip
_TRADES = frozenset(map(key, words("""
    buy purchase acquire sell lend borrow kaufte gekauft verkaufte verkauft kaufen verkaufen
    compró compraron vendió vendieron comprar vender acheté vendu acheter vendre
""")))  # fmt: skip
_FROM_OR_TO = frozenset(words("from to against by over ante contra para contre à gegen tegen da por a"))
_OF_OR_FOR = frozenset(words("of for"))
"""What `glosses` makes of the Dutch and Portuguese words for whom one loses to."""
_NEAR = 6
"""So many words may stand between a preposition and the end of a name: `from her teacher, Nils Ek`."""


def is_told_from_the_other_side(claim: Sequence[str], verb: str, sentence: Sequence[str], other: str) -> bool:
    """Whether the claim's one stands behind the sentence's verb as the one from whom, or against whom, it is done."""
    kinds = {key(verb), key(other)}
    if not (kinds <= _CONTESTS or kinds <= _TRADES):
        return False
    subject = [word for word in claim[: claim.index(verb)] if word not in DETERMINERS and len(word) > 1]
    place = sentence.index(other)
    before, behind = sentence[:place], sentence[place + 1 :]
    if not subject or subject[-1] not in behind or subject[-1] in before:
        return False
    links = _FROM_OR_TO | _OF_OR_FOR if kinds <= _CONTESTS else _FROM_OR_TO
    end = behind.index(subject[-1])
    return not links.isdisjoint(behind[max(0, end - _NEAR) : end])
