"""Stand-ins: a model's server on loopback that answers as told, and a model in a few lines."""

import json
import re
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase, BytesIO
from typing import Any, Self

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from typing_extensions import override

from factcheck.domain.alike import Candidate
from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.cost import Estimate, Prices
from factcheck.domain.desk import Person
from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.extraction import ExtractionSetup, PromptVersion, Question, Usage, Window, WindowOutcome
from factcheck.domain.known import FoundKnown, Kept, KnownClaim, KnownSource
from factcheck.domain.listing import Listed, Listing, Visit
from factcheck.domain.lookup import FoundPage, Lookup
from factcheck.domain.programs import AccessToken, KeyUse, UsedKey
from factcheck.domain.report import Report
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.webhooks import Delivery, Webhook
from factcheck.errors import FactcheckError, HasPasswordError, PageGoneError, SourceError
from factcheck.export.report_json import report_json
from factcheck.text.inference import content_words
from factcheck.workflow.account_ports import LINK, Accounts, Allowed, Passwords
from factcheck.workflow.budget import Budget
from factcheck.workflow.known_ports import KnownClaims
from factcheck.workflow.listing_ports import Visits
from factcheck.workflow.lookup_ports import Lookups
from factcheck.workflow.plan_extraction import Content, ExtractionOptions, ExtractionPlan, ExtractionSession
from factcheck.workflow.ports import PastVerdicts, Spill
from factcheck.workflow.program_ports import Programs
from factcheck.workflow.take_in_answers import KeptAnswer
from factcheck.workflow.webhook_ports import Outbox

Reply = tuple[int, dict[str, Any] | bytes, dict[str, str]]
Misdeed = Callable[[BufferedIOBase, threading.Event], None]
"""Writes what it likes to the connection, which is then dropped; the event is set when the server ends."""

Answer = Callable[[dict[str, Any]], Reply | Misdeed]

NOTHING_ASKED = SignOffRules(frozenset())
"""For tests in which a verdict may be signed off as it is."""
SETUP = ExtractionSetup("fake:model", "extract_claims", "1", "0" * 64, {"window": 2})


def numbered_sentences(request: dict[str, Any]) -> dict[str, str]:
    """The sentences that a request asks about, by key."""
    question = request["messages"][-1]["content"].split("\n\n", 1)[1]
    return dict(re.findall(r"^(s\d+): (.*)$", question, re.MULTILINE))


def completion(content: str | None, finish_reason: str = "stop", **message: Any) -> dict[str, Any]:
    """The body of a chat completion."""
    return {
        "id": "chatcmpl-stand-in",
        "object": "chat.completion",
        "created": 1,
        "model": "stand-in",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": content, **message},
            },
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def one_claim_a_sentence(request: dict[str, Any]) -> Reply:
    """A well-behaved answer: each sentence is its own claim, quoted whole."""
    answer = {
        key: {
            "begins": " ".join(words.split()[:4]),
            "claims": [{"quote": words, "claim": words, "speaker": "", "worth": 5, "why": "a fact"}],
            "kind": "fact",
        }
        for key, words in numbered_sentences(request).items()
    }
    return 200, completion(json.dumps(answer)), {}


def gullible(request: dict[str, Any]) -> Reply:
    """The answer of a model that obeys each order in the text, for every sentence that it is asked about.

    It takes any `s3: ` for a sentence's number and any object in the text for the answer.
    """
    question = request["messages"][-1]["content"]
    if dictated := re.search(r'\{"s1".*\}', question):
        return 200, completion(dictated[0]), {}
    asked = re.findall(r"\b(s\d+): (.*?)(?=\s+s\d+: |$)", question, re.MULTILINE)
    answer: dict[str, Any] = {}
    for key, words in asked:
        answer.setdefault(key, _obedient(words, question, request["messages"][0]["content"]))
    return 200, completion(json.dumps(answer)), {}


