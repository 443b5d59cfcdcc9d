"""A stand-in for OpenAI's files and batches endpoints on loopback, made from their documentation."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fakes import Reply, one_claim_a_sentence, send

Lines = list[bytes]


@dataclass
class BatchStandIn:
    """Takes files and batches, and answers each request with `answer` as soon as a batch is looked at.

    `status` is what a batch gets then, `written` may change the lines of its answers, and `hook` is called with the
    method and path of each call before it is answered: it may return a reply of its own.
    """

    answer: Callable[[dict[str, Any]], Any] = one_claim_a_sentence
    status: str = "completed"
    written: Callable[[Lines], Lines] = list
    hook: Callable[[str, str], Reply | None] | None = None
    metadata_kept: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    chats: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on a free port of loopback; yields the base url of the API."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def requests(self, batch_id: str | None = None) -> list[dict[str, Any]]:
        """The requests of one batch, or of all that were created: what is paid."""
        made = self.batches.values() if batch_id is None else [self.batches[batch_id]]
        return [json.loads(line) for one in made for line in self.files[one["input_file_id"]].splitlines()]

    def reply(self, method: str, path: str, query: dict[str, list[str]], body: bytes, kind: str) -> Reply:
        """What a call gets: status, body and headers."""
        with self.lock:
            self.calls.append((method, path))
            own = self.hook(method, path) if self.hook else None
            return own if own is not None else self._reply(method, path.split("/")[2:], query, body, kind)

    def _reply(self, method: str, path: list[str], query: dict[str, list[str]], body: bytes, kind: str) -> Reply:
        found = self._found(method, path, query, body, kind)
        return found or (404, {"error": {"message": "there is no such thing", "code": None}}, {})

    def _found(self, method: str, path: list[str], query: dict[str, list[str]], body: bytes, kind: str) -> Reply | None:
        reply: Reply | None = None
        match method, *path:
            case "POST", "chat", "completions":
                self.chats.append(json.loads(body))
                reply = self.answer(json.loads(body))
            case "POST", "files":
                reply = self._keep(_uploaded(body, kind))
            case "POST", "batches":
                reply = self.create(json.loads(body))
            case "GET", "batches":
                reply = self._list(query)
            case "GET", "batches", batch_id if batch_id in self.batches:
                self._work(self.batches[batch_id])
                reply = 200, self.batches[batch_id], {}
            case "POST", "batches", batch_id, "cancel" if batch_id in self.batches:
                self.batches[batch_id] |= {"status": "cancelled"}
                reply = 200, self.batches[batch_id], {}
            case "GET", "files", file_id, "content" if file_id in self.files:
                reply = 200, self.files[file_id], {}
        return reply

    def _keep(self, content: bytes) -> Reply:
        file_id = f"file-{len(self.files) + 1}"
        self.files[file_id] = content
        told = {"id": file_id, "object": "file", "bytes": len(content), "purpose": "batch", "status": "processed"}
        return 200, told | {"created_at": 1, "filename": "batch.jsonl"}, {}

    def create(self, asked: dict[str, Any]) -> Reply:
        """Make a batch of a file that is there."""
        lines = self.files[asked["input_file_id"]].splitlines()
        made = asked | {
            "id": f"batch_{len(self.batches) + 1}",
            "object": "batch",
            "created_at": 1,
            "status": "validating",
            "request_counts": {"total": len(lines), "completed": 0, "failed": 0},
            "metadata": asked.get("metadata") if self.metadata_kept else None,
        }
        self.batches[made["id"]] = made
        return 200, made, {}

    def _list(self, query: dict[str, list[str]]) -> Reply:
        newest_first = list(reversed(self.batches.values()))
        ids = [one["id"] for one in newest_first]
        start = ids.index(query["after"][0]) + 1 if "after" in query else 0
        page = newest_first[start : start + int(query.get("limit", ["20"])[0])]
        has_more = start + len(page) < len(newest_first)
        return 200, {"object": "list", "data": page, "has_more": has_more}, {}

    def _work(self, batch: dict[str, Any]) -> None:
        if batch["status"] != "validating":
            return
        batch["status"] = self.status
        if self.status not in {"completed", "expired"}:
            return
        answered = []
        for request in self.requests(batch["id"]):
            status, body, _ = self.answer(request["body"])
            told = {"status_code": status, "request_id": "req_1", "body": body}
            line = {"id": "batch_req_1", "custom_id": request["custom_id"], "response": told, "error": None}
            answered.append(json.dumps(line).encode())
        lines = self.written(answered)
        _, kept, _ = self._keep(b"".join(one + b"\n" for one in lines))
        assert isinstance(kept, dict)
        batch["output_file_id"] = kept["id"]
        batch["request_counts"] |= {"completed": len(lines)}


def _uploaded(body: bytes, kind: str) -> bytes:
    """The file of a multipart form."""
    boundary = kind.split("boundary=")[1].strip('"').encode()
    [file] = [part for part in body.split(b"--" + boundary) if b"filename=" in part]
    return file.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")


def _handler(stand_in: BatchStandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._answer(self._body())

        def do_GET(self) -> None:
            self._answer(b"")

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers["content-length"] or 0))

        def _answer(self, body: bytes) -> None:
            where = urlsplit(self.path)
            kind = self.headers.get("content-type", "")
            status, told, headers = stand_in.reply(self.command, where.path, parse_qs(where.query), body, kind)
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            with suppress(ConnectionError):  # the client may have been killed
                send(self, status, "application/json", content, headers)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            pass

    return Handler
