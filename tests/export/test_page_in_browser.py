"""The page as a reader has it: in Chromium, with and without script, on paper, on a phone, by keyboard."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import needs_chromium, opened_chromium
from conftest import Command
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from factcheck.domain.article import FiledArticle
from factcheck.domain.page import ArticleShown, PageLook, Picture
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.html import report_html

Reporting = Callable[..., Report]
pytestmark = needs_chromium

BROKEN_WORDS = """all => all.filter(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return new Set([...range.getClientRects()].map(line => line.top)).size > one.textContent.trim().split(" ").length;
}).map(one => one.textContent)"""
SVG = "image/svg+xml"
ARABIC = "بُني السد عام 1931. لم يصب أحد بأذى في تلك الليلة الطويلة."


@dataclass
class Opened:
    """A page in the browser, and all that it said, asked for or broke."""

    page: Page
    url: str
    noise: list[str] = field(default_factory=list)

    def shown_cards(self) -> list[str | None]:
        return [one.get_attribute("id") for one in self.page.locator(".card:visible").all()]


Opening = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of this file."""
    with opened_chromium() as opened:
        yield opened


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opening]:
    """Opens a report; keywords are the browser's own, such as a colour scheme."""
    contexts = []

    def show(report: Report, **settings: Any) -> Opened:
        (tmp_path / "report.html").write_text("".join(report_html(report.masthead, report.articles)), "utf-8")
        contexts.append(browser.new_context(**settings))
        shown = Opened(contexts[-1].new_page(), (tmp_path / "report.html").as_uri())
        shown.page.on("console", lambda message: shown.noise.append(f"console: {message.text}"))
        shown.page.on("pageerror", lambda error: shown.noise.append(f"error: {error}"))
        shown.page.on("request", lambda request: shown.noise.append(f"request: {request.url}"))
        shown.page.goto(shown.url)
        return shown

    yield show
    for context in contexts:
        context.close()


@pytest.fixture
def report(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim, corrected: QueuedClaim) -> Report:
    """A report with a draft, a claim that waits, and a corrected one on the same words."""
    return report_on(checked, waiting, false(corrected))


@pytest.fixture
def long_report(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim, corrected: QueuedClaim) -> Report:
    """The same with more drafts, so that there is something to filter, and with the whole article."""
    drafts = (replace(checked, id=number) for number in range(4, 9))
    return report_on(checked, waiting, false(corrected), *drafts, look=PageLook(ArticleShown.FULL))


def false(claim: QueuedClaim) -> QueuedClaim:
    assert claim.verdict is not None
    return replace(claim, id=3, verdict=replace(claim.verdict, label="false"))


def target(page: Page) -> str:
    return str(page.evaluate("document.querySelector(':target')?.id"))


def test_page_asks_for_nothing(opened: Opening, report: Report) -> None:
    shown = opened(report)
    shown.page.wait_for_load_state("networkidle")
    assert shown.noise == [f"request: {shown.url}"]


def test_markup_breaks_no_policy(opened: Opening, report: Report) -> None:
    publisher = Publisher("The Desk", "https://desk.example/", "https://desk.example/{id}")
    shown = opened(replace(report, masthead=replace(report.masthead, publisher=publisher)))
    assert shown.page.locator("script[type='application/ld+json']").count() == 1
    assert shown.noise == [f"request: {shown.url}"]


def test_links_lead_there_and_back(opened: Opening, long_report: Report) -> None:
    page = opened(long_report).page
    page.click("#at-3-1")
    assert target(page) == "claim-3"
    page.click("#claim-3 a[href='#at-3-1']")
    assert target(page) == "at-3-1"


def test_filter_by_verdict_hides_claims(opened: Opening, long_report: Report) -> None:
    shown = opened(long_report)
    shown.page.uncheck("input[value='mostly-true']")
    assert shown.shown_cards() == ["claim-2", "claim-3"]
    assert not shown.page.is_visible("#at-1-1")
    assert shown.page.is_visible("#at-3-1")
    assert shown.page.inner_text("#shown") == "2 of 8 claims shown"


def test_filter_by_words_hides_claims(opened: Opening, long_report: Report) -> None:
    shown = opened(long_report)
    shown.page.fill("input[type=search]", "95 YEARS")
    assert shown.shown_cards() == ["claim-2"]
    assert shown.page.locator("mark.off").count() == 2
    shown.page.fill("input[type=search]", "")
    assert len(shown.shown_cards()) == 8


def test_link_reveals_hidden_claim(opened: Opening, long_report: Report) -> None:
    shown = opened(long_report)
    shown.page.uncheck("input[value='false']")
    shown.page.evaluate("location.hash = '#claim-3'")
    shown.page.wait_for_selector("#claim-3:visible")
    assert len(shown.shown_cards()) == 8


def test_page_is_whole_without_script(opened: Opening, long_report: Report) -> None:
    shown = opened(long_report, java_script_enabled=False)
    assert len(shown.shown_cards()) == 8
    assert not shown.page.is_visible("#filters")
    shown.page.click("#at-1-1")
    assert shown.page.locator("#claim-1:target").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 320])
@pytest.mark.parametrize("shown", ArticleShown)
def test_nobody_is_shut_out(opened: Opening, long_report: Report, shown: ArticleShown, scheme: str, width: int) -> None:
    seen = replace(long_report, masthead=replace(long_report.masthead, look=PageLook(shown)))
    page = opened(seen, color_scheme=scheme, viewport={"width": width, "height": 800}).page
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_several_articles_shut_out_nobody(opened: Opening, report: Report) -> None:
    (first,) = report.articles
    second = replace(first, filed=FiledArticle(2, first.filed.article), claims=())
    page = opened(replace(report, articles=(first, second))).page
    assert Axe().run(page).response["violations"] == []
    page.click("nav a[href='#article-2']")
    assert target(page) == "article-2"


