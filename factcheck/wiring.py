"""The one place that knows which adapter serves which port. Heavy libraries load in here, late."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from factcheck.domain.extraction import DEFAULT_WINDOW, ExtractionSetup, StructuredMethod
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.errors import InputError, ModelSetupError, RecordingError
from factcheck.workflow.review_claim import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factcheck.domain.article import Article
    from factcheck.domain.cost import Prices
    from factcheck.domain.extraction import FiledRun
    from factcheck.domain.markup import Markup
    from factcheck.extraction.chain import LangChainExtractor
    from factcheck.extraction.prompts import Prompt
    from factcheck.extraction.recording import Recording
    from factcheck.screen.session import Summary
    from factcheck.settings import Settings
    from factcheck.storage.event_reader import SqlLog
    from factcheck.storage.ledger import SqlLedger
    from factcheck.storage.past_verdicts import SqlPastVerdicts
    from factcheck.storage.people import SqlPeople
    from factcheck.storage.queue import SqlQueue
    from factcheck.storage.statistics import SqlStatistics
    from factcheck.workflow.budget import Budget
    from factcheck.workflow.build_report import Newsroom
    from factcheck.workflow.extract_article import Extraction
    from factcheck.workflow.ports import Estimator, Extractor, Progress, Sources

_PROMPT = "extract_claims"
_RETRIES = 2
_PAUSE_SECONDS = 1
_MINUTE = 60
PRICE_ADVICE = "add it with --prices FILE or FACTCHECK_PRICES"
_OPENAI_BASE_URL = "https://api.openai.com/v1"


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one database, and what to call it."""

    ledger: SqlLedger
    queue: SqlQueue
    location: str
    people: SqlPeople
    log: SqlLog
    statistics: SqlStatistics
    past_verdicts: SqlPastVerdicts


@contextmanager
def stores(settings: Settings) -> Iterator[Stores]:
    """Open the database for the length of a command."""
    from factcheck.storage.database import Database
    from factcheck.storage.event_reader import SqlLog
    from factcheck.storage.ledger import SqlLedger
    from factcheck.storage.past_verdicts import SqlPastVerdicts
    from factcheck.storage.people import SqlPeople
    from factcheck.storage.queue import SqlQueue
    from factcheck.storage.statistics import SqlStatistics

    database = Database(settings.db)
    past = SqlPastVerdicts(database)
    try:
        queue = SqlQueue(database, has_roles=settings.roles)
        yield Stores(
            SqlLedger(database),
            queue,
            database.location,
            SqlPeople(database),
            SqlLog(database),
            SqlStatistics(database),
            past,
        )
    finally:
        past.close()
        database.close()


def desk(opened: Stores, settings: Settings, scale: str | None = None) -> Desk:
    """The review desk over an open database; `scale` names another than the settings'. Raises InputError."""
    chosen = scale_named(settings, scale or settings.scale)
    return Desk(opened.queue, utc_now, settings.lease, chosen, settings.second_reading)


def review_on_screen(settings: Settings, reviewer: str, *, to_sign_off: bool = False) -> Summary:
    """Review or sign off on the full screen until one leaves. Raises InputError for keys that will not do."""
    from factcheck.screen.editor_session import EditorSession
    from factcheck.screen.keys import keymap
    from factcheck.screen.session import Session

    kind = EditorSession if to_sign_off else Session
    keys = keymap(settings.keys, kind.acts)
    with stores(settings) as opened:
        from factcheck.screen.app import run_review

        session = kind(
            desk(opened, settings), opened.ledger, reviewer, opened.past_verdicts, sources=lambda: sources(settings)
        )
        return run_review(session, keys)


def scale_named(settings: Settings, name: str) -> RatingScale:
    """The shipped scale, or the newsroom's own, of that id. Raises InputError."""
    if name == TRUTH_5.id and not settings.scale_files:
        return TRUTH_5
    found = scales(settings)
    if name not in found:
        message = f"there is no rating scale {name!r}; there are: {', '.join(found)}"
        raise InputError(message)
    return found[name]


