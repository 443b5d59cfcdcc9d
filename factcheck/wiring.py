"""The one place that knows which adapter serves which port. Heavy libraries load in here, late."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from factcheck.domain.article import Article
from factcheck.domain.extraction import StructuredMethod
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.errors import InputError, NoBatchModelError, NotInRecordingError
from factcheck.workflow.plan_extraction import BatchSession, Content, ExtractionOptions, ExtractionPlan
from factcheck.workflow.ports import Estimator, Sources, Stores, Witness
from factcheck.workflow.review_claim import Desk, require_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from factcheck.domain.article import FiledArticle
    from factcheck.domain.cost import Prices
    from factcheck.domain.extraction import ExtractionSetup, FiledRun
    from factcheck.domain.listing import Listing, Visit
    from factcheck.domain.markup import Markup
    from factcheck.domain.review import ClaimQuery
    from factcheck.domain.sentence import Sentence
    from factcheck.domain.states import Act, Stage
    from factcheck.extraction.batches import OpenAIBatches
    from factcheck.extraction.chain import LangChainExtractor
    from factcheck.extraction.prompts import Prompt
    from factcheck.extraction.runnable import BaseChatModel, RunnableConfig
    from factcheck.intake.reader import Reader
    from factcheck.settings import Settings
    from factcheck.storage.database import Damaged
    from factcheck.workflow.batch_ports import BatchServer
    from factcheck.workflow.budget import Budget
    from factcheck.workflow.build_report import Newsroom
    from factcheck.workflow.collect_batches import CollectBatches
    from factcheck.workflow.extract_batch import BatchProgress, ExtractBatch
    from factcheck.workflow.extract_in_batches import ExtractInBatches
    from factcheck.workflow.ports import Spill
    from factcheck.workflow.take_in_answers import KeptAnswer

_RETRIES = 2
_OPENAI_BASE_URL = "https://api.openai.com/v1"  # with nothing in the environment


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@contextmanager
def stores(settings: Settings, *, creates: bool = False, damaged: Damaged | None = None) -> Iterator[Stores]:
    """Open the database for the length of a command. What is in it goes to use cases, whole.

    Only what `creates` may make a desk where there is none. Where `damaged` hears of damaged rows, lists lack them.
    """
    from factcheck.storage.batches import SqlBatchLedger
    from factcheck.storage.database import Database
    from factcheck.storage.events import SqlLog
    from factcheck.storage.ledger import SqlLedger
    from factcheck.storage.past_verdicts import SqlPastVerdicts
    from factcheck.storage.people import SqlPeople
    from factcheck.storage.queue import SqlQueue
    from factcheck.storage.spill import FileSpill
    from factcheck.storage.statistics import SqlStatistics
    from factcheck.storage.visits import SqlVisits

    database = Database(settings.db, creates=creates, damaged=damaged)
    with closing(database), closing(SqlPastVerdicts(database)) as past:
        ledger = SqlLedger(database)
        yield Stores(
            ledger=ledger,
            batches=SqlBatchLedger(database, ledger),
            queue=SqlQueue(database, has_roles=settings.roles),
            people=SqlPeople(database),
            log=SqlLog(database),
            statistics=SqlStatistics(database),
            past_verdicts=past,
            spill=FileSpill(database),
            location=database.location,
            clock=utc_now,
            visits=SqlVisits(database),
        )


def back_up(settings: Settings, target: Path, *, replaces: bool) -> None:
    """Copy the desk in use to a file. Raises DatabaseError or OutputError."""
    from factcheck.storage.copies import back_up as copy
    from factcheck.storage.database import Database

    with closing(Database(settings.db, creates=False)) as database:
        copy(database, target, replaces=replaces)


def restore(settings: Settings, source: Path, *, replaces: bool) -> int:
    """Put a copy in the desk's place; returns how many events it holds. Raises DatabaseError or OutputError."""
    from factcheck.storage.copies import restore as put
    from factcheck.storage.database import Database

    with closing(Database(settings.db)) as database:
        return put(source, database, replaces=replaces)


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk]:
    """The review desk, with its database open for the length of a command."""
    with stores(settings) as opened:
        yield desk(opened, settings)


