"""A day of three people in three browsers: one at the keyboard alone, one on a phone, one who edits."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from chromium import needs_chromium, opened_chromium
from conftest import Command
from fakes import StandIn
from loopback_site import LoopbackSite, Page, loopback_site
from playwright.sync_api import Browser
from web_person import PHONE, Person
from web_server import served

from factcheck.settings.web_key import make_key
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.web.passwords import ArgonPasswords

pytestmark = needs_chromium

CLAIM = "At least 107 people died in Mecca when a crane fell."
TEXT = f"{CLAIM} The bridge over the river was opened in 1931. Wind blew on Tuesday."
QUOTE = "At least 107 people died when the crane fell in Mecca, the civil defence said."
PASSWORD = "correct horse battery"  # noqa: S105 - of a desk that ends with the test
CONFIG = """
roles = true

[second_reading]
labels = ["true"]

[look]
sources = ["searxng"]
searxng = "{site}"
open = ["https://www.example.org/search?q={{claim}}"]
"""


class Engine(dict[str, Page]):
    """What a site answers, and any search of it with one page, once it is let go."""

    def __init__(self, found: str) -> None:
        super().__init__()
        self.found, self.goes = found, Event()

    def get(self, path: str, default: Page = 404) -> Page:  # type: ignore[override]  # the site asks in this way alone
        if not path.startswith("/search?"):
            return super().get(path, default)
        assert self.goes.wait(30)
        hits = {"results": [{"url": self.found, "title": "The toll <script>window.owned=1</script>", "content": ""}]}
        return 200, {"content-type": "application/json"}, json.dumps(hits).encode()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        opened.pages = Engine(f"{opened.address}/toll")
        opened.article("/toll", QUOTE)
        yield opened


@pytest.fixture
def engine(site: LoopbackSite) -> Engine:
    assert isinstance(site.pages, Engine)
    return site.pages


@pytest.fixture
def desk(factcheck: Command, folder: Path, stand_in: StandIn, site: LoopbackSite, empty_database: Path) -> Path:
    """A desk with an article that the command line took in, an editor and a reviewer; passwords are asked for."""
    del stand_in
    shutil.copy(empty_database, folder / "factcheck.db")
    (folder / "article.txt").write_text(TEXT)
    (folder / "factcheck.toml").write_text(CONFIG.format(site=site.address))
    assert factcheck("extract", "article.txt").code == 0
    assert factcheck("people", "add", "eve", "--role", "editor").code == 0
    assert factcheck("people", "add", "ana").code == 0
    make_key(folder / "factcheck.key")
    give_passwords(folder, "eve", "ana")
    return folder / "factcheck.db"


def give_passwords(folder: Path, *names: str) -> None:
    database = Database(str(folder / "factcheck.db"))
    for one in names:
        SqlAccounts(database).set_hash(one, ArgonPasswords().hashed(PASSWORD), datetime.now(UTC), None)
    database.close()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


def log_in(person: Person, name: str) -> None:
    """By keys, as far as there are any."""
    person.open("/")
    person.page.focus("[name=name]")
    person.page.keyboard.type(name)
    person.press("Tab")
    person.page.keyboard.type(PASSWORD)
    person.press("Enter")
    person.page.wait_for_selector("text=What waits for you")


def test_day_from_an_article_to_a_corrected_page(browser: Browser, desk: Path, engine: Engine) -> None:
    with served(desk) as address:

        def comes(name: str, **settings: Any) -> Person:
            person = Person.at(address, browser.new_context(**settings))
            log_in(person, name)
            return person

        eve = comes("eve", viewport={"width": 1280, "height": 900})
        eve_adds_ben(eve)
        give_passwords(desk.parent, "ben")
        ana = comes("ana", viewport={"width": 1280, "height": 900}, color_scheme="dark")
        ana_reads_by_keyboard(ana, engine)
        ben = comes("ben", **PHONE)
        ben_reads_blind_on_a_phone(ben)
        eve_publishes_and_corrects(eve)
        readers_see_it(eve)

        assert [one.noise for one in (eve, ana, ben)] == [[], [], []]


def test_look_up_goes_on_by_itself_without_script(browser: Browser, desk: Path, engine: Engine) -> None:
    with served(desk) as address:
        ana = Person.at(address, browser.new_context(java_script_enabled=False))
        log_in(ana, "ana")
        ana.open("/claims/1/look")
        ana.page.click("text=Ask the searches")
        ana.goes_to("/claims/1/waiting/look")
        engine.goes.set()
        ana.goes_to("/claims/1/look?done=look")
        ana.page.click("button[value=context]")
        ana.page.wait_for_selector("text=It is evidence: background")

        assert ana.noise == []


def eve_adds_ben(eve: Person) -> None:
    eve.page.click("text=People")
    eve.page.fill("[action='/people/add'] [name=name]", "ben")
    eve.page.click("text=Add them")
    eve.goes_to("/people?done=saved")
    assert eve.page.locator("tr:has-text('ben') [name=role][value=reviewer]").is_checked()
    assert not eve.is_shut_out()


def ana_reads_by_keyboard(ana: Person, engine: Engine) -> None:
    ana.press("n")
    ana.goes_to("/claims/1")
    ana.press("l")
    ana.goes_to("/claims/1/look")
    ana.press("l")
    ana.goes_to("/claims/1/waiting/look")
    assert ana.page.is_visible("text=The searches are being asked")
    assert not ana.is_shut_out()
    engine.goes.set()
    ana.goes_to("/claims/1/look?done=look")
    assert ana.page.is_visible(f"text={QUOTE}")
    assert ana.page.evaluate("window.owned") is None
    assert not ana.is_shut_out()
    ana.tab_to("button[value=supports]")
    ana.press("Enter")
    ana.page.wait_for_selector("text=The source is there.")
    ana.tab_to("a[href='/claims/1']")
    ana.press("Enter")
    ana.page.wait_for_selector("text=its quote stands in the page")
    ana.press("5", "r")
    ana.page.keyboard.type("The civil defence counted them.")
    ana.press("Escape", "Enter")
    ana.goes_to("/claims/2?done=next")


def ben_reads_blind_on_a_phone(ben: Person) -> None:
    ben.page.tap("button:has-text('Take the next: Second readings')")
    ben.goes_to("/claims/1")
    shown = ben.page.inner_text("main")
    assert "stay hidden until you have given yours" in shown
    assert "ana" not in shown.split()
    assert "The civil defence counted them." not in shown
    assert "speaks for the claim" not in ben.page.inner_text("[aria-labelledby=evidence] h2 ~ p")
    assert not ben.is_shut_out()
    assert ben.page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    ben.open("/claims/1/look")  # what Ana made of the passage is not told either
    assert ben.page.locator(".passage button[value=supports]").count() == 1
    ben.open("/claims/1")
    ben.page.tap("label.label:has([value=true])")
    ben.page.fill("[name=rationale]", "Two agencies have the number.")
    ben.page.tap("text=Give the verdict, go on")
    ben.page.wait_for_selector("text=Your verdict is kept.")


def eve_publishes_and_corrects(eve: Person) -> None:
    eve.open("/claims?state=to-sign-off")
    eve.page.click("a.words")
    eve.goes_to("/claims/1")
    assert eve.page.locator("text=The civil defence counted them.").count() == 1
    assert eve.page.locator("text=Two agencies have the number.").count() == 1
    eve.page.click("button:has-text('Sign off') >> nth=0")
    eve.goes_to("/claims/1?done=signed")
    eve.page.click("button.primary:has-text('Publish')")
    eve.goes_to("/claims/1?done=published")
    eve.page.click("summary:has-text('Correct what is published')")
    eve.page.select_option("#act-correct [name=label]", "outdated")
    eve.page.fill("#act-correct [name=reason]", "The toll rose to 111 since.")
    eve.page.click("text=Publish the correction")
    eve.goes_to("/claims/1?done=corrected")
    assert not eve.is_shut_out()


def readers_see_it(eve: Person) -> None:
    eve.open("/articles/1/preview")
    shown = eve.page.inner_text("body")
    for one in (CLAIM, "Outdated", "The toll rose to 111 since.", QUOTE):
        assert one in shown
    assert "The bridge over the river was opened in 1931." not in shown  # nobody has judged it
