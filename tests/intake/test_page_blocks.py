"""The blocks of a page: headline, standfirst, captions, quotes, tables and posts, each of its kind."""

from datetime import UTC, datetime
from time import process_time

import pytest
from lxml.html import document_fromstring

from factcheck.domain.article import Article
from factcheck.intake.html import article_from_html
from factcheck.intake.page_blocks import told_apart
from factcheck.text.sentences import sentences_of

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST, SECOND, THIRD, LAST = (
    f"Paragraph {number} says that the dam, which was built in 1931, had held and would go on holding."
    for number in ("one", "two", "three", "four")
)
CAPTION = "The dam in 2019. Photo: Ana Lopez/Agency"
FIGURE = f"<figure><img src=dam.jpg><figcaption>{CAPTION}</figcaption></figure>"


def article(inside: str, above: str = "", below: str = "", head: str = "") -> Article:
    """The article of a page with this behind its second paragraph, above its first, and below it all."""
    body = f"<h1>River rises</h1>{above}<p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{THIRD}</p><p>{LAST}</p>"
    page = f"<!doctype html><html><head>{head}</head><body><article>{body}</article>{below}</body></html>"
    return article_from_html(page.encode(), None, NOW)


def blocks(found: Article) -> list[tuple[str, str]]:
    return [(one.kind, one.span.cut(found.text)) for one in found.blocks]


def inner(*arguments: str, **others: str) -> list[tuple[str, str]]:
    """The blocks that are neither the headline nor one of the four paragraphs."""
    found = blocks(article(*arguments, **others))
    return [one for one in found if one[0] != "headline" and one[1] not in {FIRST, SECOND, THIRD, LAST}]


def test_blocks_make_up_the_text() -> None:
    found = article(FIGURE)
    assert "\n\n".join(words for _, words in blocks(found)) == found.text
    assert blocks(found)[:3] == [("headline", "River rises"), ("paragraph", FIRST), ("paragraph", SECOND)]


def test_caption_stands_where_its_picture_is() -> None:
    assert blocks(article(FIGURE))[2:5] == [("paragraph", SECOND), ("caption", CAPTION), ("paragraph", THIRD)]


def test_caption_above_the_article_comes_first() -> None:
    assert blocks(article("", FIGURE))[:3] == [("headline", "River rises"), ("caption", CAPTION), ("paragraph", FIRST)]


def test_caption_is_stored_once() -> None:
    assert inner(FIGURE, FIGURE) == [("caption", CAPTION)]


def test_credit_does_not_run_into_its_caption() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The dam held<span>Credit: Ana Lopez</span></figcaption></figure>"
    assert inner(figure) == [("caption", "The dam held Credit: Ana Lopez")]


def test_comment_cuts_no_caption_short() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The dam <!-- alt -->in 2019<?php x ?> held</figcaption></figure>"
    assert inner(figure) == [("caption", "The dam in 2019 held")]


def test_caption_kept_from_screen_readers_is_seen() -> None:
    figure = f"<figure><img src=a.jpg><figcaption><span aria-hidden=true>{CAPTION}</span></figcaption></figure>"
    assert inner(figure) == [("caption", CAPTION)]
    assert inner(FIGURE.replace("<figcaption>", "<figcaption aria-hidden=true>")) == [("caption", CAPTION)]


@pytest.mark.parametrize(
    "figure",
    [
        f"<div><img src=a.jpg><p class=wp-caption-text>{CAPTION}</p></div>",
        f"<button><img src=a.jpg><figcaption>{CAPTION}</figcaption></button>",
        f"<figure><a href=/dam.jpg><img src=a.jpg></a><figcaption>{CAPTION}</figcaption></figure>",
        f"<a href=/dam.jpg><figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure></a>",
    ],
)
def test_captions_are_written_in_many_ways(figure: str) -> None:
    assert inner(figure) == [("caption", CAPTION)]


