"""What the OpenAPI promises: whatever fits it or does not, sent to every operation, is answered and breaks nothing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from fakes import FakeSources, StandIn
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from stage import Stage

from factcheck.domain.programs import Scope
from factcheck.errors import PageGoneError
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.web.app import create_app
from factcheck.web.gate import OF_PROXIES
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office
from factcheck.workflow.manage_tokens import add_token

ORIGIN = "http://127.0.0.1:8760"
EXAMPLES = 8


@pytest.fixture
def anything(stage: Stage, database: Database, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A desk with four claims that fetches nothing, and asks a stand-in of a model."""
    del stage, stand_in
    monkeypatch.setattr("factcheck.intake.reader.open_source", _gone)
    with opened_office(Settings(db=database.location, model="openai:stand-in"), ORIGIN) as opened:
        yield replace(opened, sources=FakeSources)


def _gone(source: str, **_: object) -> None:
    raise PageGoneError(f"{source!r} answers 404")


@pytest.mark.timeout(600)
def test_no_request_breaks_the_desk(anything: Office) -> None:
    _, secret = add_token(anything.stores, "scout", list(Scope), 90, None)
    with TestClient(create_app(anything), base_url=ORIGIN, raise_server_exceptions=True) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
        operations = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
        for operation in operations:
            _try(client, operation)

    assert len(operations) > 25
    assert anything.stores.log.verify().is_whole


def _try(client: TestClient, operation: Any) -> None:
    documented = set(operation.definition.raw["responses"])

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=one_of(*(operation.as_strategy(generation_mode=one) for one in GenerationMode)))
    def answered(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=f"{ORIGIN}/api/v1")
        body = sent.get("data")
        # What a proxy adds is refused before the API is asked.
        headers = {name: one for name, one in (sent.get("headers") or {}).items() if name.lower() not in OF_PROXIES}
        answer = client.request(
            sent["method"],
            sent["url"],
            params=sent.get("params"),
            headers=headers | {"Authorization": client.headers["Authorization"]},
            json=sent.get("json"),
            content=body if isinstance(body, bytes | str) else None,
        )
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]
        if answer.status_code != 405:  # of a method that no operation has
            assert str(answer.status_code) in documented, (case.as_curl_command(), answer.text)

    answered()
