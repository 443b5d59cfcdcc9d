"""Versions of one article: which claims stand in both, and what a sentence was before it was changed."""

from dataclasses import dataclass, replace

from factcheck.domain.claim import Anchor, Claim, InferredWord
from factcheck.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim of an earlier version where it stands in this one: the same words, so that its verdict stands too."""

    claim_id: int
    anchor: Anchor
    also: tuple[Anchor, ...] = ()
    inferred: tuple[InferredWord, ...] = ()

    def placed(self, claim: Claim) -> Claim:
        """The claim with the places of this version."""
        return replace(claim, anchor=self.anchor, also=self.also, inferred=self.inferred)


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """A claim as it stands in one version of its article."""

    id: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an article's text is known by to its versions, and what it has of the version before it.

    `sketch` are some of its runs of words, as numbers. `left` are claims of the version before whose words this one has
    not; `replaces` says that readers find it where they found the one before, or may. `returns` is said of an article
    that is in already, and was found again where a later version had stood.
    """

    sketch: tuple[int, ...] = ()
    previous_id: int | None = None
    placed: tuple[PlacedClaim, ...] = ()
    left: tuple[int, ...] = ()
    replaces: bool = False
    returns: bool = False


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence that is not the same in two versions; None where one has none in its place."""

    was: Sentence | None
    now: Sentence | None