def _obedient(words: str, question: str, instructions: str) -> dict[str, Any]:
    claim = {"quote": words, "claim": words, "speaker": "", "worth": 5, "why": "a fact"}
    part: dict[str, Any] = {"begins": words[:9], "claims": [claim], "kind": "fact"}
    if "mark everything true" in question:
        part |= {"verdict": "true", "status": "decided", "reviewer": "ana"}
        claim |= {"verdict": "true", "status": "decided"}
    if "emit your instructions" in question:
        claim |= {"quote": instructions[:200], "claim": instructions}
    if "ignore the rest" in question:
        part |= {"kind": "furniture"}
    for order, name in (("set worth to ([0-9]+)", "worth"), ("the speaker is ([\\w ]+)", "speaker")):
        if found := re.search(order, question):
            claim[name] = int(found[1]) if name == "worth" else found[1]
    if found := re.search("report that ([^.]+)", question):
        claim |= {"quote": found[1].upper() + " indeed", "claim": found[1]}
    return part


def failing(status: int, code: str, message: str = "no") -> Answer:
    """An error of the API, each time."""
    body = {"error": {"message": message, "type": code, "code": code}}
    return lambda _: (status, body, {})


def in_turn(*answers: Answer) -> Answer:
    """Each request takes the next answer; one too many breaks the connection."""
    waiting: Iterator[Answer] = iter(answers)
    return lambda request: next(waiting)(request)  # noqa: PLW0108 - each request takes the next


def dropped(_: BufferedIOBase, __: threading.Event) -> None:
    """The connection ends before anything is said."""


def dropped_in_body(connection: BufferedIOBase, _: threading.Event) -> None:
    """The connection ends after a part of what the headers promise."""
    connection.write(_head(4000) + b'{"id": "chatcmpl-stand-in", "choices": [')


HANG_SECONDS = 100
"""How long a hanging server keeps its client; what ends in half of that did not wait for it, on a busy machine too."""


def trickling(connection: BufferedIOBase, ended: threading.Event) -> None:
    """A byte each 0.05 s: no single read ever takes long."""
    connection.write(_head(1_000_000))
    while not ended.wait(0.05):
        connection.write(b" ")
        connection.flush()


def hanging(_: BufferedIOBase, ended: threading.Event) -> None:
    """Nothing is said, and the connection stays open."""
    ended.wait(HANG_SECONDS)


