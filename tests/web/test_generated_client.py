"""A client that a generator makes of the OpenAPI does its part of a day, at a real server."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from served_desk import served_desk

from factcheck.web.api import create_api

PACKAGE = "generated_desk"


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the client's package stands."""
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(create_api(None).openapi()), "utf-8")  # type: ignore[arg-type] # nobody asks it
    made = tmp_path / "made" / PACKAGE
    words = ("generate", "--path", schema, "--output-path", made, "--meta", "none", "--fail-on-warning")
    config = tmp_path / "config.yml"
    config.write_text("post_hooks: []\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *map(str, words), "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(made.parent)
    return made


@pytest.mark.usefixtures("demo_desk")
def test_generated_client_decides_a_claim(factcheck: Command, folder: Path, generated: Path) -> None:
    token = factcheck("tokens", "add", "ana", "--scope", "review").out.strip()

    with served_desk(folder) as served:
        client = _part(generated, "client").AuthenticatedClient(f"{served.address}/api/v1", token)
        with client:
            who = _part(generated, "api.reading.read_caller").sync(client=client)
            form = _part(generated, "models.next_form").NextForm()
            taken = _part(generated, "api.acts.take_next").sync(client=client, body=form)
            said = _part(generated, "models.verdict_form").VerdictForm(label="false", rationale="It did not.")
            decide = _part(generated, "api.acts.give_verdict").sync_detailed
            as_read = {"client": client, "body": said, "if_match": f'"{taken.revision}"', "idempotency_key": "1"}
            decided, again = decide(taken.id, **as_read), decide(taken.id, **as_read)
            moved = decide(taken.id, client=client, body=said, if_match='"000000000000"')
            report = _part(generated, "api.reading.read_report").sync(client=client)

    assert (who.name, taken.status, decided.status_code, again.status_code) == ("ana", "leased", 200, 200)
    assert decided.parsed.verdict["label"] == "false"
    assert (moved.status_code, moved.parsed.type_) == (412, "urn:factcheck:error:moved-on")
    assert report.articles
    assert factcheck("claim", taken.id, "--json", "--reviewer", "ana").json["verdict"]["reviewer"] == "ana"


def _part(generated: Path, name: str) -> Any:
    return importlib.import_module(f"{generated.name}.{name}")
