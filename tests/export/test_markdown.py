"""What is written is also rendered: the renderer comes with rich."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import record_of
from markdown_it import MarkdownIt

from factcheck.domain.claim import Anchor, AnchorStatus, Doubt, Flag
from factcheck.domain.report import Report
from factcheck.domain.review import ExtractionOrigin, QueuedClaim
from factcheck.export.markdown import autolink, escape_markdown
from factcheck.export.markdown import report_markdown as markdown_pieces

Reporting = Callable[..., Report]

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- comment",
    "&lt;b&gt; &amp; &#60; &copy;",
    "`code` and ```fence",
    "*bold* **bold** _slanted_ __bold__",
    "[link](javascript:alert(1))",
    "![picture](https://a.example/x.png)",
    "<https://a.example>",
    "[ref]: https://a.example",
    "| a | b |",
    "~~gone~~",
    "\\*already\\*",
    "ends in \\",
    "# heading",
    "###### heading",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "1986) item",
    "---",
    "===",
    "> quote",
    "~~~",
    "snake_case and 2*3*4",
]


def report_markdown(report: Report) -> str:
    return "".join(markdown_pieces(report.masthead, report.articles))


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def rewritten(claim: QueuedClaim, text: str) -> QueuedClaim:
    return replace(claim, claim=replace(claim.claim, text=text))


@pytest.mark.parametrize("text", [*HOSTILE, "The dam was built in 1931 (“the old one”), at 5 p.m. & cost $3."])
def test_escaped_text_renders_as_written(text: str) -> None:
    assert rendered(escape_markdown(text)) == f"<p>{html.escape(text)}</p>\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_item_text_renders_as_written(text: str) -> None:
    assert rendered(f"- {escape_markdown(text)}") == f"<ul>\n<li>{html.escape(text)}</li>\n</ul>\n"


@pytest.mark.parametrize("text", ["It fell by -5 degrees.", "#dam", "-5 degrees", "5.3 metres", "1931", "C#", "R&D"])
def test_plain_text_is_not_escaped(text: str) -> None:
    assert escape_markdown(text) == text


def test_line_breaks_cannot_start_blocks() -> None:
    assert escape_markdown("one\n\n# two\r\n- three\u2028four") == "one # two\ufffd - three four"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b?c=d&e=%20#f", "<https://a.example/b?c=d&e=%20#f>"),
        ("https://a.example/<script>", "<https://a.example/%3Cscript%3E>"),
        ("https://a.example/`x`|y\\z", "<https://a.example/%60x%60%7Cy%5Cz>"),
        ("https://a.example/größe", "<https://a.example/gr%C3%B6%C3%9Fe>"),
    ],
)
def test_address_cannot_leave_its_link(url: str, link: str) -> None:
    assert autolink(url) == link


def test_report_names_its_source(report_on: Reporting) -> None:
    report = report_on()
    written = report_markdown(report)
    assert "## River rises\n" in written
    assert "- Source: <https://example.org/river>\n- By: Ada Example, Bob Sample\n- Published: 2024-05-06\n" in written
    assert f"- Text: 52 characters, sha256 `{report.articles[0].filed.article.sha256}`\n" in written


def test_report_counts_sentences_and_claims(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    written = report_markdown(report_on(checked, waiting))
    assert "- Sentences: 3: 2 claims, 1 not checkable\n" in written
    assert "- Claims: 2, of which 1 checked: 1 mostly-true\n" in written


def test_report_gives_verdict_and_reason(report_on: Reporting, checked: QueuedClaim) -> None:
    written = report_markdown(report_on(checked))
    assert "### Claim 1: MOSTLY-TRUE (draft)\n\n**The dam was built in 1931.**\n" in written
    assert "- Verdict: **mostly-true** (truth-5 v1). Right in what matters, wrong in a detail.\n" in written
    assert "- Why: It was opened in 1932.\n- Decided: 2026-03-01 12:00 UTC by ada\n" in written
    assert "- Credits: first reader ada\n- Said by: The mayor\n" in written


def test_report_links_its_evidence(report_on: Reporting, checked: QueuedClaim) -> None:
    written = report_markdown(report_on(checked))
    assert "  - supports: <https://archive.example/dam?p=1>, Dams, The Archive, 1932, quote not looked for\n" in written
    assert "“Begun in 1929, built in 1931.”\n" in written
    assert '<a href="https://archive.example/dam?p=1">' in rendered(written)


def test_verdict_without_evidence_says_so(report_on: Reporting, checked: QueuedClaim) -> None:
    assert "- Evidence: none was named\n" in report_markdown(report_on(replace(checked, evidence=())))


def test_report_shows_the_articles_words(report_on: Reporting, checked: QueuedClaim) -> None:
    written = report_markdown(report_on(checked))
    assert "- In the article (exact):\n\n  > The dam was built in 1931.\n" in written
    assert "<blockquote>\n<p>The dam was built in 1931.</p>\n</blockquote>" in rendered(written)


def test_unplaced_claim_says_so(report_on: Reporting, checked: QueuedClaim) -> None:
    unplaced = replace(checked, claim=replace(checked.claim, anchor=Anchor(AnchorStatus.NONE)))
    written = report_markdown(report_on(unplaced))
    assert "- In the article (none):\n\n  > (the words were not found)\n" in written


def test_report_names_model_and_prompt(report_on: Reporting, checked: QueuedClaim) -> None:
    written = report_markdown(report_on(checked))
    assert "- Extracted by fake:model, prompt extract\\_claims v1 `c0ffee000000`, run 3\n" in written


def test_report_names_the_recording(report_on: Reporting, checked: QueuedClaim, origin: ExtractionOrigin) -> None:
    recorded = replace(checked, origin=replace(origin, recording="river.yaml"))
    assert "run 3, recording river.yaml\n" in report_markdown(report_on(recorded))


def test_vanished_claim_says_so(report_on: Reporting, checked: QueuedClaim) -> None:
    assert "- No longer found: run 7 asked" in report_markdown(report_on(replace(checked, vanished_in=7)))


def test_waiting_claims_are_listed_apart(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    written = report_markdown(report_on(waiting, checked))
    listed = written.split("### Not yet checked\n\n")[1]
    flags = "unanchored\\_quote, unsupported\\_number"
    assert listed.startswith(
        f"1. The dam held for 95 years. (claim 2, {flags})\n"
        "   - unsupported\\_number: “95” stands nowhere in the article\n"
    )
    assert "1931" not in listed


def test_checked_claim_tells_its_flags(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    flagged = replace(checked, claim=replace(checked.claim, doubts=waiting.claim.doubts))
    written = report_markdown(report_on(flagged))
    assert (
        "- Flag unanchored\\_quote\n- Flag unsupported\\_number: “95” stands nowhere in the article\n- Evidence:"
        in written
    )
    assert "Flag" not in report_markdown(report_on(checked))


def test_flags_words_stay_words(report_on: Reporting, waiting: QueuedClaim) -> None:
    hostile = Doubt(Flag.UNKNOWN_NAME, "“[Boeing](https://evil.example)” stands nowhere in the article")
    written = report_markdown(report_on(replace(waiting, claim=replace(waiting.claim, doubts=(hostile,)))))
    assert "\\[Boeing\\]" in written


def test_report_without_claims_is_short(report_on: Reporting) -> None:
    written = report_markdown(report_on())
    assert "- Claims: 0, of which 0 checked\n" in written
    assert "###" not in written


def test_untitled_article_goes_by_its_words(report_on: Reporting) -> None:
    assert "## The dam was built in 1931." in report_markdown(report_on(title=None))


def test_report_names_the_tool(report_on: Reporting) -> None:
    assert "Written by factcheck-desk 1.2.3." in report_markdown(report_on())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_report(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim, text: str) -> None:
    assert checked.verdict is not None
    verdict = replace(checked.verdict, rationale=text, reviewer=text)
    claim = replace(checked.claim, text=text, speaker=text)
    evidence = (replace(checked.evidence[0], quote=text, publisher=text, published=text),)
    hostile = replace(checked, claim=claim, verdict=verdict, evidence=evidence)
    page = rendered(report_markdown(report_on(hostile, rewritten(waiting, text), title=text, authors=(text,))))
    harmless = rendered(report_markdown(report_on(checked, waiting)))
    assert re.findall(r"<[^>]+>", page) == re.findall(r"<[^>]+>", harmless)


@pytest.mark.parametrize("words", ["- Reuters said so.", "# Not a heading.", "1. Not a list.", "<b>Not bold.</b>"])
def test_article_words_break_no_report(report_on: Reporting, checked: QueuedClaim, words: str) -> None:
    text = f"{words:<26}" + " It held. Nobody was hurt."
    page = rendered(report_markdown(report_on(checked, text=text)))
    assert f"<blockquote>\n<p>{html.escape(words)}</p>\n</blockquote>" in page


def test_same_report_gives_same_bytes(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    first, second = (report_markdown(report_on(checked, waiting)).encode() for _ in range(2))
    assert first == second


def test_corrected_claim_tells_its_story(report_on: Reporting, corrected: QueuedClaim) -> None:
    written = report_markdown(report_on(corrected))
    assert "### Claim 1: TRUE\n\n**The dam was built in 1932.**\n" in written
    assert "- Corrected: 2026-03-01, was mostly-true, is true. A deed came up.\n" in written
    assert "- Claimant asked: 2026-02-27, answer: No comment.\n" in written
    assert "- Judged by what was known on: 2026-02-28\n" in written
    assert "- Reworded by ada; as the machine wrote it: The dam was built in 1931.\n" in written
    assert "- Credits: first reader ada, signed off by eve, published by eve, corrected by eve\n" in written


def test_drafts_are_marked(report_on: Reporting, checked: QueuedClaim, corrected: QueuedClaim) -> None:
    assert "> **DRAFT.**" in report_markdown(report_on(checked))
    assert "DRAFT" not in report_markdown(report_on(corrected)).upper()


def test_foot_names_record_and_recording(report_on: Reporting, checked: QueuedClaim, origin: ExtractionOrigin) -> None:
    report = report_on(replace(checked, origin=replace(origin, recording="a.yaml", recording_sha256="b" * 64)))
    foot = report_markdown(report).splitlines()[-1]
    assert foot == f"Record sha256 `{record_of(report)['record_sha256']}`. Recording a.yaml `{'b' * 64}`."