@pytest.mark.parametrize(
    "figure",
    [
        f"<a href=/another-story>{FIGURE}</a>",
        f"<aside>{FIGURE}</aside>",
        f"<div class='related-stories'>{FIGURE}</div>",
        f"<figure hidden><figcaption>{CAPTION}</figcaption></figure>",
        "<figure><img src=a.jpg><figcaption>Advertisement</figcaption></figure>",
        f"<aside><p class=caption>{CAPTION.replace('Photo', '<a href=/x>Photo</a>')}</p></aside>",
    ],
)
def test_captions_of_other_things_stay_out(figure: str) -> None:
    assert inner(figure) == []


def test_captions_of_other_stories_stay_out() -> None:
    assert inner("", below=f"<article><h2>Another story</h2>{FIGURE}</article><footer>{FIGURE}</footer>") == []


def test_box_around_the_article_is_no_aside() -> None:
    body = f"<h1>River rises</h1><p>{FIRST}</p><p>{SECOND}</p>{FIGURE}<p>{THIRD}</p><p>{LAST}</p>"
    page = f"<!doctype html><html><body class=has-sidebar><div class=sidebar>{body}</div></body></html>"
    assert ("caption", CAPTION) in blocks(article_from_html(page.encode(), None, NOW))


@pytest.mark.parametrize(
    "parts",
    [
        [f"<figure><figcaption>Picture {number} of the dam</figcaption></figure>" for number in range(10_000)],
        [f"<p class=caption>Picture {number} of the dam</p>" for number in range(10_000)],
        ["<p>The dam held.</p>"] * 10_000,
        ["<ul><li>", "</ul>"] * 5_000,
    ],
    ids=["figures", "classes", "repeats", "nested"],
)
def test_work_grows_as_the_page_does(parts: list[str]) -> None:
    page = document_fromstring(f"<article><h1>River</h1><p>{FIRST}</p>{''.join(parts)}<p>{LAST}</p></article>")
    paragraphs = [FIRST, *["The dam held."] * 10_000, LAST]
    begin = process_time()
    found = told_apart(page, paragraphs)
    assert process_time() - begin < 5  # it was minutes where each caption was compared with all before it
    assert found[0].text == FIRST


@pytest.mark.parametrize(
    "page",
    [
        {"above": "<p class=standfirst>Two of its piers were found to be cracked.</p>"},
        {
            "above": "<div><p>Two of its piers were found to be cracked.</p></div>",
            "head": "<meta name=description content='Two of its piers were found to be cracked.'>",
        },
    ],
)
def test_standfirst_is_told_by_class_or_description(page: dict[str, str]) -> None:
    assert inner("", **page) == [("standfirst", "Two of its piers were found to be cracked.")]


def test_first_paragraph_that_describes_the_page_is_none() -> None:
    assert inner("", head=f"<meta name=description content='{FIRST}'>") == []


def test_heading_within_the_text_is_no_standfirst() -> None:
    assert inner("<h2 class=subhead>What it will cost the whole town</h2>") == [
        ("heading", "What it will cost the whole town")
    ]


def test_items_lose_their_marks() -> None:
    items = inner("<ul><li>One million for the first pier</li><li>Two for the <b>second</b></li></ul>")
    assert items == [("item", "One million for the first pier"), ("item", "Two for the second")]


def test_quote_set_apart_is_told() -> None:
    assert inner("<blockquote><p>We are sad, said the mayor of it.</p></blockquote>") == [
        ("quote", "We are sad, said the mayor of it.")
    ]


def test_figures_stay_below_their_headings() -> None:
    rows = inner(
        "<table><tr><th rowspan=2>Town</th><th colspan=2>Dead</th></tr><tr><th>2024</th><th>2025</th></tr>"
        "<tr><td rowspan=2>Leeds</td><td></td><td>4</td></tr><tr><td>&nbsp;</td><td>9</td></tr></table>"
    )

    assert [words for _, words in rows] == ["Town | Dead | Dead", "Town | 2024 | 2025", "Leeds | | 4", "Leeds | | 9"]


def test_cells_keep_their_times_and_buttons() -> None:
    rows = inner(
        "<table><tr><th><button>Day</button></th><th><button>Dead</button></th></tr>"
        "<tr><td><time>3 May</time></td><td>12</td></tr></table><ul><li><time>2019</time>: 12 dead</li></ul>"
    )

    assert [words for _, words in rows] == ["Day | Dead", "3 May | 12", "2019: 12 dead"]


