"""A report as CSV, one claim a row, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from factcheck.domain.article import FiledArticle
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
    header, tool = _line(COLUMNS), _cell(masthead.tool)
    for reported in articles:
        article = [_cell(one) for one in _article(reported.filed)]
        for claim in reported.claims:
            about = map(_cell, _values(reported, claim))
            yield header + _line(
                (str(claim.id), _cell(claim.uid), *article, *about, tool, claim_sha256(reported, claim))
            )
            header = ""
    yield header


def _article(filed: FiledArticle) -> Sequence[object]:
    return filed.id, filed.article.title, filed.article.url, filed.article.sha256


def _values(reported: ReportedArticle, queued: QueuedClaim) -> Sequence[object]:
    claim, origin = queued.claim, queued.origin
    return (
        claim.text, claim.quote, " ".join([f"{one.start}-{one.end}" for one in claim.anchor.segments]),
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


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _cell(value: object) -> str:
    """The value as it stands in its line: defused, and quoted where it holds what parts cells or lines.

    Python's csv takes three times as long over a row: as long as SQLite takes to find all that is in it.
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if not (value[:1].isalnum() and value.isprintable()):
        value = visible(value)
        if value.lstrip(" ").startswith(_FORMULA_STARTS):
            value = f"'{value}"
    if "," in value or '"' in value or "\n" in value:
        return '"' + value.replace('"', '""') + '"'
    return value
