from datetime import UTC, date, datetime
from time import process_time

import pytest

from factcheck.intake.html import article_from_html, looks_like_html, read_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PARAGRAPHS = [
    "The river Stand rose by two metres on Monday, the water office said in a statement to the press.",
    "About 300 people left their homes in the old town, and the school became a shelter for the night.",
    "The mayor said that the dam, which was built in 1931, had held and would go on holding.",
]
BODY = "".join(f"<p>{one}</p>\n" for one in PARAGRAPHS)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>River rises | The Daily Stand-in</title>
<meta property="og:title" content="River rises by two metres">
<meta name="author" content="Ada Example; Bob Sample">
<meta property="article:published_time" content="2024-05-06T07:08:09Z">
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<header><h1>River rises by two metres</h1></header>
<article>{BODY}</article>
<aside><h2>Most read</h2><ul><li><a href="/goat">Goat elected mayor</a></li></ul></aside>
<section id="comments"><h3>Comments</h3><p>First! I never trusted that dam, not even as a child.</p></section>
<footer><p>Subscribe to our newsletter</p><p>Copyright 2024 The Daily Stand-in. All rights reserved.</p></footer>
<script>alert("never shown")</script>
</body>
</html>
"""


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html>",
        b"<!doctype HTML PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'>",
        b"\n  <html lang=en>",
        b"<HTML>",
        b"<!-- saved from a site -->\n<!-- twice --><html>",
        b"\xef\xbb\xbf<html>",
        b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>',
        b"<body><p>It rose.",
        "\ufeff<!DOCTYPE html>".encode("utf-16-le"),
        "\ufeff<html>".encode("utf-16-be"),
    ],
)
def test_page_is_known_by_its_beginning(content: bytes) -> None:
    assert looks_like_html(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"The tag <html> begins a page.", b"<htmlish>", b"<http://example.org>", b'<?xml version="1.0"?><rss>'],
)
def test_other_text_is_no_page(content: bytes) -> None:
    assert not looks_like_html(content)


def test_headline_stands_before_the_paragraphs() -> None:
    text = article_from_html(PAGE.encode(), None, NOW).text
    assert text == "\n\n".join(["River rises by two metres", *PARAGRAPHS])


def test_headline_is_not_put_twice() -> None:
    page = PAGE.replace("<header><h1>River rises by two metres</h1></header>", "").replace(
        "<article>", "<article><h1>River rises by two metres</h1>"
    )
    assert article_from_html(page.encode(), None, NOW).text.count("River rises") == 1


@pytest.mark.parametrize("words", ["Weather", "Goat", "I never trusted", "newsletter", "Copyright", "alert"])
def test_furniture_of_page_is_dropped(words: str) -> None:
    assert words in PAGE
    assert words not in article_from_html(PAGE.encode(), None, NOW).text


def test_page_names_its_metadata() -> None:
    article = article_from_html(PAGE.encode(), None, NOW)
    assert article.title == "River rises by two metres"
    assert article.authors == ("Ada Example", "Bob Sample")
    assert article.published == date(2024, 5, 6)
    assert article.language == "en-GB"
    assert article.retrieved_at == NOW


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("<html lang=de>", "de"),
        ("<html class='no-js' LANG='pt-BR'>", "pt-BR"),
        ('<html xml:lang="fr" lang="fr">', "fr"),
        ("<html>", None),
        ("<html data-lang='xx'>", None),
        ("<!-- <html lang=de> --><html lang=fr>", "fr"),
        ("<!--[if gt IE 8]><!--><html lang=fr><!--<![endif]-->", "fr"),
        ("<html lang=''>", None),
    ],
)
def test_language_is_what_page_says(tag: str, language: str | None) -> None:
    page = PAGE.replace('<html lang="en-GB">', tag)
    assert article_from_html(page.encode(), None, NOW).language == language


def test_page_may_name_no_metadata() -> None:
    article = article_from_html(f"<html><body><article>{BODY}</article></body></html>".encode(), None, NOW)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.title, article.authors, article.published, article.url) == (None, (), None, None)


def test_given_address_beats_the_canonical() -> None:
    page = PAGE.replace("</head>", '<link rel="canonical" href="https://example.org/canonical"></head>').encode()
    assert article_from_html(page, "https://example.org/here", NOW).url == "https://example.org/here"
    assert article_from_html(page, None, NOW).url == "https://example.org/canonical"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_page_says_its_own_encoding(encoding: str) -> None:
    page = PAGE.replace("utf-8", encoding).replace("The mayor", "Bürgermeister Müller")
    article = article_from_html(page.encode(encoding), None, NOW)
    assert "Bürgermeister Müller said" in article.text
    assert article.language == "en-GB"


@pytest.mark.parametrize("page", [b"<html>", b"<html><body></body></html>", b"<!DOCTYPE html><title>River</title>"])
def test_page_without_article_is_empty(page: bytes) -> None:
    assert article_from_html(page, "https://example.org/", NOW).text == ""


def test_blanks_in_paragraphs_are_single() -> None:
    page = PAGE.replace("rose by two metres on Monday", "rose by\n   two&nbsp;metres <b>on</b> Monday")
    assert PARAGRAPHS[0] in article_from_html(page.encode(), None, NOW).text


def test_comments_before_no_page_are_passed_over_once() -> None:
    began = process_time()

    assert not looks_like_html(b"<!-- -->" * 40 + b"# A title\n\nRain fell on Monday.\n")
    assert process_time() - began < 1


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>River rises</title></head><body></body></html><article>{}</article>",
        "<html><head><title>River rises</title></head></html><body><article>{}</article></body>",
        "<html><head><title>River rises</title></head><body><article><p>It rained.</p></html>{}</article>",
        "<html><head><title>River rises</title></head><body></body></html><!-- b --><html><body>{}</body></html>",
    ],
)
def test_article_behind_the_end_is_read(page: str) -> None:
    content = page.format(BODY).encode()
    assert all(one in article_from_html(content, None, NOW).text for one in PARAGRAPHS)
    assert all(one in read_html(content, None).text for one in PARAGRAPHS)


def test_data_behind_the_end_dates_the_page() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2024-05-07T07:08:09Z", "author": {"name": "Cem Third"}}'
    page = f"<html><body><article>{BODY}</article></body></html><script type='application/ld+json'>{data}</script>"
    article = article_from_html(page.encode(), None, NOW)
    assert (article.published, article.authors) == (date(2024, 5, 7), ("Cem Third",))


def test_row_of_a_table_keeps_its_heading_where_that_is_a_link_in_a_box() -> None:
    rows = (
        "<tr><th><div>• <a href=/c>2018</a> census</div></th><td>4,699,755</td></tr>"
        "<tr><th>September 2019 estimate</th><td>4,933,210</td></tr>"
        "<tr><th><a href=/e>Ethnic groups</a><div>(<a href=/c>2018</a>)</div></th>"
        "<td><div><ul><li>70.2% <a href=/eu>European</a></li><li>16.5% <a href=/m>Māori</a></li></ul></div></td></tr>"
    )
    line = "<p>The lake country has grown since 1990, the office of statistics said in a report on Friday.</p>"
    page = f"<html><body><article><h1>A lake country</h1>{line * 3}<table>{rows}</table>{line}</article></body></html>"

    text = article_from_html(page.encode(), "https://www.example.org/lakes", NOW).text

    assert "• 2018 census | 4,699,755\n\nSeptember 2019 estimate | 4,933,210" in text
    assert "Ethnic groups (2018) | 70.2% European 16.5% Māori" in text
