"""Every act, by everybody, in every state: who may does it, and all else is refused and changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import pytest
from fakes import FakeSources, NoPastVerdicts
from fastapi.testclient import TestClient
from stage import Stage, StandingClock
from web_visitor import Visitor

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import Role
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.people import SqlPeople
from factcheck.storage.queue import SqlQueue
from factcheck.web.app import create_app
from factcheck.web.claim_acts import ACTS
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office
from factcheck.workflow import amend_claim, edit_claim, review_claim
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.look_for_evidence import DeskLook, LookForEvidence
from factcheck.workflow.lookup_ports import Searching
from factcheck.workflow.review_claim import Desk

ORIGIN = "http://127.0.0.1:8760"
PEOPLE = {"r": "Rita", "a": "Adam", "e": "Edna", "n": "Nobuko"}
"""A reviewer, an adjudicator, an editor, and somebody without a role; none of them has read a claim."""
STATES = ("free", "held", "others", "second", "disputed", "decided", "signed", "public", "withdrawn", "aside")
"""`held` is in the hands of who acts, `others` in somebody else's."""

TABLE = """
act            free  held  others second disputed decided signed public withdrawn aside
take           r     raen  .      r      a        .       .      .      .         .
skip           r     r     .      r      a        .       .      .      .         .
release        .     r     .      .      .        .       .      .      .         .
renew          .     raen  .      .      .        .       .      .      .         .
verdict        r     r     .      r      a        .       .      .      .         .
carry-over     r     r     .      r      a        .       .      .      .         .
reword         r     r     .      .      .        .       .      .      .         .
split          r     r     .      .      .        .       .      .      .         .
same           r     r     .      .      .        .       .      .      .         .
set-aside      r     r     .      .      .        .       .      .      .         .
speaker        r     r     r      r      r        r       r      .      .         .
sign-off       .     .     .      .      .        e       .      .      .         .
reject         .     .     .      .      .        e       e      .      .         .
publish        .     .     .      .      .        .       e      .      .         .
correct        .     .     .      .      .        .       .      e      .         .
withdraw       .     .     .      .      .        .       .      e      .         .
draft          rae   rae   rae    rae    rae      rae     rae    rae    rae       rae
flag           rae   rae   rae    rae    rae      rae     rae    rae    rae       rae
note           rae   rae   rae    rae    rae      rae     rae    rae    rae       rae
task           rae   rae   rae    rae    rae      rae     rae    rae    rae       rae
contact        rae   rae   rae    .      rae      rae     rae    e      e         rae
source         rae   rae   rae    rae    rae      rae     rae    e      e         rae
edit-source    rae   rae   rae    .      rae      rae     rae    .      .         rae
remove-source  rae   rae   rae    .      rae      rae     rae    .      .         rae
look           raen  raen  raen   raen   raen     raen    raen   raen   raen      raen
check-sources  raen  raen  raen   raen   raen     raen    raen   raen   raen      raen
passage        .     .     .      .      .        .       .      .      .         .
suggestion-aside .   .     .      .      .        .       .      .      .         .
"""
"""By act and state, who may: the others get 403, 404 or 409. Who holds a claim keeps it, whatever became of their role.
Those of a row of dots are about a passage that is not there; the source is somebody else's."""

TYPED = {
    "verdict": {"label": "true", "rationale": "So it is."},
    "carry-over": {"earlier": "1"},
    "reword": {"text": "Other words of the claim."},
    "split": {"parts": "One part of {number}.\nAnother part of {number}."},
    "same": {"into": "1"},
    "set-aside": {"reason": "an opinion"},
    "speaker": {"speaker": "the mayor"},
    "sign-off": {"despite": "it is plain"},
    "reject": {"comment": "look again"},
    "correct": {"label": "outdated", "reason": "it changed"},
    "withdraw": {"reason": "it was wrong"},
    "flag": {"reason": "odd"},
    "note": {"text": "a word"},
    "task": {"assignee": "Rita"},
    "contact": {"answer": "no"},
    "source": {"url": "https://a.example/", "stance": "context"},
    "edit-source": {"evidence": "{source}", "stance": "refutes", "quote": "x"},
    "remove-source": {"evidence": "{source}"},
    "passage": {"passage": "999", "stance": "context", "looked_at": "2026-01-01"},
    "suggestion-aside": {"passage": "999", "looked_at": "2026-01-01"},
}
ROWS = {line.split()[0]: dict(zip(STATES, line.split()[1:], strict=True)) for line in TABLE.strip().splitlines()[1:]}


