"""Coming in and going: names where they are trusted, passwords where not, and cookies that are nobody's any more."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from fakes import FakePasswords
from fastapi.testclient import TestClient
from stage import StandingClock
from web_visitor import Visitor

from factcheck.domain.states import Role
from factcheck.errors import DatabaseLocationError, TooManyTriesError, WrongPasswordError
from factcheck.web.app import create_app
from factcheck.web.office import Address, Office
from factcheck.web.visitors import Tries, cookie_name
from factcheck.workflow.log_in import SESSION, set_password

PUBLIC = "https://desk.example.org"
GOOD = "correct horse battery"
PAGES = ("/", "/claims", "/claims/1", "/claims/1/log", "/claims/1/alike", "/log", "/people", "/articles", "/articles/1")


@pytest.fixture
def guarded(office: Office) -> Office:
    """The same desk under an address of the web, where Ana has a password."""
    clock = StandingClock()
    door = replace(office.door, passwords=FakePasswords(), clock=clock)
    office.stores.people.set_roles("ana", (Role.REVIEWER,), clock(), None)
    set_password(door, "ana", GOOD, None)
    return replace(office, door=door, address=Address(PUBLIC), is_guarded=True, secret=b"s" * 32, person=None)


@pytest.fixture
def outside(guarded: Office) -> Iterator[Visitor]:
    """Somebody whom the desk does not know."""
    with TestClient(create_app(guarded), base_url=PUBLIC, follow_redirects=False) as client:
        yield Visitor(client)


def log_in(visitor: Visitor, name: str = "ana", password: str = GOOD, to: str = "/") -> int:
    return visitor.send("/enter", "/enter", name=name, password=password, to=to).status_code


@pytest.mark.parametrize("path", PAGES)
def test_page_leads_to_the_door_and_back(outside: Visitor, path: str) -> None:
    answer = outside.client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/enter?to=")

    [form] = outside.open(answer.headers["location"]).xpath("//form[@action='/enter']")
    log_in(outside, to=form.xpath(".//input[@name='to']/@value")[0])

    assert outside.last is not None
    assert outside.last.headers["location"] == path


def test_preview_and_every_form_take_a_person(outside: Visitor) -> None:
    assert outside.client.get("/articles/1/preview").status_code == 303
    for path in ("/next", "/undo", "/password", "/claims/1/note"):
        assert outside.post(path, text="x").status_code == 401


def test_who_logs_in_is_known(outside: Visitor) -> None:
    assert log_in(outside) == 303

    outside.open("/")
    assert "You are ana" in outside.text


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", GOOD), ("", ""), ("ana", "x" * 100_000)])
def test_wrong_password_is_refused_in_one_sentence(outside: Visitor, name: str, password: str) -> None:
    assert log_in(outside, name, password) == 401
    assert "the name and the password do not belong together" in outside.text
    assert outside.client.get("/").status_code == 303


def test_cookie_is_kept_from_scripts_and_other_sites(outside: Visitor) -> None:
    log_in(outside)

    assert outside.last is not None
    told = outside.last.headers["set-cookie"]
    assert told.startswith("__Host-factcheck=")
    for one in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert one in told
    assert "Domain" not in told
    assert GOOD not in told


def test_cookie_from_before_logging_in_is_another(outside: Visitor) -> None:
    outside.open("/enter")
    before = outside.client.cookies.get("__Host-factcheck")
    log_in(outside)

    assert outside.client.cookies.get("__Host-factcheck") != before


def test_stolen_cookie_is_worth_nothing_after_logging_out(outside: Visitor, guarded: Office) -> None:
    log_in(outside)
    stolen = outside.client.cookies.get(cookie_name(guarded))
    outside.send("/", "/leave")

    with TestClient(create_app(guarded), base_url=PUBLIC, follow_redirects=False) as thief:
        thief.cookies.set(cookie_name(guarded), stolen or "")
        assert thief.get("/").status_code == 303


def test_session_ends_by_itself(outside: Visitor, guarded: Office) -> None:
    log_in(outside)
    clock = guarded.door.clock
    assert isinstance(clock, StandingClock)
    clock.now += SESSION

    assert outside.client.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "WyJhIiwgImFuYSJd.x.y", "ana", "é"])
def test_forged_cookie_is_nobodys(outside: Visitor, guarded: Office, cookie: str) -> None:
    answer = outside.client.get("/", headers={b"Cookie": f"{cookie_name(guarded)}={cookie}".encode()})

    assert answer.status_code == 303


def test_cookie_signed_by_another_desk_is_nobodys(outside: Visitor, guarded: Office) -> None:
    other = replace(guarded, secret=b"t" * 32)
    with TestClient(create_app(other), base_url=PUBLIC, follow_redirects=False) as client:
        elsewhere = Visitor(client)
        log_in(elsewhere)
        outside.client.cookies = client.cookies

    assert outside.client.get("/").status_code == 303


def test_form_of_another_visit_is_refused(outside: Visitor, guarded: Office) -> None:
    with TestClient(create_app(guarded), base_url=PUBLIC, follow_redirects=False) as client:
        token = Visitor(client).token()
    log_in(outside)

    for sent in ({}, {"token": ""}, {"token": token}, {"token": "é" * 32}):
        assert outside.client.post("/claims/1/note", data={"text": "x", **sent}).status_code == 403
    assert guarded.desk.queue.claim(1, guarded.desk.clock()).notes == ()


def test_form_sent_by_another_sites_page_is_refused(outside: Visitor, guarded: Office) -> None:
    log_in(outside)
    token = outside.token()

    for sent in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = outside.client.post("/claims/1/note", data={"text": "x", "token": token}, headers=sent)
        assert answer.status_code == 403
    assert guarded.desk.queue.claim(1, guarded.desk.clock()).notes == ()


def test_guessing_is_stopped(outside: Visitor) -> None:
    for _ in range(5):
        assert log_in(outside, password="wrong") == 401  # noqa: S106 - a wrong one

    assert log_in(outside) == 429
    assert outside.last is not None
    assert 0 < int(outside.last.headers["retry-after"]) <= 300


@pytest.mark.parametrize(
    ("guesser", "other", "status"),
    [
        ("2001:db8:1:2::{}", "2001:db8:1:2:ffff::1", 429),
        ("2001:db8:1:2::{}", "2001:db8:1:3::1", 303),
        ("2001:db8:1:2::{}", "203.0.113.9", 303),
        ("::ffff:203.0.113.9", "203.0.113.9", 429),
        ("::ffff:203.0.113.8", "::ffff:203.0.113.9", 303),
        ("fe80::{}%eth0", "fe80::1%eth1", 429),
        ("no address {}", "another", 429),
    ],
)
def test_addresses_of_one_owner_are_counted_as_one(guarded: Office, guesser: str, other: str, status: int) -> None:
    app = create_app(guarded)

    def guess(address: str, name: str, password: str) -> int:
        with TestClient(app, base_url=PUBLIC, follow_redirects=False, client=(address, 1)) as client:
            return log_in(Visitor(client), name, password)

    assert [guess(guesser.format(one), f"name{one}", "wrong") for one in range(30)] == [401] * 30
    assert guess(other, "ana", GOOD) == status


def _guess_wrong(tries: Tries, name: str, address: str) -> None:
    with pytest.raises(WrongPasswordError), tries.guessing(name, address):
        raise WrongPasswordError("wrong")


def test_guesses_that_come_at_once_count_before_they_are_compared() -> None:
    tries = Tries(clock=lambda: 0.0)
    with ExitStack() as under_way:
        for _ in range(5):
            under_way.enter_context(tries.guessing("ana", "1.2.3.4"))
        with pytest.raises(TooManyTriesError):
            under_way.enter_context(tries.guessing("ana", "1.2.3.4"))

    tries.require_few("ana", "1.2.3.4")  # none of them was wrong


def test_guesses_are_forgotten_after_a_while() -> None:
    now = 0.0
    tries = Tries(clock=lambda: now)
    for _ in range(4):
        _guess_wrong(tries, "ana", "1.2.3.4")
    tries.require_few("ana", "1.2.3.4")
    _guess_wrong(tries, "ana", "1.2.3.4")
    with pytest.raises(Exception, match="too many"):
        tries.require_few("ana", "5.6.7.8")
    tries.require_few("ben", "1.2.3.4")

    now = 301.0

    tries.require_few("ana", "1.2.3.4")


def test_guesses_from_one_address_are_stopped_under_all_names() -> None:
    tries = Tries(clock=lambda: 0.0)
    for number in range(30):
        _guess_wrong(tries, f"name{number}", "1.2.3.4")

    with pytest.raises(Exception, match="too many"):
        tries.require_few("ana", "1.2.3.4")
    tries.require_few("ana", "5.6.7.8")


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"]
)
def test_door_leads_nowhere_else(outside: Visitor, to: str) -> None:
    log_in(outside, to=to)

    assert outside.last is not None
    assert outside.last.headers["location"] == "/"


def test_password_is_changed_by_who_knows_it(outside: Visitor) -> None:
    log_in(outside)
    wanted = "another horse entirely"

    outside.send("/password", "/password", password="wrong", wanted=wanted, again=wanted)  # noqa: S106
    assert outside.last is not None
    assert outside.last.status_code == 401
    outside.send("/password", "/password", password=GOOD, wanted="short", again="short")
    assert outside.last.status_code == 400
    outside.send("/password", "/password", password=GOOD, wanted=wanted, again="other")
    assert outside.last.status_code == 400
    with TestClient(outside.client.app, base_url=PUBLIC, follow_redirects=False) as client:
        elsewhere = Visitor(client)
        assert log_in(elsewhere) == 303
        before = outside.client.cookies.get("__Host-factcheck")
        outside.send("/password", "/password", password=GOOD, wanted=wanted, again=wanted)
        assert outside.last.status_code == 303

        assert elsewhere.client.get("/").status_code == 303
        elsewhere.client.cookies.set("__Host-factcheck", before or "")
        assert elsewhere.client.get("/").status_code == 303
    assert "You have a new password." in outside.follow().text_content()
    outside.send("/", "/leave")
    assert log_in(outside, password=wanted) == 303


def test_trusted_name_that_is_new_and_nearly_anothers_is_asked_about(client: TestClient, office: Office) -> None:
    office.stores.people.set_roles("charlotte", (Role.REVIEWER,), office.stores.clock(), None)
    visitor = Visitor(client)

    visitor.send("/enter", "/enter", name="charlote")
    assert "somebody is called charlotte" in visitor.text
    visitor.post("/enter", name="charlote", new="1")

    assert "You are charlote" in visitor.follow().text_content()


def test_names_are_asked_for_where_none_is_set(office: Office) -> None:
    with TestClient(create_app(replace(office, person=None)), base_url=office.address.origin) as client:
        assert "Who are you?" in client.get("/").text


def test_language_is_the_readers(client: TestClient) -> None:
    visitor = Visitor(client)
    asked = client.get("/", headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert 'lang="de"' in asked.text[:60]

    visitor.send("/", "/language", language="de")

    assert 'lang="de"' in client.get("/", headers={"Accept-Language": "en"}).text[:60]
    visitor.send("/", "/language", language="xx\r\nSet-Cookie: a=b")
    assert 'lang="de"' in client.get("/").text[:60]


def test_page_tells_nobody_outside_where_the_database_stands(
    outside: Visitor, guarded: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> str:
        raise DatabaseLocationError("the database 'postgresql://desk@db.internal/desk' failed")

    log_in(outside)
    monkeypatch.setattr(type(guarded.door.accounts), "session", failing)
    answer = outside.client.get("/")

    assert answer.status_code == 503
    assert "db.internal" not in answer.text
