"""OpenAI's Batch API: a file of requests goes up, and a day later at the most a file of answers comes down.

LangChain has no port for it; so the requests are built with its model, and sent with the SDK beneath.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, NoReturn, Self

import httpx2
import openai
from openai.types import Batch
from typing_extensions import override

from factcheck.domain.batch import BatchQuestion, FiledBatch, ServerBatch
from factcheck.domain.extraction import AskedArticle, ExtractionSetup, Question, StructuredMethod, Usage, WindowOutcome
from factcheck.errors import (
    ModelServerError,
    NoBatchesError,
    NoServerError,
    RefusedKeyError,
    UnsureBatchError,
)
from factcheck.extraction.answered import Answered
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.batch_lines import index_lines, line_at, reply_in
from factcheck.extraction.bounded_answers import BoundedSyncTransport
from factcheck.extraction.calls import bound_to_form
from factcheck.extraction.chain import answer_reader
from factcheck.extraction.failures import CALL_ERRORS, as_fatal, reason
from factcheck.extraction.lines import clean_line
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import question_messages
from factcheck.extraction.server_chat import ServerChat
from factcheck.workflow.batch_ports import BatchServer

_ENDPOINT: Final = "/v1/chat/completions"
_KEY = "factcheck_batch"
"""Our key's name in a batch's metadata."""

_BYTES_A_REQUEST = 200_000
_BYTES_BESIDE = 20_000_000
"""What a file of answers may have in all, beside what each answer may; an answer of 40 sentences has 120,000."""

_MOST_LISTED = 100_000  # batches of an account that are looked through
_SERVER_TROUBLE = 500  # the lowest status of it
_NOT_DONE = frozenset((400, 404, 405, 409, 410, 413, 422, 501))  # statuses that asking again does not change
_MOST_COUNT = 10_000_000  # requests that a server may tell of a batch

_WHY_MISSING = {
    "expired": "the batch expired before the server came to this",
    "cancelled": "the batch was cancelled before the server came to this",
}


@dataclass
class OpenAIBatches(BatchServer):
    """Serves the BatchServer port with the clients that a chat model has: its base url, key and timeout hold here."""

    model: ServerChat
    prompt: Prompt
    setup: ExtractionSetup
    method: StructuredMethod
    _client: openai.OpenAI = field(init=False)
    _files: openai.OpenAI = field(init=False)
    _readers: list[tuple[AskedArticle, AnswerReader]] = field(default_factory=list)

    def __post_init__(self) -> None:
        own: openai.OpenAI = self.model.root_client
        # Redirects are not followed, as in other calls: they would take the key along.
        self._client = own.with_options(http_client=httpx2.Client(transport=BoundedSyncTransport()))
        self._files = own.with_options(http_client=httpx2.Client())  # a file is bounded while it is written to disk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._files.close()

    @property
    @override
    def location(self) -> str:
        return str(httpx2.URL(str(self._client.base_url)).copy_with(userinfo=b"")).rstrip("/")

    @override
    def body(self, question: Question) -> bytes:
        messages = question_messages(self.prompt, self.method, question.asked.filed.article, question.window)
        bound: Any = bound_to_form(self.model, self.method, len(question.window.sentences))
        return json.dumps(self.model.request_body(messages, **bound.kwargs), ensure_ascii=False).encode()

    @override
    def upload(self, key: str, requests: Iterable[tuple[str, bytes]]) -> str:
        with TemporaryFile() as file, self._errors_told():
            for name, body in requests:
                head = json.dumps({"custom_id": name, "method": "POST", "url": _ENDPOINT})[:-1].encode()
                file.write(b'%b, "body": %b}\n' % (head, body))
            file.seek(0)
            file_id: object = getattr(
                self._client.files.create(file=(f"{key}.jsonl", file), purpose="batch"), "id", None
            )
            if not isinstance(file_id, str) or not file_id:  # no batch can be made of it, and nothing is paid
                raise TypeError("the server has taken the file and named no id for it")
            return file_id

    @override
    def create(self, key: str, input_file: str) -> ServerBatch:
        once = self._client.with_options(max_retries=0)  # a second try would be a second batch, and paid
        try:
            made = once.batches.create(
                completion_window="24h", endpoint=_ENDPOINT, input_file_id=input_file, metadata={_KEY: key}
            )
            return _told(made)
        except CALL_ERRORS as error:
            refused = isinstance(error, openai.APIStatusError) and error.status_code < _SERVER_TROUBLE
            if refused or _never_sent(error):
                self._tell(error)
            raise UnsureBatchError(f"the server has not said whether it took a batch: {reason(error)}") from error

    @override
    def find(self, batches: Collection[FiledBatch]) -> dict[str, ServerBatch]:
        wanted = {one.key for one in batches}
        by_file = {one.input_file: one.key for one in batches if one.input_file}
        found: dict[str, ServerBatch] = {}
        with self._errors_told():
            for number, one in enumerate(self._client.batches.list(limit=100)):
                key = (one.metadata or {}).get(_KEY) or by_file.get(one.input_file_id)
                if key in wanted:
                    found.setdefault(str(key), _told(one))
                if len(found) == len(wanted) or number > _MOST_LISTED:
                    break
        return found

    @override
    def state(self, server_id: str) -> ServerBatch:
        with self._errors_told():
            return _told(self._client.batches.retrieve(server_id))

    @override
    def cancel(self, server_id: str) -> ServerBatch:
        with self._errors_told():
            return _told(self._client.batches.cancel(server_id))

    @override
    def answers(
        self, batch: FiledBatch, told: ServerBatch, questions: Iterable[BatchQuestion], *, is_given_up: bool = False
    ) -> Iterator[tuple[BatchQuestion, WindowOutcome | None]]:
        with TemporaryFile() as file:
            is_whole, is_lost = True, False
            for file_id in filter(None, (told.answers_file, told.errors_file)):
                try:
                    is_whole &= self._download(file_id, file, batch.requests * _BYTES_A_REQUEST + _BYTES_BESIDE)
                except NoBatchesError:
                    is_lost = True
            places = index_lines(file, f"{batch.key}.")
            missing = _why_missing(told) if is_whole else "the server's file of answers goes on without end"
            is_short = is_lost or len(places) < told.answered(batch.requests)
            may_come = is_short and is_whole and not is_given_up
            for one in questions:
                place = places.get(one.name)
                if may_come and not (place and place.is_answer):
                    yield one, None
                else:
                    yield one, self._outcome(one, line_at(file, place)) if place else self._missing(one, missing)

    def _download(self, file_id: str, to: BinaryIO, most: int) -> bool:
        """Write a file behind what is there; whether it ended within the bound."""
        read = 0
        with self._errors_told(), self._files.files.with_streaming_response.content(file_id) as answer:
            for piece in answer.iter_bytes():
                read += len(piece)
                if read > most:
                    break
                to.write(piece)
        to.write(b"\n")
        return read <= most

    def _outcome(self, one: BatchQuestion, line: bytes) -> WindowOutcome:
        window = one.question.window
        try:
            answered = Answered.of_reply(window, reply_in(line, self.model), 0.0)
        except CALL_ERRORS as error:
            answered = Answered.of_reply(window, error, 0.0)
        return answered.read(self._reader(one))

    def _missing(self, one: BatchQuestion, why: str) -> WindowOutcome:
        entries, claims = self._reader(one).read(None, one.question.window, why)
        return WindowOutcome(one.question.window, entries, tuple(claims), Usage())

    def _reader(self, one: BatchQuestion) -> AnswerReader:
        """The reader of an article; questions come article by article, so that one is enough."""
        asked = one.question.asked
        if not self._readers or self._readers[0][0] is not asked:
            self._readers[:] = [(asked, answer_reader(asked.filed.article, asked.sentences, self.prompt))]
        return self._readers[0][1]

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except CALL_ERRORS as error:
            self._tell(error)

    def _tell(self, error: Exception) -> NoReturn:
        """Raise what an error of the SDK means."""
        name = self.setup.model
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            raise RefusedKeyError(f"{name!r} cannot be asked: {reason(error)}") from error
        if _never_sent(error):
            raise NoServerError(f"{name!r} cannot be asked: {reason(error)}") from error
        if isinstance(error, openai.APIStatusError) and error.status_code in _NOT_DONE:
            raise NoBatchesError(f"the server does not do this with a batch: {reason(error)}") from error
        if fatal := as_fatal(error, name, self.method):
            raise fatal from error
        raise ModelServerError(f"the server of {name!r} fails over its batches: {reason(error)}") from error


def _never_sent(error: Exception) -> bool:
    """Whether a call has not reached a server at all."""
    return isinstance(error, openai.APIConnectionError) and isinstance(error.__cause__, httpx2.ConnectError)


def _why_missing(told: ServerBatch) -> str:
    """Why a batch that is over has no answer to a question."""
    if told.status == "failed":
        return f"the server refused the batch: {told.reason or 'it does not say why'}"
    return _WHY_MISSING.get(told.status, "the server's files hold no answer to this")


def _told(batch: Batch) -> ServerBatch:
    """What a server says of a batch. Raises TypeError where it is not a batch."""
    if not isinstance(batch, Batch) or not isinstance(batch.id, str) or not isinstance(batch.status, str):
        raise TypeError("the server's answer is no batch")
    counts, errors = batch.request_counts, (batch.errors.data if batch.errors else None) or ()
    return ServerBatch(
        id=batch.id,
        status=clean_line(batch.status)[:40],
        done=_count(counts and counts.completed),
        failed=_count(counts and counts.failed),
        total=_count(counts and counts.total),
        answers_file=batch.output_file_id,
        errors_file=batch.error_file_id,
        reason=clean_line("; ".join(str(one.message) for one in errors[:3]))[:300],
    )


def _count(told: object) -> int:
    return told if isinstance(told, int) and 0 <= told <= _MOST_COUNT else 0
