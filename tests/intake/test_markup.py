"""Pages and files with ClaimReview in every syntax that publishers use."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.markup import FoundReview, Markup
from factcheck.errors import InputError, SourceError
from factcheck.intake.markup import read_markup
from factcheck.workflow.lint_markup import lint_markup

REVIEW = {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "The dam was built in 1931."}
MICRODATA = """<!DOCTYPE html><html><body>
<div itemscope itemtype="https://schema.org/ClaimReview">
  <link itemprop="url" href="https://desk.example.org/1"><meta itemprop="datePublished" content="2026-02-03">
  <p itemprop="claimReviewed">The dam was
     built in <b>1931</b>.</p>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <span itemprop="ratingValue" content="2">2 of 5</span><img itemprop="image" src="/false.png">
    <span itemprop="alternateName">Mostly false</span></div>
  <div itemprop="author" itemscope itemtype="https://schema.org/Organization" itemref="name"></div>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    <time itemprop="datePublished" datetime="2026-01-30">in January</time></div>
</div><p id="name" itemprop="name">The Desk</p>
<div itemscope itemtype="https://schema.org/Person"><p itemprop="name">Ana</p></div></body></html>"""


def page(*blocks: str, kind: str = "application/ld+json") -> str:
    scripts = "".join(f'<script type="{kind}">{block}</script>' for block in blocks)
    return f"<!DOCTYPE html><html><head>{scripts}<title>x</title></head><body><p>Words</p></body></html>"


def markup_of(content: str | bytes, tmp_path: Path, name: str = "source", page_url: str | None = None) -> Markup:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_markup(str(path), page_url)


def the_review(content: str | bytes, tmp_path: Path) -> FoundReview:
    [found] = markup_of(content, tmp_path).reviews
    return found


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (REVIEW, "$"),
        ([{"@type": "Person"}, REVIEW], "$[1]"),
        ({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}, "$.@graph[1]"),
        ({"@type": "NewsArticle", "review": {"hasPart": [REVIEW]}}, "$.review.hasPart[0]"),
        (REVIEW | {"@type": ["Article", "http://schema.org/ClaimReview"]}, "$"),
        (REVIEW | {"@type": "Review"}, "$"),
        ({"@type": "ClaimReview"}, "$"),
    ],
    ids=["alone", "array", "graph", "nested", "types", "mistyped", "empty"],
)
@pytest.mark.parametrize("is_page", [True, False], ids=["page", "file"])
def test_review_is_found_where_it_stands(content: Any, path: str, is_page: bool, tmp_path: Path) -> None:  # noqa: FBT001
    text = json.dumps(content)
    found = the_review(page("", text) if is_page else text, tmp_path)
    assert (found.thing.path, found.syntax, found.block) == (path, "json-ld", 2 if is_page else None)


def test_context_is_inherited(tmp_path: Path) -> None:
    inner = {"@type": "ClaimReview"}
    assert the_review(json.dumps({"@context": "https://schema.org", "@graph": [inner]}), tmp_path).context
    assert the_review(json.dumps(inner), tmp_path).context is None


def test_reference_is_followed_across_blocks(tmp_path: Path) -> None:
    review = REVIEW | {"author": {"@id": "#desk"}}
    desk = {"@id": "#desk", "@type": "Organization", "name": "The Desk"}
    found = the_review(page(json.dumps(review), json.dumps({"@graph": [{"@id": "#desk"}, desk]})), tmp_path)
    assert found.thing.things("author")[0].texts("name") == ("The Desk",)


def test_several_reviews_keep_their_order(tmp_path: Path) -> None:
    texts = [json.dumps(REVIEW | {"claimReviewed": str(number)}) for number in range(3)]
    for content in (page(*texts), "\n".join(texts), f"[{','.join(texts)}]"):
        found = markup_of(content, tmp_path).reviews
        assert [one.thing.texts("claimReviewed") for one in found] == [("0",), ("1",), ("2",)]


def test_microdata_is_read(tmp_path: Path) -> None:
    found = the_review(MICRODATA, tmp_path)
    assert (found.syntax, found.thing.path, found.block) == ("microdata", "item", 1)
    assert found.thing.properties == {
        "@type": "https://schema.org/ClaimReview",
        "url": "https://desk.example.org/1",
        "datePublished": "2026-02-03",
        "claimReviewed": "The dam was built in 1931.",
        "reviewRating": {
            "@type": "https://schema.org/Rating",
            "ratingValue": "2",
            "image": "/false.png",
            "alternateName": "Mostly false",
        },
        "author": {"@type": "https://schema.org/Organization", "name": "The Desk"},
        "itemReviewed": {"@type": "https://schema.org/Claim", "datePublished": "2026-01-30"},
    }


def test_microdata_that_refers_to_itself_ends(tmp_path: Path) -> None:
    loop = '<div itemscope itemtype="https://schema.org/ClaimReview" id="a" itemref="a b"></div>'
    part = '<div id="b" itemprop="author" itemscope itemref="a b"></div>'
    assert the_review(f"<html><body>{loop}{part}</body></html>", tmp_path).thing.things("author")


def test_hostile_microdata_is_read_fast(tmp_path: Path) -> None:
    review = '<div itemscope itemtype="https://schema.org/ClaimReview" itemref="{}">'
    everywhere = " ".join(f"i{number}" for number in range(30))
    tangle = "".join(f'<p id="i{number}" itemscope itemprop="a" itemref="{everywhere}"></p>' for number in range(30))
    shared = f'<div id="all">{"<p itemprop=a>x</p>" * 2000}</div>{(review.format("all") + "</div>") * 2000}'
    nested = review.format("") * 2000
    begun = time.process_time()

    counts = [
        len(markup_of(f"<html><body>{one}", tmp_path).reviews) for one in (tangle + review.format("i0"), shared, nested)
    ]

    assert counts == [1, 2000, 2000]
    assert time.process_time() - begun < 30


def test_tangled_references_are_linted_fast(tmp_path: Path) -> None:
    loop = REVIEW | {"@id": "#a", "author": [{"@id": "#a"}] * 2000, "itemReviewed": [{"@id": "#a"}] * 2000}
    begun = time.process_time()
    [linted] = lint_markup(markup_of(json.dumps(loop), tmp_path)).reviews
    assert time.process_time() - begun < 5
    assert linted.findings


@pytest.mark.parametrize("kind", ["application/ld+json", "Application/LD+JSON; charset=utf-8", " application/ld+json "])
def test_kind_of_script_is_read_leniently(kind: str, tmp_path: Path) -> None:
    assert the_review(page(json.dumps(REVIEW), kind=kind), tmp_path)


@pytest.mark.parametrize(
    "content", [page(json.dumps(REVIEW), kind="application/json"), page("[1]"), page(), "{}", "[]", "Words.", "<html>"]
)
def test_other_content_holds_no_review(content: str, tmp_path: Path) -> None:
    assert markup_of(content, tmp_path) == Markup()


def test_broken_block_is_told(tmp_path: Path) -> None:
    text = '{"@type": "ClaimReview", "claimReviewed": "It\nrose",}'
    mended = markup_of(page('{"a": }', text), tmp_path)
    assert [(one.block, one.is_about_claims, bool(one.repairs)) for one in mended.broken] == [
        (1, False, False),
        (2, True, True),
    ]
    assert mended.reviews[0].thing.texts("claimReviewed") == ("It\nrose",)


def test_broken_line_spares_the_others(tmp_path: Path) -> None:
    found = markup_of(f"{json.dumps(REVIEW)}\n\n{{\n{json.dumps(REVIEW)}\n", tmp_path)
    assert [one.thing.path for one in found.reviews] == ["line 1: $", "line 3: $"]
    assert len(found.broken) == 1


def test_pretty_broken_file_is_one_block(tmp_path: Path) -> None:
    found = markup_of('{\n"@type": "ClaimReview",\n"url": "https://example.org",\n}', tmp_path)
    assert [one.thing.path for one in found.reviews] == ["$"]
    assert found.broken[0].repairs == ("trailing commas",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_page_is_decoded(encoding: str, tmp_path: Path) -> None:
    content = page(json.dumps(REVIEW | {"claimReviewed": "Zürich wählt."}, ensure_ascii=False)).encode(encoding)
    assert the_review(content, tmp_path).thing.texts("claimReviewed") == ("Zürich wählt.",)


def test_script_inside_a_string_ends_nothing_early(tmp_path: Path) -> None:
    text = json.dumps(REVIEW | {"claimReviewed": "</b> <!-- </scr"})
    assert the_review(page(text), tmp_path).thing.texts("claimReviewed") == ("</b> <!-- </scr",)


def test_page_address_must_be_whole(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'/checks/1' is not the address of a page; give all of it"):
        markup_of("{}", tmp_path, page_url="/checks/1")


def test_binary_file_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a binary file"):
        markup_of(b"PNG\0\1", tmp_path)


def test_deep_nesting_is_walked(tmp_path: Path) -> None:
    text = '{"a":' * 400 + json.dumps(REVIEW) + "}" * 400
    assert the_review(text, tmp_path).thing.path == "$" + ".a" * 400


@pytest.mark.parametrize(
    "behind", ["{}", "<p>And a word.</p>{}", "<!-- x -->\n{}\n", "{}<footer>x</footer></body></html>"]
)
def test_script_behind_the_page_is_read(tmp_path: Path, behind: str) -> None:
    block = '<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "It held."}</script>'
    (tmp_path / "page.html").write_text(f"<html><body><p>x</p></body></html>{behind.replace('{}', block)}")
    assert len(read_markup(str(tmp_path / "page.html")).reviews) == 1


@pytest.mark.parametrize("end", ["", ",", ";"])
def test_key_that_stands_twice_is_told(tmp_path: Path, end: str) -> None:
    block = '{"@type": "ClaimReview", "claimReviewed": "It held.", "claimReviewed": "It broke."' + end.replace(";", "")
    (tmp_path / "a.json").write_text(block + "}" + end.replace(",", ""))
    assert read_markup(str(tmp_path / "a.json")).repeated == ((None, "claimReviewed"),)
    linted = lint_markup(read_markup(str(tmp_path / "a.json")))
    assert "json:repeated-key" in [finding.rule for _, finding in linted.blocks]
