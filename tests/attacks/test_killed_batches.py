"""Killed at the worst moment, a batch is created once and an answer stored once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_stand_in import BatchStandIn
from conftest import Finished

from factcheck.storage.batches import SqlBatchLedger

Command = Callable[..., Finished]
CREATE = "POST", "/v1/batches"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[BatchStandIn]:
    """A stand-in for OpenAI's batches, set as the server, and an article of three windows of one sentence."""
    (folder / "a.txt").write_text("Rain fell on 3 towns. Snow lay on 7 hills. Wages rose by 4 percent.")
    stand_in = BatchStandIn()
    with stand_in.serving() as base_url:
        monkeypatch.setenv("OPENAI_BASE_URL", base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
        monkeypatch.setenv("FACTCHECK_MODEL", "openai:stand-in")
        yield stand_in


def killed_at_creation(server: BatchStandIn) -> None:
    """Send the article in a process that is killed when the batch is created, before it is told so."""
    command = [sys.executable, "-m", "factcheck", "extract", "a.txt", "--batch", "--window", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(method: str, path: str) -> Any:
        if (method, path) != CREATE:
            return None
        metadata = {"factcheck_batch": keys_sent(server)} if server.metadata_kept else None
        made = server.create({"input_file_id": "file-1", "metadata": metadata, "endpoint": "/v1/chat/completions"})
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return made

    server.hook = kill
    assert process.wait(timeout=100) == -signal.SIGKILL
    server.hook = None


def keys_sent(server: BatchStandIn) -> str:
    """The key of the batch, as its requests' names tell it."""
    return server.files["file-1"].decode().split('"custom_id": "')[1].split(".r")[0]


@pytest.mark.parametrize("is_kept", [True, False], ids=["by our key", "by its file"])
def test_batch_created_before_the_kill_is_adopted(factcheck: Command, server: BatchStandIn, *, is_kept: bool) -> None:
    server.metadata_kept = is_kept
    killed_at_creation(server)
    assert "in batch 1" in factcheck("runs").out

    again = factcheck("extract", "a.txt", "--batch", "--window", 1)
    collected = factcheck("batches")

    assert (again.code, collected.code) == (10, 0)
    assert server.calls.count(CREATE) == 1
    assert len(factcheck("claims", "--json").json) == 3


@pytest.mark.usefixtures("server")
def test_stopped_collection_stores_each_answer_once(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    factcheck("extract", "a.txt", "--batch", "--window", 1)
    store = SqlBatchLedger.store
    stored: list[int | None] = []

    def stopped(*told: Any) -> int | None:
        if len(stored) == 2:
            raise KeyboardInterrupt
        stored.append(store(*told))
        return stored[-1]

    monkeypatch.setattr(SqlBatchLedger, "store", stopped)
    assert factcheck("batches").code == 130
    monkeypatch.setattr(SqlBatchLedger, "store", store)
    assert factcheck("batches").code == 0

    [run] = factcheck("runs", "--json").json
    assert (run["calls"], run["outcome"]) == (3, "finished")
    assert len(factcheck("claims", "--json").json) == 3
