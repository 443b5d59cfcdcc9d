"""How a run asks: an option goes before the recording, the recording before the settings, these before the defaults."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Protocol, Self

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import (
    DEFAULT_WINDOW,
    SPLIT_PROMPT_HASH,
    ExtractionSetup,
    PromptVersion,
    RecordingHeader,
    ServiceTier,
    StructuredMethod,
    full_model_name,
)
from factcheck.domain.listing import Listing, Visit
from factcheck.domain.sentence import Sentence
from factcheck.errors import (
    InputError,
    NoBatchModelError,
    NoModelNamedError,
    NotInRecordingError,
    SourceError,
    StubError,
    UnknownPriceError,
)
from factcheck.workflow.batch_ports import BatchServer
from factcheck.workflow.budget import Budget, SharedBudget
from factcheck.workflow.job_ports import SharedLimits
from factcheck.workflow.ports import Estimator, Extractor
from factcheck.workflow.take_in_answers import KeptAnswer


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """What a run is asked for; None leaves it to the recording or the settings. `budget` is in dollars.

    `batch` asks for it by batches, at their price. `longest` bounds the characters of an article that is read.
    """

    model: str | None = None
    window: int | None = None
    structured: StructuredMethod | None = None
    record: Path | None = None
    replay: Path | None = None
    encoding: str | None = None
    language: str | None = None
    prices: Path | None = None
    budget: float | None = None
    requests_per_minute: float | None = None
    service_tier: ServiceTier | None = None
    batch: bool = False
    anyway: bool = False
    split_compounds: bool | None = None
    longest: int | None = None

    def checked(self, article: Article, source: str) -> Article:
        """The article, if it may be a whole one or is taken `anyway`. Raises StubError, before anything is paid."""
        if article.stub and not self.anyway:
            raise StubError(f"{source!r} is {article.stub}")
        return article


@dataclass(frozen=True, slots=True)
class ExtractionPlan:
    """How a run asks.

    `is_openais` says whether the server is OpenAI's own: no other one is told of tiers and caches. `split_prompt` asks
    about claims of two facts, if these are asked about. Raises RecordingError for a recording that was made with
    another prompt, and NoBatchModelError for a model that takes no batches.
    """

    options: ExtractionOptions
    prompt: PromptVersion
    default_model: str | None = None
    recorded: RecordingHeader | None = None
    recording_sha256: str | None = None
    default_tier: ServiceTier | None = None
    is_openais: bool = False
    split_prompt: PromptVersion | None = None
    default_split: bool = True

    def __post_init__(self) -> None:
        named, made = self.options.model or self.default_model, self.recorded
        if self.options.batch and named and not full_model_name(named).startswith("openai:"):
            raise NoBatchModelError(f"{named!r} cannot be asked by batches: only OpenAI's API has them")
        if made is not None and made.prompt_hash != self.prompt.sha256:
            raise self._other_prompt(made.prompt, made.prompt_hash, self.prompt)
        split = self.split_prompt
        if made is not None and split and made.split_prompt_hash not in {None, split.sha256}:
            raise self._other_prompt(split.name, str(made.split_prompt_hash), split)

    def _other_prompt(self, name: str, sha256: str, ours: PromptVersion) -> NotInRecordingError:
        replayed = str(self.options.replay)
        told = f"was made with prompt {name} {sha256[:12]}, this is {ours.sha256[:12]}"
        return NotInRecordingError(f"the recording {replayed!r} {told}")

    def at_server(self, is_openais: bool) -> Self:  # noqa: FBT001 - the answer to a question, at its only call
        """The plan for OpenAI's own server, or for another one. Raises InputError if that one is to take a tier."""
        name = self.options.model or (self.recorded.model if self.recorded else self.default_model)
        is_openais = is_openais and full_model_name(name or "").startswith("openai:")
        if self.options.service_tier and not is_openais:
            raise InputError(f"only OpenAI's own server has tiers, so none is {self.options.service_tier.value!r} here")
        return replace(self, is_openais=is_openais)

    @property
    def model(self) -> str:
        """The `provider:name` that is asked. Raises ModelSetupError if none is named."""
        name = self.options.model or (self.recorded.model if self.recorded else self.default_model)
        if not name:
            raise NoModelNamedError("no model is named")
        return full_model_name(name)

    @property
    def window(self) -> int:
        """Sentences a call."""
        return self.options.window or (self.recorded.window if self.recorded else DEFAULT_WINDOW)

    @property
    def structured(self) -> StructuredMethod:
        """How the answer's form is asked for."""
        recorded = self.recorded.structured if self.recorded else StructuredMethod.JSON_SCHEMA
        return self.options.structured or recorded

    @property
    def service_tier(self) -> ServiceTier | None:
        """How OpenAI is asked to serve the calls; None if nothing is said, in batches and elsewhere."""
        chosen = self.options.service_tier or (self.recorded.service_tier if self.recorded else self.default_tier)
        return chosen if self.is_openais and not self.options.batch else None

    @property
    def cache_key(self) -> bool:
        """Whether calls that begin alike are told as such."""
        return self.is_openais and (self.recorded is None or self.recorded.cache_key)

    @property
    def splits(self) -> bool:
        """Whether claims of two facts are asked about once more: not by batches, nor where a recording was not."""
        if self.split_prompt is None or self.options.batch:
            return False
        if self.recorded is not None and self.recorded.split_prompt_hash is None:
            return False  # it holds no answers to that, and gives the claims that it always gave
        chosen, default = self.options.split_compounds, self.default_split or self.recorded is not None
        return default if chosen is None else chosen

    def setup(self, temperature: float | None = None) -> ExtractionSetup:
        """What is written down beside the claims. Raises ModelSetupError if no model is named."""
        recording = self.options.record or self.options.replay
        parameters: dict[str, str | int | float | None] = {
            "window": self.window,
            "structured": self.structured.value,
            "temperature": temperature,
        }
        if self.service_tier:
            parameters["service_tier"] = self.service_tier.value
        if self.split_prompt and self.splits:
            parameters |= {
                "split_prompt_version": self.split_prompt.version,
                SPLIT_PROMPT_HASH: self.split_prompt.sha256,
            }
        return ExtractionSetup(
            model=self.model,
            prompt=self.prompt.name,
            prompt_version=self.prompt.version,
            prompt_hash=self.prompt.sha256,
            parameters=parameters,
            recording=recording.name if recording else None,
            recording_sha256=self.recording_sha256,
        )

    def header(self, base_url: str) -> RecordingHeader:
        """What a recording of the run says of itself. Raises ModelSetupError if no model is named."""
        prompt, split = self.prompt, self.split_prompt if self.splits else None
        return RecordingHeader(
            self.model,
            prompt.name,
            prompt.version,
            prompt.sha256,
            self.window,
            base_url,
            self.structured,
            self.service_tier,
            self.cache_key,
            split_prompt_version=split.version if split else None,
            split_prompt_hash=split.sha256 if split else None,
        )

    def budget(self, prices: Prices, estimator: Estimator, shared: SharedLimits | None = None) -> Budget | None:
        """The limit that the calls keep, if one is set, also for all workers.

        Raises InputError if nobody knows the model's price.
        """
        is_shared = shared is not None and shared.limits().budget is not None
        if self.options.budget is None and not is_shared:
            return None
        price = prices.of_model(self.model)
        if price is None:
            raise UnknownPriceError(f"a budget needs a price, and none is known for {self.model!r}")
        highest = price.highest(self.service_tier) if self.is_openais else price
        limit = inf if self.options.budget is None else self.options.budget
        if shared is not None and is_shared:
            return SharedBudget(limit, highest, estimator, shared=shared)
        return Budget(limit, highest, estimator)