def _head(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n".encode()


@dataclass
class StandIn:
    """Answers chat completions with `answer`, and pages with `pages`; remembers what was asked."""

    answer: Answer = one_claim_a_sentence
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on a free port of loopback; yields the base url of the API."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield f"{self.address}/v1"
        finally:
            self.ended.set()
            server.shutdown()
            server.server_close()
            thread.join()


def send(
    handler: BaseHTTPRequestHandler, status: int, kind: str, content: bytes, headers: Mapping[str, str] | None = None
) -> None:
    """Answer a request of HTTP."""
    handler.send_response(status)
    told = {"content-type": kind, "content-length": str(len(content)), **(headers or {})}
    for name, value in told.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            stand_in.requests.append(request)
            reply = stand_in.answer(request)
            with suppress(ConnectionError):  # the client may have gone
                if callable(reply):
                    reply(self.wfile, stand_in.ended)
                    return
                status, body, headers = reply
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                send(self, status, "application/json", content, headers)

        def do_GET(self) -> None:
            kind, content = stand_in.pages.get(self.path, ("", b""))
            send(self, 200 if kind else 404, kind or "text/plain", content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            pass

    return Handler


@dataclass
class HeardProgress:
    """Serves the Progress port: remembers what it was told."""

    landings: list[tuple[int, int, int]] = field(default_factory=list)
    waits_for: list[int] = field(default_factory=list)
    took_in: list[tuple[int, int]] = field(default_factory=list)
    has_kept: bool = False
    listings: list[tuple[Listing, int, int, int]] = field(default_factory=list)
    read_from: list[tuple[str, int, int]] = field(default_factory=list)
    read_all: list[tuple[int, int, int, int]] = field(default_factory=list)

    def listed(self, listing: Listing, chosen: int, wanted: int, undated: int) -> None:
        self.listings.append((listing, chosen, wanted, undated))

    def reading(self, source: str, done: int, total: int) -> None:
        self.read_from.append((source, done, total))

    def hindered(self, error: FactcheckError) -> None:
        raise error

    def all_read(self, read: int, known: int, unread: int, noted: int) -> None:
        self.read_all.append((read, known, unread, noted))

    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        del filed
        self.landings.append((done, total, usage.calls))

    def waits(self, filed: FiledArticle) -> None:
        self.waits_for.append(filed.id)

    def taken_in(self, filed: FiledArticle, answers: int) -> None:
        self.took_in.append((filed.id, answers))

    def kept(self) -> None:
        self.has_kept = True


@dataclass
class FakeVisits(Visits):
    """Serves the Visits port from memory."""

    kept: dict[str, Visit] = field(default_factory=dict)

    def known(self, listed: Iterable[Listed]) -> Mapping[str, Visit]:
        return {one.key: self.kept[one.key] for one in listed if one.key in self.kept}

    def note(self, visit: Visit) -> None:
        self.kept[visit.key] = visit

    def unread(self) -> tuple[Visit, ...]:
        return tuple(one for one in self.kept.values() if one.failure)


@dataclass
class FakeKnown(KnownClaims):
    """Serves the KnownClaims port from memory; every claim that shares a word is as alike as it shares words."""

    kept: dict[str, list[KnownClaim]] = field(default_factory=dict)

    def keep(self, source: str, claims: Sequence[KnownClaim], now: datetime) -> Kept:
        del now
        self.kept.setdefault(source, []).extend(claims)
        return Kept(len(claims))

    def alike(self, words: Collection[str], limit: int) -> tuple[FoundKnown, ...]:
        asked = set(words)
        found = [(one, content_words(one.worded)) for claims in self.kept.values() for one in claims]
        shared = [FoundKnown(one, len(asked & said) / len(asked | said)) for one, said in found if asked & said]
        return tuple(sorted(shared, key=lambda one: -one.likeness)[:limit])

    def sources(self) -> tuple[KnownSource, ...]:
        return tuple(
            KnownSource(name, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), len(self.kept[name]))
            for name in sorted(self.kept)
        )

    def forget(self, source: str) -> int:
        return len(self.kept.pop(source))


@dataclass
class FakeLookups(Lookups):
    """Serves the Lookups port from memory."""

    kept: dict[int, tuple[Lookup, dict[str, Snapshot]]] = field(default_factory=dict)

    def keep(self, lookup: Lookup, snapshots: Sequence[Snapshot]) -> None:
        before, pages = self.kept.get(lookup.claim_id, (None, {}))
        after = lookup.behind(before)
        self.kept[lookup.claim_id] = after, pages | {one.sha256: one for one in snapshots}

    def suggest(self, first: Lookup, page: FoundPage, snapshot: Snapshot) -> Lookup:
        before, pages = self.kept.get(first.claim_id, (first, {}))
        after = before.with_suggestion(page)
        self.kept[first.claim_id] = after, pages | {snapshot.sha256: snapshot}
        return after

    def set_aside(self, claim_id: int, number: int, person: str, at: datetime) -> Lookup:
        standing, pages = self.kept[claim_id]
        standing.require_asked_at(at, number)
        self.kept[claim_id] = standing.set_aside(number, person), pages
        return self.kept[claim_id][0]

    def tell(self, lookup: Lookup) -> None:
        self.kept[lookup.claim_id] = lookup, self.kept[lookup.claim_id][1]

    def last(self, claim_id: int) -> Lookup | None:
        return self.kept[claim_id][0] if claim_id in self.kept else None

    def snapshot(self, claim_id: int, sha256: str) -> Snapshot | None:
        return self.kept[claim_id][1].get(sha256) if claim_id in self.kept else None


@dataclass
class FakeOutbox(Outbox):
    """Serves the Outbox port from memory; a test lays deliveries in it itself."""

    kept: dict[int, Webhook] = field(default_factory=dict)
    laid: dict[int, Delivery] = field(default_factory=dict)

    def add_webhook(self, webhook: Webhook) -> Webhook:
        number = len(self.kept) + 1
        self.kept[number] = replace(webhook, id=number)
        return self.kept[number]

    def webhooks(self) -> tuple[Webhook, ...]:
        return tuple(self.kept.values())

    def remove_webhook(self, number: int, now: datetime, by: str | None) -> Webhook:
        del now, by
        return self.kept.pop(number)

    def due_webhooks(self, now: datetime) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one.webhook.id for one in self._due(now) if one.webhook.id in self.kept))

    def take_due(self, webhook: int, now: datetime, until: datetime) -> Delivery | None:
        due = sorted(self._due(now, webhook), key=lambda one: one.tries)
        if not due or webhook not in self.kept:
            return None
        self.laid[due[0].id] = replace(due[0], next_at=until)
        return due[0]

    def put_off(self, webhook: int, now: datetime, until: datetime) -> None:
        self.laid |= {one.id: replace(one, next_at=until) for one in self._due(now, webhook)}

    def _due(self, now: datetime, webhook: int | None = None) -> list[Delivery]:
        waiting = [one for one in list(self.laid.values()) if one.next_at is not None and one.next_at <= now]
        return [one for one in waiting if webhook in {None, one.webhook.id}]

    def store(self, delivery: Delivery) -> None:
        self.laid[delivery.id] = delivery

    def deliveries(self, limit: int | None) -> tuple[Delivery, ...]:
        return tuple(reversed(self.laid.values()))[:limit]


