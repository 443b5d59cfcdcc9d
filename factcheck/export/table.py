"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from factcheck.domain.desk import Contact
from factcheck.domain.evidence import Evidence
from factcheck.domain.report import Masthead, ReportedArticle, Standing
from factcheck.domain.review import Correction, QueuedClaim, Verdict
from factcheck.export.report_record import claim_sha256
from factcheck.export.sources import source_facts
from factcheck.export.visible import visible

COLUMNS = (
    "claim_id", "uid", "article_id", "article_title", "article_url", "article_sha256",
    "claim", "quote", "segments", "anchor", "context", "speaker", "check_worthiness", "flags", "status",
    "verdict", "scale", "scale_version", "reviewer", "rationale", "decided_at", "known_as_of", "evidence",
    "model", "prompt", "prompt_version", "prompt_hash", "recording", "flag_reasons",
    "standing", "words", "corrections", "claimant", "recording_sha256", "tool", "record_sha256",
)  # fmt: skip

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def report_csv(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The report as CSV, a row at a time, the header first. Cells that a spreadsheet would run start with `'`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for reported in articles:
        for claim in reported.claims:
            writer.writerow(map(_cell, (*_values(reported, claim), masthead.tool, claim_sha256(reported, claim))))
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _values(reported: ReportedArticle, queued: QueuedClaim) -> Sequence[object]:
    filed, claim, origin = reported.filed, queued.claim, queued.origin
    return (
        queued.id, queued.uid, filed.id, filed.article.title, filed.article.url, filed.article.sha256,
        claim.text, claim.quote, " ".join(f"{one.start}-{one.end}" for one in claim.anchor.segments),
        claim.anchor.status.value, " ".join(reported.words_around(queued)), claim.speaker,
        claim.check_worthiness, " ".join(claim.flags), queued.status.value, *_decided(queued.verdict),
        "\n".join(map(_source, queued.evidence)),
        origin.model, origin.prompt, origin.prompt_version, origin.prompt_hash, origin.recording,
        "\n".join(map(str, claim.flagged)),
        Standing.of(queued).value, queued.words, "\n".join(map(_correction, queued.corrections)),
        _asked(queued.contact), origin.recording_sha256,
    )  # fmt: skip


def _decided(verdict: Verdict | None) -> Sequence[object]:
    if verdict is None:
        return (None,) * 7
    decided, known = verdict.decided_at.isoformat(), verdict.known_as_of
    scale = (verdict.scale, verdict.scale_version)
    return verdict.label, *scale, verdict.reviewer, verdict.rationale, decided, known and known.isoformat()


def _correction(correction: Correction) -> str:
    was, now = correction.was.label, correction.now.label
    return f"{correction.at.isoformat()}: was {was}, is {now}: {correction.reason}"


def _asked(contact: Contact | None) -> str | None:
    return f"asked {contact.asked_on}: {contact.answer or 'no answer'}" if contact else None


def _source(evidence: Evidence) -> str:
    quote = evidence.quote and f"“{evidence.quote}”"
    about = (evidence.title, evidence.publisher, evidence.published, *source_facts(evidence), quote)
    return ", ".join([f"{evidence.stance.value}: {evidence.name}", *filter(None, about)])


def _cell(value: object) -> object:
    if not isinstance(value, str) or (value[:1].isalnum() and value.isprintable()):
        return value
    shown = visible(value)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
