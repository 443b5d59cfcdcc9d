"""Files as evidence, sent to a server that people really reach: kept with their quote looked for, or refused."""

import gc
import http.client
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from chromium import needs_chromium
from fakes import pdf_of
from lxml import html
from playwright.sync_api import Browser, Page
from web_person import coming_to, look_at
from web_server import served_here, stage_in

from factcheck.domain.evidence import Evidence, QuoteStatus, Snapshot, Stance
from factcheck.web import office, places
from factcheck.web.gate import MOST_OF_FILE
from factcheck.web.places import Places

SAID = "The dam of Ems broke in 1979."
LETTER = f"From the brigade\n\n{SAID} Nobody was hurt.\n"
PAGE = f"<!doctype html><title>The dam</title><article><p>{SAID}</p></article>"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
ADDRESS = "/claims/1/source"


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """A desk with a few claims."""
    path = Path(shutil.copy(empty_database, tmp_path / "desk.db"))
    with stage_in(path) as stage:
        stage.file()
    return path


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """Where it is served, to Ana."""
    with served_here(path, "ana") as address:
        yield address


@dataclass
class Sender:
    """Sends the form of a source as a browser does."""

    client: httpx2.Client
    path: Path

    def send(self, content: bytes, name: str = "letter.txt", **typed: str) -> httpx2.Response:
        """The answer to a file with what is typed beside it."""
        told = {"token": self.token(), "stance": "supports", **typed}
        return self.client.post(ADDRESS, data=told, files={"file": (name, content)})

    def token(self) -> str:
        """The token of this visit."""
        found = re.search(r'name="token" value="(\w+)"', self.client.get("/claims/1").text)
        assert found
        return found[1]

    def evidence(self) -> tuple[Evidence, ...]:
        """What the claim has."""
        with stage_in(self.path) as stage:
            return stage.queue.claim(1, stage.clock()).evidence

    def kept(self) -> Snapshot:
        """What its one piece of evidence rests on."""
        [evidence] = self.evidence()
        assert evidence.sha256 is not None
        with stage_in(self.path) as stage:
            snapshot = stage.queue.snapshot(evidence.sha256)
        assert snapshot is not None
        return snapshot


@pytest.fixture
def ana(address: str, path: Path) -> Iterator[Sender]:
    """Ana's browser."""
    with httpx2.Client(base_url=address, timeout=60) as client:
        yield Sender(client, path)


def words(page: httpx2.Response) -> str:
    return " ".join(html.fromstring(page.text).text_content().split())


def test_file_becomes_evidence(ana: Sender) -> None:
    about = {"quote": SAID, "description": "A letter", "publisher": "The brigade", "locator": "line 3"}
    answer = ana.send(LETTER.encode(), **about)

    assert answer.headers["location"] == "/claims/1?done=source"
    [evidence] = ana.evidence()
    assert evidence.sha256 == sha256(LETTER.encode()).hexdigest()
    assert (evidence.file_name, evidence.url, evidence.added_by) == ("letter.txt", None, "ana")
    assert (evidence.stance, evidence.quote_status) == (Stance.SUPPORTS, QuoteStatus.EXACT)
    assert (evidence.description, evidence.publisher, evidence.locator) == ("A letter", "The brigade", "line 3")
    assert ana.kept().content == LETTER.encode()
    page = words(ana.client.get("/claims/1"))
    assert "A letter · The brigade · letter.txt · line 3" in page
    assert "file kept" in page


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (pdf_of(SAID), "application/pdf", QuoteStatus.EXACT),
        (PAGE.encode(), "text/html", QuoteStatus.EXACT),
        (PICTURE, "image/png", QuoteStatus.UNCHECKED),
    ],
    ids=["pdf", "page", "picture"],
)
def test_file_is_known_by_its_content(ana: Sender, content: bytes, kind: str, status: QuoteStatus) -> None:
    ana.send(content, "x.dat", quote=SAID)

    [evidence] = ana.evidence()
    assert (evidence.media_type, evidence.quote_status) == (kind, status)


def test_quote_that_is_not_in_the_file_is_told(ana: Sender) -> None:
    answer = ana.send(LETTER.encode(), quote="The dam of Ems held.")

    page = words(ana.client.get(answer.headers["location"]))
    assert "The source is there, but the quote does not stand in it." in page
    assert "its quote is not in the file, which blocks sign-off" in page


def test_same_file_again_stays_one(ana: Sender) -> None:
    ana.send(LETTER.encode(), quote=SAID)

    assert ana.send(LETTER.encode(), "copy.txt", quote=SAID).headers["location"] == "/claims/1?done=known-source"
    assert len(ana.evidence()) == 1


def test_form_without_a_file_is_as_before(ana: Sender) -> None:
    answer = ana.send(b"", "", description="The brigade, by telephone", unfetched="1")

    assert answer.headers["location"] == "/claims/1?done=source"
    [evidence] = ana.evidence()
    assert (evidence.file_name, evidence.sha256) == (None, None)


def test_server_opens_no_file_that_a_name_points_at(ana: Sender, path: Path) -> None:
    ana.send(LETTER.encode(), str(path))
    ana.client.post(ADDRESS, data={"token": ana.token(), "stance": "context", "file": str(path), "description": "x"})

    first, second = ana.evidence()
    assert (first.file_name, first.sha256) == ("desk.db", sha256(LETTER.encode()).hexdigest())
    assert (second.file_name, second.sha256) == (None, None)


def test_hostile_name_stays_a_text(ana: Sender) -> None:
    ana.send(LETTER.encode(), "..\\..\\etc/<img src=x onerror=alert(1)>\u202e.txt")

    [evidence] = ana.evidence()
    assert evidence.file_name == "<img src=x onerror=alert(1)>.txt"
    assert "<img" not in ana.client.get("/claims/1").text


