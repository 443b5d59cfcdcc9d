"""What others have checked, on the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from loopback_site import LoopbackSite, loopback_site


def review(number: int, claim: str, rating: str = "False", **others: object) -> dict[str, Any]:
    """A ClaimReview as a publisher writes it."""
    ends = {"ratingValue": 1, "bestRating": 5, "worstRating": 1}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://a.example/{number}",
        "claimReviewed": claim,
        "datePublished": "2020-05-01",
        "author": {"@type": "Organization", "name": "Checkers"},
        "inLanguage": "en",
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Silva"}},
        "reviewRating": {"@type": "Rating", "alternateName": rating, **ends},
        **others,
    }


def feed(*items: object) -> str:
    """A feed as Data Commons gives it."""
    listed = [{"@type": "DataFeedItem", "item": [one]} for one in items]
    return json.dumps({"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": listed})


def page(*reviews: object) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in reviews)
    return f"<!DOCTYPE html><html><head>{scripts}</head><body><p>Checked.</p></body></html>".encode()


ON_BOTH_DATABASES = True
BRIDGE = review(1, "The bridge of Kelso was opened in 1931.")
TOWER = review(2, "The tower is 300 m high.", "True")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackSite]:
    """A publisher's site."""
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "1")
    with loopback_site() as opened:
        yield opened


def test_feed_is_imported_and_searched(factcheck: Command, folder: Path) -> None:
    (folder / "feed.json").write_text(feed(BRIDGE, TOWER), "utf-8")

    done = factcheck("known", "import", "feed.json")
    assert (done.code, done.out) == (0, "feed.json: 2 new, 0 with another rating, 0 known already\n")
    (found,) = factcheck("known", "search", "bridge", "Kelso", "--json").json

    assert (found["claim"], found["publisher"], found["claimant"]) == (BRIDGE["claimReviewed"], "Checkers", "Silva")
    rating = {"text": "False", "value": "1", "worst": "1", "best": "5", "date": "2020-05-01"}
    assert found["rating"] == {**rating, "sources": ["feed.json"]}
    assert (found["url"], found["language"], found["shared"]) == ("https://a.example/1", "en", ["Kelso", "bridge"])
    shown = factcheck("known", "search", "Kelso")
    assert "Checkers: False, 2020-05-01, from feed.json" in shown.out
    assert "https://a.example/1" in shown.out


def test_headline_of_a_check_is_found_and_shown(factcheck: Command, folder: Path) -> None:
    with_headline = {**BRIDGE, "headline": "No, Rennie did not build it \x1b[2J"}
    (folder / "feed.json").write_text(feed(with_headline, TOWER), "utf-8")
    factcheck("known", "import", "feed.json")

    (found,) = factcheck("known", "search", "Rennie", "--json").json
    assert (found["claim"], found["headline"]) == (BRIDGE["claimReviewed"], "No, Rennie did not build it \x1b[2J")
    assert (
        "  headline: No, Rennie did not build it \N{REPLACEMENT CHARACTER}[2J\n"
        in factcheck("known", "search", "Rennie").out
    )


def test_large_feed_is_read_item_by_item(factcheck: Command, folder: Path) -> None:
    others = [review(n, f"Claim {n} about the harbour. {'x' * 900}") for n in range(10, 2000)]
    (folder / "feed.json").write_text("\ufeff" + feed(BRIDGE, {"@type": "Thing"}, *others), "utf-8")
    assert (folder / "feed.json").stat().st_size > 2_000_000

    (done,) = factcheck("known", "import", "feed.json", "--json").json

    assert (done["new"], done["left_out"]) == (1991, 1)
    assert done["examples"] == [{"page": "feed.json", "place": "item 2", "reason": "it holds no ClaimReview"}]