def test_heading_ends_with_its_rows() -> None:
    rows = inner(
        "<table><thead><tr><th rowspan=3>Year</th><th>Dead</th></tr></thead>"
        "<tbody><tr><td>2019</td><td>12</td></tr><tr><td>2020</td><td>13</td></tr></tbody></table>"
    )

    assert [words for _, words in rows] == ["Year | Dead", "2019 | 12", "2020 | 13"]


@pytest.mark.parametrize("span", ["0", "+3", "3.0", " 3 rows", "003", "3"])
def test_span_is_the_number_that_browsers_read(span: str) -> None:
    body = f"<tr><td rowspan='{span}'>Leeds<td>2023<td>12<tr><td>2024<td>15<tr><td>2025<td>9"
    rows = inner(f"<table><tbody>{body}</tbody><tbody><tr><td>York<td>2023<td>7</tbody></table>")
    assert [words for _, words in rows] == [
        "Leeds | 2023 | 12",
        "Leeds | 2024 | 15",
        "Leeds | 2025 | 9",
        "York | 2023 | 7",
    ]


@pytest.mark.parametrize(("span", "heading"), [("+2", "Dead | Dead"), ("2.0", "Dead | Dead"), ("0", "Dead")])
def test_heading_spans_as_many_columns_as_in_browsers(span: str, heading: str) -> None:
    rows = inner(f"<table><tr><th>Town<th colspan='{span}'>Dead<tr><td>Leeds<td>12<td>15</table>")
    assert [words for _, words in rows] == [f"Town | {heading}", "Leeds | 12 | 15"]


def test_typed_table_keeps_the_places_of_empty_cells() -> None:
    rows = inner("<pre>City        2023  2024\nLeeds         12    14\n<b>New York</b>            22\n</pre>")
    assert [words for _, words in rows] == ["City | 2023 | 2024", "Leeds | 12 | 14", "New York | | 22"]


@pytest.mark.parametrize(
    "typed",
    ["The river  rose in  1953,\nand  it fell in 1954.", "rose  = True   # a sign\nfell  = False  # none", "Leeds  12"],
)
def test_typed_words_that_are_no_table_stay_words(typed: str) -> None:
    assert not any("|" in words for _, words in inner(f"<pre>{typed}</pre>"))


def test_cell_that_lays_out_a_page_is_said_once() -> None:
    rows = inner("<table><tr><td rowspan=3><p>It was sold.</p></td><td>1</td></tr><tr><td>2</td></tr></table>")

    assert " ".join(words for _, words in rows).count("It was sold.") == 1


def test_table_of_spans_alone_does_not_grow() -> None:
    rows = inner("<table>" + "<tr><td rowspan=60 colspan=60>x</td><td colspan=9>y</td></tr>" * 60 + "</table>")

    assert sum(len(words) for _, words in rows) < 20_000


def test_rows_of_table_are_blocks() -> None:
    rows = inner("<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2019</td><td>14,000</td></tr></table>")
    assert rows == [("table", "Year | Cars"), ("table", "2019 | 14,000")]


def test_post_of_somebody_else_is_told() -> None:
    post = "<blockquote class=twitter-tweet><p>The dam will not hold!</p>&mdash; Ana (@ana) May 3, 2019</blockquote>"
    assert inner(post) == [("embed", "The dam will not hold!"), ("embed", "— Ana (@ana) May 3, 2019")]


def test_sentences_of_page_know_their_blocks() -> None:
    sentences = sentences_of(article(f"<h2>What it costs</h2>{FIGURE}"))
    assert [(one.block, one.entry.kind) for one in sentences[3:6]] == [
        ("heading", "heading"),
        ("caption", None),
        ("caption", "credit"),
    ]


