"""What changed between two runs on one article, told only of the sentences that both asked about."""

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.domain.extraction import FiledRun
from factcheck.domain.sentence import LedgerEntry
from factcheck.errors import OtherArticleError


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """A claim that a run gave, by its number; `sentence_ids` say where it stands."""

    id: int
    text: str
    sentence_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RunAnswers:
    """All that one run said: an entry for each sentence that it was asked about, and its claims."""

    run: FiledRun
    entries: Mapping[int, LedgerEntry]
    claims: tuple[GivenClaim, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side. Claims are in reading order; the same claim has the same number in both."""

    first: RunAnswers
    second: RunAnswers

    def __post_init__(self) -> None:
        one, other = self.first.run, self.second.run
        if one.article_id != other.article_id:
            message = f"run {one.id} is on article {one.article_id} and run {other.id} on article {other.article_id}"
            raise OtherArticleError(message)

    @property
    def asked_by_both(self) -> tuple[int, ...]:
        """Positions of the sentences that both runs asked about."""
        return tuple(sorted(self.first.entries.keys() & self.second.entries.keys()))

    @property
    def is_same(self) -> bool:
        """Whether both asked about the same sentences, and nothing was lost, gained or moved."""
        asked_alike = self.first.entries.keys() == self.second.entries.keys()
        return asked_alike and not (self.lost or self.gained or self.moved)

    @property
    def kept(self) -> tuple[GivenClaim, ...]:
        """The claims that both runs gave."""
        return self._claims(self.first, self.second, are_shared=True)

    @property
    def lost(self) -> tuple[GivenClaim, ...]:
        """The claims that only the first run gave."""
        return self._claims(self.first, self.second, are_shared=False)

    @property
    def gained(self) -> tuple[GivenClaim, ...]:
        """The claims that only the second run gave."""
        return self._claims(self.second, self.first, are_shared=False)

    @property
    def moved(self) -> tuple[tuple[int, LedgerEntry, LedgerEntry], ...]:
        """The sentences that the two runs put into different states: position, first entry, second entry."""
        pairs = ((at, self.first.entries[at], self.second.entries[at]) for at in self.asked_by_both)
        return tuple((at, one, two) for at, one, two in pairs if (one.state, one.kind) != (two.state, two.kind))

    def _claims(self, of: RunAnswers, other: RunAnswers, *, are_shared: bool) -> tuple[GivenClaim, ...]:
        """The claims of one run, in reading order, that the other gave too, or did not give."""
        asked, others = set(self.asked_by_both), {one.id for one in other.claims}
        told = (one for one in of.claims if not one.sentence_ids or asked & set(one.sentence_ids))
        wanted = (one for one in told if (one.id in others) is are_shared)
        return tuple(sorted(wanted, key=lambda one: (one.sentence_ids[0] if one.sentence_ids else 0, one.id)))