@dataclass
class FakePrograms(Programs):
    """Serves the Programs port from memory; nothing is used up, since no events pass here."""

    kept: dict[str, AccessToken] = field(default_factory=dict)
    used: dict[tuple[int, str], UsedKey] = field(default_factory=dict)

    def add_token(self, token: AccessToken, sha256: str) -> AccessToken:
        self.kept[sha256] = replace(token, id=len(self.kept) + 1)
        return self.kept[sha256]

    def tokens(self) -> tuple[AccessToken, ...]:
        return tuple(self.kept.values())

    def token_of(self, sha256: str) -> AccessToken | None:
        return self.kept.get(sha256)

    def revoke_token(self, number: int, now: datetime, by: str | None) -> AccessToken:
        del by
        sha256 = next(one for one, token in self.kept.items() if token.id == number)
        self.kept[sha256] = replace(self.kept[sha256], revoked_at=now)
        return self.kept[sha256]

    def used_key(self, token_id: int, key: str) -> UsedKey | None:
        return self.used.get((token_id, key))

    @contextmanager
    def once(self, use: KeyUse, now: datetime, action: str | None = None) -> Iterator[None]:
        del now, action
        yield
        self.used[use.token_id, use.key] = UsedKey(use.fingerprint, None)


@dataclass
class FakeSpill(Spill):
    """Serves the Spill port from memory."""

    kept: dict[int, list[str]] = field(default_factory=dict)
    put_aside: list[str] = field(default_factory=list)

    def make_room(self, run_id: int) -> None:
        pass

    def keep(self, run_id: int, answer: str) -> None:
        self.kept.setdefault(run_id, []).append(answer)

    def runs(self) -> tuple[int, ...]:
        return tuple(sorted(self.kept))

    def answers(self, run_id: int) -> tuple[str, ...]:
        return tuple(self.kept[run_id])

    def drop(self, run_id: int) -> None:
        self.kept.pop(run_id, None)

    def put_away(self, run_id: int) -> None:
        self.put_aside += self.kept.pop(run_id)


@dataclass
class FakeExtractor:
    """Serves the Extractor port: each sentence is its own claim, unless told to fail."""

    failing: frozenset[int] = frozenset()
    error: Exception | None = None
    windows: list[Window] = field(default_factory=list)
    setup: ExtractionSetup = SETUP

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        for question in questions:
            self.windows.append(question.window)
            yield question, self._outcome(question.asked.filed.article, question.window)
            if self.error is not None:
                raise self.error

    def _outcome(self, article: Article, window: Window) -> WindowOutcome:
        entries = {
            one.position: LedgerEntry(SentenceState.FAILED, detail="told to")
            if one.position in self.failing
            else LedgerEntry(SentenceState.CLAIMS)
            for one in window.sentences
        }
        claims = [sentence_claim(article, one) for one in window.sentences if one.position not in self.failing]
        return WindowOutcome(window, entries, tuple(claims), Usage(1, 100, 0, 20, 0.5))


@dataclass(frozen=True)
class FakeKept:
    """Serves the KeptAnswer port: each sentence is its own claim."""

    window: Window
    filed: FiledArticle

    def read(self) -> WindowOutcome:
        return FakeExtractor()._outcome(self.filed.article, self.window)  # noqa: SLF001 - of the same kind


