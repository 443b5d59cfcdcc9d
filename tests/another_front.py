"""A front of forty lines: the desk over HTTP, an act a path, JSON both ways. It knows workflow, and nothing below."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from factcheck.domain.review import QueuedClaim
from factcheck.errors import ConflictError, FactcheckError
from factcheck.workflow.edit_claim import sign_off
from factcheck.workflow.review_claim import Desk, record_verdict, take_next


def shown(claim: QueuedClaim | None) -> dict[str, Any] | None:
    return {"number": claim.id, "words": claim.words, "revision": claim.revision} if claim else None


ACTS: dict[str, Callable[..., QueuedClaim | None]] = {
    "/lease": lambda desk, person: take_next(desk, reviewer=person),
    "/show": lambda desk, person, number: desk.queue.claim(number, desk.clock(), person),
    "/decide": lambda desk, person, number, label, revision: record_verdict(
        desk, number, label, person, expect=revision
    ),
    "/sign-off": lambda desk, person, number, revision: sign_off(desk, number, person, expect=revision),
}


def front(desk: Desk) -> ThreadingHTTPServer:
    """A server of this desk on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, answer = 200, json.dumps(shown(ACTS[self.path](desk, **asked)))
            except FactcheckError as error:
                status = 409 if isinstance(error, ConflictError) else 400
                answer = json.dumps({"error": type(error).__name__})
            self.send_response_only(status)
            self.end_headers()
            self.wfile.write(answer.encode())

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