@dataclass(frozen=True)
class Made:
    """A desk's file, and by person and state the number of a claim that nothing has been tried on."""

    path: Path
    numbers: dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def made(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A claim for everybody in every state, and claim 1 with a verdict, to which others are likened."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("table") / "desk.db"))
    database = Database(str(path))
    people = SqlPeople(database)
    stage = Stage(SqlLedger(database), SqlQueue(database), NoPastVerdicts())
    roles = {"Rita": [Role.REVIEWER], "Adam": [Role.ADJUDICATOR], "Edna": [Role.EDITOR], "Nobuko": []}
    for name, own in {**roles, "Olga": list(Role), "Omar": list(Role), "Otto": list(Role)}.items():
        people.set_roles(name, own, stage.clock(), None)
    wanted = [(who, state) for who in PEOPLE for state in STATES]
    stage.file(tuple(f"Prices rose by {number} percent." for number in range(len(wanted) + 1)))
    stage.file(("Others rose, too.",))
    numbers = {one: place + 2 for place, one in enumerate(wanted)}
    desk = stage.desk
    review_claim.record_verdict(desk, 1, "true", "Olga", "It did.")
    for (who, state), number in numbers.items():
        add_evidence(desk, number, EvidenceDraft(stance=Stance.SUPPORTS, description="The minutes"), "Olga")
        INTO[state](desk, number, PEOPLE[who])
    database.close()
    return Made(path, numbers)


def _public(desk: Desk, number: int, who: str) -> None:
    _signed(desk, number, who)
    edit_claim.publish(desk, number, "Omar")


def _signed(desk: Desk, number: int, who: str) -> None:
    _decided(desk, number, who)
    edit_claim.sign_off(desk, number, "Omar", despite="it is plain")


def _decided(desk: Desk, number: int, who: str) -> None:
    del who
    review_claim.record_verdict(desk, number, "false", "Olga", "It did not.")


def _second(desk: Desk, number: int, who: str) -> None:
    del who
    twice = Desk(desk.queue, desk.clock, desk.lease, second_reading=SecondReadingRules(sample=1.0))
    review_claim.record_verdict(twice, number, "false", "Olga", "It did not.")


def _disputed(desk: Desk, number: int, who: str) -> None:
    _second(desk, number, who)
    review_claim.record_verdict(desk, number, "true", "Omar", "It did.")


def _withdrawn(desk: Desk, number: int, who: str) -> None:
    _public(desk, number, who)
    edit_claim.withdraw(desk, number, "Omar", "wrong")


def _free(desk: Desk, number: int, who: str) -> None:
    del desk, number, who  # claims are free as they are filed


def _held(desk: Desk, number: int, who: str) -> None:
    review_claim.take_claim(desk, number, who)


def _others(desk: Desk, number: int, who: str) -> None:
    del who
    review_claim.take_claim(desk, number, "Otto")


def _aside(desk: Desk, number: int, who: str) -> None:
    del who
    amend_claim.set_claim_aside(desk, number, "an opinion", "Olga")


_MAKERS = _free, _held, _others, _second, _disputed, _decided, _signed, _public, _withdrawn, _aside
INTO: dict[str, Callable[[Desk, int, str], None]] = dict(zip(STATES, _MAKERS, strict=True))


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Iterator[Office]:
    """That desk, with roles on, at the moment at which it was made."""
    path, pages = shutil.copy(made.path, tmp_path / "desk.db"), FakeSources({"https://a.example/": "A page."})
    with opened_office(Settings(db=str(path), roles=True), ORIGIN) as opened:
        clock = StandingClock()
        stores = replace(opened.stores, clock=clock)
        desk = replace(opened.desk, clock=clock)
        look = DeskLook(LookForEvidence(desk, stores.ledger, stores.lookups), lambda: nullcontext(Searching((), pages)))
        yield replace(opened, stores=stores, desk=desk, sources=lambda: pages, look=look)


def typed_into(office: Office, act: str, number: int) -> dict[str, str]:
    """What somebody types about that claim."""
    desk = office.desk
    evidence = desk.queue.claim(number, desk.clock(), "Olga").evidence
    told = {"{number}": str(number), "{source}": str(evidence[0].id if evidence else 999)}
    return {
        name: reduce(lambda text, one: text.replace(*one), told.items(), typed)
        for name, typed in TYPED.get(act, {}).items()
    }


def test_table_names_every_act() -> None:
    assert ROWS.keys() == ACTS.keys()


@pytest.mark.parametrize("act", ACTS)
def test_only_who_may_does_it(made: Made, office: Office, act: str) -> None:
    queue, now = office.desk.queue, office.desk.clock()
    wrong: list[tuple[str, str, object]] = []
    for who, name in PEOPLE.items():
        with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
            visitor = Visitor(client)
            visitor.enter_as(name)
            token = visitor.token()
            for state in STATES:
                number = made.numbers[who, state]
                before = queue.claim(number, now, name)
                events = office.stores.log.head()
                typed = typed_into(office, act, number)
                as_read = {"revision": before.revision, "planned": before.planned}
                sent = {"token": token, "quiet": "1", **as_read, **typed}
                status = client.post(f"/claims/{number}/{act}", data=sent).status_code
                is_let = who in ROWS[act][state]
                fits = {200} if is_let else {403, 404, 409}
                if status not in fits:
                    wrong.append((name, state, status))
                if not is_let and (queue.claim(number, now, name), office.stores.log.head()) != (before, events):
                    wrong.append((name, state, "changed"))
    assert wrong == []


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_without_a_name(made: Made, office: Office, act: str) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        token = Visitor(client).token()
        sent = {"token": token, "revision": "x", **TYPED.get(act, {})}
        head = office.stores.log.head()

        assert client.post(f"/claims/{made.numbers['r', 'free']}/{act}", data=sent).status_code == 401
        assert office.stores.log.head() == head


def test_who_edits_a_colleagues_source_is_named_beside_it(made: Made, office: Office) -> None:
    number = made.numbers["r", "free"]
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        rita = Visitor(client)
        rita.enter_as("Rita")
        [source] = office.desk.queue.claim(number, office.desk.clock(), "Rita").evidence
        [form] = rita.open(f"/claims/{number}").xpath("//form[contains(@action, 'edit-source')]")
        fields = {one.name: one.value for one in form.xpath(".//input[@type='hidden']")}
        client.post(f"/claims/{number}/edit-source", data=fields | {"stance": "refutes", "title": source.name})

        page = rita.open(f"/claims/{number}").text_content()

    assert "added by Olga · told in another way by Rita" in " ".join(page.split())


UNSEEN = {"take", "release", "renew", "draft", "note", "source", "look", "check-sources"}
"""What is done whatever the claim has become meanwhile."""
OF_LOOKUPS = {"passage", "suggestion-aside"}
"""What is done to a look-up as its page has shown it, which its own tests hold."""


@pytest.mark.parametrize("act", sorted(ACTS.keys() - UNSEEN - OF_LOOKUPS))
def test_old_revision_is_refused(made: Made, office: Office, act: str) -> None:
    states = [state for state in STATES if ROWS[act][state] != "."] or ["free"]
    who = next(iter(ROWS[act][states[0]].strip(".")), "r")
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as(PEOPLE[who])
        as_read = dict.fromkeys(("revision", "planned"), "0" * 12)
        number = made.numbers[who, states[0]]
        sent = {"token": visitor.token(), **as_read, **typed_into(office, act, number)}

        answer = client.post(f"/claims/{number}/{act}", data=sent)
        assert answer.status_code in {404, 409}
        unsaid = {name: one for name, one in sent.items() if name not in as_read}
        assert client.post(f"/claims/{number}/{act}", data=unsaid).status_code in {400, 404}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_has_no_role_adds_no_claim(made: Made, office: Office, who: str) -> None:
    number, head = made.numbers[who, "free"], office.stores.log.head()
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as(PEOPLE[who])
        page = visitor.open(f"/claims/{number}")
        offered = (
            page.xpath("//form[contains(@action, '/add')]"),
            page.xpath("//form[contains(@action, 'edit-source')]"),
        )
        said = {"sentence": "1", "text": "Others fell."}
        answer = visitor.post(f"/claims/{number}/add", **said)

    if who == "n":
        assert (answer.status_code, offered) == (403, ([], []))
        assert office.stores.log.head() == head
    else:
        assert (answer.status_code, len(offered[0]), len(offered[1])) == (303, 1, 1)


@pytest.mark.parametrize("act", ACTS)
def test_claim_that_is_not_there_is_not_found(office: Office, act: str) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as("Olga")
        sent = {"token": visitor.token(), "revision": "x", **TYPED.get(act, {})}

        for number in ("9999", "0", "-1", "99999999999999999999", "x", "1.5", "%00"):
            assert client.post(f"/claims/{number}/{act}", data=sent).status_code == 404


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("act", "name"), [("add", "Zoe"), ("roles", "Nobuko")])
def test_only_editors_give_roles(office: Office, who: str, act: str, name: str) -> None:
    before, head = office.stores.people.everybody(), office.stores.log.head()
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as(PEOPLE[who])
        has_form = bool(visitor.open("/people").xpath(f"//form[@action='/people/{act}']"))
        answer = visitor.post(f"/people/{act}", name=name, had="", role="adjudicator")

    if who == "e":
        assert (answer.status_code, has_form) == (303, True)
        assert {one.name: one.roles for one in office.stores.people.everybody()}[name] == (Role.ADJUDICATOR,)
    else:
        assert (answer.status_code, has_form) == (403, False)
        assert (office.stores.people.everybody(), office.stores.log.head()) == (before, head)