def desk(opened: Stores, settings: Settings) -> Desk:
    """The review desk over an open database. Raises InputError if there is no rating scale of the settings' name."""
    scale, rules = scale_named(settings, settings.scale), settings.second_reading
    if rules.labels:  # a misspelt one would switch second readings off without a word
        rules = rules.in_labels_of(scales(settings).values())
    kept = settings.lease, scale, rules, settings.sign_off, settings.order
    return Desk(opened.queue, opened.clock, *kept, witness=_witness(opened, settings))


def _witness(opened: Stores, settings: Settings) -> Witness | None:
    """The file to which the log's last hash goes at each publication, if the settings name one."""
    if settings.heads_file is None:
        return None
    from factcheck.storage.heads_file import HeadsFile

    return HeadsFile(settings.heads_file, opened.log, settings.db)


def noted_heads(path: str) -> tuple[str, ...]:
    """The hashes that a file of heads holds. Raises HeadsFileError."""
    from factcheck.storage.heads_file import read_heads

    return read_heads(path)


def review_on_screen(
    settings: Settings,
    reviewer: str,
    stage: Stage | None = None,
    among: ClaimQuery | None = None,
    *,
    to_sign_off: bool = False,
) -> Mapping[Act, int]:
    """Review, one reading or some claims alone if asked, or sign off, on the full screen; how often each act was done.

    Raises InputError for unusable keys, and MisspeltNameError before the screen is drawn.
    """
    from factcheck.screen.keys import ACTS, EDITOR_ACTS, keymap
    from factcheck.workflow.editing_session import EditingSession
    from factcheck.workflow.review_session import ReviewSession

    keys = keymap(settings.keys, EDITOR_ACTS if to_sign_off else ACTS)
    with stores(settings) as opened:
        from factcheck.screen.app import run_review

        about = desk(opened, settings), opened.ledger, reviewer, opened.past_verdicts
        require_known(about[0], reviewer)
        opened_sources = partial(sources, settings)
        if to_sign_off:
            return run_review(EditingSession(*about, sources=opened_sources), keys)
        return run_review(ReviewSession(*about, sources=opened_sources, stage=stage, among=among), keys)


def scale_named(settings: Settings, name: str) -> RatingScale:
    """The shipped scale, or the newsroom's own, of that id. Raises InputError."""
    if name == TRUTH_5.id and not settings.scale_files:
        return TRUTH_5
    found = scales(settings)
    if name not in found:
        raise InputError(f"there is no rating scale {name!r}; there are: {', '.join(found)}")
    return found[name]


def scales(settings: Settings) -> dict[str, RatingScale]:
    """Every rating scale by id: those that ship with the package, and those of the config file."""
    from factcheck.intake.scales import read_scales

    return read_scales(settings.scale_files)


def sources(settings: Settings) -> Sources:
    """Where evidence comes from."""
    from factcheck.intake.sources import WebSources

    return WebSources(
        allow_private=settings.allow_private_fetch, archive_save=settings.archive_save, limits=settings.parsing
    )


def read_markup(source: str, page_url: str | None, settings: Settings) -> Markup:
    """The structured data of a page or a JSON file. Raises SourceError."""
    from factcheck.intake.markup import read_markup as read

    return read(source, page_url, allow_private=settings.allow_private_fetch, limits=settings.parsing)


def newsroom(opened: Stores, settings: Settings) -> Newsroom:
    """What reports are made from, over an open database."""
    from factcheck import __version__
    from factcheck.workflow.build_report import Newsroom

    scales = {(one.id, one.version): one for one in (TRUTH_5, *opened.statistics.scales())}
    return Newsroom(opened.ledger, opened.queue, __version__, tuple(scales.values()), settings.publisher)


