"""Which of the claims that others have checked say nearly what a claim says, why, and what sets them apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.domain.alike import Alike, Apart, Contrast
from factcheck.domain.evidence import source_key
from factcheck.domain.known import FoundKnown, Kept, KnownClaim
from factcheck.errors import FactcheckError
from factcheck.text.folding import fold, words
from factcheck.text.inference import content_words, stem
from factcheck.text.likeness import contrasts, likeness
from factcheck.text.numbers import find_numbers
from factcheck.workflow.known_ports import CheckService, KnownClaims
from factcheck.workflow.ports import Clock

SHOWN = 5
_LOOKED_AT = 50
_LEAST = 0.3
"""Below this likeness hardly any is about the same matter."""

_APART = 0.1
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, or those of a claim; services are asked in a language, if one is named."""

    asked: str
    limit: int = SHOWN
    language: str | None = None
    is_claim: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class FoundChecks:
    """What was found, the best first, what hindered a service, and what became of its answers where they are kept."""

    shown: tuple[AlikeKnown, ...]
    hindrances: tuple[FactcheckError, ...] = ()
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class FindKnown:
    """Looks among what was imported, and asks services; one that fails says so, and the rest is shown."""

    known: KnownClaims
    clock: Clock
    services: tuple[CheckService, ...] = ()

    def find(self, wanted: Wanted) -> FoundChecks:
        """What is like what was asked. What services answer is shown only, unless it is to be kept."""
        asked = wanted.asked
        found = list(known_alike(self.known, asked, wanted.limit, _LEAST if wanted.is_claim else 0.0))
        hindrances: list[FactcheckError] = []
        kept: Kept | None = None
        for service in self.services:
            try:
                answered = service.ask(asked, wanted.language)
            except FactcheckError as error:
                hindrances.append(error)
                continue
            if wanted.keeps:
                kept = (kept or Kept()) + self.known.keep(service.name, answered, self.clock())
            there = {_name_of(one.known) for one in found}
            new = {_name_of(one): one for one in reversed(answered) if _name_of(one) not in there}
            found += compared(asked, (FoundKnown(one, likeness(asked, one.claim)) for one in new.values()))
        return FoundChecks(tuple(_best_first(found)[: wanted.limit]), tuple(hindrances), kept)


def compared(claim: str, found: Iterable[FoundKnown]) -> tuple[AlikeKnown, ...]:
    """Each with what both say and what sets them apart; those that nothing sets apart come first among like ones."""
    return tuple(_best_first(AlikeKnown(one.known, _alike(claim, one)) for one in found))


def _best_first(found: Iterable[AlikeKnown]) -> list[AlikeKnown]:
    return sorted(found, key=lambda one: one.alike.score - _APART * bool(one.alike.apart), reverse=True)


def _name_of(known: KnownClaim) -> tuple[str, str]:
    return source_key(known.url), fold(known.claim)


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
