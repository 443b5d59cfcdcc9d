"""Traces and metrics, each in a process of its own: the libraries are instrumented once and for all."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx2
import pytest
from conftest import ROOT, Command
from fakes import StandIn
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode

from factcheck.wiring.telemetry import discreet

ARTICLE = ROOT / "cassettes" / "articles" / "mecca_crane"
CONSOLE = {"OTEL_TRACES_EXPORTER": "console", "OTEL_METRICS_EXPORTER": "console"}


def run(folder: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    told = os.environ | variables
    return subprocess.run(
        [sys.executable, "-m", "factcheck", *words], cwd=folder, env=told, capture_output=True, text=True, check=False
    )


def told(err: str) -> list[dict[str, Any]]:
    """The objects that the console exporter writes between what is said."""
    return [json.loads(one) for one in re.findall(r"^\{$.*?^\}$", err, re.MULTILINE | re.DOTALL)]


def test_statements_are_traced_without_words_of_articles(tmp_path: Path) -> None:
    extracted = run(tmp_path, "extract", f"{ARTICLE}.txt", "--replay", f"{ARTICLE}.yaml", **CONSOLE)
    words = "verdict", "1", "true", "--reviewer", "ana", "--rationale", "Grandmother says so.", "--new"
    decided = run(tmp_path, *words, **CONSOLE)

    assert (extracted.returncode, decided.returncode) == (0, 0), decided.stderr
    assert "18 new claims" in extracted.stdout
    for done, statement in ((extracted, "INSERT INTO claim"), (decided, "INSERT INTO verdict")):
        exported = told(done.stderr)
        statements = [one["attributes"].get("db.statement", "") for one in exported if "attributes" in one]
        assert any(one.startswith(statement) for one in statements)
        sent = json.dumps(exported).lower()
        assert [one for one in ("crane", "civil defense", "grandmother", '"ana') if one in sent] == []
        assert "db.client.connections.usage" in sent


def test_nothing_is_traced_unasked(tmp_path: Path) -> None:
    asked = CONSOLE | {"OTEL_SDK_DISABLED": "true"}

    assert run(tmp_path, "extract", f"{ARTICLE}.txt", "--replay", f"{ARTICLE}.yaml", **asked).stderr == ""


def test_unknown_exporter_is_refused(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "carrier-pigeon")

    done = factcheck("claims")

    assert (done.code, "OTEL_TRACES_EXPORTER is 'carrier-pigeon'" in done.err) == (2, True)


def test_missing_extra_turns_it_off(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.sqlalchemy", None)

    done = factcheck("people", "list", "--json")

    assert (done.code, done.out) == (8, "")


def test_span_tells_what_may_be_told_alone() -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(discreet(kept)))

    with provider.get_tracer("a library").start_as_current_span("GET /claims?q=secret") as span:
        span.set_attributes(
            {"db.statement": "SELECT %(one)s", "url.full": "https://a.example/?key=secret", "x": "secret"}
        )
        span.record_exception(ValueError("secret"))
        span.set_status(Status(StatusCode.ERROR, "secret"))

    [one] = kept.get_finished_spans()
    assert (one.name, one.status.status_code) == ("GET /claims", StatusCode.ERROR)
    assert one.attributes == {"db.statement": "SELECT %(one)s"}
    assert "secret" not in one.to_json()


def test_requests_of_browsers_are_traced(tmp_path: Path) -> None:
    run(tmp_path, "extract", f"{ARTICLE}.txt", "--replay", f"{ARTICLE}.yaml")
    words = [sys.executable, "-m", "factcheck", "serve", "--port", "0", "--log-json"]
    served = subprocess.Popen(words, cwd=tmp_path, env=os.environ | CONSOLE, stderr=subprocess.PIPE, text=True)
    with served:
        assert served.stderr is not None
        address = json.loads(served.stderr.readline())["at"]
        answered = httpx2.get(f"{address}/?q=secret", trust_env=False, follow_redirects=True)
        served.terminate()
        said = served.stderr.read()

    assert (served.returncode, answered.status_code) == (0, HTTPStatus.OK)
    names = Counter(one.get("name") for one in told(said))
    assert names["GET /"] == 1, names
    assert "q=secret" not in said


def test_jobs_of_workers_are_traced(
    tmp_path: Path, served_desk_url: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_DB", served_desk_url)
    monkeypatch.setenv("FACTCHECK_MODEL", "openai:stand-in")
    (tmp_path / "a.txt").write_text("Rain fell on 3 towns on Monday.")

    enqueued = run(tmp_path, "extract", "--enqueue", "a.txt", **CONSOLE)
    worked = run(tmp_path, "worker", "--drain", **CONSOLE)

    assert (enqueued.returncode, worked.returncode, len(stand_in.requests)) == (0, 0, 1), worked.stderr
    jobs = [
        one
        for done in (enqueued, worked)
        for one in told(done.stderr)
        if "messaging.system" in one.get("attributes", {})
    ]
    assert {one["attributes"]["messaging.operation.name"] for one in jobs} == {"send", "process"}
    assert len({one["context"]["trace_id"] for one in jobs}) == 1, "the work belongs to the trace that has asked for it"
    assert "rain" not in json.dumps(jobs).lower()
