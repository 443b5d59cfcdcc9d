"""A desk in which every word that somebody writes is an attack: nothing of it runs, asks or speaks in a browser."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from chromium import needs_chromium, opened_chromium
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from factcheck.domain.page import ArticleShown, PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Masthead, Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.html import report_html
from factcheck.export.markdown import report_markdown
from factcheck.export.site import SiteWriter
from factcheck.export.visible import STEERING
from factcheck.whole_files import Owner, own_folder
from factcheck.workflow.publish_site import publish_site

Reporting = Callable[..., Report]
Doings = Callable[[Path], str]
pytestmark = needs_chromium

TRAP = "\n".join(  # noqa: FLY002 - an attack a line
    (
        "</title></style></textarea></script>--><script>window.owned=1</script>",
        "<img src=https://a.example/x onerror=window.owned=1><svg onload=window.owned=1>",
        "\"><b autofocus tabindex=1 onfocus='window.owned=1'>' onmouseover='window.owned=1' x='",
        "<style>@import 'https://a.example/s';*{background:url(https://a.example/b)}</style>",
        "<link rel=stylesheet href=https://a.example/l><meta http-equiv=refresh content='0;https://a.example/m'>",
        "<iframe srcdoc='<script>top.owned=1</script>'></iframe><base href=https://a.example/>",
        "javascript:window.owned=1 data:text/html,<script>window.owned=1</script>",
        "![x](https://a.example/y) [x](javascript:window.owned=1) <javascript:window.owned=1> [x]: javascript:owned=1",
        "",
        "<div><script>window.owned=1</script></div>",
        "",
        "``` </code></pre><script>window.owned=1</script>",
        "# {{ 7 * 7 }} {% raw %} ${owned} %(name)s %s | =HYPERLINK(1) &lt;script&gt; &#60;script&#62;",
        "]]></summary><script xmlns='http://www.w3.org/1999/xhtml'>window.owned=1</script>",
        "\x1b]0;owned\x07\x1b[2J\x9b2J\x00 \u202ereversed\u2066\u2069 \u2028\u2029\ufffe\uffff",
    )
)
HOSTILE_ADDRESS = "https://page.example/\"'><script>window.owned=1</script>)`{{7*7}}](javascript:owned=1)"
FORMED = {
    *("uid", "sha256", "canonical_url", "media_type", "scale", "language", "detected_language", "sentence"),
    *("trace", "recording", "prompt_sha256", "replayed_from", "claim_url_pattern"),
}
"""What has a form that other checks hold it to. All other text is somebody's own words."""


def hostile(one: Any, name: str = "") -> Any:
    """The same with an attack in each text that stands anywhere in it."""
    if is_dataclass(one) and not isinstance(one, type):
        held = {field.name: getattr(one, field.name) for field in fields(one) if field.init}
        return replace(one, **{key: hostile(value, key) for key, value in held.items()})
    if isinstance(one, tuple):
        return tuple(hostile(each, name) for each in one)
    if type(one) is not str or name in FORMED:
        return one
    return HOSTILE_ADDRESS if one.startswith("https://") else one + TRAP


