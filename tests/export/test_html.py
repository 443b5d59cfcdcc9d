import base64
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from lxml import html

from factcheck.domain.article import BlockKind, FiledArticle
from factcheck.domain.claim import Doubt, Flag
from factcheck.domain.desk import EditorialAct
from factcheck.domain.evidence import QuoteStatus, SourceKind, Stance
from factcheck.domain.page import PLAIN, ArticleShown, PageLook
from factcheck.domain.report import Report
from factcheck.domain.review import ExtractionOrigin, QueuedClaim
from factcheck.domain.sentence import FURNITURE, LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import Act, EditorialState
from factcheck.export.html import report_html as html_pieces
from factcheck.export.page_frame import language_tag, web_link

Reporting = Callable[..., Report]
FULL = PageLook(ArticleShown.FULL)

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- comment",
    "</style><style>*{display:none}",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; &copy;",
    "javascript:alert(1)",
]


def report_html(report: Report) -> str:
    return "".join(html_pieces(report.masthead, report.articles))


def page(report: Report) -> html.HtmlElement:
    return html.document_fromstring(report_html(report))


def shape(tree: html.HtmlElement) -> list[str]:
    return [str(one.tag) for one in tree.iter() if one.tag not in {"a", "mark", "span"}]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_claim_links_to_card_and_back(report_on: Reporting, checked: QueuedClaim) -> None:
    tree = page(report_on(checked, look=FULL))
    (ref,) = tree.cssselect(".text a.ref")
    (card,) = tree.cssselect(ref.get("href"))
    (back,) = card.cssselect("a[href^='#at-']")
    assert tree.cssselect(back.get("href")) == [ref]
    assert words(ref) == "✓Claim 1: Mostly true"


def test_article_is_marked_in_place(report_on: Reporting, checked: QueuedClaim) -> None:
    tree = page(report_on(checked, look=FULL))
    assert [one.text_content() for one in tree.cssselect("mark")] == ["The dam", "was built in 1931"]
    assert words(tree.cssselect(".text p")[0]).replace("✓Claim 1: Mostly true", "") == (
        "The dam was built in 1931. It held. Nobody was hurt."
    )


def test_card_tells_the_verdict(report_on: Reporting, checked: QueuedClaim) -> None:
    told = words(page(report_on(checked)).cssselect("#claim-1")[0])
    assert told.startswith(
        "✓ Mostly true Draft Right in what matters, wrong in a detail. 1 Claim 1: The dam was built in"
    )
    assert "The dam was built in 1931 The mayor Why It was opened in 1932." in told
    assert "Source Speaks for the claim Dams, The Archive, 1932 Begun in 1929, built in 1931." in told
    assert "Mostly true, on the scale truth-5, version 1" in told
    assert [one for one in ("none", "no contact", "against") if one in told] == []


def test_card_tells_the_machines_part(report_on: Reporting, waiting: QueuedClaim) -> None:
    told = words(page(report_on(waiting)).cssselect("#claim-2 .how")[0])
    assert "the language model fake:model, asked with the prompt extract_claims, version 1 (c0ffee" in told
    assert "dam (from sentence 1), years (from nowhere in the article)" in told
    assert "Doubt of the program: unsupported number: “95” stands nowhere in the article" in told


def test_card_tells_what_people_changed(report_on: Reporting, corrected: QueuedClaim) -> None:
    told = words(page(report_on(corrected)).cssselect("#claim-1")[0])
    assert "Corrected on March 1, 2026: was Mostly true, is True. A deed came up." in told
    assert "We asked on February 27, 2026 who had said so. The answer: No comment." in told
    assert "Judged by what was known on February 28, 2026." in told
    assert "Reworded by ada, March 1, 2026, 12:00 UTC. The model wrote: The dam was built in 1931." in told
    assert "Published by eve, March 1, 2026" in told
    for inside in ("Ask the archive.", "Libel?", "Well done."):
        assert inside not in told


def test_drafts_are_marked(report_on: Reporting, checked: QueuedClaim, corrected: QueuedClaim) -> None:
    draft, final = page(report_on(checked)), page(report_on(corrected))
    assert [words(one) for one in draft.cssselect(".card .draft")] == ["Draft"]
    assert words(draft.cssselect(".warning")[0]).startswith("Draft.")
    assert draft.findtext(".//title") == "Draft: Fact check: River rises"
    assert final.cssselect(".draft, .warning") == []


def test_withdrawn_claim_says_why(report_on: Reporting, corrected: QueuedClaim) -> None:
    act = EditorialAct(Act.WITHDRAWN, "eve", corrected.notes[0].at, "The deed was forged.")
    gone = replace(corrected, editorial=EditorialState.WITHDRAWN, editorial_acts=(*corrected.editorial_acts, act))
    tree = page(report_on(gone))
    assert words(tree.cssselect("#claim-1 .change")[0]) == "Withdrawn on March 1, 2026. The deed was forged."
    assert words(tree.cssselect("#claim-1 .badge")[0]) == "⊘ Withdrawn"
    assert tree.cssselect("#claim-1 .meaning") == []


