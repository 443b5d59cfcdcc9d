from datetime import UTC, datetime
from itertools import product
from urllib.parse import unquote

import pytest

from factcheck.domain.evidence import Evidence, Stance, distinct_sources, named_sources, source_key


def cited(name: str, sha256: str | None = None, *, anonymous: bool = False) -> Evidence:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Evidence(None, Stance.CONTEXT, now, description=name, sha256=sha256, anonymous=anonymous)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a",
        "https://news.example/a/",
        "https://www.news.example/a",
        "https://NEWS.example/a#part",
        "https://news.example:443/a",
        "https://news.example/a?utm_source=x&utm_medium=y",
        "https://news.example/a?fbclid=1&gclid=2",
    ],
)
def test_addresses_of_one_page_agree(url: str) -> None:
    assert source_key(url) == source_key("https://news.example/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/b",
        "https://news.example/A",
        "https://other.example/a",
        "https://news.example:8443/a",
        "https://news.example/a?id=1",
        "https://news.example/a?utmost=1",
    ],
)
def test_other_pages_are_others(url: str) -> None:
    assert source_key(url) != source_key("https://news.example/a")


def test_plain_addresses_are_no_exception() -> None:
    hosts = ("", ".", "a", "A.b", "a.b-0", "-", "w.")
    paths = ("", "/", "//", "/a/", "/A%7E@:=+", "/a;b=1", "/a?b=1", "/[x]", '/"', "/\\", "/ü")
    for parts in product(("http://", "https://"), ("", "www.", "www.www."), hosts, ("", ":80"), paths):
        url = "".join(parts)
        assert source_key(url) == source_key(f"{url}#"), url


@pytest.mark.parametrize(
    ("path", "escaped"),
    [("/@paper/a", "/%40paper/a"), ("/a(1);b", "/a%281%29%3Bb"), ("/Köln", "/K%C3%B6ln"), ("/a%2fb", "/a%2Fb")],
)
def test_escapes_make_no_other_page(path: str, escaped: str) -> None:
    assert source_key(f"https://a.example{path}") == source_key(f"https://a.example{escaped}")


@pytest.mark.parametrize("path", ["/a%2Fb", "/a%3Fb", "/a%23b", "/a%25b", "/%e4", "/%0A"])
def test_escapes_that_make_another_page_stay(path: str) -> None:
    assert source_key(f"https://a.example{path}") != source_key(f"https://a.example{unquote(path)}")


def test_order_of_questions_is_alike() -> None:
    assert source_key("https://a.example/?b=2&a=1&c=") == source_key("https://a.example/?c=&a=1&b=2")


def test_same_content_is_one_source() -> None:
    first, second, third = cited("a", "1"), cited("b", "1"), cited("c", "2")

    assert distinct_sources([first, second, third]) == ((first, second), (third,))


def test_sources_join_over_a_third() -> None:
    found = [cited("a", "1"), cited("b", "2"), cited("a", "2")]

    assert [len(group) for group in distinct_sources(found)] == [3]


def test_content_unknown_joins_nothing() -> None:
    assert len(distinct_sources([cited("a"), cited("b")])) == 2


def test_anonymous_sources_are_not_named() -> None:
    found = [cited("a", anonymous=True), cited("b"), cited("b", anonymous=True)]

    assert (len(distinct_sources(found)), named_sources(found)) == (2, 1)
