"""The desk for programs: tokens and scopes, reading, acts, revisions, keys, and problems that tell facts."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fakes import FakeSources
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from stage import Stage

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.programs import Scope
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.export.report_json import report_schema
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office
from factcheck.workflow import edit_claim, review_claim
from factcheck.workflow.amend_claim import add_note, plan_claim
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.manage_tokens import add_token, revoke_token

API = "http://127.0.0.1:8760/api/v1"

Program = Callable[..., TestClient]


@pytest.fixture
def program(office: Office) -> Iterator[Program]:
    """A program with a token of that name and those scopes."""
    yield from _programs(office)


@pytest.fixture
def careful(office: Office) -> Iterator[Program]:
    """A program at a desk that wants every `false` read twice."""
    rules = SecondReadingRules(labels=frozenset({"false"}))
    yield from _programs(replace(office, desk=replace(office.desk, second_reading=rules)))


@pytest.fixture
def reviewer(program: Program) -> TestClient:
    return program("ana", Scope.REVIEW)


@pytest.fixture
def editor(program: Program) -> TestClient:
    return program("eve", Scope.EDIT)


def _programs(office: Office) -> Iterator[Program]:
    app, opened = create_app(office), []

    def asking(name: str = "scout", *scopes: Scope) -> TestClient:
        _, secret = add_token(office.stores, name, scopes, 90, "eve")
        client = TestClient(app, base_url=API, headers={"Authorization": f"Bearer {secret}"})
        opened.append(client)
        return client

    yield asking
    for one in opened:
        one.close()


def as_read(client: TestClient, number: int = 1) -> dict[str, str]:
    return {"If-Match": client.get(f"/claims/{number}").headers["ETag"]}


@pytest.mark.parametrize("shown", [None, "Bearer x", "Bearer fcdesk_x", "Basic YTpi", "Bearer", "Bearer \xff"])
def test_nobody_reads_without_a_token(client: TestClient, shown: str | None) -> None:
    headers = {} if shown is None else {b"Authorization": shown.encode("latin-1")}

    for path in ("/claims", "/claims/1", "/articles", "/runs", "/reports", "/known?words=a", "/me"):
        refused = client.get(f"/api/v1{path}", headers=headers)
        assert refused.status_code == 401
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_revoked_token_reads_nothing(program: Program, office: Office) -> None:
    scout = program()
    assert scout.get("/me").json()["name"] == "scout"

    revoke_token(office.stores, 1, "eve")

    assert scout.get("/me").status_code == 401


ACTS: list[tuple[str, str, dict[str, Any] | None, Scope]] = [
    ("POST", "/claims/next", {}, Scope.REVIEW),
    ("POST", "/claims/1/take", None, Scope.REVIEW),
    ("POST", "/claims/1/renew", None, Scope.REVIEW),
    ("POST", "/claims/1/release", None, Scope.REVIEW),
    ("POST", "/claims/1/skip", None, Scope.REVIEW),
    ("POST", "/claims/1/verdict", {"label": "true"}, Scope.REVIEW),
    ("POST", "/claims/1/not-checkable", {"reason": "An opinion."}, Scope.REVIEW),
    ("POST", "/claims/1/notes", {"text": "Mind it."}, Scope.REVIEW),
    ("POST", "/claims/1/evidence", {"stance": "context", "description": "A letter"}, Scope.REVIEW),
    ("DELETE", "/claims/1/evidence/1", None, Scope.REVIEW),
    ("POST", "/claims/1/suggestions", {"url": "https://a.example/", "quote": "A."}, Scope.SUGGEST),
    ("POST", "/undo", None, Scope.REVIEW),
    ("POST", "/articles", {"text": "The dam broke in 1979."}, Scope.EXTRACT),
    ("POST", "/articles/1/runs", {}, Scope.EXTRACT),
    ("POST", "/claims/1/sign-off", {}, Scope.EDIT),
    ("POST", "/claims/1/publish", None, Scope.EDIT),
    ("POST", "/claims/1/reject", {"reason": "Read it again."}, Scope.EDIT),
    ("POST", "/claims/1/correct", {"label": "true", "reason": "A slip."}, Scope.EDIT),
    ("POST", "/claims/1/withdraw", {"reason": "It is gone."}, Scope.EDIT),
]


@pytest.mark.parametrize(("method", "path", "form", "scope"), ACTS, ids=str)
def test_each_act_takes_its_scope(
    program: Program, office: Office, method: str, path: str, form: dict[str, Any] | None, scope: Scope
) -> None:
    others = program("scout", *(one for one in Scope if one is not scope))
    events = len(office.stores.log.events())

    refused = others.request(method, path, json=form, headers={"If-Match": '"000000000000"'})

    assert (refused.status_code, refused.json()["facts"]) == (403, {"name": "scout", "scope": scope.value})
    assert len(office.stores.log.events()) == events


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "a-1"}])
def test_what_is_published_changes_by_the_scope_of_editors_alone(office: Office, key: dict[str, str]) -> None:
    review_claim.record_verdict(office.desk, 1, "true", "ana", "They said so.")
    edit_claim.sign_off_and_publish(office.desk, 1, "eve", despite="It is plain.")
    pages = FakeSources({"https://a.example/": "Three hundred people came."})
    office = replace(office, sources=lambda: pages)
    source = {"stance": "refutes", "url": "https://a.example/", "quote": "Three hundred people"}

    for asking in _programs(office):
        reviewing, editing = asking("eve", Scope.REVIEW), asking("eve", Scope.REVIEW, Scope.EDIT)
        head = office.stores.log.head()
        refused = reviewing.post("/claims/1/evidence", json=source, headers=key)
        assert (refused.status_code, refused.json()["facts"]) == (403, {"name": "eve", "scope": "edit"})
        assert office.stores.log.head() == head
        assert editing.post("/claims/1/evidence", json=source, headers=key).status_code == 200
        said = {"stance": "context", "description": "A letter", "fetch": False}
        for unshown in (said, said | {"url": "https://b.example/"}):
            shown = editing.post("/claims/1/evidence", json=unshown)
            assert (shown.status_code, shown.json()["type"]) == (409, "urn:factcheck:error:missing-quote")


def test_sign_off_is_taken_back_by_the_scope_of_editors_alone(program: Program, office: Office) -> None:
    review_claim.record_verdict(office.desk, 1, "true", "ana", "They said so.")
    edit_claim.sign_off(office.desk, 1, "eve", despite="It is plain.")
    reviewing, head = program("eve", Scope.REVIEW), office.stores.log.head()

    refused = reviewing.post("/undo")
    assert (refused.status_code, refused.json()["facts"]) == (403, {"name": "eve", "scope": "edit"})
    assert office.stores.log.head() == head

    assert program("eve", Scope.REVIEW, Scope.EDIT).post("/undo").json()["undone"] == "signed_off"


def test_every_act_of_the_api_is_in_that_table(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    acts = {
        (method.upper(), path)
        for path, item in schema["paths"].items()
        for method in item
        if method in {"post", "delete"}
    }

    told = {(method, path.replace("/1", "/{number}", 1).replace("/1", "/{evidence}")) for method, path, _, _ in ACTS}
    assert told == acts


def test_day_of_a_program(reviewer: TestClient, editor: TestClient, office: Office) -> None:
    taken = reviewer.post("/claims/next", json={"words": "bridge"})
    assert (taken.json()["id"], taken.json()["lease"]["reviewer"]) == (4, "ana")
    source = {"stance": "supports", "description": "The town's archive", "quote": "opened in 1931"}
    added = reviewer.post("/claims/4/evidence", json=source | {"fetch": False})
    verdict = {"label": "true", "rationale": "The archive says so.", "confidence": "high"}
    decided = reviewer.post("/claims/4/verdict", json=verdict, headers={"If-Match": added.headers["ETag"]})
    assert (decided.json()["status"], decided.json()["verdict"]["label"]) == ("decided", "true")

    signed = editor.post("/claims/4/sign-off", json={}, headers={"If-Match": decided.headers["ETag"]})
    published = editor.post("/claims/4/publish", headers={"If-Match": signed.headers["ETag"]})
    correction = {"label": "outdated", "reason": "It was opened again."}
    corrected = editor.post("/claims/4/correct", json=correction, headers={"If-Match": published.headers["ETag"]})
    assert corrected.json()["editorial"] == "corrected"

    report = editor.get("/reports").json()
    Draft202012Validator(report_schema()).validate(report)
    assert [one["id"] for article in report["articles"] for one in article["claims"]] == [4]
    assert office.stores.log.verify().is_whole
    assert [one["actor"] for one in editor.get("/claims/4/events").json()["events"]][-3:] == ["eve", "eve", "eve"]


def test_what_judges_names_what_was_read(reviewer: TestClient) -> None:
    for headers in ({}, {"If-Match": ""}, {"If-Match": "*"}):
        unread = reviewer.post("/claims/1/verdict", json={"label": "true"}, headers=headers)
        assert (unread.status_code, unread.json()["type"]) == (428, "urn:factcheck:error:unread-revision")


def test_verdict_known_as_of_a_day_ahead_is_refused(reviewer: TestClient) -> None:
    ahead = {"label": "true", "rationale": "So it is.", "known_as_of": "9999-12-31"}

    refused = reviewer.post("/claims/1/verdict", json=ahead, headers=as_read(reviewer))

    assert (refused.status_code, refused.json()["type"]) == (400, "urn:factcheck:error:day-ahead")
    assert refused.json()["facts"]["day"] == "9999-12-31"


def test_claim_that_moved_on_is_not_judged(reviewer: TestClient, office: Office) -> None:
    read = as_read(reviewer)
    add_note(office.desk, 1, "The ministry was asked.", "ben")

    moved = reviewer.post("/claims/1/verdict", json={"label": "true"}, headers=read)

    assert moved.status_code == 412
    assert moved.json()["facts"]["claim"] == 1
    assert moved.json()["facts"]["stands"] == reviewer.get("/claims/1").json()["revision"]
    assert reviewer.get("/claims/1").json()["verdict"] is None


@pytest.mark.parametrize(("method", "path", "form"), [act[:3] for act in ACTS if act[1].startswith("/claims/1/")
                                                         and "suggestions" not in act[1]], ids=str)  # fmt: skip
def test_whatever_names_what_was_read_is_compared(
    reviewer: TestClient, program: Program, office: Office, method: str, path: str, form: dict[str, Any] | None
) -> None:
    review_claim.take_claim(office.desk, 1, "ana")
    add_evidence(office.desk, 1, EvidenceDraft(description="A letter from the archive"), "ana")
    read = as_read(reviewer)
    add_note(office.desk, 1, "The ministry was asked.", "ben")
    events = len(office.stores.log.events())

    moved = program("ana", *Scope).request(method, path, json=form, headers=read)

    assert (moved.status_code, moved.json()["type"]) == (412, "urn:factcheck:error:moved-on")
    assert len(office.stores.log.events()) == events + 1  # the token


def test_whatever_is_said_to_be_compared_is(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    naming = {
        (method.upper(), path)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
    }

    acts = {(method, path.replace("/1", "/{number}", 1).replace("/1", "/{evidence}")) for method, path, _, _ in ACTS}
    of_claims = {one for one in acts if one[1].startswith("/claims/{number}/") and "suggestions" not in one[1]}
    assert naming == of_claims


@pytest.mark.parametrize("shown", ['"{}"', "{}", 'W/"{}"'])
def test_revision_alone_says_what_was_read(reviewer: TestClient, shown: str) -> None:
    revision = reviewer.get("/claims/1").json()["revision"]

    assert reviewer.post("/claims/1/skip", headers={"If-Match": shown.format(revision)}).status_code == 200


def test_same_key_is_done_once(reviewer: TestClient, office: Office) -> None:
    key = {"Idempotency-Key": "a-1"}
    first = reviewer.post("/claims/next", json={}, headers=key)
    again = reviewer.post("/claims/next", json={}, headers=key)

    assert (first.json()["id"], again.json()["id"], again.headers["Idempotent-Replayed"]) == (1, 1, "true")
    assert office.desk.queue.held_by("ana", office.desk.clock()) == (1,)
    assert reviewer.post("/claims/next", json={}).json()["id"] == 2


def test_verdict_sent_twice_stands_once(reviewer: TestClient, office: Office) -> None:
    headers = as_read(reviewer) | {"Idempotency-Key": "a-1"}
    answers = [reviewer.post("/claims/1/verdict", json={"label": "true"}, headers=headers) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert len(office.desk.queue.claim(1, office.desk.clock(), "ana").readings) == 1


def test_key_of_another_request_is_refused(reviewer: TestClient) -> None:
    key = {"Idempotency-Key": "a-1"}
    reviewer.post("/claims/1/take", headers=key)

    assert reviewer.post("/claims/2/take", headers=key).status_code == 422
    assert reviewer.get("/claims/2").json()["lease"] is None


def test_keys_of_two_tokens_are_two(reviewer: TestClient, program: Program) -> None:
    key = {"Idempotency-Key": "a-1"}
    reviewer.post("/claims/1/take", headers=key)

    assert program("ben", Scope.REVIEW).post("/claims/2/take", headers=key).status_code == 200


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ü"])
def test_odd_key_is_refused(reviewer: TestClient, key: str) -> None:
    assert reviewer.post("/claims/1/take", headers={b"Idempotency-Key": key.encode()}).status_code == 422


def test_others_hold_keeps_a_program_away(reviewer: TestClient, program: Program) -> None:
    reviewer.post("/claims/1/take")

    refused = program("ben", Scope.REVIEW).post("/claims/1/take")

    assert (refused.status_code, refused.json()["facts"]["holder"]) == (409, "ana")


def test_second_reader_reads_blind(careful: Program) -> None:
    ana, ben = careful("ana", Scope.REVIEW), careful("ben", Scope.REVIEW)
    ana.post("/claims/1/notes", json={"text": "It is plain wrong."})
    source = {"label": "false", "rationale": "No office says so.", "evidence": ["https://a.example/wrong"]}
    ana.post("/claims/1/verdict", json=source, headers=as_read(ana))

    paths = ("", "/verdicts", "/evidence", "/events", "/known", "/suggestions")
    blind = " ".join(ben.get(f"/claims/1{path}").text for path in paths) + ben.get("/claims").text
    seen = ana.get("/claims/1").json()

    assert not [word for word in ("wrong", 'false"', "No office") if word in blind]
    assert [one["label"] for one in seen["readings"]] == ["false"]
    assert ben.delete("/claims/1/evidence/1", headers=as_read(ben)).status_code == 404
    assert ben.post("/claims/1/verdict", json={"label": "true"}, headers=as_read(ben)).json()["status"] == "disputed"


def test_suggestion_is_named_by_its_token_and_not_by_its_person(office: Office) -> None:
    pages = FakeSources({"https://a.example/": "Three hundred people came to the bridge."})
    suggested = {"url": "https://a.example/", "quote": "Three hundred people"}

    for asking in _programs(replace(office, sources=lambda: pages)):
        asking("ben", Scope.REVIEW)
        program = asking("ana", Scope.SUGGEST)
        assert program.post("/claims/4/suggestions", json=suggested).status_code == 200
        [told] = program.get("/claims/4/suggestions").json()["suggestions"]

    assert (told["by_machine"], told["found_by"]) == ("token 2", "a machine, token 2")


def test_claims_come_in_pages(program: Program) -> None:
    scout, cursor, seen = program(), None, []
    while True:
        asked = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = scout.get("/claims", params=asked).json()
        assert page["total"] == 4
        seen += [one["id"] for one in page["claims"]]
        if (cursor := page["next"]) is None:
            break

    assert seen == [1, 2, 3, 4]
    assert [one["id"] for one in scout.get("/claims", params={"words": "rents"}).json()["claims"]] == [3]


def test_articles_and_runs_are_read(program: Program) -> None:
    scout = program()

    [article] = scout.get("/articles", params={"limit": 1}).json()["articles"]
    full = scout.get("/articles/1").json()
    assert full["text"].startswith("Prices rose")
    assert [one["text"] for one in full["sentences"]][2] == "Rents fell in Berlin."
    assert article["claims"] == 4


def test_articles_and_runs_come_in_pages(program: Program, stage: Stage) -> None:
    stage.file(("It rained.",))
    stage.file(("It snowed.",))
    scout = program()

    for name in ("articles", "runs"):
        first = scout.get(f"/{name}", params={"limit": 2}).json()
        last = scout.get(f"/{name}", params={"limit": 2, "cursor": first["next"]}).json()
        assert [one["id"] for page in (first, last) for one in page[name]] == [1, 2, 3]
        assert last["next"] is None
    assert [one["id"] for one in scout.get("/runs", params={"article": 2}).json()["runs"]] == [2]


def test_claim_that_was_read_is_not_sent_again(program: Program) -> None:
    scout = program()
    tag = scout.get("/claims/1").headers["ETag"]

    assert scout.get("/claims/1", headers={"If-None-Match": tag}).status_code == 304
    assert scout.get("/claims/1", headers={"If-None-Match": f'"other", W/{tag}'}).status_code == 304
    assert scout.get("/claims/1", headers={"If-None-Match": '"other"'}).status_code == 200


def test_claim_that_somebody_holds_by_now_is_sent_again(program: Program, office: Office) -> None:
    scout, desk = program(), office.desk
    changes: tuple[Callable[[], object], ...] = (
        lambda: review_claim.take_claim(desk, 1, "ana"),
        lambda: plan_claim(desk, 1, "ben", date(2026, 12, 1), "eve", expect=desk.queue.claim(1, desk.clock()).planned),
        lambda: review_claim.release_claim(desk, 1, "ana"),
    )
    for change in changes:
        read = scout.get("/claims/1")
        change()
        again = scout.get("/claims/1", headers={"If-None-Match": read.headers["ETag"]})
        assert again.status_code == 200
        assert again.json()["revision"] == read.json()["revision"]


BAD: list[tuple[str, str, Any, int]] = [
    ("GET", "/claims/99", None, 404),
    ("GET", "/claims/0", None, 422),
    ("GET", f"/claims/{2**63}", None, 422),
    ("GET", f"/claims/{'9' * 5000}", None, 422),
    ("GET", f"/claims/{2**63 - 1}", None, 404),
    ("GET", "/claims?cursor=1-2", None, 400),
    ("GET", f"/claims?cursor=1-{'9' * 40}-1", None, 200),
    ("GET", "/claims?words=%00", None, 422),
    ("GET", "/claims?limit=1000000", None, 422),
    ("GET", f"/claims?article={2**63 - 1}", None, 404),
    ("GET", "/articles?cursor=x", None, 400),
    ("GET", "/reports?since=2026-03-02&until=2026-03-01", None, 400),
    ("GET", "/nowhere", None, 404),
    ("PUT", "/claims/1", None, 405),
    ("POST", "/claims/1/notes", {"text": "\0"}, 422),
    ("POST", "/claims/1/notes", {"text": " "}, 400),
    ("POST", "/claims/1/notes", {"text": "x" * 20_001}, 422),
    ("POST", "/claims/1/notes", {"text": "x", "by": "eve"}, 422),
    ("POST", "/claims/1/notes", b'{"text": "\\ud800"}', 422),
    ("POST", "/claims/1/notes", b"[" * 100_000, 400),
    ("POST", "/claims/1/notes", b'{"text": ' + b"9" * 10_000 + b"}", 400),
    ("POST", "/claims/1/notes", b"\xff\xfe", 422),
    ("POST", "/claims/next", {"reading": "editor"}, 409),
    ("POST", "/claims/1/evidence", {"stance": "context"}, 400),
    ("POST", "/claims/1/evidence", {"stance": "context", "url": "file:///etc/passwd"}, 400),
    ("POST", "/claims/1/evidence", {"stance": "context", "file": "/etc/passwd"}, 422),
    ("POST", "/claims/1/verdict", {"label": "quite true"}, 400),
    ("DELETE", "/claims/1/evidence/7", None, 404),
]


@pytest.mark.parametrize(("method", "path", "sent", "status"), BAD, ids=lambda one: str(one)[:40])
def test_bad_input_is_a_problem(reviewer: TestClient, method: str, path: str, sent: Any, status: int) -> None:
    body = sent if isinstance(sent, bytes | None) else json.dumps(sent)
    headers = as_read(reviewer) | ({"Content-Type": "application/json"} if body else {})

    answer = reviewer.request(method, path, content=body, headers=headers)

    assert answer.status_code == status, answer.text
    if status >= 400:
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (told["status"], bool(told["detail"])) == (answer.status_code, True)


def test_body_without_an_end_is_a_problem(reviewer: TestClient) -> None:
    sent = (b'{"text": "' if not number else b"x" * 100_000 for number in range(30))
    headers = as_read(reviewer) | {"Content-Type": "application/json"}

    answer = reviewer.post("/claims/1/notes", content=sent, headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_damage_is_told_without_its_place(reviewer: TestClient, office: Office, database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE claim SET status = 'gone' WHERE id = 1")

    answer = reviewer.get("/claims/1")

    assert (answer.status_code, answer.json()["detail"]) == (503, "the desk cannot answer now")
    assert office.stores.location not in answer.text


def test_roles_hold_for_programs_too(stage: Stage, database: Database) -> None:
    del stage
    with opened_office(Settings(db=database.location, roles=True), "http://127.0.0.1:8760") as strict:
        _, secret = add_token(strict.stores, "ana", [Scope.REVIEW, Scope.EDIT], 90, None)
        with TestClient(create_app(strict), base_url=API, headers={"Authorization": f"Bearer {secret}"}) as ana:
            refused = ana.post("/claims/1/take")
    assert (refused.status_code, refused.json()["facts"]) == (403, {"person": "ana", "role": "reviewer"})


def test_openapi_has_the_schema_of_published_reports(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()

    report = schema["components"]["schemas"]["Report"]
    assert report["properties"].keys() == report_schema()["properties"].keys()
    named = {ref.removeprefix("#/components/schemas/") for ref in _references(schema)}
    assert {"ReportClaim", "ReportVerdict", "ReportEvidence"} <= named <= schema["components"]["schemas"].keys()


def _references(part: Any) -> Iterator[str]:
    for name, one in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name == "$ref":
            yield one
        yield from _references(one)


def test_undo_takes_back_the_decision_that_is_named(program: Program, office: Office) -> None:
    ana = program("ana", Scope.REVIEW)
    for number in (1, 2):
        review_claim.record_verdict(office.desk, number, "true", "ana", "They said so.")
    first, second = (one.id for one in office.stores.log.events() if one.action == "decided")

    refused = ana.post("/undo", json={"event": first})
    done = ana.post("/undo", json={"event": second})
    again = ana.post("/undo", json={"event": second})

    assert [one.status_code for one in (refused, done, again)] == [409, 200, 409]
    assert refused.json()["facts"] == {"meant": first, "stands": second}
    assert done.json()["claim"]["id"] == 2


def test_undo_under_one_key_takes_back_one(program: Program, office: Office) -> None:
    ana = program("ana", Scope.REVIEW)
    for number in (1, 2):
        review_claim.record_verdict(office.desk, number, "true", "ana", "They said so.")

    first, again = (ana.post("/undo", headers={"Idempotency-Key": "back-1"}) for _ in range(2))

    assert (first.json()["undone"], first.json()["claim"]["id"]) == ("decided", 2)
    assert (again.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (200, first.json(), "true")
    assert office.desk.queue.claim(1, office.desk.clock()).verdict is not None
    assert ana.post("/undo", json={"event": 1}, headers={"Idempotency-Key": "back-1"}).status_code == 422


def test_source_is_taken_away_once_under_one_key(reviewer: TestClient, office: Office) -> None:
    added = add_evidence(office.desk, 1, EvidenceDraft(description="A letter from the archive"), "ana")
    headers = as_read(reviewer) | {"Idempotency-Key": "away-1"}

    first, again = (reviewer.delete(f"/claims/1/evidence/{added.evidence.id}", headers=headers) for _ in range(2))

    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    assert again.json() == first.json()
    assert again.json()["evidence"] == []
