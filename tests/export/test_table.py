import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factcheck.domain.evidence import Evidence, Stance
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.formats import SOURCES_CSV
from factcheck.export.report_json import claim_sha256
from factcheck.export.table import COLUMNS, SOURCE_COLUMNS, report_csv

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Reporting = Callable[..., Report]


def written(report: Report) -> str:
    return "".join(report_csv(report.masthead, report.articles))


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(report), newline="")))


def with_text(claim: QueuedClaim, text: str) -> QueuedClaim:
    return replace(claim, claim=replace(claim.claim, text=text))


def test_one_claim_is_one_row(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    found = rows(report_on(checked, waiting))
    assert [row["claim"] for row in found] == ["The dam was built in 1931.", "The dam held for 95 years."]
    assert all(None not in row for row in found)


def test_checked_claim_fills_its_row(report_on: Reporting, checked: QueuedClaim) -> None:
    report = report_on(checked)
    (row,) = rows(report)
    assert list(row) == list(COLUMNS)
    assert row == {
        "claim_id": "1",
        "uid": "a" * 16,
        "article_id": "1",
        "article_title": "River rises",
        "article_url": "https://example.org/river",
        "article_sha256": report.articles[0].filed.article.sha256,
        "claim": "The dam was built in 1931.",
        "quote": "The dam was built in 1931",
        "segments": "0-7 8-25",
        "anchor": "exact",
        "context": "The dam was built in 1931.",
        "speaker": "The mayor",
        "check_worthiness": "0.8",
        "flags": "",
        "status": "decided",
        "verdict": "mostly-true",
        "scale": "truth-5",
        "scale_version": "1",
        "reviewer": "ada",
        "rationale": "It was opened in 1932.",
        "decided_at": "2026-03-01T12:00:00+00:00",
        "known_as_of": "",
        "evidence": (
            "supports: https://archive.example/dam?p=1, Dams, The Archive, 1932, quote not looked for, "
            "“Begun in 1929, built in 1931.”"
        ),
        "model": "fake:model",
        "prompt": "extract_claims",
        "prompt_version": "1",
        "prompt_hash": "c0ffee" + "0" * 58,
        "recording": "",
        "flag_reasons": "",
        "standing": "draft",
        "words": "The dam was built in 1931.",
        "corrections": "",
        "claimant": "",
        "recording_sha256": "",
        "added": "",
        "credits": "first reader ada",
        "amended": "",
        "tool": "factcheck-desk 1.2.3",
        "record_sha256": claim_sha256(report.articles[0].claims[0]),
        "locator": "",
        "signed_off_by": "",
        "published_at": "",
    }


def test_row_says_who_signed_off_and_when_it_went_out(report_on: Reporting, corrected: QueuedClaim) -> None:
    (row,) = rows(report_on(corrected))
    assert (row["signed_off_by"], row["published_at"]) == ("eve", "2026-03-01T12:00:00+00:00")


def test_one_source_is_one_row(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    other = Evidence(None, Stance.REFUTES, NOW, description="=A letter", quote="=1+1")
    report = report_on(replace(checked, evidence=(*checked.evidence, other)), waiting)
    pieces = SOURCES_CSV.write(report.masthead, report.articles)
    found = list(csv.DictReader(io.StringIO("".join(pieces), newline="")))
    assert all(None not in row and list(row) == list(SOURCE_COLUMNS) for row in found)
    assert [(row["claim_id"], row["stance"], row["name"], row["quote"]) for row in found] == [
        ("1", "supports", "https://archive.example/dam?p=1", "Begun in 1929, built in 1931."),
        ("1", "refutes", "'=A letter", "'=1+1"),
    ]
    assert {row["record_sha256"] for row in found} == {claim_sha256(report.articles[0].claims[0])}


def test_corrected_claim_tells_its_story(report_on: Reporting, corrected: QueuedClaim) -> None:
    (row,) = rows(report_on(corrected))
    assert (row["standing"], row["words"]) == ("corrected", "The dam was built in 1932.")
    assert row["corrections"] == "2026-03-01T12:00:00+00:00: was mostly-true, is true: A deed came up."
    assert (row["claimant"], row["known_as_of"]) == ("asked 2026-02-27: No comment.", "2026-02-28")


def test_rows_come_one_by_one(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    report = report_on(checked, waiting)
    pieces = list(report_csv(report.masthead, report.articles))
    assert [len(list(csv.reader(io.StringIO(one, newline="")))) for one in pieces] == [1, 1, 1]


def test_waiting_claim_leaves_verdict_empty(report_on: Reporting, waiting: QueuedClaim) -> None:
    (row,) = rows(report_on(waiting))
    assert [row[name] for name in COLUMNS[15:22]] == [""] * 7
    assert (row["evidence"], row["flags"]) == ("", "unanchored_quote unsupported_number")
    assert row["flag_reasons"] == "unanchored_quote\nunsupported_number: “95” stands nowhere in the article"


def test_empty_report_has_its_header(report_on: Reporting) -> None:
    assert written(report_on()) == ",".join(COLUMNS) + "\r\n"


def test_evidence_is_listed_with_stance(report_on: Reporting, checked: QueuedClaim) -> None:
    other = Evidence("https://b.example/", Stance.REFUTES, checked.evidence[0].added_at)
    (row,) = rows(report_on(replace(checked, evidence=(*checked.evidence, other))))
    first, second = row["evidence"].split("\n")
    assert first.startswith("supports: https://archive.example/dam?p=1, Dams")
    assert second == "refutes: https://b.example/"


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1", "－1", '=HYPERLINK("http://a.example","b")'],
)
def test_formula_is_shown_not_run(report_on: Reporting, checked: QueuedClaim, formula: str) -> None:
    (row,) = rows(report_on(with_text(checked, formula)))
    assert row["claim"] == f"'{formula}"


@pytest.mark.parametrize("sign", ["=", "+", "@", "-", " =", '"='])
def test_formula_behind_a_semicolon_is_shown_too(report_on: Reporting, checked: QueuedClaim, sign: str) -> None:
    # A spreadsheet that parts its lists by semicolons parts the line there, whatever stands in quotation marks.
    (row,) = rows(report_on(with_text(checked, f"Prices rose;{sign}cmd|'/C calc'!A0 (see p. 4; 5) ;-)")))

    first = sign[:1] if sign.startswith('"') else ""
    assert row["claim"] == f"Prices rose;{first}'{sign[len(first) :]}cmd|'/C calc'!A0 (see p. 4; 5) ;-)"


def test_formulas_are_disarmed_everywhere(report_on: Reporting, checked: QueuedClaim) -> None:
    assert checked.verdict is not None
    verdict = replace(checked.verdict, reviewer="-ada", rationale="@why")
    claim = replace(checked.claim, quote="=quote", speaker="+speaker")
    (row,) = rows(report_on(replace(checked, claim=claim, verdict=verdict), title="=title"))
    assert (row["article_title"], row["quote"], row["speaker"]) == ("'=title", "'=quote", "'+speaker")
    assert (row["reviewer"], row["rationale"]) == ("'-ada", "'@why")


@pytest.mark.parametrize("text", ["5 = 5", "a-b", "’=1", "(−1)", "'quoted'"])
def test_other_cells_stay_as_written(report_on: Reporting, checked: QueuedClaim, text: str) -> None:
    (row,) = rows(report_on(with_text(checked, text)))
    assert row["claim"] == text


@pytest.mark.parametrize("text", ['a, "b"; c', "one\ntwo", "‘’“”", "日本, 😀", "''", ",,,"])
def test_cells_survive_the_round_trip(report_on: Reporting, checked: QueuedClaim, text: str) -> None:
    (row,) = rows(report_on(with_text(checked, text)))
    assert row["claim"] == text


@pytest.mark.parametrize("text", ['a, "b"; c', "one\ntwo", "a\r\nb", " a ", "", "a'b", "a\u2028b"])
def test_cells_are_quoted_as_usual(report_on: Reporting, checked: QueuedClaim, text: str) -> None:
    said = replace(checked, claim=replace(checked.claim, text=f"a{text}", quote=text))
    table, again = written(report_on(said)), io.StringIO(newline="")

    csv.writer(again, lineterminator="\r\n").writerows(csv.reader(io.StringIO(table, newline="")))

    assert again.getvalue() == table


def test_control_characters_are_shown(report_on: Reporting, checked: QueuedClaim) -> None:
    (row,) = rows(report_on(with_text(checked, "a\x1b[31m\r\u202eb")))
    assert row["claim"] == "a\ufffd[31m\ufffd\ufffdb"


def test_same_report_gives_same_table(report_on: Reporting, checked: QueuedClaim, waiting: QueuedClaim) -> None:
    assert written(report_on(checked, waiting)) == written(report_on(checked, waiting))
