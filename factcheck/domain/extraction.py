"""What extraction asks and what comes back, one window of sentences at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState

DEFAULT_WINDOW = 9
"""Sentences a call, where the quality of a small model peaks (prompts/README.md). Large ones are expected to hold."""


@dataclass(frozen=True, slots=True)
class Window:
    """The sentences of one call, with the sentences before them for context only."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()

    @property
    def positions(self) -> tuple[int, ...]:
        """Positions in the article of the sentences that are asked about."""
        return tuple(sentence.position for sentence in self.sentences)

    def halves(self) -> "tuple[Window, Window]":
        """Two windows in place of one of several sentences; the second has the first for context."""
        middle = len(self.sentences) // 2
        # The second half keeps as much context as the whole window had, and one sentence at least.
        told = (*self.before, *self.sentences[:middle])
        context = told[-max(1, len(self.before)) :]
        return Window(self.sentences[:middle], self.before), Window(self.sentences[middle:], context)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class AskedArticle:
    """An article as one run asks about it: the same one only if it is the same object."""

    run_id: int
    filed: FiledArticle
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One call to make: a window of an article's sentences."""

    asked: AskedArticle
    window: Window


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls cost: tokens as the server counted them, and seconds on the clock.

    `uncounted` says of how many calls the server told no tokens: theirs are missing in the sums.
    """

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    uncounted: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether the tokens say anything; if not they are unknown, which 0 would not tell."""
        return not self.calls or self.uncounted < self.calls

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Billing:
    """What the price of a call hangs on beside its tokens: how the server served it, in its own word if it told one.

    `cache_written` counts the prompt tokens that the server has put into its cache, which some models charge for.
    """

    usage: Usage
    tier: str | None = None
    cache_written: int = 0


@dataclass(frozen=True, slots=True)
class WindowOutcome:
    """The answer to one window: an entry for each of its sentences, and their claims.

    `billed` has its calls one by one; without them `usage` is all that is known.
    """

    window: Window
    entries: dict[int, LedgerEntry]
    claims: tuple[Claim, ...] = ()
    usage: Usage = field(default_factory=Usage)
    billed: tuple[Billing, ...] = ()

    def __post_init__(self) -> None:
        if set(self.entries) != set(self.window.positions):
            raise ValueError(f"sentences {self.window.positions} need an entry each, got {sorted(self.entries)}")

    @classmethod
    def of_parts(cls, window: Window, parts: "Iterable[WindowOutcome]") -> Self:
        """The outcome of a window that was asked about in parts."""
        parts = tuple(parts)
        return cls(
            window,
            {position: entry for part in parts for position, entry in part.entries.items()},
            tuple(claim for part in parts for claim in part.claims),
            sum((part.usage for part in parts), Usage()),
            tuple(call for part in parts for call in part.billed),
        )


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came out of an article, or of some of its windows; the parts of one article add up to the whole.

    Sentences and claims are in reading order. Claims in the same words are one, with all its places.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...] = ()
    usage: Usage = field(default_factory=Usage)

    def __add__(self, other: "Extracted") -> "Extracted":
        claims = sorted(
            (*self.claims, *other.claims), key=lambda claim: (claim.anchor.sentence_ids, claim.anchor.segments)
        )
        sentences = sorted((*self.sentences, *other.sentences), key=lambda one: one.position)
        return Extracted(self.article, tuple(sentences), tuple(by_wording(claims).values()), self.usage + other.usage)