def test_feed_that_breaks_off_keeps_what_came_before(factcheck: Command, folder: Path) -> None:
    others = [review(n, f"Claim {n} about the harbour. {'x' * 900}") for n in range(10, 2000)]
    (folder / "feed.json").write_text(feed(*others)[:-20], "utf-8")

    done = factcheck("known", "import", "feed.json")

    assert (done.code, done.out.split(" ")[1]) == (0, "1,989")
    assert "left out: item 1990: the JSON is broken here, and nothing behind it is read: " in done.err


def test_bad_lines_keep_none_of_the_rest(factcheck: Command, folder: Path) -> None:
    bad = ["{broken", "{}", json.dumps(review(3, " ")), json.dumps(review(4, "No page.", url="javascript:x"))]
    (folder / "checks.jsonl").write_text("\n".join([json.dumps(BRIDGE), *bad, json.dumps(TOWER), *["{}"] * 9]), "utf-8")

    done = factcheck("known", "import", "checks.jsonl")

    assert done.out == "checks.jsonl: 2 new, 0 with another rating, 0 known already; 13 entries left out\n"
    told = done.err.splitlines()
    assert told[0].startswith("left out: line 2: Expecting property name")
    assert told[1:3] == [
        "left out: line 3: it holds no ClaimReview",
        "left out: line 4: it says no claim (claimReviewed)",
    ]
    assert told[3] == "left out: line 5: its url is no address of the web: 'javascript:x'"
    assert told[-1] == "left out: 8 more"


@pytest.mark.parametrize("first", ["null", "# two checks"])
def test_lines_behind_a_bad_first_one_are_imported(factcheck: Command, folder: Path, first: str) -> None:
    (folder / "checks.jsonl").write_text(f"{first}\n{json.dumps(BRIDGE)}\n", "utf-8")

    assert factcheck("known", "import", "checks.jsonl").out.startswith("checks.jsonl: 1 new")


def test_import_again_changes_nothing_but_ratings(factcheck: Command, folder: Path) -> None:
    (folder / "old.json").write_text(feed(BRIDGE, TOWER), "utf-8")
    new = review(1, BRIDGE["claimReviewed"], "Mixed", datePublished="2021-06-02T10:00:00Z")
    (folder / "new.json").write_text(feed(new, TOWER), "utf-8")
    factcheck("known", "import", "old.json")

    assert factcheck("known", "import", "old.json").out == "old.json: 0 new, 0 with another rating, 2 known already\n"
    assert factcheck("known", "import", "new.json").out == "new.json: 0 new, 1 with another rating, 1 known already\n"

    shown = factcheck("known", "search", "bridge").out
    assert "Checkers: Mixed, 2021-06-02, from new.json\n  before: False, 2020-05-01, from old.json\n" in shown


def test_page_and_sitemap_are_fetched(factcheck: Command, site: LoopbackSite) -> None:
    site.pages |= {"/1": page(BRIDGE), "/2": page(TOWER), "/3": page({"@type": "NewsArticle"})}
    urls = "".join(f"<url><loc>{site.address}{one}</loc></url>" for one in ("/1", "/2", "/3", "/gone"))
    site.pages["/sitemap.xml"] = (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
    )
    Path("factcheck.toml").write_text("[fetch]\npause = 0\n", "utf-8")

    one = factcheck("known", "import", f"{site.address}/1")
    assert (one.code, one.out.partition(": ")[2]) == (0, "1 new, 0 with another rating, 0 known already\n")
    done = factcheck("known", "import", f"{site.address}/sitemap.xml")

    assert done.code == 3
    assert done.out.endswith("1 new, 0 with another rating, 1 known already in 4 pages\n")
    assert "/gone' answers 404" in done.err
    assert "/robots.txt" in site.asked


@pytest.mark.parametrize("url", ["/1", "1", "//{host}/1", "", None])
def test_address_of_a_review_is_meant_on_its_page(factcheck: Command, site: LoopbackSite, url: str | None) -> None:
    told = url and url.format(host=site.address.partition("//")[2])
    site.pages["/1"] = page({name: value for name, value in (BRIDGE | {"url": told}).items() if value is not None})

    done = factcheck("known", "import", f"{site.address}/1")

    assert (done.code, done.err) == (0, "")
    assert factcheck("known", "search", "bridge", "--json").json[0]["url"] == f"{site.address}/1"