def scales(settings: Settings) -> dict[str, RatingScale]:
    """Every rating scale by id: those that ship with the package, and those of the config file."""
    from factcheck.intake.scales import read_scales

    return read_scales(settings.scale_files)


def sources(settings: Settings) -> Sources:
    """Where evidence comes from."""
    from factcheck.intake.sources import WebSources

    return WebSources(allow_private=settings.allow_private_fetch, archive_save=settings.archive_save)


def read_markup(source: str, page_url: str | None, settings: Settings) -> Markup:
    """The structured data of a page or a JSON file. Raises SourceError."""
    from factcheck.intake.markup import read_markup as read

    return read(source, page_url, allow_private=settings.allow_private_fetch)


def newsroom(opened: Stores, settings: Settings) -> Newsroom:
    """What reports are made from, over an open database."""
    from factcheck import __version__
    from factcheck.workflow.build_report import Newsroom

    scales = {(one.id, one.version): one for one in (TRUTH_5, *opened.statistics.scales())}
    return Newsroom(opened.ledger, opened.queue, __version__, tuple(scales.values()), settings.publisher)


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """What a run is asked for on the command line; None leaves it to the recording or the settings."""

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


@dataclass
class ExtractionSession:
    """Reads sources and opens the extractor only when there is something to ask."""

    window: int
    structured: StructuredMethod
    _settings: Settings
    options: ExtractionOptions
    prompt: Prompt
    _recording: Recording | None
    _stack: ExitStack
    prices: Prices
    budget: Budget | None = None
    _extractor: Extractor | None = field(default=None)

    def read(self, source: str) -> Article:
        """An article from a file, standard input or the web. Raises SourceError."""
        from factcheck.extraction.recording import mismatch_told
        from factcheck.intake.read_source import read_source

        with mismatch_told(source):
            return read_source(
                source,
                utc_now(),
                self.options.encoding,
                self.options.language,
                allow_private=self._settings.allow_private_fetch,
            )

    def model_name(self) -> str:
        """The `provider:name` that is asked. Raises ModelSetupError if none is named."""
        from factcheck.extraction.models import full_model_name

        recorded = self._recording.header.model if self._recording else None
        return full_model_name(_model_name(self._settings, self.options, recorded))

    def estimator(self) -> Estimator:
        """Tells what calls will take, without a model."""
        from factcheck.extraction.questions import TokenEstimator

        own_server = self._recording.header.base_url if self._recording else self._settings.openai_base_url
        return TokenEstimator(self.prompt, self.structured, counts_form=own_server in (None, _OPENAI_BASE_URL))

    def setup(self) -> ExtractionSetup | None:
        """What would be written down beside the claims, None if no model is named."""
        try:
            return self._setup(self.model_name())
        except ModelSetupError:
            return None

    def extractor(self) -> Extractor:
        """The extractor of this session. Raises ModelSetupError."""
        if self._extractor is None:
            self._extractor = self._stack.enter_context(self._open())
        return self._extractor

    def _open(self) -> LangChainExtractor:
        from factcheck.extraction.chain import LangChainExtractor
        from factcheck.extraction.models import CallLimits, Pace, open_model

        recorded = self._recording.header if self._recording else None
        name = self.model_name()
        limits = CallLimits(self._settings.timeout, _RETRIES, self._settings.concurrency)
        if recorded:
            limits = replace(limits, retries=0, concurrency=1)
        model = open_model(name, limits, recorded.base_url if recorded else None)
        setup = self._setup(name, getattr(model, "temperature", None))
        rate = None if recorded else self.options.requests_per_minute
        pace = Pace(_MINUTE / rate) if rate else Pace()
        return LangChainExtractor(model, self.prompt, setup, limits, self.structured, pace)

    def _setup(self, name: str, temperature: float | None = None) -> ExtractionSetup:
        tape = self.options.record or self.options.replay
        return ExtractionSetup(
            model=name,
            prompt=self.prompt.name,
            prompt_version=self.prompt.version,
            prompt_hash=self.prompt.sha256,
            parameters={"window": self.window, "structured": self.structured.value, "temperature": temperature},
            recording=tape.name if tape else None,
            recording_sha256=self._recording.sha256 if self._recording else None,
        )


