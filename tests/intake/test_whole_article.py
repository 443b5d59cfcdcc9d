"""The whole article, where one extractor loses a part of it, and nothing but the article."""

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest
from lxml.html import document_fromstring

from factcheck.intake.html import article_from_html
from factcheck.intake.whole_article import completed

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
LINES = [f"Paragraph {one} says that the dam, which was built in 1931, had held and would hold." for one in NUMBERS]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def text_of(body: str, told: Any = None) -> str:
    """The text of a page with this body, which tells machines this, without its headline."""
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>" if told else ""
    page = f"<!doctype html><html lang=en><head>{script}</head><body><h1>River rises</h1>{body}</body></html>"
    return article_from_html(page.encode(), "https://www.example.org/river", NOW).text.partition("\n\n")[2]


def test_short_paragraph_of_links_stays_in_its_place() -> None:
    linked = "It also <a href='https://example.net/a'>runs two other dams</a> in the valley."
    blocks = [f"<div class=block><p class=text>{one}</p></div>" for one in (*LINES[:4], linked, *LINES[4:])]
    assert LINES[3] + "\n\nIt also runs two other dams in the valley.\n\n" in text_of(f"<main>{''.join(blocks)}</main>")


def test_containers_of_one_article_are_one_text() -> None:
    parts = [f"<div class=wrap><div class=text-part>{paragraphs(*LINES[at : at + 4])}</div></div>" for at in (0, 4)]
    page = document_fromstring(f"<main><div>{'<aside>Advertisement</aside>'.join(parts)}</div></main>")
    assert completed(page, LINES[:4]) == LINES


@pytest.mark.parametrize(
    "box",
    [
        "<div>In all 45 people left their homes.</div>",
        "<div class=text>In all 45 <b>people</b> left their homes.</div>",
        "<my-note>In all 45 people left their homes.</my-note>",
        "In all <b>45 people</b> left their homes.",
        "<div>In all 45 people left their homes.<p>It was a Sunday.</p>He saw it.</div>",
    ],
)
def test_text_that_stands_among_paragraphs_is_read(box: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4])}{box}{paragraphs(*LINES[4:])}</article>").split("\n\n")
    assert text[3:5] == [LINES[3], "In all 45 people left their homes."]
    assert text[-4:] == LINES[4:]


def test_plain_boxes_behind_the_last_paragraph_are_read() -> None:
    body = f"{paragraphs(*LINES)}<div>In all 45 people left their homes.</div><div>It was a Sunday in May.</div>"
    text = text_of(f"<article>{body}<div class=note>This site has a policy of its own.</div></article>")
    assert text.split("\n\n")[7:] == [LINES[7], "In all 45 people left their homes.", "It was a Sunday in May."]


@pytest.mark.parametrize(
    "box",
    [
        "<div>Advertisement</div>",
        "<div><a href=/more>Read how the dam has been built in the year.</a></div>",
        "<aside><p>The paper of the town.</p><div>In all 45 people left their homes.</div></aside>",
        "<div hidden>In all 45 people left their homes.</div>",
    ],
)
def test_boxes_among_paragraphs_that_say_nothing_of_it_are_left_out(box: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4])}{box}{paragraphs(*LINES[4:])}</article>")
    assert text.split("\n\n") == LINES


def test_table_by_its_roles_is_a_table() -> None:
    rows = (("columnheader", "City", "Dead"), ("cell", "Leeds", "12"))
    told = "".join(
        f"<div role=row>{''.join(f'<span role={role}>{one}</span>' for one in cells)}</div>" for role, *cells in rows
    )
    body = f"{paragraphs(*LINES[:4])}<div role=table>{told}</div>{paragraphs(*LINES[4:])}"
    assert text_of(f"<article>{body}</article>").split("\n\n")[3:7] == [LINES[3], "City | Dead", "Leeds | 12", LINES[4]]


@pytest.mark.parametrize(
    "kept",
    [
        "Download figures from the ministry show that <a href='/a'>12 million apps</a> were sold.",
        "Email traffic between the mayor and Facebook shows that <a href='/a'>payments</a> were made.",
        "Follow-up tests on <a href='/a'>the app</a> go on.",
        "Like us, the Danes pay for <a href='/a'>apps</a> daily.",
        "Listen to what he wrote on Twitter: “Our town was lost”, <a href='/a'>he said</a>.",
        "Got a tip from Facebook? In <a href='/a'>a survey</a> 12 per cent said yes.",
        "Descarga eléctrica en Lima: <a href='/a'>45 muertos</a>, dice Facebook.",
    ],
)
def test_sentence_that_begins_as_an_offer_and_tells_something_is_kept(kept: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4], kept, *LINES[4:])}</article>").split("\n\n")
    assert (text[3][-10:], text[4][:8], text[5]) == (LINES[3][-10:], kept[:8], LINES[4])


@pytest.mark.parametrize("short", ["12<br>34 and<br/>56", "Dead:<br>45"])
def test_short_paragraph_of_several_lines_stands_once(short: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4], short, *LINES[4:])}</article>")
    lines = short.replace("<br/>", "<br>").split("<br>")
    assert text.split("\n\n") == [*LINES[:4], *lines, *LINES[4:]]


