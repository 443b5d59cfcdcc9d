"""A claim: one checkable fact, self-contained, tied to the words that make it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from typing import Self

from factcheck.domain.sentence import Span
from factcheck.domain.when import When


class AnchorStatus(StrEnum):
    """How well the quote was found again in the article. Code says so, never the model."""

    EXACT = "exact"
    NORMALISED = "normalised"
    SENTENCE = "sentence"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a claim stands in the article.

    `segments` are in reading order and hold the quoted words, none where they were not found. `sentence_ids` are
    positions in the article, counted from 1.
    """

    status: AnchorStatus
    segments: tuple[Span, ...] = ()
    sentence_ids: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.status in {AnchorStatus.EXACT, AnchorStatus.NORMALISED}) != bool(self.segments):
            raise ValueError(f"an anchor has segments if, and only if, its words were found: {self!r}")
        # Marked words are drawn one stretch after the other: an overlap would repeat what it covers.
        for first, second in pairwise(self.segments):
            if first.end > second.start:
                raise ValueError(f"segments stand in reading order and apart: {self.segments!r}")


class Flag(StrEnum):
    """What a gate holds against a claim. A flag is shown to the reviewer; it drops nothing."""

    UNANCHORED_QUOTE = "unanchored_quote"
    UNSUPPORTED_NUMBER = "unsupported_number"
    UNKNOWN_NAME = "unknown_name"
    DANGLING_SUBJECT = "dangling_subject"
    COMPOUND = "compound"
    PREDICTION = "prediction"
    OTHER_LANGUAGE = "other_language"
    CHANGED_MEANING = "changed_meaning"
    ASTRAY = "astray"
    REFERENT = "referent"
    AS_WRITTEN = "as_written"
    DOUBTFUL_KIND = "doubtful_kind"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What code doubts in a claim: a flag with its reason in one sentence, which claims of older databases lack."""

    flag: Flag
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.flag.value}: {self.reason}" if self.reason else self.flag.value


@dataclass(frozen=True, slots=True)
class InferredWord:
    """A word of the claim that its quote lacks; `sentence_id` is the nearest sentence that has it, None if none has."""

    word: str
    sentence_id: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as extraction hands it over: anchored, gated, not yet reviewed.

    `check_worthiness` runs from 0 (nobody would check it) to 1 (check it first). `also` holds the
    other places of the article that say the same. `when` is read by code from the claim's words and its article's day,
    and stands beside the words, never in them. `locator` is the place in the article's source, such as the time in a
    recording.
    """

    text: str
    quote: str
    anchor: Anchor
    check_worthiness: float
    reason: str = ""
    speaker: str | None = None
    inferred: tuple[InferredWord, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    also: tuple[Anchor, ...] = ()
    when: When | None = None
    locator: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a claim needs words")
        if not 0 <= self.check_worthiness <= 1:
            raise ValueError(f"check-worthiness runs from 0 to 1, got {self.check_worthiness!r}")

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags without their reasons."""
        return tuple(one.flag for one in self.doubts)

    @property
    def positions(self) -> frozenset[int]:
        """The positions of all sentences that say it."""
        return frozenset(position for place in (self.anchor, *self.also) for position in place.sentence_ids)

    def uid(self, article_sha256: str) -> str:
        """A stable name, 16 hex digits: the same words at the same place keep it."""
        place = self.anchor.segments or self.anchor.sentence_ids
        return sha256(f"{article_sha256}\n{place!r}\n{_plain(self.text)}".encode()).hexdigest()[:16]

    @property
    def wording(self) -> str:
        """A name for the words alone, 16 hex digits: claims of one article that share it are one."""
        return wording_of(self.text)

    def when_in(self, text: str) -> When | None:
        """The days, for other words of the claim: None where those lack the words that the days were read from."""
        return self.when if self.when and self.when.words.casefold() in text.casefold() else None

    def found_at(self, anchors: Iterable[Anchor]) -> Self:
        """The claim with the further sentences that say the same."""
        also, taken = list(self.also), set(self.positions)
        for anchor in anchors:
            # A second quote of the same sentence is the same mention.
            if not taken.issuperset(anchor.sentence_ids):
                also.append(anchor)
                taken.update(anchor.sentence_ids)
        return replace(self, also=tuple(also))


def wording_of(text: str) -> str:
    """The wording that a claim of this text has."""
    return sha256(_plain(text).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    # Words and the signs that change what they say: `5 %` is not `5`, and `< 3` is not `> 3`.
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+|[%°$€£¥₹₽+<>=]", folded))
