"""Answers of a model's server with a bound on their size, counted as they are decompressed."""

from collections.abc import AsyncIterator, Iterator

import httpx2
from typing_extensions import override

MOST_BYTES = 20_000_000
"""Of an answer; one that fills a model's whole context takes a tenth of it."""


class AnswerTooLargeError(httpx2.ReadError):
    """An answer goes on beyond the bound."""


class BoundedTransport(httpx2.AsyncHTTPTransport):
    """Sends requests, and raises AnswerTooLargeError where an answer goes on: a small gzip may hold gigabytes."""

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = await super().handle_async_request(request)
        if answer.is_stream_consumed:  # one that a recording gives is in memory
            return answer
        return _bounded(answer, _Bounded(answer))


class BoundedSyncTransport(httpx2.HTTPTransport):
    """The same for calls that are waited for."""

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        return _bounded(answer, _BoundedSync(answer))


def _bounded(answer: httpx2.Response, body: "_Bounded | _BoundedSync") -> httpx2.Response:
    headers = [
        (name, value)
        for name, value in answer.headers.raw
        if name.lower() not in {b"content-encoding", b"content-length"}
    ]
    told = {name: value for name, value in answer.extensions.items() if name != "network_stream"}
    return httpx2.Response(answer.status_code, headers=headers, stream=body, extensions=told)


class _Bounded(httpx2.AsyncByteStream):
    """The decompressed body of an answer, up to the bound."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._answer = answer

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for piece in self._answer.aiter_bytes():
            read = _counted(read, piece)
            yield piece

    @override
    async def aclose(self) -> None:
        await self._answer.aclose()


class _BoundedSync(httpx2.SyncByteStream):
    """The same for calls that are waited for."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._answer = answer

    @override
    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._answer.iter_bytes():
            read = _counted(read, piece)
            yield piece

    @override
    def close(self) -> None:
        self._answer.close()


def _counted(read: int, piece: bytes) -> int:
    read += len(piece)
    if read > MOST_BYTES:
        raise AnswerTooLargeError(f"the answer is larger than {MOST_BYTES:,} bytes")
    return read