def test_like_container_of_another_story_is_not_merged() -> None:
    first, second = (paragraphs(*LINES[at : at + 4]) for at in (0, 4))
    page = f"<main><div class=text>{first}</div><div class=text><h1>Road closed</h1>{second}</div></main>"
    assert completed(document_fromstring(page), LINES[:4]) == LINES[:4]


def test_line_that_lost_words_is_mended() -> None:
    lost = f"{LINES[2]} It rose by 3 metres in 1953."
    page = document_fromstring(f"<main>{paragraphs(*LINES[:2], lost, *LINES[3:])}</main>")
    assert completed(page, [*LINES[:2], lost.replace("by 3 metres ", ""), *LINES[3:]])[2] == lost


def test_subheading_in_a_box_of_its_own_stays() -> None:
    body = f"{paragraphs(*LINES[:4])}<div class='sub-headline'>Who pays for it?</div>{paragraphs(*LINES[4:])}"
    assert f"{LINES[3]}\n\nWho pays for it?\n\n{LINES[4]}" in text_of(f"<article>{body}</article>")


@pytest.mark.parametrize("told", [{"articleBody": "\n".join(LINES)}, {"articleBody": paragraphs(*LINES)}])
def test_longer_body_that_the_page_tells_is_taken(told: dict[str, str]) -> None:
    assert text_of(f"<article>{paragraphs(*LINES[:4])}</article>", {"@type": "NewsArticle"} | told).endswith(LINES[7])


@pytest.mark.parametrize("is_spelt", [True, False])
def test_body_in_html_is_read_as_it_is_seen(is_spelt: bool) -> None:  # noqa: FBT001 - a case
    more = (
        "<p>It holds 10<sup>6</sup> litres and <del>45</del><ins>54</ins> fish.</p><p hidden>900 dead.</p>"
        "<style>p {color: red}</style><table><tr><td>Leeds<td>12<tr><td>York<td>22</table>"
    )
    html = paragraphs(*LINES) + more
    told = {"@type": "NewsArticle", "articleBody": escape(html) if is_spelt else html}
    text = text_of(f"<article>{paragraphs(*LINES[:4])}</article>", told)
    assert text.split("\n\n")[7:] == [LINES[7], "It holds 10⁶ litres and 54 fish.", "Leeds | 12", "York | 22"]


def test_body_in_one_line_is_cut_where_paragraphs_begin() -> None:
    told = {"@type": "NewsArticle", "articleBody": "".join(LINES)}
    text = text_of(f"<article>{paragraphs(*LINES[:4])}</article>", told)
    assert text.split("\n\n")[:4] == LINES[:4]


@pytest.mark.parametrize(
    "told",
    ["A short summary of it all.", " ".join(f"Something else, number {at}, is told." for at in range(80))],
    ids=["shorter", "another"],
)
def test_body_of_something_else_is_not_taken(told: str) -> None:
    page = text_of(f"<article>{paragraphs(*LINES)}</article>", {"@type": "NewsArticle", "articleBody": told})
    assert page == "\n\n".join(LINES)


@pytest.mark.parametrize(
    "shown",
    [
        [LINES[0], "It cost 4.2 million euros, the mayor said in the town hall on Tuesday.", *LINES[1:4]],
        [LINES[0], "It cost forty-two million euros, the mayor said in the town hall on Tuesday.", *LINES[1:4]],
    ],
)
def test_other_numbers_for_machines_change_nothing(shown: list[str]) -> None:
    body = [LINES[0], "It cost 42,000 million euros, the mayor said in the town hall on Tuesday.", *LINES[1:]]
    told = {"@type": "NewsArticle", "articleBody": "\n".join(body)}
    assert text_of(f"<article>{paragraphs(*shown)}</article>", told) == "\n\n".join(shown)


def test_other_numbers_of_entries_change_nothing() -> None:
    entries = [{"@type": "BlogPosting", "articleBody": one.replace("1931", "1913")} for one in LINES]
    told = {"@type": "LiveBlogPosting", "liveBlogUpdate": entries}
    assert text_of(f"<article>{paragraphs(*LINES[:4])}</article>", told) == "\n\n".join(LINES[:4])


def test_what_is_shown_stays_where_more_is_told() -> None:
    correction = "Correction: an earlier version named another river."
    shown = [LINES[0], LINES[1].replace("would hold", "will hold"), *LINES[2:6], correction]
    told = {"@type": "NewsArticle", "articleBody": "\n".join([*LINES[:2], "It is the oldest here.", *LINES[2:]])}
    text = text_of(f"<article>{paragraphs(*shown)}</article>", told)
    assert text.split("\n\n") == [*shown[:2], "It is the oldest here.", *shown[2:6], *LINES[6:], correction]


