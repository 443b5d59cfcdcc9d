"""What the use cases need from the outside. Adapters in other rooms serve these ports."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from factcheck.domain.acts import Change
from factcheck.domain.alike import Candidate
from factcheck.domain.article import Article, ArticleRead, FiledArticle
from factcheck.domain.audit import Event, Head, LinkedEvent, Verification
from factcheck.domain.claim import Claim
from factcheck.domain.comparison import RunAnswers
from factcheck.domain.cost import Estimate
from factcheck.domain.desk import Addition, Draft, Person
from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.extraction import ExtractionSetup, FiledRun, Question, Usage, Window, WindowOutcome
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import ClaimInBrief, ClaimQuery, PastDecision, Place, QueueCounts, QueuedClaim, Verdict
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.domain.states import Role, Stage
from factcheck.domain.statistics import GivenVerdict, Step, Tasks, Waiting
from factcheck.workflow.account_ports import Accounts
from factcheck.workflow.batch_ports import BatchLedger
from factcheck.workflow.known_ports import KnownClaims
from factcheck.workflow.listing_ports import Visits
from factcheck.workflow.lookup_ports import Lookups
from factcheck.workflow.program_ports import Programs
from factcheck.workflow.version_ports import VersionLedger
from factcheck.workflow.webhook_ports import Outbox

Clock = Callable[[], datetime]
"""Tells the moment: in UTC, and aware of it."""


class Extractor(Protocol):
    """Asks a model about windows of sentences, of many articles at once."""

    @property
    def setup(self) -> ExtractionSetup:
        """What is written down beside the claims of a run."""

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        """The outcome of each question, in the order in which they land.

        Questions are taken as calls become free, a few ahead. A call that fails is an outcome,
        with its sentences failed. Raises ModelError or RecordingError where every further call
        would fail in the same way, after the calls under way have landed. Ctrl-C lets these land, then
        raises KeyboardInterrupt; where answers are kept, closing it waits for them too.
        """


class Spill(Protocol):
    """Answers that are paid for, kept beside the database until they are stored in it.

    An answer is kept as it lands, by the thread that has asked, and is one line of text. `put_aside` names the files
    of answers that stood in a new run's way: those of another database, which somebody has replaced.
    """

    put_aside: list[str]

    def make_room(self, run_id: int) -> None:
        """See to it that one more answer of a run can be kept. Raises DatabaseError where it could not."""

    def keep(self, run_id: int, answer: str) -> None:
        """Keep an answer whatever becomes of the process. Raises DatabaseError."""

    def runs(self) -> tuple[int, ...]:
        """The runs of which answers are kept, the oldest first."""

    def answers(self, run_id: int) -> tuple[str, ...]:
        """The answers kept of a run, as they came; half of one may be among them. Raises DatabaseError.

        There are none where another process has stored them all since `runs` was asked.
        """

    def drop(self, run_id: int) -> None:
        """Keep a run's answers no longer: all of them are stored."""

    def put_away(self, run_id: int) -> None:
        """Keep a run's answers under another name: some are another run's of that number. Raises DatabaseError."""


