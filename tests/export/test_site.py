"""A newsroom's site: its pages, what is written again, and what stays away from it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin
from xml.etree import ElementTree as ET

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import needs_chromium, opened_chromium
from lxml import html
from playwright.sync_api import Browser, Page

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.claimreview_rules import Severity
from factcheck.domain.desk import EditorialAct
from factcheck.domain.page import ArticleShown, PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.domain.sentence import Span
from factcheck.domain.site import SiteMap
from factcheck.domain.states import Act, EditorialState
from factcheck.errors import InputError, OtherDeskError, OutputError
from factcheck.export.site import SiteWriter
from factcheck.intake.markup import read_markup
from factcheck.whole_files import Owner, own_folder
from factcheck.workflow.lint_markup import lint_markup
from factcheck.workflow.publish_site import Published, publish_site

Reporting = Callable[..., Report]
ROOT = "https://desk.example.org/checks/"
OWNER = Owner("a" * 64, "desk.db")
PUBLISHER = Publisher("The Desk", "https://desk.example.org/", ROOT + "{id}")
TRAP = (
    "<script>document.title='owned'</script><img src=https://a.example/x onerror=\"document.title='owned'\">]]>\ufffe"
)


def publish(report: Report, folder: Path, publisher: Publisher | None = PUBLISHER, **look: Any) -> Published:
    masthead = replace(report.masthead, publisher=publisher, look=PageLook(**look))
    with own_folder(folder, "factcheck-site", OWNER) as own:
        return publish_site(report.articles, SiteWriter(masthead), own)


def withdrawn(claim: QueuedClaim) -> QueuedClaim:
    act = EditorialAct(Act.WITHDRAWN, "eve", claim.notes[0].at, "The deed was forged.")
    return replace(claim, editorial=EditorialState.WITHDRAWN, editorial_acts=(*claim.editorial_acts, act))


def words(path: Path) -> str:
    return " ".join(html.document_fromstring(path.read_text("utf-8")).text_content().split())


def test_every_claim_has_its_page(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    done = publish(report_on(corrected, replace(corrected, id=2)), tmp_path)
    files = sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file())
    assert files == [
        *(".factcheck-site.json", "1/card.svg", "1/embed.html", "1/index.html"),
        *("2/card.svg", "2/embed.html", "2/index.html", "articles/1/index.html", "claims.js"),
        *("corrections/index.html", "feed.xml", "index.html", "search.js", "sitemap.xml", "style.css"),
    ]
    assert (done.claims, done.written, done.kept, done.removed) == (2, len(files) - 1, 0, 0)


def test_every_page_names_its_own_address(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(*(replace(corrected, id=number) for number in range(1, 103))), tmp_path, method="We ask.")

    pages = sorted(tmp_path.rglob("*.html"))
    told = {one: html.document_fromstring(one.read_text("utf-8")) for one in pages}

    for path, page in told.items():
        place = path.parent.relative_to(tmp_path).as_posix()  # an embedded card is of the claim's page
        own = ROOT if place == "." else f"{ROOT}{place}" if place.isdecimal() else f"{ROOT}{place}/"
        named = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
        assert set(named) == {own}, path
        markup = "".join(page.xpath("//script[@type='application/ld+json']/text()"))
        assert {one["url"] for one in json.loads(markup or "[]")} <= {own}
    assert {"corrections", "method", "list"} <= {one.relative_to(tmp_path).parts[0] for one in pages}


def test_page_of_a_claim_marks_no_other(report_on: Reporting, checked: QueuedClaim, tmp_path: Path) -> None:
    assert checked.verdict is not None
    longer = Anchor(AnchorStatus.EXACT, (Span(8, 35),), (1, 2))
    refuted = replace(checked.verdict, label="false")
    both = (checked, replace(checked, id=2, claim=replace(checked.claim, anchor=longer), verdict=refuted))
    publish(report_on(*(replace(one, editorial=EditorialState.PUBLISHED) for one in both)), tmp_path)
    marks = {
        number: [(one.get("class"), one.get("data-claims"), one.text) for one in html.parse(path).xpath("//mark")]
        for number in (1, 2)
        for path in [tmp_path / str(number) / "index.html"]
    }
    assert marks == {
        1: [("supported", "1", "The dam"), ("supported", "1", "was built in 1931")],
        2: [("refuted", "2", "was built in 1931. It held.")],
    }


def test_picture_is_a_png_where_one_can_be_made(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    report = report_on(corrected)
    masthead = replace(report.masthead, publisher=PUBLISHER)
    writer = SiteWriter(masthead, lambda svg: f"PNG of {len(svg)}".encode())

    with own_folder(tmp_path, "factcheck-site", OWNER) as own:
        publish_site(report.articles, writer, own)

    svg = (tmp_path / "1" / "card.svg").read_text("utf-8")
    assert (tmp_path / "1" / "card.png").read_bytes() == f"PNG of {len(svg)}".encode()
    page = html.document_fromstring((tmp_path / "1" / "index.html").read_text("utf-8"))
    told = {one.get("property"): one.get("content") for one in page.xpath("//meta[starts-with(@property, 'og:image')]")}
    assert told["og:image"] == f"{ROOT}1/card.png"
    assert told["og:image:type"] == "image/png"


def test_site_is_made_anew_once_pictures_can_be(report_on: Reporting, corrected: QueuedClaim) -> None:
    masthead = replace(report_on(corrected).masthead, publisher=PUBLISHER)

    assert SiteWriter(masthead).state(None) != SiteWriter(masthead, str.encode).state(None)


def test_linter_passes_over_every_page(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected, replace(corrected, id=2)), tmp_path)
    found = []
    for path in tmp_path.rglob("*.html"):
        linted = lint_markup(read_markup(str(path), ROOT))
        assert linted.count(Severity.ERROR) == 0
        found += [one.summary.url for one in linted.reviews]
    assert sorted(map(str, found)) == [ROOT + "1", ROOT + "2"]


def test_second_run_writes_nothing(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    first = publish(report_on(corrected), tmp_path)
    again = publish(report_on(corrected), tmp_path)
    assert (again.written, again.kept, again.removed) == (0, first.written, 0)


def test_changed_claim_alone_is_written(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    other = replace(corrected, id=2)
    publish(report_on(corrected, other), tmp_path)
    before = {one: one.stat().st_mtime_ns for one in tmp_path.rglob("*") if one.is_file()}
    assert other.verdict is not None
    publish(report_on(corrected, replace(other, verdict=replace(other.verdict, rationale="Now."))), tmp_path)
    changed = {str(one.relative_to(tmp_path)) for one, then in before.items() if one.stat().st_mtime_ns != then}
    assert changed >= {"2/index.html", "2/embed.html", "articles/1/index.html"}
    assert not changed & {"1/index.html", "1/embed.html", "1/card.svg", "style.css", "2/card.svg"}


def test_missing_file_is_written_again(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected), tmp_path)
    (tmp_path / "1" / "index.html").unlink()
    assert publish(report_on(corrected), tmp_path).written == 1


def test_withdrawn_claim_keeps_its_address(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected), tmp_path)
    done = publish(report_on(withdrawn(corrected)), tmp_path)
    page = tmp_path / "1" / "index.html"
    assert done.removed == 0
    assert "Withdrawn on March 1, 2026. The deed was forged." in words(page)
    assert "ClaimReview" not in page.read_text("utf-8")
    assert "Withdrawn on March 1, 2026. The deed was forged." in words(tmp_path / "corrections" / "index.html")


def test_claim_that_is_no_longer_reported_goes(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected, replace(corrected, id=2)), tmp_path)
    assert publish(report_on(corrected), tmp_path).removed == 3
    assert not (tmp_path / "2").exists()


def test_foreign_folder_is_refused(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="somebody else"):
        publish(report_on(corrected), tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


LINKS = "//@href | //@src | //meta[@property='og:image' or @name='twitter:image']/@content"


def dead_links(folder: Path) -> list[tuple[str, str]]:
    """The links and addresses of files that lead nowhere, each with the page that it stands on; of the feed, too."""
    served = {f"{ROOT}{one.relative_to(folder).as_posix()}": one for one in folder.rglob("*") if one.is_file()}
    trees = {address: html.parse(one).getroot() for address, one in served.items() if one.suffix == ".html"}
    ids = {address: {*tree.xpath("//@id")} for address, tree in trees.items()}
    asked = [(page, link) for page, tree in trees.items() for link in tree.xpath(LINKS)]
    for name in ("feed.xml", "sitemap.xml"):
        tree = ET.parse(folder / name)  # noqa: S314 - our own
        asked += [
            (ROOT + name, link)
            for one in tree.iter()
            for link in (one.get("href"), one.text)
            if (link or "").startswith(ROOT)
        ]
    found = json.loads((folder / "claims.js").read_text("utf-8").partition("= ")[2].rpartition(";")[0])
    asked += [(ROOT, one["p"]) for one in found]
    dead = []
    for page, link in asked:
        address, _, fragment = urljoin(quote(page.removesuffix("index.html"), safe=":/"), link).partition("#")
        path = unquote(address)
        target = next((one for one in (path, f"{path.rstrip('/')}/index.html") if one in served), "")
        is_there = target and "?" not in address and (not fragment or fragment in ids[target])
        if address.startswith(ROOT) and not is_there:
            dead.append((page.removeprefix(ROOT), link))
    return dead


@pytest.mark.parametrize(
    ("shown", "claim"),
    [
        *((one, "{id}") for one in ArticleShown),
        *((ArticleShown.FULL, one) for one in ("{uid}/", "check-{id}.html", "{id}/the%20%C3%BC%23%3F%25:%20check")),
    ],
)
def test_every_link_leads_somewhere(
    report_on: Reporting,
    stories: dict[str, QueuedClaim],
    corrected: QueuedClaim,
    tmp_path: Path,
    shown: ArticleShown,
    claim: str,
) -> None:
    others = (replace(corrected, id=number, uid=f"{number:016x}") for number in range(50, 151))
    publisher = replace(PUBLISHER, claim_url_pattern=ROOT + claim)
    publish(report_on(*stories.values(), *others), tmp_path, publisher, article=shown, method="We look.")
    assert dead_links(tmp_path)[:3] == []


@pytest.mark.parametrize(("mark", "told"), [("b" * 64, "begins with 'bbbbbbbbbbbbbbbb'"), (None, "holds no event")])
def test_folder_of_another_desk_is_refused(
    report_on: Reporting, corrected: QueuedClaim, tmp_path: Path, mark: str | None, told: str
) -> None:
    publish(report_on(corrected), tmp_path)
    refused = pytest.raises(OtherDeskError, match=f"that of 'other.db' {told}")
    with refused, own_folder(tmp_path, "factcheck-site", Owner(mark, "other.db")):
        pass
    with own_folder(tmp_path, "factcheck-site", Owner(mark, "other.db", takes_over=True)):
        pass


@pytest.mark.parametrize(
    "held",
    [
        "[]",
        "{",
        '{"factcheck-site": {"a": {"fingerprint": "", "files": {"../../x": 1}}}}',
        '{"factcheck-site": {}, "owner": 5}',
    ],
)
def test_forged_list_is_refused(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path, held: str) -> None:
    (tmp_path / ".factcheck-site.json").write_text(held)
    with pytest.raises(OutputError, match="somebody else"):
        publish(report_on(corrected), tmp_path)


def test_file_beside_the_site_stays(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected, replace(corrected, id=2)), tmp_path)
    (tmp_path / "2" / "own.txt").write_text("mine")
    publish(report_on(corrected), tmp_path)
    assert [one.name for one in (tmp_path / "2").iterdir()] == ["own.txt"]


def test_broken_off_run_goes_on(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    with own_folder(tmp_path / "site", "factcheck-site", OWNER):
        (tmp_path / "site" / "1").mkdir()
    assert publish(report_on(corrected), tmp_path / "site").claims == 1


class KilledError(BaseException):
    """The program has come no further; nothing that it had in hand is put away."""


def publish_until_killed(report: Report, folder: Path, after: int) -> bool:
    """Whether the run was killed before its end, once so many files had been put in their places or taken away."""
    replace_file, unlink = Path.replace, Path.unlink
    left = after

    def replaced(one: Path, target: Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KilledError
        replace_file(one, target)

    def unlinked(one: Path, *, missing_ok: bool = False) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KilledError
        unlink(one, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replaced)
        patch.setattr(Path, "unlink", unlinked)
        try:
            publish(report, folder)
        except KilledError:
            return True
    return False


def held(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() if one.is_file() else b"" for one in folder.rglob("*")}


def test_run_killed_anywhere_leaves_nothing(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    ours, theirs = report_on(corrected), report_on(replace(corrected, uid="b"), replace(corrected, id=2), title="Bob")
    publish(ours, tmp_path / "new")
    for after in count():
        folder = tmp_path / str(after)
        if after:  # else the first run of all is killed
            publish(ours, folder)
        if not publish_until_killed(theirs, folder, after):
            break
        publish(ours, folder)
        assert held(folder) == held(tmp_path / "new")
    assert after > 10


def test_address_that_cannot_be_a_folder_can_be_given_up(
    report_on: Reporting, corrected: QueuedClaim, tmp_path: Path
) -> None:
    page, below = (replace(PUBLISHER, claim_url_pattern=f"{ROOT}{{id}}.html{more}") for more in ("", "/check"))
    publish(report_on(corrected), tmp_path, page)
    before = held(tmp_path)
    with pytest.raises(NotADirectoryError):
        publish(report_on(corrected), tmp_path, below)
    publish(report_on(corrected), tmp_path, page)
    assert held(tmp_path) == before


@pytest.mark.parametrize(
    "line", ['["article 1", "1/ind', '["article 1", "../theirs.txt"]', '["article 1", 5]', "5", "\x00\x00"]
)
def test_broken_line_of_a_broken_run_is_passed_over(
    report_on: Reporting, corrected: QueuedClaim, tmp_path: Path, line: str
) -> None:
    (tmp_path / "theirs.txt").write_text("theirs")
    publish(report_on(corrected, replace(corrected, id=2)), tmp_path / "site")
    (tmp_path / "site" / ".factcheck-site.begun").write_text(f'{line}\n["article 9", "9/index.html"]')
    (tmp_path / "site" / "9").mkdir()
    (tmp_path / "site" / "9" / "index.html").write_text("half")
    publish(report_on(corrected), tmp_path / "site")
    assert {one.name for one in (tmp_path / "site").iterdir()} & {"1", "2", "9", ".factcheck-site.begun"} == {"1"}
    assert (tmp_path / "theirs.txt").exists()


@pytest.mark.parametrize(
    ("pattern", "root", "claim"),
    [
        ("https://e.org/checks/{id}", "https://e.org/checks/", "7"),
        ("https://e.org/{uid}/", "https://e.org/", "ab/"),
        ("https://e.org/c/check-{id}.html", "https://e.org/c/", "check-7.html"),
        ("https://e.org/c/{id}/the%20check", "https://e.org/c/", "7/the check"),
    ],
)
def test_folder_stands_where_the_pattern_says(pattern: str, root: str, claim: str) -> None:
    site = SiteMap(Publisher("E", "https://e.org/", pattern))
    assert (site.root, site.claim(7, "ab")) == (root, claim)


@pytest.mark.parametrize(
    ("pattern", "told"), [("https://e.org/check?id={id}", "without"), ("https://{id}.e.org/", "one host")]
)
def test_addresses_that_no_folder_serves_are_refused(pattern: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        SiteMap(Publisher("E", "https://e.org/", pattern))


def test_site_needs_a_publisher(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no publisher is configured"):
        publish(report_on(corrected), tmp_path, publisher=None)


def test_feed_and_sitemap_name_the_claim(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected), tmp_path)
    feed = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert (feed.bozo, feed.entries[0].link, feed.entries[0].title) == (
        0,
        ROOT + "1",
        "True: The dam was built in 1932.",
    )
    places = [one.text for one in ET.parse(tmp_path / "sitemap.xml").iter() if one.tag.endswith("loc")]  # noqa: S314
    assert places == [ROOT, ROOT + "corrections/", ROOT + "articles/1/", ROOT + "1"]


def test_front_page_lists_newest_first(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(*(replace(corrected, id=number) for number in range(1, 102))), tmp_path)
    front, second = (html.parse(tmp_path / one).getroot() for one in ("index.html", "list/2/index.html"))
    assert len(front.cssselect("#listed li")) == 100
    assert [one.get("href") for one in second.cssselect("#listed a")] == ["../../1/"]
    assert second.cssselect("a[rel=prev]")[0].get("href") == "../.././"


def test_method_page_holds_no_markup_but_its_own(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    publish(report_on(corrected), tmp_path, method=f"We **look**.\n\n{TRAP}\n\n[x](javascript:alert(1))")
    tree = html.parse(tmp_path / "method" / "index.html").getroot()
    assert [one.text for one in tree.cssselect("main strong")] == ["look"]
    assert tree.cssselect("script, img, a[href^=javascript]") == []
    assert "Mostly false" in words(tmp_path / "method" / "index.html")


def test_search_data_is_data(report_on: Reporting, corrected: QueuedClaim, tmp_path: Path) -> None:
    hostile = replace(corrected, amendment=None, claim=replace(corrected.claim, text=TRAP + "</script>\u2028"))
    publish(report_on(hostile), tmp_path)
    found = re.fullmatch(r"window\.factcheckClaims = (\[.*\]);\n", (tmp_path / "claims.js").read_text("utf-8"))
    assert found
    assert "<" not in found[1]
    assert json.loads(found[1])[0]["p"] == "1/"


def listening(page: Page) -> list[str]:
    """All that the page will say or ask for."""
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("request", lambda asked: noise.append(asked.url))
    return noise


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of this file."""
    with opened_chromium() as opened:
        yield opened


@needs_chromium
def test_site_of_hostile_words_is_quiet_and_open_to_all(
    browser: Browser, report_on: Reporting, corrected: QueuedClaim, tmp_path: Path
) -> None:
    assert corrected.verdict is not None
    hostile = replace(
        corrected,
        amendment=None,
        claim=replace(corrected.claim, text=TRAP, speaker=TRAP),
        verdict=replace(corrected.verdict, rationale=TRAP),
        corrections=tuple(replace(one, reason=TRAP) for one in corrected.corrections),
    )
    publish(report_on(hostile, title=TRAP, authors=(TRAP,)), tmp_path)
    for path in sorted((*tmp_path.rglob("*.html"), *tmp_path.rglob("*.svg"))):
        page = browser.new_page(viewport={"width": 390, "height": 800})
        noise = listening(page)
        page.goto(path.as_uri())
        if path == tmp_path / "index.html":
            page.fill("input[type=search]", "onerror")
            page.wait_for_selector("#found li")
        assert [one for one in noise if not one.startswith(tmp_path.as_uri())] == []
        assert page.title() != "owned"
        if path.suffix == ".html":
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        page.close()