@pytest.fixture
def desk(report_on: Reporting, stories: dict[str, QueuedClaim], corrected: QueuedClaim) -> Report:
    """A report on such claims of every story that a desk has."""
    claims = [*stories.values(), replace(corrected, id=max(one.id for one in stories.values()) + 1)]
    report = report_on(*map(hostile, claims))
    (article,) = report.articles
    filed = replace(article.filed, article=hostile(article.filed.article))
    publisher = Publisher(
        "The Desk",
        "https://desk.example.org/",
        "https://desk.example.org/checks/{id}",
        corrections_policy="https://desk.example.org/corrections",
        methodology="https://desk.example.org/how",
    )
    publisher = replace(publisher, name=publisher.name + TRAP)
    masthead = Masthead("1.2.3", publisher=publisher, look=PageLook(method=TRAP))
    return Report(masthead, (replace(article, filed=filed, sentences=hostile(article.sentences)),))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of this file."""
    with opened_chromium() as opened:
        yield opened


@pytest.fixture
def doings(browser: Browser, tmp_path: Path) -> Iterator[Doings]:
    """Tells what a file does in the browser, all of it opened and pointed at, besides being shown; empty if nothing."""
    page, noise = browser.new_page(), list[str]()
    page.on("console", lambda message: noise.append(f"says {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"breaks: {error}"))
    page.on("request", lambda asked: noise.append(f"asks for {asked.url}"))

    def done(path: Path) -> str:
        noise.clear()
        page.goto(path.as_uri())
        noise.extend(page.evaluate(POINT_AT_ALL))
        return "; ".join(one for one in noise if not one.startswith(f"asks for {tmp_path.as_uri()}/"))

    yield done
    page.close()


POINT_AT_ALL = """() => {
  const all = [...document.querySelectorAll("*")], doings = [];
  for (const one of all) {
    if (one.localName === "details") one.open = true;
    for (const event of ["mouseover", "focus", "load", "error"]) one.dispatchEvent(new Event(event));
    doings.push(...one.getAttributeNames().filter(name => name.startsWith("on")));
    const link = one.getAttribute("href") || one.getAttribute("src") || "";
    if (/^\\s*(javascript|data|vbscript):/i.test(link)) doings.push(`leads to ${link}`);
  }
  return new Promise(found => setTimeout(() => found(window.owned ? [...doings, "runs"] : doings), 50));
}"""


def test_every_text_of_the_desk_is_attacked(desk: Report) -> None:
    (article,) = desk.articles
    claim = next(one for one in article.claims if one.corrections and one.contact)
    assert claim.verdict is not None
    said = (article.filed.article.title, *article.filed.article.authors, claim.words, claim.quote, claim.speaker)
    judged = (claim.verdict.label, claim.verdict.rationale, claim.verdict.reviewer, claim.corrections[0].reason)
    source = next(one for one in claim.evidence if one.quote)
    about = (source.title, source.publisher, source.quote, source.added_by, *(one.name for one in claim.credits))
    described = next(one for each in article.claims for one in each.evidence if one.description)
    assert all("owned" in (one or "") for one in (*said, *judged, *about, described.description))


@pytest.mark.parametrize("shown", ArticleShown)
def test_page_does_nothing(doings: Doings, desk: Report, tmp_path: Path, shown: ArticleShown) -> None:
    look = PageLook(shown)
    written = "".join(report_html(replace(desk.masthead, look=look), desk.articles))
    (tmp_path / "page.html").write_text(written, "utf-8", "replace")
    assert doings(tmp_path / "page.html") == ""
    assert STEERING.findall(written) == []


def test_site_does_nothing(doings: Doings, desk: Report, tmp_path: Path) -> None:
    (article,) = desk.articles
    told = [one for one in article.claims if one.corrections or one.withdrawal][:3]
    with own_folder(tmp_path, "site", Owner(None, "desk.db")) as folder:
        publish_site([replace(article, claims=tuple(told))], SiteWriter(desk.masthead), folder)
    noise = {}
    for path in sorted(one for one in tmp_path.rglob("*") if one.suffix in {".html", ".svg", ".xml"}):
        noise[str(path.relative_to(tmp_path))] = doings(path)
        assert STEERING.findall(path.read_text("utf-8")) == []
    assert {one.rpartition("/")[2] for one in noise} >= {"card.svg", "embed.html", "feed.xml", "index.html"}
    assert {one: done for one, done in noise.items() if done} == {}


def test_markdown_does_nothing_where_html_is_let_through(doings: Doings, desk: Report, tmp_path: Path) -> None:
    written = "".join(report_markdown(desk.masthead, desk.articles))
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{reader.render(written)}", "utf-8")
    assert doings(tmp_path / "page.html") == ""
    assert STEERING.findall(written) == []
