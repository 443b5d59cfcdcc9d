"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from factcheck.domain.evidence import Evidence
from factcheck.domain.report import Report, ReportedArticle
from factcheck.domain.review import QueuedClaim
from factcheck.export.sources import source_facts
from factcheck.export.visible import visible

COLUMNS = (
    "claim_id", "uid", "article_id", "article_title", "article_url", "article_sha256",
    "claim", "quote", "segments", "anchor", "context", "speaker", "check_worthiness", "flags", "status",
    "verdict", "scale", "scale_version", "reviewer", "rationale", "decided_at", "evidence",
    "model", "prompt", "prompt_version", "prompt_hash", "recording", "flag_reasons",
)  # fmt: skip

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def report_csv(report: Report) -> str:
    """The report as CSV with a header row. Cells that a spreadsheet would run start with `'`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for reported in report.articles:
        for claim in reported.claims:
            writer.writerow([_cell(value) for value in _values(reported, claim)])
    return out.getvalue()


def _values(reported: ReportedArticle, queued: QueuedClaim) -> Sequence[object]:
    filed, claim, verdict, origin = reported.filed, queued.claim, queued.verdict, queued.origin
    decided = (
        (
            verdict.label,
            verdict.scale,
            verdict.scale_version,
            verdict.reviewer,
            verdict.rationale,
            verdict.decided_at.isoformat(),
        )
        if verdict
        else (None,) * 6
    )
    return (
        queued.id, queued.uid, filed.id, filed.article.title, filed.article.url, filed.article.sha256,
        claim.text, claim.quote, " ".join(f"{one.start}-{one.end}" for one in claim.anchor.segments),
        claim.anchor.status.value, " ".join(reported.words_around(queued)), claim.speaker,
        claim.check_worthiness, " ".join(claim.flags), queued.status.value, *decided,
        "\n".join(map(_source, queued.evidence)),
        origin.model, origin.prompt, origin.prompt_version, origin.prompt_hash, origin.recording,
        "\n".join(map(str, claim.flagged)),
    )  # fmt: skip


def _source(evidence: Evidence) -> str:
    quote = evidence.quote and f"“{evidence.quote}”"
    about = (evidence.title, evidence.publisher, evidence.published, *source_facts(evidence), quote)
    return ", ".join([f"{evidence.stance.value}: {evidence.name}", *filter(None, about)])


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    shown = visible(value)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
