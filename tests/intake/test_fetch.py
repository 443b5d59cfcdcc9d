"""What is fetched and what never is, over real HTTP on loopback."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fakes import HANG_SECONDS
from loopback_site import LoopbackSite, loopback_site
from vcr import VCR
from vcr.record_mode import RecordMode

from factcheck.errors import (
    PageGoneError,
    PageRefusedError,
    PageUnreachableError,
    PrivateAddressError,
    SourceError,
)
from factcheck.intake import fetch as fetching
from factcheck.intake.fetch import Limits
from factcheck.intake.guard import is_public

PUBLIC = "93.184.215.14"
NAMES = {
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "0177.0.0.1",
    "short": "127.1",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped in hexadecimal": "[::ffff:7f00:1]",
    "loopback": "[::1]",
    "anywhere": "0.0.0.0",  # noqa: S104 - an address to refuse
    "name": "localhost",
    "metadata": "169.254.169.254",
}

fetch = partial(fetching.fetch, allow_private=True)
Hosts = dict[str, list[str]]


def test_answer_is_kept_with_its_headers(loopback: str) -> None:
    page = fetch(f"{loopback}/text")

    assert (page.content, page.media_type, page.charset) == (b"River rises\n\nIt rose.", "text/plain", "utf-8")
    assert (page.url, page.status) == (f"{loopback}/text", 200)
    assert set(page.headers) == {"content-type", "date", "etag"}


WORDS = b"".join(b"The river rose by %d metres. " % at for at in range(9_000))
RAW, BOMB = zlib.compressobj(wbits=-zlib.MAX_WBITS), zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "gzip": (gzip.compress(WORDS), "gzip"),
    "several": (gzip.compress(WORDS[:900]) + gzip.compress(WORDS[900:]), "gzip"),
    "padded": (gzip.compress(WORDS) + b"\0" * 9, "x-gzip"),
    "zlib": (zlib.compress(WORDS), "deflate"),
    "deflate": (RAW.compress(WORDS) + RAW.flush(), "deflate"),
    "twice": (gzip.compress(gzip.compress(WORDS)), "gzip, gzip"),
    "zeros": (gzip.compress(bytes(3_000_000)), "gzip"),
    "zeros of deflate": (BOMB.compress(bytes(3_000_000)) + BOMB.flush(), "deflate"),
}


@pytest.fixture
def packing() -> Iterator[LoopbackSite]:
    with loopback_site() as site:
        yield site


@pytest.mark.parametrize("name", PACKED)
def test_packed_answer_is_read_to_its_end(packing: LoopbackSite, name: str) -> None:
    body, coding = PACKED[name]
    packing.pages["/"] = 200, {"content-encoding": coding}, body
    assert fetch(packing.address).content == (bytes(3_000_000) if "zeros" in name else WORDS)


@pytest.mark.parametrize("name", [name for name in PACKED if name != "padded"])
@pytest.mark.parametrize("lost", [3, 300])
def test_packed_answer_that_ends_early_is_refused(packing: LoopbackSite, name: str, lost: int) -> None:
    body, coding = PACKED[name]
    packing.pages["/"] = 200, {"content-encoding": coding}, body[:-lost]
    with pytest.raises(SourceError, match=r"does not answer: its body ends early.*; save the page and give"):
        fetch(packing.address)


def test_empty_packed_answer_is_empty(packing: LoopbackSite) -> None:
    packing.pages["/"] = 200, {"content-encoding": "gzip"}, b""
    assert fetch(packing.address).content == b""


def test_part_of_a_page_is_refused(packing: LoopbackSite) -> None:
    packing.pages["/"] = 206, {"content-range": "bytes 0-9/900"}, WORDS[:10]
    with pytest.raises(SourceError, match="answers 206 Partial Content, a part of the page; save the page"):
        fetch(packing.address)


def test_redirects_lead_to_last_address(loopback: str) -> None:
    assert fetch(f"{loopback}/5").url == f"{loopback}/0"


@pytest.mark.parametrize("path", ["/6", "/loop"])
def test_endless_redirects_are_refused(loopback: str, path: str) -> None:
    with pytest.raises(SourceError, match=f"{path}' does not answer: more than 5 redirects"):
        fetch(loopback + path)


@pytest.mark.parametrize("status", [404, 410])
def test_missing_page_is_gone(loopback: str, status: int) -> None:
    with pytest.raises(PageGoneError, match=f"answers {status} .*; check the address"):
        fetch(f"{loopback}/status/{status}")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (304, SourceError),
        (403, SourceError),
        (429, PageUnreachableError),
        (500, PageUnreachableError),
        (503, PageUnreachableError),
    ],
)
def test_other_answers_are_not_gone(loopback: str, status: int, kind: type[SourceError]) -> None:
    with pytest.raises(SourceError, match=f"answers {status}") as caught:
        fetch(f"{loopback}/status/{status}")
    assert type(caught.value) is kind


@pytest.mark.parametrize("address", ["http://", "ftp://a.example/", "http://[::1/", "http://a..example/"])
def test_address_that_is_none_is_no_page_that_does_not_answer(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(address)
    assert not isinstance(caught.value, PageUnreachableError)


def test_closed_port_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PageUnreachableError, match=rf":{port}/a' does not answer: .*; save the page and give the file"):
        fetch(f"http://127.0.0.1:{port}/a")


def test_unknown_name_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", failing_with(socket.gaierror(socket.EAI_NONAME, "not known")))

    with pytest.raises(PageGoneError, match=r"/' is not there: the name 'nowhere\.example' is unknown"):
        fetch("http://nowhere.example/")


def test_silent_resolver_is_not_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", failing_with(socket.gaierror(socket.EAI_AGAIN, "try again")))

    with pytest.raises(SourceError, match=r"'nowhere\.example' is not resolved: try again") as caught:
        fetch("http://nowhere.example/")
    assert type(caught.value) is PageUnreachableError


def test_slow_resolver_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait(HANG_SECONDS) and [])

    began = time.monotonic()
    with pytest.raises(SourceError, match="in time"):
        fetch("http://slow.example/", Limits(seconds=0.3))
    assert time.monotonic() - began < HANG_SECONDS / 2
    ended.set()


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:port/", "http://a..b/", "http://\u0378/"])
def test_broken_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match=r"does not answer|is unknown|not fetched"):
        fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://a.example/", "gopher://a.example/", "/etc/hosts", ""])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(PageRefusedError, match="is not fetched: only http and https"):
        fetch(url)


@pytest.mark.parametrize("where", ["file:///etc/hosts", "ftp://127.0.0.1/", "http://ann:secret@127.0.0.1/"])
def test_redirect_out_of_the_web_is_refused(loopback: str, where: str) -> None:
    with pytest.raises(PageRefusedError, match="is not fetched: only http and https, and no password"):
        fetch(f"{loopback}/to?{where}")


def test_password_in_address_is_refused(loopback: str) -> None:
    with pytest.raises(PageRefusedError, match="no password"):
        fetch(loopback.replace("//", "//ann:secret@"))


def test_public_page_is_fetched(connected: list[str]) -> None:
    assert fetching.fetch("http://public.example/text").content.startswith(b"River rises")
    assert connected == [PUBLIC]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_private_name_is_refused(connected: list[str], name: str) -> None:
    with pytest.raises(SourceError, match=r"no public address|does not answer|is unknown"):
        fetching.fetch(f"http://{name}/")
    assert connected == []


def test_name_of_private_address_is_refused(connected: list[str], hosts: Hosts) -> None:
    hosts["news.example"] = ["127.0.0.1"]

    with pytest.raises(PrivateAddressError, match=r"'news\.example' has no public address"):
        fetching.fetch("http://news.example/")
    assert connected == []


def test_refusal_does_not_tell_resolved_address(connected: list[str], hosts: Hosts) -> None:
    hosts["news.example"] = ["127.0.0.1"]

    with pytest.raises(PrivateAddressError) as refused:
        fetching.fetch("http://news.example/")
    assert "127.0.0.1" not in str(refused.value)
    assert (refused.value.addresses, connected) == ("127.0.0.1", [])


@pytest.mark.parametrize("where", ["http://169.254.169.254/latest/", "http://[::1]/", "http://2130706433/"])
def test_redirect_to_private_address_is_refused(connected: list[str], where: str) -> None:
    with pytest.raises(PrivateAddressError, match="no public address"):
        fetching.fetch(f"http://public.example/to?{where}")
    assert connected == [PUBLIC]


def test_name_that_changes_is_pinned(connected: list[str], hosts: Hosts) -> None:
    hosts["rebinding.example"] = [PUBLIC, "127.0.0.1"]

    assert fetching.fetch("http://rebinding.example/text").status == 200
    assert connected == [PUBLIC]


def test_name_is_checked_at_each_connection(connected: list[str], hosts: Hosts) -> None:
    hosts["rebinding.example"] = [PUBLIC, "127.0.0.1"]

    with pytest.raises(PageRefusedError, match="no public address"):
        fetching.fetch("http://rebinding.example/to?http://rebinding.example/secret")
    assert connected == [PUBLIC]


def test_public_one_of_two_is_taken(connected: list[str], hosts: Hosts) -> None:
    hosts["both.example"] = [f"10.0.0.1 {PUBLIC}"]

    assert fetching.fetch("http://both.example/text").status == 200
    assert connected == [PUBLIC]


@pytest.mark.parametrize("port", [22, 8080, 25])
def test_other_ports_are_refused(connected: list[str], port: int) -> None:
    with pytest.raises(
        PageRefusedError, match=rf":{port}/' is not fetched: it leads to port {port} of 'public\.example'"
    ):
        fetching.fetch(f"http://public.example:{port}/")
    assert connected == []


def test_proxy_of_environment_is_not_asked(
    loopback: str, connected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", loopback)
    monkeypatch.setenv("http_proxy", loopback)

    with pytest.raises(PageRefusedError):
        fetching.fetch("http://127.0.0.1/")
    assert connected == []


def test_recorded_page_is_played_again(loopback: str, tmp_path: Path) -> None:
    tape = str(tmp_path / "page.yaml")
    with VCR().use_cassette(tape, record_mode=RecordMode.ALL):
        recorded = fetch(f"{loopback}/1")

    with VCR().use_cassette(tape, record_mode=RecordMode.NONE) as cassette:
        assert fetch(f"{loopback}/1") == recorded
    assert cassette.all_played


def test_bomb_is_cut_off(loopback: str) -> None:
    with pytest.raises(SourceError, match="/bomb' is larger than 10,000,000 bytes"):
        fetch(f"{loopback}/bomb")


def test_body_of_redirect_stays_unread(loopback: str) -> None:
    assert fetch(f"{loopback}/bomb-in-redirect", Limits(max_bytes=100)).url == f"{loopback}/0"


@pytest.mark.parametrize("path", ["/trickle", "/trickle-of-headers", "/hang"])
def test_trickle_ends_at_the_deadline(loopback: str, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(PageUnreachableError, match=r"does not answer: (no end in time|timed out)"):
        fetch(loopback + path, Limits(seconds=0.3))
    assert time.monotonic() - began < HANG_SECONDS / 2


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.168.1.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700::1111", "2a00:1450:4001::1"])
def test_address_is_public(address: str) -> None:
    assert is_public(address)


def failing_with(error: OSError) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
