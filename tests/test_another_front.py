"""The desk through another front than terminal and screen: a small server, asked by four people at once."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from another_front import front
from fakes import NoPastVerdicts
from stage import Stage

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.states import EditorialState
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.collect_evidence import add_evidence

PEOPLE = ("ann", "bob", "cyd", "dan")
CLAIMS = 24

Answer = tuple[int, Any]
Ask = Callable[..., Answer]


@pytest.fixture
def stage(ledger: SqlLedger, queue: SqlQueue) -> Stage:
    """A desk with 24 claims in a real database."""
    stage = Stage(ledger, queue, NoPastVerdicts())
    stage.file(tuple(f"Prices rose by {number} percent." for number in range(CLAIMS)))
    return stage


@pytest.fixture
def ask(stage: Stage) -> Iterator[Ask]:
    """Asks the server; returns status and answer."""
    server = front(stage.desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def answer(act: str, **about: object) -> Answer:
        with closing(HTTPConnection("127.0.0.1", server.server_port)) as connection:
            connection.request("POST", f"/{act}", json.dumps(about))
            reply = connection.getresponse()
            return reply.status, json.load(reply)

    yield answer
    server.shutdown()
    server.server_close()


def together(work: Callable[[str], list[int]]) -> list[int]:
    """What four people come to who work at the same time."""
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return [one for done in pool.map(work, PEOPLE) for one in done]


def test_four_people_share_one_desk(stage: Stage, ask: Ask) -> None:
    def review(person: str) -> list[int]:
        read = []
        while (leased := ask("lease", person=person)[1]) is not None:
            _, claim = ask("show", person=person, number=leased["number"])
            about = {"person": person, "number": claim["number"], "label": "true"}
            assert ask("decide", **about, revision="stale") == (409, {"error": "MovedOnError"})
            assert ask("decide", **about, revision=claim["revision"])[0] == 200
            read.append(claim["number"])
        return read

    def sign(person: str) -> list[int]:
        signed = []
        for number in range(1, CLAIMS + 1):
            _, claim = ask("show", person=person, number=number)
            status, _ = ask("sign-off", person=person, number=number, revision=claim["revision"])
            assert status in {200, 409}
            signed += [number] if status == 200 else []
        return signed

    everything = list(range(1, CLAIMS + 1))
    assert sorted(together(review)) == everything
    assert sorted(together(sign)) == everything

    claims = [stage.queue.claim(number, stage.clock()) for number in everything]
    assert [len(one.readings) for one in claims] == [1] * CLAIMS
    assert {one.editorial for one in claims} == {EditorialState.SIGNED_OFF}


def test_stale_revision_signs_nothing_off(stage: Stage, ask: Ask) -> None:
    _, claim = ask("lease", person="ann")
    assert claim["words"] == "Prices rose by 0 percent."
    assert ask("decide", person="ann", number=1, label="true", revision=claim["revision"])[0] == 200
    _, read = ask("show", person="eve", number=1)
    add_evidence(stage.desk, 1, EvidenceDraft("https://a.example", Stance.REFUTES), "bob")

    assert ask("sign-off", person="eve", number=1, revision=read["revision"])[0] == 409

    _, read = ask("show", person="eve", number=1)
    assert ask("sign-off", person="eve", number=1, revision=read["revision"])[0] == 200


def test_unknown_label_is_bad_request(ask: Ask) -> None:
    _, claim = ask("lease", person="ann")

    assert ask("decide", person="ann", number=1, label="perhaps", revision=claim["revision"])[0] == 400


def test_server_knows_workflow_alone() -> None:
    forbidden = "cli", "screen", "storage", "wiring"
    code = f"import sys, another_front; print([one for one in {forbidden} if f'factcheck.{{one}}' in sys.modules])"

    told = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, check=True)

    assert told.stdout == b"[]\n"