def test_refused_form_comes_back_as_it_was_typed(ana: Sender) -> None:
    answer = ana.send(LETTER.encode(), url="file:///etc/passwd", quote=SAID, publisher="The brigade")

    assert answer.status_code == 400
    [form] = html.fromstring(answer.text).xpath(f"//form[@action='{ADDRESS}']")
    assert form.xpath("string(.//textarea[@name='quote'])").strip() == SAID
    assert form.xpath("string(.//input[@name='publisher']/@value)") == "The brigade"
    assert form.xpath("string(.//input[@name='stance'][@checked]/@value)") == "supports"
    assert "Choose letter.txt again" in words(answer)
    assert ana.evidence() == ()


def test_file_may_have_twenty_megabytes(ana: Sender) -> None:
    assert ana.send(b"x" * 20_000_000).status_code == 303
    refused = ana.send(b"y" * 20_000_001)
    assert refused.status_code == 400
    assert "'letter.txt' is larger than 20,000,000 bytes" in words(refused)
    assert len(ana.evidence()) == 1


def test_too_long_a_request_is_refused(ana: Sender) -> None:
    assert status_of_head(ana.client, str(MOST_OF_FILE + 1)) == 413


@pytest.mark.parametrize("sent", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_other_site_adds_nothing(ana: Sender, sent: dict[str, str]) -> None:
    token = ana.token()
    ana.client.headers.update(sent)

    told = {"token": token, "stance": "context"}
    assert ana.client.post(ADDRESS, data=told, files={"file": ("a.txt", b"x")}).status_code == 403
    assert ana.evidence() == ()


def test_form_of_another_visit_adds_nothing(ana: Sender) -> None:
    assert ana.send(LETTER.encode(), token="forged").status_code == 403  # noqa: S106 - no password
    gc.collect()  # a file that was left open is told here
    assert ana.evidence() == ()


def test_nobody_is_refused_before_the_file_is_received(path: Path) -> None:
    with served_here(path, None) as address, httpx2.Client(base_url=address) as client:
        assert status_of_head(client, "20000000") == 401


def test_claim_that_is_not_there_costs_no_file(ana: Sender) -> None:
    assert status_of_head(ana.client, "20000000", "/claims/999/source") == 404


def status_of_head(client: httpx2.Client, length: str, path: str = ADDRESS) -> int:
    """The status of the answer to the head of a request alone, whose body never comes."""
    connection = http.client.HTTPConnection(urlsplit(str(client.base_url)).netloc, timeout=20)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_two_files_are_read_at_a_time(ana: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "Places", lambda what, at_once, waiting: Places(what, at_once - 2, waiting))
    monkeypatch.setattr(places, "_PATIENCE", 0.1)
    with served_here(ana.path, "ana") as busy, httpx2.Client(base_url=busy, timeout=60) as client:
        refused = Sender(client, ana.path).send(LETTER.encode(), quote=SAID)

    assert refused.status_code == 503
    assert "files or pages are being read" in words(refused)
    assert ana.evidence() == ()


Come = Callable[..., Page]


@pytest.fixture
def come(browser: Browser, address: str) -> Iterator[Come]:
    """Lets Ana come to the claim; at the end her browser has said nothing and asked nobody else."""
    # Chromium tells of a form that is refused itself.
    with coming_to(address, "/claims/1", browser, expected="status of 400") as comes:
        yield comes


@needs_chromium
@pytest.mark.parametrize("has_script", [True, False], ids=["with-script", "without-script"])
def test_file_is_chosen_in_a_browser(come: Come, tmp_path: Path, path: Path, has_script: bool) -> None:  # noqa: FBT001 - a parameter
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER)
    ana = come(java_script_enabled=has_script)
    ana.click("#act-source > summary")
    ana.set_input_files("[name=file]", letter)
    ana.fill("#act-source [name=quote]", SAID)
    ana.click("#act-source button.primary")

    ana.wait_for_selector("text=The source is there.")
    assert ana.is_visible("text=its quote stands in the file")
    [evidence] = Sender(httpx2.Client(), path).evidence()
    assert evidence.sha256 == sha256(LETTER.encode()).hexdigest()


@needs_chromium
def test_file_is_reached_by_keyboard(come: Come, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER)
    ana = come()
    ana.on("filechooser", lambda _: None)  # who first listens at the key itself may be late
    ana.keyboard.press("e")
    ana.keyboard.press("Tab")
    assert ana.evaluate("document.activeElement.name") == "file"
    with ana.expect_file_chooser() as choosing:
        ana.keyboard.press("Enter")
    choosing.value.set_files(letter)
    ana.keyboard.press("Tab")
    ana.keyboard.type(SAID)
    while ana.evaluate("document.activeElement.className") != "primary":
        ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")

    ana.wait_for_selector("text=The source is there.")


@needs_chromium
@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_form_with_a_file_shuts_nobody_out(come: Come, tmp_path: Path, scheme: str, locale: str) -> None:
    letter = tmp_path / f"{'letter' * 15}.txt"
    letter.write_text(LETTER)
    ana = come(color_scheme=scheme, locale=locale)
    look_at(ana)
    ana.set_input_files("[name=file]", letter)
    ana.fill("[name=url]", "https://ana:secret@a.example/")
    ana.click("#act-source button.primary")
    ana.wait_for_selector("[role=alert]")
    look_at(ana)
    ana.fill("[name=url]", "")
    ana.set_input_files("[name=file]", letter)
    ana.click("#act-source button.primary")
    ana.wait_for_selector("ol.sources")
    look_at(ana)