class Estimator(Protocol):
    """Tells what a call will take before it is made."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        """The tokens of the call that asks about a window."""


class Ledger(VersionLedger, Protocol):
    """Articles, the state of their sentences, and the runs that changed it."""

    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        """The sentences of a filed article with their ledger entries."""

    def sentence_counts(self) -> dict[SentenceState, int]:
        """How many sentences stand in each state, every state named."""

    def runs_kept_alive(self, clock: Clock) -> AbstractContextManager[None]:
        """Within it, the open runs of this ledger say again and again that they live."""

    def begin_run(self, article_id: int, setup: ExtractionSetup, now: datetime, by: str | None = None) -> int:
        """Open a run, which the log says was begun `by` somebody, and return its number.

        Raises ArticleBusyError while another that lives asks about the article, HeldByBatchError while a batch does.
        """

    def record_outcome(
        self, run_id: int, article: FiledArticle, outcome: WindowOutcome, now: datetime, price: float | None = None
    ) -> int:
        """Store an outcome and its price, in dollars, in one transaction; returns how many claims were new.

        Earlier claims of its sentences that it no longer holds are marked as vanished. What the run has
        answered before is not stored again.
        """

    def end_run(self, run_id: int, outcome: str, now: datetime) -> None:
        """Close a run with a word on how it ended."""

    def note_recording(self, run_ids: Sequence[int], recording_sha256: str, now: datetime) -> None:
        """Write the hash of the recording that runs have made, once its file is whole."""

    def article(self, article_id: int) -> FiledArticle:
        """A filed article. Raises NotFoundError."""

    def article_of(self, run: FiledRun) -> FiledArticle:
        """The article of a run, known by what it was known by when the run began. Raises NotFoundError."""

    def filed(self, numbers: Iterable[int]) -> Iterator[FiledArticle]:
        """The articles of these numbers, one after the other. Raises NotFoundError."""

    def known_article(self, sha256: str) -> FiledArticle | None:
        """The filed article of that hash, if there is one."""

    def articles(self) -> Iterator[tuple[FiledArticle, dict[SentenceState, int], int]]:
        """Each article with its ledger counts and its number of claims, oldest first."""

    def runs(self, article_id: int | None = None, among: Collection[int] | None = None) -> tuple[FiledRun, ...]:
        """The runs of one article, or all, oldest first; of these numbers alone, if some are given."""

    def answers(self, run_id: int) -> RunAnswers:
        """All that a run said. Raises NotFoundError."""


class Queue(Protocol):
    """The review queue. Each change is one transaction with its event."""

    def claim(self, claim_id: int, now: datetime, viewer: str | None = None) -> QueuedClaim:
        """One claim with everything about it that the viewer may see. Raises NotFoundError."""

    def count(self, query: ClaimQuery, now: datetime) -> int:
        """How many claims fit."""

    def find(
        self, query: ClaimQuery, now: datetime, limit: int | None = None, after: Place | None = None
    ) -> Iterator[QueuedClaim]:
        """The claims that fit, in the order of `QueuedClaim.place`, at most `limit`, those behind the place `after`.

        Raises BrokenRowError for a damaged one, unless the desk was opened to leave it out; so do all that give many.
        """

    def in_brief(self, query: ClaimQuery, now: datetime, limit: int) -> tuple[ClaimInBrief, ...]:
        """The claims that fit and stand in their article still, in the same order, at most `limit`."""

    def numbers_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        """Numbers of the claims that fit, in order, also of those that cannot be read."""

    def articles_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        """Numbers of the articles that a claim that fits is of, in order."""

    def lease_next(
        self,
        reviewer: str,
        now: datetime,
        until: datetime,
        count: int = 1,
        stages: Sequence[Stage] = (Stage.FIRST,),
        among: ClaimQuery | None = None,
    ) -> tuple[int, ...]:
        """Lease claims, at most `count`, for the first of these readings that some of those asked for wait for.

        Returns their numbers, the lowest first. `among` says which are asked for; None asks for any. The reviewer's own
        tasks come first, then what is due, then those most worth checking; nobody else's tasks. Raises ConflictError if
        the reviewer's roles allow none of the readings.
        """

    def waiting_for(self, reviewer: str, now: datetime, among: ClaimQuery | None = None) -> dict[Stage, int]:
        """How many of the claims that are asked for this reader may take, by reading; None asks for any."""

    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        """The scale as it was when the first verdict was given on it; None if there was none."""

    def names_beside(self, name: str) -> tuple[str, ...]:
        """Everybody who has done something at the desk, or was added to it; nobody if this name is among them."""

    def draft(self, claim_id: int, reviewer: str) -> Draft | None:
        """What the reviewer has typed about a claim and not decided, if anything."""

    def history(self, reviewer: str, now: datetime, limit: int = 10) -> tuple[PastDecision, ...]:
        """The reviewer's last decisions that were not undone, latest first."""

    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        """The events of `history`, damaged claims or not."""

    def events_since(self, event: Event) -> tuple[Event, ...]:
        """What was done to the event's claim after it, and was not undone."""

    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        """Numbers of the claims that the reviewer holds."""

    def counts(self, now: datetime) -> QueueCounts:
        """How full the queue is."""

    def verdict_counts(self) -> dict[str, int]:
        """How often each label holds, most frequent first."""

    def snapshot(self, sha256: str) -> Snapshot | None:
        """The kept content of that hash."""

    def read_for(self, claim_id: int) -> ArticleRead:
        """What the claim's article says, and what it was read from; nothing where there is no such claim."""

    def changing(self) -> AbstractContextManager["QueueChange"]:
        """A transaction in which what was read cannot change before it is written."""