def test_page_without_body_has_blocks() -> None:
    page = f"<!doctype html><title>River rises</title><article><h1>River rises</h1><p>{FIRST}</p>{FIGURE}<p>{LAST}</p>"
    found = article_from_html(page.encode(), None, NOW)
    assert blocks(found)[1:] == [("paragraph", FIRST), ("caption", CAPTION), ("paragraph", LAST)]


@pytest.mark.parametrize(
    "below",
    [
        "<p class=lead>Two of its piers were found to be cracked.</p>",
        "<p>Two of its piers were found to be cracked.</p>",
        "<h2>Two of its piers were found to be cracked</h2>",
        "<p>Two of its piers were found to be cracked on 3 May 2022.</p>",
    ],
)
def test_sentence_below_the_headline_in_a_header_is_read(below: str) -> None:
    body = f"<header><h1>River rises</h1>{below}</header>" + "".join(f"<p>{one}</p>" for one in (FIRST, SECOND, LAST))
    for page in (f"<article>{body}</article>", f"<main><div>{body}</div></main>"):
        found = blocks(article_from_html(f"<!doctype html><html><body>{page}</body></html>".encode(), None, NOW))
        assert [text.startswith("Two of its piers") for _, text in found].count(True) == 1


@pytest.mark.parametrize(
    "below",
    [
        "<p>By Ana Lopez and Ben Okoro for the paper</p>",
        "<p>By Ana Lopez on Monday, May 3rd, 2022 at 11:08 a.m.</p>",
        "<p class=intro>Monday the third of May: 3 May 2022</p>",
        "<p><a href=/x>Two of its piers were found to be cracked.</a></p>",
    ],
)
def test_other_lines_of_a_header_are_no_standfirst(below: str) -> None:
    page = f"<article><header><h1>River rises</h1>{below}</header><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></article>"
    found = blocks(article_from_html(f"<!doctype html><html><body>{page}</body></html>".encode(), None, NOW))
    assert [one for one in found if one[0] == "standfirst"] == []


def test_header_of_a_site_holds_no_standfirst() -> None:
    header = "<header><h1>The Valley Daily</h1><p>All that the valley has to know since 1931.</p></header>"
    page = f"{header}<article><h2>River rises</h2><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></article>"
    head = "<head><title>River rises - The Valley Daily</title></head>"
    found = article_from_html(f"<!doctype html><html>{head}<body>{page}</body></html>".encode(), None, NOW)
    assert "All that the valley" not in found.text


CORRECTION = "Correction: an earlier version of this page said that the dam was built in 1913."


@pytest.mark.parametrize(
    "below",
    [
        f"<footer><p>{CORRECTION}</p></footer>",
        f"<footer class=article-footer><p class=correction>{CORRECTION}</p></footer>",
        f"<aside class=correction><p>{CORRECTION}</p></aside>",
        f"<div class=article-footer><p>{CORRECTION}</p></div>",
        "<footer><p>Berichtigung: In einer früheren Version hieß es, der Damm sei von 1913.</p></footer>",
        "<footer><h4>Correction</h4><p>The dam was built in 1931, and not in 1913.</p></footer>",
        "<footer><p>Clarification (3 May): The dam was built in 1931.</p></footer>",
    ],
)
def test_correction_below_the_article_is_read(below: str) -> None:
    page = f"<article><h1>River rises</h1><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{below}</article>"
    text = article_from_html(f"<!doctype html><html><body>{page}</body></html>".encode(), None, NOW).text
    assert "1913" in text or "Clarification" in text


def test_correction_behind_the_article_is_read_once() -> None:
    assert inner("", below=f"<section class=corrections><p>{CORRECTION}</p></section>") == [("paragraph", CORRECTION)]
    assert inner(f"<p>{CORRECTION}</p>") == [("paragraph", CORRECTION)]


@pytest.mark.parametrize(
    "below",
    [
        "<footer><p>Corrections: write to the editor of this page at any time.</p></footer>",
        "<aside class=related><p>Correction: an earlier version of another story named a wrong dam.</p></aside>",
        "<footer><p>Ana Lopez has written about dams since 1931.</p></footer>",
    ],
)
def test_other_words_below_the_article_are_no_correction(below: str) -> None:
    assert inner("", below=below) == []