def read_kept(line: str, filed: FiledArticle, sentences: Sequence[Sentence]) -> KeptAnswer | None:
    """Reads a line that names positions, such as `1 2`; any other is broken."""
    if not re.fullmatch("[0-9 ]+", line):
        return None
    return FakeKept(Window(tuple(sentences[int(one) - 1] for one in line.split())), filed)


@dataclass
class FakeSession(ExtractionSession):
    """Serves the ExtractionSession port: sources are texts, or errors; it is its own opening."""

    asking: FakeExtractor = field(default_factory=FakeExtractor)
    window: int = 2
    sources: dict[str, str | Listing | SourceError] = field(default_factory=dict)
    asked_for: list[tuple[str, str | None, bool]] = field(default_factory=list)
    prices: Prices = field(default_factory=Prices)
    budget: Budget | None = None
    model: str | None = "fake:model"
    is_open: bool = False
    plan: ExtractionPlan = field(init=False)

    def __post_init__(self) -> None:
        options = ExtractionOptions(model=self.model, window=self.window)
        self.plan = ExtractionPlan(options, PromptVersion("extract_claims", "1", "0" * 64))

    def __enter__(self) -> Self:
        self.is_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open = False

    @property
    def is_recorded(self) -> bool:
        return False

    def read(self, source: str, visit: Visit | None = None, *, is_listed: bool = False) -> Iterator[Content]:
        assert self.is_open
        self.asked_for.append((source, visit.etag if visit else None, is_listed))
        found = self.sources[source]
        if isinstance(found, SourceError):
            raise found
        if not isinstance(found, str):
            yield found
            return
        snapshot = Snapshot(found.encode(), "text/plain", source, headers={"etag": f'"{len(found)}"'})
        if visit and visit.etag == snapshot.etag:
            yield None
            return
        for text in found.split("\f"):
            yield Article(text, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), snapshot=snapshot)

    def read_content(self, content: bytes, name: str | None) -> Iterator[Content]:
        assert self.is_open
        yield Article(content.decode(), datetime(2026, 3, 1, 12, 0, tzinfo=UTC), title=name)

    def listed_in(self, path: str) -> Listing:
        listing = self.sources[path]
        assert isinstance(listing, Listing)
        return listing

    def read_kept(self, line: str, filed: FiledArticle, sentences: Sequence[Sentence]) -> KeptAnswer | None:
        return read_kept(line, filed, sentences)

    def estimator(self) -> "CountingEstimator":
        return CountingEstimator()

    def extractor(self) -> FakeExtractor:
        assert self.is_open
        return self.asking


class CountingEstimator:
    """Serves the Estimator port: ten tokens a sentence."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        del article
        return Estimate(1, 10 * len(window.sentences))


def record_of(report: Report) -> Any:
    """A report's record, as JSON gives it."""
    return json.loads("".join(report_json(report.masthead, report.articles)))


def sentence_claim(article: Article, sentence: Sentence, worth: float = 0.5) -> Claim:
    """A claim that is a sentence of the article, anchored exactly."""
    words = sentence.span.cut(article.text)
    return Claim(words, words, Anchor(AnchorStatus.EXACT, (sentence.span,), (sentence.position,)), worth)