class QueueChange(Protocol):
    """The queue inside one transaction: what was read cannot change before it is written."""

    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        """One claim with everything about it. Raises NotFoundError."""

    def claim_of_evidence(self, evidence_id: int, now: datetime) -> QueuedClaim:
        """The claim that a piece of evidence is of. Raises NotFoundError."""

    def claim_in_words(self, article_id: int, wording: str) -> int | None:
        """Number of the article's claim of that wording, if it has one."""

    def takers(self, claim_id: int) -> tuple[int, ...]:
        """Numbers of the claims with a verdict that was once carried over from this one."""

    def merged_into(self, claim_id: int) -> tuple[int, ...]:
        """Numbers of the claims that were set aside as saying the same as this one."""

    def roles_of(self, person: str) -> frozenset[Role] | None:
        """The roles of a person; None where the desk goes without roles."""

    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        """The reviewer's last decisions that were not undone, latest first."""

    def events_since(self, event: Event) -> tuple[Event, ...]:
        """What was done to the event's claim after it, and was not undone."""

    def replaced_by(self, event: Event) -> Verdict | None:
        """The editor's verdict in whose place that event has put another one; None where it was the first."""

    def store(self, change: Change, snapshot: Snapshot | None = None) -> None:
        """Write what differs from the claim as `claim` gave it, the snapshot behind its evidence, and the event.

        The event tells the number that a new verdict or new evidence was given, as `verdict` or `evidence`.
        """

    def add_parts(self, whole: QueuedClaim, parts: Sequence[Claim]) -> tuple[int, ...]:
        """Queue claims that a claim was split into; returns their numbers."""

    def add_claim(self, article_id: int, claim: Claim, added: Addition, event: Event) -> int:
        """Queue a claim that a person wrote down, with the event that tells of it; returns its number."""

    def has_signed_off(self, article_id: int) -> bool:
        """Whether a verdict on a claim of the article is signed off, whatever became of it later."""

    def amend_article(self, article_id: int, columns: Mapping[str, Any], by: str, now: datetime) -> FiledArticle:
        """Set fields of an article other than its text, with the event that tells of it. Raises NotFoundError."""

    def see_changes(self, article_id: int, by: str, now: datetime) -> tuple[int, ...]:
        """Alert the editor no more to published claims whose words this version has not; their numbers.

        Raises NotFoundError.
        """

    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        """As in the queue."""

    def keep_scale(self, scale: RatingScale) -> RatingScale:
        """Keep the scale that a verdict is given on; returns the one that was kept first under its name and version."""

    def save_draft(self, draft: Draft) -> None:
        """Keep what a reviewer has typed and not decided, in place of the reviewer's draft before."""

    def drop_draft(self, claim_id: int, reviewer: str) -> None:
        """Forget the reviewer's draft on the claim; its events stay."""


class People(Protocol):
    """The people of the desk."""

    def everybody(self) -> tuple[Person, ...]:
        """All people by name."""

    def set_roles(
        self,
        name: str,
        roles: Collection[Role],
        now: datetime,
        by: str | None,
        *,
        by_rule: bool = False,
        seen: Collection[Role] | None = None,
    ) -> Person:
        """Give somebody these roles and no others; a new name is added.

        `by_rule` asks `require_may_set_roles` in the transaction that writes, and `seen`, the roles that somebody has
        seen them to have, `require_seen`. Raises ConflictError then.
        """


