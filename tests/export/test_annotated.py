from collections.abc import Callable
from dataclasses import replace

from factcheck.domain.article import BlockKind, FiledArticle
from factcheck.domain.report import Report
from factcheck.domain.review import ExtractionOrigin, QueuedClaim
from factcheck.domain.sentence import Sentence, Span
from factcheck.export.annotated import report_annotated
from factcheck.export.report_json import claim_sha256

Reporting = Callable[..., Report]


def lines(report: Report) -> list[str]:
    return "".join(report_annotated(report.masthead, report.articles)).splitlines()


def test_claims_stand_in_the_margin(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    assert lines(report_on(checked, waiting))[4:7] == [
        "✓ 1 mostly-true           The dam was built in 1931[1]. It held.[2] Nobody was hurt.",
        "○ 2 not checked yet",
        "",
    ]


def test_text_keeps_to_its_column(report_on: Reporting, checked: QueuedClaim) -> None:
    text = "The dam was built in 1931. " + "Nobody was hurt, and many were glad of it. " * 8
    written = lines(report_on(checked, text=text))
    column = [one[26:] for one in written[4 : written.index("", 4)]]
    assert " ".join(column) == text.strip().replace("1931", "1931[1]")
    assert max(map(len, column)) == 72


def test_endless_word_has_its_row(report_on: Reporting, checked: QueuedClaim) -> None:
    text = "The dam was built in 1931 " + "x" * 200 + " end"
    assert [one[26:] for one in lines(report_on(checked, text=text))[4:7]] == [
        "The dam was built in 1931[1]",
        "x" * 200,
        "end",
    ]


def test_list_tells_each_claim(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    report = report_on(checked, waiting)
    written = lines(report)
    first = written.index("✓ 1 mostly-true, draft: The dam was built in 1931.")
    assert written[first + 1 : first + 5] == [
        "    why: It was opened in 1932.",
        "    credits: first reader ada",
        "    supports: https://archive.example/dam?p=1",
        f"    record {claim_sha256(report.articles[0].claims[0])}",
    ]
    assert "    doubt: unsupported_number: “95” stands nowhere in the article" in written


def test_place_that_repeats_is_noted_once(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    again = replace(checked, claim=replace(checked.claim, also=(waiting.claim.anchor,)))
    written = lines(report_on(again, text="The dam was built in 1931.\nIt held. Nobody was hurt."))
    assert written[4] == "✓ 1 mostly-true           The dam was built in 1931[1]."
    assert written[6].strip() == "It held.[1] Nobody was hurt."


def test_head_tells_of_drafts(
    report_on: Reporting, checked: QueuedClaim, corrected: QueuedClaim, origin: ExtractionOrigin
) -> None:
    taped = replace(checked, origin=replace(origin, recording="a.yaml", recording_sha256="b" * 64))
    written = lines(report_on(taped))
    assert (written[0], written[2:4]) == (
        "DRAFT  River rises",
        ["claims: 1, checked: 1, left out: 0", f"recording a.yaml {'b' * 64}"],
    )
    assert lines(report_on(corrected))[0] == "River rises"


def test_hostile_text_stays_on_its_line(report_on: Reporting, checked: QueuedClaim) -> None:
    hostile = replace(checked, claim=replace(checked.claim, text="a\x1b[31m\nb\u202e"))
    written = "\n".join(lines(report_on(hostile, title="t\x1b]0;x\n")))
    assert "✓ 1 mostly-true, draft: a\ufffd[31m b\ufffd\n" in written
    assert "\x1b" not in written


def test_items_and_captions_have_signs(report_on: Reporting) -> None:
    report = report_on()
    sentences = (Sentence(1, Span(0, 7), BlockKind.ITEM), Sentence(2, Span(9, 14), BlockKind.CAPTION))
    filed = FiledArticle(1, replace(report.articles[0].filed.article, text="It held\n\nA dam"))
    article = replace(report.articles[0], filed=filed, sentences=sentences)

    assert {"• It held", "[picture] A dam"} <= {one.strip() for one in lines(replace(report, articles=(article,)))}