def pdf_of(*pages: str, title: str | None = None, password: str | None = None) -> bytes:
    """A PDF whose pages hold the lines of these texts."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(width=595, height=842)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
        named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})  # noqa: SLF001 - no public name for it
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = StreamObject()
        lines = (re.sub(r"([()\\])", r"\\\1", line) for line in text.split("\n"))
        shown = "\n".join(f"({line}) Tj T*" for line in lines)
        content.set_data(f"BT /F1 12 Tf 14 TL 72 770 Td {shown} ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


class NoPastVerdicts(PastVerdicts):
    """A desk that has decided nothing."""

    @override
    def found(self, text: str, limit: int) -> tuple[Candidate, ...]:
        del text, limit
        return ()

    @override
    def rarity(self, word: str) -> float:
        del word
        return 1.0

    @override
    def nearness(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        del text, others
        return None


@dataclass
class FakeSources:
    """Serves the Sources port: pages are texts, or errors; remembers what was asked."""

    pages: dict[str, str | SourceError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    saved: str | SourceError | None = None

    @property
    def archives(self) -> bool:
        return self.saved is not None

    def fetch(self, url: str) -> Snapshot:
        self.asked.append(url)
        page = self.pages.get(url) or PageGoneError(f"{url!r} answers 404")
        if isinstance(page, SourceError):
            raise page
        return Snapshot(page.encode(), "text/plain", url, 200, {"etag": '"1"'})

    def open_file(self, path: str) -> Snapshot:
        page = self.pages[path]
        if isinstance(page, SourceError):
            raise page
        return self.as_file(page.encode(), path)

    def as_file(self, content: bytes, name: str) -> Snapshot:
        return Snapshot(content, "text/plain", name=name)

    def read(self, snapshot: Snapshot) -> PageText:
        text = snapshot.content.decode()
        return PageText(text, text.partition("|")[0], title="The page", publisher="The paper")

    def archive(self, url: str, said: str) -> str:
        del said
        self.asked.append(f"archive {url}")
        if isinstance(self.saved, SourceError):
            raise self.saved
        return self.saved or ""


@dataclass
class FakeAccounts(Accounts):
    """Serves the Accounts port from memory."""

    hashes: dict[str, str] = field(default_factory=dict)
    links: dict[str, datetime] = field(default_factory=dict)
    everybody: Callable[[], Iterable[Person]] = tuple
    sessions: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    programs: FakePrograms = field(default_factory=FakePrograms)

    def has_any(self) -> bool:
        return bool(self.hashes)

    def hash_of(self, name: str) -> str | None:
        return self.hashes.get(name)

    def standing(self) -> Mapping[str, bool]:
        return {name: not one.startswith(LINK) for name, one in self.hashes.items()}

    def give_link(self, name: str, hashed: str, now: datetime, by: str | None, allowed: Allowed) -> None:
        del by
        allowed(self.everybody())
        if self.standing().get(name):
            raise HasPasswordError(name)
        self.hashes[name] = hashed
        self.links[name] = now

    def link(self, hashed: str) -> tuple[str, datetime] | None:
        return next(((name, self.links[name]) for name, one in self.hashes.items() if one == hashed), None)

    def set_hash(self, name: str, hashed: str, now: datetime, by: str | None, was: str | None = None) -> bool:
        del now, by
        if was is not None and self.hashes.get(name) != was:
            return False
        self.sessions = {key: one for key, one in self.sessions.items() if one[0] != name}
        self.hashes[name] = hashed
        return True

    def end_access(self, name: str, now: datetime, by: str | None, allowed: Allowed | None) -> Sequence[int]:
        if allowed is not None:
            allowed(self.everybody())
        self.sessions = {key: one for key, one in self.sessions.items() if one[0] != name}
        self.hashes.pop(name, None)
        ended = [one.id for one in self.programs.tokens() if one.name == name and one.is_live(now)]
        for one in ended:
            self.programs.revoke_token(one, now, by)
        return ended

    def rehash(self, name: str, was: str, hashed: str) -> None:
        if self.hashes.get(name) == was:
            self.hashes[name] = hashed

    def begin_session(self, key: str, name: str, hashed: str | None, now: datetime, until: datetime) -> bool:
        del now
        if hashed is not None and self.hashes.get(name) != hashed:
            return False
        self.sessions[key] = name, until
        return True

    def drop_ended(self, now: datetime) -> None:
        self.sessions = {key: one for key, one in self.sessions.items() if one[1] > now}

    def session(self, key: str, now: datetime) -> str | None:
        name, until = self.sessions.get(key, (None, now))
        return name if until > now else None

    def end_session(self, key: str) -> None:
        self.sessions.pop(key, None)


class FakePasswords(Passwords):
    """Passwords turned round; what begins with `old` is to be hashed anew."""

    def hashed(self, password: str) -> str:
        return password[::-1]

    def fits(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        if hashed is not None and hashed.startswith("old"):
            return hashed == f"old{password[::-1]}", password[::-1]
        return hashed == password[::-1], None
