"""Which of the claims that others have checked say nearly what a claim says, why, and what sets them apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from factcheck.domain.alike import Alike, Apart
from factcheck.domain.evidence import source_key
from factcheck.domain.known import FoundKnown, Kept, KnownClaim
from factcheck.errors import FactcheckError
from factcheck.text import alike
from factcheck.text.folding import fold
from factcheck.text.inference import content_words
from factcheck.workflow.known_ports import CheckService, KnownClaims
from factcheck.workflow.ports import Clock

SHOWN = 5
_LOOKED_AT = 50
_LEAST = 0.3
"""Below this likeness hardly any is about the same matter."""

_APART = 0.1

_Name = tuple[str, str, str]
"""A page, a claim on it, and who has checked it, alike however they are written."""


@dataclass(frozen=True, slots=True)
class AlikeKnown:
    """A claim that others have checked, and in what it is like the claim that was asked about. It decides nothing."""

    known: KnownClaim
    alike: Alike


def known_alike(known: KnownClaims, claim: str, limit: int = SHOWN, least: float = _LEAST) -> tuple[AlikeKnown, ...]:
    """Claims like this one that others have checked, the most alike first; what sets each apart is told."""
    found = known.alike(content_words(claim), max(limit, _LOOKED_AT))
    return compared(claim, [one for one in found if one.likeness >= least], limit)


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
            now = self.clock()
            if wanted.keeps:
                kept = (kept or Kept()) + self.known.keep(service.name, answered, now)
            told = _told(answered, service.name, now.date())
            found = [_also_told(one, told.pop(_name_of(one.known), None), now.date()) for one in found]
            answers = [FoundKnown(one, _likeness(asked, one.claim)) for one in told.values()]
            found += compared(asked, answers, wanted.limit)
        return FoundChecks(tuple(_best_first(found)[: wanted.limit]), tuple(hindrances), kept)


def compared(claim: str, found: Iterable[FoundKnown], limit: int) -> tuple[AlikeKnown, ...]:
    """Each with what both say and what sets them apart; those that nothing sets apart come first among like ones."""
    likeliest = sorted(found, key=lambda one: -one.likeness)
    # What comes after can no longer be among the first, whatever sets those apart; to compare takes time.
    worst = likeliest[limit - 1].likeness - _APART if len(likeliest) >= limit else 0.0
    likely = [one for one in likeliest if one.likeness >= worst]
    having = Counter(word for one in likely for word in alike.keys(one.known.claim))

    def rare(word: str) -> float:
        return alike.rarity(having[word], len(likely))

    told = (AlikeKnown(one.known, alike.compared(claim, one.known.claim, one.likeness, rare)) for one in likely)
    return tuple(_best_first(told)[:limit])


def _told(answered: Iterable[KnownClaim], service: str, today: date) -> dict[_Name, KnownClaim]:
    """What a service tells of each claim of a page and its publisher; the first answer stands, as it is the best."""
    told: dict[_Name, KnownClaim] = {}
    for one in answered:
        from_there = replace(one, rating=replace(one.rating, sources=(service,)))
        name = _name_of(one)
        told[name] = from_there.also_told(told[name], today) if name in told else from_there
    return told


def _also_told(found: AlikeKnown, answer: KnownClaim | None, today: date) -> AlikeKnown:
    return replace(found, known=found.known.also_told(answer, today)) if answer else found


def _best_first(found: Iterable[AlikeKnown]) -> list[AlikeKnown]:
    return sorted(found, key=lambda one: one.alike.score - _APART * _is_apart(one.alike), reverse=True)


def _is_apart(one: Alike) -> bool:
    """Whether anything but the wording sets two claims apart."""
    return any(contrast.kind is not Apart.WORDS for contrast in one.apart)


def _name_of(known: KnownClaim) -> _Name:
    return source_key(known.url), fold(known.claim), fold(known.publisher or "")


def _likeness(one: str, other: str) -> float:
    """The agreement of the content words of two texts, from 0 to 1 (F1): a service tells none."""
    first, second = content_words(one), content_words(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
