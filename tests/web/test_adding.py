"""Articles handed in by browser: read and priced, begun by a button, followed to the last answer, paid once."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fakes import Reply, StandIn, completion, failing, in_turn, numbered_sentences, one_claim_a_sentence, pdf_of
from fastapi import UploadFile
from fastapi.testclient import TestClient
from stage import Stage
from web_visitor import Visitor

from factcheck.domain.extraction import FiledRun
from factcheck.domain.review import ClaimQuery
from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.web.app import create_app
from factcheck.web.gate import MOST_BYTES, MOST_OF_FILE
from factcheck.web.office import Office
from factcheck.web.uploads import name_of
from factcheck.wiring import office as opened_office
from factcheck.wiring.extracting import MOST_AT_ONCE
from factcheck.workflow.follow_extraction import ExtractionState, extraction_of

ORIGIN = "http://127.0.0.1:8760"
TEXT = "Talks in Lisbon\n\nAna Silva flew to Lisbon on Monday. She met 40 nurses there.\n"
LONG = "\n\n".join(f"The town of Brook {n} has {n + 20} wells and {n + 3} schools." for n in range(40))
PRICES = '["openai:stand-in"]\ninput = 1000.0\ncached_input = 1000.0\noutput = 1000.0\n'
NEWS = (
    "The bridge of Ems was opened in 1931 by the mayor. It is 300 metres long and has two lanes, and 4,000 cars a day."
)


@pytest.fixture
def settings(database: Database, stand_in: StandIn, tmp_path: Path) -> Settings:
    """A desk whose configuration names a model, with its price."""
    del stand_in
    prices = tmp_path / "prices.toml"
    prices.write_text(PRICES)
    where = database.location
    return Settings(
        db=where, reviewer="ana", model="openai:stand-in", prices=str(prices), split_compounds=False, concurrency=2
    )


@pytest.fixture
def office(stage: Stage, settings: Settings) -> Iterator[Office]:
    """What is served of it; one article with four claims is in."""
    del stage
    with opened_office(settings, ORIGIN) as opened:
        yield opened


@pytest.fixture
def ana(client: TestClient) -> Visitor:
    """Ana's browser."""
    return Visitor(client)


@pytest.fixture
def served(stage: Stage, settings: Settings) -> Iterator[Callable[..., Visitor]]:
    """Ana's browser at a desk that is set up in another way."""
    del stage
    closing = []

    def at(**changed: Any) -> Visitor:
        opening = opened_office(replace(settings, **changed), ORIGIN)
        client = TestClient(create_app(opening.__enter__()), base_url=ORIGIN, follow_redirects=False)
        closing.append(opening)
        return Visitor(client)

    yield at
    for one in closing:
        one.__exit__(None, None, None)


@pytest.fixture
def held(stand_in: StandIn) -> Iterator[threading.Event]:
    """The model's server keeps its answers back until this is set."""
    go = threading.Event()

    def patient(request: dict[str, Any]) -> Reply:
        go.wait(60)
        return one_claim_a_sentence(request)

    stand_in.answer = patient
    yield go
    go.set()


def followed(office: Office, article: int) -> ExtractionState:
    """How it ends: nobody asks about the article any more."""
    until = time.monotonic() + 60
    while (state := extraction_of(office.stores, article)).is_under_way:
        assert time.monotonic() < until
        time.sleep(0.02)
    return state


def hand_in(visitor: Visitor, text: str = TEXT) -> str:
    """Paste a text; the address that begins it."""
    visitor.send("/add", "/add/text", text=text)
    return read_on(visitor)


def read_on(visitor: Visitor) -> str:
    """Look at what was read; the address that begins it, empty where nothing can begin."""
    page = visitor.follow()
    return next(iter(page.xpath("//form[starts-with(@action,'/submissions/')]/@action")), "")


