"""What a tracer, such as LangSmith's or OpenTelemetry's, is told of each call."""

import re
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command
from fakes import SETUP, StandIn
from langchain_core.callbacks import BaseCallbackHandler
from readmes import blocks

from factcheck.extraction import models
from factcheck.extraction.prompts import load_prompt
from factcheck.extraction.server_chat import ServerChat


@dataclass
class Tracer(BaseCallbackHandler):
    """Remembers what each call is named and tagged with."""

    names: list[str] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    metadata: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def on_chat_model_start(self, serialized: Any, messages: Any, **told: Any) -> None:
        del serialized, messages
        with self.lock:
            self.names.append(told["name"])
            self.tags.append(told["tags"])
            self.metadata.append(told["metadata"])


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> Tracer:
    """Hears of every call of every model that is opened."""
    heard = Tracer()
    monkeypatch.setattr(models, "ServerChat", partial(ServerChat, callbacks=[heard]))
    return heard


def test_trace_leads_to_the_claims(factcheck: Command, stand_in: StandIn, tracer: Tracer) -> None:
    stand_in.pages["/talks.txt"] = ("text/plain", b"Ana Silva flew to Lisbon. She met nurses there. Nobody else came.")
    factcheck("extract", f"{stand_in.address}/talks.txt", "--window", 2)

    claim, article = factcheck("claim", 3, "--json").json, factcheck("article", 1, "--json").json
    prompt = load_prompt(SETUP.prompt)
    [told] = [one for one in tracer.metadata if one["factcheck_sentences"] == [3]]
    assert (told["factcheck_run"], told["factcheck_article"]) == (1, claim["article_id"])
    assert told["factcheck_article_sha256"] == article["sha256"]
    assert (told["factcheck_prompt"], told["factcheck_prompt_sha256"]) == (prompt.name, prompt.sha256)
    assert told["factcheck_prompt_version"] == prompt.version
    assert sorted(tracer.names) == ["claims of sentences 1-2", "claims of sentences 3-3"]
    assert all("factcheck" in one for one in tracer.tags)


def test_shown_callback_makes_a_span_of_each_call(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    monkeypatch.chdir(ROOT)
    [shown] = [one for one in blocks(ROOT / "factcheck" / "extraction" / "README.md", "python") if "Spans" in one.text]

    exec(compile(shown.text, shown.place, "exec"), {})  # noqa: S102

    out = capfd.readouterr().out
    assert re.findall(r'"name": "(.*)"', out) == ["claims of sentences 1-9", "claims of sentences 10-14"]
    assert re.findall(r'"gen_ai.usage.(?:in|out)put_tokens": (\d+)', out) != []
    assert '"factcheck_prompt": "extract_claims"' in out