def test_somebody_stays_an_editor(office: Office) -> None:
    for name in ("Olga", "Omar", "Otto"):
        office.stores.people.set_roles(name, (Role.REVIEWER,), office.stores.clock(), None)
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        edna = Visitor(client)
        edna.enter_as("Edna")

        assert edna.post("/people/roles", name="Edna", had="editor", role="reviewer").status_code == 409
        assert "nobody but 'Edna' is an editor of this desk" in edna.text
        assert edna.post("/people/roles", name="Rita", had="reviewer", role="editor").status_code == 303
        assert edna.post("/people/roles", name="Edna", had="editor", role="reviewer").status_code == 303
        assert edna.post("/people/roles", name="Edna", had="reviewer", role="editor").status_code == 403


def test_roles_are_given_to_whom_the_page_has_shown(office: Office) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        edna = Visitor(client)
        edna.enter_as("Edna")
        here = "//form[.//input[@name='name'][@value='Omar']]//input[@name='had']/@value"
        had = edna.open("/people").xpath(here)
        office.stores.people.set_roles("Omar", [Role.REVIEWER], office.stores.clock(), "Otto")
        head = office.stores.log.head()
        sent = {"token": edna.token(), "name": "Omar", "had": had, "role": ["reviewer", "editor"]}

        late = client.post("/people/roles", data=sent)
        assert (late.status_code, office.stores.log.head()) == (409, head)
        assert "and is reviewer now" in late.text

        assert client.post("/people/roles", data=sent | {"had": ["", "reviewer"]}).status_code == 303


