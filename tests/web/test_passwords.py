"""Passwords that editors give and take in a browser: a link that works once, and who may hand one out."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chromium import needs_chromium
from fakes import FakePasswords
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from stage import StandingClock
from web_person import look_at
from web_server import served_here
from web_visitor import Visitor

from factcheck.domain.states import Role
from factcheck.settings.web_key import make_key
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.storage.heads_file import HeadsFile
from factcheck.storage.people import SqlPeople
from factcheck.web.app import create_app
from factcheck.web.office import Address, Office
from factcheck.web.passwords import ArgonPasswords
from factcheck.workflow import review_claim
from factcheck.workflow.log_in import LINK_LASTS, Doorkeeper, set_password

DESK = "https://desk.example.org"
GOOD, WANTED = "correct horse battery", "another horse entirely"
Come = Callable[..., Visitor]


@pytest.fixture
def guarded(office: Office) -> Office:
    """A desk with roles: Eve and Otto are editors, Ana reads; all have passwords but Ben."""
    clock = StandingClock()
    door = replace(office.door, passwords=FakePasswords(), clock=clock)
    roles = {"eve": Role.EDITOR, "otto": Role.EDITOR, "ana": Role.REVIEWER, "ben": Role.REVIEWER}
    for name, role in roles.items():
        office.stores.people.set_roles(name, (role,), clock(), None)
        if name != "ben":
            set_password(door, name, GOOD, None)
    guards = {"is_guarded": True, "has_roles": True, "secret": b"s" * 32, "person": None}
    return replace(office, door=door, address=Address(DESK), **guards)  # type: ignore[arg-type]


@pytest.fixture
def come(guarded: Office) -> Iterator[Come]:
    """Somebody at a browser of their own, logged in if they are named."""
    opened: list[TestClient] = []

    def comes(name: str | None = None, at: Office = guarded) -> Visitor:
        opened.append(TestClient(create_app(at), base_url=DESK, follow_redirects=False))
        visitor = Visitor(opened[-1].__enter__())
        if name is not None:
            assert visitor.send("/enter", "/enter", name=name, password=GOOD).status_code == 303
        return visitor

    yield comes
    for one in opened:
        one.__exit__(None, None, None)


def test_where_the_desk_keeps_its_files_is_told_to_nobody(come: Come, guarded: Office) -> None:
    review_claim.record_verdict(guarded.desk, 1, "true", "ana", "It did.")
    heads = HeadsFile("/nowhere/heads.txt", guarded.stores.log, guarded.stores.location)
    eve = come("eve", replace(guarded, desk=replace(guarded.desk, witness=heads)))

    answer = eve.send("/claims/1", "/claims/1/sign-off", publish="1", despite="It is known.")

    assert answer.status_code == 503
    assert "That did not work." in eve.text
    assert "/nowhere" not in answer.text


def link_for(editor: Visitor, name: str = "ben") -> str:
    """The path of the link that the page shows."""
    page = editor.open("/people")
    assert page.xpath(f"//form[@action='/people/link'][.//input[@value='{name}']]")
    answer = editor.post("/people/link", name=name)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    shown = editor.text.partition(f"{DESK}/enter/first/")[2].split()[0]
    return f"/enter/first/{shown}"


def choose(visitor: Visitor, link: str, wanted: str = WANTED, again: str = WANTED) -> int:
    visitor.last = visitor.client.post(link, data={"token": visitor.token(), "wanted": wanted, "again": again})
    return visitor.last.status_code


def test_first_password_is_chosen_by_a_link(come: Come, guarded: Office) -> None:
    link, ben = link_for(come("eve")), come()
    ben.open(link)
    assert "You are ben here." in ben.text
    ben.open(link)  # looking at it, as previews of links do, uses nothing up

    assert choose(ben, link, "short", "short") == 400
    assert choose(ben, link, again="other") == 400
    assert choose(ben, link) == 303
    assert "Log in with it." in ben.follow().text_content()
    assert ben.send("/enter", "/enter", name="ben", password=WANTED).status_code == 303
    told = [(one.action, one.actor) for one in guarded.stores.log.events()][-2:]
    assert told == [("password_link_given", "eve"), ("password_set", "ben")]


def test_link_works_once_and_in_its_time(come: Come, guarded: Office) -> None:
    eve, ben, mallory = come("eve"), come(), come()
    first = link_for(eve)
    second = link_for(eve)
    assert mallory.client.get(first).status_code == 403
    assert choose(ben, second) == 303

    for used in (first, second, f"{second}x", "/enter/first/x", f"/enter/first/{'x' * 99}"):
        mallory.last = mallory.client.get(used)
        assert mallory.last.status_code == 403
        assert "Ask an editor for a new one." in mallory.text
        assert choose(mallory, used) == 403
    assert ben.send("/enter", "/enter", name="ben", password=WANTED).status_code == 303

    assert eve.post("/people/no-password", name="ben").status_code == 303
    late = link_for(eve)
    assert isinstance(guarded.door.clock, StandingClock)
    guarded.door.clock.now += LINK_LASTS * 1.01
    assert choose(mallory, late) == 403


def test_taken_password_ends_the_sessions_of_its_owner(come: Come) -> None:
    eve, ana = come("eve"), come("ana")
    assert ana.client.get("/").status_code == 200

    assert eve.post("/people/no-password", name="ana").status_code == 303

    assert ana.client.get("/").status_code == 303
    assert ana.send("/enter", "/enter", name="ana", password=GOOD).status_code == 401


def test_link_leaves_a_password_that_stands(come: Come) -> None:
    eve = come("eve")

    assert eve.post("/people/link", name="ana").status_code == 409
    assert "'ana' has a password" in eve.text
    assert come("ana").client.get("/").status_code == 200


@pytest.mark.parametrize("act", ["link", "no-password"])
def test_only_editors_give_and_take_passwords(come: Come, guarded: Office, act: str) -> None:
    ana, head = come("ana"), guarded.stores.log.head()

    page = ana.open("/people")
    assert page.xpath("//form[contains(@action, 'link') or contains(@action, 'password')]") == []
    assert ana.post(f"/people/{act}", name="ben").status_code == 403
    assert come().post(f"/people/{act}", name="ben").status_code == 401
    assert guarded.stores.log.head() == head


@pytest.mark.parametrize("act", ["link", "no-password"])
def test_nobody_gives_passwords_where_everybody_may_do_everything(come: Come, guarded: Office, act: str) -> None:
    eve = come("eve", replace(guarded, has_roles=False))
    head = guarded.stores.log.head()

    assert eve.post(f"/people/{act}", name="ben").status_code == 403
    assert "A password is given at the terminal." in eve.text
    assert guarded.stores.log.head() == head


@pytest.mark.parametrize("act", ["link", "no-password"])
@pytest.mark.parametrize(("name", "status"), [("eve", 409), ("Zoe", 404), ("", 400)])
def test_own_password_and_nobodys_stay(come: Come, guarded: Office, act: str, name: str, status: int) -> None:
    eve, head = come("eve"), guarded.stores.log.head()

    assert eve.post(f"/people/{act}", name=name).status_code == status
    assert guarded.stores.log.head() == head


def test_who_is_editor_no_more_gives_no_link(come: Come, guarded: Office) -> None:
    eve = come("eve")
    link_for(eve)
    guarded.stores.people.set_roles("eve", (Role.REVIEWER,), guarded.door.clock(), "otto")

    assert eve.post("/people/link", name="ben").status_code == 403


def test_desk_without_passwords_gives_none(come: Come, guarded: Office) -> None:
    link = link_for(come("eve"))
    anybody = come(at=replace(guarded, takes_passwords=False))

    assert anybody.client.get(link).status_code == 400
    assert anybody.post("/people/link", name="ben").status_code in {401, 409}


def test_link_stands_in_no_log_and_no_cookie(come: Come, guarded: Office) -> None:
    eve = come("eve")
    key = link_for(eve).rpartition("/")[2]

    assert key not in str([one.details for one in guarded.stores.log.events()])
    assert key not in eve.client.get("/people").text
    assert key not in (guarded.door.accounts.hash_of("ben") or "")


@pytest.fixture
def address(empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A desk with roles, served to whoever logs in: Eve is its editor, Ana has no password."""
    path = Path(shutil.copy(empty_database, tmp_path / "desk.db"))
    monkeypatch.chdir(tmp_path)
    make_key(Path("factcheck.key"))
    database, clock = Database(str(path)), StandingClock()
    people = SqlPeople(database)
    for name, role in (("eve", Role.EDITOR), ("ana", Role.REVIEWER)):
        people.set_roles(name, (role,), clock(), None)
    set_password(Doorkeeper(people, SqlAccounts(database), ArgonPasswords(), clock), "eve", GOOD, None)
    database.close()
    with served_here(path, None, has_roles=True) as address:
        yield address


@needs_chromium
@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_pages_of_passwords_shut_nobody_out(browser: Browser, address: str, scheme: str, locale: str) -> None:
    told: Any = {"base_url": address, "color_scheme": scheme, "locale": locale}
    eve, ana = browser.new_page(**told), browser.new_page(**told)
    eve.goto("/people")
    eve.fill("[name=name]", "eve")
    eve.fill("[name=password]", GOOD)
    eve.keyboard.press("Enter")
    eve.wait_for_url("**/people")
    look_at(eve)
    eve.click("form[action='/people/link'] button")
    eve.wait_for_selector(".link-given")
    look_at(eve)

    ana.goto(eve.inner_text(".link-given"))
    look_at(ana)
    ana.keyboard.type(WANTED)
    ana.keyboard.press("Tab")
    ana.keyboard.type(WANTED)
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/enter?done=first-password")
    look_at(ana)
    ana.goto(eve.inner_text(".link-given"))
    look_at(ana)
    eve.reload()
    eve.goto("/password")
    look_at(eve)
    for one in (eve, ana):
        one.context.close()