def test_chart_counts_in_words(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    later = [replace(checked, id=number) for number in range(3, 6)]
    tree = page(report_on(checked, *later, waiting))
    assert words(tree.cssselect("svg desc")[0]) == "4 × Mostly true, 1 × Not checked yet"
    assert [one.text_content() for one in tree.cssselect("svg .count")] == ["4", "1"]
    assert [one.get("width") for one in tree.cssselect("svg rect")] == ["220", "55"]


def test_few_claims_need_no_chart(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    tree = page(report_on(checked, waiting))
    assert tree.cssselect("svg, form, script:not([type])") == []
    assert words(tree.cssselect(".outcomes")[0]) == "✓ 1 × Mostly true ○ 1 × Not checked yet"


def test_empty_report_is_a_page(report_on: Reporting) -> None:
    tree = page(report_on())
    assert tree.cssselect("svg, form, .card") == []
    assert "No claim of this article has been checked yet." in words(tree)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_changes_no_markup(
    report_on: Reporting, checked: QueuedClaim, origin: ExtractionOrigin, text: str
) -> None:
    assert checked.verdict is not None
    source = replace(checked.evidence[0], title=text, quote=text, publisher=text, published=text)
    hostile = replace(
        checked,
        claim=replace(checked.claim, text=text, speaker=text, reason=text),
        verdict=replace(checked.verdict, label=text, scale=text, reviewer=text, rationale=text),
        evidence=(source,),
        origin=replace(origin, model=text, recording=text),
    )
    harmless = replace(checked, origin=replace(origin, recording="r"), verdict=replace(checked.verdict, scale="other"))
    tree = page(report_on(hostile, text=text + " " * 60, title=text, authors=(text,), language=text))
    assert shape(tree) == shape(page(report_on(harmless, text="x" * 60, authors=("x",))))
    assert words(tree.cssselect("#claim-1 .claim [dir]")[0]) == " ".join(text.split())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://u:p@a.example", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_link(url) is None
    assert web_link("https://a.example/x") == "https://a.example/x"


def test_article_url_is_no_trap(report_on: Reporting, checked: QueuedClaim) -> None:
    tree = page(report_on(checked, url="javascript:alert(1)"))
    assert {one.get("href")[:5] for one in tree.cssselect("a")} == {"#main", "#clai", "https"}
    assert "javascript:alert(1)" in words(tree)


def test_policy_names_what_is_inside(report_on: Reporting, checked: QueuedClaim) -> None:
    tree = page(report_on(*(replace(checked, id=number) for number in range(1, 9))))
    policy = tree.cssselect("meta[http-equiv]")[0].get("content")
    for tag in ("style", "script"):
        digest = sha256(tree.find(f".//{tag}").text.encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert tree.xpath("//@style | //@onclick | //@src") == []


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar"), ("pt-BR", "pt-BR"), ("x' onload='", None), (None, None)])
def test_language_tag_is_looked_at(language: str | None, tag: str | None) -> None:
    assert language_tag(language) == tag


def test_control_characters_are_shown(report_on: Reporting, checked: QueuedClaim) -> None:
    hostile = replace(checked, claim=replace(checked.claim, text="a\x1b[31m\u202eb"))
    assert "a\ufffd[31m\ufffdb" in report_html(report_on(hostile))


def test_every_stance_has_its_place(report_on: Reporting, checked: QueuedClaim) -> None:
    found = tuple(replace(checked.evidence[0], url=f"https://{one}.example/", title=None, stance=one) for one in Stance)
    told = [words(one) for one in page(report_on(replace(checked, evidence=found))).cssselect(".stance")]
    assert told == ["Speaks for the claim", "Speaks against the claim", "Background"]


def test_source_tells_what_is_kept(report_on: Reporting, checked: QueuedClaim) -> None:
    kept = replace(
        checked.evidence[0],
        kind=SourceKind.PRIMARY,
        locator="p. 4",
        quote_status=QuoteStatus.EXACT,
        retrieved_at=checked.evidence[0].added_at,
        sha256="d" * 64,
        archive_url="https://archive.example/1",
    )
    card = page(report_on(replace(checked, evidence=(kept,)))).cssselect("#claim-1")[0]
    source = card.cssselect(".sources li")[0]
    assert words(source).startswith("Dams, The Archive, 1932, p. 4, primary source")
    assert words(source).endswith("Read on March 1, 2026. Archived copy")
    assert f"Dams: words found in the copy; copy {'d' * 64}; added by ada" in words(card.cssselect(".how")[0])
    assert [one.get("href") for one in source.cssselect("a")] == [kept.url, kept.archive_url]


def test_described_source_is_no_link(report_on: Reporting, checked: QueuedClaim) -> None:
    told = replace(checked.evidence[0], url=None, title=None, description="A letter", anonymous=True)
    source = page(report_on(replace(checked, evidence=(told,)))).cssselect(".sources li")[0]
    assert words(source).startswith("A letter, The Archive, 1932, who wishes not to be named")
    assert source.cssselect("a") == []


def test_page_names_tool_and_record(report_on: Reporting, checked: QueuedClaim, origin: ExtractionOrigin) -> None:
    taped = replace(origin, recording="river.yaml", recording_sha256="a" * 64)
    foot = words(page(report_on(replace(checked, origin=taped))).cssselect("footer.imprint")[0])
    assert "Written by factcheck-desk 1.2.3." in foot
    assert re.search(r"Record: [0-9a-f]{64}", foot)
    assert f"Recording: river.yaml {'a' * 64}" in foot


def test_same_report_gives_same_page(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    assert report_html(report_on(checked, waiting)) == report_html(report_on(checked, waiting))


def test_blocks_are_shown_as_what_they_are(report_on: Reporting) -> None:
    text = "Dam\n\nOne\n\nTwo\n\nSad\n\nA dam"
    kinds = (BlockKind.HEADING, BlockKind.ITEM, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CAPTION)
    sentences = tuple(
        Sentence(number, Span(place.start(), place.end()), kind)
        for number, (place, kind) in enumerate(zip(re.finditer(r"[\w ]+", text), kinds, strict=True), 1)
    )
    report = report_on(look=FULL)
    filed = FiledArticle(1, replace(report.articles[0].filed.article, text=text))
    article = replace(report.articles[0], filed=filed, sentences=sentences)

    (shown,) = page(replace(report, articles=(article,))).cssselect(".text")

    assert [(one.tag, one.get("class"), words(one)) for one in shown] == [
        ("h4", "part", "Dam"),
        ("ul", None, "One Two"),
        ("blockquote", None, "Sad"),
        ("p", "caption", "A dam"),
    ]
    assert [words(one) for one in shown.cssselect("li")] == ["One", "Two"]


def test_excerpt_is_cut_out_of_its_paragraph(report_on: Reporting, checked: QueuedClaim) -> None:
    (shown,) = page(report_on(checked)).cssselect("#claim-1 .place .text")
    assert [one.text_content() for one in shown.cssselect("mark")] == ["The dam", "was built in 1931"]
    assert words(shown).replace("✓Claim 1: Mostly true", "") == "The dam was built in 1931. It held. …"


def test_uncertain_place_is_not_marked(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    tree = page(report_on(waiting))
    assert tree.cssselect("mark") == []
    assert "The exact words were not found" in words(tree.cssselect("#claim-2 .place")[0])
    astray = replace(checked, claim=replace(checked.claim, doubts=(Doubt(Flag.ASTRAY, "so"),)))
    for look in (PLAIN, FULL):
        assert page(report_on(astray, look=look)).cssselect("mark, .place, blockquote.said") == []


def test_article_may_stay_away(report_on: Reporting, checked: QueuedClaim) -> None:
    assert "Nobody was hurt" not in report_html(report_on(checked, look=PageLook(ArticleShown.NONE)))
    assert page(report_on(checked, look=PageLook(ArticleShown.NONE))).cssselect(".place, mark, .text") == []


def test_page_furniture_is_not_republished(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked, look=FULL, text="The dam was built in 1931.\nIt held.\nNobody was hurt.")
    (article,) = report.articles
    entry = LedgerEntry(SentenceState.NOT_CHECKABLE, FURNITURE)
    sentences = (*article.sentences[:2], replace(article.sentences[2], entry=entry))
    assert "Nobody" not in report_html(replace(report, articles=(replace(article, sentences=sentences),)))


def test_no_link_leads_into_furniture(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked, look=FULL, text="The dam was built in 1931.\nIt held.\nNobody was hurt.")
    (article,) = report.articles
    entry = LedgerEntry(SentenceState.NOT_CHECKABLE, FURNITURE)
    sentences = (replace(article.sentences[0], entry=entry), *article.sentences[1:])
    tree = page(replace(report, articles=(replace(article, sentences=sentences),)))
    assert {one for one in tree.xpath("//@href") if one.startswith("#")} <= {f"#{one}" for one in tree.xpath("//@id")}
    assert len(tree.cssselect("blockquote.said, .said")) == 1


def test_several_articles_have_one_head(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked)
    other = replace(report.articles[0], filed=FiledArticle(2, report.articles[0].filed.article), claims=())
    tree = page(replace(report, articles=(*report.articles, other)))
    assert [words(one) for one in tree.cssselect("h1, h2")][:3] == ["Fact checks", "Articles", "River rises"]
    assert words(tree.cssselect("h1 + .standfirst")[0]) == "1 claim checked, of 2 articles."