def test_review_that_cannot_be_kept_is_not_said_to_be_none(factcheck: Command, folder: Path) -> None:
    (folder / "checks.jsonl").write_text(json.dumps(review(1, "No page.", url="javascript:x")), "utf-8")
    (folder / "page.html").write_bytes(page({"@type": "NewsArticle"}))

    kept, none = factcheck("known", "import", "checks.jsonl"), factcheck("known", "import", "page.html")

    assert (kept.code, none.code) == (6, 6)
    assert "'checks.jsonl' holds no ClaimReview that can be kept" in kept.err
    assert none.err.endswith("'page.html' holds no ClaimReview\n")


def test_sources_are_listed_and_forgotten(factcheck: Command, folder: Path) -> None:
    (folder / "feed.json").write_text(feed(BRIDGE, TOWER), "utf-8")
    factcheck("known", "import", "feed.json")

    (source,) = factcheck("known", "--json").json
    assert (source["source"], source["claims"]) == ("feed.json", 2)
    assert factcheck("known", "forget", "feed.json").out == "2 claims of 'feed.json' are forgotten\n"
    assert factcheck("known", "search", "bridge").err == "nothing like it is known\n"
    gone = factcheck("known", "forget", "feed.json")
    assert (gone.code, gone.err) == (
        6,
        "factcheck: nothing was imported from 'feed.json'; see: factcheck known\n",
    )


def test_known_claim_like_a_claim_is_told_with_its_difference(factcheck: Command, demo_desk: Path) -> None:
    words = factcheck("claim", "1", "--json").json["text"]
    denied = words.replace(" is ", " is not ", 1) if " is " in words else f"It is not so that {words}"
    (demo_desk.parent / "feed.json").write_text(feed(review(1, denied), TOWER), "utf-8")
    factcheck("known", "import", "feed.json")

    (found,) = factcheck("known", "search", "--claim", "1", "--json").json

    assert found["claim"] == denied
    assert "denial" in [one["kind"] for one in found["differs"]]


def test_hostile_words_stay_words(factcheck: Command, folder: Path) -> None:
    hostile = review(1, "Bridge \x1b[31m\u202e[bold]red[/bold] \ud800 opened", "\x1b]0;title\x07False")
    (folder / "feed.json").write_text(feed(hostile), "utf-8")
    factcheck("known", "import", "feed.json")

    shown = factcheck("known", "search", "bridge").out

    assert "[bold]red[/bold]" in shown
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ("import", "none.json"),
            3,
            "factcheck: 'none.json' cannot be read: No such file or directory; check the path\n",
        ),
        (("import", "empty.html"), 6, "factcheck: 'empty.html' holds no ClaimReview\n"),
        (("search", "bridge"), 0, "nothing like it is known\n"),
    ],
)
def test_bad_input_is_one_line(
    factcheck: Command, folder: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    (folder / "empty.html").write_text("<!DOCTYPE html><html><body>Nothing.</body></html>", "utf-8")
    factcheck("people", "add", "ana")

    done = factcheck("known", *arguments)

    assert (done.code, done.err) == (code, told)


def test_one_source_that_fails_keeps_none_of_the_others(factcheck: Command, folder: Path) -> None:
    (folder / "feed.json").write_text(feed(BRIDGE), "utf-8")

    done = factcheck("known", "import", "none.json", "feed.json")

    assert (done.code, done.out) == (3, "feed.json: 1 new, 0 with another rating, 0 known already\n")


def test_search_needs_words_or_a_claim(factcheck: Command) -> None:
    assert factcheck("known", "search").code == factcheck("known", "search", "a", "--claim", "1").code == 2