def test_sentence_that_a_paragraph_lacks_is_added_behind_it() -> None:
    more = "Nobody in the whole valley had expected anything like it before the spring came."
    told = {"@type": "NewsArticle", "articleBody": "\n".join([f"{more} {LINES[0]}", *LINES[1:]])}
    text = text_of(f"<article>{paragraphs(*LINES[:6])}</article>", told)
    assert text.split("\n\n")[:3] == [LINES[0], more, LINES[1]]


def test_line_that_is_cut_short_is_completed() -> None:
    told = {"@type": "NewsArticle", "articleBody": "\n".join(LINES)}
    text = text_of(f"<article>{paragraphs(*LINES[:4], LINES[4][:50])}…</article>", told)
    assert text.split("\n\n") == LINES


def test_entries_of_a_live_blog_are_taken() -> None:
    entries = [{"@type": "BlogPosting", "headline": f"At {at}", "articleBody": one} for at, one in enumerate(LINES)]
    told = {"@type": "LiveBlogPosting", "liveBlogUpdate": entries}
    text = text_of(f"<article>{paragraphs(*LINES[:2])}</article>", told)
    assert text.split("\n\n")[-2:] == ["At 7", LINES[7]]


@pytest.mark.parametrize(
    "furniture",
    [
        "<h3>More</h3><ul><li><a href='/a'>How the dam was built</a><li><a href='/b'>Why the river rises</a></ul>",
        "<p>MORE: <a href='/a'>How the old dam was built</a></p>",
        "<p>THE WHOLE STORY | <a href='/a'>How the old dam was built</a></p>",
        "<p>&gt;&gt; <a href='/a'>How the old dam was built</a></p>",
        "<p>Sign up for <a href='/n'>our newsletter</a> to know how the dam fares.</p>",
        "<p>Follow us on <a href='/n'>Facebook</a> to know how the dam fares.</p>",
        "<p>Email <a href='/n'>the desk of the newsletter</a> if you were there in 1953.</p>",
        "<p>Join 12 million readers, and <a href='/n'>subscribe to our newsletter</a>.</p>",
        "<p>Le puede interesar: <a href='/a'>How the old dam was built</a></p>",
    ],
)
def test_furniture_of_a_page_is_not_stored(furniture: str) -> None:
    body = f"{paragraphs(*LINES[:4])}{furniture}{paragraphs(*LINES[4:])}"
    assert text_of(f"<article>{body}</article>") == "\n\n".join(LINES)


@pytest.mark.parametrize(
    "kept",
    [
        "<ul><li>The <a href='/a'>first gate</a> opened in May.<li>The <a href='/b'>second gate</a> in June.</ul>",
        "<p>NOTE: the level is measured at <a href='/a'>the old gate</a> each morning in spring.</p>",
        "<p>Follow the river to the sea and you will pass <a href='/a'>two other dams</a> in the valley.</p>",
    ],
)
def test_paragraph_with_a_link_is_no_furniture(kept: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4])}{kept}{paragraphs(*LINES[4:])}</article>")
    assert len(text.split()) > len(" ".join(LINES).split()) + 10


@pytest.mark.parametrize(
    "kept",
    [
        "<p><a href='/r'>A survey found in 1987 that the old dam had lost a third of its stones.</a></p>",
        "<p><a href='/r'>A survey found in 1987 that the old dam had lost a third of its stones</a>.</p>",
        (
            "<p>Two gates were found to leak:</p><ul><li><a href='/a'>The upper gate loses 40 litres</a></li>"
            "<li><a href='/b'>The lower gate loses 12 litres</a></li></ul>"
        ),
        (
            "<p>Two gates were found to leak:</p><ul><li><a href='/a'>Vik</a> loses 40 litres.</li>"
            "<li><a href='/b'>Mo</a> loses 12 litres.</li></ul>"
        ),
    ],
)
def test_linked_sentences_of_the_article_are_read(kept: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4])}{kept}{paragraphs(*LINES[4:])}</article>")
    assert any(one in text for one in ("lost a third of its stones", "12 litres"))
    assert "survey" in text or "40 litres" in text


@pytest.mark.parametrize(
    "link",
    [
        "<p><a href='/r'>Survey finds that the old dam has lost a third of its stones</a></p>",
        "<p><a href='/r'>Subscribe to the newsletter in which we told of the dam in 1987.</a></p>",
        (
            "<p>These stories were read most in 1987:</p><ul><li><a href='/a'>The upper gate loses 40 litres</a></li>"
            "<li><a href='/b'>The lower gate loses 12 litres</a></li></ul>"
        ),
    ],
)
def test_links_to_other_stories_are_not_read(link: str) -> None:
    text = text_of(f"<article>{paragraphs(*LINES[:4])}{link}{paragraphs(*LINES[4:])}</article>")
    assert not any(one in text for one in ("stones", "newsletter", "litres"))


def test_article_whose_paragraphs_an_extractor_joined_is_read() -> None:
    page = document_fromstring(f"<main>{paragraphs(*LINES, 'In all 45 people left their homes.')}</main>")

    assert completed(page, [" ".join(LINES)]) == [" ".join(LINES)]