def begin(visitor: Visitor, action: str, **typed: str) -> str:
    """Begin it; the page that follows it."""
    answer = visitor.send(action, action, **typed)
    assert answer.status_code == 303, visitor.text
    return str(answer.headers["location"]).partition("?")[0]


def upload(visitor: Visitor, content: bytes, name: str = "handed-in", **typed: str) -> None:
    """Send a file, as a browser would."""
    told = {"token": visitor.token(), **typed}
    visitor.last = visitor.client.post("/add/file", data=told, files={"file": (name, content)})


def articles_in(office: Office) -> list[int]:
    return [filed.id for filed, _, _ in office.stores.ledger.articles()]


def run_of(state: ExtractionState) -> FiledRun:
    assert state.run is not None
    return state.run


def asked_about(stand_in: StandIn) -> list[str]:
    """Every sentence that the model was asked about, as often as it was."""
    return [words for request in stand_in.requests for words in numbered_sentences(request).values()]


def test_pasted_text_is_priced_before_anything_is_paid(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    hand_in(ana)

    for told in ("Talks in Lisbon", "15 words", "3 sentences", "Calls 1", "openai:stand-in", "$"):
        assert told in ana.text, told
    assert stand_in.requests == []
    assert articles_in(office) == [1]


def test_pasted_text_gives_claims(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    page = begin(ana, hand_in(ana))

    assert page == "/articles/2/extraction"
    assert followed(office, 2).left == 0
    ana.open(page)
    assert "Done: every sentence has its answer." in ana.text
    assert "3 of 3 sentences answered" in ana.text
    assert len(stand_in.requests) == 1
    claims = office.stores.queue.find(ClaimQuery(article_id=2), office.desk.clock())
    assert [one.words for one in claims][1] == "Ana Silva flew to Lisbon on Monday."
    [began] = [one for one in office.stores.log.events() if one.action == "run_began" and one.article_id == 2]
    assert began.actor == "ana"
    assert office.stores.log.verify().is_whole


MESSAGE = f"From: Ana <ana@a.example>\nSubject: The bridge\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\n{NEWS}\n"
FILES = {
    "text": NEWS.encode(),
    "markdown": f"# The bridge\n\n{NEWS}\n".encode(),
    "page": f"<!doctype html><title>The bridge</title><article><p>{NEWS}</p><p>{NEWS}</p></article>".encode(),
    "pdf": pdf_of("The bridge of Ems\n" + NEWS[:50]),
    "message": MESSAGE.encode(),
    "subtitles": f"1\n00:00:01,000 --> 00:00:04,000\n{NEWS}\n".encode(),
    "latin": "Die Brücke von Ems wurde 1931 eröffnet.".encode("cp1252"),
}


@pytest.mark.parametrize("kind", FILES)
def test_file_is_known_by_its_content(ana: Visitor, kind: str) -> None:
    upload(ana, FILES[kind], "x.dat", encoding="windows-1252" if kind == "latin" else "")

    assert read_on(ana), ana.text
    assert "Ems" in ana.text
    assert "Calls 1" in ana.text


def test_several_articles_of_a_file_are_begun_together(ana: Visitor, office: Office) -> None:
    lines = (
        '{"title": "One", "text": "The dam broke in 1979."}\n{"title": "Two", "text": "The dam was mended in 1981."}'
    )
    upload(ana, f"{lines}\nbroken\n".encode(), "dams.jsonl")
    action = read_on(ana)
    assert "2 articles" in ana.text
    assert "line 3" in ana.text
    begin(ana, action)

    assert followed(office, 2).left == 0
    until = time.monotonic() + 30
    while followed(office, 3).left:
        assert time.monotonic() < until


def test_address_is_read_where_it_may_be(ana: Visitor, served: Callable[..., Visitor], stand_in: StandIn) -> None:
    stand_in.pages["/news"] = "text/html", FILES["page"]
    address = f"{stand_in.address}/news"

    refused = ana.send("/add", "/add/address", url=address)
    assert refused.status_code == 400
    assert "port" in ana.text
    assert f'value="{address}"' in refused.text  # what was typed is still there

    allowed = served(allow_private_fetch=True)
    allowed.send("/add", "/add/address", url=address)
    assert read_on(allowed)
    assert "The bridge" in allowed.text


@pytest.mark.parametrize(
    "url",
    [
        *("/etc/passwd", "-", "file:///etc/passwd", "factcheck.db", ".", "ftp://a.example/", "", "https://"),
        *("https://ana:secret@a.example/", "http://a.example/\nx", " http://[", "javascript:alert(1)"),
    ],
)
def test_nothing_but_the_web_is_read(served: Callable[..., Visitor], url: str) -> None:
    ana = served(allow_private_fetch=True)

    assert ana.send("/add", "/add/address", url=url).status_code == 400


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.1.1/", "http://0x7f.1/"])
def test_private_address_is_refused(ana: Visitor, address: str) -> None:
    assert ana.send("/add", "/add/address", url=address).status_code == 400
    assert "allow_private under [fetch]" in ana.text


def test_listing_is_no_article(ana: Visitor) -> None:
    feed = b"<rss version='2.0'><channel><item><link>https://a.example/1</link></item></channel></rss>"
    upload(ana, feed, "feed.xml")

    assert ana.last is not None
    assert ana.last.status_code == 400
    assert "is a feed of 1 pages" in ana.text


def test_stub_is_taken_only_if_somebody_says_so(ana: Visitor, office: Office) -> None:
    page = b"<!doctype html><title>Just a moment</title><body><p>Just a moment. Verify you are human.</p></body>"
    upload(ana, page, "x.html")
    action = read_on(ana)
    assert "It does not look like a whole article" in ana.text

    assert ana.send(action, action).status_code == 400
    assert articles_in(office) == [1]
    begin(ana, action, anyway="1")
    assert articles_in(office) == [1, 2]


def test_same_article_again_costs_nothing(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    begin(ana, hand_in(ana))
    followed(office, 2)

    assert hand_in(ana, TEXT.replace("\n\n", "\n \n")) == ""
    assert "The desk has this text already: article 2" in ana.text
    assert "nothing would be paid" in ana.text
    assert len(stand_in.requests) == 1


def test_later_version_costs_what_changed(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    begin(ana, hand_in(ana, LONG))
    followed(office, 2)
    before = len(asked_about(stand_in))

    action = hand_in(ana, LONG.replace("has 25 wells", "has 26 wells"))
    assert "The desk has an earlier version: article 2" in ana.text
    assert "Calls 1" in ana.text
    begin(ana, action)
    followed(office, 3)
    assert asked_about(stand_in)[before:] == ["The town of Brook 5 has 26 wells and 8 schools."]


def test_desk_without_a_model_says_what_to_do(served: Callable[..., Visitor]) -> None:
    ana = served(model=None)

    assert hand_in(ana) == ""
    assert "sets FACTCHECK_MODEL" in ana.text


def test_desk_without_a_key_says_what_to_do(ana: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    action = hand_in(ana)
    monkeypatch.delenv("OPENAI_API_KEY")

    answer = ana.client.post(action, data={"token": ana.token()})
    assert answer.status_code == 503
    assert "sets OPENAI_API_KEY" in answer.text
    assert hand_in(ana) == ""


def dear(request: dict[str, Any]) -> Reply:
    """Each call costs 15 dollars."""
    status, body, headers = one_claim_a_sentence(request)
    assert isinstance(body, dict)
    return status, body | {"usage": {"prompt_tokens": 15_000, "completion_tokens": 0, "total_tokens": 15_000}}, headers


def test_budget_stops_it_and_a_larger_one_goes_on(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    stand_in.answer = dear
    page = begin(ana, hand_in(ana, LONG), budget="40")
    stopped = followed(office, 2)
    assert 0 < stopped.answered < 40
    ana.open(page)
    assert "stopped: budget of $40.00 reached" in ana.text
    before = asked_about(stand_in)

    ana.send(page, page)
    assert followed(office, 2).left == 0
    assert sorted(asked_about(stand_in)) == sorted(set(asked_about(stand_in)))
    assert len(asked_about(stand_in)) == 40 > len(before)


@pytest.mark.parametrize("amount", ["0", "-1", "much", "nan", "inf", "1e999", "9" * 30])
def test_budget_is_an_amount(ana: Visitor, office: Office, amount: str) -> None:
    action = hand_in(ana)

    assert ana.send(action, action, budget=amount).status_code == 400
    assert articles_in(office) == [1]


def test_budget_takes_a_price(served: Callable[..., Visitor], stand_in: StandIn) -> None:
    ana = served(prices=None)
    action = hand_in(ana)
    assert "no budget can be kept" in ana.text

    assert ana.send(action, action, budget="1").status_code == 400
    assert "Leave the budget empty" in ana.text
    assert stand_in.requests == []


def test_refused_key_is_told_and_gone_on_from(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    stand_in.answer = failing(401, "invalid_api_key")
    page = begin(ana, hand_in(ana))
    followed(office, 2)
    ana.open(page)
    assert "Broken off. What was answered is kept." in ana.text
    assert "stopped:" in ana.text

    stand_in.answer = one_claim_a_sentence
    assert ana.send(page, page).status_code == 303
    assert followed(office, 2).left == 0


def test_only_what_failed_is_asked_again(ana: Visitor, office: Office, stand_in: StandIn) -> None:
    stand_in.answer = in_turn(one_claim_a_sentence, lambda _: (200, completion("?"), {}), *[one_claim_a_sentence] * 20)
    page = begin(ana, hand_in(ana, LONG))
    state = followed(office, 2)
    assert state.failures
    ana.open(page)
    assert "What failed" in ana.text
    before = len(asked_about(stand_in))

    ana.send(page, page)
    assert followed(office, 2).left == 0
    assert len(asked_about(stand_in)) - before == state.left


def test_two_people_pay_for_one(ana: Visitor, office: Office, stand_in: StandIn, held: threading.Event) -> None:
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as other:
        ben = Visitor(other)
        ben.enter_as("ben")
        one, two = hand_in(ana), hand_in(ben)

        assert begin(ana, one) == begin(ben, two) == "/articles/2/extraction"
        ben.open("/articles/2/extraction")
        assert "The model is being asked." in ben.text
        held.set()

    assert followed(office, 2).left == 0
    assert len(stand_in.requests) == 1


def test_only_so_many_go_on_at_a_time(ana: Visitor, held: threading.Event) -> None:
    for number in range(MOST_AT_ONCE):
        begin(ana, hand_in(ana, f"The dam of Ems broke in {1900 + number}."))
    action = hand_in(ana)

    assert ana.send(action, action).status_code == 409
    assert f"{MOST_AT_ONCE} extractions go on here" in ana.text
    assert ana.open(action) is not None  # it waits for another try
    held.set()


def test_page_of_a_run_under_way_renews_itself(ana: Visitor, held: threading.Event) -> None:
    page = begin(ana, hand_in(ana))
    noscript = ana.open(page).xpath("//head/noscript/meta/@content")
    held.set()

    assert noscript == ["3"]
    assert "(1 to come)" in ana.text


def test_what_is_handed_in_is_for_who_did(ana: Visitor) -> None:
    action = hand_in(ana)
    ana.enter_as("ben")

    assert ana.client.get(action).status_code == 404
    assert ana.post(action).status_code == 404


def test_other_site_hands_nothing_in(ana: Visitor) -> None:
    token = ana.token()
    for path in ("/add/address", "/add/text", "/add/file", "/articles/1/extraction", "/submissions/x"):
        elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        assert ana.client.post(path, data={"token": token}, headers=elsewhere).status_code == 403
        assert ana.client.post(path, data={"token": "forged"}).status_code in {403, 404}


def test_only_files_are_long(ana: Visitor) -> None:
    token = ana.token()
    long = b"<!doctype html><article><p>The dam broke in 1979.</p></article><!--" + b"x" * MOST_BYTES

    assert ana.client.post("/add/text", data={"token": token}, files={"text": (None, long)}).status_code == 413
    assert ana.client.post("/add/file", data={"token": token}, files={"file": ("x", long)}).status_code == 303
    longest = b"x" * MOST_OF_FILE
    assert ana.client.post("/add/file", data={"token": token}, files={"file": ("x", longest)}).status_code == 413


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        gzip.compress(b"\0" * 50_000_000, mtime=0),
        b"From: " + b"(" * 350 + b"\nTo: b\n\nThe dam broke.",
        b"<!doctype html>" + b"<!--" * 89,
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '" + b"c" * 300 + b"'>]><a>&b;</a>",
        b"%PDF-1.7\n" + b"1 0 obj<<" * 300,
        b"PK\x03\x04" + b"\xff" * 300,
        b"{" * 100_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_file_is_refused_or_read(ana: Visitor, content: bytes) -> None:
    upload(ana, content, "bomb")

    assert ana.last is not None
    assert ana.last.status_code in {303, 400}


def test_name_of_a_file_stays_a_text(ana: Visitor, office: Office) -> None:
    upload(ana, NEWS.encode(), "../../etc/<script>alert(1)</script>\u202e.txt")
    action = read_on(ana)
    begin(ana, action)
    followed(office, 2)

    [source] = office.stores.ledger.sources(2)
    assert source.name == "script>.txt"
    upload(ana, b"\0", "<img src=x onerror=alert(1)>")
    assert ana.last is not None
    assert "<img" not in ana.last.text


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a/b.txt", "b.txt"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("..", ".."),
        ("/", "a file"),
        ("\0\u202e", "a file"),
        ("x" * 500 + ".md", "x" * 117 + ".md"),
    ],
)
def test_names_are_plain(name: str, plain: str) -> None:
    assert name_of(UploadFile(BytesIO(), filename=name)) == plain


@pytest.mark.parametrize(
    "content",
    [
        b"The dam broke. " * 20_000,
        b"<!doctype html><title>x</title><article>" + b"<p>The dam broke in 1979 and was mended.</p>" * 6_000,
        b"From: a@b.example\nSubject: x\n\n" + b"The dam broke.\n" * 20_000,
        b'{"text": "The dam broke in 1979."}\n' * 101,
    ],
    ids=["text", "page", "message", "many"],
)
def test_book_is_for_the_terminal(ana: Visitor, content: bytes) -> None:
    upload(ana, content)

    assert ana.last is not None
    assert ana.last.status_code == 400
    assert "more than" in ana.text


@pytest.mark.parametrize("encoding", ["zlib", "utf-7", "punycode", "../x", "x" * 1000])
def test_encoding_is_one_of_texts(ana: Visitor, encoding: str) -> None:
    upload(ana, NEWS.encode(), "x", encoding=encoding)

    assert ana.last is not None
    assert ana.last.status_code == 400


def test_end_of_the_server_lets_calls_land(
    stage: Stage, settings: Settings, stand_in: StandIn, held: threading.Event
) -> None:
    del stage
    with opened_office(settings, ORIGIN) as opened:
        ana = Visitor(TestClient(create_app(opened), base_url=ORIGIN, follow_redirects=False))
        begin(ana, hand_in(ana, LONG))
        until = time.monotonic() + 60
        while len(stand_in.requests) < settings.concurrency:
            assert time.monotonic() < until
            time.sleep(0.02)
        threading.Timer(0.5, held.set).start()

    with opened_office(settings, ORIGIN) as again:
        state = extraction_of(again.stores, 2)
        assert run_of(state).outcome == "interrupted"
        assert 0 < state.answered < 40
        assert run_of(state).usage.calls == len(stand_in.requests) == settings.concurrency
