"""What serves an extraction: recordings, models, batches, and the reading of articles."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from factcheck.domain.article import Article
from factcheck.domain.extraction import StructuredMethod
from factcheck.errors import NoBatchModelError, NotInRecordingError
from factcheck.wiring import clock
from factcheck.workflow.plan_extraction import BatchSession, Content, ExtractionOptions, ExtractionPlan
from factcheck.workflow.ports import Estimator, Stores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from factcheck.domain.article import FiledArticle
    from factcheck.domain.cost import Prices
    from factcheck.domain.extraction import ExtractionSetup, FiledRun
    from factcheck.domain.listing import Listing, Visit
    from factcheck.domain.sentence import Sentence
    from factcheck.extraction.batches import OpenAIBatches
    from factcheck.extraction.chain import LangChainExtractor
    from factcheck.extraction.prompts import Prompt
    from factcheck.extraction.runnable import BaseChatModel, RunnableConfig
    from factcheck.intake.reader import Reader
    from factcheck.settings import Settings
    from factcheck.workflow.batch_ports import BatchServer
    from factcheck.workflow.budget import Budget
    from factcheck.workflow.collect_batches import CollectBatches
    from factcheck.workflow.extract_batch import BatchProgress, ExtractBatch
    from factcheck.workflow.extract_in_batches import ExtractInBatches
    from factcheck.workflow.job_ports import OtherWorkers
    from factcheck.workflow.ports import Spill
    from factcheck.workflow.take_in_answers import KeptAnswer

_RETRIES = 2
_OPENAI_BASE_URL = "https://api.openai.com/v1"  # with nothing in the environment


@dataclass
class Session(BatchSession):
    """Opens the model only when there is something to ask."""

    plan: ExtractionPlan
    prices: Prices
    call_prices: Prices
    budget: Budget | None
    _settings: Settings
    _prompt: Prompt
    _split_prompt: Prompt
    _estimator: Estimator
    _stack: ExitStack
    _given: BaseChatModel | None = None
    _spill: Spill | None = None
    _stopping: Callable[[int], None] = lambda _: None
    _is_to_end: Callable[[], bool] = lambda: False
    _others: OtherWorkers | None = None
    _extractor: LangChainExtractor | None = None
    _batch_server: BatchServer | None = None
    _reader: Reader | None = None

    @property
    @override
    def is_recorded(self) -> bool:
        return bool(self.plan.options.record or self.plan.options.replay)

    @override
    def read(self, source: str, visit: Visit | None = None, *, is_listed: bool = False) -> Iterator[Content]:
        from factcheck.extraction.recording import NOT_RECORDED

        try:
            for one in self.reader().read(source, clock.utc_now(), visit, is_listed=is_listed):
                yield self.plan.options.checked(one, source) if isinstance(one, Article) else one
        except NOT_RECORDED as error:
            raise NotInRecordingError(f"the recording holds nothing for {source!r}") from error

    @override
    def read_content(self, content: bytes, name: str | None) -> Iterator[Content]:
        return self.reader().read_content(content, name, clock.utc_now())

    @override
    def listed_in(self, path: str) -> Listing:
        return self.reader().listed_in(path)

    def reader(self) -> Reader:
        """What reads sources, one for the whole session: it keeps in mind when a host was last asked."""
        if self._reader is None:
            from factcheck.intake.manners import Manners
            from factcheck.intake.reader import Reader

            settings, private, limits = self._settings, self._settings.allow_private_fetch, self._settings.parsing
            manners = Manners(settings.robots, 0 if self.plan.recorded else settings.pause, private, limits)
            options = self.plan.options
            self._reader = Reader(options.encoding, options.language, private, limits, manners, options.longest)
        return self._reader

    @override
    def read_kept(self, line: str, filed: FiledArticle, sentences: Sequence[Sentence]) -> KeptAnswer | None:
        from factcheck.extraction.chain import KeptReply

        return KeptReply.of_line(self._prompt, line, filed, sentences)

    @override
    def estimator(self) -> Estimator:
        return self._estimator

    @override
    def extractor(self) -> LangChainExtractor:
        if self._extractor is None:
            self._extractor = self._stack.enter_context(self.new_extractor())
        return self._extractor

    @override
    def batch_server(self) -> BatchServer:
        if self._batch_server is None:
            opened = batch_server(self._settings, self.plan.model, self.plan.structured, self.plan.setup)
            self._batch_server = self._stack.enter_context(opened)
        return self._batch_server

    def new_extractor(self, config: RunnableConfig | None = None) -> LangChainExtractor:
        """An extractor whose event loop does not run yet, with the model that is given or that the plan names."""
        from factcheck.extraction.chain import LangChainExtractor
        from factcheck.extraction.models import CallLimits, Pace, is_openais_own, open_model

        recorded, rate = self.plan.recorded, self.plan.options.requests_per_minute
        limits = CallLimits(self._settings.timeout, _RETRIES, self._settings.concurrency)
        if recorded:
            # A recording answers in the order of its calls, and gives the same answer however often it is asked.
            limits, rate = replace(limits, retries=0, concurrency=1), None
        model = self._given or open_model(self.plan.model, limits, recorded.base_url if recorded else None)
        setup = self.plan.setup(getattr(model, "temperature", None))
        pace = Pace(60 / rate if rate else 0.0)
        if self._others is not None and self._others.limits.limits().calls_a_minute is not None:
            pace.shared, pace.waits = self._others.limits.next_call, self._others.waiting
        method, is_borrowed = self.plan.structured, self._given is not None
        spill = None if recorded else self._spill  # a recording costs nothing
        extractor = LangChainExtractor(
            model,
            self._prompt,
            setup,
            limits,
            method,
            pace,
            config,
            is_borrowed,
            spill,
            self._stopping,
            self._is_to_end,
        )
        # What the model itself says is surer than the environment: it has ways of its own to be sent elsewhere.
        if not is_borrowed and is_openais_own(model):
            extractor.service_tier, extractor.cache_key = self.plan.service_tier, self.plan.cache_key
        if self.budget:
            extractor.begins, extractor.unpaid = self.budget.begins, self.budget.unpaid
            extractor.has_room = self.budget.has_room
        extractor.asks_again = True
        if self.plan.splits:
            extractor.split_prompt = self._split_prompt
        return extractor


@contextmanager
def extraction_session(
    settings: Settings,
    options: ExtractionOptions,
    given: BaseChatModel | None = None,
    spill: Spill | None = None,
    stopping: Callable[[int], None] = lambda _: None,
    others: OtherWorkers | None = None,
    is_to_end: Callable[[], bool] = lambda: False,
) -> Iterator[Session]:
    """Everything between opening and closing a recording, if one is made or played.

    A model that is given is asked in place of the one that is named. What it answers is kept in the spill, if there is
    one; `stopping` hears, after Ctrl-C or once it `is_to_end`, for how many calls it waits. `others` keep
    its limits too. Raises InputError, RecordingError, OutputError or ModelSetupError before anything is sent.
    """
    from factcheck.extraction.prices import read_prices
    from factcheck.extraction.prompts import load_prompt
    from factcheck.extraction.questions import TokenEstimator

    call_prices = read_prices(options.prices or settings.prices)
    prices = call_prices.in_batch() if options.batch else call_prices
    prompt, split_prompt = load_prompt("extract_claims"), load_prompt("split_claim")
    with ExitStack() as stack:
        plan = ExtractionPlan(
            options,
            prompt,
            settings.model,
            default_tier=settings.service_tier,
            split_prompt=split_prompt,
            default_split=settings.split_compounds,
        )
        if options.replay:
            from factcheck.extraction.recording import read_recording, replaying

            recording = read_recording(options.replay, settings.parsing)
            plan = replace(plan, recorded=recording.header, recording_sha256=recording.sha256)
            stack.enter_context(replaying(recording))
        server = plan.recorded.base_url if plan.recorded else settings.openai_base_url or _OPENAI_BASE_URL
        is_openais = server.rstrip("/") == _OPENAI_BASE_URL
        plan = plan.at_server(is_openais and given is None)
        # OpenAI bills the answer's form, other servers do not.
        estimator = TokenEstimator(prompt, plan.structured, counts_form=is_openais)
        budget = plan.budget(prices, estimator, others.limits if others else None)
        if options.record:
            from factcheck.extraction.recording import recording_to

            stack.enter_context(recording_to(options.record, plan.header(settings.openai_base_url or _OPENAI_BASE_URL)))
        asked = settings, prompt, split_prompt, estimator, stack, given, spill, stopping, is_to_end, others
        yield Session(plan, prices, call_prices, budget, *asked)


def extract_batch(opened: Stores, options: ExtractionOptions, progress: BatchProgress) -> ExtractBatch:
    """The use case over an open database; `options.record` names the recording that its session makes."""
    from time import sleep

    from factcheck.workflow.extract_batch import ExtractBatch

    def recorded() -> str | None:
        from factcheck.extraction.recording import recording_sha256

        return recording_sha256(options.record) if options.record and options.record.is_file() else None

    return ExtractBatch(opened.ledger, opened.clock, progress, recorded, lambda: sleep(1), opened.spill, opened.visits)


def batch_server(
    settings: Settings, model: str, structured: StructuredMethod, setup: Callable[[float | None], ExtractionSetup]
) -> OpenAIBatches:
    """What takes batches for a model; `setup` gets its temperature. Raises NoBatchModelError or ModelSetupError."""
    from factcheck.extraction.batches import OpenAIBatches
    from factcheck.extraction.models import CallLimits, open_model
    from factcheck.extraction.prompts import load_prompt
    from factcheck.extraction.server_chat import ServerChat

    opened = open_model(model, CallLimits(settings.timeout, _RETRIES, 1))
    if not isinstance(opened, ServerChat):
        raise NoBatchModelError(f"{model!r} cannot be asked by batches: only OpenAI's API has them")
    return OpenAIBatches(opened, load_prompt("extract_claims"), setup(opened.temperature), structured)


def extract_in_batches(opened: Stores, _: ExtractionOptions, progress: BatchProgress) -> ExtractInBatches:
    """The use case over an open database."""
    from time import sleep
    from uuid import uuid4

    from factcheck.workflow.extract_in_batches import ExtractInBatches

    told = opened.ledger, opened.batches, opened.clock, progress
    return ExtractInBatches(*told, lambda: sleep(1), lambda: uuid4().hex, opened.spill, opened.visits)


@contextmanager
def collect_batches(
    opened: Stores, settings: Settings, prices: Path | None, progress: BatchProgress
) -> Iterator[CollectBatches]:
    """The use case over an open database; a server is opened for each kind of batch, once."""
    from factcheck.extraction.prices import read_prices
    from factcheck.workflow.collect_batches import CollectBatches

    servers: dict[tuple[str, str], OpenAIBatches] = {}
    with ExitStack() as stack:

        def server_of(setup: ExtractionSetup) -> OpenAIBatches:
            kind = setup.model, str(setup.parameters["structured"])
            if kind not in servers:
                made = batch_server(settings, setup.model, StructuredMethod(kind[1]), lambda _: setup)
                servers[kind] = stack.enter_context(made)
            return servers[kind]

        known = read_prices(prices or settings.prices).in_batch()
        yield CollectBatches(opened.ledger, opened.batches, server_of, known, opened.clock, progress)


def session_of_run(settings: Settings, named: Path | None, run: FiledRun) -> AbstractContextManager[Session]:
    """A session that plays the recording of a run: the file named, or one nearby. Raises RecordingError."""
    from factcheck.bundled import bundled
    from factcheck.extraction.recording import recording_of_run

    shipped = bundled("cassettes", "demo")
    nearby = [Path(), Path("cassettes"), *filter(Path.is_dir, Path("cassettes").glob("*"))]
    path = recording_of_run(run, named, [*nearby, *([shipped] if isinstance(shipped, Path) else [])])
    # The model is the recording's, whatever the settings name.
    options = ExtractionOptions(replay=path, split_compounds=run.setup.splits)
    return extraction_session(replace(settings, model=None), options)