class Log(Protocol):
    """The event log."""

    def events(self, claim_id: int | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """The last events, of one claim or of all, oldest first."""

    def linked(self) -> Iterator[LinkedEvent]:
        """Every event with its hashes, oldest first."""

    def head(self) -> Head | None:
        """The last event with its hash; None while there is none."""

    def origin(self) -> str | None:
        """The hash of the first event, the desk's own wherever it is copied; None while there is none."""

    def verify(self, noted: Collection[str] = ()) -> Verification:
        """Whether the chain is whole and holds the hashes that were noted, and what stands follows from it."""


class Witness(Protocol):
    """A place outside the desk that keeps the log's last hash."""

    def require_ready(self) -> None:
        """Raise HeadsWriteError, or HeadsFileError for a file that holds something else, if it can keep none now."""

    def note(self, at: datetime) -> None:
        """Keep the log's last hash, as it is at this moment. Raises HeadsWriteError."""


class Statistics(Protocol):
    """What the desk's figures are made of."""

    def readings(self) -> tuple[GivenVerdict, ...]:
        """Every verdict that was not taken back, oldest first."""

    def scales(self) -> tuple[RatingScale, ...]:
        """Every scale that verdicts were given on, in every version."""

    def ages(self, now: datetime) -> list[tuple[timedelta, int]]:
        """How long claims have waited for a first reading, and how many so long, longest first."""

    def waiting(self, now: datetime) -> dict[Step, Waiting]:
        """What waits for each step, held claims left out; steps that nothing waits for are not in it."""

    def tasks(self, day: date) -> tuple[Tasks, ...]:
        """Everybody's tasks by name, and last what is due and nobody's; `day` is today."""


class PastVerdicts(Protocol):
    """The settled claims of the desk, found by words and, where there are vectors, by meaning."""

    def found(self, text: str, limit: int) -> tuple[Candidate, ...]:
        """The settled claims most alike: so many by words, and so many by vectors; no order is promised."""

    def rarity(self, word: str) -> float:
        """How rare the stem of a word is among them."""

    def nearness(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """How near any other texts are to this one in meaning, -1 to 1; None where there are no vectors."""


class Sources(Protocol):
    """Where evidence comes from: pages of the web, and files."""

    @property
    def archives(self) -> bool:
        """Whether an archive is asked to save each page."""

    def fetch(self, url: str) -> Snapshot:
        """What the address answers with. Raises PageGoneError, PageRefusedError or SourceError."""

    def open_file(self, path: str) -> Snapshot:
        """What the file holds. Raises SourceError."""

    def as_file(self, content: bytes, name: str) -> Snapshot:
        """The same of a file that was handed in, by its name without folders. Raises SourceError if it is too large."""

    def read(self, snapshot: Snapshot) -> PageText:
        """What can be read in it; empty where there is no text in it."""

    def archive(self, url: str, said: str) -> str:
        """The address under which an archive has saved the page just now, which says so. Raises SourceError."""


class Progress(Protocol):
    """Told how an extraction gets on."""

    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        """`done` windows of the `total` planned so far have landed, the last one of this article."""

    def waits(self, filed: FiledArticle) -> None:
        """Another process asks about this article; its answers are waited for, not paid for twice."""

    def taken_in(self, filed: FiledArticle, answers: int) -> None:
        """So many answers about this article, which a stopped run had paid for and not stored, are stored now."""

    def kept(self) -> None:
        """Answers that cannot be stored now are kept for the next time."""


@dataclass(frozen=True, slots=True)
class Stores:
    """The ports of one open database, with the clock. `location` is what to call it, with no password in it.

    What one thread reads within `at_one_moment` is as it was at one moment, whatever others do meanwhile; nothing can
    be written within it.
    """

    ledger: Ledger
    batches: BatchLedger
    queue: Queue
    people: People
    log: Log
    statistics: Statistics
    past_verdicts: PastVerdicts
    spill: Spill
    location: str
    clock: Clock
    at_one_moment: Callable[[], AbstractContextManager[None]]
    visits: Visits
    known: KnownClaims
    lookups: Lookups
    programs: Programs
    outbox: Outbox
    accounts: Accounts
