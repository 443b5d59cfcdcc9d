"""Which of the claims that others have checked say nearly what a claim says, why, and what sets them apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.domain.alike import Alike, Apart, Contrast
from factcheck.domain.known import FoundKnown, KnownClaim
from factcheck.text.folding import words
from factcheck.text.inference import content_words, stem
from factcheck.text.likeness import contrasts
from factcheck.text.numbers import find_numbers
from factcheck.workflow.known_ports import KnownClaims

SHOWN = 5
_LOOKED_AT = 50
_LEAST = 0.3
"""Below this likeness hardly any is about the same matter."""

_KINDS = {"other numbers": Apart.NUMBERS, "one says not": Apart.DENIAL}


@dataclass(frozen=True, slots=True)
class AlikeKnown:
    """A claim that others have checked, and in what it is like the claim that was asked about. It decides nothing."""

    known: KnownClaim
    alike: Alike


def known_alike(known: KnownClaims, claim: str, limit: int = SHOWN, least: float = _LEAST) -> tuple[AlikeKnown, ...]:
    """Claims like this one that others have checked, the most alike first; what sets each apart is told."""
    found = known.alike(content_words(claim), max(limit, _LOOKED_AT))
    return compared(claim, (one for one in found if one.likeness >= least))[:limit]


def known_in_words(known: KnownClaims, asked: str, limit: int) -> tuple[AlikeKnown, ...]:
    """Claims that others have checked and that share words with what was asked, the best first."""
    return known_alike(known, asked, limit, least=0.0)


def compared(claim: str, found: Iterable[FoundKnown]) -> tuple[AlikeKnown, ...]:
    """Each with what both say and what sets them apart; those that nothing sets apart come first among like ones."""
    told = [AlikeKnown(one.known, _alike(claim, one)) for one in found]
    return tuple(sorted(told, key=lambda one: -(one.alike.score - 0.1 * bool(one.alike.apart))))


def _alike(claim: str, found: FoundKnown) -> Alike:
    there = found.known.claim
    stems = content_words(there)
    shared = dict.fromkeys(word for word in words(claim) if stem(word) in stems)
    numbers = tuple(word for word in shared if any(map(str.isdigit, word)))
    apart = tuple(Contrast(_KINDS[one], *_sides(_KINDS[one], claim, there)) for one in contrasts(claim, there))
    return Alike(found.likeness, tuple(word for word in shared if word not in numbers), (), numbers, apart)


def _sides(kind: Apart, here: str, there: str) -> tuple[str, str]:
    """What either says that the other does not; a denial is told by the other's words as a whole."""
    if kind is not Apart.NUMBERS:
        return here, there
    told = [
        ", ".join(dict.fromkeys(one.written for one in find_numbers(text) if one.is_sure)) for text in (here, there)
    ]
    return told[0], told[1]