def by_wording(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Each wording of the claims once, with all the places that it was found at."""
    merged: dict[str, Claim] = {}
    for claim in claims:
        first = merged.setdefault(claim.wording, claim)
        merged[claim.wording] = first.found_at((claim.anchor, *claim.also))
    return merged


class StructuredMethod(StrEnum):
    """How a server is asked to keep to the answer's form. Not every server takes each."""

    JSON_SCHEMA = "json_schema"
    FUNCTION_CALLING = "function_calling"
    JSON_MODE = "json_mode"


class ServiceTier(StrEnum):
    """How OpenAI is asked to serve a call: `flex` is slow and cheap, `priority` dear, `auto` what the project set."""

    AUTO = "auto"
    DEFAULT = "default"
    FLEX = "flex"
    PRIORITY = "priority"


def full_model_name(name: str) -> str:
    """`provider:name`; a bare name is OpenAI's or a compatible server's."""
    return name if ":" in name else f"openai:{name}"


@dataclass(frozen=True, slots=True)
class PromptVersion:
    """Which prompt a run is made with. `sha256` covers every byte of its file, in hex."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """What a recording says of itself, so that a replay needs no options.

    `service_tier` and `cache_key` tell what its questions carry beside the prompt; older ones carry neither.
    `answered_by` names a stand-in where no real service has answered. Of one without a split prompt, claims of two
    facts were asked about no further.
    """

    model: str
    prompt: str
    prompt_version: str
    prompt_hash: str
    window: int
    base_url: str
    structured: StructuredMethod = StructuredMethod.JSON_SCHEMA
    service_tier: ServiceTier | None = None
    cache_key: bool = False
    answered_by: str | None = None
    split_prompt_version: str | None = None
    split_prompt_hash: str | None = None


FINISHED = "finished"
"""How a run ends that asked about all it was to ask about."""

RUN_BEGAN = "run_began"
"""What the log calls it that a run has begun."""

_AGAIN = "again"
SPLIT_PROMPT_HASH = "split_prompt_hash"
_NO_MATTER = frozenset({"window", "temperature", "service_tier", "split_prompt_version", SPLIT_PROMPT_HASH})


@dataclass(frozen=True, slots=True)
class ExtractionSetup:
    """What a run is made with, as it is written down beside its claims."""

    model: str
    prompt: str
    prompt_version: str
    prompt_hash: str
    parameters: dict[str, str | int | float | None]
    recording: str | None = None
    recording_sha256: str | None = None

    @property
    def splits(self) -> bool:
        """Whether claims of two facts are asked about once more."""
        return bool(self.parameters.get(SPLIT_PROMPT_HASH))

    @property
    def is_again(self) -> bool:
        """Whether the run asks about everything, answered or not."""
        return bool(self.parameters.get(_AGAIN))

    def again(self) -> "ExtractionSetup":
        """The setup of a run that asks about everything, answered or not."""
        return replace(self, parameters=self.parameters | {_AGAIN: True})

    def asks_like(self, other: "ExtractionSetup") -> bool:
        """Whether answers to the one are answers to the other; a call's size and tier, and splits, do not matter."""
        given = ({name: one.parameters[name] for name in one.parameters.keys() - _NO_MATTER} for one in (self, other))
        return (self.model, self.prompt_hash, next(given)) == (other.model, other.prompt_hash, next(given))


@dataclass(frozen=True, slots=True)
class FiledRun:
    """A finished, or broken off, extraction run in the database. `price` is in dollars, None if unknown."""

    id: int
    article_id: int
    setup: ExtractionSetup
    usage: Usage
    outcome: str | None
    price: float | None = None
    ended_at: datetime | None = None
    alive_until: datetime | None = field(default=None, compare=False)

    def lives(self, now: datetime) -> bool:
        """Whether a process may still be asking."""
        return self.ended_at is None and self.alive_until is not None and self.alive_until > now

    def was_finished(self, then: datetime) -> bool:
        """Whether the run had asked about everything at a moment."""
        return self.outcome == FINISHED and self.ended_at is not None and self.ended_at <= then


@dataclass(frozen=True, slots=True)
class ExtractionSummary:
    """What an extraction did. `run_id` is None if nothing was left to ask, `price` (dollars) if it is unknown.

    `counts` says how many sentences of the article stand in each state now, every state named. `batch` is the number
    of the batch that holds sentences of it, None if none does.
    """

    article: FiledArticle
    counts: Mapping[SentenceState, int]
    new_claims: int
    usage: Usage
    run_id: int | None
    price: float | None = None
    batch: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every sentence has its answer."""
        return all(state.is_answered for state, count in self.counts.items() if count)
