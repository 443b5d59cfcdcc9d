"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import ReportedClaim, ReportedCorrection, ReportedSource
from factcheck.export.claim_lines import addition_line, amendment_line
from factcheck.export.evidence_lines import source_facts
from factcheck.export.report_json import claim_sha256
from factcheck.export.visible import visible

COLUMNS = (
    "claim_id", "uid", "article_id", "article_title", "article_url", "article_sha256",
    "claim", "quote", "segments", "anchor", "context", "speaker", "check_worthiness", "flags", "status",
    "verdict", "scale", "scale_version", "reviewer", "rationale", "decided_at", "known_as_of", "evidence",
    "model", "prompt", "prompt_version", "prompt_hash", "recording", "flag_reasons",
    "standing", "words", "corrections", "claimant", "recording_sha256", "added", "credits", "amended",
    "tool", "record_sha256", "locator",
)  # fmt: skip

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class _Line:
    """A file of one line: a writer returns what its file's `write` returns, which is the line here."""

    @staticmethod
    def write(line: str) -> str:
        return line


def report_csv(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as CSV, a row at a time, the header first. Cells that a spreadsheet would run start with `'`."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for reported in articles:
        article = reported.filed.article
        about = (reported.filed.id, article.title, article.url, article.sha256)
        for claim in reported.claims:
            ends = masthead.tool, claim_sha256(claim), claim.locator
            cells = (claim.id, claim.uid, *about, *_cells(claim), *ends)
            yield writer.writerow(map(_defused, cells))


def _cells(claim: ReportedClaim) -> Sequence[object]:
    run, verdict = claim.run, claim.verdict
    decided: Sequence[object] = (None,) * 7
    if verdict and claim.decided:
        by_whom = (verdict.label, verdict.scale, verdict.scale_version, claim.decided.reviewer)
        decided = (*by_whom, verdict.rationale, claim.decided.decided_at.isoformat(), verdict.known_as_of)
    return (
        claim.text, claim.quote, " ".join(f"{one.start}-{one.end}" for one in claim.segments),
        claim.anchor, " ".join(claim.context), claim.speaker, claim.check_worthiness,
        " ".join(claim.flags), claim.status,
        *decided, "\n".join(map(_source, claim.evidence)),
        *(run and getattr(run, name) for name in ("model", "prompt", "prompt_version", "prompt_hash", "recording")),
        "\n".join(map(str, claim.doubts)),
        claim.standing, claim.words,
        "\n".join(map(_correction, claim.corrections)),
        claim.contact and f"asked {claim.contact.asked_on}: {claim.contact.answer or 'no answer'}",
        run and run.recording_sha256,
        addition_line(claim), ", ".join(map(str, claim.credits)), amendment_line(claim),
    )  # fmt: skip


def _correction(one: ReportedCorrection) -> str:
    became = "typo corrected" if one.is_typo else "was {}, is {}".format(*one.labels)
    return f"{one.at.isoformat()}: {became}: {one.reason}"


def _source(source: ReportedSource) -> str:
    quote = [f"“{source.quote}”"] if source.quote else []
    return ", ".join([f"{source.stance.value}: {source.name}", *source_facts(source), *quote])


def _defused(value: object) -> object:
    """The value made visible, and no formula whatever it begins with."""
    if not isinstance(value, str):
        return value
    shown = visible(value)
    # Spreadsheets skip blanks before a formula, and show the quotation mark to nobody.
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