Content = Article | Listing | SourceError | None
"""Of a source; an error stands for an article among several that cannot be read, None for a page that has not changed
since it was visited."""


class ExtractionSession(Protocol):
    """What articles are read and asked about with, from the opening of a recording to its closing."""

    plan: ExtractionPlan
    prices: Prices
    budget: Budget | None

    @property
    def is_recorded(self) -> bool:
        """Whether all that is read goes into a recording, or comes out of one."""

    def read(self, source: str, visit: Visit | None = None, *, is_listed: bool = False) -> Iterable[Content]:
        """What a file, standard input or the web holds: an article or several, or what is listed there.

        What `is_listed` is fetched as robots.txt allows, and with pauses. Raises SourceError or RecordingError.
        """

    def read_content(self, content: bytes, name: str | None) -> Iterable[Content]:
        """As `read`, of what was handed over: a file's content, of that name, or a text, which has none."""

    def listed_in(self, path: str) -> Listing:
        """The addresses in a user's own file, or on standard input. Raises SourceError."""

    def read_kept(self, line: str, filed: FiledArticle, sentences: Sequence[Sentence]) -> KeptAnswer | None:
        """An answer that was kept as a line; None for a line that is broken, or about another article."""

    def estimator(self) -> Estimator:
        """What tells the tokens of calls, without a model."""

    def extractor(self) -> Extractor:
        """What asks, opened with the first call of this. Raises ModelSetupError."""


class BatchSession(ExtractionSession, Protocol):
    """A session that can ask by batches; its prices and its budget count at the price of these."""

    call_prices: Prices
    """Of calls of their own, such as those of stopped runs."""

    def batch_server(self) -> BatchServer:
        """What takes batches, opened with the first call of this. Raises ModelSetupError."""
