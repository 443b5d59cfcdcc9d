"""What readers have said below an article is no word of it."""

from datetime import UTC, datetime

import pytest

from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REST = "".join(
    f"<p>Paragraph {number} says that the quay, which was built in 1931, had held and would go on holding.</p>"
    for number in ("one", "two", "three", "four")
)
SAID = "<p>The mayor pocketed half of the money for that quay, and all of the harbour has known it for years.</p>"
OFFICE = "<p>The harbour office said on Friday that it had looked through all of the papers and found no fault.</p>"


def text_of(end: str, begin: str = "") -> str:
    """The text of an article with this before and behind its paragraphs."""
    page = f"<!doctype html><html lang=en><body><article><h1>Quay holds</h1>{begin}{REST}{end}</article></body></html>"
    return article_from_html(page.encode(), None, NOW).text


@pytest.mark.parametrize(
    "box",
    [
        f"<section><h2>Comments</h2><p>Gull, 3 hours ago</p>{SAID}</section>",
        f"<section class=forum><h3>27 comments</h3><div class=entry>{SAID}</div></section>",
        f"<div><h3>Comments (27)</h3>{SAID}</div>",
        f"<div><div><h3>Leave a reply</h3></div>{SAID}</div>",
        f"<div><h4>Join the conversation</h4><article>{SAID}</article></div>",
        f"<div><h3>Schreiben Sie einen Kommentar</h3>{SAID}</div>",
        f"<div><h3>Commentaires</h3><span>Gull, il y a 3 heures</span>{SAID}</div>",
        f"<section aria-label=Kommentare>{SAID}</section>",
        f"<div itemprop=comment itemscope itemtype='https://schema.org/Comment'>{SAID}</div>",
        f"<div typeof='sioc:Post sioct:Comment'>{SAID}</div>",
        f"<h3>Comments</h3><ul><li>Gull <button>Reply</button>{SAID}</li></ul>",
    ],
)
def test_comments_of_readers_are_no_sentences_of_the_article(box: str) -> None:
    text = text_of(box)
    assert "pocketed" not in text
    assert "Paragraph four" in text


@pytest.mark.parametrize(
    "section",
    [
        f"<section><h2>Comments</h2>{OFFICE}</section>",
        f"<h2>Comments</h2>{OFFICE}",
        f"<h2>Comments of the harbour office</h2>{OFFICE}",
        f"<section><h2>27 comments were sent to the office</h2>{OFFICE}</section>",
    ],
)
def test_section_of_the_article_may_be_called_comments(section: str) -> None:
    assert "found no fault" in text_of(section)


@pytest.mark.parametrize("invitation", ["<h3>Join the conversation</h3>", "<h3>Leave a comment</h3>"])
def test_article_goes_on_behind_an_invitation(invitation: str) -> None:
    for begin in (invitation, f"<div>{invitation}<form><input></form></div>", f"<div>{invitation}{OFFICE}</div>"):
        text = text_of("", begin)
        assert all(f"Paragraph {number}" in text for number in ("one", "two", "three", "four"))


def test_page_of_comments_alone_keeps_them() -> None:
    said = "".join(f"<div itemprop=comment><p>{number}. {SAID.removeprefix('<p>')}</div>" for number in range(6))
    text = article_from_html(f"<!doctype html><html><body><h1>A</h1>{said}</body></html>".encode(), None, NOW).text
    assert "pocketed" in text