@contextmanager
def extraction_session(settings: Settings, options: ExtractionOptions) -> Iterator[ExtractionSession]:
    """Everything between opening and closing a recording, if one is made or played.

    Raises InputError, RecordingError, OutputError or ModelSetupError before anything is sent.
    """
    from factcheck.extraction.prices import read_prices
    from factcheck.extraction.prompts import load_prompt

    prices = read_prices(options.prices or settings.prices)
    prompt = load_prompt(_PROMPT)
    with ExitStack() as stack:
        played = _enter_replay(stack, options.replay, prompt) if options.replay else None
        window = options.window or (played.header.window if played else DEFAULT_WINDOW)
        recorded = played.header.structured if played else StructuredMethod.JSON_SCHEMA
        method = options.structured or recorded
        session = ExtractionSession(window, method, settings, options, prompt, played, stack, prices)
        if options.budget is not None:
            session.budget = _budget(session, options.budget)
        if options.record:
            _enter_recording(stack, options.record, session, settings)
        yield session


def extraction(opened: Stores, session: ExtractionSession, progress: Progress) -> Extraction:
    """The use case over an open database and an open session."""
    from time import sleep

    from factcheck.workflow.extract_article import Extraction

    return Extraction(
        opened.ledger,
        session.extractor,
        utc_now,
        progress,
        lambda: sleep(_PAUSE_SECONDS),
        session.prices,
        session.budget,
    )


def seal_recording(opened: Stores, path: Path, run_ids: list[int]) -> None:
    """Write the hash of a finished recording beside the runs that made it."""
    from factcheck.extraction.recording import recording_sha256

    opened.ledger.note_recording(run_ids, recording_sha256(path), utc_now())


def recording_of(run: FiledRun, named: Path | None) -> Path:
    """The recording that a run was made with: the file named, or one nearby. Raises RecordingError."""
    from pathlib import Path

    from factcheck.bundled import bundled
    from factcheck.extraction.recording import recording_of_run

    shipped = bundled("cassettes", "demo")
    nearby = [Path(), Path("cassettes"), *filter(Path.is_dir, Path("cassettes").glob("*"))]
    return recording_of_run(run, named, [*nearby, *([shipped] if isinstance(shipped, Path) else [])])


def _budget(session: ExtractionSession, limit: float) -> Budget:
    from factcheck.workflow.budget import Budget

    name = session.model_name()
    price = session.prices.of_model(name)
    if price is None:
        message = f"--budget needs a price, and none is known for {name!r}; {PRICE_ADVICE}"
        raise InputError(message)
    return Budget(limit, price, session.estimator())


def _enter_replay(stack: ExitStack, path: Path, prompt: Prompt) -> Recording:
    from factcheck.extraction.recording import read_recording, replaying

    recording = read_recording(path)
    if recording.header.prompt_hash != prompt.sha256:
        message = (
            f"the recording {str(path)!r} was made with prompt {recording.header.prompt} "
            f"{recording.header.prompt_hash[:12]}, this is {prompt.sha256[:12]}; record again with --record FILE"
        )
        raise RecordingError(message)
    stack.enter_context(replaying(recording))
    return recording


def _enter_recording(stack: ExitStack, path: Path, session: ExtractionSession, settings: Settings) -> None:
    from factcheck.extraction.models import full_model_name
    from factcheck.extraction.recording import RecordingHeader, recording_to

    header = RecordingHeader(
        model=full_model_name(_model_name(settings, session.options)),
        prompt=session.prompt.name,
        prompt_version=session.prompt.version,
        prompt_hash=session.prompt.sha256,
        window=session.window,
        base_url=settings.openai_base_url or _OPENAI_BASE_URL,
        structured=session.structured,
    )
    stack.enter_context(recording_to(path, header))


def _model_name(settings: Settings, options: ExtractionOptions, recorded: str | None = None) -> str:
    name = options.model or recorded or settings.model
    if not name:
        message = (
            "no model is named; say --model openai:NAME or set FACTCHECK_MODEL, or play a recording with --replay FILE"
        )
        raise ModelSetupError(message)
    return name
