"""What a tracer, such as LangSmith's or OpenTelemetry's, is told of each call."""

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from conftest import Command
from fakes import SETUP, StandIn
from langchain.chat_models import init_chat_model
from langchain_core.callbacks import BaseCallbackHandler

from factcheck.extraction import models
from factcheck.extraction.prompts import load_prompt


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
    monkeypatch.setattr(models, "init_chat_model", lambda name, **how: init_chat_model(name, callbacks=[heard], **how))
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
