"""What tells how near two texts are in meaning, where such a thing is installed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol


class Nearness(Protocol):
    """Texts by number, and how near another text is to them: a model's vectors, kept in memory."""

    @property
    def name(self) -> str:
        """The model's name: vectors of two models are not compared."""

    def learn(self, texts: Mapping[int, str]) -> None:
        """Take texts in, each in place of an earlier one of its number."""

    def nearest(self, text: str, limit: int) -> Sequence[int]:
        """The numbers of the texts nearest to this one, the nearest first."""

    def of(self, text: str, numbers: Collection[int]) -> Mapping[int, float]:
        """How near these texts are to this one, -1 to 1 (cosine)."""

    def between(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """How near other texts are to this one, likewise; none of them is taken in."""