def test_roles_are_not_given_without_those_that_were_shown(office: Office) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        edna = Visitor(client)
        edna.enter_as("Edna")
        head = office.stores.log.head()

        assert edna.post("/people/roles", name="Rita", role="editor").status_code == 409
        assert "load the page again" in edna.text
        assert office.stores.log.head() == head


@pytest.mark.parametrize(
    ("act", "name", "role", "status"),
    [("roles", "Zoe", "editor", 404), ("roles", "Rita", "king", 400), ("add", " ", "editor", 400)],
)
def test_odd_person_or_role_is_told(office: Office, act: str, name: str, role: str, status: int) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        edna = Visitor(client)
        edna.enter_as("Edna")

        assert edna.post(f"/people/{act}", name=name, had="reviewer", role=role).status_code == status


@pytest.mark.parametrize("act", ["add", "roles"])
def test_nobody_gives_roles_without_a_name(office: Office, act: str) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        assert Visitor(client).post(f"/people/{act}", name="Zoe", role="editor").status_code == 401


TAKING_IN: dict[str, dict[str, str]] = {
    "/add/address": {"url": "http://127.0.0.1/"},
    "/add/text": {"text": "The dam broke in 1979."},
    "/add/file": {},
    "/articles/1/extraction": {},
}
"""What takes articles in, and what is typed there; all of it is an editor's."""


@pytest.mark.parametrize("path", TAKING_IN)
def test_only_editors_take_articles_in(office: Office, path: str) -> None:
    head, answered = office.stores.log.head(), dict[str, int]()
    for who, name in PEOPLE.items():
        with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
            visitor = Visitor(client)
            visitor.enter_as(name)
            answered[who] = visitor.post(path, **TAKING_IN[path]).status_code

    assert {who for who, status in answered.items() if status != 403} == {"e"}
    assert office.stores.log.head() == head


def test_who_is_editor_no_more_begins_nothing(office: Office) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as("Edna")
        handed_in = visitor.post("/add/text", text="The dam broke in 1979.").headers["location"]
        office.stores.people.set_roles("Edna", [Role.REVIEWER], office.desk.clock(), None)
        head = office.stores.log.head()

        assert visitor.post(handed_in).status_code == 403
        assert "/add/text" not in visitor.client.get("/add").text
        assert office.stores.log.head() == head


@pytest.mark.parametrize("path", [*TAKING_IN, "/submissions/x"])
def test_nobody_takes_articles_in_without_a_name(office: Office, path: str) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as client:
        token = Visitor(client).token()

        assert client.post(path, data={"token": token, **TAKING_IN.get(path, {})}).status_code == 401
