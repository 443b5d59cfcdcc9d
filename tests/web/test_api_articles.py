"""Articles that programs hand in: a run that is followed, begun once however often it is asked for, within a budget."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fakes import SETUP, Reply, StandIn, completion, failing, one_claim_a_sentence
from fastapi.testclient import TestClient
from loopback_site import loopback_site
from stage import Stage

from factcheck.domain.programs import Scope
from factcheck.domain.states import Role
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office
from factcheck.workflow.manage_people import add_person
from factcheck.workflow.manage_tokens import add_token

API = "http://127.0.0.1:8760/api/v1"
TEXT = "Talks in Lisbon\n\nAna Silva flew to Lisbon on Monday. She met 40 nurses there.\n"


@pytest.fixture
def settings(database: Database, stand_in: StandIn) -> Settings:
    """A desk whose configuration names a model."""
    del stand_in
    return Settings(db=database.location, model="openai:stand-in", split_compounds=False)


@pytest.fixture
def office(stage: Stage, settings: Settings) -> Iterator[Office]:
    """What is served of it; one article with four claims is in."""
    del stage
    with opened_office(settings, API.removesuffix("/api/v1")) as opened:
        yield opened


@pytest.fixture
def program(office: Office) -> Iterator[Callable[[str], TestClient]]:
    """A program that may have articles extracted, under a name."""
    opened = []

    def asking(name: str) -> TestClient:
        _, secret = add_token(office.stores, name, [Scope.EXTRACT], 90, "eve")
        opened.append(TestClient(create_app(office), base_url=API, headers={"Authorization": f"Bearer {secret}"}))
        return opened[-1]

    yield asking
    for one in opened:
        one.close()


@pytest.fixture
def scout(program: Callable[[str], TestClient]) -> TestClient:
    return program("scout")


def followed(scout: TestClient, path: str) -> dict[str, Any]:
    """How a run ends."""
    until = time.monotonic() + 60
    while (told := scout.get(path.removeprefix("/api/v1")).json())["is_under_way"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    return dict(told)


def runs(office: Office) -> int:
    return len(office.stores.ledger.runs())


def test_text_is_taken_in_and_followed(scout: TestClient, office: Office, stand_in: StandIn) -> None:
    taken = scout.post("/articles", json={"text": TEXT})

    assert (taken.status_code, taken.json()) == (202, {"article": 2, "run": 2})
    assert taken.headers["Location"] == "/api/v1/runs/2"
    told = followed(scout, taken.headers["Location"])
    assert (told["outcome"], told["claims"], told["calls_left"], told["calls"]) == ("finished", 3, 0, 1)
    assert told["sentences"] == {"pending": 0, "claims": 3, "not_checkable": 0, "ambiguous": 0, "failed": 0}
    again = scout.post("/articles", json={"text": TEXT})
    assert (again.status_code, again.json()) == (200, {"article": 2, "run": None})
    assert len(stand_in.requests) == 1
    [began] = [one for one in office.stores.log.events() if one.action == "run_began" and one.run_id == 2]
    assert began.actor == "scout"


def test_run_under_way_tells_how_far_it_is(scout: TestClient, stand_in: StandIn) -> None:
    go = threading.Event()

    def patient(request: dict[str, Any]) -> Reply:
        go.wait(60)
        return one_claim_a_sentence(request)

    stand_in.answer = patient
    taken = scout.post("/articles", json={"text": TEXT})
    told = scout.get("/runs/2").json()
    same = scout.post("/articles", json={"text": TEXT})
    go.set()

    assert (told["is_under_way"], told["calls_left"], told["sentences"]["pending"]) == (True, 1, 3)
    assert same.json() == taken.json()
    assert followed(scout, "/runs/2")["claims"] == 3
    assert len(stand_in.requests) == 1


def test_key_begins_one_run(scout: TestClient, office: Office, stand_in: StandIn) -> None:
    key = {"Idempotency-Key": "morning-1"}
    stand_in.answer = lambda _: (200, completion("?"), {})
    first = scout.post("/articles", json={"text": TEXT}, headers=key)
    followed(scout, "/runs/2")

    again = scout.post("/articles", json={"text": TEXT}, headers=key)
    other = scout.post("/articles", json={"text": "The dam broke in 1979."}, headers=key)

    assert again.json() == first.json() == {"article": 2, "run": 2}
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json()["type"]) == (422, "urn:factcheck:error:other-request")
    assert runs(office) == 2


def test_key_of_what_did_not_begin_is_free(scout: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    key = {"Idempotency-Key": "morning-1"}
    monkeypatch.delenv("OPENAI_API_KEY")
    assert scout.post("/articles", json={"text": TEXT}, headers=key).status_code == 503

    monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
    assert scout.post("/articles", json={"text": TEXT}, headers=key).status_code == 202


def test_same_key_at_once_begins_one_run(scout: TestClient, office: Office) -> None:
    key, told = {"Idempotency-Key": "twice"}, list[int]()
    threads = [
        threading.Thread(
            target=lambda: told.append(scout.post("/articles", json={"text": TEXT}, headers=key).status_code)
        )
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert set(told) <= {200, 202}
    assert runs(office) == 2


def test_place_of_the_database_is_told_to_no_program(scout: TestClient, office: Office) -> None:
    run = office.stores.ledger.begin_run(1, SETUP, office.desk.clock())
    why = f"stopped: the database {office.stores.location!r} cannot be used: the disk is full"
    office.stores.ledger.end_run(run, why, office.desk.clock())

    [*_, listed] = scout.get("/runs").json()["runs"]
    alone = scout.get(f"/runs/{run}").json()

    assert listed["id"] == alone["id"] == run
    assert {listed["outcome"], alone["outcome"]} == {"the desk cannot answer now"}


def test_what_failed_is_asked_again_by_another_run(scout: TestClient, stand_in: StandIn) -> None:
    stand_in.answer = failing(401, "invalid_api_key")
    taken = scout.post("/articles", json={"text": TEXT})
    stopped = followed(scout, taken.headers["Location"])
    assert stopped["outcome"].startswith("stopped:")
    assert stopped["calls_left"] == 1

    stand_in.answer = one_claim_a_sentence
    again = scout.post("/articles/2/runs", json={})
    assert (again.status_code, again.json()) == (202, {"article": 2, "run": 3})
    assert followed(scout, "/runs/3")["sentences"]["claims"] == 3


@pytest.mark.parametrize(
    ("form", "status", "kind"),
    [
        ({}, 400, "input"),
        ({"url": "https://a.example/", "text": "x"}, 400, "input"),
        ({"url": "/etc/passwd"}, 400, "source"),
        ({"url": "http://127.0.0.1/"}, 400, "private-address"),
        ({"text": " \n"}, 400, "source"),
        ({"text": TEXT, "budget": 0}, 422, "form"),
        ({"text": TEXT, "budget": 1}, 400, "unknown-price"),
        ({"text": "<!doctype html><p>Just a moment. Are you a robot?</p>"}, 400, "stub"),
        ({"text": '{"text": "One broke in 1979."}\n{"text": "Two broke in 1980."}'}, 400, "input"),
        ({"text": "\0"}, 422, "form"),
        ({"text": TEXT, "model": "openai:dear"}, 422, "form"),
    ],
    ids=str,
)
def test_problem_tells_what_is_wrong(
    scout: TestClient, office: Office, stand_in: StandIn, form: dict[str, Any], status: int, kind: str
) -> None:
    refused = scout.post("/articles", json=form)

    assert (refused.status_code, refused.json()["type"]) == (status, f"urn:factcheck:error:{kind}")
    assert refused.headers["content-type"] == "application/problem+json"
    assert stand_in.requests == []
    assert runs(office) == 1


@pytest.mark.parametrize(("page", "status", "kind"), [(None, 503, "page-unreachable"), (502, 503, "page-unreachable"),
                                                      (404, 400, "page-gone"), (403, 400, "source")])  # fmt: skip
def test_page_that_does_not_answer_is_no_mistake_of_who_names_it(
    stage: Stage, settings: Settings, page: int | None, status: int, kind: str
) -> None:
    del stage
    with loopback_site() as site:
        address = f"{site.address}/news"
        site.pages["/news"] = page or b""
        if page is None:  # a port that nobody listens at
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                address = f"http://127.0.0.1:{free.getsockname()[1]}/news"
        with opened_office(replace(settings, allow_private_fetch=True), API.removesuffix("/api/v1")) as office:
            _, secret = add_token(office.stores, "scout", [Scope.EXTRACT], 90, None)
            client = TestClient(create_app(office), base_url=API, headers={"Authorization": f"Bearer {secret}"})
            refused = client.post("/articles", json={"url": address})

    assert (refused.status_code, refused.json()["type"]) == (status, f"urn:factcheck:error:{kind}")


def test_what_is_not_there_is_not_found(scout: TestClient) -> None:
    assert scout.get("/runs/99").status_code == 404
    assert scout.post("/articles/99/runs", json={}).status_code == 404


def test_where_roles_are_on_it_takes_an_editor(stage: Stage, settings: Settings) -> None:
    del stage
    with opened_office(replace(settings, roles=True), API.removesuffix("/api/v1")) as office:
        for name, role, status in (("rita", Role.REVIEWER, 403), ("edna", Role.EDITOR, 202)):
            add_person(office.stores, name, [role], None)
            _, secret = add_token(office.stores, name, [Scope.EXTRACT], 90, None)
            client = TestClient(create_app(office), base_url=API, headers={"Authorization": f"Bearer {secret}"})
            assert client.post("/articles", json={"text": TEXT}).status_code == status
