"""Articles taken in as people do it: in Chromium, with script and without, by keyboard, on a phone, in German."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import needs_chromium
from fakes import Reply, StandIn, one_claim_a_sentence
from playwright.sync_api import Browser, Page
from web_person import coming_to, look_at
from web_server import served

from factcheck.domain.review import ClaimQuery
from factcheck.settings import Settings
from factcheck.wiring import stores

pytestmark = needs_chromium

TEXT = "Brooks and their wells\n\n" + "\n\n".join(f"The town of Brook {n} has {n + 20} wells." for n in range(24))
TRAP = "<script>window.owned=1</script><img src=x onerror=window.owned=1> \"'><b onfocus=window.owned=1 autofocus>"
Come = Callable[..., Page]


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """An empty desk."""
    return Path(shutil.copy(empty_database, tmp_path / "desk.db"))


@pytest.fixture
def address(path: Path, stand_in: StandIn) -> Iterator[str]:
    """Where it is served, to Ana, with the stand-in's model."""
    del stand_in
    with served(path, "--reviewer", "ana") as address:
        yield address


@pytest.fixture
def come(browser: Browser, address: str) -> Iterator[Come]:
    """Lets Ana come to where articles are handed in; at the end her browser has said nothing and asked nobody else."""
    with coming_to(address, "/add", browser) as comes:
        yield comes


@pytest.fixture
def held(stand_in: StandIn) -> Iterator[threading.Event]:
    """The model answers one call, and the others once this is set."""
    go = threading.Event()

    def answer(request: dict[str, Any]) -> Reply:
        if len(stand_in.requests) > 1:
            go.wait(60)
        return one_claim_a_sentence(request)

    stand_in.answer = answer
    yield go
    go.set()


def paste(page: Page, text: str = TEXT) -> None:
    page.fill("[name=text]", text)
    page.click("section:has(textarea) button")
    page.wait_for_url("**/submissions/*")


def begin(page: Page) -> None:
    page.click("main form button.primary")
    page.wait_for_url("**/articles/1/extraction")


def test_pasted_text_becomes_claims_in_the_queue(come: Come, path: Path, held: threading.Event) -> None:
    ana = come()
    paste(ana)
    assert ana.is_visible("text=What it would cost")
    assert ana.is_visible("h1:has-text('Brooks and their wells')")
    begin(ana)
    ana.wait_for_selector("text=/[1-9]\\d* of 25 sentences answered/")  # the page renews itself
    assert ana.is_visible("text=The model is being asked.")
    held.set()
    ana.wait_for_selector("text=Done: every sentence has its answer.")
    ana.click("text=Its claims")
    ana.wait_for_url("**/claims?article=1")
    assert ana.locator("ul.claims > li").count() == 25
    with stores(Settings(db=str(path))) as opened:
        assert opened.queue.count(ClaimQuery(article_id=1), opened.clock()) == 25


def test_it_works_without_script(come: Come, held: threading.Event) -> None:
    ana = come(java_script_enabled=False)
    paste(ana)
    begin(ana)
    assert ana.is_visible("text=The model is being asked.")
    held.set()

    ana.wait_for_selector("text=Done: every sentence has its answer.")  # the page loads itself again


def test_it_works_by_keyboard_alone(come: Come) -> None:
    ana = come()
    for _ in range(30):
        ana.keyboard.press("Tab")
        if ana.evaluate("document.activeElement.name") == "text":
            break
    ana.keyboard.insert_text(TEXT)
    ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/submissions/*")
    for _ in range(30):
        ana.keyboard.press("Tab")
        if ana.evaluate("document.activeElement.name") == "budget":
            break
    ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")

    ana.wait_for_selector("text=Done: every sentence has its answer.")


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_nobody_is_shut_out(come: Come, held: threading.Event, scheme: str, locale: str) -> None:
    ana = come(color_scheme=scheme, locale=locale, viewport={"width": 390, "height": 844})
    look_at(ana)
    paste(ana, TEXT)
    look_at(ana)
    begin(ana)
    look_at(ana)
    held.set()
    ana.wait_for_selector("progress[value='25']")
    ana.wait_for_selector("a[href='/add']")
    look_at(ana)


def test_hostile_article_does_nothing(come: Come, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=window.owned=1>.txt"
    hostile.write_text(f"{TRAP}\n\nThe dam of Ems broke in 1979. {TRAP}\n")
    ana = come()
    ana.set_input_files("[name=file]", hostile)
    ana.click("section:has([type=file]) button")
    ana.wait_for_url("**/submissions/*")
    assert ana.evaluate("window.owned") is None
    begin(ana)
    ana.wait_for_selector("text=Done: every sentence has its answer.")
    for path in ("/articles/1/extraction", "/articles/1", "/articles", "/log"):
        ana.goto(path)
        assert ana.evaluate("window.owned") is None
        assert ana.evaluate("document.querySelectorAll('main img,main script,main [onfocus]').length") == 0
