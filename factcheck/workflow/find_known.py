"""Which of the claims that others have checked say nearly what a claim says, why, and what sets them apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat

from factcheck.domain.alike import Alike, Apart, Candidate
from factcheck.domain.evidence import source_key
from factcheck.domain.known import FoundKnown, Kept, KnownClaim
from factcheck.errors import FactcheckError
from factcheck.text import alike
from factcheck.text.folding import fold
from factcheck.text.inference import content_words
from factcheck.workflow.known_ports import CheckService, KnownClaims
from factcheck.workflow.ports import Clock, PastVerdicts

SHOWN = 5
LOOKED_AT = 40
_APART = 0.1

_Name = tuple[str, str, str]
"""A page, a claim on it, and who has checked it, alike however they are written."""


@dataclass(frozen=True, slots=True)
class AlikeKnown:
    """A claim that others have checked, and in what it is like the claim that was asked about. It decides nothing."""

    known: KnownClaim
    alike: Alike


def known_alike(known: KnownClaims, past: PastVerdicts, claim: str, limit: int = SHOWN) -> tuple[AlikeKnown, ...]:
    """Claims like this one that others have checked, the most alike first; what sets each apart is told."""
    return _worth_a_look(claim, known.alike(alike.keys(claim), LOOKED_AT), past, limit)


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
    """Looks among what was imported, and asks services; one that fails says so, and the rest is shown.

    `past` tells how near two texts are in meaning, where something does.
    """

    known: KnownClaims
    past: PastVerdicts
    clock: Clock
    services: tuple[CheckService, ...] = ()

    def find(self, wanted: Wanted) -> FoundChecks:
        """What is like what was asked. What services answer is shown only, unless it is to be kept."""
        asked = wanted.asked
        found = list(self.known.alike(alike.keys(asked), max(wanted.limit, LOOKED_AT)))
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
            found += [FoundKnown(one, _likeness(asked, one.worded)) for one in told.values()]
        shown = (
            _worth_a_look(asked, found, self.past, wanted.limit)
            if wanted.is_claim
            else _most_alike(asked, found, wanted.limit)
        )
        return FoundChecks(shown, tuple(hindrances), kept)


def _worth_a_look(claim: str, found: Sequence[FoundKnown], past: PastVerdicts, limit: int) -> tuple[AlikeKnown, ...]:
    """Those that may say the same, the likeliest first; none where nothing is likely to."""
    named = candidates(claim, found, past)
    rare = alike.rarity_among([one.text for one in named])
    best = alike.ranked(claim, named, rare, alike.OTHERS_CHECKS)
    chosen = alike.offered(best, limit + SHOWN, alike.OTHERS_CHECKS)
    return _best_first(_compared(claim, found[one.number].known, one.score, rare) for one in chosen)[:limit]


def candidates(claim: str, found: Sequence[FoundKnown], past: PastVerdicts) -> list[Candidate]:
    """What was found, numbered in its order, as it is ranked."""
    if not found:  # a model takes its time to load
        return []
    texts = [one.known.worded for one in found]
    near: Iterable[float | None] = past.nearness(claim, texts) or repeat(None)
    of_each = enumerate(zip(texts, found, near, strict=False))
    return [Candidate(number, text, one.likeness, nearness) for number, (text, one, nearness) in of_each]


def _most_alike(asked: str, found: Iterable[FoundKnown], limit: int) -> tuple[AlikeKnown, ...]:
    """Those that share most of the words that somebody has typed."""
    likeliest = sorted(found, key=lambda one: -one.likeness)
    # What comes after can no longer be among the first, whatever sets those apart; to compare takes time.
    worst = likeliest[limit - 1].likeness - _APART if len(likeliest) >= limit else 0.0
    likely = [one for one in likeliest if one.likeness >= worst]
    rare = alike.rarity_among([one.known.claim for one in likely])
    return _best_first(_compared(asked, one.known, one.likeness, rare) for one in likely)[:limit]


def _compared(asked: str, known: KnownClaim, score: float, rare: alike.Rarity) -> AlikeKnown:
    return AlikeKnown(known, alike.compared(asked, known.claim, score, rare))


def _told(answered: Iterable[KnownClaim], service: str, today: date) -> dict[_Name, KnownClaim]:
    """What a service tells of each claim of a page and its publisher; the first answer stands, as it is the best."""
    told: dict[_Name, KnownClaim] = {}
    for one in answered:
        from_there = replace(one, rating=replace(one.rating, sources=(service,)))
        name = _name_of(one)
        told[name] = from_there.also_told(told[name], today) if name in told else from_there
    return {name: one.told_by(today) for name, one in told.items()}


def _also_told(found: FoundKnown, answer: KnownClaim | None, today: date) -> FoundKnown:
    return replace(found, known=found.known.also_told(answer, today)) if answer else found


def _best_first(found: Iterable[AlikeKnown]) -> tuple[AlikeKnown, ...]:
    """Among like ones those first that nothing sets apart."""
    return tuple(sorted(found, key=lambda one: one.alike.score - _APART * _is_apart(one.alike), reverse=True))


def _is_apart(one: Alike) -> bool:
    """Whether anything but the wording sets two claims apart."""
    return any(contrast.kind is not Apart.WORDS for contrast in one.apart)


def _name_of(known: KnownClaim) -> _Name:
    return source_key(known.url), fold(known.claim), fold(known.publisher or "")


def _likeness(one: str, other: str) -> float:
    """The agreement of the content words of two texts, from 0 to 1 (F1): a service tells none."""
    first, second = content_words(one), content_words(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