def test_narrow_page_does_not_scroll_sideways(opened: Opening, report: Report) -> None:
    page = opened(report, viewport={"width": 320, "height": 800}).page
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_lines_are_of_a_length_to_read(opened: Opening, report_on: Reporting, checked: QueuedClaim) -> None:
    assert checked.verdict is not None
    plain = "The register of the town says in which year the dam was begun and in which it was opened. " * 9
    page = opened(report_on(replace(checked, verdict=replace(checked.verdict, rationale=plain)))).page
    lines = page.eval_on_selector(".why", "one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)")
    assert 65 <= len(plain) / lines <= 75


def test_excerpt_opens_without_script(opened: Opening, report: Report) -> None:
    page = opened(report, java_script_enabled=False).page
    assert not page.is_visible("#claim-1 mark")
    page.click("#claim-1 .place summary")
    assert page.inner_text("#claim-1 .text").startswith("The dam was built in 1931")
    assert page.inner_text("#claim-1 .text").endswith("It held. …")


def test_logo_and_colours_break_no_policy(opened: Opening, report: Report) -> None:
    publisher = Publisher("The Desk", "https://desk.example/", "https://desk.example/{id}")
    logo = Picture(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>", SVG)
    look = PageLook(logo=logo, accent="#a8123e", accent_dark="#f8b", style="h1 { letter-spacing: 3px }")
    shown = opened(replace(report, masthead=replace(report.masthead, publisher=publisher, look=look)))
    # Chromium tells of a picture that stands in the page at times, and at times does not.
    assert set(shown.noise) - {f"request: {shown.page.get_attribute('.house img', 'src')}"} == {f"request: {shown.url}"}
    assert shown.page.evaluate("document.querySelector('.house img').naturalWidth") == 9
    assert shown.page.eval_on_selector("h1", "one => getComputedStyle(one).letterSpacing") == "3px"
    assert shown.page.eval_on_selector(".house", "one => getComputedStyle(one).borderBottomColor") == "rgb(168, 18, 62)"
    assert Axe().run(shown.page).response["violations"] == []


def test_dark_page_is_dark(opened: Opening, report: Report) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened(report, color_scheme="dark").page.evaluate(ground) == "rgb(21, 23, 27)"
    assert opened(report, color_scheme="light").page.evaluate(ground) == "rgb(255, 255, 255)"


def test_paper_holds_everything(opened: Opening, report: Report) -> None:
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(opened(report).page.pdf())).pages)
    assert "Show claims that came out as" not in printed
    assert "by the language model fake:model" in " ".join(printed.split())
    assert "<https://archive.example/dam?p=1>" in "".join(printed.split())


def test_keyboard_reaches_the_claims(opened: Opening, report: Report) -> None:
    page = opened(report).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert target(page) == "main"


def test_arabic_runs_right_to_left(opened: Opening, report_on: Reporting, checked: QueuedClaim) -> None:
    arabic = replace(checked, claim=replace(checked.claim, text=ARABIC))
    page = opened(report_on(arabic, look=PageLook(ArticleShown.FULL), text=ARABIC, title=ARABIC, language="ar")).page
    for selector in (".text p", ".claim [dir]", "h1 [dir]"):
        assert page.eval_on_selector(selector, "one => getComputedStyle(one).direction") == "rtl"
    assert page.eval_on_selector("footer", "one => getComputedStyle(one).direction") == "ltr"
    assert Axe().run(page).response["violations"] == []


def test_hostile_text_runs_nothing(opened: Opening, report_on: Reporting, checked: QueuedClaim) -> None:
    trap = "<script>document.title='owned'</script><img src=https://a.example/x onerror=\"document.title='owned'\">"
    assert checked.verdict is not None
    hostile = replace(
        checked,
        claim=replace(checked.claim, text=trap, speaker=f"' autofocus onfocus='{trap}"),
        verdict=replace(checked.verdict, label=f'"{trap}', rationale=trap),
    )
    shown = opened(report_on(hostile, text=trap, title=f"</title>{trap}", url="javascript:document.title='owned'"))
    shown.page.wait_for_load_state("networkidle")
    assert shown.noise == [f"request: {shown.url}"]
    assert shown.page.title().startswith("Draft: Fact check: </title>")
    assert shown.page.locator("a[href^='javascript']").count() == 0


def test_policy_stops_what_gets_in(opened: Opening, long_report: Report) -> None:
    shown = opened(long_report)
    shown.page.evaluate(
        """() => { const script = document.createElement("script");
                   script.textContent = "document.title = 'owned'";
                   document.body.append(script, Object.assign(new Image(), {src: "https://a.example/x.png"})); }"""
    )
    assert shown.page.title() != "owned"
    assert sum("Content Security Policy" in one for one in shown.noise) == 2


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.usefixtures("demo_desk")
def test_desk_page_is_read_on_any_screen(browser: Browser, factcheck: Command, folder: Path, width: int) -> None:
    assert factcheck("report", "--format", "desk", "-o", "desk.html").code == 0
    page = browser.new_page(viewport={"width": width, "height": 900})
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.goto((folder / "desk.html").as_uri())

    assert (Axe().run(page).violations_count, noise) == (0, [])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    broken = page.locator("th").evaluate_all(BROKEN_WORDS)
    assert broken == []
    page.close()