@dataclass
class Session(BatchSession):
    """Opens the model only when there is something to ask."""

    plan: ExtractionPlan
    prices: Prices
    call_prices: Prices
    budget: Budget | None
    _settings: Settings
    _prompt: Prompt
    _estimator: Estimator
    _stack: ExitStack
    _given: BaseChatModel | None = None
    _spill: Spill | None = None
    _stopping: Callable[[int], None] = lambda _: None
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
            for one in self.reader().read(source, utc_now(), visit, is_listed=is_listed):
                yield self.plan.options.checked(one, source) if isinstance(one, Article) else one
        except NOT_RECORDED as error:
            raise NotInRecordingError(f"the recording holds nothing for {source!r}") from error

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
            self._reader = Reader(self.plan.options.encoding, self.plan.options.language, private, limits, manners)
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
        pace = Pace(60 / rate) if rate else Pace()
        method, is_borrowed = self.plan.structured, self._given is not None
        spill = None if recorded else self._spill  # a recording costs nothing
        extractor = LangChainExtractor(
            model, self._prompt, setup, limits, method, pace, config, is_borrowed, spill, self._stopping
        )
        # What the model itself says is surer than the environment: it has ways of its own to be sent elsewhere.
        if not is_borrowed and is_openais_own(model):
            extractor.service_tier, extractor.cache_key = self.plan.service_tier, self.plan.cache_key
        return extractor


@contextmanager
def extraction_session(
    settings: Settings,
    options: ExtractionOptions,
    given: BaseChatModel | None = None,
    spill: Spill | None = None,
    stopping: Callable[[int], None] = lambda _: None,
) -> Iterator[Session]:
    """Everything between opening and closing a recording, if one is made or played.

    A model that is given is asked in place of the one that is named. What it answers is kept in the spill, if there is
    one; `stopping` hears, after Ctrl-C, for how many calls it waits. Raises InputError, RecordingError,
    OutputError or ModelSetupError before anything is sent.
    """
    from factcheck.extraction.prices import read_prices
    from factcheck.extraction.prompts import load_prompt
    from factcheck.extraction.questions import TokenEstimator

    call_prices = read_prices(options.prices or settings.prices)
    prices = call_prices.in_batch() if options.batch else call_prices
    prompt = load_prompt("extract_claims")
    with ExitStack() as stack:
        plan = ExtractionPlan(options, prompt, settings.model, default_tier=settings.service_tier)
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
        budget = plan.budget(prices, estimator)
        if options.record:
            from factcheck.extraction.recording import recording_to

            stack.enter_context(recording_to(options.record, plan.header(settings.openai_base_url or _OPENAI_BASE_URL)))
        counted = prices, call_prices, budget
        yield Session(plan, *counted, settings, prompt, estimator, stack, given, spill, stopping)


def extract_batch(opened: Stores, options: ExtractionOptions, progress: BatchProgress) -> ExtractBatch:
    """The use case over an open database; `options.record` names the recording that its session makes."""
    from time import sleep

    from factcheck.workflow.extract_batch import ExtractBatch

    def recorded() -> str | None:
        from factcheck.extraction.recording import recording_sha256

        return recording_sha256(options.record) if options.record and options.record.is_file() else None

    return ExtractBatch(opened.ledger, utc_now, progress, recorded, lambda: sleep(1), opened.spill, opened.visits)


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

    told = opened.ledger, opened.batches, utc_now, progress
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
        yield CollectBatches(opened.ledger, opened.batches, server_of, known, utc_now, progress)


def session_of_run(settings: Settings, named: Path | None, run: FiledRun) -> AbstractContextManager[Session]:
    """A session that plays the recording of a run: the file named, or one nearby. Raises RecordingError."""
    from factcheck.bundled import bundled
    from factcheck.extraction.recording import recording_of_run

    shipped = bundled("cassettes", "demo")
    nearby = [Path(), Path("cassettes"), *filter(Path.is_dir, Path("cassettes").glob("*"))]
    path = recording_of_run(run, named, [*nearby, *([shipped] if isinstance(shipped, Path) else [])])
    # The model is the recording's, whatever the settings name.
    return extraction_session(replace(settings, model=None), ExtractionOptions(replay=path))
